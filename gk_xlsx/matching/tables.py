"""A statutory table with row labels among all tables of a document: its figures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from gk_xlsx.form import Block, Sum, Table
from gk_xlsx.matching.columns import Heads, Range, Renamed, heads_of
from gk_xlsx.matching.found import COLLAPSED, Cell, Changed, Extra, TableFound
from gk_xlsx.matching.labels import key
from gk_xlsx.matching.lines import Line, Sheet, Slot
from gk_xlsx.matching.pieces import Piece, pieces
from gk_xlsx.matching.reading import Found, Manner, RowRead, in_place, read_row
from gk_xlsx.matching.rows import Hit, right_of

NO_ROW = "没有找到这一行的标题"

_LEAST = 0.4
"""A table is taken for a statutory one when this part of its rows is there."""


def find_tables(table: Table, sheets: Sequence[Sheet]) -> list[TableFound]:
    """Every place where a statutory table with row labels stands, or a part of one.

    In the order of the document; only those with `enough` rows are the table itself.
    """
    found = (_found(Piece.of(table, some)) for some in pieces(table, sheets))
    return [one for one in found if one.enough or one.certain]


@dataclass(frozen=True, slots=True)
class _Row:
    """A row of figures with its heads and what was read."""

    hit: Hit
    heads: Heads
    read: RowRead


def _found(piece: Piece) -> TableFound:
    rows = [row for block, its in piece.blocks() for row in _rows(piece, block, its)]
    groups = list(_collapsed(piece))
    cells = {item.id: Cell(Found(doubt=NO_ROW)) for item in piece.table.fields}
    for group, hit in groups:
        cells |= _hidden(piece, group, hit)
    hidden = frozenset(
        item.id for group, _ in groups for item in piece.table.fields if item.row.id in group.of
    )
    for row in rows:
        ids, place = piece.ids(row.hit.row), piece.place(row.hit)
        cells |= {
            item: Cell(found, *place) for item, found in zip(ids, row.read.found, strict=True)
        }
    return TableFound(
        cells=cells,
        sheets=tuple(piece.sheets),
        extras=tuple(_extras(piece, rows)),
        changed=tuple(dict.fromkeys(_changed(piece, rows))),
        unusual=tuple(item for row in rows if row.read.unusual for item in piece.ids(row.hit.row)),
        enough=len({hit.row for hit in piece.hits}) >= _LEAST * len(piece.table.rows),
        hidden=hidden,
        sums={name: cell for group, hit in groups for name, cell in _sums(piece, group, hit)},
    )


# -- rows ----------------------------------------------------------------------------------


def _rows(piece: Piece, block: Block, rows: range) -> Iterator[_Row]:
    """The rows of a block as far as they were found, each under its heads."""
    own = [hit for hit in piece.hits if hit.row in rows]
    heads = Heads((None,) * len(block.columns))
    for _, group in groupby(own, key=lambda hit: piece.sheet(hit).number):
        part = list(group)
        heads = _heads(piece, block, part[0], rows, heads)
        part = [replace(hit, values=_below(piece, hit, heads)) for hit in part]
        manners = _manners(piece, part, heads)
        for hit in part:
            yield _Row(hit, heads, _read(piece, hit, heads, manners))


def _read(piece: Piece, hit: Hit, heads: Heads, manners: Mapping[Range, Manner]) -> RowRead:
    doubt = piece.doubt(hit)
    if doubt:
        return RowRead((Found(doubt=doubt),) * len(heads.ranges))
    return read_row(hit.values, heads, manners[_extent(piece, hit)])


def _below(piece: Piece, hit: Hit, heads: Heads) -> tuple[Slot, ...]:
    """A row's values without the blank cells beside the outermost heads."""
    first, last = heads.ranges[0], heads.ranges[-1]
    if heads.sheet != piece.sheet(hit).number or not first or not last or heads.unusual:
        return hit.values
    return tuple(
        slot
        for slot in hit.values
        if not slot.blank or (first[0] < slot.end and slot.column < last[1])
    )


def _extent(piece: Piece, hit: Hit) -> Range:
    """From where the cells of a row begin to where they end; how many where none has a place."""
    values = hit.values
    if not values or piece.sheet(hit).ragged:
        return 0, len(values)
    return values[0].column, values[-1].end


def _manners(piece: Piece, part: Sequence[Hit], heads: Heads) -> Mapping[Range, Manner]:
    """How rows of one table under the same heads are read, by how far they reach.

    They are read by place unless most of the full rows say that their cells are not below their
    heads; a row that reaches further than most, or less far, only where it is full.
    """
    sheet = piece.sheet(part[0])
    full = [hit for hit in part if len(hit.filled) == len(heads.ranges)]
    beside = sum(in_place(hit.values, heads) is None for hit in full)
    own = heads.sheet == sheet.number
    fits = own or heads.width == sheet.width
    placed = fits and not sheet.ragged and beside <= len(full) / 2
    exact = piece.is_exact(sheet) and (sheet.ragged or not own)
    extents = Counter(_extent(piece, hit) for hit in part)
    usual = {extent for extent, often in extents.items() if often == max(extents.values())}
    odd = Manner(placed=False, exact=False, doubted=placed)
    return {extent: Manner(placed, exact) if extent in usual else odd for extent in extents}


# -- heads ---------------------------------------------------------------------------------


def _heads(piece: Piece, block: Block, hit: Hit, rows: range, before: Heads) -> Heads:
    """The heads above a row: of its own table, else those of the piece before."""
    above, sheet = piece.above(hit, rows), piece.sheet(hit)
    own = [line for line in above if line.table == sheet.number]
    heads = heads_of(block.columns, own, sheet)
    if heads.known or not (before.known or len(own) < len(above)):
        return heads
    return before if before.known else _heads_before(piece, block, above)


def _heads_before(piece: Piece, block: Block, above: Sequence[Line]) -> Heads:
    """Heads at the end of the piece before, or broken over both."""
    held = piece.sheets[above[0].table]
    last = [line for line in above if line.table == held.number]
    heads = heads_of(block.columns, last, held)
    if heads.order:
        return heads
    broken = heads_of(block.columns, above, replace(held, ragged=True))
    return broken if broken.known else heads


# -- one row for several -------------------------------------------------------------------


def _collapsed(piece: Piece) -> Iterator[tuple[Sum, Hit]]:
    """Groups of which only the heading stands there, with figures of its own.

    Source: reports of 2021 and later that still print （六）其他处理 as in the edition 2019.
    """
    found = {piece.table.rows[hit.row].id for hit in piece.hits}
    for group in piece.table.row_sums:
        if len(group.of) < 2 or found & set(group.of):
            continue
        rows = [
            Hit(-1, at, right_of(line, words.end), words.text)
            for at, line in enumerate(piece.lines)
            for words in line.words
            if words.key == key(group.label)
        ]
        if len(rows) == 1 and not rows[0].blank:
            yield group, rows[0]


def _hidden(piece: Piece, group: Sum, hit: Hit) -> dict[str, Cell]:
    """The fields of which only the sum is known."""
    cell = Cell(Found(doubt=COLLAPSED.format(group.label)), *piece.place(hit))
    return {item.id: cell for item in piece.table.fields if item.row.id in group.of}


def _sums(piece: Piece, group: Sum, hit: Hit) -> Iterator[tuple[str, Cell]]:
    """The figures of a group, read under the heads of the rows above it."""
    block, rows = next(iter(piece.blocks()))
    first = next((other for other in piece.hits if other.at < hit.at), hit)
    heads = _heads(piece, block, first, rows, Heads((None,) * len(block.columns)))
    one = replace(hit, values=_below(piece, hit, heads))
    read = _read(piece, one, heads, _manners(piece, [one], heads))
    for column, found in zip(block.columns, read.found, strict=True):
        name = f"{piece.table.numeral}.{group.short}.{column.short}"
        yield name, Cell(found, *piece.place(hit))


# -- what is odd ---------------------------------------------------------------------------


def _extras(piece: Piece, rows: Sequence[_Row]) -> Iterator[Extra]:
    for row in rows:
        if row.read.extra:
            ids = piece.ids(row.hit.row)
            yield Extra(ids[0], len(ids), row.read.extra, *piece.place(row.hit))


def _changed(piece: Piece, rows: Sequence[_Row]) -> Iterator[Changed]:
    for row in rows:
        if row.hit.renamed:
            label = piece.table.rows[row.hit.row].label[-1]
            yield Changed(Renamed(label, row.hit.label), *piece.place(row.hit))
    for heads in dict.fromkeys(row.heads for row in rows):
        for renamed in heads.renamed:
            yield Changed(renamed, heads.sheet, -1)
