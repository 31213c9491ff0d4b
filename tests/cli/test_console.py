"""What reaches a terminal, and what happens when it goes away."""

from __future__ import annotations

import errno
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
import typer
from hypothesis import given
from hypothesis import strategies as st

from gk_xlsx.cli.console import Console, ReaderGoneError, guarded, harmless
from gk_xlsx.errors import GkXlsxError
from tests.endurance.office import contents, lay_out, roster


class Broken(io.StringIO):
    """A stream that cannot be written."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self.number = number

    def flush(self) -> None:
        raise OSError(self.number, "made for the test")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("某局\n\t√", "某局\n\t√"),
        ("a\x1b[2Jb", "a\\u001b[2Jb"),
        ("a\x9b31mb", "a\\u009b31mb"),
        ("\u202egnp.exe", "\\u202egnp.exe"),
        ("\ud800", "\\ud800"),
        ("一\r二", "一\\u000d二"),
        ("👨‍👩‍👧", "👨‍👩‍👧"),
    ],
)
def test_what_steers_a_terminal_is_told_by_its_number(text: str, shown: str) -> None:
    assert harmless(text) == shown


@given(st.text())
def test_json_stays_the_same_json(text: str) -> None:
    assert json.loads(harmless(json.dumps(text, ensure_ascii=False))) == text


def test_nothing_goes_past_it() -> None:
    stream = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
    console = Console(stream, needed=True)
    assert not hasattr(console, "buffer")
    with pytest.MonkeyPatch.context() as here:
        here.setattr("sys.stdout", console)
        typer.echo("\x9b2J\u202e")
    assert stream.buffer.getvalue() == b"\\u009b2J\\u202e\n"


def test_a_reader_that_went_away_ends_the_run_without_a_word() -> None:
    with pytest.raises(ReaderGoneError):
        Console(Broken(errno.EPIPE), needed=True).flush()


def test_data_that_cannot_be_written_is_told() -> None:
    with pytest.raises(GkXlsxError, match=r"结果没有显示完：磁盘空间不足。请检查磁盘空间"):
        Console(Broken(errno.ENOSPC), needed=True).flush()


def test_remarks_that_cannot_be_written_are_not_missed() -> None:
    Console(Broken(errno.ENOSPC), needed=False).flush()


def test_the_streams_are_as_they_were_afterwards() -> None:
    before = sys.stdout, sys.stderr
    with guarded():
        assert isinstance(sys.stdout, Console)
        assert isinstance(sys.stderr, Console)
    assert (sys.stdout, sys.stderr) == before


@pytest.mark.skipif(os.name == "nt", reason="terminals of POSIX")
def test_a_person_sees_the_bar_move_and_nothing_of_a_hostile_name(tmp_path: Path) -> None:
    import pty

    lay_out(roster(), tmp_path)
    lines = ["单位编码,单位名称", *(f"{number},某{number}局" for number in range(8))]
    (tmp_path / "名册.csv").write_text("\n".join(lines), "utf-8-sig")
    master, slave = pty.openpty()
    command = ["new", "--roster", "名册.csv", "--year", "2024", "-o", "下\u202e发"]
    root = str(Path(__file__).parents[2])
    with subprocess.Popen(
        [sys.executable, "-m", "gk_xlsx", *command],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": root, "TERM": "xterm", "PYTHONUTF8": "1"},
        stdout=slave,
        stderr=slave,
    ) as process:
        os.close(slave)
        said = seen(master)
    assert process.returncode == 0
    assert "生成  [" in said
    assert "\x1b[?25l" in said, "the bar hides the cursor itself"
    assert "下\\u202e发" in said
    assert "\u202e" not in said
    assert len(contents(tmp_path)) == 9


def seen(terminal: int) -> str:
    """Everything that came, until the other side closed it."""
    parts = []
    try:
        while part := os.read(terminal, 65536):
            parts.append(part)
    except OSError:  # so Linux says that it was closed
        pass
    finally:
        os.close(terminal)
    return b"".join(parts).decode()
