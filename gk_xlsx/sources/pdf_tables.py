"""The ruled tables of a page: what stands in which cell."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from gk_xlsx.published.model import UNKNOWN_SIGN, Cell
from gk_xlsx.sources.pdf_glyphs import Drawn, Glyph
from gk_xlsx.sources.pdf_grids import Grid, Region, grids
from gk_xlsx.sources.pdf_lines import Line, lines_of
from gk_xlsx.sources.pdf_mending import mended, runs_down

_FIGURE = re.compile(r"[\d.]+")
_FIGURES_ONLY = re.compile(r"[\s\d.,，/—-]+")
_FULL = 12.0
"""A number that leaves less room in its cell, one more digit put aside, was broken (points)."""
_NEXT_LINE = 1.7
"""Lines of one text follow each other in less, in parts of the size."""


@dataclass(frozen=True)
class Fragment:
    """A table, or a part of one, as one page shows it.

    Attributes:
        xs, ys: where its columns and rows begin, and last where they end (points).
        lines: what it holds, for the case that it is no table but a frame around a text.
        loose: whether nothing rules it, so that its rows are only told by their heights.
    """

    page: int
    xs: tuple[float, ...]
    ys: tuple[float, ...]
    cells: tuple[Cell, ...]
    lines: tuple[Line, ...] = ()
    loose: bool = False

    @property
    def framed(self) -> bool:
        """Whether it has one column only, as a frame has, or nothing in it."""
        return len(self.xs) <= 2 or not any(cell.text for cell in self.cells)

    @property
    def top(self) -> float:
        """Where it begins."""
        return self.ys[0]

    @property
    def bottom(self) -> float:
        """Where it ends."""
        return self.ys[-1]


def ruled(page: Drawn) -> tuple[list[Fragment], list[Glyph]]:
    """The ruled tables of a page from top to bottom, and the characters outside them."""
    found = [grid for grid in grids(page.horizontal, page.vertical) if len(grid.regions) > 1]
    held, outside = _distributed(found, page.glyphs)
    fragments = []
    for at, grid in enumerate(found):
        if runs_down(grid, held[at]):
            outside += held[at]
        elif held[at]:
            fragments.append(_fragment(page.number, grid, held[at]))
    return fragments, outside


def _distributed(
    found: Sequence[Grid], glyphs: Iterable[Glyph]
) -> tuple[Mapping[int, list[Glyph]], list[Glyph]]:
    """The characters of each grid, those of a grid within another in the inner one."""
    inner_first = sorted(range(len(found)), key=lambda at: _area(found[at]))
    held: dict[int, list[Glyph]] = {at: [] for at in range(len(found))}
    outside: list[Glyph] = []
    for glyph in glyphs:
        home = next((at for at in inner_first if found[at].spot(*glyph.centre)), None)
        (outside if home is None else held[home]).append(glyph)
    return held, outside


def _area(grid: Grid) -> float:
    return (grid.xs[-1] - grid.xs[0]) * (grid.ys[-1] - grid.ys[0])


def _fragment(page: int, grid: Grid, glyphs: Sequence[Glyph]) -> Fragment:
    whole = mended(grid, glyphs)
    cells = tuple(_cells(whole, glyphs))
    return Fragment(page, whole.xs, whole.ys, cells, tuple(lines_of(glyphs, page)))


def _cells(grid: Grid, glyphs: Iterable[Glyph]) -> Iterator[Cell]:
    owners = {
        (row, column): at
        for at, region in enumerate(grid.regions)
        for row in range(region.row, region.row + region.rows)
        for column in range(region.column, region.column + region.columns)
    }
    held: dict[int, list[Glyph]] = {}
    for glyph in glyphs:
        spot = grid.spot(*glyph.centre)
        if spot:
            held.setdefault(owners[spot], []).append(glyph)
    lines = {at: lines_of(own) for at, own in held.items()}
    heights = _heights(line for own in lines.values() for line in own)
    for at, region in enumerate(grid.regions):
        text = _text(lines.get(at, ()), grid, region)
        if region.rows > 1 and is_figure_text(text) and _over_several(region, grid, heights):
            text = f"{text}\n{UNKNOWN_SIGN}"
        yield Cell(region.row, region.column, text, region.rows, region.columns)


def _heights(lines: Iterable[Line]) -> list[float]:
    """At which heights figures stand (points)."""
    found: list[float] = []
    for line in sorted(lines, key=lambda one: one.middle):
        if is_figure_text(line.text) and (not found or line.middle - found[-1] > line.size / 2):
            found.append(line.middle)
    return found


def _over_several(region: Region, grid: Grid, heights: Iterable[float]) -> bool:
    """Whether figures of several rows stand beside a cell, so that it is nobody's or of all."""
    top, bottom = grid.ys[region.row], grid.ys[region.row + region.rows]
    return sum(top < height < bottom for height in heights) > 1


def _text(lines: Sequence[Line], grid: Grid, region: Region) -> str:
    """The lines of a cell; a number that was broken because its cell is full is one again."""
    width = grid.xs[region.column + region.columns] - grid.xs[region.column]
    texts: list[str] = []
    for at, line in enumerate(lines):
        if at and _goes_on(lines[at - 1], line, width):
            texts[-1] += line.text
        else:
            texts.append(line.text)
    return "\n".join(texts)


def _goes_on(line: Line, below: Line, width: float) -> bool:
    if not (_FIGURE.fullmatch(line.text) and _FIGURE.fullmatch(below.text)):
        return False
    digit = (line.x1 - line.x0) / len(line.text)
    is_full = width - (line.x1 - line.x0) - digit < _FULL
    return is_full and below.middle - line.middle < _NEXT_LINE * line.size


def is_figure_text(text: str) -> bool:
    """Whether a cell holds what stands where a figure belongs, and no words."""
    return bool(text) and bool(_FIGURES_ONLY.fullmatch(text))


def unsure(cells: Iterable[Cell], doubted: Iterable[Cell]) -> list[Cell]:
    """Cells of which the doubted ones are no figures any more."""
    marked = {id(cell) for cell in doubted}
    return [
        replace(cell, text=f"{cell.text}\n{UNKNOWN_SIGN}") if id(cell) in marked else cell
        for cell in cells
    ]
