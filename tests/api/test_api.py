"""Everything the package promises is there, and is loaded only when it is asked for."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from gk_xlsx import api


@pytest.mark.parametrize("name", api.__all__)
def test_a_promised_name_is_there(name: str) -> None:
    assert getattr(api, name).__name__ == name


def test_type_checkers_see_each_name_in_its_own_module() -> None:
    tree = ast.parse(Path(api.__file__).read_text("utf-8"))
    seen = {
        alias.name: (node.module or "").rpartition(".")[2]
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("gk_xlsx.api.")
        for alias in node.names
    }
    assert seen == api._HOMES


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        api.nothing  # noqa: B018 — asking is the test


def test_importing_the_package_loads_none_of_its_modules() -> None:
    code = (
        "import sys, gk_xlsx.api; print([n for n in sys.modules if n.startswith('gk_xlsx.api.')])"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    assert run.stdout.strip() == "[]"
