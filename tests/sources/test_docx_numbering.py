"""Numbers that Word writes itself, counted as Word counts."""

from __future__ import annotations

import pytest

from gk_xlsx.sources.docx_numbering import counted
from tests.sources.word import numbered, p, paragraphs, r, read, shown, styled


def level(at: int, kind: str, text: str, more: str = "") -> str:
    return (
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/>{more}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def lists(*levels: str, more: str = "") -> str:
    """One list, number 1."""
    return (
        f'<w:abstractNum w:abstractNumId="0">{"".join(levels)}</w:abstractNum>'
        f'<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>{more}'
    )


OFFICIAL = lists(
    level(0, "chineseCountingThousand", "%1、"),
    level(1, "chineseCountingThousand", "（%2）"),
    level(2, "decimal", "%3."),
)


def test_the_numbers_of_official_documents_stand_in_the_text() -> None:
    body = (
        numbered("总体情况")
        + numbered("主动公开", level=1)
        + numbered("登记", level=2)
        + numbered("5项答复", level=2)
        + numbered("依申请公开", level=1)
        + numbered("送达", level=2)
        + numbered("主动公开政府信息情况")
    )
    assert shown(read(body, numbering=OFFICIAL)) == [
        "一、总体情况",
        "（一）主动公开",
        "1.登记",
        "2. 5项答复",
        "（二）依申请公开",
        "1.送达",
        "二、主动公开政府信息情况",
    ]


def test_numbers_of_upper_levels_stand_in_those_below() -> None:
    numbering = lists(
        level(0, "chineseCounting", "%1、"), level(1, "decimal", "%1.%2", "<w:isLgl/>")
    )
    body = numbered("甲") + numbered("乙") + numbered("丙", level=1)
    assert shown(read(body, numbering=numbering))[-1] == "2.1 丙"


def test_a_style_may_number_its_paragraphs() -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="h1"><w:name w:val="heading 1"/><w:pPr><w:numPr>'
        '<w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="h2"><w:name w:val="heading 2"/>'
        '<w:basedOn w:val="h1"/></w:style>'
    )
    numbering = lists(
        level(0, "chineseCounting", "%1、", '<w:pStyle w:val="h1"/>'),
        level(1, "chineseCounting", "（%2）", '<w:pStyle w:val="h2"/>'),
    )
    off = p("无号", '<w:pStyle w:val="h1"/><w:numPr><w:numId w:val="0"/></w:numPr>')
    body = styled("总体情况", "h1") + styled("主动公开", "h2") + off + styled("其他", "h1")
    found = paragraphs(read(body, styles=styles, numbering=numbering))
    assert [item.text for item in found] == ["一、总体情况", "（一）主动公开", "无号", "二、其他"]
    assert [item.level for item in found] == [1, 2, 1, 1]


def test_lists_of_one_kind_go_on_unless_told_to_begin_anew() -> None:
    more = (
        '<w:num w:numId="2"><w:abstractNumId w:val="0"/></w:num>'
        '<w:num w:numId="3"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0">'
        '<w:startOverride w:val="1"/></w:lvlOverride></w:num>'
    )
    body = "".join(numbered("甲", number) for number in (1, 2, 3, 3, 1))
    found = shown(read(body, numbering=lists(level(0, "decimal", "%1."), more=more)))
    assert found == ["1.甲", "2.甲", "1.甲", "2.甲", "3.甲"]


def test_a_level_may_count_on_over_the_level_above() -> None:
    numbering = lists(
        level(0, "decimal", "%1."), level(1, "decimal", "（%2）", '<w:lvlRestart w:val="0"/>')
    )
    body = numbered("甲") + numbered("乙", level=1) + numbered("丙") + numbered("丁", level=1)
    assert shown(read(body, numbering=numbering)) == ["1.甲", "（1）乙", "2.丙", "（2）丁"]


def test_a_list_may_take_its_levels_from_a_list_style() -> None:
    numbering = (
        f'<w:abstractNum w:abstractNumId="0">{level(0, "decimal", "第%1条")}'
        '<w:styleLink w:val="条"/></w:abstractNum><w:abstractNum w:abstractNumId="1">'
        '<w:numStyleLink w:val="条"/></w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>'
    )
    assert shown(read(numbered("甲"), numbering=numbering)) == ["第1条 甲"]


def test_a_bullet_is_the_mark_of_a_list() -> None:
    (item,) = paragraphs(read(numbered("甲"), numbering=lists(level(0, "bullet", "\uf06c"))))
    assert (item.text, item.listed) == ("甲", "-")


def test_a_number_is_as_bold_as_it_is_not() -> None:
    (item,) = paragraphs(read(numbered(r("甲", "<w:b/>")) + p(), numbering=OFFICIAL))
    assert [(run.text, run.bold) for run in item.runs] == [("一、", False), ("甲", True)]


def test_a_list_that_is_not_there_numbers_nothing() -> None:
    assert shown(read(numbered("甲", 7), numbering=OFFICIAL)) == ["甲"]
    assert shown(read(numbered("甲", 7))) == ["甲"]


@pytest.mark.parametrize(
    ("count", "kind", "written"),
    [
        (1, "chineseCountingThousand", "一"),
        (10, "chineseCountingThousand", "十"),
        (11, "japaneseCounting", "十一"),
        (20, "chineseCounting", "二十"),
        (105, "chineseCounting", "一百零五"),
        (110, "chineseCounting", "一百一十"),
        (1001, "chineseCounting", "一千零一"),
        (21, "ideographDigital", "二一"),
        (12, "chineseLegalSimplified", "拾贰"),
        (2, "decimalEnclosedCircle", "②"),
        (21, "decimalEnclosedCircle", "21"),
        (3, "decimalEnclosedParen", "⑶"),
        (3, "decimalZero", "03"),
        (13, "decimalFullWidth", "１３"),
        (3, "ideographTraditional", "丙"),
        (2, "upperLetter", "B"),
        (28, "lowerLetter", "bb"),
        (14, "upperRoman", "XIV"),
        (4, "lowerRoman", "iv"),
        (4, "none", ""),
        (4, "neverHeardOf", "4"),
    ],
)
def test_each_kind_of_number(count: int, kind: str, written: str) -> None:
    assert counted(count, kind) == written
