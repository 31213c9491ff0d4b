"""Tables broken over pages, doubled, run together, and others beside them."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from tests.published.grids import (
    FRONT,
    Box,
    Grid,
    Page,
    fields_of,
    figure_rows,
    figures,
)


def cut(grid: Grid, at: int, *, repeat: bool) -> tuple[Grid, Grid]:
    """A table broken before a row; labels that reach over the break end there."""
    upper, hanging = [], list[Box]()
    for number, row in enumerate(grid.rows[:at]):
        boxes = []
        for box in row:
            left = number + box.rows - at
            boxes.append(replace(box, rows=min(box.rows, at - number)))
            if left > 0:
                hanging.append(replace(box, text="", rows=left))
        upper.append(tuple(boxes))
    heads = [row for row in grid.rows[:at] if row and all(box.head for box in row)]
    again = tuple(heads) if repeat and grid.key != "proactive" else ()
    first = (*hanging, *grid.rows[at]) if hanging else grid.rows[at]
    lower = (*again, tuple(first), *grid.rows[at + 1 :])
    return replace(grid, rows=tuple(upper)), replace(grid, rows=lower, page=True)


def page_break(page: Page, chance: Random) -> Page:
    grid = chance.choice(page.counted)
    at = chance.choice(figure_rows(grid))
    return page.with_grid(grid, *cut(grid, at, repeat=False))


def page_break_with_heads_again(page: Page, chance: Random) -> Page:
    grid = page.grid("requests")
    at = chance.choice(figure_rows(grid)[1:])
    return page.with_grid(grid, *cut(grid, at, repeat=True))


def page_break_inside_a_label(page: Page, chance: Random) -> Page:
    grid = page.grid(chance.choice(["proactive", "requests"]))
    at = chance.choice(figure_rows(grid)[1:])
    upper, lower = cut(grid, at, repeat=False)
    row = list(lower.rows[0])
    label = max(place for place, box in enumerate(row) if not box.field)
    half = chance.randrange(1, len(row[label].text))
    head, tail = row[label].text[:half], row[label].text[half:]
    blank = [replace(box, text="", field="") if box.field else box for box in row]
    above, below = (row, blank) if chance.random() < 0.5 else (blank, row)
    above, below = list(above), list(below)
    above[label] = replace(row[label], text=head, rows=1)
    below[label] = replace(row[label], text=tail, rows=1)
    above = [replace(box, rows=1) for box in above]
    return page.with_grid(
        grid,
        replace(upper, rows=(*upper.rows, tuple(above))),
        replace(lower, rows=(tuple(below), *lower.rows[1:])),
    )


def a_second_table_before(page: Page, chance: Random) -> Page:
    """The same table with other figures in the same section: nobody knows which one counts."""
    grid = chance.choice(page.counted)
    other = replace(grid, rows=tuple(tuple(map(_other_figure, row)) for row in grid.rows))
    lost = [name for row in grid.rows for name in fields_of(row)]
    return page.with_grid(grid, other, grid).lost(lost)


def _other_figure(box: Box) -> Box:
    return replace(box, text=str(int(box.text) + 1)) if box.field and box.text.isdecimal() else box


def another_table_before(page: Page, chance: Random) -> Page:
    """A table of the office's own, with words that stand in the statutory ones too."""
    own = Grid(
        "",
        (
            (Box("申请人"), Box("自然人"), Box("其他"), Box("总计")),
            (Box("网络"), Box("3"), Box("4"), Box("7")),
            (Box("行政许可"), Box("1"), Box("2"), Box("3")),
        ),
    )
    grid = chance.choice(page.counted)
    return page.with_grid(grid, own, grid)


def last_years_table_in_front(page: Page, chance: Random) -> Page:
    """Before the first section; the one under the heading counts."""
    grid = chance.choice(page.counted)
    other = replace(grid, key="", rows=tuple(tuple(map(_other_figure, row)) for row in grid.rows))
    return replace(page, grids=(replace(other, key=FRONT), *page.grids))


def all_in_one_table(page: Page, _chance: Random) -> Page:
    """An empty row between them."""
    rows = tuple(row for grid in page.grids for row in (*grid.rows, (Box(""),)))
    return replace(page, grids=(Grid("proactive", rows),))


def other_handling_in_one_row(page: Page, _chance: Random) -> Page:
    """（六）其他处理 as in 2019, without its three rows: only the sum is known."""
    grid = page.grid("requests")
    group = [
        at
        for at, row in enumerate(grid.rows)
        if any(".other_handling." in name for name in fields_of(row))
    ]
    if len(group) != 3:
        return page
    lost = [name for at in group for name in fields_of(grid.rows[at])]
    row = [
        Box("（六）其他处理", 1, 2),
        *(replace(grid.rows[group[0]][place], field="") for place in figures(grid.rows[group[0]])),
    ]
    rows = (*grid.rows[: group[0]], tuple(row), *grid.rows[group[2] + 1 :])
    return page.with_grid(grid, replace(grid, rows=rows)).lost(lost)
