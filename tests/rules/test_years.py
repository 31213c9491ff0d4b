"""YR: this year's figures and text against last year's, within an edition and across the change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

import pytest

from gk_xlsx.findings import TextLocation
from gk_xlsx.report import AnnualReport, LastYear, last_year_of
from gk_xlsx.rules import years
from tests.made import clean_report, last_year, number, with_entries, zero_report
from tests.rules.written import found, quoted, severities, written

DOCUMENTS = "proactive.normative_documents"
LONG = "各科室轮流值守窗口，来人先听完再指路，" * 6


def with_figures(report: AnnualReport, figures: Mapping[str, int | str]) -> AnnualReport:
    return with_entries(report, {key: number(value) for key, value in figures.items()})


def last(figures: Mapping[str, int], edition: str = "2021", year: int = 2023) -> LastYear:
    values = {key: Decimal(value) for key, value in figures.items()}
    return LastYear(year, "某某区档案局", edition, values)


def after(report: AnnualReport, figures: Mapping[str, int], edition: str = "2021") -> AnnualReport:
    return replace(report, last_year=last(figures, edition))


def documents(issued: int, repealed: int, in_force: int) -> AnnualReport:
    figures = {"issued": issued, "repealed": repealed, "in_force": in_force}
    return with_figures(zero_report(), {f"{DOCUMENTS}.{key}": n for key, n in figures.items()})


# -- YR01 ------------------------------------------------------------------------------------


def test_carry_over_that_agrees_is_silent() -> None:
    report = clean_report()
    assert not found(years.carry_over, replace(report, last_year=last_year(report)))


def test_carry_over_is_compared_column_by_column() -> None:
    report = clean_report()
    report = replace(report, last_year=last_year(report, natural_person=999))
    finding, total = found(years.carry_over, report), "requests.carried_in.natural_person"
    assert finding[0].fields == (total,)
    assert finding[0].right == 999


# -- YR02 ------------------------------------------------------------------------------------


def test_documents_that_roll_forward_are_silent() -> None:
    report = after(documents(2, 1, 9), {f"{DOCUMENTS}.in_force": 8})
    assert not found(years.documents_in_force, report)


def test_an_unexplained_increase_asks_for_a_reason() -> None:
    report = after(documents(1, 0, 12), {f"{DOCUMENTS}.in_force": 8})
    (finding,) = found(years.documents_in_force, report)
    assert finding.severity.value == "warning"
    assert finding.message == (
        "行政规范性文件·现行有效件数填 12 件；去年 8 件，按本年制发、废止推算应为 9 件，多 3 件。"
    )
    assert finding.fields[0] == f"{DOCUMENTS}.in_force"
    assert (finding.left, finding.right) == (Decimal(12), Decimal(9))


def test_a_decrease_beyond_the_repealed_is_a_note_about_expiry() -> None:
    report = after(documents(0, 1, 4), {f"{DOCUMENTS}.in_force": 8})
    (finding,) = found(years.documents_in_force, report)
    assert finding.severity.value == "note"
    assert "到期失效" in finding.fix


def test_last_years_older_edition_has_no_documents_in_force_to_compare() -> None:
    report = after(documents(1, 0, 12), {f"{DOCUMENTS}.public_total": 8}, "2019")
    assert not found(years.documents_in_force, report)


# -- YR03 ------------------------------------------------------------------------------------

SWINGS = [(21, 95, True), (550, 9487, True), (0, 10, True), (60, 12, True), (12, 0, True)]
CALM = [(1, 4, False), (0, 9, False), (20, 60, False), (3, 12, False), (50, 12, False)]


@pytest.mark.parametrize(("before", "now", "asks"), SWINGS + CALM)
def test_large_swings_ask_and_small_ones_do_not(before: int, now: int, asks: bool) -> None:
    report = with_figures(zero_report(), {"requests.new.total": now})
    report = after(report, {"requests.new.total": before})
    assert bool(found(years.large_swing, report)) is asks


def test_one_warning_lists_every_swing_with_both_figures() -> None:
    report = with_figures(
        zero_report(), {"proactive.licences.decisions": 300, "disputes.review.total": 40}
    )
    report = after(report, {"proactive.licences.decisions": 5, "disputes.review.total": 2})
    (finding,) = found(years.large_swing, report)
    assert finding.message == (
        "与去年（2023 年）相比变化很大：“行政复议·总计” 2→40；“行政许可·本年处理决定数量” 5→300。"
    )
    assert finding.fields == ("disputes.review.total", "proactive.licences.decisions")


def test_a_group_swings_by_its_sum() -> None:
    report = with_figures(
        zero_report(),
        {"requests.refused.state_secret.total": 8, "requests.refused.inquiry_matter.total": 8},
    )
    refused = [key for key in report.entries if key.startswith("requests.refused.")]
    report = after(report, dict.fromkeys(refused, 0))
    (finding,) = found(years.large_swing, report)
    assert "“（三）不予公开·总计” 0→16" in finding.message


@pytest.mark.parametrize("edition", ["2019", "2021"])
def test_other_handling_is_compared_across_the_change_of_edition(edition: str) -> None:
    whole = {"requests.other_handling.total": 20}
    parts = {f"requests.other_handling.{x}.total": 0 for x in ("not_corrected", "unpaid", "other")}
    now, before = (whole, parts) if edition == "2019" else (dict.fromkeys(parts, 7), whole)
    if edition == "2021":
        before = {"requests.other_handling.total": 2}
    report = after(with_figures(zero_report(edition), now), before, "x")
    assert len(found(years.large_swing, report)) == 1


def test_fees_of_2019_are_numbers_of_items_and_are_not_compared() -> None:
    report = with_figures(zero_report(), {"proactive.fees.amount": "4166.2"})
    assert not found(years.large_swing, after(report, {"proactive.fees.last_year": 35}, "2019"))


def test_without_last_year_nothing_swings() -> None:
    assert not found(years.large_swing, clean_report())


# -- YR04 ------------------------------------------------------------------------------------


def test_a_table_copied_from_last_year_is_asked_about() -> None:
    report = clean_report()
    report = replace(report, last_year=last_year_of(replace(report, year=2023)))
    sheets = [finding.message[:6] for finding in found(years.same_as_last_year, report)]
    assert sheets == ["二、主动公开", "三、申请办理", "四、复议诉讼"]


def test_two_reports_with_few_figures_may_be_the_same() -> None:
    report = with_figures(
        zero_report(), {"requests.new.natural_person": 1, DOCUMENTS + ".issued": 2}
    )
    report = replace(report, last_year=last_year_of(replace(report, year=2023)))
    assert not found(years.same_as_last_year, report)


def test_one_changed_figure_makes_another_table() -> None:
    report = clean_report()
    before = last_year_of(replace(report, year=2023))
    figures = {"proactive.fees.amount": 5, "requests.new.company": 1, "disputes.review.other": 1}
    report = with_figures(replace(report, last_year=before), figures)
    assert not found(years.same_as_last_year, report)


def test_a_long_paragraph_with_only_the_year_changed_is_asked_about() -> None:
    report = written(problems=f"第一段。\n\n2024年，{LONG}\n\n第三段。")
    before = last_year_of(written(2023, problems=f"2023年，{LONG}"))
    report = replace(report, last_year=before)
    (finding,) = found(years.same_as_last_year, report)
    assert quoted(finding, report) == f"2024年，{LONG}"


@pytest.mark.parametrize(("preface", "overview"), [(LONG, ""), ("", LONG[:60])])
def test_short_paragraphs_and_the_preface_may_stay_the_same(preface: str, overview: str) -> None:
    report = written(preface=preface, overview=overview)
    before = last_year_of(written(2023, preface=preface, overview=overview, problems="另写。"))
    assert not found(years.same_as_last_year, replace(report, last_year=before))


# -- YR05 ------------------------------------------------------------------------------------


def test_more_issued_than_left_in_force_is_asked_about_once() -> None:
    report = after(documents(5, 0, 3), {f"{DOCUMENTS}.in_force": 0})
    (finding,) = found(years.stock_below_zero, report)
    assert finding.message == (
        "行政规范性文件·现行有效件数填 3 件，比本年制发减本年废止的 5 件还少，"
        "倒推去年年底为 -2 件。"
    )
    assert not found(years.documents_in_force, report)


@pytest.mark.parametrize("figures", [(18, 99, 147), (2, 2, 0), (0, 0, 0)])
def test_a_stock_that_can_be_is_silent(figures: tuple[int, int, int]) -> None:
    assert not found(years.stock_below_zero, documents(*figures))


# -- YR06 ------------------------------------------------------------------------------------


def test_last_years_figures_of_the_workbook_that_differ_are_noted() -> None:
    issued = last({"requests.carried_out.total": 2, "requests.new.total": 7})
    given = last({"requests.carried_out.total": 3, "requests.new.total": 7})
    report = replace(zero_report(), last_year=given, issued_last_year=issued)
    (finding,) = found(years.last_year_differs, report)
    assert finding.severity.value == "note"
    assert "“四、结转下年度继续办理·总计” 2 与 3" in finding.message
    assert not isinstance(finding.location, TextLocation)


def test_figures_that_only_one_side_has_are_not_compared() -> None:
    report = replace(
        zero_report(),
        last_year=last({"requests.new.total": 7}),
        issued_last_year=last({"requests.carried_out.total": 2}),
    )
    assert not severities(years.last_year_differs, report)


def test_figures_of_the_older_edition_are_named_by_their_id() -> None:
    issued, given = ({"requests.other_handling.total": n} for n in (2, 3))
    report = replace(
        zero_report(), last_year=last(given, "2019"), issued_last_year=last(issued, "2019")
    )
    (finding,) = found(years.last_year_differs, report)
    assert "requests.other_handling.total 2 与 3" in finding.message
