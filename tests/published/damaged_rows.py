"""Rows and columns lost, doubled, moved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from random import Random

from tests.published.grids import (
    Box,
    Grid,
    Page,
    Rows,
    a_row,
    fields_of,
    figure_rows,
    figures,
    replaced,
    with_row,
)


def a_row_lost(page: Page, chance: Random) -> Page:
    grid, at = a_row(page, chance)
    return with_row(page, grid, at, _kept_spans(grid.rows[at])).lost(fields_of(grid.rows[at]))


def _kept_spans(row: Sequence[Box]) -> list[Box]:
    """What stays of a row: the labels that reach over the rows below it."""
    return [box for box in row if box.rows > 1]


def a_head_row_lost(page: Page, chance: Random) -> Page:
    grid = chance.choice(page.counted)
    heads = [at for at, row in enumerate(grid.rows) if any(box.head for box in row)]
    at = chance.choice(heads)
    return with_row(page, grid, at, _kept_spans(grid.rows[at]))


def two_rows_swapped(page: Page, chance: Random) -> Page:
    """Label and figures together."""
    grid = page.grid(chance.choice(["proactive", "requests"]))
    first, second = sorted(chance.sample(figure_rows(grid), 2))
    one, other = grid.rows[first], grid.rows[second]
    if _block(grid, first) != _block(grid, second) or len(figures(one)) != len(figures(other)):
        return page
    rows = replaced(grid.rows, first, _with_content_of(one, other))
    rows = replaced(rows, second, _with_content_of(other, one))
    return page.with_grid(grid, replace(grid, rows=rows))


def _with_content_of(row: Sequence[Box], other: Sequence[Box]) -> list[Box]:
    """A row with the label and the figures of another one in its own cells."""
    label, its = _own_label(row), _own_label(other)
    texts = {id(label): its.text} if label and its else {}
    moved = {
        id(row[mine]): other[theirs]
        for mine, theirs in zip(figures(row), figures(other), strict=True)
    }
    return [moved.get(id(box), replace(box, text=texts.get(id(box), box.text))) for box in row]


def _own_label(row: Sequence[Box]) -> Box | None:
    labels = [box for box in row if box.text and not box.field]
    return labels[-1] if labels else None


def _block(grid: Grid, at: int) -> int:
    """How many head rows stand above a row: those of one block have the same."""
    return sum(any(box.head for box in row) for row in grid.rows[:at])


def a_row_twice(page: Page, chance: Random) -> Page:
    """A row stands there again with other figures."""
    grid, at = a_row(page, chance)
    row = grid.rows[at]
    again = [
        replace(box, text=str(int(box.text) + 3) if box.text.isdecimal() else box.text, rows=1)
        for box in row
        if box.rows == 1
    ]
    rows = (
        (*grid.rows, tuple(again)) if chance.random() < 0.5 else replaced(grid.rows, at, row, again)
    )
    lost = fields_of(row)
    return page.with_grid(grid, replace(grid, rows=rows)).lost(lost)


def two_columns_swapped(page: Page, chance: Random) -> Page:
    """Heads and figures together."""
    grid = page.grid("requests")
    names = ["商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他"]
    one, other = chance.sample(names, 2)
    ids = {"商业企业": "company", "科研机构": "research", "社会公益组织": "social"}
    ids |= {"法律服务机构": "legal_service", "其他": "other"}

    def moved(row: Sequence[Box]) -> tuple[Box, ...]:
        def is_of(box: Box, name: str) -> bool:
            return (box.head and box.text == name) or box.field.endswith(f".{ids[name]}")

        places = {
            name: at for at, box in enumerate(row) for name in (one, other) if is_of(box, name)
        }
        boxes = list(row)
        if len(places) == 2:
            boxes[places[one]], boxes[places[other]] = row[places[other]], row[places[one]]
        return tuple(boxes)

    return page.with_grid(grid, replace(grid, rows=tuple(map(moved, grid.rows))))


def a_blank_column(page: Page, chance: Random) -> Page:
    """In every row, heads too."""
    grid = page.grid("requests")
    column = chance.randrange(7)
    rows = []
    for row in grid.rows:
        places = figures(row)
        heads = [at for at, box in enumerate(row) if box.head and box.text == _LEAVES[column]]
        boxes = list(_wider(row, over_some=column in range(1, 6)))
        at = places[column] if places else heads[0] if heads else None
        if at is not None:
            boxes.insert(at, Box("", rows=row[at].rows, head=row[at].head))
        rows.append(tuple(boxes))
    return page.with_grid(grid, replace(grid, rows=tuple(rows)))


_LEAVES = ("自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计")


def _wider(row: Sequence[Box], *, over_some: bool) -> tuple[Box, ...]:
    wide = (7, 5) if over_some else (7,)
    return tuple(
        replace(box, columns=box.columns + 1) if box.head and box.columns in wide else box
        for box in row
    )


def a_column_of_figures_lost(page: Page, chance: Random) -> Page:
    """The head stays; the figures right of it move to the left."""
    grid = page.grid("requests")
    column = chance.randrange(7)
    rows = [
        tuple(box for at, box in enumerate(row) if at != (figures(row) or [-1] * 7)[column])
        for row in grid.rows
    ]
    lost = [name for row in grid.rows for name in fields_of(row)]
    return page.with_grid(grid, replace(grid, rows=tuple(rows))).lost(lost)


def transposed(page: Page, chance: Random) -> Page:
    """Rows as columns, without spans."""
    grid = page.grid(chance.choice(["proactive", "requests", "disputes"]))
    width = max(len(row) for row in grid.rows)
    rows: Rows = tuple(
        tuple(
            replace(row[at], rows=1, columns=1) if at < len(row) else Box("") for row in grid.rows
        )
        for at in range(width)
    )
    lost = [name for row in grid.rows for name in fields_of(row)]
    return page.with_grid(grid, replace(grid, rows=rows)).lost(lost)


def spans_lost(page: Page, chance: Random) -> Page:
    """Every merged cell as its first cell and blank ones: what many programs make of a table."""
    grid = chance.choice(page.counted)
    taken: dict[tuple[int, int], bool] = {}
    rows = []
    for at, row in enumerate(grid.rows):
        boxes, column = list[Box](), 0
        for box in row:
            while taken.pop((at, column), False):
                boxes.append(Box(""))
                column += 1
            boxes += [replace(box, rows=1, columns=1), *[Box("")] * (box.columns - 1)]
            for down in range(1, box.rows):
                taken |= {(at + down, column + right): True for right in range(box.columns)}
            column += box.columns
        while taken.pop((at, column), False):
            boxes.append(Box(""))
            column += 1
        rows.append(tuple(boxes))
    return page.with_grid(grid, replace(grid, rows=tuple(rows)))
