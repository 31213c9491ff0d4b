"""Parts of tables on pages that follow each other → one table, with repeated heads left out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from gk_xlsx.published.model import Cell, Table
from gk_xlsx.sources.pdf_mending import NUMBERED
from gk_xlsx.sources.pdf_tables import Fragment, is_figure_text, unsure

_SAME_PLACE = 0.025
"""Parts begin and end at the same place within so much of their width (crooked pages)."""
_SAME_EDGE = 0.012
"""Their columns do within so much."""

_NOWHERE = 10**6
"""A column that no table has."""

_WORDS = re.compile(r"[\u4e00-\u9fff]")


def same_table(above: Fragment, below: Fragment) -> bool:
    """Whether two parts, the last of a page and the first of the next, may be one table."""
    width = max(above.xs[-1] - above.xs[0], below.xs[-1] - below.xs[0])
    apart = (abs(above.xs[0] - below.xs[0]), abs(above.xs[-1] - below.xs[-1]))
    return below.page == above.page + 1 and max(apart) <= _SAME_PLACE * width


def joined_table(parts: Sequence[Fragment], number: int, *, continued: bool = False) -> Table:
    """The table that parts of the same width make.

    Args:
        parts: from top to bottom, one a page.
        number: the table's own on its first page, from 1.
        continued: whether it may itself be the rest of another table.
    """
    edges = _common_edges(parts)
    first = _in_columns(parts[0], edges)
    cells: list[Cell] = list(first)
    height = len(parts[0].ys) - 1
    places: dict[int, str] = {}
    for part in parts[1:]:
        own = _in_columns(part, edges)
        repeated = _repeated_rows(first, own)
        rest = [
            replace(cell, row=cell.row - repeated + height) for cell in own if cell.row >= repeated
        ]
        cells = [*_gone_on(*_with_torn_rows(cells, rest, height), height)]
        rows = len(part.ys) - 1 - repeated
        for row in range(rows):
            places[height + row] = f"第{part.page}页第{row + repeated + 1}行"
        height += rows
    place = f"第{parts[0].page}页表格{number}"
    return Table(
        tuple(cells), place=place, row_places=MappingProxyType(places), continued=continued
    )


# -- columns -------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Edges:
    """Where columns begin in any part: 0 … 1 of the width."""

    at: tuple[float, ...]

    def number(self, position: float) -> int:
        """The edge nearest to a position."""
        return min(range(len(self.at)), key=lambda edge: abs(self.at[edge] - position))


def _common_edges(parts: Iterable[Fragment]) -> _Edges:
    groups: list[list[float]] = []
    for position in sorted(edge for part in parts for edge in _relative(part)):
        if groups and position - groups[-1][0] <= _SAME_EDGE:
            groups[-1].append(position)
        else:
            groups.append([position])
    return _Edges(tuple(sum(group) / len(group) for group in groups))


def _relative(part: Fragment) -> list[float]:
    left, width = part.xs[0], part.xs[-1] - part.xs[0]
    return [(x - left) / width for x in part.xs]


def _in_columns(part: Fragment, edges: _Edges) -> list[Cell]:
    numbers = [edges.number(position) for position in _relative(part)]
    placed = [
        replace(
            cell,
            column=numbers[cell.column],
            columns=numbers[cell.column + cell.columns] - numbers[cell.column],
        )
        for cell in part.cells
    ]
    return [replace(c, columns=max(c.columns, 1)) for c in placed if c.columns or c.text]


# -- repeated heads ------------------------------------------------------------------------


def _repeated_rows(first: Sequence[Cell], own: Sequence[Cell]) -> int:
    """How many rows at the top of a part only repeat the head of the table."""
    most = min(max(cell.row for cell in cells) + 1 for cells in (first, own))
    for rows in range(most, 0, -1):
        head = _head(first, rows)
        if head and head == _head(own, rows):
            return rows
    return 0


def _head(cells: Iterable[Cell], rows: int) -> frozenset[tuple[object, ...]] | None:
    """What the first rows say; None where a cell reaches below them or holds a figure."""
    own = [cell for cell in cells if cell.row < rows]
    if any(cell.row + cell.rows > rows or is_figure_text(cell.text) for cell in own):
        return None
    said = frozenset((c.row, c.column, c.rows, c.columns, _bare(c)) for c in own)
    return said if any(cell.text for cell in own) else None


# -- rows that the end of a page cut in two -------------------------------------------------


@dataclass(frozen=True)
class _Row:
    """The cells beside each other at the end of a page."""

    cells: tuple[Cell, ...]
    at: int = 0

    @property
    def figures(self) -> list[Cell]:
        return [cell for cell in self.cells if _holds_figures(cell)]

    @property
    def words(self) -> list[Cell]:
        return [cell for cell in self.cells if _WORDS.search(cell.text)]

    @property
    def label(self) -> Cell | None:
        """Its own label, the last words before the figures; that of several rows is none."""
        first = min((cell.column for cell in self.figures), default=_NOWHERE)
        last = max(
            (cell for cell in self.words if cell.column < first),
            key=lambda cell: cell.column,
            default=None,
        )
        tallest = max((cell.rows for cell in self.figures), default=1)
        return last if last and last.rows <= tallest else None

    @property
    def slots(self) -> list[Cell]:
        """The cells behind the label, where figures stand or could."""
        start = self.label.column + self.label.columns if self.label else 0
        return [cell for cell in self.cells if cell.column >= start and cell not in self.words]


def with_doubts(above: Fragment, below: Fragment) -> tuple[Fragment, Fragment]:
    """Two tables, the last of a page and the first of the next, that need not be one.

    Returns:
        The same, with doubts about the rows at the page's end if they may be parts of one row.
    """
    if below.page != above.page + 1 or same_table(above, below):
        return above, below
    height = len(above.ys) - 1
    rest = [replace(cell, row=cell.row + height) for cell in below.cells]
    last, first = _ends(above.cells, rest, height)
    whole = (last.label and first.label) or _has_heads_of_its_own(above.cells, rest, first)
    if _holds_none(last) or not first.figures or whole:
        return above, below
    doubted = [replace(cell, row=cell.row - height) for cell in unsure(rest, first.slots)]
    return (
        replace(above, cells=tuple(unsure(above.cells, last.slots))),
        replace(below, cells=tuple(doubted)),
    )


def _with_torn_rows(
    cells: Sequence[Cell], rest: Sequence[Cell], height: int
) -> tuple[Sequence[Cell], Sequence[Cell]]:
    """Both parts, with doubts about the rows at the page's end where one may be cut in two.

    A number broken over lines may then have its beginning on one page and its end on the other.
    Whole rows have labels of their own that end in the same column, each with its number where
    one has.
    """
    last, first = _ends(cells, rest, height)
    mixed = any(_is_mixed(cell) for cell in rest if cell.row <= first.at)
    whole = _whole(last, first) or _has_heads_of_its_own(cells, rest, first)
    if _holds_none(last) or not first.figures or (whole and not mixed):
        return cells, rest
    return unsure(cells, last.slots), unsure(rest, first.slots)


def _ends(cells: Sequence[Cell], rest: Sequence[Cell], height: int) -> tuple[_Row, _Row]:
    """The last row of a part, and the first one with figures of the next."""
    at = min((cell.row for cell in rest if _holds_figures(cell)), default=height)
    last = _Row(tuple(cell for cell in cells if cell.row + cell.rows == height))
    return last, _Row(tuple(cell for cell in rest if cell.row == at), at)


def _holds_figures(cell: Cell) -> bool:
    """Whether figures stand in a cell, certain or not, and no words."""
    figures = any(map(is_figure_text, cell.text.split("\n")))
    return figures and not _WORDS.search(cell.text)


def _holds_none(last: _Row) -> bool:
    """Whether a row holds no part of a row of figures: heads, a heading."""
    return not last.figures and (len(last.words) > 1 or not last.slots)


def _has_heads_of_its_own(cells: Sequence[Cell], rest: Sequence[Cell], first: _Row) -> bool:
    """Whether heads stand over the first figures of a part, most of them not those before.

    Then it is another table, and no rest of a row stands at its top.
    """
    heads = [_bare(cell) for cell in rest if cell.row < first.at and _WORDS.search(cell.text)]
    before = {_bare(cell) for cell in cells}
    return len(heads) > 1 and sum(head not in before for head in heads) > len(heads) / 2


def _bare(cell: Cell) -> str:
    return re.sub(r"\s+", "", cell.text)


def _is_mixed(cell: Cell) -> bool:
    """Whether figures stand below words: a line between a head and the rest of a row is missing."""
    lines = cell.text.split("\n")
    return bool(_WORDS.search(cell.text)) and any(map(is_figure_text, lines))


def _whole(last: _Row, first: _Row) -> bool:
    if not (last.label and first.label):
        return False
    ends = {cell.column + cell.columns for cell in (last.label, first.label)}
    numbered = {bool(NUMBERED.match(cell.text)) for cell in (last.label, first.label)}
    return len(ends) == len(numbered) == 1


# -- cells that go on ----------------------------------------------------------------------


def _gone_on(cells: Sequence[Cell], rest: Sequence[Cell], height: int) -> Iterator[Cell]:
    """The cells of both parts; a tall label that the page's end cut in two is one again."""
    below = {(cell.column, cell.columns): cell for cell in rest if cell.row == height}
    used = set()
    for cell in cells:
        other = below.get((cell.column, cell.columns))
        if other and cell.row + cell.rows == height and _goes_on(cell, other):
            used.add(id(other))
            text = "\n".join(filter(None, (cell.text, other.text)))
            yield replace(cell, text=text, rows=cell.rows + other.rows)
        else:
            yield cell
    yield from (cell for cell in rest if id(cell) not in used)


def _goes_on(cell: Cell, below: Cell) -> bool:
    """Whether a label over several rows goes on: its rest begins with no number of its own."""
    tall = cell.rows > 1 or below.rows > 1
    own = _bare(below)
    return (
        tall
        and bool(_WORDS.search(cell.text))
        and not (own and NUMBERED.match(own))
        and (not own or bool(_WORDS.search(own)))
    )
