"""Slips outside the tables: a year that has not come, a formula pasted into the text."""

from __future__ import annotations

from gk_xlsx import api
from gk_xlsx.report import Place, Seen
from tests.workbook.books import read, with_cells

YEAR, FIRST_TEXT_ROW = ("基本信息", "B5"), ("文字部分", "B12")


def test_a_year_that_has_not_come_is_seen() -> None:
    filled = with_cells(api.blank_template("2021"), {("基本信息", "B3"): "示例局", YEAR: "2099"})

    [seen] = read(filled).saw(Seen.IMPOSSIBLE_YEAR)

    assert seen.found == "2099"


def test_a_formula_in_the_text_is_seen_with_its_place() -> None:
    filled = with_cells(api.blank_template("2021"), {FIRST_TEXT_ROW: "=参考句!A3"})

    [seen] = read(filled).saw(Seen.FORMULA_IN_TEXT)

    assert seen.place == Place("文字部分", "B12")


def test_text_without_formulas_is_not_remarked_on() -> None:
    filled = with_cells(api.blank_template("2021"), {FIRST_TEXT_ROW: "一段文字。"})

    assert read(filled).saw(Seen.FORMULA_IN_TEXT) == ()


def test_a_slip_in_the_year_is_seen_as_typed() -> None:
    filled = with_cells(api.blank_template("2021"), {("基本信息", "B3"): "示例局", YEAR: 2204})

    [seen] = read(filled).saw(Seen.IMPOSSIBLE_YEAR)

    assert (seen.found, read(filled).year) == ("2204", 2204)
