"""Errors for "could not do the work"; what is wrong with an input is a finding instead."""

from __future__ import annotations

import errno
import sys
from codecs import lookup
from collections.abc import Sequence


class GkXlsxError(Exception):
    """The work could not be done.

    The message is one Chinese sentence that says what is wrong and what to do next.
    """


class UnreadableError(GkXlsxError):
    """A file that was needed as a report could not be read as one.

    Attributes:
        code, name: of the finding that a check makes of it.
        message: what is wrong, Chinese.
        fix: what to do, Chinese; may be empty.
        path: of the file; empty where it is not known yet.
        sha256: of the file's bytes; empty if they were not read.
    """

    code = "FI07"
    name = "content-not-readable"

    def __init__(self, message: str, fix: str = "") -> None:
        super().__init__(message, fix)
        self.message = message
        self.fix = fix
        self.path = ""
        self.sha256 = ""

    def __str__(self) -> str:
        """Which file, what is wrong and what to do."""
        return f"{f'{self.path}：' if self.path else ''}{self.message}{self.fix}"


class DefinitionError(GkXlsxError):
    """A form definition is wrong.

    Attributes:
        problems: every problem found, in the order of the file, each as `file:line: text`.
    """

    def __init__(self, problems: Sequence[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(problems))


class NarrativeError(GkXlsxError):
    """A text names figures that are unknown or blank, or its template syntax is broken.

    Attributes:
        problems: every problem found, each as `文字.md 第2行：…`.
    """

    def __init__(self, problems: Sequence[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(problems))


class RosterError(GkXlsxError):
    """A roster is wrong.

    Attributes:
        problems: every problem found, in the order of the rows, each as `名册.xlsx 第7行：…`.
    """

    def __init__(self, problems: Sequence[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(problems))


def beyond_the_system(error: Exception) -> str:
    """Why a name could not be written: the system's locale lacks its letters; else empty.

    What to do is part of the text, which ends a sentence.
    """
    encoding = sys.getfilesystemencoding()
    if not isinstance(error, UnicodeEncodeError) or encoding == "utf-8":
        return ""
    if lookup(error.encoding) != lookup(encoding):
        return ""
    return f"系统的语言环境（{encoding}）写不了这样的文件名。请设置环境变量 PYTHONUTF8=1 后再试。"


_REASONS = {
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.ENOENT: "文件或文件夹不存在",
    errno.EEXIST: "已有同名文件",
    errno.ENOTDIR: "上级不是文件夹",
    errno.EISDIR: "这是文件夹",
    errno.ENOSPC: "磁盘空间不足",
    errno.EDQUOT: "磁盘空间不足",
    errno.EFBIG: "文件超过了允许的大小",
    errno.EIO: "磁盘读写出错",
    errno.EROFS: "所在位置只读",
    errno.ENAMETOOLONG: "文件名太长",
    errno.EBUSY: "文件正被其他程序使用",
    errno.ELOOP: "链接绕成了圈",
    errno.EMFILE: "打开的文件太多",
    errno.ENOMEM: "内存不足",
}
_IN_USE = (32, 33)
"""Windows: another program has the file open, or a part of it locked; its errno is EACCES."""


def reason(error: OSError) -> str:
    """Why the system refused, in a few Chinese words; its own where it speaks Chinese."""
    if getattr(error, "winerror", None) in _IN_USE:
        return _REASONS[errno.EBUSY]
    known = _REASONS.get(error.errno or 0)
    own = error.strerror or ""
    if known or not own:
        return known or "未知原因"
    return f"系统报错，编号 {error.errno}" if own.isascii() else own
