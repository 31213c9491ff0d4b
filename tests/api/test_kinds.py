"""Every command takes a report in any format, told by its content and never by its name."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from gk_xlsx import api
from gk_xlsx.api import Issue, Printed
from gk_xlsx.api.reading import MAX_TEXT
from gk_xlsx.documents.markdown_report import render_markdown
from gk_xlsx.errors import GkXlsxError, UnreadableError
from gk_xlsx.findings import Severity, Verdict
from gk_xlsx.plan.workbook import plan_workbook
from gk_xlsx.report import AnnualReport, EntryKind, state
from gk_xlsx.resources import form
from gk_xlsx.sources.door import Kind
from gk_xlsx.sources.write_report_json import report_json
from gk_xlsx.workbook.write import workbook_bytes
from tests.made import UNIT, clean_report, with_entries, write_json
from tests.sources.layouts import all_on_one, laid_out
from tests.sources.word import p, picture, png, word

TRUE = clean_report()


def _json(folder: Path) -> bytes:
    return write_json(TRUE, folder / "源.json").read_bytes()


def _workbook(folder: Path) -> bytes:
    return api.new(Issue(), values=write_json(TRUE, folder / "源.json")).data


def _printed(to: Printed) -> Callable[[Path], bytes]:
    return lambda folder: api.render(write_json(TRUE, folder / "源.json"), to=to).data


MADE: dict[str, tuple[Callable[[Path], bytes], Kind]] = {
    "json": (_json, Kind.REPORT_JSON),
    "workbook": (_workbook, Kind.WORKBOOK),
    "foreign": (lambda _: laid_out(all_on_one, TRUE), Kind.WORKBOOK),
    "word": (_printed(Printed.WORD), Kind.DOCX),
    "page": (_printed(Printed.PAGE), Kind.HTML),
    "fragment": (_printed(Printed.FRAGMENT), Kind.HTML),
    "markdown": (_printed(Printed.MARKDOWN), Kind.TEXT),
}


@pytest.fixture(params=MADE, ids=str)
def made(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[Path, Kind]:
    """The clean report in some format, under a name that says another."""
    maker, kind = MADE[request.param]
    path = tmp_path / "报告.dat"
    path.write_bytes(maker(tmp_path))
    return path, kind


def test_a_report_is_read_in_every_format(made: tuple[Path, Kind]) -> None:
    path, kind = made
    opened = api.open_report(path)
    assert opened.kind is kind
    assert opened.report.values == TRUE.values
    assert (opened.report.unit.name, opened.report.year) == (UNIT, TRUE.year)


def test_a_workbook_is_made_of_every_format(made: tuple[Path, Kind], tmp_path: Path) -> None:
    book = tmp_path / "新.xlsx"
    book.write_bytes(api.new(Issue(), values=made[0]).data)
    assert api.read(book).values == TRUE.values


def test_every_format_serves_as_last_years(made: tuple[Path, Kind], tmp_path: Path) -> None:
    book = tmp_path / "明年.xlsx"
    book.write_bytes(api.new(Issue(UNIT, TRUE.year + 1), last=made[0]).data)
    last = api.read(book).last_year
    assert last is not None
    assert last.values == TRUE.values


def test_every_format_is_exported_and_rendered(made: tuple[Path, Kind]) -> None:
    assert api.export_csv(made[0]).count(b"\r\n") == len(TRUE.values) + 1
    assert api.render(made[0]).data.startswith(b"PK")


def test_the_bytes_of_an_archives_member_are_read_under_its_name() -> None:
    data = laid_out(all_on_one, TRUE)
    opened = api.open_data("材料.zip/某局.xlsx", data)
    assert (opened.path, opened.sha256) == ("材料.zip/某局.xlsx", hashlib.sha256(data).hexdigest())


@pytest.mark.parametrize("data", [b"", b"\0", b"{", b"no report", b"Rar!\x1a\x07\x01\0"])
def test_a_member_that_cannot_be_read_is_named(data: bytes) -> None:
    with pytest.raises(UnreadableError) as caught:
        api.open_data("材料.zip/某局", data)
    assert str(caught.value).startswith("材料.zip/某局：")
    assert caught.value.sha256 == hashlib.sha256(data).hexdigest()


def test_an_archive_is_a_finding_that_says_to_unpack_it(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("某局.xlsx", laid_out(all_on_one, TRUE))
    path = tmp_path / "材料.zip"
    path.write_bytes(buffer.getvalue())
    checked = api.check(path)
    [finding] = checked.findings
    assert checked.data is Verdict.UNREADABLE
    assert (finding.code, finding.severity) == ("FI01", Severity.ERROR)
    assert "请先解压" in finding.fix


def test_every_code_of_an_unreadable_file_is_explained(tmp_path: Path) -> None:
    known = {code for code, _, _, _ in api.refusals()} | {"SE01"}
    for number, data in enumerate((b"", b"\0", b"{", b"text", b"GIF89a", b"PK\x03\x04")):
        path = tmp_path / str(number)
        path.write_bytes(data)
        assert {finding.code for finding in api.check(path).findings} <= known


# -- what is not certain -------------------------------------------------------------------


def _with_a_glued_cell() -> AnnualReport:
    """Printed as text, the figures of one row stand in one cell."""
    from gk_xlsx.report import Entry

    glued = Entry(EntryKind.TEXT, raw="3 / 7 件左右")
    return with_entries(TRUE, {"requests.granted.company": glued})


def test_a_new_workbook_leaves_blank_what_was_not_read_and_says_so(tmp_path: Path) -> None:
    source = tmp_path / "网页.html"
    source.write_bytes(
        api.render(write_json(_with_a_glued_cell(), tmp_path / "源.json"), to=Printed.PAGE).data
    )
    made = api.new(Issue(), values=source)
    book = tmp_path / "新.xlsx"
    book.write_bytes(made.data)

    entry = api.read(book).entries["requests.granted.company"]
    assert not state(entry, form("2021").fields["requests.granted.company"].kind).usable
    assert any("没有读出" in remark and "予以公开" in remark for remark in made.remarks)


def test_a_source_without_unit_or_year_asks_for_them(tmp_path: Path) -> None:
    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(laid_out(all_on_one, TRUE)))
    book.worksheets[0]["A1"] = None
    path = tmp_path / "无名.xlsx"
    book.save(path)

    with pytest.raises(GkXlsxError, match="--year"):
        api.new(Issue(), values=path)
    with pytest.raises(GkXlsxError, match="--unit"):
        api.new(Issue(year=TRUE.year), values=path)
    made = tmp_path / "新.xlsx"
    made.write_bytes(api.new(Issue("某某局", TRUE.year), values=path).data)
    report = api.read(made)
    assert (report.unit.name, report.year, report.values) == ("某某局", TRUE.year, TRUE.values)


def test_last_years_file_without_a_year_is_not_believed(tmp_path: Path) -> None:
    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(laid_out(all_on_one, TRUE)))
    book.worksheets[0]["A1"] = None
    path = tmp_path / "无名.xlsx"
    book.save(path)
    with pytest.raises(GkXlsxError, match="没有写明年份"):
        api.new(Issue(UNIT, TRUE.year + 1), last=path)


def test_kinds_stand_behind_chinese_words_as_people_write_them() -> None:
    assert Kind.DOCX.told == "这是 Word 文档"
    assert Kind.PDF.told == "这是 PDF"
    assert Kind.HTML.told == "这是网页"


def test_a_refusal_of_a_word_document_says_so(tmp_path: Path) -> None:
    path = tmp_path / "通知.docx"
    path.write_bytes(word(p("某某局关于报送材料的通知")))
    with pytest.raises(UnreadableError, match="：这是 Word 文档，没有找到"):
        api.read(path)


def test_tables_that_are_pictures_are_one_finding_of_the_figures(tmp_path: Path) -> None:
    path = tmp_path / "年报.docx"
    sections = "".join(
        p(section.heading) + (p(picture("a", 150, 200)) if section.table else p("如期完成。"))
        for section in form("2021").sections
    )
    body = p("某某局2023年政府信息公开工作年度报告") + sections
    path.write_bytes(word(body, media={"a": png()}))
    checked = api.check(path)
    told = [finding for finding in checked.findings if "图片" in finding.message]
    assert [finding.code for finding in told] == ["IN09"]
    assert checked.data is Verdict.FIX


# -- what is too long ----------------------------------------------------------------------


def _long(length: int) -> AnnualReport:
    return replace(TRUE, narrative={"overview": "\n\n".join(["甲" * 998] * (length // 1000))})


def _long_markdown() -> bytes:
    text = render_markdown(TRUE, form("2021"), {}).decode()
    return text.replace("一、总体情况", f"一、总体情况\n\n{'甲' * MAX_TEXT}", 1).encode()


TOO_LONG: dict[str, Callable[[], bytes]] = {
    "json": lambda: report_json(_long(MAX_TEXT + 1000)).encode(),
    "workbook": lambda: workbook_bytes(plan_workbook(form("2021"), _long(MAX_TEXT + 1000))),
    "markdown": _long_markdown,
}


@pytest.mark.parametrize("made", TOO_LONG.values(), ids=TOO_LONG)
def test_a_text_too_long_for_a_report_is_refused_in_every_format(made: Callable[[], bytes]) -> None:
    with pytest.raises(UnreadableError, match="文字超过 10 万字") as caught:
        api.open_data("某局", made())
    assert (caught.value.code, caught.value.path) == ("FI05", "某局")
    assert caught.value.fix.startswith("请")


def test_a_text_that_is_just_not_too_long_is_read() -> None:
    report = _long(MAX_TEXT)
    opened = api.open_data("某局", report_json(report).encode())
    assert opened.report.narrative == report.narrative
