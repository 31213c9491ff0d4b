"""Bad input: one clear Chinese line on stderr, exit code 2, nothing written."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.office.word import word_document
from tests.sources.files import archive, ole

ISSUE = ("--unit", "甲局", "--year", "2024")


def files(folder: Path) -> set[Path]:
    return set(folder.rglob("*"))


def refused(run: Run, folder: Path, *arguments: str | Path) -> str:
    """The one line that a refused command says."""
    before = files(folder)
    outcome = run(*arguments)
    assert (outcome.code, outcome.out) == (2, "")
    assert files(folder) == before
    [line] = outcome.err.splitlines()
    assert re.search(r"[\u4e00-\u9fff]{2}.*。$", line)
    assert "Error" not in line
    return line


READERS = (
    ("check", "{}"),
    ("export", "{}"),
    ("render", "{}", "-o", "{out}.docx"),
    ("new", "--values", "{}", "-o", "{out}.xlsx"),
    ("new", *ISSUE, "--last", "{}", "-o", "{out}.xlsx"),
    ("render", "{good}", "--narrative", "{}", "-o", "{out}.docx"),
    ("render", "{good}", "--template", "{}", "-o", "{out}.docx"),
    ("check", "{good}", "--last", "{}"),
)


UNREADABLE = {
    "nothing": b"",
    "text": b"no report",
    "half a zip": b"PK\x03\x04",
    "half a JSON": b"{",
    "half a PDF": b"%PDF-1.7",
    "an empty page": b"<html><body></body></html>",
    "a picture": b"\x89PNG\r\n\x1a\n\0",
    "a rar": b"Rar!\x1a\x07\x01\0",
    "an old document": ole("WordDocument"),
    "noise in an xls": ole("Workbook"),
    "an empty document": word_document(),
    "a zip": archive("某局.xlsx"),
}


def filled(command: tuple[str, ...], path: Path, good: Path) -> list[str]:
    named = {"out": str(path.parent / "out"), "good": str(good)}
    return [part.replace("{}", str(path)).format(**named) for part in command]


@pytest.mark.parametrize("command", READERS, ids=" ".join)
def test_no_such_file(command: tuple[str, ...], run: Run, clean: Path, tmp_path: Path) -> None:
    line = refused(run, tmp_path, *filled(command, tmp_path / "none.xlsx", clean))
    assert str(tmp_path / "none.xlsx") in line


@pytest.mark.parametrize("command", READERS[1:2] + READERS[3:4] + READERS[5:7], ids=" ".join)
def test_a_directory_where_a_file_is_meant(
    command: tuple[str, ...], run: Run, clean: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    assert "是文件夹" in refused(run, tmp_path, *filled(command, folder, clean))


@pytest.mark.parametrize("command", READERS[1:5], ids=" ".join)
@pytest.mark.parametrize("content", UNREADABLE.values(), ids=UNREADABLE)
def test_an_unreadable_file(
    command: tuple[str, ...], content: bytes, run: Run, clean: Path, tmp_path: Path
) -> None:
    path = tmp_path / "x.xlsx"
    path.write_bytes(content)
    refused(run, tmp_path, *filled(command, path, clean))


WRITERS = (
    ("new", *ISSUE, "-o", "{}.xlsx"),
    ("render", "{good}", "-o", "{}.docx"),
    ("export", "{good}", "-o", "{}.json"),
    ("check", "{good}", "-o", "{}.txt"),
)


def writing(command: tuple[str, ...], stem: Path, good: Path) -> tuple[list[str], Path]:
    arguments = [part.replace("{}", str(stem)).replace("{good}", str(good)) for part in command]
    return arguments, Path(arguments[-1])


@pytest.mark.parametrize("command", WRITERS, ids=" ".join)
def test_an_existing_target_without_force(
    command: tuple[str, ...], run: Run, clean: Path, tmp_path: Path
) -> None:
    arguments, target = writing(command, tmp_path / "there", clean)
    target.write_text("mine")
    assert "--force" in refused(run, tmp_path, *arguments)
    assert target.read_text() == "mine"
    assert run(*arguments, "--force").code == 0
    assert target.read_bytes() != b"mine"


@pytest.mark.parametrize("command", WRITERS, ids=" ".join)
def test_a_directory_as_target(
    command: tuple[str, ...], run: Run, clean: Path, tmp_path: Path
) -> None:
    arguments, target = writing(command, tmp_path / "there", clean)
    target.mkdir()
    assert "是文件夹" in refused(run, tmp_path, *arguments)
    assert "是文件夹" in refused(run, tmp_path, *arguments, "--force")


@pytest.mark.parametrize("command", WRITERS, ids=" ".join)
def test_a_target_in_a_folder_that_does_not_exist(
    command: tuple[str, ...], run: Run, clean: Path, tmp_path: Path
) -> None:
    arguments, target = writing(command, tmp_path / "nowhere" / "x", clean)
    assert str(target.parent) in refused(run, tmp_path, *arguments)


@pytest.mark.skipif(not Path("/proc/self").is_dir(), reason="needs a folder that root may not fill")
@pytest.mark.parametrize("command", WRITERS, ids=" ".join)
def test_an_unwritable_target(
    command: tuple[str, ...], run: Run, clean: Path, tmp_path: Path
) -> None:
    arguments, _ = writing(command, Path("/proc/x"), clean)
    assert "不能写入" in refused(run, tmp_path, *arguments)


@pytest.mark.parametrize(
    ("arguments", "text"),
    [
        (("--unit", "甲局", "--year", "2018"), "年份 2018 不对"),
        (("--unit", "甲局", "--year", "2999"), "年份 2999 不对"),
        (("--unit", "甲局", "--year", "0"), "年份 0 不对"),
        (("--unit", "甲局", "--year", "今年"), "应为整数"),
        (("--unit", "甲局"), "--year"),
        (("--year", "2024"), "--unit"),
        (("--unit", "  ", "--year", "2024"), "--unit"),
        ((*ISSUE, "--level", "king"), "--level 没有“king”"),
        ((*ISSUE, "--scope", "world"), "--scope 没有“world”"),
    ],
)
def test_what_new_cannot_make(
    arguments: tuple[str, ...], text: str, run: Run, tmp_path: Path
) -> None:
    assert text in refused(run, tmp_path, "new", "-o", tmp_path / "x.xlsx", *arguments)


@pytest.mark.parametrize(
    ("arguments", "text"),
    [
        (("new", *ISSUE, "-o", "{out}/x.docx"), "只能生成 .xlsx"),
        (("render", "{good}", "-o", "{out}/x.odt"), "只能生成 .docx"),
        (("check", "{good}", "-o", "{out}/x.docx"), "只能生成 .txt 文件，x.docx"),
        (("check", "{good}", "--format", "html", "-o", "{out}/x.docx"), "只能生成 .html、.htm"),
        (("check", "{good}", "--format", "json", "-o", "{out}/x.txt"), "只能生成 .json"),
        (("diff", "{good}", "{good}", "-o", "{out}/x.xlsx"), "只能生成 .txt"),
        (("diff", "{good}", "{good}", "--correction", "{out}/x.xlsx"), "只能生成 .docx"),
        (("export", "{good}", "-o", "{out}/x.xlsx"), "只能生成 .json、.csv 文件"),
        (("check", "{good}", "--format", "xml"), "--format 没有“xml”"),
        (("check", "{good}", "--select", "ZZ9"), "没有规则 ZZ9"),
        (("check", "{empty}"), "没有填报表"),
        (("render", "{empty}", "-o", "{out}/out"), "没有填报表"),
        (("nonsense",), "没有命令 nonsense"),
        (("new",), "缺少选项 --output"),
        (("check",), "缺少参数 文件或文件夹"),
        (("new", "-o"), "-o 后面要带值"),
        (("new",), "这里不是项目文件夹"),
        (("render",), "这里不是项目文件夹"),
        (("digest",), "这里不是项目文件夹"),
        (("notice",), "这里不是项目文件夹"),
        (("check", "{good}", "--marked"), "用 gk-xlsx check --help 看说明"),
        (("check", "{good}", "--force=1"), "--force 后面不带值"),
        (("check", "{good}", "--nope"), "没有选项 --nope"),
        (("export", "{good}", "more"), "多了不认识的参数"),
    ],
)
def test_a_command_line_that_makes_no_sense(
    arguments: tuple[str, ...], text: str, run: Run, clean: Path, tmp_path: Path
) -> None:
    (tmp_path / "empty").mkdir()
    named = {"good": clean, "empty": tmp_path / "empty", "out": tmp_path}
    assert text in refused(run, tmp_path, *(part.format(**named) for part in arguments))
