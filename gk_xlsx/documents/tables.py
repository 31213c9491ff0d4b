"""The statutory tables of the Word template, drawn from the form's printed grid."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise

from lxml import etree

from gk_xlsx.documents.styles import (
    TABLE_FIGURE,
    TABLE_HEAD,
    TABLE_NARROW,
    TABLE_STYLE,
    TABLE_TEXT,
    Style,
)
from gk_xlsx.documents.wordxml import w
from gk_xlsx.form import Box, Field, Grid, Table, lay_out

TEXT_WIDTH = 8844
"""Twips between the margins: 156 mm. The official grids of about 172 mm are scaled to it."""

NARROW = 1000
"""A column below that many twips takes the style for narrow figures."""

ROW_HEIGHT = 454
"""Twips, 8 mm; rows grow with their labels."""

FIGURES = "表"
"""The variable of the template whose items are the printed figures: `{{ 表.三.新收.自然人 }}`."""


def table_element(table: Table) -> etree._Element:
    """A statutory table with a tag in each cell for a figure."""
    grid = lay_out(table)
    widths = scaled(table.twips, TEXT_WIDTH)
    return w(
        "tbl",
        _properties(),
        w("tblGrid", *(w("gridCol", w_=width) for width in widths)),
        *(_row(grid, row, widths, _tag_prefix(table)) for row in range(grid.height)),
    )


def scaled(widths: Sequence[int], total: int) -> tuple[int, ...]:
    """Widths in the same proportion that add up to `total` exactly."""
    edges = [round(edge * total / sum(widths)) for edge in accumulate(widths, initial=0)]
    return tuple(right - left for left, right in pairwise(edges))


def tag(field: Field, prefix: str) -> str:
    """The tag that prints a field."""
    name = ".".join(filter(None, (prefix, field.row.short, field.column.short)))
    return f"{{{{ {name} }}}}"


def _tag_prefix(table: Table) -> str:
    return f"{FIGURES}.{table.numeral}"


def _properties() -> etree._Element:
    return w(
        "tblPr",
        w("tblStyle", val=TABLE_STYLE),
        w("tblW", w_=TEXT_WIDTH, type="dxa"),
        w("jc", val="center"),
        w("tblLayout", type="fixed"),
    )


def _row(grid: Grid, row: int, widths: Sequence[int], prefix: str) -> etree._Element:
    properties = [w("cantSplit"), w("trHeight", val=ROW_HEIGHT, hRule="atLeast")]
    if row < grid.head_rows:
        properties.append(w("tblHeader"))
    boxes = [box for box in grid.boxes if box.row <= row < box.row + box.rows]
    ordered = sorted(boxes, key=lambda box: box.column)
    return w(
        "tr",
        w("trPr", *properties),
        *(_cell(box, grid, row, widths, prefix) for box in ordered),
    )


def _cell(box: Box, grid: Grid, row: int, widths: Sequence[int], prefix: str) -> etree._Element:
    width = sum(widths[box.column : box.column + box.columns])
    text = tag(box.field, prefix) if box.field else box.text
    properties = [w("pStyle", val=_style(box, grid, width).id)]
    if _stays_with_next(grid, row):
        properties.append(w("keepNext"))
    return w(
        "tc",
        w("tcPr", *_cell_properties(box, row, width)),
        w("p", w("pPr", *properties), *_run(text if row == box.row else "")),
    )


def _stays_with_next(grid: Grid, row: int) -> bool:
    """Heads stay with the first row below them, and a block of several stays on one page."""
    if len(grid.table.blocks) == 1:
        return row < grid.head_rows
    begins_block = {box.row for box in grid.boxes if box.columns == grid.width}
    return row + 1 < grid.height and row + 1 not in begins_block


def _cell_properties(box: Box, row: int, width: int) -> Iterator[etree._Element]:
    """In the order that the schema wants."""
    yield w("tcW", w_=width, type="dxa")
    if box.columns > 1:
        yield w("gridSpan", val=box.columns)
    if box.rows > 1:
        yield w("vMerge", val="restart" if row == box.row else "continue")
    if box.field:
        yield w("tcMar", w("left", w_=0, type="dxa"), w("right", w_=0, type="dxa"))
    yield w("vAlign", val="center")


def _style(box: Box, grid: Grid, width: int) -> Style:
    if box.field:
        return TABLE_NARROW if width < NARROW else TABLE_FIGURE
    if box.head or box.rows > 1 or grid.table.label_columns == 1:
        return TABLE_HEAD
    return TABLE_TEXT


def _run(text: str) -> Iterator[etree._Element]:
    if text:
        yield w("r", w("rPr", w("rFonts", hint="eastAsia")), w("t", text))
