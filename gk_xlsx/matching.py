"""Grids of text → where the form's figures stand, by row and column labels.

Labels are found, never counted: a row or column whose label is not there is missing, and a
label that stands there twice where the form prints it once is not used. It refuses rather than
guesses.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from gk_xlsx.form import Block, Table

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
        texts: every cell that holds text, a merged cell by its top left corner.
    """
    index = _by_label(texts)
    places: dict[str, Place] = {}
    missing: dict[str, None] = {}
    top = -1
    for block in table.blocks:
        rows = _rows(block, index, texts)
        above = min((row for row in rows.values() if row is not None), default=None)
        columns = _columns(block, texts, top, above)
        for row in block.rows:
            for column, at in zip(block.columns, columns, strict=True):
                field_id = ".".join(filter(None, (table.key, row.id, column.id)))
                if rows[row.id] is not None and at is not None:
                    places[field_id] = (rows[row.id] or 0, at)
        missing |= dict.fromkeys(_lost(block, rows, columns))
        top = max((row for row in rows.values() if row is not None), default=top)
    return Located(places, tuple(missing))


def _by_label(texts: Mapping[Place, str]) -> dict[str, list[Place]]:
    index: dict[str, list[Place]] = {}
    for place, text in texts.items():
        index.setdefault(normal(text), []).append(place)
    return index


def _rows(
    block: Block, index: Mapping[str, Sequence[Place]], texts: Mapping[Place, str]
) -> dict[str, int | None]:
    """Row id to the grid's row, None where its label is not there exactly once."""
    if not block.rows[0].label:
        return {block.rows[0].id: _row_below_heads(block, texts)}
    found: dict[str, int | None] = {}
    for row in block.rows:
        rows = {place[0] for place in index.get(normal(row.label[-1]), ())}
        found[row.id] = rows.pop() if len(rows) == 1 else None
    return found


def _row_below_heads(block: Block, texts: Mapping[Place, str]) -> int | None:
    """The only row with content below the heads of a table without row labels."""
    heads = {normal(column.label[-1]) for column in block.columns}
    last_head = max((row for (row, _), text in texts.items() if normal(text) in heads), default=-1)
    below = sorted({row for (row, _), text in texts.items() if row > last_head and text.strip()})
    if last_head < 0 or len(below) > 1:
        return None
    return below[0] if below else last_head + 1


def _columns(
    block: Block, texts: Mapping[Place, str], top: int, bottom: int | None
) -> list[int | None]:
    """The grid's column of each of the block's columns, None where its head is not certain."""
    wanted = [normal(column.label[-1]) for column in block.columns]
    heads = sorted(
        (place[1], normal(text))
        for place, text in texts.items()
        if place[0] > top and (bottom is None or place[0] < bottom) and normal(text) in wanted
    )
    if [text for _, text in heads] == wanted:
        return [column for column, _ in heads]
    found: list[int | None] = []
    for text in wanted:
        columns = [column for column, head in heads if head == text]
        found.append(columns[0] if len(columns) == 1 and wanted.count(text) == 1 else None)
    return found


def _lost(
    block: Block, rows: Mapping[str, int | None], columns: Sequence[int | None]
) -> list[str]:
    lost = [row.label[-1] for row in block.rows if rows[row.id] is None and row.label]
    return lost + [
        column.label[-1]
        for column, at in zip(block.columns, columns, strict=True)
        if at is None
    ]
