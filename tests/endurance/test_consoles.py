"""Consoles of every kind, machines without locale or home, names no encoding knows."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from gk_xlsx.cli import app
from gk_xlsx.sources.write_report_json import report_json
from tests.endurance.office import SUM, WORKS, YEAR, contents, lay_out, received, roster
from tests.made import clean_report

ROOT = Path(__file__).parents[2]
FOLDER = "年报 2025 😀"
COMMANDS = tuple(info.callback.__name__ for info in app.app.registered_commands if info.callback)

CONSOLES: Mapping[str, Mapping[str, str]] = {
    "gbk": {"PYTHONIOENCODING": "gbk"},
    "gb2312, strict": {"PYTHONIOENCODING": "gb2312:strict"},
    "latin-1": {"PYTHONIOENCODING": "latin-1"},
    "ascii": {"PYTHONIOENCODING": "ascii"},
    "c": {"LC_ALL": "C", "LANG": "C"},
    "posix": {"LC_ALL": "POSIX"},
    "unknown locale": {"LC_ALL": "xx_YY.UTF-8"},
    "nothing": {},
    "no home": {"HOME": "/nonexistent/home"},
    "home is no folder": {"HOME": "/dev/null"},
    "home is read-only": {"HOME": "/proc"},
    "odd terminal": {"TERM": "no-such-terminal", "COLUMNS": "1"},
    "colours asked for": {"FORCE_COLOR": "1", "TERM": "xterm-256color"},
}
"""What a machine says of itself; nothing else is in the environment but where Python finds us."""

_ALL = """
import json, sys
from gk_xlsx.cli import main
codes = []
for arguments in json.loads(sys.argv[1]):
    try:
        main(arguments)
    except SystemExit as end:
        codes.append(end.code or 0)
with open("codes.json", "w") as file:
    json.dump(codes, file)
"""
"""Runs several commands in one process: starting is what takes the time."""


def run(
    code: str,
    *arguments: str | Path | bytes,
    folder: Path,
    console: Mapping[str, str],
    stdout: int = subprocess.PIPE,
    stderr: int = subprocess.PIPE,
) -> subprocess.CompletedProcess[bytes]:
    """Python in a folder, in an environment that holds nothing else."""
    bare = {"PATH": os.defpath, "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.run(
        [sys.executable, "-c", code, *arguments],
        cwd=folder,
        env={**bare, **console},
        stdin=subprocess.DEVNULL,
        stdout=stdout,
        stderr=stderr,
        check=False,
    )


_ONE = "from gk_xlsx.cli import main; main()"


@pytest.mark.parametrize("console", CONSOLES)
def test_every_help_can_be_read(console: str, tmp_path: Path) -> None:
    lines = [["--help"], *([command, "--help"] for command in COMMANDS), ["explain"], []]
    ended = run(_ALL, json.dumps(lines), folder=tmp_path, console=CONSOLES[console])
    assert (ended.returncode, ended.stderr) == (0, b"")
    assert json.loads((tmp_path / "codes.json").read_bytes()) == [0] * len(lines)
    assert ended.stdout.count(b"gk-xlsx") > len(lines)
    if "gb" in console:
        assert ended.stdout.decode("gbk").count("用法：") == len(COMMANDS) + 2


@pytest.mark.slow
@pytest.mark.parametrize("console", ["gbk", "nothing", "home is read-only"])
def test_every_command_works(console: str, tmp_path: Path) -> None:
    folder = tmp_path / FOLDER
    lay_out({**roster(), **received()}, folder)
    year = ["--roster", "名册.csv", "--year", str(YEAR)]
    lines = {
        "new": ["new", "-o", "新 表.xlsx", "--unit", "𠮷✓局", "--year", str(YEAR)],
        "check": ["check", "收件", "--marked", "退回 😀"],
        "check json": ["check", "收件", "--format", "json"],
        "collect": ["collect", "收件", *year, "-o", "清单.xlsx", "--html", "清单.html"],
        "merge": ["merge", "收件", *year, "-o", SUM],
        "trace": ["trace", SUM, "三.新收.总计"],
        "diff": ["diff", "收件", SUM],
        "export": ["export", "收件/甲局.xlsx"],
        "render": ["render", "收件/丙街道办事处.xlsx", "-o", "报告.docx"],
        "init": ["init", "项目2025"],
        "demo": ["demo"],
    }
    ended = run(_ALL, json.dumps([*lines.values()]), folder=folder, console=CONSOLES[console])
    assert b"Traceback" not in ended.stderr
    codes = json.loads((folder / "codes.json").read_bytes())
    assert dict(zip(lines, codes, strict=True)) == {
        **dict.fromkeys(lines, 0),
        **dict.fromkeys(("check", "check json", "collect", "merge", "diff", "render"), 1),
    }


@pytest.mark.parametrize(
    "command",
    [
        ["new", "-o", "out"],
        ["collect", "in"],
        ["merge", "in", "-o", "合计.xlsx"],
        ["merge", "in", "--each-level", "out"],
    ],
    ids=" ".join,
)
def test_a_system_that_knows_no_chinese_names_is_told_what_to_do(
    command: list[str], tmp_path: Path
) -> None:
    (tmp_path / "r.csv").write_bytes(roster()["名册.csv"])
    (tmp_path / "in").mkdir()
    for number, data in enumerate(received().values()):
        (tmp_path / "in" / f"{number}.xlsx").write_bytes(data)
    console = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    arguments = (*command, "--roster", "r.csv", "--year", str(YEAR))
    ended = run(_ONE, *arguments, folder=tmp_path, console=console)
    assert ended.returncode == 2
    assert not (tmp_path / "out").is_dir() or not any((tmp_path / "out").iterdir())
    assert "请设置环境变量 PYTHONUTF8=1 后再试" in ended.stderr.decode()


# -- names that are no text ----------------------------------------------------------------


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="names of files are text there")
@pytest.mark.parametrize("console", ["gbk", "nothing"])
def test_names_in_another_encoding_are_read_and_written(console: str, tmp_path: Path) -> None:
    inbox = tmp_path / "收件"
    inbox.mkdir()
    name = "甲局".encode("gbk")
    (inbox / os.fsdecode(name + b".json")).write_text(report_json(clean_report()), "utf-8")
    (tmp_path / "名册.csv").write_bytes(roster()["名册.csv"])
    lines = [
        [
            "check",
            "收件",
            "--marked",
            "退回",
            "--feedback",
            "反馈",
            "-o",
            "核验.json",
            "--format",
            "json",
        ],
        ["check", "收件", "-o", "核验.txt"],
        ["check", "收件", "-o", "核验.html", "--format", "html"],
        ["check", "收件"],
        ["render", "收件", "-o", "成文"],
        ["collect", "收件", "--roster", "名册.csv", "--year", "2024", "--html", "a.html"],
        ["collect", "收件", "--roster", "名册.csv", "--year", "2024", "--format", "json"],
        ["merge", "收件", "-o", SUM, "--unit", "某某区人民政府"],
        ["new", "-o", "a.xlsx", "--values", f"收件/{os.fsdecode(name)}.json"],
    ]
    ended = run(_ALL, json.dumps(lines), folder=tmp_path, console=CONSOLES[console])
    assert b"Traceback" not in ended.stderr, ended.stderr.decode("utf-8", "replace")
    assert set(json.loads((tmp_path / "codes.json").read_bytes())) <= {0, 1}
    made = {os.fsencode(path) for path in contents(tmp_path)}
    assert {b"\xe9\x80\x80\xe5\x9b\x9e/" + name + b".xlsx"} <= made
    (file,) = json.loads((tmp_path / "核验.json").read_bytes())["files"]
    assert os.fsencode(file["path"]).endswith(name + b".json")


@pytest.mark.skipif(sys.platform == "win32", reason="arguments are text there")
@pytest.mark.parametrize(
    "command", ["check", "export", "render", "collect", "merge", "diff", "trace"]
)
def test_an_argument_that_is_no_text_is_told(command: str, tmp_path: Path) -> None:
    ended = run(_ONE, command, b"\xbc\xd7\xbe\xd6", folder=tmp_path, console={})
    assert ended.returncode == 2
    assert b"Traceback" not in ended.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="arguments are text there")
@pytest.mark.parametrize("option", ["--unit", "--code"])
def test_a_name_that_is_no_text_is_told(option: str, tmp_path: Path) -> None:
    given = ("--unit", "甲局") if option == "--code" else ()
    arguments = ("new", "-o", "a.xlsx", "--year", "2024", *given, option, b"\xbc\xd7\x1b[31m")
    ended = run(_ONE, *arguments, folder=tmp_path, console={})
    assert ended.returncode == 2
    assert "有不能显示的字符" in ended.stderr.decode()


# -- streams that go away ------------------------------------------------------------------

FULL = Path("/dev/full")
SPEAKING = {
    "help": ("--help",),
    "version": ("--version",),
    "explain": ("explain",),
    "check": ("check", "收件"),
    "check json": ("check", "收件", "--format", "json"),
    "check html": ("check", "收件", "--format", "html"),
    "export": ("export", "收件/甲局.xlsx"),
}


@pytest.mark.skipif(not FULL.is_char_device(), reason="there is no /dev/full here")
@pytest.mark.parametrize("unbuffered", ["", "1"])
@pytest.mark.parametrize("name", SPEAKING)
def test_a_full_disk_behind_the_output_is_told(name: str, unbuffered: str, tmp_path: Path) -> None:
    lay_out(received(), tmp_path)
    with FULL.open("wb") as full:
        ended = run(
            _ONE,
            *SPEAKING[name],
            folder=tmp_path,
            console={"PYTHONUNBUFFERED": unbuffered},
            stdout=full.fileno(),
        )
    assert ended.returncode == 2
    assert ended.stderr.decode().strip() == (
        "结果没有显示完：磁盘空间不足。请检查磁盘空间，或用 -o 写到别的地方。"
    )


@pytest.mark.skipif(not FULL.is_char_device(), reason="there is no /dev/full here")
def test_remarks_that_nobody_can_read_change_nothing(tmp_path: Path) -> None:
    work = WORKS["new"]
    lay_out(work.before(), tmp_path)
    with FULL.open("wb") as full:
        arguments = work.arguments
        ended = run(_ONE, *arguments, folder=tmp_path, console={}, stderr=full.fileno())
    assert ended.returncode == 0
    assert len(contents(tmp_path)) > len(work.before())


@pytest.mark.skipif(os.name == "nt", reason="descriptors of POSIX")
@pytest.mark.parametrize("closed", ["0", "1", "2", "0 1 2"])
def test_streams_that_were_never_open_are_no_bug(closed: str, tmp_path: Path) -> None:
    lay_out(received(), tmp_path)
    shut = " ".join(f"{number}>&-" for number in closed.split())
    command = f'exec "$0" -c "{_ONE}" check 收件 -o 核验.json --format json {shut}'
    ended = subprocess.run(
        ["sh", "-c", command, sys.executable],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        check=False,
    )
    said = "" if "2" in closed else "已生成 核验.json\n"
    assert (ended.returncode, ended.stdout, ended.stderr.decode()) == (1, b"", said)
    assert len(json.loads((tmp_path / "核验.json").read_bytes())["files"]) == 2


@pytest.mark.skipif(os.name == "nt", reason="pipes of POSIX")
@pytest.mark.parametrize("name", ["explain", "check json", "check html", "export"])
def test_a_reader_that_has_seen_enough_is_no_bug(name: str, tmp_path: Path) -> None:
    lay_out(received(), tmp_path)
    with subprocess.Popen(
        [sys.executable, "-c", _ONE, *SPEAKING[name]],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout
        assert process.stderr
        process.stdout.close()
        said = process.stderr.read()
    assert (process.returncode, said) == (130, b"")
