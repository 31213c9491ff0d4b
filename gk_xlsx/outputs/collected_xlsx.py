"""Who has sent what, as a workbook of lists to print and to filter."""

from __future__ import annotations

import io
from collections.abc import Callable
from math import ceil
from typing import TYPE_CHECKING
from unicodedata import east_asian_width

from gk_xlsx.errors import GkXlsxError
from gk_xlsx.markdown import clean
from gk_xlsx.outputs.collected_lists import List, lists_of
from gk_xlsx.rollup.collected import Collected

if TYPE_CHECKING:
    import xlsxwriter
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

_FONT = {"font_name": "宋体", "font_size": 10.5}
_FRAME = {"border": 1, "border_color": "#8C8C8C", "valign": "vcenter", "text_wrap": True}
_TINTS = {
    "missing": "#FBE3E1",
    "unreadable": "#FBE3E1",
    "wrong_year": "#FBE3E1",
    "unclear": "#FBE3E1",
    "to_fix": "#FBE3E1",
    "error": "#FBE3E1",
    "to_explain": "#FFF4D6",
    "warning": "#FFF4D6",
    "received": "#EAF1FB",
    "passed": "#E9F5EC",
}
"""The colour of the cell that says how a row stands; the word is always there too."""
_STATE_HEADS = ("情况", "级别")
_HEADS, _FIRST = 2, 3
"""Rows from 0: the heads, and the first row below them; above stand title and note."""
_LONGEST = 32_000
_LINE, _AIR = 13.5, 6.0
"""Points of a line of text, and above and below the text of a row."""
_TALLEST = 409.0
"""Points: a higher row makes Excel repair the file."""


def collected_xlsx(collected: Collected) -> bytes:
    """Sheets 催报清单, 问题清单, 收件情况; the same values give the same bytes.

    Raises:
        GkXlsxError: if there are more rows than a sheet can hold.
    """
    import xlsxwriter

    buffer = io.BytesIO()
    options = {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True}
    book = xlsxwriter.Workbook(buffer, options)
    book.set_properties({"created": collected.moment.replace(microsecond=0)})
    for listed in lists_of(collected):
        _sheet(book, listed)
    book.close()
    return buffer.getvalue()


def _sheet(book: xlsxwriter.Workbook, listed: List) -> None:
    sheet = book.add_worksheet(listed.name)
    last = len(listed.columns) - 1
    title = book.add_format({"font_name": "方正小标宋简体", "font_size": 16, "bold": True})
    note = book.add_format({**_FONT, "font_color": "#595959"})
    head = book.add_format(
        {**_FONT, **_FRAME, "bold": True, "align": "center", "bg_color": "#E7E6E6"}
    )
    _done(sheet.write_string, 0, 0, listed.title, title)
    _done(sheet.write_string, 1, 0, listed.note, note)
    for at, column in enumerate(listed.columns):
        _done(sheet.set_column, at, at, column.width)
        _done(sheet.write_string, _HEADS, at, column.head, head)
    _rows(book, sheet, listed)
    sheet.set_row(0, 26)
    sheet.freeze_panes(_FIRST, 2)
    _done(sheet.autofilter, _HEADS, 0, _HEADS + max(len(listed.rows), 1), last)
    _paper(sheet)


def _rows(book: xlsxwriter.Workbook, sheet: Worksheet, listed: List) -> None:
    looks = {
        (tint, centred): book.add_format(
            {
                **_FONT,
                **_FRAME,
                "align": "center" if centred else "left",
                **({"bg_color": _TINTS[tint]} if tint else {}),
            }
        )
        for tint in ("", *_TINTS)
        for centred in (True, False)
    }
    for number, (row, tint) in enumerate(zip(listed.rows, listed.tints, strict=True), _FIRST):
        _done(sheet.set_row, number, _height(listed, row))
        for at, (column, value) in enumerate(zip(listed.columns, row, strict=True)):
            own = tint if column.head in _STATE_HEADS and tint in _TINTS else ""
            _write(sheet, number, at, value, looks[own, column.centred])


def _height(listed: List, row: tuple[str | int, ...]) -> float:
    """Points that a row needs; programs do not agree on working it out themselves."""
    pairs = zip(listed.columns, row, strict=True)
    needed = _LINE * max(_lines(str(value), column.width) for column, value in pairs) + _AIR
    return min(needed, _TALLEST)


def _lines(text: str, width: float) -> int:
    """How many lines a text takes in a column of so many characters; Chinese ones count twice."""
    room = width - 1.5
    return sum(max(1, ceil(_columns(line) / room)) for line in text.split("\n"))


def _columns(text: str) -> float:
    return sum(2.05 if east_asian_width(char) in "WFA" else 1.05 for char in text)


def _write(sheet: Worksheet, row: int, column: int, value: str | int, look: Format) -> None:
    if isinstance(value, int):
        _done(sheet.write_number, row, column, value, look)
    elif value:
        _done(sheet.write_string, row, column, _shown(value), look)
    else:
        _done(sheet.write_blank, row, column, None, look)


def _shown(text: str) -> str:
    """What fits into a cell; where that is not all, it says so."""
    shown = clean(text)
    return shown if len(shown) <= _LONGEST else f"{shown[:_LONGEST]}……（太长，全文见网页）"


def _paper(sheet: Worksheet) -> None:
    """Landscape A4, as wide as the page, the heads on every page."""
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.repeat_rows(0, _HEADS)
    sheet.set_footer("&C第 &P 页，共 &N 页")


def _done(call: Callable[..., int], *arguments: object) -> None:
    """XlsxWriter says by a number that it has dropped a cell."""
    if call(*arguments):
        raise GkXlsxError("清单太长，超出表格能容纳的行数。请分几个文件夹收件。")
