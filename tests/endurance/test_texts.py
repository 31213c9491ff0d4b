"""Hostile texts through every sink: they come out as texts, and mean what they meant."""

from __future__ import annotations

import csv
import datetime
import io
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

import docx
import openpyxl
import pytest
from lxml import etree, html

from gk_xlsx.api.checking import Choice, judged
from gk_xlsx.api.reading import Opened
from gk_xlsx.cli.console import harmless
from gk_xlsx.documents.correction import correction_docx
from gk_xlsx.documents.docx import render_docx
from gk_xlsx.documents.feedback import Office, feedback_docx
from gk_xlsx.documents.figures import figures_of
from gk_xlsx.documents.markdown_report import render_markdown
from gk_xlsx.documents.narrative import TextBlock, TextSource
from gk_xlsx.documents.narrative import render as rendered
from gk_xlsx.documents.web import render_fragment, render_page
from gk_xlsx.errors import GkXlsxError
from gk_xlsx.findings import CheckedFile
from gk_xlsx.markdown import clean
from gk_xlsx.office import IssuingOffice
from gk_xlsx.outputs.findings_json import findings_json
from gk_xlsx.outputs.html import CheckedReport, findings_html
from gk_xlsx.outputs.text import findings_text
from gk_xlsx.outputs.values_csv import values_csv
from gk_xlsx.plan.workbook import plan_workbook
from gk_xlsx.published.model import Paragraph
from gk_xlsx.resources import form, form_for_year
from gk_xlsx.rollup.corrections import correct
from gk_xlsx.sources.door import Kind
from gk_xlsx.sources.plain_text import read_text
from gk_xlsx.sources.report_json import read_report_json
from gk_xlsx.sources.write_report_json import report_json
from gk_xlsx.workbook.read import read_workbook
from gk_xlsx.workbook.write import workbook_bytes
from tests.endurance.texts import ALL, ASKED, FORM, TAGS, everywhere, squeezed
from tests.made import number
from tests.office.package_lint import lint_docx, lint_xlsx
from tests.office.validator import Validator

ONE, OTHER = "某某局", "某某街道办事处2023年的话"
"""Texts that nobody minds."""
LONG = ("long", "long and wide")
"""More than a cell of a workbook takes."""


@pytest.fixture(params=ALL)
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def text(name: str) -> str:
    return ALL[name]


@cache
def found(text: str) -> CheckedFile:
    """What is found in a report that has a text everywhere."""
    opened = Opened(f"{text}.json", "0" * 64, everywhere(text), FORM, Kind.REPORT_JSON)
    return judged(opened, Choice())


@cache
def written(text: str) -> bytes:
    """A workbook with the text everywhere, and marked as one that is sent back."""
    office = IssuingOffice(text, text, text, text, requirements=(text,))
    return workbook_bytes(
        plan_workbook(FORM, everywhere(text), found(text).findings, office=office)
    )


@cache
def formulas(text: str) -> frozenset[str]:
    """Every kind of formula of the workbook: what is quoted and numbers left out."""
    book = openpyxl.load_workbook(io.BytesIO(written(text)))
    cells = (cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row)
    return frozenset(_VARYING.sub("", str(cell.value)) for cell in cells if cell.data_type == "f")


_VARYING = re.compile(r'"(?:[^"]|"")*"|\d+')


@cache
def blocks(name: str) -> dict[str, tuple[TextBlock, ...]]:
    """The finished text of a report; what would be a tag is left out of it."""
    words = ONE if name in TAGS else ALL[name]
    report = everywhere(ALL[name], words)
    sources = {key: TextSource(key, part) for key, part in report.narrative.items()}
    return dict(rendered(sources, figures_of(report, FORM)))


# -- workbooks -----------------------------------------------------------------------------


def test_a_workbook_holds_the_text_and_not_one_formula_more(name: str, text: str) -> None:
    if name in LONG:
        with pytest.raises(GkXlsxError, match="没有生成。请先"):
            written(text)
        return
    book = openpyxl.load_workbook(io.BytesIO(written(text)))
    values = [
        str(cell.value)
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "s"
    ]
    assert sum(squeezed(clean(text)) in squeezed(unescaped(value)) for value in values) >= 5
    assert formulas(text) <= formulas(ONE) | formulas(OTHER)


def unescaped(value: str) -> str:
    """openpyxl leaves `_x005F_`, which stands for an underscore, as it is."""
    return value.replace("_x005F_", "_")


def test_a_workbook_is_read_back_as_it_was_written(name: str, text: str) -> None:
    if name in LONG:
        return
    report = read_workbook(written(text), form)
    shown = clean(text)
    assert (report.unit.name, report.title) == (shown, shown.strip())
    assert report.entries[ASKED].raw == shown
    assert squeezed("".join(report.narrative.values())) == squeezed(f"{shown}本年{shown}。{shown}")


def test_a_workbook_is_one_that_excel_opens(name: str, text: str) -> None:
    if name not in LONG:
        faults = lint_xlsx(written(text))
        assert [
            fault for fault in faults if "escaped twice: " not in fault or "&" not in text
        ] == []


def faults(told: list[str], text: str) -> list[str]:
    """What a lint tells, apart from what it takes for a fault because it is in the text."""
    known: tuple[str, ...] = ("escaped twice: ",) if "&" in text else ()
    known += ("left",) if "{" in text or "}" in text else ()
    return [fault for fault in told if not any(word in fault for word in known)]


def test_the_validator_has_nothing_to_say(
    name: str, text: str, validator: Validator, tmp_path: Path
) -> None:
    files = {"甲.docx": render_docx(everywhere(text), FORM, blocks(name))}
    if name not in LONG:
        files["甲.xlsx"] = written(text)
    for file, data in files.items():
        (tmp_path / file).write_bytes(data)
    assert validator.validate([tmp_path / file for file in files]) == []


# -- documents -----------------------------------------------------------------------------


def paragraphs(data: bytes) -> Iterator[str]:
    document = docx.Document(io.BytesIO(data))
    yield from (paragraph.text for paragraph in document.paragraphs)
    for table in document.tables:
        for row in table.rows:
            yield from (cell.text for cell in row.cells)


def test_a_report_in_word_says_the_text(name: str, text: str) -> None:
    data = render_docx(everywhere(text), FORM, blocks(name))
    said = squeezed("".join(paragraphs(data)))
    assert said.count(squeezed(clean(text))) >= 3
    assert faults(lint_docx(data), text) == []


def test_a_letter_says_the_text(text: str) -> None:
    office = Office(text, text, text, text, text, text)
    data = feedback_docx(found(text), office, report=everywhere(text), form=FORM)
    assert squeezed(clean(text)) in squeezed("".join(paragraphs(data)))
    assert faults(lint_docx(data), text) == []


def test_a_correction_says_the_text(text: str) -> None:
    before = everywhere(text)
    after = replace(before, entries={**before.entries, "requests.new.natural_person": number(900)})
    data = correction_docx(correct(FORM, before, after, [before]), date=datetime.date(2025, 3, 1))
    assert squeezed(clean(text)) in squeezed("".join(paragraphs(data)))
    assert faults(lint_docx(data), text) == []


@pytest.mark.parametrize("make", [render_page, render_fragment])
def test_a_web_page_says_the_text_and_does_nothing(name: str, text: str, make: object) -> None:
    assert callable(make)
    page = make(everywhere(text), FORM, blocks(name), title="").decode()
    assert squeezed(clean(text)) in squeezed("".join(map(str, html.fromstring(page).itertext())))
    assert tags(page) == tags(make(everywhere(ONE), FORM, blocks_of(ONE), title="").decode())


def blocks_of(text: str) -> dict[str, tuple[TextBlock, ...]]:
    report = everywhere(text)
    sources = {key: TextSource(key, part) for key, part in report.narrative.items()}
    return dict(rendered(sources, figures_of(report, FORM)))


def tags(page: str) -> set[tuple[str, tuple[str, ...]]]:
    """Every kind of element with the names of its attributes, as a browser sees them.

    Paragraphs and line breaks may be more or fewer.
    """
    elements = html.fromstring(page).iter(etree.Element)
    return {(str(item.tag), tuple(sorted(map(str, item.attrib)))) for item in elements} - {
        ("br", ())
    }


def test_a_report_in_markdown_is_read_back(name: str, text: str) -> None:
    data = render_markdown(everywhere(text), FORM, blocks(name), title="标题")
    blocks_read = read_text(data).blocks
    said = "".join(block.text for block in blocks_read if isinstance(block, Paragraph))
    assert squeezed(clean(ONE if name in TAGS else text)) in squeezed(said)


# -- data ----------------------------------------------------------------------------------


def test_report_json_gives_the_same_report_again(text: str) -> None:
    data = report_json(everywhere(text)).encode()
    again = read_report_json(data, form, form_for_year)
    kept = re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]", "", text)
    assert again.unit.name == kept.strip()
    assert again.title == kept
    assert again.entries[ASKED].raw == kept


def test_no_cell_of_a_csv_is_a_formula(text: str) -> None:
    lines = list(csv.reader(io.StringIO(values_csv(everywhere(text), FORM).decode("utf-8-sig"))))
    (raw,) = [line[3] for line in lines if line[0] == ASKED]
    assert {len(line) for line in lines} == {5}
    assert not raw.startswith(("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠"))
    assert squeezed(clean(raw)).removeprefix("'") == squeezed(clean(text)).removeprefix("'")


def test_findings_as_json_say_the_text(text: str) -> None:
    data = findings_json([found(text)]).encode()
    (file,) = json.loads(data)["files"]
    assert file["unit"] == text
    assert file["path"] == f"{text}.json"


def test_findings_as_a_page_say_the_text_and_do_nothing(text: str) -> None:
    page = findings_html([CheckedReport(found(text), everywhere(text), FORM)])
    page.encode()
    assert squeezed(clean(text)).replace("\u200b", "")[:100] in squeezed(
        "".join(map(str, html.fromstring(page).itertext()))
    )
    assert not re.search(r"<(script|img|iframe|object)\b", page, re.IGNORECASE)
    assert not html.fromstring(page).xpath("//@*[starts-with(name(), 'on')]")


def test_nothing_that_steers_a_terminal_gets_there(text: str) -> None:
    shown = harmless(findings_text([found(text)]))
    assert not re.search(
        "[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]", shown
    )
    assert shown.encode()
    assert json.loads(harmless(json.dumps(text, ensure_ascii=False))) == text


# -- tags in a text ------------------------------------------------------------------------


@pytest.mark.parametrize("tag", [tag for tag in TAGS if tag not in ("expression", "comment")])
def test_a_tag_that_is_none_of_ours_is_told_with_its_place(tag: str) -> None:
    report = everywhere(ONE)
    with pytest.raises(GkXlsxError, match="文字 第1行："):
        rendered({"overview": TextSource("文字", TAGS[tag])}, figures_of(report, FORM))
