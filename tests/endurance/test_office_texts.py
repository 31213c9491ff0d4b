"""A whole district whose names are hostile texts, through everything an office does with it."""

from __future__ import annotations

import io
import os
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import docx
import openpyxl
import pytest
import xlsxwriter
from lxml import html

from gk_xlsx.cli import main
from gk_xlsx.outputs.file_names import safe_name
from gk_xlsx.sources.write_report_json import report_json
from gk_xlsx.units import Unit
from tests.endurance.office import contents
from tests.endurance.test_texts import faults
from tests.endurance.texts import ALL, everywhere
from tests.office.package_lint import lint_docx, lint_xlsx

pytestmark = pytest.mark.slow

YEAR = "2024"
OUTPUTS = (
    ("new", "--roster", "名册.xlsx", "--year", YEAR, "-o", "下发"),
    (
        *("collect", "收件", "--roster", "名册.xlsx", "--year", YEAR, "--marked", "退回"),
        *("-o", "清单.xlsx", "--html", "清单.html"),
    ),
    ("collect", "收件", "--roster", "名册.xlsx", "--year", YEAR, "--format", "json"),
    ("merge", "收件", "--roster", "名册.xlsx", "--year", YEAR, "-o", "汇总.xlsx"),
    ("check", "收件", "--format", "html", "-o", "核验.html"),
    ("diff", "收件", "汇总.xlsx"),
    ("digest", "收件", "--roster", "名册.xlsx", "--year", YEAR, "-o", "汇编.docx"),
    ("notice", "--roster", "名册.xlsx", "--year", YEAR, "-o", "公布.docx"),
)
WRONG = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def names() -> Iterator[str]:
    """A name of each text that fits into a roster, told apart by a number."""
    for number, text in enumerate(ALL.values(), start=1):
        kept = re.sub("[\0\ud800\ufffe\uffff]", "", text[:80]).strip()
        yield f"{'某' if kept.startswith('=') else ''}{kept}第{number}局"


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("office")
    (folder / "收件").mkdir()
    book = xlsxwriter.Workbook(folder / "名册.xlsx", {"strings_to_formulas": False})
    sheet = book.add_worksheet()
    lines = [
        ("0", "某某区人民政府", ""),
        *((str(n), name, "0") for n, name in enumerate(names(), 1)),
    ]
    for row, line in enumerate([("单位编码", "单位名称", "上级"), *lines]):
        for column, text in enumerate(line):
            sheet.write_string(row, column, text)
    book.close()
    for (code, name, _), text in zip(lines[1:], ALL.values(), strict=True):
        report = replace(everywhere(text[:200]), unit=Unit(name, code))
        (folder / "收件" / f"{code}.json").write_text(report_json(report), "utf-8")
    return folder


@pytest.fixture(scope="module")
def said(office: Path) -> list[tuple[str, int, str]]:
    """What each command said, in the order in which an office gives them, with its exit code."""
    before = Path.cwd()
    os.chdir(office)
    told = []
    try:
        for arguments in OUTPUTS:
            out = io.StringIO()
            with pytest.MonkeyPatch.context() as here:
                here.setattr("sys.stdout", out)
                here.setattr("sys.stderr", out)
                with pytest.raises(SystemExit) as end:
                    main(arguments)
            told.append((arguments[0], int(end.value.code or 0), out.getvalue()))
    finally:
        os.chdir(before)
    return told


@pytest.fixture(scope="module")
def done(office: Path, said: list[tuple[str, int, str]]) -> Path:
    """The office's folder after all that."""
    assert len(said) == len(OUTPUTS)
    return office


def test_every_command_does_its_work(said: list[tuple[str, int, str]]) -> None:
    for command, code, text in said:
        assert code in (0, 1), (command, text[-2000:])
        assert "Traceback" not in text


def test_nothing_that_steers_a_terminal_gets_there(said: list[tuple[str, int, str]]) -> None:
    for command, _, text in said:
        assert not WRONG.search(text), command


def test_every_file_has_a_name_that_every_system_takes(done: Path) -> None:
    made = [path for path in done.rglob("*") if ".gk-xlsx" not in path.parts]
    assert len(made) > 3 * len(ALL)
    for path in made:
        assert safe_name(path.name) == path.name
        assert len(path.name.encode()) <= 255


def test_every_workbook_is_sound_and_computes_nothing_of_theirs(done: Path) -> None:
    books = {path: data for path, data in contents(done).items() if path.endswith(".xlsx")}
    assert len(books) > len(ALL)
    for path, data in books.items():
        if "收发登记" not in path and path != "名册.xlsx":
            assert faults(lint_xlsx(data), "&{}") == [], path
        for cell in formulas(data):
            assert not re.search(r"/C calc|example\.invalid|SUM\(A1:A9\)|^=1\+1", cell), path


def formulas(data: bytes) -> Iterator[str]:
    """What is computed; what is quoted is only text."""
    for sheet in openpyxl.load_workbook(io.BytesIO(data)).worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    yield re.sub('"(?:[^"]|"")*"', "", str(cell.value))


def test_every_document_is_sound(done: Path) -> None:
    documents = {path: data for path, data in contents(done).items() if path.endswith(".docx")}
    assert len(documents) > len(ALL) // 2
    for path, data in documents.items():
        assert faults(lint_docx(data), "&{}") == [], path
        docx.Document(io.BytesIO(data))


def test_no_page_does_anything(done: Path) -> None:
    for path in ("清单.html", "核验.html"):
        page = (done / path).read_text("utf-8")
        tree = html.fromstring(page)
        assert not tree.xpath(
            "//script | //img | //iframe | //object | //@*[starts-with(name(), 'on')]"
        )
        links = [element.get("href", "#") for element in tree.iter()]
        assert [link for link in links if not link.startswith("#")] == []
        assert "<script>alert(1)</script>" in "".join(map(str, tree.itertext()))
        assert not WRONG.search(page)
