"""`gk-xlsx render` to web pages and Markdown, as it is typed."""

from __future__ import annotations

from pathlib import Path

import pytest

from gk_xlsx import api
from tests.cli.conftest import Run


@pytest.mark.parametrize(
    ("arguments", "beginning"),
    [
        (["报告.html"], "<!DOCTYPE html>"),
        (["报告.HTML"], "<!DOCTYPE html>"),
        (["报告.html", "--fragment"], "<div style="),
        (["报告.md"], "# "),
    ],
)
def test_the_name_of_the_output_tells_what_it_becomes(
    arguments: list[str], beginning: str, run: Run, clean: Path, tmp_path: Path
) -> None:
    target = tmp_path / arguments[0]
    outcome = run("render", clean, "-o", target, *arguments[1:])
    assert (outcome.code, outcome.out, outcome.err) == (0, "", f"已生成 {target}\n")
    assert target.read_text("utf-8").startswith(beginning)


@pytest.mark.parametrize("arguments", [["报告.html"], ["报告.html", "--fragment"], ["报告.md"]])
def test_what_was_written_is_read_again_with_all_its_figures(
    arguments: list[str], run: Run, clean: Path, tmp_path: Path
) -> None:
    target = tmp_path / arguments[0]
    assert run("render", clean, "-o", target, *arguments[1:]).code == 0
    before, after = api.read(clean), api.read(target)
    assert after.values == before.values
    assert (after.unit.name, after.year) == (before.unit.name, before.year)


def test_a_report_with_errors_is_written_and_ends_with_1(
    run: Run, wrong: Path, tmp_path: Path
) -> None:
    outcome = run("render", wrong, "-o", tmp_path / "报告.html")
    assert (outcome.code, (tmp_path / "报告.html").is_file()) == (1, True)
    assert "的数据有错误" in outcome.err


def test_text_and_title_of_their_own_go_into_a_page(run: Run, clean: Path, tmp_path: Path) -> None:
    text = tmp_path / "文字.md"
    text.write_text("# 一、总体情况\n\n**一是**新收{{ 三.新收.总计 }}件。", "utf-8")
    target = tmp_path / "报告.html"
    outcome = run("render", clean, "-o", target, "--narrative", text, "--title", "年度报告")
    assert outcome.code == 0
    page = target.read_text("utf-8")
    assert "<strong>一是</strong>新收" in page
    assert "<title>年度报告</title>" in page


@pytest.mark.parametrize(
    ("options", "names"),
    [
        ((), ["a.docx", "b.docx"]),
        (("--format", "html"), ["a.html", "b.html"]),
        (("--format", "html", "--fragment"), ["a.html", "b.html"]),
        (("--format", "md"), ["a.md", "b.md"]),
    ],
)
def test_a_folder_becomes_what_the_format_says(
    options: tuple[str, ...], names: list[str], run: Run, clean: Path, tmp_path: Path
) -> None:
    folder, out = tmp_path / "in", tmp_path / "out"
    folder.mkdir()
    (folder / "a.json").write_bytes(clean.read_bytes())
    clean.rename(folder / "b.json")
    assert run("render", folder, "-o", out, *options).code == 0
    assert sorted(path.name for path in out.iterdir()) == names
    fragments = [path.read_bytes().startswith(b"<div") for path in out.glob("*.html")]
    assert fragments == ["--fragment" in options] * len(fragments)


@pytest.mark.parametrize(
    ("arguments", "text"),
    [
        (("{good}", "-o", "{out}/x.docx", "--fragment"), "--fragment 只用于网页"),
        (("{good}", "-o", "{out}/x.md", "--fragment"), "--fragment 只用于网页"),
        (("{good}", "-o", "{out}/x.html", "--template", "{good}"), "--template 是 Word 模板"),
        (("{good}", "-o", "{out}/x.html", "--format", "html"), "--format 只用于文件夹"),
        (("{folder}", "-o", "{out}/y", "--format", "odt"), "--format 没有“odt”这一项"),
    ],
)
def test_options_that_do_not_go_together_are_refused_and_nothing_is_written(
    arguments: tuple[str, ...], text: str, run: Run, clean: Path, tmp_path: Path
) -> None:
    (tmp_path / "in").mkdir()
    clean.rename(tmp_path / "in" / "a.json")
    named = {"good": tmp_path / "in" / "a.json", "folder": tmp_path / "in", "out": tmp_path}
    outcome = run("render", *(part.format(**named) for part in arguments))
    assert outcome.code == 2
    assert text in outcome.err
    assert [path.name for path in tmp_path.iterdir()] == ["in"]
