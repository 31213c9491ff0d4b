"""公布情况 and 文字汇编 of the made-up district, as its office would make them."""

from __future__ import annotations

import io
import shutil
from pathlib import Path

import pytest
from docx import Document

from gk_xlsx.resources import examples
from tests.cli.conftest import Run


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the district's project folder, which is the current folder."""
    folder = tmp_path / "年报2025"
    shutil.copytree(examples() / "district", folder)
    monkeypatch.chdir(folder)
    return folder


def paragraphs(path: Path) -> list[str]:
    document = Document(io.BytesIO(path.read_bytes()))
    return [item.text for item in document.paragraphs if item.text.strip()]


def test_the_notice_follows_the_register(run: Run, project: Path) -> None:
    assert run("notice").code == 0
    said = paragraphs(project / "05成文" / "公布情况.docx")
    assert said[1].startswith(
        "一、应公布单位29个、报告30份，按时公布4份，按时公布率13.3%，名单为："
    )
    assert "青禾区发展和改革局（2月23日补公布）" in said[2]
    assert not any(line.startswith("三、") for line in said)


def test_the_notice_says_who_is_in_the_sums_once_there_are_any(run: Run, project: Path) -> None:
    assert run("merge").code == 1
    assert run("notice").code == 0
    said = paragraphs(project / "05成文" / "公布情况.docx")
    third = next(line for line in said if line.startswith("三、"))
    assert "青禾区统计局（未收到）" in third
    assert "青禾经济开发区管理委员会（不计入本级汇总）" in third


def test_the_digest_sorts_what_all_wrote_by_aspect(run: Run, project: Path) -> None:
    assert run("digest").code == 0
    said = paragraphs(project / "05成文" / "文字汇编.docx")
    aspect = said.index("（二）依申请公开")
    assert said[aspect + 1] == "青禾区人民政府"
    assert "全年新收政府信息公开申请25件，上年结转1件" in said[aspect + 2]
    assert said[-3:] == [
        "收到几份、尚未确定采用哪一份：青禾区财政局。",
        "没有收到报告：青禾区统计局。",
        "报告年度不符：青禾区城市管理局。",
    ]


def test_without_a_register_the_notice_says_what_to_do(run: Run, project: Path) -> None:
    (project / "收发登记.xlsx").unlink()
    result = run("notice")
    assert result.code == 2
    assert "请先运行 gk-xlsx collect" in result.err


def test_nothing_is_overwritten(run: Run, project: Path) -> None:
    run("notice")
    before = (project / "05成文" / "公布情况.docx").read_bytes()
    result = run("notice")
    assert result.code == 2
    assert (project / "05成文" / "公布情况.docx").read_bytes() == before


def test_outside_a_project_folder_a_target_is_needed(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run("notice").code == 2
    assert run("digest").code == 2
