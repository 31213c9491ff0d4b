"""The sheets of a merged workbook: what a leader reads, what Excel opens, the same bytes."""

from __future__ import annotations

import io
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from gk_xlsx import resources
from gk_xlsx.form import Form
from gk_xlsx.merged import Merged
from gk_xlsx.plan.key_figures import RESULTS, key_figures
from gk_xlsx.plan.layout import (
    CHARTED,
    COMPARED,
    DETAIL,
    OVERVIEW,
    PRINTOUT,
    RESULT,
    SOURCES,
    layout_of,
)
from gk_xlsx.plan.merged_layout import CODE, detail_of
from gk_xlsx.plan.merged_workbook import plan_merged
from gk_xlsx.plan.model import Accepts, ChartKind, Paper, Sheet, Style
from gk_xlsx.plan.workbook import plan_workbook
from gk_xlsx.rollup.merging import adjustment, merge
from gk_xlsx.rules import judge
from gk_xlsx.units import Scope, Unit
from tests.made import clean_report
from tests.office.package_lint import lint_xlsx
from tests.office.validator import Validator
from tests.rollup.districts import FORM
from tests.rollup.sums import YEAR, contributor, contributors, plain_sum, units
from tests.workbook.merged_books import book_of, clean_merge, gaps_merge


def sheet_of(merged: Merged, name: str) -> Sheet:
    return next(item for item in plan_merged(merged, last_form=FORM).sheets if item.name == name)


def texts(sheet: Sheet) -> list[str]:
    return [cell.content for cell in sheet.cells if isinstance(cell.content, str)]


def column(sheet: Sheet, caption: str) -> int:
    return next(cell.column for cell in sheet.cells if cell.content == caption)


def row(sheet: Sheet, start: str) -> int:
    return next(cell.row for cell in sheet.cells if str(cell.content).startswith(start))


def at(sheet: Sheet, place: tuple[int, int]) -> object:
    return next(cell.content for cell in sheet.cells if (cell.row, cell.column) == place)


@pytest.mark.parametrize("made", [clean_merge, gaps_merge], ids=["clean", "gaps"])
def test_there_is_nothing_that_excel_would_repair(made: object) -> None:
    assert lint_xlsx(book_of(gaps_merge() if made is gaps_merge else clean_merge())) == []


@pytest.mark.office
def test_the_package_is_valid(validator: Validator, tmp_path: Path) -> None:
    books = []
    for name, merged in {"clean": clean_merge(), "gaps": gaps_merge()}.items():
        books.append(tmp_path / f"{name}.xlsx")
        books[-1].write_bytes(book_of(merged))

    assert validator.validate(books) == []


def test_the_same_merge_gives_the_same_bytes() -> None:
    assert book_of(gaps_merge()) == book_of(gaps_merge())


def test_edition_2019_can_be_merged_too() -> None:
    report = clean_report("2019")
    merged = merge(resources.form("2019"), Unit("示例市"), report.year, [contributor(report)])

    assert lint_xlsx(book_of(merged)) == []


def test_the_statutory_sheets_print_the_same_labels_as_a_units() -> None:
    merged = clean_merge()
    ordinary = {item.name: item for item in plan_workbook(FORM, merged.report).sheets}
    for table in FORM.tables:
        own, theirs = (
            {
                (cell.row, cell.column, cell.rows, cell.columns): cell.content
                for cell in sheet.cells
                if cell.row > 1 and cell.style.startswith(("label", "corner"))
            }
            for sheet in (sheet_of(merged, table.sheet), ordinary[table.sheet])
        )
        assert own == theirs


def test_only_adjustments_texts_and_explanations_are_open() -> None:
    plan = plan_merged(gaps_merge(), last_form=FORM)

    opened = {sheet.name for sheet in plan.sheets for cell in sheet.cells if cell.open}

    assert opened == {DETAIL, "基本信息", "文字部分", RESULT}


def test_an_adjustment_takes_whole_numbers_of_either_sign_and_amounts() -> None:
    rules = [item.accepts for item in sheet_of(clean_merge(), DETAIL).validations]

    assert rules.count(Accepts.CHANGED_AMOUNT) == 1
    assert rules.count(Accepts.SIGNED) == len(FORM.inputs) - 1


def test_there_are_always_free_rows_for_adjustments() -> None:
    merged = gaps_merge()
    many = replace(merged, adjustments=merged.adjustments * 6)

    assert detail_of(merged).adjustments == 10
    assert detail_of(many).adjustments == 17


# -- 一览表 --------------------------------------------------------------------------------


def test_the_overview_is_one_page_of_a3_across() -> None:
    page = sheet_of(clean_merge(), OVERVIEW).page

    assert (page.paper, page.landscape, page.scale, page.tall) == (Paper.A3, True, None, True)


def test_a_long_overview_flows_over_pages_with_its_head_repeated() -> None:
    items = contributors(units(3))
    many = [
        replace(items[at % 3], name=f"单位{at}", code=str(at), sha256=str(at)) for at in range(120)
    ]

    page = sheet_of(merge(FORM, Unit("示例市"), YEAR, many), OVERVIEW).page

    assert (page.tall, page.repeat) == (False, (3, 4))


def test_the_overview_groups_units_by_kind_with_subtotals_and_a_total() -> None:
    merged, reports = clean_merge(), units(6)
    sheet = sheet_of(merged, OVERVIEW)
    new = column(sheet, "新收")

    kinds = [text for text in texts(sheet) if text.endswith("份）")]
    assert kinds == ["本级（1 份）", "部门（2 份）", "镇街（2 份）", "其他（1 份）"]
    subtotals = [cell.row for cell in sheet.cells if cell.content == "小计"]
    values = [at(sheet, (line, new)) for line in subtotals]
    of_units = [report.value("requests.new.total") or Decimal(0) for report in reports]
    sums = [of_units[0], of_units[1] + of_units[2], of_units[3] + of_units[4], of_units[5]]
    assert values == sums
    assert at(sheet, (row(sheet, "合计"), new)) == sum(of_units, Decimal(0))


def test_the_overview_numbers_units_as_they_stand() -> None:
    merged = clean_merge()
    mixed = replace(
        merged,
        counted=tuple(
            replace(item, kind=kind)
            for item, kind in zip(merged.counted, ("部门", "镇街") * 3, strict=True)
        ),
    )
    sheet = sheet_of(mixed, OVERVIEW)
    numbers = [cell for cell in sheet.cells if cell.style is Style.UNIT_FACT]

    ordered = sorted(numbers, key=lambda cell: cell.row)
    assert [cell.content for cell in ordered] == ["1", "2", "3", "4", "5", "6"]


def test_the_offices_own_government_is_a_group_of_its_own() -> None:
    merged = clean_merge()
    own, *others = merged.counted
    named = replace(own, name=merged.report.unit.name, scope=Scope.GOVERNMENT, kind="市辖区")
    other = replace(others[0], scope=Scope.GOVERNMENT, kind="市辖区")

    sheet = sheet_of(replace(merged, counted=(named, other, *others[1:])), OVERVIEW)

    kinds = [text for text in texts(sheet) if text.endswith("份）")]
    assert kinds[:2] == ["本级（1 份）", "市辖区（1 份）"]


def test_the_overview_says_unknown_where_a_unit_is() -> None:
    sheet = sheet_of(gaps_merge(), OVERVIEW)
    granted = column(sheet, "予以公开")

    assert at(sheet, (row(sheet, "示例市示例00局"), granted)) == "未知"
    assert at(sheet, (row(sheet, "合计"), granted)) == "未知"
    assert at(sheet, (row(sheet, "示例市示例01局"), granted)) != "未知"


@pytest.mark.parametrize("edition", resources.EDITIONS)
def test_there_are_about_sixteen_key_figures_in_either_edition(edition: str) -> None:
    form: Form = resources.form(edition)
    found = key_figures(form)

    assert 16 <= len(found) <= 20
    assert len({key.caption for key in found}) == len(found)
    assert all(name in form.names for name in RESULTS)


def test_the_kinds_of_results_add_up_to_all_concluded() -> None:
    plain = plain_sum(FORM, units(2))
    parts = [plain[field] or 0 for name in RESULTS for field in FORM.names[name]]

    assert sum(parts) == plain["requests.concluded.total"]


# -- what is lacking, last year, sources, charts -------------------------------------------


@pytest.mark.parametrize(
    "name", [OVERVIEW, COMPARED, CHARTED, DETAIL, SOURCES, RESULT, "三、申请办理"]
)
def test_what_is_lacking_stands_in_large_letters_on_top(name: str) -> None:
    warned = [text for text in texts(sheet_of(gaps_merge(), name)) if text.startswith("未完整：")]

    start = "未完整：缺 2 个单位（示例镇、示例乡（文件不能读取））；6 格未知；"
    assert any(text.startswith(start) for text in warned)
    assert not [text for text in texts(sheet_of(clean_merge(), name)) if text.startswith("未完整")]


def test_every_page_to_be_signed_says_what_is_lacking() -> None:
    def marks(merged: Merged) -> list[object]:
        cells = sheet_of(merged, PRINTOUT).cells
        return [cell.content for cell in cells if cell.style is Style.INCOMPLETE]

    gaps = "未完整：缺 2 个单位；6 格未知；1 行调整没有写原因；见“来源与调整”。"
    assert marks(gaps_merge()) == [gaps] * 3
    assert marks(clean_merge()) == [""] * 3


def test_an_error_in_a_sum_is_said_on_every_page_to_be_signed() -> None:
    changes = {"requests.new.company": Decimal(1)}
    merged = replace(clean_merge(), adjustments=())
    wrong = merge(
        FORM, merged.report.unit, YEAR, merged.counted,
        adjustments=[adjustment(FORM, "来电更正", "更正", changes)],
    )  # fmt: skip
    said = [text for text in texts(sheet_of(wrong, PRINTOUT)) if "不能送签" in text]

    assert said == ["自查未通过：本稿不能送签，请按“自查结果”处理后再打印。"] * 3


def test_the_first_columns_of_the_detail_hold_what_every_page_repeats() -> None:
    cells = sheet_of(gaps_merge(), DETAIL).cells
    repeated = [cell for cell in cells if cell.row < 3 and cell.column < CODE]
    total = next(cell for cell in cells if cell.content == "合计")

    assert [cell.content for cell in repeated] == [DETAIL, "未完整"]
    assert all(cell.column + cell.columns <= CODE for cell in (*repeated, total))


def test_the_detail_says_of_an_input_why_it_is_unknown_and_of_its_total_only_that() -> None:
    shown = [cell.content for cell in sheet_of(gaps_merge(), DETAIL).cells]

    assert shown.count("空白") == 1
    assert "填的是“/”" in shown
    assert not [text for text in shown if "所加各格" in str(text)]


def test_what_is_unknown_is_counted_with_and_without_the_totals() -> None:
    shown = texts(sheet_of(gaps_merge(), SOURCES))

    assert "2 格，连带总计共 6 格" in shown


def test_sources_name_file_hash_verdict_and_everything_that_is_lacking() -> None:
    merged = gaps_merge()
    shown = texts(sheet_of(merged, SOURCES))

    for item in (*merged.counted, *merged.aside):
        assert {item.name, item.path, item.sha256} <= set(shown)
    assert {"示例镇", "示例乡", "文件不能读取", "示例市某某村", "名册上“计入汇总”为否"} <= set(
        shown
    )
    assert "示例市示例00局：空白" in shown
    assert {"一案两计", "缺原因"} <= set(shown)


def test_texts_longer_than_a_cell_are_cut() -> None:
    [item, other] = contributors(units(2))
    long = replace(item, explanation="说明" * 20_000)

    assert lint_xlsx(book_of(merge(FORM, Unit("示例市"), YEAR, [long, other]))) == []


def test_the_comparison_shows_both_years_and_the_change() -> None:
    merged, reports = clean_merge(), units(6)
    sheet = sheet_of(merged, COMPARED)
    line = row(sheet, "新收")

    now = sum((report.value("requests.new.total") or 0 for report in reports), Decimal(0))
    lasts = [report.last_year for report in reports if report.last_year]
    before = sum((last.values["requests.new.total"] for last in lasts), Decimal(0))
    assert [at(sheet, (line, place)) for place in range(2, 6)] == [
        now,
        before,
        now - before,
        (now - before) / before,
    ]


def test_without_last_year_the_comparison_says_so() -> None:
    items = [replace(item, last=None) for item in contributors(units(2))]
    sheet = sheet_of(merge(FORM, Unit("示例市"), YEAR, items), COMPARED)

    assert any("没有上年数据" in text for text in texts(sheet))
    assert at(sheet, (row(sheet, "新收"), 3)) == "无数据"


def test_last_year_of_the_other_edition_is_compared_by_short_names() -> None:
    items = contributors(units(1))
    last_form = resources.form("2019")
    values = dict.fromkeys(last_form.fields, Decimal(4))
    merged = merge(FORM, Unit("示例市"), YEAR, items)
    last = merged.report.last_year
    assert last is not None
    report = replace(merged.report, last_year=replace(last, edition="2019", values=values))

    plan = plan_merged(replace(merged, report=report), last_form=last_form)

    sheet = next(item for item in plan.sheets if item.name == COMPARED)
    assert at(sheet, (row(sheet, "其他处理"), 3)) == Decimal(4)
    assert at(sheet, (row(sheet, "不予公开"), 3)) == Decimal(32)


def test_there_are_native_charts_of_live_cells() -> None:
    merged = clean_merge()
    charts = sheet_of(merged, CHARTED).charts
    sheet = openpyxl.load_workbook(io.BytesIO(book_of(merged)))[CHARTED]

    kinds = [chart.kind for chart in charts]
    assert kinds == [ChartKind.BARS, ChartKind.PIE, ChartKind.COLUMNS]
    assert [len(chart.series) for chart in charts] == [1, 1, 2]
    assert len(_charts(sheet)) == 3


def _charts(sheet: Worksheet) -> list[object]:
    return list(sheet._charts)  # type: ignore[attr-defined]  # openpyxl has no public way


def test_a_pie_is_drawn_only_of_parts_that_are_all_known() -> None:
    def drawn(sheet: Sheet) -> list[object]:
        area = sheet.charts[1].series[0].figures
        return [at(sheet, (line, area.left)) for line in range(area.top, area.bottom + 1)]

    whole, gaps = sheet_of(clean_merge(), CHARTED), sheet_of(gaps_merge(), CHARTED)
    line = row(whole, "办理结果构成") + 1
    assert drawn(whole) == [at(whole, (line + number, 1)) for number in range(6)]
    assert drawn(gaps) == [""] * 6
    assert "有未知的数，不画构成图" in texts(gaps)
    assert "有未知的数，不画构成图" not in texts(whole)


def test_the_largest_bars_come_first() -> None:
    sheet = sheet_of(clean_merge(), CHARTED)
    [bars, *_] = sheet.charts
    area = bars.series[0].figures
    figures = [at(sheet, (line, area.left)) for line in range(area.top, area.bottom + 1)]

    assert figures == sorted(figures, reverse=True)  # type: ignore[type-var]  # all are numbers


def test_a_workbook_to_send_back_keeps_its_detail_and_shows_opinions() -> None:
    merged = gaps_merge()
    findings = judge(merged.report, FORM)

    plan = plan_merged(merged, findings, last_form=FORM)

    opinions = next(item for item in plan.sheets if item.name == RESULT)
    assert any("汇总不完整：缺 2 份报告" in text for text in texts(opinions))
    assert plan.active == RESULT
    assert DETAIL in [sheet.name for sheet in plan.sheets]


def test_a_merged_layout_leaves_the_figures_where_they_are() -> None:
    ordinary, merged = layout_of(FORM), layout_of(FORM, merged=True)

    assert merged.fields == ordinary.fields
    assert merged.last == ordinary.last
    assert all(
        merged.explanation(item) == ordinary.explanation(item) for item in ordinary.explainable
    )
