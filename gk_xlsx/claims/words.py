"""A sentence in pieces between its punctuation marks, and the quote that shows a place in it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from gk_xlsx.claims.numerals import Quantity
from gk_xlsx.claims.reading import Sentence, Text

QUOTE_CAP = 100
"""A quote of more characters shows only the part around the claim."""

# A piece ends at a punctuation mark, or in front of 其中.
_PIECE = re.compile(r"其中(?:(?!其中)[^，；：、（）])*|(?:(?!其中)[^，；：、（）])+")
_PARTLY = re.compile(r"其中|[“”]?(?:包括|包含|含)")
MARKS = tuple("，；：、（）")
_BREAKS = "，；：。"


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
class Quote:
    """Words of the Markdown and where they stand."""

    text: str
    start: int
    end: int


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


def quoted(text: Text, sentence: Sentence, start: int, end: int) -> Quote:
    """The sentence as it stands in the Markdown, or of a long one the part around a claim."""
    begin, stop = 0, len(sentence.text)
    if stop > QUOTE_CAP:
        begin = max((sentence.text.rfind(mark, 0, start) + 1 for mark in "；。"), default=0)
        begin = max(begin, sentence.text.rfind("，", 0, max(0, start - 20)) + 1, start - 60, 0)
        behind = [sentence.text.find(mark, end) for mark in _BREAKS]
        stop = min((at for at in behind if at >= 0), default=stop)
        stop = min(stop, end + 60)
    first, last = text.span(sentence.start + begin, sentence.start + stop)
    return Quote(text.markdown[first:last], first, last)
