"""The rows of an HTML table → its grid, with spans that are wrong as browsers take them.

Source: HTML Living Standard, 4.9.12 “Forming a table”.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from gk_xlsx.published.model import Cell

MAX_COLUMNS = 256
"""What stands further right is no table of a report."""


@dataclass(frozen=True, slots=True)
class Written:
    """A cell as the page writes it.

    Attributes:
        rows: as said; 0 means to the end of its group of rows.
        columns: as said, at least 1.
    """

    text: str
    rows: int = 1
    columns: int = 1


@dataclass(frozen=True, slots=True)
class Row:
    """A row.

    Attributes:
        rank: 0 in a `thead`, 1 in a `tbody` or in none, 2 in a `tfoot`: the order they are shown.
        group: number of its group; a span over rows ends with it.
    """

    cells: tuple[Written, ...]
    rank: int = 1
    group: int = 0


def laid_out(rows: Sequence[Row]) -> Iterator[Cell]:
    """The cells at their places; one that would lie over another is cut at it."""
    top = 0
    for _, members in groupby(sorted(rows, key=_shown), key=_shown):
        group = list(members)
        yield from _group_cells(group, top)
        top += len(group)


def _shown(row: Row) -> tuple[int, int]:
    return row.rank, row.group


def _group_cells(rows: Sequence[Row], top: int) -> Iterator[Cell]:
    taken: dict[int, int] = {}
    end = top + len(rows)
    for line, row in enumerate(rows, top):
        at = 0
        for cell in row.cells:
            while taken.get(at, 0) > line:
                at += 1
            if at >= MAX_COLUMNS:
                break
            below = min(line + cell.rows, end) if cell.rows else end
            width = _free(taken, line, at, min(cell.columns, MAX_COLUMNS - at))
            taken |= dict.fromkeys(range(at, at + width), below)
            yield Cell(line, at, cell.text, below - line, width)
            at += cell.columns


def _free(taken: dict[int, int], line: int, at: int, wanted: int) -> int:
    """How many of the wanted columns nothing from above reaches into; the first is free."""
    return next((n for n in range(1, wanted) if taken.get(at + n, 0) > line), wanted)
