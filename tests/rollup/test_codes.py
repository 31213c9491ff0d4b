"""Codes that are given once and stay."""

from __future__ import annotations

import random

import pytest

from gk_xlsx.errors import RosterError
from gk_xlsx.rollup.codes import KeptCode
from gk_xlsx.rollup.roster_rows import RosterRead, read_roster
from gk_xlsx.rollup.roster_table import RosterTable

NAMES = [f"第{number}局" for number in range(1, 31)]


def read(*rows: tuple[str, ...], kept: tuple[KeptCode, ...] = ()) -> RosterRead:
    head = ("单位名称", "别名", "统计范围", "单位编码", "上年来源")
    return read_roster(RosterTable([head, *rows]), "名册.xlsx", kept)


def codes(found: RosterRead) -> dict[str, str]:
    return {line.name: line.code for line in found.roster}


def test_codes_follow_the_order_of_the_first_reading() -> None:
    found = codes(read(*((name,) for name in NAMES)))

    assert list(found.values()) == [f"{number:03d}" for number in range(1, 31)]


def test_sorting_and_inserting_changes_no_code() -> None:
    first = read(*((name,) for name in NAMES))
    shuffled = random.Random(4).sample([*NAMES, "新来的局"], 31)
    second = read(*((name,) for name in shuffled), kept=first.codes)

    assert codes(first).items() <= codes(second).items()
    assert codes(second)["新来的局"] == "031"
    assert read(*((name,) for name in shuffled), kept=second.codes).codes == second.codes


def test_a_line_that_was_taken_out_gets_its_code_back_and_nobody_else_does() -> None:
    first = read(("甲局",), ("乙局",))
    without = read(("甲局",), ("丙局",), kept=first.codes)
    again = read(("丙局",), ("乙局",), ("甲局",), kept=without.codes)

    assert codes(without) == {"甲局": "001", "丙局": "003"}
    assert codes(again) == {"丙局": "003", "乙局": "002", "甲局": "001"}


@pytest.mark.parametrize(("alias", "source"), [("老局", ""), ("", "老局")])
def test_a_renamed_line_keeps_its_code_from_then_on(alias: str, source: str) -> None:
    first = read(("老局",), ("乙局",))
    renamed = read(("新局", alias, "", "", source), ("乙局",), kept=first.codes)
    later = read(("乙局",), ("新局",), kept=renamed.codes)

    assert codes(renamed) == {"新局": "001", "乙局": "002"}
    assert codes(later) == {"乙局": "002", "新局": "001"}


def test_an_old_name_that_someone_still_bears_keeps_its_code() -> None:
    first = read(("老局",))
    second = read(("新局", "", "", "", "老局"), ("老局",), kept=first.codes)

    assert codes(second) == {"新局": "002", "老局": "001"}


def test_two_reports_of_one_body_have_two_codes() -> None:
    first = read(("某区", "", "本级政府"), ("某区", "", "本行政区域汇总"))
    second = read(("某区", "", "本行政区域汇总"), ("某区", "", "本级政府"), kept=first.codes)

    by_scope = {line.scope: line.code for line in first.roster}
    assert by_scope == {line.scope: line.code for line in second.roster}


def test_the_offices_own_codes_stay_and_are_not_given_twice() -> None:
    found = read(("甲局", "", "", "002"), ("乙局",), ("丙局",))

    assert codes(found) == {"甲局": "002", "乙局": "001", "丙局": "003"}
    assert [item.name for item in found.codes] == ["乙局", "丙局"]


def test_an_own_code_that_was_given_to_another_is_refused() -> None:
    first = read(("甲局",))

    with pytest.raises(RosterError, match="第2行：单位编码“001”已经编给“甲局”"):
        read(("乙局", "", "", "001"), ("甲局",), kept=first.codes)
