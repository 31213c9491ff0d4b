"""The first line of 自查结果 says what is to be done. Source: OFFICE.md."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from gk_xlsx import resources
from gk_xlsx.form import Form
from gk_xlsx.plan.layout import RESULT
from gk_xlsx.plan.wording import table_verdict_text, tally, verdict_text
from gk_xlsx.plan.workbook import plan_workbook
from gk_xlsx.relations import with_totals
from gk_xlsx.report import BLANK, AnnualReport, Entry, EntryKind, LastYear, blank_entries
from gk_xlsx.units import Unit

FORM = resources.form("2021")
NEW, CARRIED_IN = "requests.new.natural_person", "requests.carried_in.natural_person"


def filled(**changes: Entry) -> AnnualReport:
    zero = Entry(EntryKind.NUMBER, Decimal(0))
    entries = {key: changes.get(key.replace(".", "__"), zero) for key in FORM.fields}
    return AnnualReport("2021", 2024, Unit("示例局"), with_totals(FORM, entries))


def number(value: int) -> Entry:
    return Entry(EntryKind.NUMBER, Decimal(value))


def first_line(report: AnnualReport, form: Form = FORM) -> str:
    return verdict_text(form, tally(form, report))[0]


def test_an_untouched_workbook_says_where_to_begin() -> None:
    report = AnnualReport("2021", 2024, Unit("示例局"), blank_entries(FORM))

    assert first_line(report) == "尚未填写。请从“二、主动公开”开始。"


def test_blanks_are_counted_per_table() -> None:
    report = filled(requests__new__company=BLANK, disputes__review__other=BLANK)

    assert first_line(report) == (
        "未填完：还有 2 格空白（三、申请办理 1 格，四、复议诉讼 1 格）。没有发生的请填 0。"
    )


def test_an_error_names_the_first_place() -> None:
    report = filled(requests__new__natural_person=number(3))

    assert first_line(report) == (
        "有错误：2 处需要改正，改正后再报送。第一处：三、申请办理“自然人”列。"
    )


def test_the_first_place_is_that_of_the_first_line_below() -> None:
    report = filled(
        proactive__licences__decisions=Entry(EntryKind.MARK, raw="/"),
        requests__new__natural_person=number(3),
    )
    plan = plan_workbook(FORM, report)
    cells = next(item for item in plan.sheets if item.name == RESULT).cells
    [first] = [cell for cell in cells if (cell.row, cell.column) == (5, 1)]

    assert first_line(report).endswith("第一处：二、主动公开（填了符号）。")
    assert str(first.content).startswith("二、主动公开有 1 格填了")


def test_a_difference_from_last_year_alone_asks_for_an_explanation() -> None:
    last = LastYear(2023, "示例局", "2021", {"requests.carried_out.natural_person": Decimal(2)})
    report = replace(filled(), last_year=last)

    assert first_line(report) == (
        "需说明：没有错误，有 1 处与去年衔接不上，请在“情况说明”栏写明原因后报送。"
    )


def test_all_zero_asks_to_confirm() -> None:
    assert first_line(filled()).startswith("零报告：三张表全部为 0。")


def test_a_clean_report_passes() -> None:
    report = filled(
        requests__new__natural_person=number(1), requests__granted__natural_person=number(1)
    )

    assert first_line(report).startswith("表格自查通过：")


@pytest.mark.parametrize(
    ("entry", "line"),
    [
        (number(0), "√ 本表已填完，勾稽关系正确。"),
        (BLANK, "未填完：还有 1 格空白（标黄）。"),
        (number(-1), "有错误：1 格不是规范的数字（标红）。"),
        (number(2), "有错误：“自然人”列不平。“总计”列不平。"),
    ],
)
def test_each_table_has_its_own_verdict(entry: Entry, line: str) -> None:
    report = filled(requests__carried_in__natural_person=entry)
    table = FORM.table("requests")

    assert table_verdict_text(FORM, table, tally(FORM, report)) == line
