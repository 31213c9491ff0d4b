"""File names that every system takes."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gk_xlsx.outputs.file_names import MAX_BYTES, safe_name, same_name, stems
from gk_xlsx.rollup.roster import Roster, RosterLine
from gk_xlsx.units import Scope


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("某某区民政局", "某某区民政局"),
        ('a/b\\c:d*e?f"g<h>i|j', "a-b-c-d-e-f-g-h-i-j"),
        ("../../etc/passwd", "etc-passwd"),
        ("\u202e局政民\u200b", "局政民"),
        ("甲\n局\t", "甲 局"),
        ("e\u0301", "\u00e9"),
        ("-rf", "rf"),
        ("~$甲局", "$甲局"),
        ("...", ""),
        ("CON", "_CON"),
        ("nul.txt", "_nul.txt"),
        ("甲局. ", "甲局"),
        ("con .x", "_con .x"),
        ("CONIN$", "_CONIN$"),
        ("comfort", "comfort"),
        ("e\u200b\u0301", "\u00e9"),
    ],
)
def test_names_are_made_safe(text: str, name: str) -> None:
    assert safe_name(text) == name


@given(st.text())
def test_whatever_comes_in_a_safe_name_comes_out(text: str) -> None:
    name = safe_name(text)

    assert len(name.encode()) <= MAX_BYTES
    assert Path(name).name == name
    assert not set(name) & set('<>:"/\\|?*')
    assert all(unicodedata.category(char) not in ("Cc", "Cf", "Cs") for char in name)
    assert name == name.strip().rstrip(".")
    assert unicodedata.is_normalized("NFC", name)
    assert name.split(".")[0].rstrip().upper() not in DEVICES
    assert safe_name(name) == name


DEVICES = {"CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$", "CLOCK$"} | {
    f"{device}{number}" for device in ("COM", "LPT") for number in "0123456789¹²³"
}


@given(st.text(), st.integers(10, MAX_BYTES))
def test_a_name_leaves_as_much_room_as_it_is_told(text: str, size: int) -> None:
    assert len(safe_name(text, size).encode()) <= size


@given(st.sampled_from(sorted(DEVICES)), st.sampled_from(["", ".", ".txt", " ", " .x", "\u200b"]))
def test_no_name_is_a_device(device: str, ending: str) -> None:
    name = safe_name(f"{device.lower()}{ending}")
    assert name.split(".")[0].rstrip().upper() not in DEVICES


@given(st.text(), st.text())
def test_a_file_of_that_name_stays_in_its_folder(code: str, unit: str) -> None:
    roster = Roster((RosterLine(1, unit, code), RosterLine(2, unit, f"{code}x")))
    folder = Path("/a").resolve()

    for stem in stems(roster).values():
        assert (folder / f"{stem}.xlsx").resolve().is_relative_to(folder)


odd = st.text("aAéE\u0301\u0345ßsıI局 .（）12-\u200b/", max_size=6)


@given(st.lists(st.tuples(odd, odd), max_size=8, unique_by=lambda line: line[1]))
def test_no_two_names_are_the_same_on_any_system(lines: list[tuple[str, str]]) -> None:
    made = named(*lines)

    assert len({same_name(name) for name in made}) == len(lines)
    assert len({name.rstrip(". ") for name in made}) == len(lines)
    assert [safe_name(name) for name in made] == made
    assert all(len(name.encode()) <= MAX_BYTES - 35 for name in made)


def test_letters_that_look_the_same_are_the_same() -> None:
    assert same_name("Caf\u00e9") == same_name("cafe\u0301") == same_name("CAFE\u0301")


def named(*lines: tuple[str, str]) -> list[str]:
    return list(
        stems(Roster(tuple(RosterLine(row, *line) for row, line in enumerate(lines)))).values()
    )


def test_codes_stand_in_front() -> None:
    assert named(("某区民政局", "007")) == ["007某区民政局"]


def test_the_reports_of_one_body_are_told_apart() -> None:
    lines = tuple(
        RosterLine(row, "某区", f"{row}", scope=scope) for row, scope in enumerate(Scope, start=1)
    )

    assert list(stems(Roster(lines)).values()) == ["1某区", "2某区（本级政府）", "3某区（汇总）"]


def test_names_that_fall_together_have_their_code_behind_too() -> None:
    assert named(("2局", "1"), ("局", "12")) == ["12局", "12局（12）"]


def test_a_long_name_leaves_room_for_what_stands_behind() -> None:
    [stem] = named(("某" * 300, "001"))

    assert len(f"{stem}2025年报填报表.xlsx".encode()) <= MAX_BYTES
