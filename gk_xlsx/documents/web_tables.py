"""Tables on the web: the statutory ones as the form prints them, and those of a text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lxml import etree

from gk_xlsx.documents import web_looks as looks
from gk_xlsx.documents.web_elements import Child, broken, h, marked, on_lines
from gk_xlsx.form import Box, Grid, Table, lay_out
from gk_xlsx.markdown import PipeTable, Run, clean
from gk_xlsx.report import AnnualReport, Entry, EntryKind, written

WIDE = 6
"""A table of more columns than this needs more room than a telephone has."""

LONG = 20
"""A table of more rows than this may go over a page."""


def statutory_table(table: Table, report: AnnualReport) -> etree._Element:
    """A table of the form with its figures; a blank one is an empty cell."""
    grid = lay_out(table)
    rows = [_row([*_of_row(grid, row)], grid, report) for row in range(grid.height)]
    return _table(rows, grid.head_rows, [*_columns(table.twips)], grid.width)


def text_table(table: PipeTable) -> etree._Element:
    """A table of the office's own."""
    heads = int(table.headed)
    rows = [
        h("tr", *(_text_cell(cell, head=number < heads) for cell in cells), style=looks.WHOLE)
        for number, cells in enumerate(table.rows)
    ]
    return _table(rows, heads, [], len(table.rows[0]))


def _table(
    rows: Sequence[etree._Element], heads: int, columns: Sequence[etree._Element], width: int
) -> etree._Element:
    groups = (("thead", rows[:heads]), ("tbody", rows[heads:]))
    style = looks.TABLE + (looks.WIDE if width > WIDE else "")
    style += looks.WHOLE if len(rows) <= LONG else ""
    parts = [on_lines(name, part) for name, part in groups if part]
    widths = [h("colgroup", *columns)] if columns else []
    table = on_lines("table", [*widths, *parts], style=style)
    return h("div", table, style=looks.SCROLL)


def _columns(twips: Sequence[int]) -> Iterator[etree._Element]:
    for width in twips:
        yield h("col", style=f"width:{100 * width / sum(twips):.2f}%")


def _of_row(grid: Grid, row: int) -> Iterator[Box]:
    """The boxes that begin in a row, left to right."""
    yield from sorted((box for box in grid.boxes if box.row == row), key=lambda box: box.column)


def _row(boxes: Sequence[Box], grid: Grid, report: AnnualReport) -> etree._Element:
    """A row that stays on one page, unless a label begins in it that reaches over others.

    Browsers would keep all rows of that label together, and break the page before them.
    """
    whole = all(box.rows == 1 for box in boxes)
    cells = (_cell(box, grid, report) for box in boxes)
    if whole:
        return h("tr", *cells, style=looks.WHOLE)
    return h("tr", *(_kept(cell) if "rowspan" not in cell.attrib else cell for cell in cells))


def _kept(cell: etree._Element) -> etree._Element:
    cell.set("style", cell.get("style", "") + looks.WHOLE)
    return cell


def _cell(box: Box, grid: Grid, report: AnnualReport) -> etree._Element:
    spans = {"rowspan": box.rows, "colspan": box.columns}
    given = {name: span for name, span in spans.items() if span > 1}
    if box.field is not None:
        entry = report.entries[box.field.id]
        return h("td", *broken(clean(written(entry))), style=_figure_style(entry), **given)
    scope = "col" if box.head else "row"
    centred = box.head or box.rows > 1 or grid.table.label_columns == 1
    style = looks.CENTRED if centred else looks.LEFT
    return h("th", box.text, style=style, scope=scope, **given)


def _figure_style(entry: Entry) -> str:
    """A figure is never broken; words that stand in its place may be."""
    short = entry.value is not None or entry.kind is EntryKind.MARK
    return looks.FIGURE if short else looks.CENTRED


def _text_cell(runs: tuple[Run, ...], *, head: bool) -> etree._Element:
    children: tuple[Child, ...] = tuple(marked(runs))
    if head:
        return h("th", *children, style=looks.CENTRED, scope="col")
    return h("td", *children, style=looks.CENTRED)
