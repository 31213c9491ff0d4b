"""What a fresh project folder holds can be filled in and read back."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
import pytest

from gk_xlsx.errors import RosterError
from gk_xlsx.inbox.office_sheet import read_office_sheet
from gk_xlsx.inbox.roster_file import EXAMPLES, roster_table
from gk_xlsx.inbox.samples import sample_roster, sample_settings
from gk_xlsx.rollup.roster_heads import Column, heads_of
from gk_xlsx.rollup.roster_rows import read_roster
from gk_xlsx.rollup.roster_table import RosterTable
from tests.office.validator import Validator


def test_every_head_of_a_fresh_roster_is_known() -> None:
    heads = heads_of(roster_table(sample_roster(), "名册.xlsx"))

    assert heads is not None
    assert set(heads.columns) == set(Column)
    assert heads.others == {}


def test_a_fresh_roster_holds_no_unit() -> None:
    with pytest.raises(RosterError, match="还没有单位"):
        read_roster(roster_table(sample_roster(), "名册.xlsx"), "名册.xlsx")


def test_the_examples_are_a_right_roster() -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(sample_roster()))[EXAMPLES]
    rows = [[str(cell or "") for cell in row] for row in sheet.iter_rows(values_only=True)]
    found = read_roster(RosterTable(rows), "名册.xlsx").roster

    assert len(found.due) == 4
    assert all(line.name.startswith("示例区") for line in found)


def test_a_roster_that_was_filled_in_is_read() -> None:
    book = openpyxl.load_workbook(io.BytesIO(sample_roster()))
    book.worksheets[0]["A3"], book.worksheets[0]["A4"] = "甲局", "乙局"
    buffer = io.BytesIO()
    book.save(buffer)

    found = read_roster(roster_table(buffer.getvalue(), "名册.xlsx"), "名册.xlsx").roster
    assert [line.name for line in found] == ["甲局", "乙局"]


def test_what_is_known_already_may_be_written_in() -> None:
    lines = [{Column.NAME: "甲局", Column.CODE: "007"}, {Column.NAME: "乙局"}]
    found = read_roster(roster_table(sample_roster(lines), "名册.xlsx"), "名册.xlsx").roster
    assert [line.name for line in found] == ["甲局", "乙局"]
    assert found.lines[0].code == "007"
    office, year = read_office_sheet(sample_settings(2025, {"科室": "政务科"}), "设置.xlsx")
    assert (office.section, year) == ("政务科", 2025)


def test_the_same_year_gives_the_same_bytes() -> None:
    assert sample_roster() == sample_roster()
    assert sample_settings(2025) == sample_settings(2025)
    assert sample_settings(2025) != sample_settings(2026)


@pytest.mark.office
@pytest.mark.parametrize("made", [sample_roster(), sample_settings(2025)], ids=["名册", "设置"])
def test_excel_has_nothing_to_repair(made: bytes, validator: Validator, tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    path.write_bytes(made)
    assert validator.validate([path]) == []
