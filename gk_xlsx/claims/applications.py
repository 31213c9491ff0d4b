"""Claims about applications (table 三): what a number counts, from the words around it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from gk_xlsx.claims.model import Applicant, Reading, Subject
from gk_xlsx.claims.slots import (
    leads_to_subject,
    nothing_else_behind,
    nothing_in_front,
    only_some,
)
from gk_xlsx.claims.subjects import Rank, Word, names_other_things, results, words
from gk_xlsx.claims.words import Around
from gk_xlsx.patterns import pattern

NEW: tuple[Reading, ...] = ((Subject.NEW,), (Subject.NEW, Subject.CARRIED_IN))
"""收到 N 件: with or without what was carried in. “收办 3646 件” was both."""

_RESULTS = (Rank.ROW, Rank.GROUP)
_VERBS = (Rank.CONCLUDED, Rank.HANDLED, Rank.NEW)
_JOINED = pattern(
    r"并|且|和|及|与|、|或|（|依法|按时|按期|及时|予以|已|均|以及|信息|决定|的|而|\ue002|“|”"
)
_AMBIGUOUS = pattern(r"分别|各(?!类)|均为")
_OF_ONE_YEAR = pattern(r"本年|当年|今年|新收|(?:上|去)年")
_REST_CARRIED = pattern(r"(?:结转|顺延|延续)(?!自|的)")
_REASON = pattern(r"(?:因|由于|属于|涉及|以).")
_LEFT = pattern(r"剩余|尚余|其余|余下|尚有|未办结|年底|年末")
_THIS_ENDING = pattern(r"^(?:申请)?(?:已|均|也|于|在|内|依法|按时|全部|，|件|案件|未|系|因)*")


@dataclass(frozen=True, slots=True)
class Parent:
    """What the items of a list with 其中 or in brackets are parts of."""

    readings: tuple[Reading, ...]
    applicant: Applicant


@dataclass(frozen=True, slots=True)
class Counted:
    """What a number counts.

    Attributes:
        whole: False where only some of them are meant.
        apart: whether cases carried in are told apart as handled (办理上年结转申请 1 件).
        behind: how many characters behind the number name its subject.
    """

    readings: tuple[Reading, ...]
    applicant: Applicant
    whole: bool
    apart: bool = False
    behind: int = 0


def counted(
    around: Around, year: int, parent: Parent | None, row: tuple[Reading, ...]
) -> Counted | None:
    """What a number counts, or None where it is nothing of table 三.

    Args:
        around: the words around the number.
        year: the report's.
        parent: what the number is a part of, if it stands in a list.
        row: the row spoken of until now, for 自然人 N 件.
    """
    front, head = around.front, around.head
    if _AMBIGUOUS.search(front) or names_other_things(head + around.tail[:12]):
        return None
    found = words(front, year)
    if not found:
        return _behind(head, around.tail, year, parent, row)
    if not nothing_else_behind(front[found[-1].end :]):
        return None
    return _from_words(front, found, parent, row)


def _from_words(
    front: str, found: tuple[Word, ...], parent: Parent | None, row: tuple[Reading, ...]
) -> Counted | None:
    whole = not only_some(_outside(front, found))
    applicants = {word.applicant for word in found if word.applicant}
    if len(applicants) > 1:
        return None
    applicant = next(iter(applicants), None)
    outcome = _joined_results(front, found)
    if outcome:
        return _result(front, outcome, applicant, parent, whole=whole)
    carry = [word for word in found if word.rank is Rank.CARRY]
    if carry:
        return _carry(front, found, carry, applicant, parent, whole=whole)
    if applicant:
        return _by_applicant(found, applicant, parent, row, whole=whole)
    return _verb(front, found, parent, whole=whole)


def _joined_results(front: str, found: tuple[Word, ...]) -> tuple[Word, ...]:
    """The results named last, as far as only 及, 和 or 、 stand between them."""
    joined: list[Word] = []
    for word in reversed([word for word in found if word.rank in _RESULTS]):
        between = front[word.end : joined[-1].start] if joined else ""
        if _JOINED.sub("", between) and not re.search("公开|属于|涉及|因|等", between):
            break
        joined.append(word)
    return tuple(reversed(joined))


def _result(
    front: str,
    outcome: tuple[Word, ...],
    applicant: Applicant | None,
    parent: Parent | None,
    *,
    whole: bool,
) -> Counted | None:
    readings = results(front, outcome)
    if not readings or not readings[0]:
        return None
    if outcome[-1].subject is Subject.GRANTED and len(readings) == 1:
        readings = (
            (*readings, (*readings[0], Subject.PARTLY)) if _includes_partly(front) else readings
        )
    if len(readings) == 1 and len(readings[0]) > 1 and re.search("、", front):
        readings = (*readings, readings[0][-1:])
    of = applicant or (parent.applicant if parent else Applicant.ALL)
    some = parent is not None and _is_carried(parent.readings)
    reason = _REASON.search(front[: outcome[0].start])
    by_row = outcome[0].rank is Rank.ROW
    return Counted(readings, of, whole and not some and not (reason and not by_row))


def _includes_partly(front: str) -> bool:
    return bool(re.search(r"含部分|含区分", front))


def _is_carried(readings: tuple[Reading, ...]) -> bool:
    return readings[:1] in (((Subject.CARRIED_IN,),), ((Subject.CARRIED_OUT,),))


def _carry(
    front: str,
    found: tuple[Word, ...],
    carry: list[Word],
    applicant: Applicant | None,
    parent: Parent | None,
    *,
    whole: bool,
) -> Counted | None:
    subjects = {word.subject for word in carry}
    subject = carry[-1].subject
    if len(subjects) > 1 or subject is None:
        return None
    behind = [word for word in found if word.start > carry[-1].start and word.rank in _VERBS]
    apart = any(word.rank in (Rank.CONCLUDED, Rank.HANDLED) for word in found)
    of = applicant or (parent.applicant if parent else Applicant.ALL)
    if any(word.rank is Rank.NEW for word in behind):
        return None
    readings: tuple[Reading, ...] = ((subject,),)
    with_new = re.search(r"(?:新收|收到|受理).{0,12}(?:和|及|与|加|、)", front[: carry[-1].start])
    if with_new:
        readings = ((Subject.NEW, subject),)
    return Counted(readings, of, whole, apart and subject is Subject.CARRIED_IN)


def _by_applicant(
    found: tuple[Word, ...],
    applicant: Applicant,
    parent: Parent | None,
    row: tuple[Reading, ...],
    *,
    whole: bool,
) -> Counted:
    verbs = [word for word in found if word.rank in _VERBS]
    if verbs:
        return Counted(_readings(verbs), applicant, whole)
    if parent and parent.applicant is Applicant.ALL:
        return Counted(parent.readings, applicant, whole)
    if parent:
        inside = parent.applicant is Applicant.ORGANISATION
        nested = inside and applicant not in (Applicant.NATURAL_PERSON, Applicant.ORGANISATION)
        return Counted(parent.readings, applicant, whole and nested)
    extra = tuple(reading for reading in row if reading not in NEW)
    return Counted(NEW + extra, applicant, whole)


def _verb(
    front: str, found: tuple[Word, ...], parent: Parent | None, *, whole: bool
) -> Counted | None:
    last = found[-1]
    verbs = [last]
    for word in reversed(found[:-1]):
        if _JOINED.sub("", front[word.end : verbs[-1].start]):
            break
        verbs.append(word)
    if last.rank is Rank.CONCLUDED and _OF_ONE_YEAR.search(front[last.end :]):
        whole = False
    readings = _readings(verbs)
    applicant = parent.applicant if parent else Applicant.ALL
    return Counted(readings, applicant, whole and parent is None)


def _readings(verbs: list[Word]) -> tuple[Reading, ...]:
    """What verbs may count; joined ones (收到并答复) either."""
    ranks = {word.rank for word in verbs}
    if ranks == {Rank.CONCLUDED}:
        return ((Subject.CONCLUDED,),)
    if ranks == {Rank.NEW}:
        return NEW
    return (
        ((Subject.CONCLUDED,), *NEW)
        if verbs[0].rank is not Rank.NEW
        else (*NEW, (Subject.CONCLUDED,))
    )


def _behind(
    head: str, tail: str, year: int, parent: Parent | None, row: tuple[Reading, ...]
) -> Counted | None:
    """A number whose subject stands behind it: 其中 3 件予以公开, 剩余 3 件结转下年."""
    if not nothing_in_front(head):
        return None
    found = words(tail, year)
    if not found:
        return _rest_carried(head, tail)
    first = found[0]
    if not leads_to_subject(tail[: first.start]):
        return None
    carried_out = next((word for word in found if word.subject is Subject.CARRIED_OUT), None)
    word = first if first.rank in _RESULTS else carried_out or first
    made = _by_word_behind(word, tail, parent, row)
    return replace(made, behind=word.end) if made else None


def _by_word_behind(
    word: Word, tail: str, parent: Parent | None, row: tuple[Reading, ...]
) -> Counted | None:
    if word.applicant:
        return _by_applicant((word,), word.applicant, parent, row, whole=True)
    if word.subject is None:
        return None
    of = parent.applicant if parent else Applicant.ALL
    of_carried = parent is not None and _is_carried(parent.readings)
    reason = word.rank is Rank.GROUP and _REASON.search(tail[: word.start])
    whole = word.rank not in _VERBS and not of_carried and not reason
    return Counted(((word.subject,),), of, whole or word.subject is Subject.CARRIED_IN)


def _rest_carried(head: str, tail: str) -> Counted | None:
    """剩余 3 件结转: with the year left out."""
    if _LEFT.search(head) and _REST_CARRIED.match(_THIS_ENDING.sub("", tail)):
        return Counted(((Subject.CARRIED_OUT,),), Applicant.ALL, whole=True, behind=len(tail))
    return None


def _outside(front: str, found: tuple[Word, ...]) -> str:
    """The words that name no subject."""
    kept, end = [], 0
    for word in found:
        kept.append(front[end : max(end, word.start)])
        end = max(end, word.end)
    return "\ue002".join((*kept, front[end:]))
