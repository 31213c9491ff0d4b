"""Tables of any source as lines of slots, the one shape that the matcher reads."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from gk_xlsx.amounts import is_blank
from gk_xlsx.matching.labels import LONGEST, key

_WORDS = re.compile(r"[\u4e00-\u9fff]")
_JOINED = 3
"""A label may stand in so many cells beside each other."""
_WIDE = 40
"""A line with more cells is no row of the form; its cells are not put together."""


@dataclass(frozen=True, slots=True)
class Slot:
    """A cell as one line of its table sees it.

    Attributes:
        column: where it begins, from 0.
        width: how many columns it covers.
        top: the line of the table it begins in.
        height: how many lines it covers.
    """

    column: int
    width: int
    text: str
    top: int
    height: int = 1

    @property
    def end(self) -> int:
        """The column behind it."""
        return self.column + self.width

    @property
    def blank(self) -> bool:
        """Whether nothing stands in it."""
        return is_blank(self.text.replace("\n", ""))


@dataclass(frozen=True, slots=True)
class Words:
    """The text of a cell, or of cells beside each other, that may be a label.

    Attributes:
        key: what equal labels have in common.
        end: the column behind the last cell.
    """

    text: str
    key: str
    end: int


@dataclass(frozen=True)
class Line:
    """A row of a table.

    Attributes:
        number: the row in its table, from 0.
        table: which table of the document it is in.
        slots: from left to right, those that reach in from above too.
    """

    number: int
    table: int
    slots: tuple[Slot, ...]

    @cached_property
    def own(self) -> tuple[Slot, ...]:
        """The slots that begin in this line."""
        return tuple(slot for slot in self.slots if slot.top == self.number)

    @cached_property
    def empty(self) -> bool:
        """Whether nothing that begins here holds any text."""
        return all(slot.blank for slot in self.own)

    @cached_property
    def keys(self) -> tuple[tuple[Slot, str], ...]:
        """The slots that begin here and hold words, with their keys."""
        return tuple(
            (slot, key(slot.text))
            for slot in self.own
            if len(slot.text) <= LONGEST and _WORDS.search(slot.text)
        )

    @cached_property
    def words(self) -> tuple[Words, ...]:
        """All that may be a label in this line, from left to right."""
        if len(self.keys) > _WIDE:
            return ()
        found = []
        texts = {slot.column: slot for slot, _ in self.keys}
        filled = [slot for slot in self.own if not slot.blank]
        for first in range(len(filled)):
            text = ""
            for other in filled[first : first + _JOINED]:
                if other.column not in texts:
                    break
                text += other.text
                found.append(Words(text, key(text), other.end))
        return tuple(found)


def holds_figures(line: Line) -> bool:
    """Whether something stands in a line, and most of it is no words."""
    filled = [slot for slot in line.own if not slot.blank]
    words = sum(bool(_WORDS.search(slot.text)) for slot in filled)
    return len(filled) > words and words <= len(filled) / 2


@dataclass(frozen=True)
class Sheet:
    """A table of a source.

    Attributes:
        ragged: whether cells may be lost or added, so that only their order counts.
        width: how many columns it has.
    """

    number: int
    lines: tuple[Line, ...]
    ragged: bool = False
    width: int = 0


def lines_of(table: int, slots: Iterable[Slot]) -> tuple[Line, ...]:
    """Cells → lines; a cell that spans several stands in each of them."""
    rows: dict[int, list[Slot]] = defaultdict(list)
    for slot in slots:
        for row in range(slot.top, slot.top + slot.height):
            rows[row].append(slot)
    return tuple(
        Line(row, table, tuple(sorted(rows[row], key=lambda slot: slot.column)))
        for row in sorted(rows)
    )
