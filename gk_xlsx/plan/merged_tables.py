"""The three statutory sheets of a merged workbook: as printed, every figure a sum over 明细."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from gk_xlsx.form import Field, Table
from gk_xlsx.plan import formulas
from gk_xlsx.plan.layout import GRID_TOP, STATE_OFFSET, Layout
from gk_xlsx.plan.merged_book import Book
from gk_xlsx.plan.merged_layout import UNKNOWN, Detail
from gk_xlsx.plan.merged_wording import (
    merged_table_formula,
    merged_table_text,
    warning_formula,
)
from gk_xlsx.plan.model import Address, Area, Cell, Colouring, Mark, Sheet, Style
from gk_xlsx.plan.tables import table_sheet
from gk_xlsx.report import Entry, state


def merged_table(book: Book, table: Table) -> Sheet:
    """The sheet of one statutory table, nothing of it open."""
    layout, detail, merged = book.layout, book.detail, book.merged
    plain = table_sheet(layout.form, table, merged.report, book.counted)
    figures = {
        (cell.row, cell.column): cell
        for field in table.fields
        for cell in _figure(layout, detail, field, merged.entries[field.id])
    }
    kept = (cell for cell in plain.cells if cell.row >= GRID_TOP)
    head = next(cell for cell in plain.cells if (cell.row, cell.column) == (0, 0))
    cells = (
        head,
        *_top_lines(book, table),
        *(_replaced(cell, figures) for cell in kept),
    )
    first = layout.fields[table.fields[0].id]
    return replace(
        plain,
        cells=cells,
        heights={**plain.heights, 1: 56 if book.warning else 24},
        validations=(),
        colourings=(*_unknown(layout, table), *plain.colourings),
        start=(first.row, first.column),
    )


def _top_lines(book: Book, table: Table) -> Iterator[Cell]:
    layout, width = book.layout, len(table.twips)
    split = layout.split(table)
    text = merged_table_text(layout.form, table, book.counted)
    formula = merged_table_formula(layout, table)
    yield Cell(0, split, text, Style.VERDICT, formula, columns=width - split)
    yield Cell(1, 0, book.warning, Style.INCOMPLETE, warning_formula(layout), columns=width)


def _figure(layout: Layout, detail: Detail, field: Field, entry: Entry) -> Iterator[Cell]:
    """The sum and, to its right, its state."""
    at, beside = layout.fields[field.id], layout.state(field.id)
    yield Cell(at.row, at.column, shown(entry), Style.TOTAL, detail.figure(field))
    now, formula = state(entry, field.kind).value, formulas.sum_state(layout, field.id)
    yield Cell(beside.row, beside.column, now, Style.HIDDEN, formula)


def shown(entry: Entry) -> str | Decimal:
    """What a cell with a sum shows."""
    if entry.value is None:
        return UNKNOWN
    return entry.raw or entry.value


def _replaced(cell: Cell, figures: dict[tuple[int, int], Cell]) -> Cell:
    """The cell of a sum in its place, as wide as the form prints it."""
    figure = figures.get((cell.row, cell.column))
    return replace(figure, columns=cell.columns) if figure else cell


def _unknown(layout: Layout, table: Table) -> Iterator[Colouring]:
    states = layout.states_area(table)
    left = table.label_columns
    right = states.right - STATE_OFFSET
    here = Address(table.sheet, GRID_TOP, left + STATE_OFFSET).local
    area = Area(GRID_TOP, left, states.bottom, right)
    yield Colouring(area, f'{here}="unknown"', Mark.WRONG)
