"""A section's text → its claims: reads sentence by sentence, knowing what was spoken of before."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from gk_xlsx.claims.applications import Counted, Parent, counted
from gk_xlsx.claims.disputes import dispute, named, procedure_in
from gk_xlsx.claims.documents import documents, fees, kind_in
from gk_xlsx.claims.lists import lists
from gk_xlsx.claims.model import About, Applicant, Claim, Kind, Reading, Subject, When, Whose
from gk_xlsx.claims.numerals import COUNTING, MONEY, Quantity, quantities
from gk_xlsx.claims.rates import rates
from gk_xlsx.claims.reading import Sentence, read, sentences
from gk_xlsx.claims.scope import when, whose
from gk_xlsx.claims.stretches import all_done, none_at_all
from gk_xlsx.claims.subjects import Topic, everybody_masked, topic
from gk_xlsx.claims.words import Around, Piece, Scene, pieces
from gk_xlsx.patterns import pattern

SECTION_TOPICS = {"requests": Topic.APPLICATIONS, "disputes": Topic.DISPUTES}
"""What the text beside a table is about without saying so."""

_MAJOR = pattern(r"（[一二三四五六七八九十]{1,3}）|[一二三四五六七八九十]{1,3}、")
_MINOR = pattern(
    r"第?[一二三四五六七八九十]{1,2}(?:是|，)|第[一二三四五六七八九十]{1,2}、"
    r"|\d{1,2}[.．、](?!\d)|（\d{1,2}）|[-—•·]"
)
_DISCLOSURE = pattern(r"信息公开|政务公开|依申请|公开(?!庭|审)")
_LIST_ENDS = pattern(r"另|此外|同时|截至|全年|本年")


@dataclass(frozen=True, slots=True)
class State:
    """What was spoken of until now.

    Attributes:
        base: the topic of the heading above; a new paragraph goes back to it.
        major: that of the heading （一） or 一、 above; 1. and 一是 go back to it.
        row: the last row of table 三 counted over all applicants.
        parent: what the items of the list being read are parts of.
        outer: the same outside of the bracket being read.
        disclosed: whether 信息公开 was spoken of in the paragraph.
        procedure, document: the kind of dispute and of document spoken of.
    """

    base: Topic
    topic: Topic
    major: Topic = Topic.NONE
    whose: Whose = Whose.OWN
    when: When = When.THIS_YEAR
    row: tuple[Reading, ...] = ()
    parent: Parent | None = None
    outer: Parent | None = None
    last: Parent | None = None
    disclosed: bool = False
    procedure: Subject | None = None
    document: str = ""


def claims(markdown: str, about: About, section: str = "") -> tuple[Claim, ...]:
    """All claims of one section's text, in the order of the text.

    Args:
        markdown: one section's Markdown; `{{ … }}` in it is opaque.
        about: the report it belongs to.
        section: the section's key; the text beside a table is about that table.
    """
    text = read(markdown)
    base = SECTION_TOPICS.get(section, Topic.NONE)
    state = State(base, base, base)
    found: list[Claim] = []
    for sentence in sentences(text):
        state = _begin(sentence, state)
        made, state = _sentence(Scene(text, sentence, about), state)
        found += made
    return tuple(sorted(found, key=lambda claim: (claim.start, claim.end)))


def _begin(sentence: Sentence, state: State) -> State:
    """The state at the beginning of a sentence: headings and new paragraphs change the topic."""
    minor = _MINOR.match(sentence.text)
    if minor or sentence.alone or _MAJOR.match(sentence.text):
        named_topic = topic(sentence.text[:30], Topic.NONE)
        base = named_topic if named_topic is not Topic.NONE or not minor else state.major
        return State(base, base, state.major if minor else base)
    if sentence.first:
        return State(state.base, state.base, state.major)
    return replace(state, parent=None, outer=None)


def _sentence(scene: Scene, start: State) -> tuple[list[Claim], State]:
    """The claims of one sentence and the state behind it."""
    numbers = list(quantities(scene.words))
    parts = pieces(everybody_masked(scene.words), numbers)
    state, counts = start, list[Claim]()
    for place, piece in enumerate(parts):
        before = parts[place - 1] if place else None
        state = _enter(piece, before, state, scene.about)
        found, state = _piece(scene, parts, place, state)
        counts += found
        state = _leave(piece, state, scene.about)
    made = _first_of_each(counts)
    made += none_at_all(scene, start.topic, start.whose, start.when)
    made += all_done(scene, start.topic, start.whose, start.when)
    made += lists(scene, parts)
    made += rates(scene, numbers, made)
    if not made:
        state = replace(state, whose=start.whose, when=start.when)
    disclosed = state.disclosed or bool(_DISCLOSURE.search(scene.words))
    return made, replace(state, disclosed=disclosed)


def _enter(piece: Piece, before: Piece | None, state: State, about: About) -> State:
    """Lists begin with 其中 or a bracket; a semicolon, a closed bracket or 另 ends them."""
    parent, outer = state.parent, state.outer
    if piece.closes:
        parent, outer = outer, None
    if piece.mark == "（":
        outer = parent
    if piece.partly or piece.mark == "（" or (piece.mark == "：" and before and before.numbers):
        parent = state.last
    elif piece.mark == "；" or _LIST_ENDS.match(piece.text):
        parent = None
    whom = state.whose
    if piece.text.endswith(
        ("级", "府", "位", "门", "道", "镇", "县", "市", "区", "省", "关", "域")
    ):
        whom = whose(piece.text, about, whom)
    period = when(piece.text, about.year, state.when)
    return replace(state, parent=parent, outer=outer, when=period, whose=whom)


def _leave(piece: Piece, state: State, about: About) -> State:
    return replace(
        state,
        topic=topic(piece.text, state.topic),
        procedure=procedure_in(piece.text) or state.procedure,
        document=kind_in(piece.text) or state.document,
        whose=whose(piece.text, about, state.whose) if piece.numbers else state.whose,
    )


def _piece(
    scene: Scene, parts: Sequence[Piece], place: int, state: State
) -> tuple[list[Claim], State]:
    """The claims made with the numbers of one piece, and what is spoken of behind them."""
    piece, lead = parts[place], _lead(parts, place)
    alike = any(number.unit in COUNTING for part in parts for number in part.numbers)
    made = []
    for number, (head, tail) in zip(piece.numbers, piece.around(), strict=True):
        heading = _heading(parts, place) if not head.strip("共计有为其中") else ""
        around = Around(lead + heading, head, tail)
        here = replace(
            state,
            topic=_topic(around, state.topic),
            whose=whose(around.front, scene.about, state.whose),
            when=when(heading + head, scene.about.year, state.when),
        )
        found = _counted(scene, around, number, here) if number.unit or alike else None
        if found:
            made.append(_claim(scene, piece, number, head, found, here))
            state = _after(found, here, state, number)
    return made, state


def _topic(around: Around, before: Topic) -> Topic:
    """The topic of a number; 收到 58 件政府信息公开申请 names it behind the number."""
    front = topic(around.front, before)
    if front is Topic.NONE and topic(around.tail[:14], front) is Topic.APPLICATIONS:
        return Topic.APPLICATIONS
    return front


def _lead(parts: Sequence[Piece], place: int) -> str:
    """The pieces in front that have no number and are joined to this one by 、."""
    lead = ""
    while place and parts[place].mark == "、" and not parts[place - 1].numbers and len(lead) < 60:
        place -= 1
        lead = parts[place].text + "、" + lead
    return lead


def _heading(parts: Sequence[Piece], place: int) -> str:
    """What stands in front of a colon or bracket when only a number follows."""
    if not place or parts[place].mark not in "：（" or parts[place - 1].numbers:
        return ""
    return parts[place - 1].text


def _counted(scene: Scene, around: Around, number: Quantity, state: State) -> Counted | None:
    """What a number counts, or None where it is nothing of the tables."""
    if number.unit in MONEY:
        money = fees(around.front)
        return Counted(money.readings, Applicant.ALL, money.whole) if money else None
    if not number.counts or not (number.unit or around.front):
        return None
    disputed = _disputed(scene, around, number, state)
    if disputed:
        return disputed
    kind = state.document if state.topic is Topic.DOCUMENTS else ""
    decided = documents(around.front, scene.words, kind)
    if decided:
        return Counted(decided.readings, Applicant.ALL, decided.whole)
    if state.topic is not Topic.APPLICATIONS:
        return None
    return counted(around, scene.about.year, state.parent, state.row)


def _disputed(scene: Scene, around: Around, number: Quantity, state: State) -> Counted | None:
    """What a number counts of table 四; only where 信息公开 was spoken of."""
    if not named(around.front) and state.topic is not Topic.DISPUTES:
        return None
    told = state.disclosed or bool(_DISCLOSURE.search(scene.words[: number.start]))
    about_disclosure = told or state.base in SECTION_TOPICS.values()
    zero = not number.value
    found = dispute(around, state.procedure, about_disclosure=about_disclosure, zero=zero)
    return Counted(found.readings, Applicant.ALL, found.whole) if found else None


def _after(found: Counted, here: State, state: State, number: Quantity) -> State:
    """What is spoken of after a claim."""
    table_three = bool(found.readings and found.readings[0][0].by_applicant)
    parent = Parent(found.readings, found.applicant)
    row = found.readings if table_three and found.applicant is Applicant.ALL else state.row
    in_list = state.parent is not None
    return replace(
        here,
        parent=state.parent,
        row=row,
        last=state.last if (in_list and not table_three) or not number.counts else parent,
        procedure=_procedure(found) or state.procedure,
    )


def _procedure(found: Counted) -> Subject | None:
    """The block of table 四 that was counted."""
    first = found.readings[-1][-1]
    return first if first.startswith("四.") and first.endswith("总计") else None


def _claim(  # noqa: PLR0917 — the pieces it is put together from
    scene: Scene, piece: Piece, number: Quantity, head: str, found: Counted, state: State
) -> Claim:
    made = scene.claim(
        Kind.COUNT,
        number.start - len(head),
        number.end + found.behind,
        quantity=number.value,
        unit=number.unit,
        readings=found.readings,
        whose=state.whose,
        when=state.when,
    )
    return replace(
        made,
        exact=number.exact,
        applicant=found.applicant,
        whole=found.whole and not _planned(piece.text),
        number_end=scene.number_end(number),
        apart=found.apart,
    )


def _planned(text: str) -> bool:
    return bool(re.search(r"如果|例如|比如|假如|约定|目标", text))


def _first_of_each(made: list[Claim]) -> list[Claim]:
    """Behind 收到 20 件, “受理 19 件” in the same sentence is a part; so with 办结 and 答复."""
    seen: dict[tuple[Subject | None, Applicant, When, Whose], Claim] = {}
    kept = []
    for claim in made:
        key = (claim.subject, claim.applicant, claim.when, claim.whose)
        first = seen.get(key)
        again = first is not None and claim.subject in (Subject.NEW, Subject.CONCLUDED)
        kept.append(replace(claim, whole=False) if again else claim)
        if claim.whole and first is None:
            seen[key] = claim
    return kept
