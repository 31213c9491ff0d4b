"""What this program shows an office is told from what may have come in."""

from __future__ import annotations

from pathlib import Path

import pytest

from gk_xlsx import api
from gk_xlsx.office import IssuingOffice
from gk_xlsx.outputs.own import is_shown
from tests.hostile.zips import EXAMPLES


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("0*.*")), ids=lambda path: path.name)
def test_a_report_of_ours_may_have_come_in(path: Path) -> None:
    assert not is_shown(path)


@pytest.mark.parametrize(
    "data",
    [
        *(b"", b"PK\x03\x04", b"PK\x03\x04" + bytes(99), b"\xff\xfe\x00", b"{", b'{"version": 1'),
        b"<!DOCTYPE html><html><title>2021\xe5\xb9\xb4\xe6\x8a\xa5\xe5\x91\x8a</title>",
        "甲局：年报\n\n　文件随后报送\n".encode(),
        "甲：李四\n电话：1\n".encode(),
    ],
)
def test_whatever_it_is_not_sure_of_may_have_come_in(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "甲局.xlsx"
    path.write_bytes(data)
    assert not is_shown(path)


def test_what_is_not_there_is_nothing(tmp_path: Path) -> None:
    assert not is_shown(tmp_path / "甲局.xlsx")
    assert not is_shown(tmp_path)


def test_a_letter_is_one_whatever_it_is_called(tmp_path: Path) -> None:
    examined = api.examine(EXAMPLES / "05-机关事务中心-2021.json", api.Choice())
    path = tmp_path / "甲局.xlsx"
    path.write_bytes(api.feedback(examined, IssuingOffice()).data)
    assert is_shown(path)
