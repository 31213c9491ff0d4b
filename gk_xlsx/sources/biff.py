"""Records of an .xls → what its values do not tell: formulas, errors, merges, what is hidden.

calamine gives a formula's last result as if it had been typed and an error as nothing, and it
makes one block of memory of everything between the first cell and the last. So the records are
walked first. Source: MS-XLS, 2.4.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from gk_xlsx.sources.grids import FORMULA, MAX_CELLS, Place, in_reach
from gk_xlsx.sources.refusals import RefusedError

_BOF, _EOF, _FILEPASS, _BOUNDSHEET = 0x809, 0x0A, 0x2F, 0x85
_ROW, _COLINFO, _MERGED, _BOOL_OR_ERROR = 0x208, 0x7D, 0xE5, 0x205
_FORMULAS = (0x06, 0x206, 0x406)
_MULTIPLE = (0xBD,)
"""Several numbers in one record."""
_VALUES = (*_FORMULAS, *_MULTIPLE, _BOOL_OR_ERROR, 0x203, 0x27E, 0xFD, 0x204, 0xD6, 0x7E)
"""NUMBER, RK, LABELSST, LABEL, RSTRING, old RK: all begin with row and column."""

_ERRORS = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
}


@dataclass(slots=True)
class Marks:
    """What the records of one sheet say beside its values.

    Attributes:
        shown: whether its tab is.
        texts: cell to what stands for its formula or error.
        merged: top left corner to rows and columns covered.
        too_large: whether cells stand where none of a report does, or too many.
    """

    shown: bool
    texts: dict[Place, str] = field(default_factory=dict)
    merged: dict[Place, Place] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    cells: int = 0
    out_of_reach: bool = False

    @property
    def too_large(self) -> bool:
        """Whether it is far larger than any sheet of a report."""
        return self.out_of_reach or self.cells > MAX_CELLS


def marks(stream: bytes) -> list[Marks]:
    """What the records say of each sheet, in the order of the tabs.

    Raises:
        RefusedError: if the workbook has a password, or its records lead nowhere.
    """
    found = []
    for kind, body in _records(stream, 0):
        if kind == _FILEPASS:
            raise RefusedError("password")
        if kind == _BOUNDSHEET and len(body) >= 6:
            start, state, _ = struct.unpack_from("<IBB", body)
            found.append(_of_sheet(stream, start, shown=state & 3 == 0))
    if not found:
        raise RefusedError("damaged")
    return found


def _records(stream: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    """Kind and content of the records of one substream; those inside (charts) are passed over."""
    depth = 0
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        depth += (kind == _BOF) - (kind == _EOF)
        if depth == 1 and kind != _BOF:
            yield kind, stream[at + 4 : at + 4 + length]
        if depth <= 0:
            return
        at += 4 + length


def _of_sheet(stream: bytes, start: int, *, shown: bool) -> Marks:
    seen = Marks(shown)
    for kind, body in _records(stream, start):
        if kind in _VALUES and len(body) >= 4:
            _take_cell(seen, kind, body)
        elif kind == _ROW and len(body) >= 16:
            if body[12] & 0x20:
                seen.hidden_rows.add(struct.unpack_from("<H", body)[0])
        elif kind == _COLINFO and len(body) >= 10:
            first, last = struct.unpack_from("<HH", body)
            if body[8] & 1:
                seen.hidden_columns |= set(range(first, min(last, 256) + 1))
        elif kind == _MERGED:
            seen.merged |= dict(_merged(body))
    return seen


def _take_cell(seen: Marks, kind: int, body: bytes) -> None:
    row, column = struct.unpack_from("<HH", body)
    last = struct.unpack_from("<H", body, len(body) - 2)[0] if kind in _MULTIPLE else column
    seen.cells += max(1, last - column + 1)
    seen.out_of_reach |= not in_reach((row, last))
    if kind in _FORMULAS:
        seen.texts[row, column] = FORMULA
    elif kind == _BOOL_OR_ERROR and len(body) >= 8 and body[7]:
        seen.texts[row, column] = _ERRORS.get(body[6], "#错误")


def _merged(body: bytes) -> Iterator[tuple[Place, Place]]:
    count = struct.unpack_from("<H", body)[0] if len(body) >= 2 else 0
    for number in range(min(count, (len(body) - 2) // 8)):
        top, bottom, left, right = struct.unpack_from("<4H", body, 2 + number * 8)
        yield (top, left), (bottom - top + 1, right - left + 1)
