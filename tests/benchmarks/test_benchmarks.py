"""The comparisons run, and both sides do the same work; how long they take is no test."""

from __future__ import annotations

import io

import openpyxl

from gk_xlsx import api, resources
from gk_xlsx.plan.workbook import plan_workbook
from gk_xlsx.workbook.write import workbook_bytes
from tests.benchmarks import plain_xlsxwriter
from tests.benchmarks.comparisons import REPORTS, all_ratios


def test_every_comparison_gives_a_ratio() -> None:
    ratios = list(all_ratios(runs=1))

    assert [ratio.name for ratio in ratios] == [
        "read a workbook / openpyxl load",
        "plan and write a workbook / plain XlsxWriter",
        "render a report / docxtpl",
        "judge a report / read its workbook",
        "collect workbooks / openpyxl load of each",
        "collect again / the first time",
        "merge workbooks / adding up with openpyxl",
        "read a Word report / its cells by python-docx",
        "read a web page / its cells by lxml",
        *(["read a PDF / its tables by pdfplumber"] if REPORTS.is_dir() else []),
    ]
    assert all(ratio.ratio > 0 for ratio in ratios)


def test_plain_xlsxwriter_writes_the_same_cells() -> None:
    opened = api.open_report(min(resources.examples().glob("*.json")))
    plan = plan_workbook(opened.form, opened.report)

    ours = openpyxl.load_workbook(io.BytesIO(workbook_bytes(plan)))
    plain = openpyxl.load_workbook(io.BytesIO(plain_xlsxwriter.write(plan)))

    assert _cells(ours) == _cells(plain)


def _cells(book: openpyxl.Workbook) -> dict[tuple[str, str], object]:
    return {
        (sheet.title, cell.coordinate): cell.value
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    }
