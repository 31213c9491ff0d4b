"""Disks that are full, folders that are read-only, files that cannot be replaced."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.endurance.office import SUM, WORKS, Work, begin, contents, ended, lay_out, meaning

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="limits and mounts of POSIX")

SMALL = 6_000
"""Bytes that a file may have; less than any workbook or letter."""


@pytest.fixture(params=WORKS)
def work(request: pytest.FixtureRequest) -> Work:
    return WORKS[request.param]


@contextmanager
def mounted(folder: Path, *arguments: str) -> Iterator[None]:
    """A folder that is a file system of its own."""
    done = subprocess.run(["mount", *arguments, str(folder)], capture_output=True, check=False)
    if done.returncode:
        pytest.skip(f"nothing can be mounted here: {done.stderr.decode().strip()}")
    try:
        yield
    finally:
        subprocess.run(["umount", str(folder)], check=True)


def run(
    arguments: tuple[str, ...],
    folder: Path,
    tmp_path: Path,
    prepare: Callable[[], object] = lambda: None,
) -> tuple[int, str]:
    """A command's exit code and all it said."""
    said = tmp_path / "said.txt"
    code = ended(begin(arguments, folder, said=str(said), prepare=prepare))
    return code, said.read_text("utf-8")


def as_it_was(work: Work, folder: Path) -> None:
    """Nothing that was there is changed, and what is new is whole."""
    before, now = work.before(), contents(folder)
    for path, data in before.items():
        assert now[path] == data or path in work.kept_up
    for path, data in now.items():
        assert not path.endswith(".tmp")
        assert meaning(path, data) is not None


def small_files_only() -> None:
    import resource

    resource.setrlimit(resource.RLIMIT_FSIZE, (SMALL, resource.RLIM_INFINITY))


def test_a_limit_that_is_reached_is_told_and_a_later_run_finishes(
    work: Work, tmp_path: Path
) -> None:
    folder = tmp_path / "office"
    lay_out(work.before(), folder)

    code, said = run(work.arguments, folder, tmp_path, small_files_only)

    assert code == 2
    assert "不能写入" in said
    assert "文件超过了允许的大小" in said
    assert "Traceback" not in said
    as_it_was(work, folder)
    assert run(work.again, folder, tmp_path)[0] == work.code


def test_a_full_disk_is_told_and_leaves_no_half_file(work: Work, tmp_path: Path) -> None:
    folder = tmp_path / "office"
    folder.mkdir()
    needed = sum(len(data) for data in work.before().values()) // 1024 + 4 * len(work.before())
    with mounted(folder, "-t", "tmpfs", "-o", f"size={needed + 60}k", "gk-test"):
        lay_out(work.before(), folder)
        code, said = run(work.arguments, folder, tmp_path)
        as_it_was(work, folder)

    assert code == 2
    assert "磁盘空间不足" in said
    assert "Traceback" not in said


def test_a_read_only_folder_is_told_and_stays_as_it_is(work: Work, tmp_path: Path) -> None:
    folder = tmp_path / "office"
    lay_out(work.before(), folder)
    with mounted(folder, "--bind", str(folder)):
        subprocess.run(["mount", "-o", "remount,ro,bind", str(folder)], check=True)
        code, said = run(work.arguments, folder, tmp_path)
        now = contents(folder)

    assert code == 2
    assert "只读" in said or "不能写入" in said
    assert "Traceback" not in said
    assert now == work.before()


@pytest.fixture
def unchangeable() -> Iterator[Callable[[Path], None]]:
    """Makes files that not even root can replace, as a file that is open is on Windows."""
    made: list[Path] = []

    def make(path: Path) -> None:
        done = subprocess.run(["chattr", "+i", str(path)], capture_output=True, check=False)
        if done.returncode:
            pytest.skip(f"no file can be made unchangeable here: {done.stderr.decode().strip()}")
        made.append(path)

    if shutil.which("chattr") is None:
        pytest.skip("there is no chattr here")
    yield make
    for path in made:
        subprocess.run(["chattr", "-i", str(path)], check=True)


def test_a_file_that_cannot_be_replaced_keeps_what_it_holds(
    tmp_path: Path, unchangeable: Callable[[Path], None]
) -> None:
    work, folder = WORKS["merge"], tmp_path / "office"
    lay_out(work.before(), folder)
    unchangeable(folder / SUM)

    code, said = run(work.arguments, folder, tmp_path)

    assert code == 2
    assert f"不能写入 {SUM}：没有权限。请检查权限和磁盘空间，或关闭正在使用它的程序。" in said
    assert (folder / SUM).read_bytes() == work.before()[SUM]
    assert not [path for path in contents(folder) if path.endswith(".tmp")]
