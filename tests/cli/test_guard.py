"""What a run reads, what came in and what the office keeps stays, `--force` or not."""

from __future__ import annotations

import contextlib
import os
import shutil
import sys
from pathlib import Path

import pytest

from gk_xlsx.cli.guard import keep_sources
from gk_xlsx.errors import GkXlsxError
from tests.cli.conftest import Run

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"


def test_what_is_read_is_not_written_over(tmp_path: Path) -> None:
    source, beside = tmp_path / "甲局.xlsx", tmp_path / "好" / ".." / "甲局.xlsx"
    source.write_bytes(b"x")
    (tmp_path / "好").mkdir()
    for target in (source, beside):
        with pytest.raises(GkXlsxError, match="不能写到它上面"):
            keep_sources([None, tmp_path, source], [None, target])


def test_two_outputs_are_two_files(tmp_path: Path) -> None:
    target = tmp_path / "结果.xlsx"
    with pytest.raises(GkXlsxError, match="不能写到它上面"):
        keep_sources([], [target, target])
    keep_sources([tmp_path], [target, tmp_path / "结果.html"])


def test_a_name_that_no_file_can_have_is_no_source(tmp_path: Path) -> None:
    keep_sources([Path("长" * 5000), Path("a\0b")], [tmp_path / "结果.xlsx"])


@pytest.mark.parametrize(
    "arguments",
    [
        ("check", "甲局.xlsx"),
        ("diff", "甲局.xlsx", "甲局.xlsx"),
        ("merge", "甲局.xlsx", "--unit", "甲县"),
        ("new", "--values", "甲局.xlsx"),
    ],
)
def test_a_report_that_is_read_is_not_written_over(
    arguments: tuple[str, ...], run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    report = Path("甲局.xlsx")
    report.write_bytes(b"PK")
    outcome = run(*arguments, "-o", report, "--force")
    assert (outcome.code, report.read_bytes()) == (2, b"PK")
    assert "不能写到它上面" in outcome.err


@pytest.mark.parametrize(
    "arguments", [("export", "甲局.json"), ("render", "甲局.docx"), ("render", "甲局.md")]
)
def test_nor_by_its_data_or_its_document(
    arguments: tuple[str, str], run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    report = Path(arguments[1])
    report.write_text("甲", "utf-8")
    outcome = run(*arguments, "-o", report, "--force")
    assert (outcome.code, report.read_text("utf-8")) == (2, "甲")
    assert "不能写到它上面" in outcome.err


RECEIVED = "02收件/甲局.xlsx"
INTO = {
    "collect-list": ("collect", "02收件", "--roster", "名册.csv", "-o", RECEIVED),
    "collect-page": ("collect", "02收件", "--roster", "名册.csv", "--html", RECEIVED),
    "check": ("check", "02收件", "-o", RECEIVED),
    "check-last": ("check", "乙局.json", "--last", "02收件", "-o", RECEIVED),
    "check-marked": ("check", "02收件", "--marked", "02收件"),
    "check-feedback": ("check", "02收件", "--feedback", "02收件"),
    "merge": ("merge", "02收件", "--unit", "甲县人民政府", "-o", RECEIVED),
    "merge-roster": ("merge", "02收件", "--roster", "名册.csv", "-o", RECEIVED),
    "merge-last": (
        "merge",
        "乙局.json",
        "--last",
        "02收件",
        "--unit",
        "甲县人民政府",
        "-o",
        RECEIVED,
    ),
    "diff": ("diff", "02收件", "02收件", "-o", RECEIVED),
    "new-last": ("new", "--unit", "甲局", "--year", "2022", "--last", "02收件", "-o", RECEIVED),
    "render": ("render", "02收件", "-o", "02收件"),
    "digest": ("digest", "02收件", "--roster", "名册.csv", "-o", "02收件/甲局.docx"),
}


@pytest.fixture
def inbox(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a workbook and a Word report of a unit, and a roster beside it."""
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "02收件"
    folder.mkdir()
    for suffix in ("xlsx", "docx"):
        shutil.copy(EXAMPLES / f"05-机关事务中心-2021.{suffix}", folder / f"甲局.{suffix}")
    shutil.copy(EXAMPLES / "05-机关事务中心-2021.json", tmp_path / "乙局.json")
    (tmp_path / "坏.xlsx").write_bytes(b"PK\3\4")
    shutil.copytree(folder, tmp_path / "收件")
    roster = "单位编码,单位名称,上级编码\n1,甲县人民政府,\n2,清河市临江区机关事务中心,1\n"
    (tmp_path / "名册.csv").write_text(roster, "utf-8")
    return folder


@pytest.mark.parametrize("name", INTO)
def test_what_came_in_is_not_written_over_even_by_force(name: str, run: Run, inbox: Path) -> None:
    before = {path: path.read_bytes() for path in inbox.iterdir()}
    outcome = run(*INTO[name], "--force")
    assert {path: path.read_bytes() for path in before} == before
    assert outcome.code == 2
    assert "可能是收到的文件，不能覆盖" in outcome.err


def test_nor_by_issuing_into_the_folder_of_what_came_in(run: Run, tmp_path: Path) -> None:
    assert run("init", tmp_path / "年报2021").code == 0
    project = tmp_path / "年报2021"
    with contextlib.chdir(project):
        (project / "名册.csv").write_text("单位名称\n甲局\n", "utf-8")
        assert run("new", "--roster", "名册.csv", "-o", "02收件").code == 0
        [filled] = (project / "02收件").iterdir()
        filled.write_bytes((EXAMPLES / "05-机关事务中心-2021.xlsx").read_bytes())
        before = filled.read_bytes()
        outcome = run("new", "--roster", "名册.csv", "-o", "02收件", "--force")
    assert (outcome.code, filled.read_bytes()) == (2, before)


# -- what the office keeps -----------------------------------------------------------------

SENT = "02收件/机关事务中心.xlsx"
LAST = "00上年/机关事务中心.json"
KEPT = {
    "check-roster": ("check", "-o", "名册.csv"),
    "check-config": ("check", SENT, "--config", "己.toml", "-o", "己.toml"),
    "check-explanations": ("check", "甲.xlsx", "-o", "甲.说明.json"),
    "check-last-marked": ("check", "甲.xlsx", "--last", "去年", "--marked", "去年"),
    "check-template": (
        *("check", "甲.xlsx", "--feedback", "去年", "--feedback-template", "去年/甲.docx"),
    ),
    "collect-settings": ("collect", "--year", "2022", "-o", "设置.xlsx"),
    "collect-last": ("collect", "--year", "2022", "--html", LAST),
    "collect-register": ("collect", "--year", "2022", "--register", "己.xlsx", "-o", "己.xlsx"),
    "diff-roster": ("diff", "甲.xlsx", SENT, "-o", "名册.csv"),
    "diff-sum": (
        *("diff", "甲.xlsx", SENT, "--sum", "己.xlsx"),
        *("--correction", "k.docx", "-o", "己.xlsx"),
    ),
    "digest-last": ("digest", "--year", "2022", "-o", "00上年/机关事务中心.docx"),
    "export-codes": ("export", "甲.xlsx", "-o", "名册.编码.json"),
    "merge-settings": ("merge", "-o", "设置.xlsx"),
    "merge-register": ("merge", "-o", "收发登记.xlsx"),
    "merge-branch": ("merge", "--each-level", "02收件"),
    "new-settings": ("new", "--unit", "甲局", "--year", "2021", "-o", "设置.xlsx"),
    "new-register": ("new", "--unit", "甲局", "--year", "2021", "-o", "收发登记.xlsx"),
    "notice-received": ("notice", "--year", "2022", "-o", "02收件/机关事务中心.docx"),
    "notice-template": (
        "notice",
        "--year",
        "2022",
        "--template",
        "去年/甲.docx",
        "-o",
        "去年/甲.docx",
    ),
}


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project folder with everything an office keeps, and some files beside."""
    monkeypatch.chdir(tmp_path)
    example = EXAMPLES / "05-机关事务中心-2021"
    for folder in ("00上年", "02收件", "去年"):
        (tmp_path / folder).mkdir()
    for name in (SENT, "甲.xlsx", "去年/甲.xlsx", "己.xlsx"):
        shutil.copy(f"{example}.xlsx", tmp_path / name)
    for name in ("02收件/机关事务中心.docx", "00上年/机关事务中心.docx", "去年/甲.docx"):
        shutil.copy(f"{example}.docx", tmp_path / name)
    shutil.copy(f"{example}.json", tmp_path / LAST)
    for name in ("设置.xlsx", "收发登记.xlsx"):
        shutil.copy(EXAMPLES / "district" / name, tmp_path / name)
    roster = "单位名称,上级编码,单位编码\n清河市临江区,,1\n清河市临江区机关事务中心,1,2\n"
    texts = {
        "名册.csv": roster,
        "名册.编码.json": '{"编码": []}',
        "己.toml": "",
        "甲.说明.json": "[]",
    }
    for name, text in texts.items():
        (tmp_path / name).write_text(text, "utf-8")
    return tmp_path


@pytest.mark.parametrize("name", KEPT)
def test_what_the_office_keeps_is_not_written_over_even_by_force(
    name: str, run: Run, office: Path
) -> None:
    before = {path: path.read_bytes() for path in office.rglob("*") if path.is_file()}
    outcome = run(*KEPT[name], "--force")
    assert {path: path.read_bytes() for path in before} == before
    assert outcome.code == 2
    assert any(text in outcome.err for text in REFUSED), outcome.err


REFUSED = ("不能写到它上面", "不能覆盖", "和报来的分不清了")


@pytest.mark.skipif(sys.platform == "win32", reason="there are no named pipes in folders")
@pytest.mark.parametrize("command", [("check", "02收件"), ("diff", "02收件", "甲.xlsx")])
@pytest.mark.usefixtures("office")
def test_a_pipe_in_a_folder_that_is_read_is_no_place_to_write(
    command: tuple[str, ...], run: Run
) -> None:
    os.mkfifo("02收件/结果.txt")
    outcome = run(*command, "-o", "02收件/结果.txt", "--force")
    assert outcome.code == 2
    assert "02收件/结果.txt" in outcome.err


def test_a_file_has_one_place_however_many_names(tmp_path: Path) -> None:
    report, other = tmp_path / "甲.xlsx", tmp_path / "乙.xlsx"
    report.write_bytes(b"x")
    os.link(report, other)
    with pytest.raises(GkXlsxError, match="不能写到它上面"):
        keep_sources([report], [other])
    with pytest.raises(GkXlsxError, match="不能写到它上面"):
        keep_sources([], [tmp_path / "丙.xlsx", tmp_path / "丙.XLSX"])


AGAIN = {
    "list": ("collect", "02收件", "--roster", "名册.csv", "-o", "02收件/清单.xlsx"),
    "page": ("collect", "02收件", "--roster", "名册.csv", "--html", "02收件/情况.html"),
    "findings": ("check", "02收件", "-o", "02收件/核验.txt"),
    "findings-html": ("check", "02收件", "--format", "html", "-o", "02收件/核验.html"),
    "findings-json": ("check", "02收件", "--format", "json", "-o", "02收件/核验.json"),
    "findings-unreadable": ("check", "坏.xlsx", "02收件", "-o", "02收件/核验.txt"),
    "merge": ("merge", "收件/甲局.xlsx", "收件", "-o", "收件/汇总.xlsx"),
    "levels": ("merge", "收件", "--roster", "名册.csv", "--each-level", "收件/各级"),
    "diff": ("diff", "02收件", "02收件/甲局.xlsx", "-o", "02收件/比较.txt"),
    "diff-json": (
        *("diff", "02收件", "02收件/甲局.xlsx"),
        *("--format", "json", "-o", "02收件/a.json"),
    ),
}


@pytest.mark.parametrize("name", AGAIN)
@pytest.mark.usefixtures("inbox")
def test_what_an_earlier_run_put_there_is_written_again(name: str, run: Run) -> None:
    first = run(*AGAIN[name])
    again = run(*AGAIN[name], "--force")
    assert "不能覆盖" not in again.err
    assert max(first.code, again.code) < 2, again.err
