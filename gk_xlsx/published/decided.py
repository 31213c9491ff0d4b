"""What row sums say of a reading: they can cast doubt on it, and rarely decide between two.

A document may break its own sums, so they decide only where a 0 too many is left out.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import combinations

from gk_xlsx.amounts import plain
from gk_xlsx.form import Form
from gk_xlsx.matching.found import Extra
from gk_xlsx.published.row_sums import holds, known_values, rows_of, unknown, within
from gk_xlsx.report import Entry, EntryKind

UNCONFIRMED = "这一行的格与表头对不上，总计又不等于各列之和"
SHIFTED = "表里有空格，多数总计又不等于各列之和，数可能错了位"
BY_SUM = "略去原文多出的 0，按总计等于各列之和确定"

_FEWEST_ROWS = 3
_MOST_EXTRA = 3
"""So many zeros too many may be left out of a row."""


# -- rows with too many values -------------------------------------------------------------


def with_extras_decided(
    form: Form, entries: Mapping[str, Entry], extras: Sequence[Extra]
) -> dict[str, Entry]:
    """Rows that hold a 0 too many, read where only one way to leave it out fits their sums."""
    decided = dict(entries)
    for extra in extras:
        ids = _row_from(form, extra)
        readings = {tuple(map(plain, one)) for one in _readings(form, ids, extra)}
        if len(readings) == 1:
            texts = next(iter(readings))
            decided |= {
                item: _decided(entries[item], Decimal(text), extra)
                for item, text in zip(ids, texts, strict=True)
            }
    return decided


def _row_from(form: Form, extra: Extra) -> list[str]:
    """The ids of the row whose first field is given."""
    every = [item.id for item in form.table_of(extra.field).fields]
    first = every.index(extra.field)
    return every[first : first + extra.expected]


def _readings(form: Form, ids: Sequence[str], extra: Extra) -> Iterator[tuple[Decimal, ...]]:
    """Every way to leave zeros out so that the row's own sums are right."""
    too_many = len(extra.texts) - extra.expected
    relations = [form.computed[item] for item in ids if item in form.computed]
    own = [relation for relation in relations if within(relation, ids)]
    if not own or too_many > _MOST_EXTRA or not all(text.isdecimal() for text in extra.texts):
        return
    values = [Decimal(text) for text in extra.texts]
    zeros = [at for at, value in enumerate(values) if not value]
    for left_out in combinations(zeros, too_many):
        reading = [value for at, value in enumerate(values) if at not in left_out]
        by_id = dict(zip(ids, reading, strict=True))
        if all(holds(relation, by_id) for relation in own):
            yield tuple(reading)


def _decided(entry: Entry, number: Decimal, extra: Extra) -> Entry:
    """The figure; where all values of the row are the same nothing had to be decided."""
    known = replace(entry, kind=EntryKind.NUMBER, number=number, reason="")
    if len(set(extra.texts)) == 1:
        return known
    return replace(known, raw=" ".join(extra.texts), changes=(BY_SUM,))


# -- columns in another order --------------------------------------------------------------


def with_order_confirmed(
    form: Form, entries: Mapping[str, Entry], unusual: Collection[str]
) -> dict[str, Entry]:
    """Rows whose columns are in another order than printed: only where their sums are right."""
    confirmed = dict(entries)
    values = known_values(entries)
    for ids, relations in rows_of(form):
        if not set(ids) <= set(unusual):
            continue
        known = [item for item in ids if entries[item].kind is not EntryKind.UNKNOWN]
        told = all(entries[item].kind in (EntryKind.NUMBER, EntryKind.BLANK) for item in ids)
        if not (told and relations and all(holds(one, values) for one in relations)):
            confirmed |= {item: unknown(entries[item], UNCONFIRMED) for item in known}
    return confirmed


# -- whole tables out of place -------------------------------------------------------------


def with_shifts_doubted(form: Form, entries: Mapping[str, Entry]) -> dict[str, Entry]:
    """Tables with blanks in which most totals are not the sums of their rows, made unknown.

    A document may have a wrong sum; most of them wrong, and blanks beside, is a table whose
    figures do not stand below their heads.
    """
    doubted = dict(entries)
    values = known_values(entries)
    for table in form.tables:
        rows = [
            (ids, relations)
            for ids, relations in rows_of(form)
            if ids[0].startswith(f"{table.key}.") and len(table.rows) > 1 and relations
        ]
        told = [
            all(holds(one, values) for one in relations)
            for ids, relations in rows
            if any(values.get(item) for item in ids)
            and any(entries[item].kind is EntryKind.BLANK for item in ids)
            and all(one.left[0].field in values for one in relations)
        ]
        if len(told) >= _FEWEST_ROWS and sum(told) < len(told) / 2:
            doubted |= {
                item: unknown(entries[item], SHIFTED)
                for ids, _ in rows
                for item in ids
                if entries[item].kind is not EntryKind.UNKNOWN
            }
    return doubted
