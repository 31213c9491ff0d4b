"""What lies in the folder where everything is put that came in, archives taken apart in memory.

Nothing is unpacked to disk. Names in archives are UTF-8 (macOS does not say so) or GBK (what
mail programs and Windows write here). An archive within an archive is opened, one within that
is not. File times are not looked at: unzipping and forwarding rewrite them.
"""

from __future__ import annotations

import io
import os
import zipfile
import zlib
from collections.abc import Collection, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import IO

from gk_xlsx.disk import real_place
from gk_xlsx.errors import reason

MAX_FILE = 64 * 2**20
MAX_MEMBERS = 5_000
MAX_UNPACKED = 2 * 2**30
MAX_RATIO = 300
"""Limits: bytes of a file; members, unpacked bytes, unpacked : packed of an archive."""
SMALL = 2**20
"""A member of so many bytes does no harm, however well it was packed."""
DEPTH = 2
"""An archive, and those in it."""

EXPLANATIONS_SUFFIX = ".说明.json"
"""Ends the name of the file with 情况说明 beside a report that cannot hold them itself."""

_SKIPPED = frozenset({"thumbs.db", "desktop.ini", "__macosx"})
_SKIPPED_ENDS = (".tmp", ".crdownload", ".part", ".lnk", "~")
_DOCUMENTS = ("[Content_Types].xml", "mimetype", "OFD.xml", "content.xml")
"""Members that make a zip a document and no archive."""
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_ENCRYPTED, _UTF8 = 0x1, 0x800
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError)
"""What the library raises for archives that are not as they should be."""


@dataclass(frozen=True, slots=True)
class InboxFile:
    """A file that came in.

    Attributes:
        path: inside the folder, with `/`; of a member `材料.zip/某局.xlsx`.
        explanations: the content of the file with 情况说明 beside it, or None.
    """

    path: str
    data: bytes
    explanations: bytes | None = None


@dataclass(frozen=True, slots=True)
class NotTaken:
    """Something that was not read.

    Attributes:
        refused: the key of the door's refusal (`password`, `bomb` …); empty where the system
            would not give the file.
        why: what the system said, Chinese.
    """

    path: str
    refused: str = ""
    why: str = ""


def explanations_beside(path: Path) -> Path:
    """The file with 情况说明 that belongs to a report."""
    return path.with_name(f"{path.stem}{EXPLANATIONS_SUFFIX}")


def listed(folder: Path, leave_out: Collection[Path] = ()) -> list[Path]:
    """All files of a folder and of those in it, in the order of names, without what is no mail.

    Args:
        folder: that is walked.
        leave_out: files of the office's own that lie there too.
    """
    own = {real_place(path) for path in leave_out}
    found: list[Path] = []
    for where, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not _is_noise(name)]
        paths = [Path(where, name) for name in names if not _is_noise(name)]
        found += [path for path in paths if real_place(path) not in own]
    beside = _explanations(str(path) for path in found)
    return sorted(path for path in found if str(path) not in beside.values())


def taken(folder: Path, path: Path) -> Iterator[InboxFile | NotTaken]:
    """A file, or all files of an archive in the order of names; what is not read says why."""
    shown = path.relative_to(folder).as_posix()
    beside = explanations_beside(path)
    try:
        if not path.is_file():
            yield NotTaken(shown, why="不是普通文件")
            return
        explanations = beside.read_bytes() if beside.is_file() and beside != path else None
        with path.open("rb") as stream:
            yield from _opened(stream, shown, explanations)
    except OSError as error:
        yield NotTaken(shown, why=reason(error))


def _opened(
    stream: IO[bytes], shown: str, explanations: bytes | None
) -> Iterator[InboxFile | NotTaken]:
    archive = _archive(stream)
    if archive is not None:
        yield from _members(archive, shown, DEPTH)
        return
    stream.seek(0)
    data = stream.read(MAX_FILE + 1)
    if len(data) > MAX_FILE:
        yield NotTaken(shown, "too_large")
    else:
        yield InboxFile(shown, data, explanations)


def _archive(stream: IO[bytes]) -> zipfile.ZipFile | None:
    """The archive a file is; None for documents that are zips inside, and for broken ones."""
    if not stream.read(4).startswith(_ZIP):
        return None
    try:
        archive = zipfile.ZipFile(stream)
    except _BROKEN:
        return None
    names = {name.partition("/")[0] for name in archive.namelist()}
    return None if names.intersection(_DOCUMENTS) else archive


def _members(archive: zipfile.ZipFile, shown: str, depth: int) -> Iterator[InboxFile | NotTaken]:
    members = {
        f"{shown}/{name}": member
        for member in archive.infolist()
        if not member.is_dir() and (name := _name(member)) and not _is_noise_within(name)
    }
    trouble = _trouble(archive.infolist()) or ("" if depth else "archive")
    if trouble or all(member.is_dir() for member in archive.infolist()):
        yield NotTaken(shown, trouble or "empty")
        return
    beside = _explanations(members)
    for path in sorted(members.keys() - beside.values()):
        explanations = _data(archive, members[beside[path]]) if path in beside else None
        yield from _member(archive, members[path], path, depth, explanations)


def _member(
    archive: zipfile.ZipFile,
    member: zipfile.ZipInfo,
    path: str,
    depth: int,
    explanations: bytes | None,
) -> Iterator[InboxFile | NotTaken]:
    if member.file_size > MAX_FILE:
        yield NotTaken(path, "too_large")
        return
    data = _data(archive, member)
    inner = None if data is None else _archive(io.BytesIO(data))
    if inner is not None:
        yield from _members(inner, path, depth - 1)
    elif data is None:
        yield NotTaken(path, "damaged")
    else:
        yield InboxFile(path, data, explanations)


def _data(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes | None:
    """The unpacked content; None where it is damaged."""
    try:
        return archive.read(member)
    except _BROKEN:
        return None


def _trouble(members: Collection[zipfile.ZipInfo]) -> str:
    """Why an archive is not opened at all; empty where nothing speaks against it."""
    if any(member.flag_bits & _ENCRYPTED for member in members):
        return "password"
    if len(members) > MAX_MEMBERS or sum(member.file_size for member in members) > MAX_UNPACKED:
        return "bomb"
    if any(
        member.file_size > SMALL and member.file_size > MAX_RATIO * member.compress_size
        for member in members
    ):
        return "bomb"
    return ""


def _name(member: zipfile.ZipInfo) -> str:
    """The name of a member, with `/`; told as UTF-8 where it is valid, else as GBK."""
    text = member.orig_filename
    if not member.flag_bits & _UTF8:
        with suppress(UnicodeEncodeError):
            text = _decoded(text.encode("cp437"))
    return text.replace("\\", "/").strip("/")


def _decoded(name: bytes) -> str:
    for encoding in ("utf-8", "gb18030"):
        with suppress(UnicodeDecodeError):
            return name.decode(encoding)
    return name.decode("gb18030", "replace")


def _explanations(paths: Iterable[str]) -> dict[str, str]:
    """Path of a report to that of the 情况说明 beside it."""
    known = list(paths)
    stems = {path.removesuffix(EXPLANATIONS_SUFFIX): path for path in known}
    return {
        path: stems[stem]
        for path in known
        if (stem := path.removesuffix(PurePath(path).suffix)) in stems and stems[stem] != path
    }


def _is_noise_within(path: str) -> bool:
    return any(_is_noise(part) for part in path.split("/"))


def _is_noise(name: str) -> bool:
    """What programs leave behind: lock files, folders' pictures, unfinished downloads."""
    lower = name.lower()
    return lower in _SKIPPED or lower.startswith(("~$", ".")) or lower.endswith(_SKIPPED_ENDS)
