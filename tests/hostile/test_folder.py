"""A folder of good ones with the hostile ones among them is collected whole."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import pytest

from gk_xlsx.plan.workbook import plan_workbook
from gk_xlsx.resources import form
from gk_xlsx.workbook.write import workbook_bytes
from tests.api.deliveries import json_of, report
from tests.hostile.files import FILES, run
from tests.hostile.listed import LISTED

if sys.platform == "win32":
    pytest.skip("measured with wait4, which Windows has not", allow_module_level=True)

GOOD_ONES = int(os.environ.get("GK_GOOD_FILES", "30"))
"""1,000 in the long run."""
WORKBOOK = 5
"""One in so many is a workbook, the others are JSON."""
DAMAGED = "河口区档案馆"
"""A unit of which only a torn workbook came: that makes the exit code 1."""


def torn() -> bytes:
    return LISTED["cut-at-9-of-10.xlsx"].make()


@pytest.mark.slow
def test_all_good_ones_are_received_and_the_hostile_ones_named(tmp_path: Path) -> None:
    folder = tmp_path / "02收件"
    folder.mkdir()
    units = [f"河口区第{number}管理局" for number in range(1, GOOD_ONES + 1)]
    for number, unit in enumerate(units):
        made = report(unit)
        if number % WORKBOOK:
            (folder / f"{unit}.json").write_bytes(json_of(made))
        else:
            plan = plan_workbook(form(made.edition), made)
            (folder / f"{unit}.xlsx").write_bytes(workbook_bytes(plan))
    for item in FILES:
        (folder / item.name).write_bytes(item.make())
    (folder / f"{DAMAGED}.xlsx").write_bytes(torn())
    roster = tmp_path / "名册.csv"
    lines = [
        "单位名称,单位编码",
        *(f"{unit},{at:04}" for at, unit in enumerate([*units, DAMAGED], 1)),
    ]
    roster.write_text("\n".join(lines), "utf-8")
    ended = run(tmp_path, "collect", folder, "--roster", roster, "--format", "json")
    assert ended.code == 1, ended.said[-2000:]
    assert "Traceback" not in ended.said
    told = json.loads(ended.said[ended.said.index("{") : ended.said.rindex("}") + 1])
    text = json.dumps(told, ensure_ascii=False)
    states = {line["name"]: line["state"] for line in told["lines"]}
    assert states == {**dict.fromkeys(units, "passed"), DAMAGED: "unreadable"}
    assert [item.name for item in FILES if item.name not in text] == []
