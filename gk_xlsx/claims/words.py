"""A sentence in pieces between its punctuation marks, and the claims made with its words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from gk_xlsx.claims.model import About, Applicant, Claim, Kind, Reading, When, Whose
from gk_xlsx.claims.numerals import Quantity
from gk_xlsx.claims.reading import Sentence, Text
from gk_xlsx.patterns import pattern

QUOTE_CAP = 100
"""A quote of more characters shows only the part around the claim."""

# A piece ends at a punctuation mark, or in front of 其中.
_PIECE = pattern(r"其中(?:(?!其中)[^，；：、（）])*|(?:(?!其中)[^，；：、（）])+")
_PARTLY = pattern(r"其中|[“”]?(?:包括|包含|含)")
MARKS = tuple("，；：、（）")
_BREAKS = "，；：。"
_NONE = Decimal(0)


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a sentence without punctuation.

    Attributes:
        start: in the sentence.
        mark: the punctuation mark in front, or empty.
        closes: whether a bracket closes in front of it.
        partly: whether it begins with 其中 or 含.
        numbers: the quantities in it, in order.
    """

    text: str
    start: int
    mark: str
    closes: bool
    partly: bool
    numbers: tuple[Quantity, ...]

    def around(self) -> tuple[tuple[str, str], ...]:
        """For each quantity the words in front of it and those behind it, up to the next one."""
        if not self.numbers:
            return ()
        starts = [number.start - self.start for number in self.numbers]
        ends = [number.end - self.start for number in self.numbers]
        heads = [self.text[a:b] for a, b in zip([0, *ends], starts, strict=False)]
        tails = [self.text[a:b] for a, b in zip(ends, [*starts[1:], len(self.text)], strict=True)]
        return tuple(zip(heads, tails, strict=True))


@dataclass(frozen=True, slots=True)
class Around:
    """The words around a number.

    Attributes:
        lead: pieces in front of its own that belong to it: joined by 、, or before a colon.
        head: from the number before it, or from the beginning of its piece.
        tail: up to the next number, or to the end of its piece.
    """

    lead: str
    head: str
    tail: str

    @property
    def front(self) -> str:
        """All words in front."""
        return self.lead + self.head


def pieces(sentence: str, numbers: Sequence[Quantity]) -> tuple[Piece, ...]:
    """The pieces of a sentence with the quantities that stand in each."""
    made: list[Piece] = []
    waiting = list(reversed(numbers))
    for match in _PIECE.finditer(sentence):
        inside: list[Quantity] = []
        while waiting and waiting[-1].start < match.end():
            number = waiting.pop()
            if match.start() <= number.start and number.end <= match.end():
                inside.append(number)
        between = sentence[made[-1].start + len(made[-1].text) if made else 0 : match.start()]
        mark = between[-1:] if between[-1:] in MARKS else ""
        partly = bool(_PARTLY.match(match[0]))
        closes = "）" in between
        made.append(Piece(match[0], match.start(), mark, closes, partly, tuple(inside)))
    return tuple(made)


@dataclass(frozen=True, slots=True)
class Scene:
    """A sentence of a text and the report it stands in."""

    text: Text
    sentence: Sentence
    about: About

    @property
    def words(self) -> str:
        """The sentence; all places below count in it."""
        return self.sentence.text

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where a part of the sentence stands in the Markdown."""
        return self.text.span(self.sentence.start + start, self.sentence.start + end)

    def number_end(self, number: Quantity) -> int:
        """Where a quantity ends in the Markdown."""
        return self.span(number.start, number.end)[1]

    def claim(
        self,
        kind: Kind,
        start: int,
        end: int,
        *,
        quantity: Decimal = _NONE,
        unit: str = "",
        readings: tuple[Reading, ...] = (),
        whose: Whose = Whose.OWN,
        when: When = When.THIS_YEAR,
    ) -> Claim:
        """A claim made with the words from `start` to `end`, exact and about all applicants."""
        first, last = self.span(start, end)
        quote_start, quote_end = self._quoted(start, end)
        return Claim(
            kind=kind,
            quantity=quantity,
            unit=unit,
            exact=True,
            readings=readings,
            applicant=Applicant.ALL,
            whose=whose,
            when=when,
            whole=True,
            start=first,
            end=last,
            quote=self.text.markdown[quote_start:quote_end],
            quote_start=quote_start,
            quote_end=quote_end,
            phrase=self.words[start:end],
        )

    def _quoted(self, start: int, end: int) -> tuple[int, int]:
        """The sentence in the Markdown, or of a long one the part around a claim."""
        begin, stop = 0, len(self.words)
        if stop > QUOTE_CAP:
            begin = max(
                self.words.rfind("；", 0, start) + 1,
                self.words.rfind("，", 0, max(0, start - 20)) + 1,
                start - 60,
                0,
            )
            behind = [self.words.find(mark, end) for mark in _BREAKS]
            stop = min((at for at in behind if at >= 0), default=stop)
            stop = min(stop, end + 60)
        return self.span(begin, stop)
