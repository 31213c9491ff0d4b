"""Whole files or none: written under a temporary name beside the target, then renamed.

A run that is killed leaves at most such a temporary file. While it is being written it is locked,
so that the next run that writes into the folder can tell which ones nobody is writing any more,
on whatever machine; those it removes. And where a path really leads.
"""

from __future__ import annotations

import os
import re
import tempfile
import time
from contextlib import suppress
from functools import cache
from importlib.util import find_spec
from pathlib import Path

_LOCKS = find_spec("fcntl") is not None
"""Whether a file can be locked; Windows neither removes nor renames one that is open."""
_PREFIX, _SUFFIX = ".gk-", ".tmp"
_TEMPORARY = re.compile(r"\.gk-[a-z0-9_]{8}\.tmp")
_LONG_AGO = 3600.0
"""Seconds after which a temporary file is left over, where files cannot be locked."""


def real_place(path: Path) -> str:
    """The file that a path leads to, links followed; two paths to one file have the same.

    `Path.resolve` raises where links lead in a circle, `realpath` where the system cannot write
    the name: nothing can lie there, and the path stays as it was given, from the root.
    """
    try:
        return os.path.realpath(path)
    except ValueError:
        return os.path.abspath(path)  # noqa: PTH100 — Path.absolute keeps `..`


def replace_file(path: Path, data: bytes, *, durable: bool = True) -> None:
    """Put a file in the place of what is there, or leave everything as it was.

    A link to the old file elsewhere keeps the old content; its mode goes over to the new one.

    Args:
        path: of the file; its folder must be there.
        data: all of it.
        durable: whether it must outlive a power failure; what can be made again need not.

    Raises:
        OSError: if it cannot be written.
        ValueError: if no file can have that name.
    """
    _clear_left_over(path.parent.absolute())
    handle, name = _locked_temporary(path.parent)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            temporary.chmod(_mode(path))
            if durable:
                os.fsync(file.fileno())
            if _LOCKS:  # while it is locked, nobody takes it for left over
                temporary.replace(path)
        if not _LOCKS:
            temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
    if durable:
        _settle(path.parent)


def _locked_temporary(folder: Path) -> tuple[int, str]:
    """A new file and its name; locked where the system can."""
    while True:
        handle, name = tempfile.mkstemp(prefix=_PREFIX, suffix=_SUFFIX, dir=folder)
        with suppress(OSError):  # a file system without locks
            _lock(handle)
        if os.fstat(handle).st_nlink:
            return handle, name
        os.close(handle)  # another run was quicker and took it for left over


@cache
def _clear_left_over(folder: Path) -> None:
    """Remove temporary files that nobody is writing; once per folder and run is enough."""
    with suppress(OSError):
        for name in os.listdir(folder):  # noqa: PTH208 — names suffice, of thousands of files
            if _TEMPORARY.fullmatch(name):
                _remove_left_over(folder / name)


def _remove_left_over(path: Path) -> None:
    """Remove a temporary file unless somebody holds it; what cannot be removed stays."""
    with suppress(OSError):
        if not _LOCKS:
            if time.time() - path.stat().st_mtime > _LONG_AGO:
                path.unlink()
            return
        handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
        try:
            _lock(handle, wait=False)
            path.unlink()
        finally:
            os.close(handle)


def _lock(handle: int, *, wait: bool = True) -> None:
    """Lock an open file until it is closed, where the system can.

    Raises:
        OSError: if the file system cannot, or somebody else holds it.
    """
    if _LOCKS:
        import fcntl

        fcntl.flock(handle, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))


def _mode(path: Path) -> int:
    """The mode of the file that is replaced, else what the user's umask asks for."""
    try:
        return path.stat().st_mode & 0o777
    except FileNotFoundError:
        return 0o666 & ~_umask()


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _settle(folder: Path) -> None:
    """Bring the new name down to the disk, where folders can be opened."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
