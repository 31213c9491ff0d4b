"""RO09: what must not be added together is refused, with the files named."""

from __future__ import annotations

from dataclasses import replace

import pytest

from gk_xlsx.merged import Contributor
from gk_xlsx.report import Part
from gk_xlsx.rollup.double_counting import (
    DoubleCountingError,
    each_once,
    refuse_double_counting,
)
from gk_xlsx.rollup.roster import Roster
from gk_xlsx.units import Level, Scope
from tests.rollup.sums import contributor, line, renamed, small_roster, units

FIRST, SECOND, THIRD = units(3)


def item(name: str, number: int = 0, **changes: object) -> Contributor:
    """A contributor of that name; `changes` as in `Contributor`."""
    report = renamed((FIRST, SECOND, THIRD)[number], name)
    return replace(contributor(report), **changes)  # type: ignore[arg-type]  # as in `line`


def refused(*counted: Contributor, roster: Roster | None = None) -> tuple[str, ...]:
    with pytest.raises(DoubleCountingError) as caught:
        refuse_double_counting(counted, roster)
    return caught.value.problems


def test_the_same_report_twice_counts_once_and_is_said() -> None:
    copies = [item("示例市示例局", path=path) for path in ("乙/表.xlsx", "甲/表.xlsx")]

    once = each_once(copies)

    assert [one.path for one in once.kept] == ["乙/表.xlsx"]
    assert once.remarks == ("甲/表.xlsx 与 乙/表.xlsx 是同一份报告（示例市示例局），只计一次。",)


def test_the_same_figures_saved_again_are_a_copy() -> None:
    copies = [item("示例市示例局", sha256="a"), item("示例市示例局", sha256="b")]

    assert len(each_once(copies).kept) == 1


def test_which_copy_stays_does_not_depend_on_the_order() -> None:
    copies = [item("示例市示例局", path=path) for path in ("乙.xlsx", "甲.xlsx")]

    assert each_once(copies) == each_once(copies[::-1])


def test_two_reports_of_one_unit_with_other_figures_are_refused() -> None:
    problems = refused(
        item("示例市示例局", 0, path="一稿.xlsx"), item("示例市示例局", 1, path="二稿.xlsx")
    )

    assert len(problems) == 1
    assert "“示例市示例局”（本机关）有两份数据不同的报告：一稿.xlsx、二稿.xlsx" in problems[0]


def test_two_units_of_one_name_with_codes_of_their_own_are_two() -> None:
    refuse_double_counting([item("财政局", 0, code="01"), item("财政局", 1, code="02")])


def test_a_government_and_a_body_of_the_same_name_are_two_reports() -> None:
    refuse_double_counting([item("示例市", 0), item("示例市", 1, scope=Scope.GOVERNMENT)])


def test_a_merged_report_beside_one_of_its_own_is_refused() -> None:
    child = item("示例市示例局")
    merged = item("示例市某某镇", 1, scope=Scope.AREA, parts=(child.part,), path="镇汇总.xlsx")

    problems = refused(merged, child)

    assert "镇汇总.xlsx（“示例市某某镇”汇总）已含“示例市示例局”" in problems[0]
    assert child.path in problems[0]


def test_a_part_sent_again_in_another_file_is_known_by_its_name_with_region() -> None:
    child = item("示例市示例局", sha256="new")
    part = Part("", "示例市示例局", Scope.BODY, "old")

    assert refused(item("某某镇", 1, scope=Scope.AREA, parts=(part,)), child)


def test_bodies_of_two_counties_with_the_same_short_name_are_two() -> None:
    """Counties leave their own name out, and number their units alike."""
    parts = [(Part("01", "财政局", Scope.BODY, sha),) for sha in ("a", "b")]

    refuse_double_counting(
        [
            item("甲县", 0, scope=Scope.AREA, parts=parts[0]),
            item("乙县", 1, scope=Scope.AREA, parts=parts[1]),
            item("财政局", 2, code="01"),
        ]
    )


def test_two_sums_with_a_common_report_are_refused() -> None:
    part = Part("01", "示例市开发区管理委员会", Scope.BODY, "same")

    problems = refused(
        item("甲县", 0, scope=Scope.AREA, parts=(part,), path="甲.xlsx"),
        item("乙县", 1, scope=Scope.AREA, parts=(part,), path="乙.xlsx"),
    )

    [problem] = problems
    assert problem.startswith("乙.xlsx 和 甲.xlsx 两份汇总都含“示例市开发区管理委员会”。")


@pytest.mark.parametrize("government", ["示例市人民政府", "示例市"])
def test_the_office_inside_the_governments_own_report_is_refused(government: str) -> None:
    problems = refused(item(government, 0, scope=Scope.GOVERNMENT), item("示例市人民政府办公室", 1))

    assert "（本级政府含办公室，" in problems[0]
    assert "已含“示例市人民政府办公室”" in problems[0]


def test_the_office_within_a_sum_is_found_too() -> None:
    office = Part("", "示例市政府办公室", Scope.BODY, "x")

    problems = refused(
        item("示例市人民政府", 0, scope=Scope.GOVERNMENT),
        item("示例市", 1, scope=Scope.AREA, parts=(office,)),
    )

    assert "（在“示例市”汇总内）" in problems[0]


def test_the_office_of_another_government_is_none_of_its_own() -> None:
    refuse_double_counting(
        [item("示例市人民政府", 0, scope=Scope.GOVERNMENT), item("某某县人民政府办公室", 1)]
    )


def test_a_roster_tells_an_office_by_its_place() -> None:
    roster = Roster(
        (
            line("示例市", "1", scope=Scope.AREA),
            line("市政府", "2", "1", scope=Scope.GOVERNMENT),
            line("府办", "3", "1", level=Level.OFFICE),
        )
    )
    counted = [
        item("市政府", 0, code="2", scope=Scope.GOVERNMENT),
        item("府办", 1, code="3"),
    ]

    refuse_double_counting(counted)
    assert refused(*counted, roster=roster)


def test_a_sum_without_parts_beside_units_below_it_is_known_by_the_roster() -> None:
    town = item("示例市某某镇", 0, code="4", scope=Scope.AREA, path="镇.docx")
    village = item("示例市示例02局", 1, code="5")

    problems = refused(town, village, roster=small_roster())

    assert "镇.docx 是“示例市某某镇”的本行政区域汇总" in problems[0]
    refuse_double_counting([town, item("示例市示例00局", 2, code="2")], small_roster())
