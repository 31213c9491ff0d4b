"""Plain tables of Word: rows of cells, one over the whole width where it stands alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from lxml import etree

from gk_xlsx.documents.paper import paragraph
from gk_xlsx.documents.styles import TABLE_STYLE, Style
from gk_xlsx.documents.tables import TEXT_WIDTH, scaled
from gk_xlsx.documents.wordxml import w


@dataclass(frozen=True, slots=True)
class PlainCell:
    """A text in a style."""

    style: Style
    text: str


@dataclass(frozen=True, slots=True)
class GridRow:
    """A row; a single cell spans all columns.

    Attributes:
        head: whether it repeats at the top of each page.
    """

    cells: tuple[PlainCell, ...]
    head: bool = False


def grid_table(shares: Sequence[int], rows: Sequence[GridRow]) -> etree._Element:
    """A table as wide as the text, its columns in proportion to `shares`; no row is split."""
    widths = scaled(shares, TEXT_WIDTH)
    return w(
        "tbl",
        w(
            "tblPr",
            w("tblStyle", val=TABLE_STYLE),
            w("tblW", w_=TEXT_WIDTH, type="dxa"),
            w("jc", val="center"),
            w("tblLayout", type="fixed"),
        ),
        w("tblGrid", *(w("gridCol", w_=width) for width in widths)),
        *(_row(row, widths) for row in rows),
    )


def _row(row: GridRow, widths: Sequence[int]) -> etree._Element:
    properties = [w("cantSplit"), *([w("tblHeader")] if row.head else [])]
    spans = widths if len(row.cells) > 1 else [sum(widths)]
    cells = (
        _cell(cell, width, len(widths) if len(row.cells) == 1 else 1)
        for cell, width in zip(row.cells, spans, strict=True)
    )
    return w("tr", w("trPr", *properties), *cells)


def _cell(cell: PlainCell, width: int, span: int) -> etree._Element:
    spanned = [w("gridSpan", val=span)] if span > 1 else []
    size = w("tcW", w_=width, type="dxa")
    properties = w("tcPr", size, *spanned, w("vAlign", val="center"))
    return w("tc", properties, paragraph(cell.style, cell.text))
