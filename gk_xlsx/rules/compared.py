"""What TX needs of a case: the claims of its text, and the tables' figures for them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

from gk_xlsx.claims import About, Claim, Kind, Reading, Subject, Whose, claims
from gk_xlsx.findings import TextLocation
from gk_xlsx.form import Form
from gk_xlsx.relations import last_value, usable
from gk_xlsx.report import AnnualReport
from gk_xlsx.rules.rule import Case
from gk_xlsx.units import Scope

SectionClaim = tuple[str, Claim]
"""The section's key and a claim of its text."""

_IN_2019 = {".制发": ".新制作"}
"""Short names of the 2021 edition and their counterparts. Source: FORM.md 4; 现行有效 has none."""

_SECTION_NAMES = {"preface": "引言"}


@dataclass(frozen=True, slots=True)
class Figure:
    """What the tables say.

    Attributes:
        fields: the ids added up, the cell to look at first.
        value: the sum, or None where a part is blank or cannot be read.
        low: the sum of what is known; counts are never negative, so the sum is not below it.
    """

    fields: tuple[str, ...]
    value: Decimal | None
    low: Decimal

    def allows(self, quantity: Decimal) -> bool:
        """Whether the figure is, or with its unknown parts may be, that number."""
        return quantity == self.value if self.value is not None else quantity >= self.low


def text_claims(case: Case) -> tuple[SectionClaim, ...]:
    """All claims of the report's text, in the order of the text."""
    report = case.report
    about = About(report.unit.name, report.year, report.scope is Scope.AREA)
    found = _claims(tuple(report.narrative.items()), about)
    return _of_the_area(found) if _tables_are_of_the_area(case, found) else found


def _tables_are_of_the_area(case: Case, found: tuple[SectionClaim, ...]) -> bool:
    """Whether the text itself shows it: 全市受理 3119 件, and so says table 三.

    Asked only of governments, whose reports give their own figures or those of their area.
    """
    if not case.report.unit.name.endswith("政府"):
        return False
    return any(
        replace(claim, whose=Whose.OWN).comparable
        and claim.whose is Whose.AREA
        and claim.subject in (Subject.NEW, Subject.CONCLUDED)
        and claim.quantity >= 10
        and any(_is(case, claim, reading) for reading in claim.readings)
        for _, claim in found
        if claim.kind is Kind.COUNT
    )


def _is(case: Case, claim: Claim, reading: Reading) -> bool:
    table = figure(case, reading, claim.applicant)
    return table is not None and table.value == claim.quantity


def _of_the_area(found: tuple[SectionClaim, ...]) -> tuple[SectionClaim, ...]:
    return tuple(
        (key, replace(claim, whose=Whose.OWN) if claim.whose is Whose.AREA else claim)
        for key, claim in found
    )


@lru_cache(maxsize=4)
def _claims(narrative: tuple[tuple[str, str], ...], about: About) -> tuple[SectionClaim, ...]:
    """Cached because eleven rules ask for the claims of one report."""
    return tuple(
        (section, claim) for section, text in narrative for claim in claims(text, about, section)
    )


def compared(case: Case) -> Iterator[SectionClaim]:
    """The counts that are about the tables; what is said twice only once."""
    seen = set()
    for section, claim in text_claims(case):
        key = (claim.readings[:1], claim.applicant, claim.quantity)
        if claim.kind is Kind.COUNT and claim.comparable and key not in seen:
            seen.add(key)
            yield section, claim


def in_tables(case: Case, listed: Claim) -> bool:
    """Whether the total and all parts of a list are compared with the tables anyway."""
    inside = [
        claim
        for _, claim in text_claims(case)
        if claim.kind is Kind.COUNT
        and claim.comparable
        and listed.start < claim.number_end <= listed.end
    ]
    return len(inside) > len(listed.related)


def figure(case: Case, reading: Reading, applicant: str) -> Figure | None:
    """The tables' figure for a reading, or None where the form has no such cells."""
    ids: list[str] = []
    for subject in reading:
        found = _ids(case.form, f"{subject}.{applicant}" if subject.by_applicant else subject)
        if not found:
            return None
        ids += found
    values = [usable(field, case.form, case.report.entries) for field in ids]
    if None in values:
        low = sum((_low(field, case.form, case.report) for field in ids), Decimal(0))
        parts = [_known(field, case.form, case.report) for field in ids]
        known = [part for part in parts if part is not None]
        value = sum(known, Decimal(0)) if len(known) == len(parts) else None
        return Figure(tuple(ids), value, low if value is None else value)
    total = sum((value for value in values if value is not None), Decimal(0))
    return Figure(tuple(ids), total, total)


def last_figure(case: Case, reading: Reading, applicant: str) -> Decimal | None:
    """Last year's figure for a reading, or None where any part is unknown."""
    last = case.report.last_year
    total = Decimal(0)
    for subject in reading:
        ids = _ids(case.form, f"{subject}.{applicant}" if subject.by_applicant else subject)
        values = [last_value(last, case.form, field) for field in ids]
        if not ids or None in values:
            return None
        total += sum((value for value in values if value is not None), Decimal(0))
    return total


def _ids(form: Form, name: str) -> tuple[str, ...]:
    """The ids of a short name in this edition."""
    if name not in form.names:
        for ending, other in _IN_2019.items():
            name = name.removesuffix(ending) + other if name.endswith(ending) else name
    return form.names.get(name, ())


def _parts(field: str, form: Form) -> tuple[str, ...]:
    relation = form.computed.get(field)
    return tuple(term.field for term in relation.right) if relation else ()


def _known(field: str, form: Form, report: AnnualReport) -> Decimal | None:
    """A figure, or a blank total as the sum of its parts, all of them known."""
    value = usable(field, form, report.entries)
    if value is not None or not (parts := _parts(field, form)):
        return value
    values = [usable(part, form, report.entries) for part in parts]
    return None if None in values else sum((item for item in values if item), Decimal(0))


def _low(field: str, form: Form, report: AnnualReport) -> Decimal:
    """A figure, or of a blank total the sum of its known parts."""
    value = usable(field, form, report.entries)
    if value is not None:
        return value
    parts = (usable(part, form, report.entries) for part in _parts(field, form))
    return sum((item for item in parts if item), Decimal(0))


def labels(case: Case, table: Figure) -> str:
    """A figure as a person would name it: its cell, its group, or its first cell 等 N 格相加."""
    first = case.form.fields[table.fields[0]]
    if len(table.fields) == 1:
        return case.named(first.id)
    names = {ids: name for name, ids in case.form.names.items()}
    group = names.get(table.fields)
    if group is None:
        return f"{case.named(first.id)}等 {len(table.fields)} 格相加"
    words = group.replace("合计.", "").split(".")[1:]
    return f"{case.form.table(first.table).sheet}“{'·'.join(words)}”各格相加"


def section_name(case: Case, section: str) -> str:
    """A part of the report under its heading."""
    if section in _SECTION_NAMES:
        return _SECTION_NAMES[section]
    return case.form.section(section).heading


def claim_words(claim: Claim) -> str:
    """A claim's words as messages quote them, not too long."""
    words = claim.phrase.replace("\ue000", "…").replace("\ue002", "公民、法人或其他组织")
    return words if len(words) <= 40 else "…" + words[-39:]


def claim_place(section: str, claim: Claim) -> TextLocation:
    """The sentence a claim stands in."""
    return TextLocation(section, claim.quote, claim.quote_start, claim.quote_end)
