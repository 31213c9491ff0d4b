"""收发登记.xlsx → `Register`: what the office noted of each unit's delivery."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from gk_xlsx.errors import GkXlsxError
from gk_xlsx.inbox.roster_file import sheet_tables
from gk_xlsx.matching import normal
from gk_xlsx.report import iso_date
from gk_xlsx.rollup.received import Register, RegisterEntry
from gk_xlsx.rollup.roster import Roster, RosterLine
from gk_xlsx.rollup.roster_heads import head, heads_of
from gk_xlsx.rollup.roster_table import RosterTable

HEAD_WITHIN = 15
"""The head row is looked for in so many rows from the top."""


class RegisterColumn(StrEnum):
    """A column with a meaning; the values are the heads of a fresh register."""

    CODE = "单位编码"
    NAME = "单位名称"
    STATE = "收件情况"
    RESULT = "核验结果"
    COUNTS = "实际采用"
    RECEIVED = "首次收到日期"
    USED = "采用文件"
    SPOKEN = "口头说明"
    VERDICT = "审核结论"
    SENT_BACK = "退回日期"
    CORRECTED = "更正日期"
    PUBLISHED = "公布日期"
    ADDRESS = "公布网址"
    REMARKS = "备注"


OWN = (
    RegisterColumn.CODE,
    RegisterColumn.NAME,
    RegisterColumn.STATE,
    RegisterColumn.RESULT,
    RegisterColumn.COUNTS,
)
"""What the program writes, whatever stands there."""

_ON_ROSTERS = frozenset((RegisterColumn.CODE, RegisterColumn.NAME, RegisterColumn.REMARKS))
"""What a roster may have too, which nothing must be written to."""

_OF_A_REGISTER = 4
"""So many heads of its own tell a register; a roster may have a column or two of them."""

_ENTRY: Mapping[RegisterColumn, str] = {
    RegisterColumn.RECEIVED: "received",
    RegisterColumn.USED: "used",
    RegisterColumn.SPOKEN: "spoken",
    RegisterColumn.VERDICT: "verdict",
    RegisterColumn.SENT_BACK: "sent_back",
    RegisterColumn.CORRECTED: "corrected",
    RegisterColumn.PUBLISHED: "published",
    RegisterColumn.ADDRESS: "address",
    RegisterColumn.REMARKS: "remarks",
}
"""The office's columns and the members of `RegisterEntry` they fill."""
DATES = frozenset(
    (
        RegisterColumn.RECEIVED,
        RegisterColumn.SENT_BACK,
        RegisterColumn.CORRECTED,
        RegisterColumn.PUBLISHED,
    )
)
_SYNONYMS = {
    **dict.fromkeys(("编码", "单位代码", "代码"), RegisterColumn.CODE),
    **dict.fromkeys(("单位", "名称", "报送单位", "填报单位"), RegisterColumn.NAME),
    **dict.fromkeys(("收到日期", "收件日期", "首次收到", "报送日期"), RegisterColumn.RECEIVED),
    **dict.fromkeys(("采用的文件", "采用"), RegisterColumn.USED),
    **dict.fromkeys(("说明", "电话说明", "口头情况说明"), RegisterColumn.SPOKEN),
    **dict.fromkeys(("结论", "审核意见"), RegisterColumn.VERDICT),
    **dict.fromkeys(("退回时间", "退回"), RegisterColumn.SENT_BACK),
    **dict.fromkeys(("更正时间", "更正"), RegisterColumn.CORRECTED),
    **dict.fromkeys(("公布时间", "公开日期", "发布日期"), RegisterColumn.PUBLISHED),
    **dict.fromkeys(("网址", "公布地址", "链接", "公开网址"), RegisterColumn.ADDRESS),
    **dict.fromkeys(("备注说明",), RegisterColumn.REMARKS),
}
_DAY = re.compile(r"(1[0-2]|0?[1-9])\s*[月./-]\s*(3[01]|[12][0-9]|0?[1-9])\s*[日号]?")
_AUTUMN = 9
"""Reports are collected around New Year: a day after this month was the year before."""
_FIRST_SERIAL, _LAST_SERIAL = 40_000, 60_000
"""Numbers that are days of a spreadsheet's calendar (2009 … 2064)."""


@dataclass(frozen=True)
class RegisterSheet:
    """Where things stand in a register.

    Attributes:
        sheet: its index among the workbook's sheets that are not examples.
        head: the index of the head row.
        columns: what each known column is, to its index.
        rows: the roster's code to the index of its row; of several the first.
    """

    table: RosterTable
    sheet: int
    head: int
    columns: Mapping[RegisterColumn, int]
    rows: Mapping[str, int]
    problems: tuple[str, ...]

    def text(self, row: int, column: RegisterColumn) -> str:
        """What stands there; empty where there is no such column."""
        at = self.columns.get(column)
        return "" if at is None else self.table.text(row, at)


def read_register(data: bytes, file: str, roster: Roster, year: int) -> Register:
    """What the office has written; lines that are not on the roster are left alone.

    Args:
        data: of the workbook.
        file: what messages call it.
        roster: whose lines are looked for, by code and else by name.
        year: the report year, for dates that are written without one.

    Raises:
        GkXlsxError: if it is no workbook or has no column of names.
    """
    sheet = register_sheet(data, file, roster)
    entries = {
        code: _entry(sheet, row, roster.by_code[code], year) for code, row in sheet.rows.items()
    }
    problems = [
        f"{file} 第 {row + 1} 行“{column.value}”写的是“{text}”，不是日期。"
        f"请写成 {year + 1}-01-20 这样。"
        for row in sheet.rows.values()
        for column in RegisterColumn
        if column in DATES and (text := sheet.text(row, column)) and not day_of(text, year)
    ]
    return Register(entries, (*sheet.problems, *problems))


def is_register(table: RosterTable) -> bool:
    """Whether a table is a register and no roster: by its heads, whatever else stands there."""
    rows = range(min(HEAD_WITHIN, len(table.rows)))
    return any(
        RegisterColumn.NAME in columns and len(columns.keys() - _ON_ROSTERS) >= _OF_A_REGISTER
        for columns in (_columns(table, row) for row in rows)
    )


def register_sheet(data: bytes, file: str, roster: Roster) -> RegisterSheet:
    """Find the register in its workbook; raises as `read_register`."""
    tables = sheet_tables(data, file)
    for number, table in enumerate(tables):
        for row in range(min(HEAD_WITHIN, len(table.rows))):
            columns = _columns(table, row)
            if RegisterColumn.NAME in columns and not _ON_ROSTERS.issuperset(columns):
                rows, problems = _rows(table, row, columns, roster, file)
                return RegisterSheet(table, number, row, columns, rows, tuple(problems))
    if any(heads_of(table) for table in tables):
        raise GkXlsxError(
            f"{file}：这是名册，不是收发登记（没有“收件情况”“公布日期”等栏）。"
            "请检查是否选错了文件。"
        )
    raise GkXlsxError(
        f"{file} 里找不到“单位名称”一栏，不是收发登记。请恢复表头，或把它移走后重新生成。"
    )


def day_of(text: str, year: int) -> datetime.date | None:
    """A day as people write it; without a year it is of the winter after the report year."""
    known = iso_date(text.partition(" ")[0]) or iso_date(text)
    if known is not None:
        return known
    if text.isdecimal() and _FIRST_SERIAL < int(text) < _LAST_SERIAL:
        return datetime.date(1899, 12, 30) + datetime.timedelta(days=int(text))
    match = _DAY.fullmatch(text.strip())
    if match is None:
        return None
    month, day = int(match[1]), int(match[2])
    return iso_date(f"{year if month > _AUTUMN else year + 1}-{month}-{day}")


def _columns(table: RosterTable, row: int) -> dict[RegisterColumn, int]:
    """What the columns under a row of heads are; of two with one meaning the first."""
    found: dict[RegisterColumn, int] = {}
    for at in range(len(table.rows[row])):
        meaning = _meaning(head(table.text(row, at)))
        if meaning is not None:
            found.setdefault(meaning, at)
    return found


def _meaning(text: str) -> RegisterColumn | None:
    if text in _SYNONYMS:
        return _SYNONYMS[text]
    return next((column for column in RegisterColumn if text == column.value), None)


def _rows(
    table: RosterTable,
    top: int,
    columns: Mapping[RegisterColumn, int],
    roster: Roster,
    file: str,
) -> tuple[dict[str, int], list[str]]:
    names: dict[str, list[RosterLine]] = {}
    for each in roster:
        names.setdefault(normal(each.name), []).append(each)
    rows: dict[str, int] = {}
    problems = []
    for row in range(top + 1, len(table.rows)):
        line = _line(table, row, columns, roster, names)
        if line is not None and line.code in rows:
            problems.append(
                f"{file} 第 {rows[line.code] + 1} 行和第 {row + 1} 行都是“{line.name}”，"
                "只用前一行。请合并成一行。"
            )
        elif line is not None:
            rows[line.code] = row
    return rows, problems


def _line(
    table: RosterTable,
    row: int,
    columns: Mapping[RegisterColumn, int],
    roster: Roster,
    names: Mapping[str, Sequence[RosterLine]],
) -> RosterLine | None:
    """The roster's line of a row: by its code, else by a name that only one line has."""
    at = columns.get(RegisterColumn.CODE)
    code = "" if at is None else table.text(row, at)
    same = names.get(normal(table.text(row, columns[RegisterColumn.NAME])), ())
    by_code: RosterLine | None = roster.by_code.get(code)
    if by_code is not None and (not same or by_code in same):
        return by_code
    return same[0] if len(same) == 1 else None


def _entry(sheet: RegisterSheet, row: int, line: RosterLine, year: int) -> RegisterEntry:
    said = {name: sheet.text(row, column) for column, name in _ENTRY.items()}
    for column in DATES:
        day = day_of(said[_ENTRY[column]], year)
        said[_ENTRY[column]] = day.isoformat() if day else said[_ENTRY[column]]
    return replace(RegisterEntry(line.code, line.name), **said)
