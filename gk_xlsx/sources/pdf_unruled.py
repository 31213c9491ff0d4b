"""Where a page has a table without ruling lines: lines of figures with gaps between them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from gk_xlsx.sources.pdf_lines import Line
from gk_xlsx.sources.pdf_mending import is_figure
from gk_xlsx.sources.pdf_tables import Fragment
from gk_xlsx.sources.pdf_text_grid import text_fragment

_SECTION = re.compile(r"[一二三四五六七八九十]{1,3}[、.．]")
_PROSE_END = "。；！？"
_WIDE = 0.75
"""A line over so much of the text's width is prose."""
_BETWEEN = 6
"""So many lines without figures may stand between two with them: heads, labels."""
_ABOVE = 14
"""Heads stand in at most so many lines above the first figures."""
_BELOW = 3
_FEWEST, _MANY = 2, 4
"""So many rows make a table, or so many figures in one."""
_CLOSE = 0.6
"""Lines of one label follow each other with a smaller gap, in parts of the size."""


def unruled(lines: Sequence[Line]) -> list[Fragment]:
    """The tables among lines that nothing rules, from top to bottom."""
    width = max((line.x1 - line.x0 for line in lines), default=0.0)
    found = []
    for first, last in _stretches(lines, width):
        top = _with_heads(lines, first, width)
        bottom = _with_rest(lines, last, width)
        found.append(text_fragment(lines[top : bottom + 1]))
    return found


def _stretches(lines: Sequence[Line], width: float) -> list[tuple[int, int]]:
    """First and last line with figures of each table."""
    found: list[list[int]] = []
    for at, line in enumerate(lines):
        if not _is_row(line):
            continue
        if found and not _parted(lines[found[-1][-1] + 1 : at], width):
            found[-1].append(at)
        else:
            found.append([at])
    return [
        (rows[0], rows[-1])
        for rows in found
        if len(rows) >= _FEWEST or _figures(lines[rows[0]]) >= _MANY
    ]


def _is_row(line: Line) -> bool:
    return len(line.pieces) > 1 and _figures(line) > 0


def _figures(line: Line) -> int:
    return sum(map(is_figure, line.pieces))


def _parted(between: Sequence[Line], width: float) -> bool:
    return len(between) > _BETWEEN or any(_is_other(line, width) for line in between)


def _is_other(line: Line, width: float) -> bool:
    """Whether a line belongs to the text: prose, or the heading of a section."""
    if len(line.pieces) > 1:
        return False
    prose = line.x1 - line.x0 > _WIDE * width or line.bare[-1] in _PROSE_END
    return prose or bool(_SECTION.match(line.bare))


def _with_heads(lines: Sequence[Line], first: int, width: float) -> int:
    """The first line of the heads above a table."""
    top = first
    while top and first - top < _ABOVE and not _is_other(lines[top - 1], width):
        top -= 1
    return top


def _with_rest(lines: Sequence[Line], last: int, width: float) -> int:
    """The last line of the label of the last row."""
    bottom = last
    while bottom + 1 < len(lines) and bottom - last < _BELOW:
        line, below = lines[bottom], lines[bottom + 1]
        if _is_other(below, width) or below.top - line.bottom > _CLOSE * below.size:
            break
        bottom += 1
    return bottom
