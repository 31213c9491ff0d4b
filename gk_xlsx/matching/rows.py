"""Rows of figures: which line of a table is which row of the form."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate

from gk_xlsx.form import Table
from gk_xlsx.matching.labels import bare_key, distance, key, nearest
from gk_xlsx.matching.lines import Line, Slot, Words

_BROKEN = 3
"""A label may be broken over so many lines."""
_MOST_WORDS = 12
"""A row of figures has fewer texts; what has more is a line of heads."""
_AROUND = 2
"""Rows with a misspelt label are looked for so many lines around those that were found."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A line that is a row of the form.

    Attributes:
        row: its place among the table's rows.
        at: its place among the lines that were looked through.
        values: the slots right of its label.
        label: as found.
        renamed: whether the label is not the printed one.
        torn: whether both halves of a label broken over two lines hold values.
        lines: how many lines its label is broken over.
    """

    row: int
    at: int
    values: tuple[Slot, ...]
    label: str
    renamed: bool = False
    torn: bool = False
    lines: int = 1

    @property
    def filled(self) -> tuple[Slot, ...]:
        """The slots with anything in them."""
        return tuple(slot for slot in self.values if not slot.blank)

    @property
    def blank(self) -> bool:
        """Whether no figure stands in it."""
        return not self.filled


@dataclass(frozen=True, eq=False)
class RowLabels:
    """The row labels of a table by their keys.

    Attributes:
        exact: key of a label, or of it with the labels left of it, to its row.
        bare: key without the number to its row, where only one row has it.
        inner: the key of each row's own label.
        groups: keys of the labels that only lead to others.
    """

    exact: dict[str, int]
    bare: dict[str, int]
    inner: tuple[str, ...]
    groups: frozenset[str]


@lru_cache
def row_labels(table: Table) -> RowLabels:
    """The row labels of a table of the form."""
    labelled = [(index, row.label) for index, row in enumerate(table.rows) if row.label]
    bare = Counter(bare_key(label[-1]) for _, label in labelled)
    return RowLabels(
        exact={
            key("".join(label[first:])): index
            for index, label in labelled
            for first in range(len(label))
        },
        bare={
            bare_key(label[-1]): index
            for index, label in labelled
            if bare[bare_key(label[-1])] == 1
        },
        inner=tuple(key(row.label[-1]) if row.label else "" for row in table.rows),
        groups=frozenset(key(name) for _, label in labelled for name in label[:-1]),
    )


def exact_rows(labels: RowLabels, line: Line) -> set[int]:
    """The rows whose label stands in a line, to the letter but for width and punctuation."""
    return {labels.exact[words.key] for words in line.words if words.key in labels.exact}


def hits(table: Table, lines: Sequence[Line]) -> list[Hit]:
    """The rows of a table among lines; a row that stands there twice is there twice."""
    labels = row_labels(table)
    found = {at: hit for at, line in enumerate(lines) if (hit := _exact(labels, line, at))}
    used = set(found)
    found |= {hit.at: hit for hit in _broken(labels, lines, used)}
    found |= {hit.at: hit for hit in _between(labels, lines, found, used)}
    return [found[at] for at in sorted(found)]


def right_of(line: Line, end: int) -> tuple[Slot, ...]:
    """The slots of a line right of a column."""
    return tuple(slot for slot in line.slots if slot.column >= end)


def _exact(labels: RowLabels, line: Line, at: int) -> Hit | None:
    """The one row whose label stands in the line; two different ones make it none."""
    found = [words for words in line.words if words.key in labels.exact]
    if len({labels.exact[words.key] for words in found}) != 1:
        return None
    return _hit(labels.exact[found[-1].key], at, line, found[-1])


def _hit(row: int, at: int, line: Line, words: Words, *, renamed: bool = False) -> Hit:
    return Hit(row, at, right_of(line, words.end), words.text, renamed)


# -- labels broken over lines --------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Chain:
    """Words of lines below each other, and where they end in each of them."""

    text: str
    ends: tuple[int, ...]


def _broken(labels: RowLabels, lines: Sequence[Line], used: set[int]) -> Iterator[Hit]:
    """Rows whose label only comes together over two or three lines; adds these to `used`."""
    for at in range(len(lines) - 1):
        for count in range(2, _BROKEN + 1):
            below = range(at, at + count)
            if below.stop > len(lines) or not used.isdisjoint(below):
                break
            hit = _put_together(labels, lines[at : at + count], at)
            if hit:
                used.update(below)
                yield hit
                break


def _put_together(labels: RowLabels, lines: Sequence[Line], at: int) -> Hit | None:
    chains = [_Chain("", ())]
    for line in lines:
        chains = [
            _Chain(chain.text + words.text, (*chain.ends, words.end))
            for chain in chains
            for words in line.words[:_MOST_WORDS]
        ]
    found = {
        labels.exact[name]: chain for chain in chains if (name := key(chain.text)) in labels.exact
    }
    if len(found) != 1:
        return None
    row, chain = next(iter(found.items()))
    parts = [right_of(line, end) for line, end in zip(lines, chain.ends, strict=True)]
    filled = [part for part in parts if not all(slot.blank for slot in part)]
    if len(filled) > 1:
        return Hit(row, at, (), chain.text, torn=True, lines=len(lines))
    return Hit(row, at, filled[0] if filled else parts[0], chain.text, lines=len(lines))


# -- labels that are not as printed --------------------------------------------------------


def _between(
    labels: RowLabels, lines: Sequence[Line], found: dict[int, Hit], used: set[int]
) -> Iterator[Hit]:
    """Rows among the other lines whose label has lost its number or is misspelt.

    Only a row that was not found is looked for, and only where the rows around it say it stands.
    """
    if not found:
        return
    rows = {at: hit.row for at, hit in found.items()}
    taken = set(rows.values())
    before = list(accumulate((rows.get(at, -1) for at in range(len(lines))), max))
    last = len(labels.inner)
    after = list(accumulate((rows.get(at, last) for at in reversed(range(len(lines)))), min))[::-1]
    for at in range(max(min(rows) - _AROUND, 0), min(max(rows) + _AROUND + 1, len(lines))):
        free = [row for row in range(before[at] + 1, after[at]) if row not in taken]
        hit = _as_another(labels, lines[at], at, free) if free and at not in used else None
        if hit:
            yield hit


def _as_another(labels: RowLabels, line: Line, at: int, free: Sequence[int]) -> Hit | None:
    for words in reversed(line.words):
        row = labels.bare.get(bare_key(words.text), -1)
        if row in free:
            return _hit(row, at, line, words)
    for words in reversed(line.words):
        meant = nearest(words.key, [labels.inner[row] for row in free])
        if meant and not _is_group(labels, words.key, meant):
            return _hit(labels.inner.index(meant), at, line, words, renamed=True)
    return None


def _is_group(labels: RowLabels, name: str, meant: str) -> bool:
    """Whether words are as near to a label that only leads to others."""
    own = distance(name, meant, 4)
    return any(distance(name, group, 4) <= own for group in labels.groups)
