"""The guarded door: what a file is, told by its content, before anything parses it.

Whatever cannot be let in is refused with a code of family FI, what it means and what to do.
"""

from __future__ import annotations

import hashlib
import re
import stat
from dataclasses import dataclass
from pathlib import Path

from gk_xlsx.errors import GkXlsxError, reason
from gk_xlsx.sources import compound
from gk_xlsx.sources.archives import SIGNATURES, zip_kind
from gk_xlsx.sources.encodings import as_utf8, is_written
from gk_xlsx.sources.kinds import Kind
from gk_xlsx.sources.refusals import REFUSALS, RefusedError

__all__ = [
    "MAX_FILE",
    "REFUSALS",
    "Arrival",
    "Kind",
    "RefusedError",
    "admit",
    "admit_data",
    "read_bytes",
]

MAX_FILE = 64 * 2**20
"""Bytes; far above any report."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """A file that was let in.

    Attributes:
        path: of the file, or what a member of an archive is called: `材料.zip/某局.xlsx`.
        data: its bytes as they came.
    """

    path: str
    kind: Kind
    data: bytes

    @property
    def sha256(self) -> str:
        """Of the file's bytes, lower-case hex."""
        return hashlib.sha256(self.data).hexdigest()

    @property
    def content(self) -> bytes:
        """What the readers read: the bytes, but UTF-16 told as UTF-8."""
        return (as_utf8(self.data) if self.kind in _WRITTEN else None) or self.data


_WRITTEN = (Kind.REPORT_JSON, Kind.HTML, Kind.TEXT)


def read_bytes(path: Path) -> bytes:
    """The content of a file that a user named.

    Raises:
        GkXlsxError: no such file, a directory or device, not permitted.
        RefusedError: too large.
    """
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            raise GkXlsxError(f"{path} 是文件夹，这里需要一个文件。")
        if not stat.S_ISREG(status.st_mode):
            raise GkXlsxError(f"{path} 不是普通文件，不能读取。请给出一个文件。")
        if status.st_size > MAX_FILE:
            raise RefusedError("too_large")
        return path.read_bytes()
    except (FileNotFoundError, NotADirectoryError, ValueError):
        raise GkXlsxError(f"没有这个文件：{path}。请检查路径和文件名。") from None
    except OSError as error:
        raise GkXlsxError(
            f"不能读取 {path}：{reason(error)}。请检查权限，或关闭正在使用它的程序。"
        ) from error


def admit(path: Path) -> Arrival:
    """Look at a file and say what it holds.

    Raises:
        GkXlsxError: if it cannot be read at all.
        RefusedError: if it is nothing that can be read as a report.
    """
    return admit_data(str(path), read_bytes(path))


def admit_data(path: str, data: bytes) -> Arrival:
    """Look at the bytes of a file, of a member of an archive for example; raises as `admit`.

    Args:
        path: what messages call it.
        data: all of it.
    """
    try:
        return Arrival(path, _kind(data), data)
    except RefusedError as refused:
        refused.sha256 = hashlib.sha256(data).hexdigest()
        raise


def _kind(data: bytes) -> Kind:
    if len(data) > MAX_FILE:
        raise RefusedError("too_large")
    if not data.strip():
        raise RefusedError("empty")
    for magic, reason_key in _MAGIC.items():
        if data.startswith(magic):
            raise RefusedError(reason_key)
    if data.startswith(compound.MAGIC):
        return _compound_kind(data)
    if data.startswith(SIGNATURES):
        return zip_kind(data)
    if data.startswith(b"%PDF"):
        return Kind.PDF
    return _written_kind(data)


_MAGIC = {
    b"Rar!\x1a\x07": "other_archive",
    b"7z\xbc\xaf\x27\x1c": "other_archive",
    b"\x1f\x8b\x08": "other_archive",
    b"BZh": "other_archive",
    b"\xfd7zXZ\0": "other_archive",
    b"\x89PNG\r\n": "picture",
    b"\xff\xd8\xff": "picture",
    b"GIF87a": "picture",
    b"GIF89a": "picture",
    b"II*\0": "picture",
    b"MM\0*": "picture",
    b"{\\rtf": "other_word",
}
"""How files begin that nobody here reads. Source: the formats' specifications."""


def _compound_kind(data: bytes) -> Kind:
    """Told by the streams at the top: an object inside a sheet has streams of its own."""
    try:
        names = compound.Compound(data).names()
    except compound.DamagedCompoundError:
        raise RefusedError("damaged") from None
    for stream, reason_key in _REFUSED_STREAMS.items():
        if stream in names:
            raise RefusedError(reason_key)
    if not names & {"Workbook", "Book"}:
        raise RefusedError("unknown" if names else "damaged")
    return Kind.OLD_SPREADSHEET


_REFUSED_STREAMS = {
    "EncryptedPackage": "password",
    "WordDocument": "old_word",
    "PowerPoint Document": "slides",
    "_VBA_PROJECT_CUR": "macro",
}


def _written_kind(data: bytes) -> Kind:
    """Told by how it begins; a page may hold bytes that are no character, a text may not."""
    text = as_utf8(data)
    if text is None:
        raise RefusedError("picture" if _is_picture(data) else "unknown")
    begins = text.removeprefix(b"\xef\xbb\xbf").lstrip()
    if not begins:
        raise RefusedError("empty")
    if begins.startswith(b"%PDF"):
        return Kind.PDF
    for pattern, reason_key in _REFUSED_TEXTS.items():
        if pattern.match(begins):
            raise RefusedError(reason_key)
    if _PAGE.match(begins) or _has_table(begins):
        return Kind.HTML
    if begins.startswith(b"{") and not begins.startswith((b"{{", b"{%")):
        return Kind.REPORT_JSON
    if not is_written(text):
        raise RefusedError("unknown")
    return Kind.TEXT


def _is_picture(data: bytes) -> bool:
    """BMP, WebP or HEIC."""
    inside = data[:4] == b"RIFF" and data[8:12] == b"WEBP"
    return data.startswith(b"BM") or inside or data[4:11] in (b"ftyphei", b"ftypmif")


def _has_table(text: bytes) -> bool:
    """Whether a text holds a table in HTML further down; it is read for that table."""
    table = _TABLE.search(text)
    return bool(table and _CELL.search(text, table.end()))


_BEFORE = rb"(?:\s++|(?><!--.*?-->)|(?><\?.*?\?>))*+"
"""What may stand before the first tag: space, comments, declarations. Never tried twice."""
_PAGE = re.compile(
    _BEFORE + rb"<(?:!doctype\s+html|(?:html|head|body|meta|title|style|script|link|base|table"
    rb"|tbody|tr|div|p|span|section|article|main|center|font|h[1-6]|ul|ol|br|strong|b)[\s/>])",
    re.IGNORECASE | re.DOTALL,
)
_TABLE, _CELL = re.compile(rb"<table[\s>]", re.IGNORECASE), re.compile(rb"</td>", re.IGNORECASE)
_REFUSED_TEXTS = {
    re.compile(_BEFORE + rb"<(?:ss:)?Workbook[\s>]", re.DOTALL): "xml_workbook",
    re.compile(_BEFORE + rb"<(?:w:wordDocument|pkg:package|office:document)[\s>]", re.DOTALL): (
        "other_word"
    ),
    re.compile(_BEFORE + rb"<svg[\s>]", re.DOTALL): "picture",
    re.compile(rb"[A-Za-z-]+: (?s:.{0,4000}?)^MIME-Version:", re.MULTILINE): "web_archive",
    re.compile(rb"MIME-Version:"): "web_archive",
}
