"""Which reader reads which kind of file; each is loaded when a file of its kind comes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from importlib import import_module
from typing import TYPE_CHECKING, Any, TypeVar, cast

from gk_xlsx import resources
from gk_xlsx.errors import UnreadableError
from gk_xlsx.report import AnnualReport, Observation, Seen
from gk_xlsx.sources.archives import unpacked_size
from gk_xlsx.sources.door import Arrival, Kind, RefusedError

if TYPE_CHECKING:
    from gk_xlsx.published.model import Document

_Made = TypeVar("_Made")


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
        if arrival.kind in _SPREADSHEETS:
            return _foreign(arrival)
        return made_of_document(arrival, report_shown)
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
    return cast("Document", _read(arrival))


def made_of_document(arrival: Arrival, make: Callable[[Document], _Made]) -> _Made:
    """What a function makes of what a file shows.

    Args:
        arrival: the file.
        make: a function that a module names; what it gives or raises can be pickled.

    Raises:
        UnreadableError: as for `document_of`, and as the function raises it.
    """
    return cast("_Made", _read(arrival, make))


def _read(arrival: Arrival, *steps: Callable[[Any], object]) -> object:
    """What a file shows, and what is made of it; large files and fragile libraries elsewhere."""
    if arrival.kind not in _READERS:
        raise RefusedError("archive" if arrival.kind is Kind.ARCHIVE else "unknown")
    reader = _READERS[arrival.kind]
    if not _is_read_here(arrival):
        from gk_xlsx.sources.isolated import work_isolated

        names = (reader, *(f"{step.__module__}:{step.__name__}" for step in steps))
        seconds = _seconds(arrival.kind, len(arrival.content))
        return work_isolated(names, arrival.content, seconds)
    module, _, function = reader.partition(":")
    value: object = getattr(import_module(module), function)(arrival.content)
    for step in steps:
        value = step(value)
    return value


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
_READ_HERE = {Kind.DOCX: 2**19, Kind.HTML: 2**17, Kind.TEXT: 2**17}
"""Kinds that are read without another process, which takes as long to start as a report to read,
and up to how many bytes, unpacked: a page of 9 MB can keep libxml2 busy for minutes, and a
document of 80 KB may unpack to 20 MB. A report in Word has 120 KB to 400 KB, mostly of marks."""


def _is_read_here(arrival: Arrival) -> bool:
    size = unpacked_size if arrival.kind is Kind.DOCX else len
    most = _READ_HERE.get(arrival.kind, 0)
    return len(arrival.data) <= most and size(arrival.data) <= most


_PATIENCE, _LONGEST = 8.0, 60.0
"""Seconds that a reader may take in a process that can be killed, and at most for a PDF.

A report of a hundred pages in PDF takes half a minute; any other takes a tenth of a second.
"""
_PDF_PACE = 60.0 / 2**20
"""Seconds more for each byte of a PDF: a long report is a large file, a small killer is not."""


def _seconds(kind: Kind, size: int) -> float:
    return min(_PATIENCE + size * _PDF_PACE, _LONGEST) if kind is Kind.PDF else _PATIENCE


def report_shown(document: Document) -> AnnualReport:
    """The report that a document is.

    Raises:
        UnreadableError: if it is none; the message says what was looked for.
    """
    from gk_xlsx.published.assembly import report_of

    return report_of(document, resources.form, resources.form_for_year)


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
    report = made_of_document(arrival, report_on_sheets)
    seen = Observation(Seen.FOREIGN_WORKBOOK, found=arrival.kind.label)
    return replace(report, observations=(seen, *report.observations))


def report_on_sheets(document: Document) -> AnnualReport:
    """The report that stands on the sheets of a spreadsheet.

    Raises:
        UnreadableError: if there is none.
    """
    from gk_xlsx.published.facts import with_facts
    from gk_xlsx.published.formulas import without_results

    found = report_shown(_on_sheets_of_ours(document))
    return with_facts(without_results(found, resources.form(found.edition)), document)


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
