"""The cells of a roster file as text, whatever file they came from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property


@dataclass(frozen=True, slots=True)
class Merge:
    """A merged rectangle of cells, ends included; rows and columns count from 0."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True)
class RosterTable:
    """A sheet of cells.

    Attributes:
        rows: all rows from the first of the sheet, so that a row's number is its index + 1;
            as many texts in each as it has cells.
        merges: of merged cells only the first holds text.
    """

    rows: Sequence[Sequence[str]]
    merges: Sequence[Merge] = ()

    @cached_property
    def width(self) -> int:
        """The number of columns of the longest row."""
        return max((len(row) for row in self.rows), default=0)

    def text(self, row: int, column: int) -> str:
        """What stands in a cell itself; empty beyond the end of its row."""
        cells = self.rows[row]
        return cells[column].strip() if column < len(cells) else ""

    def filled(self, row: int, column: int) -> str:
        """What a cell shows; every row of a cell that is merged downwards shows the same."""
        merge = self.merge_at(row, column)
        return self.text(row, column) if merge is None else self.text(merge.top, merge.left)

    def height(self, row: int, column: int) -> int:
        """Over how many rows a cell reaches."""
        merge = self.merge_at(row, column)
        return 1 if merge is None else merge.bottom - row + 1

    def merge_at(self, row: int, column: int) -> Merge | None:
        """The merged rectangle that a cell belongs to."""
        return self._merged.get((row, column))

    @cached_property
    def _merged(self) -> dict[tuple[int, int], Merge]:
        return {
            (row, column): merge
            for merge in self.merges
            for row in range(merge.top, min(merge.bottom + 1, len(self.rows)))
            for column in range(merge.left, min(merge.right + 1, self.width))
        }
