"""PDF files with a text layer: what their pages show, in reading order.

Tables are told by their ruling lines, or by how their figures stand where they have none. Pages
that are pictures of paper are named and not read: what a machine recognised on them is a guess.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from itertools import groupby

from gk_xlsx.errors import UnreadableError
from gk_xlsx.published.model import PDF, Document
from gk_xlsx.sources.pdf_flow import PageContent, blocks
from gk_xlsx.sources.pdf_glyphs import Drawn, drawn
from gk_xlsx.sources.pdf_survey import Look, Survey, survey
from gk_xlsx.sources.pdf_tables import ruled
from gk_xlsx.sources.refusals import RefusedError

_LONG = 30
"""A longer file that names the subject nowhere is no report; its beginning says what it is."""
_BEGINNING = 3


def read_pdf(data: bytes) -> Document:
    """What a PDF shows.

    Raises:
        GkXlsxError: if the libraries for PDF are not installed.
        UnreadableError: if it is damaged, locked or too long, or has no text at all.
    """
    looked = survey(data)
    if not any(look.readable for look in looked.pages):
        raise _without_text(looked)
    contents = list(_contents(data, _wanted(looked.pages)))
    found = tuple(blocks(contents))
    remarks = (*_of_looks(looked.pages), *_of_contents(contents, looked.pages))
    return Document(PDF, found, looked.title, remarks)


def _without_text(looked: Survey) -> UnreadableError:
    if any(look.scanned for look in looked.pages):
        return RefusedError("picture")
    if any(look.crowded for look in looked.pages):
        return RefusedError("too_hungry")
    if any(look.outlined for look in looked.pages):
        return UnreadableError(
            "PDF 里的文字都是图形（转过曲线），没有可以读取的文字。",
            "请提供报告的 Word 文档、网页，或填报表（.xlsx）。",
        )
    return UnreadableError("PDF 里没有文字。", "请检查文件是否完整，或提供 Word 文档、填报表。")


def _wanted(looks: Sequence[Look]) -> dict[int, Look]:
    """The pages to be read thoroughly, by their numbers from 1."""
    every = dict(enumerate(looks, 1))
    if len(looks) > _LONG and not any(look.named for look in looks):
        return dict(list(every.items())[:_BEGINNING])
    return every


def _contents(data: bytes, wanted: dict[int, Look]) -> Iterator[PageContent]:
    import pdfplumber

    try:
        with pdfplumber.open(io.BytesIO(data), pages=list(wanted)) as document:
            for page in document.pages:
                look = wanted[page.page_number]
                if look.readable:
                    yield _content(drawn(page))
                else:
                    yield PageContent(page.page_number, is_picture=look.scanned)
                page.close()
    except (UnreadableError, MemoryError):
        raise
    except Exception:  # noqa: BLE001 — the library meets a broken file with whatever comes
        raise RefusedError("damaged") from None


def _content(page: Drawn) -> PageContent:
    fragments, outside = ruled(page)
    return PageContent(page.number, fragments, outside, page.images, page.unknown)


# -- remarks -------------------------------------------------------------------------------


def _of_looks(looks: Sequence[Look]) -> Iterator[str]:
    """What pages could not be read, and why."""
    scanned = [number for number, look in enumerate(looks, 1) if look.scanned]
    crowded = [number for number, look in enumerate(looks, 1) if look.crowded]
    outlined = [number for number, look in enumerate(looks, 1) if look.outlined]
    if scanned:
        yield f"{_pages(scanned)}是扫描图片，没有读取"
    if crowded:
        yield f"{_pages(crowded)}的图形过多，没有读取"
    if outlined:
        yield f"{_pages(outlined)}的文字是图形（转过曲线），没有读取"


def _of_contents(contents: Sequence[PageContent], looks: Sequence[Look]) -> Iterator[str]:
    if len(contents) < len(looks):
        yield f"共 {len(looks)} 页，没有一页提到信息公开，只读取了前 {len(contents)} 页"
    unknown = {page.number: page.unknown for page in contents if page.unknown}
    if unknown:
        total = sum(unknown.values())
        yield f"{_pages(list(unknown))}有 {total} 个字没有文字编码，认不出来"


def _pages(numbers: Sequence[int]) -> str:
    """第2、4—6页."""
    parts = []
    for _, group in groupby(enumerate(numbers), key=lambda pair: pair[1] - pair[0]):
        own = [number for _, number in group]
        parts.append(f"{own[0]}—{own[-1]}" if len(own) > 1 else f"{own[0]}")
    return f"第{'、'.join(parts)}页"
