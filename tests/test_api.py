"""The Python API: what `import gk_xlsx` gives, and what its functions promise."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest

import gk_xlsx
from gk_xlsx.findings import Verdict
from tests.made import UNIT, clean_report, write_json


@pytest.fixture
def clean(tmp_path: Path) -> Path:
    return write_json(clean_report(), tmp_path / "clean.json")


@pytest.mark.parametrize("name", gk_xlsx.__all__)
def test_every_public_name_is_there_and_says_what_it_is(name: str) -> None:
    assert getattr(gk_xlsx, name).__doc__


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="nothing"):
        getattr(gk_xlsx, "nothing")  # noqa: B009 — as it is looked up at run time


def test_the_package_is_typed() -> None:
    assert Path(gk_xlsx.__file__).with_name("py.typed").is_file()


def test_a_report_goes_the_whole_way(clean: Path, tmp_path: Path) -> None:
    book = tmp_path / "book.xlsx"
    book.write_bytes(gk_xlsx.new(gk_xlsx.Issue(), values=clean).data)
    assert gk_xlsx.read(book).value("proactive.fees.amount") == Decimal("4166.241619")
    assert gk_xlsx.check(book).data is Verdict.PASS
    assert json.loads(gk_xlsx.export_json(book))["unit"]["name"] == UNIT
    assert gk_xlsx.export_csv(book).decode("utf-8-sig").count("\r\n") == 201
    assert gk_xlsx.render(book).data.startswith(b"PK")


def test_the_same_inputs_give_the_same_bytes(clean: Path) -> None:
    first, second = (gk_xlsx.new(gk_xlsx.Issue(), values=clean).data for _ in range(2))
    assert first == second


def test_what_is_no_report_is_data_for_check_and_an_error_for_read(tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    path.write_text("no workbook")
    checked = gk_xlsx.check(path)
    assert (checked.data, checked.unit, len(checked.findings)) == (Verdict.UNREADABLE, None, 1)
    assert len(checked.sha256) == 64
    with pytest.raises(gk_xlsx.UnreadableError):
        gk_xlsx.read(path)


def test_a_missing_file_is_an_error_for_both(tmp_path: Path) -> None:
    for function in (gk_xlsx.check, gk_xlsx.read):
        with pytest.raises(gk_xlsx.GkXlsxError, match="没有这个文件"):
            function(tmp_path / "none.xlsx")


def test_values_of_another_year_are_refused(clean: Path) -> None:
    with pytest.raises(gk_xlsx.GkXlsxError, match="2024 年的数据"):
        gk_xlsx.new(gk_xlsx.Issue(year=2023), values=clean)


def test_last_year_is_found_in_a_folder_by_unit_and_year(clean: Path, tmp_path: Path) -> None:
    issue = gk_xlsx.Issue(UNIT, 2025)
    book = tmp_path / "book.xlsx"
    book.write_bytes(gk_xlsx.new(issue, last=tmp_path).data)
    last = gk_xlsx.read(book).last_year
    assert last is not None
    assert (last.year, last.unit) == (2024, UNIT)
    assert clean.is_file()
