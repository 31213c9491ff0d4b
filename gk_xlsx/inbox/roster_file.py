"""An office's roster as a file → cells; the codes that were given to its lines, beside it.

The office's own file is never written to: it would lose formats that the library does not know.
"""

from __future__ import annotations

import csv
import datetime
import io
import json
import re
import zipfile
import zlib
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from gk_xlsx.errors import GkXlsxError
from gk_xlsx.published.model import Document, Table
from gk_xlsx.rollup.codes import KeptCode
from gk_xlsx.rollup.roster_heads import heads_of
from gk_xlsx.rollup.roster_table import Merge, RosterTable
from gk_xlsx.units import Scope

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell, MergedCell
    from openpyxl.worksheet.worksheet import Worksheet

EXAMPLES = "填法示例"
"""The sheet of a fresh roster that shows how it is filled in; never read."""

_ZIP = b"PK\x03\x04"
_MAX_UNPACKED = 32 * 2**20
_MAX_MERGED = 200_000
"""Limits of a roster, far above any: bytes, merged cells."""
_MAX_CELLS = 500_000
"""From the first cell to the farthest: what lies between is walked through."""
_CELL = re.compile(rb'<(?:\w+:)?c\s[^<>]{0,200}?\br=["\']([A-Z]{1,3})(\d{1,7})["\']')
_MERGE = re.compile(rb'mergeCell\s+ref=["\']([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})')
_PRECISE = 10**15
"""From here on a spreadsheet has lost digits of a number."""
_CONTROL = re.compile("_x00[01][0-9A-Fa-f]_|[\x7f-\x9f]")
"""How a workbook stores signs that are not seen; the library does not decode it."""
_SAVE_AS = "请用 Excel 或 WPS 打开，另存为 .xlsx 后再试。"


def roster_table(data: bytes, file: str) -> RosterTable:
    """The cells of an .xlsx or text: of the first sheet with a column of names, or of the first.

    Raises:
        GkXlsxError: if it is neither a workbook nor text.
    """
    if data.startswith(_ZIP):
        return _with_names(sheet_tables(data, file))
    return RosterTable(_csv_rows(data, file))


def table_in(document: Document, file: str) -> RosterTable:
    """The cells of a roster that was read as a document, chosen as in `roster_table`.

    Raises:
        GkXlsxError: if it holds no table.
    """
    tables = [_as_roster_table(block) for block in document.blocks if isinstance(block, Table)]
    if not tables:
        raise GkXlsxError(f"{file} 里没有表格。{_SAVE_AS}")
    return _with_names(tables)


def _with_names(tables: Sequence[RosterTable]) -> RosterTable:
    return next((table for table in tables if heads_of(table)), tables[0])


def _as_roster_table(table: Table) -> RosterTable:
    width = max((cell.column for cell in table.cells), default=-1) + 1
    height = max((cell.row for cell in table.cells), default=-1) + 1
    rows = [[""] * width for _ in range(height)]
    for cell in table.cells:
        rows[cell.row][cell.column] = cell.text.strip()
    merges = [
        Merge(cell.row, cell.column, cell.row + cell.rows - 1, cell.column + cell.columns - 1)
        for cell in table.cells
        if cell.rows > 1 or cell.columns > 1
    ]
    return RosterTable(rows, merges)


# -- .xlsx ---------------------------------------------------------------------------------


def sheet_tables(data: bytes, file: str) -> Sequence[RosterTable]:
    """Every sheet of a workbook that the office keeps but the examples, at least one.

    Raises:
        GkXlsxError: if it is none.
    """
    import openpyxl

    _refuse_giants(data, file)
    try:
        values = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
        formulas = openpyxl.load_workbook(io.BytesIO(data))
    except (*_BROKEN, LookupError, TypeError, AttributeError, SyntaxError) as error:
        raise GkXlsxError(f"{file} 已损坏或不是表格，不能读取。{_SAVE_AS}") from error
    sheets = [
        _table(shown, formulas[shown.title])
        for shown in values.worksheets
        if shown.title != EXAMPLES
    ]
    if not sheets:
        raise GkXlsxError(f"{file} 里没有工作表。{_SAVE_AS}")
    return sheets


_BROKEN = (
    *(zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError),
    *(NotImplementedError, RuntimeError),
)
"""What a damaged archive raises."""


def _refuse_giants(data: bytes, file: str) -> None:
    """Keep openpyxl from making an object for every merged cell and row that a file claims.

    Raises:
        GkXlsxError: for more than a roster can have.
    """
    try:
        package = zipfile.ZipFile(io.BytesIO(data))
        if sum(member.file_size for member in package.infolist()) > _MAX_UNPACKED:
            raise GkXlsxError(f"{file} 内容异常庞大，不是名册。请检查是否选错了文件。")
        parts = [package.read(name) for name in package.namelist() if "/worksheets/" in name]
    except _BROKEN as error:
        raise GkXlsxError(f"{file} 已损坏或设有密码，不能读取。{_SAVE_AS}") from error
    merged = sum(_cells_of(*found.groups()) for part in parts for found in _MERGE.finditer(part))
    if merged > _MAX_MERGED:
        raise GkXlsxError(f"{file} 里合并单元格的范围过大。请取消整列的合并后再试。")
    corners = (found.groups() for part in parts for found in _CELL.finditer(part))
    if any(_cells_of(b"A", b"1", *corner) > _MAX_CELLS for corner in corners):
        raise GkXlsxError(f"{file} 用到了太远的行或列。请删去表格右边和下边的空白行列后再试。")


def _cells_of(left: bytes, top: bytes, right: bytes, bottom: bytes) -> int:
    def number(letters: bytes) -> int:
        total = 0
        for letter in letters:
            total = total * 26 + letter - 64
        return total

    return (number(right) - number(left) + 1) * (int(bottom) - int(top) + 1)


def _table(shown: Worksheet, formulas: Worksheet) -> RosterTable:
    pairs = zip(shown.iter_rows(), formulas.iter_rows(), strict=True)
    rows = [[_text(*cells) for cells in zip(*pair, strict=True)] for pair in pairs]
    merges = [
        Merge(item.min_row - 1, item.min_col - 1, item.max_row - 1, item.max_col - 1)
        for item in shown.merged_cells.ranges
    ]
    return RosterTable(rows, merges)


def _text(shown: Cell | MergedCell, formula: Cell | MergedCell) -> str:
    """What a cell shows; the formula itself where the program that wrote it left no result."""
    value: Any = formula.value if shown.value is None else shown.value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, (int, float)) and abs(value) >= _PRECISE:
        return f"{value:E}"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime.datetime):
        return value.date().isoformat()
    return _CONTROL.sub("", str(value)).strip()


# -- .csv ----------------------------------------------------------------------------------


def _csv_rows(data: bytes, file: str) -> Sequence[Sequence[str]]:
    text = _decoded(data, file)
    separators = {mark: text.count(mark) for mark in (",", "\t", ";", "，")}
    separator = max(separators, key=lambda mark: separators[mark])
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))
    except csv.Error as error:
        raise GkXlsxError(f"{file} 不是表格，不能读取。请另存为 .xlsx 或 .csv。") from error


def _decoded(data: bytes, file: str) -> str:
    """UTF-8, what Chinese Excel writes (GB18030), or its Unicode text."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    else:
        encodings = ["utf-8-sig", "gb18030"]
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise GkXlsxError(f"{file} 不是 .xlsx 或 .csv 文件，不能作为名册。{_SAVE_AS}")


# -- codes ---------------------------------------------------------------------------------


def read_codes(data: bytes, file: str) -> tuple[KeptCode, ...]:
    """The codes that were given at earlier readings.

    Raises:
        GkXlsxError: if the file is damaged.
    """
    try:
        return tuple(
            KeptCode(str(item["单位编码"]), str(item["单位名称"]), Scope(item["统计范围"]))
            for item in json.loads(data)["编码"]
        )
    except (ValueError, KeyError, TypeError) as error:
        raise GkXlsxError(
            f"{file} 已损坏，读不出已编的单位编码。请从备份恢复；没有备份的，删去后会重新编码。"
        ) from error


def codes_json(codes: Sequence[KeptCode]) -> bytes:
    """Codes as the file that keeps them."""
    listed = [
        {"单位编码": item.code, "单位名称": item.name, "统计范围": item.scope.value}
        for item in codes
    ]
    content = {
        "说明": "由 gk-xlsx 维护：名册里没有编码的单位所编的编码，请与名册一起保存。",
        "编码": listed,
    }
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()
