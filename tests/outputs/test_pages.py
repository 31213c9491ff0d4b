"""What `gk-xlsx explain` prints, and RULES.md."""

from __future__ import annotations

import pytest

from gk_xlsx.errors import GkXlsxError
from gk_xlsx.outputs.pages import explanation, rule_list, rules_markdown
from gk_xlsx.rules import ALL
from gk_xlsx.rules.rule import Rule
from gk_xlsx.sources.door import REFUSALS

CODES = sorted({refusal[0] for refusal in REFUSALS})


@pytest.mark.parametrize("each", ALL, ids=lambda each: each.code)
def test_every_rule_is_explained_by_code_and_by_name(each: Rule) -> None:
    page = explanation(each.code, ALL, REFUSALS)
    assert page.startswith(f"{each.code}【{each.severity.label}】")
    assert explanation(each.name, ALL, REFUSALS) == page
    assert all(f"\n{label}：" in page for label in ("查什么", "依据", "例", "怎么改", "不管的"))


def test_a_page_reads_from_its_severity_to_what_it_leaves_to_others() -> None:
    lines = explanation("AR03", ALL, REFUSALS).splitlines()
    assert lines[0] == "AR03【错误】须改正（数据）"
    assert lines[1] == ""
    assert lines[2].startswith("查什么：三、申请办理每一列，本年新收＋上年结转＝")


@pytest.mark.parametrize("code", CODES)
def test_every_refusal_is_explained_with_all_its_cases(code: str) -> None:
    page = explanation(code, ALL, REFUSALS)
    for known, _, what, fix in REFUSALS:
        assert (f"情形：{what}怎么办：{fix}" in page) is (known == code)


@pytest.mark.parametrize("query", ["ar03", " AR03 ", "ＡＲ０３", "Balance"])
def test_how_a_code_is_typed_does_not_matter(query: str) -> None:
    assert explanation(query, ALL, REFUSALS) == explanation("AR03", ALL, REFUSALS)


def test_without_a_code_every_rule_is_listed_once() -> None:
    lines = explanation("", ALL, REFUSALS).splitlines()
    for code in [rule.code for rule in ALL] + CODES:
        assert sum(line.startswith(f"  {code}【") for line in lines) == 1


def test_a_family_is_listed_alone() -> None:
    text = explanation("ar", ALL, REFUSALS)
    assert text == rule_list(ALL, REFUSALS, "AR")
    assert text.startswith("AR 勾稽关系\n  AR01【错误】")
    assert "IN01" not in text


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("AR3", "没有“AR3”这条规则。是不是要看 AR03"),
        ("AR09", "AR04"),
        ("balanc", "是不是要看 balance"),
        ("啊", "有这些类：AR（勾稽关系）、IN（填写）"),
    ],
)
def test_an_unknown_code_is_answered_with_what_comes_nearest(query: str, said: str) -> None:
    with pytest.raises(GkXlsxError, match=said):
        explanation(query, ALL, REFUSALS)


def test_the_markdown_has_a_heading_for_each_rule_and_a_line_for_each_refusal() -> None:
    lines = rules_markdown(ALL, REFUSALS).splitlines()
    headings = [line.split()[1].partition("【")[0] for line in lines if line.startswith("### ")]
    assert sorted(headings) == sorted(rule.code for rule in ALL)
    assert [line for line in lines if line.startswith("| FI")] == [
        f"| {code} | {what} | {fix} |" for code, _, what, fix in REFUSALS
    ]


def test_a_family_without_rules_is_left_out() -> None:
    assert "## RO" not in rules_markdown([rule for rule in ALL if rule.code[:2] != "RO"], ())
