"""Reports to be added up, and their sum by plain arithmetic."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from gk_xlsx import resources
from gk_xlsx.form import Form
from gk_xlsx.merged import Contributor
from gk_xlsx.relations import with_totals
from gk_xlsx.report import AnnualReport, Entry, last_year_of
from gk_xlsx.rollup.figures import reduced
from gk_xlsx.rollup.roster import Roster, RosterLine
from gk_xlsx.units import Level, Scope, Unit
from tests.rollup.districts import FORM, district, with_values

YEAR = 2025


def units(count: int, seed: int = 7) -> list[AnnualReport]:
    """Reports whose relations hold, the carry-over too, named 示例市示例00局 …"""
    return [_consistent(report, number) for number, report in enumerate(district(count, seed))]


def _consistent(report: AnnualReport, number: int) -> AnnualReport:
    """The same report with last year's 结转 as it carries in."""
    unit = Unit(f"示例市示例{number:02d}局", f"{number + 1:03d}")
    last = with_values(
        replace(report, year=report.year - 1, unit=unit, last_year=None),
        {
            relation.right[0].field: report.entries[relation.left[0].field].number or Decimal(0)
            for relation in FORM.instances("YR01")
            if relation.left[0].field not in FORM.computed
        },
    )
    return replace(report, unit=unit, last_year=last_year_of(last))


def renamed(report: AnnualReport, name: str, code: str = "") -> AnnualReport:
    return replace(report, unit=Unit(name, code))


def with_entries(report: AnnualReport, entries: Mapping[str, Entry]) -> AnnualReport:
    form = resources.form(report.edition)
    return replace(report, entries=with_totals(form, {**report.entries, **entries}))


def contributor(report: AnnualReport, *, path: str = "", sha256: str = "") -> Contributor:
    """As a file of the unit's name would be read."""
    name = report.unit.name
    return reduced(
        resources.form(report.edition),
        report,
        path=path or f"收件/{name}.xlsx",
        sha256=sha256 or hashlib.sha256(repr((name, report.values)).encode()).hexdigest(),
    )


def contributors(reports: Sequence[AnnualReport]) -> list[Contributor]:
    return [contributor(report) for report in reports]


def plain_sum(form: Form, reports: Sequence[AnnualReport]) -> dict[str, Decimal | None]:
    """Every field added up by hand; None where one report has no number for an input of it."""
    sums: dict[str, Decimal | None] = {}
    for field in form.inputs:
        values = [report.entries[field.id].value for report in reports]
        known = [value for value in values if value is not None]
        sums[field.id] = sum(known, Decimal(0)) if len(known) == len(values) else None
    while len(sums) < len(form.fields):
        for field_id, relation in form.computed.items():
            if all(term.field in sums for term in relation.right):
                parts = [sums[term.field] for term in relation.right]
                there = [part for part in parts if part is not None]
                sums[field_id] = sum(there, Decimal(0)) if len(there) == len(parts) else None
    return sums


def line(name: str, code: str, parent: str = "", **changes: object) -> RosterLine:
    """A roster line; `changes` as in `RosterLine`."""
    made = RosterLine(row=int(code or 0), name=name, code=code, parent=parent)
    return replace(made, **changes)  # type: ignore[arg-type]  # tests name the fields they change


def small_roster() -> Roster:
    """A district of two branches: its departments, and a town with two villages below it."""
    return Roster(
        (
            line("示例市", "1", scope=Scope.AREA),
            line("示例市示例00局", "2", "1", kind="部门", level=Level.DEPARTMENT),
            line("示例市示例01局", "3", "1", kind="部门", level=Level.DEPARTMENT),
            line("示例市某某镇", "4", "1", kind="镇街", scope=Scope.AREA),
            line("示例市示例02局", "5", "4", kind="镇街"),
            line("示例市示例03局", "6", "4", kind="镇街"),
            line("示例市示例04局", "7", "1", kind="其他", counted=False),
        )
    )
