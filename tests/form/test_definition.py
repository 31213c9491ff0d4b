"""A wrong definition: every problem at once, each with file and line."""

from __future__ import annotations

import pytest

from gk_xlsx.errors import DefinitionError
from gk_xlsx.form import Form, Period, parse
from gk_xlsx.resources import EDITIONS, template

SMALL = """\
form: gk-annual-report
edition: "2099"
document: 文号
years: {from: 2099, to: 2100}
title: "{year}年报告"
sections:
  - {key: first, heading: 一、甲, table: first}
tables:
  - key: first
    numeral: 一
    sheet: 一、甲
    twips: [100, 100, 100]
    blocks:
      - columns:
          - {id: part, label: [部分], short: 部分, unit: 件}
          - {id: total, label: [总计], short: 总计, unit: 件}
        rows:
          - {id: a, label: [甲], short: 甲, scope: 口径}
          - {id: b, label: [乙], short: 乙, scope: 口径}
    row_sums:
      - {short: 合计, label: 甲乙, of: [a, b]}
sentences:
  - "{年}年{单位}{一.甲.总计}件。"
relations:
  - code: XX01
    name: total
    text: 总计＝部分
    source: 表头
    defines: true
    each: {row: first.rows}
    left: ["first.{row}.total"]
    right: ["first.{row}.part"]
"""


def small(*changes: tuple[str, str]) -> str:
    text = SMALL
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text


def problems(text: str) -> list[str]:
    with pytest.raises(DefinitionError) as caught:
        parse(text, "form.yaml")
    return list(caught.value.problems)


def test_the_small_definition_is_right() -> None:
    form = parse(SMALL, "form.yaml")
    assert list(form.fields) == ["first.a.part", "first.a.total", "first.b.part", "first.b.total"]
    assert list(form.computed) == ["first.a.total", "first.b.total"]
    assert form.names["一.合计.总计"] == ("first.a.total", "first.b.total")
    assert [form.covers(year) for year in (2098, 2099, 2100, 2101)] == [False, True, True, False]


@pytest.mark.parametrize("edition", EDITIONS)
def test_the_definitions_of_the_project_are_right(edition: str) -> None:
    path = template(edition, "form.yaml")
    assert isinstance(parse(path.read_text("utf-8"), str(path)), Form)


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("form: gk-annual-report", "form: other", "1: form 应为 gk-annual-report"),
        ("document: 文号", "dokument: 文号", "3: 不认识的项目：dokument"),
        ("document: 文号\n", "", "1: 缺少项目：document"),
        ("document: 文号", "? [a]\n: 文号", "3: 不认识的项目：（不是一个词）"),
        ("document: 文号", "document: [文号]", "3: 应为一段文字"),
        ("document: 文号", "document: 文号\ndocument: 文号", "1: 项目重复：document"),
        ("{from: 2099, to: 2100}", "2099", "4: 应为含 from 的一组项目"),
        ("from: 2099", "from: 新年", "4: 应为整数，现为“新年”"),
        ("to: 2100", "to: 2000", "4: to（2000）早于 from（2099）"),
        ("table: first}", "table: second}", "7: 没有这张表：second"),
        (", table: first}", "}", "7: 表 first 没有列入任何部分"),
        (
            "table: first}\n",
            "table: first}\n  - {key: first, heading: 二、}\n",
            "7: 部分编号重复：first",
        ),
        ("twips: [100, 100, 100]", "twips: [100]", "14: 各列合计占 3 格，twips 却有 1 格"),
        ("twips: [100, 100, 100]", "twips: 100", "12: 应为一个列表"),
        ("label: [部分], ", "label: [], ", "15: 列表不能为空"),
        ("label: [甲], ", "label: [], ", "14: 行“a”的标签有 0 级，表头只有 1 列（label_columns）"),
        (
            "label: [甲], ",
            "label: [组, 甲], ",
            "14: 行“a”的标签有 2 级，表头只有 1 列（label_columns）",
        ),
        (
            "short: 部分, unit: 件}",
            "short: 部分, unit: 件, kind: many}",
            "15: kind 应为 count、signed、money、money_with_unit 之一，现为“many”",
        ),
        ("id: b, label", "id: a, label", "9: 字段编号重复：first.a.part"),
        ("short: 乙", "short: 甲", "9: 简称重复：一.甲.总计"),
        ("of: [a, b]", "of: [a, c]", "21: 合计项 c 不是本表的行或列"),
        ("{一.甲.总计}", "{一.丙.总计}", "23: 没有这个简称：一.丙.总计"),
        ("defines: true", "defines: perhaps", "29: 应为 true 或 false，现为“perhaps”"),
        ("{row: first.rows}", "first.rows", "30: 应为“变量: 取值”"),
        (
            "{row: first.rows}",
            "{row: second.rows}",
            "30: 没有这一组取值：second.rows（可用：fields、first.rows、first.columns）",
        ),
        ('left: ["first.{row}.total"]', "left: []", "31: 列表不能为空"),
        ("first.{row}.part", "first.{row}.whole", "32: 没有这个字段：first.a.whole"),
        ("first.{row}.part", "next:first.{row}.part", "32: 没有这个字段：next:first.a.part"),
        ("first.{row}.part", "", "32: 没有这个字段："),
        ("first.{row}.part", "first.{line}.part", "32: 变量 {line} 没有在 each 或 over 里给出"),
        (
            'left: ["first.{row}.total"]',
            'left: ["first.{row}.total", "first.{row}.part"]',
            "31: defines 的关系左边只能有一格",
        ),
        (
            "first.{row}.part",
            "first.{row}.total",
            "25: 合计互相循环：first.a.total、first.b.total",
        ),
    ],
)
def test_a_mistake_is_told_with_its_line(old: str, new: str, problem: str) -> None:
    assert f"form.yaml:{problem}" in problems(small((old, new)))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("first.{row}.part", "first.{line}.part"),
        ("{row: first.rows}", "{row: second.rows}"),
        ("twips: [100, 100, 100]", "twips: [100, 100]"),
        ("of: [a, b]", "of: [a, c]"),
        ("document: 文号\n", ""),
    ],
)
def test_one_mistake_is_told_once(old: str, new: str) -> None:
    assert len(problems(small((old, new)))) == 1


def test_all_mistakes_are_told_in_the_order_of_the_file() -> None:
    text = small(
        ("form: gk-annual-report", "form: other"),
        ("document: 文号", "dokument: 文号"),
        ("from: 2099", "from: 新年"),
        ("twips: [100, 100, 100]", "twips: [100]"),
        ("short: 部分, unit: 件}", "short: 部分, unit: 件, kind: many}"),
        ("of: [a, b]", "of: [a, c]"),
        ("{一.甲.总计}", "{一.丙.总计}"),
        ("defines: true", "defines: perhaps"),
        ("first.{row}.part", "first.{line}.part"),
    )
    lines = [int(problem.split(":")[1]) for problem in problems(text)]
    assert lines == sorted(lines)
    assert set(lines) == {1, 3, 4, 14, 15, 21, 23, 29, 32}


def test_two_tables_must_differ_in_key_sheet_and_numeral() -> None:
    start, end = SMALL.index("  - key: first"), SMALL.index("sentences:")
    doubled = SMALL[:end] + SMALL[start:end] + SMALL[end:]
    assert problems(doubled) == [
        "form.yaml:9: 两张表的 key 相同：first",
        "form.yaml:9: 两张表的 numeral 相同：一",
        "form.yaml:9: 两张表的 sheet 相同：一、甲",
    ]


@pytest.mark.parametrize(
    ("text", "line"),
    [("a: [1,\nb", 3), ("form: 甲\n\tedition: 乙", 2), ("a: 1\nb: \x00", 2), ("", 1)],
)
def test_what_is_no_yaml_is_told_with_its_line(text: str, line: int) -> None:
    (problem,) = problems(text)
    assert problem.startswith(f"form.yaml:{line}: ")


def test_a_list_is_no_definition() -> None:
    (problem,) = problems("- a\n")
    assert problem.startswith("form.yaml:1: 应为含 form、edition")


def test_the_error_says_everything_in_its_text() -> None:
    with pytest.raises(DefinitionError) as caught:
        parse(small(("document: 文号", "dokument: 文号")), "form.yaml")
    assert str(caught.value) == "\n".join(caught.value.problems)


def test_terms_may_be_subtracted_and_of_other_periods() -> None:
    text = small(
        ('right: ["first.{row}.part"]', 'right: ["last:first.{row}.part", "-first.{row}.part"]')
    )
    terms = parse(text, "form.yaml").relations[0].right
    assert [(term.sign, term.period, term.field) for term in terms] == [
        (1, Period.LAST, "first.a.part"),
        (-1, Period.THIS, "first.a.part"),
    ]


def test_over_opens_out_within_one_relation() -> None:
    text = small(
        ("each: {row: first.rows}", "each: {column: [total]}\n    over: {row: first.rows}"),
        ('left: ["first.{row}.total"]', 'left: ["first.a.{column}"]'),
        ('right: ["first.{row}.part"]', 'right: ["first.{row}.part"]'),
    )
    (relation,) = parse(text, "form.yaml").relations
    assert [term.field for term in relation.right] == ["first.a.part", "first.b.part"]
    assert relation.key == "total"


def test_a_definition_needs_no_relations_and_no_sentences() -> None:
    form = parse(SMALL[: SMALL.index("sentences:")], "form.yaml")
    assert (form.relations, form.sentences, form.computed) == ((), (), {})
