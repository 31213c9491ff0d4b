"""`gk-xlsx collect` finds in the made-up district what was put in, and nothing else."""

from __future__ import annotations

import datetime
import json
import shutil
from pathlib import Path

import pytest

from gk_xlsx import api
from gk_xlsx.api.collecting import Gathering, collect
from gk_xlsx.outputs.collected_json import collected_json
from gk_xlsx.resources import examples
from gk_xlsx.rollup.last_reports import LastReports
from tests.district.build import ACCIDENTS
from tests.district.units import YEAR
from tests.generated import district_files
from tests.test_generated import content


@pytest.fixture
def found(tmp_path: Path) -> dict[str, set[str]]:
    """Unit to the codes of its open errors and of what the set of files shows."""
    folder = tmp_path / "district"
    shutil.copytree(examples() / "district", folder)
    roster = api.open_roster(folder / "名册.xlsx").roster
    last = api.read_last(api.last_files(folder / "00上年"), YEAR - 1)
    gathering = Gathering(
        folder=folder / "02收件",
        roster=roster,
        register=folder / "收发登记.xlsx",
        settings=api.office_settings(folder / "设置.xlsx"),
        year=YEAR,
        last=LastReports(last.reports, roster),
        moment=datetime.datetime(2026, 1, 25, 9, 0),  # noqa: DTZ001 — the office's own clock
    )
    document = json.loads(collected_json(collect(gathering)))
    codes: dict[str, set[str]] = {}
    for line in document["lines"]:
        for finding in line["findings"]:
            if finding["severity"] != "note" or finding["code"].startswith("RO"):
                codes.setdefault(line["name"], set()).add(finding["code"])
    return codes


def test_exactly_the_accidents_are_found(found: dict[str, set[str]]) -> None:
    assert found == {unit: {code} for unit, (code, _) in ACCIDENTS.items()}


def test_the_folder_is_up_to_date() -> None:
    files = dict(district_files())
    folder = examples() / "district"
    there = {path for path in folder.rglob("*") if path.is_file()}
    assert there == set(files), "run python -m tests.generated"
    for path, data in files.items():
        assert content(path.read_bytes()) == content(data), f"{path}: run python -m tests.generated"
