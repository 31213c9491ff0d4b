"""Ruled tables with lines missing between columns: cells told apart by how their figures stand.

Only cells that hold several figures are cut, only where no text stands across the cut.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from gk_xlsx.sources.pdf_glyphs import Glyph
from gk_xlsx.sources.pdf_grids import Grid, Region
from gk_xlsx.sources.pdf_lines import Line, lines_of

_FIGURE = re.compile(r"[-—/－]|[-－−]?[\d０-９][\d０-９.．,，]*(?:万?元)?")
NUMBERED = re.compile(
    r"(?:[（(][一二三四五六七八九十]{1,3}[）)]|[一二三四五六七八九十]{1,3}、|\d{1,2}[.．、])"
)


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
        """Whether a figure stands in it beside another one, or beside words."""
        return any(len(line.pieces) > 1 and any(map(is_figure, line.pieces)) for line in self.lines)

    @property
    def down(self) -> bool:
        """Whether figures stand below each other in it."""
        return sum(any(map(is_figure, line.pieces)) for line in self.lines) > 1


def is_figure(piece: Line) -> bool:
    """Whether a piece of text is what stands where a figure belongs."""
    return bool(_FIGURE.fullmatch(piece.bare))


def mended(grid: Grid, glyphs: Sequence[Glyph]) -> Grid:
    """A grid in which figures beside each other have cells of their own.

    Figures below each other are left in one cell: they may be one number, broken over lines.
    """
    cells = [_Filled(region, lines) for region, lines in _filled(grid, glyphs)]
    if not any(cell.across for cell in cells):
        return grid
    figures = [piece for cell in cells for piece in _pieces(cell) if is_figure(piece)]
    wider = Grid(_added(grid.xs, column_edges(figures)), grid.ys, ())
    regions = [part for cell in cells for part in _cut(wider, _placed(grid, wider, cell))]
    return Grid(wider.xs, wider.ys, tuple(sorted(regions, key=lambda r: (r.row, r.column))))


def runs_down(grid: Grid, glyphs: Sequence[Glyph]) -> bool:
    """Whether lines between the rows are missing altogether, not only here and there."""
    cells = [_Filled(region, lines) for region, lines in _filled(grid, glyphs)]
    rows = _run_together(cells)
    figures = {cell: sum(map(is_figure, _pieces(cell))) for cell in cells}
    stacked = sum(figures[cell] for cell in cells if cell.down and cell.height in rows)
    return stacked > sum(figures.values()) / 2


def _run_together(cells: Sequence[_Filled]) -> set[tuple[int, int]]:
    """Rows of a grid that are several: figures below each other, and several labels beside them.

    With one label a number has been broken over lines.
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


def _added(edges: Sequence[float], new: Iterable[float]) -> tuple[float, ...]:
    """Edges with new ones, as far as they do not stand at one already there."""
    found = list(edges)
    for edge in new:
        if all(abs(edge - other) > 1 for other in found):
            found.append(edge)
    return tuple(sorted(found))


# -- cutting -------------------------------------------------------------------------------


def _placed(grid: Grid, wider: Grid, cell: _Filled) -> _Filled:
    """A cell in the counting of the grid with more columns."""
    region = cell.region
    column = wider.xs.index(grid.xs[region.column])
    end = wider.xs.index(grid.xs[region.column + region.columns])
    return replace(cell, region=Region(region.row, column, region.rows, end - column))


def _cut(grid: Grid, cell: _Filled) -> Iterator[Region]:
    """A cell as the cells it should be: cut where no text stands across."""
    region, pieces = cell.region, _pieces(cell)
    inner = range(region.column + 1, region.column + region.columns) if cell.across else ()
    cuts = [at for at in inner if not any(one.x0 < grid.xs[at] < one.x1 for one in pieces)]
    for left, right in pairwise([region.column, *cuts, region.column + region.columns]):
        yield Region(region.row, left, region.rows, right - left)
