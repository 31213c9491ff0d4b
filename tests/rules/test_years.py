"""YR01: what is carried in is what last year's report carried out."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from gk_xlsx.findings import Finding, Gate, Severity, Verdict, verdict
from gk_xlsx.report import BLANK, AnnualReport, Explanation
from tests.made import clean_report, last_year, number, with_entries
from tests.rules.cases import check, codes, only

FIELD = "requests.carried_in.company"
LAST = "requests.carried_out.company"


def differing() -> AnnualReport:
    """Two more were carried out last year than are carried in, in one column."""
    report = clean_report()
    value = report.value(FIELD)
    assert value is not None
    return replace(report, last_year=last_year(report, company=int(value) + 2))


def explained_by(explanation: Explanation) -> Finding:
    [finding] = only("YR01", replace(differing(), explanations=(explanation,)))
    return finding


@pytest.mark.parametrize("edition", ["2021", "2019"])
def test_equal_figures_are_silent(edition: str) -> None:
    report = clean_report(edition)
    assert only("YR01", replace(report, last_year=last_year(report))) == []


def test_without_last_year_it_is_silent() -> None:
    assert codes(clean_report()) == []


def test_a_difference_is_one_error_with_both_figures() -> None:
    [finding] = only("YR01", differing())
    assert (finding.code, finding.severity, finding.fields) == ("YR01", Severity.ERROR, (FIELD,))
    assert finding.left is not None
    assert finding.right == finding.left + 2
    assert finding.message == (
        f"上年结转·商业企业填 {finding.left} 件，去年（2023 年）年报同列“结转下年度继续办理”为 "
        f"{finding.right} 件，两数应一致。"
    )
    assert "情况说明" in finding.fix


def test_a_blank_carry_over_is_not_compared() -> None:
    assert only("YR01", with_entries(differing(), {FIELD: BLANK})) == []


def test_an_unknown_figure_of_last_year_is_not_compared() -> None:
    report = differing()
    assert report.last_year is not None
    known = {key: value for key, value in report.last_year.values.items() if key != LAST}
    last = replace(report.last_year, values=known)
    assert only("YR01", replace(report, last_year=last)) == []


def test_an_explanation_lifts_the_error() -> None:
    finding = explained_by(Explanation("YR01", (FIELD,), "职能划转。"))
    assert finding.explained == "职能划转。"
    assert not finding.open_error
    assert verdict([finding], Gate.DATA) is Verdict.PASS


def test_a_bound_explanation_covers_the_figures_it_was_written_for() -> None:
    [finding] = only("YR01", differing())
    bound = Explanation("YR01", (FIELD,), "职能划转。", finding.left, finding.right)
    assert explained_by(bound).explained == "职能划转。"


@pytest.mark.parametrize("side", ["left", "right"])
def test_it_lapses_when_either_figure_changes(side: str) -> None:
    [finding] = only("YR01", differing())
    left, right = finding.left or Decimal(0), finding.right or Decimal(0)
    bound = Explanation(
        "YR01", (FIELD,), "职能划转。", left + (side == "left"), right + (side == "right")
    )
    assert explained_by(bound).explained is None


@pytest.mark.parametrize(
    ("code", "field"), [("AR03", FIELD), ("YR01", "requests.carried_in.research"), ("YR02", FIELD)]
)
def test_an_explanation_of_something_else_does_not(code: str, field: str) -> None:
    assert explained_by(Explanation(code, (field,), "职能划转。")).explained is None


def test_arithmetic_cannot_be_explained_away() -> None:
    report = clean_report()
    value = report.value("disputes.review.total")
    assert value is not None
    broken = with_entries(report, {"disputes.review.total": number(str(value + 1))})
    note = Explanation("AR04", ("disputes.review.total",), "就是这样。")
    [finding] = check(replace(broken, explanations=(note,)))
    assert finding.open_error
