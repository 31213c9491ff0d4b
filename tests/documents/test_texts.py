"""Lists, tables and pictures of the office's own text in the finished document."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn
from docx.shared import Mm
from docx.text.paragraph import Paragraph

from gk_xlsx.documents.docx import render_docx
from gk_xlsx.documents.figures import figures_of
from gk_xlsx.documents.illustrations import Shown
from gk_xlsx.documents.narrative import TextBlock, TextSource, render
from gk_xlsx.documents.template import build_template
from gk_xlsx.errors import GkXlsxError, NarrativeError
from gk_xlsx.form import Form
from gk_xlsx.pictures import PictureError
from gk_xlsx.report import AnnualReport
from gk_xlsx.units import Unit
from tests.office.package_lint import lint_docx
from tests.office.validator import Validator
from tests.office.word import word_document
from tests.sources.word import png
from tests.test_pictures import bmp, gif, jpeg

PICTURES = {
    "宽.png": Shown(png(1600, 400)),
    "高.png": Shown(png(500, 2000)),
    "小.png": Shown(png(96, 48)),
    "Word.png": Shown(png(400, 200), width_mm=50),
    "坏.png": Shown(png()[:30]),
    "照片.png": Shown(jpeg(300, 200)),
    "动图.gif": Shown(gif(300, 200)),
    "位图.bmp": Shown(bmp(2, 2)),
}
FORMATS = "\n\n![](小.png)\n\n![](照片.png)\n\n![](动图.gif)\n\n![](位图.bmp)\n"
TEXT = """说明如下：
- 建立清单
- **按季**检查

![图1 办理情况](宽.png)

| 栏目 | 件数 |
| --- | --- |
| 政府文件 | 12<br>**件** |

![](小.png)
![图2 "流程"&<图>](小.png)
"""


def album(path: str) -> Shown:
    if path not in PICTURES:
        raise PictureError("没有这个文件")
    return PICTURES[path]


def blocks(text: str, report: AnnualReport, form: Form) -> dict[str, tuple[TextBlock, ...]]:
    source = TextSource("文.md", text, album=album)
    return dict(render({"overview": source}, figures_of(report, form)))


def printed(text: str, report: AnnualReport, form: Form) -> docx.document.Document:
    return docx.Document(io.BytesIO(render_docx(report, form, blocks(text, report, form))))


def paragraph(document: docx.document.Document, style: str) -> list[Paragraph]:
    return [item for item in document.paragraphs if item.style and item.style.name == style]


def test_items_of_a_list_have_the_mark_of_a_real_list(zeros: AnnualReport, form_2021: Form) -> None:
    items = paragraph(printed(TEXT, zeros, form_2021), "年报列表")
    assert [item.text for item in items] == ["建立清单", "按季检查"]
    assert [run.bold for run in items[1].runs if run.text] == [True, None]
    assert items[0].style is not None
    numbered = items[0].style.element.find(f"{qn('w:pPr')}/{qn('w:numPr')}/{qn('w:numId')}")
    assert numbered.get(qn("w:val")) == "1"


def test_a_table_of_ones_own_has_borders_a_head_and_room_below(
    zeros: AnnualReport, form_2021: Form
) -> None:
    table = printed(TEXT, zeros, form_2021).tables[0]
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["栏目", "件数"],
        ["政府文件", "12\n件"],
    ]
    assert table.style is not None
    assert table.style.name == "年报表格"
    head, body = (row._tr.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") for row in table.rows)
    assert head is not None
    assert body is None
    below = table._tbl.getnext()
    assert below is not None
    assert below.tag == qn("w:p")


def test_a_table_at_the_end_of_a_part_stays_apart_from_the_statutory_one(
    zeros: AnnualReport, form_2021: Form
) -> None:
    source = TextSource("文.md", "| 甲 |\n|---|\n| 1 |")
    texts = render({"proactive": source}, figures_of(zeros, form_2021))
    document = docx.Document(io.BytesIO(render_docx(zeros, form_2021, texts)))
    behind = document.tables[0]._tbl.getnext()
    assert behind is not None
    assert behind.tag == qn("w:p")


@pytest.mark.parametrize(
    ("name", "width_mm", "height_mm"),
    [
        ("宽.png", 156, 39),
        ("高.png", 205 / 4, 205),
        ("小.png", 25.4, 12.7),
        ("Word.png", 50, 25),
    ],
)
def test_a_picture_fits_the_text_area_and_is_never_enlarged(
    zeros: AnnualReport, form_2021: Form, name: str, width_mm: float, height_mm: float
) -> None:
    (shape,) = printed(f"![]({name})", zeros, form_2021).inline_shapes
    assert (shape.width, shape.height) == pytest.approx((Mm(width_mm), Mm(height_mm)), abs=40)


def test_a_caption_stands_below_its_picture_and_is_its_other_text(
    zeros: AnnualReport, form_2021: Form
) -> None:
    document = printed(TEXT, zeros, form_2021)
    assert [item.text for item in paragraph(document, "年报图题")] == [
        "图1 办理情况",
        '图2 "流程"&<图>',
    ]
    (first, second, third) = (
        item._p.find(f".//{qn('wp:docPr')}") for item in paragraph(document, "年报图片")
    )
    words = [item.get("descr") for item in (first, second, third) if item is not None]
    assert words == ["图1 办理情况", "图片", '图2 "流程"&<图>']


def test_the_same_picture_twice_is_one_file(zeros: AnnualReport, form_2021: Form) -> None:
    document = printed(TEXT, zeros, form_2021)
    images = [part for part in document.part.package.parts if "/media/" in part.partname]
    assert len(images) == 2
    assert {part.content_type for part in images} == {"image/png"}


def test_same_text_and_pictures_give_the_same_bytes(zeros: AnnualReport, form_2021: Form) -> None:
    texts = blocks(TEXT, zeros, form_2021)
    assert render_docx(zeros, form_2021, texts) == render_docx(zeros, form_2021, texts)


def test_nothing_of_it_has_to_be_repaired(zeros: AnnualReport, form_2021: Form) -> None:
    assert lint_docx(render_docx(zeros, form_2021, blocks(TEXT, zeros, form_2021))) == []


def test_every_format_is_printed_as_what_it_is(zeros: AnnualReport, form_2021: Form) -> None:
    data = render_docx(zeros, form_2021, blocks(FORMATS, zeros, form_2021))
    assert lint_docx(data) == []
    parts = docx.Document(io.BytesIO(data)).part.package.parts
    kinds = {part.content_type for part in parts if "/media/" in part.partname}
    assert kinds == {"image/png", "image/jpeg", "image/gif", "image/bmp"}


@pytest.mark.office
def test_a_document_with_pictures_is_valid_open_xml(
    zeros: AnnualReport, form_2021: Form, validator: Validator, tmp_path: Path
) -> None:
    path = tmp_path / "图.docx"
    path.write_bytes(render_docx(zeros, form_2021, blocks(TEXT + FORMATS, zeros, form_2021)))
    assert validator.validate([path]) == []


# -- pictures that cannot be had -------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("甲\n\n![图](无.png)", "文.md 第3行：图片“无.png”不能用：没有这个文件"),
        ("![图](坏.png)", "文.md 第1行：图片“坏.png”不能用：图片不完整"),
        ("见![图](小.png)。", "文.md 第1行：图片要单独占一行"),
        ("| ![图](小.png) |\n|---|", "文.md 第1行：图片要单独占一行"),
        ("![图]({{ 年 }}.png)", "文.md 第1行：图片的文件名里不能用花括号"),
    ],
)
def test_a_picture_that_cannot_be_printed_is_a_problem_in_its_line(
    zeros: AnnualReport, form_2021: Form, text: str, said: str
) -> None:
    with pytest.raises(NarrativeError) as caught:
        blocks(text, zeros, form_2021)
    assert caught.value.problems[0].startswith(said)


def test_pictures_and_figures_are_complained_of_in_one_go(
    zeros: AnnualReport, form_2021: Form
) -> None:
    with pytest.raises(NarrativeError) as caught:
        blocks("![图](无.png)\n\n{{ 三.新增 }}", zeros, form_2021)
    assert len(caught.value.problems) == 2


def test_a_workbooks_text_says_where_pictures_can_be(zeros: AnnualReport, form_2021: Form) -> None:
    source = TextSource("基层.xlsx［一、总体情况］", "甲\n\n![图](1.png)", by_paragraph=True)
    with pytest.raises(
        NarrativeError, match=r"基层\.xlsx［一、总体情况］ 第2段：图片“1\.png”.*--narrative"
    ):
        render({"overview": source}, figures_of(zeros, form_2021))


def test_a_picture_that_only_a_name_looks_like_is_text(
    zeros: AnnualReport, form_2021: Form
) -> None:
    report = replace(zeros, unit=Unit("![甲](小.png)"))
    lines = [item.text for item in printed("{{ 单位 }}", report, form_2021).paragraphs]
    assert "![甲](小.png)" in lines[2:]


def test_a_caption_may_name_figures(zeros: AnnualReport, form_2021: Form) -> None:
    document = printed("![图1 {{ 年 }}年情况](小.png)", zeros, form_2021)
    assert paragraph(document, "年报图题")[0].text == "图1 2021年情况"


# -- templates -------------------------------------------------------------------------------


def older(form: Form, kind: str) -> bytes:
    """The template as it was before a kind of block was there."""
    document = docx.Document(io.BytesIO(build_template(form)))
    lines = list(document.paragraphs)
    at = next(n for n, line in enumerate(lines) if f"'{kind}'" in line.text)
    for line in lines[at : at + 2]:
        document._body._element.remove(line._p)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("kind", "text", "named"),
    [
        ("listed", "- 甲", "列表"),
        ("picture", "![](小.png)", "图片"),
        ("caption", "![图1](小.png)", "图题"),
        ("table", "| 甲 |\n|---|\n| 1 |", "表格"),
    ],
)
def test_a_template_that_would_drop_something_says_so(
    zeros: AnnualReport, form_2021: Form, kind: str, text: str, named: str
) -> None:
    template = older(form_2021, kind)
    texts = blocks(text, zeros, form_2021)
    with pytest.raises(GkXlsxError, match=f"文字里有{named}，模板还不能打印"):
        render_docx(zeros, form_2021, texts, template=template)
    plain = blocks("只有文字。", zeros, form_2021)
    assert render_docx(zeros, form_2021, plain, template=template)


def test_a_template_with_a_loop_of_its_own_prints_all_but_tables(
    zeros: AnnualReport, form_2021: Form
) -> None:
    loop = ("{%p for block in texts.overview %}", "{{r block.runs }}", "{%p endfor %}")
    template = word_document(*loop)
    texts = blocks("- 甲\n\n![图1](小.png)", zeros, form_2021)
    data = render_docx(zeros, form_2021, texts, template=template)
    assert [item.text for item in docx.Document(io.BytesIO(data)).paragraphs] == ["甲", "", "图1"]
    with pytest.raises(GkXlsxError, match="文字里有表格，模板还不能打印"):
        render_docx(zeros, form_2021, blocks(TEXT, zeros, form_2021), template=template)


def test_a_template_without_the_text_prints_none_of_it(
    zeros: AnnualReport, form_2021: Form
) -> None:
    template = word_document("{{ title }}")
    texts = blocks(TEXT, zeros, form_2021)
    assert render_docx(zeros, form_2021, texts, template=template)


def test_of_a_template_with_broken_tags_the_tags_are_told(
    zeros: AnnualReport, form_2021: Form
) -> None:
    template = word_document("{{ title }}{% if %}")
    with pytest.raises(GkXlsxError, match="写错的标记"):
        render_docx(zeros, form_2021, blocks(TEXT, zeros, form_2021), template=template)


def test_styles_renamed_by_word_are_found_by_their_names(
    zeros: AnnualReport, form_2021: Form
) -> None:
    document = docx.Document(io.BytesIO(build_template(form_2021)))
    names = {"年报表格": "af1", "表格数字": "af2", "表格表头": "af3"}
    for style in document.styles:
        if style.name in names:
            style.element.set(qn("w:styleId"), names[style.name])
    buffer = io.BytesIO()
    document.save(buffer)
    template = buffer.getvalue()
    data = render_docx(zeros, form_2021, blocks(TEXT, zeros, form_2021), template=template)
    table = docx.Document(io.BytesIO(data)).tables[0]
    assert table.style is not None
    assert table.style.style_id == "af1"
    head = table.cell(0, 0).paragraphs[0].style
    assert head is not None
    assert head.style_id == "af3"
