"""A document's tables read as one edition of the form: which of them is which statutory table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from gk_xlsx.errors import UnreadableError
from gk_xlsx.form import Form, Table
from gk_xlsx.matching.found import TableFound
from gk_xlsx.matching.headed import find_headed
from gk_xlsx.matching.reading import Found
from gk_xlsx.matching.tables import find_tables
from gk_xlsx.published.flow import Item
from gk_xlsx.published.headings import headings
from gk_xlsx.published.model import Table as PublishedTable
from gk_xlsx.published.sheets import Sheets

MAX_COPIES = 20
"""A document with more tables of one kind is a collection of reports."""

AMBIGUOUS = "有几张同样的表，数不一样，不知用哪一张"


@dataclass(frozen=True)
class Matched:
    """A document read as one edition.

    Attributes:
        tables: table key to where it was found; absent where it was not.
    """

    form: Form
    tables: Mapping[str, TableFound]

    @property
    def share(self) -> float:
        """The part of the fields that is certain, every table counted alike, 0 … 1."""
        return sum(found.share for found in self.tables.values()) / len(self.form.tables)


def match(form: Form, sheets: Sheets, items: Sequence[Item]) -> Matched:
    """Find the three tables.

    Args:
        form: the edition.
        sheets: the tables of the document.
        items: the document in reading order.

    Raises:
        UnreadableError: if one of them stands there many times.
    """
    found = {}
    for table in form.tables:
        labelled = bool(table.rows[0].label)
        candidates = (find_tables if labelled else find_headed)(table, sheets.all)
        whole = [candidate for candidate in candidates if candidate.enough]
        if len(whole) > MAX_COPIES:
            raise UnreadableError(
                f"“{table.sheet}”这样的表有 {len(whole)} 张，不是一份报告。",
                "请每次读取一份报告。",
            )
        if whole:
            found[table.key] = _chosen(form, table, candidates, items)
    return Matched(form, found)


def _chosen(
    form: Form, table: Table, candidates: Sequence[TableFound], items: Sequence[Item]
) -> TableFound:
    """The table below its heading; where several stand there, what they all say."""
    if len(candidates) == 1:
        return candidates[0]
    below = _in_section(form, table, candidates, items)
    asked = below if any(candidate.enough for candidate in below) else candidates
    first = max((one for one in asked if one.enough), key=lambda found: found.share)
    unsure = {
        key: replace(cell, found=Found(doubt=AMBIGUOUS))
        for key, cell in first.cells.items()
        if any(_differ(key, first, other) for other in asked if other is not first)
    }
    return replace(first, cells={**first.cells, **unsure})


def _in_section(
    form: Form, table: Table, candidates: Sequence[TableFound], items: Sequence[Item]
) -> list[TableFound]:
    """The candidates that stand between their section's heading and the next one."""
    found = headings(items, form)
    bounds = [*(heading.at for heading in found), len(items)]
    places = [at for at, item in enumerate(items) if isinstance(item.block, PublishedTable)]
    for heading, end in zip(found, bounds[1:], strict=False):
        if heading.section.table == table.key:
            return [
                candidate
                for candidate in candidates
                if all(heading.at < places[sheet] < end for sheet in candidate.sheets)
            ]
    return []


def _differ(key: str, one: TableFound, other: TableFound) -> bool:
    """Whether another table says something else of a figure, or should and does not."""
    cell, its = one.cells[key].found, other.cells[key].found
    if its.doubt:
        return other.enough and not cell.doubt
    return cell.text.strip() != its.text.strip()
