"""Two reports, two sums or two sets of reports held side by side: what differs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from types import MappingProxyType

from gk_xlsx.form import Form
from gk_xlsx.report import AnnualReport, Entry, EntryKind
from gk_xlsx.units import Scope

Key = tuple[str, Scope]
"""What pairs reports of two sides: the unit's name or code, and whom the figures are about."""


@dataclass(frozen=True, slots=True)
class Member:
    """One report of a set or of a sum.

    Attributes:
        file: where its figures come from, for messages; may be empty.
    """

    report: AnnualReport
    file: str = ""

    @property
    def name(self) -> str:
        """The unit's name."""
        return self.report.unit.name

    def value(self, field_id: str) -> Decimal | None:
        """The figure (件, 万元, 元), or None where it is blank or unknown."""
        return self.report.value(field_id)


@dataclass(frozen=True)
class Side:
    """One of the two things compared.

    Attributes:
        name: what messages call it: a file or a folder.
        total: the report itself, or the sum of a set; None for a set that is not added up.
        members: the reports a sum was made of, or of a set; empty for a single report.
    """

    name: str
    total: AnnualReport | None
    members: tuple[Member, ...] = ()


@dataclass(frozen=True, slots=True)
class CellDifference:
    """A field whose figure is not the same on both sides, or not known to be."""

    field: str
    left: Entry
    right: Entry

    @property
    def change(self) -> Decimal | None:
        """Left minus right (件, 万元, 元); None where either is no number."""
        if self.left.value is None or self.right.value is None:
            return None
        return self.left.value - self.right.value

    @property
    def comparable(self) -> bool:
        """Whether both sides are known: what could not be read is neither the same nor other."""
        return EntryKind.UNKNOWN not in (self.left.kind, self.right.kind)


@dataclass(frozen=True, slots=True)
class UnitDifference:
    """A unit that is not the same on both sides.

    Attributes:
        left, right: its report on either side; None where that side has none.
        cells: the fields that differ where both sides have a report.
    """

    name: str
    left: Member | None
    right: Member | None
    cells: tuple[CellDifference, ...] = ()


@dataclass(frozen=True)
class Comparison:
    """What differs between two sides of the same edition.

    Attributes:
        cells: fields of the reports or sums themselves that differ, in printed order.
        units: units that differ, in the order of the left side, then those only on the right;
            empty where only one side has members.
        frame: what differs beside the figures (单位, 年份 …): name to both wordings.
    """

    form: Form
    left: Side
    right: Side
    cells: tuple[CellDifference, ...]
    units: tuple[UnitDifference, ...] = ()
    frame: Mapping[str, tuple[str, str]] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def same(self) -> bool:
        """Whether every figure is known to be the same on both sides, unit by unit."""
        return not self.cells and not self.units


def compare(form: Form, left: Side, right: Side) -> Comparison:
    """Hold two sides of the same edition side by side."""
    both = left.total is not None and right.total is not None
    comparison = Comparison(form, left, right, ())
    if left.total is not None and right.total is not None:
        comparison = replace(
            comparison,
            cells=different_cells(form, left.total, right.total),
            frame=MappingProxyType(dict(_frame(left.total, right.total))),
        )
    if (left.members and right.members) or not both:
        comparison = replace(comparison, units=_different_units(form, left.members, right.members))
    return comparison


def different_cells(
    form: Form, left: AnnualReport, right: AnnualReport
) -> tuple[CellDifference, ...]:
    """The fields not known to be the same, in printed order; two blanks or marks are.

    An unknown is never the same as anything. Totals that both sides lack are not told again: their
    parts are.
    """
    pairs = (CellDifference(key, left.entries[key], right.entries[key]) for key in form.fields)
    return tuple(
        pair
        for pair in pairs
        if not _same(pair.left, pair.right)
        and not all(_lacks_part(form, report, pair.field) for report in (left, right))
    )


def _same(left: Entry, right: Entry) -> bool:
    if EntryKind.UNKNOWN in (left.kind, right.kind) or left.value != right.value:
        return False
    return left.value is not None or _words(left) == _words(right)


def _words(entry: Entry) -> str:
    """What stands in place of a figure."""
    return "" if entry.kind in (EntryKind.BLANK, EntryKind.MARK) else entry.raw.strip()


def _lacks_part(form: Form, report: AnnualReport, field_id: str) -> bool:
    """Whether a total is unknown because one of its parts is not there."""
    relation = form.computed.get(field_id)
    return (
        relation is not None
        and report.value(field_id) is None
        and any(report.value(term.field) is None for term in relation.right)
    )


def _frame(left: AnnualReport, right: AnnualReport) -> Sequence[tuple[str, tuple[str, str]]]:
    pairs = {
        "单位": (left.unit.name, right.unit.name),
        "年份": (str(left.year), str(right.year)),
        "统计范围": (left.scope.label, right.scope.label),
    }
    return [(name, said) for name, said in pairs.items() if said[0] != said[1]]


def _different_units(
    form: Form, left: Sequence[Member], right: Sequence[Member]
) -> tuple[UnitDifference, ...]:
    """Units that differ or stand on one side only; a unit that stands twice is paired in turn."""
    waiting: dict[Key, list[Member]] = {}
    by_code: dict[Key, list[Member]] = {}
    for member in right:
        waiting.setdefault(_by_name(member), []).append(member)
        if member.report.unit.code:
            by_code.setdefault(_by_code(member), []).append(member)
    taken: set[int] = set()
    found: list[UnitDifference] = []
    for member in left:
        candidates = [*by_code.get(_by_code(member), []), *waiting.get(_by_name(member), [])]
        partner = next((item for item in candidates if id(item) not in taken), None)
        if partner is not None:
            taken.add(id(partner))
        found.append(_unit(form, member, partner))
    only_right = (member for member in right if id(member) not in taken)
    found += [UnitDifference(member.name, None, member) for member in only_right]
    return tuple(item for item in found if item.cells or item.left is None or item.right is None)


def _unit(form: Form, left: Member, right: Member | None) -> UnitDifference:
    cells = different_cells(form, left.report, right.report) if right else ()
    return UnitDifference(left.name, left, right, cells)


def _by_name(member: Member) -> Key:
    return member.name, member.report.scope


def _by_code(member: Member) -> Key:
    return member.report.unit.code, member.report.scope
