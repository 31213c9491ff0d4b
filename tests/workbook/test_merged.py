"""A merged workbook read back: units, sums, adjustments, and what was changed in it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from gk_xlsx.findings import Finding, Severity
from gk_xlsx.merged import Merged
from gk_xlsx.plan.layout import DETAIL, SOURCES
from gk_xlsx.plan.merged_layout import (
    CODE,
    FIRST_FIGURE,
    HEAD_ROWS,
    NAME,
    TOTAL_MARK,
    detail_of,
)
from gk_xlsx.plan.model import Address
from gk_xlsx.report import AnnualReport, EntryKind, Signed
from gk_xlsx.resources import form
from gk_xlsx.rules import judge
from gk_xlsx.units import Scope
from gk_xlsx.workbook.read import ForeignWorkbookError, NotMergedError, read_merged
from tests.made import clean_report
from tests.office.libreoffice import LibreOffice
from tests.rollup.districts import FORM
from tests.workbook.books import cell_of, edited, issued, read, with_cells
from tests.workbook.merged_books import (
    adjusted_cell,
    book_of,
    clean_merge,
    gaps_merge,
    read_back,
    unit_cell,
)


@pytest.fixture(scope="module")
def clean() -> Merged:
    return clean_merge()


@pytest.fixture(scope="module")
def clean_book(clean: Merged) -> bytes:
    return book_of(clean)


@pytest.fixture(scope="module")
def gaps() -> Merged:
    return gaps_merge()


@pytest.fixture(scope="module")
def gaps_book(gaps: Merged) -> bytes:
    return book_of(gaps)


def errors(report: AnnualReport) -> list[Finding]:
    return [item for item in judge(report, FORM) if item.severity is Severity.ERROR]


def codes(report: AnnualReport) -> list[str]:
    return [item.code for item in errors(report)]


def sums(merged: Merged) -> dict[str, Decimal | None]:
    return {key: entry.value for key, entry in merged.entries.items()}


@pytest.mark.parametrize("made", [clean_merge, gaps_merge])
def test_a_merge_is_read_back_as_it_was(made: object) -> None:
    merged = gaps_merge() if made is gaps_merge else clean_merge()

    back = read_back(book_of(merged))

    assert sums(back) == sums(merged)
    assert [item.reason for item in back.entries.values()] == [
        item.reason for item in merged.entries.values()
    ]
    for own, theirs in zip((*back.counted, *back.aside), (*merged.counted, *merged.aside),
                           strict=True):  # fmt: skip
        assert replace(own, explanation="", remark="") == replace(
            theirs, explanation="", remark="", last=None, carried={}
        )
    assert back.adjustments == merged.adjustments
    assert (back.missing, back.by_roster) == (merged.missing, merged.by_roster)


def test_the_report_is_of_the_area_with_parts_last_year_and_places(
    clean: Merged, clean_book: bytes
) -> None:
    report = read(clean_book)

    assert (report.unit.name, report.year, report.scope) == ("示例市", 2025, Scope.AREA)
    assert report.parts == clean.report.parts
    assert report.last_year == clean.report.last_year
    place = report.entries["requests.new.total"].place
    assert place is not None
    assert (place.sheet, place.cell) == cell_of("requests.new.total")


def test_a_merged_workbook_without_gaps_has_no_errors(clean_book: bytes) -> None:
    assert codes(read(clean_book)) == []


def test_what_a_merge_lacks_is_found_by_a_check(gaps_book: bytes) -> None:
    found = errors(read(gaps_book))

    assert [item.code for item in found] == ["RO08", "RO08", "RO13", "RO14"]
    assert "原因在：示例市示例00局 1 格" in found[0].message
    assert "示例镇、示例乡（文件不能读取）" in found[2].message
    assert "“来电更正”" in found[3].message


def test_text_title_and_signature_are_read(clean: Merged) -> None:
    report = replace(
        clean.report,
        narrative={"overview": "第一段。\n\n第二段。"},
        title="示例市 2025 年报告",
        signed=Signed("示例市人民政府", "2026-03-01"),
    )

    back = read(book_of(replace(clean, report=report)))

    assert dict(back.narrative) == dict(report.narrative)
    assert (back.title, back.signed) == (report.title, report.signed)


# -- what was changed ----------------------------------------------------------------------


def test_a_sum_replaced_by_a_number_is_found_and_not_believed(
    clean: Merged, clean_book: bytes
) -> None:
    report = read(with_cells(clean_book, {cell_of("requests.new.natural_person"): 1}))

    found = errors(report)
    assert [item.code for item in found] == ["SE04"]
    right = clean.entries["requests.new.natural_person"].value
    assert (found[0].fields[0], found[0].right) == ("requests.new.natural_person", right)
    assert report.value("requests.new.natural_person") == right


def test_a_sum_that_leaves_a_unit_out_is_found(clean: Merged, clean_book: bytes) -> None:
    sheet, cell = cell_of("disputes.review.other")
    detail = detail_of(clean)
    shorter = detail.figure(FORM.fields["disputes.review.other"]).replace("$8:", "$9:")

    report = read(with_cells(clean_book, {(sheet, cell): f"={shorter}"}))

    assert [item.code for item in errors(report)] == ["SE04"]


def test_a_units_figure_that_was_changed_is_found(clean: Merged, clean_book: bytes) -> None:
    cell = unit_cell(clean, 2, "disputes.review.other")

    found = errors(read(with_cells(clean_book, {cell: 77})))

    assert [item.code for item in found] == ["SE04"]
    assert "“明细”里“示例市示例02局”这一行" in found[0].message


def test_a_units_total_that_was_changed_is_found(clean: Merged, clean_book: bytes) -> None:
    cell = unit_cell(clean, 0, "requests.new.total")
    report = read(with_cells(clean_book, {cell: 1}))

    assert codes(report) == ["SE04"]
    assert report.value("requests.new.total") == clean.entries["requests.new.total"].value


def test_a_unit_that_was_deleted_is_found(clean_book: bytes) -> None:
    def delete(book: Workbook) -> None:
        book[DETAIL].delete_rows(9)

    found = [item.message for item in errors(read(edited(clean_book, delete)))
             if item.code == "SE04"]  # fmt: skip

    assert any("第 2 份" in message for message in found)


def test_without_its_detail_nothing_is_known(clean_book: bytes) -> None:
    def delete(book: Workbook) -> None:
        del book[DETAIL]

    report = read(edited(clean_book, delete))

    assert {entry.kind for entry in report.entries.values()} == {EntryKind.UNKNOWN}
    assert "SE05" in [item.code for item in judge(report, FORM)]


def test_without_its_sources_nobody_is_taken_for_present(gaps: Merged, gaps_book: bytes) -> None:
    def delete(book: Workbook) -> None:
        del book[SOURCES]

    told = [item.message for item in errors(read(edited(gaps_book, delete))) if item.code == "SE04"]

    assert told == [
        "汇总表“来源与调整”与汇总时不同：缺报单位原有 2 个，现在读出 0 个。",
        "汇总表“来源与调整”与汇总时不同：下级汇总所含的报告原有 1 份，现在读出 0 份。",
    ]
    assert len(gaps.missing) == 2


def test_a_missing_report_that_was_taken_off_the_list_is_found(gaps_book: bytes) -> None:
    def clear(book: Workbook) -> None:
        for row in book[SOURCES].iter_rows():
            if "示例乡" in [cell.value for cell in row]:
                for cell in row:
                    if cell.value is not None:
                        cell.value = None

    found = errors(read(edited(gaps_book, clear)))

    assert "缺报单位原有 2 个，现在读出 1 个" in "".join(item.message for item in found)


def test_an_ordinary_workbook_is_no_merged_one() -> None:
    with pytest.raises(NotMergedError, match="不是汇总表"):
        read_merged(issued(clean_report()), form)


def test_a_workbook_of_others_is_no_merged_one() -> None:
    def rewrite(book: Workbook) -> None:
        for name in list(book.sheetnames):
            if name != "填写说明":
                del book[name]
        for name in list(book.defined_names):
            del book.defined_names[name]
        book.custom_doc_props.props = []  # type: ignore[attr-defined]  # left out of its types

    with pytest.raises(ForeignWorkbookError):
        read_merged(edited(issued(clean_report()), rewrite), form)


# -- adjustments typed in ------------------------------------------------------------------


def typed(merged: Merged, index: int, label: str, reason: str) -> dict[tuple[str, str], str]:
    detail = detail_of(merged)
    row = detail.adjustments_top + index
    return {
        (DETAIL, Address(DETAIL, row, NAME).local): label,
        (DETAIL, Address(DETAIL, row, CODE).local): reason,
    }


def test_an_adjustment_that_was_typed_in_counts(clean: Merged, clean_book: bytes) -> None:
    cells = typed(clean, 0, "来电更正", "2 月 3 日来电")
    change = {adjusted_cell(clean, 0, "disputes.review.other"): 3}

    back = read_back(with_cells(clean_book, {**cells, **change}))

    before = clean.entries["disputes.review.other"].value
    assert before is not None
    assert back.entries["disputes.review.other"].value == before + 3
    assert [(item.label, item.reason) for item in back.adjustments] == [
        ("来电更正", "2 月 3 日来电")
    ]
    assert codes(back.report) == []


def test_an_adjustment_without_reason_is_an_error(clean: Merged, clean_book: bytes) -> None:
    change = {adjusted_cell(clean, 1, "disputes.review.other"): -1}

    report = read(with_cells(clean_book, {**typed(clean, 1, "来电", ""), **change}))

    assert codes(report) == ["RO14"]


@pytest.mark.parametrize("content", ["三件", " ", "=1+2"])
def test_an_adjustment_that_is_no_number_makes_the_sum_unknown(
    content: str, clean: Merged, clean_book: bytes
) -> None:
    change = {adjusted_cell(clean, 0, "disputes.review.other"): content}

    report = read(with_cells(clean_book, {**typed(clean, 0, "来电", "更正"), **change}))

    assert codes(report) == ["RO08"]
    assert "调整“来电”" in report.entries["disputes.review.other"].reason


def test_an_adjustment_counts_in_the_next_reading_of_its_own_workbook(
    clean: Merged, clean_book: bytes
) -> None:
    change = {adjusted_cell(clean, 0, "proactive.fees.amount"): -0.25}
    back = read_back(with_cells(clean_book, {**typed(clean, 0, "来电", "更正"), **change}))

    again = read_back(book_of(back))

    assert sums(again) == sums(back)
    assert again.adjustments == back.adjustments


# -- 明细 changed ---------------------------------------------------------------------------


def remade(data: bytes, change: Callable[[Worksheet, int], object]) -> bytes:
    """The workbook after a change to 明细, which is given the row of its sums."""

    def fill(book: Workbook) -> None:
        sheet = book[DETAIL]
        change(sheet, next(cell.row for cell in sheet["A"] if cell.value == TOTAL_MARK))

    return edited(data, fill)


def copied(sheet: Worksheet, source: int, target: int) -> None:
    for (cell,) in sheet.iter_cols(min_row=source, max_row=source):
        sheet.cell(target, int(cell.column or 1)).value = cell.value


def a_true_row_below_and_a_false_one_in_its_place(sheet: Worksheet, total: int) -> None:
    copied(sheet, HEAD_ROWS + 1, total + 9)
    sheet.cell(HEAD_ROWS + 1, FIRST_FIGURE + 1, 777)


def a_row_without_number_among_the_others(sheet: Worksheet, total: int) -> None:
    sheet.insert_rows(total - 1)
    sheet.cell(total - 1, FIRST_FIGURE + 3, 777)


def a_row_that_shifts_the_adjustments(sheet: Worksheet, _: int) -> None:
    sheet.insert_rows(HEAD_ROWS + 7)
    copied(sheet, HEAD_ROWS + 1, HEAD_ROWS + 7)


def a_sum_that_is_a_number(sheet: Worksheet, total: int) -> None:
    sheet.cell(total, FIRST_FIGURE + 3, 777)


@pytest.mark.parametrize(
    "change",
    [
        a_true_row_below_and_a_false_one_in_its_place,
        a_row_without_number_among_the_others,
        a_row_that_shifts_the_adjustments,
        a_sum_that_is_a_number,
    ],
    ids=lambda change: change.__name__,
)
def test_figures_that_are_no_units_are_told(
    change: Callable[[Worksheet, int], object], clean_book: bytes
) -> None:
    assert "SE04" in codes(read(remade(clean_book, change)))
    assert codes(read(remade(clean_book, lambda _sheet, _total: None))) == []


# -- other programs ------------------------------------------------------------------------


@pytest.mark.office
def test_libreoffice_saves_it_without_changing_anything(
    gaps: Merged, gaps_book: bytes, libreoffice: LibreOffice, tmp_path: Path
) -> None:
    source = tmp_path / "汇总.xlsx"
    source.write_bytes(gaps_book)

    [saved] = libreoffice.convert([source], "xlsx", tmp_path / "saved")

    back = read_back(saved.read_bytes())
    assert sums(back) == sums(gaps)
    assert back.adjustments == gaps.adjustments
    assert back.missing == gaps.missing
    assert set(codes(back.report)) == {"RO08", "RO13", "RO14"}
