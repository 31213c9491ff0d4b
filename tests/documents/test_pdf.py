"""Reports printed as PDF by LibreOffice: nothing is lost, and they are read again as they were."""

from __future__ import annotations

import io
import re
import sys
import time
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

import docx
import pytest

from gk_xlsx import api, resources
from gk_xlsx.documents import libreoffice as program
from gk_xlsx.documents.docx import render_docx
from gk_xlsx.documents.pdf import LOST, NOT_MADE, to_pdf
from gk_xlsx.documents.printed_check import check, with_loose_ends
from gk_xlsx.errors import GkXlsxError
from gk_xlsx.published.assembly import report_of
from gk_xlsx.report import AnnualReport, EntryKind
from gk_xlsx.sources.pdf import read_pdf
from tests.documents.printed_reports import EXAMPLES, Recipe, example, finished
from tests.made import clean_report
from tests.office.libreoffice import LibreOffice
from tests.office.word import word_document
from tests.published.same import same_report
from tests.sources.drawn_pages import Page, pdf

RANDOM = [
    Recipe(edition, "清河市临江区人民政府办公室", seed, {"overview": text, "other": "无。"}, date)
    for seed, (edition, text, date) in enumerate(
        (
            (
                "2021",
                "（一）主动公开\n\n公开**12**条。\n\n" + "信息公开工作平稳有序。" * 40,
                "{}-01-09",
            ),
            ("2019", "- 甲\n- 乙\n\n1.目录\n\n更新2次。", "{}年1月31日"),
            ("2021", "", ""),
            ("2019", "| 平台 | 条数 |\n| --- | --- |\n| 网站 | 5 |", "{}-02-01"),
        )
    )
]


def read(data: bytes) -> AnnualReport:
    return report_of(read_pdf(data), resources.form, resources.form_for_year)


def word(report: AnnualReport) -> tuple[AnnualReport, bytes]:
    printed, texts = finished(report)
    return printed, render_docx(printed, resources.form(printed.edition), texts)


@pytest.fixture(scope="module")
def printed(libreoffice: LibreOffice) -> Mapping[str, tuple[AnnualReport, bytes]]:
    """Every example and random report with its PDF, made in one start."""
    assert libreoffice.program.is_file()
    reports = {path.name: example(path) for path in EXAMPLES}
    reports |= {f"random {recipe.seed}": recipe.report() for recipe in RANDOM}
    documents = {name: word(report) for name, report in reports.items()}
    outcomes = to_pdf([data for _, data in documents.values()])
    assert not any(outcome.problem for outcome in outcomes)
    assert not any(LOST[:8] in remark for one in outcomes for remark in one.remarks)
    return {
        name: (report, outcome.data)
        for (name, (report, _)), outcome in zip(documents.items(), outcomes, strict=True)
    }


@pytest.mark.office
@pytest.mark.parametrize("name", [path.name for path in EXAMPLES])
def test_every_example_comes_back_as_it_was(
    name: str, printed: Mapping[str, tuple[AnnualReport, bytes]]
) -> None:
    report, data = printed[name]
    assert same_report(report, read(data), markup=False)


@pytest.mark.office
@pytest.mark.parametrize("recipe", RANDOM, ids=lambda recipe: f"random {recipe.seed}")
def test_random_reports_come_back_as_they_were(
    recipe: Recipe, printed: Mapping[str, tuple[AnnualReport, bytes]]
) -> None:
    report, data = printed[f"random {recipe.seed}"]
    assert same_report(report, read(data), markup=False)


# -- other layouts -------------------------------------------------------------------------

Change = Callable[[str], str]


def changed(document: bytes, part: str, change: Change) -> bytes:
    """A Word document with one part changed, as an office restyles its template."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(document)) as old, zipfile.ZipFile(buffer, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            new.writestr(name, change(data.decode()) if name == part else data)
    return buffer.getvalue()


def top(twips: int, *, whole_rows: bool = True) -> Change:
    def change(text: str) -> str:
        text = text.replace('w:top="2098"', f'w:top="{twips}"')
        return text if whole_rows else re.sub(r"<w:(?:cantSplit|tblHeader)/>", "", text)

    return change


def letters(half_points: int) -> Change:
    return lambda text: re.sub(r'<w:sz w:val="(?:21|18)"/>', f'<w:sz w:val="{half_points}"/>', text)


def borders(kind: str, *sides: str) -> Change:
    lines = "".join(f'<w:{side} w:val="{kind}" w:sz="4"/>' for side in sides)
    return lambda text: re.sub(r"(?<=<w:tblBorders>).*?(?=</w:tblBorders>)", lines, text)


ALL_SIDES = ("top", "left", "bottom", "right", "insideH", "insideV")
LAYOUTS: dict[str, tuple[str, Change]] = {
    **{f"page ends {at}": ("document", top(at)) for at in (3000, 4400, 5200, 6600, 7400)},
    **{
        f"rows torn {at}": ("document", top(at, whole_rows=False))
        for at in (2600, 4000, 5800, 7800)
    },
    "small letters": ("styles", letters(14)),
    "large letters": ("styles", letters(26)),
    "dotted lines": ("styles", borders("dotted", *ALL_SIDES)),
    "double lines": ("styles", borders("double", *ALL_SIDES)),
    "no outer lines": ("styles", borders("single", "insideH", "insideV")),
    "no lines": ("styles", borders("nil", *ALL_SIDES)),
    "lines across only": ("styles", borders("single", "top", "bottom", "insideH")),
}


@pytest.fixture(scope="module")
def restyled(libreoffice: LibreOffice) -> Mapping[str, tuple[AnnualReport, AnnualReport]]:
    """Each layout with the report that was printed in it and what was read."""
    assert libreoffice.program.is_file()
    report = replace(clean_report(), title="某某市人民政府2024年政府信息公开工作年度报告")
    _, document = word(report)
    made = to_pdf([changed(document, f"word/{part}.xml", how) for part, how in LAYOUTS.values()])
    return {name: (report, read(outcome.data)) for name, outcome in zip(LAYOUTS, made, strict=True)}


@pytest.mark.office
@pytest.mark.parametrize("name", LAYOUTS)
def test_no_layout_gives_a_false_figure(
    name: str, restyled: Mapping[str, tuple[AnnualReport, AnnualReport]]
) -> None:
    report, found = restyled[name]
    assert (found.title, found.year, found.unit.name) == (report.title, 2024, report.unit.name)
    unknown = [k for k, e in found.entries.items() if e.kind is EntryKind.UNKNOWN]
    wrong = {k for k, e in report.entries.items() if found.entries[k].value != e.value}
    assert wrong <= set(unknown)
    if name not in ("no lines", "lines across only"):
        assert len(unknown) <= 14


# -- LibreOffice ---------------------------------------------------------------------------


@pytest.mark.office
def test_a_bad_document_does_not_spoil_the_others(libreoffice: LibreOffice) -> None:
    assert libreoffice.program.is_file()
    _, good = word(clean_report())
    outcomes = to_pdf([good, b"PK\x03\x04 no document", good])
    assert [bool(outcome.data) for outcome in outcomes] == [True, False, True]
    assert outcomes[1].problem == NOT_MADE


@pytest.mark.office
def test_render_makes_a_pdf_of_a_report(libreoffice: LibreOffice, tmp_path: Path) -> None:
    assert libreoffice.program.is_file()
    made = api.render(EXAMPLES[0], to=api.Printed.PDF)
    path = tmp_path / "年报.pdf"
    path.write_bytes(made.data)
    assert api.read(path).unit.name == example(EXAMPLES[0]).unit.name


def test_where_it_is_not_installed_it_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(GkXlsxError, match=r"没有找到 LibreOffice.*另存为 PDF"):
        program.find({"PATH": str(tmp_path)}, usual=(tmp_path / "opt" / "*" / "soffice",))


def test_it_is_found_where_it_is_usually_installed(tmp_path: Path) -> None:
    for version in ("7.4", "24.8"):
        path = tmp_path / f"libreoffice{version}" / "program" / "soffice"
        path.parent.mkdir(parents=True)
        path.touch()
    pattern = tmp_path / "libreoffice*" / "program" / "soffice"
    assert program.find({"PATH": str(tmp_path)}, usual=(pattern,)).exists()
    windows = tmp_path / "Programs" / "LibreOffice 24" / "program" / "soffice.com"
    windows.parent.mkdir(parents=True)
    windows.touch()
    assert program.find({"LOCALAPPDATA": str(tmp_path)}, usual=()) == windows


@pytest.mark.skipif(sys.platform == "win32", reason="a shell script stands for the program")
def test_one_that_hangs_is_ended_with_all_it_started(tmp_path: Path) -> None:
    sleeper = tmp_path / "soffice"
    seen = tmp_path / "seen"
    sleeper.write_text(f"#!/bin/sh\n(sleep 4; touch {seen}) &\nwait\n", "utf-8")
    sleeper.chmod(0o755)
    begun = time.monotonic()
    assert program.converted(sleeper, [b""], seconds=0.5 - program.SECONDS_A_FILE) == [b""]
    assert time.monotonic() - begun < 3
    time.sleep(4)
    assert not seen.exists()


def test_one_that_cannot_be_started_is_named(tmp_path: Path) -> None:
    broken = tmp_path / "soffice"
    broken.touch()
    with pytest.raises(GkXlsxError, match="不能启动"):
        program.converted(broken, [b""])


# -- what a PDF must hold ------------------------------------------------------------------


def pages_of(*texts: str) -> bytes:
    page = Page()
    for row, text in enumerate(texts):
        page.text(80, 100 + 30 * row, text)
    return pdf([page])


def test_a_pdf_with_all_its_document_says_is_whole() -> None:
    found = check(
        pages_of("年度报告", "全年公开", "十条。", "— 1 —"),
        word_document("年度报告", "全年公开十条。"),
    )
    assert (found.whole, found.lost) == (True, "")


def test_a_lost_character_is_named_and_its_paragraph_is_printed_without_justification() -> None:
    document = word_document("年度报告", "全年公开十条。", "其他事项")
    found = check(pages_of("年度报告", "全年公开十条", "其他事项"), document)
    assert (found.whole, found.lost) == (True, "。")
    loose = docx.Document(io.BytesIO(with_loose_ends(document, found.text)))
    assert [paragraph.alignment for paragraph in loose.paragraphs] == [None, 0, None]


@pytest.mark.parametrize(
    "data", [b"", b"no pdf", pdf([]), pages_of("年度报告"), pages_of("别的文件" * 20)]
)
def test_an_empty_or_another_pdf_is_none(data: bytes) -> None:
    assert not check(data, word_document("年度报告", "全年公开十条，均按时发布。")).whole
