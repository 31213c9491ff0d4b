"""A fresh project folder's 名册.xlsx and 设置.xlsx, with heads, hints and drop-downs."""

from __future__ import annotations

import datetime
import io
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from gk_xlsx.inbox.office_sheet import YEAR
from gk_xlsx.inbox.roster_file import EXAMPLES
from gk_xlsx.rollup.roster import Standing
from gk_xlsx.rollup.roster_heads import Column
from gk_xlsx.units import Level, Scope

if TYPE_CHECKING:
    import xlsxwriter
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

_ROWS = 600
"""So many lines of a fresh roster have drop-downs."""

_HINTS: Mapping[Column, str] = {
    Column.NAME: "必填，与公章一致的全称。一行一份报告：政府和政府办公室是两行。",
    Column.CODE: "可不填，自动编制并保持不变（记在“名册.编码.json”里，请勿删除）。",
    Column.PARENT: "上级单位的名称或编码，只有最上面一个单位不填；不分层级的整列都不填。",
    Column.KIND: "从列表中选，也可自拟；汇总时按它小计。",
    Column.ALIASES: "简称、曾用名，用“；”隔开。收件时按它认单位。",
    Column.SCOPE: "不填为本机关。政府报告选“本级政府含办公室”，汇总报告选“本行政区域汇总”。",
    Column.COUNTED: "不填为是。不计入上级汇总的（如单独报送的开发区）填否。",
    Column.PUBLISHED: "不填为是。不需要公布年报的填否。",
    Column.STANDING: "不填为正常。撤并的单位不再报送。",
    Column.LAST_SOURCES: "更名、合并的单位写去年的名称，几个单位合并的用“；”隔开，上年数自动相加。",
    Column.CONTACT: "可不填。",
    Column.PHONE: "可不填。",
}
_CHOICES: Mapping[Column, Sequence[str]] = {
    Column.KIND: tuple(level.label for level in Level),
    Column.SCOPE: tuple(scope.label for scope in Scope),
    Column.COUNTED: ("是", "否"),
    Column.PUBLISHED: ("是", "否"),
    Column.STANDING: tuple(Standing),
}
_WIDTHS = {
    Column.NAME: 34,
    Column.PARENT: 26,
    Column.ALIASES: 22,
    Column.SCOPE: 20,
    Column.LAST_SOURCES: 28,
}
_EXAMPLES = (
    {Column.NAME: "示例区人民政府", Column.KIND: "市辖区", Column.SCOPE: "本行政区域汇总"},
    {
        Column.NAME: "示例区人民政府办公室",
        Column.PARENT: "示例区人民政府",
        Column.KIND: "政府办公室",
    },
    {
        Column.NAME: "示例区民政局",
        Column.PARENT: "示例区人民政府",
        Column.KIND: "部门",
        Column.ALIASES: "区民政局",
        Column.CONTACT: "张三",
        Column.PHONE: "0000-0000000",
    },
    {
        Column.NAME: "示例区文化旅游局",
        Column.PARENT: "示例区人民政府",
        Column.KIND: "部门",
        Column.STANDING: "更名",
        Column.LAST_SOURCES: "示例区文化局；示例区旅游局",
    },
)
_SETTINGS = (
    (YEAR, "报告所属年份，如 2025。"),
    ("发文机关", "下发填报表的机关全称，写入填写说明、反馈单。"),
    ("科室", "承办科室。"),
    ("联系人", "单位有疑问时找谁。"),
    ("电话", "联系电话。"),
    ("报送截止日", "单位报送填报表、报告文本和盖章件的最后一天，如 2026-01-20。"),
    ("公布截止日", "单位公布年报的最后一天，一般为 1 月 31 日。"),
    ("重新报送期限", "退回修改的，最晚哪天重新报送；不填的，反馈单上留空。"),
    ("公布栏目", "年报公布在网站的哪个栏目。"),
    ("审核人", "写入反馈单；不填的，反馈单上留空。"),
    ("复核人", "写入反馈单；不填的，反馈单上留空。"),
    ("补充要求", "本地的补充要求，一行一条（按 Alt+Enter 换行），写入填写说明。"),
)


def sample_roster(lines: Sequence[Mapping[Column, str]] = ()) -> bytes:
    """A fresh 名册.xlsx with examples on a sheet of their own; no unit yet, or those given."""
    return _book(lambda book: _fill_roster(book, lines))


def sample_settings(year: int, values: Mapping[str, str] | None = None) -> bytes:
    """A fresh 设置.xlsx with the report year, and what else is known already by its 项目."""
    return _book(lambda book: _fill_settings(book, {YEAR: str(year), **(values or {})}))


def _book(fill: Callable[[xlsxwriter.Workbook], None]) -> bytes:
    import xlsxwriter

    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        book.set_properties({"created": datetime.datetime(2020, 1, 1)})  # noqa: DTZ001 — same bytes
        fill(book)
    return buffer.getvalue()


# -- 名册 ----------------------------------------------------------------------------------


def _fill_roster(book: xlsxwriter.Workbook, lines: Sequence[Mapping[Column, str]]) -> None:
    sheet = book.add_worksheet("名册")
    _heads(book, sheet, book.add_format({**_FONT, "num_format": "@"}))
    for at, column in enumerate(Column):
        if column in _CHOICES:
            _checked(sheet.data_validation, 2, at, 1 + _ROWS, at, _listed(column))
    body = book.add_format({**_FONT, **_THIN, "num_format": "@", "text_wrap": True})
    for row, line in enumerate(lines, start=2):
        for at, column in enumerate(Column):
            _checked(sheet.write_string, row, at, line.get(column, ""), body)
    _checked(sheet.set_selection, 2, 0, 2, 0)
    _fill_examples(book)


def _fill_examples(book: xlsxwriter.Workbook) -> None:
    sheet = book.add_worksheet(EXAMPLES)
    body = book.add_format({**_FONT, **_THIN, "font_color": "#7F7F7F"})
    _heads(book, sheet, book.add_format(_FONT))
    for row, example in enumerate(_EXAMPLES, start=2):
        for at, column in enumerate(Column):
            _checked(sheet.write_string, row, at, example.get(column, ""), body)
    note = "注：以上只是示例，不会下发；单位请填在“名册”表里。"
    _checked(sheet.write_string, 3 + len(_EXAMPLES), 0, note, book.add_format(_FONT))


def _heads(book: xlsxwriter.Workbook, sheet: Worksheet, body: Format) -> None:
    """Hints above, heads below; both stay in view."""
    hint = book.add_format(
        {**_FONT, "font_size": 9, "font_color": "#666666", "text_wrap": True, "valign": "top"}
    )
    head, needed = _head(book, "#D9E2EC"), _head(book, "#FFE9A8")
    for at, column in enumerate(Column):
        _checked(sheet.set_column, at, at, _WIDTHS.get(column, 16), body)
        _checked(sheet.write_string, 0, at, _HINTS[column], hint)
        _checked(sheet.write_string, 1, at, column, needed if column is Column.NAME else head)
    _checked(sheet.set_row, 0, 76)
    _checked(sheet.set_row, 1, 24)
    _checked(sheet.freeze_panes, 2, 1)
    _fit(sheet)


def _listed(column: Column) -> dict[str, object]:
    """A drop-down; kinds of one's own are allowed."""
    own = column is Column.KIND
    return {
        "validate": "list",
        "source": list(_CHOICES[column]),
        "ignore_blank": True,
        "show_error": not own,
        "error_title": "填写有误",
        "error_message": "请从下拉列表中选。",
    }


# -- 设置 ----------------------------------------------------------------------------------


def _fill_settings(book: xlsxwriter.Workbook, values: Mapping[str, str]) -> None:
    sheet = book.add_worksheet("设置")
    box = {**_FONT, **_THIN, "text_wrap": True}
    label, hint = book.add_format(box), book.add_format({**box, "font_color": "#666666"})
    value = book.add_format({**box, "bg_color": "#FFF9D6", "num_format": "@"})
    for at, (title, width) in enumerate((("项目", 16), ("内容", 56), ("说明", 60))):
        _checked(sheet.set_column, at, at, width)
        _checked(sheet.write_string, 0, at, title, _head(book, "#D9E2EC"))
    for row, (name, text) in enumerate(_SETTINGS, start=1):
        _checked(sheet.write_string, row, 0, name, label)
        _checked(sheet.write_string, row, 1, values.get(name, ""), value)
        _checked(sheet.write_string, row, 2, text, hint)
        _checked(sheet.set_row, row, 110 if name == "补充要求" else 26)
    _checked(sheet.freeze_panes, 1, 0)
    _checked(sheet.set_selection, 2, 1, 2, 1)
    _fit(sheet)


_FONT = {"font_name": "宋体", "font_size": 11, "valign": "vcenter"}
_THIN = {"border": 1, "border_color": "#BFBFBF"}


def _head(book: xlsxwriter.Workbook, colour: str) -> Format:
    return book.add_format(
        {**_FONT, "bold": True, "align": "center", "border": 1, "bg_color": colour}
    )


def _fit(sheet: Worksheet) -> None:
    """Print across A4, one page wide."""
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)


def _checked(call: Callable[..., object], *arguments: object) -> None:
    """Call XlsxWriter; a code other than 0 means that something would be missing."""
    code = call(*arguments)
    if isinstance(code, int) and not isinstance(code, bool) and code != 0:
        raise ValueError(f"XlsxWriter refused {call.__name__}{arguments!r} with {code}")
