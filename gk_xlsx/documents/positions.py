"""Where a finding is and what stands there, in the words of the form."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from gk_xlsx.amounts import plain
from gk_xlsx.findings import CellLocation, Finding, Gate, Severity, TextLocation
from gk_xlsx.form import Field, Form, Table
from gk_xlsx.relations import brief
from gk_xlsx.report import NARRATIVE_KEYS, AnnualReport, written

LISTED = 6
"""So many cells are named one by one."""

QUOTED = 80
"""Characters of a sentence or a cell that are quoted."""

BLANK = "（空白）"
WHOLE = "整份报告"
CARRIED = "YR01"
"""The carry-over: 自查结果 has a place of its own for it, outside the numbered opinions."""
_PREFACE = "前言"
_SIGNATURE = "落款"
_DATE = "FM05"
"""What is found in the date of the signature, which is no part of the text."""
_AFTER_TEXT = len(NARRATIVE_KEYS) + 1
"""The rank of what stands below the text; parts that no report has come before it."""


@dataclass(frozen=True, slots=True)
class Position:
    """A finding's place.

    Attributes:
        place: sheet, printed row and column, and cell; or the section of the text. Lines.
        found: the values as they stand there, or the sentence. Lines; may be empty.
        rank: sorts positions in the order of the form, the text after the tables.
    """

    place: str
    found: str
    rank: tuple[int, int]


def in_order(
    findings: Sequence[Finding], report: AnnualReport | None, form: Form | None
) -> tuple[Finding, ...]:
    """As letter and marked workbook number them: the same finding has the same number in both.

    What must be corrected in the figures, then in the text, then what is asked, each in the order
    of the form; after them what the one or the other does not number.
    """

    def place(finding: Finding) -> tuple[int, tuple[int, int]]:
        return _kind(finding), position_of(finding, report, form).rank

    return tuple(sorted(findings, key=place))


def _kind(finding: Finding) -> int:
    if finding.explained is not None:
        return 4
    if finding.code == CARRIED:
        return 3
    if finding.severity is not Severity.ERROR:
        return 2
    return 0 if finding.gate is Gate.DATA else 1


def position_of(finding: Finding, report: AnnualReport | None, form: Form | None) -> Position:
    """Where a finding is; without report and form only what the finding itself says."""
    location = finding.location
    if finding.code == _DATE:
        return Position(_SIGNATURE, report.signed.date if report else "", (1, _AFTER_TEXT))
    if isinstance(location, TextLocation):
        return _in_text(location, form)
    known = [form.fields[key] for key in finding.fields if key in form.fields] if form else []
    if form is None or report is None or not known:
        return Position(_of_location(location), "", (2, 0))
    table = form.table_of(known[0].id)
    rank = list(form.fields).index(known[0].id)
    if finding.left is not None and finding.right is not None and len(known) > 1:
        return Position(_relation(known, table, report), _sides(finding, known, report), (0, rank))
    return Position(_cells(known, table, report), _values(known, report), (0, rank))


def _in_text(location: TextLocation, form: Form | None) -> Position:
    key = location.section
    headings = {section.key: section.heading for section in form.sections} if form else {}
    rank = NARRATIVE_KEYS.index(key) if key in NARRATIVE_KEYS else _AFTER_TEXT - 1
    heading = ({"preface": _PREFACE} | headings).get(key, key)
    return Position(heading, _cut(location.quote), (1, rank))


def _of_location(location: CellLocation | TextLocation | None) -> str:
    if not isinstance(location, CellLocation) or not location.sheet:
        return WHOLE
    label = "·".join(filter(None, (brief(location.row), location.column)))
    return "\n".join(filter(None, (location.sheet, label and f"“{label}”", location.cell)))


def _relation(fields: Sequence[Field], table: Table, report: AnnualReport) -> str:
    """Its row or its column where all its cells share one, else the cell to look at."""
    if len({field.column.id for field in fields}) == 1:
        line = f"“{fields[0].column_label}”列"
    elif len({field.row.id for field in fields}) == 1 and fields[0].row_label:
        line = f"“{brief(fields[0].row_label)}”行"
    else:
        return _cells(fields[:1], table, report)
    cells = _addresses(fields if len(fields) <= LISTED else fields[:1], report)
    return "\n".join(filter(None, (table.sheet, line, cells)))


def _sides(finding: Finding, fields: Sequence[Field], report: AnnualReport) -> str:
    """Each part of a short relation; of a long one the total and what its parts add up to."""
    if len(fields) <= LISTED and len({field.column.id for field in fields}) == 1:
        return "\n".join(f"{field.row.short} {_shown(report, field)}" for field in fields)
    parts = "" if finding.right is None else f"\n各项相加 {plain(finding.right)}"
    return f"{_shown(report, fields[0])}{parts}"


def _cells(fields: Sequence[Field], table: Table, report: AnnualReport) -> str:
    if len(fields) == len(table.fields) > 1:
        return f"{table.sheet}\n全表"
    named = [_named(field, report) for field in fields[:LISTED]]
    more = [f"等 {len(fields)} 格"] if len(fields) > LISTED else []
    return "\n".join((table.sheet, *named, *more))


def _values(fields: Sequence[Field], report: AnnualReport) -> str:
    """What stands in the cells, each different value once."""
    return "\n".join(dict.fromkeys(_shown(report, field) for field in fields[:LISTED]))


def _shown(report: AnnualReport, field: Field) -> str:
    return _cut(written(report.entries[field.id])) or BLANK


def _cut(text: str) -> str:
    return text if len(text) <= QUOTED else f"{text[:QUOTED]}……"


def _label(field: Field) -> str:
    return "·".join(filter(None, (brief(field.row_label), field.column_label)))


def _named(field: Field, report: AnnualReport) -> str:
    cell = _addresses([field], report)
    return f"“{_label(field)}”（{cell}）" if cell else f"“{_label(field)}”"


def _addresses(fields: Sequence[Field], report: AnnualReport) -> str:
    """The addresses in a workbook, empty for other sources.

    Between them spaces: LibreOffice breaks D6、D29 anywhere but at its comma.
    """
    places = [report.entries[field.id].place for field in fields]
    return " ".join(place.cell for place in places if place and place.cell)
