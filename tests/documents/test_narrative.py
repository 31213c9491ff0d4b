"""Texts: figures put in, problems with their places, paragraphs, and a whole text cut up."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from gk_xlsx.documents.figures import figures_of
from gk_xlsx.documents.narrative import TextBlock, TextSource, render, split
from gk_xlsx.errors import NarrativeError
from gk_xlsx.form import Form
from gk_xlsx.markdown import Block, Kind, Paragraph, Run, blocks, clean
from gk_xlsx.report import BLANK, AnnualReport, Entry, EntryKind

TITLE = "某某区档案局2021年政府信息公开工作年度报告"


@pytest.fixture
def report(zeros: AnnualReport) -> AnnualReport:
    """56 requests received, 55 of them concluded; one cell blank."""
    figures = {
        "requests.new.total": Entry(EntryKind.NUMBER, Decimal(56)),
        "requests.concluded.total": Entry(EntryKind.NUMBER, Decimal(55)),
        "requests.new.company": BLANK,
    }
    return replace(zeros, entries={**zeros.entries, **figures})


def _text(report: AnnualReport, form: Form, text: str) -> str:
    rendered = render({"overview": TextSource("文.md", text)}, figures_of(report, form))
    return "\n\n".join(_said(block) for block in rendered["overview"])


def _said(block: TextBlock | Block) -> str:
    assert isinstance(block, Paragraph)
    return block.text


def _problems(report: AnnualReport, form: Form, *sources: TextSource) -> tuple[str, ...]:
    keyed = {str(number): source for number, source in enumerate(sources)}
    with pytest.raises(NarrativeError) as caught:
        render(keyed, figures_of(report, form))
    return caught.value.problems


# -- figures ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "rendered"),
    [
        ("本年新收{{ 三.新收.总计 }}件", "本年新收56件"),
        ("{{ 年 }}年，{{单位}}", "2021年，某某区档案局"),
        ("办结率{{ (三.办结.总计 / 三.新收.总计 * 100) | round(1) }}%", "办结率98.2%"),
        ("{% if 三.新收.总计 > 0 %}有{% else %}无{% endif %}", "有"),
        ("{{ '有' if 四.复议.总计 else '没有' }}行政复议", "没有行政复议"),
        ("A&B <b> \"x\" 'y' “引”", "A&B <b> \"x\" 'y' “引”"),
    ],
)
def test_figures_are_put_into_the_text(
    report: AnnualReport, form_2021: Form, text: str, rendered: str
) -> None:
    assert _text(report, form_2021, text) == rendered


def test_all_problems_of_all_texts_come_in_one_go_with_their_lines(
    report: AnnualReport, form_2021: Form
) -> None:
    first = TextSource("一.md", "好。\n{{ 三.新收 }}{{ 三.新增 }}\n\n{{ 三.新收.商业企业 }}")
    second = TextSource("二.md", "{{ 1 / 0 }}", first_line=9)
    third = TextSource("三.md", "甲\n乙{{ 三.新收.总计 }")
    problems = _problems(report, form_2021, first, second, third)
    places = [problem.split("：")[0] for problem in problems]
    assert places == ["一.md 第2行", "一.md 第2行", "一.md 第4行", "二.md 第9行", "三.md 第2行"]


def test_a_text_from_a_workbook_counts_paragraphs(report: AnnualReport, form_2021: Form) -> None:
    name = "基层.xlsx［文字部分·一、总体情况］"
    source = TextSource(name, "甲\n\n乙\n\n{{ 三.新收 }}", by_paragraph=True)
    (problem,) = _problems(report, form_2021, source)
    assert problem.startswith(f"{name} 第3段：“三.新收”没有写完整")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{% for a in 三 %}{% endfor %}", "只能用 {{ … }} 取数"),
        ("{% set a = 1 %}", "只能用 {{ … }} 取数"),
        ("{{ 单位.__class__ }}", "没有“单位.__class__”"),
        ("{{ cycler('a') }}", "只能用 {{ … }} 取数"),
        ("{{ ''['__class__'] }}", "只能用 {{ … }} 取数"),
        ("{{ '长' * 999999999 }}", "算式算不出来"),
        ("{{ 1e999 }}", "结果太大"),
        ("{{ 1e308 * 10 }}", "结果太大"),
        ("{{ 1e999 * 1e999 }}", "结果太大"),
        ("{{ 1e308 * 10 - 1e308 * 10 }}", "结果太大"),
        ("{{ 三.新收.总计 * 0.5 }}", "算式算不出来"),
        ("{{ 单位 | center(999999999) }}", "花括号里的写法有误"),
    ],
)
def test_what_is_no_figure_and_no_condition_is_refused(
    report: AnnualReport, form_2021: Form, text: str, said: str
) -> None:
    (problem,) = _problems(report, form_2021, TextSource("文.md", text))
    assert said in problem


def test_text_is_cleaned_of_what_xml_cannot_hold() -> None:
    assert clean("\ufeff甲\ud800\x01乙\r\n丙\r丁\x0b戊") == "甲乙\n丙\n丁\n戊"


# -- paragraphs ------------------------------------------------------------------------------


def _kinds(text: str) -> list[tuple[Kind, str]]:
    found = [block for block in blocks(text) if isinstance(block, Paragraph)]
    return [(block.kind, block.text) for block in found]


def test_a_blank_line_separates_paragraphs_and_a_line_break_stays() -> None:
    assert _kinds("甲\n乙\n\n　\n　　丙") == [(Kind.BODY, "甲\n乙"), (Kind.BODY, "丙")]
    assert blocks(" \n\n") == ()


@pytest.mark.parametrize(
    ("line", "kind", "text"),
    [
        ("（一）主动公开情况", Kind.HEADING2, "（一）主动公开情况"),
        ("（十一）监督保障。", Kind.HEADING2, "（十一）监督保障。"),
        ("## 主动公开", Kind.HEADING2, "主动公开"),
        ("### 组织领导 ###", Kind.HEADING3, "组织领导"),
        ("1.强化组织领导", Kind.HEADING3, "1.强化组织领导"),
        ("1. 强化组织领导", Kind.HEADING3, "1. 强化组织领导"),
        ("（1）加强会商", Kind.HEADING4, "（1）加强会商"),
        ("1.强化组织领导。明确分管负责人。", Kind.BODY, "1.强化组织领导。明确分管负责人。"),
        ("（一）" + "长" * 40, Kind.BODY, "（一）" + "长" * 40),
        ("- 公开信息", Kind.LISTED, "公开信息"),
        ("1.5万元", Kind.BODY, "1.5万元"),
        ("#3机组", Kind.BODY, "#3机组"),
        ("2*3*4", Kind.BODY, "2*3*4"),
    ],
)
def test_a_line_is_known_by_how_it_begins(line: str, kind: Kind, text: str) -> None:
    assert _kinds(line) == [(kind, text)]


def test_headings_and_numbered_lines_need_no_blank_line() -> None:
    text = "（一）主动公开\n全年公开。\n（二）依申请公开\n1.登记。逐件登记。\n2.答复。按时答复。"
    assert [kind for kind, _ in _kinds(text)] == [
        *(Kind.HEADING2, Kind.BODY, Kind.HEADING2, Kind.BODY, Kind.BODY)
    ]


def test_a_heading_within_a_paragraph_ends_with_its_sentence() -> None:
    (paragraph,) = blocks("（二）依申请公开。全年收到。**按时**办结。")
    assert paragraph == Paragraph(
        Kind.BODY,
        (
            Run("（二）依申请公开。", lead=True),
            Run("全年收到。"),
            Run("按时", bold=True),
            Run("办结。"),
        ),
    )


def test_bold_text_may_end_with_chinese_punctuation() -> None:
    (paragraph,) = blocks("**一是加强领导。**全年")
    assert paragraph == Paragraph(Kind.BODY, (Run("一是加强领导。", bold=True), Run("全年")))


def test_a_backslash_keeps_a_sign_as_it_is() -> None:
    assert _kinds(r"\*\*注\*\*")[0][1] == "**注**"


# -- a whole text ----------------------------------------------------------------------------


@pytest.mark.parametrize("hashes", ["", "# ", "## "])
def test_a_whole_text_is_cut_at_the_sections_headings(form_2021: Form, hashes: str) -> None:
    lines = [
        *(f"# {TITLE}", "", "前言。", f"{hashes}一、总体情况", "甲", "（一）乙"),
        f"{hashes}三、收到和处理政府信息公开申请情况",
        *(f"{hashes}六、 其他需要报告的事项", "无。"),
    ]
    parts = split(TextSource("年报.md", "\r\n".join(lines)), form_2021)
    assert {key: (part.first_line, part.text.strip()) for key, part in parts.items()} == {
        "preface": (2, "前言。"),
        "overview": (5, "甲\n（一）乙"),
        "other": (9, "无。"),
    }


def test_a_title_in_two_lines_is_no_preface(form_2021: Form) -> None:
    text = "某某区档案局\n2021年政府信息公开工作年度报告\n\n一、总体情况\n甲"
    assert list(split(TextSource("年报.txt", text), form_2021)) == ["overview"]


def test_a_text_without_sections_is_all_preface(form_2021: Form) -> None:
    assert split(TextSource("年报.txt", "甲"), form_2021)["preface"].text == "甲"


def test_unknown_and_repeated_headings_are_problems_in_their_lines(form_2021: Form) -> None:
    text = "# 一、总体情况\n甲\n# 七、别的\n# 一、总体情况"
    with pytest.raises(NarrativeError) as caught:
        split(TextSource("年报.md", text, first_line=1), form_2021)
    unknown, repeated = caught.value.problems
    assert unknown.startswith("年报.md 第3行：不认识的一级标题“七、别的”")
    assert repeated.startswith("年报.md 第4行：“一、总体情况”出现两次（前一次在第1行）")


@pytest.mark.parametrize("line", ["一、加强组织领导", "二、责任到人。", "七、附则", "二、三季度"])
def test_a_numbered_line_of_ones_own_is_text(form_2021: Form, line: str) -> None:
    text = f"一、总体情况\n甲\n{line}"
    assert split(TextSource("年报.md", text), form_2021)["overview"].text == f"甲\n{line}"


def test_problems_in_a_cut_text_keep_the_files_lines(report: AnnualReport, form_2021: Form) -> None:
    source = TextSource("年报.md", "一、总体情况\n甲\n六、其他需要报告的事项\n{{ 三.新收 }}")
    with pytest.raises(NarrativeError, match=r"年报\.md 第4行："):
        render(split(source, form_2021), figures_of(report, form_2021))
