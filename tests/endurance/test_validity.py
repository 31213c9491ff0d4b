"""What an office's commands leave behind opens in Excel and Word without repair."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from tests.endurance.office import WORKS, begin, ended, lay_out
from tests.office.package_lint import lint_docx, lint_xlsx
from tests.office.validator import Validator

pytestmark = pytest.mark.skipif(
    not hasattr(os, "fork"), reason="processes are copied with fork here"
)
LINTS = {".xlsx": lint_xlsx, ".docx": lint_docx}
OPENPYXLS = re.compile(r"/xl/styles\.xml: .*unexpected child element .*/x:fonts\[1\]/x:font\[\d+\]")
"""The order of a font's properties in the register, which openpyxl brings up to date; Excel takes
them in any order."""


@pytest.fixture(params=WORKS)
def made(request: pytest.FixtureRequest, tmp_path: Path) -> list[Path]:
    """The workbooks and documents that a command makes or brings up to date."""
    work = WORKS[request.param]
    before = work.before()
    lay_out(before, tmp_path)
    assert ended(begin(work.arguments, tmp_path)) == work.code
    every = {path.relative_to(tmp_path).as_posix(): path for path in tmp_path.rglob("*")}
    return [
        path
        for name, path in sorted(every.items())
        if path.suffix in LINTS and (name not in before or name in work.kept_up)
    ]


def test_lint_finds_nothing(made: list[Path]) -> None:
    assert made
    faults = {path.name: LINTS[path.suffix](path.read_bytes()) for path in made}
    assert {name: found for name, found in faults.items() if found} == {}


@pytest.mark.office
def test_the_packages_are_valid(made: list[Path], validator: Validator) -> None:
    errors = validator.validate(made)
    assert [error for error in errors if not OPENPYXLS.search(error)] == []
