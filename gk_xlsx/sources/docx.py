"""Word documents: what a .docx shows, in reading order.

Tracked changes are read as accepted, hidden text and notes are left out, numbers that Word writes
itself are text, a text box stands behind the paragraph it is anchored in.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, zip_longest

from lxml import etree

from gk_xlsx.amounts import SPACES
from gk_xlsx.errors import UnreadableError
from gk_xlsx.markdown import Run, clean, is_prose
from gk_xlsx.published.direction import straight
from gk_xlsx.published.model import (
    UNKNOWN_SIGN,
    Block,
    Cell,
    Document,
    Paragraph,
    Picture,
    Table,
)
from gk_xlsx.sources.docx_inline import MC, Inline, Piece, Shape, chosen, content_of, text_of
from gk_xlsx.sources.docx_numbering import Mark, Numbering
from gk_xlsx.sources.docx_package import Package, W
from gk_xlsx.sources.docx_pictures import Found, shapes
from gk_xlsx.sources.docx_styles import NumberedAs, Style, Styles, numbered_as, outline_level, value
from gk_xlsx.sources.docx_tables import AROUND, Place, places

KIND = "Word 文档"

EMBEDDED = "文档里嵌入了其他文件，没有读取"

_CHUNK = f"{W}altChunk"
_BLANK = SPACES + "\t\n"
_COUNT = "[0-9一二三四五六七八九十]{1,3}"
_CAPTION = re.compile(rf"图\s*{_COUNT}(?:[-－—.．]{_COUNT})?(?:[\s:：、.．].*)?")
_CAPTION_LENGTH = 60
_CONTINUED = re.compile(r"[（(]?\s*续\s*表.{0,20}")
_CONTENTS_LIST = "Table of Contents"


@dataclass(frozen=True, slots=True)
class _Shown:
    """A block, and whether it is styled as the words below a picture."""

    block: Block
    is_caption: bool = False


def read_docx(data: bytes) -> Document:
    """What a Word document shows.

    Raises:
        UnreadableError: if it is no Word document, is damaged or beyond the limits.
    """
    package = Package(data)
    body = package.document.find(f"{W}body")
    if body is None:
        raise UnreadableError("Word 文档里没有正文。", "请用 Word 打开核对后另存。")
    reading = _Reading(package)
    blocks = tuple(_captioned(list(reading.shown(body))))
    return Document(KIND, blocks, package.title, tuple(reading.remarks))


class _Reading:
    """Goes through a document once, from top to bottom.

    Attributes:
        remarks: what was not taken in, in Chinese, each once.
    """

    def __init__(self, package: Package) -> None:
        self._package = package
        self._styles = Styles(package.related("styles"))
        self._numbering = Numbering(package.related("numbering"))
        self._inline = Inline(package.document, self._styles)
        self.remarks = self._inline.remarks
        self._paragraphs = 0
        self._tables = 0
        self._kept_back: list[Piece] = []

    def shown(self, container: etree._Element, table: str = "") -> Iterator[_Shown]:
        """What stands in a body, a cell or a text box.

        Args:
            container: whose paragraphs and tables are meant.
            table: the place of the table it is in; empty outside.
        """
        follows_table = False
        elements = list(self._elements(container))
        for element, below in zip_longest(elements, elements[1:]):
            if element.tag == f"{W}p":
                joins = below is not None and below.tag == f"{W}p"
                items = list(self._paragraph(element, table, joins=joins))
                follows_table = follows_table and all(map(_is_continuation, items))
            elif element.tag == _CHUNK:
                items = [_Shown(Paragraph((Run(UNKNOWN_SIGN),)))] if table else []
            else:
                items = list(self._table(element, table))
                if follows_table:
                    items = _continued(items)
                follows_table = len(items) == 1 and isinstance(items[0].block, Table)
            yield from items

    def _elements(self, container: etree._Element) -> Iterator[etree._Element]:
        """The paragraphs, tables and embedded files of a container, in content controls too."""
        for child in container:
            if child.tag in (f"{W}p", f"{W}tbl"):
                yield child
            elif child.tag == f"{W}sdt":
                if not _is_contents(child):
                    yield from self._elements(content_of(child))
            elif child.tag == f"{MC}AlternateContent":
                yield from self._elements(chosen(child))
            elif child.tag in AROUND:
                yield from self._elements(child)
            elif child.tag == _CHUNK:
                self.remarks[EMBEDDED] = None
                yield child

    def _paragraph(self, element: etree._Element, table: str, *, joins: bool) -> Iterator[_Shown]:
        """What a paragraph shows; nothing yet where its end was deleted and it joins the next."""
        properties = element.find(f"{W}pPr")
        key = value(properties, "pStyle")
        style = self._styles.of(key)
        pieces = [*self._kept_back, *self._inline.pieces(element, style)]
        goes_on = joins and _end_is_deleted(properties)
        self._kept_back = pieces if goes_on else []
        if goes_on or style.is_contents:
            return
        mark = self._numbering.mark(_numbered(properties, style), key)
        first = next((at for at, piece in enumerate(pieces) if _has_text(piece)), len(pieces))
        place = table or self._next_place(pieces)
        yield from self._shapes(pieces[:first], place, table)
        text = _paragraph(pieces, mark, _level(properties, style), "" if table else place)
        if text is not None:
            yield _Shown(text, style.is_caption)
        yield from self._shapes(pieces[first:], place, table)

    def _next_place(self, pieces: Sequence[Piece]) -> str:
        if any(isinstance(piece, Shape) or _has_text(piece) for piece in pieces):
            self._paragraphs += 1
        return f"第{self._paragraphs}段"

    def _shapes(self, pieces: Iterable[Piece], place: str, table: str) -> Iterator[_Shown]:
        for piece in pieces:
            for found in shapes(piece.element, self._package) if isinstance(piece, Shape) else ():
                if not isinstance(found, Found):
                    yield from self.shown(found, table)
                    continue
                if found.reason:
                    self.remarks[f"{place}的图片{found.reason}"] = None
                yield _Shown(replace(found.picture, place=place))

    def _table(self, element: etree._Element, table: str) -> Iterator[_Shown]:
        """A table, then the tables and pictures in it; of a frame of one cell what is in it."""
        found = places(element)
        if len(found) == 1:
            yield from self.shown(found[0].content, table)
            return
        self._tables += 1
        place = f"第{self._tables}个表格"
        contents = [list(self.shown(cell.content, place)) for cell in found]
        cells = tuple(map(_cell, found, contents))
        if any(cell.text for cell in cells):
            yield _Shown(Table(cells, place=place))
        for item in (item for items in contents for item in items):
            if not isinstance(item.block, Paragraph):
                yield item


def _captioned(items: Sequence[_Shown]) -> Iterator[Block]:
    """The blocks, the words below a picture made its caption."""
    taken = False
    for item, below in pairwise([*items, _Shown(Paragraph(()))]):
        if taken:
            taken = False
        elif isinstance(item.block, Picture) and _is_caption(below):
            yield replace(item.block, caption=_text(below))
            taken = True
        else:
            yield item.block


def _is_caption(item: _Shown) -> bool:
    text = _text(item)
    return item.is_caption or (len(text) <= _CAPTION_LENGTH and bool(_CAPTION.fullmatch(text)))


def _is_continuation(item: _Shown) -> bool:
    """Whether a paragraph between two tables only says that the table goes on (续表)."""
    return bool(_CONTINUED.fullmatch(_text(item)))


def _text(item: _Shown) -> str:
    return item.block.text if isinstance(item.block, Paragraph) else ""


def _continued(items: Sequence[_Shown]) -> list[_Shown]:
    """The same, its first table perhaps the rest of the one before."""
    first, *others = items or [_Shown(Paragraph(()))]
    if not isinstance(first.block, Table):
        return list(items)
    return [replace(first, block=replace(first.block, continued=True)), *others]


def _cell(place: Place, content: Sequence[_Shown]) -> Cell:
    lines = (item.block.text for item in content if isinstance(item.block, Paragraph))
    return Cell(place.row, place.column, straight("\n".join(lines)), place.rows, place.columns)


def _is_contents(control: etree._Element) -> bool:
    """Whether a content control holds a table of contents."""
    gallery = control.find(f"{W}sdtPr/{W}docPartObj/{W}docPartGallery")
    return gallery is not None and gallery.get(f"{W}val") == _CONTENTS_LIST


def _end_is_deleted(properties: etree._Element | None) -> bool:
    return properties is not None and properties.find(f"{W}rPr/{W}del") is not None


def _numbered(properties: etree._Element | None, style: Style) -> NumberedAs:
    own = numbered_as(properties)
    if own.list_id is not None:
        return own if own.level is not None else replace(own, level=0)
    return replace(style.numbered, level=own.level) if own.level is not None else style.numbered


def _level(properties: etree._Element | None, style: Style) -> int:
    own = outline_level(properties)
    return (style.level or 0) if own is None else own


def _has_text(piece: Piece) -> bool:
    return isinstance(piece, Run) and bool(piece.text.strip(_BLANK))


def _paragraph(pieces: Sequence[Piece], mark: Mark, level: int, place: str) -> Paragraph | None:
    """A paragraph of runs; None where nothing is to be seen (in a table a number is something)."""
    runs = _stripped([piece for piece in pieces if isinstance(piece, Run)])
    runs = [replace(run, text=clean(run.text)) for run in runs] if place else runs
    text = text_of(runs)
    if not text and (place or not mark.text):
        return None
    level = 0 if is_prose(text) else level
    if level and all(run.bold for run in runs):
        runs = [replace(run, bold=False) for run in runs]
    if mark.text and not mark.bullet:
        runs = [Run(mark.text + _between(mark.text, text)), *runs]
    return Paragraph(tuple(runs), level, "-" if mark.bullet else "", place)


def _between(number: str, text: str) -> str:
    """A space where a number and what follows would run together: `1.` and `5万元`."""
    apart = (text[:1].isascii() and text[:1].isalnum()) or number[-1].isalnum()
    return " " if text and apart else ""


def _stripped(runs: Sequence[Run]) -> list[Run]:
    """Runs without white space before the first and behind the last character."""
    text = text_of(runs)
    begin = len(text) - len(text.lstrip(_BLANK))
    end = len(text.rstrip(_BLANK))
    if begin == 0 and end == len(text):
        return list(runs)
    kept: list[Run] = []
    for run in runs:
        part = run.text[max(begin, 0) : max(end, 0)]
        begin, end = begin - len(run.text), end - len(run.text)
        kept += [replace(run, text=part)] if part else []
    return kept
