"""Last year's figures, 零报告 and 情况说明, which the workbook carries along."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl.workbook import Workbook

from gk_xlsx import api
from gk_xlsx.findings import Finding
from gk_xlsx.plan.layout import layout_of
from gk_xlsx.report import AnnualReport, EntryKind, LastYear, Origin, Seen, last_year_of
from gk_xlsx.resources import form
from tests.made import clean_report, found_in_figures, last_year, zero_report
from tests.workbook.books import (
    Typed,
    cell_of,
    edited,
    issued,
    read,
    sheet_part,
    with_cells,
    with_part,
)

RESULT = "自查结果"
NATURAL = "requests.carried_in.natural_person"
SWITCH = {"proactive": "B2", "requests": "D2", "disputes": "F2"}
SHEETS = {table.key: table.sheet for table in form("2021").tables}


def findings(report: AnnualReport) -> list[Finding]:
    return list(found_in_figures(report))


def explanation_cell(column: str) -> tuple[str, str]:
    layout = layout_of(form("2021"))
    relation = next(item for item in layout.explainable if item.key == column)
    return RESULT, layout.explanation(relation).local


# -- last year -----------------------------------------------------------------------------


@pytest.mark.parametrize("edition", ["2021", "2019"])
def test_last_year_comes_back_exactly(edition: str) -> None:
    report = clean_report(edition)
    report = replace(report, last_year=last_year(report))
    assert read(issued(report)).last_year == report.last_year


def test_last_year_of_the_other_edition_comes_back_exactly() -> None:
    last = last_year_of(clean_report("2019"))
    report = replace(clean_report(), year=2021, last_year=last)
    back = read(issued(report)).last_year
    assert back == last
    assert set(back.values) - set(form("2021").fields)


def test_a_workbook_without_last_year_has_none(book: bytes) -> None:
    assert read(book).last_year is None


def test_an_unknown_figure_of_last_year_stays_unknown(clean: AnnualReport) -> None:
    last = LastYear(clean.year - 1, clean.unit.name, "2021", {NATURAL: Decimal(7)})
    assert read(issued(replace(clean, last_year=last))).last_year == last


# -- 零报告 --------------------------------------------------------------------------------


def emptied(report: AnnualReport, *tables: str) -> dict[tuple[str, str], Typed]:
    inputs = (field for field in form(report.edition).inputs if field.table in tables)
    return {cell_of(field.id): None for field in inputs}


def test_the_switch_counts_blanks_as_zero(book: bytes, clean: AnnualReport) -> None:
    cells = {**emptied(clean, "disputes"), (SHEETS["disputes"], SWITCH["disputes"]): "是"}
    report = read(with_cells(book, cells))
    assert report.zero_report == {"disputes"}
    assert report.entries["disputes.review.upheld"].origin is Origin.ZERO_REPORT
    assert report.value("disputes.review.total") == 0
    assert [item.code for item in findings(report)] == ["IN10"]


@pytest.mark.parametrize(
    "word",
    ["否", "", None, "不", "yes", " 是", "是\u3000", "是\n", "\u00a0是", '="是"', "=TRUE()", True],
)
def test_any_other_word_is_off(word: Typed, book: bytes, clean: AnnualReport) -> None:
    cells = {**emptied(clean, "disputes"), (SHEETS["disputes"], SWITCH["disputes"]): word}
    report = read(with_cells(book, cells))
    assert report.zero_report == frozenset()
    assert [item.code for item in findings(report)] == ["IN01"]


@pytest.mark.parametrize(("table", "beside"), [("requests", "C2"), ("disputes", "G2")])
def test_only_the_switch_itself_switches(table: str, beside: str, book: bytes) -> None:
    cells: dict[tuple[str, str], Typed] = {(SHEETS[table], SWITCH[table]): None}
    cells[SHEETS[table], beside] = "是"
    assert read(with_cells(unmerged(book), cells)).zero_report == frozenset()


def unmerged(book: bytes) -> bytes:
    def unmerge(open_book: Workbook) -> None:
        for sheet in SHEETS.values():
            for area in list(open_book[sheet].merged_cells.ranges):
                open_book[sheet].unmerge_cells(str(area))

    return edited(book, unmerge)


@pytest.mark.parametrize(
    ("table", "columns"), [("requests", 1), ("requests", 3), ("requests", 4), ("disputes", 1)]
)
def test_the_switch_is_found_where_columns_were_inserted(
    table: str, columns: int, book: bytes
) -> None:
    on = with_cells(book, {(SHEETS[table], SWITCH[table]): "是"})
    moved = edited(on, lambda open_book: open_book[SHEETS[table]].insert_cols(columns))
    assert read(moved).zero_report == {table}


def test_the_switch_is_found_where_rows_were_inserted(book: bytes) -> None:
    on = with_cells(book, {(SHEETS["requests"], SWITCH["requests"]): "是"})
    moved = edited(on, lambda open_book: open_book[SHEETS["requests"]].insert_rows(1, 3))
    assert read(moved).zero_report == {"requests"}


@pytest.mark.parametrize("table", ["proactive", "requests", "disputes"])
def test_every_table_has_its_own_switch(table: str) -> None:
    report = replace(zero_report(), zero_report=frozenset({table}))
    assert read(issued(report)).zero_report == {table}


def test_the_switch_is_refused_where_cases_were_carried_over(clean: AnnualReport) -> None:
    last = last_year(zero_report(), natural_person=2, total=2)
    cells = {**emptied(clean, "requests"), (SHEETS["requests"], SWITCH["requests"]): "是"}
    report = read(with_cells(issued(replace(clean, last_year=last)), cells))
    assert report.saw(Seen.ZERO_REPORT_REFUSED)
    assert report.entries[NATURAL].kind is EntryKind.BLANK
    [finding] = [item for item in findings(report) if item.code.startswith("IN")]
    assert finding.code == "IN01"
    assert "不能用零报告" in finding.message


def test_blanks_of_a_zero_report_stay_blank_cells_in_the_next_workbook(
    clean: AnnualReport, book: bytes
) -> None:
    cells = {**emptied(clean, "disputes"), (SHEETS["disputes"], SWITCH["disputes"]): "是"}
    report = read(with_cells(book, cells))
    assert read(issued(report)) == report


# -- 情况说明 ------------------------------------------------------------------------------


@pytest.fixture
def differing(clean: AnnualReport) -> AnnualReport:
    """Carries in another number than last year's report carried out, in one column."""
    carried_in = clean.value(NATURAL)
    assert carried_in is not None
    last = last_year(clean, natural_person=int(carried_in) + 2)
    return replace(clean, last_year=last)


def explained(report: AnnualReport) -> Mapping[str, str | None]:
    """What covers each finding that is about the column of natural persons."""
    own = [item for item in findings(report) if item.fields[0].endswith("natural_person")]
    return {item.code: item.explained for item in own}


def saved(data: bytes, folder: Path, name: str = "book.xlsx") -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def test_without_explanation_it_is_an_error(differing: AnnualReport) -> None:
    assert explained(read(issued(differing))) == {"YR01": None}


def test_an_explanation_that_was_typed_covers_it(differing: AnnualReport) -> None:
    data = with_cells(issued(differing), {explanation_cell("natural_person"): " 职能划转。 "})
    assert explained(read(data)) == {"YR01": "职能划转。"}


@pytest.mark.parametrize("column", ["company", "total"])
def test_an_explanation_of_another_column_does_not(differing: AnnualReport, column: str) -> None:
    data = with_cells(issued(differing), {explanation_cell(column): "职能划转。"})
    assert explained(read(data)) == {"YR01": None}


def test_spaces_are_no_explanation(differing: AnnualReport) -> None:
    data = with_cells(issued(differing), {explanation_cell("natural_person"): "\u3000 "})
    assert read(data).explanations == ()


@pytest.mark.parametrize(
    "shown",
    [
        't="str"><f>""</f><v>职能划转。</v>',
        't="e"><v>#N/A</v>',
        't="b"><v>1</v>',
    ],
)
def test_what_nobody_wrote_is_no_explanation(differing: AnnualReport, shown: str) -> None:
    _, address = explanation_cell("natural_person")

    def put(xml: str) -> str:
        return re.sub(rf'<c r="{address}"[^>]*/>', f'<c r="{address}" {shown}</c>', xml)

    report = read(with_part(issued(differing), sheet_part(RESULT), put))
    assert report.explanations == ()
    assert explained(report) == {"YR01": None}


def test_a_number_is_an_explanation_as_the_sheet_takes_it(differing: AnnualReport) -> None:
    data = with_cells(issued(differing), {explanation_cell("natural_person"): 12})
    assert explained(read(data)) == {"YR01": "12"}


def reissued(differing: AnnualReport, folder: Path) -> bytes:
    """A fresh workbook made from one in which an explanation was typed."""
    typed = with_cells(issued(differing), {explanation_cell("natural_person"): "职能划转。"})
    return api.new(api.Issue(), values=saved(typed, folder)).data


def test_an_explanation_survives_a_new_issue_bound_to_its_figures(
    differing: AnnualReport, tmp_path: Path
) -> None:
    report = read(reissued(differing, tmp_path))
    [explanation] = report.explanations
    assert differing.last_year is not None
    assert explanation.left == differing.value(NATURAL)
    assert explanation.right == differing.last_year.values["requests.carried_out.natural_person"]
    assert explained(report) == {"YR01": "职能划转。"}


def test_an_explanation_lapses_when_its_figures_change(
    differing: AnnualReport, tmp_path: Path
) -> None:
    changed = with_cells(reissued(differing, tmp_path), {cell_of(NATURAL): 999})
    report = api.open_report(saved(changed, tmp_path, "changed.xlsx")).report
    assert explained(report)["YR01"] is None


def test_a_lapsed_explanation_written_anew_covers_the_new_figures(
    differing: AnnualReport, tmp_path: Path
) -> None:
    cells: dict[tuple[str, str], Typed] = {
        cell_of(NATURAL): 999,
        explanation_cell("natural_person"): "数字更正，职能划转。",
    }
    changed = with_cells(reissued(differing, tmp_path), cells)
    report = api.open_report(saved(changed, tmp_path, "changed.xlsx")).report
    assert explained(report)["YR01"] == "数字更正，职能划转。"


def test_an_explanation_is_found_when_rows_were_inserted(differing: AnnualReport) -> None:
    data = with_cells(issued(differing), {explanation_cell("natural_person"): "职能划转。"})
    moved = edited(data, lambda book: book[RESULT].insert_rows(4, 3))
    assert explained(read(moved)) == {"YR01": "职能划转。"}
