"""Rosters as offices keep them, and everything that can be wrong with one."""

from __future__ import annotations

import pytest

from gk_xlsx.errors import RosterError
from gk_xlsx.rollup.roster import Roster, Standing
from gk_xlsx.rollup.roster_rows import read_roster
from gk_xlsx.rollup.roster_table import Merge, RosterTable
from gk_xlsx.units import Level, Scope

FULL = (
    "序号", "单位名称", "单位编码", "上级", "类型", "别名", "统计范围", "计入汇总", "是否公布",
    "状态", "上年来源", "联系人", "电话",
)  # fmt: skip


def table(*rows: str, merges: tuple[Merge, ...] = ()) -> RosterTable:
    """Rows with cells separated by `|`."""
    return RosterTable([[cell.strip() for cell in row.split("|")] for row in rows], merges)


def roster(*rows: str, merges: tuple[Merge, ...] = ()) -> Roster:
    return read_roster(table(*rows, merges=merges), "名册.xlsx").roster


def problems(*rows: str, merges: tuple[Merge, ...] = ()) -> tuple[str, ...]:
    with pytest.raises(RosterError) as error:
        roster(*rows, merges=merges)
    assert str(error.value) == "\n".join(error.value.problems)
    return error.value.problems


def names(found: Roster) -> list[str]:
    return [line.name for line in found]


# -- what is read --------------------------------------------------------------------------


def test_a_name_alone_is_enough() -> None:
    [first, second] = roster("单位名称", "甲局", "乙局")

    assert (first.name, first.row, first.code, first.scope) == ("甲局", 2, "001", Scope.BODY)
    assert (first.parent, first.level, first.kind, first.standing) == (
        "", None, "", Standing.NORMAL,
    )  # fmt: skip
    assert first.counted
    assert first.published
    assert first.due
    assert second.code == "002"


def test_every_column_is_read_in_any_order() -> None:
    head = "|".join(reversed(FULL))
    values = (
        "1", "某区文旅局", "A7", "某区", "部门", "区文旅局；文旅局、旅游局", "本机关", "否", "×",
        "更名", "某区文化局，某区旅游局", "李四", "0000-1",
    )  # fmt: skip
    top = ["", "某区", "A1", *[""] * 10]
    found = roster(head, "|".join(reversed(top)), "|".join(reversed(values)))

    line = found.by_code["A7"]
    assert (line.name, line.parent, line.kind, line.level) == (
        "某区文旅局", "A1", "部门", Level.DEPARTMENT,
    )  # fmt: skip
    assert line.aliases == ("区文旅局", "文旅局", "旅游局")
    assert line.last_sources == ("某区文化局", "某区旅游局")
    assert (line.counted, line.published, line.standing) == (False, False, Standing.RENAMED)
    assert (line.contact, line.phone) == ("李四", "0000-1")
    assert dict(line.extra) == {"序号": "1"}


@pytest.mark.parametrize(
    "head",
    [
        "单位",
        "机关名称",
        "部门",
        "填报单位",
        "单位名称*",
        "单 位\n名 称",
        "单位名称（全称）",
        "名称：",
    ],
)
def test_usual_wordings_of_the_head_are_known(head: str) -> None:
    assert names(roster(f"序号|{head}|联系电话", "1|甲局|123")) == ["甲局"]


def test_the_best_of_two_columns_of_names_counts_and_the_other_is_kept() -> None:
    [line] = roster("部门|单位名称|手机|办公电话", "综合类|甲局|1|2")

    assert (line.name, line.phone) == ("甲局", "1")
    assert dict(line.extra) == {"部门": "综合类", "办公电话": "2"}


def test_titles_above_the_head_are_passed_over() -> None:
    found = roster("某区2025年度年报名册", "填报单位：区政府办", "", "序号|单位|电话", "1|甲局|0")

    assert [(line.row, line.name) for line in found] == [(5, "甲局")]


def test_a_label_in_a_title_row_is_no_head() -> None:
    assert names(roster("填报单位|某区政府办", "序号|单位名称|电话", "1|甲局|0")) == ["甲局"]


def test_a_head_of_two_rows_is_one() -> None:
    merges = (Merge(0, 0, 1, 0), Merge(0, 1, 0, 2))
    [line] = roster("单位|联系人|", "|姓名|电话", "甲局|李四|123", merges=merges)

    assert (line.name, line.contact, line.phone) == ("甲局", "李四", "123")


def test_blank_rows_sums_notes_and_numbered_rows_are_no_units() -> None:
    rows = (
        "序号|单位|是否公布",
        "1|甲局|",
        "||",
        "2||",
        "3||是",
        "合计|61 家|",
        "注：有变动请告知。||",
    )

    assert names(roster(*rows)) == ["甲局"]


def test_headings_of_groups_are_the_kind_of_those_below_but_not_their_level() -> None:
    merges = (Merge(1, 0, 1, 1), Merge(4, 0, 4, 1))
    rows = (
        "序号|单位",
        "一、区政府（1个）|",
        "1|某区政府办公室",
        "（二）街道|",
        "其他单位|",
        "2|某园区",
    )
    first, second = roster(*rows, merges=merges)

    assert (first.kind, first.level) == ("区政府", None)
    assert (second.kind, second.row) == ("其他单位", 6)


def test_cells_merged_downwards_hold_for_every_row() -> None:
    merges = (Merge(2, 1, 3, 1), Merge(2, 2, 3, 2))
    found = roster("单位|上级|类型", "某区||", "甲局|某区|部门", "乙局||", merges=merges)

    assert [line.parent for line in found] == ["", "001", "001"]
    assert [line.kind for line in found] == ["", "部门", "部门"]


def test_ditto_marks_hold_for_the_row_above() -> None:
    found = roster("单位|上级|类型", "某区||", "甲局|某区|部门", "乙局|同上|〃")

    assert (found.lines[2].parent, found.lines[2].kind) == ("001", "部门")


def test_a_name_over_two_rows_is_one_unit_with_two_contacts() -> None:
    merges = (Merge(1, 0, 2, 0),)
    [first, second] = roster(
        "单位|联系人|电话", "甲局|李四|1", "|王五|2", "乙局|赵六|3", merges=merges
    )

    assert (first.contact, first.phone, second.contact) == ("李四、王五", "1、2", "赵六")


def test_spaces_and_unseen_signs_in_names_go() -> None:
    assert names(roster("单位", "\u202e民 政　局\u200b", "甲\n局")) == ["民政局", "甲局"]


def test_separators_within_brackets_do_not_separate() -> None:
    [line] = roster("单位|别名", "甲局|文旅局（文物局、版权局）；旅游局")

    assert line.aliases == ("文旅局（文物局、版权局）", "旅游局")


@pytest.mark.parametrize(
    ("word", "scope"),
    [
        ("", Scope.BODY),
        ("本机关", Scope.BODY),
        ("本级政府含办公室", Scope.GOVERNMENT),
        ("本级政府（含办公室）", Scope.GOVERNMENT),
        ("本行政区域汇总", Scope.AREA),
        ("area", Scope.AREA),
    ],
)
def test_words_of_the_scope(word: str, scope: Scope) -> None:
    [line] = roster("单位|统计范围", f"某区|{word}")

    assert line.scope is scope


def test_a_dissolved_body_is_not_due() -> None:
    found = roster("单位|状态", "甲局|", "乙局|撤销", "丙局|新成立")

    assert [line.name for line in found.due] == ["甲局", "丙局"]
    assert found.lines[2].standing is Standing.NEW


# -- the tree ------------------------------------------------------------------------------


def test_parents_are_named_by_code_name_or_alias() -> None:
    found = roster(
        "单位|编码|上级|别名", "某区|Q||区里", "甲局|J|q|", "甲局一所||甲局|", "甲局二所||区里|"
    )

    assert [line.parent for line in found] == ["", "Q", "J", "Q"]
    assert [line.name for line in found.children("Q")] == ["甲局", "甲局二所"]


def test_of_one_body_with_two_reports_the_wider_is_the_parent() -> None:
    found = roster("单位|上级|统计范围", "某区|某区|本级政府", "某区||本行政区域汇总", "甲局|某区|")

    assert [line.parent for line in found] == ["002", "", "002"]


def test_a_list_without_parents_is_flat() -> None:
    found = roster("单位|上级", "某区|", "甲局|", "乙局|")

    assert found.children("") == found.lines


def test_a_dissolved_body_needs_no_parent_and_stands_at_the_root() -> None:
    found = roster("单位|上级|状态", "某区||", "甲局|某区|", "乙局||撤并")

    assert found.lines[2].parent == "001"


# -- what is wrong -------------------------------------------------------------------------


def test_everything_wrong_is_said_at_once_in_the_order_of_the_rows() -> None:
    found = problems(
        "单位|编码|上级|统计范围|状态|计入汇总",
        "某区|1||||",
        "甲局|2|某市|全球||",
        "乙局|2|某区||没了|也许",
        "|5|某区|||",
        "甲局|6|某区|||",
    )

    assert [text.partition("：")[0] for text in found] == [
        "名册.xlsx 第3行", "名册.xlsx 第3行", "名册.xlsx 第3、4行", "名册.xlsx 第3、6行",
        "名册.xlsx 第4行", "名册.xlsx 第4行", "名册.xlsx 第5行",
    ]  # fmt: skip
    for text in found:
        assert text.endswith("。")
    said = "\n".join(found)
    for part in ("“全球”", "“某市”", "“2”", "“甲局”重复", "“没了”", "“也许”", "没有单位名称"):
        assert part in said


def test_one_unknown_parent_of_many_lines_is_one_problem() -> None:
    [text] = problems("单位|上级", "甲局|某市", "乙局|某市", "丙局|某市")

    assert text.startswith("名册.xlsx 第2—4行：上级“某市”不在名册里。")


def test_a_circle_is_shown() -> None:
    [text] = problems("单位|上级", "甲局|乙局", "乙局|丙局", "丙局|甲局", "丁局|甲局")

    assert text.startswith("名册.xlsx 第2—4行：上级绕成了一圈：“甲局”→“乙局”→“丙局”→“甲局”。")


def test_a_body_that_is_its_own_parent_is_a_circle() -> None:
    [text] = problems("单位|上级", "某区|", "甲局|甲局")

    assert "“甲局”→“甲局”" in text


def test_a_second_root_is_refused_where_parents_are_given() -> None:
    [text] = problems("单位|上级", "某区|", "甲局|某区", "乙局|", "丙局|")

    assert text.startswith("名册.xlsx 第2、4、5行：“某区”、“乙局”、“丙局”都没有上级，")


def test_the_same_name_with_another_scope_is_no_duplicate() -> None:
    assert len(roster("单位|统计范围", "某区|本级政府", "某区|本行政区域汇总").lines) == 2
    [text] = problems("单位|统计范围", "某区|本级政府", "某 区|government")
    assert text.startswith("名册.xlsx 第2、3行：“某区”重复（统计范围都是本级政府含办公室）")


def test_codes_that_differ_by_case_only_are_the_same() -> None:
    [text] = problems("单位|编码", "甲局|a1", "乙局|A1")

    assert "单位编码“a1”用了 2 次" in text


def test_an_alias_must_mean_one_body() -> None:
    [text] = problems("单位|别名", "甲局|乙局", "乙局|")
    assert text.startswith("名册.xlsx 第2、3行：“乙局”指的是哪一个单位不清楚")
    assert len(problems("单位|别名", "甲局|老局", "乙局|老局")) == 1
    assert roster("单位|别名|状态", "甲局|乙局|", "乙局||撤并").lines[0].aliases == ("乙局",)


def test_a_renamed_body_must_tell_its_old_name() -> None:
    [text] = problems("单位|状态", "甲局|更名")

    assert text == "名册.xlsx 第2行：“甲局”更名了，请在“上年来源”写它去年的名称。"


def test_a_dissolved_parent_is_asked_about() -> None:
    [text] = problems("单位|上级|状态", "某区||", "甲局|某区|撤并", "甲所|甲局|")

    assert text == "名册.xlsx 第4行：上级“甲局”已撤并，不再报送。请改成现在的上级。"


def test_a_formula_without_result_is_no_name() -> None:
    [text] = problems("单位", "=B7")

    assert "“单位名称”是公式" in text


def test_a_code_that_lost_its_digits_is_refused() -> None:
    [text] = problems("单位|统一社会信用代码", "甲局|9.11301E+17")

    assert "丢失末尾" in text


def test_two_lists_side_by_side_are_refused() -> None:
    found = problems("单位|电话|单位|电话", "甲局|1|乙局|2")

    assert [text.partition("。")[0] for text in found] == [
        "名册.xlsx：第1、3列都叫“单位”", "名册.xlsx：第2、4列都叫“电话”",
    ]  # fmt: skip


def test_a_list_without_head_or_without_units_says_so() -> None:
    assert "没有找到表头" in problems("甲局", "乙局")[0]
    assert "还没有单位" in problems("单位名称|电话")[0]


@pytest.mark.parametrize("size", [0, 1])
def test_an_empty_sheet_has_no_head(size: int) -> None:
    with pytest.raises(RosterError, match="没有找到表头"):
        read_roster(RosterTable([[]] * size), "x.csv")
