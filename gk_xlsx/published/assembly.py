"""A published document → the report in it: its three tables, its text, its frame.

Right or not at all: what is not certain is unknown, with the reason.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from gk_xlsx.form import Form
from gk_xlsx.matching.found import Cell
from gk_xlsx.published.decided import (
    with_extras_decided,
    with_order_confirmed,
    with_shifts_doubted,
)
from gk_xlsx.published.figures import figure
from gk_xlsx.published.flow import Item, flow_of
from gk_xlsx.published.frame import Frame, frame_of
from gk_xlsx.published.glued import with_doubts
from gk_xlsx.published.headings import with_own_lines
from gk_xlsx.published.model import PDF, SPREADSHEET, Document
from gk_xlsx.published.refusal import refused, run_together
from gk_xlsx.published.run_in import is_unharmed, with_run_in_doubted
from gk_xlsx.published.sheets import Sheets, sheets_of
from gk_xlsx.published.statutory import Matched, match
from gk_xlsx.report import AnnualReport, Entry, EntryKind, Observation, Seen
from gk_xlsx.units import Unit

Forms = Callable[[str], Form]
"""Edition to its form."""

FormForYear = Callable[[int], Form | None]
"""Report year to the form it is written in; None where there is none."""

EDITIONS = ("2021", "2019")
"""Every edition that a document may be in, newest first; the same as `resources.EDITIONS`."""

_NEARLY = 0.1
"""Editions that fit so nearly alike are told apart by the year."""
_FEWEST_HEADINGS = 3
"""A document with so many of the report's headings is the report, even without its tables."""


@dataclass(frozen=True)
class _Source:
    """A document, taken apart."""

    document: Document
    sheets: Sheets
    items: tuple[Item, ...]


def report_of(document: Document, forms: Forms, form_for_year: FormForYear) -> AnnualReport:
    """Read a document as a report.

    Args:
        document: as a reader of its format gives it.
        forms: edition to its form.
        form_for_year: the form that reports of a year are written in; None where there is none.

    Raises:
        UnreadableError: if there is nothing of the statutory tables in it, or far too much.
    """
    newest = forms(EDITIONS[0])
    items = with_own_lines(flow_of(document), newest)
    source = _Source(document, sheets_of(document), items)
    matched, frame = _best(source, [forms(edition) for edition in EDITIONS], form_for_year)
    lost = {table.key for table in matched.form.tables} - matched.tables.keys()
    together = run_together(items, matched.form) if lost else {}
    if not matched.tables and not together and not _pictured(frame):
        raise refused(document, items, frame, matched.form)
    return AnnualReport(
        edition=matched.form.edition,
        year=frame.year,
        unit=Unit(frame.unit),
        entries=_entries(matched, source, together),
        narrative=frame.narrative,
        title=frame.title,
        headings=frame.headings,
        signed=frame.signed,
        sums=_sums(matched, source.sheets),
        observations=(
            *_seen_of_edition(frame, matched.form, form_for_year),
            *_seen_of_tables(matched, source, together),
            *frame.observations,
            *(Observation(Seen.NOT_READ, found=remark) for remark in document.remarks),
        ),
    )


def _pictured(frame: Frame) -> bool:
    """Whether it is a report all of whose tables are pictures."""
    pictured = any(seen.seen is Seen.PICTURE_TABLE for seen in frame.observations)
    return pictured and len(frame.headings) >= _FEWEST_HEADINGS


def _best(
    source: _Source, forms: Sequence[Form], form_for_year: FormForYear
) -> tuple[Matched, Frame]:
    """The edition that fits best; where two fit alike, the one for the report's year."""
    ranked = sorted(
        (match(form, source.sheets, source.items) for form in forms),
        key=lambda matched: -matched.share,
    )
    best = ranked[0]
    frame = _frame(source, best)
    by_year = form_for_year(frame.year)
    for other in ranked[1:]:
        if other.form is by_year and best.share - other.share <= _NEARLY:
            return other, _frame(source, other)
    return best, frame


def _frame(source: _Source, matched: Matched) -> Frame:
    standing = {key: found.sheets for key, found in matched.tables.items()}
    return frame_of(source.document, matched.form, standing)


# -- figures -------------------------------------------------------------------------------


def _entries(matched: Matched, source: _Source, together: Mapping[str, str]) -> dict[str, Entry]:
    entries: dict[str, Entry] = {}
    unusual: list[str] = []
    form, sheets = matched.form, source.sheets
    for table in form.tables:
        found = matched.tables.get(table.key)
        if found is None:
            reason = together.get(table.key, f"没有找到“{table.sheet}”这张表")
            lost = Entry(EntryKind.UNKNOWN, reason=reason)
            entries |= dict.fromkeys((item.id for item in table.fields), lost)
            continue
        own = {
            item.id: _entry(found.cells[item.id], form, item.id, sheets) for item in table.fields
        }
        own = with_extras_decided(form, own, found.extras)
        if source.document.kind == PDF:
            own = with_run_in_doubted(table, own, found.changed)
        entries |= own
        unusual += found.unusual
    confirmed = with_shifts_doubted(form, with_order_confirmed(form, entries, unusual))
    if source.document.kind == SPREADSHEET:
        return confirmed
    return with_doubts(form, confirmed, _loose(matched, sheets))


def _loose(matched: Matched, sheets: Sheets) -> set[str]:
    """Keys of the tables whose cells were pulled out of a text."""
    return {
        key
        for key, found in matched.tables.items()
        if any(sheets.all[number].ragged for number in found.sheets)
    }


def _entry(cell: Cell, form: Form, field_id: str, sheets: Sheets) -> Entry:
    field, place = form.fields[field_id], sheets.place(cell.sheet, cell.line)
    return figure(cell.found, field, place, form.table(field.table))


def _sums(matched: Matched, sheets: Sheets) -> dict[str, Entry]:
    """Figures that stand for several rows; a field of one of these rows says how to read them."""
    form = matched.form
    return {
        name: _entry(cell, form, form.names[name][0], sheets)
        for found in matched.tables.values()
        for name, cell in found.sums.items()
    }


# -- what is odd ---------------------------------------------------------------------------


def _seen_of_edition(frame: Frame, form: Form, form_for_year: FormForYear) -> Iterator[Observation]:
    if frame.year and form_for_year(frame.year) is not form:
        yield Observation(Seen.EDITION_MISMATCH, expected=form.edition, found=str(frame.year))


def _seen_of_tables(
    matched: Matched, source: _Source, together: Mapping[str, str]
) -> Iterator[Observation]:
    sheets = source.sheets
    for table in matched.form.tables:
        found = matched.tables.get(table.key)
        if found is None:
            yield Observation(
                Seen.TABLE_MISSING, table=table.key, found=together.get(table.key, "")
            )
            continue
        for extra in found.extras:
            yield Observation(
                Seen.EXTRA_VALUES,
                field=extra.field,
                table=table.key,
                place=sheets.place(extra.sheet, extra.line),
                expected=str(extra.expected),
                found="、".join(extra.texts),
            )
        for changed in found.changed:
            if source.document.kind == PDF and is_unharmed(changed.label, table):
                continue
            yield Observation(
                Seen.LABEL_CHANGED,
                table=table.key,
                place=sheets.place(changed.sheet, changed.line),
                expected=changed.label.printed,
                found=changed.label.found,
            )
