"""Last year's figures of a roster line: its own report, its old name's, or the sum of several."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from gk_xlsx.report import LastYear
from gk_xlsx.rollup.names import Names, spelling
from gk_xlsx.rollup.roster import Roster, RosterLine, Standing
from gk_xlsx.units import Scope, Unit


@dataclass(frozen=True, slots=True)
class LastReport:
    """One of last year's reports.

    Attributes:
        scope: as it says; BODY also where it says nothing.
        origin: the file it is from, as messages name it.
        rank: which of several files of one report counts; 0 is the surest.
    """

    unit: Unit
    scope: Scope
    last: LastYear
    origin: str
    rank: int = 0


@dataclass(frozen=True, slots=True)
class Carried:
    """What is carried into a workbook of this year.

    Attributes:
        last: None where there is nothing to carry, or it is not sure what.
        remarks: what the office should know, Chinese sentences without the unit's name.
        absent: whether a report was expected and there is none under the body's name.
    """

    last: LastYear | None
    remarks: tuple[str, ...] = ()
    absent: bool = False


@dataclass(frozen=True, slots=True)
class _Found:
    """A report for one source, or why there is none."""

    report: LastReport | None
    why: str = ""


@dataclass(frozen=True)
class LastReports:
    """All reports of last year, to be asked for line by line.

    Attributes:
        reports: of the year before the roster's.
    """

    reports: tuple[LastReport, ...]
    roster: Roster

    def of(self, line: RosterLine) -> Carried:
        """Last year's figures of a line.

        Of several bodies (上年来源) every figure is the exact sum; one that is not known of one
        of them is not known, and so is everything where a report is missing.
        """
        if not line.last_sources:
            return self._own(line)
        found = [self._chosen(line, self._named(source), source) for source in line.last_sources]
        lacking = tuple(item.why for item in found if item.report is None)
        if lacking:
            return Carried(None, tuple(f"{why}，上年数没有带入。" for why in lacking))
        reports = [item.report for item in found if item.report is not None]
        return summed(list({(item.origin, item.unit.name): item for item in reports}.values()))

    def _own(self, line: RosterLine) -> Carried:
        found = self._chosen(line, self._by_row.get(line.row, ()), line.name)
        if found.report is not None:
            return Carried(found.report.last)
        if not self._by_row.get(line.row):
            return Carried(None, absent=line.standing is not Standing.NEW)
        return Carried(None, (f"{found.why}，上年数没有带入。",))

    def _chosen(self, line: RosterLine, named: Sequence[LastReport], name: str) -> _Found:
        """The report of the line's scope; one that states none will do where no other has it."""
        exact = [item for item in named if item.scope is line.scope]
        alone = self._reports_by_name[line.name] == 1
        fitting = exact or [item for item in named if alone and item.scope is Scope.BODY]
        if not fitting:
            return _Found(None, _lack(line, named, name))
        best = min(item.rank for item in fitting)
        surest = [item for item in fitting if item.rank == best]
        if any(item.last.values != surest[0].last.values for item in surest[1:]):
            files = "、".join(item.origin for item in surest)
            return _Found(None, f"“{name}”去年的报告有 {len(surest)} 份且数据不同（{files}）")
        return _Found(surest[0])

    def _named(self, source: str) -> Sequence[LastReport]:
        """Reports of the body that an 上年来源 names, by name or by last year's code."""
        wanted = spelling(source)
        by_name = [item for item in self.reports if spelling(item.unit.name) == wanted]
        return by_name or [item for item in self.reports if item.unit.code == source]

    @cached_property
    def _reports_by_name(self) -> Counter[str]:
        """How many reports are due of a body: two scopes are two."""
        return Counter(line.name for line in self.roster)

    @cached_property
    def _by_row(self) -> Mapping[int, Sequence[LastReport]]:
        """Reports by the line that bears their name now, or as an alias."""
        names, found = Names(self.roster), defaultdict(list)
        for report in self.reports:
            for line in names.of(Unit(report.unit.name), report.scope).lines:
                found[line.row].append(report)
        return found


def _lack(line: RosterLine, named: Sequence[LastReport], name: str) -> str:
    if not named:
        return f"没有找到“{name}”去年的报告"
    scopes = "、".join(dict.fromkeys(item.scope.label for item in named))
    return f"“{name}”去年的报告统计范围是{scopes}，名册上是{line.scope.label}"


def summed(reports: Sequence[LastReport]) -> Carried:
    """Reports of bodies that became one, added up field by field."""
    parts = [item.last for item in reports]
    if len(parts) == 1:
        return Carried(parts[0])
    fields = dict.fromkeys(key for part in parts for key in part.values)
    values = {
        key: sum((part.values[key] for part in parts), Decimal(0))
        for key in fields
        if all(key in part.values for part in parts)
    }
    names = "、".join(part.unit for part in parts)
    remarks = [f"上年数是{names}相加的。"]
    for part in parts:
        missing = len(fields.keys() - part.values.keys())
        if missing:
            remarks.append(f"“{part.unit}”去年有 {missing} 格没有数，相加后这些格按未知，不带入。")
    return Carried(LastYear(parts[0].year, names, parts[0].edition, values), tuple(remarks))
