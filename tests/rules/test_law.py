"""LG: what the law rules out, and what a reviewer would ask about."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from gk_xlsx.findings import Gate
from gk_xlsx.report import AnnualReport
from gk_xlsx.rules import law
from gk_xlsx.units import Level, Unit
from tests.made import number, with_entries, zero_report
from tests.rules.written import found, of_level, quoted, severities, written

NOBODY = "甲乙丙丁"


def holding(report: AnnualReport, **figures: int | str) -> AnnualReport:
    """The report with figures, ids written with double underscores for points."""
    entries = {key.replace("__", "."): number(value) for key, value in figures.items()}
    return with_entries(report, entries)


def with_regulations(name: str, level: Level | None = None) -> AnnualReport:
    report = holding(zero_report(), proactive__regulations__in_force=2)
    return replace(report, unit=Unit(name, level=level))


# -- LG01 ------------------------------------------------------------------------------------

POWERLESS = ["township", "subdistrict", "county", "district", "institution", "department"]


@pytest.mark.parametrize("level", POWERLESS)
def test_a_body_without_the_power_states_no_regulations(level: str) -> None:
    report = with_regulations(NOBODY, Level(level))
    (finding,) = found(law.regulations_without_power, report)
    assert finding.gate is Gate.DATA
    assert finding.severity.value == "error"
    assert finding.fields == ("proactive.regulations.in_force",)
    assert "现行有效件数 2 件" in finding.message


@pytest.mark.parametrize("level", sorted(set(Level) - set(POWERLESS)))
def test_other_bodies_are_not_asked_about_regulations(level: str) -> None:
    assert not found(law.regulations_without_power, with_regulations(NOBODY, Level(level)))


@pytest.mark.parametrize("name", ["河口市某某区青山街道办事处", "某某县", "河口市教育局"])
def test_a_level_that_was_only_inferred_makes_it_a_warning(name: str) -> None:
    assert severities(law.regulations_without_power, with_regulations(name)) == ["warning"]


@pytest.mark.parametrize("name", ["河口市人民政府", "国家粮食局", "某某省人民政府", NOBODY])
def test_unknown_bodies_and_those_of_the_state_are_not_asked(name: str) -> None:
    assert not found(law.regulations_without_power, with_regulations(name))


def test_no_regulations_no_finding() -> None:
    assert not found(law.regulations_without_power, of_level(zero_report(), Level.TOWNSHIP))


def test_the_older_edition_has_other_columns_for_the_same() -> None:
    report = holding(zero_report("2019"), proactive__regulations__made=1)
    report = of_level(report, Level.TOWNSHIP)
    assert severities(law.regulations_without_power, report) == ["error"]


# -- LG02, LG06, LG07, LG08 --------------------------------------------------------------------


@pytest.mark.parametrize(("year", "notes"), [(2024, ["note"]), (2023, [])])
def test_direct_action_is_noted_from_2024_on(year: int, notes: list[str]) -> None:
    report = holding(replace(zero_report(), year=year), disputes__direct__total=1)
    assert severities(law.direct_action, report) == notes


def test_action_after_review_without_any_review_is_noted() -> None:
    report = holding(zero_report(), disputes__after_review__total=2)
    (finding,) = found(law.action_without_review, report)
    assert finding.message == "复议后起诉 2 件，而行政复议 0 件。"
    assert not found(law.action_without_review, holding(report, disputes__review__total=1))


def test_normative_documents_of_an_institution_are_noted() -> None:
    report = holding(zero_report(), proactive__normative_documents__in_force=3)
    institution = replace(report, unit=Unit("河口市公共卫生中心"))
    (finding,) = found(law.normative_documents_of_institution, institution)
    assert finding.fields == ("proactive.normative_documents.in_force",)
    department = replace(report, unit=Unit("河口市教育局"))
    assert not found(law.normative_documents_of_institution, department)


@pytest.mark.parametrize(
    ("other", "concluded", "notes"),
    [(15, 40, ["note"]), (12, 40, []), (9, 10, []), (0, 0, [])],
)
def test_much_other_handling_is_noted(other: int, concluded: int, notes: list[str]) -> None:
    report = holding(
        zero_report(),
        requests__other_handling__other__total=other,
        requests__concluded__total=concluded,
    )
    assert severities(law.much_other_handling, report) == notes


# -- LG03 to LG05: the fee in 六、 ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "written_as"),
    [
        ("本年收取信息处理费3件，共125元。", "125元"),
        ("收取信息处理费一百二十五元。", "一百二十五元"),
        ("信息处理费实收0.0125万元。", "0.0125万元"),
        ("信息处理费实收 1,234 元。", "1,234 元"),
    ],
)
def test_a_fee_that_is_no_multiple_of_ten_is_asked_about(text: str, written_as: str) -> None:
    report = written(other=text)
    (finding,) = found(law.fee_not_a_multiple, report)
    assert quoted(finding, report) == written_as


@pytest.mark.parametrize(
    "text",
    [
        "收取信息处理费120元。",
        "收取信息处理费两万元。",
        "信息处理费收取标准为每件超过10件的每件105元，本年未发生。",
        "未收取信息处理费。捐赠图书15元以下的不登记。",
        "收取信息处理费{{ 二.收费 }}万元。",
        "没有收取信息处理费，金额为0元。",
    ],
)
def test_right_fees_rates_and_other_money_are_silent(text: str) -> None:
    assert not found(law.fee_not_a_multiple, written(other=text))


def test_a_fee_above_the_charges_of_table_two_is_asked_about() -> None:
    report = written(other="收取信息处理费200元。")
    (finding,) = found(law.fee_above_charges, report)
    assert finding.fields == ("proactive.fees.amount",)
    assert (finding.left, finding.right) == (Decimal("0.02"), Decimal(0))
    assert quoted(finding, report) == "200元"


def test_a_fee_within_the_charges_is_silent() -> None:
    report = holding(written(other="收取信息处理费200元。"), proactive__fees__amount="0.02")
    assert not found(law.fee_above_charges, report)


def test_the_older_edition_states_no_amount_of_charges() -> None:
    assert not found(law.fee_above_charges, written(2020, other="收取信息处理费200元。"))


def test_lapsed_unpaid_while_nothing_was_charged_is_noted() -> None:
    report = holding(written(), requests__other_handling__unpaid__total=2)
    (finding,) = found(law.unpaid_but_nothing_charged, report)
    assert "没有收取信息处理费" in quoted(finding, report)


@pytest.mark.parametrize("text", ["收取信息处理费120元。", "发出收费通知2份，逾期未缴纳。", ""])
def test_lapsed_unpaid_is_silent_where_the_text_speaks_of_it(text: str) -> None:
    report = holding(written(other=text), requests__other_handling__unpaid__total=2)
    assert not found(law.unpaid_but_nothing_charged, report)
