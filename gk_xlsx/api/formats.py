"""Which reader reads which kind of file; each is loaded when a file of its kind comes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from importlib import import_module
from typing import TYPE_CHECKING

from gk_xlsx import resources
from gk_xlsx.errors import UnreadableError
from gk_xlsx.report import AnnualReport, Observation, Seen
from gk_xlsx.sources.door import Arrival, Kind, RefusedError

if TYPE_CHECKING:
    from gk_xlsx.published.model import Document


def parsed(arrival: Arrival) -> AnnualReport:
    """The report in a file that was let in.

    Raises:
        UnreadableError: if there is none; the message says what was looked for.
    """
    if arrival.kind is Kind.WORKBOOK:
        return _workbook(arrival)
    if arrival.kind is Kind.REPORT_JSON:
        from gk_xlsx.sources.report_json import read_report_json

        return read_report_json(arrival.content, resources.form, resources.form_for_year)
    try:
        return _foreign(arrival) if arrival.kind in _SPREADSHEETS else _published(arrival)
    except UnreadableError as error:
        if error.code == UnreadableError.code:
            error.message = f"{arrival.kind.told}，{error.message}"
        raise


_SPREADSHEETS = (Kind.SPREADSHEET, Kind.OLD_SPREADSHEET)


def document_of(arrival: Arrival) -> Document:
    """What a file shows, before anything is made of it.

    Raises:
        UnreadableError: if it is damaged, or is report JSON or an archive.
    """
    if arrival.kind not in _READERS:
        raise RefusedError("archive" if arrival.kind is Kind.ARCHIVE else "unknown")
    reader = _READERS[arrival.kind]
    if arrival.kind in _READ_HERE and len(arrival.data) <= _SMALL:
        module, _, function = reader.partition(":")
        read: Callable[[bytes], Document] = getattr(import_module(module), function)
        return read(arrival.content)
    from gk_xlsx.sources.isolated import read_isolated

    return read_isolated(reader, arrival.content, _seconds(arrival.kind, len(arrival.content)))


_SPREADSHEET = "gk_xlsx.sources.spreadsheet:read_spreadsheet"
_READERS = {
    Kind.DOCX: "gk_xlsx.sources.docx:read_docx",
    Kind.HTML: "gk_xlsx.sources.html:read_html",
    Kind.TEXT: "gk_xlsx.sources.plain_text:read_text",
    Kind.PDF: "gk_xlsx.sources.pdf:read_pdf",
    Kind.WORKBOOK: _SPREADSHEET,
    Kind.SPREADSHEET: _SPREADSHEET,
    Kind.OLD_SPREADSHEET: _SPREADSHEET,
}
"""Each kind's reader."""
_READ_HERE = (Kind.DOCX, Kind.HTML, Kind.TEXT)
_SMALL = 2**20
"""Kinds that are read without another process, which takes as long to start as a report to read,
and up to how many bytes: a page of 9 MB can keep libxml2 busy for minutes."""

_PATIENCE, _LONGEST = 8.0, 60.0
"""Seconds that a reader may take in a process that can be killed, and at most for a PDF.

A report of a hundred pages in PDF takes half a minute; any other takes a tenth of a second.
"""
_PDF_PACE = 60.0 / 2**20
"""Seconds more for each byte of a PDF: a long report is a large file, a small killer is not."""


def _seconds(kind: Kind, size: int) -> float:
    return min(_PATIENCE + size * _PDF_PACE, _LONGEST) if kind is Kind.PDF else _PATIENCE


def _published(arrival: Arrival) -> AnnualReport:
    from gk_xlsx.published.assembly import report_of

    return report_of(document_of(arrival), resources.form, resources.form_for_year)


def _workbook(arrival: Arrival) -> AnnualReport:
    """Ours, or one of other making where the statutory tables are found in it."""
    from gk_xlsx.workbook.read import ForeignWorkbookError, read_workbook

    try:
        return read_workbook(arrival.content, resources.form)
    except ForeignWorkbookError:
        try:
            return _foreign(arrival)
        except UnreadableError as error:
            if error.code != UnreadableError.code:  # damaged, too large: that is what is wrong
                raise
            raise ForeignWorkbookError(f"这不是下发的填报表。{error.message}", error.fix) from error


def _foreign(arrival: Arrival) -> AnnualReport:
    """A spreadsheet of other making."""
    from gk_xlsx.published.assembly import report_of
    from gk_xlsx.published.facts import with_facts
    from gk_xlsx.published.formulas import without_results

    document = document_of(arrival)
    tables = _on_sheets_of_ours(document)
    found = report_of(tables, resources.form, resources.form_for_year)
    report = with_facts(without_results(found, resources.form(found.edition)), document)
    seen = Observation(Seen.FOREIGN_WORKBOOK, found=arrival.kind.label)
    return replace(report, observations=(seen, *report.observations))


def _on_sheets_of_ours(document: Document) -> Document:
    """Only the three sheets with the statutory tables, of a workbook of ours in another format.

    The others repeat their figures; a spreadsheet without such sheets stays as it is.
    """
    for edition in resources.EDITIONS:
        names = {f"工作表“{table.sheet}”" for table in resources.form(edition).tables}
        own = [block for block in document.blocks if getattr(block, "place", "") in names]
        if len(own) == len(names):
            return replace(document, blocks=tuple(own))
    return document
