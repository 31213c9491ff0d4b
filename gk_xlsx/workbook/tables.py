"""One statutory sheet → entries: at the planned addresses, or by its labels once damaged."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from gk_xlsx.amounts import SPACES, plain
from gk_xlsx.form import Field, FieldKind, Table
from gk_xlsx.plan import formulas
from gk_xlsx.plan.layout import PRINTOUT, STATE_OFFSET, SWITCH_CAPTION, Layout
from gk_xlsx.plan.model import Address
from gk_xlsx.report import BLANK, Entry, EntryKind, Observation, Place, Seen, read_text
from gk_xlsx.workbook.cells import Place as At
from gk_xlsx.workbook.cells import Stored, StoredSheet
from gk_xlsx.workbook.sheets import Sheets
from gk_xlsx.workbook.texts import serial_date

if TYPE_CHECKING:
    from gk_xlsx.matching import Located

_ENOUGH = 0.6
"""A sheet is taken for a table when this part of its fields is found by labels."""

_VISIBLE = range(STATE_OFFSET)
"""The columns left of the state cells."""

_SWITCHED_ON = "是"


@dataclass(frozen=True)
class TableRead:
    """What one statutory sheet holds.

    Attributes:
        sheet: the name of the sheet it was read from; empty where there is none.
        entries: every field of the table; totals are left blank, with their place.
        switched_on: whether the 零报告 switch is on.
    """

    sheet: str
    entries: Mapping[str, Entry]
    switched_on: bool
    observations: tuple[Observation, ...]


@dataclass(frozen=True)
class _Standing:
    """Where the figures of a table stand.

    Attributes:
        moved: whether they were found by their labels.
    """

    places: Mapping[str, At]
    moved: bool
    observations: tuple[Observation, ...] = ()


def read_table(
    layout: Layout, table: Table, sheets: Sheets, sums: Mapping[str, str] | None = None
) -> TableRead:
    """Read a table from the sheet of its name, or from the sheet that has its labels.

    Args:
        layout: where things stand.
        table: which one.
        sheets: of the workbook.
        sums: of a merged workbook, field id to the formula of its sum. All its figures are
            left blank, with their place: what they are worth is computed from 明细.
    """
    sheet = _find(layout, table, sheets, merged=sums is not None)
    if sheet is None:
        reason = f"没有找到“{table.sheet}”表"
        lost = Entry(EntryKind.UNKNOWN, reason=reason)
        seen = Observation(Seen.TABLE_MISSING, table=table.key)
        entries = dict.fromkeys(_fields(layout, table), lost)
        return TableRead("", entries, switched_on=False, observations=(seen,))
    standing = _standing(layout, table, sheet)
    planned = _planned_formulas(layout) if sums is None else _all_canonical(sums)
    entries = {
        field_id: _entry(sheet, field, standing.places.get(field_id), computed=field_id in planned)
        for field_id, field in _fields(layout, table).items()
    }
    observations = (
        *_seen_of_the_sheet(table, sheet),
        *standing.observations,
        *_seen_of_formulas(layout, table, sheet, standing, planned),
    )
    switched_on = _is_switched_on(layout, table, sheet, standing)
    return TableRead(sheet.name, entries, switched_on, observations)


def _fields(layout: Layout, table: Table) -> dict[str, Field]:
    fields = layout.form.fields
    return {field_id: item for field_id, item in fields.items() if item.table == table.key}


def _seen_of_the_sheet(table: Table, sheet: StoredSheet) -> Iterator[Observation]:
    if sheet.name != table.sheet:
        yield Observation(
            Seen.SHEET_RENAMED, table=table.key, expected=table.sheet, found=sheet.name
        )
    if not sheet.protected:
        yield Observation(Seen.UNPROTECTED, table=table.key, found=sheet.name)


# -- where the figures stand ---------------------------------------------------------------


def _find(layout: Layout, table: Table, sheets: Sheets, *, merged: bool) -> StoredSheet | None:
    named = sheets.get(table.sheet)
    if named is not None and (
        not _changed_labels(layout, table, named) or _is_the_table(table, named, merged=merged)
    ):
        return named
    for name in sheets.names:
        other = sheets.get(name)
        if other is None or name in (table.sheet, PRINTOUT):
            continue
        if _is_the_table(table, other, merged=merged):
            return other
    return named


def _is_the_table(table: Table, sheet: StoredSheet, *, merged: bool) -> bool:
    """Whether most labels are there.

    A print-out has them too, but formulas for figures; a merged workbook has them everywhere.
    """
    located = _found_by_labels(table, sheet)
    figures = [sheet.at(place) for place in located.places.values()]
    printed = sum(cell is not None and cell.formula is not None for cell in figures)
    return located.share(table) >= _ENOUGH and (merged or printed < _ENOUGH * len(figures))


def _standing(layout: Layout, table: Table, sheet: StoredSheet) -> _Standing:
    """As planned while the labels stand there, else as found by labels."""
    planned = {field_id: _at(layout.fields[field_id]) for field_id in _fields(layout, table)}
    changed = _changed_labels(layout, table, sheet)
    if not changed and _row_is_certain(layout, table, sheet):
        return _Standing(planned, moved=False)
    located = _found_by_labels(table, sheet)
    in_place = all(planned[field_id] == place for field_id, place in located.places.items())
    if in_place and located.share(table) >= _ENOUGH:
        return _Standing(planned, moved=False, observations=tuple(_seen_of(changed, table, sheet)))
    lost = "、".join(located.missing)
    kind = Seen.LOST if lost else Seen.MOVED
    seen = Observation(kind, table=table.key, place=Place(sheet.name), expected=lost)
    return _Standing(located.places, moved=True, observations=(seen,))


def _row_is_certain(layout: Layout, table: Table, sheet: StoredSheet) -> bool:
    """Whether the figures cannot have moved while all labels stand: rows have labels.

    The row of a table without row labels is known by its locked formulas.
    """
    if table.label_columns:
        return True
    totals = layout.form.computed.keys() & _fields(layout, table).keys()
    cells = (sheet.at(_at(layout.fields[field_id])) for field_id in totals)
    return any(cell is not None and cell.formula is not None for cell in cells)


def _changed_labels(layout: Layout, table: Table, sheet: StoredSheet) -> list[tuple[Address, str]]:
    """The cells that should carry a statutory label and do not, with that label."""
    return [
        (address, text)
        for address, text in layout.labels[table.key]
        if sheet.text_at(_at(address)) != text
    ]


def _seen_of(
    changed: list[tuple[Address, str]], table: Table, sheet: StoredSheet
) -> Iterator[Observation]:
    for address, text in changed:
        yield Observation(
            Seen.LABEL_CHANGED,
            table=table.key,
            place=Place(sheet.name, address.local),
            expected=text,
            found=sheet.text_at(_at(address)),
        )


def _found_by_labels(table: Table, sheet: StoredSheet) -> Located:
    from gk_xlsx.matching import locate  # which an intact workbook does not need

    return locate(table, _grid(sheet))


def _grid(sheet: StoredSheet) -> dict[At, str]:
    """Everything in sight as text; a formula counts as content, its cached result does not."""
    return {
        place: stored.text if stored.formula is None else "="
        for place, stored in sheet.cells(_VISIBLE)
    }


def _is_switched_on(layout: Layout, table: Table, sheet: StoredSheet, standing: _Standing) -> bool:
    """Whether the switch says so, as the sheet's own formula compares it: no space beside it."""
    place = _switch(layout, table, sheet, standing)
    stored = sheet.at(place) if place else None
    return stored is not None and (stored.kind, stored.typed) == ("s", _SWITCHED_ON)


def _switch(layout: Layout, table: Table, sheet: StoredSheet, standing: _Standing) -> At | None:
    """Where the switch stands: in the row of its caption, above the figures of its column."""
    planned = layout.switch(table)
    if not standing.moved:
        return _at(planned)
    rows = (place[0] for place, text in sheet.texts(_VISIBLE).items() if text == SWITCH_CAPTION)
    row = next(rows, None)
    below = (
        place[1]
        for field_id, place in standing.places.items()
        if layout.fields[field_id].column == planned.column
    )
    column = next(below, None)
    return None if row is None or column is None else (row, column)


# -- what stands there ---------------------------------------------------------------------


def _entry(sheet: StoredSheet, field: Field, place: At | None, *, computed: bool) -> Entry:
    if place is None:
        return Entry(EntryKind.UNKNOWN, reason="按行列标题没有找到这一格")
    where = Place(sheet.name, Address(sheet.name, *place).local)
    if computed:
        return replace(BLANK, place=where)
    return replace(entry_of(sheet.at(place), field), place=where)


def entry_of(stored: Stored | None, field: Field) -> Entry:
    """What a stored cell means where a figure belongs."""
    if stored is None:
        return BLANK
    if stored.formula is not None:
        return Entry(EntryKind.FORMULA, raw=f"={stored.formula}")
    if stored.kind == "n":
        return Entry(EntryKind.NUMBER, stored.number)
    if stored.kind == "b":
        return Entry(EntryKind.BOOLEAN, raw="TRUE" if stored.text == "1" else "FALSE")
    if stored.kind == "d":
        text = serial_date(int(stored.number)) if stored.number is not None else stored.text
        return Entry(EntryKind.DATE, raw=text)
    return _as_text(read_text(stored.text, field), stored.text, field)


def _as_text(entry: Entry, text: str, field: Field) -> Entry:
    """A number that is stored as text is none that the sheet can add.

    An amount of money that must be written with its unit is meant to be text.
    """
    if entry.kind is not EntryKind.NUMBER:
        return entry
    with_unit = field.kind is FieldKind.MONEY_WITH_UNIT
    if with_unit and formulas.AMOUNT.fullmatch(text.strip(SPACES)):
        return entry
    changes = entry.changes or ("文本格式",)
    return replace(entry, kind=EntryKind.TEXT_NUMBER, raw=text, changes=changes)


# -- the locked formulas -------------------------------------------------------------------


def _seen_of_formulas(
    layout: Layout,
    table: Table,
    sheet: StoredSheet,
    standing: _Standing,
    planned: Mapping[str, str],
) -> Iterator[Observation]:
    """Totals without their formula; how it reads is only compared where nothing moved."""
    for field_id in _fields(layout, table):
        place = standing.places.get(field_id)
        if field_id not in planned or place is None:
            continue
        stored = sheet.at(place)
        formula = stored.formula if stored else None
        if formula is not None and (standing.moved or canonical(formula) == planned[field_id]):
            continue
        yield Observation(
            Seen.FORMULA_REPLACED if formula is None else Seen.FORMULA_CHANGED,
            field=field_id,
            table=table.key,
            place=Place(sheet.name, Address(sheet.name, *place).local),
            found=_shown(stored) if formula is None else f"={formula}",
        )


def _shown(stored: Stored | None) -> str:
    if stored is None:
        return ""
    return plain(stored.number) if stored.number is not None else stored.text


@lru_cache
def _planned_formulas(layout: Layout) -> dict[str, str]:
    """Computed field to its formula as `canonical` gives it."""
    return _all_canonical(
        {field_id: formulas.total(layout, field_id) for field_id in layout.form.computed}
    )


def _all_canonical(planned: Mapping[str, str]) -> dict[str, str]:
    return {field_id: canonical(formula) for field_id, formula in planned.items()}


def canonical(formula: str) -> str:
    """A formula without what programs write differently."""
    return formula.replace(" ", "").replace("$", "").replace("'", "").upper()


def _at(address: Address) -> At:
    return address.row, address.column
