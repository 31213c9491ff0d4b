"""Whose workbook it is, where its three places and 基本信息 do not agree."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from openpyxl.workbook import Workbook

from gk_xlsx.api import blank_template
from gk_xlsx.report import AnnualReport
from gk_xlsx.units import Level, Scope, Unit
from tests.made import found_in_figures
from tests.workbook.books import (
    Typed,
    edited,
    issued,
    properties,
    read,
    sheet_part,
    with_cells,
    with_part,
)

FACTS = "基本信息"
Change = Callable[[Workbook, str, str], None]


def in_the_hidden_sheet(book: Workbook, key: str, value: str) -> None:
    for row in book["gk"].iter_rows(max_col=2):
        if row[0].value == key:
            row[1].value = value


def in_a_property(book: Workbook, key: str, value: str) -> None:
    properties(book)[f"gk.{key}"].value = value


def in_a_name(book: Workbook, key: str, value: str) -> None:
    book.defined_names[f"gk_{key}"].attr_text = f'"{value}"'


PLACES = [in_the_hidden_sheet, in_a_property, in_a_name]


def findings(report: AnnualReport) -> list[tuple[str, str]]:
    """What is said of the workbook and its facts; another name has other rules of its own."""
    found = found_in_figures(report)
    return [(item.code, item.message) for item in found if item.code.startswith(("SE", "IN"))]


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize(("key", "value"), [("unit", "乙局"), ("year", "2022"), ("code", "9")])
def test_the_majority_wins_and_the_disagreement_is_found(
    place: Change, key: str, value: str, book: bytes, clean: AnnualReport
) -> None:
    report = read(edited(book, lambda open_book: place(open_book, key, value)))
    assert (report.unit, report.year) == (clean.unit, clean.year)
    [(code, message)] = findings(report)
    assert code == "SE08"
    assert f"“{value}”" in message


def test_two_against_one_carry_the_day(book: bytes) -> None:
    def change(open_book: Workbook) -> None:
        in_a_property(open_book, "unit", "乙局")
        in_a_name(open_book, "unit", "乙局")

    report = read(edited(book, change))
    assert report.unit.name == "乙局"
    assert [code for code, _ in findings(report)] == ["SE08"]


@pytest.mark.parametrize("place", PLACES)
def test_a_place_that_is_gone_says_nothing(place: Change, book: bytes, clean: AnnualReport) -> None:
    def drop(open_book: Workbook) -> None:
        if place is in_the_hidden_sheet:
            for row in open_book["gk"].iter_rows(max_col=1):
                row[0].value = "x" if row[0].value == "unit" else row[0].value
        elif place is in_a_property:
            del properties(open_book)["gk.unit"]
        else:
            del open_book.defined_names["gk_unit"]

    report = read(edited(book, drop))
    assert report.unit == clean.unit
    assert findings(report) == []


@pytest.mark.parametrize(("address", "value"), [("B3", "乙局"), ("B4", "99"), ("B5", "2023")])
def test_what_is_shown_differs_from_what_is_kept(
    address: str, value: str, book: bytes, clean: AnnualReport
) -> None:
    report = read(with_cells(book, {(FACTS, address): value}))
    assert (report.unit, report.year) == (clean.unit, clean.year)
    [(code, message)] = findings(report)
    assert code == "SE08"
    assert f"“{value}”" in message


def test_level_and_scope_are_kept(clean: AnnualReport) -> None:
    unit = replace(clean.unit, level=Level.INSTITUTION)
    report = read(issued(replace(clean, unit=unit, scope=Scope.GOVERNMENT)))
    assert (report.unit.level, report.scope) == (Level.INSTITUTION, Scope.GOVERNMENT)


def test_a_name_with_quotes_and_ampersand_is_kept(clean: AnnualReport) -> None:
    report = read(issued(replace(clean, unit=Unit('某"A&B"<局>'))))
    assert report.unit.name == '某"A&B"<局>'
    assert report.observations == ()


# -- the blank template, filled in by hand -------------------------------------------------


def by_hand(**facts: Typed) -> AnnualReport:
    rows = {"unit": 3, "code": 4, "year": 5, "level": 6, "scope": 7}
    cells = {(FACTS, f"B{rows[key]}"): value for key, value in facts.items()}
    return read(with_cells(blank_template("2021"), cells))


def test_identity_is_taken_from_the_facts() -> None:
    report = by_hand(unit=" 甲局 ", code="07", year=2024, level="事业单位", scope="本行政区域汇总")
    assert report.unit == Unit("甲局", "07", Level.INSTITUTION)
    assert (report.year, report.scope) == (2024, Scope.AREA)
    assert "IN12" not in dict(findings(report))


def test_the_result_of_a_formula_is_no_fact() -> None:
    def result(xml: str) -> str:
        return re.sub(r'<c r="B3"[^>]*/>', '<c r="B3" t="str"><f>""</f><v>甲局</v></c>', xml)

    data = with_part(blank_template("2021"), sheet_part(FACTS), result)
    assert read(data).unit.name == ""


@pytest.mark.parametrize("year", [2024, "2024", "2024年", " 2024 ", "２０２４"])
def test_the_year_is_read_as_people_write_it(year: Typed) -> None:
    assert by_hand(unit="甲局", year=year).year == 2024


@pytest.mark.parametrize("year", ["今年", "24", 24, "/", 2021.7, "2021.7", "=2024"])
def test_what_is_no_year_is_missing(year: Typed) -> None:
    report = by_hand(unit="甲局", year=year)
    assert report.year == 0
    assert "没有填年份" in dict(findings(report))["IN12"]


def test_missing_facts_are_named() -> None:
    report = read(blank_template("2021"))
    assert dict(findings(report))["IN12"] == "“基本信息”没有填单位名称、年份。"
    assert (report.unit.name, report.year, report.scope) == ("", 0, Scope.BODY)


def test_a_year_of_the_other_edition_is_found() -> None:
    assert "IN16" in dict(findings(by_hand(unit="甲局", year=2020)))
