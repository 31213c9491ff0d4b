"""The printed grid of a table: which box stands where and how far it spans.

Workbook, Word tables, HTML and the matcher all draw from this one layout.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise

from gk_xlsx.form.model import Block, Field, Table


@dataclass(frozen=True, slots=True)
class Box:
    """A printed cell; `row` and `column` count from 0 within the table.

    Attributes:
        text: the statutory label; empty in a cell for a figure.
        field: the field whose figure stands here, or None.
        head: whether it belongs to the head rows of its block.
    """

    row: int
    column: int
    rows: int
    columns: int
    text: str
    field: Field | None
    head: bool


@dataclass(frozen=True)
class Grid:
    """A table laid out.

    Attributes:
        boxes: top to bottom, left to right; together they cover the grid exactly.
        head_rows: how many rows at the top repeat on each printed page; 0 if blocks differ.
    """

    table: Table
    height: int
    width: int
    head_rows: int
    boxes: tuple[Box, ...]

    @cached_property
    def places(self) -> dict[str, Box]:
        """Field id to the box its figure stands in."""
        return {box.field.id: box for box in self.boxes if box.field is not None}

    @cached_property
    def labels(self) -> tuple[Box, ...]:
        """The boxes that carry statutory text."""
        return tuple(box for box in self.boxes if box.field is None and box.text)


@lru_cache
def lay_out(table: Table) -> Grid:
    """Lay a table out as the form prints it."""
    boxes: list[Box] = []
    height = 0
    for block in table.blocks:
        placed = tuple(_block_boxes(table, block, height))
        height = max(box.row + box.rows for box in placed)
        boxes += placed
    head_rows = _head_height(table.blocks[0]) if len(table.blocks) == 1 else 0
    return Grid(table, height, len(table.twips), head_rows, tuple(boxes))


def _block_boxes(table: Table, block: Block, top: int) -> Iterator[Box]:
    if block.title:
        yield Box(top, 0, 1, len(table.twips), block.title, None, head=True)
        top += 1
    depth = max(len(column.label) for column in block.columns)
    if table.label_columns:
        yield Box(top, 0, depth, table.label_columns, block.corner, None, head=True)
    yield from _column_heads(table, block, top, depth)
    yield from _row_heads(table, block, top + depth)
    yield from _figures(table, block, top + depth)


def _column_heads(table: Table, block: Block, top: int, depth: int) -> Iterator[Box]:
    starts = _column_starts(table, block)
    paths = [column.label for column in block.columns]
    for level in range(depth):
        for first, last in _runs(paths, level):
            text, rows = _text_and_reach(paths[first], level, depth)
            width = starts[last + 1] - starts[first]
            yield Box(top + level, starts[first], rows, width, text, None, head=True)


def _row_heads(table: Table, block: Block, top: int) -> Iterator[Box]:
    paths = [row.label for row in block.rows]
    for level in range(table.label_columns):
        for first, last in _runs(paths, level):
            text, columns = _text_and_reach(paths[first], level, table.label_columns)
            yield Box(top + first, level, last - first + 1, columns, text, None, head=False)


def _figures(table: Table, block: Block, top: int) -> Iterator[Box]:
    starts = _column_starts(table, block)
    for offset, row in enumerate(block.rows):
        for column, (start, end) in zip(block.columns, pairwise(starts), strict=True):
            field = Field(table.key, row, column)
            yield Box(top + offset, start, 1, end - start, "", field, head=False)


def _runs(paths: Sequence[tuple[str, ...]], level: int) -> Iterator[tuple[int, int]]:
    """First and last index of each run of paths that share their label down to `level`."""
    first = 0
    for index in range(1, len(paths) + 1):
        if index < len(paths) and paths[index][: level + 1] == paths[first][: level + 1]:
            continue
        if level < len(paths[first]):
            yield first, index - 1
        first = index


def _text_and_reach(path: tuple[str, ...], level: int, depth: int) -> tuple[str, int]:
    """The label at a level and over how many levels it reaches: the last one to the edge."""
    return path[level], depth - level if level == len(path) - 1 else 1


def _column_starts(table: Table, block: Block) -> list[int]:
    starts = [table.label_columns]
    for column in block.columns:
        starts.append(starts[-1] + column.span)
    return starts


def _head_height(block: Block) -> int:
    return bool(block.title) + max(len(column.label) for column in block.columns)
