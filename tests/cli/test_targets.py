"""Where what is made of many files goes: no two into one, on whatever system."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest

from gk_xlsx.cli.targets import prepare
from gk_xlsx.errors import GkXlsxError

NAMES = [
    ("甲局.xlsx", "甲局.XLSX"),
    ("Caf\u00e9.xlsx", unicodedata.normalize("NFD", "Caf\u00e9.xlsx")),
    ("ΣΑΣ.xlsx", "σας.xlsx"),
]


@pytest.mark.parametrize("names", NAMES)
def test_names_that_some_system_takes_for_one_are_refused(
    names: tuple[str, str], tmp_path: Path
) -> None:
    with pytest.raises(GkXlsxError, match=r"两份报告会写成同一个文件：.*请先改名"):
        prepare([tmp_path / name for name in names], force=True)
    assert list(tmp_path.iterdir()) == []


def test_a_link_that_leads_nowhere_is_no_free_place(tmp_path: Path) -> None:
    (tmp_path / "甲局.xlsx").symlink_to(tmp_path / "别处")
    with pytest.raises(GkXlsxError, match="是指向别处的链接"):
        prepare([tmp_path / "新" / "乙局.xlsx", tmp_path / "甲局.xlsx"], force=True)
    assert not (tmp_path / "新").exists()
