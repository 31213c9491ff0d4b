"""Huge and senseless documents end in time that grows with their size, or with a clear refusal."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gk_xlsx.errors import UnreadableError
from gk_xlsx.form import lay_out
from gk_xlsx.markdown import Run
from gk_xlsx.published.model import Block, Cell, Document, Paragraph, Table
from gk_xlsx.report import EntryKind
from gk_xlsx.resources import form
from tests.published.grids import table
from tests.published.reading import clean_page, paragraphs, read

LABELS = [box.text for key in form("2021").tables for box in lay_out(key).labels]


def seconds(document: Document) -> float:
    start = time.process_time()
    with suppress(UnreadableError):
        read(document)
    return time.process_time() - start


def rows(count: int, text: Callable[[int, int], str]) -> Table:
    return Table(tuple(Cell(row, at, text(row, at)) for row in range(count) for at in range(20)))


SHAPES: dict[str, Callable[[int], tuple[Block, ...]]] = {
    "a ledger": lambda size: (rows(size, lambda row, at: f"{row}{at}"),),
    "a list of words": lambda size: (rows(size, lambda row, at: f"第{row}行第{at}项内容"),),
    "labels again and again": lambda size: (
        rows(size, lambda row, at: LABELS[row % len(LABELS)] if not at else "0"),
    ),
    "one label again and again": lambda size: (
        rows(size, lambda _, at: "规章" if not at else "1"),
    ),
    "pieces of labels": lambda size: (rows(size, lambda _, at: "一、本年新收"[at % 6]),),
    "many small tables": lambda size: tuple(
        Table((Cell(0, 0, "行政许可"), Cell(0, 1, str(number)))) for number in range(size)
    ),
    "many lines like headings": lambda size: paragraphs(
        *[f"五、存在的问题{n}" for n in range(size)]
    ),
    "one endless line": lambda size: paragraphs("甲一、总体情况（一）" * size * 5),
    "many short lines": lambda size: paragraphs(*["2023年政府信息公开年度报告"] * size * 5),
}


@pytest.mark.slow
@pytest.mark.parametrize("shape", SHAPES)
def test_time_grows_with_the_size(shape: str) -> None:
    small, large = (
        Document("网页", (*SHAPES[shape](size), *map(table, clean_page().grids)))
        for size in (500, 5_000)
    )
    seconds(small)
    least = min(seconds(small) for _ in range(3))
    # What shares the processor may hold one run up, never three.
    assert any(seconds(large) < 25 * max(least, 0.02) for _ in range(3))


@pytest.mark.slow
def test_a_page_of_100_000_cells_beside_the_tables_is_read() -> None:
    ledger = rows(5_000, lambda row, at: f"第{row}号{at}")
    page = clean_page()
    document = Document("网页", (ledger, *map(table, page.grids), ledger))
    start = time.process_time()
    report = read(document)
    assert time.process_time() - start < 30
    assert {entry.kind for entry in report.entries.values()} == {EntryKind.NUMBER}


TEXTS = st.one_of(
    st.sampled_from(
        ["", "0", "12", "１２", "/", "3①", "-5", "15 13", "甲", "第二十条第（一）项", *LABELS]
    ),
    st.text("总计其他一二三、（）0123 \n", max_size=12),
)
CELLS = st.builds(
    Cell,
    st.integers(0, 12),
    st.integers(0, 12),
    TEXTS,
    st.integers(1, 4),
    st.integers(1, 4),
)
BLOCKS: st.SearchStrategy[Block] = st.one_of(
    st.builds(Table, st.lists(CELLS, max_size=60).map(tuple), st.booleans()),
    st.builds(lambda text: Paragraph((Run(text),)), TEXTS),
)


@given(st.lists(BLOCKS, max_size=6), st.booleans())
def test_any_document_is_read_or_refused(blocks: list[Block], torn: bool) -> None:
    """Overlapping cells, labels in any order, tables of nothing: never an error of ours."""
    with suppress(UnreadableError):
        read(Document("网页", tuple(blocks), torn=torn))


@given(st.lists(BLOCKS, max_size=3), st.lists(BLOCKS, max_size=3))
def test_tables_between_anything_are_right_or_unknown(
    before: list[Block], after: list[Block]
) -> None:
    page = clean_page()
    report = read(Document("网页", (*before, *map(table, page.grids), *after)))
    for key, entry in report.entries.items():
        assert entry.value in (page.truth.get(key), None)
