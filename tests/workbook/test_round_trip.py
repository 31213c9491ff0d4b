"""What is filled in is what is read back, whoever saved the file."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

import pytest

from gk_xlsx import api
from gk_xlsx.report import AnnualReport, Entry, EntryKind
from gk_xlsx.resources import form
from tests.made import clean_report, found_in_figures
from tests.office.libreoffice import LibreOffice
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

REAL = (
    "huaian-2024",
    "pingtan-2019",
    "pingtan-2020",
    "pingtan-2021",
    "pingtan-police-2021",
    "pingtan-resources-2023",
    "seed_000",
    "seed_001",
    "seed_002",
    "seed_003",
    "seed_004",
    "shanghai-office-2019",
    "shuyang-2023",
)
CLEAN = ("huaian-2024", "pingtan-2021", "seed_001", "seed_002", "seed_003", "seed_004")


def inputs(report: AnnualReport) -> dict[str, tuple[EntryKind, Decimal | None, str]]:
    fields = form(report.edition).inputs
    entries = {field.id: report.entries[field.id] for field in fields}
    return {key: (entry.kind, entry.number, entry.raw) for key, entry in entries.items()}


@pytest.mark.parametrize("name", REAL)
def test_every_input_of_a_real_report_comes_back_exactly(
    name: str, reports: Path, tmp_path: Path
) -> None:
    path = tmp_path / "filled.xlsx"
    path.write_bytes(api.new(api.Issue(), values=reports / f"{name}.json").data)
    assert inputs(api.read(path)) == inputs(api.read(reports / f"{name}.json"))


@pytest.mark.parametrize("name", CLEAN)
def test_totals_of_a_report_without_errors_come_back_too(
    name: str, reports: Path, tmp_path: Path
) -> None:
    source = api.open_report(reports / f"{name}.json")
    path = tmp_path / "filled.xlsx"
    path.write_bytes(api.new(api.Issue(), values=reports / f"{name}.json").data)
    assert api.read(path).values == source.report.values


@pytest.mark.parametrize("edition", ["2021", "2019"])
def test_a_report_comes_back_as_it_was(edition: str) -> None:
    report = clean_report(edition)
    back = read(issued(report))
    assert back.values == report.values
    assert (back.unit, back.year, back.edition) == (report.unit, report.year, edition)
    assert back.observations == ()


def test_an_amount_with_its_unit_stays_as_written() -> None:
    entry = read(issued(clean_report("2019"))).entries["proactive.procurement.amount"]
    assert (entry.kind, entry.raw) == (EntryKind.NUMBER, "251000元")
    assert entry.number == 251000


def test_every_entry_says_where_it_stood(book: bytes) -> None:
    places = {key: entry.place for key, entry in read(book).entries.items()}
    for key, place in places.items():
        assert place is not None
        assert (place.sheet, place.cell) == cell_of(key)


def filled_by_hand(edition: str) -> bytes:
    """The blank template with every open cell typed in by openpyxl; totals never computed."""
    report = clean_report(edition)
    typed: dict[tuple[str, str], Typed] = {
        cell_of(field.id, edition): as_typed(report.entries[field.id])
        for field in form(edition).inputs
    }
    typed |= {("基本信息", "B3"): report.unit.name, ("基本信息", "B4"): report.unit.code}
    return with_cells(api.blank_template(edition), typed | {("基本信息", "B5"): report.year})


def as_typed(entry: Entry) -> str | Decimal | None:
    return entry.raw or entry.number


@pytest.mark.parametrize("edition", ["2021", "2019"])
def test_a_blank_template_filled_by_openpyxl_is_read_right(edition: str) -> None:
    report = clean_report(edition)
    back = read(filled_by_hand(edition))
    assert back.values == report.values
    assert (back.unit, back.year) == (report.unit, report.year)
    assert found_in_figures(back) == ()


@pytest.mark.office
@pytest.mark.parametrize("edition", ["2021", "2019"])
@pytest.mark.parametrize("formats", [("xlsx",), ("ods", "xlsx")])
def test_what_libreoffice_saved_is_read_right(
    edition: str, formats: tuple[str, ...], libreoffice: LibreOffice, tmp_path: Path
) -> None:
    path = tmp_path / "filled.xlsx"
    path.write_bytes(filled_by_hand(edition))
    for step, suffix in enumerate(formats):
        [path] = libreoffice.convert([path], suffix, tmp_path / str(step))
    back, report = read(path.read_bytes()), clean_report(edition)
    assert back.values == report.values
    assert (back.unit, back.year) == (report.unit, report.year)
    assert [item.code for item in found_in_figures(back)] == []


@pytest.mark.office
def test_an_issued_workbook_saved_by_libreoffice_is_still_the_same(
    libreoffice: LibreOffice, book: bytes, tmp_path: Path
) -> None:
    path = tmp_path / "issued.xlsx"
    path.write_bytes(book)
    [saved] = libreoffice.convert([path], "xlsx", tmp_path / "saved")
    assert read(saved.read_bytes()) == read(book)


def test_without_cached_results_nothing_changes(book: bytes) -> None:
    assert read(edited(book, lambda _: None)) == read(book)


def test_a_cached_result_is_never_believed(clean: AnnualReport, book: bytes) -> None:
    def lie(xml: str) -> str:
        return re.sub(r"(</f>)<v>[^<]*</v>", r"\1<v>987654</v>", xml)

    lying = with_part(book, sheet_part("三、申请办理"), lie)
    assert read(lying).values == clean.values
