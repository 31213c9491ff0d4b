"""Errors: what their message holds, and why the system refused."""

from __future__ import annotations

import errno

import pytest

from gk_xlsx.errors import DefinitionError, GkXlsxError, NarrativeError, UnreadableError, reason


@pytest.mark.parametrize("kind", [DefinitionError, NarrativeError])
def test_an_error_of_many_problems_says_them_all(
    kind: type[DefinitionError] | type[NarrativeError],
) -> None:
    error = kind(["一:1: 甲", "一:2: 乙"])
    assert error.problems == ("一:1: 甲", "一:2: 乙")
    assert str(error) == "一:1: 甲\n一:2: 乙"


@pytest.mark.parametrize("kind", [DefinitionError, NarrativeError, UnreadableError])
def test_every_error_is_one_of_ours(kind: type[Exception]) -> None:
    assert issubclass(kind, GkXlsxError)


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), "磁盘空间不足"),
        (PermissionError(errno.EACCES, "Permission denied"), "没有权限"),
        (OSError(errno.EIO, "Input/output error"), "磁盘读写出错"),
        (OSError(errno.ELOOP, "Too many levels of symbolic links"), "链接绕成了圈"),
        (OSError(errno.EXDEV, "Invalid cross-device link"), f"系统报错，编号 {errno.EXDEV}"),
        (OSError(errno.ECANCELED, "用户取消了操作"), "用户取消了操作"),
        (OSError("odd"), "未知原因"),
        (OSError(), "未知原因"),
    ],
)
def test_the_reason_is_told_in_chinese_where_it_is_known(error: OSError, words: str) -> None:
    assert reason(error) == words


def test_a_file_that_another_program_holds_is_told_on_windows() -> None:
    error = PermissionError(errno.EACCES, "The process cannot access the file")
    error.winerror = 32  # type: ignore[attr-defined, unused-ignore] # only there on Windows
    assert reason(error) == "文件正被其他程序使用"
