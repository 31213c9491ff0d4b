"""A small office at work: its folder, and the commands that write many files."""

from __future__ import annotations

import io
import json
import os
import re
import signal
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import NoReturn

import openpyxl

from gk_xlsx.cli import main
from gk_xlsx.plan.workbook import plan_workbook
from gk_xlsx.report import BLANK
from gk_xlsx.resources import form
from gk_xlsx.units import Level, Unit
from gk_xlsx.workbook.write import workbook_bytes
from tests.made import clean_report

UNITS = ("甲局", "丙街道办事处")
SILENT = "戊局"
YEAR = 2024
SPOKEN, NOTED = "电话里说明：系统迁移，差一件。", "已催两次"
"""What the chief wrote into the register by hand."""
REGISTER, SUM, SUMS = "收发登记.xlsx", "汇总.xlsx", "各级/0某某区人民政府汇总表.xlsx"

TEMPORARY = re.compile(r"(?:.*/)?\.gk-[a-z0-9_]{8}\.tmp")
"""What a run that is ended at once may leave behind."""

Files = Mapping[str, bytes]
"""Path within a folder, with `/`, to content."""


@dataclass(frozen=True)
class Work:
    """A command and the folder it works in.

    Attributes:
        arguments: as they are typed in that folder.
        again: arguments that finish what was begun.
        code: the exit code of an undisturbed run.
        before: makes the files that are there at the beginning.
        kept_up: files of those that the command itself brings up to date.
    """

    arguments: tuple[str, ...]
    again: tuple[str, ...]
    code: int
    before: Callable[[], Files]
    kept_up: tuple[str, ...] = ()


_NEW = ("new", "--roster", "名册.csv", "--year", str(YEAR), "-o", "下发")
_CHECK = ("check", "收件", "--marked", "退回", "--feedback", "反馈")
_COLLECT = (
    *("collect", "收件", "--roster", "名册.csv", "--year", str(YEAR)),
    *("-o", "清单.xlsx", "--html", "清单.html", "--marked", "退回"),
)
_MERGE = (
    *("merge", "收件", "--roster", "名册.csv", "--year", str(YEAR)),
    *("-o", SUM, "--each-level", "各级", "--force"),
)

# -- running -------------------------------------------------------------------------------


def begin(
    arguments: Sequence[str],
    folder: Path,
    *,
    said: str = os.devnull,
    prepare: Callable[[], object] = lambda: None,
) -> int:
    """Start a command in a folder in a process of its own; its id.

    The process is a copy of this one, with everything loaded: what time it has goes into the
    work.

    Args:
        arguments: of the command.
        folder: where it runs.
        said: the file that takes what it says, stdout and stderr.
        prepare: called in the process before the command begins.
    """
    child = os.fork()
    if not child:
        _work(arguments, folder, said, prepare)
    return child


def _work(
    arguments: Sequence[str], folder: Path, said: str, prepare: Callable[[], object]
) -> NoReturn:
    code = 99
    try:
        target = os.open(said, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        os.chdir(folder)
        for number in (1, 2):
            os.dup2(target, number)
        sys.stdout, sys.stderr = open(1, "w", closefd=False), open(2, "w", closefd=False)  # noqa: SIM115 — it ends with the process
        prepare()
        main(list(arguments))
    except SystemExit as end:
        code = int(end.code or 0)
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def ended(child: int) -> int:
    """Wait for a process: its exit code, or minus the signal that ended it."""
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def killed_after(seconds: float, arguments: Sequence[str], folder: Path) -> bool:
    """Start a command and kill it after a while; False where it had ended before."""
    child = begin(arguments, folder)
    time.sleep(seconds)
    os.kill(child, signal.SIGKILL)
    return ended(child) == -signal.SIGKILL


# -- files ---------------------------------------------------------------------------------


def lay_out(files: Files, folder: Path) -> None:
    """Put files into a folder."""
    for path, data in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)


def contents(folder: Path) -> dict[str, bytes]:
    """Every file of a folder."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def meaning(path: str, data: bytes) -> object:
    """What a file says, apart from the moment it was made; fails if it is not whole."""
    return _meaning(Path(path).suffix, data)


@cache
def _meaning(suffix: str, data: bytes) -> object:
    if suffix == ".xlsx":
        return cells(data)
    if suffix == ".docx":
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            assert package.testzip() is None
            return package.read("word/document.xml")
    if suffix == ".json":
        return _without_moments(json.loads(data))
    if suffix == ".html":
        text = data.decode()
        assert text.rstrip().endswith("</html>")
        return _SINCE.sub("", _MOMENT.sub("", text))
    return data


def nothing_half_nothing_lost(work: Work, finished: Files, now: Files) -> None:
    """Every file is as it was or as it will be, and what was handed in is there.

    Args:
        work: what was disturbed.
        finished: what it leaves when nobody disturbs it.
        now: what is there; temporary files are left out.
    """
    before = work.before()
    for path, data in before.items():
        assert path in now, f"{path} is gone"
        assert path in work.kept_up or now[path] == data, f"{path} was changed"
    for path, data in now.items():
        old_or_new = data in (before.get(path), finished.get(path))
        assert old_or_new or meaning(path, data) == meaning(path, finished[path]), path
    if REGISTER in now:
        written = str(cells(now[REGISTER]))
        assert SPOKEN in written
        assert NOTED in written


def cells(data: bytes) -> dict[str, list[tuple[object, ...]]]:
    """What stands on the sheets of a workbook."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    return {
        sheet.title: [tuple(map(_timeless, row)) for row in sheet.iter_rows(values_only=True)]
        for sheet in book.worksheets
    }


_MOMENT = re.compile(
    r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?|(\d{4}年)?\d{1,2}月\d{1,2}日(\d{1,2}时)?"
)


_SINCE = re.compile(r"截至.*?</p>")
"""When a page was made and what had come in since the run before."""


def _timeless(value: object) -> object:
    return _MOMENT.sub("", value) if isinstance(value, str) else value


def _without_moments(value: object) -> object:
    if isinstance(value, dict):
        return {key: _without_moments(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_without_moments(item) for item in value]
    return _timeless(value)


# -- what is there at the beginning --------------------------------------------------------


def roster() -> Files:
    """The office, two units that send something and one that does not."""
    lines = ["单位编码,单位名称,上级", "0,某某区人民政府,"]
    lines += [f"{number},{name},0" for number, name in enumerate((*UNITS, SILENT), start=1)]
    return {"名册.csv": "\n".join(lines).encode("utf-8-sig")}


@cache
def received() -> Files:
    """A workbook of each unit but the last of the roster; one of them as it was issued."""
    made = {}
    for number, name in enumerate(UNITS, start=1):
        unit = Unit(name, str(number), Level.DEPARTMENT)
        report = replace(clean_report(), year=YEAR, unit=unit)
        if number == 1:
            report = replace(report, entries={**report.entries, "requests.new.company": BLANK})
        made[f"收件/{name}.xlsx"] = workbook_bytes(plan_workbook(form("2021"), report))
    return made


@cache
def _register() -> bytes:
    """收发登记.xlsx as the chief keeps it, before anything is collected."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append(["单位编码", "单位名称", "口头说明", "公布网址", "科长自己的一栏"])
    sheet.append(["1", "甲局", SPOKEN, "http://example.invalid/1", NOTED])
    sheet.append(["3", SILENT, "出差，月底报", None, None])
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


@cache
def _old_sums() -> Files:
    """What was merged before the last unit sent its report."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        lay_out({**roster(), **dict(list(received().items())[:-1])}, folder)
        assert ended(begin(_MERGE, folder)) == 1
        return {path: (folder / path).read_bytes() for path in (SUM, SUMS)}


WORKS = {
    "new": Work(_NEW, _NEW, 0, roster),
    "check": Work(_CHECK, (*_CHECK, "--force"), 1, received),
    "collect": Work(
        _COLLECT,
        (*_COLLECT, "--force"),
        1,
        lambda: {**roster(), **received(), REGISTER: _register()},
        (REGISTER,),
    ),
    "merge": Work(
        _MERGE, _MERGE, 1, lambda: {**roster(), **received(), **_old_sums()}, (SUM, SUMS)
    ),
}
