"""Formulas where figures belong, in a spreadsheet of other making.

What a program once computed and left in the file is no evidence. A total is computed here, from
the figures it is the sum of; a formula where a figure is to be typed is told as one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from gk_xlsx.errors import UnreadableError
from gk_xlsx.form import Form
from gk_xlsx.relations import with_totals
from gk_xlsx.report import BLANK, AnnualReport, Entry, EntryKind

SIGN = "="
"""A cell's text begins with it where a formula stands."""


def without_results(report: AnnualReport, form: Form) -> AnnualReport:
    """The report with its formulas told as such, and totals by formula computed.

    Raises:
        UnreadableError: if every figure that should have been typed is a formula.
    """
    formulas = {key: entry for key, entry in report.entries.items() if _is_formula(entry)}
    if not formulas:
        return report
    typed = {item.id for item in form.inputs} - formulas.keys()
    if all(report.entries[key].value is None for key in typed):
        raise UnreadableError(
            "表里的数都是公式，公式和保存的结果都不能采用。",
            "请在原表里复制，用“选择性粘贴—数值”粘贴后再试。",
        )
    return replace(report, entries=_told(form, report.entries, formulas))


def _is_formula(entry: Entry) -> bool:
    unread = entry.kind in (EntryKind.TEXT, EntryKind.UNKNOWN)
    return unread and entry.raw.startswith(SIGN)


def _told(
    form: Form, entries: Mapping[str, Entry], formulas: Mapping[str, Entry]
) -> Mapping[str, Entry]:
    """Input by formula: formula. Total by formula: computed. All else as it is."""
    told = dict(entries)
    for key, entry in formulas.items():
        blank = replace(BLANK, place=entry.place)
        told[key] = blank if key in form.computed else _as_formula(entry)
    totals = with_totals(form, told)
    return {key: totals[key] if key in formulas else told[key] for key in entries}


def _as_formula(entry: Entry) -> Entry:
    return replace(entry, kind=EntryKind.FORMULA, number=None, reason="")
