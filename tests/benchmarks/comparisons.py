"""What is compared: reading, writing and rendering one report."""

from __future__ import annotations

import io
import shutil
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import docx
import lxml.html
import openpyxl
import pdfplumber
from docxtpl import DocxTemplate
from jinja2 import ChainableUndefined, Environment

from gk_xlsx import api, resources
from gk_xlsx.api.collecting import Gathering, collect
from gk_xlsx.api.contributing import contributed
from gk_xlsx.api.merging import MergeTask, merged_of
from gk_xlsx.inbox.memory import FOLDER
from gk_xlsx.plan.workbook import plan_workbook
from gk_xlsx.rollup.roster import Roster, RosterLine
from gk_xlsx.rules import judge
from gk_xlsx.units import Unit
from gk_xlsx.workbook.read import read_workbook
from gk_xlsx.workbook.write import workbook_bytes
from tests.benchmarks import plain_xlsxwriter
from tests.benchmarks.ratios import Ratio, compare

REPORTS = Path(__file__).resolve().parents[3] / "shared" / "reports"
"""Published reports beside the project; without them PDF is not compared."""


def all_ratios(runs: int) -> Iterator[Ratio]:
    """Every comparison on the longest example."""
    source = max(resources.examples().glob("*2021.json"), key=lambda path: path.stat().st_size)
    yield reading(source, runs)
    yield writing(source, runs)
    yield rendering(source, runs)
    yield judging(source, runs)
    yield from collecting(source, runs)
    yield merging(source, runs)
    yield word(source, runs)
    yield page(source, runs)
    if REPORTS.is_dir():
        yield pdf(REPORTS / "huaian-2024.pdf", runs)


def reading(source: Path, runs: int) -> Ratio:
    """A workbook → values, against loading it with openpyxl (and getting no values yet)."""
    data = api.new(api.Issue(), values=source).data
    return compare(
        "read a workbook / openpyxl load",
        lambda: read_workbook(data, resources.form),
        lambda: openpyxl.load_workbook(io.BytesIO(data)),
        runs,
    )


def writing(source: Path, runs: int) -> Ratio:
    """A report → workbook, against the same cells written by XlsxWriter alone."""
    opened = api.open_report(source)
    plan = plan_workbook(opened.form, opened.report)
    return compare(
        "plan and write a workbook / plain XlsxWriter",
        lambda: workbook_bytes(plan_workbook(opened.form, opened.report)),
        lambda: plain_xlsxwriter.write(plan),
        runs,
    )


def rendering(source: Path, runs: int) -> Ratio:
    """A report → Word, against docxtpl filling the same template with nothing."""
    template = resources.template(api.open_report(source).form.edition, "report.docx")

    def theirs() -> None:
        document = DocxTemplate(template)
        document.render({}, Environment(undefined=ChainableUndefined))
        document.save(io.BytesIO())

    return compare("render a report / docxtpl", lambda: api.render(source), theirs, runs)


def judging(source: Path, runs: int) -> Ratio:
    """All rules on a report, against reading it from its workbook."""
    data = api.new(api.Issue(), values=source).data
    report = read_workbook(data, resources.form)
    form = resources.form(report.edition)
    return compare(
        "judge a report / read its workbook",
        lambda: judge(report, form),
        lambda: read_workbook(data, resources.form),
        runs,
    )


def collecting(source: Path, runs: int) -> Iterator[Ratio]:
    """A folder of workbooks → who stands where, against loading each with openpyxl; then again."""
    with TemporaryDirectory() as name:
        office = folder_of(source, Path(name))
        memory = office.register.with_name(FOLDER)

        def anew() -> None:
            shutil.rmtree(memory, ignore_errors=True)
            collect(office)

        def theirs() -> None:
            for path in sorted(office.folder.iterdir()):
                openpyxl.load_workbook(path)

        yield compare("collect workbooks / openpyxl load of each", anew, theirs, runs)
        yield compare("collect again / the first time", lambda: collect(office), anew, runs)


def merging(source: Path, runs: int) -> Ratio:
    """A folder of workbooks → the merged workbook, against adding their cells up with openpyxl."""
    with TemporaryDirectory() as name:
        office = folder_of(source, Path(name))

        def ours() -> None:
            merged_of(MergeTask(contributed([office.folder]), Unit("示例区")))

        def theirs() -> None:
            sums: dict[tuple[str, str], float] = {}
            for path in sorted(office.folder.iterdir()):
                for sheet in openpyxl.load_workbook(path, data_only=True).worksheets:
                    for cell in (cell for row in sheet.iter_rows() for cell in row):
                        if isinstance(cell.value, int | float):
                            key = sheet.title, cell.coordinate
                            sums[key] = sums.get(key, 0) + cell.value

        return compare("merge workbooks / adding up with openpyxl", ours, theirs, runs)


def word(source: Path, runs: int) -> Ratio:
    """A published Word report → its values and text, against the cells' texts by python-docx."""
    data = api.render(source).data

    def theirs() -> None:
        for table in docx.Document(io.BytesIO(data)).tables:
            for row in table.rows:
                _ = [cell.text for cell in row.cells]

    return compare(
        "read a Word report / its cells by python-docx",
        lambda: api.open_data("年报.docx", data),
        theirs,
        runs,
    )


def page(source: Path, runs: int) -> Ratio:
    """A published web page → its values and text, against the cells' texts by lxml."""
    data = api.render(source, to=api.Printed.PAGE).data

    def theirs() -> None:
        for cell in lxml.html.fromstring(data).iter("td", "th"):
            _ = "".join(map(str, cell.itertext()))

    return compare(
        "read a web page / its cells by lxml",
        lambda: api.open_data("年报.html", data),
        theirs,
        runs,
    )


def pdf(source: Path, runs: int) -> Ratio:
    """A published PDF → its values and text, against all tables by pdfplumber."""
    data = source.read_bytes()

    def theirs() -> None:
        with pdfplumber.open(io.BytesIO(data)) as document:
            for sheet in document.pages:
                sheet.extract_tables()

    return compare(
        "read a PDF / its tables by pdfplumber",
        lambda: api.open_data("年报.pdf", data),
        theirs,
        runs,
    )


def folder_of(source: Path, folder: Path, count: int = 8) -> Gathering:
    """So many units that sent the same figures in their own workbooks."""
    lines = tuple(RosterLine(row, f"示例{row}局", str(row)) for row in range(2, count + 2))
    received = folder / "02收件"
    received.mkdir()
    for line in lines:
        book = api.new(api.Issue(unit=line.name), values=source).data
        (received / f"{line.name}.xlsx").write_bytes(book)
    return Gathering(received, Roster(lines), folder / "收发登记.xlsx")
