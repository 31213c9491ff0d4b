"""Percentages and comparisons with last year: 占 33.9%, 同比增长 12.3%, 比上年增加 42 件."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from gk_xlsx.claims.model import Applicant, Claim, Kind, When, Whose
from gk_xlsx.claims.numerals import COUNTING, Quantity
from gk_xlsx.claims.reading import HIDDEN
from gk_xlsx.claims.words import Scene
from gk_xlsx.patterns import pattern

_WINDOW = 50
_SHARE = pattern(
    r"[，（]?占(?:比(?:例|重)?(?:为|达|达到)?|(?P<base>[^，；：、（）占%\d]{0,20}?)的?(?:比例|比重)?(?:为|达|达到)?)$"
)
_KNOWN_BASE = pattern(
    r"政府信息公开|依申请公开|信息公开|申请|总数|总量|总件数|总|全部|办结|答复|收到|受理|新收|办理|处理|全年|本年度?|年度|的|数|量|件|结果|当年"
)
_DIRECTION = r"(?P<up>增长|增加|上升|提高|提升|上涨|增多|多)|(?P<down>下降|减少|降低|回落|下滑|少)"
_CHANGE = pattern(
    rf"(?P<against>同比|(?:与|较|比|相比|相较)(?:于|\ue000\ue000)?(?:上一|上|去)年(?:度)?(?:同期)?(?:的)?(?:相比|相较)?(?P<last>\d[\d,]*[件条份起宗]?)?(?:，)?)"
    rf"(?:{_DIRECTION})(?:了|幅度为|幅度达|率为|到|达)?$"
)
_TIMES_OF = pattern(r"(?:为|是|达到?)(?:上一|上|去)年(?:度)?(?:同期)?(?:的)?$")
_TO_CHANGE = pattern(
    r"政府信息公开|依申请公开|信息公开|申请|数量|总量|件数|总数|量|数|，|（|的|、|且|已|件|条|份|办结|答复|受理|收到|有所|总体|也"
)


def rates(scene: Scene, numbers: Sequence[Quantity], counts: Sequence[Claim]) -> list[Claim]:
    """The shares and changes of a sentence with the numbers they are about."""
    by_place = {claim.number_end: claim for claim in counts if claim.kind is Kind.COUNT}
    made = []
    for number in numbers:
        front = [other for other in numbers if other.end <= number.start]
        found = _share(scene, front, by_place, number) or _change(scene, front, by_place, number)
        if found and number.exact:
            made.append(found)
    return made


def _share(
    scene: Scene, front: Sequence[Quantity], counts: Mapping[int, Claim], number: Quantity
) -> Claim | None:
    match = _SHARE.search(_window(scene, number)) if number.unit == "%" else None
    before = [other for other in front if other.unit in COUNTING]
    if match is None or not before or not before[-1].exact:
        return None
    base, of = match["base"] or "", before[-1]
    between = scene.words[of.end : number.start - len(match[0])]
    if _KNOWN_BASE.sub("", base) or between.strip("，（、的“”"):
        return None
    counted = counts.get(scene.number_end(of))
    related = tuple(n.value for n in before[:-1] if n.unit == of.unit and n.value >= of.value)
    if counted is None and (base or not related):
        return None
    return _rate(scene, number, of, counted, Kind.SHARE, related)


def _change(
    scene: Scene, front: Sequence[Quantity], counts: Mapping[int, Claim], number: Quantity
) -> Claim | None:
    window = _window(scene, number).replace(f"{scene.about.year - 1}年", f"{HIDDEN}{HIDDEN}上一年")
    match = _CHANGE.search(window)
    found = match or (_TIMES_OF.search(window) if number.unit == "倍" else None)
    if not found or number.unit not in (*COUNTING, "%", "倍"):
        return None
    begin = number.start - len(found[0])
    of, last, begin = _now_and_last_year(scene.words, front, begin)
    counted = counts.get(scene.number_end(of)) if of else None
    if of is None or counted is None:
        return None
    if _TO_CHANGE.sub("", scene.words[of.end : max(of.end, begin)]):
        return None
    related = (last.value,) if last else ()
    made = _rate(scene, number, of, counted, Kind.CHANGE, related)
    return replace(made, rising=bool(match["up"]) if match else None)


def _now_and_last_year(
    sentence: str, front: Sequence[Quantity], begin: int
) -> tuple[Quantity | None, Quantity | None, int]:
    """This year's number, last year's if it is written too, and where the comparison begins."""
    last = _number_inside(front, begin)
    before = [number for number in front if number.end <= begin and number.unit in COUNTING]
    if before and last is None and _is_last_years(sentence, before[-1]):
        last = before.pop()
        begin = sentence.rfind("，", 0, last.start)
    return (before[-1] if before else None), last, begin


def _window(scene: Scene, number: Quantity) -> str:
    return scene.words[max(0, number.start - _WINDOW) : number.start]


def _number_inside(front: Sequence[Quantity], start: int) -> Quantity | None:
    inside = [number for number in front if start <= number.start]
    return inside[0] if len(inside) == 1 else None


def _is_last_years(sentence: str, number: Quantity) -> bool:
    """Whether a number is introduced as last year's: 上年为 3607 件."""
    before = sentence[max(0, number.start - 8) : number.start]
    return bool(re.search(r"(?:上一|上|去)年(?:度)?(?:同期)?(?:的|为|是|收到|受理)?$", before))


def _rate(  # noqa: PLR0917 — what a rate is made of
    scene: Scene,
    number: Quantity,
    of: Quantity,
    counted: Claim | None,
    kind: Kind,
    related: tuple[Decimal, ...],
) -> Claim:
    made = scene.claim(
        kind,
        of.start,
        number.end,
        quantity=number.value.quantize(Decimal(1).scaleb(-number.decimals)),
        unit=number.unit,
        readings=counted.readings if counted else (),
        whose=counted.whose if counted else Whose.UNKNOWN,
        when=counted.when if counted else When.THIS_YEAR,
    )
    return replace(
        made,
        applicant=counted.applicant if counted else Applicant.ALL,
        whole=counted is None or counted.whole,
        related=related,
        base=of.value,
    )
