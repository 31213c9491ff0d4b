"""The sheet and the tool find the same: recalculated by LibreOffice, filling by filling."""

from __future__ import annotations

import os
import random
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from gk_xlsx import resources
from gk_xlsx.form import Form
from gk_xlsx.plan.workbook import plan_workbook
from gk_xlsx.report import AnnualReport
from gk_xlsx.workbook.read import read_workbook
from gk_xlsx.workbook.write import workbook_bytes
from tests.office.recalculation import RecalcSession
from tests.parity.agreement import Difference, as_read, differences, results, typed_cells
from tests.parity.edges import edge_cases
from tests.parity.fillings import Filling, filling
from tests.parity.issued import issued_workbooks

VARIABLE = "GK_PARITY_CASES"
"""How many fillings of edition 2021; of 2019 a third."""
CASES = 250
BOOKS = ("none", "carried", "zero", "gaps", "sent_back")
"""The workbooks that are filled, see `issued_workbooks`."""
_SEED = 20211


@pytest.mark.office
@pytest.mark.parametrize("name", BOOKS)
@pytest.mark.parametrize("edition", resources.EDITIONS)
def test_every_formula_and_every_finding_of_the_sheet_equal_the_tools(
    edition: str, name: str, uno_session: RecalcSession, tmp_path: Path
) -> None:
    form = resources.form(edition)
    issued = issued_workbooks(form)[name]
    cases = list(_cases(form, issued, name))
    found = list(_compared(uno_session, form, issued, cases, tmp_path / "book.xlsx"))
    assert found == []


@pytest.mark.office
@pytest.mark.parametrize("edition", resources.EDITIONS)
def test_the_filled_workbook_is_read_as_the_comparison_takes_it(
    edition: str, uno_session: RecalcSession, tmp_path: Path
) -> None:
    form = resources.form(edition)
    issued = issued_workbooks(form)["sent_back"]
    random_ = random.Random(_SEED)
    _load(uno_session, form, issued, tmp_path / "book.xlsx")
    for _ in range(3):
        case = filling(form, issued, random_)
        uno_session.reset()
        uno_session.set(typed_cells(form, case))
        uno_session.calculate()
        uno_session.save(tmp_path / "saved.xlsx")
        back = read_workbook((tmp_path / "saved.xlsx").read_bytes(), resources.form)
        expected = as_read(form, issued, case)
        assert {key: _told(back, key) for key in form.fields} == {
            key: _told(expected, key) for key in form.fields
        }
        assert back.explanations == expected.explanations


def _told(report: AnnualReport, key: str) -> tuple[object, ...]:
    entry = report.entries[key]
    return entry.kind, entry.number, entry.raw, entry.origin


def _compared(
    session: RecalcSession,
    form: Form,
    issued: AnnualReport,
    cases: Sequence[Filling],
    path: Path,
) -> Iterator[tuple[int, list[Difference]]]:
    """The fillings with differences, by their number."""
    cells = _load(session, form, issued, path)
    for number, case in enumerate(cases):
        session.set(typed_cells(form, case))
        session.calculate()
        shown = dict(zip(cells, session.read(cells), strict=True))
        found = differences(form, as_read(form, issued, case), shown, case)
        if found:
            yield number, found


def _load(
    session: RecalcSession, form: Form, issued: AnnualReport, path: Path
) -> list[tuple[str, str]]:
    """The issued workbook, opened; where it has formulas."""
    plan = plan_workbook(form, issued)
    path.write_bytes(workbook_bytes(plan))
    session.load(path)
    return list(results(plan))


def _cases(form: Form, issued: AnnualReport, name: str) -> Iterator[Filling]:
    """Each book has its share of the number asked for: edge cases first, then random ones."""
    share = _wanted(form) // len(BOOKS)
    random_ = random.Random(f"{_SEED} {form.edition} {name}")
    edges = list(edge_cases(form))[BOOKS.index(name) :: len(BOOKS)]
    chosen = edges if share > len(edges) else random_.sample(edges, share // 2)
    yield from chosen
    yield from (filling(form, issued, random_) for _ in range(share - len(chosen)))


def _wanted(form: Form) -> int:
    number = int(os.environ.get(VARIABLE, CASES))
    return number if form.edition == resources.EDITIONS[0] else number // 3
