"""`AnnualReport` → report JSON."""

from __future__ import annotations

from decimal import Decimal

from gk_xlsx.amounts import plain
from gk_xlsx.exact_json import json_text
from gk_xlsx.form import FORM
from gk_xlsx.report import (
    AnnualReport,
    Entry,
    EntryKind,
    Explanation,
    LastYear,
    Origin,
    Part,
)
from gk_xlsx.sources.report_json import UNPRINTABLE, VERSION


def report_json(report: AnnualReport) -> str:
    """A report as JSON text, keys in the documented order, numbers as exact decimals.

    A year or a name that is not known is null: such a file says itself that it lacks something.
    """
    members = {
        "form": FORM,
        "version": VERSION,
        "edition": report.edition,
        "year": report.year or None,
        "scope": report.scope.value,
        "unit": {
            "name": report.unit.name or None,
            **_given(
                code=report.unit.code,
                level=report.unit.level.value if report.unit.level else "",
            ),
        },
        "values": {key: _value_json(entry) for key, entry in report.entries.items()},
        **_optional(report),
    }
    return json_text(_printable(members)) + "\n"


def _printable(value: object) -> object:
    """A value without the characters that report JSON may not hold."""
    if isinstance(value, str):
        return UNPRINTABLE.sub("", value)
    if isinstance(value, dict):
        return {key: _printable(item) for key, item in value.items()}
    return [_printable(item) for item in value] if isinstance(value, list) else value


def _given(**members: object) -> dict[str, object]:
    """The members that say something."""
    return {key: value for key, value in members.items() if value not in (None, "", [], {})}


def _value_json(entry: Entry) -> Decimal | str | None:
    if entry.origin is Origin.ZERO_REPORT or entry.kind in (EntryKind.BLANK, EntryKind.UNKNOWN):
        return None
    if entry.value is None or (entry.raw and not entry.changes):
        return entry.raw
    return entry.value


def _optional(report: AnnualReport) -> dict[str, object]:
    entries = report.entries.items()
    return _given(
        narrative=dict(report.narrative),
        title=report.title,
        headings=list(report.headings),
        signed=_given(by=report.signed.by, date=report.signed.date),
        notes=_notes(report),
        parts=[_part_json(part) for part in report.parts],
        found={key: entry.raw for key, entry in entries if _was_normalised(entry)},
        zero_report=sorted(report.zero_report),
        unknown={key: entry.reason for key, entry in entries if entry.kind is EntryKind.UNKNOWN},
        last_year=_last_json(report.last_year) if report.last_year else None,
        explanations=[_explanation_json(item) for item in report.explanations],
    )


def _notes(report: AnnualReport) -> str:
    """The notes, and what was printed for rows together: the format has no other place for it."""
    sums = [
        f"{name}＝{plain(entry.value)}"
        for name, entry in report.sums.items()
        if entry.value is not None
    ]
    together = f"原文没有分列的合计：{'，'.join(sums)}。" if sums else ""
    return "\n".join(filter(None, (report.notes, together)))


def _was_normalised(entry: Entry) -> bool:
    return entry.value is not None and bool(entry.raw and entry.changes)


def _part_json(part: Part) -> dict[str, object]:
    return {"code": part.code, "name": part.name, "scope": part.scope.value, "sha256": part.sha256}


def _last_json(last: LastYear) -> dict[str, object]:
    return {
        "year": last.year,
        "unit": last.unit,
        "edition": last.edition,
        "values": dict(last.values),
    }


def _explanation_json(item: Explanation) -> dict[str, object]:
    return _given(
        code=item.code,
        fields=list(item.fields),
        left=item.left,
        right=item.right,
        text=item.text,
        date=item.date,
    )
