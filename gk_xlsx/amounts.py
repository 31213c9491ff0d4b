"""Text → number, naming what was normalised; number → text as people write it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import MAX_EMAX, MAX_PREC, MIN_EMIN, Context, Decimal

SPACES = " \u00a0\u3000"
"""The characters that alone make a cell blank, in the sheet and here: space, NBSP, U+3000."""

MARKS = (
    *("/", "／", "\\", "-", "－", "—", "——", "–", "―", "--"),
    *("无", "无。", "不涉及", "不适用"),
)
"""What people write where a 0 belongs. Source: published reports (FORM.md 6)."""

SIGNIFICANT_DIGITS = 15
"""Excel keeps 15 significant digits; what is beyond is noise (96171.600000000006)."""

YUAN_PER_WAN = Decimal(10_000)

_WIDE = {ord(wide): chr(ord(wide) - 0xFEE0) for wide in "０１２３４５６７８９．，＋－"}
_MINUS = str.maketrans({"−": "-"})
_NOT_SPACE = str.maketrans("", "", SPACES)
_PLAIN = re.compile(r"[+-]?(?:(?:0|[1-9]\d*)(?:\.\d+)?|\.\d+)", re.ASCII)
"""No needless zero in front: `00` and `05` are more likely glued cells than one number."""
_GROUPED = re.compile(r"[+-]?[1-9]\d{0,2}(?:,\d{3})+(?:\.\d+)?", re.ASCII)
_UNIT = re.compile(r"(件|项|份|条|宗|起|次|例|万元|元)$")
_MONEY = ("元", "万元")

_ROUNDING = Context(prec=SIGNIFICANT_DIGITS)
_EXACT = Context(prec=MAX_PREC, Emax=MAX_EMAX, Emin=MIN_EMIN)

_DIGITS = {digit: value for value, digit in enumerate("〇一二三四五六七八九")} | {"零": 0, "两": 2}
_POSITIONAL = re.compile(r"[一二三四五六七八九](?:[〇零]|[〇零一二三四五六七八九]{2,14})")
_BELOW_WAN = re.compile(
    r"(?:[零〇]?([一二两三四五六七八九])千)?"
    r"(?:[零〇]?([一二两三四五六七八九])百)?"
    r"(?:(?:[零〇]?([一二三四五六七八九]))?(十)([一二三四五六七八九])?|[零〇]([一二三四五六七八九]))?"
)
"""Thousands, hundreds, tens and ones; behind a gap the ones need their 零.

So 一百五 and 三万五 are no numerals: spoken, they are 150 and 35 000.
"""


@dataclass(frozen=True, slots=True)
class Amount:
    """A number as it was read.

    Attributes:
        unit: the unit that stood behind it (件, 元, 万元 …), or empty.
        changes: what was normalised, in Chinese, in the order it was done.
    """

    value: Decimal
    unit: str = ""
    changes: tuple[str, ...] = ()

    def fits(self, unit: str) -> bool:
        """Whether it may stand where figures of `unit` belong: `5元` is no number of cases."""
        return not self.unit or (self.unit in _MONEY) == (unit in _MONEY)

    def in_unit(self, unit: str) -> Decimal:
        """The value in 元 or 万元; unchanged where either unit is not of money."""
        if (self.unit, unit) == ("万元", "元"):
            return self.value * YUAN_PER_WAN
        if (self.unit, unit) == ("元", "万元"):
            return self.value / YUAN_PER_WAN
        return self.value


def strip_spaces(text: str) -> str:
    """The text without any of `SPACES`, inside too, as the sheet's formulas see it."""
    return text.translate(_NOT_SPACE)


def is_blank(text: str) -> bool:
    """Whether nothing but `SPACES` stands there."""
    return not strip_spaces(text)


def is_mark(text: str) -> bool:
    """Whether a mark stands where a 0 belongs."""
    return strip_spaces(text) in MARKS


def read_amount(text: str) -> Amount | None:
    """Read a number that a person wrote; None when it is not certainly one.

    Full-width digits, spaces around it, thousands commas, a unit behind it and Chinese numerals
    are normalised and named. Spaces between digits are not: `15 13` may be two numbers. What
    has more than `SIGNIFICANT_DIGITS` is no figure either.
    """
    changes: list[str] = []
    current = _step(text, text.strip(SPACES + "\t\r\n"), "空格", changes)
    current = _step(current, current.translate(_WIDE), "全角数字", changes)
    current = _step(current, current.translate(_MINUS), "减号", changes)
    unit = _UNIT.search(current)
    if unit:
        current = _step(
            current, current[: unit.start()].rstrip(SPACES), f"单位“{unit[1]}”", changes
        )
    if _GROUPED.fullmatch(current):
        current = _step(current, current.replace(",", ""), "千分位逗号", changes)
    value = Decimal(current) if _PLAIN.fullmatch(current) else None
    if value is None:
        value = _chinese(current)
        changes.append("中文数字")
    if value is None or digits(value) > SIGNIFICANT_DIGITS:
        return None
    return Amount(tidy(value), unit[1] if unit else "", tuple(changes))


def chinese_number(text: str) -> int | None:
    """十二 → 12, 一百零五 → 105, 二〇二三 → 2023, 三万 → 30000; None when it is no numeral.

    What may be several numbers or an estimate is none: 两三, 一二, 一百五.
    """
    if _POSITIONAL.fullmatch(text):
        return int("".join(str(_DIGITS[char]) for char in text))
    head, wan, tail = text.partition("万")
    if not wan:
        return _leading(text)
    high, low = _leading(head), _below_wan(tail) if tail else 0
    return high * 10_000 + low if high and low is not None else None


def from_float(number: float) -> Decimal:
    """A number as a spreadsheet stores it, rounded to the 15 digits it really has."""
    return tidy(round_significant(Decimal(repr(float(number)))))


def round_significant(number: Decimal) -> Decimal:
    """The number rounded to `SIGNIFICANT_DIGITS`."""
    return _ROUNDING.plus(number)


def is_whole(number: Decimal) -> bool:
    """Whether it has no fraction, however large it is."""
    return number == number.to_integral_value()


def tidy(number: Decimal) -> Decimal:
    """The same number without trailing zeros or exponent: 5.0 → 5, 1E+3 → 1000, -0 → 0."""
    if not number:
        return Decimal(0)
    if is_whole(number):
        return number.quantize(Decimal(1), context=_EXACT)
    return number.normalize(_EXACT)


def plain(number: Decimal) -> str:
    """A number as people write it: no exponent, no trailing zeros."""
    return format(tidy(number), "f")


def digits(number: Decimal) -> int:
    """How many significant digits a number has."""
    return len(number.normalize(_EXACT).as_tuple().digits)


def _step(before: str, after: str, name: str, changes: list[str]) -> str:
    if after != before:
        changes.append(name)
    return after


def _chinese(text: str) -> Decimal | None:
    whole = chinese_number(text)
    return None if whole is None else Decimal(whole)


def _leading(text: str) -> int | None:
    """A numeral below 10 000 that stands alone or in front of 万."""
    if text in _DIGITS:
        return _DIGITS[text]
    return None if text.startswith(("零", "〇")) else _below_wan(text)


def _below_wan(text: str) -> int | None:
    match = _BELOW_WAN.fullmatch(text)
    if not match or not text:
        return None
    thousands, hundreds, tens, ten, after_ten, ones = match.groups()
    return (
        _value(thousands) * 1000
        + _value(hundreds) * 100
        + (_value(tens or "一") * 10 if ten else 0)
        + _value(after_ten or ones)
    )


def _value(digit: str | None) -> int:
    return _DIGITS[digit] if digit else 0
