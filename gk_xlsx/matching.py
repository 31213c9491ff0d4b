"""Grids of text → where the form's figures stand, by row and column labels.

Labels are found, never counted: a row or column whose label is not there is missing, and a
label that stands there twice where the form prints it once is not used. It refuses rather than
guesses.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from gk_xlsx.form import Block, Column, Table

Place = tuple[int, int]
"""Row and column in a grid, from 0."""

_NOISE = re.compile(r"[\s\u00a0\u3000.。、,，:：;；()（）\[\]【】〔〕“”\"'‘’—\-]+")


@dataclass(frozen=True, slots=True)
class Located:
    """Where a table's figures were found.

    Attributes:
        places: field id to its cell.
        missing: printed labels that were not found, each once, in printed order.
    """

    places: Mapping[str, Place]
    missing: tuple[str, ...]

    def share(self, table: Table) -> float:
        """The part of the table's fields that was found, 0 … 1."""
        return len(self.places) / len(table.fields)


def normal(text: str) -> str:
    """A label without what differs between programs and typists: width, spaces, punctuation."""
    return _NOISE.sub("", unicodedata.normalize("NFKC", text))


def locate(table: Table, texts: Mapping[Place, str]) -> Located:
    """Find a table in a grid.

    Args:
        table: of the form.
        texts: every cell that is not empty, figures too, a merged cell by its top left corner.
    """
    grid = {place: normal(text) for place, text in texts.items()}
    places: dict[str, Place] = {}
    missing: dict[str, None] = {}
    top = -1
    for block in table.blocks:
        rows = _rows(block, grid)
        known = [row for row in rows.values() if row is not None]
        heads = {
            place: text
            for place, text in grid.items()
            if top < place[0] < min(known, default=place[0] + 1)
        }
        columns = _columns(block.columns, heads)
        places |= _crossings(table, block, rows, columns)
        missing |= dict.fromkeys(_lost(block, rows, columns))
        top = max(known, default=top)
    return Located(places, tuple(missing))


def _crossings(
    table: Table,
    block: Block,
    rows: Mapping[str, int | None],
    columns: Sequence[int | None],
) -> dict[str, Place]:
    """Field id to the cell where its row and its column meet, for those that were found."""
    found: dict[str, Place] = {}
    for row in block.rows:
        for column, at in zip(block.columns, columns, strict=True):
            line = rows[row.id]
            if line is not None and at is not None:
                found[".".join(filter(None, (table.key, row.id, column.id)))] = (line, at)
    return found


def _rows(block: Block, grid: Mapping[Place, str]) -> dict[str, int | None]:
    """Row id to the grid's row, None where its label is not there exactly once."""
    if not block.rows[0].label:
        return {block.rows[0].id: _row_below_heads(block, grid)}
    standing: dict[str, set[int]] = {}
    for (line, _), text in grid.items():
        standing.setdefault(text, set()).add(line)
    return {row.id: _only(standing.get(normal(row.label[-1]), set())) for row in block.rows}


def _row_below_heads(block: Block, grid: Mapping[Place, str]) -> int | None:
    """The row of figures of a table without row labels: right below the heads, or unmistakable.

    Further down it must be the only row with content, and hold more than one cell, as a remark
    under the table does not.
    """
    last_head = _last_head(block, grid)
    if last_head is None:
        return None
    below = Counter(row for row, _ in grid if row > last_head)
    if not below:
        return last_head + 1
    row = _only(set(below))
    return row if row == last_head + 1 or (row is not None and below[row] > 1) else None


def _last_head(block: Block, grid: Mapping[Place, str]) -> int | None:
    """The lowest row of heads; None where anything else is among them, or two in one column."""
    labels = {normal(column.label[-1]) for column in block.columns}
    heads = [place for place, text in grid.items() if text in labels]
    rows, columns = {row for row, _ in heads}, {column for _, column in heads}
    if not heads or len(columns) < len(heads):
        return None
    between = {row for row, _ in grid if min(rows) <= row <= max(rows)}
    return max(rows) if between == rows else None


def _columns(columns: Sequence[Column], heads: Mapping[Place, str]) -> list[int | None]:
    """The grid's column of each of the block's columns, None where its head is not certain."""
    in_order = _in_printed_order(columns, heads)
    if in_order:
        return list(in_order)
    printed = Counter(column.label[-1] for column in columns)
    return [
        _only(_standing(column.label[-1], heads))
        if printed[column.label[-1]] == 1
        else _only(_under_heading(column, columns, heads))
        for column in columns
    ]


def _in_printed_order(columns: Sequence[Column], heads: Mapping[Place, str]) -> list[int]:
    """All heads as the form prints them, under headings none of which is elsewhere; or nothing."""
    wanted = [normal(column.label[-1]) for column in columns]
    standing = sorted((at, text) for (_, at), text in heads.items() if text in wanted)
    if [text for _, text in standing] != wanted:
        return []
    found = [at for at, _ in standing]
    first: dict[str, int] = {}
    for column, at in zip(columns, found, strict=True):
        first.setdefault(_heading(column), at)
    agree = all(_standing(name, heads) <= {at} for name, at in first.items() if name)
    return found if agree else []


def _under_heading(
    column: Column, columns: Sequence[Column], heads: Mapping[Place, str]
) -> set[int]:
    """Where a head stands that the form prints several times: under its own heading.

    A heading reaches from its column to where the next one begins.
    """
    starts = {name: _only(_standing(name, heads)) for name in map(_heading, columns)}
    own = starts[_heading(column)]
    if own is None or None in starts.values():
        return set()
    end = min((at for at in starts.values() if at is not None and at > own), default=None)
    found = _standing(column.label[-1], heads)
    return {at for at in found if own <= at and (end is None or at < end)}


def _heading(column: Column) -> str:
    """What is printed right above a column's head, or nothing."""
    return column.label[-2] if len(column.label) > 1 else ""


def _standing(label: str, heads: Mapping[Place, str]) -> set[int]:
    """The grid's columns in which a label stands."""
    return {column for (_, column), text in heads.items() if text == normal(label)}


def _only(numbers: set[int]) -> int | None:
    """The one number there is, or None."""
    return next(iter(numbers)) if len(numbers) == 1 else None


def _lost(block: Block, rows: Mapping[str, int | None], columns: Sequence[int | None]) -> list[str]:
    lost = [row.label[-1] for row in block.rows if rows[row.id] is None and row.label]
    return lost + [
        column.label[-1] for column, at in zip(block.columns, columns, strict=True) if at is None
    ]
