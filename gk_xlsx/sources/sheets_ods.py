"""An OpenDocument spreadsheet → its sheets.

Read by the standard library: the usual one gives a formula's last result and does not say that
it is one. Source: ODF 1.3 part 3, 9 Tables.
"""

from __future__ import annotations

import datetime
import io
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from itertools import chain, repeat
from xml.etree.ElementTree import Element, ParseError, fromstring

from gk_xlsx.sources.grids import MAX_CELLS, Place, Sheet, check_size, in_reach, text_of
from gk_xlsx.sources.refusals import RefusedError

_NS = "{urn:oasis:names:tc:opendocument:xmlns:%s:1.0}"
_TABLE, _OFFICE, _TEXT, _STYLE = (_NS % name for name in ("table", "office", "text", "style"))

_ROW, _CELL, _COVERED = f"{_TABLE}table-row", f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"
_COLUMN = f"{_TABLE}table-column"
_ROW_GROUPS = {f"{_TABLE}{name}" for name in ("table-header-rows", "table-row-group", "table-rows")}
_COLUMN_GROUPS = {
    f"{_TABLE}{name}" for name in ("table-header-columns", "table-column-group", "table-columns")
}
_VISIBILITY = f"{_TABLE}visibility"
_MAX_SPACES = 1000
"""Written as a number in the file; nobody types so many."""


def read_ods(data: bytes) -> Sequence[Sheet]:
    """The sheets of a spreadsheet, in the order of the tabs.

    Raises:
        UnreadableError: if it is damaged or far too large.
    """
    root = _content(data)
    hidden = _hidden_styles(root)
    tables = root.iterfind(f"{_OFFICE}body/{_OFFICE}spreadsheet/{_TABLE}table")
    return [_sheet(table, hidden) for table in tables]


def _content(data: bytes) -> Element:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            check_size(archive.getinfo("content.xml").file_size)
            part = archive.read("content.xml")
        if b"<!DOCTYPE" in part or b"<!ENTITY" in part or b"\0" in part:
            raise RefusedError("damaged")
        return fromstring(part)  # noqa: S314 — a DOCTYPE, without which there are no entities, is refused
    except (zipfile.BadZipFile, zlib.error, KeyError, OSError, EOFError, ParseError, RuntimeError):
        raise RefusedError("damaged") from None


def _hidden_styles(root: Element) -> AbstractSet[str]:
    """The styles of sheets that are not shown."""
    return {
        style.get(f"{_STYLE}name", "")
        for style in root.iterfind(f"{_OFFICE}automatic-styles/{_STYLE}style")
        for look in style.iterfind(f"{_STYLE}table-properties")
        if look.get(f"{_TABLE}display") == "false"
    }


def _sheet(table: Element, hidden_styles: AbstractSet[str]) -> Sheet:
    name = table.get(f"{_TABLE}name", "")
    shown = table.get(f"{_TABLE}style-name", "") not in hidden_styles
    cells: dict[Place, str] = {}
    merged: dict[Place, Place] = {}
    hidden_rows: set[int] = set()
    at = 0
    for row in _within(table, _ROW, _ROW_GROUPS):
        times = _times(row, "rows")
        found = dict(_cells(row))
        spans = dict(_spans(row))
        if found and (times * len(found) + len(cells) > MAX_CELLS or not in_reach((at + times, 0))):
            return Sheet(name, shown=shown, too_large=True)
        for line in range(at, at + times if found else at):
            cells |= {(line, column): text for column, text in found.items()}
        merged |= {(at, column): span for column, span in spans.items()}
        if row.get(_VISIBILITY, "visible") != "visible":
            hidden_rows |= set(range(at, at + min(times, MAX_CELLS)))
        at += times
    if not all(map(in_reach, cells)):
        return Sheet(name, shown=shown, too_large=True)
    return Sheet(name, cells, merged, hidden_rows, frozenset(_hidden_columns(table)), shown)


def _within(parent: Element, tag: str, groups: AbstractSet[str]) -> Iterator[Element]:
    """Rows or columns in their order, those in groups too."""
    for child in parent:
        if child.tag == tag:
            yield child
        elif child.tag in groups:
            yield from _within(child, tag, groups)


def _times(element: Element, what: str) -> int:
    """How often a row, column or cell stands there, one behind the other."""
    return _count(element.get(f"{_TABLE}number-{what}-repeated"))


def _count(text: str | None) -> int:
    return max(1, int(text)) if text and text.isdecimal() and len(text) < 9 else 1


def _placed(row: Element) -> Iterator[tuple[int, int, Element]]:
    """Column, how often, and cell, of the cells that are shown."""
    at = 0
    for cell in row:
        if cell.tag in (_CELL, _COVERED):
            times = _times(cell, "columns")
            if cell.tag == _CELL:
                yield at, times, cell
            at += times


def _cells(row: Element) -> Iterator[tuple[int, str]]:
    for at, times, cell in _placed(row):
        text = _text(cell)
        if text:
            yield from zip(range(at, at + min(times, MAX_CELLS)), repeat(text), strict=False)


def _spans(row: Element) -> Iterator[tuple[int, Place]]:
    for at, _, cell in _placed(row):
        rows = _count(cell.get(f"{_TABLE}number-rows-spanned"))
        columns = _count(cell.get(f"{_TABLE}number-columns-spanned"))
        if rows > 1 or columns > 1:
            yield at, (rows, columns)


def _text(cell: Element) -> str:
    formula = cell.get(f"{_TABLE}formula")
    if formula is not None:
        return f"={formula.partition('=')[2]}"
    kind = cell.get(f"{_OFFICE}value-type", "")
    stored = cell.get(f"{_OFFICE}{_VALUES.get(kind, 'string-value')}")
    if kind in ("float", "percentage", "currency") and stored:
        return _number(stored)
    if kind == "boolean" and stored:
        return stored.upper()
    if kind == "date" and stored:
        return _date(stored)
    return "\n".join(_written(part) for part in cell.iterfind(f"{_TEXT}p"))


_VALUES: Mapping[str, str] = {
    **dict.fromkeys(("float", "percentage", "currency"), "value"),
    "boolean": "boolean-value",
    "date": "date-value",
}


def _number(text: str) -> str:
    try:
        return text_of(float(text))
    except ValueError:
        return text


def _date(text: str) -> str:
    try:
        return text_of(datetime.datetime.fromisoformat(text))
    except ValueError:
        return text


def _written(paragraph: Element) -> str:
    """A paragraph's text; spaces, tabs and breaks are elements."""
    return "".join(chain([paragraph.text or ""], map(_inline, paragraph)))


def _inline(element: Element) -> str:
    signs = {f"{_TEXT}tab": "\t", f"{_TEXT}line-break": "\n"}
    if element.tag == f"{_TEXT}s":
        inside = " " * min(_count(element.get(f"{_TEXT}c")), _MAX_SPACES)
    elif element.tag in signs:
        inside = signs[element.tag]
    elif element.tag in (f"{_OFFICE}annotation", f"{_TEXT}ruby-text"):
        inside = ""
    else:
        inside = _written(element)
    return inside + (element.tail or "")


def _hidden_columns(table: Element) -> Iterator[int]:
    at = 0
    for column in _within(table, _COLUMN, _COLUMN_GROUPS):
        times = _times(column, "columns")
        if column.get(_VISIBILITY, "visible") != "visible":
            yield from range(at, at + min(times, MAX_CELLS))
        at += times
