"""Ruled tables with lines missing inside: cells told apart by how their figures stand.

Only cells that hold several figures are cut, only where no text stands across the cut.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from gk_xlsx.sources.pdf_glyphs import Glyph
from gk_xlsx.sources.pdf_grids import Grid, Region
from gk_xlsx.sources.pdf_lines import Line, lines_of

_FIGURE = re.compile(r"[-—/－]|[-－−]?[\d０-９][\d０-９.．,，]*(?:万?元)?")
NUMBERED = re.compile(
    r"(?:[（(][一二三四五六七八九十]{1,3}[）)]|[一二三四五六七八九十]{1,3}、|\d{1,2}[.．、])"
)
_AROUND = 0.5
"""A label begins at most so much below the middle of its figures, in parts of the size."""


@dataclass(frozen=True, slots=True)
class _Filled:
    """A cell with the pieces of text in it."""

    region: Region
    lines: tuple[Line, ...]

    @property
    def height(self) -> tuple[int, int]:
        """Its first row and how many it covers."""
        return self.region.row, self.region.rows

    @property
    def across(self) -> bool:
        """Whether figures stand beside each other in it."""
        return any(sum(map(is_figure, line.pieces)) > 1 for line in self.lines)

    @property
    def down(self) -> bool:
        """Whether figures stand below each other in it."""
        return sum(any(map(is_figure, line.pieces)) for line in self.lines) > 1


def is_figure(piece: Line) -> bool:
    """Whether a piece of text is what stands where a figure belongs."""
    return bool(_FIGURE.fullmatch(piece.bare))


def mended(grid: Grid, glyphs: Sequence[Glyph]) -> Grid:
    """A grid in which no cell holds several figures as far as their places tell them apart."""
    cells = [_Filled(region, lines) for region, lines in _filled(grid, glyphs)]
    across = [cell for cell in cells if cell.across]
    rows = _run_together(cells)
    if not across and not rows:
        return grid
    pieces = [piece for cell in cells for piece in _pieces(cell)]
    xs = _added(grid.xs, column_edges(filter(is_figure, pieces)) if across else ())
    beside = [cell for cell in cells if cell.height in rows]
    ys = _added(grid.ys, (y for row in rows for y in _edges_in(row, beside)))
    wider = Grid(xs, ys, ())
    regions = [
        part
        for cell in cells
        for part in _cut(wider, _placed(grid, wider, cell.region), cell, in_rows=cell in beside)
    ]
    return Grid(xs, ys, tuple(sorted(regions, key=lambda one: (one.row, one.column))))


def runs_down(grid: Grid, glyphs: Sequence[Glyph]) -> bool:
    """Whether lines between the rows are missing altogether, not only here and there."""
    cells = [_Filled(region, lines) for region, lines in _filled(grid, glyphs)]
    rows = _run_together(cells)
    figures = {cell: sum(map(is_figure, _pieces(cell))) for cell in cells}
    stacked = sum(figures[cell] for cell in cells if cell.down and cell.height in rows)
    return stacked > sum(figures.values()) / 2


def _run_together(cells: Sequence[_Filled]) -> set[tuple[int, int]]:
    """Rows of a grid that are several: figures below each other, and several labels beside them.

    With one label a number has been broken over lines, and must not be cut.
    """
    labels: Counter[tuple[int, int]] = Counter()
    for cell in cells:
        labels[cell.height] += sum(bool(NUMBERED.match(line.bare)) for line in cell.lines)
    return {cell.height for cell in cells if cell.down and labels[cell.height] > 1}


def _pieces(cell: _Filled) -> list[Line]:
    return [piece for line in cell.lines for piece in line.pieces]


def _filled(grid: Grid, glyphs: Iterable[Glyph]) -> Iterator[tuple[Region, tuple[Line, ...]]]:
    held: dict[Region, list[Glyph]] = {region: [] for region in grid.regions}
    owners = {
        (row, column): region
        for region in grid.regions
        for row in range(region.row, region.row + region.rows)
        for column in range(region.column, region.column + region.columns)
    }
    for glyph in glyphs:
        spot = grid.spot(*glyph.centre)
        if spot:
            held[owners[spot]].append(glyph)
    for region, own in held.items():
        yield region, tuple(lines_of(own))


# -- where the missing lines are -----------------------------------------------------------


def column_edges(figures: Iterable[Line]) -> list[float]:
    """Where one column of figures ends and the next one begins."""
    columns: list[tuple[float, float]] = []
    for piece in sorted(figures, key=lambda one: one.x0):
        if columns and piece.x0 < columns[-1][1]:
            columns[-1] = (columns[-1][0], max(columns[-1][1], piece.x1))
        else:
            columns.append((piece.x0, piece.x1))
    return [(left[1] + right[0]) / 2 for left, right in pairwise(columns)]


def row_edges(figures: Sequence[Line], labels: Sequence[Line]) -> list[float]:
    """Where one row ends and the next one begins.

    Args:
        figures: one line for each row, from top to bottom.
        labels: the lines of their labels; a number at its beginning begins a label.
    """
    edges = []
    for above, below in pairwise(figures):
        reach = below.middle + _AROUND * below.size
        starts = [
            label.top
            for label in labels
            if above.middle < label.middle <= reach and NUMBERED.match(label.bare)
        ]
        edges.append(max(starts, default=(above.bottom + below.top) / 2))
    return edges


def _edges_in(row: tuple[int, int], cells: Sequence[_Filled]) -> list[float]:
    own = [cell for cell in cells if cell.height == row]
    lines = [line for cell in own for line in cell.lines]
    figures = [line for line in lines if any(map(is_figure, line.pieces))]
    return row_edges(_one_a_row(figures), [line for line in lines if line not in figures])


def _one_a_row(lines: Iterable[Line]) -> list[Line]:
    """One line for each height at which figures stand."""
    rows: list[Line] = []
    for line in sorted(lines, key=lambda one: one.middle):
        if not rows or line.middle - rows[-1].middle > _AROUND * line.size:
            rows.append(line)
    return rows


def _added(edges: Sequence[float], new: Iterable[float]) -> tuple[float, ...]:
    """Edges with new ones, as far as they do not stand at one already there."""
    found = list(edges)
    for edge in new:
        if all(abs(edge - other) > 1 for other in found):
            found.append(edge)
    return tuple(sorted(found))


# -- cutting -------------------------------------------------------------------------------


def _placed(grid: Grid, wider: Grid, region: Region) -> Region:
    """A cell in the counting of the grid with more lines."""
    row, column = wider.ys.index(grid.ys[region.row]), wider.xs.index(grid.xs[region.column])
    bottom = wider.ys.index(grid.ys[region.row + region.rows])
    right = wider.xs.index(grid.xs[region.column + region.columns])
    return Region(row, column, bottom - row, right - column)


def _cut(grid: Grid, region: Region, cell: _Filled, *, in_rows: bool) -> Iterator[Region]:
    rows = range(region.row, region.row + region.rows)
    columns = range(region.column, region.column + region.columns)
    pieces = _pieces(cell)
    ys = [at for at in rows[1:] if in_rows and _between_lines(grid.ys[at], cell.lines)]
    xs = [at for at in columns[1:] if cell.across and _between_pieces(grid.xs[at], pieces)]
    for top, bottom in pairwise([rows.start, *ys, rows.stop]):
        for left, right in pairwise([columns.start, *xs, columns.stop]):
            yield Region(top, left, bottom - top, right - left)


def _between_lines(y: float, lines: Iterable[Line]) -> bool:
    return not any(line.top + 1 < y < line.bottom - 1 for line in lines)


def _between_pieces(x: float, pieces: Iterable[Line]) -> bool:
    return not any(piece.x0 < x < piece.x1 for piece in pieces)
