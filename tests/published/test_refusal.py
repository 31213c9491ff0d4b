"""Documents that are no such report: what was looked for, and what they seem to be."""

from __future__ import annotations

from dataclasses import replace

import pytest

from gk_xlsx import resources
from gk_xlsx.errors import UnreadableError
from gk_xlsx.form import Table as FormTable
from gk_xlsx.published import assembly
from gk_xlsx.published.model import Cell, Document, Table
from gk_xlsx.published.sheets import MAX_CELLS
from gk_xlsx.published.statutory import MAX_COPIES
from gk_xlsx.report import Seen
from gk_xlsx.resources import form
from tests.published.grids import document, table
from tests.published.reading import clean_page, paragraphs, read, unknown

HEADINGS = [section.heading for section in form("2021").sections]


LIST = Cell(1, 0, "序号"), Cell(1, 1, "姓名")


def refusal(document: Document) -> str:
    with pytest.raises(UnreadableError) as caught:
        read(document)
    assert caught.value.fix
    return str(caught.value)


def test_a_refusal_says_what_was_looked_for() -> None:
    text = refusal(Document("文本", paragraphs("甲。")))
    assert "没有找到年度报告的三张法定表格" in text
    assert all(heading in text for heading in HEADINGS[1:4])
    assert "一、本年新收政府信息公开申请数量" in text


@pytest.mark.parametrize(
    ("document", "words"),
    [
        (Document("文本", ()), "文件里没有文字"),
        (
            Document("PDF", (), remarks=("第1页是扫描图片", "第2页是扫描图片")),
            "第1页是扫描图片；第2页是扫描图片",
        ),
        (
            Document("网页", paragraphs("某某局2016年政府信息公开工作年度报告", "一、概述")),
            "这是 2016 年的文件，2018 年及以前的年度报告没有统一格式",
        ),
        (
            Document("Word 文档", paragraphs("某某局2023年部门预算公开说明", "一、部门概况")),
            "文件开头是“某某局2023年部门预算公开说明”",
        ),
        (
            Document("Word 文档", paragraphs("某某局2023年政府信息公开工作年度报告", *HEADINGS)),
            "文件里只有年度报告的文字部分",
        ),
        (
            Document("表格文件", (Table((Cell(0, 0, ""), *LIST)),)),
            "文件开头是“序号、姓名”",
        ),
        (Document("表格文件", (Table((Cell(0, 0, " "),)),)), "文件里没有文字"),
    ],
)  # fmt: skip
def test_a_refusal_says_what_the_document_seems_to_be(document: Document, words: str) -> None:
    assert words in refusal(document)


def test_a_document_with_far_too_many_cells_is_refused() -> None:
    rows = MAX_CELLS // 100 + 1
    cells = tuple(Cell(row, column, "0") for row in range(rows) for column in range(100))
    assert "格数超过" in refusal(Document("网页", (Table(cells),)))


def test_cells_are_counted_as_often_as_they_are_seen() -> None:
    tall = tuple(Cell(0, column, "甲", rows=2000) for column in range(300))
    assert "格数超过" in refusal(Document("网页", (Table((*tall, Cell(1999, 300, "乙"))),)))


def test_a_collection_of_many_reports_is_refused() -> None:
    copies = [table(grid) for grid in clean_page().grids] * (MAX_COPIES + 1)
    assert f"有 {MAX_COPIES + 1} 张，不是一份报告" in refusal(Document("网页", tuple(copies)))


def labels(statutory: FormTable) -> str:
    rows = [row.label[-1] for row in statutory.rows if row.label]
    heads = [column.label[-1] for column in statutory.columns]
    return "0000000".join([*heads, *rows])


def test_tables_whose_cells_ran_together_are_unknown_and_said_to_be() -> None:
    """Page text without any cell: `15130000154` cannot be told apart."""
    definition = form("2021")
    parts = [
        section.heading + (labels(definition.table(section.table)) if section.table else "甲。")
        for section in definition.sections
    ]
    text = "".join(parts)
    report = read(Document("文本", paragraphs("某某局2023年政府信息公开工作年度报告", text)))
    assert set(unknown(report).values()) == {"表格的文字连成了一片，各格的数分不开"}
    assert len(unknown(report)) == 200
    assert [seen.found for seen in report.saw(Seen.TABLE_MISSING)] == [
        "表格的文字连成了一片，各格的数分不开"
    ] * 3
    assert set(report.narrative) == {"overview", "problems", "other"}


def one_a_line() -> Document:
    """Page text with every cell of its tables in a line of its own."""
    lines: list[str] = ["某某市某某局2023年政府信息公开工作年度报告"]
    page = clean_page()
    for section in form("2021").sections:
        lines.append(section.heading)
        if section.table:
            lines += [box.text for row in page.grid(section.table).rows for box in row if box.text]
        lines.append("按要求开展了各项工作。")
    return Document("文本", paragraphs(*lines), torn=True)


def test_tables_of_one_cell_a_line_are_said_to_be_that() -> None:
    report = read(one_a_line())
    assert set(unknown(report).values()) == {"表格成了一格一行的文字，分不清哪个数属于哪一格"}
    assert len(unknown(report)) == 200


def test_what_is_left_of_lost_tables_is_no_text_of_the_report() -> None:
    assert set(read(one_a_line()).narrative.values()) == {"按要求开展了各项工作。"}


def test_a_document_without_words_is_to_be_given_as_one_with_words() -> None:
    with pytest.raises(UnreadableError, match="没有文字") as caught:
        read(Document("表格文件", ()))
    assert "文字可以复制" in caught.value.fix
    with pytest.raises(UnreadableError) as caught:
        read(Document("表格文件", (Table((Cell(0, 0, "序号"),)),)))
    assert caught.value.fix == "请检查是否选错了文件。"


def test_every_edition_there_is_can_be_told() -> None:
    assert assembly.EDITIONS == resources.EDITIONS


def test_what_was_not_read_of_a_report_is_told() -> None:
    whole = document(clean_page(), "Word 文档")
    report = read(replace(whole, remarks=("文档里嵌入了其他文件，没有读取",)))
    [seen] = report.saw(Seen.NOT_READ)
    assert seen.found == "文档里嵌入了其他文件，没有读取"
