"""What the recalculated sheet shows beside what the tool makes of the same filling."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache

from gk_xlsx.amounts import from_float, is_blank
from gk_xlsx.findings import Finding
from gk_xlsx.form import Form
from gk_xlsx.plan import plan_workbook
from gk_xlsx.plan.layout import PRINTOUT, layout_of
from gk_xlsx.plan.model import Address, Workbook
from gk_xlsx.relations import with_totals
from gk_xlsx.report import AnnualReport, Entry, Explanation, State, apply_zero_report
from gk_xlsx.rules import ALL, judge
from gk_xlsx.workbook.cells import Stored
from gk_xlsx.workbook.tables import entry_of
from tests.office.recalculation import Cell, CellError, Value
from tests.parity.fillings import Filling, Typed

FOUND_BY_THE_SHEET = ("AR", "IN01", "IN02", "IN03", "IN04", "IN05", "IN06", "YR01")
_RULES = [rule for rule in ALL if rule.code.startswith(FOUND_BY_THE_SHEET)]

Found = tuple[object, ...]
"""A finding as both sides can tell it: code, cells, and both sides of a relation."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A place where sheet and tool do not say the same."""

    where: str
    shown: object
    expected: object


def typed_cells(form: Form, case: Filling) -> dict[Cell, Typed]:
    """A filling as cells of the workbook."""
    layout = layout_of(form)
    cells: dict[Cell, Typed] = {
        _cell(address): case.cells.get(key)
        for key, address in layout.fields.items()
        if key not in form.computed
    }
    for table in form.tables:
        cells[_cell(layout.switch(table))] = "是" if table.key in case.switches else "否"
    for relation in layout.explainable:
        cells[_cell(layout.explanation(relation))] = case.written.get(relation.left[0].field)
    return cells


def as_read(form: Form, issued: AnnualReport, case: Filling) -> AnnualReport:
    """What the reader makes of the filled workbook, without writing it to disk."""
    filled = replace(
        issued,
        entries={field.id: _entry(form, field.id, case) for field in form},
        zero_report=case.switches,
        explanations=tuple(_explanations(form, issued, case)),
    )
    counted = apply_zero_report(filled, form)
    return replace(counted, entries=with_totals(form, counted.entries))


def _explanations(form: Form, issued: AnnualReport, case: Filling) -> Iterator[Explanation]:
    before = {item.fields[0]: item for item in issued.explanations}
    for relation in form.instances("YR01"):
        field = relation.left[0].field
        text = case.written.get(field) or ""
        if is_blank(text):
            continue
        same = field in before and before[field].text == text
        yield before[field] if same else Explanation("YR01", (field,), text.strip())


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


# -- every formula of the workbook ---------------------------------------------------------


@cache
def formula_cells(form: Form) -> tuple[Cell, ...]:
    """Where formulas stand, in every workbook of the edition."""
    blank = Filling({})
    return tuple(_planned(plan_workbook(form, as_read(form, _nobody(form), blank))))


def _nobody(form: Form) -> AnnualReport:
    from tests.parity.issued import issued_workbooks  # noqa: PLC0415 — 

    return issued_workbooks(form)["none"]


def _planned(plan: Workbook) -> dict[Cell, str | Decimal | int]:
    return {
        _cell(Address(sheet.name, cell.row, cell.column)): cell.content
        for sheet in plan.sheets
        for cell in sheet.cells
        if cell.formula
    }


def differences(
    form: Form, report: AnnualReport, shown: Mapping[Cell, Value], case: Filling
) -> list[Difference]:
    """Everything that the sheet and the tool do not agree about."""
    findings = judge(report, form, _RULES)
    plan = _planned(plan_workbook(form, report))
    quirks = _logical_cells(form, case)
    cells = [
        Difference(f"{cell[0]}!{cell[1]}", shown[cell], content)
        for cell, content in plan.items()
        if cell not in quirks and not same(shown[cell], content)
    ]
    sheet, tool = set(found_by_sheet(form, shown)), set(found_by_tool(form, findings))
    return [
        *cells,
        *(Difference(str(item[0]), item, None) for item in sheet - tool),
        *(Difference(str(item[0]), None, item) for item in tool - sheet),
    ]
