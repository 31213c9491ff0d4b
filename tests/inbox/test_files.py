"""Walking what came in: folders, archives as mail programs make them, and what is no mail."""

from __future__ import annotations

import io
import os
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from gk_xlsx.inbox import files as inbox
from gk_xlsx.inbox.files import InboxFile, NotTaken, listed, taken


def archive(
    members: Mapping[str, bytes], encoding: str = "", mode: int = zipfile.ZIP_STORED
) -> bytes:
    """A zip; with an encoding its names are written in it, without the flag of UTF-8."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", mode) as package:
        for name, data in members.items():
            package.writestr(_member(name, encoding) if encoding else name, data)
    return buffer.getvalue()


class _Foreign(zipfile.ZipInfo):
    encoding = ""

    def _encodeFilenameFlags(self) -> tuple[bytes, int]:  # noqa: N802 — the library's name
        return self.filename.encode(self.encoding), self.flag_bits & ~0x800


def _member(name: str, encoding: str) -> zipfile.ZipInfo:
    member = _Foreign(name)
    member.encoding = encoding
    return member


def everything(folder: Path) -> list[InboxFile | NotTaken]:
    return [item for path in listed(folder) for item in taken(folder, path)]


def paths(folder: Path) -> list[str]:
    return [item.path for item in everything(folder)]


def test_files_come_in_the_order_of_names_with_folders_before_them(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    for name in ("c.xlsx", "a.xlsx", "b/x.docx"):
        (tmp_path / name).write_bytes(b"1")
    assert paths(tmp_path) == ["a.xlsx", "b/x.docx", "c.xlsx"]


@pytest.mark.parametrize(
    "name",
    ["~$某局.xlsx", ".DS_Store", "Thumbs.db", "desktop.ini", "__MACOSX/某局.xlsx", ".gk-1.tmp",
     "某局.xlsx.crdownload", "某局.xlsx~", ".git/a.xlsx"],
)  # fmt: skip
def test_what_programs_leave_behind_is_no_mail(tmp_path: Path, name: str) -> None:
    (tmp_path / name).parent.mkdir(exist_ok=True)
    (tmp_path / name).write_bytes(b"1")
    (tmp_path / "a.zip").write_bytes(archive({name: b"1"}))
    assert paths(tmp_path) == []


def test_the_offices_own_files_are_left_out(tmp_path: Path) -> None:
    register, other = tmp_path / "收发登记.xlsx", tmp_path / "a.xlsx"
    for path in (register, other):
        path.write_bytes(b"1")
    assert listed(tmp_path, [register]) == [other]


@pytest.mark.parametrize("encoding", ["gbk", "utf-8", ""])
def test_names_in_archives_are_read_however_they_were_written(
    tmp_path: Path, encoding: str
) -> None:
    (tmp_path / "材料.zip").write_bytes(archive({"教育局/年度报告.xlsx": b"1"}, encoding))
    assert paths(tmp_path) == ["材料.zip/教育局/年度报告.xlsx"]


def test_a_backslash_between_folders_is_one(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(archive({"教育局\\表.xlsx": b"1"}, "gbk"))
    assert paths(tmp_path) == ["a.zip/教育局/表.xlsx"]


def test_the_content_of_members_is_theirs(tmp_path: Path) -> None:
    data = os.urandom(1000)
    packed = archive({"a.bin": data}, mode=zipfile.ZIP_DEFLATED)
    (tmp_path / "a.zip").write_bytes(packed)
    [item] = everything(tmp_path)
    assert isinstance(item, InboxFile)
    assert item.data == data


def test_an_archive_within_an_archive_is_opened_one_within_that_is_not(tmp_path: Path) -> None:
    inner = archive({"deep.zip": archive({"x.xlsx": b"1"}), "y.xlsx": b"1"})
    (tmp_path / "a.zip").write_bytes(archive({"inner.zip": inner, "z.xlsx": b"1"}))
    found = everything(tmp_path)
    assert [item.path for item in found] == [
        "a.zip/inner.zip/deep.zip",
        "a.zip/inner.zip/y.xlsx",
        "a.zip/z.xlsx",
    ]
    assert found[0] == NotTaken("a.zip/inner.zip/deep.zip", "archive")


@pytest.mark.parametrize("marker", ["[Content_Types].xml", "OFD.xml", "mimetype"])
def test_a_document_that_is_a_zip_inside_is_one_file(tmp_path: Path, marker: str) -> None:
    (tmp_path / "a.docx").write_bytes(archive({marker: b"1", "word/document.xml": b"1"}))
    assert paths(tmp_path) == ["a.docx"]


def test_a_broken_archive_is_one_file_for_the_door_to_judge(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(archive({"x": b"1"})[:-10])
    assert [type(item) for item in everything(tmp_path)] == [InboxFile]


def test_a_damaged_member_is_said_and_the_others_are_read(tmp_path: Path) -> None:
    data = archive({"a.xlsx": b"damaged content", "b.xlsx": b"1"})
    (tmp_path / "a.zip").write_bytes(data.replace(b"damaged content", b"changed content"))
    assert everything(tmp_path) == [
        NotTaken("a.zip/a.xlsx", "damaged"),
        InboxFile("a.zip/b.xlsx", b"1"),
    ]


def test_an_archive_with_a_password_is_said(tmp_path: Path) -> None:
    data = bytearray(archive({"a.xlsx": b"1"}))
    data[data.index(b"PK\x01\x02") + 8] |= 1
    (tmp_path / "a.zip").write_bytes(data)
    assert everything(tmp_path) == [NotTaken("a.zip", "password")]


def test_a_bomb_is_not_unpacked(tmp_path: Path) -> None:
    zeros = archive({"a.xlsx": bytes(8 * 2**20)}, mode=zipfile.ZIP_DEFLATED)
    (tmp_path / "a.zip").write_bytes(zeros)
    assert everything(tmp_path) == [NotTaken("a.zip", "bomb")]


def test_too_many_members_are_a_bomb(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inbox, "MAX_MEMBERS", 3)
    (tmp_path / "a.zip").write_bytes(archive({f"{n}.xlsx": b"1" for n in range(4)}))
    assert everything(tmp_path) == [NotTaken("a.zip", "bomb")]


def test_what_is_too_large_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inbox, "MAX_FILE", 5)
    (tmp_path / "a.xlsx").write_bytes(b"123456")
    (tmp_path / "b.zip").write_bytes(archive({"c.xlsx": b"123456"}))
    assert everything(tmp_path) == [
        NotTaken("a.xlsx", "too_large"),
        NotTaken("b.zip/c.xlsx", "too_large"),
    ]


def test_explanations_come_with_their_report_and_not_by_themselves(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(b"1")
    (tmp_path / "a.说明.json").write_bytes(b"2")
    (tmp_path / "b.zip").write_bytes(archive({"c.xlsx": b"3", "c.说明.json": b"4"}))
    assert everything(tmp_path) == [
        InboxFile("a.xlsx", b"1", b"2"),
        InboxFile("b.zip/c.xlsx", b"3", b"4"),
    ]


def test_explanations_of_no_report_come_by_themselves(tmp_path: Path) -> None:
    (tmp_path / "a.说明.json").write_bytes(b"2")
    assert paths(tmp_path) == ["a.说明.json"]


def test_what_the_system_will_not_give_is_said(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").symlink_to(tmp_path / "gone.xlsx")
    [item] = everything(tmp_path)
    assert isinstance(item, NotTaken)
    assert (item.refused, bool(item.why)) == ("", True)


@pytest.mark.skipif(os.name == "nt", reason="links need a right of their own there")
def test_links_in_a_circle_stop_nothing(tmp_path: Path) -> None:
    (tmp_path / "甲局.xlsx").write_bytes(b"x")
    (tmp_path / "圈.xlsx").symlink_to("圈.xlsx")
    found = everything(tmp_path)
    assert [type(item) for item in found] == [NotTaken, InboxFile]
