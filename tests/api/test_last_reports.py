"""Last year's reports: out of single files, folders of everything, and merged workbooks."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from gk_xlsx import api
from gk_xlsx.errors import GkXlsxError
from gk_xlsx.inbox.memory import Memory
from gk_xlsx.plan.merged_workbook import plan_merged
from gk_xlsx.plan.workbook import plan_workbook
from gk_xlsx.report import BLANK, AnnualReport
from gk_xlsx.resources import form
from gk_xlsx.rollup.figures import reduced
from gk_xlsx.rollup.last_reports import LastReports
from gk_xlsx.rollup.merging import merge
from gk_xlsx.rollup.roster import Roster, RosterLine
from gk_xlsx.units import Scope, Unit
from gk_xlsx.workbook.write import workbook_bytes
from tests.made import clean_report, number, with_entries, write_json

FEES, NEW = "proactive.fees.amount", "requests.new.company"
YEAR = 2024


def of(name: str, new: int | None = None, scope: Scope = Scope.BODY) -> AnnualReport:
    report = replace(clean_report(), unit=Unit(name), scope=scope)
    return with_entries(report, {NEW: BLANK if new is None else number(new)})


def merged_book(path: Path, *reports: AnnualReport) -> Path:
    """A merged workbook of 某区 with the given reports on 明细."""
    definition = form("2021")
    parts = [
        reduced(definition, report, path=f"{at}.xlsx", sha256=f"{at}")
        for at, report in enumerate(reports)
    ]
    merged = merge(definition, Unit("某区"), YEAR, parts)
    path.write_bytes(workbook_bytes(plan_merged(merged)))
    return path


def test_a_merged_workbook_holds_every_units_report(tmp_path: Path) -> None:
    path = merged_book(tmp_path / "去年.xlsx", of("甲局", 3), of("乙局", 4))
    read = api.read_last(api.last_files(path), YEAR)
    found = {(item.unit.name, item.scope): item.last for item in read.reports}

    assert read.remarks == ()
    assert set(found) == {("某区", Scope.AREA), ("甲局", Scope.BODY), ("乙局", Scope.BODY)}
    assert found["甲局", Scope.BODY].values[NEW] == 3
    assert found["乙局", Scope.BODY].values[FEES] == Decimal("4166.241619")
    assert found["某区", Scope.AREA].values[NEW] == 7


def test_what_a_unit_left_blank_there_is_unknown_and_no_zero(tmp_path: Path) -> None:
    path = merged_book(tmp_path / "去年.xlsx", of("甲局", 3), of("乙局"))
    read = api.read_last(api.last_files(path), YEAR)
    line = RosterLine(2, "新局", "001", last_sources=("甲局", "乙局"))
    carried = LastReports(read.reports, Roster((line,))).of(line)

    assert carried.last is not None
    assert NEW not in carried.last.values
    assert carried.last.values[FEES] == Decimal("8332.483238")
    assert any("“乙局”去年有" in remark for remark in carried.remarks)


def test_a_folder_is_read_through_and_what_is_no_use_is_named(tmp_path: Path) -> None:
    (tmp_path / "镇街").mkdir()
    write_json(of("甲局", 1), tmp_path / "镇街" / "甲.json")
    book = plan_workbook(form("2021"), of("乙局", 2))
    (tmp_path / "乙.xlsx").write_bytes(workbook_bytes(book))
    write_json(replace(of("丙局", 3), year=YEAR - 1), tmp_path / "丙.json")
    (tmp_path / "坏.xlsx").write_bytes(b"PK\x03\x04")
    (tmp_path / "通知.txt").write_text("请各单位按时报送。")
    read = api.read_last(api.last_files(tmp_path), YEAR)

    assert {item.unit.name: item.last.values[NEW] for item in read.reports} == {
        "甲局": 1,
        "乙局": 2,
    }
    assert len(read.remarks) == 2
    assert any("坏.xlsx：文件已损坏" in text for text in read.remarks)
    assert any(f"是 {YEAR - 1} 年的报告，不是 {YEAR} 年的" in text for text in read.remarks)


def test_a_folder_without_anything_of_the_year_is_refused(tmp_path: Path) -> None:
    with pytest.raises(GkXlsxError, match="没有去年的报告"):
        api.last_files(tmp_path)
    write_json(replace(of("丙局", 3), year=YEAR - 1), tmp_path / "丙.json")
    with pytest.raises(GkXlsxError, match=f"没有找到 {YEAR} 年的报告"):
        api.read_last(api.last_files(tmp_path), YEAR)


def test_a_second_run_has_the_same_without_reading_again(tmp_path: Path) -> None:
    folder, memory = tmp_path / "00上年", Memory(tmp_path / ".gk-xlsx", "1")
    folder.mkdir()
    merged_book(folder / "去年.xlsx", of("甲局", 3), of("乙局", 4))
    first = api.read_last(api.last_files(folder), YEAR, memory)
    (record,) = (memory.folder / "上年").iterdir()
    assert (
        api.read_last(api.last_files(folder), YEAR, memory)
        == first
        == api.read_last(api.last_files(folder), YEAR)
    )
    record.write_text(record.read_text("utf-8").replace("甲局", "丙局"), "utf-8")
    again = api.read_last(api.last_files(folder), YEAR, memory)
    assert {item.unit.name for item in again.reports} == {"某区", "丙局", "乙局"}


def test_a_single_file_that_is_no_report_says_why(tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    path.write_bytes(b"PK\x03\x04")

    with pytest.raises(GkXlsxError, match="已损坏"):
        api.read_last(api.last_files(path), YEAR)
