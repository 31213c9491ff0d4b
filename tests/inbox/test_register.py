"""收发登记: the office's entries are read back, and survive whatever the program writes."""

from __future__ import annotations

import datetime
import io
import re
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import pairwise

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from gk_xlsx.errors import GkXlsxError
from gk_xlsx.inbox.register import RegisterColumn, day_of, read_register
from gk_xlsx.inbox.register_writing import RegisterRow, fresh_register, updated_register
from gk_xlsx.rollup.received import Register
from gk_xlsx.rollup.roster import Roster, RosterLine
from tests.rollup.received_files import ROSTER, YEAR

FILE = "收发登记.xlsx"
HEADS = tuple(column.value for column in RegisterColumn)
ROWS = tuple(
    RegisterRow(line.code, line.name, "待修改", "错误 1 处", "a.xlsx", "2026-01-05")
    for line in ROSTER
)


def read(data: bytes, roster: Roster = ROSTER) -> Register:
    return read_register(data, FILE, roster, YEAR)


def edited(data: bytes, change: Callable[[Worksheet], object]) -> bytes:
    """The register as somebody saves it who changed something."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    change(book.worksheets[0])
    return saved(book)


def saved(book: openpyxl.Workbook) -> bytes:
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def written(*rows: Sequence[object]) -> bytes:
    """A register that somebody made by hand."""
    book = openpyxl.Workbook()
    for row in rows:
        book.worksheets[0].append(list(row))
    return saved(book)


def sheet(data: bytes) -> Worksheet:
    return openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]


def column(name: RegisterColumn) -> int:
    return HEADS.index(name.value) + 1


def update(data: bytes, rows: Sequence[RegisterRow] = ROWS) -> bytes:
    return updated_register(data, FILE, ROSTER, rows) or data


def test_a_fresh_register_has_a_line_for_every_unit() -> None:
    register = read(fresh_register(ROWS))
    assert list(register.entries) == ["1", "2", "3"]
    assert register.entries["1"].received == "2026-01-05"
    assert register.problems == ()


def test_what_the_office_writes_is_read_back() -> None:
    def fill(page: Worksheet) -> None:
        page.cell(2, column(RegisterColumn.USED), "教育局第二次.xlsx")
        page.cell(2, column(RegisterColumn.SPOKEN), "1月8日李四来电")
        page.cell(2, column(RegisterColumn.VERDICT), "通过")
        page.cell(2, column(RegisterColumn.SENT_BACK), "1月9日")
        page.cell(2, column(RegisterColumn.CORRECTED), datetime.date(2026, 1, 12))
        page.cell(2, column(RegisterColumn.PUBLISHED), "2026.1.28")
        page.cell(2, column(RegisterColumn.ADDRESS), "https://example.cn/1")

    entry = read(edited(fresh_register(ROWS), fill)).entries["1"]
    assert (entry.used, entry.spoken, entry.verdict) == (
        "教育局第二次.xlsx",
        "1月8日李四来电",
        "通过",
    )
    assert (entry.sent_back, entry.corrected) == ("2026-01-09", "2026-01-12")
    assert (entry.published, entry.address) == ("2026-01-28", "https://example.cn/1")


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-01-20", "2026-01-20"),
        ("2026年1月20日", "2026-01-20"),
        ("2026/1/20 10:30", "2026-01-20"),
        ("1月20日", "2026-01-20"),
        ("1.20", "2026-01-20"),
        ("12月28日", "2025-12-28"),
        ("46042", "2026-01-20"),
    ],
)
def test_a_day_is_read_however_it_is_written(text: str, day: str) -> None:
    found = day_of(text, YEAR)
    assert found is not None
    assert found.isoformat() == day


@pytest.mark.parametrize("text", ["年后", "2026-13-01", "20", "2月30日", ""])
def test_what_is_no_day_is_none(text: str) -> None:
    assert day_of(text, YEAR) is None


def test_a_day_that_is_none_is_kept_and_said() -> None:
    def fill(page: Worksheet) -> None:
        page.cell(2, column(RegisterColumn.PUBLISHED), "月底")

    register = read(edited(fresh_register(ROWS), fill))
    assert register.entries["1"].published == "月底"
    assert "第 2 行“公布日期”写的是“月底”" in register.problems[0]


def test_a_register_of_the_offices_own_making_is_understood() -> None:
    data = written(
        ["2025年年报收发登记"], [],
        ["序号", "单位", "收件日期", "口头说明", "公开日期", "联系人"],
        [1, "河口区财政局", "1月6日", "来电", "1月30日", "王五"],
    )  # fmt: skip
    entry = read(data).entries["2"]
    assert (entry.received, entry.spoken, entry.published) == ("2026-01-06", "来电", "2026-01-30")


@pytest.mark.parametrize("data", [b"PK", b"", written(["a", "b"], [1, 2])])
def test_what_is_no_register_is_refused(data: bytes) -> None:
    with pytest.raises(GkXlsxError, match="收发登记"):
        read(data)


# -- writing -------------------------------------------------------------------------------


def test_nothing_is_written_where_nothing_changed() -> None:
    assert updated_register(fresh_register(ROWS), FILE, ROSTER, ROWS) is None


def test_the_programs_columns_are_rewritten_and_the_offices_are_not() -> None:
    def fill(page: Worksheet) -> None:
        page.cell(2, column(RegisterColumn.STATE), "通过了")
        page.cell(2, column(RegisterColumn.REMARKS), "张三经办")
        page.cell(2, column(RegisterColumn.RECEIVED), "1月3日")

    page = sheet(update(edited(fresh_register(ROWS), fill)))
    assert page.cell(2, column(RegisterColumn.STATE)).value == "待修改"
    assert page.cell(2, column(RegisterColumn.REMARKS)).value == "张三经办"
    assert page.cell(2, column(RegisterColumn.RECEIVED)).value == "1月3日"


def test_a_blank_first_day_is_filled_once_a_report_has_come() -> None:
    waiting = [replace(row, received="") for row in ROWS]
    page = sheet(update(fresh_register(waiting)))
    assert page.cell(2, column(RegisterColumn.RECEIVED)).value == datetime.datetime(2026, 1, 5)  # noqa: DTZ001 — a cell has no zone


def test_a_fresh_register_says_what_the_verdicts_do() -> None:
    note = openpyxl.load_workbook(io.BytesIO(fresh_register(ROWS))).worksheets[0].cell(1, 1).comment
    assert note is not None
    assert "“通过”，疑问按已说明处理，错误仍须改正" in note.text
    assert "“退回”，一直列为待修改" in note.text


def test_every_row_of_a_fresh_register_is_high_enough_for_its_longest_text() -> None:
    files = "某某区人力资源和社会保障局填报表.xlsx、某某区人力资源和社会保障局2025年报告.docx"
    page = sheet(fresh_register([replace(ROWS[0], counts=files), ROWS[1]]))
    first, second = (page.row_dimensions[row].height for row in (2, 3))
    assert second == 30
    assert first is not None
    assert first >= 15 * 3
    assert page.column_dimensions["E"].width * 2 < 2 * len(files) - 20


def test_a_row_grows_with_what_is_written_into_it_and_is_never_made_lower() -> None:
    def drag(page: Worksheet) -> None:
        page.row_dimensions[3].height = 200

    long = [replace(row, counts="很长的文件名称" * 9 + ".xlsx") for row in ROWS]
    page = sheet(update(edited(fresh_register(ROWS), drag), long))
    first, second = (page.row_dimensions[row].height for row in (2, 3))
    assert first is not None
    assert first > 60
    assert second == 200


def test_columns_whose_widths_stand_together_stay_so() -> None:
    def widen(page: Worksheet) -> None:
        page.column_dimensions["C"].width = 50
        page.column_dimensions.group("C", "F", hidden=False)
        for letter in "DEF":
            page.column_dimensions.pop(letter, None)

    made = edited(fresh_register(ROWS), widen)
    long = [replace(row, counts="很长的文件名称" * 9) for row in ROWS]
    for data in (made, update(made, long)):
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            text = package.read("xl/worksheets/sheet1.xml").decode()
        spans = [
            (int(low), int(high)) for low, high in re.findall(r'min="(\d+)" max="(\d+)"', text)
        ]
        assert (3, 6) in spans
        assert all(one[1] < two[0] for one, two in pairwise(spans))


def test_rows_that_grow_by_themselves_are_left_to_do_so() -> None:
    data = written(["单位", "公布日期"], ["河口区财政局", "1月30日"])
    page = sheet(update(data))
    assert [page.row_dimensions[row].height for row in (2, 3, 4)] == [None, None, None]


def test_columns_lines_colours_comments_and_formulas_of_the_office_stay() -> None:
    def fill(page: Worksheet) -> None:
        page.cell(1, 15, "分管领导")
        page.cell(2, 15, "赵六")
        page.cell(3, 15, '=COUNTIF(C:C,"待修改")')
        page.cell(2, 2).fill = PatternFill("solid", fgColor="FFFF0000")
        page.cell(2, 3).comment = Comment("再催一次", "李四")
        page.append(["", "（以下为上年补报）"])
        page.column_dimensions["O"].width = 33

    page = sheet(update(edited(fresh_register(ROWS), fill), [replace(ROWS[0], state="审核通过")]))
    assert [page.cell(row, 15).value for row in (1, 2, 3)] == [
        "分管领导", "赵六", '=COUNTIF(C:C,"待修改")',
    ]  # fmt: skip
    assert page.cell(2, 2).fill.fgColor.rgb == "FFFF0000"
    assert page.cell(2, 3).comment is not None
    assert page.cell(5, 2).value == "（以下为上年补报）"
    assert page.column_dimensions["O"].width == 33


def test_lines_may_be_sorted_and_new_units_come_below() -> None:
    three = fresh_register([ROWS[2], ROWS[0]])
    page = sheet(update(three))
    names = [page.cell(row, 2).value for row in (2, 3, 4)]
    assert names == [ROWS[2].name, ROWS[0].name, ROWS[1].name]


def test_other_sheets_stay() -> None:
    book = openpyxl.load_workbook(io.BytesIO(fresh_register(ROWS)))
    book.create_sheet("备忘").append(["别忘了"])
    again = openpyxl.load_workbook(io.BytesIO(update(saved(book), [replace(ROWS[0], state="x")])))
    assert again["备忘"]["A1"].value == "别忘了"


def test_columns_of_the_program_are_added_to_a_register_made_by_hand() -> None:
    data = written(["单位", "公布日期"], ["河口区财政局", "1月30日"])
    page = sheet(update(data))
    heads = [page.cell(1, at).value for at in range(1, page.max_column + 1)]
    assert heads[:2] == ["单位", "公布日期"]
    assert {"收件情况", "首次收到日期", "单位编码"} <= set(heads)
    assert (page.cell(2, 1).value, page.cell(2, 2).value) == ("河口区财政局", "1月30日")
    assert page.max_row == 4


def test_a_file_name_that_begins_like_a_formula_is_none() -> None:
    page = sheet(update(fresh_register(ROWS), [replace(ROWS[0], counts="=1+1.xlsx")]))
    cell = page.cell(2, column(RegisterColumn.COUNTS))
    assert (cell.value, cell.data_type) == ("=1+1.xlsx", "s")


def test_a_roster_is_no_register() -> None:
    data = written(["单位编码", "单位名称", "联系人", "备注"], ["2", "河口区财政局", "李四", ""])
    with pytest.raises(GkXlsxError, match=r"收发登记\.xlsx：这是名册，不是收发登记"):
        read(data)


def test_two_lines_of_one_unit_are_said_and_the_first_counts() -> None:
    def double(page: Worksheet) -> None:
        page.cell(2, column(RegisterColumn.SPOKEN), "先写的")
        page.append(["1", ROWS[0].name, "", "", "", "", "", "后写的"])

    register = read(edited(fresh_register(ROWS), double))
    assert register.entries["1"].spoken == "先写的"
    assert "第 2 行和第 5 行都是“河口区教育局”" in register.problems[0]


def test_a_code_of_another_name_is_not_believed() -> None:
    data = written(["单位编码", "单位名称", "口头说明"], ["1", "河口区财政局", "来电"])
    assert list(read(data).entries) == ["2"]


def test_two_lines_of_one_name_are_told_apart_by_their_codes() -> None:
    pair = Roster((RosterLine(2, "区政府办", "1"), RosterLine(3, "区政府办", "2")))
    data = written(["单位编码", "单位名称", "口头说明"], ["2", "区政府办", "来电"])
    assert list(read(data, pair).entries) == ["2"]
