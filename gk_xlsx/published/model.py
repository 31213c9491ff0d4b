"""What a published document shows, in reading order, before anything is made of it.

Every reader of a format (`sources.docx`, `sources.html`, `sources.pdf`, `sources.plain_text`,
`sources.spreadsheet`) gives one `Document`; `published.assembly` makes the report of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from gk_xlsx.markdown import Run


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph outside the tables.

    Attributes:
        runs: its text; only boldness is kept, a newline in it is a line break.
        level: 1 … 6 where the source itself marks it as a heading (style, h1, #), else 0.
        listed: the list mark the source shows before it (`-`, `1.`), or empty.
        place: where it stood, in Chinese (`第2页`, `第15行`); empty where nobody counts.
    """

    runs: tuple[Run, ...]
    level: int = 0
    listed: str = ""
    place: str = ""

    @property
    def text(self) -> str:
        """What it says, without its looks."""
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table; `row` and `column` count from 0, a merged cell stands at its corner."""

    row: int
    column: int
    text: str
    rows: int = 1
    columns: int = 1


@dataclass(frozen=True, slots=True)
class Table:
    """A table as the source shows it, one per table of the source.

    Attributes:
        cells: every cell, empty ones too where the source has them.
        ragged: whether cells may be lost or added, so that only the order in a row counts.
        place: of the table, in Chinese (`第3页表格1`, `第2个表格`, `工作表“Sheet1”`).
        row_places: row to its place where that differs (`第4页`, `第88行`).
        continued: whether it may be the rest of the table before (the page ended in between).
    """

    cells: tuple[Cell, ...]
    ragged: bool = False
    place: str = ""
    row_places: Mapping[int, str] = field(default_factory=lambda: MappingProxyType({}))
    continued: bool = False


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture between paragraphs.

    Attributes:
        data: the content of a PNG, JPEG, GIF or BMP file; empty where only its place is known.
        caption: what stands below or instead of it; may be empty.
        width_mm, height_mm: as shown in the source; 0 where it does not say.
        place: as in `Paragraph`.
    """

    data: bytes
    caption: str = ""
    width_mm: float = 0
    height_mm: float = 0
    place: str = ""


Block = Paragraph | Table | Picture

UNKNOWN_SIGN = "\ufffd"
"""What readers put for a sign that nobody can tell, and behind a figure they cannot vouch for."""

PDF = "PDF"
"""What a document is whose cells are told by where lines and signs stand on a page."""
SPREADSHEET = "表格文件"
"""What a document is whose cells are cells of the file, each with a value of its own."""


@dataclass(frozen=True, slots=True)
class Document:
    """A whole document.

    Attributes:
        kind: what it is, as messages call it (`Word 文档`, `网页`, `PDF`, `文本`, `表格文件`).
        blocks: in reading order.
        title: what the document's own title field says (HTML title, core properties); or empty.
        remarks: what the reader could not take in, in Chinese, without a full stop
            (`第3页是扫描图片，没有读取`).
        torn: whether a paragraph may be cut in two where a page of the source ended.
    """

    kind: str
    blocks: tuple[Block, ...]
    title: str = ""
    remarks: tuple[str, ...] = ()
    torn: bool = False
