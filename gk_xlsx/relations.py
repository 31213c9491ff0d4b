"""A relation's two uses: both sides as numbers, and both sides as formula text."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from gk_xlsx.form import Form, Period, Relation, Term
from gk_xlsx.report import BLANK, AnnualReport, Entry, EntryKind, LastYear, Origin, state

NOT_COMPUTABLE = "所加各格有空白或不能计算的"


@dataclass(frozen=True, slots=True)
class Sides:
    """Both sides of a relation (件); they should be equal."""

    relation: Relation
    left: Decimal
    right: Decimal

    @property
    def agree(self) -> bool:
        """Whether the relation holds."""
        return self.left == self.right

    @property
    def difference(self) -> Decimal:
        """Right minus left."""
        return self.right - self.left


def evaluate(relation: Relation, form: Form, report: AnnualReport) -> Sides | None:
    """Both sides of a relation, or None where any term is blank, unreadable or unknown.

    A negative count or one with a fraction is its own finding and evaluates nothing either.
    """
    left = _total(relation.left, form, report)
    right = _total(relation.right, form, report)
    return None if left is None or right is None else Sides(relation, left, right)


def usable(field_id: str, form: Form, entries: Mapping[str, Entry]) -> Decimal | None:
    """A figure that relations may use, or None."""
    entry = entries[field_id]
    return entry.value if state(entry, form.fields[field_id].kind).usable else None


def computed(form: Form, entries: Mapping[str, Entry]) -> dict[str, Decimal | None]:
    """Every total that the form computes, from the inputs alone; None where a part is unknown."""
    known: dict[str, Entry] = dict(entries)
    results: dict[str, Decimal | None] = {}
    for field_id, relation in _by_dependency(form):
        parts = [usable(term.field, form, known) for term in relation.right]
        total = _sum(relation.right, parts)
        results[field_id] = total
        known[field_id] = BLANK if total is None else Entry(EntryKind.NUMBER, total)
    return {field_id: results[field_id] for field_id in form.computed}


def with_totals(form: Form, entries: Mapping[str, Entry]) -> dict[str, Entry]:
    """Entries whose totals are computed, whatever was stated; unknown where a part is unknown."""
    totals = {
        field_id: replace(
            entries[field_id],
            kind=EntryKind.UNKNOWN if value is None else EntryKind.NUMBER,
            number=value,
            raw="",
            changes=(),
            origin=Origin.COMPUTED,
            reason=NOT_COMPUTABLE if value is None else "",
        )
        for field_id, value in computed(form, entries).items()
    }
    return {field_id: totals.get(field_id, entry) for field_id, entry in entries.items()}


def formula_side(terms: Sequence[Term], address: Callable[[Term], str]) -> str:
    """One side as formula text, runs of neighbouring cells as SUM over a range.

    Args:
        terms: in the order of the relation.
        address: a term's cell, as `D9` or `'sheet'!D9`.
    """
    if len(terms) == 1 and terms[0].sign > 0:
        return address(terms[0])
    parts = [
        f"{'-' if term.sign < 0 else '+'}{address(term)}" for term in terms
    ]
    return "".join(parts).removeprefix("+")


def _by_dependency(form: Form) -> list[tuple[str, Relation]]:
    """Computed fields so that each comes after the computed fields it adds up."""
    ordered: dict[str, Relation] = {}

    def visit(field_id: str) -> None:
        relation = form.computed.get(field_id)
        if relation is None or field_id in ordered:
            return
        for term in relation.right:
            visit(term.field)
        ordered[field_id] = relation

    for field_id in form.computed:
        visit(field_id)
    return list(ordered.items())


def _total(terms: Sequence[Term], form: Form, report: AnnualReport) -> Decimal | None:
    return _sum(terms, [_term_value(term, form, report) for term in terms])


def _sum(terms: Sequence[Term], values: Sequence[Decimal | None]) -> Decimal | None:
    total = Decimal(0)
    for term, value in zip(terms, values, strict=True):
        if value is None:
            return None
        total += term.sign * value
    return total


def _term_value(term: Term, form: Form, report: AnnualReport) -> Decimal | None:
    if term.period is Period.THIS:
        return usable(term.field, form, report.entries)
    if term.period is Period.LAST:
        return last_value(report.last_year, form, term.field)
    return None


def last_value(last: LastYear | None, form: Form, field_id: str) -> Decimal | None:
    """Last year's figure of a field, or None where it is unknown or has no counterpart."""
    if last is None:
        return None
    return last.values.get(field_id)
