"""Markdown → the text that is searched: no spaces, half-width digits, a way back to the places.

Everything here costs time in proportion to the length of the text: masks are bounded, sentences
have a cap.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from gk_xlsx.patterns import pattern

HIDDEN = "\ue000"
"""Stands for what is no text of the report: names of figures, titles, addresses, table rows."""

SENTENCE_CAP = 400
"""A sentence is cut after that many characters: no person writes one that long."""

_MASKED = (
    pattern(r"\{\{[^{}]{0,200}\}\}"),
    pattern(r"\{%[^{}]{0,200}%\}"),
    pattern(r"《[^《》\n]{1,120}》"),
    pattern(r"https?://[\x21-\x7e]{1,200}"),
    pattern(r"!\[[^\[\]\n]{0,100}\]\([^()\n]{0,200}\)"),
    pattern(r"^[ \t]{0,3}\|[^\n]*", re.MULTILINE),
)
_WIDE = {ord(wide): chr(ord(wide) - 0xFEE0) for wide in "０１２３４５６７８９．％＋"}
_SAME = {ord(a): b for a, b in zip("(),:;?!﹒", "（），：；？！.", strict=True)}
_INVISIBLE = ("Cc", "Cf", "Cs", "Cn", "Zs", "Zl", "Zp")
_MARKUP = "*#_`>~"
_THOUSANDS = pattern(r"(?<=\d),(?=\d{3}(?!\d))")
_NEW_LINE_STARTS = pattern(
    r"[ \t\u3000]{0,8}(?:\n|$|[-*+#>|]|（[一二三四五六七八九十\d]{1,3}）|"
    r"\([一二三四五六七八九十\d]{1,3}\)|[一二三四五六七八九十]{1,3}[、是]|\d{1,2}[.．、])"
)
"""What begins a paragraph of its own; any other line is the last one continued (text of a PDF)."""

_SENTENCE = pattern(rf"[^。！？\n]{{1,{SENTENCE_CAP}}}[。！？\n]?|[。！？\n]")


@dataclass(frozen=True, slots=True)
class Text:
    """A section's Markdown in the form that is searched.

    Attributes:
        compact: without spaces, marks of Markdown and what cannot be seen; a line break ends a
            paragraph.
        places: for each character of `compact` its place in the Markdown.
    """

    markdown: str
    compact: str
    places: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where a part of `compact` stands in the Markdown."""
        return self.places[start], self.places[end - 1] + 1


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of `compact`.

    Attributes:
        first: whether it begins a paragraph.
        alone: whether it is the whole paragraph and ends without a full stop: a heading.
    """

    text: str
    start: int
    first: bool
    alone: bool


def read(markdown: str) -> Text:
    """Make a section's Markdown searchable."""
    masked = markdown
    for masked_part in _MASKED:
        masked = masked_part.sub(lambda match: HIDDEN * len(match[0]), masked)
    masked = masked.translate(_WIDE)
    masked = _THOUSANDS.sub("\ue001", masked).translate(_SAME).replace("\ue001", ",")
    kept = list(_kept(masked))
    return Text(markdown, "".join(char for char, _ in kept), tuple(place for _, place in kept))


def sentences(text: Text) -> Iterator[Sentence]:
    """The sentences of a text, those without any word left out."""
    first = True
    for match in _SENTENCE.finditer(text.compact):
        words = match[0].strip("。！？\n ")
        if words:
            start = match.start() + match[0].index(words)
            alone = first and match[0][-1] not in "。！？；" and len(words) <= 30
            yield Sentence(words, start, first, alone)
            first = False
        first = first or match[0].endswith("\n")


def _kept(masked: str) -> Iterator[tuple[str, int]]:
    """Each character that counts, with its place."""
    last = "\n"
    for place, char in enumerate(masked):
        if char == "\n":
            kept = "\n" if _NEW_LINE_STARTS.match(masked, place + 1) else ""
        elif char in _MARKUP or unicodedata.category(char) in _INVISIBLE:
            kept = " " if last.isdigit() and masked[place + 1 : place + 2].isdigit() else ""
        else:
            kept = char
        if kept and not (kept in "\n " and last == kept):
            yield kept, place
            last = kept
