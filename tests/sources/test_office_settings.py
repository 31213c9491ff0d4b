"""`gk-xlsx.toml` of an office."""

from __future__ import annotations

import datetime
import re
from pathlib import Path

import openpyxl
import pytest

from gk_xlsx import api, resources
from gk_xlsx.errors import GkXlsxError
from gk_xlsx.findings import Severity
from gk_xlsx.inbox.samples import sample_settings
from gk_xlsx.office import IssuingOffice
from gk_xlsx.sources.office_settings import read_settings

SPOILED = next(resources.examples().glob("07*.json"))


def test_rules_are_switched_off_and_taken_milder() -> None:
    settings = read_settings(b'[rules]\noff = ["AR03"]\n[severity]\nIN03 = "note"\n', "x.toml")

    findings = api.check(SPOILED, api.Choice(settings=settings.rules)).findings

    assert "AR03" not in {item.code for item in findings}
    assert [item.severity for item in findings if item.code == "IN03"] == [Severity.NOTE]


def test_rules_that_are_off_by_default_are_switched_on() -> None:
    rules = read_settings(b'[rules]\non = ["RO11"]\noff = ["RO07"]\n', "x.toml").rules

    assert rules.wants("RO11", optional=True)
    assert not rules.wants("RO07", optional=False)
    assert not read_settings(b"", "x.toml").rules.wants("RO11", optional=True)


def test_everything_wrong_is_said_at_once() -> None:
    text = '[rules]\noff = ["XX99"]\nmaybe = 1\n[severity]\nAR01 = "loud"\n[other]\n'

    with pytest.raises(GkXlsxError) as error:
        read_settings(text.encode(), "设置.toml")

    for part in ("设置.toml", "没有规则 XX99", "不认识的项目 maybe", "AR01 的级别", "[other]"):
        assert part in str(error.value)


@pytest.mark.parametrize(
    "text",
    [
        *("rules = 1", "[rules]\noff = 3", "[rules]\noff = [[1]]", "[rules]\noff = [{a = 1}]"),
        *("[severity]\nAR01 = 3", "[severity]\nAR01 = [1]", "[severity]\nAR01 = {a = 1}"),
        *("[office]\nname = {a = 1}", "[office]\nphone = [1]"),
    ],
)
def test_a_file_of_the_wrong_shape_is_refused(text: str) -> None:
    with pytest.raises(GkXlsxError, match=r"x\.toml 有错误："):
        read_settings(text.encode(), "x.toml")


@pytest.mark.parametrize(
    ("data", "where"),
    [
        (b"= broken", "第 1 行第 1 列写错了"),
        (b'[rules]\noff = ["AR01"]\noff = []\n', "第 3 行第 9 列写错了"),
        (b'[office]\nname = "\xe7\x94\xb2', "末尾写错了，引号或括号没有成对"),
        (b"a = " + b"9" * 6000, "有的数太长"),
        (b"a = " + b"[" * 3000, "括号套得太多"),
        ("[office]\nname = '甲'".encode("gb18030"), "编码不是 UTF-8"),
    ],
)
def test_where_a_broken_file_is_broken_is_said_in_chinese(data: bytes, where: str) -> None:
    with pytest.raises(GkXlsxError) as error:
        read_settings(data, "设置.toml")
    said = str(error.value).replace("设置.toml", "").replace("TOML", "").replace("UTF-8", "")
    assert where.replace("UTF-8", "") in said
    assert not re.search("[A-Za-z]{3}", said)


def test_the_current_folder_is_looked_in_but_not_the_reports(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "gk-xlsx.toml").write_text('[rules]\noff = ["AR03"]\n')
    elsewhere = tmp_path / "收件"
    elsewhere.mkdir()

    monkeypatch.chdir(elsewhere)
    assert api.office_settings(None).rules.off == frozenset()
    monkeypatch.chdir(tmp_path)
    assert api.office_settings(None).rules.off == {"AR03"}


def test_the_office_names_itself_for_its_letters() -> None:
    settings = read_settings('[office]\nname = "示例办"\nphone = "0000"\n'.encode(), "x.toml")

    assert settings.office == IssuingOffice(name="示例办", phone="0000")


def test_an_unknown_item_of_the_office_is_refused() -> None:
    with pytest.raises(GkXlsxError, match="fax"):
        read_settings(b'[office]\nfax = "1"\n', "x.toml")


def test_dates_and_demands_of_the_office_are_read() -> None:
    text = """
    [office]
    submit_by = 2026-01-20
    publish_by = "2026年1月31日"
    requirements = ["盖章。", " ", "扫描。"]
    """
    office = read_settings(text.encode(), "x.toml").office

    assert (office.submit_by, office.publish_by) == (
        datetime.date(2026, 1, 20), datetime.date(2026, 1, 31),
    )  # fmt: skip
    assert office.requirements == ("盖章。", "扫描。")


def test_a_day_that_is_none_is_refused() -> None:
    with pytest.raises(GkXlsxError, match="deadline 应为日期"):
        read_settings('[office]\ndeadline = "月底"\n'.encode(), "x.toml")


def test_the_toml_goes_before_the_sheet_item_by_item(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    api.init_project(tmp_path, 2025)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "gk-xlsx.toml").write_text(
        '[rules]\noff = ["AR03"]\n[office]\nphone = "0000"\n', "utf-8"
    )
    fill_in(tmp_path / "设置.xlsx", 发文机关="示例办", 电话="1111")
    settings = api.office_settings(None)

    assert settings.office == IssuingOffice(name="示例办", phone="0000")
    assert settings.year == 2025
    assert settings.rules.off == {"AR03"}


def test_a_named_file_is_all_that_counts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    api.init_project(tmp_path, 2025)
    monkeypatch.chdir(tmp_path)
    fill_in(tmp_path / "设置.xlsx", 发文机关="示例办")
    (tmp_path / "x.toml").write_text('[office]\nphone = "0000"\n')

    assert api.office_settings("x.toml").office == IssuingOffice(phone="0000")
    assert api.office_settings("设置.xlsx").office == IssuingOffice(name="示例办")


def test_a_sheet_outside_a_project_folder_does_not_count(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "设置.xlsx").write_bytes(sample_settings(2025))
    monkeypatch.chdir(tmp_path)

    assert api.office_settings(None).year is None


def fill_in(path: Path, **values: str) -> None:
    """Write beside the labels of a 设置.xlsx."""
    book = openpyxl.load_workbook(path)
    for label, value in book.worksheets[0].iter_rows(min_row=2, max_col=2):
        if str(label.value) in values:
            value.value = values[str(label.value)]
    book.save(path)
