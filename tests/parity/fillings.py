"""Random fillings of the workbook: what a hurried clerk could leave in the open cells."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from gk_xlsx.form import Field, FieldKind, Form
from gk_xlsx.report import AnnualReport

Typed = float | str | bool | None
"""What stands in an open cell: a number, a text, TRUE/FALSE, or nothing."""

BLANKS: tuple[Typed, ...] = (None, " ", "\u00a0", "\u3000", " \u3000\u00a0 ")
MARKS: tuple[Typed, ...] = (
    *("/", "／", "\\", "-", "－", "—", "——", "–", "―", "--", "无", "无。", "不涉及", "不适用"),
    *(" / ", "\u3000无\u3000", "\u00a0—", "不 涉 及"),
)
TEXTS: tuple[Typed, ...] = (
    *("12件", "０", " 5 ", "1,234", "三件", "见附件", "abc", "12.5元", "1e3", "5\u3000", "\u00a07"),
    *("\t", "\n", "0\n", "/\t", "//", "/无", "*", "?", "~", "=1+1", "'5", '"5"', "TRUE", "#N/A"),
    *("😀", "&<>", "无" * 200),
)
LOGICALS: tuple[Typed, ...] = (True, False)
NEGATIVES: tuple[Typed, ...] = (-1, -7, -1.5, -0.0001)
FRACTIONS: tuple[Typed, ...] = (0.5, 2.25, 0.0001, 1e-9, 96171.6, 4166.241619, 12.1234567)
ZEROS: tuple[Typed, ...] = (0, -0.0)
NOISY: tuple[Typed, ...] = (0.1 + 0.2, 96171.600000000006, 3.0000000000000004, 2.9999999999999996)
"""Numbers as programs store them after calculating: Excel's 15 digits hide the last ones."""
HUGE: tuple[Typed, ...] = (3985758, 99_999_999_999, 999_999_999_999, 10**15, 123_456_789_012_345)
AMOUNTS: tuple[Typed, ...] = (
    *(
        "251000元",
        "25.1万元",
        "0元",
        "0.00元",
        "-3元",
        "1,234元",
        "1,234,567.89元",
        "5 元",
        " 5元 ",
    ),
    *("5 万元", "0.5元", ".5元", "1.50元", "５元", "三元", "元", "万元", "abc元", "5元元", "005元"),
    *("1e3元", "50%元", "1/2元", "2020-1-1元", "12:00元", "$5元", "¥5元", "(5)元", "5.元", "+5元"),
    *("--5元", "5万", "12,34元", "5件", "5万元整", "约5元", "TRUE元", "1 000元", "5-元", "−3元"),
    *("-0元", "-元", ".元", ",元", "0,5元", "00元", "1.2.3元", "5元万元", "-0.5万元", "1d3元"),
)
"""Money written with its unit, which is text in the sheet too (edition 2019)."""

STATES: Mapping[str, tuple[Typed, ...]] = MappingProxyType(
    {
        "blank": BLANKS,
        "mark": MARKS,
        "text": TEXTS,
        "logical": LOGICALS,
        "negative": NEGATIVES,
        "fraction": FRACTIONS,
        "zero": ZEROS,
        "noisy": NOISY,
        "huge": HUGE,
    }
)
"""Everything a cell may hold that is not simply a number of cases."""

EXPLAINED: tuple[Typed, ...] = (
    None,
    " ",
    "\u3000\u00a0",
    "职能划转",
    "职能划转 ",
    "另写的原因",
)
"""What may stand beside a carry-over; the workbook was issued with the fourth where with any."""

UNUSUAL: tuple[Typed, ...] = (True, 12)
"""What is typed there less often: TRUE says nothing, a number does."""

NEARLY_ON = (" 是", "是\u3000", "是\n", "\u00a0是", "是。", "1", "TRUE")
"""What may stand in the switch and does not switch it on."""

_EMPTY_TABLES = 0.2
"""How often a table is left untouched."""


@dataclass(frozen=True, slots=True)
class Filling:
    """One way to fill a workbook.

    Attributes:
        cells: field id to what was typed; fields left out are empty.
        switches: tables whose 零报告 is chosen.
        refused: what stands in the other tables' switches.
        written: id of the carried-in cell to what stands beside it as 情况说明.
    """

    cells: Mapping[str, Typed]
    switches: frozenset[str] = frozenset()
    written: Mapping[str, Typed] = field(default_factory=dict)
    refused: str = "否"


def states_of(target: Field) -> Mapping[str, tuple[Typed, ...]]:
    """What a cell of this kind may hold."""
    more = {"amount": AMOUNTS} if target.kind is FieldKind.MONEY_WITH_UNIT else {}
    return {**STATES, **more}


def filling(form: Form, issued: AnnualReport, random_: random.Random) -> Filling:
    """A filling: mostly clean or mostly balanced, with some defects of every kind."""
    dirt = random_.choice((0.0, 0.0, 0.01, 0.05, 0.3))
    zeros = random_.random()
    cells = {item.id: _number(item, random_, zeros) for item in form.inputs}
    cells |= _carried_in(form, issued, random_)
    if random_.random() < 0.6:
        cells |= balanced(form, cells)
    for item in form.inputs:
        if random_.random() < dirt:
            cells[item.id] = _defect(item, random_)
    emptied = [table for table in form.tables if random_.random() < _EMPTY_TABLES]
    cells |= {item.id: None for table in emptied for item in table.fields if item.id in cells}
    return Filling(
        cells,
        frozenset(table.key for table in form.tables if random_.random() < 0.3),
        {
            relation.left[0].field: random_.choice(EXPLAINED)
            for relation in form.instances("YR01")
            if random_.random() < 0.7
        },
    )


def _number(target: Field, random_: random.Random, zeros: float) -> Typed:
    if random_.random() < zeros:
        return 0
    if target.kind is FieldKind.MONEY:
        return random_.choice((0.5, 96171.6, 4166.241619, 12))
    if target.kind is FieldKind.MONEY_WITH_UNIT:
        return random_.choice(AMOUNTS)
    if target.kind is FieldKind.SIGNED:
        return random_.randint(-9, 9)
    return random_.choice((1, 2, 3, 17, 3985758))


def _carried_in(form: Form, issued: AnnualReport, random_: random.Random) -> dict[str, Typed]:
    """上年结转 as last year, as it was when it was explained, or otherwise."""
    last = issued.last_year.values if issued.last_year else {}
    was = {item.fields[0]: item.left for item in issued.explanations}
    chosen: dict[str, Typed] = {}
    for relation in form.instances("YR01"):
        target, source = relation.left[0].field, relation.right[0].field
        if target not in form.computed:
            known = (last.get(source), was.get(target), random_.randint(0, 3))
            chosen[target] = float(random_.choice([item for item in known if item is not None]))
    return chosen


def balanced(form: Form, cells: Mapping[str, Typed]) -> dict[str, Typed]:
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


def _defect(target: Field, random_: random.Random) -> Typed:
    states = states_of(target)
    return random_.choice(states[random_.choice(sorted(states))])
