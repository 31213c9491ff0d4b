"""Web pages as documents: what stands on the page, in order, and nothing else."""

from __future__ import annotations

import base64

import pytest

from gk_xlsx.errors import UnreadableError
from gk_xlsx.published.model import Cell, Document, Paragraph, Picture, Table
from gk_xlsx.sources.html import MAX_BYTES, MAX_TAGS, read_html
from gk_xlsx.sources.html_walk import MAX_CELLS, MAX_NESTED
from tests.made_pictures import png


def _read(body: str, head: str = "") -> Document:
    return read_html(f"<html><head>{head}</head><body>{body}</body></html>".encode())


def _texts(body: str) -> list[str]:
    return [block.text for block in _read(body).blocks if isinstance(block, Paragraph)]


def _table(body: str) -> Table:
    (table,) = (block for block in _read(body).blocks if isinstance(block, Table))
    return table


def _cells(body: str) -> list[tuple[int, int, str]]:
    return [(cell.row, cell.column, cell.text) for cell in _table(body).cells]


def _spans(body: str) -> list[tuple[str, int, int, int, int]]:
    cells = _table(body).cells
    return [(cell.text, cell.row, cell.column, cell.rows, cell.columns) for cell in cells]


# -- characters ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("head", "encoding"),
    [
        ('<meta charset="gb2312">', "gb18030"),
        ("<meta http-equiv=Content-Type content='text/html; charset=GBK'>", "gb18030"),
        ("", "gb18030"),
        ("", "utf-8"),
        ("", "utf-8-sig"),
        ("", "utf-16"),
        ('<meta charset="utf-8">', "gb18030"),
        ('<meta charset="gb2312">', "utf-8"),
        ('<meta charset="big5">', "big5"),
    ],
)
def test_the_characters_are_read_whatever_the_page_says_of_them(head: str, encoding: str) -> None:
    page = f"<html><head>{head}</head><body><p>主動公開 2023 年的政府文件</p></body></html>"
    document = read_html(page.encode(encoding))
    assert [block.text for block in document.blocks if isinstance(block, Paragraph)] == [
        "主動公開 2023 年的政府文件"
    ]
    assert document.remarks == ()


def test_a_character_cut_in_two_spoils_nothing_but_itself() -> None:
    text = "<p>" + "政府信息公开" * 100 + "</p>"
    document = read_html(
        b"<meta name=description content='" + "公开".encode()[:-1] + b"'>" + text.encode()
    )
    assert document.blocks == (Paragraph(_read(text).blocks[0].runs),)  # type: ignore[union-attr]  # a paragraph
    assert document.remarks == ("有 1 个字的编码不对，认不出来",)


def test_entities_of_html_are_characters_and_others_stay_text() -> None:
    assert _texts("<p>&lt;甲&gt;&amp;&#20057;&ldquo;&nope;&rdquo;</p>") == ["<甲>&乙“&nope;”"]


def test_a_page_may_not_define_entities_of_its_own() -> None:
    page = (
        b'<!DOCTYPE html [<!ENTITY a "8"><!ENTITY f SYSTEM "file:///etc/hostname">]><p>&a;&f;</p>'
    )
    texts = [block.text for block in read_html(page).blocks if isinstance(block, Paragraph)]
    assert "8" not in "".join(texts)
    assert texts[-1] == "&a;&f;"


# -- what is on the page -------------------------------------------------------------------


@pytest.mark.parametrize(
    "hidden",
    [
        "<script>var a = '12';</script>",
        "<style>p {color: red}</style>",
        "<!-- 12 -->",
        "<!--[if gte mso 9]><xml><w:View>12</w:View></xml><![endif]-->",
        "<div style='DISPLAY: none'><p>12</p></div>",
        "<span style='color:red;display:none !important'>12</span>",
        "<span style='visibility:hidden'>12</span>",
        "<span style='mso-hide:all'>12</span>",
        "<p hidden>12</p>",
        "<span style='font-size:0px'>12</span>",
        "<span style='opacity: 0'>12</span>",
        "<noscript>12</noscript>",
        "<nav><ul><li>12</li></ul></nav>",
        "<select><option>12</option></select>",
        "<svg><text>12</text></svg>",
        "<?xml:namespace prefix = o ns = 'urn:12' />",
        "<title>12</title>",
    ],
)
def test_what_nobody_sees_is_not_read(hidden: str) -> None:
    assert _texts(f"<div>甲{hidden}</div><div>乙</div>") == ["甲", "乙"]


@pytest.mark.parametrize(
    ("sheet", "text"),
    [
        (".m{display:none}", "5"),
        ("/* .x{} */ td, span.m , .n { color:red; DISPLAY : none!important }", "5"),
        (".m{display:none} .m{display:inline}", "55"),
        ("@media (max-width:400px){.a{color:red}.m{display:none}} .b{color:red}", "55"),
        ("@import url(a.css);.m{visibility:hidden}", "5"),
        (".tab .m{display:none}", "55"),
        (".m{color:red}", "55"),
    ],
)
def test_a_figure_hidden_by_the_style_sheet_is_not_read_beside_the_other(
    sheet: str, text: str
) -> None:
    table = f"<style>{sheet}</style><table><tr><td>甲<td>5<span class='m x'>5</span></table>"
    assert _cells(table)[1] == (0, 1, text)


def test_a_cell_hidden_by_the_style_sheet_takes_no_place() -> None:
    rows = "<tr><td>甲<td class=m>9<td>1"
    table = f"<style>.m{{display:none}}</style><table>{rows}</table>"
    assert _cells(table) == [(0, 0, "甲"), (0, 1, "1")]


@pytest.mark.parametrize(
    "sheet",
    [
        ".m{direction:rtl;unicode-bidi:bidi-override}",
        "/* .x{} */ p, TD.M { UNICODE-BIDI : isolate-override !important }",
        "@media print{.a{color:red} tr > #f[x='y']:hover{unicode-bidi:bidi-override}}",
        "@charset 'utf-8';table td{unicode-bidi:bidi-override}",
        "*{unicode-bidi:bidi-override}",
        ".m{unicode-bidi:bidi-override",
    ],
)
def test_a_figure_that_the_style_sheet_turns_is_doubtful(sheet: str) -> None:
    table = f"<style>{sheet}</style><table><tr><th>甲<td class='x m' id=f>21</table>"
    assert _cells(table)[1] == (0, 1, "\ufffd21\ufffd")


@pytest.mark.parametrize(
    "sheet",
    [
        ".n{unicode-bidi:bidi-override}",
        ".m{unicode-bidi:isolate} .m{direction:rtl}",
        "bdo{unicode-bidi:bidi-override}",
        "/* .m{unicode-bidi:bidi-override} */",
    ],
)
def test_a_figure_that_the_style_sheet_does_not_turn_is_certain(sheet: str) -> None:
    table = f"<style>{sheet}</style><table><tr><td>甲<td class=m>21</table>"
    assert _cells(table)[1] == (0, 1, "21")


def test_a_block_hidden_by_the_style_sheet_may_be_shown_by_a_script() -> None:
    assert _texts("<style>.tab{display:none}</style><div class='tab'>甲</div>") == ["甲"]


@pytest.mark.parametrize(
    "shown",
    [
        "<span style='font-family:宋体'>一、<span>总体</span></span><font face=黑体>情况</font>",
        "一、总体情况<o:p></o:p>",
        "<![if !supportLists]>一、<![endif]>总体情况",
        "&nbsp;&nbsp;一、总体情况&nbsp;<o:p>&nbsp;</o:p>",
        "\n  一、总体\n  情况  ",
        "　　一、总体情况",
        "<a href='#'>一、总体情况</a><wbr>",
        "一、总&#8203;体&shy;情况",
    ],
)
def test_a_label_is_whole_however_it_is_cut(shown: str) -> None:
    assert _texts(f"<p>{shown}</p>") == ["一、总体情况"]


def test_a_line_break_of_the_source_is_a_space_beside_latin_letters_and_digits() -> None:
    assert _texts("<p>收到\n12\n15 件，网址\nwww.example.cn</p>") == [
        "收到 12 15 件，网址 www.example.cn"
    ]


def test_paragraphs_end_where_blocks_end() -> None:
    assert _texts("甲<p>乙<p>丙<div>丁<span style='display:block'>戊</span>己</div>庚<hr>辛") == [
        *("甲", "乙", "丙", "丁", "戊", "己", "庚", "辛")
    ]


def test_line_breaks_part_the_text_of_a_page_that_has_nothing_else() -> None:
    body = (
        "<div>　　一、总体情况<br>　　2023年，本局公开信息。<br/>全年平稳。<br><br>二、其他</div>"
    )
    assert _texts(body) == ["一、总体情况", "2023年，本局公开信息。", "全年平稳。", "二、其他"]


def test_a_line_break_within_a_paragraph_stays_one() -> None:
    assert _texts("<p>地址：某某路1号<br>电话：0000</p>") == ["地址：某某路1号\n电话：0000"]


@pytest.mark.parametrize("indent", ["　　", "&nbsp;&nbsp;&nbsp;&nbsp;", "&emsp;&emsp;&ensp;&ensp;"])
def test_an_indented_line_of_a_paragraph_begins_another(indent: str) -> None:
    assert _texts(f"<p>{indent}甲。<br>{indent}乙。<br>丙。</p>") == ["甲。", "乙。\n丙。"]


def test_spaces_are_kept_where_the_page_says_so() -> None:
    assert _texts("<p style='white-space:pre-wrap'>甲  乙</p><pre>丙\n 丁</pre><p>戊  己</p>") == [
        *("甲  乙", "丙\n丁", "戊 己")
    ]


def test_bold_is_kept_and_headings_have_their_level() -> None:
    document = _read(
        "<h2><b>一、总体情况</b></h2>"
        "<p><strong>一是</strong>加强。<b style='font-weight:normal'>二</b>"
        "<span style='font-weight:700'>三</span><span style='font-weight:400'>四</span>"
        "<b style='mso-bidi-font-weight:normal'>五</b></p>"
    )
    heading, body = document.blocks
    assert isinstance(heading, Paragraph)
    assert isinstance(body, Paragraph)
    assert (heading.level, [run.bold for run in heading.runs]) == (2, [False])
    assert [(run.text, run.bold) for run in body.runs] == [
        *(("一是", True), ("加强。二", False), ("三", True), ("四", False), ("五", True))
    ]
    assert body.level == 0


def test_items_of_lists_have_the_mark_that_the_page_shows() -> None:
    document = _read(
        "<ul><li>甲<li><p>乙</p><p>丙</p></ul><ol start=3><li>丁<ul><li>戊</ul><li>己</ol>"
        "<ul style='list-style:none'><li>庚</ul><p>辛"
    )
    marks = [
        (block.listed, block.text) for block in document.blocks if isinstance(block, Paragraph)
    ]
    assert marks == [
        *(("-", "甲"), ("-", "乙"), ("", "丙"), ("3.", "丁"), ("-", "戊"), ("4.", "己")),
        *(("", "庚"), ("", "辛")),
    ]


# -- pictures ------------------------------------------------------------------------------


def test_a_picture_in_the_page_is_taken_with_its_size_and_words() -> None:
    address = f"data:image/png;base64,{base64.b64encode(png()).decode()}"
    style = "WIDTH: 120mm; height: 96px"
    document = _read(f"<p>甲<img src='{address}' alt='走访' style='{style}'>乙</p>")
    assert document.blocks[1] == Picture(png(), "走访", 120, 25.4)
    assert _texts(f"<p>甲<img src='{address}'>乙</p>") == ["甲", "乙"]


@pytest.mark.parametrize(
    "source",
    [
        "http://www.example.cn/a.png",
        "file:///etc/hostname",
        "data:image/svg+xml;base64,PHN2Zz4=",
        "data:image/png;base64,a",
        "",
    ],
)
def test_of_any_other_picture_only_the_place_is_known(source: str) -> None:
    assert _read(f"<img src='{source}' title='走访'>").blocks == (Picture(b"", "走访"),)


def test_icons_are_no_pictures() -> None:
    assert _read("<img src=a.gif width=16 height=16><p>甲</p>").blocks == _read("<p>甲</p>").blocks


@pytest.mark.parametrize(
    "page",
    [
        "<figure><img src=a.png><figcaption>走访</figcaption></figure>",
        "<p><img src=a.png alt=走访></p><p>走访</p>",
    ],
)
def test_the_words_below_a_picture_are_its_caption(page: str) -> None:
    assert _read(f"{page}<p>乙</p>").blocks == (Picture(b"", "走访"), *_read("<p>乙</p>").blocks)


# -- tables --------------------------------------------------------------------------------


def test_cells_stand_where_a_browser_shows_them() -> None:
    assert _spans(
        "<table><thead><tr><th rowspan=2>甲<th colspan=2>乙<tr><th>丙<th>丁</thead>"
        "<tbody><tr><td>1<td><p>2</p><td>&nbsp;</table>"
    ) == [
        *(("甲", 0, 0, 2, 1), ("乙", 0, 1, 1, 2), ("丙", 1, 1, 1, 1), ("丁", 1, 2, 1, 1)),
        *(("1", 2, 0, 1, 1), ("2", 2, 1, 1, 1), ("", 2, 2, 1, 1)),
    ]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        # too large: a span ends with its group of rows
        (
            "<tr><td rowspan=99>甲<td>1<tr><td>2",
            [("甲", 0, 0, 2, 1), ("1", 0, 1, 1, 1), ("2", 1, 1, 1, 1)],
        ),
        # 0: to the end of the group
        (
            "<tr><td rowspan=0>甲<td>1<tr><td>2",
            [("甲", 0, 0, 2, 1), ("1", 0, 1, 1, 1), ("2", 1, 1, 1, 1)],
        ),
        # no number: one
        ("<tr><td rowspan=x colspan=-1>甲<td>1", [("甲", 0, 0, 1, 1), ("1", 0, 1, 1, 1)]),
        # overlapping: cut where another cell is
        (
            "<tr><td>1<td rowspan=2>甲<td>2<tr><td colspan=2>乙<td>3",
            [
                *(("1", 0, 0, 1, 1), ("甲", 0, 1, 2, 1), ("2", 0, 2, 1, 1)),
                *(("乙", 1, 0, 1, 1), ("3", 1, 2, 1, 1)),
            ],
        ),
        # `tfoot` is shown last wherever it stands
        (
            "<tfoot><tr><td>末<td>9</tfoot><tbody><tr><td>甲<td>1",
            [("甲", 0, 0, 1, 1), ("1", 0, 1, 1, 1), ("末", 1, 0, 1, 1), ("9", 1, 1, 1, 1)],
        ),
    ],
)
def test_wrong_spans_are_taken_as_browsers_take_them(
    rows: str, expected: list[tuple[str, int, int, int, int]]
) -> None:
    assert _spans(f"<table>{rows}</table>") == expected


@pytest.mark.parametrize(
    "rows",
    [
        "<tr><td><div>甲<td><div>1<tr><td><div>乙<td><div>2",
        "<td>甲<td>1<tr><td>乙<td>2",
        "<tr><td><b>甲<td>1</tr><td>乙<td>2",
        "<tr><td style='display:none'>9</td><td>甲<td>1<tr hidden><td>8<tr><td>乙<td>2",
        "<form><tr><td>甲<td>1</tr></form><tr><td>乙<td><input value=2>",
    ],
)
def test_rows_and_cells_are_told_apart_without_their_end_tags(rows: str) -> None:
    expected = [(0, 0, "甲"), (0, 1, "1"), (1, 0, "乙"), (1, 1, "2")]
    assert _cells(f"<table>{rows}</table>") == expected


def test_lines_and_marks_in_a_cell_cannot_make_another_figure() -> None:
    cells = ("1<br>2", "<p>1</p><p>2</p>", "1<sup>2</sup>", "<s>1</s>2", "<div>1</div>2")
    found = [text for _, _, text in _cells("<table><tr><td>" + "<td>".join(cells) + "</table>")]
    assert found == ["1\n2", "1\n2", "1[2]", "~~1~~2", "1\n2"]


def test_cells_outside_a_table_stay_apart() -> None:
    assert _texts("<tr><td>1</td><td>2</td></tr>") == ["1", "2"]


def test_the_caption_of_a_table_stands_above_it() -> None:
    document = _read("<table><caption>表一</caption><tr><td>甲<td>1</table>")
    assert [type(block) for block in document.blocks] == [Paragraph, Table]


def test_tables_are_named_by_their_number() -> None:
    blocks = _read("<table><tr><td>甲<td>1</table><p>乙</p><table><tr><td>丙<td>2</table>").blocks
    places = [block.place for block in blocks if isinstance(block, Table)]
    assert places == ["第1个表格", "第2个表格"]


# -- tables that arrange the page ----------------------------------------------------------

_DATA = "<table><tr><td>规章<td>0<td>1</table>"


@pytest.mark.parametrize(
    "page",
    [
        "<table><tr><td>首页<td><h1>报告</h1><p>正文。</p>{}</table>",
        "<table><tr><td><table><tr><td>首页<tr><td><h1>报告</h1><p>正文。</p>{}</table></table>",
        "<table><tr><td>首页<tr><td><h1>报告</h1><p>正文。</p><tr><td>{}</table>",
    ],
)
def test_a_table_around_the_article_leaves_its_contents_as_they_are(page: str) -> None:
    menu, title, text, table = _read(page.format(_DATA)).blocks
    assert isinstance(menu, Paragraph)
    assert isinstance(title, Paragraph)
    assert isinstance(text, Paragraph)
    assert (menu.text, title.text, title.level, text.text) == ("首页", "报告", 1, "正文。")
    assert isinstance(table, Table)
    assert [cell.text for cell in table.cells] == ["规章", "0", "1"]


def test_facts_above_an_article_in_the_same_table_stay_a_table() -> None:
    facts = "<tr><td>索引号<td>1<td>文号<td>2<tr><td>机关<td>某局<td>日期<td>2024"
    facts_table, text, data = _read(
        f"<table>{facts}<tr><td colspan=4><p>正文</p>{_DATA}</table>"
    ).blocks
    assert isinstance(facts_table, Table)
    assert facts_table.cells[-1] == Cell(2, 0, "［见下文］", columns=4)
    assert isinstance(text, Paragraph)
    assert isinstance(data, Table)


def test_an_article_in_the_only_column_of_a_table_is_paragraphs() -> None:
    long = "政府信息公开工作" * 10
    assert _texts(f"<table><tr><td>一、总体情况<tr><td>{long}</table>") == ["一、总体情况", long]


def test_a_table_without_text_is_none() -> None:
    assert _read("<table><tr><td>&nbsp;<td></table>").blocks == ()


def test_a_figure_that_is_a_picture_is_not_blank() -> None:
    picture = "<img src=5.png>"
    assert _cells(
        f"<table><tr><td>甲<td>1<td>2<tr><td>乙<td>{picture}<td>3<tr><td>丙<td>4</table>"
    )[4] == (1, 1, "［见下文］")


# -- around the article --------------------------------------------------------------------

_REPORT = (
    "<h1>报告</h1><div id=zoom><p>一、总体情况</p><p>正文。</p><p>六、其他</p><p>无。</p>"
    "<p>某某局</p><p>2024年1月9日</p></div>"
)


def test_what_follows_the_article_is_left_out() -> None:
    texts = _texts(f"<div>首页</div><div>{_REPORT}</div><div><p>相关链接</p><p>京ICP备</p></div>")
    assert texts[:2] == ["首页", "报告"]
    assert texts[-1] == "2024年1月9日"


def test_a_date_right_behind_the_article_belongs_to_it() -> None:
    page = "<div><p>一、总体情况</p><p>二、其他</p></div><p>某某局</p><p>2024-1-9</p><p>打印</p>"
    assert _texts(page)[-2:] == ["某某局", "2024-1-9"]


def test_a_page_without_an_article_of_its_own_is_taken_whole() -> None:
    assert _texts("<p>通知</p><p>各科室：</p>") == ["通知", "各科室："]


@pytest.mark.parametrize(
    "page",
    [
        "<div><p>一、甲</p></div><div><p>乙</p></div>",
        f"<ul><li>一、甲</li><li>二、乙</li></ul><div>{'正文。' * 20}</div>",
    ],
)
def test_little_that_looks_like_an_article_leaves_nothing_out(page: str) -> None:
    assert _texts(f"{page}<p>末</p>")[-1] == "末"


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("<title>\n 某局 2023年 报告-某局 </title>", "某局 2023年 报告-某局"),
        ("<title>某局</title><meta name=ArticleTitle content=某局2023年报告>", "某局2023年报告"),
        ("<title>某局</title><meta property='og:title' content=报告>", "报告"),
        ("<title></title><meta name=ArticleTitle content=' '>", ""),
    ],
)
def test_the_title_is_the_articles_before_the_pages(head: str, title: str) -> None:
    assert _read("<p>甲</p><svg><title>乙</title></svg>", head).title == title


# -- limits --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("page", "message"),
    [
        (b"", "网页是空的"),
        (b"<!-- -->", "网页是空的"),
        (b"<p>" + b" " * MAX_BYTES, "网页超过 20 MB"),
        (b"<b>" * (MAX_TAGS + 1), f"网页标记超过 {MAX_TAGS} 个"),
        (b"<div>" * 3000 + b"<p>1", "网页嵌套过深"),
        (b"<table><tr><td>" * (MAX_NESTED + 1), f"表格套表格超过 {MAX_NESTED} 层"),
        (b"<table>" + b"<td>1" * (MAX_CELLS + 1), f"表格超过 {MAX_CELLS} 格"),
    ],
    ids=["empty", "comment", "large", "tags", "deep", "nested", "cells"],
)
def test_a_page_beyond_the_limits_is_refused_not_read_in_part(page: bytes, message: str) -> None:
    with pytest.raises(UnreadableError, match=message):
        read_html(page)


def test_an_element_may_nest_deeper_than_python_calls() -> None:
    assert _texts("<div>" * 1900 + "甲") == ["甲"]


def test_spans_over_millions_of_cells_cost_nothing() -> None:
    wide = "<tr>" + "<td colspan=1000 rowspan=60000>1" * 50
    assert len(_table(f"<table>{wide * 100}</table>").cells) == 1


@pytest.mark.parametrize(
    "figure",
    [
        "\u202e21",
        "&#x202e;21",
        "&rlm;2&rlm;1",
        "<bdo dir=rtl>21</bdo>",
        "<b>\u2067</b>21",
        "<span style='direction:rtl; unicode-bidi: bidi-override'>21</span>",
    ],
)
def test_a_figure_whose_direction_is_turned_is_doubtful(figure: str) -> None:
    body = f"<table><tr><td>&#x202a;甲&#x202c;<td>{figure}<tr><td>乙<td>2</table>"
    found = {(row, column): text for row, column, text in _cells(body)}
    assert "\ufffd" in found[0, 1]
    assert (found[0, 0], found[1, 1]) == ("甲", "2")


def test_a_text_whose_direction_is_turned_is_read_in_its_order() -> None:
    assert _texts("<p>电话\u202a123&#x202c;45 <bdo>6</bdo>") == ["电话12345 6"]
