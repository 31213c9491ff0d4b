"""IN: one finding for what stands wrong in the cells, and nothing beside it."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from gk_xlsx.findings import CellLocation, Severity
from gk_xlsx.form import FieldKind
from gk_xlsx.report import (
    BLANK,
    AnnualReport,
    Entry,
    EntryKind,
    Observation,
    Origin,
    Place,
    Seen,
    apply_zero_report,
)
from gk_xlsx.resources import form
from gk_xlsx.units import Unit
from tests.made import clean_report, last_year, number, with_entries, zero_report
from tests.rules.cases import blank, check, codes, holding, only, saw, seen

CELL = "requests.granted.company"
INPUTS = [field.id for field in form("2021").inputs]
EDITIONS = ("2021", "2019")


@pytest.mark.parametrize("edition", EDITIONS)
def test_a_clean_report_has_no_finding(edition: str) -> None:
    assert codes(clean_report(edition)) == []
    assert codes(zero_report(edition)) == []


# -- IN01 ----------------------------------------------------------------------------------


@pytest.mark.parametrize("field_id", INPUTS)
def test_a_blank_cell_is_one_finding_and_nothing_else(field_id: str) -> None:
    [finding] = check(blank(field_id))
    assert (finding.code, finding.severity, finding.fields) == ("IN01", "error", (field_id,))


def test_the_blank_cell_is_named_as_printed() -> None:
    report = holding(CELL, replace(BLANK, place=Place("三、申请办理", "E8")))
    [finding] = check(report)
    assert finding.message == "三、申请办理有 1 格未填：（一）予以公开·商业企业。"
    assert finding.location == CellLocation("三、申请办理", "E8", "（一）予以公开", "商业企业")


def test_blanks_of_each_table_are_one_finding() -> None:
    report = blank(CELL, "requests.new.company", "disputes.review.upheld")
    assert [(item.code, len(item.fields)) for item in check(report)] == [("IN01", 2), ("IN01", 1)]


def test_whole_rows_and_columns_are_named_as_such() -> None:
    row = [item for item in INPUTS if item.startswith("requests.new.")]
    column = [item for item in INPUTS if item.endswith(".research")]
    totals = ["requests.new.total", "requests.concluded.research"]
    [finding] = only("IN01", blank(*row, *column, *totals))
    assert "“一、本年新收政府信息公开申请数量”整行" in finding.message
    assert "“科研机构”整列" in finding.message


def test_an_empty_table_is_named_as_such() -> None:
    table = form("2021").table("disputes")
    [finding] = only("IN01", blank(*(field.id for field in table.fields)))
    assert finding.message == "四、复议诉讼全部 15 格都没有填。"


def test_many_blanks_are_counted_not_listed() -> None:
    some = [item for item in INPUTS if item.startswith("requests.")][::5]
    [finding] = only("IN01", blank(*some))
    assert finding.message.count("；") == 7
    assert "另 " in finding.message
    assert set(finding.fields) == set(some)


# -- IN02 … IN06, IN11: one cell, one finding ----------------------------------------------

WRONG = {
    "text": (Entry(EntryKind.TEXT, raw="见附件"), "IN02", "见附件"),
    "boolean": (Entry(EntryKind.BOOLEAN, raw="TRUE"), "IN02", "TRUE"),
    "date": (Entry(EntryKind.DATE, raw="2024-03-01"), "IN02", "2024-03-01"),
    "negative": (number(-1), "IN03", "-1"),
    "fraction": (number("2.5"), "IN04", "2.5"),
    "text number": (
        Entry(EntryKind.TEXT_NUMBER, Decimal(12), "12件", ("单位“件”",)),
        "IN05",
        "12件",
    ),
    "mark": (Entry(EntryKind.MARK, raw="/"), "IN06", "“/”"),
    "formula": (Entry(EntryKind.FORMULA, raw="=12+3"), "IN11", "=12+3"),
}


@pytest.mark.parametrize("name", WRONG)
@pytest.mark.parametrize(
    "field_id", [CELL, "disputes.direct.other", "proactive.licences.decisions"]
)
def test_a_wrong_cell_is_one_finding_and_nothing_else(name: str, field_id: str) -> None:
    entry, code, text = WRONG[name]
    [finding] = check(holding(field_id, entry))
    assert (finding.code, finding.severity) == (code, Severity.ERROR)
    assert finding.fields == (field_id,)
    assert text in finding.message
    assert finding.fix


def test_the_cell_is_named_with_its_address() -> None:
    entry = replace(number(-1), place=Place("三、申请办理", "E8"))
    [finding] = check(holding(CELL, entry))
    assert finding.message == "三、申请办理“（一）予以公开·商业企业”（E8）填的是负数 -1。"


def test_long_text_is_shortened() -> None:
    [finding] = check(holding(CELL, Entry(EntryKind.TEXT, raw="见" * 100)))
    assert "见" * 40 + "……" in finding.message


def test_signed_changes_of_2019_may_be_negative() -> None:
    signed = [field.id for field in form("2019") if field.kind is FieldKind.SIGNED]
    assert signed
    report = with_entries(clean_report("2019"), dict.fromkeys(signed, number(-5)))
    assert codes(report) == []


def test_amounts_may_have_decimals_but_not_be_negative() -> None:
    assert codes(holding("proactive.fees.amount", number("0.0001"))) == []
    assert codes(holding("proactive.fees.amount", number("-0.0001"))) == ["IN03"]


def test_a_number_normalised_in_a_document_counts_and_is_a_note() -> None:
    value = clean_report().value(CELL)
    entry = Entry(EntryKind.NUMBER, value, f" {value}件", ("空格", "单位“件”"))
    [finding] = check(holding(CELL, entry))
    assert (finding.code, finding.severity) == ("IN05", Severity.NOTE)
    assert "（空格、单位“件”）" in finding.message


def test_marks_of_a_table_are_one_finding() -> None:
    marks = {
        item: Entry(EntryKind.MARK, raw=sign) for item, sign in zip(INPUTS, "/—", strict=False)
    }
    [finding] = check(with_entries(clean_report(), marks))
    assert (finding.code, len(finding.fields)) == ("IN06", 2)
    assert "“/”、“—”" in finding.message


# -- IN08 ----------------------------------------------------------------------------------


def fee(amount: str, before: str = "") -> AnnualReport:
    report = holding("proactive.fees.amount", number(amount))
    last = last_year(report)
    values = {**last.values, "proactive.fees.amount": Decimal(before or amount)}
    return replace(report, last_year=replace(last, values=values))


@pytest.mark.parametrize(
    ("amount", "before", "expected"),
    [
        ("4166.241619", "", []),
        ("4166.2416191", "", ["IN08"]),
        ("125000", "12.5", ["IN08"]),
        ("1249", "12.5", []),
        ("1250", "12.5", ["IN08"]),
        ("1250", "0", []),
        ("0", "12.5", []),
    ],
)
def test_unlikely_amounts_are_asked_about(amount: str, before: str, expected: list[str]) -> None:
    assert [item.code for item in only("IN08", fee(amount, before))] == expected


def test_an_unlikely_amount_is_a_warning_with_both_amounts() -> None:
    [finding] = only("IN08", fee("125000", "12.5"))
    assert finding.severity is Severity.WARNING
    assert "本年 125000，去年 12.5" in finding.message


# -- IN10 ----------------------------------------------------------------------------------


def switched(report: AnnualReport, table: str, *still_blank: str) -> AnnualReport:
    """With the table's switch on and these cells blank."""
    report = with_entries(report, dict.fromkeys(still_blank, BLANK))
    return apply_zero_report(replace(report, zero_report=frozenset({table})), form("2021"))


def test_blanks_of_an_empty_table_counted_as_zero_are_a_note() -> None:
    disputes = [item for item in INPUTS if item.startswith("disputes.")]
    report = switched(zero_report(), "disputes", *disputes)
    [finding] = check(report)
    assert (finding.code, finding.severity) == ("IN10", Severity.NOTE)
    assert len(finding.fields) == len(disputes)
    assert report.entries[disputes[0]].origin is Origin.ZERO_REPORT


def test_beside_other_figures_they_are_a_warning() -> None:
    report = switched(zero_report(), "disputes", "disputes.review.upheld")
    entries = {"disputes.direct.upheld": number(1), "disputes.direct.total": number(1)}
    [finding] = check(with_entries(report, entries))
    assert (finding.code, finding.severity) == ("IN10", Severity.WARNING)


def test_a_switch_without_blanks_is_silent() -> None:
    assert codes(switched(zero_report(), "disputes")) == []


# -- what only the edge sees ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("observation", "code", "severity", "text"),
    [
        (
            seen(
                Seen.EXTRA_VALUES, field="proactive.licences.decisions", expected="1", was="0 0 0"
            ),
            "IN07",
            "warning",
            "原文为：0 0 0",
        ),
        (seen(Seen.TABLE_MISSING, table="disputes"), "IN09", "error", "四、复议诉讼"),
        (seen(Seen.UNKNOWN_FIELD, was="requests.new.person"), "IN13", "error", "new.person"),
        (seen(Seen.DUPLICATE_KEY, was=CELL), "IN14", "error", CELL),
        (seen(Seen.TOO_PRECISE, field=CELL, was="1.2345678901234567"), "IN15", "error", "15 位"),
        (seen(Seen.EDITION_MISMATCH, expected="2019", was="2022"), "IN16", "error", "2022 年"),
        (seen(Seen.IMPOSSIBLE_YEAR, expected="2027", was="2099"), "IN16", "error", "2099"),
        (seen(Seen.FORMULA_IN_TEXT), "IN17", "warning", "是公式"),
    ],
)
def test_an_observation_becomes_one_finding(
    observation: Observation, code: str, severity: str, text: str
) -> None:
    [finding] = only(code, saw(observation))
    assert (finding.code, finding.severity) == (code, severity)
    assert text in finding.message


@pytest.mark.parametrize(
    ("unit", "year", "missing"),
    [("", 2024, "单位名称"), ("甲局", 0, "年份"), ("", 0, "单位名称、年份")],
)
def test_missing_facts_are_one_finding(unit: str, year: int, missing: str) -> None:
    [finding] = only("IN12", replace(clean_report(), unit=Unit(unit), year=year))
    assert f"没有填{missing}。" in finding.message


@pytest.mark.parametrize("sheet", ["第2页表格1", "第1个表格", "工作表“三、申请办理”"])
def test_a_document_is_not_asked_to_fill_a_sheet_it_has_not(sheet: str) -> None:
    report = replace(clean_report(), unit=Unit(""), year=0)
    entry = replace(report.entries[CELL], place=Place(sheet, "第4行"))
    for code in ("IN12", "FM00"):
        [finding] = only(code, replace(report, entries={**report.entries, CELL: entry}))
        assert "基本信息" not in f"{finding.message}{finding.fix}"
        assert "文字部分”" not in finding.fix


@pytest.mark.parametrize("sheet", ["三、申请办理", "三、申请办理2"])
def test_a_workbook_is_asked_to_fill_its_sheets_whatever_they_are_called(sheet: str) -> None:
    report = replace(clean_report(), unit=Unit(""), year=0)
    entry = replace(report.entries[CELL], place=Place(sheet, "E8"))
    for code, fix in (
        ("IN12", "请在“基本信息”填写。"),
        ("FM00", "请填写“文字部分”或另附报告文本。"),
    ):
        [finding] = only(code, replace(report, entries={**report.entries, CELL: entry}))
        assert finding.fix == fix


def test_a_missing_table_silences_its_cells() -> None:
    lost = Entry(EntryKind.UNKNOWN, reason="没有找到")
    entries = {field.id: lost for field in form("2021").table("disputes").fields}
    report = with_entries(saw(seen(Seen.TABLE_MISSING, table="disputes")), entries)
    assert codes(report) == ["IN09"]
