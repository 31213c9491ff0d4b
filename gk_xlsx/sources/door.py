"""The guarded door: what a file is, told by its content, before anything parses it.

Whatever cannot be let in is refused with a code of family FI, what it means and what to do.
"""

from __future__ import annotations

import hashlib
import io
import stat
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from gk_xlsx.errors import GkXlsxError, UnreadableError, reason

MAX_FILE = 64 * 2**20
MAX_MEMBERS = 500
MAX_MEMBER = 32 * 2**20
MAX_TOTAL = 64 * 2**20
MAX_RATIO = 300
"""Limits of an archive, far above any report (bytes, members, bytes, bytes, unpacked : packed)."""

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")


class Kind(StrEnum):
    """What a file holds."""

    WORKBOOK = "workbook"
    REPORT_JSON = "report_json"


@dataclass(frozen=True, slots=True)
class Arrival:
    """A file that was let in."""

    path: str
    kind: Kind
    data: bytes

    @property
    def sha256(self) -> str:
        """Of the file's bytes, lower-case hex."""
        return hashlib.sha256(self.data).hexdigest()


class RefusedError(UnreadableError):
    """A file that was not let in; its code is one of `REFUSALS`."""

    def __init__(self, code: str, name: str, message: str, fix: str) -> None:
        super().__init__(message, fix)
        self.code, self.name = code, name


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
            raise _refused("too_large")
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
    data = read_bytes(path)
    try:
        return Arrival(str(path), _kind(data), data)
    except RefusedError as refused:
        refused.sha256 = hashlib.sha256(data).hexdigest()
        raise


def _kind(data: bytes) -> Kind:
    if not data.strip():
        raise _refused("empty")
    if data.startswith(_OLE):
        raise _refused(_ole_reason(data))
    if data.startswith(_ZIP):
        return _zip_kind(data)
    if data.startswith(b"%PDF"):
        raise _refused("pdf")
    if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        return Kind.REPORT_JSON
    raise _refused("unknown")


def _ole_reason(data: bytes) -> str:
    """Told by the names of the streams; their directory may stand anywhere in the file."""
    for stream, reason_key in _STREAMS.items():
        if stream.encode("utf-16-le") in data:
            return reason_key
    return "unknown"


def _zip_kind(data: bytes) -> Kind:
    try:
        members = zipfile.ZipFile(io.BytesIO(data)).infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        raise _refused("damaged") from None
    _check_members(members, len(data))
    names = {member.filename for member in members}
    if any(name.endswith("vbaProject.bin") or "/macrosheets/" in name for name in names):
        raise _refused("macro")
    if "xl/workbook.bin" in names:
        raise _refused("binary_workbook")
    if any(name.startswith("xl/") for name in names):
        return Kind.WORKBOOK
    if any(name.startswith("word/") for name in names):
        raise _refused("word")
    if "content.xml" in names:
        raise _refused("open_document")
    raise _refused("archive")


def _check_members(members: Sequence[zipfile.ZipInfo], packed: int) -> None:
    names = [member.filename for member in members]
    total = sum(member.file_size for member in members)
    if len(set(names)) != len(names):
        raise _refused("duplicate_member")
    if any(member.flag_bits & 1 for member in members):
        raise _refused("password")
    largest = max((member.file_size for member in members), default=0)
    crowded = len(names) > MAX_MEMBERS or largest > MAX_MEMBER
    if crowded or total > MAX_TOTAL or total > MAX_RATIO * max(packed, 1):
        raise _refused("bomb")


def _refused(reason: str) -> RefusedError:
    return RefusedError(*_REASONS[reason])


_STREAMS = {
    "EncryptedPackage": "password",
    "WordDocument": "old_word",
    "Workbook": "old_excel",
    "Book": "old_excel",
}
"""Streams of an OLE file to the reason why it is refused."""

_SAVE_AS = "请用 WPS 或 Excel 打开，另存为 .xlsx 后再试。"
_REASONS: dict[str, tuple[str, str, str, str]] = {
    "unknown": (
        "FI01",
        "not-a-report",
        "这不是能识别的文件：不是填报表（.xlsx），也不是报告 JSON。",
        "请提供下发的填报表。",
    ),
    "empty": ("FI01", "not-a-report", "文件是空的。", "请重新保存或重新接收文件。"),
    "archive": ("FI01", "not-a-report", "这是压缩包，不是填报表。", "请先解压，再检查里面的文件。"),
    "password": ("FI02", "password", "文件设有打开密码。", "请取消密码后另存。"),
    "old_excel": ("FI03", "old-format", "这是旧格式的表格（.xls 或 .et）。", _SAVE_AS),
    "binary_workbook": ("FI03", "old-format", "这是二进制格式的表格（.xlsb）。", _SAVE_AS),
    "old_word": (
        "FI03",
        "old-format",
        "这是旧格式的文档（.doc 或 .wps）。",
        "请提供下发的填报表（.xlsx）。",
    ),
    "damaged": ("FI04", "damaged", "文件已损坏，不能打开。", "请重新发送一份。"),
    "too_large": ("FI05", "too-large", "文件超过 64 MB，不是填报表。", "请检查是否选错了文件。"),
    "bomb": (
        "FI05",
        "too-large",
        "压缩内容异常庞大，为安全起见不予读取。",
        "请用 WPS 或 Excel 打开核对后另存。",
    ),
    "pdf": (
        "FI06",
        "not-readable-yet",
        "这是 PDF 文件，不能作为数据读取。",
        "请提供下发的填报表（.xlsx）。",
    ),
    "word": (
        "FI06",
        "not-readable-yet",
        "这是 Word 文件，不能作为数据读取。",
        "请提供下发的填报表（.xlsx）。",
    ),
    "open_document": ("FI06", "not-readable-yet", "这是 OpenDocument 文件。", _SAVE_AS),
    "macro": ("FI08", "macro", "文件里有宏，为安全起见不予读取。", "请另存为不带宏的 .xlsx。"),
    "duplicate_member": (
        "FI09",
        "duplicate-member",
        "压缩结构异常（同一部分出现两次），为安全起见不予读取。",
        "请用 WPS 或 Excel 打开核对后另存。",
    ),
}
"""Reason to code, name, message and what to do. Source: CHECKS.md, Files FI."""

REFUSALS = tuple(_REASONS.values())
"""Every way to be refused: code, name, what it means, what to do."""
