"""A total and the parts given for it: 共 50 条，其中政策文件 20 条、通知公告 30 条."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from gk_xlsx.claims.model import Claim, Kind, Whose
from gk_xlsx.claims.numerals import COUNTING, Quantity
from gk_xlsx.claims.words import Piece, Scene
from gk_xlsx.patterns import pattern

_INTRODUCES = pattern(r"其中|[“”]?包括|[“”]?包含|分为|分别(?:为|是)|具体为")
_OPEN_END = pattern(r"等(?!于)|如|例如|部分|主要")
_CLOSES = pattern(r"^(?:及|和|以及)?(?:其他|其它|其余)")
_VERBS = pattern(
    r"办结|答复|收到|受理|结转|召开|开展|制作|举办|组织|回应|推送|修改|阅读|浏览|转发|采纳|较|比|同比|增|减"
)
_NEARLY = Decimal("0.8")
_NEARLY_OF_TWO = Decimal("0.9")
_HARDLY_MORE = Decimal("1.2")


def lists(scene: Scene, parts: Sequence[Piece]) -> list[Claim]:
    """The lists of a sentence whose parts should add up to a total stated in front of them."""
    made = []
    for place in range(1, len(parts)):
        total = _total(parts, place)
        items = _items(scene.words, parts, place, total) if total else []
        if total and len(items) > 1 and _complete(scene.words, items, total):
            made.append(_claim(scene, total, [number for _, number in items]))
    return made


def _total(parts: Sequence[Piece], place: int) -> Quantity | None:
    """The number in front of a piece that begins a list."""
    before = [number for number in parts[place - 1].numbers if number.unit in COUNTING]
    begins = _INTRODUCES.match(parts[place].text) or parts[place].mark == "："
    if not begins or not before or not before[-1].exact:
        return None
    return before[-1]


def _items(
    sentence: str, parts: Sequence[Piece], place: int, total: Quantity
) -> list[tuple[Piece, Quantity]]:
    """The parts of the list, as far as they are separated alike and counted in the same unit."""
    depth, separator = _depth(sentence, parts[place]), ""
    items: list[tuple[Piece, Quantity]] = []
    for piece in parts[place:]:
        here = _depth(sentence, piece)
        if here > depth:
            continue
        if here < depth:
            break
        if items and piece.mark != separator:
            if separator and not (piece.numbers and all(n.unit == "%" for n in piece.numbers)):
                break
            separator = separator or piece.mark
        numbers = [number for number in piece.numbers if number.unit != "%"]
        if not numbers and (not piece.numbers or not items) and items:
            break
        if any(number.unit != total.unit or not number.exact for number in numbers):
            return [] if any(not number.unit for number in numbers) else items
        items += [(piece, number) for number in numbers]
        if not items and piece is not parts[place]:
            break
    return items


def _depth(sentence: str, piece: Piece) -> int:
    before = sentence[: piece.start]
    return before.count("（") - before.count("）")


def _complete(sentence: str, items: list[tuple[Piece, Quantity]], total: Quantity) -> bool:
    """Whether the list is meant to be complete: it says so, or it very nearly adds up.

    A list that adds up somewhere before its end is one with more words behind it.
    """
    values = [number.value for _, number in items]
    if any(sum(values[:count]) == total.value for count in range(2, len(values) + 1)):
        return False
    span = sentence[items[0][0].start : items[-1][1].end + 2]
    if _OPEN_END.search(span) or any(_VERBS.search(piece.text) for piece, _ in items):
        return False
    if any(number.value >= total.value for _, number in items):
        return False
    if _CLOSES.match(items[-1][0].text) or "分别" in sentence[total.end : items[0][1].start]:
        return True
    summed = sum(values, Decimal(0))
    nearly = _NEARLY if len(values) > 2 else _NEARLY_OF_TWO
    return nearly * total.value <= summed <= _HARDLY_MORE * total.value


def _claim(scene: Scene, total: Quantity, items: Sequence[Quantity]) -> Claim:
    made = scene.claim(
        Kind.LIST,
        total.start,
        items[-1].end,
        quantity=total.value,
        unit=total.unit,
        whose=Whose.UNKNOWN,
    )
    return replace(made, related=tuple(number.value for number in items))
