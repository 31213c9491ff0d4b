"""打印稿: the three tables as they go to signature, by formula, zeros shown, no colours."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from gk_xlsx.form import Form, Table, lay_out
from gk_xlsx.plan.layout import FACT_ROWS, FACTS, PRINTOUT, Layout, layout_of
from gk_xlsx.plan.model import Address, Area, Cell, Page, Sheet, Style
from gk_xlsx.report import AnnualReport, Entry, Origin, written

PRINT_MM = 172
"""Nominal width of the tables: that of the official form."""
SCALE = 84
"""Per cent. Programs that lack the default font make narrow columns up to a fifth wider, and the
page leaves 180 mm: so the tables stay on one page everywhere."""
_HEAD_ROWS = 4
"""Title, what is still to be done, unit, heading."""
_MARK_LINE = 32
"""Characters of the mark that fit on one line."""
_NARROW, _HALF = 900, 2
"""Twips: in a narrower column a label of four characters would break after the third."""
_SNAP = 50
"""Twips within which the column edges of two tables count as the same."""


@dataclass(frozen=True, slots=True)
class PrintMark:
    """What stands above each table as long as it should not be signed, as text and as formula."""

    text: str
    formula: str


def printout_sheet(
    form: Form, report: AnnualReport, mark: PrintMark, *, unknown: str = ""
) -> Sheet:
    """All three tables on one sheet, each on its page, on a common grid of narrow columns.

    `unknown` is what the tables show for a figure that is not known.
    """
    edges = common_edges(form)
    cells: list[Cell] = []
    heights: dict[int, float] = {}
    breaks = []
    row, last = 0, len(edges) - 2
    for table in form.tables:
        if row:
            breaks.append(row)
        cells += _head(form, report, table, row, last + 1)
        cells.append(Cell(row + 1, 0, mark.text, Style.INCOMPLETE, mark.formula, columns=last + 1))
        heights |= {row: 30.0, row + 1: _mark_height(mark), row + 2: 24.0, row + 3: 26.0}
        shown = {item.id: _printed(report.entries[item.id]) or unknown for item in table.fields}
        cells += _table(layout_of(form), shown, table, row + _HEAD_ROWS, edges)
        heights |= {row + _HEAD_ROWS + i: h for i, h in enumerate(_heights(table))}
        row += _HEAD_ROWS + lay_out(table).height
        cells += _signature(row + 1, last + 1)
        heights |= {row: 10.0, row + 1: 26.0}
        row += 2
    widths = {i: _width(edges[i + 1] - edges[i], edges[-1]) for i in range(len(edges) - 1)}
    return Sheet(
        PRINTOUT,
        tuple(cells),
        widths,
        heights,
        page=Page(
            breaks=tuple(breaks), scale=SCALE, area=Area(0, 0, row - 1, last),
            margins_mm=(20, 15, 15, 15),
        ),
        colour="7FB069",
    )  # fmt: skip


@cache
def common_edges(form: Form) -> tuple[int, ...]:
    """The left edges of all tables' columns, and the right edge, in twips of the widest table."""
    widest = max(sum(table.twips) for table in form.tables)
    edges: list[int] = []
    for table in form.tables:
        for edge in _edges(table, widest):
            if not any(abs(edge - known) <= _SNAP for known in edges):
                edges.append(edge)
    return tuple(sorted(edges))


@cache
def _edges(table: Table, widest: int) -> tuple[int, ...]:
    total, at = sum(table.twips), 0
    edges = [0]
    for twips in table.twips:
        at += twips
        edges.append(round(at * widest / total))
    return tuple(edges)


def _nearest(edges: Sequence[int], edge: int) -> int:
    index = min(bisect_left(edges, edge), len(edges) - 1)
    return index - 1 if index and edge - edges[index - 1] < edges[index] - edge else index


def _head(form: Form, report: AnnualReport, table: Table, row: int, width: int) -> Iterator[Cell]:
    unit, year = (Address(FACTS, FACT_ROWS[key], 1).full for key in ("unit", "year"))
    before, after = form.title.split("{year}")
    title = f"{before}{report.year or ''}{after}" if before else f"{report.year or ''}{after}"
    heading = next(part.heading for part in form.sections if part.table == table.key)
    name = f"填报单位：{report.unit.name}"
    title_formula = f'"{before}"&{year}&"{after}"' if before else f'{year}&"{after}"'
    yield Cell(row, 0, title, Style.PRINT_TITLE, title_formula, columns=width)
    yield Cell(row + 2, 0, name, Style.PRINT_LINE, f'"填报单位："&{unit}', columns=width)
    yield Cell(row + 3, 0, heading, Style.PRINT_LINE, columns=width)


def _mark_height(mark: PrintMark) -> float:
    """Room for one line at least: what is typed later may bring it up."""
    return 21.0 * max(1, -(-len(mark.text) // _MARK_LINE))


def _table(
    layout: Layout, shown: Mapping[str, str], table: Table, top: int, edges: Sequence[int]
) -> Iterator[Cell]:
    own = _edges(table, edges[-1])
    for box in lay_out(table).boxes:
        left = _nearest(edges, own[box.column])
        right = _nearest(edges, own[box.column + box.columns])
        row, span = top + box.row, right - left
        if box.field is None:
            text = _broken(box.text, own[box.column + box.columns] - own[box.column])
            yield Cell(row, left, text, Style.PRINT_LABEL, rows=box.rows, columns=span)
            continue
        text, formula = shown[box.field.id], _shown(layout, box.field.id)
        yield Cell(row, left, text, Style.PRINT_FIGURE, formula, rows=box.rows, columns=span)


def _broken(text: str, twips: int) -> str:
    """A label of four characters in a narrow column, broken in the middle as a report has it."""
    if len(text) != 2 * _HALF or twips >= _NARROW:
        return text
    return f"{text[:_HALF]}\n{text[_HALF:]}"


def _printed(entry: Entry) -> str:
    return "0" if entry.origin is Origin.ZERO_REPORT else written(entry)


@cache
def _shown(layout: Layout, field_id: str) -> str:
    """A figure as people write it: 0 where it counts as 0, no trailing zeros, else as typed."""
    cell, state = layout.fields[field_id].full, layout.state(field_id).full
    number = f'IF({cell}=INT({cell}),TEXT({cell},"0"),TEXT({cell},"0.#########"))'
    return f'IF({state}="assumed","0",IF(ISNUMBER({cell}),{number},{cell}&""))'


def _signature(row: int, width: int) -> Iterator[Cell]:
    third = width // 3
    yield Cell(row, 0, "填报人：", Style.PRINT_LINE, columns=third)
    yield Cell(row, third, "审核人：", Style.PRINT_LINE, columns=third)
    text = "单位负责人（签字盖章）："
    yield Cell(row, 2 * third, text, Style.PRINT_LINE, columns=width - 2 * third)


def _width(twips: int, total: int) -> float:
    """A column width in characters so that all columns together are `PRINT_MM` wide."""
    pixels = twips / total * PRINT_MM / 25.4 * 96
    return round(max(pixels - 5, 1) / 7, 2) if pixels > 12 else round(pixels / 12, 2)


@cache
def _heights(table: Table) -> tuple[float, ...]:
    grid = lay_out(table)
    heights = [23.0] * grid.height
    for box in grid.labels:
        twips = sum(table.twips[box.column : box.column + box.columns])
        lines = -(-len(box.text) // max(1, twips // 205))
        for row in range(box.row, box.row + box.rows):
            heights[row] = max(heights[row], (lines * 13 + 6) / box.rows)
    return tuple(heights)
