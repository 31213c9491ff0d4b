"""Made-up districts of many units, for sums and what may be wrong with them."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from gk_xlsx import resources
from gk_xlsx.form import FieldKind, Form
from gk_xlsx.relations import with_totals
from gk_xlsx.report import AnnualReport, Entry, EntryKind, last_year_of
from gk_xlsx.rollup.differences import Member, Side
from gk_xlsx.units import Unit

FORM = resources.form("2021")


def district(count: int, seed: int, year: int = 2025) -> list[AnnualReport]:
    """Reports of `count` units whose relations all hold, each with last year's figures."""
    numbers = random.Random(seed)
    return [_unit(numbers, f"示例{index:02d}局", year) for index in range(count)]


def _unit(numbers: random.Random, name: str, year: int) -> AnnualReport:
    before, now = (_report(numbers, name, each) for each in (year - 1, year))
    return replace(now, last_year=last_year_of(before))


def _report(numbers: random.Random, name: str, year: int) -> AnnualReport:
    values = {item.id: Decimal(_figure(numbers, item.kind)) for item in FORM.inputs}
    report = with_values(AnnualReport("2021", year, Unit(name), {}), values)
    return with_values(report, _balanced(report))


def _balanced(report: AnnualReport) -> dict[str, Decimal]:
    """本年新收 and 上年结转 such that they are what became of them (AR03)."""
    balanced: dict[str, Decimal] = {}
    for relation in FORM.instances("AR03"):
        new, carried_in = (term.field for term in relation.left)
        if new in FORM.computed:
            continue
        due = sum((report.value(term.field) or Decimal(0) for term in relation.right), Decimal(0))
        carried = min(report.value(carried_in) or Decimal(0), due)
        balanced |= {carried_in: carried, new: due - carried}
    return balanced


def _figure(numbers: random.Random, kind: FieldKind) -> str:
    if kind is FieldKind.MONEY:
        return f"{numbers.randrange(10**6)}.{numbers.randrange(10**4):04d}"
    return str(numbers.choice((0, 0, 0, 1, 2, 5, numbers.randrange(10, 400))))


def with_values(report: AnnualReport, values: Mapping[str, Decimal]) -> AnnualReport:
    """The report with some figures replaced and its totals computed."""
    blank = dict.fromkeys(FORM.fields, Entry(EntryKind.BLANK))
    stated = {key: Entry(EntryKind.NUMBER, value) for key, value in values.items()}
    return replace(report, entries=with_totals(FORM, {**blank, **report.entries, **stated}))


def summed(reports: Sequence[AnnualReport], form: Form = FORM) -> AnnualReport:
    """Every field added up."""
    entries = {
        key: Entry(
            EntryKind.NUMBER,
            sum((report.value(key) or Decimal(0) for report in reports), Decimal(0)),
        )
        for key in form.fields
    }
    return AnnualReport("2021", reports[0].year, Unit("示例区"), entries)


def side(name: str, reports: Sequence[AnnualReport], *, named: bool = True) -> Side:
    """A sum, with the reports it was made of or only its figures."""
    members = tuple(Member(report, f"{report.unit.name}.xlsx") for report in reports)
    return Side(name, summed(reports), members if named else ())
