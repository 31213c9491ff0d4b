"""What the recalculated sheet shows beside what the tool makes of the same filling."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from gk_xlsx.amounts import from_float, is_blank
from gk_xlsx.findings import Finding
from gk_xlsx.form import Form
from gk_xlsx.plan.layout import PRINTOUT, Layout, layout_of
from gk_xlsx.plan.model import Address, Workbook
from gk_xlsx.plan.workbook import plan_workbook
from gk_xlsx.relations import with_totals
from gk_xlsx.report import AnnualReport, Entry, Explanation, State, apply_zero_report
from gk_xlsx.rules import ALL, judge
from gk_xlsx.workbook.cells import Stored
from gk_xlsx.workbook.tables import entry_of
from tests.office.recalculation import Cell, Value
from tests.parity.fillings import Filling, Typed

_OF_CELLS = {"IN02": "wrong", "IN05": "wrong", "IN03": "negative", "IN04": "fraction"}
"""Rules of single cells to the sheet's word; it does not tell why a text is no number."""
_OF_TABLES = {"IN01": State.BLANK, "IN06": State.MARK}
"""Rules that name all cells of a table at once."""
_OF_RELATIONS = ("AR01", "AR02", "AR03", "AR04", "YR01")
_RULES = [rule for rule in ALL if rule.code in (*_OF_CELLS, *_OF_TABLES, *_OF_RELATIONS)]

Found = tuple[object, ...]
"""A finding as both can tell it: its code or word, its cells, both sides of a relation."""


@dataclass(frozen=True, slots=True)
class Difference:
    """Where sheet and tool do not say the same."""

    where: str
    shown: object
    expected: object


# -- the filling, in the sheet and as read -------------------------------------------------


def typed_cells(form: Form, case: Filling) -> dict[Cell, Typed]:
    """A filling as cells of the workbook."""
    layout = layout_of(form)
    cells = {_cell(layout.fields[item.id]): case.cells.get(item.id) for item in form.inputs}
    for table in form.tables:
        cells[_cell(layout.switch(table))] = "是" if table.key in case.switches else case.refused
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
        text = _explanation(case.written.get(field))
        if is_blank(text):
            continue
        same = field in before and before[field].text == text
        yield before[field] if same else Explanation("YR01", (field,), text.strip())


def _explanation(typed: Typed) -> str:
    stored = _stored(typed)
    return stored.typed if stored else ""


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


# -- every formula -------------------------------------------------------------------------


def results(plan: Workbook) -> dict[Cell, str | Decimal | int]:
    """Every cell with a formula, and what the tool expects of it."""
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
    plan = plan_workbook(form, report)
    quirks = _printed_logicals(form, plan, case)
    cells = [
        Difference(f"{sheet}!{cell}", shown[sheet, cell], content)
        for (sheet, cell), content in results(plan).items()
        if (sheet, cell) not in quirks and not same(shown[sheet, cell], content)
    ]
    sheet_says = set(_found_by_sheet(layout_of(form), shown))
    tool_says = set(_found_by_tool(form, judge(report, form, _RULES)))
    return [
        *cells,
        *(Difference("findings", item, None) for item in sorted(sheet_says - tool_says, key=str)),
        *(Difference("findings", None, item) for item in sorted(tool_says - sheet_says, key=str)),
    ]


def same(shown: Value, expected: str | Decimal | int) -> bool:
    """Whether a cell shows what is expected, to the 15 digits that a spreadsheet has.

    打印稿 repeats the spaces that stand in a blank cell.
    """
    if isinstance(shown, float) and not isinstance(expected, str):
        return from_float(shown) == from_float(float(expected))
    return shown == expected or (expected == "" and isinstance(shown, str) and is_blank(shown))


def _printed_logicals(form: Form, plan: Workbook, case: Filling) -> set[Cell]:
    """Where 打印稿 repeats TRUE: LibreOffice's ISNUMBER takes it for a number, Excel's not."""
    fields = layout_of(form).fields
    typed = [fields[key].full for key, typed in case.cells.items() if isinstance(typed, bool)]
    printout = next(sheet for sheet in plan.sheets if sheet.name == PRINTOUT)
    return {
        _cell(Address(PRINTOUT, cell.row, cell.column))
        for cell in printout.cells
        if any(f"ISNUMBER({address})" in cell.formula for address in typed)
    }


# -- findings ------------------------------------------------------------------------------


def _found_by_sheet(layout: Layout, shown: Mapping[Cell, Value]) -> Iterator[Found]:
    states = {key: shown[_cell(layout.state(key))] for key in layout.form.fields}
    for key, now in states.items():
        if now in (State.TEXT, State.NEGATIVE, State.FRACTION):
            yield "wrong" if now == State.TEXT else now, key
    for table in layout.form.tables:
        for code, wanted in _OF_TABLES.items():
            cells = tuple(item.id for item in table.fields if states[item.id] == wanted)
            if cells:
                yield code, cells
    for relation in layout.checked:
        outcome = shown[_cell(layout.outcome(relation))]
        if outcome in ("不平", "需说明", "已失效"):
            check = layout.check(relation)
            sides = [shown[_cell(check.right(column))] for column in (2, 3)]
            yield relation.code, relation.left[0].field, *map(_to_15_digits, sides)


def _found_by_tool(form: Form, findings: tuple[Finding, ...]) -> Iterator[Found]:
    for finding in findings:
        if not finding.open_error:
            continue
        if finding.code in _OF_CELLS:
            yield _OF_CELLS[finding.code], finding.fields[0]
        elif finding.code in _OF_TABLES:
            yield finding.code, tuple(key for key in form.fields if key in finding.fields)
        else:
            sides = (finding.left, finding.right)
            yield finding.code, finding.fields[0], *map(_to_15_digits, sides)


def _to_15_digits(side: Value | Decimal | None) -> object:
    return from_float(float(side)) if isinstance(side, float | Decimal) else side


def _cell(address: Address) -> Cell:
    return address.sheet, address.local
