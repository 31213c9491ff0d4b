"""A table of a page while it is walked through, and what becomes of it.

Pages use tables for two things. A table of data becomes a `Table`; of one that only arranges the
page (an article in a cell, a menu beside it) the contents come out as they would without it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from lxml.etree import _Element

from gk_xlsx.published.direction import straight
from gk_xlsx.published.model import Paragraph, Picture, Table
from gk_xlsx.sources.html_flow import Flow, Placed, text_of
from gk_xlsx.sources.html_grid import Row, Written, laid_out

ARTICLE_PARAGRAPHS = 4
ARTICLE_LENGTH = 300
"""A cell with that many paragraphs and characters holds a part of an article."""

WORDY = 60
"""Characters; no cell of a statutory table says more, and a column of such cells is an article."""

DATA_CELLS = 6
"""That many cells with text beside those that hold articles, and two in a row, are a table."""


ELSEWHERE = "［见下文］"
"""What a cell says whose content comes out behind the table: it is not blank."""


@dataclass(slots=True)
class _Cell:
    origin: _Element
    rows: int
    columns: int
    flow: Flow = field(default_factory=Flow)

    @property
    def text(self) -> str:
        return "\n".join(filter(None, (text_of(item.block) for item in self.flow.placed)))

    @property
    def arranges(self) -> bool:
        """Whether it holds what no cell of a table of data does."""
        return self._is_article or any(
            not isinstance(item.block, Paragraph) for item in self.flow.placed
        )

    @property
    def written(self) -> str:
        """What it says within a table of data."""
        pictured = any(isinstance(item.block, Picture) for item in self.flow.placed)
        elsewhere = self._is_article or (pictured and not self.text)
        return ELSEWHERE if elsewhere else straight(self.text)

    @property
    def _is_article(self) -> bool:
        blocks = [item.block for item in self.flow.placed]
        long = len(blocks) >= ARTICLE_PARAGRAPHS and len(self.text) >= ARTICLE_LENGTH
        return long or any(isinstance(block, Table) for block in blocks)


@dataclass(slots=True)
class _Row:
    rank: int
    group: int
    cells: list[_Cell] = field(default_factory=list)


@dataclass(slots=True)
class OpenTable:
    """A table that has begun.

    Attributes:
        beside: what stands in it but in no cell, its caption for one; it is shown above it.
    """

    origin: _Element
    beside: Flow = field(default_factory=Flow)
    _rows: list[_Row] = field(default_factory=list)
    _rank: int = 1
    _group: int = 0
    _in_row: bool = False
    _in_cell: bool = False

    @property
    def flow(self) -> Flow:
        """Where text goes now."""
        return self._rows[-1].cells[-1].flow if self._in_cell else self.beside

    @property
    def in_cell(self) -> bool:
        """Whether a cell is open."""
        return self._in_cell

    def begin_group(self, rank: int) -> None:
        """`thead` (0), `tbody` (1) or `tfoot` (2)."""
        self._end_row()
        self._rank = rank
        self._group += 1

    def end_group(self) -> None:
        """Rows that follow are in no group."""
        self.begin_group(1)

    def begin_row(self) -> None:
        """A row; one that is still open has ended."""
        self._end_row()
        self._rows.append(_Row(self._rank, self._group))
        self._in_row = True

    def begin_cell(self, origin: _Element, rows: int, columns: int) -> None:
        """A cell; one that is still open has ended, and a row begins where none is open."""
        self.end_cell()
        if not self._in_row:
            self.begin_row()
        self._rows[-1].cells.append(_Cell(origin, rows, columns))
        self._in_cell = True

    def end_cell(self, origin: _Element | None = None) -> None:
        """The end of a cell; of the given one, where another has not ended it before."""
        if self._in_cell and origin in (None, self._rows[-1].cells[-1].origin):
            self.flow.end(self._rows[-1].cells[-1].origin)
            self._in_cell = False

    def end_row(self) -> None:
        """The end of the row that is open."""
        self._end_row()

    def ended(self) -> list[Placed]:
        """What stands on the page because of it."""
        self._end_row()
        self.beside.end(self.origin)
        return [*self.beside.placed, *self._shown()]

    def _end_row(self) -> None:
        self.end_cell()
        self._in_row = False

    def _shown(self) -> Iterator[Placed]:
        plain = [[cell for cell in row.cells if not cell.arranges] for row in self._rows]
        arranged = any(cell.arranges for cell in self._cells())
        if _is_data(plain) if arranged else not _is_column(plain):
            yield Placed(Table(tuple(laid_out(list(self._written())))), self.origin)
            yield from self._behind()
        else:
            for cell in self._cells():
                yield from cell.flow.placed

    def _behind(self) -> Iterator[Placed]:
        """What comes out of a table of data: articles, and pictures of any cell."""
        for cell in self._cells():
            for item in cell.flow.placed:
                if cell.written == ELSEWHERE or isinstance(item.block, Picture):
                    yield item

    def _cells(self) -> Iterator[_Cell]:
        return (cell for row in self._rows for cell in row.cells)

    def _written(self) -> Iterator[Row]:
        for row in self._rows:
            cells = (Written(cell.written, cell.rows, cell.columns) for cell in row.cells)
            yield Row(tuple(cells), row.rank, row.group)


def _is_data(rows: Sequence[Sequence[_Cell]]) -> bool:
    said = [sum(1 for cell in row if cell.text) for row in rows]
    return sum(said) >= DATA_CELLS and max(said, default=0) > 1


def _is_column(rows: Sequence[Sequence[_Cell]]) -> bool:
    """Whether it is one column of paragraphs, or empty."""
    cells = [cell for row in rows for cell in row]
    if not any(cell.text for cell in cells):
        return True
    wordy = any(len(cell.text) > WORDY or len(cell.flow.placed) > 1 for cell in cells)
    return wordy and all(len(row) < 2 for row in rows)
