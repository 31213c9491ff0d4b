"""催报清单, 问题清单, 收件情况: read back with another library."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from gk_xlsx.errors import GkXlsxError
from gk_xlsx.outputs.collected_xlsx import _done, collected_xlsx
from gk_xlsx.rollup.collected import Collected
from tests.office.validator import Validator
from tests.outputs.collections import EVIL, PHONE, everything, run
from tests.rollup.received_files import received


def sheets(collected: Collected) -> dict[str, Worksheet]:
    book = openpyxl.load_workbook(io.BytesIO(collected_xlsx(collected)))
    return {sheet.title: sheet for sheet in book.worksheets}


def rows(sheet: Worksheet) -> list[dict[str, object]]:
    """The lines below the heads."""
    values = list(sheet.iter_rows(min_row=3, values_only=True))
    heads = [str(head) for head in values[0]]
    return [dict(zip(heads, line, strict=True)) for line in values[1:]]


@pytest.fixture(scope="module")
def made() -> dict[str, Worksheet]:
    return sheets(everything())


def test_there_are_three_lists(made: dict[str, Worksheet]) -> None:
    assert list(made) == ["催报清单", "问题清单", "收件情况"]


def test_who_owes_something_is_on_the_first_with_a_phone_to_ring(
    made: dict[str, Worksheet],
) -> None:
    lines = rows(made["催报清单"])
    assert {line["情况"] for line in lines} == {
        "未报送", "不能读取", "年度不符", "几份待定", "待修改", "待说明", "待报文本",
    }  # fmt: skip
    assert lines[0]["电话"] == PHONE
    assert lines[0]["上级"] == "河口区人民政府"


def test_every_open_finding_is_on_the_second(made: dict[str, Worksheet]) -> None:
    lines = rows(made["问题清单"])
    assert [line["编号"] for line in lines if line["单位"] == "河口区教育局"] == ["AR01", "TX01"]
    quoted = next(line for line in lines if line["编号"] == "TX01")
    assert "“全年收到申请71件”" in str(quoted["位置"])
    assert [line["单位"] for line in lines if line["编号"] == "RO04"] == ["（名册上没有）"]


def test_every_file_is_on_the_third_and_lines_without_any_too(
    made: dict[str, Worksheet],
) -> None:
    lines = rows(made["收件情况"])
    collected = everything()
    files = sum(len(item.held) or 1 for item in collected.lines)
    assert len(lines) == files + len(collected.collection.strangers)
    unread = next(line for line in lines if line["文件"] == "水利局.xlsx")
    assert (unread["处理"], unread["说明"]) == ("不能读取", "文件已损坏，不能打开。")


def test_names_are_texts_whatever_they_begin_with() -> None:
    evil = run([received("=1+1.xlsx", "河口区教育局"), received(f"{EVIL}.jpg")])
    cell = sheets(evil)["收件情况"]["H6"]
    assert (cell.value, cell.data_type) == ("=1+1.xlsx", "s")


def test_the_same_run_gives_the_same_bytes() -> None:
    assert collected_xlsx(everything()) == collected_xlsx(everything())


def test_a_cell_that_was_dropped_is_said() -> None:
    with pytest.raises(GkXlsxError, match="清单太长"):
        _done(lambda *_: -1)


@pytest.mark.office
def test_excels_own_rules_hold(validator: Validator, tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(collected_xlsx(everything()))
    assert validator.validate([path]) == []
