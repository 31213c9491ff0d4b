"""TX09's arithmetic: shares and changes recomputed from the figures of text and tables."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from gk_xlsx.amounts import plain
from gk_xlsx.claims import Claim, Subject, Whose
from gk_xlsx.rules.compared import claim_place, claim_words, figure, last_figure, section_name
from gk_xlsx.rules.rule import Case, Hit


def share(case: Case, section: str, claim: Claim) -> Iterator[Hit]:
    """A percentage that is right of none of the totals it may be a share of."""
    if claim.base is None or not (claim.comparable or claim.whose is Whose.UNKNOWN):
        return
    bases = [*(_table_totals(case) if claim.readings else ()), *claim.related]
    shares = [claim.base * 100 / base for base in bases if base]
    if not shares or any(_rounds_to(share, claim.quantity) for share in shares):
        return
    message = (
        f"“{section_name(case, section)}”写“{claim_words(claim)}”，"
        f"按 {plain(claim.base)} 占 {plain(bases[0])} 计算为 {_shown(shares[0], claim)}%。请核对。"
    )
    yield Hit(
        message,
        _fields(case, claim),
        claim.quantity,
        _rounded(shares[0], claim.quantity),
        "请重算后改正；如是占别的数的比例，请写明。",
        "",
        location=claim_place(section, claim),
    )


def _table_totals(case: Case) -> list[Decimal]:
    """What a share of applications may be a share of: answered, received, both with carried in."""
    readings = ((Subject.CONCLUDED,), (Subject.NEW,), (Subject.NEW, Subject.CARRIED_IN))
    figures = [figure(case, reading, "总计") for reading in readings]
    return [item.value for item in figures if item is not None and item.value is not None]


def change(case: Case, section: str, claim: Claim) -> Iterator[Hit]:
    """A comparison with last year that follows from none of last year's figures."""
    if not claim.comparable or claim.base is None:
        return
    last_years = list(claim.related) or [
        value
        for reading in claim.readings
        if (value := last_figure(case, reading, claim.applicant)) is not None
    ]
    if not last_years or not all(last_years) or _agrees_with_any(claim, last_years):
        return
    last = last_years[0]
    expected = _changes(claim, claim.base, last)[0]
    unit = claim.unit
    message = (
        f"“{section_name(case, section)}”写“{claim_words(claim)}”，今年 {plain(claim.base)} 件、"
        f"去年 {plain(last)} 件，{_direction(claim, last)} "
        f"{_shown(abs(expected), claim)}{unit}。请核对。"
    )
    yield Hit(
        message,
        _fields(case, claim),
        claim.quantity,
        _rounded(abs(expected), claim.quantity),
        "请按去年年报的数重算后改正。",
        "",
        location=claim_place(section, claim),
    )


def _fields(case: Case, claim: Claim) -> tuple[str, ...]:
    """The cells of what is a share or has changed."""
    table = figure(case, claim.readings[0], claim.applicant) if claim.readings else None
    return table.fields if table else ()


def _direction(claim: Claim, last: Decimal) -> str:
    if claim.rising is None:
        return "应为"
    return "应为减少" if claim.base is not None and claim.base < last else "应为增加"


def _agrees_with_any(claim: Claim, last_years: list[Decimal]) -> bool:
    return any(
        _rounds_to(change, claim.quantity)
        for last in last_years
        for change in _changes(claim, claim.base or Decimal(0), last)
    )


def _changes(claim: Claim, now: Decimal, last: Decimal) -> list[Decimal]:
    """What a change may be stated as: 增长 1.4 倍 is also said of 1.4 times as many."""
    difference = now - last if claim.rising is not False else last - now
    if claim.unit == "倍":
        return [now / last] if claim.rising is None else [difference / last, now / last]
    return [difference * 100 / last] if claim.unit == "%" else [difference]


def _rounds_to(exact: Decimal, stated: Decimal) -> bool:
    """Whether a number gives the stated one, rounded or cut at its decimals."""
    return abs(exact - stated) < Decimal(1).scaleb(int(stated.as_tuple().exponent))


def _rounded(exact: Decimal, stated: Decimal) -> Decimal:
    return exact.quantize(Decimal(1).scaleb(int(stated.as_tuple().exponent)))


def _shown(exact: Decimal, claim: Claim) -> str:
    return format(_rounded(exact, claim.quantity), "f")
