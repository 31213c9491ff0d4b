"""Relations between figures: both sides as numbers, and in the words of the form."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from gk_xlsx.amounts import plain
from gk_xlsx.form import Form, Period, Relation, Term
from gk_xlsx.report import (
    BLANK,
    AnnualReport,
    Entry,
    EntryKind,
    Explanation,
    LastYear,
    Origin,
    state,
)

NOT_COMPUTABLE = "所加各格有空白或不能计算的"


@dataclass(frozen=True, slots=True)
class Sides:
    """Both sides of a relation (件); they should be equal.

    Attributes:
        values: of each term; terms of which only the sum is known are left out.
    """

    relation: Relation
    left: Decimal
    right: Decimal
    values: Mapping[Term, Decimal]

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
    values: dict[Term, Decimal] = {}
    lost: list[Term] = []
    for term in relation.terms:
        value = _term_value(term, form, report)
        if value is None:
            lost.append(term)
        else:
            values[term] = value
    together = _known_together(lost, form, report) if lost else Decimal(0)
    if together is None:
        return None
    left, right = (
        sum((term.sign * values[term] for term in side if term in values), Decimal(0))
        for side in (relation.left, relation.right)
    )
    return Sides(relation, left, right + together, values)


def _known_together(lost: Sequence[Term], form: Form, report: AnnualReport) -> Decimal | None:
    """The sum of terms of a right side that a document prints only together, else None."""
    open_ids = {term.field for term in lost if term.period is Period.THIS and term.sign > 0}
    total = Decimal(0)
    for name, entry in report.sums.items():
        ids = form.names[name]
        if entry.value is not None and open_ids.issuperset(ids):
            total += entry.value
            open_ids -= set(ids)
    known = not open_ids and all(term.period is Period.THIS and term.sign > 0 for term in lost)
    return total if known else None


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


def bind_explanations(form: Form, report: AnnualReport) -> AnnualReport:
    """Tie explanations that were just written to the figures they are written for."""
    sides = {
        (relation.code, relation.left[0].field): evaluate(relation, form, report)
        for relation in form.relations
        if any(item.code == relation.code for item in report.explanations)
    }

    def bound(item: Explanation) -> Explanation:
        found = sides.get((item.code, item.fields[0] if item.fields else ""))
        if found is None or item.left is not None or item.right is not None:
            return item
        return replace(item, left=found.left, right=found.right)

    return replace(report, explanations=tuple(bound(item) for item in report.explanations))


@dataclass(frozen=True, slots=True)
class Phrase:
    """Terms of a relation under the name the form gives them (本年新收, 各列相加)."""

    name: str
    terms: tuple[Term, ...]


def phrases(relation: Relation) -> tuple[tuple[Phrase, ...], tuple[Phrase, ...]]:
    """Both sides in the words of the relation: one phrase a term, or one for the whole side."""
    left, _, right = relation.text.partition("＝")
    return _side_phrases(left, relation.left), _side_phrases(right, relation.right)


def _side_phrases(text: str, terms: tuple[Term, ...]) -> tuple[Phrase, ...]:
    names = re.split("[＋－]", text)
    if len(names) != len(terms):
        return (Phrase("各项相加", terms),)
    return tuple(Phrase(name, (term,)) for name, term in zip(names, terms, strict=True))


def relation_message(form: Form, sides: Sides) -> str:
    """A relation that does not hold, in the words of the form, with both values."""
    relation = sides.relation
    left, right = phrases(relation)
    more = "右边多" if sides.difference > 0 else "左边多"
    return (
        f"{subject(form, relation)}{disagreement(relation)}："
        f"{_in_words(left, sides, sides.left)}；{_in_words(right, sides, sides.right)}，"
        f"{more} {plain(abs(sides.difference))} 件。"
    )


def disagreement(relation: Relation) -> str:
    """What is said of a relation that does not hold."""
    return "不平" if relation.within(Period.THIS) else "与去年年报不一致"


def _in_words(side: Sequence[Phrase], sides: Sides, total: Decimal) -> str:
    if len(side) == 1:
        return f"{side[0].name} {plain(total)}"
    summands = "".join(_signed(phrase, sides) for phrase in side)
    return f"{summands.removeprefix('＋')}＝{plain(total)}"


def _signed(phrase: Phrase, sides: Sides) -> str:
    term = phrase.terms[0]
    return f"{'＋' if term.sign > 0 else '－'}{phrase.name} {plain(sides.values[term])}"


def subject(form: Form, relation: Relation) -> str:
    """What an instance is about: 三、申请办理“自然人”列, 四、复议诉讼“行政复议”."""
    fields = [form.fields[term.field] for term in relation.terms]
    first = fields[0]
    sheet = form.table(first.table).sheet
    if not first.row.label:
        return f"{sheet}“{first.column.label[-2]}”"
    if all(item.row is first.row for item in fields):
        return f"{sheet}“{brief(first.row_label)}”行"
    return f"{sheet}“{first.column_label}”列"


def brief(label: str) -> str:
    """A row label without its explanation: （二）部分公开（区分…） → （二）部分公开."""
    match = re.match(r"(?:（[一二三四五六七八九十]）)?[^（]+", label)
    return match[0] if match else label


def cell_name(form: Form, field_id: str) -> str:
    """A cell as a person would name it: 三、申请办理“（一）予以公开·自然人”."""
    field = form.fields[field_id]
    label = "·".join(filter(None, (brief(field.row_label), field.column_label)))
    return f"{form.table(field.table).sheet}“{label}”"


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


def last_value(
    last: LastYear | None,
    form: Form,  # noqa: ARG001 — says which edition the id is of
    field_id: str,
) -> Decimal | None:
    """Last year's figure of a field, or None where it is unknown or has no counterpart."""
    if last is None:
        return None
    return last.values.get(field_id)
