"""What the readers of spreadsheets have in common: a sheet as shown, its limits, its cells as text.

A formula stands as its text, `=…`: what a program once computed from it is no evidence. Cells that
nobody sees, hidden or covered by a merged one, are not there.
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from itertools import pairwise, product
from types import MappingProxyType

from gk_xlsx.amounts import from_float, plain
from gk_xlsx.published.model import Cell, Table
from gk_xlsx.sources.refusals import RefusedError

MAX_SHEETS = 200
MAX_ROWS, MAX_COLUMNS, MAX_CELLS = 20_000, 500, 20_000
"""Far beyond any sheet with the statutory tables; a larger sheet is a ledger and is not read."""
MAX_AREA = 200_000
"""Cells of a table, blank ones too; of a larger one only what is filled."""
MAX_BYTES = 16 * 2**20
"""Of one part of a file, unpacked; what is larger is no report and would take minutes."""

Place = tuple[int, int]
"""Row and column, from 0."""

Value = str | int | float | bool | datetime.date | datetime.time | datetime.timedelta | None
"""What the libraries give for a cell."""

MANY = 10
"""So many formulas and no number: a sheet that repeats another."""
FORMULA = "=（公式）"
"""Stands for a formula where the format does not keep its text."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet as it is stored, or as it is shown.

    Attributes:
        cells: text of each cell that has any.
        merged: top left corner to rows and columns covered.
        hidden_rows, hidden_columns: what is not shown.
        shown: whether its tab is.
        too_large: whether it was not read because of its size.
    """

    name: str
    cells: Mapping[Place, str] = field(default_factory=lambda: MappingProxyType({}))
    merged: Mapping[Place, Place] = field(default_factory=lambda: MappingProxyType({}))
    hidden_rows: AbstractSet[int] = frozenset()
    hidden_columns: AbstractSet[int] = frozenset()
    shown: bool = True
    too_large: bool = False

    @property
    def is_view(self) -> bool:
        """Whether it only shows by formula what stands elsewhere, as a sheet made to be printed."""
        formulas = sum(text.startswith("=") for text in self.cells.values())
        return formulas >= MANY and not any(map(_is_number, self.cells.values()))

    @property
    def remark(self) -> str:
        """What could not be taken in, in Chinese; empty where all was."""
        if self.too_large:
            return f"{self.place}过大，没有读取"
        if not self.shown:
            return f"{self.place}是隐藏的，没有读取" if self.cells else ""
        if len(self.as_shown().cells) < sum(bool(text.strip()) for text in self.cells.values()):
            return f"{self.place}里隐藏的行、列或被合并盖住的格没有读取"
        return ""

    @property
    def place(self) -> str:
        """What messages call it."""
        return f"工作表“{self.name}”"

    def as_shown(self) -> Sheet:
        """The sheet as somebody sees it: nothing hidden or covered, its columns closed up."""
        covered = set(self._covered())
        cells: dict[Place, str] = {}
        merged: dict[Place, Place] = {}
        last = max((at for place in self.cells for at in self.columns_of(place)), default=-1)
        columns = [at for at in range(last + 1) if at not in self.hidden_columns]
        closed_up = {old: new for new, old in enumerate(columns)}
        for place in {*self.cells, *self.merged} - covered:
            rows = [at for at in self._rows_of(place) if at not in self.hidden_rows]
            across = [closed_up[at] for at in self.columns_of(place) if at in closed_up]
            if rows and across:
                corner = (rows[0], across[0])
                merged[corner] = (rows[-1] - rows[0] + 1, len(across))
                if self.cells.get(place, "").strip():
                    cells[corner] = self.cells[place]
        return Sheet(self.name, cells, merged)

    def table(self) -> Table:
        """As a table, with the blank cells of every row that holds anything."""
        cells = [
            Cell(*place, self.cells.get(place, ""), *self.merged.get(place, (1, 1)))
            for place in sorted({*self.cells, *self._blank()})
        ]
        places = {row: f"第{row + 1}行" for row, _ in self.cells}
        return Table(tuple(cells), place=self.place, row_places=places)

    def columns_of(self, place: Place) -> range:
        """The columns that a cell takes up."""
        return range(place[1], place[1] + min(self.merged.get(place, (1, 1))[1], MAX_COLUMNS))

    def _rows_of(self, place: Place) -> range:
        return range(place[0], place[0] + min(self.merged.get(place, (1, 1))[0], MAX_ROWS))

    def _blank(self) -> Iterator[Place]:
        """The blank cells beside others, as far as any row goes; none of a very large table."""
        rows = {row for row, _ in self.cells}
        columns = {at for place in self.cells for at in self.columns_of(place)}
        if len(rows) * len(columns) > MAX_AREA:
            return
        taken = {*self._covered(), *self.cells}
        for place in product(rows, range(min(columns), max(columns) + 1)):
            if place not in taken:
                yield place

    def _covered(self) -> Iterator[Place]:
        for corner in self.merged:
            for place in product(self._rows_of(corner), self.columns_of(corner)):
                if place != corner:
                    yield place


def side_by_side(sheet: Sheet) -> Sequence[Sheet]:
    """The parts of a sheet between columns without anything, if each looks like a table.

    Tables that stand beside each other share their rows and must be told apart; a column that is
    only kept free within a table leaves labels on one side and figures on the other. Lines above
    that hold one cell only, a title over all, do not count and stay with the first part.
    """
    first = _first_full_row(sheet.cells)
    used = sorted(
        {at for place in sheet.cells if place[0] >= first for at in sheet.columns_of(place)}
    )
    starts = [at for before, at in pairwise([-2, *used]) if at > before + 1]
    parts = [
        {place: text for place, text in sheet.cells.items() if start <= place[1] < end}
        for start, end in pairwise([0, *starts[1:], MAX_COLUMNS])
    ]
    if len(parts) < 2 or not all(map(_looks_like_a_table, parts)):
        return [sheet]
    return [replace(sheet, cells=part) for part in parts]


def _first_full_row(cells: Mapping[Place, str]) -> int:
    """The first row with more than one cell."""
    count = Counter(row for row, _ in cells)
    return min((row for row, cells_in_it in count.items() if cells_in_it > 1), default=0)


def _looks_like_a_table(cells: Mapping[Place, str]) -> bool:
    numbers = sum(map(_is_number, cells.values()))
    return 0 < numbers < len(cells)


def _is_number(text: str) -> bool:
    return text.removeprefix("-").replace(".", "", 1).isdecimal()


def text_of(value: Value) -> str:
    """A cell's value as a document would show it; a date as a date, so that it is no number."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, (int, float)):
        return _number(value)
    if isinstance(value, datetime.datetime) and value.time() != datetime.time():
        return value.isoformat(" ", "minutes")
    if isinstance(value, datetime.date):
        return f"{value.year}年{value.month}月{value.day}日"
    return str(value)


def _number(value: float) -> str:
    try:
        return plain(from_float(float(value)))
    except (OverflowError, ArithmeticError):  # infinite, or none at all
        return str(value)


def check_size(size: int) -> None:
    """Refuse a part of a file that is far larger than any report's.

    Raises:
        RefusedError: if it is.
    """
    if size > MAX_BYTES:
        raise RefusedError("sheet_too_large")


def in_reach(place: Place) -> bool:
    """Whether a cell stands where one of a report may."""
    return place[0] < MAX_ROWS and place[1] < MAX_COLUMNS
