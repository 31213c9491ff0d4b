"""Tables of a Word document: which cell stands where, however it was merged."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from lxml import etree

from gk_xlsx.sources.docx_inline import content_of
from gk_xlsx.sources.docx_package import W
from gk_xlsx.sources.docx_styles import number, switch, value

MAX_COLUMNS = 63
"""Word's own limit. Source: Word specifications, columns in a table."""

AROUND = frozenset(W + name for name in ("customXml", "ins", "moveTo", "smartTag"))
"""Elements around rows, cells and paragraphs that change nothing of them."""


@dataclass(frozen=True, slots=True)
class Place:
    """A cell of a table, merged or not: its corner, and its content there."""

    row: int
    column: int
    rows: int
    columns: int
    content: etree._Element


def places(table: etree._Element) -> list[Place]:
    """The cells of a table in the order of their corners, without rows that are hidden."""
    found: list[Place] = []
    open_above: dict[int, int] = {}
    for row, element in enumerate(_rows(table)):
        still_open: dict[int, int] = {}
        for place, merge in _cells(element, row):
            above = open_above.get(place.column)
            continues = merge == "continue" and above is not None
            if continues and above is not None and found[above].columns == place.columns:
                found[above] = replace(found[above], rows=row - found[above].row + 1)
                still_open[place.column] = above
            else:
                still_open |= {place.column: len(found)} if merge else {}
                found.append(place)
        open_above = still_open
    return found


def _rows(table: etree._Element) -> Iterator[etree._Element]:
    for child in table:
        if child.tag == f"{W}tr":
            properties = child.find(f"{W}trPr")
            deleted = properties is not None and properties.find(f"{W}del") is not None
            if not deleted and not switch(properties, "hidden"):
                yield child
        elif child.tag == f"{W}sdt":
            yield from _rows(content_of(child))
        elif child.tag in AROUND:
            yield from _rows(child)


def _cells(row: etree._Element, number_of_row: int) -> Iterator[tuple[Place, str]]:
    """Each cell with how it is merged with those above and below: restart, continue or not."""
    properties = row.find(f"{W}trPr")
    column = number(value(properties, "gridBefore")) or 0
    pending: Place | None = None
    pending_merge = ""
    for element in _in_row(row):
        properties = element.find(f"{W}tcPr")
        span = min(number(value(properties, "gridSpan")) or 1, MAX_COLUMNS)
        if pending is not None and _merge(properties, "hMerge") == "continue":
            pending = replace(pending, columns=pending.columns + span)
        else:
            if pending is not None:
                yield pending, pending_merge
            pending = Place(number_of_row, column, 1, span, element)
            pending_merge = _merge(properties, "vMerge")
        column += span
    if pending is not None:
        yield pending, pending_merge


def _in_row(row: etree._Element) -> Iterator[etree._Element]:
    for child in row:
        if child.tag == f"{W}tc":
            yield child
        elif child.tag == f"{W}sdt":
            yield from _in_row(content_of(child))
        elif child.tag in AROUND:
            yield from _in_row(child)


def _merge(properties: etree._Element | None, name: str) -> str:
    """`restart`, `continue`, or empty where a cell is not merged in this way."""
    found = None if properties is None else properties.find(f"{W}{name}")
    return "" if found is None else found.get(f"{W}val", "continue")
