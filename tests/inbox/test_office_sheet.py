"""设置.xlsx, as it is made and as clerks fill it in."""

from __future__ import annotations

import datetime
import io

import openpyxl
import pytest

from gk_xlsx.errors import GkXlsxError
from gk_xlsx.inbox.office_sheet import read_office_sheet
from gk_xlsx.inbox.samples import sample_settings
from gk_xlsx.office import IssuingOffice

FILLED = {
    "发文机关": "某某区人民政府办公室",
    "科室": "政务公开科",
    "联系人": "李四",
    "电话": "0000-0000000",
    "报送截止日": datetime.datetime(2026, 1, 20),  # noqa: DTZ001 — a cell has no zone
    "公布截止日": "2026年1月31日",
    "重新报送期限": "2026/1/25",
    "公布栏目": "政府信息公开年报",
    "审核人": "王五",
    "复核人": "赵六",
    "补充要求": "盖章件扫描清楚。\n\n压缩包用单位名称命名。",
}


def filled(values: dict[str, object], year: object = None) -> bytes:
    """A fresh 设置.xlsx with something written beside its labels."""
    book = openpyxl.load_workbook(io.BytesIO(sample_settings(2025)))
    sheet = book.worksheets[0]
    for row in sheet.iter_rows(min_row=2):
        label = str(row[0].value)
        if label in values:
            row[1].value = values[label]  # type: ignore[assignment] # whatever a clerk types
        if label == "年份" and year is not None:
            row[1].value = year  # type: ignore[assignment] # whatever a clerk types
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def rows(*lines: tuple[str | int | None, ...]) -> bytes:
    book = openpyxl.Workbook()
    for line in lines:
        book.worksheets[0].append(line)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def test_a_fresh_sheet_has_the_year_and_nothing_else() -> None:
    assert read_office_sheet(sample_settings(2025), "设置.xlsx") == (IssuingOffice(), 2025)


def test_everything_that_can_be_filled_in_is_read() -> None:
    office, year = read_office_sheet(filled(dict(FILLED), "2024年"), "设置.xlsx")

    assert year == 2024
    assert office == IssuingOffice(
        "某某区人民政府办公室", "政务公开科", "李四", "0000-0000000", "王五", "赵六",
        "政府信息公开年报", datetime.date(2026, 1, 20), datetime.date(2026, 1, 31),
        datetime.date(2026, 1, 25), ("盖章件扫描清楚。", "压缩包用单位名称命名。"),
    )  # fmt: skip


def test_other_wordings_and_further_lines_of_demands_are_read() -> None:
    office, year = read_office_sheet(
        rows(("设置",), (), ("年度：", 2025), ("联系电话", 123), ("补充要求", "一"), (None, "二")),
        "x.xlsx",
    )

    assert (office.phone, office.requirements, year) == ("123", ("一", "二"), 2025)


def test_everything_wrong_is_said_at_once() -> None:
    data = rows(
        ("项目", "内容"), ("年份", "明年"), ("传真", "1"), ("电话", "1"), ("电话", "2"),
        ("报送截止日", "1月20日"), ("公布截止日", 46042),
    )  # fmt: skip
    with pytest.raises(GkXlsxError) as error:
        read_office_sheet(data, "设置.xlsx")

    lines = str(error.value).splitlines()
    assert [line.partition("：")[0] for line in lines] == [
        f"设置.xlsx 第{row}行" for row in (2, 3, 5, 6, 7)
    ]
    for line, part in zip(lines, ("明年", "传真", "重复", "1月20日", "46042"), strict=True):
        assert part in line


def test_a_day_left_over_from_the_year_before_is_found() -> None:
    data = filled({"报送截止日": "2025-01-20"})

    with pytest.raises(GkXlsxError, match="第7行：“报送截止日”2025-01-20 在 2025 年结束以前"):
        read_office_sheet(data, "设置.xlsx")
