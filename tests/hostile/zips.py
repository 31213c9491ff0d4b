"""Packing what zipfile would not pack: doubled, lying, overlapping and unending members."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path

from tests.fuzz.packages import packed

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"


@cache
def ours() -> bytes:
    """A workbook of ours that passes the check."""
    return (EXAMPLES / "05-机关事务中心-2021.xlsx").read_bytes()


@cache
def word() -> bytes:
    """A Word report that passes the check."""
    return (EXAMPLES / "05-机关事务中心-2021.docx").read_bytes()


def members(data: bytes) -> dict[str, bytes]:
    """What a zip holds."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def with_members(data: bytes, more: Mapping[str, bytes]) -> bytes:
    """The zip with members added or put in place of its own."""
    return packed({**members(data), **more})


def without(data: bytes, *names: str) -> bytes:
    """The zip without some members."""
    return packed({key: value for key, value in members(data).items() if key not in names})


def changed(data: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    """The zip with one member changed."""
    before = members(data)[name]
    after = change(before)
    assert after != before, f"nothing changed in {name}"
    return with_members(data, {name: after})


def swapped(data: bytes, name: str, old: bytes, new: bytes) -> bytes:
    """The zip with the first place of something in a member put another way."""
    return changed(data, name, lambda content: content.replace(old, new, 1))


def doubled(data: bytes, name: str, second: bytes) -> bytes:
    """The zip with a member of the same name behind it."""
    return raw([*members(data).items(), (name, second)])


def raw(
    entries: Sequence[tuple[str, bytes]],
    *,
    method: int = zipfile.ZIP_DEFLATED,
    flags: int = 0x800,
    claims: int | None = None,
    crc: int | None = None,
) -> bytes:
    """A zip written by hand: any names, any method, a size or checksum that is not true."""
    body, directory = b"", b""
    for name, content in entries:
        told = name.encode("utf-8", "surrogatepass")
        data = _deflated(content) if method == zipfile.ZIP_DEFLATED else content
        size = len(content) if claims is None else claims
        check = zlib.crc32(content) if crc is None else crc
        shape = struct.pack(
            "<HHHHHIIIHH", 20, flags, method, 0, 33, check, len(data), size, len(told), 0
        )
        directory += b"PK\x01\x02\x14\x00" + shape + struct.pack("<HHHII", 0, 0, 0, 0, len(body))
        directory += told
        body += b"PK\x03\x04" + shape + told + data
    return body + directory + _end(len(entries), len(directory), len(body))


def overlapping(name: str, count: int, size: int) -> bytes:
    """Many members whose contents are one and the same piece of the file."""
    content = _deflated(b"0" * size)
    check, first = zlib.crc32(b"0" * size), name.format(0).encode()
    shape = struct.pack("<HHHHHIIIH", 20, 0, 8, 0, 33, check, len(content), size, len(first))
    body = b"PK\x03\x04" + shape + b"\0\0" + first + content
    directory = b""
    for number in range(count):
        told = name.format(number).encode()
        shape = struct.pack("<HHHHHIIIH", 20, 0, 8, 0, 33, check, len(content), size, len(told))
        directory += b"PK\x01\x02\x14\x00" + shape + bytes(14) + told
    return body + directory + _end(count, len(directory), len(body))


def _deflated(content: bytes) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return packer.compress(content) + packer.flush()


def _end(count: int, length: int, at: int) -> bytes:
    return b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, count, count, length, at, 0)
