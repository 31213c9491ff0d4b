"""A report in Markdown: readable as it is, and in viewers."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from gk_xlsx.documents.illustrations import Shown, illustration
from gk_xlsx.documents.markdown_report import render_markdown, statutory_table
from gk_xlsx.documents.narrative import TextBlock, TextSource, split
from gk_xlsx.form import Form, lay_out
from gk_xlsx.markdown import Kind, Paragraph, PipeTable, Run, blocks
from gk_xlsx.report import AnnualReport, Entry, EntryKind, written
from gk_xlsx.resources import form
from tests.made import clean_report, with_entries
from tests.made_pictures import png


def _texts(**parts: str) -> Mapping[str, tuple[TextBlock, ...]]:
    return {
        key: tuple(item for item in blocks(text) if isinstance(item, Paragraph | PipeTable))
        for key, text in parts.items()
    }


def _lines(report: AnnualReport, definition: Form, **parts: str) -> list[str]:
    text = render_markdown(report, definition, _texts(**parts)).decode()
    assert text.endswith("\n")
    return text.removesuffix("\n").split("\n")


def test_a_report_is_headings_text_tables_and_a_signature(
    zeros: AnnualReport, form_2021: Form
) -> None:
    lines = _lines(zeros, form_2021, preface="前言。", overview="（一）公开\n\n- 甲", other="无。")
    assert lines[:8] == [
        *("# 某某区档案局2021年政府信息公开工作年度报告", "", "前言。", ""),
        *("# 一、总体情况", "", "## （一）公开", ""),
    ]
    assert lines[8:10] == ["- 甲", ""]
    assert [line for line in lines if line.startswith("# ")][1:] == [
        f"# {section.heading}" for section in form_2021.sections
    ]
    assert lines[-5:] == ["无。", "", "某某区档案局", "", "2022年1月10日"]


@pytest.mark.parametrize("edition", ["2021", "2019"])
def test_each_label_and_figure_stands_once_where_the_form_prints_it(edition: str) -> None:
    report, definition = clean_report(edition), form(edition)
    for table in definition.tables:
        grid = lay_out(table)
        rows = [
            ["".join(run.text for run in cell) for cell in row]
            for row in statutory_table(table, report).rows
        ]
        for box in grid.boxes:
            said = written(report.entries[box.field.id]) if box.field else box.text
            assert rows[box.row][box.column] == said
        assert sum(bool(said) for row in rows for said in row) == sum(
            1 for box in grid.boxes if box.field or box.text
        )


def test_the_rows_of_a_table_are_as_wide_as_its_head(zeros: AnnualReport, form_2021: Form) -> None:
    """Viewers take no table whose second line has other cells than the first."""
    rows = [line for line in _lines(zeros, form_2021) if line.startswith("|")]
    widths = [row.count("|") - 1 for row in rows]
    assert widths == [4] * 15 + [10] * 29 + [15] * 5


@pytest.mark.parametrize(
    ("raw", "cell"),
    [
        ("-", r"\-"),
        ("--", r"\-\-"),
        ("5|6", r"5\|6"),
        ("<b>5</b>", r"\<b>5\</b>"),
        ("约5件\n不含转办", "约5件<br>不含转办"),
        ("**5**", r"\*\*5\*\*"),
    ],
)
def test_what_stands_in_a_cell_stays_in_it(
    raw: str, cell: str, zeros: AnnualReport, form_2021: Form
) -> None:
    report = with_entries(zeros, {"disputes.review.upheld": Entry(EntryKind.TEXT, raw=raw)})
    assert f"| {cell} | 0 | 0 |" in "\n".join(_lines(report, form_2021))


def test_no_text_becomes_markup(zeros: AnnualReport, form_2021: Form) -> None:
    text = Paragraph(Kind.BODY, (Run("# 甲 **乙** <script>x</script> ![a](b)"),))
    shown = render_markdown(zeros, form_2021, {"overview": (text,)}).decode()
    assert r"\# 甲 \*\*乙\*\* \<script>x\</script> \![a\](b)" in shown


def test_pictures_are_in_the_file(zeros: AnnualReport, form_2021: Form) -> None:
    picture = illustration(Shown(png()), "走访[一]")
    text = render_markdown(zeros, form_2021, {"overview": (picture,)}).decode()
    assert r"![走访[一\]](data:image/png;base64,iVBOR" in text


def test_the_text_of_it_serves_as_narrative(zeros: AnnualReport, form_2021: Form) -> None:
    parts = {"preface": "前言。", "overview": "（一）公开\n\n全年。", "problems": "一是少。"}
    text = render_markdown(zeros, form_2021, _texts(**parts)).decode()
    found = split(TextSource("报告.md", text), form_2021)
    for key, part in parts.items():
        assert blocks(found[key].text) == blocks(part)


def test_the_same_arguments_give_the_same_bytes(zeros: AnnualReport, form_2021: Form) -> None:
    assert render_markdown(zeros, form_2021, {}) == render_markdown(zeros, form_2021, {})


def test_a_title_may_be_given_for_once(zeros: AnnualReport, form_2021: Form) -> None:
    text = render_markdown(zeros, form_2021, {}, title="年度\n报告").decode()
    assert text.startswith("# 年度报告\n")
