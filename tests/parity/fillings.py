"""Random fillings of the workbook: what a hurried clerk could leave in the open cells."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from gk_xlsx.form import Field, FieldKind, Form
from gk_xlsx.report import LastYear

Typed = float | str | bool | None
"""What stands in an open cell: a number, a text, TRUE/FALSE, or nothing."""

MARKS_AND_TEXTS: tuple[str, ...] = (
    *("/", "—", "无", "不涉及", "－", " / ", "　无　"),
    *("12件", "０", " 5 ", "1,234", "三件", "见附件", "abc", "12.5元", "1e3"),
)
BLANKS: tuple[str | None, ...] = (None, " ", "\u00a0", "\u3000", " \u3000 ")

_EMPTY_TABLES = 0.2
"""How often a table is left untouched."""


@dataclass(frozen=True, slots=True)
class Filling:
    """One way to fill a workbook.

    Attributes:
        cells: field id to what was typed; fields left out are empty.
        switches: table key to whether 零报告 is chosen.
        explained: ids of the carry-over cells with a 情况说明.
    """

    cells: Mapping[str, Typed]
    switches: Mapping[str, bool]
    explained: frozenset[str]


def last_year(form: Form, random_: random.Random) -> LastYear:
    """Last year's figures, with something to carry in."""
    values = {
        field.id: Decimal(random_.choice((0, 0, 1, 2, 5)))
        for field in form
        if field.id.startswith("requests.carried_out")
    }
    parts = [value for key, value in values.items() if not key.endswith(".total")]
    values["requests.carried_out.total"] = sum(parts, Decimal(0))
    return LastYear(form.first_year, "示例单位", form.edition, values)


def filling(form: Form, random_: random.Random) -> Filling:
    """A filling: mostly clean or mostly balanced, with some defects of every kind."""
    dirt = random_.choice((0.0, 0.0, 0.01, 0.05, 0.3))
    zeros = random_.random()
    cells = {field.id: _number(field, random_, zeros) for field in form.inputs}
    if random_.random() < 0.6:
        cells |= _balanced(form, cells)
    for field in form.inputs:
        if random_.random() < dirt:
            cells[field.id] = _defect(random_)
    emptied = [table for table in form.tables if random_.random() < _EMPTY_TABLES]
    cells |= {item.id: None for table in emptied for item in table.fields if item.id in cells}
    return Filling(
        cells,
        {table.key: random_.random() < 0.3 for table in form.tables},
        frozenset(
            relation.left[0].field for relation in form.instances("YR01") if random_.random() < 0.5
        ),
    )


def _number(field: Field, random_: random.Random, zeros: float) -> Typed:
    if random_.random() < zeros:
        return 0
    if field.kind is FieldKind.MONEY:
        return random_.choice((0.5, 96171.6, 4166.241619, 12))
    if field.kind is FieldKind.SIGNED:
        return random_.randint(-9, 9)
    return random_.choice((1, 2, 3, 17, 3985758))


def _balanced(form: Form, cells: Mapping[str, Typed]) -> dict[str, Typed]:
    """结转下年 and 新收 so that every column balances."""
    changed: dict[str, Typed] = {}
    for relation in form.instances("AR02"):
        column = relation.key
        if f"requests.new.{column}" not in cells:
            continue
        results = sum(_whole(cells[term.field]) for term in relation.right)
        carried_in = _whole(cells[f"requests.carried_in.{column}"])
        changed[f"requests.new.{column}"] = max(results - carried_in, 0)
        changed[f"requests.carried_out.{column}"] = max(carried_in - results, 0)
    return changed


def _whole(typed: Typed) -> int:
    return int(typed) if isinstance(typed, (int, float)) else 0


def _defect(random_: random.Random) -> Typed:
    kind = random_.choice(("blank", "text", "negative", "fraction", "boolean", "other"))
    if kind == "blank":
        return random_.choice(BLANKS)
    if kind == "text":
        return random_.choice(MARKS_AND_TEXTS)
    if kind == "negative":
        return -random_.randint(1, 5)
    if kind == "fraction":
        return random_.choice((0.5, 2.25, -1.5))
    return random_.random() < 0.5 if kind == "boolean" else random_.randint(0, 9)
