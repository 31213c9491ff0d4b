"""Statutory tables as a person sees them, to be damaged: rows of cells with spans."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from random import Random

from gk_xlsx.form import Form, Table, lay_out
from gk_xlsx.markdown import Run
from gk_xlsx.published import model
from gk_xlsx.published.model import Block, Document, Paragraph
from gk_xlsx.resources import form

Truth = Decimal | str
"""What a careful reader finds: a number, `blank`, `mark` or `text`; or `UNKNOWN`."""

UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Box:
    """A cell as typed: `field` is the id of the figure in it, or empty."""

    text: str
    rows: int = 1
    columns: int = 1
    field: str = ""
    head: bool = False


FRONT = "front"
"""Key of a table before the first section."""

Rows = tuple[tuple[Box, ...], ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """One table of a document.

    Attributes:
        key: of the statutory table; empty for another one.
        page: whether it goes on with the table before.
    """

    key: str
    rows: Rows
    page: bool = False


@dataclass(frozen=True)
class Page:
    """A document and what a careful reader makes of it.

    Attributes:
        truth: what stands in each field; a reader may also say that it is unknown.
        loose: paragraphs before the first section.
        unsure: fields that a careful reader would call unknown, or blank.
        literal: what stands in a cell now, where a careful reader may take it as it stands.
    """

    edition: str
    grids: tuple[Grid, ...]
    truth: Mapping[str, Truth]
    year: int = 2023
    loose: tuple[str, ...] = ()
    unsure: frozenset[str] = frozenset()
    literal: Mapping[str, Truth] = field(default_factory=dict)

    @property
    def counted(self) -> tuple[Grid, ...]:
        """The grids below the headings."""
        return tuple(grid for grid in self.grids if grid.key and grid.key != FRONT)

    def grid(self, key: str) -> Grid:
        return next(grid for grid in self.grids if grid.key == key)

    def with_grid(self, old: Grid, *grids: Grid) -> Page:
        """One grid replaced by others."""
        at = next(at for at, grid in enumerate(self.grids) if grid is old)
        return replace(self, grids=(*self.grids[:at], *grids, *self.grids[at + 1 :]))

    def told(self, changed: Mapping[str, Truth]) -> Page:
        return replace(self, truth={**self.truth, **changed})

    def lost(self, fields: Iterable[str]) -> Page:
        """With figures that nobody can tell any more; their cells may be blank now."""
        return replace(self, unsure=self.unsure | set(fields))


def page_of(definition: Form, texts: Mapping[str, str], truth: Mapping[str, Truth]) -> Page:
    """A whole document with every figure as the given text."""
    grids = tuple(Grid(table.key, _rows(table, texts)) for table in definition.tables)
    year = definition.last_year or 2023
    return Page(definition.edition, grids, truth, year)


def _rows(table: Table, texts: Mapping[str, str]) -> Rows:
    rows: dict[int, list[tuple[int, Box]]] = {}
    for box in lay_out(table).boxes:
        name = box.field.id if box.field else ""
        text = texts[name] if name else box.text
        rows.setdefault(box.row, []).append(
            (box.column, Box(text, box.rows, box.columns, name, box.head))
        )
    return tuple(
        tuple(box for _, box in sorted(rows[row], key=lambda item: item[0])) for row in sorted(rows)
    )


def document(page: Page, kind: str = "网页") -> Document:
    """The document with its title and headings."""
    definition = form(page.edition)
    blocks: list[Block] = [paragraph(f"某某市某某局{definition.title.format(year=page.year)}")]
    blocks += map(paragraph, page.loose)
    blocks += [table(grid) for grid in page.grids if grid.key == FRONT]
    waiting = [grid for grid in page.grids if grid.key != FRONT]
    for section in definition.sections:
        blocks.append(paragraph(section.heading))
        if not section.table:
            blocks.append(paragraph("按要求开展了各项工作。"))
        while section.table and waiting and waiting[0].key in ("", section.table):
            grid = waiting.pop(0)
            blocks.append(table(grid))
    blocks += [table(grid) for grid in waiting]
    return Document(kind, tuple(blocks))


def paragraph(text: str) -> Paragraph:
    return Paragraph((Run(text),))


def table(grid: Grid) -> model.Table:
    """Rows of cells laid out as a browser does."""
    taken: set[tuple[int, int]] = set()
    cells = []
    for row, boxes in enumerate(grid.rows):
        column = 0
        for box in boxes:
            while (row, column) in taken:
                column += 1
            cells.append(model.Cell(row, column, box.text, box.rows, box.columns))
            taken |= {
                (row + down, column + right)
                for down in range(box.rows)
                for right in range(box.columns)
            }
            column += box.columns
    return model.Table(tuple(cells), continued=grid.page)


def figures(row: Sequence[Box]) -> list[int]:
    """Where the figures of a row are."""
    return [at for at, box in enumerate(row) if box.field]


def fields_of(row: Sequence[Box]) -> list[str]:
    return [box.field for box in row if box.field]


def figure_rows(grid: Grid) -> list[int]:
    """The rows that hold figures."""
    return [at for at, row in enumerate(grid.rows) if figures(row)]


def replaced(rows: Rows, at: int, *new: Sequence[Box]) -> Rows:
    """Rows with one of them replaced by others."""
    return (*rows[:at], *(tuple(row) for row in new), *rows[at + 1 :])


def a_row(page: Page, chance: Random, least: int = 1) -> tuple[Grid, int]:
    """A row with at least so many figures."""
    grids = [
        (grid, at)
        for grid in page.counted
        for at in figure_rows(grid)
        if len(figures(grid.rows[at])) >= least
    ]
    return chance.choice(grids)


def with_row(page: Page, grid: Grid, at: int, *rows: Sequence[Box]) -> Page:
    return page.with_grid(grid, replace(grid, rows=replaced(grid.rows, at, *rows)))
