"""`gk-xlsx.toml` of an office."""

from __future__ import annotations

from pathlib import Path

import pytest

from gk_xlsx import api, resources
from gk_xlsx.errors import GkXlsxError
from gk_xlsx.findings import Severity
from gk_xlsx.sources.office_settings import read_settings

SPOILED = next(resources.examples().glob("07*.json"))


def test_rules_are_switched_off_and_taken_milder() -> None:
    settings = read_settings(b'[rules]\noff = ["AR03"]\n[severity]\nIN03 = "note"\n', "x.toml")

    findings = api.check(SPOILED, api.Choice(settings=settings.rules)).findings

    assert "AR03" not in {item.code for item in findings}
    assert [item.severity for item in findings if item.code == "IN03"] == [Severity.NOTE]


def test_everything_wrong_is_said_at_once() -> None:
    text = '[rules]\noff = ["XX99"]\non = 1\n[severity]\nAR01 = "loud"\n[other]\n'

    with pytest.raises(GkXlsxError) as error:
        read_settings(text.encode(), "设置.toml")

    for part in ("设置.toml", "没有规则 XX99", "不认识的项目 on", "AR01 的级别", "[other]"):
        assert part in str(error.value)


@pytest.mark.parametrize(
    "text", ["rules = 1", "[rules]\noff = 3", "= broken", "[severity]\nAR01 = 3"]
)
def test_a_file_of_the_wrong_shape_is_refused(text: str) -> None:
    with pytest.raises(GkXlsxError):
        read_settings(text.encode(), "x.toml")


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

    assert dict(settings.office) == {"name": "示例办", "phone": "0000"}


def test_an_unknown_item_of_the_office_is_refused() -> None:
    with pytest.raises(GkXlsxError, match="fax"):
        read_settings(b'[office]\nfax = "1"\n', "x.toml")
