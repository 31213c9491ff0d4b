"""Markdown as offices write it: paragraphs, lists, tables, pictures."""

from __future__ import annotations

import time

import pytest

from gk_xlsx.markdown import Block, Kind, Paragraph, PictureLine, PipeTable, Run, blocks, pictures


def kinds(text: str) -> list[tuple[str, str]]:
    return [_seen(block) for block in blocks(text)]


def _seen(block: Block) -> tuple[str, str]:
    if isinstance(block, Paragraph):
        return block.kind.value, block.text
    if isinstance(block, PictureLine):
        return "picture", f"{block.caption}@{block.path}"
    return "table", "/".join(",".join(_said(cell) for cell in row) for row in block.rows)


def _said(runs: tuple[Run, ...]) -> str:
    return "".join(run.text for run in runs)


@pytest.mark.parametrize("mark", ["- ", "* ", "+ ", "• ", "-\u3000"])
def test_a_list_item_is_one_without_its_mark(mark: str) -> None:
    assert kinds(f"做法：\n{mark}登记\n{mark}答复\n次行") == [
        ("body", "做法："),
        ("listed", "登记"),
        ("listed", "答复\n次行"),
    ]


def test_the_number_of_a_heading_tells_more_than_its_hashes() -> None:
    assert kinds("### （一）主动公开\n#### 组织领导") == [
        ("heading2", "（一）主动公开"),
        ("heading4", "组织领导"),
    ]


def test_a_paragraph_of_sentences_is_no_heading_whatever_stands_before_it() -> None:
    (paragraph,) = blocks("## （一）主动公开。" + "全年公开信息，" * 5 + "逐条登记。")
    assert isinstance(paragraph, Paragraph)
    assert paragraph.kind is Kind.BODY
    assert paragraph.runs[0] == Run("（一）主动公开。", lead=True)
    assert kinds("## " + "长" * 50 + "。")[0][0] == "heading2"


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("![图1 办理情况](图/1.png)", "图1 办理情况@图/1.png"),
        ("![]( <图 1.png> )", "@图 1.png"),
        ("  ![甲[乙\\]丙](a(1).png)  ", "甲[乙]丙@a(1).png"),
        ("![甲](data:image/png;base64,AA==)", "甲@data:image/png;base64,AA=="),
    ],
)
def test_a_picture_stands_alone_in_its_line(line: str, found: str) -> None:
    assert kinds(f"上文\n{line}\n下文") == [
        ("body", "上文"),
        ("picture", found),
        ("body", "下文"),
    ]


def test_pictures_are_named_with_their_lines() -> None:
    text = "![甲](1.png)\n文中![乙](2.png)\n\\![丙](3.png)\n| ![丁](4.png) |"
    found = [(line, picture and picture.path) for line, picture in pictures(text)]
    assert found == [(1, "1.png"), (2, None), (4, None)]


def test_a_table_is_its_head_and_its_rows() -> None:
    text = "数据如下：\n| 栏目 | **件数** |\n|:--|--:|\n| 文件 | 12<br>件 |\n| 其他\n下文"
    (before, table, after) = blocks(text)
    assert isinstance(table, PipeTable)
    assert table.headed
    assert table.rows[0][1] == (Run("件数", bold=True),)
    assert kinds(text)[1] == ("table", "栏目,件数/文件,12\n件/其他,")
    assert (_seen(before)[1], _seen(after)[1]) == ("数据如下：", "下文")


def test_a_table_whose_head_says_nothing_has_none() -> None:
    (table,) = blocks("| | |\n|---|---|\n| 甲 | 1 |")
    assert table == PipeTable((((Run("甲"),), (Run("1"),)),), headed=False)


def test_a_bar_in_a_cell_has_a_backslash() -> None:
    assert kinds("|甲\\|乙|丙|\n|-|-|") == [("table", "甲|乙,丙")]


@pytest.mark.parametrize("text", ["| 甲 | 乙 |\n文字", "|---|---|", "甲 | 乙\n--- | ---"])
def test_bars_alone_make_no_table(text: str) -> None:
    assert {kind for kind, _ in kinds(text)} == {"body"}


def test_a_table_without_any_text_is_nothing() -> None:
    assert blocks("| |\n|---|") == ()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (r"\- 甲", "- 甲"),
        (r"\# 甲", "# 甲"),
        (r"\![甲](乙)", "![甲](乙)"),
        (r"\| 甲 |", "| 甲 |"),
        (r"甲\\乙", r"甲\乙"),
        (r"甲\乙", r"甲\乙"),
        (r"\\**甲**", r"\甲"),
        (r"**甲\*\*乙**", "甲**乙"),
    ],
)
def test_a_backslash_keeps_a_sign(text: str, said: str) -> None:
    assert kinds(text) == [("body", said)]


def test_bold_text_behind_a_backslash_is_bold() -> None:
    (paragraph,) = blocks(r"\\**甲**")
    assert paragraph == Paragraph(Kind.BODY, (Run("\\"), Run("甲", bold=True)))


def test_a_long_text_takes_time_in_proportion() -> None:
    started = time.process_time()
    assert blocks("# " * 5_000 + "甲。" * 50)
    for line in ("文字", "- 项", "|甲|", "1.登记", "**", "![", "| - |"):
        blocks("\n".join([line] * 20_000))
    assert time.process_time() - started < 10
