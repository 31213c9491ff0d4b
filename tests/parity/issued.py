"""Workbooks as they are issued or sent back: with last year's figures and without."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from gk_xlsx.form import Form
from gk_xlsx.relations import with_totals
from gk_xlsx.report import AnnualReport, Entry, EntryKind, Explanation, LastYear, blank_entries
from gk_xlsx.units import Unit

ISSUED_TEXT = "职能划转"
"""The 情况说明 that stands in a workbook which was sent back."""


def issued_workbooks(form: Form) -> Mapping[str, AnnualReport]:
    """Every way a workbook may be issued, by what it knows of last year."""
    return {
        "none": _issued(form, None),
        "carried": _issued(form, _last_year(form, 2)),
        "zero": _issued(form, _last_year(form, 0)),
        "gaps": _issued(form, _without_some(_last_year(form, 1))),
        "sent_back": _sent_back(form, _last_year(form, 2)),
    }


def _issued(form: Form, last: LastYear | None) -> AnnualReport:
    year = form.first_year + 1
    return AnnualReport(form.edition, year, Unit("示例单位"), blank_entries(form), last_year=last)


def _last_year(form: Form, carried_out: int) -> LastYear:
    """Last year's report with so many cases left in each column."""
    values = {field.id: Decimal(place % 5) for place, field in enumerate(form)}
    sources = {relation.right[0].field for relation in form.instances("YR01")}
    values |= dict.fromkeys(sources, Decimal(carried_out))
    entries = {key: Entry(EntryKind.NUMBER, value) for key, value in values.items()}
    known = {key: entry.value or Decimal(0) for key, entry in with_totals(form, entries).items()}
    return LastYear(form.first_year, "示例单位", form.edition, known)


def _without_some(last: LastYear) -> LastYear:
    """Every second figure is not known, and one is negative."""
    values = dict(list(last.values.items())[::2])
    odd = next(key for key in values if key.startswith("requests.carried_out"))
    return LastYear(last.year, last.unit, last.edition, {**values, odd: Decimal(-1)})


def _sent_back(form: Form, last: LastYear) -> AnnualReport:
    """Explained for 上年结转 3, column by column; the totals are not explained."""
    explanations = tuple(
        Explanation(
            "YR01",
            (relation.left[0].field,),
            ISSUED_TEXT,
            Decimal(3),
            last.values[relation.right[0].field],
        )
        for relation in form.instances("YR01")
        if relation.left[0].field not in form.computed
    )
    report = _issued(form, last)
    return AnnualReport(
        report.edition,
        report.year,
        report.unit,
        report.entries,
        last_year=last,
        explanations=explanations,
    )
