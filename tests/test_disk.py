"""Files are replaced whole or not at all, and what a killed run left behind goes away."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from gk_xlsx.disk import replace_file

posix = pytest.mark.skipif(not hasattr(os, "fork"), reason="forks and locks of POSIX")

OLD, NEW = b"old" * 1000, b"new" * 1000
STEPS = ("open", "os.chmod", "os.rename", "os.remove", "tempfile.mkstemp", "fcntl.flock")
"""What replacing a file asks of the system, by the names that Python tells its auditors."""


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def left_over(folder: Path) -> Path:
    """A temporary file as a killed run leaves it."""
    path = folder / ".gk-abcd1234.tmp"
    path.write_bytes(b"half a wor")
    return path


def killed_at(step: int, work: Callable[[], None]) -> bool:
    """Do work in a copy of this process that is killed before its step-th step; False if over."""
    child = os.fork()
    if not child:
        seen = 0

        def auditor(event: str, _: object) -> None:
            nonlocal seen
            if event in STEPS:
                seen += 1
                if seen == step:
                    os.kill(os.getpid(), signal.SIGKILL)

        sys.addaudithook(auditor)
        work()
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL


@posix
def test_a_kill_before_any_step_leaves_the_old_file_or_the_new_one(tmp_path: Path) -> None:
    kills = 0
    for step in range(1, 100):
        folder = tmp_path / str(step)
        folder.mkdir()
        path = folder / "有.txt"
        path.write_bytes(OLD)
        if not killed_at(step, partial(replace_file, path, NEW)):
            break
        kills += 1
        assert path.read_bytes() in (OLD, NEW)
        replace_file(path, b"next")
        assert (path.read_bytes(), names(folder)) == (b"next", ["有.txt"])
    assert kills >= len(STEPS)
    assert path.read_bytes() == NEW


def test_what_a_killed_run_left_is_removed(tmp_path: Path) -> None:
    stale = left_over(tmp_path)
    os.utime(stale, (0, 0))  # where nothing can be locked, only age tells
    replace_file(tmp_path / "新.txt", NEW)
    assert names(tmp_path) == ["新.txt"]


@pytest.mark.parametrize("name", [".gk-abc.tmp", "gk-abcd1234.tmp", ".gk-ABCD1234.tmp", "甲.tmp"])
def test_nothing_else_is_removed(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"")
    os.utime(tmp_path / name, (0, 0))
    replace_file(tmp_path / "新.txt", NEW)
    assert names(tmp_path) == sorted([name, "新.txt"])


_HOLDING = """
import os, sys
from pathlib import Path
from gk_xlsx.disk import replace_file

def wait(handle):
    print("writing", flush=True)
    sys.stdin.readline()

os.fsync = wait
replace_file(Path(sys.argv[1]), b"slow")
"""
"""Stops while it writes, until it is told to go on."""


@posix
def test_what_another_run_is_writing_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "慢.txt"
    with subprocess.Popen(
        [sys.executable, "-c", _HOLDING, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as other:
        assert other.stdout
        other.stdout.readline()
        replace_file(tmp_path / "快.txt", NEW)
        assert len(names(tmp_path)) == 2
        other.communicate(b"\n")
    assert other.returncode == 0
    assert path.read_bytes() == b"slow"
    assert set(names(tmp_path)) == {"慢.txt", "快.txt"}


@posix
def test_many_runs_in_one_folder_do_not_disturb_each_other(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from gk_xlsx import disk\n"
        "for number in range(200):\n"
        "    disk._clear_left_over.cache_clear()\n"
        "    disk.replace_file(Path(sys.argv[1]), sys.argv[2].encode() * 5000, durable=False)\n"
    )
    path = tmp_path / "同.txt"
    others = [
        subprocess.Popen([sys.executable, "-c", code, str(path), letter]) for letter in "abcd"
    ]
    until = time.monotonic() + 60
    while any(other.poll() is None for other in others) and time.monotonic() < until:
        if path.exists():
            assert len(path.read_bytes()) == 5000
    assert [other.wait() for other in others] == [0, 0, 0, 0]
    assert names(tmp_path) == ["同.txt"]


@posix
def test_a_replaced_file_keeps_its_mode(tmp_path: Path) -> None:
    path = tmp_path / "密.txt"
    path.write_bytes(OLD)
    path.chmod(0o600)
    replace_file(path, NEW)
    assert path.stat().st_mode & 0o777 == 0o600


@posix
def test_another_name_of_a_file_keeps_the_old_content(tmp_path: Path) -> None:
    path, other = tmp_path / "甲.txt", tmp_path / "乙.txt"
    path.write_bytes(OLD)
    other.hardlink_to(path)
    replace_file(path, NEW)
    assert (path.read_bytes(), other.read_bytes()) == (NEW, OLD)


def test_a_name_that_no_file_can_have_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="null"):
        replace_file(tmp_path / "a\0b", NEW)
    assert names(tmp_path) == []
