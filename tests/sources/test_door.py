"""The guarded door: every kind of file is let in, or refused with what to do."""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from gk_xlsx.errors import GkXlsxError, UnreadableError
from gk_xlsx.sources import door
from gk_xlsx.sources.door import Kind, RefusedError, admit, read_bytes
from tests.sources import files


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "来件"


def refusal(path: Path) -> RefusedError:
    with pytest.raises(RefusedError) as caught:
        admit(path)
    return caught.value


# -- let in --------------------------------------------------------------------------------


def test_a_workbook_is_let_in_whatever_its_name(file: Path) -> None:
    file.write_bytes(files.workbook())
    arrival = admit(file)
    assert (arrival.kind, arrival.path) == (Kind.WORKBOOK, str(file))


@pytest.mark.parametrize("before", [b"", b"\xef\xbb\xbf", b" \r\n\t", b"\xef\xbb\xbf\n"])
def test_a_json_is_let_in(file: Path, before: bytes) -> None:
    file.write_bytes(before + b'{"form": "gk-annual-report"}')
    assert admit(file).kind is Kind.REPORT_JSON


def test_an_arrival_knows_the_hash_of_its_bytes(file: Path) -> None:
    file.write_bytes(b"{}")
    assert admit(file).sha256 == hashlib.sha256(b"{}").hexdigest()


# -- refused by content --------------------------------------------------------------------

REFUSED = {
    "empty": (b"", "FI01", "文件是空的"),
    "only spaces": (b" \r\n", "FI01", "文件是空的"),
    "text": ("二、主动公开".encode(), "FI01", "不是能识别的文件"),
    "a JSON list": (b"[]", "FI01", "不是能识别的文件"),
    "text that starts like a zip": (b"PKU report", "FI01", "不是能识别的文件"),
    "a zip": (files.archive("一.txt"), "FI01", "压缩包"),
    "an empty zip": (files.archive(), "FI01", "压缩包"),
    "an encrypted workbook": (files.ole("EncryptedPackage"), "FI02", "打开密码"),
    "an encrypted zip": (files.locked_archive(), "FI02", "打开密码"),
    "xls": (files.ole("Workbook"), "FI03", ".xls"),
    "xls of Excel 5": (files.ole("Book"), "FI03", ".xls"),
    "doc": (files.ole("WordDocument"), "FI03", ".doc"),
    "another compound file": (files.ole("PowerPoint Document"), "FI01", "不是能识别的文件"),
    "xlsb": (files.archive("xl/workbook.bin"), "FI03", ".xlsb"),
    "a truncated workbook": (files.workbook()[:-200], "FI04", "已损坏"),
    "half a workbook": (files.workbook()[:1000], "FI04", "已损坏"),
    "a bomb": (files.archive("xl/workbook.xml", content=b"\0" * 33 * 2**20), "FI05", "异常庞大"),
    "high compression": (files.archive("xl/a", content=b"\0" * 2**20), "FI05", "异常庞大"),
    "many members": (files.archive(*(f"xl/{i}" for i in range(501))), "FI05", "异常庞大"),
    "pdf": (files.PDF, "FI06", "PDF"),
    "docx": (files.word_document(), "FI06", "Word"),
    "ods": (files.open_document(), "FI06", "OpenDocument"),
    "macros": (files.with_member(files.workbook(), "xl/vbaProject.bin"), "FI08", "宏"),
    "macros of Excel 4": (
        files.with_member(files.workbook(), "xl/macrosheets/sheet1.xml"),
        "FI08",
        "宏",
    ),
}


@pytest.mark.parametrize(("data", "code", "words"), REFUSED.values(), ids=REFUSED)
def test_a_file_is_refused_with_its_code(file: Path, data: bytes, code: str, words: str) -> None:
    file.write_bytes(data)
    error = refusal(file)
    assert (error.code, words in error.message) == (code, True)


@pytest.mark.parametrize("data", [data for data, _, _ in REFUSED.values()], ids=REFUSED)
def test_a_refusal_says_what_to_do_and_whose_hash(file: Path, data: bytes) -> None:
    file.write_bytes(data)
    error = refusal(file)
    assert error.fix.startswith("请")
    assert str(error) == error.message + error.fix
    assert error.sha256 == hashlib.sha256(data).hexdigest()
    assert error.name


def test_a_member_that_stands_twice_is_refused(file: Path) -> None:
    with pytest.warns(UserWarning, match="Duplicate name"):
        data = files.with_member(files.workbook(), "xl/workbook.xml")
    file.write_bytes(data)
    assert refusal(file).code == "FI09"


def test_a_large_compound_file_is_known_by_a_directory_at_its_end(file: Path) -> None:
    data = files.ole("Workbook")
    file.write_bytes(data[:1024] + b"\0" * 2**21 + data[1024:])
    assert refusal(file).code == "FI03"


def test_a_file_beyond_64_mb_is_not_even_read(file: Path) -> None:
    with file.open("wb") as made:
        made.truncate(door.MAX_FILE + 1)
    error = refusal(file)
    assert (error.code, error.sha256) == ("FI05", "")


def test_a_refusal_is_an_unreadable_file(file: Path) -> None:
    file.write_bytes(b"?")
    assert isinstance(refusal(file), UnreadableError)


def test_every_reason_has_a_code_of_the_family_and_its_advice() -> None:
    for code, name, message, fix in door._REASONS.values():
        assert code.startswith("FI")
        assert name == name.lower()
        assert message.endswith("。")
        assert fix.endswith("。")


WORKBOOK = files.workbook()


@given(st.integers(0, len(WORKBOOK) - 1), st.binary(min_size=1, max_size=20))
def test_a_damaged_workbook_is_let_in_or_refused_and_nothing_else(at: int, noise: bytes) -> None:
    assume(not noise.lstrip().startswith(b"{"))  # what begins so is taken for JSON
    data = WORKBOOK[:at] + noise + WORKBOOK[at + len(noise) :]
    with contextlib.suppress(RefusedError):
        assert door._kind(data) is Kind.WORKBOOK


# -- cannot be read at all -----------------------------------------------------------------


def message(path: Path) -> str:
    with pytest.raises(GkXlsxError) as caught:
        read_bytes(path)
    assert not isinstance(caught.value, UnreadableError)
    return str(caught.value)


def test_a_missing_file_is_told_with_its_path(file: Path) -> None:
    assert message(file) == f"没有这个文件：{file}。请检查路径和文件名。"


def test_a_file_below_a_file_is_missing(file: Path) -> None:
    file.write_bytes(b"")
    assert "没有这个文件" in message(file / "报告.xlsx")


def test_an_impossible_name_is_a_missing_file() -> None:
    assert "没有这个文件" in message(Path("报告\0.xlsx"))


def test_a_name_that_is_too_long_is_told(file: Path) -> None:
    assert "文件名太长" in message(file.with_name("长" * 500))


def test_a_folder_is_told(tmp_path: Path) -> None:
    assert "是文件夹" in message(tmp_path)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_pipe_is_not_waited_for(file: Path) -> None:
    os.mkfifo(file)
    assert "不是普通文件" in message(file)


@pytest.fixture
def as_nobody() -> Iterator[Path]:
    """A folder that anyone may enter, seen by a user who owns nothing."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    me = os.geteuid()
    if me == 0:
        os.seteuid(65534)
    try:
        yield folder
    finally:
        os.seteuid(me)
        shutil.rmtree(folder)


@pytest.mark.skipif(os.name == "nt", reason="permissions of POSIX")
def test_a_file_that_may_not_be_read_is_told(as_nobody: Path) -> None:
    path = as_nobody / "报告.json"
    me = os.geteuid()
    os.seteuid(os.getuid())
    path.write_bytes(b"{}")
    path.chmod(0)
    os.seteuid(me)
    assert "没有权限" in message(path)
