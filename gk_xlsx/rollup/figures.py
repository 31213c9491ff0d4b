"""A report reduced to its bare figures, with why one is not known and where each stood."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import TypeVar

from gk_xlsx.findings import Verdict
from gk_xlsx.form import Field, FieldKind, Form
from gk_xlsx.merged import Contributor, Figures, LastFigures
from gk_xlsx.relations import brief, evaluate
from gk_xlsx.report import AnnualReport, Entry, EntryKind, Explanation, LastYear, Place, Seen

_Shared = TypeVar("_Shared", Decimal, Figures, tuple[str, ...], tuple[Place | None, ...])

PARTS_UNKNOWN = "所加各格有未知的"
"""Why a total is not known."""

_LONG = 20
"""Characters of a text that are quoted."""

_REASONS = {
    EntryKind.BLANK: "空白",
    EntryKind.MARK: "填的是“{}”",
    EntryKind.TEXT: "填的是“{}”",
    EntryKind.TEXT_NUMBER: "“{}”是文本，不是数字",
    EntryKind.FORMULA: "填的是算式“{}”",
    EntryKind.BOOLEAN: "填的是逻辑值 {}",
    EntryKind.DATE: "填的是日期 {}",
}


def reduced(
    form: Form,
    report: AnnualReport,
    *,
    path: str,
    sha256: str,
    verdict: Verdict = Verdict.NONE,
) -> Contributor:
    """A report as a contributor to a sum: its inputs as they stand, its totals computed."""
    known = [_figure(field, report.entries[field.id]) for field in form]
    figures = totals(form, known)
    reasons = {
        field.id: _reason(form, field, report.entries[field.id])
        for field, figure in zip(form, figures, strict=True)
        if figure is None
    }
    return Contributor(
        name=report.unit.name,
        code=report.unit.code,
        scope=report.scope,
        path=path,
        sha256=sha256,
        figures=tuple(_same(figure) if figure is not None else None for figure in figures),
        reasons=reasons,
        places=_places(form, report),
        verdict=verdict,
        explanation=_explanations(form, report.explanations),
        carried=dict(_carried(form, report)),
        parts=report.parts,
        missing=tuple(item.found for item in report.saw(Seen.PART_MISSING)),
        last=_last(report.last_year),
    )


def _places(form: Form, report: AnnualReport) -> tuple[Place | None, ...]:
    places = tuple(report.entries[field.id].place for field in form)
    return _same(places) if any(places) else ()


def _figure(field: Field, entry: Entry) -> Decimal | None:
    """The figure that may be added; an amount without its unit may be 元 or 万元."""
    value = entry.value
    needs_unit = field.kind is FieldKind.MONEY_WITH_UNIT
    without_unit = needs_unit and not entry.raw.rstrip().endswith(field.column.unit)
    return None if value and without_unit else value


def _reason(form: Form, field: Field, entry: Entry) -> str:
    if field.id in form.computed:
        return PARTS_UNKNOWN
    if entry.value is not None:
        return "金额没有写单位（元或万元）"
    if entry.kind is EntryKind.UNKNOWN:
        return entry.reason or "不能辨认"
    raw = entry.raw if len(entry.raw) <= _LONG else f"{entry.raw[:_LONG]}…"
    return _REASONS[entry.kind].format(raw)


def _explanations(form: Form, explanations: Sequence[Explanation]) -> str:
    return "；".join(f"{_about(form, item)}{item.text}" for item in explanations if item.text)


def _about(form: Form, item: Explanation) -> str:
    field = form.fields.get(item.fields[0]) if item.fields else None
    if field is None:
        return f"{item.code}：" if item.code else ""
    label = "·".join(filter(None, (brief(field.row_label), field.column_label)))
    return f"{label}：" if label else ""


def _carried(form: Form, report: AnnualReport) -> Sequence[tuple[str, str]]:
    """The carry-overs that differ from last year's, with what was said of them."""
    found = []
    for relation in form.instances("YR01"):
        sides = evaluate(relation, form, report)
        if sides is None or sides.agree:
            continue
        field_id = relation.left[0].field
        said = (
            item.text
            for item in report.explanations
            if item.code == "YR01"
            and item.fields[:1] == (field_id,)
            and (item.left, item.right) in ((None, None), (sides.left, sides.right))
        )
        found.append((field_id, next(said, "")))
    return found


def _last(last: LastYear | None) -> LastFigures | None:
    if last is None:
        return None
    figures = tuple(_same(value) for value in last.values.values())
    return LastFigures(last.year, last.edition, _same(tuple(last.values)), figures)


@lru_cache(maxsize=8192)
def _same(value: _Shared) -> _Shared:
    """One object for all that are equal: thousands of reports hold the same places and zeros."""
    return value


# -- totals --------------------------------------------------------------------------------


@lru_cache(maxsize=4)
def positions(form: Form) -> Mapping[str, int]:
    """Field id to its place among the figures."""
    return {field_id: index for index, field_id in enumerate(form.fields)}


def totals(form: Form, figures: Sequence[Decimal | None]) -> Figures:
    """The figures with every total computed from the inputs; None where a part is not known.

    A negative figure or a fraction is wrong, and still a number: it is added as it stands.
    """
    added = list(figures)
    for target, parts in _computations(form):
        total = Decimal(0)
        for sign, source in parts:
            figure = added[source]
            if figure is None:
                break
            total += sign * figure
        else:
            added[target] = total
            continue
        added[target] = None
    return tuple(added)


@lru_cache(maxsize=4)
def _computations(form: Form) -> tuple[tuple[int, tuple[tuple[int, int], ...]], ...]:
    """Where each total stands and what it adds up; a total after the totals it needs."""
    at = positions(form)
    ordered: dict[str, tuple[tuple[int, int], ...]] = {}

    def visit(field_id: str) -> None:
        relation = form.computed.get(field_id)
        if relation is None or field_id in ordered:
            return
        for term in relation.right:
            visit(term.field)
        ordered[field_id] = tuple((term.sign, at[term.field]) for term in relation.right)

    for field_id in form.computed:
        visit(field_id)
    return tuple((at[field_id], parts) for field_id, parts in ordered.items())
