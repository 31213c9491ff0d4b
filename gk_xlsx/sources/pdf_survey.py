"""A quick look at a PDF: how long it is, which pages have text, which are pictures of paper.

Takes about a millisecond a page, so that only pages that can matter are read thoroughly.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from gk_xlsx.errors import GkXlsxError, UnreadableError
from gk_xlsx.sources.refusals import RefusedError

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument, PdfPage

MAX_PAGES = 300
"""A report has 5 to 40; a yearbook with a report in it is long."""
MAX_OBJECTS = 20_000
"""Pieces of text, lines and pictures on one page; more are a drawing or a map."""
MAX_LETTERS = 20_000
"""On one page; a page of a report has 700."""
MISSING = (
    "读取 PDF 需要另外安装组件，请运行 pip install 'gk-xlsx[pdf]'，"
    "或改用报告的 Word 文档、网页、填报表。"
)

_DEPTH = 4
_COVERING = 0.6
"""A picture over so much of a page is the page itself, scanned."""
_FEWEST_LETTERS = 10
_SUBJECT = "信息公开"
"""Stands in every such report; what names it nowhere is something else."""
_PASSWORD_ERROR = 4
"""`FPDF_ERR_PASSWORD` of PDFium."""


@dataclass(frozen=True, slots=True)
class Look:
    """What a quick look at a page shows.

    Attributes:
        letters: how many characters its text layer has.
        objects: how many things are drawn on it.
        scanned: whether it is a picture of paper; a text layer is then what a machine made of it.
        named: whether its text names the subject of the report.
    """

    letters: int
    objects: int
    scanned: bool
    named: bool

    @property
    def readable(self) -> bool:
        """Whether there is text to be read."""
        return self.letters >= 1 and not self.scanned and not self.crowded

    @property
    def crowded(self) -> bool:
        """Whether there is far too much on it."""
        return self.objects > MAX_OBJECTS or self.letters > MAX_LETTERS

    @property
    def outlined(self) -> bool:
        """Whether its characters are drawings."""
        return not self.scanned and self.letters < _FEWEST_LETTERS < self.objects


@dataclass(frozen=True)
class Survey:
    """A PDF at a glance; `title` is what it says of itself."""

    pages: tuple[Look, ...]
    title: str


def survey(data: bytes) -> Survey:
    """Look at every page.

    Raises:
        GkXlsxError: if the libraries for PDF are not installed.
        RefusedError: if the file is damaged or needs a password.
        UnreadableError: if it has too many pages.
    """
    document = _opened(data)
    try:
        count = len(document)
        if count > MAX_PAGES:
            raise UnreadableError(
                f"PDF 有 {count} 页，超过 {MAX_PAGES} 页，没有读取。",
                "请把年度报告那几页另存为一个 PDF，或提供 Word 文档、填报表。",
            )
        pages = tuple(_look(document, number) for number in range(count))
        return Survey(pages, document.get_metadata_value("Title"))
    finally:
        document.close()


def _opened(data: bytes) -> PdfDocument:
    try:
        import pdfplumber  # noqa: F401 — both come with the extra; say so before any work
        from pypdfium2 import PdfDocument, PdfiumError
    except ImportError:
        raise GkXlsxError(MISSING) from None
    try:
        document = PdfDocument(data)
    except PdfiumError as error:
        is_locked = getattr(error, "err_code", None) == _PASSWORD_ERROR
        raise RefusedError("password" if is_locked else "damaged") from None
    if not len(document):
        raise RefusedError("damaged")
    return document


def _look(document: PdfDocument, number: int) -> Look:
    from pypdfium2 import PdfiumError, raw

    try:
        page = document[number]
    except PdfiumError:
        return Look(0, 0, scanned=False, named=False)
    try:
        objects = raw.FPDFPage_CountObjects(page.raw)
        if objects > MAX_OBJECTS:
            return Look(0, objects, scanned=False, named=False)
        textpage = page.get_textpage()
        text = re.sub(r"\s+", "", textpage.get_text_bounded())
        textpage.close()
        return Look(len(text), objects, _is_scanned(page, len(text)), _SUBJECT in text)
    finally:
        page.close()


def _is_scanned(page: PdfPage, letters: int) -> bool:
    """Whether pictures cover the page and its text, if any, cannot be seen before them."""
    from pypdfium2 import raw

    covered = on_top = 0.0
    texts = hidden = 0
    for item in _objects(page):
        if item.type == raw.FPDF_PAGEOBJ_IMAGE:
            covered += _area(item)
            on_top += _area(item)
            continue
        mode = raw.FPDFTextObj_GetTextRenderMode(item.raw)
        hidden += mode == raw.FPDF_TEXTRENDERMODE_INVISIBLE
        texts += 1
        on_top = 0.0
    width, height = page.get_size()
    least = _COVERING * width * height
    return covered >= least and (letters < _FEWEST_LETTERS or hidden > texts / 2 or on_top >= least)


def _objects(page: PdfPage) -> Iterator[Any]:
    from pypdfium2 import raw

    wanted = [raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_TEXT]
    yield from page.get_objects(filter=wanted, max_depth=_DEPTH)


def _area(item: Any) -> float:
    left, bottom, right, top = item.get_bounds()
    return max(0.0, float(right - left)) * max(0.0, float(top - bottom))
