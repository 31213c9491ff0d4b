"""Which lines of a roster a sum is made of."""

from __future__ import annotations

from dataclasses import replace

import pytest

from gk_xlsx.errors import GkXlsxError
from gk_xlsx.rollup.expected import (
    branches,
    kind_of,
    missing_lines,
    root_line,
    under,
    why_aside,
)
from gk_xlsx.rollup.roster import Roster, RosterLine, Standing
from gk_xlsx.units import Level, Scope
from tests.rollup.sums import line, small_roster

ROSTER = small_roster()
ROOT = ROSTER.by_code["1"]


def changed(code: str, **changes: object) -> Roster:
    lines = (
        replace(item, **changes) if item.code == code else item  # type: ignore[arg-type]
        for item in ROSTER
    )
    return Roster(tuple(lines))


def codes(lines: tuple[RosterLine, ...]) -> str:
    return "".join(item.code for item in lines)


def test_the_root_is_the_only_line_without_one_above() -> None:
    assert root_line(ROSTER).name == "示例市"


def test_a_branch_can_be_named() -> None:
    assert root_line(ROSTER, "示例市某某镇").code == "4"


def test_of_two_lines_of_a_name_the_one_with_lines_below_is_meant() -> None:
    roster = Roster((*ROSTER, line("示例市某某镇", "9", "4")))

    assert root_line(roster, "示例市某某镇").code == "4"


def test_a_name_that_is_not_there_is_refused_with_the_nearest() -> None:
    with pytest.raises(GkXlsxError, match=r"没有“示例市某样镇”.*是不是“示例市某某镇”"):
        root_line(ROSTER, "示例市某样镇")


def test_several_roots_need_a_name() -> None:
    roster = Roster((line("甲县", "1"), line("乙县", "2")))

    with pytest.raises(GkXlsxError, match="请用 --unit"):
        root_line(roster)


def test_a_branch_has_everything_below_it() -> None:
    assert codes(under(ROSTER, ROSTER.by_code["4"])) == "456"
    assert codes(under(ROSTER, ROOT)) == "1234567"


def test_missing_is_who_should_be_counted_and_is_not_there() -> None:
    assert codes(missing_lines(ROSTER, ROOT, {"2"})) == "356"


def test_a_sum_that_was_handed_in_stands_for_all_below_it() -> None:
    assert codes(missing_lines(ROSTER, ROOT, {"2", "3", "4"})) == ""


def test_the_offices_own_report_is_one_of_the_rows() -> None:
    roster = changed("1", scope=Scope.BODY)

    assert codes(missing_lines(roster, roster.by_code["1"], set())) == "12356"
    assert why_aside(roster, roster.by_code["1"], roster.by_code["1"]) == ""


@pytest.mark.parametrize(
    ("roster", "code", "why"),
    [
        (ROSTER, "2", ""),
        (ROSTER, "7", "名册上“计入汇总”为否"),
        (ROSTER, "1", "这是本级汇总，由各单位的数相加得出"),
        (changed("2", standing=Standing.MERGED), "2", "名册状态为“撤并”，不须报送"),
        (changed("4", counted=False), "5", "所属的“示例市某某镇”不计入汇总"),
        (changed("4", counted=False, scope=Scope.BODY), "5", ""),
    ],
)
def test_why_a_report_is_set_aside(roster: Roster, code: str, why: str) -> None:
    assert why_aside(roster, roster.by_code["1"], roster.by_code[code]) == why


def test_what_is_not_counted_above_counts_within() -> None:
    roster = changed("4", counted=False)

    assert why_aside(roster, roster.by_code["4"], roster.by_code["5"]) == ""
    assert codes(missing_lines(roster, roster.by_code["1"], set())) == "23"


def test_branches_come_from_below() -> None:
    assert codes(branches(ROSTER, ROOT)) == "41"


@pytest.mark.parametrize(
    ("name", "scope", "level", "kind", "expected"),
    [
        ("示例市民政局", Scope.BODY, None, "", "部门"),
        ("示例市人民政府办公室", Scope.BODY, None, "", "本级"),
        ("示例市人民政府", Scope.GOVERNMENT, None, "", "本级"),
        ("示例街道办事处", Scope.BODY, None, "", "镇街"),
        ("示例市服务中心", Scope.BODY, None, "", "其他"),
        ("某某", Scope.BODY, None, "", "其他"),
        ("某某", Scope.BODY, Level.COUNTY, "", "区县"),
        ("示例市民政局", Scope.BODY, None, "组成部门", "组成部门"),
    ],
)
def test_subtotals_are_made_by_the_rosters_word_or_the_kind_of_body(
    name: str, scope: Scope, level: Level | None, kind: str, expected: str
) -> None:
    assert kind_of(name, scope, line(name, "1", level=level, kind=kind)) == expected
