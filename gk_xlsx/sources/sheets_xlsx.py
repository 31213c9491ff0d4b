"""A foreign .xlsx → its sheets, with openpyxl; looked at before it is parsed."""

from __future__ import annotations

import datetime
import io
import re
import warnings
import zipfile
import zlib
from collections.abc import Iterator, Sequence

import openpyxl
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.worksheet.formula import ArrayFormula, DataTableFormula
from openpyxl.worksheet.worksheet import Worksheet

from gk_xlsx.sources.grids import FORMULA, MAX_CELLS, Place, Sheet, check_size, in_reach, text_of
from gk_xlsx.sources.refusals import RefusedError

MAX_MERGES, MAX_MERGED_CELLS = 20_000, 200_000
"""openpyxl makes an object of every covered cell, so these are counted before it is let in."""

_MERGE = re.compile(
    rb'<(?:\w+:)?mergeCell\s[^>]*?ref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"'
)
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_DAMAGED = (zipfile.BadZipFile, zlib.error, OSError, EOFError, RuntimeError, NotImplementedError)


def read_xlsx(data: bytes) -> Sequence[Sheet]:
    """The sheets of a workbook, in the order of the tabs.

    Raises:
        UnreadableError: if it is damaged, dangerous or far too large.
    """
    _look_first(data)
    try:
        with warnings.catch_warnings(action="ignore"):  # of what it cannot keep; we keep nothing
            book = openpyxl.load_workbook(io.BytesIO(data), keep_links=False)
    except MemoryError:
        raise
    except Exception as error:
        # Of a damaged file anything may go wrong in there.
        raise RefusedError("crashed") from error
    return [_sheet(sheet) for sheet in book.worksheets]


def _look_first(data: bytes) -> None:
    """Refuse what the library could be killed with."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for member in archive.infolist():
                if member.filename.endswith((".xml", ".rels")):
                    check_size(member.file_size)
                    _check_part(archive.read(member))
    except _DAMAGED:
        raise RefusedError("damaged") from None


def _check_part(part: bytes) -> None:
    if b"<!DOCTYPE" in part or b"<!ENTITY" in part or b"\0" in part:
        raise RefusedError("damaged")
    areas = [_area(match) for match in _MERGE.finditer(part)]
    if len(areas) > MAX_MERGES or sum(areas) > MAX_MERGED_CELLS:
        raise RefusedError("sheet_too_large")


def _area(match: re.Match[bytes]) -> int:
    left, top, right, bottom = match.groups()
    return (abs(int(bottom) - int(top)) + 1) * (abs(_column(right) - _column(left)) + 1)


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _sheet(sheet: Worksheet) -> Sheet:
    cells = dict(_cells(sheet))
    shown = sheet.sheet_state == "visible"
    if len(cells) > MAX_CELLS or not all(map(in_reach, cells)):
        return Sheet(sheet.title, shown=shown, too_large=True)
    return Sheet(
        sheet.title,
        cells,
        {
            (area.min_row - 1, area.min_col - 1): (
                area.max_row - area.min_row + 1,
                area.max_col - area.min_col + 1,
            )
            for area in sheet.merged_cells.ranges
        },
        frozenset(row - 1 for row, look in sheet.row_dimensions.items() if look.hidden),
        frozenset(_hidden_columns(sheet)),
        shown,
    )


def _cells(sheet: Worksheet) -> Iterator[tuple[Place, str]]:
    there = sheet._cells  # noqa: SLF001 — its rows would make all cells up to the last one, XFD1048576
    for row, column in sorted(there):
        text = _text(there[row, column])
        if text:
            yield (row - 1, column - 1), text


def _text(cell: Cell | MergedCell) -> str:
    value = cell.value
    if isinstance(value, str):
        return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), value)
    if isinstance(value, (ArrayFormula, DataTableFormula)):
        return FORMULA
    if isinstance(value, (bool, int, float, datetime.date, datetime.time, datetime.timedelta)):
        return text_of(value)
    return "" if value is None else str(value)


def _hidden_columns(sheet: Worksheet) -> Iterator[int]:
    for look in sheet.column_dimensions.values():
        if look.hidden and look.min and look.max:
            yield from range(look.min - 1, look.max)
