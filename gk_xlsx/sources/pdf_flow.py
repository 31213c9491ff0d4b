"""Pages → paragraphs, tables and pictures in reading order."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeGuard

from gk_xlsx.published.model import Block, Picture
from gk_xlsx.sources.pdf_furniture import without_furniture
from gk_xlsx.sources.pdf_glyphs import Glyph, Image
from gk_xlsx.sources.pdf_joining import joined_table, same_table, with_doubts
from gk_xlsx.sources.pdf_lines import Line, lines_of
from gk_xlsx.sources.pdf_paragraphs import Layout, layout_of, paragraphs
from gk_xlsx.sources.pdf_tables import Fragment
from gk_xlsx.sources.pdf_text_grid import with_unsure_end, with_unsure_start
from gk_xlsx.sources.pdf_unruled import unruled

_CONTINUED = re.compile(r"[（(【]?(?:续表?|接上[页表]|表.{0,10}[（(]续[）)])\d*[）)】]?")
_SMALLEST = 60.0
"""A picture smaller than that is a sign or a seal's corner (points)."""
_MM = 25.4 / 72


@dataclass(frozen=True)
class PageContent:
    """A page taken apart.

    Attributes:
        fragments: its ruled tables.
        glyphs: the characters outside them.
        unknown: how many characters its fonts do not tell.
        is_picture: whether the page is a picture of paper.
    """

    number: int
    fragments: Sequence[Fragment] = ()
    glyphs: Sequence[Glyph] = ()
    images: Sequence[Image] = ()
    unknown: int = 0
    is_picture: bool = False


@dataclass(frozen=True)
class _Placed:
    """A picture on its page."""

    page: int
    image: Image

    @property
    def top(self) -> float:
        return self.image.top


_Item = Line | Fragment | _Placed


def blocks(pages: Sequence[PageContent]) -> Iterator[Block]:
    """What the pages show, without what a page bears beside its text."""
    texts = without_furniture([lines_of(page.glyphs, page.number) for page in pages])
    found = [_items(page, lines) for page, lines in zip(pages, texts, strict=True)]
    items = [item for page in _with_doubts(_without_frames(found)) for item in page]
    layout = layout_of([item for item in items if isinstance(item, Line)])
    yield from _blocks(items, layout)


def _items(page: PageContent, lines: Sequence[Line]) -> list[_Item]:
    """What stands on a page, from top to bottom."""
    if page.is_picture:
        return [_Placed(page.number, Image(0, 0, 0, 0))]
    tables = unruled(lines)
    inside = {id(line) for table in tables for line in table.lines}
    pictures = [_Placed(page.number, image) for image in page.images if _is_large(image)]
    items: list[_Item] = [
        *(line for line in lines if id(line) not in inside),
        *page.fragments,
        *tables,
        *pictures,
    ]
    return sorted(items, key=lambda item: item.top)


def _is_large(image: Image) -> bool:
    return min(image.x1 - image.x0, image.bottom - image.top) >= _SMALLEST


# -- frames --------------------------------------------------------------------------------


def _without_frames(pages: Sequence[Sequence[_Item]]) -> list[list[_Item]]:
    """Each page with frames around a text as the lines in them.

    One column alone is a frame, unless it goes on as a table on the page before or after.
    """
    ends = [(page[0], page[-1]) if page else (None, None) for page in pages]
    return [
        list(
            _opened(
                page,
                before=ends[at - 1][1] if at else None,
                after=ends[at + 1][0] if at + 1 < len(ends) else None,
            )
        )
        for at, page in enumerate(pages)
    ]


def _opened(page: Sequence[_Item], before: _Item | None, after: _Item | None) -> Iterator[_Item]:
    for item in page:
        if not isinstance(item, Fragment) or not item.framed:
            yield item
            continue
        goes_on = item is page[-1] and _is_table(after) and same_table(item, after)
        went_on = item is page[0] and _is_table(before) and same_table(before, item)
        if goes_on or went_on:
            yield item
        else:
            yield from item.lines


def _is_table(item: _Item | None) -> TypeGuard[Fragment]:
    return isinstance(item, Fragment) and not item.framed


def _with_doubts(pages: Sequence[Sequence[_Item]]) -> list[list[_Item]]:
    """The pages, with doubts about rows of figures that a page's end may have cut in two."""
    found = [list(page) for page in pages]
    for above, below in pairwise(found):
        last, first = (above[-1] if above else None), (below[0] if below else None)
        if _is_table(last) and _is_table(first):
            ends = with_doubts(with_unsure_end(last), with_unsure_start(first))
            above[-1], below[0] = ends
    return found


# -- blocks --------------------------------------------------------------------------------


def _blocks(items: Sequence[_Item], layout: Layout) -> Iterator[Block]:
    kept = [item for at, item in enumerate(items) if not _only_says_continued(items, at)]
    tables: Counter[int] = Counter()
    last: _Item | None = None
    for part in _parts(kept):
        first = part[0]
        if isinstance(first, Fragment):
            tables[first.page] += 1
            rest = isinstance(last, Fragment) and last.page < first.page
            own = [item for item in part if isinstance(item, Fragment)]
            yield joined_table(own, tables[first.page], continued=rest)
        elif isinstance(first, Line):
            yield from paragraphs([item for item in part if isinstance(item, Line)], layout)
        else:
            yield _picture(first)
        last = part[-1]


def _only_says_continued(items: Sequence[_Item], at: int) -> bool:
    """Whether a line only says that the table goes on: 续表."""
    item = items[at]
    if not isinstance(item, Line) or at + 1 == len(items):
        return False
    return bool(_CONTINUED.fullmatch(item.bare)) and isinstance(items[at + 1], Fragment)


def _parts(items: Sequence[_Item]) -> Iterator[list[_Item]]:
    """Lines with nothing between them, parts of one table, and each picture."""
    part: list[_Item] = []
    for item in items:
        if part and not _together(part[-1], item):
            yield part
            part = []
        part.append(item)
    if part:
        yield part


def _together(above: _Item, item: _Item) -> bool:
    if isinstance(above, Fragment) and isinstance(item, Fragment):
        return same_table(above, item)
    return isinstance(above, Line) and isinstance(item, Line)


def _picture(placed: _Placed) -> Picture:
    image = placed.image
    width, height = (image.x1 - image.x0) * _MM, (image.bottom - image.top) * _MM
    return Picture(b"", width_mm=width, height_mm=height, place=f"第{placed.page}页")
