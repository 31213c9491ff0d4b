"""Adding reports up: exact sums, what makes a sum unknown, where each figure comes from.

Blank, mark and text are never taken for zero: one of them makes the sum unknown, and the unit is
named. The order in which reports come in never matters.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from difflib import get_close_matches

from gk_xlsx.amounts import plain, tidy
from gk_xlsx.errors import GkXlsxError
from gk_xlsx.form import Field, FieldKind, Form
from gk_xlsx.merged import (
    NOTHING,
    Adjustment,
    Contribution,
    Contributor,
    Figures,
    Merged,
    Missing,
)
from gk_xlsx.relations import evaluate
from gk_xlsx.report import (
    AnnualReport,
    Entry,
    EntryKind,
    Explanation,
    LastYear,
    Observation,
    Origin,
    Part,
    Seen,
)
from gk_xlsx.rollup.figures import positions, totals
from gk_xlsx.rollup.roster import Roster
from gk_xlsx.units import Scope, Unit

_LONGEST = 2_000
"""Characters of the units' 情况说明 that are put together; their own are all in 来源与调整."""


def merge(
    form: Form,
    unit: Unit,
    year: int,
    contributors: Iterable[Contributor],
    *,
    aside: Iterable[Contributor] = (),
    adjustments: Sequence[Adjustment] = (),
    missing: Sequence[Missing] = (),
    roster: Roster | None = None,
) -> Merged:
    """Add reports up; double counting is looked for before, see `double_counting`.

    Args:
        form: the edition that all of them are written in.
        unit: the body whose area the sum is about.
        year: of all reports.
        contributors: what is added up.
        aside: what was handed in and is not.
        adjustments: rows that put the sum right.
        missing: who should be there and is not.
        roster: gives the order; without it they stand by code and name.

    Raises:
        GkXlsxError: if there is nothing to add up.
    """
    counted = _ordered(contributors, roster)
    if not counted:
        raise GkXlsxError("没有可以汇总的报告，请检查给出的文件夹和名册。")
    adjusted = tuple(adjustments)
    frame = AnnualReport(
        edition=form.edition,
        year=year,
        unit=unit,
        entries=sums(form, counted, adjusted),
        scope=Scope.AREA,
        parts=_parts(counted),
    )
    merged = Merged(
        form=form,
        report=frame,
        counted=counted,
        aside=_ordered(aside, roster),
        adjustments=adjusted,
        missing=(*missing, *_missing_below(counted, missing)),
        by_roster=roster is not None,
    )
    return with_last_year(noted(merged), summed_last_year(form, unit, year, counted))


def noted(merged: Merged) -> Merged:
    """With what the sum lacks said in its report too, for rules and for report JSON."""
    observations = (
        *(Observation(Seen.PART_MISSING, found=item.described) for item in merged.missing),
        *(
            Observation(Seen.ADJUSTMENT_UNREASONED, found=item.label or "（没有名称）")
            for item in merged.unreasoned
        ),
    )
    names = "、".join(item.described for item in merged.missing)
    notes = f"未完整：缺 {names}。" if names else ""
    return replace(
        merged,
        report=replace(
            merged.report,
            observations=(*merged.report.observations, *observations),
            notes=notes,
        ),
    )


def _ordered(contributors: Iterable[Contributor], roster: Roster | None) -> tuple[Contributor, ...]:
    order = {line.code: index for index, line in enumerate(roster or ())}

    def key(item: Contributor) -> tuple[int, str, str, str, str, str]:
        place = order.get(item.code, len(order))
        return place, item.code, item.name, item.scope.value, item.sha256, item.path

    return tuple(sorted(contributors, key=key))


def _missing_below(counted: Sequence[Contributor], missing: Sequence[Missing]) -> Iterable[Missing]:
    """Who is missing in the sums that were added up, and is not named yet."""
    named = {item.described for item in missing}
    for item in counted:
        for name in item.missing:
            if name not in named:
                yield Missing(name, why=f"“{item.name}”的汇总里缺")


def _parts(counted: Sequence[Contributor]) -> tuple[Part, ...]:
    """The reports added up, then those that they are the sums of themselves."""
    return (*(item.part for item in counted), *(part for item in counted for part in item.parts))


# -- the sums ------------------------------------------------------------------------------


def sums(
    form: Form, counted: Sequence[Contributor], adjustments: Sequence[Adjustment] = ()
) -> dict[str, Entry]:
    """Every field: the exact sum, or UNKNOWN with the units that make it so."""
    doubts = _doubts(counted, adjustments)
    added = [
        *(_known(item.figures) for item in counted),
        *(_known(item.figures) for item in adjustments),
    ]
    columns = zip(*added, strict=True)
    entries = {}
    for field, column in zip(form, columns, strict=True):
        if field.id in doubts:
            reason = "；".join(doubts[field.id])
            entries[field.id] = Entry(EntryKind.UNKNOWN, reason=reason)
        else:
            entries[field.id] = _sum_entry(field, sum(column, Decimal(0)), form)
    return entries


def _sum_entry(field: Field, total: Decimal, form: Form) -> Entry:
    origin = Origin.COMPUTED if field.id in form.computed else Origin.STATED
    with_unit = field.kind is FieldKind.MONEY_WITH_UNIT and total
    raw = f"{plain(total)}{field.column.unit}" if with_unit else ""
    return Entry(EntryKind.NUMBER, tidy(total), raw=raw, origin=origin)


def _known(figures: Figures) -> list[Decimal]:
    return [Decimal(0) if figure is None else figure for figure in figures]


def _doubts(
    counted: Sequence[Contributor], adjustments: Sequence[Adjustment]
) -> dict[str, list[str]]:
    """Field id to what makes its sum unknown, unit by unit."""
    doubts: dict[str, list[str]] = {}
    for item in counted:
        for field_id, reason in item.reasons.items():
            doubts.setdefault(field_id, []).append(f"{item.name}：{reason}")
    for adjustment in adjustments:
        for field_id, found in adjustment.wrong.items():
            doubts.setdefault(field_id, []).append(f"调整“{adjustment.label}”：{found}")
    return doubts


# -- where a figure comes from -------------------------------------------------------------


def trace(merged: Merged, name: str) -> tuple[Contribution, ...]:
    """What each report and adjustment gives to a figure, in the order of 明细.

    Args:
        merged: the sum.
        name: a field id, or a short name (三.新收.总计); a short name that adds several fields
            up gives the contributions of each, field by field.

    Raises:
        GkXlsxError: for a name that the form has not.
    """
    return tuple(
        contribution
        for field_id in fields_named(merged.form, name)
        for contribution in _contributions(merged, field_id)
    )


def fields_named(form: Form, name: str) -> tuple[str, ...]:
    """The ids that an id or a short name stands for.

    Raises:
        GkXlsxError: for a name that the form has not.
    """
    if name in form.fields:
        return (name,)
    if name in form.names:
        return form.names[name]
    like = get_close_matches(name, form.names, cutoff=0.4) or list(form.names)[:3]
    raise GkXlsxError(f"格式里没有“{name}”这一项。可写的如：{'、'.join(like)}。")


def _contributions(merged: Merged, field_id: str) -> Iterable[Contribution]:
    at = positions(merged.form)[field_id]
    for row, item in enumerate(merged.counted):
        yield Contribution(
            field=field_id,
            row=row,
            name=item.name,
            code=item.code,
            path=item.path,
            sha256=item.sha256,
            place=item.places[at] if item.places else None,
            value=item.figures[at],
            reason=item.reasons.get(field_id, ""),
        )
    for row, adjustment in enumerate(merged.adjustments, start=len(merged.counted)):
        value, wrong = adjustment.figures[at], adjustment.wrong.get(field_id)
        if value or wrong:
            yield Contribution(
                field_id,
                row,
                adjustment.label,
                "",
                "",
                "",
                None,
                value,
                wrong or adjustment.reason,
                adjustment=True,
            )


# -- last year -----------------------------------------------------------------------------


def summed_last_year(
    form: Form, unit: Unit, year: int, counted: Sequence[Contributor]
) -> LastYear | None:
    """Last year's figures of all units added up; a figure that one of them lacks is left out."""
    olds = [item for item in counted if not item.is_new]
    lasts = [item.last for item in olds if item.last and item.last.year == year - 1]
    editions = {last.edition for last in lasts}
    if not lasts or len(lasts) < len(olds) or len(editions) > 1:
        return None
    values: dict[str, Decimal] = {}
    of_each = [dict(zip(last.ids, last.figures, strict=True)) for last in lasts]
    for field_id in of_each[0]:
        figures = [known.get(field_id) for known in of_each]
        known = [figure for figure in figures if figure is not None]
        if len(known) == len(figures):
            values[field_id] = sum(known, Decimal(0))
    return LastYear(year - 1, unit.name, editions.pop() or form.edition, values)


def with_last_year(merged: Merged, last: LastYear | None) -> Merged:
    """With last year's figures of the sum, and what the units said of their own differences."""
    report = replace(merged.report, last_year=last)
    explanations = tuple(_explained(merged, report)) if last else ()
    return replace(merged, report=replace(report, explanations=explanations))


def _explained(merged: Merged, report: AnnualReport) -> Iterable[Explanation]:
    """The carry-overs that differ only because units differ that have all explained it."""
    for relation in merged.form.instances("YR01"):
        field_id = relation.left[0].field
        said = [(item.name, item.carried.get(field_id)) for item in merged.counted]
        texts = [f"{name}：{text}" for name, text in said if text is not None]
        sides = evaluate(relation, merged.form, report)
        if sides is None or sides.agree or not texts or any(text == "" for _, text in said):
            continue
        whole = "；".join(texts)
        shown = whole if len(whole) <= _LONGEST else f"{whole[:_LONGEST]}……"
        yield Explanation("YR01", (field_id,), shown, sides.left, sides.right)


# -- adjustments ---------------------------------------------------------------------------


def adjustment(
    form: Form,
    label: str,
    reason: str,
    changes: Mapping[str, Decimal],
    wrong: Mapping[str, str] = NOTHING,
) -> Adjustment:
    """A row that puts the sum right; its totals follow from its inputs."""
    inputs: list[Decimal | None] = [
        None if field.id in wrong else changes.get(field.id, Decimal(0)) for field in form
    ]
    added = totals(form, inputs)
    figures = tuple(value or None for value in added)
    unknown = {
        field_id: "所加各格有不是数字的"
        for field_id in form.computed
        if added[positions(form)[field_id]] is None
    }
    return Adjustment(label, reason, figures, {**unknown, **wrong})
