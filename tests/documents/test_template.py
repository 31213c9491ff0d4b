"""The generated Word template: what the layout standard and docxtpl ask of it."""

from __future__ import annotations

import io
import zipfile

import docx
import pytest
from docx.oxml.ns import qn
from docx.table import Table as WordTable
from docx.text.paragraph import Paragraph

from gk_xlsx.documents.tables import TEXT_WIDTH, scaled
from gk_xlsx.documents.template import build_template
from gk_xlsx.form import Form, lay_out
from gk_xlsx.resources import EDITIONS, form, template

pytestmark = pytest.mark.parametrize("edition", EDITIONS)


def _document(edition: str) -> docx.document.Document:
    return docx.Document(io.BytesIO(build_template(form(edition))))


def _tables(edition: str) -> list[tuple[WordTable, Form, int]]:
    tables = _document(edition).tables
    return [(table, form(edition), number) for number, table in enumerate(tables)]


def test_the_packaged_template_is_what_the_form_gives(edition: str) -> None:
    assert template(edition, "report.docx").read_bytes() == build_template(form(edition))


def test_no_part_carries_a_time(edition: str) -> None:
    with zipfile.ZipFile(io.BytesIO(build_template(form(edition)))) as package:
        assert {info.date_time[0] for info in package.infolist()} == {1980}


def test_every_label_stands_in_its_printed_place(edition: str) -> None:
    for table, definition, number in _tables(edition):
        grid = lay_out(definition.tables[number])
        assert (len(table.rows), len(table.columns)) == (grid.height, grid.width)
        for box in grid.labels:
            corner = table.cell(box.row, box.column)
            assert corner.text == box.text
            far = table.cell(box.row + box.rows - 1, box.column + box.columns - 1)
            assert far.text == box.text


def test_every_field_has_one_tag(edition: str) -> None:
    tags = [
        cell.text
        for table, definition, number in _tables(edition)
        for box in lay_out(definition.tables[number]).places.values()
        for cell in [table.cell(box.row, box.column)]
    ]
    assert len(set(tags)) == len(form(edition).fields)
    assert all(tag.startswith("{{ 表.") and tag.endswith(" }}") for tag in tags)


def test_tables_fill_the_text_width_in_the_official_proportion(edition: str) -> None:
    for table, definition, number in _tables(edition):
        official = definition.tables[number].twips
        widths = [int(column.get(qn("w:w"), "0")) for column in table._tbl.tblGrid]
        assert sum(widths) == TEXT_WIDTH
        assert widths == list(scaled(official, TEXT_WIDTH))
        assert widths == pytest.approx(
            [width * TEXT_WIDTH / sum(official) for width in official], abs=1
        )


def test_head_rows_repeat_and_no_row_splits(edition: str) -> None:
    for table, definition, number in _tables(edition):
        rows = [row._tr.trPr for row in table.rows]
        repeated = [row.find(qn("w:tblHeader")) is not None for row in rows]
        heads = lay_out(definition.tables[number]).head_rows
        assert repeated == [True] * heads + [False] * (len(rows) - heads)
        assert all(row.find(qn("w:cantSplit")) is not None for row in rows)


def test_the_page_is_a4_with_the_standards_margins_and_line_grid(edition: str) -> None:
    section = _document(edition).sections[0]
    sizes = (section.page_width, section.page_height)
    margins = (
        *(section.top_margin, section.left_margin),
        *(section.bottom_margin, section.right_margin),
    )
    assert [round(size.mm) for size in sizes if size] == [210, 297]
    assert [round(margin.mm) for margin in margins if margin] == [37, 28, 35, 26]
    grid = section._sectPr.find(qn("w:docGrid"))
    assert grid is not None
    assert (grid.get(qn("w:type")), grid.get(qn("w:linePitch"))) == ("lines", "579")


def test_odd_and_even_pages_are_numbered_at_their_outer_edges(edition: str) -> None:
    document = _document(edition)
    assert document.settings.odd_and_even_pages_header_footer
    section = document.sections[0]
    odd, even = section.footer.paragraphs[0], section.even_page_footer.paragraphs[0]
    assert [_style(odd), _style(even)] == ["页码（单页）", "页码（双页）"]
    assert "PAGE" in odd._p.xml
    assert odd.style is not None
    assert odd.style.font.size == docx.shared.Pt(14)


def test_every_paragraph_has_a_named_style(edition: str) -> None:
    document = _document(edition)
    in_cells = [
        paragraph
        for table in document.tables
        for row in table.rows
        for cell in row.cells
        for paragraph in cell.paragraphs
    ]
    used = {_style(paragraph) for paragraph in (*document.paragraphs, *in_cells)}
    assert used == {
        *("年报标题", "年报正文", "年报一级标题", "年报二级标题", "年报三级标题", "年报四级标题"),
        *("年报列表", "年报图片", "年报图题"),
        *("表格表头", "表格文字", "表格数字", "表格窄列数字", "落款", "模板标记"),
    }


def test_the_forms_notes_are_not_printed(edition: str) -> None:
    text = "".join(paragraph.text for paragraph in _document(edition).paragraphs)
    assert "文字描述" not in text


def _style(paragraph: Paragraph) -> str:
    assert paragraph.style is not None
    return paragraph.style.name or ""
