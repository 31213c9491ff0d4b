"""Rows of several figures and the sums within them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal

from gk_xlsx.form import Form, Relation
from gk_xlsx.report import Entry, EntryKind


def rows_of(form: Form) -> Iterator[tuple[list[str], list[Relation]]]:
    """The ids of each row of several figures, with the sums within it."""
    for table in form.tables:
        for block in table.blocks:
            for row in block.rows:
                ids = [
                    ".".join(filter(None, (table.key, row.id, column.id)))
                    for column in block.columns
                ]
                own = [form.computed[item] for item in ids if item in form.computed]
                if len(ids) > 1:
                    yield ids, [relation for relation in own if within(relation, ids)]


def within(relation: Relation, ids: Collection[str]) -> bool:
    """Whether a relation is only about the given fields."""
    return all(term.field in ids for term in relation.terms)


def holds(relation: Relation, values: Mapping[str, Decimal]) -> bool:
    """Whether both sides are equal, what is not known counted as 0."""
    left, right = (
        sum((term.sign * values.get(term.field, Decimal(0)) for term in side), Decimal(0))
        for side in (relation.left, relation.right)
    )
    return left == right


def known_values(entries: Mapping[str, Entry]) -> dict[str, Decimal]:
    """The figures that are numbers."""
    return {key: entry.value for key, entry in entries.items() if entry.value is not None}


def unknown(entry: Entry, reason: str) -> Entry:
    """The same cell with a figure that cannot be told."""
    return replace(entry, kind=EntryKind.UNKNOWN, number=None, changes=(), reason=reason)
