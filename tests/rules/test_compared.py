"""RO06: a report held against the sum of the reports below it."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from gk_xlsx.report import Entry, EntryKind
from gk_xlsx.rollup.differences import Comparison, Side, compare
from gk_xlsx.rules import judge_set
from gk_xlsx.rules.page import LABELS, page_of
from gk_xlsx.rules.sets import ALL_COMPARED
from tests.rollup.districts import FORM, district, side, summed, with_values

LICENCES = "proactive.licences.decisions"
UNITS = [with_values(unit, {LICENCES: Decimal(10)}) for unit in district(3, 1)]


def found(comparison: Comparison) -> list[str]:
    return [item.finding.message for item in judge_set(comparison, ALL_COMPARED)]


@pytest.mark.parametrize("turned", [False, True])
def test_it_speaks_where_the_parent_has_another_figure(turned: bool) -> None:
    parent = Side("区.html", with_values(summed(UNITS), {LICENCES: Decimal(31)}))
    sides = (side("各单位", UNITS), parent) if turned else (parent, side("各单位", UNITS))
    [message] = found(compare(FORM, *sides))
    assert message == (
        "区.html 与 各单位 的 3 份报告之和有 1 格不一致："
        "二、主动公开“行政许可·本年处理决定数量”报告 31、各单位之和 30。"
    )


def test_it_is_silent_where_they_agree() -> None:
    assert found(compare(FORM, Side("区.html", summed(UNITS)), side("各单位", UNITS))) == []


def test_a_figure_that_is_not_known_is_not_compared() -> None:
    total = summed(UNITS)
    unknown = Entry(EntryKind.UNKNOWN, reason="看不清")
    parent = replace(total, entries={**total.entries, LICENCES: unknown})
    assert found(compare(FORM, Side("区.html", parent), side("各单位", UNITS))) == []


def test_two_reports_and_two_sums_are_not_its_business() -> None:
    other = with_values(summed(UNITS), {LICENCES: Decimal(31)})
    assert found(compare(FORM, Side("甲", summed(UNITS)), Side("乙", other))) == []
    assert found(compare(FORM, side("甲", UNITS), side("乙", UNITS[:2]))) == []


def test_its_page_has_every_part() -> None:
    for rule in ALL_COMPARED:
        assert tuple(label for label, _ in page_of(rule).parts) == LABELS
