"""One file that came in → what it is for, whose it is, what it holds and what is wrong with it."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import Enum
from functools import lru_cache
from pathlib import PurePosixPath

from gk_xlsx import resources
from gk_xlsx.api.checking import Choice, judged, unreadable
from gk_xlsx.api.formats import made_of_document, report_shown
from gk_xlsx.api.reading import DATA_SUFFIXES, Opened, as_opened, open_data, with_explanations
from gk_xlsx.errors import GkXlsxError, UnreadableError
from gk_xlsx.findings import Finding, Gate, Severity
from gk_xlsx.form import Form
from gk_xlsx.inbox.files import EXPLANATIONS_SUFFIX, InboxFile, NotTaken
from gk_xlsx.inbox.memory import Memory
from gk_xlsx.published.frame import frame_of
from gk_xlsx.published.model import Document, Paragraph, Table
from gk_xlsx.report import AnnualReport, Entry, EntryKind, LastYear, Observation, Seen
from gk_xlsx.rollup.filing import line_of
from gk_xlsx.rollup.inclusion import says_it_includes
from gk_xlsx.rollup.last_reports import LastReports
from gk_xlsx.rollup.names import Names
from gk_xlsx.rollup.received import Figures, Received, Role, Sender
from gk_xlsx.rules import Settings
from gk_xlsx.sources.door import Kind, RefusedError, admit_data
from gk_xlsx.sources.refusals import REASONS
from gk_xlsx.units import Unit

SHORT = 80
"""A text of fewer characters is the same in two reports by chance."""

_ROLES = {
    **dict.fromkeys(
        (Kind.WORKBOOK, Kind.REPORT_JSON, Kind.SPREADSHEET, Kind.OLD_SPREADSHEET), Role.FIGURES
    ),
    **dict.fromkeys((Kind.DOCX, Kind.HTML, Kind.TEXT, Kind.PDF), Role.TEXT),
}
_RANKS = tuple(_ROLES)
"""Kinds of files, the surest to read first."""
_SEALED = re.compile("盖章|签章|用印|公章|扫描")
"""What people call a PDF that is a picture of paper."""
_SEALED_REFUSALS = frozenset(REASONS[reason][2] for reason in ("picture", "ofd"))
"""What is said of pictures of paper; a reader in a process of its own passes on only words."""
_TRANSIENT = frozenset(REASONS[reason][2] for reason in ("too_slow", "too_hungry"))
"""What is said of files that a machine with less to do may be able to read."""
_NO_MATTER = frozenset(("unknown", "empty", "slides"))
"""Refused files that nobody needs to be told about, where their names promise no report."""
_TEXT_SUFFIXES = frozenset((".docx", ".doc", ".wps", ".rtf", ".html", ".htm", ".pdf"))
_SECTIONS = 2
"""A document with so many of the report's sections is a report, even without tables."""


@dataclass(frozen=True)
class Receiver:
    """What files are read against.

    Attributes:
        names: of the roster.
        last: last year's reports, or None for what the files remember themselves.
        memory: what was read before, or None.
    """

    names: Names
    settings: Settings
    last: LastReports | None = None
    memory: Memory | None = None

    def received(self, file: InboxFile) -> Received:
        """What a file is; taken from memory where it was read before under the same conditions."""
        sha256 = hashlib.sha256(file.data).hexdigest()
        known = self.memory.recall(sha256) if self.memory else None
        if known is not None and known.conditions == self._conditions(file, known.received):
            return _at(file.path, known.received)
        try:
            read = self._read(file, sha256)
        except GkXlsxError as error:
            return _not_now(file, sha256, error)
        if self.memory is not None and not _may_be_read_later(read):
            self.memory.keep(read, self._conditions(file, read))
        return read

    def opened(self, file: InboxFile) -> Opened:
        """The report in a file, with last year's figures of its line and its 情况说明.

        Raises:
            UnreadableError: if it is none.
        """
        opened = _opened(file)
        last = self._last(_reported(file, opened))
        if last is not None:
            known = opened.report.last_year
            report = replace(opened.report, last_year=last, issued_last_year=known)
            opened = replace(opened, report=report)
        with suppress(UnreadableError):
            return _with_explanations(file, opened)
        return opened

    def _read(self, file: InboxFile, sha256: str) -> Received:
        try:
            opened = self.opened(file)
        except UnreadableError as error:
            error.sha256 = sha256
            return _no_report(file, sha256, error)
        checked = judged(opened, Choice(settings=self.settings))
        useless = _useless_explanations(file, opened)
        return replace(
            _reported(file, opened),
            checked=replace(checked, findings=(*checked.findings, *useless)),
        )

    def _last(self, received: Received) -> LastYear | None:
        """Last year's figures of the line it belongs to, where they are of the year before."""
        line = line_of(received, self.names) if self.last is not None else None
        if line is None or self.last is None or received.sender is None:
            return None
        last = self._last_by_line(line.code)
        return last if last is not None and last.year == received.sender.year - 1 else None

    def _last_by_line(self, code: str) -> LastYear | None:
        if self.last is None:
            return None
        return self.last.of(self.names.roster.by_code[code]).last

    def _conditions(self, file: InboxFile, received: Received) -> str:
        """Everything but the content that decides what is found in a file."""
        last = self._last(received)
        said = (
            sorted(self.settings.off),
            sorted((code, item.value) for code, item in self.settings.severities.items()),
            _hash(file.explanations or b""),
            _suffix(file),
            bool(_SEALED.search(file.path)),
            last and (last.year, last.unit, last.edition, dict(last.values), dict(last.narrative)),
        )
        return _hash(repr(said).encode())


def not_taken(item: NotTaken) -> Received:
    """Something that could not be taken out of an archive, or is too large to be read."""
    error = RefusedError(item.refused)
    return Received(item.path, "", Role.OTHER, "文件", checked=unreadable(item.path, error))


# -- reading -------------------------------------------------------------------------------


def _opened(file: InboxFile) -> Opened:
    """The report in a file; of documents also one whose tables are missing.

    Raises:
        UnreadableError: if it is none.
    """
    arrival = admit_data(file.path, file.data)
    if _ROLES.get(arrival.kind) is not Role.TEXT:
        return open_data(file.path, file.data)
    if arrival.kind is Kind.PDF and _SEALED.search(file.path):
        raise _SealedError
    report = made_of_document(arrival, handed_in)
    if report is Lack.TEXT:
        raise _SealedError
    if report is Lack.REPORT:
        raise _OtherTextError
    return as_opened(arrival, report)


class Lack(Enum):
    """What a document has not that is no report."""

    TEXT = "text"
    REPORT = "report"


def handed_in(document: Document) -> AnnualReport | Lack:
    """The report that a document is, also one of which only the text was handed in."""
    if not any(isinstance(block, Paragraph | Table) for block in document.blocks):
        return Lack.TEXT
    try:
        return report_shown(document)
    except UnreadableError:
        return _without_tables(document) or Lack.REPORT


class _SealedError(UnreadableError):
    """A picture of paper, in a file that could hold more."""

    def __init__(self) -> None:
        super().__init__("")


class _OtherTextError(UnreadableError):
    """A document that is no report: a covering letter, a list."""

    def __init__(self) -> None:
        super().__init__("")


def _without_tables(document: Document) -> AnnualReport | None:
    """A report of which only the text was handed in; None if it has not even the sections."""
    newest = resources.form(resources.EDITIONS[0])
    year = frame_of(document, newest, {}).year
    form = resources.form_for_year(year) or newest
    frame = frame_of(document, form, {})
    if len(frame.narrative.keys() - {"preface"}) < _SECTIONS:
        return None
    missing = [Observation(Seen.TABLE_MISSING, table=table.key) for table in form.tables]
    return AnnualReport(
        edition=form.edition,
        year=frame.year,
        unit=Unit(frame.unit),
        entries=_unknown(form),
        narrative=frame.narrative,
        title=frame.title,
        headings=frame.headings,
        signed=frame.signed,
        observations=(*missing, *frame.observations),
    )


def _unknown(form: Form) -> Mapping[str, Entry]:
    return {
        field.id: Entry(
            EntryKind.UNKNOWN, reason=f"没有找到“{form.table(field.table).sheet}”这张表"
        )
        for field in form
    }


# -- what is kept of it --------------------------------------------------------------------


def _reported(file: InboxFile, opened: Opened) -> Received:
    report = opened.report
    return Received(
        path=file.path,
        sha256=opened.sha256,
        role=_ROLES[opened.kind],
        kind=opened.kind.label,
        rank=_RANKS.index(opened.kind),
        sender=Sender(report.unit, report.scope, report.year, report.edition),
        figures=_figures(report),
        text=_mark(report.narrative),
        includes=says_it_includes(report.narrative),
        parts=report.parts,
    )


def _figures(report: AnnualReport) -> Figures:
    entries = report.entries.items()
    return Figures(
        tuple(None if entry.value is None else _same(entry.value) for _, entry in entries),
        tuple(key for key, entry in entries if entry.kind is EntryKind.UNKNOWN),
    )


@lru_cache(maxsize=65_536)
def _same(value: Decimal) -> Decimal:
    """One object for all that are equal: thousands of reports hold the same small figures."""
    return value


def _mark(narrative: Mapping[str, str]) -> str:
    text = "".join("".join(part.split()) for part in narrative.values())
    return _hash(text.encode()) if len(text) >= SHORT else ""


def _with_explanations(file: InboxFile, opened: Opened) -> Opened:
    if file.explanations is None:
        return opened
    return with_explanations(opened, file.explanations, _beside(file))


def _beside(file: InboxFile) -> str:
    return f"{PurePosixPath(file.path).with_suffix('')}{EXPLANATIONS_SUFFIX}"


def _useless_explanations(file: InboxFile, opened: Opened) -> Iterator[Finding]:
    """What is said of a file with 情况说明 that cannot be read."""
    try:
        _with_explanations(file, opened)
    except UnreadableError as error:
        yield Finding(
            error.code,
            error.name,
            Severity.WARNING,
            Gate.DATA,
            f"情况说明文件 {_beside(file)} 不能采用：{error.message}",
            fix="请改好情况说明文件，或写在填报表的“情况说明”栏。",
        )


# -- what is no report ---------------------------------------------------------------------


def _no_report(file: InboxFile, sha256: str, error: UnreadableError) -> Received:
    role, told = _role_of(file, error)
    checked = unreadable(file.path, error) if told else None
    return Received(file.path, sha256, role, _KINDS.get(role, "文件"), checked=checked)


_KINDS = {Role.SEALED: "盖章件", Role.FIGURES: "表格文件", Role.TEXT: "文档"}


def _not_now(file: InboxFile, sha256: str, error: GkXlsxError) -> Received:
    """A file that this installation cannot read; nothing is remembered of it."""
    refused = RefusedError("other_archive")
    refused.message, refused.fix, refused.sha256 = str(error), "", sha256
    return _no_report(file, sha256, refused)


def _may_be_read_later(received: Received) -> bool:
    findings = received.checked.findings if received.checked else ()
    return not received.readable and any(item.message in _TRANSIENT for item in findings)


def _role_of(file: InboxFile, error: UnreadableError) -> tuple[Role, bool]:
    """What a file that is no report is for, and whether somebody must be told why."""
    reason = error.reason if isinstance(error, RefusedError) else ""
    suffix = _suffix(file)
    if isinstance(error, _SealedError) or error.message in _SEALED_REFUSALS:
        return Role.SEALED, False
    if isinstance(error, _OtherTextError) or file.path.endswith(EXPLANATIONS_SUFFIX):
        return Role.OTHER, False
    if suffix in DATA_SUFFIXES:
        return Role.FIGURES, True
    if suffix in _TEXT_SUFFIXES or reason in ("old_word", "other_word"):
        return Role.TEXT, True
    return Role.OTHER, reason not in _NO_MATTER


def _suffix(file: InboxFile) -> str:
    return PurePosixPath(file.path).suffix.lower()


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _at(path: str, received: Received) -> Received:
    """The same file under the name it bears now."""
    checked = received.checked
    return replace(
        received, path=path, checked=None if checked is None else replace(checked, path=path)
    )
