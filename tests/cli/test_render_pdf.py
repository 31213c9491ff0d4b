"""`gk-xlsx render` to PDF."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from gk_xlsx import api
from tests.cli.conftest import Run
from tests.made import clean_report, write_json


def inputs(folder: Path) -> Path:
    folder.mkdir()
    for name, edition in (("甲局", "2021"), ("乙局", "2019")):
        write_json(clean_report(edition), folder / f"{name}.json")
    return folder


@pytest.mark.office
@pytest.mark.usefixtures("libreoffice")
def test_a_folder_of_reports_becomes_a_folder_of_pdf(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "out"
    (source := inputs(tmp_path / "in")).joinpath("坏.json").write_text("{}", "utf-8")
    outcome = run("render", source, "--format", "pdf", "-o", out)
    assert outcome.code == 2
    assert "坏.json：" in outcome.err
    assert sorted(path.name for path in out.iterdir()) == ["乙局.pdf", "甲局.pdf"]
    assert outcome.err.count("公文字体") <= 1
    assert [api.read(out / name).edition for name in ("甲局.pdf", "乙局.pdf")] == ["2021", "2019"]


@pytest.mark.office
@pytest.mark.usefixtures("libreoffice")
def test_a_pdf_is_named_by_the_output(run: Run, tmp_path: Path) -> None:
    source = write_json(clean_report(), tmp_path / "甲局.json")
    outcome = run("render", source, "-o", tmp_path / "年报.pdf")
    assert (outcome.code, outcome.err.split("\n")[0]) == (0, f"已生成 {tmp_path / '年报.pdf'}")
    assert run("render", source, "-o", tmp_path / "年报.pdf").code == 2


def test_where_the_libraries_are_missing_nothing_is_made(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pypdfium2", None)
    outcome = run("render", inputs(tmp_path / "in"), "--format", "pdf", "-o", tmp_path / "out")
    assert outcome.code == 2
    assert "pip install 'gk-xlsx[pdf]'" in outcome.err
    assert not any((tmp_path / "out").glob("*"))


def test_web_fragments_are_not_pdf(run: Run, tmp_path: Path) -> None:
    source = write_json(clean_report(), tmp_path / "甲局.json")
    outcome = run("render", source, "--fragment", "-o", tmp_path / "年报.pdf")
    assert (outcome.code, outcome.err) == (2, "--fragment 只用于网页（.html）。\n")
