"""A compound file (the shell of .xls, .doc and encrypted files) → the streams at its top.

Source: MS-CFB. Only as far as telling what the file is, and taking one stream out of it.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

_ENTRY = 128
_LAST_SECTOR = 0xFFFFFFFA
"""Higher numbers are no sectors: end of chain, free, FAT, DIFAT."""
_NO_ENTRY = 0xFFFFFFFF
_SMALL = 4096
"""Streams below this stand in the mini stream."""


class DamagedCompoundError(ValueError):
    """The file points at places that it does not have, or runs in circles."""


@dataclass(frozen=True, slots=True)
class _Entry:
    """A directory entry; `left`, `right` and `child` are numbers of others."""

    name: str
    left: int
    right: int
    child: int
    start: int
    size: int


class Compound:
    """An opened compound file.

    Raises:
        DamagedCompoundError: if its directory cannot be followed.
    """

    def __init__(self, data: bytes) -> None:
        self._data = data
        try:
            self._shift, self._mini_shift = struct.unpack_from("<HH", data, 30)
            if self._shift not in (9, 12) or self._mini_shift != 6:
                raise DamagedCompoundError("sector size")
            self._fat = self._sector_table()
            first = struct.unpack_from("<I", data, 48)[0]
            self._directory = self._chained(first, self._fat)
            self.streams = self._top()
        except struct.error as error:
            raise DamagedCompoundError("truncated") from error

    def names(self) -> frozenset[str]:
        """Names of the streams and storages directly below the root."""
        return frozenset(self.streams)

    def content(self, name: str) -> bytes:
        """A stream at the top.

        Raises:
            KeyError: if there is none.
            DamagedCompoundError: if its sectors cannot be followed.
        """
        entry = self.streams[name]
        if entry.size >= _SMALL:
            return self._chained(entry.start, self._fat)[: entry.size]
        root = self._entry(0)
        first = struct.unpack_from("<I", self._data, 60)[0]
        mini_fat = _numbers(self._chained(first, self._fat))
        mini = self._chained(root.start, self._fat)
        return self._chained(entry.start, mini_fat, mini)[: entry.size]

    def _sector_table(self) -> tuple[int, ...]:
        """The FAT: sector to the next one of its chain."""
        listed = list(struct.unpack_from("<109I", self._data, 76))
        at, count = struct.unpack_from("<II", self._data, 68)
        for _ in range(min(count, len(self._data) >> self._shift)):
            if at >= _LAST_SECTOR:
                break
            *more, at = _numbers(self._sector(at))
            listed += more
        return _numbers(b"".join(self._sector(item) for item in listed if item < _LAST_SECTOR))

    def _sector(self, number: int) -> bytes:
        size = 1 << self._shift
        found = self._data[(number + 1) * size : (number + 2) * size]
        if not found:
            raise DamagedCompoundError("no such sector")
        return found.ljust(size, b"\0")

    def _chained(self, first: int, table: tuple[int, ...], mini: bytes | None = None) -> bytes:
        """What a chain of sectors holds, in the file itself or in the mini stream."""
        parts: list[bytes] = []
        at, size = first, 1 << self._mini_shift
        while at < _LAST_SECTOR:
            if at >= len(table) or len(parts) > len(table):
                raise DamagedCompoundError("broken chain")
            parts.append(self._sector(at) if mini is None else mini[at * size : (at + 1) * size])
            at = table[at]
        return b"".join(parts)

    def _entry(self, number: int) -> _Entry:
        name, length, left, right, child, start, size = struct.unpack_from(
            "<64sH2xIII36xII", self._directory, number * _ENTRY
        )
        text = name[: max(0, length - 2)].decode("utf-16-le", "replace")
        return _Entry(text, left, right, child, start, size)

    def _top(self) -> Mapping[str, _Entry]:
        return {entry.name: entry for entry in self._siblings(self._entry(0).child)}

    def _siblings(self, first: int) -> Iterator[_Entry]:
        waiting, seen = [first], set[int]()
        while waiting:
            number = waiting.pop()
            if number == _NO_ENTRY or number in seen:
                continue
            seen.add(number)
            entry = self._entry(number)
            waiting += [entry.left, entry.right]
            yield entry


def _numbers(data: bytes) -> tuple[int, ...]:
    return struct.unpack(f"<{len(data) // 4}I", data[: len(data) // 4 * 4])
