"""A section's text → its claims: reads sentence by sentence, knowing what was spoken of before."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from gk_xlsx.claims.applications import Counted, Parent, counted
from gk_xlsx.claims.disputes import dispute, named, procedure_in
from gk_xlsx.claims.documents import documents, fees, kind_in
from gk_xlsx.claims.lists import lists
from gk_xlsx.claims.model import About, Applicant, Claim, Kind, Reading, Subject, When, Whose
from gk_xlsx.claims.numerals import COUNTING, MONEY, Quantity, quantities
from gk_xlsx.claims.rates import rates
from gk_xlsx.claims.reading import Sentence, Text, read, sentences
from gk_xlsx.claims.scope import when, whose
from gk_xlsx.claims.stretches import all_done, none_at_all
from gk_xlsx.claims.subjects import Topic, everybody_masked, topic
from gk_xlsx.claims.words import Piece, pieces, quoted

SECTION_TOPICS = {"requests": Topic.APPLICATIONS, "disputes": Topic.DISPUTES}
"""What the text beside a table is about without saying so."""

_ENUMERATED = re.compile(
    r"(?:（[一二三四五六七八九十]{1,3}）|[一二三四五六七八九十]{1,3}、|第?[一二三四五六七八九十]{1,2}(?:是|，|、)"
    r"|\d{1,2}[.．、](?!\d)|（\d{1,2}）|[-—•·]|\ue002)"
)
_DISCLOSURE = re.compile(r"信息公开|政务公开|依申请|公开")
_LIST_ENDS = re.compile(r"另|此外|同时|截至|全年|本年")


@dataclass(frozen=True, slots=True)
class State:
    """What was spoken of until now.

    Attributes:
        base: the topic of the heading above; a new paragraph goes back to it.
        row: the last row of table 三 counted over all applicants.
        parent: what the items of the list being read are parts of.
        outer: the same outside of the bracket being read.
        procedure, document: the kind of dispute and of document spoken of.
    """

    base: Topic
    topic: Topic
    whose: Whose = Whose.OWN
    when: When = When.THIS_YEAR
    row: tuple[Reading, ...] = ()
    parent: Parent | None = None
    outer: Parent | None = None
    last: Parent | None = None
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
    state = State(base, base)
    found: list[Claim] = []
    for sentence in sentences(text):
        state = _begin(sentence, state)
        made, state = _sentence(text, sentence, about, state)
        found += made
    return tuple(sorted(found, key=lambda claim: (claim.start, claim.end)))


def _begin(sentence: Sentence, state: State) -> State:
    """The state at the beginning of a sentence: headings and new paragraphs change the topic."""
    enumerated = _ENUMERATED.match(sentence.text)
    if enumerated or sentence.alone:
        base = topic(sentence.text[:30], Topic.NONE)
        base = base if base is not Topic.NONE or state.base is Topic.OTHER else base
        return State(base, base)
    if sentence.first:
        return State(state.base, state.base)
    return replace(state, parent=None, outer=None)


def _sentence(
    text: Text, sentence: Sentence, about: About, state: State
) -> tuple[list[Claim], State]:
    """The claims of one sentence and the state behind it."""
    numbers = list(quantities(sentence.text))
    parts = pieces(everybody_masked(sentence.text), numbers)
    made: list[Claim] = []
    start = state
    for place, piece in enumerate(parts):
        state = _enter(piece, parts[place - 1] if place else None, state, about)
        for claim, state in _piece(text, sentence, parts, place, about, state):  # noqa: B020
            made.append(claim)
        state = _leave(piece, state, about)
    made = _first_of_each(made)
    made += none_at_all(text, sentence, about, start.whose, start.when)
    made += all_done(text, sentence, about, state.topic, state.whose, state.when)
    made += lists(text, sentence, parts, made)
    made += rates(text, sentence, numbers, made, about.year)
    if not made:
        state = replace(state, whose=start.whose, when=start.when)
    return made, state


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
    text: Text, sentence: Sentence, parts: Sequence[Piece], place: int, about: About, state: State
) -> Iterator[tuple[Claim, State]]:
    piece = parts[place]
    lead = _lead(parts, place)
    alike = any(number.unit in COUNTING for part in parts for number in part.numbers)
    for number, (head, tail) in zip(piece.numbers, piece.around(), strict=True):
        heading = _heading(parts, place) if not head.strip("共计有为其中") else ""
        here = replace(
            state,
            topic=topic(lead + heading + head, state.topic),
            whose=whose(lead + heading + head, about, state.whose),
            when=when(heading + head, about.year, state.when),
        )
        found = _counted(
            sentence.text, lead + heading, head, tail, number, about, here, alike=alike
        )
        if found is None:
            continue
        claim = _claim(text, sentence, piece, number, head, found, here)
        state = _after(found, here, state, number)
        yield claim, state


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


def _counted(
    sentence: str,
    lead: str,
    head: str,
    tail: str,
    number: Quantity,
    about: About,
    state: State,
    *,
    alike: bool,
) -> Counted | None:
    """What a number counts; one without unit only where others have it (`alike`)."""
    front = lead + head
    if number.unit in MONEY:
        money = fees(front)
        return Counted(money.readings, Applicant.ALL, money.whole) if money else None
    if not number.counts or (not number.unit and not (front and alike)):
        return None
    if named(front) or state.topic is Topic.DISPUTES:
        about_disclosure = bool(_DISCLOSURE.search(sentence)) or state.base is Topic.DISPUTES
        about_disclosure = about_disclosure or state.topic is Topic.APPLICATIONS
        found = dispute(
            lead,
            head,
            tail,
            state.procedure,
            about_disclosure=about_disclosure or state.base is Topic.APPLICATIONS,
            zero=not number.value,
        )
        if found:
            return Counted(found.readings, Applicant.ALL, found.whole)
    decided = documents(front, sentence, state.document if state.topic is Topic.DOCUMENTS else "")
    if decided:
        return Counted(decided.readings, Applicant.ALL, decided.whole)
    if state.topic is not Topic.APPLICATIONS:
        return None
    return counted(lead, head, tail, about.year, state.parent, state.row)


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
        last=state.last if in_list and not table_three or not number.counts else parent,
        procedure=_procedure(found) or state.procedure,
    )


def _procedure(found: Counted) -> Subject | None:
    """The block of table 四 that was counted."""
    first = found.readings[-1][-1]
    return first if first.startswith("四.") and first.endswith("总计") else None


def _claim(
    text: Text,
    sentence: Sentence,
    piece: Piece,
    number: Quantity,
    head: str,
    found: Counted,
    state: State,
) -> Claim:
    begin, stop = number.start - len(head), number.end + found.behind
    start, end = text.span(sentence.start + begin, sentence.start + stop)
    quote = quoted(text, sentence, begin, stop)
    return Claim(
        kind=Kind.COUNT,
        quantity=number.value,
        unit=number.unit,
        exact=number.exact,
        readings=found.readings,
        applicant=found.applicant,
        whose=state.whose,
        when=state.when,
        whole=found.whole and not _planned(piece.text),
        start=start,
        end=end,
        quote=quote.text,
        quote_start=quote.start,
        quote_end=quote.end,
        phrase=sentence.text[begin:stop],
        number_end=text.span(sentence.start + number.start, sentence.start + number.end)[1],
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
