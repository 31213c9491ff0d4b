"""Each hostile file costs one finding: in time, in memory, in Chinese, and never passes as good."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

import pytest

from tests.hostile.files import FILES, MODULES, run
from tests.hostile.listed import GOOD, Hostile

if sys.platform == "win32":
    pytest.skip("measured with wait4, which Windows has not", allow_module_level=True)

MOST_SECONDS, MOST_MEGABYTES = 10, 500
FEWEST = 80
DATA = Path(__file__).resolve().parents[2] / "examples" / "05-机关事务中心-2021.json"
"""The report that every good file is made of."""


def test_there_are_many_and_each_module_has_some() -> None:
    assert len(FILES) >= FEWEST
    assert all(any(item.make.__module__ == module.__name__ for item in FILES) for module in MODULES)


def test_they_are_the_same_each_time() -> None:
    for item in FILES[::9]:
        assert item.make() == item.make(), item.name


@pytest.mark.slow
@pytest.mark.parametrize("item", FILES, ids=lambda item: item.name)
def test_it_is_found_out_in_time_and_memory(item: Hostile, tmp_path: Path) -> None:
    path = tmp_path / item.name
    path.write_bytes(item.make())
    ended = run(tmp_path, "check", path)
    assert "Traceback" not in ended.said
    assert ended.seconds < MOST_SECONDS
    assert ended.megabytes < MOST_MEGABYTES
    if item.code == GOOD:
        assert ended.code == 0, ended.said[-2000:]
        assert figures(path, tmp_path) == json.loads(DATA.read_bytes())["values"]
    else:
        assert (ended.code, item.code in ended.said) == (1, True), ended.said[-2000:]
        assert re.search(r"（[A-Z]{2}\d\d）", ended.said)


def figures(path: Path, folder: Path) -> object:
    """What the program takes from a file."""
    made = folder / "值.json"
    assert run(folder, "export", path, "-o", made).code == 0
    return json.loads(made.read_bytes())["values"]
