"""Quantities in a sentence: number, unit, and whether they are exact."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from gk_xlsx.amounts import chinese_number
from gk_xlsx.patterns import pattern

COUNTING = ("件", "条", "份", "次", "例", "起", "宗", "部")
"""The units of cases, pieces of information and documents."""
MONEY = {"元": Decimal(1), "万元": Decimal(10_000), "亿元": Decimal(100_000_000)}
RATES = ("%", "倍")

_QUANTITY = pattern(
    # 约, 近 …: an estimate. Then a number, Arabic (also 1,234) or Chinese.
    r"(?P<about>大约|约|将近|接近|近|超过|超|逾|不足|至少|至多|几)?"
    r"(?P<number>\d{1,3}(?:,\d{3}){1,4}(?:\.\d{1,8})?|\d{1,15}(?:\.\d{1,8})?"
    r"|百分之[〇零一二三四五六七八九十百点]{1,8}|[〇零一二三四五六七八九十百千万两]{1,12})"
    # 万, 千 behind Arabic figures; 余, 多: an estimate. Then the unit, and 左右, 以上 behind it.
    r"(?P<scale>[万千百](?!元))?(?P<more>余|多|来|几)?"
    r"(?P<unit>个百分点|万元|亿元|元|人次|场次|件次|件|条|份|次|例|起|宗|部|%|倍)?"
    r"(?P<after>左右|以上|以下|以内|上下)?"
)
_SCALES = {"万": Decimal(10_000), "千": Decimal(1000), "百": Decimal(100)}
_NO_QUANTITY_BEFORE = pattern(r"[第每某任同A-Za-z\d.〔\[]$")
_RANGE_BEFORE = pattern(r"\d[件条份次例起宗%]?[-—–~～至到]$")
_RANGE_AFTER = pattern(r"[-—–~～至到]\d")
_NOT_UNIT_AFTER = pattern(
    r"件事|件套|条龙|次性|部门|部分|部级|起草|起诉|起到|起来|份额|例会|例行|例外"
)
_FIGURE = pattern(r"0|[1-9]\d{0,5}", re.ASCII)
_ENDS = pattern(r"$|[，；：、（）]")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit.

    Attributes:
        value: in 元 for money, else as stated.
        unit: as written; empty where none stands there.
        decimals: how many places were stated.
        start, end: in the sentence.
    """

    value: Decimal
    unit: str
    exact: bool
    decimals: int
    start: int
    end: int

    @property
    def counts(self) -> bool:
        """Whether it may be a number of cases."""
        return self.unit in COUNTING or not self.unit


def quantities(sentence: str) -> Iterator[Quantity]:
    """The quantities of a sentence, in order."""
    for match in _QUANTITY.finditer(sentence):
        quantity = _quantity(match, sentence)
        if quantity is not None:
            yield quantity


def _quantity(match: re.Match[str], sentence: str) -> Quantity | None:
    unit, number = match["unit"] or "", match["number"]
    value = _value(number, match["scale"])
    if value is None or not _stands_alone(match, sentence, unit):
        return None
    if number.startswith("百分之"):
        unit = "%"
    exact = not (match["about"] or match["more"] or match["after"] or match["scale"])
    near = sentence[max(0, match.start() - 4) : match.start()]
    if _RANGE_BEFORE.search(near) or _RANGE_AFTER.match(sentence, match.end()):
        exact = False
    decimals = len(number.partition(".")[2])
    start = match.start("about") if match["about"] else match.start("number")
    return Quantity(value * MONEY.get(unit, Decimal(1)), unit, exact, decimals, start, match.end())


def _value(number: str, scale: str | None) -> Decimal | None:
    if number.startswith("百分之"):
        hundredth = number.removeprefix("百分之")
        whole = 100 if hundredth == "百" else chinese_number(hundredth)
        return None if whole is None else Decimal(whole)
    if number[0].isdigit() and number[0].isascii():
        return Decimal(number.replace(",", "")) * _SCALES.get(scale or "", Decimal(1))
    whole = 0 if number in ("零", "〇") else chinese_number(number)
    return None if whole is None else Decimal(whole)


def _stands_alone(match: re.Match[str], sentence: str, unit: str) -> bool:
    """Whether the match is a quantity, not a year, an ordinal, a name or a turn of phrase."""
    before = sentence[max(0, match.start() - 1) : match.start()]
    if _NO_QUANTITY_BEFORE.search(before):
        return False
    if unit:
        return not _NOT_UNIT_AFTER.match(sentence, match.start("unit"))
    if match["number"].startswith("百分之"):
        return True
    bare = match["number"].isascii() and not (match["scale"] or match["more"])
    ends = bool(_ENDS.match(sentence, match.end())) and not _splits(match, sentence)
    return bare and ends and bool(_FIGURE.fullmatch(match["number"]))


def _splits(match: re.Match[str], sentence: str) -> bool:
    """Whether a comma behind the number goes on with figures: 1，234 may be one number."""
    after = sentence[match.end() : match.end() + 2]
    return after[:1] in ("，", "、") and after[1:].isdigit()
