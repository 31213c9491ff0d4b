"""Paragraphs and tables of a document as Markdown, and the Markdown read again."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gk_xlsx.markdown import Kind, Run, blocks
from gk_xlsx.markdown import Paragraph as Read
from gk_xlsx.published.model import Block, Cell, Paragraph, Table
from gk_xlsx.published.texts import MOST_CELLS, as_markdown
from gk_xlsx.sources.plain_text import read_text

SIGNS = st.text("甲乙丙。（一）1. \\*#+-•|![]()<>&br/`_~：{}\u3000", min_size=1, max_size=30)
LINES = SIGNS.map(str.strip).filter(bool)
KINDS = {0: Kind.BODY, 2: Kind.HEADING2, 3: Kind.HEADING3, 4: Kind.HEADING4}


@given(LINES)
def test_a_paragraph_says_the_same_after_it_was_written(text: str) -> None:
    (found,) = blocks(as_markdown([Paragraph((Run(text),))]))
    assert isinstance(found, Read)
    assert found.text == text


@given(st.lists(LINES, min_size=1, max_size=5))
def test_paragraphs_stay_apart(texts: list[str]) -> None:
    found = blocks(as_markdown([Paragraph((Run(text),)) for text in texts]))
    assert [block.text for block in found if isinstance(block, Read)] == texts


@given(LINES, st.sampled_from(sorted(KINDS)))
def test_a_heading_stays_what_it_is(text: str, level: int) -> None:
    if level:
        (found,) = blocks(as_markdown([Paragraph((Run(f"甲{text}"),), level)]))
        assert isinstance(found, Read)
        assert (found.kind, found.text) == (KINDS[level], f"甲{text}")


@given(LINES, LINES)
def test_bold_text_stays_bold(bold: str, rest: str) -> None:
    (found,) = blocks(as_markdown([Paragraph((Run("甲"), Run(bold, bold=True), Run(rest)))]))
    assert isinstance(found, Read)
    assert "".join(run.text for run in found.runs if run.bold) == bold


@given(st.lists(st.lists(SIGNS.map(str.strip), min_size=2, max_size=2), min_size=1, max_size=4))
def test_a_table_says_the_same_after_it_was_written(rows: list[list[str]]) -> None:
    cells = tuple(
        Cell(row, column, text)
        for row, texts in enumerate([["甲", "乙"], *rows])
        for column, text in enumerate(texts)
    )
    document = read_text(as_markdown([Table(cells)]).encode())
    (found,) = document.blocks
    assert isinstance(found, Table)
    assert found.cells == cells


@pytest.mark.parametrize(
    ("block", "expected"),
    [
        (Paragraph((Run("（一）主动公开"),), 2), "（一）主动公开"),
        (Paragraph((Run("（一）主动公开"),), 3), "### （一）主动公开"),
        (Paragraph((Run("主动公开"),), 2), "## 主动公开"),
        (Paragraph((Run("主动公开"),), 6), "#### 主动公开"),
        (Paragraph((Run("主动\n公开"),), 2), "## 主动 公开"),
        (Paragraph((Run("主动\n公开"),)), "主动\n公开"),
        (Paragraph((Run("事项"),), listed="-"), "- 事项"),
        (Paragraph((Run("事项"),), listed="1."), "1. 事项"),
        (Paragraph((Run("事项"),), listed="（1）"), "（1）事项"),
        (Paragraph((Run("  "),)), ""),
        (Table(()), ""),
    ],
)
def test_blocks_are_written_as_offices_write_them(block: Block, expected: str) -> None:
    assert as_markdown([block]) == expected


def test_the_level_counts_from_the_heading_of_the_section() -> None:
    assert as_markdown([Paragraph((Run("主动公开"),), 3)], section_level=2) == "## 主动公开"


def test_a_huge_table_is_no_part_of_the_text() -> None:
    huge = Table((Cell(0, 0, "甲"), Cell(MOST_CELLS, 1, "乙")))
    assert "表格过大" in as_markdown([huge])
