"""Compound files: their streams, and what happens when they lead nowhere."""

from __future__ import annotations

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gk_xlsx.sources.compound import Compound, DamagedCompoundError
from tests.sources.files import END, FAT, FREE, SECTOR, _entry, ole


def small(stream: str, content: bytes) -> bytes:
    """A compound file whose one stream stands in the mini stream."""
    mini_sectors = -(-len(content) // 64)
    header = struct.pack(
        "<8s16xHHHHH6xIIIIIIIIII",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        *(0x3E, 3, 0xFFFE, 9, 6),
        *(0, 1, 1, 0, 4096, 2, 1, END, 0, 0),
    )
    fat = struct.pack("<128I", FAT, END, END, END, *[FREE] * 124)
    directory = _entry("Root Entry", 5, 3, SECTOR, child=1) + _entry(stream, 2, 0, len(content))
    chain = [*range(1, mini_sectors), END]
    mini_fat = struct.pack("<128I", *chain, *[FREE] * (128 - len(chain)))
    parts = (directory, mini_fat, content)
    return header.ljust(SECTOR, b"\xff") + fat + b"".join(p.ljust(SECTOR, b"\0") for p in parts)


@pytest.mark.parametrize("directory_last", [False, True])
def test_a_stream_is_taken_out(*, directory_last: bool) -> None:
    content = bytes(range(256)) * 40
    opened = Compound(ole("Workbook", content, directory_last=directory_last))
    assert opened.names() == {"Workbook"}
    assert opened.content("Workbook") == content


def test_a_small_stream_is_taken_out() -> None:
    content = bytes(range(200))
    assert Compound(small("Book", content)).content("Book") == content


def test_a_stream_that_is_not_there_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        Compound(ole("Workbook")).content("Book")


def test_a_chain_in_a_circle_is_damaged() -> None:
    data = bytearray(ole("Workbook", b"x" * 8192))
    struct.pack_into("<I", data, SECTOR + 4 * 17, 2)
    with pytest.raises(DamagedCompoundError):
        Compound(bytes(data)).content("Workbook")


@pytest.mark.parametrize("length", [8, 30, 100, 512, 600])
def test_a_cut_file_is_damaged(length: int) -> None:
    with pytest.raises(DamagedCompoundError):
        Compound(ole("Workbook")[:length])


DATA = small("Workbook", bytes(300))


@given(st.integers(8, len(DATA) - 1), st.binary(min_size=1, max_size=8))
def test_noise_is_damaged_or_not_noticed(at: int, noise: bytes) -> None:
    data = DATA[:at] + noise + DATA[at + len(noise) :]
    try:
        opened = Compound(data)
        for name in opened.names():
            opened.content(name)
    except DamagedCompoundError:
        return
