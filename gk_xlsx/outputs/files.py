"""Writing to disk: never over a file unasked, never half a file."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from gk_xlsx.errors import GkXlsxError, reason

_KNOWS_EFFECTIVE = os.access in os.supports_effective_ids


def refuse_existing(path: Path, *, force: bool) -> None:
    """Make sure that a file may be written, before any work is done.

    Raises:
        GkXlsxError: if it exists without `force`, is a directory, or has no directory to be in.
    """
    try:
        is_folder, exists, has_folder = path.is_dir(), path.exists(), path.parent.is_dir()
        writable = os.access(path.parent, os.W_OK, effective_ids=_KNOWS_EFFECTIVE)
    except OSError as error:
        raise _unwritable(path, error) from error
    if is_folder:
        raise GkXlsxError(f"{path} 是文件夹，请给出文件名。")
    if exists and not force:
        raise GkXlsxError(f"{path} 已经存在，没有覆盖。确要覆盖请加 --force，或换一个文件名。")
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
        handle, name = tempfile.mkstemp(prefix=".gk-", suffix=".tmp", dir=path.parent)
        temporary = Path(name)
        try:
            _fill(handle, data)
            temporary.chmod(0o666 & ~_umask())
            temporary.replace(path)
        finally:
            temporary.unlink(missing_ok=True)
    except OSError as error:
        raise _unwritable(path, error) from error


def make_folder(path: Path) -> None:
    """Make a folder, and those above it.

    Raises:
        GkXlsxError: if there is a file of that name or it cannot be made.
    """
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise GkXlsxError(f"不能建立文件夹 {path}：{reason(error)}。请换一个位置。") from error


def _fill(handle: int, data: bytes) -> None:
    """Write everything down to the disk and close."""
    with os.fdopen(handle, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _unwritable(path: Path, error: OSError) -> GkXlsxError:
    return GkXlsxError(
        f"不能写入 {path}：{reason(error)}。请检查权限和磁盘空间，或关闭正在使用它的程序。"
    )
