"""An annual report as a value: the hub between all sources and all sinks."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType

from gk_xlsx.amounts import is_blank, is_mark, is_whole, plain, read_amount
from gk_xlsx.form import Field, FieldKind, Form, Period
from gk_xlsx.units import Scope, Unit

NARRATIVE_KEYS = ("preface", "overview", "proactive", "requests", "disputes", "problems", "other")
"""The parts of a report's text; the tables' keys hold what stands beside the tables."""


class EntryKind(StrEnum):
    """What was found where a figure belongs."""

    NUMBER = "number"
    BLANK = "blank"
    MARK = "mark"
    TEXT = "text"
    TEXT_NUMBER = "text_number"
    """A number written as text in a workbook: the sheet cannot add it."""
    FORMULA = "formula"
    BOOLEAN = "boolean"
    DATE = "date"
    UNKNOWN = "unknown"


class Origin(StrEnum):
    """How an entry came to be."""

    STATED = "stated"
    COMPUTED = "computed"
    ZERO_REPORT = "zero_report"


class State(StrEnum):
    """How a cell counts; the sheet's state cells hold the same words."""

    BLANK = "blank"
    ASSUMED = "assumed"
    """Blank, but counted as 0 by the table's 零报告 switch."""
    ZERO = "zero"
    OK = "ok"
    MARK = "mark"
    TEXT = "text"
    NEGATIVE = "negative"
    FRACTION = "fraction"
    UNKNOWN = "unknown"
    """Not there to be judged: a total that cannot be computed, or a value not told apart."""

    @property
    def usable(self) -> bool:
        """Whether relations may use the value."""
        return self in (State.ASSUMED, State.ZERO, State.OK)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a value stood: sheet and cell, or whatever the source counts by."""

    sheet: str = ""
    cell: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One value as found.

    Attributes:
        number: the value of a NUMBER (件, 万元, 元); of a TEXT_NUMBER what it would be.
        raw: the text as it stood there; for a number only where it was normalised.
        changes: what was normalised, in Chinese.
        reason: why it is UNKNOWN, in Chinese.
    """

    kind: EntryKind
    number: Decimal | None = None
    raw: str = ""
    changes: tuple[str, ...] = ()
    origin: Origin = Origin.STATED
    place: Place | None = None
    reason: str = ""

    @property
    def value(self) -> Decimal | None:
        """The number if it is one that counts, else None."""
        return self.number if self.kind is EntryKind.NUMBER else None


BLANK = Entry(EntryKind.BLANK)


class Seen(StrEnum):
    """What an edge can see and nobody after it."""

    LABEL_CHANGED = "label_changed"
    FORMULA_REPLACED = "formula_replaced"
    FORMULA_CHANGED = "formula_changed"
    MOVED = "moved"
    LOST = "lost"
    SHEET_RENAMED = "sheet_renamed"
    SHEET_DELETED = "sheet_deleted"
    SHEET_INSERTED = "sheet_inserted"
    UNPROTECTED = "unprotected"
    IDENTITY_DISAGREES = "identity_disagrees"
    OTHER_VERSION = "other_version"
    ZERO_REPORT_REFUSED = "zero_report_refused"
    TABLE_MISSING = "table_missing"
    EXTRA_VALUES = "extra_values"
    UNKNOWN_FIELD = "unknown_field"
    DUPLICATE_KEY = "duplicate_key"
    TOO_PRECISE = "too_precise"
    EDITION_MISMATCH = "edition_mismatch"
    IMPOSSIBLE_YEAR = "impossible_year"
    FORMULA_IN_TEXT = "formula_in_text"
    PICTURE_TABLE = "picture_table"
    """A statutory table that is only a picture."""
    NOT_READ = "not_read"
    """A part of a document that was not taken in; `found` says which and why."""
    FOREIGN_WORKBOOK = "foreign_workbook"
    """A spreadsheet of other making; `found` says which kind."""
    PART_MISSING = "part_missing"
    """A report that a merged workbook should count and does not; `found` names it."""
    ADJUSTMENT_UNREASONED = "adjustment_unreasoned"
    """A 调整 row without its compulsory reason; `found` is its label."""
    DETAIL_CHANGED = "detail_changed"
    """A unit's figures in 明细 that are not those it was merged with; `found` names the unit."""
    SOURCES_CHANGED = "sources_changed"
    """来源与调整 lists fewer or more than when it was merged; `expected` and `found` say what."""


@dataclass(frozen=True, slots=True)
class Observation:
    """Something an edge saw; only rules make findings of it.

    Attributes:
        field: the id concerned, or empty.
        table: the key of the table concerned, or empty.
        expected, found: as text, where there are two sides.
    """

    seen: Seen
    field: str = ""
    table: str = ""
    place: Place | None = None
    expected: str = ""
    found: str = ""


@dataclass(frozen=True, slots=True)
class Signed:
    """The signature: body and date as written; empty where absent."""

    by: str = ""
    date: str = ""


@dataclass(frozen=True, slots=True)
class LastYear:
    """Last year's report as far as it is carried along; a field not in `values` is unknown.

    Attributes:
        narrative: its text as in `AnnualReport`; empty where only figures are carried along.
    """

    year: int
    unit: str
    edition: str
    values: Mapping[str, Decimal]
    narrative: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class Explanation:
    """A 情况说明, bound to the figures it was written for.

    Attributes:
        code: the finding's code.
        fields: the finding's first field decides which instance is meant.
        left, right: both sides when it was written; None where it was just typed.
        date: ISO date, or empty.
    """

    code: str
    fields: tuple[str, ...]
    text: str
    left: Decimal | None = None
    right: Decimal | None = None
    date: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """One report that a merged report was added up from."""

    code: str
    name: str
    scope: Scope
    sha256: str


@dataclass(frozen=True)
class AnnualReport:
    """A 政府信息公开工作年度报告.

    Attributes:
        entries: every field of the form's edition, in printed order.
        narrative: part (see `NARRATIVE_KEYS`) to Markdown; absent where nothing was written.
        zero_report: keys of the tables whose blanks the reporter declared to be 0.
        headings: section headings as found in a document.
        observations: what the source showed beside the values.
        issued_last_year: what a workbook was issued with, where `last_year` is from elsewhere.
        sums: short name of a sum (三.其他处理.合计.总计) to the figure that a document prints
            for it in place of its rows, which are unknown then.
    """

    edition: str
    year: int
    unit: Unit
    entries: Mapping[str, Entry]
    scope: Scope = Scope.BODY
    narrative: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    title: str = ""
    headings: tuple[str, ...] = ()
    signed: Signed = Signed()
    zero_report: frozenset[str] = frozenset()
    last_year: LastYear | None = None
    explanations: tuple[Explanation, ...] = ()
    parts: tuple[Part, ...] = ()
    notes: str = ""
    observations: tuple[Observation, ...] = ()
    issued_last_year: LastYear | None = None
    sums: Mapping[str, Entry] = field(default_factory=lambda: MappingProxyType({}))

    def value(self, field_id: str) -> Decimal | None:
        """The figure (件, 万元, 元), or None where it is blank or unknown."""
        return self.entries[field_id].value

    @property
    def values(self) -> dict[str, Decimal | None]:
        """Every field's figure, in printed order."""
        return {key: entry.value for key, entry in self.entries.items()}

    def saw(self, *kinds: Seen) -> tuple[Observation, ...]:
        """The observations of the given kinds, in the order they were made."""
        return tuple(item for item in self.observations if item.seen in kinds)


def state(entry: Entry, kind: FieldKind) -> State:
    """How an entry counts; the rule the sheet's state formulas follow."""
    if entry.value is None:
        return _STATE_WITHOUT_NUMBER.get(entry.kind, State.TEXT)
    if entry.origin is Origin.ZERO_REPORT:
        return State.ASSUMED
    if entry.value < 0 and kind is not FieldKind.SIGNED:
        return State.NEGATIVE
    if kind in (FieldKind.COUNT, FieldKind.SIGNED) and not is_whole(entry.value):
        return State.FRACTION
    return State.OK if entry.value else State.ZERO


_STATE_WITHOUT_NUMBER = {
    EntryKind.BLANK: State.BLANK,
    EntryKind.MARK: State.MARK,
    EntryKind.UNKNOWN: State.UNKNOWN,
}


def read_text(text: str, target: Field) -> Entry:
    """What a text means where a figure belongs, in a source that holds only text."""
    if is_blank(text):
        return BLANK
    if is_mark(text):
        return Entry(EntryKind.MARK, raw=text)
    amount = read_amount(text)
    if amount is None or not amount.fits(target.column.unit):
        return Entry(EntryKind.TEXT, raw=text)
    number = amount.in_unit(target.column.unit)
    if target.kind is FieldKind.MONEY_WITH_UNIT and amount.unit in ("元", "万元"):
        return Entry(EntryKind.NUMBER, number, raw=text)
    raw = text if amount.changes else ""
    return Entry(EntryKind.NUMBER, number, raw=raw, changes=amount.changes)


def apply_zero_report(report: AnnualReport, form: Form) -> AnnualReport:
    """Count the blanks of the declared tables as 0.

    Refused, with an observation, where last year's report left cases to be carried in.
    """
    entries = dict(report.entries)
    refused = []
    for key in sorted(report.zero_report):
        if carried_from_last_year(report.last_year, form, key):
            refused.append(Observation(Seen.ZERO_REPORT_REFUSED, table=key))
            continue
        for item in form.table(key).fields:
            if entries[item.id].kind is EntryKind.BLANK and item.id not in form.computed:
                entries[item.id] = replace(
                    entries[item.id],
                    kind=EntryKind.NUMBER,
                    number=Decimal(0),
                    origin=Origin.ZERO_REPORT,
                )
    return replace(report, entries=entries, observations=(*report.observations, *refused))


def carried_from_last_year(last: LastYear | None, form: Form, table: str) -> bool:
    """Whether last year's report left something that this table must carry in."""
    if last is None:
        return False
    return any(last.values.get(item) for item in carry_over_sources(form, table))


def carry_over_sources(form: Form, table: str) -> tuple[str, ...]:
    """Ids of last year's figures that must reappear in a table (YR01's right sides)."""
    return tuple(
        term.field
        for relation in form.instances("YR01")
        if form.fields[relation.left[0].field].table == table
        for term in relation.right
        if term.period is Period.LAST
    )


def last_year_of(report: AnnualReport) -> LastYear:
    """A report as next year's report remembers it: its known figures and its text."""
    known = {key: value for key, value in report.values.items() if value is not None}
    return LastYear(report.year, report.unit.name, report.edition, known, report.narrative)


def written(entry: Entry) -> str:
    """An entry as it is printed: numbers as people write them, blanks empty."""
    if entry.value is None:
        return entry.raw
    return entry.raw if entry.raw and not entry.changes else plain(entry.value)


def iso_date(text: str) -> datetime.date | None:
    """2022-01-10, 2022年1月10日, 2022.1.10 or 2022/1/10 as a date; None if it is none."""
    match = re.fullmatch(r"\s*(\d{4})\s*[年./-]\s*(\d{1,2})\s*[月./-]\s*(\d{1,2})\s*日?\s*", text)
    if not match:
        return None
    try:
        return datetime.date(*(int(part) for part in match.groups()))
    except ValueError:
        return None


def blank_entries(form: Form) -> dict[str, Entry]:
    """Every field of a form, blank."""
    return dict.fromkeys(form.fields, BLANK)


def narrative(parts: Iterable[tuple[str, str]]) -> Mapping[str, str]:
    """Text parts with the empty ones left out, in the order of the report."""
    given = {key: text for key, text in parts if text.strip()}
    return MappingProxyType({key: given[key] for key in NARRATIVE_KEYS if key in given})
