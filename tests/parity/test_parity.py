"""The sheet and the tool find the same: recalculated by LibreOffice, filling by filling."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from gk_xlsx import resources
from gk_xlsx.amounts import from_float
from gk_xlsx.findings import Finding
from gk_xlsx.form import Form
from gk_xlsx.plan import plan_workbook
from gk_xlsx.plan.layout import layout_of
from gk_xlsx.plan.wording import tally, verdict_text
from gk_xlsx.relations import with_totals
from gk_xlsx.report import (
    AnnualReport,
    Entry,
    Explanation,
    Unit,
    apply_zero_report,
    blank_entries,
)
from gk_xlsx.rules import judge
from gk_xlsx.workbook.cells import Stored
from gk_xlsx.workbook.tables import entry_of
from gk_xlsx.workbook.write import workbook_bytes
from tests.office.recalculation import Cell, RecalcSession
from tests.parity.fillings import Filling, Typed, filling, last_year

FOUND_BY_THE_SHEET = ("AR", "IN01", "IN02", "IN03", "IN04", "IN05", "IN06", "YR01")
CASES = 300


@pytest.mark.office
@pytest.mark.parametrize("edition", resources.EDITIONS)
def test_verdict_and_errors_of_the_sheet_equal_the_tools(
    edition: str, uno_session: RecalcSession, tmp_path: Path
) -> None:
    random_ = random.Random(20211)
    form = resources.form(edition)
    issued = _issued(form, random_)
    book = tmp_path / "book.xlsx"
    book.write_bytes(workbook_bytes(plan_workbook(form, issued)))
    uno_session.load(book)
    different = []
    for number in range(CASES):
        case = filling(form, random_)
        uno_session.reset()
        uno_session.set(_cells(form, case))
        uno_session.calculate()
        shown = uno_session.read_names(["gk_verdict", "gk_errors", "gk_verdict_line"])
        expected = _expected(form, issued, case)
        if (shown["gk_verdict"], shown["gk_errors"], shown["gk_verdict_line"]) != expected:
            different.append((number, shown, expected))
    assert different == []


def _issued(form: Form, random_: random.Random) -> AnnualReport:
    last = last_year(form, random_)
    year = last.year + 1
    return AnnualReport(form.edition, year, Unit("示例单位"), blank_entries(form), last_year=last)


def _cells(form: Form, case: Filling) -> dict[Cell, Typed]:
    layout = layout_of(form)
    cells: dict[Cell, Typed] = {
        (layout.fields[key].sheet, layout.fields[key].local): typed
        for key, typed in case.cells.items()
    }
    for table in form.tables:
        switch = layout.switch(table)
        cells[switch.sheet, switch.local] = "是" if case.switches[table.key] else "否"
    for relation in layout.explainable:
        cell = layout.explanation(relation)
        text = "职能划转" if relation.left[0].field in case.explained else None
        cells[cell.sheet, cell.local] = text
    return cells


def _expected(form: Form, issued: AnnualReport, case: Filling) -> tuple[str, float, str]:
    report = _as_read(form, issued, case)
    errors = [finding for finding in judge(report, form) if _counts(finding)]
    counted = tally(form, report)
    assert len(errors) == counted.errors
    return _verdict(errors), float(len(errors)), verdict_text(form, counted)[0]


def _as_read(form: Form, issued: AnnualReport, case: Filling) -> AnnualReport:
    """What the reader makes of the filled workbook, without writing it to disk."""
    entries = {field.id: _entry(form, field.id, case) for field in form}
    filled = replace(
        issued,
        entries=entries,
        zero_report=frozenset(key for key, on in case.switches.items() if on),
        explanations=tuple(_explanations(case)),
    )
    counted = apply_zero_report(filled, form)
    return replace(counted, entries=with_totals(form, counted.entries))


def _explanations(case: Filling) -> Iterator[Explanation]:
    for field in sorted(case.explained):
        yield Explanation("YR01", (field,), "职能划转")


def _entry(form: Form, field_id: str, case: Filling) -> Entry:
    return entry_of(_stored(case.cells.get(field_id)), form.fields[field_id])


def _stored(typed: Typed) -> Stored | None:
    if typed is None:
        return None
    if isinstance(typed, bool):
        return Stored("b", str(int(typed)), None, None)
    if isinstance(typed, str):
        return Stored("s", typed, None, None)
    return Stored("n", repr(typed), from_float(typed), None)


def _counts(finding: Finding) -> bool:
    return finding.open_error and finding.code.startswith(FOUND_BY_THE_SHEET)


def _verdict(errors: list[Finding]) -> str:
    if not errors:
        return "通过"
    return "未填完" if all(finding.code == "IN01" for finding in errors) else "有错误"
