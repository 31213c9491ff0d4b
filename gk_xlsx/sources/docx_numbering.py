"""Numbers that Word writes itself: 一、 （一） 1. and marks of lists, counted as Word counts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

from lxml import etree

from gk_xlsx.sources.docx_package import W
from gk_xlsx.sources.docx_styles import NumberedAs, is_on, number, value

LEVELS = 9


@dataclass(frozen=True, slots=True)
class Mark:
    """What Word writes before a paragraph.

    Attributes:
        text: the number with what is around it (`（一）`); empty for none.
        bullet: whether it is a mark that does not count.
    """

    text: str = ""
    bullet: bool = False


@dataclass(frozen=True, slots=True)
class _Level:
    """A level of a list.

    Attributes:
        pattern: its text; `%1` stands for the number of the first level.
        start: its first number.
        restart: the level (from 1) whose next number begins it anew; 0 for none.
        style: key of the paragraph style that is numbered by it.
    """

    kind: str
    pattern: str
    start: int
    restart: int
    style: str
    legal: bool


@dataclass(frozen=True, slots=True)
class _List:
    """A list: its levels, what it counts with others, and where it begins anew."""

    levels: Mapping[int, _Level]
    counted_as: str
    starts: Mapping[int, int]


class Numbering:
    """The lists of a document; each mark is asked for once, in the order of the paragraphs."""

    def __init__(self, root: etree._Element | None) -> None:
        self._lists = {} if root is None else _lists(root)
        self._counts: dict[str, dict[int, int]] = {}
        self._begun: set[tuple[str, int]] = set()

    def mark(self, numbered: NumberedAs, style: str) -> Mark:
        """What stands before the next paragraph.

        Args:
            numbered: the list and level it is in.
            style: key of its style, which may tell the level.
        """
        found = self._lists.get(numbered.list_id or "")
        if found is None:
            return Mark()
        at = _level(found, numbered.level, style)
        level = found.levels.get(at)
        if level is None:
            return Mark()
        counts = self._count(numbered.list_id or "", found, at, level)
        if level.kind == "bullet":
            return Mark(level.pattern, bullet=True)
        return Mark(_written(found, level, counts))

    def _count(self, key: str, found: _List, at: int, level: _Level) -> Mapping[int, int]:
        """Count one further at a level; deeper ones begin anew."""
        counts = self._counts.setdefault(found.counted_as, {})
        begins = at in found.starts and (key, at) not in self._begun
        self._begun.add((key, at))
        if begins:
            counts[at] = found.starts[at]
        else:
            counts[at] = counts[at] + 1 if at in counts else level.start
        for deeper in range(at + 1, LEVELS):
            below = found.levels.get(deeper)
            if below is None or below.restart > at:
                counts.pop(deeper, None)
        return counts


def _level(found: _List, given: int | None, style: str) -> int:
    """The level that is given, or the one that is bound to the paragraph's style."""
    if given is not None:
        return given
    return next((at for at, level in found.levels.items() if style and level.style == style), 0)


def _written(found: _List, level: _Level, counts: Mapping[int, int]) -> str:
    text = level.pattern
    for at in range(LEVELS):
        if f"%{at + 1}" in text:
            other = found.levels.get(at, level)
            kind = "decimal" if level.legal else other.kind
            text = text.replace(f"%{at + 1}", counted(counts.get(at, other.start), kind))
    return text


def _lists(root: etree._Element) -> dict[str, _List]:
    abstract = {item.get(f"{W}abstractNumId", ""): item for item in root.iter(f"{W}abstractNum")}
    return {
        item.get(f"{W}numId", ""): _list(item, abstract)
        for item in root.iterfind(f"{W}num")
        if item.get(f"{W}numId") not in (None, "0")
    }


def _list(element: etree._Element, abstract: Mapping[str, etree._Element]) -> _List:
    counted_as = value(element, "abstractNumId")
    source = _with_levels(abstract.get(counted_as), abstract)
    levels = {} if source is None else _levels(source)
    starts: dict[int, int] = {}
    for override in element.iterfind(f"{W}lvlOverride"):
        at = number(override.get(f"{W}ilvl", "")) or 0
        levels |= _levels(override)
        start = number(value(override, "startOverride"))
        if start is not None:
            starts[at] = start
    return _List(levels, counted_as, starts)


def _with_levels(
    element: etree._Element | None, abstract: Mapping[str, etree._Element]
) -> etree._Element | None:
    """The definition itself, or the one that it only links to by a list style."""
    link = value(element, "numStyleLink")
    if not link:
        return element
    return next((item for item in abstract.values() if value(item, "styleLink") == link), element)


def _levels(element: etree._Element) -> dict[int, _Level]:
    found: dict[int, _Level] = {}
    for item in element.iterfind(f"{W}lvl"):
        at = number(item.get(f"{W}ilvl", "")) or 0
        restart = number(value(item, "lvlRestart"))
        legal = item.find(f"{W}isLgl")
        start = number(value(item, "start"))
        found[at] = _Level(
            value(item, "numFmt") or "decimal",
            value(item, "lvlText"),
            0 if start is None else start,
            LEVELS if restart is None else restart,
            value(item, "pStyle"),
            legal is not None and is_on(legal.get(f"{W}val", "1")),
        )
    return found


def counted(count: int, kind: str) -> str:
    """A number as a kind of numbering writes it. Source: ECMA-376 part 1, 17.18.59."""
    return _KINDS.get(kind, str)(count)


def _chinese(count: int) -> str:
    """1 … 9999 in Chinese: 十一, 二十, 一百零五."""
    if not 0 < count < 10_000:
        return "〇" if count == 0 else str(count)
    written = ""
    for place, unit in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = count // place % 10
        if digit:
            written += _DIGITS[digit] + unit
        elif written and count % place and not written.endswith("零"):
            written += "零"
    return written.removeprefix("一") if written.startswith("一十") else written


def _positional(count: int) -> str:
    return "".join(_DIGITS[int(digit)] for digit in str(count))


def _letters(first: str, count: int) -> str:
    """A … Z, AA … ZZ: the letter again for each round."""
    if not 0 < count <= 26 * LEVELS:
        return str(count)
    return chr(ord(first) + (count - 1) % 26) * ((count - 1) // 26 + 1)


def _roman(count: int) -> str:
    if not 0 < count < 4000:
        return str(count)
    written = ""
    for worth, sign in _ROMAN:
        written += sign * (count // worth)
        count %= worth
    return written


def _among(signs: str, count: int) -> str:
    return signs[count - 1] if 0 < count <= len(signs) else str(count)


def _wide(count: int) -> str:
    return str(count).translate({ord(str(digit)): 0xFF10 + digit for digit in range(10)})


_DIGITS = "〇一二三四五六七八九"
_LEGAL = dict(
    zip(map(ord, "〇零一二三四五六七八九十百千"), "零零壹贰叁肆伍陆柒捌玖拾佰仟", strict=True)
)
_ROMAN = (
    *((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L")),
    *((40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")),
)


def _run_of(first: str, length: int) -> str:
    return "".join(chr(ord(first) + step) for step in range(length))


_CIRCLED, _PARENTHESISED, _STOPPED = _run_of("①", 20), _run_of("⑴", 20), _run_of("⒈", 20)

_KINDS: Mapping[str, Callable[[int], str]] = {
    "none": lambda _count: "",
    "decimalZero": lambda count: f"{count:02}",
    "decimalFullWidth": _wide,
    "decimalFullWidth2": _wide,
    "decimalEnclosedCircle": partial(_among, _CIRCLED),
    "decimalEnclosedCircleChinese": partial(_among, _CIRCLED),
    "decimalEnclosedParen": partial(_among, _PARENTHESISED),
    "decimalEnclosedFullstop": partial(_among, _STOPPED),
    "chineseCounting": _chinese,
    "chineseCountingThousand": _chinese,
    "taiwaneseCounting": _chinese,
    "taiwaneseCountingThousand": _chinese,
    "japaneseCounting": _chinese,
    "ideographDigital": _positional,
    "japaneseDigitalTenThousand": _positional,
    "taiwaneseDigital": _positional,
    "chineseLegalSimplified": lambda count: _chinese(count).translate(_LEGAL),
    "ideographLegalTraditional": lambda count: _chinese(count).translate(_LEGAL),
    "ideographTraditional": partial(_among, "甲乙丙丁戊己庚辛壬癸"),
    "ideographZodiac": partial(_among, "子丑寅卯辰巳午未申酉戌亥"),
    "ideographEnclosedCircle": partial(_among, _run_of("㊀", 10)),
    "upperLetter": partial(_letters, "A"),
    "lowerLetter": partial(_letters, "a"),
    "upperRoman": _roman,
    "lowerRoman": lambda count: _roman(count).lower(),
}
