"""A document's tables as the sheets of lines that the matcher reads."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from gk_xlsx.errors import UnreadableError
from gk_xlsx.matching.lines import Sheet, Slot, lines_of
from gk_xlsx.published.model import Document, Table
from gk_xlsx.report import Place

MAX_CELLS = 400_000
"""Cells of all tables together, counted in every row and column they span; a report has 300."""


@dataclass(frozen=True)
class Sheets:
    """The tables of a document.

    Attributes:
        all: as the matcher reads them, numbered from 0 in reading order.
        tables: the same tables as the reader gave them.
    """

    all: tuple[Sheet, ...]
    tables: tuple[Table, ...]

    def place(self, sheet: int, line: int) -> Place | None:
        """Where a row of a table stands, as findings say it; None for a table there is not."""
        if sheet < 0:
            return None
        table = self.tables[sheet]
        row = table.row_places.get(line) or (f"第{line + 1}行" if line >= 0 else "")
        return Place(table.place or f"第{sheet + 1}个表格", row)


def sheets_of(document: Document) -> Sheets:
    """The tables of a document.

    Raises:
        UnreadableError: if they have more cells than any report.
    """
    tables = tuple(block for block in document.blocks if isinstance(block, Table))
    if sum(_size(table) for table in tables) > MAX_CELLS:
        raise UnreadableError(
            f"表格的格数超过 {MAX_CELLS}，不是年度报告的表格。", "请检查是否选错了文件。"
        )
    return Sheets(tuple(_sheet(number, table) for number, table in enumerate(tables)), tables)


def _size(table: Table) -> int:
    heights = _heights(table)
    return sum(heights[cell.row] for cell in table.cells) if heights else 0


def _heights(table: Table) -> Mapping[int, int]:
    """Row to the tallest cell that begins in it, spans cut off below the last row."""
    last = max((cell.row for cell in table.cells), default=-1)
    tallest: dict[int, int] = {}
    for cell in table.cells:
        rows = max(1, min(cell.rows, last + 1 - cell.row))
        tallest[cell.row] = max(tallest.get(cell.row, 1), rows)
    return tallest


def _sheet(number: int, table: Table) -> Sheet:
    slots = tuple(_slots(table))
    return Sheet(
        number,
        lines_of(number, slots),
        ragged=table.ragged,
        width=max((slot.end for slot in slots), default=0),
    )


def _slots(table: Table) -> Iterator[Slot]:
    last = max((cell.row for cell in table.cells), default=-1)
    for cell in table.cells:
        height = max(1, min(cell.rows, last + 1 - cell.row))
        yield Slot(cell.column, max(1, cell.columns), cell.text, cell.row, height)
