"""Zips that are bombs, lie, are cut off, or call their members by dangerous names."""

from __future__ import annotations

from gk_xlsx.sources.archives import MAX_MEMBERS
from tests.fuzz.packages import packed
from tests.hostile.listed import FOUND, each, hostile
from tests.hostile.zips import doubled, members, ours, overlapping, raw, with_members, word
from tests.sources import files

SHEET = "xl/worksheets/sheet4.xml"
MB = 2**20


@hostile("bomb-zip.zip", FOUND)
def zip_bomb() -> bytes:
    return packed({"甲.xlsx": bytes(70 * MB)})


@hostile("bomb-nested.zip", FOUND)
def nested() -> bytes:
    """Zips in zips in zips; nobody unpacks them all."""
    data = packed({"甲.txt": bytes(8 * MB)})
    for level in range(30):
        data = packed(
            {f"{level}-{copy}.zip": data for copy in range(3)}
            if level < 5
            else {f"{level}.zip": data}
        )
    return data


@hostile("bomb-overlap.xlsx", FOUND)
def overlap() -> bytes:
    """400 members of 30 MB each that are one piece of 30 KB."""
    return overlapping("xl/worksheets/sheet{}.xml", 400, 30 * MB)


@hostile("bomb-overlap-small.zip", FOUND)
def overlap_below_each_limit() -> bytes:
    return overlapping("{}.xlsx", MAX_MEMBERS, MB)


@hostile("bomb-lying.xlsx", FOUND)
def lying() -> bytes:
    """A member that says it unpacks to 10 bytes and unpacks to 60 MB."""
    return raw([*_small(), (SHEET, bytes(60 * MB))], claims=10)


@hostile("bomb-members.zip", FOUND)
def many_members() -> bytes:
    return raw([(f"{number}.xlsx", b"x") for number in range(10_000)], method=0)


@hostile("bomb-media.docx", FOUND)
def large_picture() -> bytes:
    return with_members(word(), {"word/media/image1.png": bytes(40 * MB)})


@hostile("quine.zip", FOUND)
def its_own_member() -> bytes:
    """The directory says that the whole file is its first member."""
    data = bytearray(raw([("自己.zip", b"x" * 400)], method=0))
    at = data.index(b"PK\x01\x02")
    data[at + 20 : at + 24] = data[at + 24 : at + 28] = len(data).to_bytes(4, "little")
    return bytes(data[:at]) + bytes(data[at:])[: -(2**4)]


@hostile("duplicate-sheet.xlsx", "FI09")
def duplicate_sheet() -> bytes:
    return doubled(ours(), SHEET, members(ours())[SHEET].replace(b"<v>0</v>", b"<v>9</v>"))


@hostile("duplicate-document.docx", "FI09")
def duplicate_document() -> bytes:
    return doubled(word(), "word/document.xml", members(word())["word/document.xml"])


each(
    "FI02",
    {
        "encrypted-flag.zip": files.locked_archive,
        "encrypted-flag.xlsx": lambda: raw([*members(ours()).items()], flags=0x801),
        "encrypted.xlsx": lambda: files.ole("EncryptedPackage"),
        "encrypted.ods": files.locked_open_document,
    },
)
each(
    FOUND,
    {
        "names-parent.zip": lambda: raw([("../../../etc/cron.d/gk", b"x"), ("a.xlsx", b"")]),
        "names-absolute.zip": lambda: raw([("/etc/passwd", b"x"), ("C:\\Windows\\a.xlsx", b"x")]),
        "names-odd.zip": lambda: raw([("a\0b.xlsx", b"x"), ("\u202excod.exe", b""), ("con", b"")]),
        "names-long.zip": lambda: raw([("甲" * 20_000, b"x")]),
        "nothing-in-it.zip": lambda: packed({}),
    },
)
each(
    FOUND,
    {
        "crc-wrong.ods": lambda: raw([*members(files.open_document("spreadsheet")).items()], crc=1),
        "method-unknown.ods": lambda: raw(
            [*members(files.open_document("spreadsheet")).items()], method=99
        ),
        "only-an-end.xlsx": lambda: b"PK\x05\x06" + b"\xff" * 18,
        "only-a-beginning.xlsx": lambda: b"PK\x03\x04" + bytes(3000),
        "directory-missing.docx": lambda: word()[: word().rindex(b"PK\x01\x02")],
        **{
            f"cut-at-{part}-of-10.xlsx": lambda part=part: ours()[: len(ours()) * part // 10]  # type: ignore[misc]
            for part in (1, 5, 9)
        },
    },
)
each(
    FOUND,
    {
        "crc-wrong.xlsx": lambda: raw([*members(ours()).items()], crc=1),
        "method-unknown.xlsx": lambda: raw([*members(ours()).items()], method=99),
    },
)


def _small() -> list[tuple[str, bytes]]:
    return [item for item in members(ours()).items() if item[0] != SHEET]
