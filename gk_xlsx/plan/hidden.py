"""The hidden sheet: identity, counts, explanations as issued, last year's figures, lists."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

from gk_xlsx.form import FORM, Form
from gk_xlsx.plan.layout import (
    HIDDEN,
    IDENTITY,
    LACKS,
    LAST_IDENTITY,
    RESULT,
    TEMPLATE_VERSION,
    Layout,
    layout_of,
    ranges,
)
from gk_xlsx.plan.model import Address, Cell, Sheet, Style, quoted
from gk_xlsx.plan.review import Opinion, hidden_rows
from gk_xlsx.plan.wording import Tally, explanation_of
from gk_xlsx.report import AnnualReport, State
from gk_xlsx.units import Level, Scope

CHOICES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("gk_choice_yes", ("是", "否")),
    ("gk_choice_level", tuple(level.label for level in Level)),
    ("gk_choice_scope", tuple(scope.label for scope in Scope)),
)
"""Drop-down lists: defined name and entries."""


LAST_PREFIX = "last:"
"""Before the ids of last year's figures, which may be of another edition."""


def identity_of(form: Form, report: AnnualReport) -> dict[str, str]:
    """Whose workbook this is, item by item; empty for what is not settled (blank template)."""
    return {
        "form": FORM,
        "edition": form.edition,
        "template": TEMPLATE_VERSION,
        "unit": report.unit.name,
        "code": report.unit.code,
        "year": str(report.year) if report.year else "",
        "scope": report.scope.value,
        "level": report.unit.level.value if report.unit.level else "",
    }


def names_of(form: Form, report: AnnualReport, *, merged: bool = False) -> dict[str, str]:
    """The defined names: verdict, drop-down lists, identity."""
    layout = layout_of(form, merged=merged)
    names = {
        "gk_errors": layout.tally("errors").full,
        "gk_verdict": layout.tally("verdict").full,
        "gk_verdict_line": Address(RESULT, 1, 0).full,
    }
    for index, (name, entries) in enumerate(CHOICES):
        names[name] = layout.choice_list(index, len(entries))
    identity = identity_of(form, report)
    return names | {f"gk_{key}": quoted(identity[key]) for key in IDENTITY}


def hidden_sheet(
    form: Form,
    report: AnnualReport,
    counted: Tally,
    opinions: Sequence[Opinion] = (),
    *,
    merged: bool = False,
) -> Sheet:
    """Everything the other sheets look up and nobody needs to see."""
    layout = layout_of(form, merged=merged)
    remembered = tuple(_last_year(layout, report))
    below = max((cell.row for cell in remembered), default=layout.last_top) + 2
    cells = (
        *_identity(layout, form, report),
        *_counts(layout, counted),
        *_tallies(layout, counted),
        *_snapshots(layout, report),
        *_lists(layout),
        *remembered,
        *hidden_rows(below, opinions),
    )
    return Sheet(HIDDEN, cells, {0: 40, 1: 30}, {}, hidden=True)


def _identity(layout: Layout, form: Form, report: AnnualReport) -> Iterator[Cell]:
    last = report.last_year
    values = identity_of(form, report) | {
        "last.year": str(last.year) if last else "",
        "last.unit": last.unit if last else "",
        "last.edition": last.edition if last else "",
    }
    for key in (*IDENTITY, *LAST_IDENTITY):
        row = layout.identity(key).row
        yield Cell(row, 0, key, Style.HIDDEN)
        yield Cell(row, 1, values[key], Style.HIDDEN)


def _counts(layout: Layout, counted: Tally) -> Iterator[Cell]:
    for table in layout.form.tables:
        area = layout.states_area(table)
        for kind in layout.counted:
            cell = layout.count(table, kind)
            found = counted.count(table.key, kind)
            yield Cell(cell.row, 0, f"{table.key}.{kind}", Style.HIDDEN)
            formula = f"COUNTIF('{table.sheet}'!{area.fixed},\"{kind}\")"
            yield Cell(cell.row, 1, found, Style.HIDDEN, formula)


def _tallies(layout: Layout, counted: Tally) -> Iterator[Cell]:
    formulas = _tally_formulas(layout)
    results: dict[str, int | str] = {
        "blank_tables": counted.blank_tables,
        "errors": counted.errors,
        "asking": counted.asking,
        "filled": counted.filled,
        "nonzero": counted.everywhere(State.OK),
        "blanks": counted.everywhere(State.BLANK),
        "verdict": counted.verdict,
        "unknown_tables": counted.unknown_tables,
        "unknown": counted.everywhere(State.UNKNOWN),
        "gaps": counted.gaps,
    }
    for name in layout.tallies:
        row = layout.tally(name).row
        yield Cell(row, 0, name, Style.HIDDEN)
        yield Cell(row, 1, results[name], Style.HIDDEN, formulas[name])


@cache
def _tally_formulas(layout: Layout) -> dict[str, str]:
    tables = layout.form.tables

    def added(*kinds: State) -> str:
        return "+".join(layout.count(table, kind).local for table in tables for kind in kinds)

    def tables_with(kind: State) -> str:
        return "+".join(f"({layout.count(table, kind).local}>0)" for table in tables)

    outcomes = ranges((layout.outcome(relation) for relation in layout.checked), HIDDEN)
    unequal = "+".join(f'COUNTIF({part},"不平")' for part in outcomes)
    asking = "+".join(
        f'COUNTIF({part},"{word}")' for part in outcomes for word in ("需说明", "已失效")
    )
    wrong = added(State.TEXT, State.NEGATIVE, State.FRACTION)
    gaps = f"+{layout.tally('gaps').local}" if layout.merged else ""
    found = {
        "blank_tables": tables_with(State.BLANK),
        "errors": (
            f"{tables_with(State.BLANK)}+{tables_with(State.MARK)}+{wrong}+{unequal}"
            f"+{layout.tally('asking').local}{gaps}"
        ),
        "asking": asking,
        "filled": added(*(kind for kind in layout.counted if kind not in _EMPTY)),
        "nonzero": added(State.OK),
        "blanks": added(State.BLANK),
        "verdict": (
            f'IF({layout.tally("errors").local}=0,"通过",'
            f"IF({layout.tally('errors').local}={layout.tally('blank_tables').local}{gaps},"
            f'"未填完","有错误"))'
        ),
    }
    if layout.merged:
        found |= _merged_formulas(layout, added(State.UNKNOWN), tables_with(State.UNKNOWN))
    return found


_EMPTY = (State.BLANK, State.ASSUMED, State.UNKNOWN)
"""States of cells that hold nothing."""


def _merged_formulas(layout: Layout, unknown: str, unknown_tables: str) -> dict[str, str]:
    missing, unreasoned = (layout.summary(name).full for name in LACKS)
    tables = layout.tally("unknown_tables").local
    return {
        "unknown": unknown,
        "unknown_tables": unknown_tables,
        "gaps": f"{tables}+({missing}>0)+{unreasoned}",
    }


def _snapshots(layout: Layout, report: AnnualReport) -> Iterator[Cell]:
    for relation in layout.explainable:
        cell = layout.snapshot(relation)
        explanation = explanation_of(relation, report)
        yield Cell(cell.row, 0, f"{relation.code} {relation.left[0].field}", Style.HIDDEN)
        if explanation is None or explanation.left is None or explanation.right is None:
            continue
        yield Cell(cell.row, 1, explanation.text, Style.HIDDEN)
        yield Cell(cell.row, 2, explanation.left, Style.HIDDEN)
        yield Cell(cell.row, 3, explanation.right, Style.HIDDEN)


def _lists(layout: Layout) -> Iterator[Cell]:
    for index, (_, entries) in enumerate(CHOICES):
        for row, entry in enumerate(entries):
            cell = layout.choice(index, row)
            yield Cell(cell.row, cell.column, entry, Style.HIDDEN)


def _last_year(layout: Layout, report: AnnualReport) -> Iterator[Cell]:
    values = report.last_year.values if report.last_year else {}
    others = [field_id for field_id in values if field_id not in layout.last]
    for offset, field_id in enumerate([*layout.last, *others]):
        row = layout.last_top + offset
        yield Cell(row, 0, f"{LAST_PREFIX}{field_id}", Style.HIDDEN)
        if field_id in values:
            yield Cell(row, 1, values[field_id], Style.HIDDEN)
