"""Text → number, naming what was normalised; number → text as people write it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

SPACES = " \u00a0\u3000"
"""The characters that alone make a cell blank, in the sheet and here: space, NBSP, U+3000."""

MARKS = (
    *("/", "／", "\\", "-", "－", "—", "——", "–", "―", "--"),  # noqa: RUF001 — these are the marks
    *("无", "无。", "不涉及", "不适用"),
)
"""What people write where a 0 belongs. Source: published reports (FORM.md 6)."""

SIGNIFICANT_DIGITS = 15
"""Excel keeps 15 significant digits; what is beyond is noise (96171.600000000006)."""

YUAN_PER_WAN = Decimal(10_000)

_WIDE = {ord(wide): chr(ord(wide) - 0xFEE0) for wide in "０１２３４５６７８９．，＋－"}  # noqa: RUF001
_MINUS = str.maketrans({"−": "-"})  # noqa: RUF001
_PLAIN = re.compile(r"[+-]?(?:\d+(?:\.\d+)?|\.\d+)")
_GROUPED = re.compile(r"[+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_UNIT = re.compile(r"(件|项|份|条|宗|起|次|例|万元|元)$")
_NOT_SPACE = str.maketrans("", "", SPACES)

_DIGITS = {digit: value for value, digit in enumerate("〇一二三四五六七八九")} | {"零": 0, "两": 2}
_TENS = {"十": 10, "百": 100, "千": 1000}


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
    are normalised and named. Spaces between digits are not: `15 13` may be two numbers.
    """
    changes: list[str] = []
    current = _step(text, text.strip(SPACES + "\t\r\n"), "空格", changes)
    current = _step(current, current.translate(_WIDE), "全角数字", changes)
    current = current.translate(_MINUS)
    unit = _UNIT.search(current)
    if unit:
        current = _step(current, current[: unit.start()].rstrip(SPACES), f"单位“{unit[1]}”", changes)
    if _GROUPED.fullmatch(current):
        current = _step(current, current.replace(",", ""), "千分位逗号", changes)
    value = _plain(current)
    if value is None:
        whole = chinese_number(current)
        value = None if whole is None else Decimal(whole)
        changes.append("中文数字")
    return None if value is None else Amount(value, unit[1] if unit else "", tuple(changes))


def chinese_number(text: str) -> int | None:
    """十二 → 12, 一百零五 → 105, 二〇二三 → 2023, 三万 → 30000; None when it is no numeral."""
    head, wan, tail = text.partition("万")
    if wan:
        high, low = _below_wan(head), _below_wan(tail) if tail else 0
        return None if high is None or low is None else high * 10_000 + low
    return _below_wan(text)


def from_float(number: float) -> Decimal:
    """A number as a spreadsheet stores it, rounded to the 15 digits it really has."""
    exact = Decimal(repr(float(number)))
    return tidy(round_significant(exact))


def round_significant(number: Decimal) -> Decimal:
    """The number rounded to `SIGNIFICANT_DIGITS`."""
    if not number:
        return Decimal(0)
    places = SIGNIFICANT_DIGITS - number.adjusted() - 1
    return number.quantize(Decimal(1).scaleb(-places)) if places >= 0 else +number


def tidy(number: Decimal) -> Decimal:
    """The same number without trailing zeros or exponent: 5.0 → 5, 1E+3 → 1000, -0 → 0."""
    if number == number.to_integral_value():
        return Decimal(int(number))
    return number.normalize()


def plain(number: Decimal) -> str:
    """A number as people write it: no exponent, no trailing zeros."""
    return format(tidy(number), "f")


def digits(number: Decimal) -> int:
    """How many significant digits a number has."""
    return len(tidy(number).normalize().as_tuple().digits)


def _step(before: str, after: str, name: str, changes: list[str]) -> str:
    if after != before:
        changes.append(name)
    return after


def _plain(text: str) -> Decimal | None:
    if not _PLAIN.fullmatch(text) or not text.isascii():
        return None
    try:
        return tidy(Decimal(text))
    except InvalidOperation:
        return None


def _below_wan(text: str) -> int | None:
    if not text or any(char not in _DIGITS and char not in _TENS for char in text):
        return None
    if not any(char in _TENS for char in text):
        return int("".join(str(_DIGITS[char]) for char in text))
    return _with_tens(text)


def _with_tens(text: str) -> int | None:
    total, digit, ceiling = 0, None, 10_000
    for char in text:
        if char in _TENS:
            if _TENS[char] >= ceiling or digit == 0 or (digit is None and total):
                return None
            ceiling = _TENS[char]
            total += (1 if digit is None else digit) * ceiling
            digit = None
        elif digit:
            return None
        else:
            digit = _DIGITS[char]
    return total + (digit or 0)
