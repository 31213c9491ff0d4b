"""The edge cases, one by one: every state in one cell of each kind, with and without 零报告."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import product

from gk_xlsx.form import Field, FieldKind, Form
from tests.parity.fillings import EXPLAINED, NEARLY_ON, UNUSUAL, Filling, Typed, balanced, states_of


def edge_cases(form: Form) -> Iterator[Filling]:
    """What is most likely to be counted differently; neighbours differ in one cell."""
    tables = frozenset(table.key for table in form.tables)
    clean = clean_cells(form)
    for switches in (frozenset[str](), tables):
        for cells in (clean, _all(form, None), _all(form, 0), _all(form, "/"), _all(form, True)):
            yield Filling(cells, switches)
    for field, switches in product(_one_of_each(form), (frozenset[str](), tables)):
        for typed in (item for items in states_of(field).values() for item in items):
            yield Filling({**clean, field.id: typed}, switches)
    yield from _alone(form, tables)
    yield from _explained(form, clean)
    for text in NEARLY_ON:
        yield Filling(_all(form, None), refused=text)


def clean_cells(form: Form) -> Mapping[str, Typed]:
    """Every cell filled, every relation kept."""
    cells: dict[str, Typed] = {
        field.id: "251000元" if field.kind is FieldKind.MONEY_WITH_UNIT else place % 7
        for place, field in enumerate(form.inputs, start=1)
    }
    return cells | balanced(form, cells)


def _all(form: Form, typed: Typed) -> Mapping[str, Typed]:
    return {field.id: typed for field in form.inputs}


def _one_of_each(form: Form) -> Iterator[Field]:
    """The first cell of each kind on each sheet, and one that three relations look at."""
    seen = set()
    for field in form.inputs:
        if (field.kind, field.table) not in seen:
            seen.add((field.kind, field.table))
            yield field
    columns = (relation.left[0].field for relation in form.instances("YR01"))
    yield form.fields[next(field for field in columns if field not in form.computed)]


def _alone(form: Form, tables: frozenset[str]) -> Iterator[Filling]:
    """One cell filled and all others blank: the switch on a single table each."""
    for field, table in product(_one_of_each(form), sorted(tables)):
        for typed in (0, 1, "/", "12件", -1, 0.5, True):
            yield Filling({field.id: typed}, frozenset({table}))


def _explained(form: Form, clean: Mapping[str, Typed]) -> Iterator[Filling]:
    """上年结转 as it was last year and otherwise, with every 情况说明."""
    carried = [relation.left[0].field for relation in form.instances("YR01")]
    for number, text in product((0, 1, 2, 3, 5), (*EXPLAINED, *UNUSUAL)):
        cells = {key: number for key in carried if key not in form.computed}
        yield Filling({**clean, **cells}, frozenset(), dict.fromkeys(carried, text))
