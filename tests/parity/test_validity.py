"""What is filled and added up here opens in Excel without repair."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from gk_xlsx import resources
from gk_xlsx.plan.merged_workbook import plan_merged
from gk_xlsx.plan.workbook import plan_workbook
from gk_xlsx.workbook.write import workbook_bytes
from tests.office.package_lint import lint_xlsx
from tests.office.validator import Validator
from tests.parity.issued import issued_workbooks
from tests.parity.merged_sets import random_merge
from tests.rollup.districts import FORM

_SETS = 4
"""Sums of two reports up to five."""


def _workbooks() -> Iterator[tuple[str, bytes]]:
    for edition in resources.EDITIONS:
        form = resources.form(edition)
        for name, report in issued_workbooks(form).items():
            yield f"{edition}-{name}.xlsx", workbook_bytes(plan_workbook(form, report))
    random_ = random.Random(_SETS)
    for count in range(2, 2 + _SETS):
        plan = plan_merged(random_merge(random_, count), last_form=FORM)
        yield f"sum-{count}.xlsx", workbook_bytes(plan)


def test_lint_finds_nothing() -> None:
    assert {name: faults for name, data in _workbooks() if (faults := lint_xlsx(data))} == {}


@pytest.mark.office
def test_the_packages_are_valid(validator: Validator, tmp_path: Path) -> None:
    paths = [tmp_path / name for name, _ in _workbooks()]
    for path, (_, data) in zip(paths, _workbooks(), strict=True):
        path.write_bytes(data)
    assert validator.validate(paths) == []
