"""One grid of texts → the places of a table's figures (a damaged workbook of ours)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from gk_xlsx.form import Block, Table
from gk_xlsx.matching.columns import Place, columns_of, only
from gk_xlsx.matching.labels import LONGEST, key


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


def locate(table: Table, texts: Mapping[Place, str]) -> Located:
    """Find a table in a grid.

    Args:
        table: of the form.
        texts: every cell that is not empty, figures too, a merged cell by its top left corner.
    """
    grid = {place: key(text) if len(text) <= LONGEST else text for place, text in texts.items()}
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
        columns = columns_of(block.columns, heads)
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
        return {block.rows[0].id: row_below_heads(block, grid)}
    standing: dict[str, set[int]] = {}
    for (line, _), text in grid.items():
        standing.setdefault(text, set()).add(line)
    return {row.id: only(standing.get(key(row.label[-1]), set())) for row in block.rows}


def row_below_heads(block: Block, grid: Mapping[Place, str]) -> int | None:
    """The row of figures of a table without row labels: right below the heads, or unmistakable.

    Further down it must be the only row with content, and hold more than one cell, as a remark
    under the table does not.
    """
    last_head = last_head_row(block, grid)
    if last_head is None:
        return None
    below = Counter(row for row, _ in grid if row > last_head)
    if not below:
        return last_head + 1
    row = only(set(below))
    return row if row == last_head + 1 or (row is not None and below[row] > 1) else None


def last_head_row(block: Block, grid: Mapping[Place, str]) -> int | None:
    """The lowest row of heads; None where anything else is among them, or two in one column."""
    labels = {key(column.label[-1]) for column in block.columns}
    heads = [place for place, text in grid.items() if text in labels]
    rows, columns = {row for row, _ in heads}, {column for _, column in heads}
    if not heads or len(columns) < len(heads):
        return None
    between = {row for row, _ in grid if min(rows) <= row <= max(rows)}
    return max(rows) if between == rows else None


def _lost(block: Block, rows: Mapping[str, int | None], columns: Sequence[int | None]) -> list[str]:
    lost = [row.label[-1] for row in block.rows if rows[row.id] is None and row.label]
    return lost + [
        column.label[-1] for column, at in zip(block.columns, columns, strict=True) if at is None
    ]
