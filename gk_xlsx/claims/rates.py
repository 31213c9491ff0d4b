"""Percentages and comparisons with last year: 占 33.9%, 同比增长 12.3%, 比上年增加 42 件."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from gk_xlsx.claims.model import Applicant, Claim, Kind, When, Whose
from gk_xlsx.claims.numerals import COUNTING, Quantity
from gk_xlsx.claims.reading import HIDDEN, Sentence, Text
from gk_xlsx.claims.words import quoted

_WINDOW = 50
_SHARE = re.compile(
    r"[，（]?占(?:比(?:例|重)?(?:为|达|达到)?|(?P<base>[^，；：、（）占%\d]{0,20}?)的?(?:比例|比重)?(?:为|达|达到)?)$"
)
_KNOWN_BASE = re.compile(
    r"政府信息公开|依申请公开|信息公开|申请|总数|总量|总件数|总|全部|办结|答复|收到|受理|新收|办理|处理|全年|本年度?|年度|的|数|量|件|结果|当年"
)
_DIRECTION = r"(?P<up>增长|增加|上升|提高|提升|上涨|增多|多)|(?P<down>下降|减少|降低|回落|下滑|少)"
_CHANGE = re.compile(
    rf"(?P<against>同比|(?:与|较|比|相比|相较)(?:于|\ue000\ue000)?(?:上一|上|去)年(?:度)?(?:同期)?(?:的)?(?:相比|相较)?(?P<last>\d[\d,]*[件条份起宗]?)?(?:，)?)"
    rf"(?:{_DIRECTION})(?:了|幅度为|幅度达|率为|到|达)?$"
)
_TIMES_OF = re.compile(r"(?:为|是|达到?)(?:上一|上|去)年(?:度)?(?:同期)?(?:的)?$")
_TO_CHANGE = re.compile(
    r"政府信息公开|依申请公开|信息公开|申请|数量|总量|件数|总数|量|数|，|（|的|、|且|已|件|条|份|办结|答复|受理|收到|有所|总体|也"
)


def rates(
    text: Text,
    sentence: Sentence,
    numbers: Sequence[Quantity],
    counts: Sequence[Claim],
    year: int,
) -> list[Claim]:
    """The shares and changes of a sentence with the numbers they are about."""
    made = []
    for number in numbers:
        window = sentence.text[max(0, number.start - _WINDOW) : number.start]
        share = _SHARE.search(window) if number.unit == "%" else None
        if share:
            found = _share(text, sentence, numbers, counts, number, share)
        else:
            found = _change(text, sentence, numbers, counts, number, window, year)
        if found and number.exact:
            made.append(found)
    return made


def _share(
    text: Text,
    sentence: Sentence,
    numbers: Sequence[Quantity],
    counts: Sequence[Claim],
    number: Quantity,
    match: re.Match[str],
) -> Claim | None:
    base = match["base"] or ""
    before = [n for n in numbers if n.end <= number.start and n.unit in COUNTING]
    if not before or _KNOWN_BASE.sub("", base) or not before[-1].exact:
        return None
    of = before[-1]
    between = sentence.text[of.end : number.start - len(match[0])]
    if between.strip("，（、的“”"):
        return None
    counted = _claim_of(text, sentence, of, counts)
    related = tuple(n.value for n in before[:-1] if n.unit == of.unit and n.value >= of.value)
    if counted is None and (base or not related):
        return None
    return _rate(text, sentence, number, of, counted, Kind.SHARE, related)


def _change(
    text: Text,
    sentence: Sentence,
    numbers: Sequence[Quantity],
    counts: Sequence[Claim],
    number: Quantity,
    window: str,
    year: int,
) -> Claim | None:
    window = window.replace(f"{year - 1}年", f"{HIDDEN}{HIDDEN}上一年")
    match = _CHANGE.search(window)
    times = _TIMES_OF.search(window) if number.unit == "倍" else None
    found = match or times
    if not found or number.unit not in (*COUNTING, "%", "倍"):
        return None
    begin = number.start - len(found[0])
    last = _number_inside(numbers, begin, number.start)
    before = [n for n in numbers if n.end <= begin and n.unit in COUNTING]
    if before and last is None and _is_last_years(sentence.text, before[-1]):
        last, before = before[-1], before[:-1]
        begin = sentence.text.rfind("，", 0, last.start)
    if not before:
        return None
    of = before[-1]
    counted = _claim_of(text, sentence, of, counts)
    if counted is None or _TO_CHANGE.sub("", sentence.text[of.end : max(of.end, begin)]):
        return None
    related = (last.value,) if last else ()
    made = _rate(text, sentence, number, of, counted, Kind.CHANGE, related)
    return replace(made, rising=bool(match["up"]) if match else None)


def _number_inside(numbers: Sequence[Quantity], start: int, end: int) -> Quantity | None:
    inside = [n for n in numbers if start <= n.start and n.end <= end]
    return inside[0] if len(inside) == 1 else None


def _is_last_years(sentence: str, number: Quantity) -> bool:
    """Whether a number is introduced as last year's: 上年为 3607 件."""
    before = sentence[max(0, number.start - 8) : number.start]
    return bool(re.search(r"(?:上一|上|去)年(?:度)?(?:同期)?(?:的|为|是|收到|受理)?$", before))


def _claim_of(
    text: Text, sentence: Sentence, number: Quantity, counts: Sequence[Claim]
) -> Claim | None:
    """The claim made with a number."""
    end = text.span(sentence.start + number.start, sentence.start + number.end)[1]
    return next(
        (claim for claim in counts if claim.number_end == end and claim.kind is Kind.COUNT), None
    )


def _rate(
    text: Text,
    sentence: Sentence,
    number: Quantity,
    of: Quantity,
    counted: Claim | None,
    kind: Kind,
    related: tuple[Decimal, ...],
) -> Claim:
    start, end = text.span(sentence.start + of.start, sentence.start + number.end)
    quote = quoted(text, sentence, of.start, number.end)
    exponent = Decimal(1).scaleb(-number.decimals)
    return Claim(
        kind=kind,
        quantity=number.value.quantize(exponent),
        unit=number.unit,
        exact=True,
        readings=counted.readings if counted else (),
        applicant=counted.applicant if counted else Applicant.ALL,
        whose=counted.whose if counted else Whose.UNKNOWN,
        when=counted.when if counted else When.THIS_YEAR,
        whole=counted.whole if counted else True,
        start=start,
        end=end,
        quote=quote.text,
        quote_start=quote.start,
        quote_end=quote.end,
        phrase=sentence.text[of.start : number.end],
        related=related,
        base=of.value,
    )
