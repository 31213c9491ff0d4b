"""What a workbook will hold, cell by cell, before any file library is involved."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from gk_xlsx.markdown import clean


class Style(StrEnum):
    """How a cell looks; `workbook.write` knows the fonts, colours and borders."""

    PLAIN = "plain"
    TITLE = "title"
    HEADING = "heading"
    VERDICT = "verdict"
    NEXT_STEP = "next_step"
    HINT = "hint"
    LABEL = "label"
    LABEL_LEFT = "label_left"
    CORNER = "corner"
    COUNT = "count"
    MONEY = "money"
    AS_WRITTEN = "as_written"
    TOTAL = "total"
    SWITCH = "switch"
    FACT = "fact"
    FACT_OPEN = "fact_open"
    HEAD = "head"
    CELL = "cell"
    CELL_CENTRED = "cell_centred"
    FIGURE = "figure"
    TEXT_OPEN = "text_open"
    TEXT_HEADING = "text_heading"
    PARAGRAPH = "paragraph"
    LINK = "link"
    PRINT_TITLE = "print_title"
    PRINT_LINE = "print_line"
    PRINT_LABEL = "print_label"
    PRINT_FIGURE = "print_figure"
    HIDDEN = "hidden"
    INCOMPLETE = "incomplete"
    GROUP_HEAD = "group_head"
    FIELD_ID = "field_id"
    UNIT = "unit"
    UNIT_FACT = "unit_fact"
    UNIT_FIGURE = "unit_figure"
    UNIT_TOTAL = "unit_total"
    NOT_KNOWN = "not_known"
    ADJUSTED = "adjusted"
    ADJUSTED_TOTAL = "adjusted_total"
    ADJUSTED_TEXT = "adjusted_text"
    KIND = "kind"
    SUBTOTAL = "subtotal"
    GRAND_TOTAL = "grand_total"
    CHANGE = "change"
    PER_CENT = "per_cent"


class Mark(StrEnum):
    """How a cell is coloured while one types."""

    BLANK = "blank"
    ASSUMED = "assumed"
    WRONG = "wrong"
    BROKEN = "broken"
    GOOD = "good"
    WAITING = "waiting"
    ASKING = "asking"


@dataclass(frozen=True, slots=True)
class Address:
    """A cell; `row` and `column` count from 0."""

    sheet: str
    row: int
    column: int

    @property
    def local(self) -> str:
        """As `D9`."""
        return f"{column_letters(self.column)}{self.row + 1}"

    @property
    def fixed(self) -> str:
        """As `$D$9`."""
        return f"${column_letters(self.column)}${self.row + 1}"

    @property
    def full(self) -> str:
        """As `'三、申请办理'!$D$9`."""
        return f"'{self.sheet}'!{self.fixed}"

    def seen_from(self, sheet: str) -> str:
        """`D9` on its own sheet, `'…'!$D$9` from another."""
        return self.local if sheet == self.sheet else self.full

    def right(self, columns: int) -> Address:
        """The cell so many columns to the right."""
        return Address(self.sheet, self.row, self.column + columns)


@dataclass(frozen=True, slots=True)
class Cell:
    """What one cell holds.

    Attributes:
        content: text or number; for a formula the result it has in this workbook.
        formula: without the equals sign; empty for a constant.
        rows, columns: how far it is merged.
        open: whether it can be typed into while the sheet is locked.
        link: sheet and cell it jumps to, as `'文字部分'!B9`; or empty.
        comment: a note shown at the cell; or empty.
    """

    row: int
    column: int
    content: str | Decimal | int = ""
    style: Style = Style.PLAIN
    formula: str = ""
    rows: int = 1
    columns: int = 1
    open: bool = False
    link: str = ""
    comment: str = ""


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle of cells, ends included; rows and columns count from 0."""

    top: int
    left: int
    bottom: int
    right: int

    @property
    def local(self) -> str:
        """As `D6:I30`."""
        first, last = Address("", self.top, self.left), Address("", self.bottom, self.right)
        return first.local if first == last else f"{first.local}:{last.local}"

    @property
    def fixed(self) -> str:
        """As `$D$6:$I$30`."""
        first, last = Address("", self.top, self.left), Address("", self.bottom, self.right)
        return f"{first.fixed}:{last.fixed}"


class Accepts(StrEnum):
    """What a validated cell accepts."""

    WHOLE = "whole"
    SIGNED = "signed"
    AMOUNT = "amount"
    CHANGED_AMOUNT = "changed_amount"
    ANY = "any"
    LISTED = "listed"


@dataclass(frozen=True, slots=True)
class Validation:
    """What cells accept, with the hint shown at the cell and the error text.

    Attributes:
        list_name: the defined name of the list for `LISTED`.
    """

    area: Area
    accepts: Accepts
    title: str = ""
    hint: str = ""
    error: str = ""
    list_name: str = ""


@dataclass(frozen=True, slots=True)
class Colouring:
    """Cells coloured while a formula is true; it refers to its own sheet only.

    Excel keeps references to other sheets out of plain conditional formats.
    """

    area: Area
    formula: str
    mark: Mark


class Paper(StrEnum):
    """What a sheet prints on."""

    A4 = "A4"
    A3 = "A3"


class ChartKind(StrEnum):
    """How figures are drawn."""

    BARS = "bars"
    """Lying, one below the other: long names have room."""
    COLUMNS = "columns"
    PIE = "pie"


@dataclass(frozen=True, slots=True)
class Series:
    """One row of figures of a chart; all three are addresses of one sheet.

    Attributes:
        name: the cell that says what it is.
        labels, figures: ranges of the same length.
    """

    sheet: str
    name: Address
    labels: Area
    figures: Area


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart that draws what stands in cells.

    Attributes:
        row, column: the cell under its upper left corner.
        width, height: in pixels.
    """

    kind: ChartKind
    title: str
    series: tuple[Series, ...]
    row: int
    column: int
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Page:
    """How a sheet prints.

    Attributes:
        repeat: how many rows at the top repeat on each page, first and last index, or None.
        breaks: rows (from 0) that start a new page.
        area: what prints; None for everything.
        scale: in per cent; None fits the width to one page (page breaks need a scale).
        tall: whether height is fitted to one page too.
        repeat_columns: columns at the left that repeat on each page, or None.
    """

    landscape: bool = False
    repeat: tuple[int, int] | None = None
    breaks: tuple[int, ...] = ()
    area: Area | None = None
    scale: int | None = None
    tall: bool = False
    margins_mm: tuple[int, int, int, int] = (20, 18, 20, 18)
    paper: Paper = Paper.A4
    repeat_columns: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet.

    Attributes:
        widths: column index to width in characters.
        heights: row index to height in points.
        freeze: rows and columns that stay in view.
        hidden_columns: first and last column hidden from view, or None.
        folded_rows: rows hidden under an outline, first and last, or None.
        start: the cell the cursor stands on when the sheet is first opened.
    """

    name: str
    cells: tuple[Cell, ...]
    widths: Mapping[int, float]
    heights: Mapping[int, float]
    validations: tuple[Validation, ...] = ()
    colourings: tuple[Colouring, ...] = ()
    freeze: tuple[int, int] = (0, 0)
    page: Page = Page()
    hidden: bool = False
    hidden_columns: tuple[int, int] | None = None
    folded_rows: tuple[int, int] | None = None
    start: tuple[int, int] = (0, 0)
    colour: str = ""
    charts: tuple[Chart, ...] = ()


@dataclass(frozen=True, slots=True)
class Workbook:
    """A whole workbook.

    Attributes:
        names: defined name to what it refers to, without the equals sign.
        properties: custom document properties.
        year: dates the file (1 January), so that the same inputs give the same bytes.
        active: the sheet shown first.
    """

    sheets: tuple[Sheet, ...]
    names: Mapping[str, str]
    properties: Mapping[str, str]
    title: str
    author: str
    year: int
    active: str


def column_letters(index: int) -> str:
    """0 → A, 25 → Z, 26 → AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def quoted(text: str) -> str:
    """A text as a formula's string literal; Excel takes up to 255 characters."""
    return '"' + clean(text).replace('"', '""') + '"'


_LITERAL = 127
"""Characters that fit into a literal whatever they are: Excel counts some of them twice."""
_BEGINNING = re.compile("[\0-\uffff]{1,200}")
"""What is compared of a longer text; programs do not agree on how long other characters are."""


def holds(reference: str, text: str) -> str:
    """A formula that is true while a cell holds a text, or what a long one begins with.

    Of a long one that begins with a character that programs count differently, its length.
    """
    text = clean(text)
    beginning = _BEGINNING.match(text)
    if len(text) <= _LITERAL:
        return f'{reference}&""={quoted(text)}'
    if beginning is None:
        units = len(text.encode("utf-16-le", "surrogatepass")) // 2
        return f"OR(LEN({reference})={len(text)},LEN({reference})={units})"
    return f"LEFT({reference},{beginning.end()})={quoted(beginning[0])}"
