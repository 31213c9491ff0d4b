"""Cell references as rectangles, with the limits of Excel 2007 and later."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import NamedTuple

LAST_ROW = 1_048_576
LAST_COLUMN = 16_384

_CELL = re.compile(r"\$?([A-Z]{1,3})\$?([1-9][0-9]{0,6})")


class Area(NamedTuple):
    """A rectangle of cells, all four sides inclusive, from 1."""

    left: int
    top: int
    right: int
    bottom: int

    def overlaps(self, other: Area) -> bool:
        """Whether they share a cell."""
        apart = self.right < other.left or other.right < self.left
        return not (apart or self.bottom < other.top or other.bottom < self.top)


def column_number(letters: str) -> int:
    """A → 1, XFD → 16384."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def cell(address: str) -> tuple[int, int] | None:
    """Column and row of an address, from 1; None when it is none within the limits."""
    match = _CELL.fullmatch(address)
    if not match:
        return None
    column, row = column_number(match[1]), int(match[2])
    return (column, row) if column <= LAST_COLUMN and row <= LAST_ROW else None


def area(reference: str) -> Area | None:
    """`B2` or `B2:D9` as a rectangle; None when it is none, or the corners are swapped."""
    first, _, last = reference.partition(":")
    start, end = cell(first), cell(last or first)
    if start is None or end is None or start[0] > end[0] or start[1] > end[1]:
        return None
    return Area(*start, *end)


def wrong_areas(references: Sequence[str]) -> Iterator[str]:
    """Those references that are none."""
    return (reference for reference in references if area(reference) is None)


def overlapping(references: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Pairs of references that share a cell."""
    known = [(reference, found) for reference in references if (found := area(reference))]
    for (one, first), (other, second) in combinations(known, 2):
        if first.overlaps(second):
            yield one, other
