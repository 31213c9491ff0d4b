"""A Word document with a report's text: figures, places, pictures, tables."""

from __future__ import annotations

import pytest

from gk_xlsx.documents.figures import figures_of
from gk_xlsx.documents.illustrations import Illustration
from gk_xlsx.documents.narrative import TextBlock, TextSource, render, split
from gk_xlsx.documents.word_text import text_of_word
from gk_xlsx.errors import NarrativeError
from gk_xlsx.form import Form
from gk_xlsx.markdown import Kind, Paragraph, PipeTable, Run
from gk_xlsx.report import AnnualReport
from gk_xlsx.sources.docx import read_docx
from tests.sources.word import numbered, p, picture, png, r, styled, tbl, tr, word

STYLES = (
    '<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="2"><w:name w:val="heading 2"/></w:style>'
)
NUMBERING = (
    '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/>'
    '<w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl>'
    '<w:lvl w:ilvl="1"><w:numFmt w:val="bullet"/><w:lvlText w:val="l"/></w:lvl></w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
)
BOLD = "<w:b/>"


def source(body: str) -> TextSource:
    data = word(body, styles=STYLES, numbering=NUMBERING, media={"a": png()})
    return text_of_word("文字.docx", read_docx(data))


def rendered(body: str, report: AnnualReport, form: Form) -> dict[str, tuple[TextBlock, ...]]:
    return dict(render(split(source(body), form), figures_of(report, form)))


def problems(body: str, report: AnnualReport, form: Form) -> tuple[str, ...]:
    with pytest.raises(NarrativeError) as caught:
        rendered(body, report, form)
    return caught.value.problems


def texts(blocks: tuple[TextBlock, ...]) -> list[str]:
    return [block.text for block in blocks if isinstance(block, Paragraph)]


def test_sections_begin_at_their_headings(zeros: AnnualReport, form_2021: Form) -> None:
    body = (
        p("某某区档案局")
        + p("2021年政府信息公开工作年度报告")
        + p("前言。")
        + styled("一、总体情况", "1")
        + styled("（一）主动公开", "2")
        + p("全年公开。")
        + p("六、其他需要报告的事项")
        + p("无。")
    )
    found = rendered(body, zeros, form_2021)
    assert {key: texts(blocks) for key, blocks in found.items()} == {
        "preface": ["前言。"],
        "overview": ["（一）主动公开", "全年公开。"],
        "other": ["无。"],
    }


def test_headings_that_word_numbers_are_headings(zeros: AnnualReport, form_2021: Form) -> None:
    found = rendered(numbered("总体情况") + p("甲。"), zeros, form_2021)
    assert texts(found["overview"]) == ["甲。"]


def test_figures_are_put_in_wherever_word_parts_their_braces(
    zeros: AnnualReport, form_2021: Form
) -> None:
    parted = r("新收{") + r("{ 三.新", BOLD) + r("收.总计") + "<w:r><w:br/></w:r>" + r(" }}件")
    found = rendered(styled("一、总体情况", "1") + p(parted), zeros, form_2021)
    assert texts(found["overview"]) == ["新收0件"]


def test_what_stands_in_braces_is_no_markdown(zeros: AnnualReport, form_2021: Form) -> None:
    body = (
        styled("一、总体情况", "1")
        + p(r("共{{ 2 * 3 }}件，", BOLD) + r("{% if 三.新收.总计 <1 %}无{% endif %}"))
        + tbl(tr("甲", "乙"), tr("数", "{{ 三.新收.总计 | abs }}"))
        + p("{{ “有” if 三.新收.总计 else ‘没有’ }}申请")
    )
    found = rendered(body, zeros, form_2021)["overview"]
    assert texts(found) == ["共6件，无", "没有申请"]
    (table,) = (block for block in found if isinstance(block, PipeTable))
    assert table.rows[1] == ((Run("数"),), (Run("0"),))


def test_a_condition_may_span_paragraphs(zeros: AnnualReport, form_2021: Form) -> None:
    body = styled("一、总体情况", "1") + p("{% if 三.新收.总计 > 0 %}") + p("有。")
    found = rendered(body + p("{% else %}") + p("无。") + p("{% endif %}"), zeros, form_2021)
    assert texts(found["overview"]) == ["无。"]


def test_signs_of_markdown_in_the_text_are_text(zeros: AnnualReport, form_2021: Form) -> None:
    body = styled("一、总体情况", "1") + p("# 不是标题") + p("- 不是列表") + p("![甲](乙.png)")
    found = rendered(body, zeros, form_2021)["overview"]
    assert texts(found) == ["# 不是标题", "- 不是列表", "![甲](乙.png)"]


def test_lists_and_looks_stay(zeros: AnnualReport, form_2021: Form) -> None:
    body = (
        styled("一、总体情况", "1") + numbered("登记", level=1) + p(r("一是", BOLD) + r("领导。"))
    )
    item, text = rendered(body, zeros, form_2021)["overview"]
    assert item == Paragraph(Kind.LISTED, (Run("登记"),))
    assert text == Paragraph(Kind.BODY, (Run("一是", bold=True), Run("领导。")))


def test_pictures_come_with_their_size_and_caption(zeros: AnnualReport, form_2021: Form) -> None:
    body = styled("一、总体情况", "1") + p(picture("a", 80, 40)) + p("图1 {{ 年 }}年")
    (shown,) = rendered(body, zeros, form_2021)["overview"]
    assert isinstance(shown, Illustration)
    assert shown.caption == "图1 2021年"
    assert shown.width_mm == pytest.approx(80)


# -- problems --------------------------------------------------------------------------------


def test_problems_are_named_by_paragraph_and_its_beginning(
    zeros: AnnualReport, form_2021: Form
) -> None:
    body = (
        styled("一、总体情况", "1")
        + p()
        + p("本年度新收政府信息公开申请{{ 三.新增.总计 }}件。")
        + tbl(tr("甲", "{{ 三.无 }}"), tr("乙", "1"))
    )
    first, second = problems(body, zeros, form_2021)
    assert first.startswith("文字.docx 第2段“本年度新收政府信息公开申……”：没有“三.新增")
    assert second.startswith("文字.docx 第1个表格：")


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (styled("七、别的", "1"), "文字.docx 第1段“七、别的”：不认识的一级标题“七、别的”"),
        (
            p("六、其他需要报备的事项"),
            "文字.docx 第1段“六、其他需要报备的事项”：标题“六、其他需要报备的事项”应为“六、其他",
        ),
        (
            styled("一、总体情况", "1") + p("五、存在问题"),
            "文字.docx 第2段“五、存在问题”：标题“五、存在问题”应为“五、存在的主要问题及改进情况”",
        ),
        (
            p("一、总体情况") + p("甲") + p("一、总体情况"),
            "文字.docx 第3段“一、总体情况”：“一、总体情况”出现两次（前一次在第1段“一、总体情况”）",
        ),
        (p(picture("b")), "文字.docx 第1段：图片“第1幅图片”不能用：第1段的图片是链接的外部图片"),
        (p("{{ 三.新收.总计 }"), "文字.docx 第1段“{{ 三.新收.总计 }”：花括号里的写法有误"),
        (p("{% if 年 %}") + p("甲"), "文字.docx 第1段“{% if 年 %}”：花括号里的写法有误"),
    ],
)
def test_each_problem_says_where_and_what(
    zeros: AnnualReport, form_2021: Form, body: str, said: str
) -> None:
    (problem,) = problems(body, zeros, form_2021)
    assert problem.startswith(said)
