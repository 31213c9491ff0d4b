"""What a zip is: a workbook, a document, a spreadsheet, or just a bundle of files."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Sequence
from html import unescape
from urllib.parse import unquote

from gk_xlsx.sources.kinds import Kind
from gk_xlsx.sources.refusals import RefusedError

MAX_MEMBERS = 500
MAX_MEMBER = 48 * 2**20
MAX_TOTAL = 96 * 2**20
MAX_RATIO = 300
"""Limits of an archive, far above any report (members, bytes, bytes, unpacked : packed)."""

SIGNATURES = (b"PK\x03\x04", b"PK\x05\x06")

_ODS = b"application/vnd.oasis.opendocument.spreadsheet"
_ODF = b"application/vnd.oasis.opendocument."
_UNREADABLE = (
    zipfile.BadZipFile,
    zlib.error,
    OSError,
    EOFError,
    ValueError,
    RuntimeError,
    NotImplementedError,
)
"""What the archive raises for a directory or a member that is damaged or packed unusually."""


def zip_kind(data: bytes) -> Kind:
    """What a zip is, told by its members.

    Raises:
        RefusedError: for whatever cannot be read, is dangerous, or is of a kind nobody reads.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        members = archive.infolist()
    except _UNREADABLE:
        raise RefusedError("damaged") from None
    _check_members(members, len(data))
    names = {member.filename for member in members}
    told = [_told(name) for name in names if not name.endswith("/")]
    if any(_is_macro(name) for name in told):
        raise RefusedError("macro")
    for member, reason in _REFUSED_MEMBERS.items():
        if member in names:
            raise RefusedError(reason)
    for folder, kind in _FOLDERS.items():
        if any(name.startswith(folder) for name in told):
            if len(set(told)) != len(told):
                raise RefusedError("duplicate_member")
            _check_declared(archive, names)
            return kind
    return _open_document(archive, names) if "content.xml" in names else Kind.ARCHIVE


def unpacked_size(data: bytes) -> int:
    """Bytes of all members of a zip that was let in, as its directory says; no reader takes more.

    What cannot be read any more counts as endless.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return sum(member.file_size for member in archive.infolist())
    except _UNREADABLE:
        return MAX_TOTAL


_REFUSED_MEMBERS = {
    "xl/workbook.bin": "binary_workbook",
    "OFD.xml": "ofd",
    "ppt/presentation.xml": "slides",
}
_FOLDERS = {"xl/": Kind.WORKBOOK, "word/": Kind.DOCX}


def _told(name: str) -> str:
    """A member's name as office programs compare it.

    Capitals, the kind of slash, `.` and `..` on the way and letters told by number are one.
    """
    return (
        posixpath.normpath(f"/{unquote(name)}".replace("\\", "/")).lstrip("/").lower().rstrip(" .")
    )


def _is_macro(name: str) -> bool:
    inside = name.startswith(("xl/", "word/", "ppt/", "basic/", "scripts/"))
    own = name.startswith(("basic/", "scripts/"))
    return inside and (own or name.endswith("vbaproject.bin") or "/macrosheets/" in name)


def _check_declared(archive: zipfile.ZipFile, names: set[str]) -> None:
    """Programs know a part by what it is said to be, whatever its name.

    Raises:
        RefusedError: if one is said to be a macro or to lead to another workbook.
    """
    for name in sorted(names):
        told = _told(name)
        if told != "[content_types].xml" and not told.endswith(".rels"):
            continue
        kinds = {match[1].lower() for match in _KIND.finditer(_part(archive, name))}
        if any(_MACRO.search(kind) for kind in kinds):
            raise RefusedError("macro")
        if any(kind.endswith("/externallink") for kind in kinds):
            raise RefusedError("external_link")


_KIND = re.compile(r"\s(?:Type|ContentType)\s*=\s*[\"']([^\"'<]*)")
_MACRO = re.compile(r"macroenabled\w*\.main|vbaproject|vbadata|macrosheet")
"""In kinds of parts. Source: MS-OFFMACRO and MS-OFFMACRO2."""


def _part(archive: zipfile.ZipFile, name: str) -> str:
    """A part in which every letter stands for itself."""
    try:
        if archive.getinfo(name).file_size > _MAX_DECLARED:
            raise RefusedError("bomb")
        data = archive.read(name)
    except _UNREADABLE:
        raise RefusedError("damaged") from None
    wide = data.startswith((BOM_UTF16_LE, BOM_UTF16_BE)) or b"\0" in data[:4]
    return unescape(data.decode("utf-16" if wide else "utf-8", "replace"))


_MAX_DECLARED = 8 * 2**20
"""Bytes of a list of parts or relations; a report of a thousand links has 200 000."""


def _open_document(archive: zipfile.ZipFile, names: set[str]) -> Kind:
    manifest = "META-INF/manifest.xml"
    try:
        kind = archive.read("mimetype") if "mimetype" in names else b""
        sealed = manifest in names and b"encryption-data" in archive.read(manifest)
    except _UNREADABLE:
        raise RefusedError("damaged") from None
    if sealed:
        raise RefusedError("password")
    if kind.startswith(_ODS):
        return Kind.SPREADSHEET
    if kind.startswith(_ODF + b"presentation"):
        raise RefusedError("slides")
    if kind.startswith(_ODF):
        raise RefusedError("other_word")
    return Kind.ARCHIVE


def _check_members(members: Sequence[zipfile.ZipInfo], packed: int) -> None:
    names = [member.filename for member in members]
    total = sum(member.file_size for member in members)
    if len(set(names)) != len(names):
        raise RefusedError("duplicate_member")
    if any(member.flag_bits & 1 for member in members):
        raise RefusedError("password")
    largest = max((member.file_size for member in members), default=0)
    crowded = len(names) > MAX_MEMBERS or largest > MAX_MEMBER
    if crowded or total > MAX_TOTAL or total > MAX_RATIO * max(packed, 1):
        raise RefusedError("bomb")
