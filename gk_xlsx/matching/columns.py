"""Column heads: where they stand in a grid, or in which order they are printed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from gk_xlsx.form import Column, FieldKind
from gk_xlsx.matching.labels import key, nearest
from gk_xlsx.matching.lines import Line, Sheet, Slot

Place = tuple[int, int]
"""Row and column in a grid, from 0."""

Range = tuple[int, int]
"""The first column of a grid and the one behind the last."""

_BROKEN = 3
"""The words of a head may stand in so many rows more than one."""


@dataclass(frozen=True, slots=True)
class Renamed:
    """A label that is not as printed but can only be that one."""

    printed: str
    found: str


@dataclass(frozen=True, slots=True)
class Heads:
    """The heads over a block of figures.

    Attributes:
        ranges: of each of the block's columns in the grid, None where its head is not certain.
        order: the block's columns as they are printed from left to right; empty where unknown.
        foreign: what stands under heads that are not of the form.
        sheet: the table they stand in.
        width: of that table, in columns.
        renamed: heads that were misspelt.
        in_yuan: whether the figures of a column for 万元 are in 元.
    """

    ranges: tuple[Range | None, ...]
    order: tuple[int, ...] = ()
    foreign: tuple[Range, ...] = ()
    sheet: int = -1
    width: int = 0
    renamed: tuple[Renamed, ...] = ()
    in_yuan: bool = False

    @property
    def unusual(self) -> bool:
        """Whether the heads stand in another order than the form prints them."""
        found = [one[0] for one in self.ranges if one]
        return found != sorted(found)

    @property
    def known(self) -> bool:
        """Whether any of them was found."""
        return bool(self.order) or any(self.ranges)


def heads_of(columns: Sequence[Column], lines: Sequence[Line], sheet: Sheet) -> Heads:
    """The heads of a block among the lines above its figures.

    Args:
        columns: of the form's block.
        lines: from the top of the table, or from the figures of the block above.
        sheet: the table they stand in; of a ragged one only their order is found.
    """
    named = _Named.of(columns, lines)
    if sheet.ragged:
        order = _order_of_lines(columns, lines, named.texts)
        none = (None,) * len(columns)
        return Heads(none, order, (), sheet.number, sheet.width, named.renamed, named.in_yuan)
    slots = {(slot.top, slot.column): slot for line in lines for slot in line.own}
    found = columns_of(columns, named.texts)
    ranges = _apart(
        [
            None if at is None else _range(column, at, slots, named.texts)
            for column, at in zip(columns, found, strict=True)
        ]
    )
    foreign = _foreign(columns, slots, named.texts, ranges)
    order = _order_of_ranges(ranges)
    return Heads(ranges, order, foreign, sheet.number, sheet.width, named.renamed, named.in_yuan)


# -- which text is which head --------------------------------------------------------------

_UNIT = key("单位")
_IN_YUAN = re.compile("(?<!万)元")


@dataclass(frozen=True, slots=True)
class _Named:
    """Cells above the figures with the key of the label that they are.

    Attributes:
        renamed: those that are misspelt.
        in_yuan: whether a head for 万元 says 元.
    """

    texts: Mapping[Place, str]
    renamed: tuple[Renamed, ...] = ()
    in_yuan: bool = False

    @classmethod
    def of(cls, columns: Sequence[Column], lines: Sequence[Line]) -> _Named:
        found = {(slot.top, slot.column): text for line in lines for slot, text in line.keys}
        labels = {key(name): name for column in columns for name in column.label}
        texts = _joined_downwards(labels, found)
        texts, in_yuan = _as_money(columns, texts)
        meant = dict(_misspelt(columns, labels, texts))
        twice = _standing_twice(columns, {**texts, **meant}, meant)
        meant = {place: name for place, name in meant.items() if name not in twice}
        as_found = {(slot.top, slot.column): slot.text for line in lines for slot in line.own}
        renamed = tuple(
            Renamed(labels[name], as_found.get(place, "")) for place, name in meant.items()
        )
        return cls({**texts, **meant}, renamed, in_yuan)


def _as_money(
    columns: Sequence[Column], texts: Mapping[Place, str]
) -> tuple[dict[Place, str], bool]:
    """A head for money that says another unit than the form is that head, in 元."""
    changed: dict[Place, str] = {}
    for column in columns:
        if column.kind is not FieldKind.MONEY:
            continue
        label = key(column.label[-1])
        stem = label.partition(_UNIT)[0]
        changed |= {
            place: label
            for place, text in texts.items()
            if text.startswith(stem) and _IN_YUAN.search(text)
        }
    return {**texts, **changed}, bool(changed)


def _misspelt(
    columns: Sequence[Column], labels: Mapping[str, str], texts: Mapping[Place, str]
) -> Iterator[tuple[Place, str]]:
    """Places of misspelt heads, each with the one that is missing and must be meant."""
    printed = Counter(key(column.label[-1]) for column in columns)
    standing = Counter(texts.values())
    lost = {name for name in labels if standing[name] < max(printed[name], 1)}
    for place, text in texts.items():
        if lost and text not in labels:
            meant = nearest(text, lost)
            if meant and not nearest(text, labels.keys() - {meant}):
                yield place, meant


def _standing_twice(
    columns: Sequence[Column], texts: Mapping[Place, str], meant: Mapping[Place, str]
) -> set[str]:
    """Heads that would stand there more often than they are printed."""
    printed = Counter(key(column.label[-1]) for column in columns)
    standing = Counter(texts.values())
    return {name for name in meant.values() if standing[name] > max(printed[name], 1)}


def _joined_downwards(labels: Mapping[str, str], texts: Mapping[Place, str]) -> dict[Place, str]:
    """Heads whose words stand below each other in one column, put together."""
    lost = labels.keys() - set(texts.values())
    joined = dict(texts)
    if not lost:
        return joined
    rows = sorted({row for row, _ in texts})
    for (row, column), text in texts.items():
        parts = [(row, column)]
        whole = text
        for below in (other for other in rows if row < other <= row + _BROKEN):
            if (below, column) in texts:
                parts.append((below, column))
                whole += texts[below, column]
                if whole in lost:
                    joined = {place: name for place, name in joined.items() if place not in parts}
                    joined[below, column] = whole
                    break
    return joined


# -- where they stand ----------------------------------------------------------------------


def columns_of(columns: Sequence[Column], heads: Mapping[Place, str]) -> list[int | None]:
    """The grid's column of each of the block's columns, None where its head is not certain.

    Args:
        columns: of the form's block.
        heads: keys of the cells above the figures.
    """
    in_order = _in_printed_order(columns, heads)
    if in_order:
        return list(in_order)
    printed = Counter(column.label[-1] for column in columns)
    return [
        only(_standing(column.label[-1], heads))
        if printed[column.label[-1]] == 1
        else only(_under_heading(column, columns, heads))
        for column in columns
    ]


def _in_printed_order(columns: Sequence[Column], heads: Mapping[Place, str]) -> list[int]:
    """All heads as the form prints them, under headings none of which is elsewhere; or nothing."""
    wanted = [key(column.label[-1]) for column in columns]
    standing = sorted((at, text) for (_, at), text in heads.items() if text in wanted)
    if [text for _, text in standing] != wanted:
        return []
    found = [at for at, _ in standing]
    first: dict[str, int] = {}
    for column, at in zip(columns, found, strict=True):
        first.setdefault(_heading(column), at)
    agree = all(_standing(name, heads) <= {at} for name, at in first.items() if name)
    return found if agree else []


def _under_heading(
    column: Column, columns: Sequence[Column], heads: Mapping[Place, str]
) -> set[int]:
    """Where a head stands that the form prints several times: under its own heading.

    A heading reaches from its column to where the next one begins.
    """
    starts = {name: only(_standing(name, heads)) for name in map(_heading, columns)}
    own = starts[_heading(column)]
    if own is None or None in starts.values():
        return set()
    end = min((at for at in starts.values() if at is not None and at > own), default=None)
    found = _standing(column.label[-1], heads)
    return {at for at in found if own <= at and (end is None or at < end)}


def _heading(column: Column) -> str:
    """What is printed right above a column's head, or nothing."""
    return column.label[-2] if len(column.label) > 1 else ""


def _standing(label: str, heads: Mapping[Place, str]) -> set[int]:
    """The grid's columns in which a label stands."""
    wanted = key(label)
    return {column for (_, column), text in heads.items() if text == wanted}


def only(numbers: set[int]) -> int | None:
    """The one number there is, or None."""
    return next(iter(numbers)) if len(numbers) == 1 else None


# -- in a grid -----------------------------------------------------------------------------


def _range(
    column: Column, at: int, slots: Mapping[Place, Slot], texts: Mapping[Place, str]
) -> Range:
    """From where a head begins to where it ends."""
    wanted = key(column.label[-1])
    ends = [slots[place].end for place, text in texts.items() if place[1] == at and text == wanted]
    return at, max(ends, default=at + 1)


def _apart(ranges: Sequence[Range | None]) -> tuple[Range | None, ...]:
    """Heads that reach into each other are both not certain."""
    return tuple(
        None
        if one is None
        or any(other and other is not one and overlap(one, other) for other in ranges)
        else one
        for one in ranges
    )


def overlap(one: Range, other: Range) -> bool:
    """Whether two ranges of columns share one."""
    return one[0] < other[1] and other[0] < one[1]


def _order_of_ranges(ranges: Sequence[Range | None]) -> tuple[int, ...]:
    found = sorted((one[0], index) for index, one in enumerate(ranges) if one)
    return tuple(index for _, index in found) if len(found) == len(ranges) else ()


def _foreign(
    columns: Sequence[Column],
    slots: Mapping[Place, Slot],
    texts: Mapping[Place, str],
    ranges: Sequence[Range | None],
) -> tuple[Range, ...]:
    """Where heads stand that the form has not, right of the first one it has."""
    known = [one for one in ranges if one]
    labels = {key(label) for column in columns for label in column.label}
    left = min((start for start, _ in known), default=0)
    found = (
        (slots[place].column, slots[place].end)
        for place, text in texts.items()
        if text not in labels and slots[place].column >= left and slots[place].width <= 2
    )
    return tuple(one for one in found if not any(overlap(one, other) for other in known))


# -- by order ------------------------------------------------------------------------------


def _order_of_lines(
    columns: Sequence[Column], lines: Sequence[Line], texts: Mapping[Place, str]
) -> tuple[int, ...]:
    """The printed order, where the heads are all there and no line contradicts it."""
    wanted = [key(column.label[-1]) for column in columns]
    rows = [
        [text for slot in line.own if (text := texts.get((slot.top, slot.column)))]
        for line in lines
    ]
    leaves = [[text for text in row if text in wanted] for row in rows]
    every = [text for row in leaves for text in row]
    if Counter(every) != Counter(wanted) or not _headings_in_order(columns, rows):
        return ()
    ordered = every == wanted or (
        len(set(wanted)) == len(wanted)
        and all(row == sorted(row, key=wanted.index) for row in leaves)
    )
    return tuple(range(len(columns))) if ordered else ()


def _headings_in_order(columns: Sequence[Column], rows: Sequence[Sequence[str]]) -> bool:
    """Whether the headings over the heads stand in the printed order, each at most once."""
    printed = list(dict.fromkeys(key(name) for column in columns for name in column.label[:-1]))
    by_row = [[printed.index(text) for text in row if text in printed] for row in rows]
    every = [index for row in by_row for index in row]
    return len(set(every)) == len(every) and all(row == sorted(row) for row in by_row)
