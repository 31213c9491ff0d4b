"""收发登记.xlsx with what a run found; the office's own entries, columns and looks stay.

The register is the office's: it colours lines, adds columns, sorts and writes notes. So a
register that exists is edited, never made anew: only the program's own columns are rewritten,
and of the shared ones only blanks are filled.
"""

from __future__ import annotations

import datetime
import io
import re
from collections.abc import Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from math import ceil
from typing import TYPE_CHECKING, TypeGuard
from unicodedata import east_asian_width

from gk_xlsx.inbox.register import (
    DATES,
    OWN,
    RegisterColumn,
    RegisterSheet,
    register_sheet,
)
from gk_xlsx.inbox.roster_file import EXAMPLES
from gk_xlsx.rollup.roster import Roster

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell, MergedCell
    from openpyxl.workbook.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

SHEET = "收发登记"
_NOTE = (
    "灰色表头的几栏由程序填写，每次运行都会更新；其余各栏由经办人填写，程序只补空白的首次收到日期。\n"
    "审核结论：写“通过”，疑问按已说明处理，错误仍须改正；写“退回”，一直列为待修改，到改写为止。"
)
_WIDTHS = {
    RegisterColumn.CODE: 11,
    RegisterColumn.NAME: 26,
    RegisterColumn.STATE: 11,
    RegisterColumn.RESULT: 24,
    RegisterColumn.COUNTS: 28,
    RegisterColumn.USED: 22,
    RegisterColumn.SPOKEN: 26,
    RegisterColumn.VERDICT: 11,
    RegisterColumn.ADDRESS: 26,
    RegisterColumn.REMARKS: 20,
}
_DATE_WIDTH = 13
_LINE = 15.0
"""Points that a line of 10.5 pt takes."""
_LEAST = 2
"""Lines that every row has room for: a row of fixed height does not grow as one types."""
_DATE_FORMAT = "yyyy-mm-dd"
_VERDICTS = '"通过,退回,待核"'
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """What a run found of a line; `received` is an ISO date or empty."""

    code: str
    name: str
    state: str
    result: str
    counts: str
    received: str

    def text(self, column: RegisterColumn) -> str:
        """What it says in a column of the program's."""
        return {
            RegisterColumn.CODE: self.code,
            RegisterColumn.NAME: self.name,
            RegisterColumn.STATE: self.state,
            RegisterColumn.RESULT: self.result,
            RegisterColumn.COUNTS: self.counts,
        }[column]


def fresh_register(rows: Sequence[RegisterRow]) -> bytes:
    """A register that was never there before."""
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = SHEET
    for at, column in enumerate(RegisterColumn, start=1):
        _write_head(sheet, at, column)
    for number, row in enumerate(rows, start=2):
        _fill_row(sheet, number, {column: at for at, column in enumerate(RegisterColumn, 1)}, row)
    _dress(sheet, len(rows))
    return _saved(book)


def updated_register(
    data: bytes, file: str, roster: Roster, rows: Sequence[RegisterRow]
) -> bytes | None:
    """A register brought up to date; None where nothing in it changes.

    Raises:
        GkXlsxError: if it is no register.
    """
    import openpyxl

    known = register_sheet(data, file, roster)
    book = openpyxl.load_workbook(io.BytesIO(data))
    sheet = [item for item in book.worksheets if item.title != EXAMPLES][known.sheet]
    columns, changed = _columns(sheet, known)
    last = sheet.max_row
    for row in rows:
        at = known.rows.get(row.code)
        if at is None:
            last += 1
            _like_above(sheet, last)
        number = last if at is None else at + 1
        if _fill_row(sheet, number, columns, row, keep_name=at is not None):
            changed = True
            _raise_row(sheet, number)
    return _saved(book) if changed else None


def _columns(sheet: Worksheet, known: RegisterSheet) -> tuple[dict[RegisterColumn, int], bool]:
    """Every column's number from 1; those of the program that are not there are added."""
    columns = {column: at + 1 for column, at in known.columns.items()}
    missing = [item for item in (*OWN, RegisterColumn.RECEIVED) if item not in columns]
    for at, column in enumerate(missing, start=sheet.max_column + 1):
        _write_head(sheet, at, column, known.head + 1)
        columns[column] = at
    return columns, bool(missing)


def _fill_row(
    sheet: Worksheet,
    number: int,
    columns: Mapping[RegisterColumn, int],
    row: RegisterRow,
    *,
    keep_name: bool = False,
) -> bool:
    """Write the program's cells of a row; whether any of them changed."""
    wanted = [(column, row.text(column)) for column in OWN]
    if keep_name:
        wanted = [pair for pair in wanted if pair[0] is not RegisterColumn.NAME]
    changed = [_put(sheet.cell(number, columns[column]), text) for column, text in wanted]
    received = sheet.cell(number, columns[RegisterColumn.RECEIVED])
    if received.value in (None, "") and row.received:
        changed.append(_put_day(received, datetime.date.fromisoformat(row.received)))
    return any(changed)


def _put(cell: Cell | MergedCell, text: str) -> bool:
    """Write a text that is no formula, whatever it begins with; whether it was another one.

    The rest of a merged cell holds nothing.
    """
    shown = _UNWRITABLE.sub("", text)
    if (cell.value or "") == shown or not _is_own(cell):
        return False
    cell.value = shown or None
    if shown:
        cell.data_type = "s"
    return True


def _is_own(cell: Cell | MergedCell) -> TypeGuard[Cell]:
    from openpyxl.cell.cell import Cell

    return isinstance(cell, Cell)


def _put_day(cell: Cell | MergedCell, day: datetime.date) -> bool:
    if not _is_own(cell):
        return False
    cell.value = day
    cell.number_format = _DATE_FORMAT
    return True


def _like_above(sheet: Worksheet, number: int) -> None:
    """Give a new row the looks of the one above it."""
    for at in range(1, sheet.max_column + 1):
        above = sheet.cell(number - 1, at)
        if above.has_style and number > 2:
            cell = sheet.cell(number, at)
            cell.font = copy(above.font)  # type: ignore[assignment] # a copy of a proxy is a font
            cell.border = copy(above.border)  # type: ignore[assignment] # as above
            cell.alignment = copy(above.alignment)  # type: ignore[assignment] # as above
            cell.number_format = above.number_format
    if number > 2:
        sheet.row_dimensions[number].height = sheet.row_dimensions[number - 1].height


def _raise_row(sheet: Worksheet, number: int) -> None:
    """Make a row of fixed height high enough for what stands in it; never lower."""
    height = sheet.row_dimensions[number].height
    if height is not None:
        sheet.row_dimensions[number].height = max(height, _height(sheet, number))


def _height(sheet: Worksheet, number: int) -> float:
    """Points that a row's longest text takes, wrapped in its column."""
    lines = [_LEAST]
    for at in range(1, sheet.max_column + 1):
        cell, width = sheet.cell(number, at), _width(sheet, at)
        text = "" if cell.value is None or isinstance(cell.value, datetime.date) else cell.value
        lines += [sum(_lines(part, width) for part in str(text).splitlines())]
    return _LINE * max(lines)


def _width(sheet: Worksheet, at: int) -> float:
    """A column's width, also where one entry stands for several columns.

    Looked for without asking by letter: that would add an entry which overlaps the other.
    """
    for width in sheet.column_dimensions.values():
        width.reindex()
        if (width.min or at + 1) <= at <= (width.max or 0):
            return float(width.width)
    return _DATE_WIDTH


def _lines(text: str, width: float) -> int:
    """Lines in a column so many digits wide; a Chinese character is as wide as two."""
    wide = sum(2 if east_asian_width(char) in "WFA" else 1 for char in text)
    return max(1, ceil(wide / max(width - 1, 1)))


def _write_head(sheet: Worksheet, at: int, column: RegisterColumn, row: int = 1) -> None:
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
    from openpyxl.utils import get_column_letter

    cell = sheet.cell(row, at, column.value)
    side = Side(style="thin", color="FF808080")
    cell.font = Font(name="宋体", size=11, bold=True)
    colour = "FFD9D9D9" if column in OWN else "FFFFF2CC"
    cell.fill = PatternFill("solid", fgColor=colour)
    cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
    cell.border = Border(left=side, right=side, top=side, bottom=side)
    sheet.column_dimensions[get_column_letter(at)].width = _WIDTHS.get(column, _DATE_WIDTH)


def _dress(sheet: Worksheet, rows: int) -> None:
    """Frames, wrapped texts, dates, drop-downs, a fixed head; printed on landscape A4."""
    from openpyxl.comments import Comment
    from openpyxl.styles import Alignment, Border, Font, Side
    from openpyxl.worksheet.datavalidation import DataValidation
    from openpyxl.worksheet.properties import PageSetupProperties

    side = Side(style="thin", color="FFBFBFBF")
    for number in range(2, rows + 2):
        for at, column in enumerate(RegisterColumn, start=1):
            cell = sheet.cell(number, at)
            cell.font = Font(name="宋体", size=10.5)
            cell.border = Border(left=side, right=side, top=side, bottom=side)
            cell.alignment = Alignment(vertical="center", wrap_text=True)
            cell.number_format = _DATE_FORMAT if column in DATES else "@"
        sheet.row_dimensions[number].height = _height(sheet, number)
    verdict = list(RegisterColumn).index(RegisterColumn.VERDICT) + 1
    choice = DataValidation("list", formula1=_VERDICTS, allow_blank=True, showErrorMessage=False)
    sheet.add_data_validation(choice)
    choice.add(f"{sheet.cell(2, verdict).coordinate}:{sheet.cell(rows + 1, verdict).coordinate}")
    sheet.cell(1, 1).comment = Comment(_NOTE, "gk-xlsx", width=320, height=140)
    sheet.freeze_panes = "C2"
    sheet.auto_filter.ref = sheet.dimensions
    sheet.row_dimensions[1].height = 30
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = "1:1"


def _saved(book: Workbook) -> bytes:
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()
