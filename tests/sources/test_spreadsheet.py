"""Spreadsheets of other making: what they show, and the figures that are found in them."""

from __future__ import annotations

import datetime
import io
import random
import zipfile
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from gk_xlsx import api
from gk_xlsx.errors import UnreadableError
from gk_xlsx.published.model import Document, Table
from gk_xlsx.report import AnnualReport, EntryKind, Seen
from gk_xlsx.sources.door import Kind
from gk_xlsx.sources.refusals import RefusedError
from gk_xlsx.sources.spreadsheet import read_spreadsheet
from gk_xlsx.units import Unit
from tests.made import UNIT, clean_report, write_json
from tests.office.libreoffice import LibreOffice
from tests.sources import old_sheets as old
from tests.sources.layouts import LAYOUTS, Layout, all_on_one, laid_out, one_per_sheet

REQUESTS = "三、申请办理"
ROW = 8
"""Of （一）予以公开 on the sheet of its own: D … I are the applicants, J is the total."""

TOTAL_WITHOUT_D = sum(
    clean_report().values[f"requests.granted.{column}"] or 0
    for column in ("company", "research", "social", "legal_service", "other")
)
"""What J is where D is blank: a row that does not add up is doubted."""

Change = Callable[[openpyxl.Workbook], None]


def report_in(data: bytes) -> AnnualReport:
    return api.open_data("某局", data).report


def refusal(data: bytes) -> UnreadableError:
    with pytest.raises(UnreadableError) as caught:
        api.open_data("某局", data)
    return caught.value


def changed(change: Change, layout: Layout = one_per_sheet, edition: str = "2021") -> bytes:
    """The clean report in a layout, and then somebody does something to it."""
    book = openpyxl.load_workbook(io.BytesIO(laid_out(layout, clean_report(edition))))
    change(book)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def on_requests(change: Callable[[Worksheet], object]) -> Change:
    def do(book: openpyxl.Workbook) -> None:
        change(book[REQUESTS])

    return do


def put(cell: str, value: object) -> Change:
    def do(sheet: Worksheet) -> None:
        sheet[cell].value = value

    return on_requests(do)


def assert_no_value_is_wrong(found: AnnualReport, true: AnnualReport) -> int:
    """How many values are right; the others must not be there at all."""
    stated = {key: value for key, value in found.values.items() if value is not None}
    assert stated == {key: true.value(key) for key in stated}
    return len(stated)


# -- layouts -------------------------------------------------------------------------------


@pytest.mark.parametrize("edition", ["2021", "2019"])
@pytest.mark.parametrize("layout", LAYOUTS.values(), ids=LAYOUTS)
def test_every_value_is_found_whatever_the_layout(layout: Layout, edition: str) -> None:
    true = clean_report(edition)
    report = report_in(laid_out(layout, true))
    assert report.values == true.values
    assert (report.unit.name, report.year, report.edition) == (UNIT, true.year, edition)


def test_it_is_known_for_no_workbook_of_ours() -> None:
    [seen] = report_in(laid_out(all_on_one, clean_report())).saw(Seen.FOREIGN_WORKBOOK)
    assert seen.found == Kind.WORKBOOK.label


def test_a_check_says_so_and_checks_the_values_all_the_same(tmp_path: Path) -> None:
    path = tmp_path / "自制.xlsx"
    path.write_bytes(changed(put(f"J{ROW}", 1)))
    codes = {finding.code for finding in api.check(path).findings if finding.open_error}
    assert codes == {"SE01", "AR01", "AR02"}


def test_a_blank_cell_is_blank_and_zero_is_zero() -> None:
    def both(book: openpyxl.Workbook) -> None:
        put(f"D{ROW}", None)(book)
        put(f"E{ROW}", 0)(book)
        book[REQUESTS][f"E{ROW}"].number_format = '#,##0;-#,##0;"-"'

    report = report_in(changed(both))
    assert report.entries["requests.granted.natural_person"].kind is EntryKind.BLANK
    assert report.value("requests.granted.company") == 0


@pytest.mark.parametrize(
    ("value", "kind", "number"),
    [
        (12, EntryKind.NUMBER, 12),
        (12.0, EntryKind.NUMBER, 12),
        (0.1 + 0.2, EntryKind.NUMBER, "0.3"),
        ("12", EntryKind.NUMBER, 12),
        ("１２件", EntryKind.NUMBER, 12),
        ("　", EntryKind.BLANK, None),
        ("—", EntryKind.MARK, None),
        ("见附件", EntryKind.TEXT, None),
        (True, EntryKind.TEXT, None),
        ("#REF!", EntryKind.TEXT, None),
        (datetime.date(2023, 3, 1), EntryKind.UNKNOWN, None),
        (datetime.datetime(2023, 3, 1, 8, 30), EntryKind.UNKNOWN, None),  # noqa: DTZ001 — as a sheet has it
        (datetime.time(8, 30), EntryKind.UNKNOWN, None),
    ],
)
def test_what_stands_in_a_cell(value: object, kind: EntryKind, number: str | int | None) -> None:
    def change(book: openpyxl.Workbook) -> None:
        put(f"D{ROW}", value)(book)
        put(f"J{ROW}", TOTAL_WITHOUT_D)(book)

    entry = report_in(changed(change)).entries["requests.granted.natural_person"]
    assert entry.kind is kind
    assert entry.value == (None if number is None else Decimal(number))


def test_a_value_knows_its_place() -> None:
    place = report_in(changed(put("A1", None))).entries["requests.granted.company"].place
    assert place is not None
    assert (place.sheet, place.cell) == (f"工作表“{REQUESTS}”", f"第{ROW}行")


# -- formulas ------------------------------------------------------------------------------


def test_a_total_by_formula_is_computed_whatever_result_was_kept() -> None:
    def totals(sheet: Worksheet) -> None:
        for row in range(6, 32):
            if sheet.cell(row, 10).value is not None:
                sheet.cell(row, 10).value = f"=SUM(D{row}:I{row})+1"

    true = clean_report()
    assert report_in(changed(on_requests(totals))).values == true.values


def test_a_formula_among_the_figures_is_told_and_its_total_is_unknown() -> None:
    def formulas(book: openpyxl.Workbook) -> None:
        put(f"D{ROW}", "=1+2")(book)
        put(f"J{ROW}", f"=SUM(D{ROW}:I{ROW})")(book)

    entries = report_in(changed(formulas)).entries
    assert entries["requests.granted.natural_person"].kind is EntryKind.FORMULA
    assert entries["requests.granted.natural_person"].raw == "=1+2"
    assert entries["requests.granted.total"].kind is EntryKind.UNKNOWN


def _all_by_formula(book: openpyxl.Workbook) -> None:
    for sheet in book.worksheets:
        for line in sheet.iter_rows():
            for cell in line:
                if isinstance(cell.value, (int, float)):
                    cell.value = "=[1]汇总!A1"


def test_a_workbook_of_formulas_only_is_refused() -> None:
    error = refusal(changed(_all_by_formula))
    assert error.code == "SE01"
    assert "都是公式" in error.message
    assert "选择性粘贴" in error.fix


def test_a_sheet_that_repeats_others_by_formula_is_left_aside() -> None:
    def repeat(book: openpyxl.Workbook) -> None:
        for sheet in list(book.worksheets):
            book.copy_worksheet(sheet)
        for sheet in book.worksheets[3:]:
            for line in sheet.iter_rows():
                for cell in line:
                    if isinstance(cell.value, (int, float)):
                        cell.value = f"={REQUESTS}!A1"

    data = changed(repeat)
    assert report_in(data).values == clean_report().values
    assert [said for said in read_spreadsheet(data).remarks if "都是公式" in said]


# -- what is not shown ---------------------------------------------------------------------


def test_a_hidden_sheet_does_not_count() -> None:
    def hide_another_year(book: openpyxl.Workbook) -> None:
        for sheet in list(book.worksheets):
            copy = book.copy_worksheet(sheet)
            copy.sheet_state = "hidden"
            for line in copy.iter_rows():
                for cell in line:
                    if isinstance(cell.value, (int, float)):
                        cell.value += 1

    data = changed(hide_another_year)
    assert report_in(data).values == clean_report().values
    assert sum("是隐藏的" in said for said in read_spreadsheet(data).remarks) == 3


def test_hidden_rows_and_columns_are_unknown() -> None:
    def hide(sheet: Worksheet) -> None:
        sheet.row_dimensions[ROW].hidden = True
        sheet.column_dimensions["E"].hidden = True

    report = report_in(changed(on_requests(hide)))
    assert report.entries["requests.granted.social"].kind is EntryKind.UNKNOWN
    assert report.entries["requests.new.company"].kind is EntryKind.UNKNOWN
    assert_no_value_is_wrong(report, clean_report())


def test_one_figure_in_two_merged_cells_is_neithers() -> None:
    entries = report_in(
        changed(on_requests(lambda sheet: sheet.merge_cells(f"D{ROW}:E{ROW}")))
    ).entries
    for column in ("natural_person", "company"):
        assert entries[f"requests.granted.{column}"].kind is EntryKind.UNKNOWN


# -- whose and of which year ---------------------------------------------------------------


def _without_title(book: openpyxl.Workbook) -> None:
    for sheet in book.worksheets:
        sheet["A1"] = None


def facts_of(*lines: tuple[str | int, ...], name: str = "封面") -> tuple[str, int]:
    def change(book: openpyxl.Workbook) -> None:
        _without_title(book)
        sheet = book.create_sheet(name, 0)
        for line in lines:
            sheet.append(line)

    report = report_in(changed(change))
    return report.unit.name, report.year


@pytest.mark.parametrize(
    "lines",
    [
        (("单位名称", "某某局"), ("报告年度", 2023)),
        (("填报单位：某某局", "年份：2023年"),),
        (("填报单位 ：某某局",), ("2023 年政府信息公开工作年度报告",)),
        (("某某局2023年政府信息公开工作年度报告",),),
        (("某某局",), ("机关名称", "某某局"), ("年度", "2023年度")),
    ],
)
def test_unit_and_year_stand_in_cells_of_their_own(
    lines: tuple[tuple[str | int, ...], ...],
) -> None:
    assert facts_of(*lines) == ("某某局", 2023)


def test_the_year_may_be_the_name_of_a_sheet() -> None:
    assert facts_of(("单位", "某某局"), name="2023年") == ("某某局", 2023)


def test_what_is_said_in_two_ways_is_not_known() -> None:
    both = ("单位名称", "某某局"), ("填报单位", "某局"), ("年度", 2023), ("年份", 2022)
    assert facts_of(*both) == ("", 0)


def test_without_unit_and_year_a_check_says_so(tmp_path: Path) -> None:
    path = tmp_path / "表.xlsx"
    path.write_bytes(changed(_without_title))
    checked = api.check(path)
    assert (checked.unit, checked.year) == (None, None)
    assert "IN12" in {finding.code for finding in checked.findings}


def test_a_spreadsheet_has_no_text() -> None:
    report = report_in(laid_out(all_on_one, clean_report()))
    assert (dict(report.narrative), report.headings, report.signed.by) == ({}, (), "")


# -- no report -----------------------------------------------------------------------------


def _filled(*lines: tuple[str | int, ...]) -> bytes:
    def layout(book: openpyxl.Workbook, _: AnnualReport) -> None:
        for line in lines:
            book.worksheets[0].append(line)

    return laid_out(layout, clean_report())


NO_REPORTS = {
    "a budget": _filled(
        ("项目", "预算数", "决算数"), ("一、一般公共服务支出", 12, 13), ("合计", 12, 13)
    ),
    "a list of names": _filled(
        ("序号", "单位名称", "联系人"), (1, "甲局", "张三"), (2, "乙局", "李四")
    ),
    "an empty workbook": _filled(),
    "a report of 2016": _filled(
        ("指标名称", "计量单位", "统计数"),
        ("一、主动公开情况", "", ""),
        ("（一）主动公开政府信息数", "条", 1200),
        ("四、依申请公开情况", "", ""),
        ("（一）收到申请数", "件", 12),
        ("六、机构建设和保障经费情况", "", ""),
        ("（一）政府信息公开工作专门机构数", "个", 1),
    ),
}


@pytest.mark.parametrize("data", NO_REPORTS.values(), ids=NO_REPORTS)
def test_what_is_no_report_is_refused_with_what_was_looked_for(data: bytes) -> None:
    error = refusal(data)
    assert error.code == "SE01"
    assert error.message.startswith("这不是下发的填报表。")
    assert "法定表格" in error.message
    assert error.fix


def test_rows_for_columns_are_not_guessed() -> None:
    def transpose(book: openpyxl.Workbook) -> None:
        for sheet in list(book.worksheets):
            turned = book.create_sheet(f"转置{sheet.title}")
            for line in sheet.iter_rows():
                for cell in line:
                    turned.cell(cell.column or 1, cell.row or 1).value = cell.value
            book.remove(sheet)

    try:
        report = report_in(changed(transpose))
    except UnreadableError:
        return
    assert_no_value_is_wrong(report, clean_report())


def test_a_row_that_stands_there_twice_is_neither() -> None:
    def twice(sheet: Worksheet) -> None:
        sheet["A6"].value = sheet["A7"].value

    report = report_in(changed(on_requests(twice)))
    assert report.entries["requests.carried_in.company"].kind is EntryKind.UNKNOWN
    assert_no_value_is_wrong(report, clean_report())


# -- variants ------------------------------------------------------------------------------


def _shift_figures(sheet: Worksheet, row: int, columns: int) -> None:
    """The figures of a row one column off their heads."""
    figures = [cell for cell in sheet[row] if isinstance(cell.value, (int, float))]
    if figures and figures[0].column + columns > 0:
        sheet.move_range(f"{figures[0].coordinate}:{figures[-1].coordinate}", cols=columns)


def _disturb(sheet: Worksheet, chance: random.Random) -> None:
    """Something that happens to tables when they are copied about."""
    row, column = chance.randint(3, 30), chance.randint(2, 11)
    what = chance.choice(("row", "no row", "no column", "column", "shift", "merge", "text"))
    cell = sheet.cell(row, column)
    if what == "row":
        sheet.insert_rows(row)
    elif what == "no row":
        sheet.delete_rows(row)
    elif what == "column":
        sheet.insert_cols(column)
    elif what == "no column":
        sheet.delete_cols(column)
    elif what == "shift":
        _shift_figures(sheet, row, chance.choice((-1, 1)))
    elif what == "merge" and isinstance(cell.value, (int, float)):
        sheet.merge_cells(start_row=row, start_column=column, end_row=row, end_column=column + 1)
    elif isinstance(cell.value, str):
        cell.value = cell.value[: len(cell.value) // 2]


@pytest.mark.parametrize("seed", range(24))
def test_a_disturbed_layout_gives_right_values_or_none(seed: int) -> None:
    chance = random.Random(seed)
    layout = chance.choice(list(LAYOUTS.values()))

    def disturb(book: openpyxl.Workbook) -> None:
        for sheet in book.worksheets:
            sheet.merged_cells.ranges.clear()
            for _ in range(3):
                _disturb(sheet, chance)

    data = changed(disturb, layout)
    try:
        report = report_in(data)
    except UnreadableError:
        return
    assert_no_value_is_wrong(report, clean_report())


# -- .xls and .ods -------------------------------------------------------------------------


def cells_in(data: bytes) -> dict[tuple[int, int], str]:
    """Texts of the one table there is, blank cells left out."""
    [table] = tables_in(read_spreadsheet(data))
    return {(cell.row, cell.column): cell.text for cell in table.cells if cell.text}


def tables_in(document: Document) -> list[Table]:
    return [block for block in document.blocks if isinstance(block, Table)]


def test_an_xls_shows_values_errors_and_that_a_formula_is_one() -> None:
    records = [
        old.label((0, 0), "自然人"),
        old.number((0, 1), 96171.600000000006),
        old.formula((1, 0), 7),
        old.error((1, 1), 0x17),
    ]
    assert cells_in(old.xls({"表": records})) == {
        (0, 0): "自然人",
        (0, 1): "96171.6",
        (1, 0): "=（公式）",
        (1, 1): "#REF!",
    }


def test_what_an_xls_hides_is_not_there() -> None:
    records = [
        old.hidden_columns(2, 3),
        old.hidden_row(1),
        *(old.number((row, column), row * 10 + column) for row in range(3) for column in range(4)),
        old.merged(2, 0, 2, 1),
    ]
    data = old.xls({"表": records, "底稿": [old.number((0, 0), 1)]}, hidden=["底稿"])
    assert cells_in(data) == {(0, 0): "0", (0, 1): "1", (2, 0): "20"}
    assert [cell.columns for cell in tables_in(read_spreadsheet(data))[0].cells] == [1, 1, 2]
    assert len(read_spreadsheet(data).remarks) == 2


def test_a_merged_cell_of_which_a_part_is_hidden_is_still_seen() -> None:
    records = [
        old.hidden_columns(0, 1),
        *(old.number((row, column), row * 10 + column) for row in range(2) for column in range(4)),
        old.merged(0, 1, 0, 2),
    ]
    assert cells_in(old.xls({"表": records})) == {
        (0, 0): "1",
        (0, 1): "3",
        (1, 0): "12",
        (1, 1): "13",
    }


def test_an_ods_shows_values_and_that_a_formula_is_one() -> None:
    rows = [
        old.row(old.cell("自 然人"), old.figure("96171.6", "96,171.60")),
        old.row(old.figure("7", "7", 'table:formula="of:=[.A1]+1"'), old.cell("#REF!")),
        old.row(
            old.cell("x", 'office:value-type="boolean" office:boolean-value="true"'),
            old.cell("3月1日", 'office:value-type="date" office:date-value="2023-03-01"'),
        ),
        old.row(
            '<table:table-cell><text:p>甲<text:s text:c="2"/>乙<text:span>丙</text:span></text:p>'
            "<text:p>丁</text:p></table:table-cell>"
        ),
    ]
    assert cells_in(old.ods(old.table(*rows))) == {
        (0, 0): "自 然人",
        (0, 1): "96171.6",
        (1, 0): "=[.A1]+1",
        (1, 1): "#REF!",
        (2, 0): "TRUE",
        (2, 1): "2023年3月1日",
        (3, 0): "甲  乙丙\n丁",
    }


def test_what_an_ods_repeats_stands_there_so_often_and_what_it_hides_does_not() -> None:
    many = 'table:number-rows-repeated="1048000" table:number-columns-repeated="16000"'
    rows = [
        old.row(old.figure("5", attributes='table:number-columns-repeated="2"')),
        old.row(old.figure("6"), attributes='table:visibility="collapse"'),
        old.row(old.figure("7"), attributes='table:number-rows-repeated="2"'),
        old.row(old.cell("合", 'table:number-columns-spanned="2"'), old.covered("盖")),
        old.row(old.cell("", many), attributes='table:number-rows-repeated="1000000"'),
    ]
    column = "<table:table-column/>"
    columns = column * 2 + column.replace("/", ' table:visibility="collapse"/')
    data = old.ods(old.table(*rows, columns=columns))
    assert cells_in(data) == {
        (0, 0): "5",
        (0, 1): "5",
        (2, 0): "7",
        (3, 0): "7",
        (4, 0): "合",
    }


def test_a_hidden_sheet_of_an_ods_does_not_count() -> None:
    styles = (
        '<style:style style:name="h" style:family="table">'
        '<style:table-properties table:display="false"/></style:style>'
    )
    shown, hidden = old.row(old.cell("甲"), old.figure("1")), old.row(old.figure("2"))
    data = old.ods(old.table(shown), old.table(hidden, name="底稿", style="h"), styles=styles)
    assert cells_in(data) == {(0, 0): "甲", (0, 1): "1"}
    assert read_spreadsheet(data).remarks == ("工作表“底稿”是隐藏的，没有读取",)


@pytest.mark.office
@pytest.mark.parametrize("suffix", ["xls", "ods", "xlsx"])
def test_every_value_is_found_after_libreoffice_wrote_the_file(
    suffix: str, libreoffice: LibreOffice, tmp_path: Path
) -> None:
    true, sources = clean_report(), []
    for number, layout in enumerate(LAYOUTS.values()):
        sources.append(tmp_path / f"{number}.xlsx")
        sources[-1].write_bytes(laid_out(layout, true))
    for made in libreoffice.convert(sources, suffix, tmp_path / suffix):
        report = api.read(made)
        assert report.values == true.values, made
        assert (report.unit.name, report.year) == (UNIT, true.year)


@pytest.mark.office
@pytest.mark.parametrize("suffix", ["xls", "ods"])
def test_a_workbook_of_ours_in_another_format_keeps_its_figures(
    suffix: str, libreoffice: LibreOffice, tmp_path: Path
) -> None:
    true = replace(clean_report(), unit=Unit("某某局", "01"))
    book = tmp_path / "填报表.xlsx"
    source = write_json(true, tmp_path / "某某局.json")
    book.write_bytes(api.new(api.Issue(), values=source).data)
    [made] = libreoffice.convert([book], suffix, tmp_path / suffix)

    report = api.read(made)

    assert report.values == true.values
    assert (report.unit.name, report.year) == ("某某局", true.year)
    assert report.saw(Seen.FOREIGN_WORKBOOK)


@pytest.mark.office
def test_our_printout_pasted_as_values_is_read(libreoffice: LibreOffice, tmp_path: Path) -> None:
    true = clean_report()
    book = tmp_path / "填报表.xlsx"
    book.write_bytes(api.new(api.Issue(), values=write_json(true, tmp_path / "a.json")).data)
    [computed] = libreoffice.convert([book], "xlsx", tmp_path / "算好")
    printout = openpyxl.load_workbook(computed, data_only=True)["打印稿"]
    plain = openpyxl.Workbook()
    for line in printout.iter_rows():
        for cell in line:
            if cell.value is not None:
                plain.worksheets[0].cell(cell.row or 1, cell.column or 1).value = cell.value
    for area in printout.merged_cells.ranges:
        plain.worksheets[0].merge_cells(str(area))
    plain.save(tmp_path / "粘贴.xlsx")

    assert api.read(tmp_path / "粘贴.xlsx").values == true.values


# -- hostile and damaged -------------------------------------------------------------------


def _with_a_part(data: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as given, zipfile.ZipFile(buffer, "w") as made:
        for member in given.infolist():
            part = given.read(member)
            made.writestr(member, change(part) if member.filename == name else part)
    return buffer.getvalue()


def _merged_to_the_end(part: bytes) -> bytes:
    return part.replace(b'ref="A3:C5"', b'ref="A3:XFD1048576"', 1)


def _with_entities(part: bytes) -> bytes:
    return part.replace(b"<worksheet", b'<!DOCTYPE x [<!ENTITY a "a">]><worksheet', 1)


CLEAN = laid_out(one_per_sheet, clean_report())
FIRST = "xl/worksheets/sheet2.xml"
HOSTILE = {
    "everything merged": (_with_a_part(CLEAN, FIRST, _merged_to_the_end), "FI05"),
    "entities": (_with_a_part(CLEAN, FIRST, _with_entities), "FI04"),
    "a cut part": (_with_a_part(CLEAN, "xl/styles.xml", lambda part: part[:200]), "FI04"),
    "a part of 17 MB": (
        _with_a_part(
            CLEAN, FIRST, lambda part: part + random.Random(0).randbytes(2) * 2**23 + b" " * 2**20
        ),
        "FI05",
    ),
    "an xls with a password": (
        old.xls({"表": []}, head=old.record(old.FILEPASS, b"\0" * 6)),
        "FI02",
    ),
    "an xls with a cell far away": (
        old.xls({"表": [old.number((0, 0), 1), old.number((65535, 255), 1)]}),
        "FI05",
    ),
    "an xls without sheets": (old.xls({}), "FI04"),
    "an xls of noise": (old.xls({"表": [random.Random(1).randbytes(4000)]}), ""),
    "an ods of endless rows": (
        old.ods(
            old.table(old.row(old.figure("1"), attributes='table:number-rows-repeated="1048576"'))
        ),
        "",
    ),
    "an ods of endless columns": (
        old.ods(
            old.table(old.row(old.figure("1", attributes='table:number-columns-repeated="16384"')))
        ),
        "",
    ),
    "an ods that is no XML": (old.ods("<broken"), "FI04"),
}


@pytest.mark.parametrize(("data", "code"), HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_file_is_refused(data: bytes, code: str) -> None:
    with pytest.raises(UnreadableError) as caught:
        report_of_foreign(data)
    if code:
        assert caught.value.code == code
    assert caught.value.fix


def report_of_foreign(data: bytes) -> AnnualReport:
    return report_in(data)


def test_a_ledger_beside_the_tables_is_left_aside() -> None:
    def add(book: openpyxl.Workbook) -> None:
        ledger = book.create_sheet("台账")
        for number in range(4000):
            ledger.append([number] * 6)

    data = changed(add)
    assert report_in(data).values == clean_report().values
    assert read_spreadsheet(data).remarks == ("工作表“台账”过大，没有读取",)


def test_a_password_is_a_refusal_by_the_reader_too() -> None:
    data = old.xls({"表": []}, head=old.record(old.FILEPASS, b"\0" * 6))
    with pytest.raises(RefusedError, match="打开密码"):
        read_spreadsheet(data)
