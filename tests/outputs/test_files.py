"""Writing: never over a file unasked, never half a file."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from gk_xlsx.errors import GkXlsxError
from gk_xlsx.outputs.files import make_folder, refuse_existing, write_file

posix = pytest.mark.skipif(os.name == "nt", reason="permissions of POSIX")


def message(path: Path, *, force: bool = False) -> str:
    with pytest.raises(GkXlsxError) as caught:
        write_file(path, "新".encode(), force=force)
    return str(caught.value)


@pytest.fixture
def as_nobody() -> Iterator[Path]:
    """A folder that anyone may read and nobody but root may write."""
    folder = Path(tempfile.mkdtemp())
    (folder / "有.txt").write_text("旧", "utf-8")
    folder.chmod(0o555)
    me = os.geteuid()
    if me == 0:
        os.seteuid(65534)
    try:
        yield folder
    finally:
        os.seteuid(me)
        folder.chmod(0o755)
        shutil.rmtree(folder)


def test_a_new_file_is_written(tmp_path: Path) -> None:
    write_file(tmp_path / "新.txt", b"1", force=False)
    assert (tmp_path / "新.txt").read_bytes() == b"1"


def test_nothing_else_is_left_behind(tmp_path: Path) -> None:
    write_file(tmp_path / "新.txt", b"1", force=False)
    assert [path.name for path in tmp_path.iterdir()] == ["新.txt"]


def test_an_existing_file_is_not_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "有.txt"
    path.write_text("旧", "utf-8")
    assert "已经存在，没有覆盖。确要覆盖请加 --force" in message(path)
    assert path.read_text("utf-8") == "旧"


def test_an_existing_file_is_overwritten_by_force(tmp_path: Path) -> None:
    path = tmp_path / "有.txt"
    path.write_text("旧", "utf-8")
    write_file(path, "新".encode(), force=True)
    assert path.read_text("utf-8") == "新"


def test_a_folder_is_never_overwritten(tmp_path: Path) -> None:
    assert "是文件夹，请给出文件名" in message(tmp_path, force=True)


@posix
@pytest.mark.parametrize("there", [True, False])
def test_a_link_is_neither_followed_nor_replaced(tmp_path: Path, there: bool) -> None:
    other, link = tmp_path / "别处.txt", tmp_path / "链接.txt"
    if there:
        other.write_bytes(b"old")
    link.symlink_to(other)

    assert "是指向别处的链接，没有写入。请给出原来的文件" in message(link, force=True)

    assert link.is_symlink()
    assert other.exists() is there
    assert not there or other.read_bytes() == b"old"


@posix
def test_a_link_to_a_folder_is_a_folder(tmp_path: Path) -> None:
    (tmp_path / "夹").mkdir()
    (tmp_path / "链接").symlink_to(tmp_path / "夹")
    assert "是文件夹，请给出文件名" in message(tmp_path / "链接", force=True)
    write_file(tmp_path / "链接" / "新.txt", b"1", force=False)
    assert (tmp_path / "夹" / "新.txt").read_bytes() == b"1"


@posix
def test_a_pipe_is_not_written_to(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "管道")
    assert "不是普通文件，没有写入" in message(tmp_path / "管道", force=True)


@posix
@pytest.mark.parametrize("device", ["/dev/null", "/dev/stdout"])
def test_a_device_stays_a_device(device: str) -> None:
    before = os.lstat(device)
    text = message(Path(device), force=True)
    assert "不是普通文件，没有写入" in text or "是指向别处的链接，没有写入" in text
    after = os.lstat(device)
    assert (after.st_mode, after.st_ino) == (before.st_mode, before.st_ino)


@pytest.mark.parametrize("name", ["a\0b.xlsx", "a\ud800.xlsx"])
def test_a_name_that_no_file_can_have_is_told(tmp_path: Path, name: str) -> None:
    assert "文件名里有不能用的字符。请换一个文件名" in message(tmp_path / name)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_no_folder_can_be_called_is_told(tmp_path: Path) -> None:
    with pytest.raises(GkXlsxError, match="文件名里有不能用的字符"):
        make_folder(tmp_path / "a\0b")


def test_a_missing_folder_is_told(tmp_path: Path) -> None:
    assert f"没有文件夹 {tmp_path / '无'}，请先建立" in message(tmp_path / "无" / "新.txt")


def test_a_name_that_is_too_long_is_told(tmp_path: Path) -> None:
    assert "文件名太长" in message(tmp_path / ("长" * 500))


@posix
def test_a_folder_that_may_not_be_written_is_told(as_nobody: Path) -> None:
    assert f"文件夹 {as_nobody} 不能写入" in message(as_nobody / "新.txt")


@posix
def test_the_check_beforehand_writes_nothing(as_nobody: Path) -> None:
    with pytest.raises(GkXlsxError, match="不能写入"):
        refuse_existing(as_nobody / "有.txt", force=True)
    assert [path.name for path in as_nobody.iterdir()] == ["有.txt"]


@posix
@pytest.mark.skipif(not Path("/proc/self").is_dir(), reason="no /proc here")
def test_a_folder_that_refuses_late_is_told() -> None:
    """Root may write everywhere, but not make files in /proc."""
    text = message(Path("/proc/self/新.txt"))
    assert "不能写入" in text


_ON_A_SMALL_DISK = """
import resource, sys
from pathlib import Path
from gk_xlsx.errors import GkXlsxError
from gk_xlsx.outputs.files import write_file

resource.setrlimit(resource.RLIMIT_FSIZE, (10, resource.RLIM_INFINITY))
try:
    write_file(Path(sys.argv[1]), b"0" * 100_000, force=True)
except GkXlsxError:
    sys.exit(7)
"""
"""No file may grow beyond ten bytes; in a process of its own, as pytest writes files too."""


@posix
def test_a_failure_leaves_the_old_file_and_no_other(tmp_path: Path) -> None:
    path = tmp_path / "有.txt"
    path.write_bytes(b"old")

    command = [sys.executable, "-B", "-c", _ON_A_SMALL_DISK, str(path)]
    ended = subprocess.run(command, capture_output=True, check=False)

    assert ended.returncode == 7
    assert path.read_bytes() == b"old"
    assert [item.name for item in tmp_path.iterdir()] == ["有.txt"]


def test_a_bug_leaves_no_temporary_file_either(tmp_path: Path) -> None:
    with pytest.raises(TypeError):
        write_file(tmp_path / "新.txt", "文字", force=False)  # type: ignore[arg-type]
    assert list(tmp_path.iterdir()) == []


@posix
@pytest.mark.parametrize("mask", [0o022, 0o077, 0o002])
def test_a_file_has_the_mode_the_user_asks_for(tmp_path: Path, mask: int) -> None:
    before = os.umask(mask)
    try:
        write_file(tmp_path / "新.txt", b"1", force=False)
    finally:
        os.umask(before)
    assert (tmp_path / "新.txt").stat().st_mode & 0o777 == 0o666 & ~mask


def test_folders_are_made_with_those_above(tmp_path: Path) -> None:
    make_folder(tmp_path / "一" / "二")
    make_folder(tmp_path / "一" / "二")
    assert (tmp_path / "一" / "二").is_dir()


def test_a_file_in_the_place_of_a_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "一").write_bytes(b"")
    with pytest.raises(GkXlsxError, match="已有同名文件"):
        make_folder(tmp_path / "一")
    with pytest.raises(GkXlsxError, match="上级不是文件夹"):
        make_folder(tmp_path / "一" / "二")
