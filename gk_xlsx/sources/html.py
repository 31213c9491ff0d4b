"""Web pages: what a page shows, in reading order, without what is around the article.

The page comes out of an office's CMS, out of Word, or was saved by a browser. Nothing is fetched.
"""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import count

from lxml.etree import LxmlError, _Element
from lxml.html import HTMLParser, document_fromstring

from gk_xlsx.errors import UnreadableError
from gk_xlsx.markdown import TURNING, clean, whole
from gk_xlsx.published.model import Block, Document, Paragraph, Table
from gk_xlsx.sources.html_charset import decoded
from gk_xlsx.sources.html_flow import Placed, text_of
from gk_xlsx.sources.html_looks import hidden_classes, turned_names
from gk_xlsx.sources.html_walk import Walk

MAX_BYTES = 20 * 2**20
MAX_TAGS = 300_000
"""Limits of a page, far above any report: bytes, and beginnings and ends of elements."""

KIND = "网页"

TITLE_FIELDS = ("articletitle", "og:title")
"""Names of the `meta` fields that hold an article's own title; the page's comes after them.

Source: 国务院办公厅《政府网站发展指引》, 附件 2 (ArticleTitle).
"""

_NUMBERED = re.compile("[一二三四五六七八九十]{1,3}、")
_DATE = re.compile(r"\d{4}\s*[年./-]\s*\d{1,2}\s*[月./-]\s*\d{1,2}\s*日?")
_LARGE = 20
"""A table of at least that many cells belongs to the article."""
_ANCHORS = 2
"""So many headings and tables tell where an article is."""
_SIGNATURE = 3
"""Blocks behind the article in which its date may stand."""


def read_html(data: bytes) -> Document:
    """What a web page shows.

    Raises:
        UnreadableError: if it is empty or beyond the limits.
    """
    if len(data) > MAX_BYTES:
        raise _refused(f"网页超过 {MAX_BYTES // 2**20} MB")
    text, unread = decoded(data)
    page = _parsed(whole(text))
    body = page.find("body")
    sheets = [sheet.text or "" for sheet in page.iter("style")]
    walk = Walk(hidden_classes(sheets), turned_names(sheets))
    placed = [_in_order(item) for item in walk.blocks(page if body is None else body)]
    remarks = (f"有 {unread} 个字的编码不对，认不出来",) if unread else ()
    return Document(KIND, tuple(_numbered(_article(placed))), _title(page), remarks)


def _parsed(text: str) -> _Element:
    if text.count("<") > MAX_TAGS:
        raise _refused(f"网页标记超过 {MAX_TAGS} 个")
    parser = HTMLParser(
        encoding="utf-8", huge_tree=True, no_network=True, remove_comments=True, remove_pis=True
    )
    try:
        page = document_fromstring(text.encode(), parser=parser)
    except LxmlError:
        raise UnreadableError("网页是空的。", "请重新保存或重新接收文件。") from None
    if any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log):
        raise _refused("网页嵌套过深")
    return page


def _refused(what: str) -> UnreadableError:
    return UnreadableError(f"{what}，不像是年度报告。", "请检查是否选错了文件。")


def _title(page: _Element) -> str:
    fields = {
        (meta.get("name") or meta.get("property") or "").lower(): meta.get("content", "")
        for meta in reversed(list(page.iter("meta")))
    }
    own = page.find(".//title")
    candidates = (*map(fields.get, TITLE_FIELDS), own.text if own is not None else "")
    found = (" ".join(clean(text).split()) for text in candidates if text)
    return next(filter(None, found), "")


def _in_order(item: Placed) -> Placed:
    """A paragraph without signs that turn its direction; in tables they make figures doubtful."""
    block = item.block
    if not isinstance(block, Paragraph) or not TURNING.search(block.text):
        return item
    runs = tuple(replace(run, text=clean(run.text)) for run in block.runs)
    return replace(item, block=replace(block, runs=runs))


def _article(placed: Sequence[Placed]) -> Sequence[Placed]:
    """Without what follows the article: its numbered headings and large tables tell where it is.

    What is left out must be less than what is kept.
    """
    anchors = [at for at, item in enumerate(placed) if _is_anchor(item.block)]
    if len(anchors) < _ANCHORS:
        return placed
    common = _common(placed[anchors[0]].origin, placed[anchors[-1]].origin)
    behind = range(anchors[-1] + 1, len(placed))
    end = anchors[-1] + 1 + bisect(behind, 0, key=lambda at: not _within(placed[at], common))
    end += _signature(placed[end:])
    return placed[:end] if _length(placed[end:]) < _length(placed[:end]) else placed


def _is_anchor(block: Block) -> bool:
    if isinstance(block, Table):
        return len(block.cells) >= _LARGE
    return isinstance(block, Paragraph) and bool(_NUMBERED.match(block.text))


def _common(first: _Element, last: _Element) -> _Element:
    """The innermost element around both, itself around what either holds."""
    around = {first, *first.iterancestors()}
    return next(element for element in (last, *last.iterancestors()) if element in around)


def _within(item: Placed, element: _Element) -> bool:
    return item.origin is element or element in item.origin.iterancestors()


def _signature(behind: Sequence[Placed]) -> int:
    """How many of the next blocks are the signature: up to one that is only a date."""
    for number, item in enumerate(behind[:_SIGNATURE], 1):
        if isinstance(item.block, Paragraph) and _DATE.fullmatch(item.block.text.strip()):
            return number
    return 0


def _length(placed: Sequence[Placed]) -> int:
    """Characters of all blocks."""
    texts = (
        cell.text for item in placed if isinstance(item.block, Table) for cell in item.block.cells
    )
    return sum(map(len, texts)) + sum(len(text_of(item.block)) for item in placed)


def _numbered(placed: Sequence[Placed]) -> Iterator[Block]:
    """The blocks; each table is named by its number."""
    numbers = count(1)
    for item in placed:
        block = item.block
        yield (
            replace(block, place=f"第{next(numbers)}个表格") if isinstance(block, Table) else block
        )
