"""Reports with one defect each, and what a check says of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from gk_xlsx.findings import Finding
from gk_xlsx.report import BLANK, AnnualReport, Entry, Observation, Place, Seen
from gk_xlsx.resources import form
from gk_xlsx.rules import ALL, judge
from tests.made import clean_report, found_in_figures, with_entries


def check(report: AnnualReport) -> tuple[Finding, ...]:
    return found_in_figures(report)


def codes(report: AnnualReport) -> list[str]:
    return [finding.code for finding in check(report)]


def only(code: str, report: AnnualReport) -> list[Finding]:
    """What one rule finds."""
    rules = [rule for rule in ALL if rule.code == code]
    return list(judge(report, form(report.edition), rules))


def blank(*field_ids: str, edition: str = "2021") -> AnnualReport:
    return with_entries(clean_report(edition), dict.fromkeys(field_ids, BLANK))


def holding(field_id: str, entry: Entry, edition: str = "2021") -> AnnualReport:
    return with_entries(clean_report(edition), {field_id: entry})


def saw(*observations: Observation) -> AnnualReport:
    return replace(clean_report(), observations=observations)


def seen(
    kind: Seen, *, at: tuple[str, str] = ("", ""), expected: str = "", was: str = "", **about: str
) -> Observation:
    place = Place(*at) if any(at) else None
    return Observation(kind, place=place, expected=expected, found=was, **about)


def fields(findings: Sequence[Finding]) -> list[str]:
    """The first field of each."""
    return [finding.fields[0] for finding in findings]
