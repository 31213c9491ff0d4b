"""Plain text and Markdown: paragraphs, headings, and tables in three layouts."""

from __future__ import annotations

import time

import pytest

from gk_xlsx.errors import UnreadableError
from gk_xlsx.markdown import Run
from gk_xlsx.published.model import Document, Paragraph, Picture, Table
from gk_xlsx.sources.plain_text import MAX_BYTES, read_text


def read(text: str) -> Document:
    return read_text(text.encode())


def tables(text: str) -> list[Table]:
    return [block for block in read(text).blocks if isinstance(block, Table)]


def rows(table: Table) -> list[list[str]]:
    found: list[list[str]] = []
    for cell in table.cells:
        if cell.row == len(found):
            found.append([])
        found[cell.row].append(cell.text)
    return found


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_the_encoding_is_told(encoding: str) -> None:
    (found,) = read_text("全年公开 120 条〇".encode(encoding)).blocks
    assert isinstance(found, Paragraph)
    assert found.text == "全年公开 120 条〇"


def test_what_is_no_text_is_refused() -> None:
    with pytest.raises(UnreadableError, match="认不出文本的编码"):
        read_text(b"\xff\xff\xff\xfe\x81")
    with pytest.raises(UnreadableError, match="4 MB"):
        read_text(b"a" * (MAX_BYTES + 1))


def test_each_line_of_a_plain_text_is_a_paragraph() -> None:
    document = read("一、总体情况\n全年公开 120 条。\n\n \n（一）主动公开\n")
    texts = [block.text for block in document.blocks if isinstance(block, Paragraph)]
    places = [block.place for block in document.blocks if isinstance(block, Paragraph)]
    assert texts == ["一、总体情况", "全年公开 120 条。", "（一）主动公开"]
    assert places == ["第1行", "第2行", "第5行"]
    assert (document.kind, document.torn) == ("文本", True)


def test_headings_bold_and_lists_are_known_by_their_marks() -> None:
    blocks = read("## 一、总体情况\n### 做法\n**一是**核对。\n- 目录\n1. 编号\n").blocks
    assert blocks == (
        Paragraph((Run("一、总体情况"),), 2, place="第1行"),
        Paragraph((Run("做法"),), 3, place="第2行"),
        Paragraph((Run("一是", bold=True), Run("核对。")), place="第3行"),
        Paragraph((Run("目录"),), listed="-", place="第4行"),
        Paragraph((Run("1. 编号"),), place="第5行"),
    )


def test_what_programs_leave_where_a_picture_stood_is_a_picture() -> None:
    blocks = read("[image: 96143f98]   （五）监督保障\n[bookmark: Body]根据要求。").blocks
    assert [type(block) for block in blocks] == [Picture, Paragraph, Paragraph]
    assert [block.text for block in blocks if isinstance(block, Paragraph)] == [
        "（五）监督保障",
        "根据要求。",
    ]


def test_a_collected_page_has_its_title_above_its_body() -> None:
    document = read(
        "标题: 某某局2023年年度报告\n发布时间: 2024-01-05\n========== 正文 ==========\n甲。"
    )
    assert document.title == "某某局2023年年度报告"
    assert [block.text for block in document.blocks if isinstance(block, Paragraph)] == ["甲。"]


def test_rows_with_tabs_are_a_table() -> None:
    (table,) = tables("二、主动公开\n规章\t0\t0\t3\n规范性文件\t1\t\t5\t\n三、收到")
    assert rows(table) == [["规章", "0", "0", "3"], ["规范性文件", "1", "", "5", ""]]
    assert table.ragged
    assert (table.place, dict(table.row_places)) == ("第2–3行的表格", {0: "第2行", 1: "第3行"})


def test_an_empty_line_within_a_table_with_tabs_does_not_end_it() -> None:
    (table,) = tables("规章\t0\t0\t3\n\n规范性文件\t1\t0\t5\n")
    assert len(rows(table)) == 2


def test_cells_in_lines_of_their_own_are_rows_up_to_an_empty_line() -> None:
    text = "\t信息内容\n\t本年\n制发件数\n\n\t规章\n\t0\n\t \n\n\n五、存在的主要问题\n"
    document = read(text)
    (table,) = (block for block in document.blocks if isinstance(block, Table))
    assert rows(table) == [["信息内容", "本年\n制发件数"], ["规章", "0", ""]]
    assert dict(table.row_places) == {0: "第1行", 1: "第5行"}
    (after,) = (block for block in document.blocks if isinstance(block, Paragraph))
    assert after.text == "五、存在的主要问题"


def test_a_heading_right_below_a_table_is_no_part_of_it() -> None:
    document = read("备注\t无\t无\t无\n三、收到和处理\n新收\t0\t0\t0\n")
    assert [type(block) for block in document.blocks] == [Table, Paragraph, Table]


@pytest.mark.parametrize(
    "text",
    [
        "\t全年公开 120 条。\n\t做法如下：一是核对；二是公示。\n\t三是复查。\n\t四是归档。\n",
        "甲\t乙\n",
        f"\t{'很长的一段话' * 30}\n\t甲\n",
    ],
)
def test_prose_behind_a_tab_is_no_table(text: str) -> None:
    assert tables(text) == []
    assert len(read(text).blocks) >= 1


def test_a_markdown_table_is_a_grid() -> None:
    text = "正文。\n\n| 甲 | **乙** |\n| --- | :-: |\n| 1<br>2 | 3\\|4 |\n|  |  |\n\n后文。"
    (table,) = tables(text)
    assert rows(table) == [["甲", "乙"], ["1\n2", "3|4"], ["", ""]]
    assert not table.ragged
    assert dict(table.row_places) == {0: "第3行", 1: "第5行", 2: "第6行"}
    assert not read(text).torn


def test_a_row_of_a_markdown_table_has_the_cells_it_has() -> None:
    (table,) = tables("| 甲 | 乙 | 丙 |\n| --- | --- | --- |\n| 1 | 2 |\n| 1 | 2 | 3\n| a ||\n")
    assert rows(table)[1:] == [["1", "2"], ["1", "2", "3"], ["a", ""]]


def test_a_markdown_table_broken_by_an_empty_line_goes_on() -> None:
    first, second = tables("| 甲 | 乙 |\n| --- | --- |\n| 1 | 2 |\n\n| 3 | 4 |\n")
    assert (rows(first), rows(second)) == ([["甲", "乙"], ["1", "2"]], [["3", "4"]])
    assert (first.continued, second.continued) == (False, True)


def test_line_breaks_within_a_paragraph_of_markdown_are_kept() -> None:
    document = read("第一行\n第二行\n\n| 甲 | 乙 |\n| --- | --- |\n| 1 | 2 |\n")
    (found,) = (block for block in document.blocks if isinstance(block, Paragraph))
    assert found.text == "第一行\n第二行"


def test_a_picture_in_markdown_keeps_its_words() -> None:
    document = read("![图1 现场](图/1.png)\n\n| 甲 | 乙 |\n| --- | --- |\n| 1 | 2 |\n")
    assert document.blocks[0] == Picture(b"", "图1 现场", place="第1行")


def test_an_empty_text_shows_nothing() -> None:
    assert read("\ufeff\n \n\t\n").blocks == ()


LINES = {
    "prose": "甲" * 60,
    "tabs": "规章\t0\t0\t3",
    "cells": "\t0",
    "bars": "| a | b |",
    "stars": "**",
    "broken cells": "\t甲\n乙",
    "one bar": "|",
    "pictures": "[image: x]",
    "hashes": "#" * 40,
}


@pytest.mark.slow
@pytest.mark.parametrize("line", LINES.values(), ids=LINES)
def test_a_long_text_ends_in_time_that_grows_with_it(line: str) -> None:
    def seconds(count: int) -> float:
        data = "\n".join([line] * count).encode()
        start = time.process_time()
        read_text(data)
        return time.process_time() - start

    least = min(seconds(2_000) for _ in range(3))
    assert any(seconds(20_000) < 40 * max(least, 0.01) for _ in range(3))


@pytest.mark.parametrize(
    "text",
    [
        "\u202a甲\u202c\t\u202e21\n乙\t5\n",
        "\t\u202a甲\u202c\n\t\u202e21\n\n\t乙\n\t5\n",
        "|\u202a甲\u202c|\u202e21|\n|---|---|\n|乙|5|\n",
    ],
    ids=["tabs", "lines", "markdown"],
)
def test_a_figure_whose_direction_is_turned_is_doubtful(text: str) -> None:
    (found,) = tables(text)
    assert rows(found) == [["甲", "\ufffd21"], ["乙", "5"]]


@pytest.mark.parametrize(
    "text",
    [
        "5\t规章\u202e\t\t21\t3\n6\t乙\t1\t2\t4\n",
        "5\t规章\t\u202e\t21\t3\n6\t乙\t1\t2\t4\n",
        "|5|规\u202e章||21|3|\n|---|---|---|---|---|\n|6|乙|1|2|4|\n",
    ],
    ids=["tabs", "cell of its own", "markdown"],
)
def test_a_sign_that_turns_the_direction_acts_to_the_end_of_its_row(text: str) -> None:
    (found,) = tables(text)
    assert rows(found) == [["5", "规章", "", "\ufffd21", "\ufffd3"], ["6", "乙", "1", "2", "4"]]


def test_a_text_whose_direction_is_turned_is_read_in_its_order() -> None:
    (found,) = read("电话\u202a12345\u202c").blocks
    assert isinstance(found, Paragraph)
    assert found.text == "电话12345"
