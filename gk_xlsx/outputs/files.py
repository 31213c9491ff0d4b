"""Writing to disk: never over a file unasked, never half a file, never through a link."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from gk_xlsx.disk import replace_file
from gk_xlsx.errors import GkXlsxError, beyond_the_system, reason

_KNOWS_EFFECTIVE = os.access in os.supports_effective_ids


def refuse_existing(path: Path, *, force: bool) -> None:
    """Make sure that a file may be written, before any work is done.

    Raises:
        GkXlsxError: if it exists without `force`, is anything but an ordinary file, or has no
            folder to be in.
    """
    try:
        there, has_folder = _mode(path), path.parent.is_dir()
        writable = os.access(path.parent, os.W_OK, effective_ids=_KNOWS_EFFECTIVE)
    except OSError as error:
        raise _unwritable(path, error) from error
    except ValueError as error:
        raise _no_name(path, error) from None
    if there is not None:
        _refuse_what_is_there(path, there, force=force)
    if not has_folder:
        raise GkXlsxError(f"没有文件夹 {path.parent}，请先建立，或换一个位置。")
    if not writable:
        raise GkXlsxError(f"文件夹 {path.parent} 不能写入，请换一个位置。")


def write_file(path: Path, data: bytes, *, force: bool) -> None:
    """Write a file under a temporary name beside it and rename it.

    Raises:
        GkXlsxError: if it may not or cannot be written; the old state stays whole.
    """
    refuse_existing(path, force=force)
    try:
        replace_file(path, data)
    except OSError as error:
        raise _unwritable(path, error) from error
    except ValueError as error:
        raise _no_name(path, error) from None


def make_folder(path: Path) -> None:
    """Make a folder, and those above it.

    Raises:
        GkXlsxError: if there is a file of that name or it cannot be made.
    """
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise GkXlsxError(f"不能建立文件夹 {path}：{reason(error)}。请换一个位置。") from error
    except ValueError as error:
        raise _no_name(path, error) from None


def _mode(path: Path) -> int | None:
    """What stands there, as `st_mode`; a link itself, not what it leads to."""
    try:
        return path.lstat().st_mode
    except (FileNotFoundError, NotADirectoryError):
        return None


def _refuse_what_is_there(path: Path, mode: int, *, force: bool) -> None:
    """Links are not followed: what they lead to may be anybody's, and replacing them loses it."""
    if path.is_dir():
        raise GkXlsxError(f"{path} 是文件夹，请给出文件名。")
    if stat.S_ISLNK(mode):
        raise GkXlsxError(f"{path} 是指向别处的链接，没有写入。请给出原来的文件，或换一个文件名。")
    if not stat.S_ISREG(mode):
        raise GkXlsxError(f"{path} 不是普通文件，没有写入。请换一个文件名。")
    if not force:
        raise GkXlsxError(f"{path} 已经存在，没有覆盖。确要覆盖请加 --force，或换一个文件名。")


def _unwritable(path: Path, error: OSError) -> GkXlsxError:
    return GkXlsxError(
        f"不能写入 {path}：{reason(error)}。请检查权限和磁盘空间，或关闭正在使用它的程序。"
    )


def _no_name(path: Path, error: ValueError) -> GkXlsxError:
    why = beyond_the_system(error) or "文件名里有不能用的字符。请换一个文件名。"
    return GkXlsxError(f"不能写入 {path}：{why}")
