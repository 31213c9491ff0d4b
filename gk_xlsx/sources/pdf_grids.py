"""Ruling lines of a page → the cells that they enclose.

Lines that touch make a grid. Where the line between two places of it is missing they are one cell,
so that merged cells need no care and a missing outer line does no harm.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise, product

from gk_xlsx.sources.pdf_glyphs import Stroke

_NEAR = 3.0
"""Lines so near to each other are one (double lines, rounding); points."""
_SHORTEST = 8.0
"""What is shorter, with all its dots and dashes, rules nothing (points)."""
_COVERED = 0.7
"""A line separates two places where it runs along so much of their side."""
MAX_PLACES = 20_000
"""Places of one grid, rows × columns; the largest statutory table has about 300."""

Spot = tuple[int, int]
"""Row and column of a place in a grid, from 0."""


@dataclass(frozen=True, slots=True)
class Region:
    """A cell: the places from `row`, `column` on that no line separates."""

    row: int
    column: int
    rows: int = 1
    columns: int = 1


@dataclass(frozen=True)
class Grid:
    """A ruled table.

    Attributes:
        xs, ys: where its columns and rows begin, and last where they end (points).
        regions: its cells, by rows; together they cover it.
    """

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    regions: tuple[Region, ...]

    @property
    def size(self) -> tuple[int, int]:
        """Rows and columns."""
        return len(self.ys) - 1, len(self.xs) - 1

    def spot(self, x: float, y: float) -> Spot | None:
        """The place at a point; None outside."""
        row, column = bisect_right(self.ys, y) - 1, bisect_right(self.xs, x) - 1
        rows, columns = self.size
        return (row, column) if 0 <= row < rows and 0 <= column < columns else None


def grids(horizontal: Iterable[Stroke], vertical: Iterable[Stroke]) -> list[Grid]:
    """The ruled tables of a page, from top to bottom; frames around a text among them."""
    across, down = merged(horizontal), merged(vertical)
    found = [_grid(*part) for part in _parts(across, down)]
    return sorted(filter(None, found), key=lambda grid: (grid.ys[0], grid.xs[0]))


def merged(strokes: Iterable[Stroke]) -> list[Stroke]:
    """Strokes on one line that touch or overlap, as one; what stays too short is dropped."""
    lines: list[list[Stroke]] = []
    for stroke in sorted(strokes, key=lambda one: one.at):
        if lines and stroke.at - lines[-1][0].at <= _NEAR:
            lines[-1].append(stroke)
        else:
            lines.append([stroke])
    return [one for line in lines for one in _joined(line) if one.end - one.start >= _SHORTEST]


def _joined(line: Sequence[Stroke]) -> Iterator[Stroke]:
    at = sum(stroke.at for stroke in line) / len(line)
    start = end = float("-inf")
    for stroke in sorted(line, key=lambda one: one.start):
        if stroke.start > end + _NEAR:
            if end > start:
                yield Stroke(at, start, end)
            start = stroke.start
        end = max(end, stroke.end)
    if end > start:
        yield Stroke(at, start, end)


def _parts(
    across: Sequence[Stroke], down: Sequence[Stroke]
) -> Iterator[tuple[list[Stroke], list[Stroke]]]:
    """Lines that hang together."""
    left = set(range(len(down)))
    unseen = set(range(len(across)))
    while unseen:
        rows, columns, todo = set[int](), set[int](), [min(unseen)]
        while todo:
            row = todo.pop()
            if row in rows:
                continue
            rows.add(row)
            new = {at for at in left - columns if _touch(across[row], down[at])}
            columns |= new
            todo += [
                other for other in unseen - rows for at in new if _touch(across[other], down[at])
            ]
        unseen -= rows
        left -= columns
        if columns:
            yield [across[at] for at in sorted(rows)], [down[at] for at in sorted(columns)]


def _touch(across: Stroke, down: Stroke) -> bool:
    return (
        across.start - _NEAR <= down.at <= across.end + _NEAR
        and down.start - _NEAR <= across.at <= down.end + _NEAR
    )


def _grid(across: Sequence[Stroke], down: Sequence[Stroke]) -> Grid | None:
    ys = _edges([*(one.at for one in across), *(y for one in down for y in (one.start, one.end))])
    xs = _edges([*(one.at for one in down), *(x for one in across for x in (one.start, one.end))])
    if len(xs) < 2 or len(ys) < 2 or (len(xs) - 1) * (len(ys) - 1) > MAX_PLACES:
        return None
    return Grid(xs, ys, tuple(_regions(xs, ys, across, down)))


def _edges(positions: Iterable[float]) -> tuple[float, ...]:
    """Positions, those near to each other as one."""
    groups: list[list[float]] = []
    for position in sorted(positions):
        if groups and position - groups[-1][-1] <= _NEAR:
            groups[-1].append(position)
        else:
            groups.append([position])
    return tuple(sum(group) / len(group) for group in groups)


def _regions(
    xs: Sequence[float], ys: Sequence[float], across: Sequence[Stroke], down: Sequence[Stroke]
) -> Iterator[Region]:
    """The cells by rows; what is no rectangle is cut at its rows."""
    rows, columns = len(ys) - 1, len(xs) - 1
    owner = {spot: spot for spot in product(range(rows), range(columns))}
    for row, column in owner:
        if column + 1 < columns and not _separated(down, xs[column + 1], ys[row], ys[row + 1]):
            _unite(owner, (row, column), (row, column + 1))
        if row + 1 < rows and not _separated(across, ys[row + 1], xs[column], xs[column + 1]):
            _unite(owner, (row, column), (row + 1, column))
    members: dict[Spot, list[Spot]] = {}
    for spot in owner:
        members.setdefault(_root(owner, spot), []).append(spot)
    found = [region for spots in members.values() for region in _rectangles(spots)]
    yield from sorted(found, key=lambda region: (region.row, region.column))


def _separated(lines: Sequence[Stroke], at: float, start: float, end: float) -> bool:
    covered = sum(
        max(0.0, min(one.end, end) - max(one.start, start))
        for one in lines
        if abs(one.at - at) <= _NEAR
    )
    return covered >= _COVERED * (end - start)


def _unite(owner: dict[Spot, Spot], one: Spot, other: Spot) -> None:
    owner[_root(owner, other)] = _root(owner, one)


def _root(owner: dict[Spot, Spot], spot: Spot) -> Spot:
    while owner[spot] != spot:
        owner[spot] = owner[owner[spot]]
        spot = owner[spot]
    return spot


def _rectangles(spots: Sequence[Spot]) -> Iterator[Region]:
    top, left = min(row for row, _ in spots), min(column for _, column in spots)
    rows = max(row for row, _ in spots) - top + 1
    columns = max(column for _, column in spots) - left + 1
    if rows * columns == len(spots):
        yield Region(top, left, rows, columns)
        return
    for row in range(top, top + rows):
        own = sorted(column for at, column in spots if at == row)
        starts = [own[0], *(right for before, right in pairwise(own) if right > before + 1)]
        for start in starts:
            end = start
            while end + 1 in own:
                end += 1
            yield Region(row, start, 1, end - start + 1)
