"""A workbook of ours → `AnnualReport`, with everything the file shows beside the values.

Cached results are never used: totals are computed from the inputs. A damaged workbook is read
by its labels through `matching`.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from gk_xlsx.errors import UnreadableError
from gk_xlsx.form import FORM, Form
from gk_xlsx.plan.layout import DETAIL, MERGED_KEY, TEMPLATE_VERSION, layout_of
from gk_xlsx.relations import with_totals
from gk_xlsx.report import AnnualReport, Observation, Seen, Signed, apply_zero_report
from gk_xlsx.workbook.identity import Identity, identity_of
from gk_xlsx.workbook.package import Package
from gk_xlsx.workbook.sheets import Sheets, expected_sheets
from gk_xlsx.workbook.tables import TableRead, read_table
from gk_xlsx.workbook.texts import (
    formulas_in_text,
    read_explanations,
    read_facts,
    read_narrative,
)

if TYPE_CHECKING:
    from gk_xlsx.merged import Merged

Forms = Callable[[str], Form]
"""Edition to its form; raises KeyError for an edition that does not exist."""


class ForeignWorkbookError(UnreadableError):
    """An .xlsx that no gk-xlsx made."""

    code = "SE01"
    name = "foreign-workbook"


@dataclass(frozen=True)
class _Book:
    """An opened workbook of ours."""

    form: Form
    package: Package
    sheets: Sheets
    identity: Identity


class NotMergedError(UnreadableError):
    """A workbook of ours that is no merged one."""


def read_workbook(data: bytes, forms: Forms) -> AnnualReport:
    """Read a filled workbook, or a merged one.

    Raises:
        ForeignWorkbookError: if it is not a workbook of this toolkit.
        UnreadableError: if it is damaged beyond its values.
    """
    book = _opened(data, forms)
    if _is_merged(book):
        return _merged(book).report
    form = book.form
    report = _read(book, [read_table(layout_of(form), table, book.sheets) for table in form.tables])
    counted = apply_zero_report(report, form)
    return replace(counted, entries=with_totals(form, counted.entries))


def read_merged(data: bytes, forms: Forms) -> Merged:
    """Read a merged workbook with everything that it was added up from.

    Raises:
        NotMergedError: if it is a workbook of ours and none.
        UnreadableError: if it is not of ours, or damaged.
    """
    book = _opened(data, forms)
    if not _is_merged(book):
        raise NotMergedError("这不是汇总表，没有“明细”。", "请用 gk-xlsx merge 生成的汇总表。")
    return _merged(book)


def called(data: bytes, forms: Forms) -> str:
    """What users call a workbook of ours: 填报表, 汇总表; empty for any other and for a ruin."""
    try:
        return "汇总表" if _is_merged(_opened(data, forms)) else "填报表"
    except UnreadableError:
        return ""


def _opened(data: bytes, forms: Forms) -> _Book:
    package = Package(data)
    sheets = Sheets(package)
    identity = identity_of(package, sheets.hidden, read_facts(sheets))
    if identity.value("form") != FORM:
        raise ForeignWorkbookError("这不是下发的填报表。", "请用下发的填报表填写。")
    try:
        form = forms(identity.value("edition"))
    except KeyError:
        raise UnreadableError(f"没有“{identity.value('edition')}”这一版的格式。") from None
    return _Book(form, package, sheets, identity)


def _is_merged(book: _Book) -> bool:
    """Whether it is a merged workbook; what reads those is only loaded where it may be one."""
    if not book.sheets.hidden.text(MERGED_KEY) and book.sheets.get(DETAIL) is None:
        return False
    from gk_xlsx.workbook.merged import is_merged

    return is_merged(book.form, book.sheets)


def _merged(book: _Book) -> Merged:
    from gk_xlsx.workbook.merged import MERGED_SHEETS, assembled, read_detail

    form, detail = book.form, read_detail(book.form, book.sheets)
    layout = layout_of(form, merged=True)
    tables = [read_table(layout, table, book.sheets, detail.sums) for table in form.tables]
    return assembled(form, _read(book, tables, MERGED_SHEETS), detail)


def _read(book: _Book, tables: Sequence[TableRead], more: Sequence[str] = ()) -> AnnualReport:
    """The report and everything that was seen; `more` are further sheets that belong to it."""
    form, sheets = book.form, book.sheets
    observations = (
        *(seen for table in tables for seen in table.observations),
        *_seen_of_the_book(form, book.identity, locked=book.package.locked),
        *_seen_of_sheets(form, sheets, tables, more),
        *formulas_in_text(sheets),
    )
    return replace(_report(form, sheets, book.identity, tables), observations=observations)


def _report(
    form: Form, sheets: Sheets, identity: Identity, tables: Sequence[TableRead]
) -> AnnualReport:
    """The report as the sheets hold it; totals are still blank."""
    entries = {field_id: entry for table in tables for field_id, entry in table.entries.items()}
    facts = identity.shown
    return AnnualReport(
        edition=form.edition,
        year=identity.year,
        unit=identity.unit,
        entries={field_id: entries[field_id] for field_id in form.fields},
        scope=identity.scope,
        narrative=read_narrative(form, sheets),
        title=facts.get("title", ""),
        signed=Signed(facts.get("signed_by", ""), facts.get("signed_date", "")),
        zero_report=frozenset(
            table.key for table, read in zip(form.tables, tables, strict=True) if read.switched_on
        ),
        last_year=sheets.hidden.last_year,
        explanations=tuple(read_explanations(layout_of(form), sheets)),
    )


def _seen_of_the_book(form: Form, identity: Identity, *, locked: bool) -> Iterator[Observation]:
    yield from identity.disagreements
    version, year = identity.value("template"), identity.year
    if version != TEMPLATE_VERSION:
        yield Observation(Seen.OTHER_VERSION, expected=TEMPLATE_VERSION, found=version)
    if not locked:
        yield Observation(Seen.UNPROTECTED, found="工作簿结构")
    if year and not form.covers(year):
        yield Observation(Seen.EDITION_MISMATCH, expected=form.edition, found=str(year))
    newest = datetime.date.today().year + 1  # noqa: DTZ011 — the office's own calendar
    if year > newest:
        yield Observation(Seen.IMPOSSIBLE_YEAR, expected=str(newest), found=str(year))


def _seen_of_sheets(
    form: Form, sheets: Sheets, tables: Sequence[TableRead], more: Sequence[str]
) -> Iterator[Observation]:
    """Sheets that were deleted or inserted; the statutory ones speak for themselves."""
    statutory = {table.sheet for table in form.tables}
    expected = (*expected_sheets(form), *more)
    for name in expected:
        if name not in (*sheets.names, *statutory):
            yield Observation(Seen.SHEET_DELETED, expected=name)
    for name in sheets.names:
        if name not in (*expected, *(table.sheet for table in tables)):
            yield Observation(Seen.SHEET_INSERTED, found=name)
