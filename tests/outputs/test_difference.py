from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from jsonschema import Draft202012Validator

import gk_xlsx
from gk_xlsx.outputs.difference_json import difference_json
from gk_xlsx.outputs.difference_text import difference_text
from gk_xlsx.relations import with_totals
from gk_xlsx.report import AnnualReport, Entry, EntryKind
from gk_xlsx.rollup.causes import CauseKind, causes
from gk_xlsx.rollup.differences import Comparison, Member, Side, compare
from tests.rollup.districts import FORM, district, side, with_values

SCHEMA = Path(gk_xlsx.__file__).parent / "schemas" / "difference.schema.json"
LICENCES = "proactive.licences.decisions"


def with_one_slip(*, named: bool) -> Comparison:
    right = [with_values(unit, {LICENCES: Decimal(0)}) for unit in district(4, 2)]
    right[1] = with_values(right[1], {LICENCES: Decimal(15)})
    wrong = [right[0], with_values(right[1], {LICENCES: Decimal(51)}), *right[2:]]
    return compare(FORM, side("汇总.xlsx", wrong), side("应为.json", right, named=named))


def said(comparison: Comparison) -> list[str]:
    return difference_text(comparison, causes(comparison)).splitlines()


def test_the_text_names_the_sides_the_causes_and_the_cells() -> None:
    lines = said(with_one_slip(named=False))
    assert lines[:2] == [
        "甲：汇总.xlsx（示例区，2025 年，本机关，4 份报告相加）",
        "乙：应为.json（示例区，2025 年，本机关）",
    ]
    assert "  1. 示例01局（甲，示例01局.xlsx）：数字前后颠倒：" in "".join(lines)
    assert "填 51，应为 15。" in "".join(lines)
    assert "  二、主动公开“行政许可·本年处理决定数量”：甲 51，乙 15，相差 36" in lines


def test_units_of_two_sums_are_compared_one_by_one() -> None:
    lines = said(with_one_slip(named=True))
    assert "不同的单位 1 个：" in lines
    assert "  示例01局：1 格不同" in lines


def test_a_unit_on_one_side_only_is_said_to_be() -> None:
    units = district(3, 2)
    lines = said(compare(FORM, side("甲册", units), side("乙册", units[:2])))
    assert "  示例02局：只有甲有，乙没有。" in lines


def test_a_unit_that_stands_twice_on_one_side_is_said_to() -> None:
    units = district(2, 2)
    lines = said(compare(FORM, side("甲册", units), side("乙册", [*units, units[1]])))
    assert "  示例01局：甲有 1 份，乙有 2 份。" in lines


def test_equal_sums_of_other_units_are_said_to_be_equal() -> None:
    units = [with_values(unit, {LICENCES: Decimal(0)}) for unit in district(1, 2)]
    renamed = [replace(units[0], unit=replace(units[0].unit, name="示例新局", code=""))]
    lines = said(compare(FORM, side("甲册", units), side("乙册", renamed)))
    assert "各格的数都相同，只是相加的单位不同。" in lines


def test_two_equal_sides_are_said_to_be_equal() -> None:
    units = district(2, 2)
    comparison = compare(FORM, side("甲册", units), side("乙册", list(reversed(units))))
    assert said(comparison)[-1] == "数据完全一致。"


def test_what_could_not_be_read_is_not_said_to_be_equal() -> None:
    unit = district(1, 2)[0]
    unread = Entry(EntryKind.UNKNOWN, raw="3 2", reason="一格里有几个数")
    blank = replace(unit, entries={**unit.entries, LICENCES: Entry(EntryKind.BLANK)})
    torn = replace(unit, entries={**unit.entries, LICENCES: unread})
    lines = said(compare(FORM, Side("甲册", blank), Side("乙册", torn)))
    assert lines[-3:] == [
        "",
        "不能比较的数据 1 格（没有读出，不知是否相同），请对照原件核对：",
        "  二、主动公开“行政许可·本年处理决定数量”：甲 空白，乙 “3 2”",
    ]
    assert "读出的数据一致。" in lines


def test_an_unknown_is_not_the_same_as_the_same_unknown() -> None:
    unit = district(1, 2)[0]
    unread = Entry(EntryKind.UNKNOWN, reason="一格里有几个数")
    torn = replace(unit, entries={**unit.entries, LICENCES: unread})
    comparison = compare(FORM, Side("甲册", torn), Side("乙册", torn))
    document = json.loads(difference_json(comparison, ()))
    Draft202012Validator(json.loads(SCHEMA.read_text("utf-8"))).validate(document)
    assert document["same"] is False
    assert [(item["field"], item["comparable"]) for item in document["cells"]] == [
        (LICENCES, False)
    ]


def test_a_unit_with_an_unknown_on_both_sides_is_named() -> None:
    unit = district(1, 2)[0]
    unread = Entry(EntryKind.UNKNOWN, reason="一格里有几个数")
    torn = replace(unit, entries={**unit.entries, LICENCES: unread})
    sides = [Side(name, None, (Member(torn, f"{name}.pdf"),)) for name in ("甲册", "乙册")]
    lines = said(compare(FORM, *sides))
    assert f"  {unit.unit.name}：1 格不能比较（没有读出）" in lines


def test_a_total_that_lacks_a_blank_part_on_both_sides_is_no_difference() -> None:
    unit = district(1, 2)[0]
    blank = {**unit.entries, "requests.new.natural_person": Entry(EntryKind.BLANK)}
    unfinished = replace(unit, entries=with_totals(FORM, blank))
    assert compare(FORM, Side("甲册", unfinished), Side("乙册", unfinished)).same


def test_words_in_place_of_a_figure_differ_from_other_words_and_from_a_blank() -> None:
    unit = district(1, 2)[0]
    about, other, blank = (
        replace(unit, entries={**unit.entries, LICENCES: entry})
        for entry in (
            Entry(EntryKind.TEXT, raw="约五件"),
            Entry(EntryKind.TEXT, raw="约六件"),
            Entry(EntryKind.BLANK),
        )
    )
    assert compare(FORM, Side("甲册", about), Side("乙册", about)).same
    assert not compare(FORM, Side("甲册", about), Side("乙册", other)).same
    assert not compare(FORM, Side("甲册", about), Side("乙册", blank)).same


def test_the_json_holds_everything_and_keeps_to_its_schema() -> None:
    comparison = with_one_slip(named=True)
    document = json.loads(difference_json(comparison, causes(comparison)))
    Draft202012Validator(json.loads(SCHEMA.read_text("utf-8"))).validate(document)
    assert document["causes"][0]["instead"] == {LICENCES: 15}
    assert [unit["unit"] for unit in document["units"]] == ["示例01局"]
    assert document["same"] is False


def test_the_schema_knows_every_cause() -> None:
    schema = json.loads(SCHEMA.read_text("utf-8"))
    kinds = schema["$defs"]["cause"]["properties"]["kind"]["enum"]
    assert set(kinds) == {kind.value for kind in CauseKind}


def test_a_mark_or_a_blank_is_shown_as_it_stands() -> None:
    unit = district(1, 2)[0]
    other = AnnualReport(
        "2021", 2025, unit.unit, {**unit.entries, LICENCES: Entry(EntryKind.MARK, raw="/")}
    )
    lines = said(compare(FORM, side("甲册", [unit]), Side("乙册", other)))
    assert any("行政许可" in line and "乙 “/”" in line for line in lines)
