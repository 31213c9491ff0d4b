"""文字部分, title and signature as they come back."""

from __future__ import annotations

import datetime
from dataclasses import replace
from types import MappingProxyType

import pytest
from openpyxl.workbook import Workbook

from gk_xlsx.report import NARRATIVE_KEYS, AnnualReport, Signed
from tests.made import clean_report
from tests.workbook.books import edited, issued, read, with_cells

TEXT, FACTS = "文字部分", "基本信息"


def row_of(book: Workbook, heading: str) -> int:
    """The row of a part's heading, from 1; its paragraphs begin below."""
    cells = (row[0] for row in book[TEXT].iter_rows(max_col=1))
    return next(cell.row for cell in cells if cell.value == heading)


def test_every_part_comes_back_as_it_was(clean: AnnualReport) -> None:
    texts = {key: f"{key}的第一段。\n\n第二段：“A & B” <C>。" for key in NARRATIVE_KEYS}
    report = replace(clean, narrative=MappingProxyType(texts))
    assert read(issued(report)).narrative == texts


def test_parts_without_text_are_absent(book: bytes) -> None:
    assert read(book).narrative == {}


def test_a_paste_lands_one_paragraph_a_row_and_empty_rows_are_ignored(book: bytes) -> None:
    def paste(open_book: Workbook) -> None:
        top = row_of(open_book, "一、总体情况")
        pasted = ("（一）主动公开", "", "  全年公开 5 条。 ", "\u3000", "（二）依申请公开")
        for offset, text in enumerate(pasted, start=1):
            open_book[TEXT].cell(top + offset, 2).value = text

    assert read(edited(book, paste)).narrative == {
        "overview": "（一）主动公开\n\n全年公开 5 条。\n\n（二）依申请公开"
    }


def test_a_pasted_table_keeps_its_cells_apart(book: bytes) -> None:
    def paste(open_book: Workbook) -> None:
        top = row_of(open_book, "六、其他需要报告的事项")
        for column, value in enumerate(("项目", None, 3), start=2):
            open_book[TEXT].cell(top + 1, column).value = value

    assert read(edited(book, paste)).narrative == {"other": "项目\t3"}


def test_more_paragraphs_than_rows_are_issued_and_come_back(clean: AnnualReport) -> None:
    paragraphs = "\n\n".join(f"第{number}段。" for number in range(130))
    report = replace(clean, narrative=MappingProxyType({"problems": paragraphs, "other": "无。"}))
    assert read(issued(report)).narrative == report.narrative


def test_text_stays_with_its_heading_when_rows_were_inserted(clean: AnnualReport) -> None:
    texts = MappingProxyType({"overview": "甲", "problems": "乙"})
    data = issued(replace(clean, narrative=texts))
    assert read(edited(data, lambda book: book[TEXT].insert_rows(5, 90))).narrative == texts


def test_line_breaks_within_a_cell_are_kept(book: bytes) -> None:
    def paste(open_book: Workbook) -> None:
        open_book[TEXT].cell(row_of(open_book, "前言") + 1, 2).value = "第一行\n第二行"

    assert read(edited(book, paste)).narrative == {"preface": "第一行\n第二行"}


def test_the_2019_headings_are_its_own() -> None:
    texts = {key: key for key in NARRATIVE_KEYS}
    report = replace(clean_report("2019"), narrative=MappingProxyType(texts))
    assert read(issued(report)).narrative == texts


def test_title_and_signature_come_back(clean: AnnualReport) -> None:
    signed = Signed("某某区档案局办公室", "2025-01-10")
    report = read(issued(replace(clean, title="某某区档案局2024年年报", signed=signed)))
    assert (report.title, report.signed) == ("某某区档案局2024年年报", signed)


@pytest.mark.parametrize(
    "date",
    ["2025年1月10日", "2025-01-10", "2025.1.10", datetime.date(2025, 1, 10)],
)
def test_the_date_is_read_however_it_was_typed(date: str | datetime.date, book: bytes) -> None:
    report = read(with_cells(book, {(FACTS, "B10"): date, (FACTS, "B9"): "甲局"}))
    assert report.signed == Signed("甲局", "2025-01-10")


def test_what_is_no_date_is_kept_as_typed(book: bytes) -> None:
    assert read(with_cells(book, {(FACTS, "B10"): "一月"})).signed.date == "一月"
