"""Paragraphs of Word documents: their text as Word shows it, their headings, their order."""

from __future__ import annotations

import pytest

from gk_xlsx.markdown import Run
from gk_xlsx.published.model import Paragraph
from gk_xlsx.sources.docx import read_docx
from tests.sources.word import (
    numbered,
    p,
    paragraphs,
    picture,
    png,
    prompt,
    r,
    read,
    shown,
    styled,
    tables,
    tbl,
    tc,
    text_box,
    tr,
    word,
)

BOLD = "<w:b/>"
FIELD = (
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGE 99</w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="separate"/></w:r>{}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
)
RUBY = f"<w:rubyBase>{r('临')}</w:rubyBase><w:rt>{r('lín')}</w:rt>"
STYLES = (
    '<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/><w:basedOn w:val="a"/>'
    "<w:rPr><w:b/></w:rPr></w:style>"
    '<w:style w:type="paragraph" w:styleId="2"><w:name w:val="公文二级"/><w:basedOn w:val="1"/>'
    '<w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="bold"><w:name w:val="强调段"/>'
    "<w:rPr><w:b/></w:rPr></w:style>"
    '<w:style w:type="character" w:styleId="s"><w:name w:val="要点"/><w:rPr><w:b/></w:rPr>'
    "</w:style>"
    '<w:style w:type="character" w:styleId="h"><w:name w:val="批注文字"/><w:rPr><w:vanish/>'
    "</w:rPr></w:style>"
    '<w:style w:type="paragraph" w:styleId="t1"><w:name w:val="toc 1"/></w:style>'
)


def text(body: str, styles: str = "") -> str:
    (paragraph,) = paragraphs(read(body, styles=styles))
    return paragraph.text


def runs(body: str, styles: str = "") -> tuple[Run, ...]:
    (paragraph,) = paragraphs(read(body, styles=styles))
    return paragraph.runs


# -- text ------------------------------------------------------------------------------------


def test_a_paragraph_is_its_runs_joined_with_its_place() -> None:
    (paragraph,) = read(p(r("全年") + r("收到", BOLD) + r("申请", BOLD) + r("。"))).blocks
    said = (Run("全年"), Run("收到申请", bold=True), Run("。"))
    assert paragraph == Paragraph(said, place="第1段")


def test_blank_paragraphs_are_nothing_and_are_not_counted() -> None:
    first, second = paragraphs(read(p("甲") + p() + p(" \u3000") + p("　　乙 ")))
    assert (first.place, second.place, second.text) == ("第1段", "第2段", "乙")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (r("甲") + "<w:r><w:br/></w:r>" + r("乙"), "甲\n乙"),
        (r("甲") + "<w:r><w:tab/><w:t>乙</w:t></w:r>", "甲\t乙"),
        (r("甲") + '<w:r><w:br w:type="page"/></w:r>' + r("乙"), "甲乙"),
        (r("2021") + "<w:r><w:noBreakHyphen/></w:r>" + r("5"), "2021-5"),
        (r("甲") + "<w:r><w:softHyphen/></w:r>" + r("\u00ad\u200b乙"), "甲乙"),
        (f'<w:hyperlink r:id="x">{r("公开专栏")}</w:hyperlink>', "公开专栏"),
        (f"<w:smartTag>{r('临江')}</w:smartTag>{r('区')}", "临江区"),
        (f"<w:sdt><w:sdtContent>{r('填好的')}</w:sdtContent></w:sdt>", "填好的"),
        (r("甲") + "<w:r><w:footnoteReference w:id='2'/></w:r>" + r("乙"), "甲乙"),
        (r("甲") + "<w:r><w:commentReference w:id='2'/></w:r>", "甲"),
        (r("共") + FIELD.format(r("12")) + r("件"), "共12件"),
        (f'<w:fldSimple w:instr="SEQ 图">{r("3")}</w:fldSimple>', "3"),
        (r("甲") + "<m:oMath><m:r><m:t>x+1</m:t></m:r></m:oMath>", "甲x+1"),
        (
            f"<w:r><w:ruby><w:rt>{r('lín')}</w:rt><w:rubyBase>{r('临')}</w:rubyBase></w:ruby></w:r>",
            "临",
        ),
        ("<w:r><w:t> 甲 </w:t></w:r>" + r("乙"), "甲乙"),
    ],
)
def test_text_is_what_word_shows(content: str, said: str) -> None:
    assert text(p(content)) == said


def test_a_field_over_several_paragraphs_shows_its_result_only() -> None:
    begin, end = FIELD.split("{}")
    assert shown(read(p(begin + r("甲")) + p("乙") + p(r("丙") + end + r("丁")))) == [
        "甲",
        "乙",
        "丙丁",
    ]


def test_a_field_without_an_end_swallows_nothing() -> None:
    begin = '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
    assert shown(read(p(begin + r("甲")) + p("乙"))) == ["甲", "乙"]


def test_hidden_text_is_dropped() -> None:
    assert text(p(r("甲") + r("内部", "<w:vanish/>") + r("乙"))) == "甲乙"
    assert text(p(r("甲") + r("内部", '<w:rStyle w:val="h"/>')), STYLES) == "甲"
    assert text(p(r("甲", '<w:vanish w:val="0"/>'))) == "甲"


def test_what_is_raised_or_struck_is_no_part_of_a_number() -> None:
    raised = r("1", '<w:vertAlign w:val="superscript"/>')
    assert text(p(r("12") + raised)) == "12[1]"
    assert text(p(r("12", "<w:strike/>") + r("15"))) == "~~12~~15"


def test_a_sign_of_a_font_of_signs_is_no_digit() -> None:
    assert text(p('<w:r><w:sym w:font="Symbol" w:char="F031"/></w:r>' + r("2"))) == "\uf0312"


def test_an_empty_prompt_is_no_text() -> None:
    assert shown(read(p(prompt(r("点击输入"))) + p("甲"))) == ["甲"]


# -- tracked changes -------------------------------------------------------------------------


def test_tracked_changes_are_read_as_accepted_and_said() -> None:
    deleted = '<w:del w:id="1"><w:r><w:delText>12</w:delText></w:r></w:del>'
    document = read(p(r("共") + deleted + f'<w:ins w:id="2">{r("15")}</w:ins>' + r("件")))
    assert shown(document) == ["共15件"]
    assert document.remarks == ("文档里有修订：按接受全部修订后的内容读取，删去的文字不计",)


def test_moved_text_stands_where_it_was_moved_to() -> None:
    body = p(f"<w:moveFrom>{r('甲')}</w:moveFrom>{r('乙')}") + p(f"<w:moveTo>{r('甲')}</w:moveTo>")
    assert shown(read(body)) == ["乙", "甲"]


def test_a_paragraph_whose_end_was_deleted_goes_on_in_the_next() -> None:
    body = p("全年收到", "<w:rPr><w:del w:id='1'/></w:rPr>") + p("申请。")
    assert shown(read(body)) == ["全年收到申请。"]


def test_a_deleted_paragraph_of_a_list_does_not_count() -> None:
    numbering = (
        '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/>'
        '<w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl></w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    )
    item = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    gone = "<w:del w:id='1'><w:r><w:delText>旧</w:delText></w:r></w:del>"
    body = p(gone, f"{item}<w:rPr><w:del w:id='2'/></w:rPr>") + p("新", item)
    assert shown(read(body, numbering=numbering)) == ["1.新"]


def test_a_paragraph_joins_nothing_beyond_its_cell() -> None:
    deleted = p("12", "<w:rPr><w:del w:id='1'/></w:rPr>")
    (table,) = tables(read(tbl(tr(tc(deleted), "3"))))
    assert [cell.text for cell in table.cells] == ["12", "3"]


def test_a_document_without_changes_has_no_remark() -> None:
    assert read(p("甲")).remarks == ()


# -- looks -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "style", "bold"),
    [
        (r("甲", BOLD), "a", True),
        (r("甲", '<w:b w:val="0"/>'), "bold", False),
        (r("甲"), "bold", True),
        (r("甲", '<w:rStyle w:val="s"/>'), "a", True),
        (r("甲", '<w:rStyle w:val="s"/><w:b w:val="false"/>'), "a", False),
    ],
)
def test_boldness_is_the_runs_own_or_its_styles(content: str, style: str, *, bold: bool) -> None:
    assert runs(p(content, f'<w:pStyle w:val="{style}"/>'), STYLES) == (Run("甲", bold=bold),)


@pytest.mark.parametrize(
    ("properties", "level"),
    [
        ("", 0),
        ('<w:pStyle w:val="1"/>', 1),
        ('<w:pStyle w:val="2"/>', 2),
        ('<w:outlineLvl w:val="2"/>', 3),
        ('<w:pStyle w:val="2"/><w:outlineLvl w:val="9"/>', 0),
        ('<w:outlineLvl w:val="8"/>', 6),
        ('<w:pStyle w:val="missing"/>', 0),
    ],
)
def test_headings_are_known_by_style_and_outline(properties: str, level: int) -> None:
    (paragraph,) = paragraphs(read(p("一、总体情况", properties), styles=STYLES))
    assert paragraph.level == level


def test_a_heading_that_is_bold_as_all_headings_are_is_not_bold() -> None:
    assert runs(styled("一、总体情况", "1"), STYLES) == (Run("一、总体情况"),)


def test_a_whole_paragraph_of_text_is_no_heading_whatever_its_style() -> None:
    long = "（一）主动公开。" + "全年公开信息。" * 6
    (paragraph,) = paragraphs(read(styled(long, "1"), styles=STYLES))
    assert paragraph.level == 0


def test_styles_that_are_based_on_each_other_end() -> None:
    circle = "".join(
        f'<w:style w:type="paragraph" w:styleId="{own}"><w:name w:val="{own}"/>'
        f'<w:basedOn w:val="{other}"/></w:style>'
        for own, other in (("x", "y"), ("y", "x"))
    )
    assert text(styled("甲", "x"), circle) == "甲"


# -- order -----------------------------------------------------------------------------------


def test_a_text_box_stands_once_behind_its_paragraph() -> None:
    inside = p("框中文字") + tbl(tr("甲", "1"))
    assert shown(read(p(r("正文") + text_box(inside)) + p("下文"))) == [
        "正文",
        "框中文字",
        "第1个表格",
        "下文",
    ]


def test_content_controls_and_wrappers_hold_paragraphs_and_tables() -> None:
    inside = p("甲") + tbl(tr("乙", "1"))
    wrapped = f"<w:sdt><w:sdtContent>{inside}</w:sdtContent></w:sdt>"
    assert shown(read(f"<w:customXml>{wrapped}</w:customXml>{p('丙')}")) == [
        "甲",
        "第1个表格",
        "丙",
    ]


def test_a_table_of_contents_is_left_out() -> None:
    gallery = (
        "<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val='Table of Contents'/>"
        f"</w:docPartObj></w:sdtPr><w:sdtContent>{p('一、总体情况 1')}</w:sdtContent></w:sdt>"
    )
    body = gallery + styled("二、主动公开 3", "t1") + p("一、总体情况")
    assert shown(read(body, styles=STYLES)) == ["一、总体情况"]


def test_an_embedded_file_is_said() -> None:
    assert read('<w:altChunk r:id="x"/>' + p("甲")).remarks == ("文档里嵌入了其他文件，没有读取",)


def test_the_title_is_that_of_the_properties() -> None:
    assert read_docx(word(p("甲"), title=" 某某局2021年报告 ")).title == "某某局2021年报告"
    assert read(p("甲")).title == ""


def test_a_frame_of_one_cell_is_no_table() -> None:
    document = read(tbl(tr(tc(p("甲") + tbl(tr("乙", "1")) + p("丙")))))
    assert shown(document) == ["甲", "第1个表格", "丙"]
    assert [item.place for item in paragraphs(document)] == ["第1段", "第2段"]


def test_pictures_and_text_of_one_paragraph_keep_their_order() -> None:
    before = p(picture("a") + r("图下的话"))
    behind = p(r("图上的话") + picture("a"))
    document = read_docx(word(before + behind, media={"a": png()}))
    assert shown(document) == ["图：", "图下的话", "图上的话", "图："]


def test_numbers_in_hidden_table_of_contents_do_not_count() -> None:
    """A list counts only what is shown to be in it."""
    numbering = (
        '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/>'
        '<w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl></w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    )
    contents = styled("甲", "t1").replace(
        '<w:pStyle w:val="t1"/>', '<w:pStyle w:val="t1"/><w:numPr><w:numId w:val="1"/></w:numPr>'
    )
    document = read(contents + numbered("乙"), styles=STYLES, numbering=numbering)
    assert shown(document) == ["1.乙"]


def test_the_table_after_a_nested_one_has_the_next_number() -> None:
    document = read(tbl(tr("甲", tc(tbl(tr("乙", "1")) + p()))) + tbl(tr("丙", "2")))
    assert [table.place for table in tables(document)] == ["第1个表格", "第2个表格", "第3个表格"]
