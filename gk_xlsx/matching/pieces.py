"""The pieces of a statutory table, which may stand in several tables of a document."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from gk_xlsx.form import Block, Table
from gk_xlsx.matching.labels import key
from gk_xlsx.matching.lines import Line, Sheet, Slot, holds_figures
from gk_xlsx.matching.reading import MERGED_DOWN
from gk_xlsx.matching.rows import Hit, exact_rows, hits, row_labels

HEAD_LINES = 10
"""Heads are looked for in so many lines above the figures; the form prints at most 3."""

TWICE = "这一行的标题出现了几次，不知用哪一行"
TORN = "这一行被分页拆开，两边都有数"
ORPHAN = "这一行没有数，相邻没有标题的一行却有数"


def pieces(table: Table, sheets: Sequence[Sheet]) -> Iterator[list[Sheet]]:
    """Tables that together hold a statutory one: each goes on where the one before ended."""
    labels = row_labels(table)
    current: list[Sheet] = []
    rows: list[int] = []
    before: Sheet | None = None
    for sheet in sheets:
        own = [row for line in sheet.lines for row in sorted(exact_rows(labels, line))]
        if own:
            again = set(own) & set(rows)
            if current and again and not again == {rows[-1]} == {own[0]}:
                yield current
                current, rows = [], []
            if not current and before and _ends_with_heads(table, before):
                current.append(before)
            current.append(sheet)
            rows += own
        before = None if own else sheet
    if current:
        yield current


def _ends_with_heads(table: Table, sheet: Sheet) -> bool:
    """Whether a page ended right below heads of the table."""
    labels = {key(name) for column in table.columns for name in column.label}
    found = {name for line in sheet.lines[-HEAD_LINES:] for _, name in line.keys}
    return len(found & labels) >= min(2, len(labels))


@dataclass(frozen=True)
class Piece:
    """A statutory table's lines, of all tables it stands in, and the rows found among them.

    Attributes:
        sheets: by their numbers.
        lines: of all of them, empty ones left out.
        every: every row that was found, those that stand there twice too.
    """

    table: Table
    sheets: dict[int, Sheet]
    lines: Sequence[Line]
    every: Sequence[Hit]

    @classmethod
    def of(cls, table: Table, sheets: Sequence[Sheet]) -> Piece:
        """Look for the table's rows in some tables of a document."""
        lines = [line for sheet in sheets for line in sheet.lines if not line.empty]
        return cls(table, {sheet.number: sheet for sheet in sheets}, lines, hits(table, lines))

    @cached_property
    def hits(self) -> Sequence[Hit]:
        """The rows; of those that stand there twice the blank ones are left out."""
        counts = Counter(hit.row for hit in self.every)
        return [hit for hit in self.every if counts[hit.row] == 1 or hit.torn or not hit.blank]

    def sheet(self, hit: Hit) -> Sheet:
        """The table that a row stands in."""
        return self.sheets[self.lines[hit.at].table]

    def place(self, hit: Hit) -> tuple[int, int]:
        """Table and line of a row."""
        line = self.lines[hit.at]
        return line.table, line.number

    def blocks(self) -> Iterator[tuple[Block, range]]:
        """The blocks of the form, each with its rows."""
        first = 0
        for block in self.table.blocks:
            yield block, range(first, first + len(block.rows))
            first += len(block.rows)

    def block_of(self, row: int) -> Block:
        """The block that a row of the form stands in."""
        return next(block for block, rows in self.blocks() if row in rows)

    def ids(self, row: int) -> list[str]:
        """The fields of a row."""
        parts = (self.table.key, self.table.rows[row].id)
        return [
            ".".join(filter(None, (*parts, column.id))) for column in self.block_of(row).columns
        ]

    def above(self, hit: Hit, rows: range) -> Sequence[Line]:
        """The lines right above a row, down from the last row of figures of another block."""
        others = [other.at for other in self.hits if other.at < hit.at and other.row not in rows]
        start = max(max(others, default=-1) + 1, hit.at - HEAD_LINES)
        return self.lines[start : hit.at]

    def is_exact(self, sheet: Sheet) -> bool:
        """Whether every row of a table has as many cells as it has figures, blank ones too."""
        return sheet.number not in self._inexact

    def doubt(self, hit: Hit) -> str:
        """Why a row's figures are not certain, whatever its cells hold; empty if they may be."""
        if hit.row in self._twice:
            return TWICE
        if hit.torn:
            return TORN
        if hit.blank and self._is_beside_orphan(hit):
            return ORPHAN
        return MERGED_DOWN if any(self._reaches_over_rows(hit, slot) for slot in hit.values) else ""

    @cached_property
    def _twice(self) -> set[int]:
        counts = Counter(hit.row for hit in self.hits)
        return {row for row, count in counts.items() if count > 1}

    @cached_property
    def _inexact(self) -> set[int]:
        return {
            self.lines[hit.at].table
            for hit in self.hits
            if not hit.torn and len(hit.values) != len(self.block_of(hit.row).columns)
        }

    @cached_property
    def _taken(self) -> set[int]:
        """The lines that are a row of figures, or a part of its label."""
        return {at for hit in self.every for at in range(hit.at, hit.at + hit.lines)}

    @cached_property
    def _figures(self) -> set[tuple[int, int]]:
        return {self.place(hit) for hit in self.hits}

    def _is_beside_orphan(self, hit: Hit) -> bool:
        """Whether figures stand in a line right above or below that is no row of its own."""
        around = (at for at in (hit.at - 1, hit.at + 1) if 0 <= at < len(self.lines))
        return any(at not in self._taken and holds_figures(self.lines[at]) for at in around)

    def _reaches_over_rows(self, hit: Hit, slot: Slot) -> bool:
        """Whether a cell with a figure reaches over another row of figures."""
        if slot.height == 1 or slot.blank:
            return False
        table = self.lines[hit.at].table
        covered = range(slot.top, slot.top + slot.height)
        return sum((table, row) in self._figures for row in covered) > 1
