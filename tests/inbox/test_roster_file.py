"""Roster files as Excel, WPS and others leave them."""

from __future__ import annotations

import datetime
import io
import random
import zipfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from openpyxl.worksheet.worksheet import Worksheet

from gk_xlsx.errors import GkXlsxError
from gk_xlsx.inbox.project import codes_file
from gk_xlsx.inbox.roster_file import (
    codes_json,
    read_codes,
    roster_table,
    sheet_tables,
)
from gk_xlsx.rollup.codes import KeptCode
from gk_xlsx.rollup.roster import Roster
from gk_xlsx.rollup.roster_rows import read_roster
from gk_xlsx.units import Scope
from tests.sources.files import archive, locked_archive

Typed = str | float | datetime.datetime | None


def book(fill: Callable[[Worksheet], None], title: str = "Sheet1") -> bytes:
    made = openpyxl.Workbook()
    sheet = made.worksheets[0]
    sheet.title = title
    fill(sheet)
    buffer = io.BytesIO()
    made.save(buffer)
    return buffer.getvalue()


def rows(*lines: tuple[Typed, ...]) -> bytes:
    def fill(sheet: Worksheet) -> None:
        for line in lines:
            sheet.append(line)

    return book(fill)


def read(data: bytes) -> Roster:
    return read_roster(roster_table(data, "名册.xlsx"), "名册.xlsx").roster


# -- .xlsx ---------------------------------------------------------------------------------


def test_numbers_dates_and_marks_are_read_as_they_are_shown() -> None:
    day = datetime.datetime(2025, 3, 1)  # noqa: DTZ001 — a cell has no zone
    [line] = read(
        rows(
            ("单位名称", "单位编码", "电话", "成立", "计入汇总", "得分"),
            ("甲局", 7, 13800000001.0, day, False, 1.5),
        )
    )

    assert (line.code, line.phone, line.counted) == ("7", "13800000001", False)
    assert dict(line.extra) == {"成立": "2025-03-01", "得分": "1.5"}


def test_merged_cells_are_known() -> None:
    def fill(sheet: Worksheet) -> None:
        for line in (("单位", "上级"), ("某区", None), ("甲局", "某区"), ("乙局", None)):
            sheet.append(line)
        sheet.merge_cells("B3:B4")

    assert [line.parent for line in read(book(fill))] == ["", "001", "001"]


def test_the_first_sheet_with_a_head_is_the_roster() -> None:
    made = openpyxl.Workbook()
    made.worksheets[0].append(("说明", "请先看这里"))
    for name in ("甲局", "乙局"):
        sheet = made.create_sheet()
        sheet.append(("单位名称",))
        sheet.append((name,))
    buffer = io.BytesIO()
    made.save(buffer)

    assert [line.name for line in read(buffer.getvalue())] == ["甲局"]


def test_the_sheet_of_examples_is_never_read() -> None:
    data = book(lambda sheet: sheet.append(("单位名称",)), title="填法示例")

    with pytest.raises(GkXlsxError, match="没有工作表"):
        roster_table(data, "名册.xlsx")


def test_a_code_with_more_digits_than_a_number_keeps_is_shown_as_such() -> None:
    table = roster_table(rows(("单位", "编码"), ("甲局", 911301000000000012)), "名册.xlsx")

    assert table.text(1, 1) == "9.113010E+17"


def test_formulas_show_their_result_and_without_one_themselves() -> None:
    def made(result: object) -> bytes:
        buffer = io.BytesIO()
        with xlsxwriter.Workbook(buffer) as out:
            sheet = out.add_worksheet()
            sheet.write_row(0, 0, ("单位名称", "序号"))
            sheet.write_string(1, 0, "甲局")
            sheet.write_formula(1, 1, "=ROW()-1", None, result)
        return buffer.getvalue()

    assert roster_table(made(1), "x.xlsx").text(1, 1) == "1"
    without = rows(("单位名称",), ("=B1",))
    assert roster_table(without, "x.xlsx").text(1, 0) == "=B1"


@pytest.mark.parametrize(
    "data",
    [b"PK\x03\x04 no archive", archive("a.txt"), locked_archive(), b"\x00\x01\x02",
     b"\x89PNG\r\n\x1a\n\x00"],
    ids=["broken", "zip", "locked", "zeros", "picture"],
)  # fmt: skip
def test_what_is_no_roster_says_what_to_do(data: bytes) -> None:
    with pytest.raises(GkXlsxError, match=r"名册\.xlsx.*请.*。$"):
        roster_table(data, "名册.xlsx")


def test_a_merge_of_whole_columns_takes_no_memory() -> None:
    made = rows(("单位名称",), ("甲局",))
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(made)) as old, zipfile.ZipFile(buffer, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            if name == "xl/worksheets/sheet1.xml":
                merge = b'<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'
                part = part.replace(b"</sheetData>", b"</sheetData>" + merge)
            new.writestr(name, part)

    with pytest.raises(GkXlsxError, match="合并单元格的范围过大"):
        sheet_tables(buffer.getvalue(), "名册.xlsx")


def test_an_archive_that_unpacks_to_too_much_is_refused() -> None:
    with pytest.raises(GkXlsxError, match="异常庞大"):
        sheet_tables(archive("xl/worksheets/sheet1.xml", content=b" " * 33 * 2**20), "名册.xlsx")


def test_a_cell_at_the_end_of_the_world_is_refused_at_once() -> None:
    def fill(sheet: Worksheet) -> None:
        sheet["A1"], sheet["A2"], sheet["XFD1048576"] = "单位名称", "某区民政局", 1

    with pytest.raises(GkXlsxError, match="太远的行或列。请删去"):
        read(book(fill))


@pytest.mark.parametrize("seed", range(60))
def test_a_damaged_workbook_is_refused_or_read(seed: int) -> None:
    data, chance = bytearray(rows(("单位名称",), ("某区民政局",))), random.Random(seed)
    for _ in range(chance.choice([1, 5, 40])):
        data[chance.randrange(len(data))] = chance.randrange(256)
    with suppress(GkXlsxError):
        roster_table(bytes(data), "名册.xlsx")


def test_signs_that_are_not_seen_are_no_part_of_a_name() -> None:
    assert [line.name for line in read(rows(("单位名称",), ("某区_x001B_民政局_x0007_",)))] == [
        "某区民政局"
    ]


# -- .csv ----------------------------------------------------------------------------------

TEXT = '序号,单位名称,"联系电话"\r\n1,某区民政局,0000-1\r\n2,"某区\n教育局",0000-2\r\n'


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("separator", [",", "\t", ";"])
def test_text_in_every_usual_encoding(encoding: str, separator: str) -> None:
    found = read(TEXT.replace(",", separator).encode(encoding))

    assert [(line.row, line.name, line.phone) for line in found] == [
        (2, "某区民政局", "0000-1"), (3, "某区教育局", "0000-2"),
    ]  # fmt: skip


# -- codes ---------------------------------------------------------------------------------


def test_codes_are_kept_beside_the_roster() -> None:
    kept = (KeptCode("001", "某区", Scope.AREA), KeptCode("002", "“甲”局", Scope.BODY))

    assert codes_file(Path("a/名册.xlsx")) == Path("a/名册.编码.json")
    assert read_codes(codes_json(kept), "名册.编码.json") == kept


@pytest.mark.parametrize("data", [b"", b"[]", b'{"a": 1}', '{"编码": [{"单位编码": 1}]}'.encode()])
def test_damaged_codes_are_no_fresh_start(data: bytes) -> None:
    with pytest.raises(GkXlsxError, match="已损坏"):
        read_codes(data, "名册.编码.json")
