"""Rosters in the formats that offices keep them in, and the codes kept beside them."""

from __future__ import annotations

import shutil
from pathlib import Path

import openpyxl
import pytest

from gk_xlsx import api
from gk_xlsx.errors import GkXlsxError
from tests.office.libreoffice import LibreOffice
from tests.sources.files import ole
from tests.workbook.merged_books import book_of, clean_merge

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"


def chiefs_list(path: Path) -> Path:
    """A list of contacts: a title, a head, groups as merged rows, a sum."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in (
        ("某某区年报工作联系表",),
        ("序号", "单 位", "联系人", "联系电话"),
        ("一、工作部门（2个）",),
        (1, "某某区民政局", "李四", 13800000001),
        (2, "某某区财政局", "王五", 13800000002),
        ("二、街道",),
        (3, "某某区东门街道办事处", "赵六", "0000-3"),
        ("合计", "3 家"),
    ):
        sheet.append(row)
    for area in ("A1:D1", "A3:D3", "A6:D6"):
        sheet.merge_cells(area)
    book.save(path)
    return path


EXPECTED = [
    ("001", "某某区民政局", "工作部门", "李四", "13800000001"),
    ("002", "某某区财政局", "工作部门", "王五", "13800000002"),
    ("003", "某某区东门街道办事处", "街道", "赵六", "0000-3"),
]


def listed(path: Path) -> list[tuple[str, ...]]:
    return [
        (line.code, line.name, line.kind, line.contact, line.phone)
        for line in api.open_roster(path).roster
    ]


def test_a_register_is_no_roster(tmp_path: Path) -> None:
    path = tmp_path / "登记.xlsx"
    shutil.copy(EXAMPLES / "district" / "收发登记.xlsx", path)
    with pytest.raises(GkXlsxError, match="这是收发登记，不是名册"):
        api.open_roster(path)
    assert list(tmp_path.iterdir()) == [path]


def test_a_roster_with_a_column_or_two_of_a_register_is_one(tmp_path: Path) -> None:
    path = tmp_path / "名册.csv"
    path.write_text("单位名称,上级,网址,公布日期,备注\n甲局,,,,无\n", "utf-8")
    assert [line.name for line in api.open_roster(path).roster] == ["甲局"]


def test_a_chiefs_list_is_a_roster(tmp_path: Path) -> None:
    path = chiefs_list(tmp_path / "名单.xlsx")
    before = path.read_bytes()

    assert listed(path) == EXPECTED
    assert path.read_bytes() == before
    assert (tmp_path / "名单.编码.json").is_file()


@pytest.mark.office
@pytest.mark.parametrize("ending", ["xls", "ods", "html"])
def test_so_it_is_in_older_and_other_formats(
    ending: str, libreoffice: LibreOffice, tmp_path: Path
) -> None:
    source = chiefs_list(tmp_path / "名单.xlsx")
    [made] = libreoffice.convert([source], ending, tmp_path / "out")

    assert listed(made) == EXPECTED


def test_codes_are_written_only_when_new_ones_were_given(tmp_path: Path) -> None:
    path = chiefs_list(tmp_path / "名单.xlsx")
    api.open_roster(path)
    beside = tmp_path / "名单.编码.json"
    beside.chmod(0o444)
    before = beside.stat().st_mtime_ns
    api.open_roster(path)

    assert beside.stat().st_mtime_ns == before


def test_a_password_is_told(tmp_path: Path) -> None:
    path = tmp_path / "名单.xlsx"
    path.write_bytes(ole("EncryptedPackage"))

    with pytest.raises(GkXlsxError, match=r"名单\.xlsx：.*密码"):
        api.open_roster(path)


def test_damaged_codes_stop_the_reading_and_stay_as_they_are(tmp_path: Path) -> None:
    path = chiefs_list(tmp_path / "名单.xlsx")
    beside = tmp_path / "名单.编码.json"
    beside.write_text("{")

    with pytest.raises(GkXlsxError, match="已损坏"):
        api.open_roster(path)
    assert beside.read_text() == "{"


def filled(path: Path) -> Path:
    shutil.copy(EXAMPLES / "05-机关事务中心-2021.xlsx", path)
    return path


def test_a_filled_workbook_is_no_roster(tmp_path: Path) -> None:
    path = filled(tmp_path / "甲局.xlsx")

    with pytest.raises(GkXlsxError, match=r"甲局\.xlsx：这是填报表，不是名册。"):
        api.open_roster(path)
    assert [item.name for item in tmp_path.iterdir()] == ["甲局.xlsx"]


@pytest.mark.office
@pytest.mark.parametrize("ending", ["xls", "ods"])
def test_it_is_none_in_older_and_other_formats(
    ending: str, libreoffice: LibreOffice, tmp_path: Path
) -> None:
    source = filled(tmp_path / "甲局.xlsx")
    [made] = libreoffice.convert([source], ending, tmp_path / "out")

    with pytest.raises(GkXlsxError, match="这是填报表，不是名册。"):
        api.open_roster(made)


def test_a_merged_workbook_is_no_roster(tmp_path: Path) -> None:
    path = tmp_path / "汇总表.xlsx"
    path.write_bytes(book_of(clean_merge()))

    with pytest.raises(GkXlsxError, match="这是汇总表，不是名册。"):
        api.open_roster(path)


def test_a_filled_workbook_holds_no_settings(tmp_path: Path) -> None:
    with pytest.raises(GkXlsxError, match=r"甲局\.xlsx：这是填报表，不是设置。"):
        api.office_settings(filled(tmp_path / "甲局.xlsx"))
