"""What may explain that a sum is not what it should be: which unit, and what happened to it.

Each cause is tried on each unit: what the unit's figures would be had it not happened, and
whether that takes the whole difference away. Totals follow from the parts and are only looked at
where nothing else differs.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from functools import cached_property

from gk_xlsx.amounts import is_whole, plain
from gk_xlsx.form import FieldKind, Form, Table
from gk_xlsx.relations import evaluate
from gk_xlsx.report import Entry, EntryKind
from gk_xlsx.rollup.differences import Comparison, Member, Side

MOST_CAUSES = 10
"""So many are named, the best first; more would be a list of all units."""

ENOUGH_FIGURES = 8
"""Fewer figures that are the same as last year's may be so by chance (as for RO05)."""

FEW_CELLS = 3
"""Up to so many cells may be slips in single figures."""

Figures = Mapping[str, Decimal]
"""Field id to figure (件, 万元, 元)."""


class CauseKind(StrEnum):
    """What happened; in the order of trust where everything else is equal."""

    COUNTED_TWICE = "counted_twice"
    MISSING = "missing"
    LAST_YEAR = "last_year"
    SHIFTED = "shifted"
    SWAPPED_ROWS = "swapped_rows"
    BROKEN_RELATION = "broken_relation"
    TRANSPOSED = "transposed"
    TIMES_TEN = "times_ten"
    SAME_AS_LAST_YEAR = "same_as_last_year"
    ONE_VALUE = "one_value"


@dataclass(frozen=True, slots=True)
class Cause:
    """A unit and what may have happened to it.

    Attributes:
        side: on which side of the comparison the mistake is, left or right; a whole report too
            many on one side is as well one too few on the other, which the kind says.
        fields: the inputs it explains.
        instead: field to what the figure would be without the mistake.
        strength: how much speaks for it; only good for putting causes in order.
    """

    kind: CauseKind
    member: Member
    side: Side
    fields: tuple[str, ...]
    instead: Mapping[str, Decimal]
    strength: int


@dataclass(frozen=True)
class _Riddle:
    """A difference to be explained.

    Attributes:
        delta: left minus right of the inputs known on both sides, zeros included; of all fields
            where only totals differ.
        totals: the same of all fields.
        sign: +1 where the members belong to the left side, -1 to the right.
        suspects: the members of that side that may have caused it.
    """

    form: Form
    delta: Figures
    totals: Figures
    sign: int
    own: Side
    suspects: Sequence[Member]

    @cached_property
    def excess(self) -> dict[str, Decimal]:
        """How much the members' side has too much, field by field, zeros left out."""
        return {key: self.sign * value for key, value in self.delta.items() if value}

    def mended(self, member: Member) -> Member:
        """The member without the whole difference, its totals as far as they differ too."""
        entries = dict(member.report.entries)
        for key, change in self.totals.items():
            value = entries[key].value
            if change and value is not None:
                entries[key] = Entry(EntryKind.NUMBER, value - self.sign * change)
        return replace(member, report=replace(member.report, entries=entries))


def causes(comparison: Comparison) -> tuple[Cause, ...]:
    """What explains that two sums differ, best first; nothing where they do not.

    Where both sides tell what they are made of, a unit that is the same on both is not suspected.
    """
    form, totals = comparison.form, _change(comparison)
    inputs = {key: value for key, value in totals.items() if key not in form.computed}
    delta = inputs if any(inputs.values()) else totals
    found: list[Cause] = []
    for sign, own in ((1, comparison.left), (-1, comparison.right)):
        riddle = _Riddle(form, delta, totals, sign, own, _suspects(comparison, own))
        if riddle.excess:
            found += _explained(riddle)
    ordered = sorted(found, key=lambda cause: -cause.strength)
    return tuple(ordered[:MOST_CAUSES])


def _suspects(comparison: Comparison, own: Side) -> Sequence[Member]:
    if not (comparison.left.members and comparison.right.members):
        return own.members
    units = comparison.units
    found = (unit.left if own is comparison.left else unit.right for unit in units)
    return [member for member in found if member is not None]


def _change(comparison: Comparison) -> dict[str, Decimal]:
    """Left minus right of every field known on both sides."""
    left, right = comparison.left.total, comparison.right.total
    if left is None or right is None:
        return {}
    found = {}
    for key in comparison.form.fields:
        ours, theirs = left.value(key), right.value(key)
        if ours is not None and theirs is not None:
            found[key] = ours - theirs
    return found


def _explained(riddle: _Riddle) -> Iterator[Cause]:
    for member in riddle.suspects:
        figures = _figures(riddle, member)
        yield from _whole_reports(riddle, member, figures)
        yield from _other_figures(riddle, member, figures)
        yield from _last_years_own(riddle, member, figures)
        yield from _single_values(riddle, member, figures)


def _figures(riddle: _Riddle, member: Member) -> dict[str, Decimal]:
    values = ((key, member.value(key)) for key in riddle.delta)
    return {key: value for key, value in values if value is not None}


# -- a whole report too many or too few -------------------------------------------------------


def _whole_reports(riddle: _Riddle, member: Member, figures: Figures) -> Iterator[Cause]:
    filled = {key: value for key, value in figures.items() if value}
    if not filled:
        return
    strength = 100 + len(filled)
    if filled == riddle.excess:
        yield Cause(
            CauseKind.COUNTED_TWICE,
            member,
            riddle.own,
            tuple(filled),
            {},
            strength + _twice(riddle, member),
        )
    elif filled == {key: -value for key, value in riddle.excess.items()}:
        yield Cause(CauseKind.MISSING, member, riddle.own, tuple(filled), {}, strength)


def _twice(riddle: _Riddle, member: Member) -> int:
    """More speaks for it where the unit really stands among the members twice."""
    same = sum(
        other.name == member.name or other.report.values == member.report.values
        for other in riddle.own.members
    )
    return int(same > 1)


# -- figures that stand in for others -------------------------------------------------------


def _other_figures(riddle: _Riddle, member: Member, figures: Figures) -> Iterator[Cause]:
    """Causes that change many figures of a unit at once."""
    for kind, right in _readings(riddle, member, figures):
        changed = {key: value for key, value in right.items() if value != figures.get(key)}
        if changed and _takes_away(riddle, figures, right):
            yield Cause(kind, member, riddle.own, tuple(changed), changed, 80 + len(changed))


def _last_years_own(riddle: _Riddle, member: Member, figures: Figures) -> Iterator[Cause]:
    """The unit's figures are last year's to the last one; what they should be is what is left."""
    last = member.report.last_year
    filled = [key for key, value in figures.items() if value]
    if last is None or len(filled) < ENOUGH_FIGURES:
        return
    known = {key: last.values[key] for key in figures if key in last.values}
    right = {key: value - riddle.excess.get(key, Decimal(0)) for key, value in figures.items()}
    possible = all(_possible(riddle.form, key, value) for key, value in right.items())
    if known == figures and possible:
        changed = {key: value for key, value in right.items() if key in riddle.excess}
        yield Cause(CauseKind.LAST_YEAR, member, riddle.own, tuple(changed), changed, 80)


def _readings(
    riddle: _Riddle, member: Member, figures: Figures
) -> Iterator[tuple[CauseKind, dict[str, Decimal]]]:
    """What the unit's figures may really be; a figure that is not in it may be anything."""
    last = member.report.last_year
    if last is not None:
        inputs = {key: last.values[key] for key in figures if key in last.values}
        if any(inputs.values()):
            yield CauseKind.LAST_YEAR, inputs
    for table in riddle.form.tables:
        for lines in _lines(riddle.form, table):
            for step in (1, -1):
                yield CauseKind.SHIFTED, _shifted(lines, figures, step)
        yield from _swaps(riddle, table, figures)


def _lines(form: Form, table: Table) -> Iterator[list[list[str]]]:
    """Lines of inputs along which figures may slip: all rows together, then each row alone."""
    by_row: dict[str, list[str]] = {}
    for item in table.fields:
        if item.id not in form.computed:
            by_row.setdefault(item.row.id, []).append(item.id)
    lines = [line for line in by_row.values() if len(line) > 1]
    if len(lines) > 1:
        yield lines
    for line in lines:
        yield [line]


def _shifted(lines: Iterable[Sequence[str]], figures: Figures, step: int) -> dict[str, Decimal]:
    """Figures one column further left or right; what fell off the edge may be anything."""
    moved = dict(figures)
    for line in lines:
        for index, key in enumerate(line):
            source = index + step
            inside = 0 <= source < len(line) and line[source] in figures
            if inside:
                moved[key] = figures[line[source]]
            else:
                moved.pop(key, None)
    return moved


def _swaps(
    riddle: _Riddle, table: Table, figures: Figures
) -> Iterator[tuple[CauseKind, dict[str, Decimal]]]:
    """Two rows of a table exchanged: only rows that differ come into question."""
    rows: dict[str, dict[str, str]] = {}
    for item in table.fields:
        if riddle.excess.get(item.id):
            rows.setdefault(item.row.id, {})
    for item in table.fields:
        if item.row.id in rows and item.id in figures:
            rows[item.row.id][item.column.id] = item.id
    if len(rows) != 2:
        return
    first, second = rows.values()
    if first.keys() == second.keys():
        swapped = {first[key]: figures[second[key]] for key in first}
        swapped |= {second[key]: figures[first[key]] for key in first}
        yield CauseKind.SWAPPED_ROWS, {**figures, **swapped}


def _takes_away(riddle: _Riddle, figures: Figures, right: Figures) -> bool:
    """Whether the right figures take the whole difference away; one not known must be possible."""
    explained = 0
    for key in riddle.delta:
        excess = riddle.excess.get(key, Decimal(0))
        if key not in figures:
            if excess:
                return False
        elif key in right:
            if figures[key] - right[key] != excess:
                return False
            explained += bool(excess)
        elif not _possible(riddle.form, key, figures[key] - excess):
            return False
    return explained > 1


# -- single figures --------------------------------------------------------------------------


def _single_values(riddle: _Riddle, member: Member, figures: Figures) -> Iterator[Cause]:
    """Slips in up to `FEW_CELLS` figures of one unit."""
    excess = riddle.excess
    if len(excess) > FEW_CELLS or not excess.keys() <= figures.keys():
        return
    right = {key: figures[key] - value for key, value in excess.items()}
    if not all(_possible(riddle.form, key, value) for key, value in right.items()):
        return
    evidence = list(_evidence(riddle, member, figures, right))
    strength, kind = max(evidence, key=lambda item: item[0], default=(0, CauseKind.ONE_VALUE))
    total = strength + sum(weight for weight, _ in evidence if weight < strength)
    yield Cause(kind, member, riddle.own, tuple(excess), right, total)


def _evidence(
    riddle: _Riddle, member: Member, figures: Figures, right: Figures
) -> Iterator[tuple[int, CauseKind]]:
    """What speaks for this unit, each with its weight."""
    before, after = (_broken(riddle.form, item) for item in (member, riddle.mended(member)))
    repaired, spoilt = before - after, after - before
    if repaired and not spoilt:
        yield 40, CauseKind.BROKEN_RELATION
    elif spoilt:
        yield -20, CauseKind.ONE_VALUE
    pairs = [(figures[key], value) for key, value in right.items()]
    if all(_same_digits(*pair) for pair in pairs):
        yield 10, CauseKind.TRANSPOSED
    if all(_power_of_ten(*pair) for pair in pairs):
        yield 9, CauseKind.TIMES_TEN
    last = member.report.last_year
    if last is not None and any(right.values()):
        if all(last.values.get(key) == figures[key] for key in right):
            yield 5, CauseKind.SAME_AS_LAST_YEAR
        if all(_nearer(last.values.get(key), figures[key], value) for key, value in right.items()):
            yield 3, CauseKind.ONE_VALUE


def _broken(form: Form, member: Member) -> frozenset[str]:
    """The relations that do not hold, within the report and with last year's."""
    sides = ((item, evaluate(item, form, member.report)) for item in form.relations)
    return frozenset(
        f"{item.code} {item.key}" for item, found in sides if found and not found.agree
    )


def _same_digits(one: Decimal, other: Decimal) -> bool:
    return one != other and sorted(plain(one)) == sorted(plain(other))


def _power_of_ten(one: Decimal, other: Decimal) -> bool:
    larger, smaller = max(abs(one), abs(other)), min(abs(one), abs(other))
    return bool(smaller) and larger in (smaller * 10, smaller * 100, smaller * 10_000)


def _nearer(last: Decimal | None, stated: Decimal, right: Decimal) -> bool:
    return last is not None and abs(right - last) < abs(stated - last)


def _possible(form: Form, key: str, value: Decimal) -> bool:
    """Whether a figure may stand in a field at all."""
    kind = form.fields[key].kind
    if kind in (FieldKind.COUNT, FieldKind.SIGNED) and not is_whole(value):
        return False
    return value >= 0 or kind is FieldKind.SIGNED
