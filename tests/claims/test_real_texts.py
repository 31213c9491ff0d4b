from __future__ import annotations

from collections import Counter
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from gk_xlsx.findings import Finding, TextLocation
from gk_xlsx.report import AnnualReport
from gk_xlsx.resources import form
from gk_xlsx.rules.rule import Case
from gk_xlsx.rules.text import ALL_TEXT
from tests.claims.real_texts import has_pdf_reader, report_with_text

SEEDS = [f"seed_{number:03}" for number in range(5)]
AGREEING = [*SEEDS, "huaian-2024", "shuyang-2023", "pingtan-resources-2023"]


def _findings(report: AnnualReport) -> list[Finding]:
    case = Case(report, form(report.edition))
    return [finding for rule in ALL_TEXT for finding in rule.run(case)]


@pytest.mark.parametrize("name", AGREEING)
def test_a_real_report_whose_text_agrees_with_its_tables_gives_nothing(
    reports: Path, name: str
) -> None:
    if name == "huaian-2024" and not has_pdf_reader():
        pytest.skip("pdftotext is not installed")
    report = report_with_text(reports, name)
    assert sum(map(len, report.narrative.values())) > 500
    assert _findings(report) == []


def test_the_report_that_contradicts_its_tables_gives_exactly_the_true_contradictions(
    reports: Path,
) -> None:
    report = report_with_text(reports, "shanghai-office-2019")
    found = _findings(report)
    assert Counter((item.code, item.left, item.right) for item in found) == Counter(
        {
            ("TX05", 258, 275): 1,  # 258+12+1+1+3 in the table
            ("TX05", 265, 337): 1,  # 252+12+1+44+3+25; 265 is only its first row
            ("TX09", found[-1].left, found[-1].right): 1,  # 258 of 805 is 32.0 %, not 33.9 %
        }
    )
    assert str(found[-1].left) == "33.9"


def test_quotes_stand_in_the_text_where_the_finding_says(reports: Path) -> None:
    report = report_with_text(reports, "shanghai-office-2019")
    for finding in _findings(report):
        place = finding.location
        assert isinstance(place, TextLocation)
        assert report.narrative[place.section][place.start : place.end] == place.quote


def test_a_government_whose_text_gives_the_figures_of_its_area_is_compared(reports: Path) -> None:
    if not has_pdf_reader():
        pytest.skip("pdftotext is not installed")
    report = report_with_text(reports, "huaian-2024")
    text = report.narrative["overview"].replace("351", "315")
    changed = dict(report.narrative) | {"overview": text}
    found = _findings(replace(report, narrative=changed))
    sides = [(item.code, item.left, item.right) for item in found]
    assert sides == [("TX06", Decimal(315), Decimal(351))]
