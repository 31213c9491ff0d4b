"""A rule's page, taken apart."""

from __future__ import annotations

import pytest

from gk_xlsx.findings import Severity
from gk_xlsx.rules import ALL
from gk_xlsx.rules.page import FAMILIES, FIX, LABELS, SOURCE, WHAT, page_of
from gk_xlsx.rules.rule import Case, Rule, rule


@rule("AR99", "made-up", Severity.NOTE)
def _made_up(_case: Case) -> tuple[()]:
    """A rule that is made up.

    查什么：第一行，
    接着第二行。
    依据：无：只为测试。
    """
    return ()


def test_a_page_is_taken_apart_at_its_labels() -> None:
    page = page_of(_made_up)
    assert page.title == "A rule that is made up."
    assert page.parts == ((WHAT, "第一行，接着第二行。"), (SOURCE, "无：只为测试。"))
    assert page.part(FIX) == ""


@pytest.mark.parametrize("each", ALL, ids=lambda each: each.code)
def test_every_rules_page_has_its_parts_and_a_family(each: Rule) -> None:
    page = page_of(each)
    assert [label for label, _ in page.parts] == list(LABELS)
    assert all(text.strip() for _, text in page.parts)
    assert page.code[:2] in FAMILIES
