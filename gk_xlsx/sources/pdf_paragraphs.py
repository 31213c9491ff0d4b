"""Lines of text → paragraphs, as a reader sees them: by indent, width, ending, size and gaps."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from operator import itemgetter

from gk_xlsx.markdown import HEADING_LENGTH, Run
from gk_xlsx.published.model import UNKNOWN_SIGN, Paragraph
from gk_xlsx.sources.pdf_lines import Line, between, joined

_INDENT = 0.7
"""A line begins a paragraph where it stands so much further in, in parts of its size."""
_SHORT = 1.3
"""A line ends a paragraph where it leaves so much room; punctuation may hang over."""
_OTHER_SIZE = 0.12
_LOOSE = 1.35
"""A larger gap than so many usual ones parts paragraphs."""
_WIDE = 0.6
"""A line that fills so much of the text's width tells where its edges are."""
_FEW = 4

_FIRST_WORD = re.compile(r"[“‘（《〈\[(]*(?:[!-~]+|.)[，。、；：！？）》〉”’\])]*")
_CHINESE = "[一二三四五六七八九十]{1,3}"
_NUMBERED = (
    re.compile(rf"{_CHINESE}[、.．]"),
    re.compile(rf"[（(]{_CHINESE}[）)]"),
    re.compile(r"\d{1,2}(?:[.．](?!\d)|、)"),
    re.compile(r"[（(]\d{1,2}[）)]"),
)
"""How headings begin, by their level from 1."""
_SENTENCE_INSIDE = re.compile("[。！？；].")
_NEUTRAL = re.compile(r"[!-~“”‘’·—…]")
"""Signs that Chinese fonts leave to others."""
_BULLET = re.compile(rf"([•●■◆➢▪○]|{UNKNOWN_SIGN}(?=\s*[\u4e00-\u9fff（“]))\s*")


@dataclass(frozen=True)
class Layout:
    """How the text of a document stands.

    Attributes:
        edges: page to where its lines begin and end (points).
        pitch: from one line to the next (points).
        font: of most of its characters, and whether it is a bold one.
    """

    edges: dict[int, tuple[float, float]]
    pitch: float
    font: str
    bold: bool


def layout_of(lines: Sequence[Line]) -> Layout:
    """The layout that most of the lines share."""
    whole = _edges(lines, (0.0, 0.0))
    pages: dict[int, list[Line]] = {line.page: [] for line in lines}
    for line in lines:
        pages[line.page].append(line)
    fonts = Counter((glyph.font, glyph.bold) for line in lines for glyph in line.glyphs)
    font, bold = fonts.most_common(1)[0][0] if fonts else ("", False)
    pitches = Counter(
        round(below.middle - above.middle)
        for above, below in pairwise(lines)
        if above.page == below.page and below.middle > above.middle
    )
    pitch = pitches.most_common(1)[0][0] if pitches else 0
    return Layout({page: _edges(own, whole) for page, own in pages.items()}, pitch, font, bold)


def _edges(lines: Sequence[Line], otherwise: tuple[float, float]) -> tuple[float, float]:
    """Where most of the full lines begin and end."""
    widest = max((line.x1 - line.x0 for line in lines), default=0)
    full = [line for line in lines if line.x1 - line.x0 >= _WIDE * widest]
    if len(full) < _FEW:
        return otherwise if otherwise[1] else _outer(lines)
    left = Counter(round(line.x0) for line in full)
    right = Counter(round(line.x1) for line in full)
    return min(_frequent(left)), max(_frequent(right))


def _frequent(counts: Counter[int]) -> list[int]:
    most = counts.most_common(1)[0][1]
    return [at for at, count in counts.items() if count >= most / 3]


def _outer(lines: Sequence[Line]) -> tuple[float, float]:
    return min((one.x0 for one in lines), default=0), max((one.x1 for one in lines), default=0)


def paragraphs(lines: Sequence[Line], layout: Layout) -> Iterator[Paragraph]:
    """The paragraphs of lines that nothing else stands between."""
    held: list[Line] = []
    for line in lines:
        if held and _begins(held[-1], line, layout):
            yield _paragraph(held, layout)
            held = []
        held.append(line)
    if held:
        yield _paragraph(held, layout)


def _begins(above: Line, line: Line, layout: Layout) -> bool:
    """Whether a line begins a new paragraph."""
    left = layout.edges[line.page][0]
    if (
        line.x0 - left > _INDENT * line.size
        or abs(line.size - above.size) > _OTHER_SIZE * line.size
    ):
        return True
    loose = _LOOSE * max(layout.pitch, line.size)
    if line.page == above.page and not 0 < line.middle - above.middle <= loose:
        return True
    room = layout.edges[above.page][1] - above.x1
    return room > max(_SHORT * above.size, _first_word(line) + 0.5 * above.size)


def _first_word(line: Line) -> float:
    """How wide is what cannot be broken at the beginning of a line (points)."""
    word = _FIRST_WORD.match(line.text)
    signs = len(word[0].replace(" ", "")) if word else 1
    inked = [glyph for glyph in line.glyphs if glyph.text.strip()]
    last = inked[min(max(signs, 1), len(inked)) - 1]
    return last.x1 - line.x0


# -- what a paragraph says -----------------------------------------------------------------


def _paragraph(lines: Sequence[Line], layout: Layout) -> Paragraph:
    place = f"第{lines[0].page}页"
    text = joined([line.text for line in lines])
    level = _level(text, lines, layout)
    bullet = _BULLET.match(text)
    plain = level or layout.bold
    runs = (Run(text),) if plain else tuple(_runs(lines))
    if bullet:
        runs = (replace(runs[0], text=runs[0].text[bullet.end() :]), *runs[1:])
    return Paragraph(runs, level, _mark(bullet), place)


def _mark(bullet: re.Match[str] | None) -> str:
    """The mark of a list; one of a symbol font that nobody knows is a dot."""
    return bullet[1].replace(UNKNOWN_SIGN, "•") if bullet else ""


def _level(text: str, lines: Sequence[Line], layout: Layout) -> int:
    """How deep a numbered heading is; 0 where it looks like the rest."""
    if len(text) > HEADING_LENGTH or _SENTENCE_INSIDE.search(text):
        return 0
    glyphs = [glyph for line in lines for glyph in line.glyphs]
    other = sum(glyph.font != layout.font for glyph in glyphs)
    if other <= len(glyphs) / 2:
        return 0
    return next((at for at, begins in enumerate(_NUMBERED, 1) if begins.match(text)), 0)


def _runs(lines: Iterable[Line]) -> Iterator[Run]:
    """Runs of one look; signs and numbers between bold words are bold with them."""
    signs: list[tuple[str, bool]] = []
    waiting = 0
    for line in lines:
        gap = between(signs[-1][0], line.text) if signs else ""
        for glyph, sign in line.signs:
            signs.append((gap + sign, glyph.bold))
            gap = ""
            if _NEUTRAL.fullmatch(glyph.text) and not glyph.bold:
                waiting += 1
                continue
            before = len(signs) - 1 - waiting
            if waiting and before > 0 and glyph.bold and signs[before - 1][1]:
                signs[before:-1] = [(text, True) for text, _ in signs[before:-1]]
            waiting = 0
    for bold, group in groupby(signs, key=itemgetter(1)):
        yield Run("".join(text for text, _ in group), bold)
