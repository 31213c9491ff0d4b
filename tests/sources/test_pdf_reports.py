"""Reports out of PDFs: every figure right or unknown, whatever the page does to the tables."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from openpyxl.styles import Alignment, Border, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties

from gk_xlsx import api, resources
from gk_xlsx.errors import UnreadableError
from gk_xlsx.form import Box
from gk_xlsx.published.assembly import report_of
from gk_xlsx.report import AnnualReport, EntryKind, Seen
from gk_xlsx.sources.pdf import read_pdf
from tests.made import clean_report
from tests.office.libreoffice import LibreOffice
from tests.sources.drawn_pages import Page, pdf
from tests.sources.drawn_random import Outcome, outcome
from tests.sources.drawn_reports import Style, draw
from tests.sources.layouts import Layout, all_on_one, laid_out, one_per_sheet, title

EDITIONS = ("2021", "2019")


def read(data: bytes) -> AnnualReport:
    return report_of(read_pdf(data), resources.form, resources.form_for_year)


def differences(drawn: AnnualReport, found: AnnualReport) -> dict[str, object]:
    return {
        key: found.entries[key]
        for key, entry in drawn.entries.items()
        if found.entries[key].value != entry.value
    }


def false_figures(drawn: AnnualReport, found: AnnualReport) -> dict[str, object]:
    wrong = differences(drawn, found)
    unknown = (EntryKind.UNKNOWN, EntryKind.TEXT)
    return {key: entry for key, entry in wrong.items() if found.entries[key].kind not in unknown}


def test_a_real_report_gives_every_figure_and_its_frame(reports: Path) -> None:
    found = api.read(reports / "huaian-2024.pdf")
    stated = api.read(reports / "huaian-2024.json")
    assert differences(stated, found) == {}
    assert (found.unit.name, found.year, found.edition) == (stated.unit.name, 2024, "2021")
    assert found.title == f"{stated.unit.name}2024年政府信息公开工作年度报告"
    assert found.headings == tuple(section.heading for section in resources.form("2021").sections)
    assert len(found.narrative["overview"].split("\n\n")) == 6
    assert found.observations == ()


def test_places_are_pages_tables_and_rows(reports: Path) -> None:
    found = api.read(reports / "huaian-2024.pdf")
    places = [
        found.entries[key].place
        for key in ("proactive.regulations.issued", "proactive.penalties.decisions")
    ]
    assert [(place.sheet, place.cell) for place in places if place] == [
        ("第3页表格1", "第3行"),
        ("第3页表格1", "第4页第2行"),
    ]


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("heads", [False, True])
def test_a_page_may_end_below_any_row(edition: str, heads: bool) -> None:
    report = clean_report(edition)
    for start in range(90, 700, 61):
        found = read(draw(report, Style(start=start, heads=heads, size=9)))
        assert differences(report, found) == {}, start
        assert (found.title, found.year, len(found.headings)) == (
            f"{report.unit.name}{report.year}年政府信息公开工作年度报告",
            report.year,
            6,
        )


@pytest.mark.parametrize("edition", EDITIONS)
def test_a_label_may_be_torn_by_the_pages_end(edition: str) -> None:
    report = clean_report(edition)
    known = 0
    for start in range(100, 700, 67):
        found = read(draw(report, Style(start=start, torn=True, size=10)))
        assert false_figures(report, found) == {}, start
        known += len(report.entries) - len(differences(report, found))
    assert known > 9 * len(report.entries) * 0.95


@pytest.mark.parametrize("edition", EDITIONS)
def test_outer_lines_may_be_missing(edition: str) -> None:
    report = clean_report(edition)

    def inner(way: str, box: Box) -> bool:
        return box.row > 0 if way == "h" else box.column > 0

    assert differences(report, read(draw(report, Style(ruled=inner, outer=False)))) == {}


@pytest.mark.parametrize("edition", EDITIONS)
def test_lines_between_columns_may_be_missing(edition: str) -> None:
    """Below the heads, in the rows of the figures; where the figures stand tells the columns."""
    report = clean_report(edition)

    def across(way: str, box: Box) -> bool:
        return way == "h" or not box.field or box.row % 5 > 0

    assert differences(report, read(draw(report, Style(ruled=across)))) == {}


@pytest.mark.parametrize("edition", EDITIONS)
def test_tables_without_any_line_give_most_figures_and_no_false_one(edition: str) -> None:
    report = clean_report(edition)
    found = read(draw(report, Style(ruled=lambda _way, _box: False, outer=False, size=8, pad=5)))
    assert false_figures(report, found) == {}
    lost = {key.split(".")[0] for key in differences(report, found)}
    assert "proactive" not in lost
    assert len(differences(report, found)) < len(report.entries) * 0.25


# -- printed from a spreadsheet --------------------------------------------------------------


def printed(libreoffice: LibreOffice, folder: Path, layout: Layout, *, boxed: bool) -> AnnualReport:
    """A spreadsheet with wide columns, each sheet on pages of its own, read from its PDF."""
    book = openpyxl.load_workbook(io.BytesIO(laid_out(layout, clean_report())))
    thin = Side(style="thin")
    for sheet in book:
        sheet.merge_cells("A1:J1")
        for row in sheet.iter_rows(min_row=1 if boxed else 3):
            for cell in row:
                cell.border = Border(thin, thin, thin, thin)
                cell.alignment = Alignment(wrap_text=True, vertical="center")
        for column in range(1, 16):
            sheet.column_dimensions[get_column_letter(column)].width = 14
        for row_number in range(1, sheet.max_row + 1):
            sheet.row_dimensions[row_number].height = 44
        sheet.page_setup.orientation = "landscape"
        sheet.page_setup.fitToHeight = 0
        sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    path = folder / "表.xlsx"
    book.save(path)
    [made] = libreoffice.convert([path], "pdf", folder)
    return api.read(made)


@pytest.mark.parametrize("boxed", [False, True])
@pytest.mark.parametrize("layout", [one_per_sheet, all_on_one])
def test_the_title_above_the_tables_of_a_printed_spreadsheet_is_found(
    libreoffice: LibreOffice, tmp_path: Path, layout: Layout, boxed: bool
) -> None:
    report, found = clean_report(), printed(libreoffice, tmp_path, layout, boxed=boxed)
    assert (found.title, found.year) == (title(report), report.year)
    assert found.unit.name == report.unit.name
    assert false_figures(report, found) == {}
    assert not [key for key in differences(report, found) if key.startswith("disputes.")]
    assert found.saw(Seen.LABEL_CHANGED) == ()


# -- random --------------------------------------------------------------------------------


def outcomes(seeds: range) -> Iterator[Outcome]:
    return map(outcome, seeds)


def _judge(seeds: range) -> Counter[str]:
    counts: Counter[str] = Counter()
    for found in outcomes(seeds):
        assert found.wrong == ()
        counts += found.counts
    return counts


def test_random_reports_with_random_slips_give_no_false_figure() -> None:
    counts = _judge(range(8))
    assert counts["right"] > counts["unknown"]


@pytest.mark.slow
def test_many_random_reports_with_random_slips_give_no_false_figure() -> None:
    counts = _judge(range(500, 620))
    assert counts["right"] > counts["unknown"]


def test_a_budget_is_refused_with_what_was_looked_for() -> None:
    page = Page()
    page.text(180, 90, "某某局2024年部门预算", 22, "hei")
    for row, texts in enumerate((("科目", "金额"), ("基本支出", "1200"), ("项目支出", "340"))):
        for column, text in enumerate(texts):
            page.box(100 + 150 * column, 150 + 30 * row, 250 + 150 * column, 180 + 30 * row)
            page.text(105 + 150 * column, 157 + 30 * row, text, 12)
    with pytest.raises(
        UnreadableError, match=r"没有找到年度报告的三张法定表格.*某某局2024年部门预算"
    ):
        read(pdf([page]))
