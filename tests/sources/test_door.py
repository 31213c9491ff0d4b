"""The guarded door: every kind of file is let in, or refused with what to do."""

from __future__ import annotations

import codecs
import contextlib
import hashlib
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gk_xlsx.errors import GkXlsxError, UnreadableError
from gk_xlsx.sources import door
from gk_xlsx.sources.door import Kind, RefusedError, admit, admit_data, read_bytes
from gk_xlsx.sources.refusals import REASONS
from tests.office.word import word_document
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


LINE = "二、主动公开政府信息情况\n"
PAGE = f"<table><tr><td>{LINE}</td></tr></table>"

LET_IN = {
    "xls": (files.ole("Workbook"), Kind.OLD_SPREADSHEET),
    "xls of Excel 5": (files.ole("Book"), Kind.OLD_SPREADSHEET),
    "ods": (files.open_document("spreadsheet"), Kind.SPREADSHEET),
    "docx": (word_document(), Kind.DOCX),
    "pdf": (files.PDF, Kind.PDF),
    "pdf behind a line": (b"\r\n" + files.PDF, Kind.PDF),
    "a zip of files": (files.archive("某局.xlsx"), Kind.ARCHIVE),
    "an empty zip": (files.archive(), Kind.ARCHIVE),
    "text in UTF-8": (LINE.encode(), Kind.TEXT),
    "text with a mark": (LINE.encode("utf-8-sig"), Kind.TEXT),
    "text in GB18030": (LINE.encode("gb18030"), Kind.TEXT),
    "text in UTF-16": (LINE.encode("utf-16"), Kind.TEXT),
    "text in UTF-16, big-endian": (codecs.BOM_UTF16_BE + LINE.encode("utf-16-be"), Kind.TEXT),
    "text of many pages": (LINE.encode() + b"\f" + LINE.encode(), Kind.TEXT),
    "Markdown": ("# 年度报告\n\n**一是**\n".encode(), Kind.TEXT),
    "text with figures by name": ("{{ 三.新收 }}件".encode(), Kind.TEXT),
    "text that starts like a zip": (b"PKU report", Kind.TEXT),
    "text that starts like a header": ("说明: 无\n".encode(), Kind.TEXT),
    "text that speaks of tags": ("用 <table> 排版".encode(), Kind.TEXT),
    "a JSON list": (b"[]", Kind.TEXT),
    "a page": (b"<!DOCTYPE html><html><body></body></html>", Kind.HTML),
    "a page in capitals": (b"\r\n<HTML LANG='zh'>", Kind.HTML),
    "a page behind comments": (b"<!-- a --> <?xml version='1.0'?><!-- <b> --><html>", Kind.HTML),
    "a page in GBK": (PAGE.encode("gbk"), Kind.HTML),
    "a page in UTF-16": (PAGE.encode("utf-16"), Kind.HTML),
    "a page with a mark": (PAGE.encode("utf-8-sig"), Kind.HTML),
    "a page with broken characters": (PAGE.encode("gbk") + b"\xff\xfe\x80", Kind.HTML),
    "a piece of a page": (b"<div class='c'>a</div>", Kind.HTML),
    "text with a table in HTML": ((LINE + PAGE).encode(), Kind.HTML),
    "a page called .xls": (b"<html xmlns:x='urn:schemas-microsoft-com:office:excel'>", Kind.HTML),
}


@pytest.mark.parametrize(("data", "kind"), LET_IN.values(), ids=LET_IN)
def test_a_file_is_known_by_its_content(data: bytes, kind: Kind) -> None:
    arrival = admit_data("材料.zip/来件", data)
    assert (arrival.kind, arrival.path) == (kind, "材料.zip/来件")


def test_every_kind_has_a_name_for_users() -> None:
    assert all(kind.label for kind in Kind)


@pytest.mark.parametrize("kind", [LINE, PAGE, '{"form": "gk-annual-report"}'])
def test_utf_16_is_given_to_the_readers_as_utf_8(kind: str) -> None:
    arrival = admit_data("来件", kind.encode("utf-16"))
    assert arrival.content == kind.encode("utf-8-sig")
    assert arrival.sha256 == hashlib.sha256(kind.encode("utf-16")).hexdigest()


def test_other_content_is_given_as_it_is() -> None:
    for data in (LINE.encode("gbk"), files.workbook()):
        assert admit_data("来件", data).content == data


def test_a_sheet_with_a_document_inside_is_a_sheet() -> None:
    """Embedded objects keep their streams in a storage of their own, not at the top."""
    data = files.ole("Workbook")
    inside = "WordDocument".encode("utf-16-le")
    assert admit_data("来件", data + inside).kind is Kind.OLD_SPREADSHEET


def test_an_arrival_knows_the_hash_of_its_bytes(file: Path) -> None:
    file.write_bytes(b"{}")
    assert admit(file).sha256 == hashlib.sha256(b"{}").hexdigest()


# -- refused by content --------------------------------------------------------------------

REFUSED = {
    "empty": (b"", "FI01", "文件是空的"),
    "only spaces": (b" \r\n", "FI01", "文件是空的"),
    "only a mark": (b"\xef\xbb\xbf", "FI01", "文件是空的"),
    "noise": (bytes(range(256)), "FI01", "不是能识别的文件"),
    "half a character of UTF-16": (b"\xff\xfe\x00\xd8", "FI01", "不是能识别的文件"),
    "no text in any encoding": (b"\xff\xff\xff text", "FI01", "不是能识别的文件"),
    "slides": (files.archive("ppt/presentation.xml"), "FI01", "演示文稿"),
    "old slides": (files.ole("PowerPoint Document"), "FI01", "演示文稿"),
    "another compound file": (files.ole("Contents"), "FI01", "不是能识别的文件"),
    "an encrypted workbook": (files.ole("EncryptedPackage"), "FI02", "打开密码"),
    "an encrypted zip": (files.locked_archive(), "FI02", "打开密码"),
    "an encrypted ods": (files.locked_open_document(), "FI02", "打开密码"),
    "doc": (files.ole("WordDocument"), "FI03", ".doc"),
    "xlsb": (files.archive("xl/workbook.bin"), "FI03", ".xlsb"),
    "a sheet in XML": (b"<?xml version='1.0'?>\n<Workbook xmlns='urn'>", "FI03", "2003"),
    "a document in XML": (b"<?xml version='1.0'?><w:wordDocument>", "FI03", ".rtf"),
    "rtf": (b"{\\rtf1\\ansi}", "FI03", ".rtf"),
    "odt": (files.open_document("text"), "FI03", ".odt"),
    "a page kept with its pictures": (b"From: <Saved>\r\nMIME-Version: 1.0\r\n", "FI03", ".mht"),
    "a letter": (b"MIME-Version: 1.0\r\n\r\n", "FI03", ".eml"),
    "a truncated workbook": (files.workbook()[:-200], "FI04", "已损坏"),
    "half a workbook": (files.workbook()[:1000], "FI04", "已损坏"),
    "half an xls": (files.ole("Workbook")[:1000], "FI04", "已损坏"),
    "an xls without anything": (files.ole("Workbook")[:8], "FI04", "已损坏"),
    "a bomb": (files.archive("xl/workbook.xml", content=b"\0" * 33 * 2**20), "FI05", "异常庞大"),
    "high compression": (files.archive("xl/a", content=b"\0" * 2**20), "FI05", "异常庞大"),
    "many members": (files.archive(*(f"xl/{i}" for i in range(501))), "FI05", "异常庞大"),
    "ofd": (files.archive("OFD.xml", "Doc_0/Document.xml"), "FI06", "盖章件"),
    "png": (b"\x89PNG\r\n\x1a\n\0\0", "FI06", "图片"),
    "jpeg": (b"\xff\xd8\xff\xe0", "FI06", "图片"),
    "bmp": (b"BM\x36\0\0\0", "FI06", "图片"),
    "webp": (b"RIFF\0\0\0\0WEBPVP8 ", "FI06", "图片"),
    "heic": (b"\0\0\0\x18ftypheic\0", "FI06", "图片"),
    "rar": (b"Rar!\x1a\x07\x01\0", "FI06", ".rar"),
    "7z": (b"7z\xbc\xaf\x27\x1c\0\x04", "FI06", ".7z"),
    "gzip": (b"\x1f\x8b\x08\0", "FI06", ".rar、.7z 等"),
    "macros": (files.with_member(files.workbook(), "xl/vbaProject.bin"), "FI08", "宏"),
    "macros in a document": (
        files.with_member(word_document(), "word/vbaProject.bin"),
        "FI08",
        "宏",
    ),
    "macros of Excel 4": (
        files.with_member(files.workbook(), "xl/macrosheets/sheet1.xml"),
        "FI08",
        "宏",
    ),
    "macros in ods": (
        files.with_member(files.open_document("spreadsheet"), "Basic/Standard/Module1.xml"),
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
    file.write_bytes(files.ole("Workbook", b"\0" * 50_000, directory_last=True))
    assert admit(file).kind is Kind.OLD_SPREADSHEET


def test_a_file_beyond_64_mb_is_not_even_read(file: Path) -> None:
    with file.open("wb") as made:
        made.truncate(door.MAX_FILE + 1)
    error = refusal(file)
    assert (error.code, error.sha256) == ("FI05", "")


def test_a_refusal_is_an_unreadable_file(file: Path) -> None:
    file.write_bytes(b"\0")
    assert isinstance(refusal(file), UnreadableError)
    assert refusal(file).reason == "unknown"


def test_every_reason_has_a_code_of_the_family_and_its_advice() -> None:
    for code, name, message, fix in REASONS.values():
        assert code.startswith("FI")
        assert name == name.lower()
        assert message.endswith("。")
        assert fix.endswith("。")


WORKBOOK, XLS = files.workbook(), files.ole("Workbook")


@given(st.integers(0, len(WORKBOOK) - 1), st.binary(min_size=1, max_size=20))
def test_a_damaged_workbook_is_let_in_or_refused_and_nothing_else(at: int, noise: bytes) -> None:
    data = WORKBOOK[:at] + noise + WORKBOOK[at + len(noise) :]
    with contextlib.suppress(RefusedError):
        assert admit_data("来件", data).kind in (Kind.WORKBOOK, Kind.ARCHIVE)


@given(st.integers(8, 1600), st.binary(min_size=1, max_size=20))
def test_a_damaged_xls_is_let_in_or_refused_and_nothing_else(at: int, noise: bytes) -> None:
    data = XLS[:at] + noise + XLS[at + len(noise) :]
    with contextlib.suppress(RefusedError):
        assert admit_data("来件", data).kind is Kind.OLD_SPREADSHEET


@given(st.binary(max_size=200))
def test_noise_is_something_or_refused(data: bytes) -> None:
    with contextlib.suppress(RefusedError):
        assert admit_data("来件", data).kind in Kind


@pytest.mark.parametrize(
    "data",
    [
        b"<!-- -->" * 100_000,
        b"<!-- " * 200_000,
        b"<table>" * 200_000,
        b"<?" * 500_000,
        b"A: " * 300_000,
        b" \r\n" * 300_000 + b"x",
    ],
    ids=lambda data: repr(data[:8]),
)
def test_what_is_made_to_keep_us_busy_is_known_at_once(data: bytes) -> None:
    started = time.process_time()
    with contextlib.suppress(RefusedError):
        admit_data("来件", data)
    assert time.process_time() - started < 1


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
