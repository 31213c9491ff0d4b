"""A statutory table without row labels: one row of figures below its heads (四、复议诉讼)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from gk_xlsx.form import Block, Table
from gk_xlsx.matching.columns import Heads, heads_of
from gk_xlsx.matching.found import Cell, Changed, Extra, TableFound
from gk_xlsx.matching.labels import key
from gk_xlsx.matching.lines import Line, Sheet, Slot
from gk_xlsx.matching.reading import Found, Manner, read_row

NO_FIGURES = "表头下面没有一行数"
SEVERAL_ROWS = "表头下面有几行数，不知是哪一行"

_WORDS = re.compile(r"[\u4e00-\u9fff]{2}")
_LEAST = 0.6
"""Heads are taken for those of the table when this part of them is there."""
_MANY, _SHORT = 10, 20
"""A line of so many cells with words that short is the row of figures: 见附件."""
_BELOW = 4
"""The figures stand in one of so many lines below the heads."""


def find_headed(table: Table, sheets: Sequence[Sheet]) -> list[TableFound]:
    """Every place where a table of one unlabelled row stands, in the order of the document."""
    flat = [line for sheet in sheets for line in sheet.lines]
    by_number = {sheet.number: sheet for sheet in sheets}
    regions = _regions(table.blocks[0], flat)
    return [_Region(first, end, flat, by_number).read(table) for first, end in regions]


def _regions(block: Block, lines: Sequence[Line]) -> Iterator[tuple[int, int]]:
    """Stretches of lines that hold enough of the heads: the first, and the one behind the last."""
    labels = {key(name) for column in block.columns for name in column.label}
    leaves = Counter(key(column.label[-1]) for column in block.columns)
    first, count = 0, 0
    for at, line in enumerate(lines):
        found = [name for _, name in line.keys if name in labels]
        whole = count >= leaves.total() and at and line.table != lines[at - 1].table
        if not found or whole:
            if count >= _LEAST * leaves.total():
                yield first, at
            first, count = (at if found else at + 1), 0
        count += sum(name in leaves for name in found)
    if count >= _LEAST * leaves.total():
        yield first, len(lines)


@dataclass(frozen=True, slots=True)
class _Region:
    """Head lines from `first` up to, not including, `end`, among all lines of a document."""

    first: int
    end: int
    flat: Sequence[Line]
    sheets: Mapping[int, Sheet]

    @property
    def _lines(self) -> Sequence[Line]:
        return self.flat[self.first : self.end]

    @property
    def _sheet(self) -> Sheet:
        return self.sheets[self.flat[self.end - 1].table]

    def read(self, table: Table) -> TableFound:
        """The row of figures below the heads."""
        heads = self._heads(table.blocks[0])
        ids = [item.id for item in table.fields]
        changed = tuple(Changed(label, heads.sheet, -1) for label in heads.renamed)
        rows = self._figure_rows()
        if len(rows) != 1:
            cell = Cell(Found(doubt=SEVERAL_ROWS if rows else NO_FIGURES), self._sheet.number)
            return TableFound(dict.fromkeys(ids, cell), self._numbers([]), (), changed)
        row, sheet = rows[0], self.sheets[rows[0].table]
        values = _without_label(row, heads, sheet)
        own = heads.sheet == sheet.number
        exact = len(values) == len(ids) and (sheet.ragged or not own)
        manner = Manner((own or heads.width == sheet.width) and not sheet.ragged, exact)
        read = read_row(values, heads, manner)
        place = (row.table, row.number)
        cells = {item: Cell(found, *place) for item, found in zip(ids, read.found, strict=True)}
        extras = (Extra(ids[0], len(ids), read.extra, *place),) if read.extra else ()
        return TableFound(cells, self._numbers(rows), extras, changed)

    def _numbers(self, rows: Sequence[Line]) -> tuple[int, ...]:
        return tuple(sorted({line.table for line in (*self._lines, *rows)}))

    def _heads(self, block: Block) -> Heads:
        """The heads in one table's grid; broken over a page, only their order is known."""
        whole = self._lines[0].table == self._sheet.number
        return heads_of(
            block.columns, self._lines, self._sheet if whole else replace(self._sheet, ragged=True)
        )

    def _figure_rows(self) -> list[Line]:
        """The rows of figures below; those of the next table where this one ended."""
        below = self._below(self._sheet.number) or self._below(self._sheet.number + 1)
        filled = [line for line in below if _are_figures(line)]
        if filled or len(below) != 1 or not all(slot.blank for slot in below[0].own):
            return filled
        return list(below)

    def _below(self, sheet: int) -> Sequence[Line]:
        lines = self.flat[self.end : self.end + _BELOW]
        return [line for line in lines if line.table == sheet]


def _are_figures(line: Line) -> bool:
    """Whether something stands in a line, and most of it is no words; short words in many cells."""
    filled = [slot for slot in line.own if not slot.blank]
    words = [slot.text for slot in filled if _WORDS.search(slot.text)]
    short = len(line.own) >= _MANY and all(len(text) <= _SHORT for text in words)
    return bool(filled) and (short or len(words) <= len(filled) / 4)


def _without_label(row: Line, heads: Heads, sheet: Sheet) -> tuple[Slot, ...]:
    """The slots of the row; a word left of the heads is its label."""
    slots = row.slots
    if not slots or not _WORDS.search(slots[0].text):
        return slots
    first = min((one[0] for one in heads.ranges if one), default=0)
    beyond = len(slots) > len(heads.ranges) if sheet.ragged else slots[0].end <= first
    return slots[1:] if beyond else slots
