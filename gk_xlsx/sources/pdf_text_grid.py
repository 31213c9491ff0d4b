"""A table without ruling lines → its cells, told by where texts and figures stand.

A row is a height at which figures stand; a label belongs to it whose middle is at that height. A
column is a strip in which figures of rows below each other stand. What cannot be told so has a
row of its own, and is then no label of any figure.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import pairwise

from gk_xlsx.published.model import UNKNOWN_SIGN, Cell
from gk_xlsx.sources.pdf_glyphs import Glyph
from gk_xlsx.sources.pdf_lines import Line
from gk_xlsx.sources.pdf_mending import NUMBERED, column_edges, is_figure
from gk_xlsx.sources.pdf_tables import Fragment, is_figure_text, unsure

_CLOSE = 0.45
"""Lines of one text follow each other with a smaller gap, in parts of the size."""
_GAP = 0.5
_SMALL_GAP = 0.1
"""Texts of two columns stand so far apart, the second with a number; in parts of the size."""
_LEVEL = 0.5
"""Middles that differ by less are at one height, in parts of the size."""
_PITCH = 1.8
"""The lines of a text follow each other within so many sizes."""
_ALIGNED = 1.0
"""Lines of one text begin or have their middles so near, in parts of the size."""
_OVER = 0.4
"""A head stands over a column of which it covers so much."""
_NEAR = 2.0
"""Edges so near to each other are one (points)."""


@dataclass
class _Text:
    """Lines of words that belong together."""

    lines: list[Line]

    @property
    def x0(self) -> float:
        return min(line.x0 for line in self.lines)

    @property
    def x1(self) -> float:
        return max(line.x1 for line in self.lines)

    @property
    def top(self) -> float:
        return self.lines[0].top

    @property
    def bottom(self) -> float:
        return self.lines[-1].bottom

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2

    @property
    def said(self) -> str:
        return "\n".join(line.text for line in self.lines)


@dataclass(eq=False)
class _Row:
    """A row: figures with their labels, or texts alone.

    Attributes:
        unsure: whether its numbers may be parts of numbers.
    """

    middle: float
    figures: list[Line] = field(default_factory=list)
    texts: list[_Text] = field(default_factory=list)
    unsure: bool = False

    def has_label(self, inner: float) -> bool:
        """Whether one of its texts reaches to where the labels of rows stand."""
        return any(text.x1 > inner for text in self.texts)


@dataclass(frozen=True)
class _Band:
    """Rows of figures with the texts above them.

    Attributes:
        start: number of its first row among all rows.
        rows: with the heads, from top to bottom.
    """

    start: int
    rows: tuple[_Row, ...]

    @cached_property
    def edges(self) -> tuple[float, ...]:
        """Where its columns of figures begin, and last where they end."""
        figures = [piece for row in self.rows for piece in row.figures]
        first = min((piece.x0 for piece in figures), default=0.0)
        labels = [
            text.x1 for row in self.rows if row.figures for text in row.texts if text.x1 <= first
        ]
        left = (max(labels, default=first - 2 * _NEAR) + first) / 2
        return (left, *column_edges(figures), max((piece.x1 for piece in figures), default=left))

    @property
    def body(self) -> int:
        """The number of its first row with figures, counted in the band."""
        return next((at for at, row in enumerate(self.rows) if row.figures), len(self.rows))


def text_fragment(lines: Sequence[Line]) -> Fragment:
    """The table that lines of text make."""
    rows = _rows(lines)
    bands = _bands(rows)
    right = max(line.x1 for line in lines)
    starts = _label_starts(bands)
    edges = _merged([*starts, *(x for band in bands for x in band.edges[:-1]), right + 1.0])
    cells = tuple(cell for band in bands for cell in _cells(band, edges, starts))
    ys = [lines[0].top - 1, *((a.middle + b.middle) / 2 for a, b in pairwise(rows))]
    page = lines[0].page
    return Fragment(page, edges, (*ys, lines[-1].bottom + 1), cells, tuple(lines), loose=True)


# -- rows ----------------------------------------------------------------------------------


def _rows(lines: Sequence[Line]) -> list[_Row]:
    """The rows from top to bottom, each with its labels; texts that label none have their own."""
    pieces = [piece for line in lines for piece in _pieces(line)]
    rows = _rows_of_figures(piece for piece in pieces if is_figure(piece))
    texts = list(_texts(piece for piece in pieces if not is_figure(piece)))
    left = [text for text in texts if not _labels_one(text, rows)]
    inner = _inner(rows)
    loose = [text for text in left if not _labels_broken(text, rows, inner)]
    filled = [row for row in rows if row.figures]
    every = sorted([*filled, *_rows_of_texts(loose)], key=lambda row: row.middle)
    broken = _has_rests(filled, inner)
    for row in every:
        row.unsure = broken
    return every


def _pieces(line: Line) -> Iterator[Line]:
    """A line cut at its gaps, and at a smaller one before the number of a label."""
    glyphs = [glyph for glyph in line.glyphs if glyph.text.strip()]
    start = 0
    for at in range(1, len(glyphs)):
        gap = (glyphs[at].x0 - glyphs[at - 1].x1) / max(glyphs[at].size, 1.0)
        if gap > _GAP or (gap > _SMALL_GAP and _begins_label(glyphs[at : at + 6])):
            yield Line(tuple(glyphs[start:at]), line.page)
            start = at
    yield Line(tuple(glyphs[start:]), line.page)


def _begins_label(glyphs: Sequence[Glyph]) -> bool:
    return bool(NUMBERED.match("".join(glyph.text for glyph in glyphs)))


def _rows_of_figures(figures: Iterable[Line]) -> list[_Row]:
    rows: list[_Row] = []
    for piece in sorted(figures, key=lambda one: one.middle):
        if rows and piece.middle - rows[-1].middle <= _LEVEL * piece.size:
            rows[-1].figures.append(piece)
        else:
            rows.append(_Row(piece.middle, [piece]))
    return rows


def _texts(pieces: Iterable[Line]) -> list[_Text]:
    texts: list[_Text] = []
    for piece in sorted(pieces, key=lambda one: (one.top, one.x0)):
        above = next((text for text in reversed(texts) if _goes_on(text, piece)), None)
        if above:
            above.lines.append(piece)
        else:
            texts.append(_Text([piece]))
    return texts


def _goes_on(text: _Text, piece: Line) -> bool:
    if NUMBERED.match(piece.bare) or piece.middle < text.lines[-1].middle:
        return False
    near = _ALIGNED * piece.size
    aligned = abs(piece.x0 - text.x0) < near or abs(piece.x0 + piece.x1 - text.x0 - text.x1) < near
    return aligned and abs(piece.top - text.bottom) < _CLOSE * piece.size


def _labels_one(text: _Text, rows: Sequence[_Row]) -> bool:
    """Give a text to the one row of figures at its height, if it stands left of them."""
    level = _LEVEL * text.lines[0].size
    own = [row for row in _right_of(text, rows) if abs(row.middle - text.middle) <= level]
    if len(own) == 1:
        own[0].texts.append(text)
    return len(own) == 1


def _inner(rows: Iterable[_Row]) -> float:
    """Where most labels begin; what ends left of it only names a group of rows."""
    starts = Counter(round(text.x0) for row in rows for text in row.texts)
    return starts.most_common(1)[0][0] if starts else 0.0


def _labels_broken(text: _Text, rows: Sequence[_Row], inner: float) -> bool:
    """Give a text of several lines to the rows beside it that have no other label, as one row.

    Numbers that were broken over lines stand there, or figures at another height of the cell.
    """
    beside = [row for row in _right_of(text, rows) if text.top <= row.middle <= text.bottom]
    if not beside or text.x1 <= inner or any(row.has_label(inner) for row in beside):
        return False
    first, *others = beside
    first.texts.append(text)
    for other in others:
        first.figures += other.figures
        other.figures = []
    return True


def _right_of(text: _Text, rows: Iterable[_Row]) -> list[_Row]:
    return [row for row in rows if row.figures and text.x1 <= min(p.x0 for p in row.figures)]


def _has_rests(rows: Sequence[_Row], inner: float) -> bool:
    """Whether rows without a label stand close to others, as the rest of a broken number does."""
    labelled = any(row.has_label(inner) for row in rows)
    return labelled and any(
        len(chain) > 1 and not all(row.has_label(inner) for row in chain) for chain in _chains(rows)
    )


def _chains(rows: Sequence[_Row]) -> list[list[_Row]]:
    """Rows of figures that follow each other as closely as the lines of a text."""
    chains: list[list[_Row]] = []
    for row in rows:
        if chains and row.middle - chains[-1][-1].middle < _PITCH * row.figures[0].size:
            chains[-1].append(row)
        else:
            chains.append([row])
    return chains


def _rows_of_texts(texts: Iterable[_Text]) -> list[_Row]:
    rows: list[_Row] = []
    for text in sorted(texts, key=lambda one: one.middle):
        level = _LEVEL * text.lines[0].size
        if rows and text.middle - rows[-1].middle <= level:
            rows[-1].texts.append(text)
        else:
            rows.append(_Row(text.middle, texts=[text]))
    return rows


# -- columns -------------------------------------------------------------------------------


def _bands(rows: Sequence[_Row]) -> list[_Band]:
    """Rows with the heads above them; a new band begins where heads follow figures."""
    bands: list[_Band] = []
    start = 0
    for at, row in enumerate(rows):
        seen_figures = any(before.figures for before in rows[start:at])
        if seen_figures and not row.figures and _is_head(row, rows[start:at]):
            bands.append(_Band(start, tuple(rows[start:at])))
            start = at
    return [*bands, _Band(start, tuple(rows[start:]))]


def _is_head(row: _Row, before: Sequence[_Row]) -> bool:
    """Whether a row of texts stands over figures, not only beside them as labels do."""
    first = min(piece.x0 for above in before for piece in above.figures)
    return any(text.x1 > first for text in row.texts)


def _label_starts(bands: Sequence[_Band]) -> list[float]:
    """Where columns of labels begin."""
    starts = [
        text.x0 - 1.0
        for band in bands
        for row in band.rows
        for text in row.texts
        if text.x0 < band.edges[0]
    ]
    return list(_merged(starts, near=2 * _NEAR + 4))


def _merged(positions: Iterable[float], near: float = _NEAR) -> tuple[float, ...]:
    """Positions, of those near to each other the first."""
    found: list[float] = []
    for position in sorted(positions):
        if not found or position - found[-1] > near:
            found.append(position)
    return tuple(found)


def _cells(band: _Band, edges: Sequence[float], starts: Sequence[float]) -> Iterator[Cell]:
    slots = list(pairwise([*band.edges[:-1], edges[-1]]))
    for offset, row in enumerate(band.rows):
        at = band.start + offset
        labels = [text for text in row.texts if text.x0 < band.edges[0]]
        heads = [text for text in row.texts if text.x0 >= band.edges[0]]
        yield from _label_cells(at, labels, band.edges[0], edges, starts)
        for text in heads:
            yield _head_cell(at, text, slots, edges)
        if offset >= band.body and not heads:
            for slot in slots:
                yield _cell(at, slot, _figures_in(slot, row), edges)


def _figures_in(slot: tuple[float, float], row: _Row) -> str:
    """What stands in a column of a row, from top to bottom."""
    own = [p for p in row.figures if slot[0] <= (p.x0 + p.x1) / 2 < slot[1]]
    ordered = sorted(own, key=lambda piece: (piece.middle, piece.x0))
    return "\n".join([*(piece.text for piece in ordered), *[UNKNOWN_SIGN] * row.unsure])


def _label_cells(
    row: int, labels: Sequence[_Text], end: float, edges: Sequence[float], starts: Sequence[float]
) -> Iterator[Cell]:
    """Labels side by side, each up to the next one, the last up to the figures."""
    ordered = sorted(labels, key=lambda text: text.x0)
    begins = [max((x for x in starts if x <= text.x0), default=edges[0]) for text in ordered]
    ends = [*begins, end][1:]
    for text, begin, stop in zip(ordered, begins, ends, strict=False):
        yield _cell(row, (begin, stop), text.said, edges)


def _head_cell(
    row: int, text: _Text, slots: Sequence[tuple[float, float]], edges: Sequence[float]
) -> Cell:
    """A head over the columns that it covers, or over the one that its middle is in."""
    covered = [
        slot
        for slot in slots
        if min(text.x1, slot[1]) - max(text.x0, slot[0]) >= _OVER * (slot[1] - slot[0])
    ]
    middle = (text.x0 + text.x1) / 2
    own = covered or [slot for slot in slots if slot[0] <= middle < slot[1]] or [slots[-1]]
    return _cell(row, (own[0][0], own[-1][1]), text.said, edges)


def _cell(row: int, reach: tuple[float, float], text: str, edges: Sequence[float]) -> Cell:
    first = _number(edges, reach[0])
    last = max(_number(edges, reach[1]), first + 1)
    return Cell(row, first, text, 1, last - first)


def _number(edges: Sequence[float], position: float) -> int:
    """The edge nearest to a position."""
    return min(range(len(edges)), key=lambda at: abs(edges[at] - position))


def with_unsure_start(fragment: Fragment) -> Fragment:
    """A table whose first row of figures may be the rest of one, if nothing rules it."""
    return _with_unsure(fragment, slice(0, 1))


def with_unsure_end(fragment: Fragment) -> Fragment:
    """A table whose last row of figures may only be the beginning of one, if nothing rules it."""
    return _with_unsure(fragment, slice(-1, None))


def _with_unsure(fragment: Fragment, part: slice) -> Fragment:
    if not fragment.loose:
        return fragment
    rows = sorted({cell.row for cell in fragment.cells if is_figure_text(cell.text)})
    doubted = [c for c in fragment.cells if c.row in rows[part] and is_figure_text(c.text)]
    return replace(fragment, cells=tuple(unsure(fragment.cells, doubted)))
