"""Reports made for tests: every figure different, every relation kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from gk_xlsx.findings import Finding, Gate
from gk_xlsx.relations import with_totals
from gk_xlsx.report import AnnualReport, Entry, EntryKind, LastYear, last_year_of
from gk_xlsx.resources import form
from gk_xlsx.rules import ALL, judge
from gk_xlsx.sources.write_report_json import report_json
from gk_xlsx.units import Unit

UNIT = "某某市人民政府"
"""A body of which the name does not tell the level, so that no rule about levels speaks."""
YEARS = {"2021": 2024, "2019": 2020}


def number(value: int | str) -> Entry:
    return Entry(EntryKind.NUMBER, Decimal(value))


def clean_report(edition: str = "2021") -> AnnualReport:
    """A report without any error; no two inputs of a table hold the same figure."""
    definition = form(edition)
    entries = {
        field_id: number(place + 1) for place, field_id in enumerate(definition.fields, start=10)
    }
    if "proactive.fees.amount" in entries:
        entries["proactive.fees.amount"] = number("4166.241619")
    if "proactive.procurement.amount" in entries:
        entries["proactive.procurement.amount"] = replace(number(251000), raw="251000元")
    entries = with_totals(definition, entries)
    for relation in definition.instances("AR03"):
        new, carried_in = (term.field for term in relation.left)
        out = sum(entries[term.field].number or 0 for term in relation.right)
        if new not in definition.computed:
            entries[new] = number(int(out - (entries[carried_in].number or 0)))
    unit = Unit(UNIT, "330902-07")
    return AnnualReport(edition, YEARS[edition], unit, with_totals(definition, entries))


def zero_report(edition: str = "2021") -> AnnualReport:
    """A report of a body that has nothing to report."""
    entries = dict.fromkeys(form(edition).fields, number(0))
    return replace(clean_report(edition), entries=entries)


def with_entries(report: AnnualReport, entries: Mapping[str, Entry]) -> AnnualReport:
    """A report with some entries put in place of its own; totals stay as they are."""
    return replace(report, entries={**report.entries, **entries})


def last_year(report: AnnualReport, **carried_out: int) -> LastYear:
    """Last year's report, whose 结转 is this year's 上年结转 unless given by column."""
    definition = form(report.edition)
    last = last_year_of(report)
    values = dict(last.values)
    for relation in definition.instances("YR01"):
        source, target = relation.right[0].field, relation.left[0].field
        values[source] = values[target]
    values |= {f"requests.carried_out.{column}": Decimal(n) for column, n in carried_out.items()}
    return replace(last, year=report.year - 1, values=values)


def found_in_figures(report: AnnualReport) -> tuple[Finding, ...]:
    """What a check says of the figures; the reports here have no text."""
    rules = [rule for rule in ALL if rule.gate is Gate.DATA]
    return judge(report, form(report.edition), rules)


def write_json(report: AnnualReport, path: Path) -> Path:
    """The report as the JSON file that a case-management system would write."""
    path.write_text(report_json(report), "utf-8")
    return path
