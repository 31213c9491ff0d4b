"""A statutory table as it was found: what stands in each of its fields, and what was odd."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from gk_xlsx.matching.columns import Renamed
from gk_xlsx.matching.reading import Found

COLLAPSED = "原文只有“{}”一行，没有分列各项"
"""Why rows are unknown of which only the heading stands there, with a figure of its own."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A figure as found.

    Attributes:
        sheet, line: the table and its row, from 0; -1 where there is none.
    """

    found: Found
    sheet: int = -1
    line: int = -1


@dataclass(frozen=True, slots=True)
class Extra:
    """A row with more values than cells; `field` is its first one."""

    field: str
    expected: int
    texts: tuple[str, ...]
    sheet: int
    line: int


@dataclass(frozen=True, slots=True)
class Changed:
    """A label that is not as printed, and where it stands; line -1 among the heads."""

    label: Renamed
    sheet: int
    line: int


@dataclass(frozen=True)
class TableFound:
    """A statutory table as it was found in a document.

    Attributes:
        cells: every field of the table.
        sheets: numbers of the document's tables that it was put together from.
        unusual: fields of rows that need their sums to be right: the columns stand in another
            order than printed, or the row has not as many cells as the others.
        enough: whether so much of it is there that it is the table.
        hidden: fields of rows of which only the sum stands there.
        sums: short name (三.其他处理.合计.自然人) to a figure that stands for several rows.
    """

    cells: Mapping[str, Cell]
    sheets: tuple[int, ...]
    extras: tuple[Extra, ...] = ()
    changed: tuple[Changed, ...] = ()
    unusual: tuple[str, ...] = ()
    enough: bool = True
    hidden: frozenset[str] = frozenset()
    sums: Mapping[str, Cell] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def certain(self) -> bool:
        """Whether any figure is."""
        return any(not cell.found.doubt for cell in self.cells.values())

    @property
    def share(self) -> float:
        """The part of the table's fields that is certain or stands in a sum, 0 … 1."""
        known = sum(
            not cell.found.doubt or field_id in self.hidden for field_id, cell in self.cells.items()
        )
        return known / len(self.cells)
