"""The program as a process: consoles, interruption, bugs, what it loads."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from gk_xlsx.cli import app
from tests.cli.conftest import Run

COMMANDS = tuple(info.callback.__name__ for info in app.app.registered_commands if info.callback)


def start(
    *arguments: str | Path, encoding: str = "utf-8", python: tuple[str, ...] = ()
) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, *python, "-m", "gk_xlsx", *map(str, arguments)]
    environment = {**os.environ, "PYTHONIOENCODING": encoding}
    return subprocess.run(command, capture_output=True, check=False, env=environment)


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_help_is_chinese(command: str, run: Run) -> None:
    outcome = run(*filter(None, [command]), "--help")
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out.startswith("用法：")
    for word in ("Usage", "Options", "Arguments", "Show this", "required", "default", "COMMAND"):
        assert word not in outcome.out
    for line in outcome.out.splitlines():
        assert not re.search(r"^  --?\w[\w, -]*(?:[A-Z]+)?\s{2,}[A-Za-z ]+$", line), line


def test_without_a_command_the_help_is_shown(run: Run) -> None:
    assert run().out == run("--help").out


def test_no_default_is_shown_where_there_is_none(run: Run) -> None:
    assert "［默认 0］" not in run("new", "--help").out


def test_the_version_is_said(run: Run) -> None:
    assert re.fullmatch(r"gk-xlsx \d+\.\d+\.\d+\n", run("--version").out)


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_help_survives_a_gbk_pipe(command: str) -> None:
    ended = start(*filter(None, [command]), "--help", encoding="gbk")
    assert ended.returncode == 0
    assert "用法：" in ended.stdout.decode("gbk")


def test_findings_survive_a_gbk_pipe(wrong: Path) -> None:
    ended = start("check", wrong, encoding="gbk")
    assert ended.returncode == 1
    assert "有错误" in ended.stdout.decode("gbk")
    assert ended.stderr == b""


def test_characters_outside_gbk_are_replaced(tmp_path: Path) -> None:
    ended = start("check", tmp_path / "𠮷✓.xlsx", encoding="gbk")
    assert ended.returncode == 2
    assert "没有这个文件" in ended.stderr.decode("gbk")


def test_a_bug_keeps_its_traceback_and_ends_with_3(
    run: Run, clean: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_: object, *, table: bool) -> str:  # noqa: ARG001 — as it is called
        raise ZeroDivisionError("made for the test")

    monkeypatch.setattr("gk_xlsx.api.exported", broken)
    outcome = run("export", clean)
    assert (outcome.code, outcome.out) == (3, "")
    assert "ZeroDivisionError: made for the test" in outcome.err
    assert outcome.err.endswith("程序出错了。请把上面的内容发给维护者。\n")


def test_an_interruption_ends_with_130(
    run: Run, clean: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(_: object, *, table: bool) -> str:  # noqa: ARG001 — as it is called
        signal.raise_signal(signal.SIGINT)
        return ""

    monkeypatch.setattr("gk_xlsx.api.exported", interrupted)
    outcome = run("export", clean)
    assert (outcome.code, outcome.err) == (130, "已中断。\n")


def test_a_reader_that_goes_away_is_no_bug(clean: Path) -> None:
    command = [sys.executable, "-m", "gk_xlsx", "export", str(clean)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout
        assert process.stderr
        process.stdout.close()
        said = process.stderr.read()
    assert b"Traceback" not in said
    assert process.returncode == 130


def loaded(*arguments: str | Path) -> set[str]:
    """The modules that a command line imports."""
    ended = start(*arguments, python=("-X", "importtime"))
    assert ended.returncode == 0
    lines = ended.stderr.decode().splitlines()
    return {line.rpartition("|")[2].strip() for line in lines if line.startswith("import time:")}


HEAVY = {"openpyxl", "docx", "docxtpl", "jinja2", "lxml", "xlsxwriter", "markdown_it"}


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_help_loads_nothing_that_works(command: str) -> None:
    assert not loaded(*filter(None, [command]), "--help") & (HEAVY | {"yaml", "gk_xlsx.api"})


def test_check_loads_no_file_library(clean: Path, tmp_path: Path, run: Run) -> None:
    book = tmp_path / "book.xlsx"
    run("new", "--values", clean, "-o", book)
    assert not loaded("check", book) & HEAVY


def test_checking_an_intact_workbook_loads_nothing_about_many_reports(
    clean: Path, tmp_path: Path, run: Run
) -> None:
    book = tmp_path / "book.xlsx"
    run("new", "--values", clean, "-o", book)
    parts = ("gk_xlsx.rollup.", "gk_xlsx.matching", "gk_xlsx.published", "gk_xlsx.plan.merged")
    needless = {"gk_xlsx.merged", "gk_xlsx.plan.workbook", "gk_xlsx.rules.sets"}
    modules = loaded("check", book)
    assert not {name for name in modules if name.startswith(parts)} | (modules & needless)


def test_new_loads_only_what_writes_workbooks(tmp_path: Path) -> None:
    target = tmp_path / "book.xlsx"
    modules = loaded("new", "-o", target, "--unit", "甲局", "--year", "2024")
    assert modules & HEAVY == {"xlsxwriter"}
