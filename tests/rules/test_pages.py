"""Every rule has a stable code and a page that says how to mend what it finds."""

from __future__ import annotations

import pkgutil
import re
from collections.abc import Iterator
from importlib import import_module

import pytest

from gk_xlsx import rules
from gk_xlsx.rules import ALL, Rule

PARTS = ("查什么：", "依据：", "例：", "怎么改：", "不管的：")

each_rule = pytest.mark.parametrize("rule", ALL, ids=lambda rule: rule.code)


def made() -> Iterator[Rule]:
    """Every rule that any module of the package makes."""
    for module in pkgutil.iter_modules(rules.__path__, "gk_xlsx.rules."):
        values = vars(import_module(module.name)).values()
        yield from (value for value in values if isinstance(value, Rule))


def test_codes_and_names_are_unique() -> None:
    assert len({rule.code for rule in ALL}) == len(ALL)
    assert len({rule.name for rule in ALL}) == len(ALL)


def test_every_rule_that_is_made_is_run() -> None:
    assert {rule.code for rule in made()} == {rule.code for rule in ALL}


def test_a_module_holds_rules_of_one_family() -> None:
    families: dict[str, set[str]] = {}
    for rule in ALL:
        families.setdefault(rule.judge.__module__, set()).add(rule.code[:2])
    assert {module: found for module, found in families.items() if len(found) > 1} == {}


@each_rule
def test_code_and_name_are_well_formed(rule: Rule) -> None:
    assert re.fullmatch(r"[A-Z]{2}\d{2}", rule.code)
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", rule.name)


@each_rule
def test_the_page_has_all_its_parts_in_order(rule: Rule) -> None:
    first, *rest = rule.page.strip().split("\n")
    assert re.fullmatch(r"[A-Z][a-z]*,? .*\.", first)
    lines = [line.strip() for line in rest if line.strip()]
    begun = [line for line in lines if line.partition("：")[0] + "：" in PARTS]
    assert tuple(line.partition("：")[0] + "：" for line in begun) == PARTS
    assert all(len(line.partition("：")[2]) > 3 for line in begun)
