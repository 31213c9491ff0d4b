"""Runs and tables of the office's own text, as they stand in the finished document."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lxml import etree

from gk_xlsx.documents.styles import Style
from gk_xlsx.documents.tables import ROW_HEIGHT, TEXT_WIDTH, scaled
from gk_xlsx.documents.wordxml import fragment, w
from gk_xlsx.markdown import PipeTable, Run

WIDEST, NARROWEST = 24, 3
"""A column's share of the width, in characters of its longest line, ends there."""

SHORT = 8
"""A column whose cells hold up to that many characters is centred."""


@dataclass(frozen=True, slots=True)
class TableLooks:
    """The key of a document's table style, and its paragraph styles for tables."""

    table: str
    head: Style
    text: Style
    figure: Style
    gap: Style


def text_run(run: Run, lead_style: str = "") -> etree._Element:
    """A run of text; docxtpl makes breaks of its newlines."""
    properties = [w("rStyle", val=lead_style)] if run.lead and lead_style else []
    properties.append(w("rFonts", hint="eastAsia"))
    properties += [w("b")] if run.bold else []
    return w("r", w("rPr", *properties), w("t", run.text))


def text_table(table: PipeTable, looks: TableLooks) -> str:
    """A table as wide as the text, its head on every page, and a little room below it."""
    shares = [_share(column) for column in zip(*table.rows, strict=True)]
    widths = scaled(shares, TEXT_WIDTH)
    styles = [looks.figure if share <= SHORT else looks.text for share in shares]
    element = w(
        "tbl",
        w(
            "tblPr",
            *([w("tblStyle", val=looks.table)] if looks.table else []),
            w("tblW", w_=TEXT_WIDTH, type="dxa"),
            w("jc", val="center"),
            w("tblLayout", type="fixed"),
        ),
        w("tblGrid", *(w("gridCol", w_=width) for width in widths)),
        *_rows(table, widths, styles, looks.head),
    )
    return fragment(element, w("p", _paragraph_properties(looks.gap)))


def _rows(
    table: PipeTable, widths: Sequence[int], styles: Sequence[Style], head: Style
) -> Iterator[etree._Element]:
    for number, row in enumerate(table.rows):
        is_head = table.headed and number == 0
        height = w("trHeight", val=ROW_HEIGHT, hRule="atLeast")
        head_mark = [w("tblHeader")] if is_head else []
        properties = w("trPr", w("cantSplit"), height, *head_mark)
        used = [head] * len(row) if is_head else styles
        cells = map(_cell, row, widths, used)
        yield w("tr", properties, *cells)


def _cell(runs: Sequence[Run], width: int, style: Style) -> etree._Element:
    properties = w("tcPr", w("tcW", w_=width, type="dxa"), w("vAlign", val="center"))
    return w("tc", properties, w("p", _paragraph_properties(style), *map(text_run, runs)))


def _paragraph_properties(style: Style) -> etree._Element:
    return w("pPr", *([w("pStyle", val=style.id)] if style.id else []))


def _share(cells: Sequence[Sequence[Run]]) -> int:
    """The length of a column's longest line in full-width characters, within bounds."""
    texts = ("".join(run.text for run in runs) for runs in cells)
    longest = max(_width(line) for text in texts for line in text.split("\n"))
    return min(max(longest, NARROWEST), WIDEST)


def _width(line: str) -> int:
    narrow = sum(1 for character in line if character < "\u0100")
    return len(line) - narrow // 2
