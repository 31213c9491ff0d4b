"""What is written as Markdown is read as the same."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gk_xlsx.markdown import Kind, Paragraph, PictureLine, PipeTable, Run, blocks
from gk_xlsx.markdown_written import written, written_block, written_runs

SIGNS = st.text("甲乙。（一）1. \n\\*#+-•|![]()<>&br/`_~：{}\u3000\u00a0", max_size=40)


@given(SIGNS)
def test_whatever_was_read_is_written_and_read_the_same(text: str) -> None:
    once = blocks(text)
    assert blocks(written(once)) == once


@given(SIGNS, SIGNS, SIGNS)
def test_a_text_stands_as_it_is_in_any_place(text: str, caption: str, cell: str) -> None:
    line, words, inside = (" ".join(part.split()) for part in (text, caption, cell))
    body = Paragraph(Kind.BODY, (Run(f"文{line}字"),))
    assert blocks(written_runs(body.runs)) == (body,)
    assert blocks(written_block(PictureLine("图/1.png", words))) == (
        PictureLine("图/1.png", words),
    )
    table = PipeTable((((Run(f"甲{inside}"),), ()), ((), (Run(f"{inside}乙"),))))
    assert blocks(written_block(table)) == (table,)


@pytest.mark.parametrize(
    ("runs", "expected"),
    [
        ([Run("一是", bold=True), Run("加强领导。")], "**一是**加强领导。"),
        ([Run(" 一是 ", bold=True), Run("加强。")], "**一是** 加强。"),
        ([Run("甲", bold=True), Run("乙", bold=True, lead=True)], "**甲乙**"),
        ([Run(" ", bold=True)], ""),
        ([Run("2*3*4")], "2*3*4"),
        ([Run("*"), Run("甲", bold=True)], r"\***甲**"),
        ([Run("- 甲\n# 乙\n|丙")], "\\- 甲\n\\# 乙\n\\|丙"),
        ([Run("甲\n\n  乙")], "甲\n乙"),
        ([Run("a<5, <script>")], r"a<5, \<script>"),
    ],
)
def test_signs_get_a_backslash_only_where_they_would_mean_something(
    runs: list[Run], expected: str
) -> None:
    assert written_runs(runs) == expected


def test_each_kind_of_paragraph_has_its_mark() -> None:
    parts = tuple(Paragraph(kind, (Run("主动公开"),)) for kind in Kind)
    assert written(parts).split("\n\n") == [
        "主动公开",
        "## 主动公开",
        "### 主动公开",
        "#### 主动公开",
        "- 主动公开",
    ]
    assert blocks(written(parts)) == parts


def test_the_items_of_a_list_stand_together() -> None:
    items = [Paragraph(Kind.LISTED, (Run(text),)) for text in ("甲", "乙\n丙")]
    text = written([*items, Paragraph(Kind.BODY, (Run("丁"),)), items[0]])
    assert text == "- 甲\n- 乙\n丙\n\n丁\n\n- 甲"


def test_a_table_without_a_head_has_an_empty_one() -> None:
    table = PipeTable((((Run("甲"),), (Run("-"),)),), headed=False)
    assert written_block(table) == "|  |  |\n| --- | --- |\n| 甲 | \\- |"
    assert blocks(written_block(table)) == (table,)


def test_a_file_name_with_a_space_stands_in_brackets() -> None:
    picture = PictureLine("图 (1).png", "走访[一]")
    assert written_block(picture) == r"![走访[一\]](<图 (1).png>)"
    assert blocks(written_block(picture)) == (picture,)
