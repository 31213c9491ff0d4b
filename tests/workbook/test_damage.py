"""Damaged workbooks: the damage is named, values are found by their labels or not at all."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from openpyxl.workbook import Workbook

from gk_xlsx.findings import Finding, Severity
from gk_xlsx.report import AnnualReport
from gk_xlsx.resources import form
from tests.made import found_in_figures
from tests.workbook.books import Typed, cell_of, edited, properties, read, with_cells

REQUESTS, DISPUTES, PROACTIVE = "三、申请办理", "四、复议诉讼", "二、主动公开"
Damage = Callable[[Workbook], None]


def findings(report: AnnualReport) -> tuple[Finding, ...]:
    return found_in_figures(report)


def codes(report: AnnualReport) -> list[str]:
    return [finding.code for finding in findings(report)]


def wrong(report: AnnualReport, clean: AnnualReport) -> list[str]:
    """Fields with another value than the one that was filled in; unknown is not wrong."""
    values = report.values
    return [key for key, value in values.items() if value not in (None, clean.value(key))]


def unknown(report: AnnualReport) -> set[str]:
    return {key for key, value in report.values.items() if value is None}


# -- formulas and labels -------------------------------------------------------------------


def test_a_total_typed_over_is_found_with_the_recomputed_value(
    book: bytes, clean: AnnualReport
) -> None:
    report = read(with_cells(book, {cell_of("requests.concluded.total"): 58}))
    [finding] = findings(report)
    total = clean.value("requests.concluded.total")
    assert (finding.code, finding.fields) == ("SE04", ("requests.concluded.total",))
    assert finding.right == total
    assert "J29" in finding.message
    assert "“58”" in finding.message
    assert str(total) in finding.message
    assert report.value("requests.concluded.total") == total


def test_a_deleted_formula_is_found(book: bytes) -> None:
    [finding] = findings(read(with_cells(book, {cell_of("disputes.review.total"): None})))
    assert finding.code == "SE04"
    assert "公式被删除" in finding.message


def test_another_formula_is_found(book: bytes) -> None:
    report = read(with_cells(book, {cell_of("disputes.review.total"): "=SUM(A6:C6)"}))
    [finding] = findings(report)
    assert finding.code == "SE04"
    assert "“=SUM(A6:C6)”" in finding.message


def test_a_formula_written_with_other_blanks_and_dollars_is_the_same(book: bytes) -> None:
    sheet, address = cell_of("disputes.review.total")

    def respell(open_book: Workbook) -> None:
        cell = open_book[sheet][address]
        cell.value = str(cell.value).lower().replace(",", ", ").replace("a6", "$A$6")

    assert codes(read(edited(book, respell))) == []


def test_a_table_rewritten_as_values_is_one_finding(book: bytes) -> None:
    fields = [key for key in form("2021").computed if key.startswith("requests.")]
    [finding] = findings(read(with_cells(book, {cell_of(key): 1 for key in fields})))
    assert (finding.code, len(finding.fields)) == ("SE04", len(fields))


def test_a_changed_label_is_found_and_the_values_are_read(book: bytes, clean: AnnualReport) -> None:
    report = read(with_cells(book, {(REQUESTS, "B9"): "（二）部分公开或不公开"}))
    [finding] = findings(report)
    assert finding.code == "SE03"
    assert "三、申请办理 B9" in finding.message
    assert "现为“（二）部分公开或不公开”" in finding.message
    assert report.values == clean.values


@pytest.mark.parametrize("label", [None, "", "商业企业 ", "企业", 5])
def test_any_change_of_a_column_head_is_found(
    label: Typed, book: bytes, clean: AnnualReport
) -> None:
    report = read(with_cells(book, {(REQUESTS, "E5"): label}))
    assert codes(report) == ["SE03"]
    assert report.values == clean.values


def test_two_rows_changed_over_are_read_by_their_labels(book: bytes, clean: AnnualReport) -> None:
    def swap(open_book: Workbook) -> None:
        sheet = open_book[REQUESTS]
        for column in "CDEFGHI":
            sheet[f"{column}10"].value, sheet[f"{column}11"].value = (
                sheet[f"{column}11"].value,
                sheet[f"{column}10"].value,
            )

    report = read(edited(book, swap))
    assert codes(report) == ["SE05"]
    assert report.values == clean.values


# -- rows and columns ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sheet", "row"),
    [(REQUESTS, row) for row in (1, 3, 6, 10, 20, 29)]
    + [(DISPUTES, row) for row in (1, 3, 5, 6)]
    + [(PROACTIVE, row) for row in (1, 4, 5, 9, 16)],
)
def test_an_inserted_row_is_found_and_the_values_too(
    sheet: str, row: int, book: bytes, clean: AnnualReport
) -> None:
    report = read(edited(book, lambda open_book: open_book[sheet].insert_rows(row)))
    [finding] = findings(report)
    assert (finding.code, finding.severity) == ("SE05", Severity.WARNING)
    assert sheet in finding.message
    assert report.values == clean.values


@pytest.mark.parametrize(
    ("sheet", "column"),
    [(REQUESTS, column) for column in (1, 4, 6, 10)]
    + [(DISPUTES, column) for column in (1, 8, 15)]
    + [(PROACTIVE, column) for column in (1, 2)],
)
def test_an_inserted_column_is_found_and_the_values_too(
    sheet: str, column: int, book: bytes, clean: AnnualReport
) -> None:
    report = read(edited(book, lambda open_book: open_book[sheet].insert_cols(column)))
    [finding] = findings(report)
    assert (finding.code, finding.severity) == ("SE05", Severity.WARNING)
    assert report.values == clean.values


def test_a_deleted_row_is_an_error_and_only_its_values_are_unknown(
    book: bytes, clean: AnnualReport
) -> None:
    report = read(edited(book, lambda open_book: open_book[REQUESTS].delete_rows(11)))
    [finding] = findings(report)
    assert (finding.code, finding.severity) == ("SE05", Severity.ERROR)
    assert "2.其他法律行政法规禁止公开" in finding.message
    assert wrong(report, clean) == []
    assert {key.rpartition(".")[0] for key in unknown(report)} == {
        "requests.refused.other_law",
        "requests.concluded",
    }


def test_a_deleted_column_is_an_error_and_only_its_values_are_unknown(
    book: bytes, clean: AnnualReport
) -> None:
    report = read(edited(book, lambda open_book: open_book[REQUESTS].delete_cols(5)))
    [finding] = findings(report)
    assert (finding.code, finding.severity) == ("SE05", Severity.ERROR)
    assert "商业企业" in finding.message
    assert wrong(report, clean) == []
    assert {key.rpartition(".")[2] for key in unknown(report)} == {"company", "total"}


@pytest.mark.parametrize("column", range(1, 15))
def test_a_deleted_column_of_repeated_heads_is_never_guessed(
    column: int, book: bytes, clean: AnnualReport
) -> None:
    report = read(edited(book, lambda open_book: open_book[DISPUTES].delete_cols(column)))
    assert codes(report) == ["SE05"]
    assert wrong(report, clean) == []


def test_the_last_column_deleted_looks_like_one_that_was_emptied(
    book: bytes, clean: AnnualReport
) -> None:
    report = read(edited(book, lambda open_book: open_book[DISPUTES].delete_cols(15)))
    assert codes(report) == ["SE03", "SE04"]
    assert report.values == clean.values


@pytest.mark.parametrize("sheet", [REQUESTS, DISPUTES, PROACTIVE])
@pytest.mark.parametrize("row", range(1, 31, 3))
def test_a_deleted_row_never_gives_a_wrong_value(
    sheet: str, row: int, book: bytes, clean: AnnualReport
) -> None:
    report = read(edited(book, lambda open_book: open_book[sheet].delete_rows(row)))
    assert wrong(report, clean) == []


# -- sheets --------------------------------------------------------------------------------


def renamed(old: str, new: str) -> Damage:
    def rename(open_book: Workbook) -> None:
        open_book[old].title = new

    return rename


def deleted(name: str) -> Damage:
    def delete(open_book: Workbook) -> None:
        del open_book[name]

    return delete


@pytest.mark.parametrize("sheet", [REQUESTS, DISPUTES, PROACTIVE])
def test_a_renamed_table_is_found_by_its_labels(
    sheet: str, book: bytes, clean: AnnualReport
) -> None:
    report = read(edited(book, renamed(sheet, "Sheet9")))
    [finding] = findings(report)
    assert (finding.code, finding.severity) == ("SE05", Severity.WARNING)
    assert "“Sheet9”" in finding.message
    assert report.values == clean.values


def test_two_tables_with_their_names_changed_over_are_found(
    book: bytes, clean: AnnualReport
) -> None:
    def swap(open_book: Workbook) -> None:
        one, other = open_book[REQUESTS], open_book[DISPUTES]
        one.title, other.title = "x", REQUESTS
        one.title = DISPUTES

    report = read(edited(book, swap))
    assert codes(report) == ["SE05", "SE05"]
    assert report.values == clean.values


@pytest.mark.parametrize("sheet", [REQUESTS, DISPUTES, PROACTIVE])
def test_a_deleted_table_is_one_finding(sheet: str, book: bytes, clean: AnnualReport) -> None:
    report = read(edited(book, deleted(sheet)))
    [finding] = findings(report)
    assert (finding.code, finding.severity) == ("IN09", Severity.ERROR)
    assert sheet in finding.message
    assert wrong(report, clean) == []


def test_the_printout_is_never_taken_for_a_deleted_table(book: bytes) -> None:
    def damage(open_book: Workbook) -> None:
        del open_book[REQUESTS]
        open_book["打印稿"].title = "三"

    assert codes(read(edited(book, damage))) == ["IN09", "SE05"]


@pytest.mark.parametrize("sheet", ["填写说明", "基本信息", "文字部分", "自查结果", "打印稿"])
def test_another_deleted_sheet_is_a_warning(sheet: str, book: bytes, clean: AnnualReport) -> None:
    report = read(edited(book, deleted(sheet)))
    [finding] = findings(report)
    assert (finding.code, finding.severity) == ("SE05", Severity.WARNING)
    assert f"“{sheet}”" in finding.message
    assert (report.values, report.unit, report.year) == (clean.values, clean.unit, clean.year)


def test_without_the_hidden_sheet_last_year_is_lost_and_that_is_an_error(
    book: bytes, clean: AnnualReport
) -> None:
    report = read(edited(book, deleted("gk")))
    [finding] = findings(report)
    assert (finding.code, finding.severity) == ("SE05", Severity.ERROR)
    assert (report.values, report.unit) == (clean.values, clean.unit)


def test_inserted_and_deleted_sheets_are_one_finding(book: bytes) -> None:
    def damage(open_book: Workbook) -> None:
        del open_book["参考句"]
        open_book.create_sheet("草稿")

    [finding] = findings(read(edited(book, damage)))
    assert finding.code == "SE05"
    assert "“参考句”" in finding.message
    assert "“草稿”" in finding.message


# -- protection, version -------------------------------------------------------------------


def test_protection_taken_off_is_a_note(book: bytes) -> None:
    def unlock(open_book: Workbook) -> None:
        open_book[REQUESTS].protection.sheet = False
        open_book.security = None

    [finding] = findings(read(edited(book, unlock)))
    assert (finding.code, finding.severity) == ("SE06", Severity.NOTE)
    assert finding.message == "保护已取消：三、申请办理、工作簿结构。"


def test_another_template_version_is_a_warning_and_read_by_labels(
    book: bytes, clean: AnnualReport
) -> None:
    def age(open_book: Workbook) -> None:
        for row in open_book["gk"].iter_rows(max_col=2):
            if row[0].value == "template":
                row[1].value = "0"
        properties(open_book)["gk.template"].value = "0"
        open_book.defined_names["gk_template"].attr_text = '"0"'
        open_book[REQUESTS].insert_rows(2)

    report = read(edited(book, age))
    assert codes(report) == ["SE02", "SE05"]
    assert report.values == clean.values
