"""The statutory tables as rows of cells, with the marks of the findings."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from gk_xlsx.form import Box, Grid, Table, lay_out
from gk_xlsx.report import AnnualReport, written

WIDE = 6
"""A table of more columns than this scrolls on a narrow screen."""

RELATED = "related"
"""The kind of a cell that a broken relation names beside the one to look at."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A sign in a cell: how serious, what it says, and the anchor of its finding."""

    kind: str
    sign: str
    target: str


@dataclass(frozen=True, slots=True)
class Cell:
    """A printed cell.

    Attributes:
        kind: of a label its scope (row, col); of a figure its worst mark's kind, or empty.
        anchor: of a figure; empty for a label.
    """

    text: str
    rows: int
    columns: int
    kind: str
    anchor: str = ""
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True)
class Drawn:
    """A table as it is drawn.

    Attributes:
        wide: whether it scrolls on a narrow screen.
        widths: of the columns, in percent.
        parts: `thead` or `tbody` with its rows.
    """

    heading: str
    wide: bool
    widths: tuple[str, ...]
    parts: tuple[tuple[str, tuple[tuple[Cell, ...], ...]], ...]


def draw(
    table: Table,
    report: AnnualReport,
    anchor: str,
    marks: Mapping[str, Sequence[Mark]],
    related: Collection[str],
) -> Drawn:
    """A table with its figures as printed.

    Args:
        table: of the report's form.
        report: whose figures stand in it.
        anchor: what the ids of its cells begin with.
        marks: field id to its marks, the most serious first.
        related: ids of the fields that findings name.
    """
    grid = lay_out(table)
    rows = [
        tuple(_cell(box, report, anchor, marks, related) for box in _of_row(grid, row))
        for row in range(grid.height)
    ]
    parts = (("thead", rows[: grid.head_rows]), ("tbody", rows[grid.head_rows :]))
    return Drawn(
        heading=table.sheet,
        wide=grid.width > WIDE,
        widths=tuple(f"{100 * width / sum(table.twips):.2f}" for width in table.twips),
        parts=tuple((name, tuple(part)) for name, part in parts if part),
    )


def _of_row(grid: Grid, row: int) -> Iterator[Box]:
    """The boxes that begin in a row, left to right."""
    yield from sorted((box for box in grid.boxes if box.row == row), key=lambda box: box.column)


def _cell(
    box: Box,
    report: AnnualReport,
    anchor: str,
    marks: Mapping[str, Sequence[Mark]],
    related: Collection[str],
) -> Cell:
    if box.field is None:
        return Cell(box.text, box.rows, box.columns, "col" if box.head else "row")
    field_id = box.field.id
    own = tuple(marks.get(field_id, ()))
    named = RELATED if field_id in related else ""
    return Cell(
        text=written(report.entries[field_id]),
        rows=box.rows,
        columns=box.columns,
        kind=own[0].kind if own else named,
        anchor=f"{anchor}-{field_id}",
        marks=own,
    )
