"""What a planned workbook holds: printed form, open cells, formulas, hints, identity."""

from __future__ import annotations

import datetime
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

import pytest

from gk_xlsx import resources
from gk_xlsx.form import Form, lay_out
from gk_xlsx.office import IssuingOffice
from gk_xlsx.plan.layout import (
    FACT_ROWS,
    FACTS,
    GUIDE,
    HIDDEN,
    MEANINGS,
    PRINTOUT,
    RESULT,
    SENTENCES,
    TEXT,
    layout_of,
)
from gk_xlsx.plan.model import Cell, Sheet, Style, Workbook, holds
from gk_xlsx.plan.workbook import plan_workbook
from gk_xlsx.report import (
    BLANK,
    AnnualReport,
    Entry,
    EntryKind,
    Explanation,
    LastYear,
    apply_zero_report,
    blank_entries,
)
from gk_xlsx.rules import judge
from gk_xlsx.units import Level, Scope, Unit
from gk_xlsx.workbook.read import read_workbook
from gk_xlsx.workbook.write import workbook_bytes


@pytest.fixture(params=resources.EDITIONS)
def form(request: pytest.FixtureRequest) -> Form:
    return resources.form(str(request.param))


def issued(form: Form, **changes: object) -> AnnualReport:
    report = AnnualReport(
        form.edition, form.first_year, Unit("示例局", "LJ07"), blank_entries(form)
    )
    return replace(report, **changes)  # type: ignore[arg-type] # the test's own choice of fields


def with_values(form: Form, **numbers: int) -> dict[str, Entry]:
    zero = Entry(EntryKind.NUMBER, Decimal(0))
    entries = dict.fromkeys(form.fields, zero)
    for name, number in numbers.items():
        entries[name.replace("__", ".")] = Entry(EntryKind.NUMBER, Decimal(number))
    return entries


def sheet(plan: Workbook, name: str) -> Sheet:
    return next(item for item in plan.sheets if item.name == name)


def at(page: Sheet, row: int, column: int) -> Cell:
    return next(cell for cell in page.cells if (cell.row, cell.column) == (row, column))


def test_the_sheets_stand_in_the_order_of_the_work(form: Form) -> None:
    plan = plan_workbook(form, issued(form))

    assert [item.name for item in plan.sheets] == [
        *(GUIDE, FACTS, "二、主动公开", "三、申请办理", "四、复议诉讼"),
        *(TEXT, RESULT, PRINTOUT, MEANINGS, SENTENCES, HIDDEN),
    ]


def test_a_statutory_sheet_has_the_labels_and_merges_of_the_form(form: Form) -> None:
    plan = plan_workbook(form, issued(form))

    for table in form.tables:
        page = sheet(plan, table.sheet)
        for box in lay_out(table).labels:
            cell = at(page, box.row + 2, box.column)
            assert (cell.content, cell.rows, cell.columns) == (box.text, box.rows, box.columns)
            assert not cell.open


def test_only_inputs_can_be_typed_into(form: Form) -> None:
    plan, layout = plan_workbook(form, issued(form)), layout_of(form)

    for table in form.tables:
        page = sheet(plan, table.sheet)
        opened = {(cell.row, cell.column) for cell in page.cells if cell.open}
        inputs = {
            (layout.fields[field.id].row, layout.fields[field.id].column)
            for field in table.fields
            if field.id not in form.computed
        }
        switch = layout.switch(table)
        assert opened == inputs | {(switch.row, switch.column)}


def test_every_total_is_a_formula_with_its_result(form: Form) -> None:
    entries = with_values(form, requests__new__natural_person=3, requests__new__company=2)
    plan = plan_workbook(form, issued(form, entries=entries))
    layout = layout_of(form)

    for field_id in form.computed:
        address = layout.fields[field_id]
        cell = at(sheet(plan, address.sheet), address.row, address.column)
        assert cell.formula.startswith("IF(COUNTIF(")
        assert cell.style is Style.TOTAL
    total = layout.fields["requests.new.total"]
    assert at(sheet(plan, total.sheet), total.row, total.column).content == 5


def test_the_row_and_cell_named_in_the_office_sample_hold_concluded_and_carried_out() -> None:
    layout = layout_of(resources.form("2021"))

    assert layout.fields["requests.concluded.natural_person"].local == "D29"
    assert layout.fields["requests.carried_out.natural_person"].local == "D30"


def test_each_input_has_a_validation_within_the_limits_of_excel(form: Form) -> None:
    plan = plan_workbook(form, issued(form, last_year=carried(form)))

    for table in form.tables:
        page = sheet(plan, table.sheet)
        inputs = [field for field in table.fields if field.id not in form.computed]
        assert len(page.validations) == len(inputs) + 1
        for item in page.validations:
            assert len(item.title) <= 32
            assert len(item.hint) <= 255
            assert len(item.error) <= 255


def carried(form: Form) -> LastYear:
    values = {f"requests.carried_out.{name}": Decimal(2) for name in ("natural_person", "total")}
    if form.edition == "2021":
        values["proactive.normative_documents.in_force"] = Decimal(12)
    return LastYear(form.first_year - 1, "示例局", form.edition, values)


def test_the_hint_at_a_carried_in_cell_states_last_years_figure(form: Form) -> None:
    plan = plan_workbook(form, issued(form, last_year=carried(form)))
    address = layout_of(form).fields["requests.carried_in.natural_person"]

    hint = next(
        item.hint
        for item in sheet(plan, "三、申请办理").validations
        if (item.area.top, item.area.left) == (address.row, address.column)
    )

    assert f"上年（{form.first_year - 1} 年）“四、结转下年度继续办理”为 2 件" in hint


def test_documents_in_force_are_not_prefilled_but_their_hint_tells() -> None:
    form = resources.form("2021")
    plan = plan_workbook(form, issued(form, last_year=carried(form)))
    address = layout_of(form).fields["proactive.normative_documents.in_force"]
    page = sheet(plan, "二、主动公开")

    assert at(page, address.row, address.column).content == ""
    assert any("为 12 件" in item.hint for item in page.validations)


def test_text_marks_and_unreadable_values_are_kept_as_they_were_found(form: Form) -> None:
    entries = with_values(form)
    entries["requests.new.company"] = Entry(EntryKind.MARK, raw="/")
    entries["requests.new.social"] = Entry(EntryKind.TEXT, raw="=1+1")
    page = sheet(plan_workbook(form, issued(form, entries=entries)), "三、申请办理")
    layout = layout_of(form)

    def content(field_id: str) -> tuple[object, str]:
        cell = at(page, layout.fields[field_id].row, layout.fields[field_id].column)
        return cell.content, cell.formula

    assert content("requests.new.company") == ("/", "")
    assert content("requests.new.social") == ("=1+1", "")


def test_a_zero_report_leaves_cells_empty_and_prints_zeros(form: Form) -> None:
    declared = issued(form, zero_report=frozenset(table.key for table in form.tables))
    plan = plan_workbook(form, apply_zero_report(declared, form))
    layout = layout_of(form)

    cell = layout.fields["requests.new.natural_person"]
    assert at(sheet(plan, cell.sheet), cell.row, cell.column).content == ""
    figures = [c for c in sheet(plan, PRINTOUT).cells if c.style is Style.PRINT_FIGURE]
    assert len(figures) == len(form.fields)
    assert {figure.content for figure in figures} == {"0"}


def test_the_print_out_covers_every_table_with_real_merges(form: Form) -> None:
    page = sheet(plan_workbook(form, issued(form)), PRINTOUT)
    taken: set[tuple[int, int]] = set()

    for cell in page.cells:
        own = {
            (cell.row + row, cell.column + column)
            for row in range(cell.rows)
            for column in range(cell.columns)
        }
        assert not own & taken
        taken |= own
    assert len(page.page.breaks) == len(form.tables) - 1


def test_more_paragraphs_than_rows_make_the_block_longer(form: Form) -> None:
    text = "\n\n".join(f"第{number}段" for number in range(120))
    page = sheet(plan_workbook(form, issued(form, narrative={"overview": text})), TEXT)

    written = [cell.content for cell in page.cells if str(cell.content).startswith("第")]

    assert len(written) == 120


def test_an_explanation_is_kept_with_the_figures_it_was_written_for(form: Form) -> None:
    field = "requests.carried_in.natural_person"
    explanation = Explanation("YR01", (field,), "职能划转", Decimal(0), Decimal(2))
    entries = with_values(form)
    report = issued(form, entries=entries, last_year=carried(form), explanations=(explanation,))
    plan, layout = plan_workbook(form, report), layout_of(form)

    relation = form.instances("YR01")[0]
    snapshot = layout.snapshot(relation)
    kept = [
        at(sheet(plan, HIDDEN), snapshot.row, snapshot.column + step).content for step in range(3)
    ]
    assert kept == ["职能划转", Decimal(0), Decimal(2)]
    outcome = layout.outcome(relation)
    assert at(sheet(plan, RESULT), outcome.row, outcome.column).content == "已说明"


def test_a_blank_template_has_its_identity_open(form: Form) -> None:
    plan = plan_workbook(form, AnnualReport(form.edition, 0, Unit(""), blank_entries(form)))
    page = sheet(plan, FACTS)

    assert sum(cell.open for cell in page.cells) == 8
    assert plan.names["gk_unit"] == '""'


def test_an_issued_workbook_has_its_identity_locked(form: Form) -> None:
    plan = plan_workbook(form, issued(form, unit=Unit("示例局", "LJ07", Level.DEPARTMENT)))
    page = sheet(plan, FACTS)

    assert sum(cell.open for cell in page.cells) == 3
    assert plan.properties["gk.unit"] == "示例局"
    assert plan.names["gk_unit"] == '"示例局"'
    assert plan.names["gk_year"] == f'"{form.first_year}"'


def test_the_kind_of_body_is_chosen_where_nobody_said_it_and_read_back(form: Form) -> None:
    plan = plan_workbook(form, issued(form))
    page, row = sheet(plan, FACTS), FACT_ROWS["level"]

    assert at(page, row, 1).open
    assert [item.list_name for item in page.validations if item.area.top == row] == [
        "gk_choice_level"
    ]
    assert at(page, row, 2).content == "从下拉列表中选"

    chosen = replace(at(page, row, 1), content=Level.ZONE.label)
    filled = replace(page, cells=(*(c for c in page.cells if c != at(page, row, 1)), chosen))
    sheets = tuple(filled if item is page else item for item in plan.sheets)
    back = read_workbook(workbook_bytes(replace(plan, sheets=sheets)), resources.form)

    assert back.unit.level is Level.ZONE


def test_a_locked_kind_of_body_is_not_to_be_chosen(form: Form) -> None:
    plan = plan_workbook(form, issued(form, unit=Unit("示例局", "LJ07", Level.DEPARTMENT)))
    page, row = sheet(plan, FACTS), FACT_ROWS["level"]

    assert "下拉" not in str(at(page, row, 2).content)
    assert not [item for item in page.validations if item.area.top == row]


def guide_text(edition: str) -> str:
    form = resources.form(edition)
    return "\n".join(
        str(cell.content) for cell in sheet(plan_workbook(form, issued(form)), GUIDE).cells
    )


def test_the_guide_says_what_each_edition_asks_of_fees_and_units() -> None:
    new, old = guide_text("2021"), guide_text("2019")

    assert "3. 收费单位是万元：1 元填 0.0001。" in new
    assert "不要带“件”“万元”等单位。" in new
    assert "收费单位是万元" not in old
    assert "3. 收费填项目数量，不填金额；采购总金额连同单位填写，如“251000元”“25.1万元”。" in old
    assert "不要带“件”“万元”等单位（采购总金额除外）。" in old


@pytest.mark.parametrize(
    ("scope", "about"),
    [(Scope.BODY, "本机关"), (Scope.GOVERNMENT, "本级政府"), (Scope.AREA, "本行政区域")],
)
def test_ready_sentences_are_about_whom_the_figures_are_about(
    form: Form, scope: Scope, about: str
) -> None:
    report = issued(form, scope=scope, entries=with_values(form))
    cells = sheet(plan_workbook(form, report), SENTENCES).cells
    said = [str(cell.content) for cell in cells if cell.formula]

    assert said[2].startswith(f"{form.first_year}年，{about}新收政府信息公开申请0件")
    assert about == "本机关" or not [text for text in said if "本机关" in text]


# -- 打印稿 --------------------------------------------------------------------------------


def print_marks(form: Form, report: AnnualReport) -> list[object]:
    cells = sheet(plan_workbook(form, report), PRINTOUT).cells
    return [cell.content for cell in cells if cell.style is Style.INCOMPLETE]


def test_every_page_to_be_signed_says_that_something_is_still_to_be_done(form: Form) -> None:
    entries = with_values(form)
    entries["requests.new.company"] = Entry(EntryKind.MARK, raw="/")

    for report, word in (
        (issued(form), "尚未填写"),
        (issued(form, entries={**with_values(form), "requests.new.company": BLANK}), "未填完"),
        (issued(form, entries=entries), "有错误"),
        (issued(form, entries=with_values(form), last_year=carried(form)), "需说明"),
    ):
        mark = f"{word}：本稿不能送签，请按“自查结果”处理后再打印。"
        assert print_marks(form, report) == [mark] * len(form.tables)


def test_what_may_be_signed_is_not_marked(form: Form) -> None:
    assert print_marks(form, issued(form, entries=with_values(form))) == [""] * len(form.tables)


def test_short_heads_in_narrow_columns_break_in_the_middle(form: Form) -> None:
    cells = sheet(plan_workbook(form, issued(form)), PRINTOUT).cells
    labels = [str(cell.content) for cell in cells if cell.style is Style.PRINT_LABEL]

    assert labels.count("结果\n维持") == labels.count("其他\n结果") == 3
    assert "结果维持" not in labels
    assert "信息内容" in labels


def test_each_table_to_be_signed_fits_on_its_page(form: Form) -> None:
    page = sheet(plan_workbook(form, issued(form)), PRINTOUT)
    starts = (0, *page.page.breaks, 10_000)
    points = 72 / 25.4 * (297 - page.page.margins_mm[0] - page.page.margins_mm[2])

    for first, after in pairwise(starts):
        high = sum(height for row, height in page.heights.items() if first <= row < after)
        assert high * (page.page.scale or 100) / 100 <= points


def test_a_workbook_sent_back_begins_the_carry_over_on_a_new_page() -> None:
    form = resources.form("2021")
    entries = with_values(form, requests__new__natural_person=3)
    report = issued(form, entries=entries, last_year=carried(form))
    page = sheet(plan_workbook(form, report, judge(report, form)), RESULT)
    heading = next(cell for cell in page.cells if str(cell.content).startswith("与去年年报衔接"))

    [start] = page.page.breaks
    high = sum(page.heights.get(row, 15) for row in range(start))
    top, _, bottom, _ = page.page.margins_mm
    assert start == heading.row
    assert page.page.scale is not None, "a break counts only where pages are not fitted"
    assert high * page.page.scale / 100 <= 72 / 25.4 * (210 - top - bottom)


def test_no_formula_uses_what_excel_2007_or_wps_lack(form: Form) -> None:
    plan = plan_workbook(form, issued(form, last_year=carried(form)))

    for page in plan.sheets:
        for cell in page.cells:
            assert "_xlfn" not in cell.formula
            assert "COUNTBLANK" not in cell.formula
            assert len(cell.formula) <= 8192


def test_the_same_report_gives_the_same_plan(form: Form) -> None:
    assert plan_workbook(form, issued(form)) == plan_workbook(form, issued(form))


def sending(office: IssuingOffice | None) -> list[str]:
    """The last part of 填写说明."""
    definition = resources.form("2021")
    plan = plan_workbook(definition, issued(definition), office=office)
    return str(sheet(plan, GUIDE).cells[-1].content).splitlines()


def test_the_guide_of_an_office_says_until_when_and_to_whom() -> None:
    office = IssuingOffice(
        name="某某区府办",
        section="公开科",
        contact="李四",
        phone="0000-1",
        column="“年报”",
        submit_by=datetime.date(2026, 1, 20),
        publish_by=datetime.date(2026, 1, 31),
        requirements=("盖章。", "扫描。"),
    )

    assert sending(office) == [
        "请于 2026 年 1 月 20 日前将填报表、报告文本和盖章件报送某某区府办公开科。",
        "审核通过后，请于 2026 年 1 月 31 日前在“年报”栏目公布，并反馈网址。",
        "联系人：李四；电话：0000-1。",
        "盖章。",
        "扫描。",
    ]


@pytest.mark.parametrize("office", [None, IssuingOffice(), IssuingOffice(reviewer="王五")])
def test_without_anything_of_the_office_the_guide_is_as_ever(office: IssuingOffice | None) -> None:
    assert sending(office) == ["按下发单位要求的时间报送填报表、报告文本和盖章件。"]


def test_the_guide_says_what_is_known_and_leaves_out_the_rest() -> None:
    assert sending(IssuingOffice(name="某某区府办")) == [
        "请按要求的时间将填报表、报告文本和盖章件报送某某区府办。"
    ]
    assert sending(IssuingOffice(submit_by=datetime.date(2026, 1, 2))) == [
        "请于 2026 年 1 月 2 日前将填报表、报告文本和盖章件报送下发单位。"
    ]


@pytest.mark.parametrize(
    ("text", "formula"),
    [
        ("某局", 'A1&""="某局"'),
        ("字" * 90 + "😀" + "字" * 90, f'LEFT(A1,90)="{"字" * 90}"'),
        ("字" * 300, f'LEFT(A1,200)="{"字" * 200}"'),
        ("😀" + "字" * 150, "OR(LEN(A1)=151,LEN(A1)=152)"),
    ],
    ids=["short", "with a wide character", "long", "begins with a wide character"],
)
def test_no_formula_takes_another_text_for_the_one_it_was_made_for(text: str, formula: str) -> None:
    assert holds("A1", text) == formula
