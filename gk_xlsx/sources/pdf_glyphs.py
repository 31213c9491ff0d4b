"""What a page of a PDF draws: its characters, its ruling lines, its pictures.

Coordinates are points from the page's top left corner, as a reader sees the page.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from gk_xlsx.published.model import UNKNOWN_SIGN

if TYPE_CHECKING:
    from pdfplumber.page import Page

_UNMAPPED = re.compile(r"\(cid:\d+\)|[\ue000-\uf8ff\ufffe\uffff\x00-\x08\x0e-\x1f]")
_BOLD_FONT = re.compile(r"bold|black|heavy|(?<!ya)hei|黑|粗", re.IGNORECASE)

_THIN = 3.0
"""A rectangle so narrow is a line (points)."""
_WHITE = 0.97
_SAME_PLACE = 0.15
"""A character drawn again this close, in parts of its size, is the same one made bold."""


@dataclass(frozen=True, slots=True)
class Glyph:
    """A character where it stands.

    Attributes:
        size: of the font, in points.
        bold: whether the font's name says that it is a heavy one.
    """

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    size: float
    font: str
    bold: bool

    @property
    def centre(self) -> tuple[float, float]:
        """Its middle."""
        return (self.x0 + self.x1) / 2, (self.top + self.bottom) / 2


@dataclass(frozen=True, slots=True)
class Stroke:
    """A straight ruling line.

    Attributes:
        at: its y if it is horizontal, else its x.
        start, end: where it begins and ends on the other axis.
    """

    at: float
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Image:
    """Where a picture stands."""

    x0: float
    x1: float
    top: float
    bottom: float


@dataclass(frozen=True)
class Drawn:
    """All of a page.

    Attributes:
        number: of the page, from 1.
        unknown: how many characters its fonts do not tell.
    """

    number: int
    width: float
    height: float
    glyphs: tuple[Glyph, ...]
    horizontal: tuple[Stroke, ...]
    vertical: tuple[Stroke, ...]
    images: tuple[Image, ...] = ()
    unknown: int = 0


def drawn(page: Page) -> Drawn:
    """What a page draws, the way round that most of its characters stand."""
    turn = _turn_of(page)
    own = [*_glyphs(page, turn)]
    strokes = [*_strokes(page, turn)]
    width, height = turn.size
    return Drawn(
        number=page.page_number,
        width=width,
        height=height,
        glyphs=tuple(_without_doubles(own)),
        horizontal=tuple(stroke for level, stroke in strokes if level),
        vertical=tuple(stroke for level, stroke in strokes if not level),
        images=tuple(_images(page, turn)),
        unknown=sum(glyph.text == UNKNOWN_SIGN for glyph in own),
    )


# -- the page the right way round ----------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Turn:
    """How a page is turned so that its text stands upright, in quarters against the clock."""

    quarters: int
    left: float
    top: float
    width: float
    height: float

    @property
    def size(self) -> tuple[float, float]:
        turned = self.quarters % 2
        return (self.height, self.width) if turned else (self.width, self.height)

    def box(self, item: Mapping[str, Any]) -> tuple[float, float, float, float]:
        """x0, x1, top and bottom of an object."""
        x0, x1 = item["x0"] - self.left, item["x1"] - self.left
        top, bottom = item["top"] - self.top, item["bottom"] - self.top
        if self.quarters == 1:  # it reads from bottom to top
            return self.height - bottom, self.height - top, x0, x1
        if self.quarters == 3:  # it reads from top to bottom
            return top, bottom, self.width - x1, self.width - x0
        if self.quarters == 2:
            return self.width - x1, self.width - x0, self.height - bottom, self.height - top
        return x0, x1, top, bottom


def _turn_of(page: Page) -> _Turn:
    ways = [_quarters(char["matrix"]) for char in page.chars]
    most = max(range(4), key=lambda way: (ways.count(way), -way)) if ways else 0
    left, top, right, bottom = page.bbox
    return _Turn(most, left, top, right - left, bottom - top)


def _quarters(matrix: tuple[float, ...]) -> int:
    """How often a character is turned by a quarter; -1 where it stands askew (a watermark)."""
    a, b, c, d = matrix[:4]
    most = max(abs(part) for part in (a, b, c, d))
    if max(abs(b), abs(c)) < 0.1 * most:
        return 0 if a > 0 else 2
    if max(abs(a), abs(d)) < 0.1 * most:
        return 1 if b > 0 else 3
    slanted_only = abs(b) < 0.1 * most and a > 0 and d > 0
    return 0 if slanted_only else -1


# -- characters ----------------------------------------------------------------------------


def _glyphs(page: Page, turn: _Turn) -> Iterator[Glyph]:
    width, height = turn.size
    for char in page.chars:
        if _quarters(char["matrix"]) < 0:
            continue
        x0, x1, top, bottom = turn.box(char)
        if not (0 <= (x0 + x1) / 2 <= width and 0 <= (top + bottom) / 2 <= height):
            continue
        text = _UNMAPPED.sub(UNKNOWN_SIGN, char["text"])
        font = _font_name(char["fontname"])
        size = float(char["size"])
        yield Glyph(text, x0, x1, top, bottom, size, font, bool(_BOLD_FONT.search(font)))


@lru_cache
def _font_name(name: str) -> str:
    """A font's name without the mark of a subset; Chinese names are often told in GBK."""
    plain = name.partition("+")[2] or name
    try:
        return plain.encode("latin-1").decode("gbk")
    except UnicodeError:
        return plain


def _without_doubles(glyphs: Iterable[Glyph]) -> Iterator[Glyph]:
    """Characters drawn twice, a hair apart to look bold or shadowed, only once."""
    seen: dict[tuple[str, int, int], list[Glyph]] = {}
    for glyph in glyphs:
        if glyph.text.isspace():
            yield glyph
            continue
        x, y = int(glyph.x0 // 4), int(glyph.top // 4)
        around = (
            other
            for dx in (-1, 0, 1)
            for dy in (-1, 0, 1)
            for other in seen.get((glyph.text, x + dx, y + dy), ())
        )
        if any(_same_place(glyph, other) for other in around):
            continue
        seen.setdefault((glyph.text, x, y), []).append(glyph)
        yield glyph


def _same_place(one: Glyph, other: Glyph) -> bool:
    near = _SAME_PLACE * one.size
    return abs(one.x0 - other.x0) < near and abs(one.top - other.top) < near


# -- ruling lines --------------------------------------------------------------------------


def _strokes(page: Page, turn: _Turn) -> Iterator[tuple[bool, Stroke]]:
    """Every straight line that can be seen; True for a horizontal one."""
    for line in page.lines:
        if line["stroke"] and not _is_white(line["stroking_color"]):
            yield from _sides(turn.box(line), outline=False)
    for rect in page.rects:
        yield from _of_rectangle(rect, turn.box(rect))
    for curve in page.curves:
        if curve["stroke"] and not _is_white(curve["stroking_color"]):
            for edge in _edges(curve):
                yield from _sides(turn.box(edge), outline=False)


def _of_rectangle(
    rect: Mapping[str, Any], box: tuple[float, float, float, float]
) -> Iterator[tuple[bool, Stroke]]:
    """A thin filled rectangle is a line, a drawn one four; a shade behind text is none."""
    x0, x1, top, bottom = box
    framed = rect["stroke"] and not _is_white(rect["stroking_color"])
    filled = rect["fill"] and not _is_white(rect["non_stroking_color"])
    if min(x1 - x0, bottom - top) <= _THIN:
        yield from _sides(box, outline=False) if framed or filled else ()
    elif framed:
        yield from _sides(box, outline=True)


def _edges(curve: Mapping[str, Any]) -> Iterator[dict[str, float]]:
    """The straight pieces between the points of a line with corners."""
    points = curve["pts"]
    for (ax, ay), (bx, by) in pairwise(points):
        yield {"x0": min(ax, bx), "x1": max(ax, bx), "top": min(ay, by), "bottom": max(ay, by)}


def _sides(
    box: tuple[float, float, float, float], *, outline: bool
) -> Iterator[tuple[bool, Stroke]]:
    """The lines of a box; a dot counts both ways, a row of them makes a line."""
    x0, x1, top, bottom = box
    if outline:
        for y in (top, bottom):
            yield True, Stroke(y, x0, x1)
        for x in (x0, x1):
            yield False, Stroke(x, top, bottom)
        return
    if bottom - top <= _THIN:
        yield True, Stroke((top + bottom) / 2, x0, x1)
    if x1 - x0 <= _THIN:
        yield False, Stroke((x0 + x1) / 2, top, bottom)


def _is_white(colour: object) -> bool:
    """Whether a colour cannot be seen on paper: grey, RGB or CMYK, 0 … 1."""
    parts = colour if isinstance(colour, tuple | list) else (colour,)
    if not parts or not all(isinstance(part, int | float) for part in parts):
        return False
    if len(parts) == 4:
        return all(part <= 1 - _WHITE for part in parts)
    return all(part >= _WHITE for part in parts)


# -- pictures ------------------------------------------------------------------------------


def _images(page: Page, turn: _Turn) -> Iterator[Image]:
    for image in page.images:
        x0, x1, top, bottom = turn.box(image)
        yield Image(max(x0, 0), min(x1, turn.size[0]), max(top, 0), min(bottom, turn.size[1]))
