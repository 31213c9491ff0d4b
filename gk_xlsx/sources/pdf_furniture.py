"""What a page bears that is no part of the text: page numbers, running heads and feet."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import takewhile

from gk_xlsx.sources.pdf_lines import Line

_EDGE = 2
"""Heads and feet are looked for in so many lines at each end of a page."""
_OFTEN = 0.5
_FEWEST_PAGES = 3
"""A head runs over at least so many pages, and over this part of all."""
_LEVEL = 4.0
"""Points by which its height may differ."""

_DASHED = re.compile(r"[-—–－―─~·•]+\d{1,3}[-—–－―─~·•]+")
_NUMBER = re.compile(r"第?(\d{1,3})页?(?:[/／，,]?共?(\d{1,3})页?)?")
_DIGITS = re.compile(r"\d+")
_TITLE = re.compile(r".*信息公开.*(?:报告|年报)")
"""What every sheet of a spreadsheet may bear above its table, and is the title all the same."""


def without_furniture(pages: Sequence[Sequence[Line]]) -> list[list[Line]]:
    """The lines of each page (those outside tables, from top to bottom) that are its text."""
    numbers = {id(line) for line in _page_numbers(pages)}
    left = [[line for line in page if id(line) not in numbers] for page in pages]
    running = {id(line) for line in _running(left)} - _title(left)
    return [[line for line in page if id(line) not in running] for page in left]


def _title(pages: Sequence[Sequence[Line]]) -> set[int]:
    """The title at the top of the first page, though other pages bear it too."""
    first = next((page for page in pages if page), ())
    return {id(line) for line in first[:1] if _TITLE.fullmatch(line.bare)}


def _ends(page: Sequence[Line]) -> list[Line]:
    return list(page) if len(page) <= 2 * _EDGE else [*page[:_EDGE], *page[-_EDGE:]]


def _page_numbers(pages: Sequence[Sequence[Line]]) -> Iterator[Line]:
    """Numbers between dashes, and bare ones that count up with the pages."""
    bare: dict[int, list[Line]] = {}
    for page in pages:
        for line in _outermost(page):
            match = _NUMBER.fullmatch(line.bare)
            if _DASHED.fullmatch(line.bare) or (match and line.bare.startswith("第")):
                yield line
            elif match:
                bare.setdefault(int(match[1]) - line.page, []).append(line)
    least = min(2, sum(map(bool, pages)))
    for offset, lines in bare.items():
        if len(lines) >= least and (len(lines) > 1 or offset == 0):
            yield from lines


def _outermost(page: Sequence[Line]) -> Iterable[Line]:
    return {id(line): line for line in (*page[:1], *page[-1:])}.values()


def _running(pages: Sequence[Sequence[Line]]) -> Iterator[Line]:
    """Lines that say the same, but for numbers, at the same height of many pages.

    They stand at an end of the page, with text between them.
    """
    least = max(_FEWEST_PAGES, _OFTEN * sum(map(bool, pages)))
    often: Counter[tuple[str, int]] = Counter()
    for page in pages:
        often.update({key for line in _ends(page) for key in _keys(line)})

    def runs(line: Line) -> bool:
        return max(often[key] for key in _keys(line)) >= least

    for page in pages:
        found = [*takewhile(runs, page[:_EDGE]), *takewhile(runs, page[-_EDGE:][::-1])]
        if len(found) < len(page):
            yield from found


def _keys(line: Line) -> tuple[tuple[str, int], ...]:
    """What it says without numbers, at its height and at the next one that counts as the same."""
    words = _DIGITS.sub("#", line.bare)
    level = round(line.middle / _LEVEL)
    return (words, level), (words, level + 1)
