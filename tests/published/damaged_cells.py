"""Cells lost, put in, merged, and figures run together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from random import Random

from tests.published.grids import (
    UNKNOWN,
    Box,
    Page,
    Truth,
    a_row,
    fields_of,
    figure_rows,
    figures,
    replaced,
    with_row,
)


def glued_cells(page: Page, chance: Random) -> Page:
    """Two figures in one cell, the other cell blank."""
    grid, at = a_row(page, chance, 2)
    row = list(grid.rows[at])
    first = chance.choice(figures(row)[:-1])
    pair = [row[first].field, row[first + 1].field]
    left, right = row[first], row[first + 1]
    texts = (left.text + right.text, "") if chance.random() < 0.7 else ("", left.text + right.text)
    row[first], row[first + 1] = (
        replace(box, text=text) for box, text in zip((left, right), texts, strict=True)
    )
    damaged = with_row(page, grid, at, row).lost(pair)
    if _totals_tell(grid.rows[at], row, pair):
        return damaged
    return replace(damaged, literal={name: _literal(box.text) for name, box in _boxes(row, pair)})


def _boxes(row: Sequence[Box], names: Sequence[str]) -> list[tuple[str, Box]]:
    return [(box.field, box) for box in row if box.field in names]


def _literal(text: str) -> Truth:
    """What stands there; a number with a needless zero in front is none."""
    if not text:
        return "blank"
    return Decimal(text) if text.isdecimal() and str(int(text)) == text else UNKNOWN


def _totals_tell(before: Sequence[Box], row: Sequence[Box], pair: Sequence[str]) -> bool:
    """Whether the totals of the row, right before, contradict two figures in one cell."""
    now = {box.field: box.text for box in row if box.field}
    was = {box.field: box.text for box in before if box.field}
    told = False
    for total in (name for name in now if name.endswith(".total")):
        stem = total.removesuffix("total")
        parts = [name for name in now if name.startswith(stem) and name != total]
        if {total, *parts}.isdisjoint(pair):
            continue
        if not was[total].isdecimal() or not all(was[name].isdecimal() for name in parts):
            return False
        if int(was[total]) != sum(int(was[name]) for name in parts):
            return False
        told |= bool(now[total])
    return told


def a_whole_row_glued(page: Page, chance: Random) -> Page:
    """All figures of a row in its first cell: 15130000154."""
    grid, at = a_row(page, chance, 2)
    row = list(grid.rows[at])
    places = figures(row)
    text = "".join(row[place].text for place in places)
    for place in places:
        row[place] = replace(row[place], text=text if place == places[0] else "")
    damaged = with_row(page, grid, at, row).lost(fields_of(row))
    short = len(text) < 7 or grid.key == "proactive"
    return replace(damaged, literal={row[places[0]].field: _literal(text)} if short else {})


def glued_and_gone(page: Page, chance: Random) -> Page:
    """Two figures in one cell, the other cell is lost."""
    grid, at = a_row(page, chance, 2)
    row = list(grid.rows[at])
    first = chance.choice(figures(row)[:-1])
    row[first] = replace(row[first], text=row[first].text + row[first + 1].text)
    lost = fields_of(row)
    del row[first + 1]
    return with_row(page, grid, at, row).lost(lost)


def merged_cells(page: Page, chance: Random) -> Page:
    grid, at = a_row(page, chance, 2)
    row = list(grid.rows[at])
    first = chance.choice(figures(row)[:-1])
    left, right = row[first], row[first + 1]
    text = chance.choice([left.text, left.text + right.text, f"{left.text} {right.text}"])
    row[first : first + 2] = [replace(left, text=text, columns=left.columns + right.columns)]
    return with_row(page, grid, at, row).lost([left.field, right.field])


def cells_merged_downwards(page: Page, chance: Random) -> Page:
    grid = page.grid("requests")
    at = chance.choice(figure_rows(grid)[:-1])
    upper, lower = list(grid.rows[at]), list(grid.rows[at + 1])
    column = chance.randrange(len(figures(upper)))
    above, below = figures(upper)[column], figures(lower)[column]
    lost = [*fields_of(upper), *fields_of(lower)]
    upper[above] = replace(upper[above], rows=2)
    del lower[below]
    rows = replaced(replaced(grid.rows, at, upper), at + 1, lower)
    return page.with_grid(grid, replace(grid, rows=rows)).lost(lost)


def a_cell_lost(page: Page, chance: Random) -> Page:
    """The cells right of it move to the left."""
    grid, at = a_row(page, chance, 2)
    row = list(grid.rows[at])
    lost = fields_of(row)
    del row[chance.choice(figures(row))]
    return with_row(page, grid, at, row).lost(lost)


def a_blank_cell_put_in(page: Page, chance: Random) -> Page:
    """Shifted by a blank cell; a reader still sees every figure in its order."""
    grid, at = a_row(page, chance, 2)
    row = list(grid.rows[at])
    row.insert(chance.choice(figures(row)), Box(""))
    return with_row(page, grid, at, row)


def an_extra_value(page: Page, chance: Random) -> Page:
    grid, at = a_row(page, chance)
    row = list(grid.rows[at])
    row.insert(chance.choice(figures(row)), Box(chance.choice(["0", "0", "7", "12"])))
    return with_row(page, grid, at, row)


def all_rows_shifted(page: Page, _chance: Random) -> Page:
    """Every figure one column to the right of its head; the last stands beside the table."""
    grid = page.grid("requests")
    rows = []
    for row in grid.rows:
        places = figures(row)
        rows.append((*row[: places[0]], Box(""), *row[places[0] :]) if places else row)
    return page.with_grid(grid, replace(grid, rows=tuple(rows)))
