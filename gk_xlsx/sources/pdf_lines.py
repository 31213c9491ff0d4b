"""Characters of a page → lines of text, from top to bottom, each from left to right."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from gk_xlsx.sources.pdf_glyphs import Glyph

_LEVEL = 0.4
"""Characters stand in one line when their middles differ by less, in parts of the size."""
_APART = 1.0
"""A gap of so many sizes separates words that are not meant as one text."""
_SPACE = 0.25
"""The same between digits or letters."""

_ASCII = re.compile(r"[!-~]")
_LETTER = re.compile(r"[A-Za-z]")


@dataclass(frozen=True)
class Line:
    """A line of text.

    Attributes:
        glyphs: from left to right, without white space at the ends.
        page: its number, from 1.
    """

    glyphs: tuple[Glyph, ...]
    page: int = 0

    @cached_property
    def text(self) -> str:
        """What it says."""
        return "".join(sign for _, sign in self.signs)

    @cached_property
    def signs(self) -> tuple[tuple[Glyph, str], ...]:
        """Each character with what it adds to the text: the space before it, if there is one."""
        return tuple(_spaced(self.glyphs))

    @cached_property
    def bare(self) -> str:
        """The same without white space."""
        return re.sub(r"\s+", "", self.text)

    @cached_property
    def size(self) -> float:
        """The size of most of its characters, in points."""
        return Counter(round(glyph.size, 1) for glyph in self.glyphs).most_common(1)[0][0]

    @property
    def x0(self) -> float:
        """Its left end."""
        return self.glyphs[0].x0

    @property
    def x1(self) -> float:
        """Its right end."""
        return self.glyphs[-1].x1

    @property
    def top(self) -> float:
        """Of its highest character."""
        return min(glyph.top for glyph in self.glyphs)

    @property
    def bottom(self) -> float:
        """Of its lowest character."""
        return max(glyph.bottom for glyph in self.glyphs)

    @property
    def middle(self) -> float:
        """Half way between top and bottom."""
        return (self.top + self.bottom) / 2

    @cached_property
    def pieces(self) -> tuple[Line, ...]:
        """Its parts between wide gaps."""
        return tuple(Line(part, self.page) for part in _parts(self.glyphs))


def lines_of(glyphs: Iterable[Glyph], page: int = 0) -> list[Line]:
    """The lines that characters stand in."""
    rows: list[list[Glyph]] = []
    for glyph in sorted(glyphs, key=lambda one: one.centre[1]):
        if rows and _level(rows[-1][0], glyph):
            rows[-1].append(glyph)
        else:
            rows.append([glyph])
    return [Line(own, page) for row in rows if (own := _stripped(row))]


def joined(texts: Sequence[str]) -> str:
    """Lines as one text; a space only between two words of letters."""
    whole = ""
    for text in texts:
        whole += between(whole, text) + text
    return whole


def between(left: str, right: str) -> str:
    """What parts two texts where a line was broken."""
    return " " if _LETTER.match(left[-1:]) and _LETTER.match(right[:1]) else ""


def _level(one: Glyph, other: Glyph) -> bool:
    return abs(one.centre[1] - other.centre[1]) < _LEVEL * max(one.size, other.size)


def _stripped(row: Iterable[Glyph]) -> tuple[Glyph, ...]:
    ordered = sorted(row, key=lambda glyph: glyph.x0)
    inked = [at for at, glyph in enumerate(ordered) if glyph.text.strip()]
    return tuple(ordered[inked[0] : inked[-1] + 1]) if inked else ()


def _spaced(glyphs: Sequence[Glyph]) -> Iterator[tuple[Glyph, str]]:
    last: Glyph | None = None
    typed = False
    for glyph in glyphs:
        sign = glyph.text.strip()
        if not sign:
            typed = True
            continue
        yield glyph, f" {sign}" if last and _has_space(last, glyph, typed=typed) else sign
        last, typed = glyph, False


def _has_space(left: Glyph, right: Glyph, *, typed: bool) -> bool:
    gap = (right.x0 - left.x1) / max(left.size, right.size, 1.0)
    if gap > _APART:
        return True
    narrow = [bool(_ASCII.match(one.text)) for one in (left, right)]
    return (typed and any(narrow)) or (all(narrow) and gap > _SPACE)


def _parts(glyphs: Sequence[Glyph]) -> Iterator[tuple[Glyph, ...]]:
    inked = [glyph for glyph in glyphs if glyph.text.strip()]
    start = 0
    for at in range(1, len(inked)):
        left, right = inked[at - 1], inked[at]
        if right.x0 - left.x1 > _APART * max(left.size, right.size):
            yield tuple(inked[start:at])
            start = at
    yield tuple(inked[start:])
