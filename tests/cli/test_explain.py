"""`gk-xlsx explain`, as the command's function."""

from __future__ import annotations

import pytest

from gk_xlsx.cli.commands.explain import explain
from gk_xlsx.errors import GkXlsxError


def test_a_code_prints_its_page(capsys: pytest.CaptureFixture[str]) -> None:
    explain("in01")
    assert capsys.readouterr().out.startswith("IN01【错误】")


def test_no_code_prints_the_list(capsys: pytest.CaptureFixture[str]) -> None:
    explain()
    assert capsys.readouterr().out.startswith("AR 勾稽关系\n")


def test_an_unknown_code_names_the_nearest() -> None:
    with pytest.raises(GkXlsxError, match="IN01"):
        explain("IM01")
