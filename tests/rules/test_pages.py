"""Every rule has a stable code and a page that says how to mend what it finds."""

from __future__ import annotations

import re

import pytest

from gk_xlsx.findings import Gate
from gk_xlsx.rules import ALL, Rule, arithmetic, inputs, seal, years

FAMILIES = {"AR": arithmetic, "IN": inputs, "SE": seal, "YR": years}
PARTS = ("查什么：", "依据：", "例：", "怎么改：", "不管的：")

each_rule = pytest.mark.parametrize("rule", ALL, ids=lambda rule: rule.code)


def test_codes_and_names_are_unique() -> None:
    assert len({rule.code for rule in ALL}) == len(ALL)
    assert len({rule.name for rule in ALL}) == len(ALL)


@each_rule
def test_the_code_is_of_its_family(rule: Rule) -> None:
    assert re.fullmatch(r"[A-Z]{2}\d{2}", rule.code)
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", rule.name)
    assert rule.judge.__module__ == FAMILIES[rule.code[:2]].__name__
    assert rule.gate is Gate.DATA


@each_rule
def test_the_page_has_all_its_parts_in_order(rule: Rule) -> None:
    first, *rest = rule.page.strip().split("\n")
    assert re.fullmatch(r"[A-Z][^\u4e00-\u9fff]*[\u4e00-\u9fff/0-9]*[^\u4e00-\u9fff]*\.|.+\.", first)
    assert first.isascii() or re.search(r"[a-z]{3}", first)
    lines = [line.strip() for line in rest if line.strip()]
    assert [line.partition("：")[0] + "：" for line in lines] == list(PARTS)
    assert all(len(line.partition("：")[2]) > 3 for line in lines)


def test_every_rule_of_a_module_is_among_all() -> None:
    made = {
        value for module in FAMILIES.values() for value in vars(module).values()
        if isinstance(value, Rule)
    }  # fmt: skip
    assert made == set(ALL)
