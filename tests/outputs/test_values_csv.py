"""Values as CSV: for other programs, and harmless in a spreadsheet."""

from __future__ import annotations

import csv
import io
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gk_xlsx.outputs.values_csv import harmless, values_csv
from gk_xlsx.report import BLANK, AnnualReport, Entry, EntryKind, Origin
from gk_xlsx.resources import EDITIONS, form
from tests.made import clean_report, number, with_entries

FIELD = "requests.new.company"


def lines(report: AnnualReport) -> list[list[str]]:
    text = values_csv(report, form(report.edition)).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline="")))


def line(field_id: str, entry: Entry, edition: str = "2021") -> list[str]:
    report = with_entries(clean_report(edition), {field_id: entry})
    (found,) = [item for item in lines(report) if item[0] == field_id]
    return found


def value(entry: Entry) -> str:
    return line(FIELD, entry)[3]


def test_it_begins_with_a_byte_order_mark_for_excel() -> None:
    assert values_csv(clean_report(), form("2021")).startswith(b"\xef\xbb\xbfid,")


@pytest.mark.parametrize("edition", EDITIONS)
def test_there_is_a_head_and_a_line_per_field_in_printed_order(edition: str) -> None:
    head, *rest = lines(clean_report(edition))
    assert head == ["id", "行", "列", "值", "单位"]
    assert [item[0] for item in rest] == list(form(edition).fields)


def test_a_line_names_row_column_and_unit() -> None:
    assert line("requests.granted.social", number(3)) == [
        *("requests.granted.social", "（一）予以公开", "社会公益组织", "3", "件")
    ]


def test_a_dispute_is_named_with_its_block() -> None:
    assert line("disputes.direct.total", number(3))[1:3] == ["", "未经复议直接起诉·总计"]


def test_money_is_in_the_unit_of_the_form() -> None:
    assert line("proactive.fees.amount", number("96171.60"))[3:] == ["96171.6", "万元"]


@pytest.mark.parametrize(
    ("entry", "cells"),
    [
        (Entry(EntryKind.NUMBER, Decimal(251_000), "25.1万元"), ["251000", "元"]),
        (number(251_000), ["251000", ""]),
        (number(0), ["0", "元"]),
        (BLANK, ["", "元"]),
    ],
)
def test_an_amount_printed_without_its_unit_has_none(entry: Entry, cells: list[str]) -> None:
    assert line("proactive.procurement.amount", entry, "2019")[3:] == cells


@pytest.mark.parametrize(
    ("entry", "text"),
    [
        (BLANK, ""),
        (Entry(EntryKind.UNKNOWN, reason="粘连"), ""),
        (Entry(EntryKind.NUMBER, Decimal(0), origin=Origin.ZERO_REPORT), "0"),
        (Entry(EntryKind.NUMBER, Decimal(12), "12件", ("单位“件”",)), "12"),
        (Entry(EntryKind.TEXT_NUMBER, Decimal(12), "12件", ("单位“件”",)), "12件"),
        (number(-5), "-5"),
        (Entry(EntryKind.MARK, raw="/"), "/"),
        (Entry(EntryKind.TEXT, raw="一，\n二"), "一，\n二"),
        (Entry(EntryKind.FORMULA, raw="=1+2"), "'=1+2"),
        (Entry(EntryKind.MARK, raw="-"), "'-"),
    ],
)
def test_an_entry_has_its_value(entry: Entry, text: str) -> None:
    assert value(entry) == text


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＠"])
def test_a_text_that_a_spreadsheet_would_run_is_made_harmless(start: str) -> None:
    assert harmless(f"{start}cmd|' /C calc'!A0") == f"'{start}cmd|' /C calc'!A0"


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=20))
def test_no_cell_begins_like_a_formula(raw: str) -> None:
    assert not value(Entry(EntryKind.TEXT, raw=raw)).startswith(("=", "+", "-", "@", "\t", "\r"))
