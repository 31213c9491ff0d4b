"""Labels that only a page's layout made other than printed: cut off, or with more in their cell.

In a PDF a cell holds whatever is seen between two lines. A label that ends where the cell or the
page does, or that is there whole with figures or a part of another label beside it, was changed by
nobody; but a figure that ran into it is missing in its own cell.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher

from gk_xlsx.form import Table
from gk_xlsx.matching.columns import Renamed
from gk_xlsx.matching.found import Changed
from gk_xlsx.matching.labels import bare_key, key
from gk_xlsx.published.row_sums import unknown
from gk_xlsx.report import Entry, EntryKind

RUN_IN = "行名的格里混进了数字，这一行的数可能不全"

_FIGURES = re.compile(r"[\d/]+")
_BEGINS_NUMBERED = re.compile(r"[一二三四五六七八九十]|\d[\u4e00-\u9fff]")
"""How what is left of a numbered label begins, in its key."""


def is_unharmed(label: Renamed, table: Table) -> bool:
    """Whether a label is only cut off, or only took in figures or a part of another label."""
    printed, found, taken_in = key(label.printed), key(label.found), _taken_in(label)
    if printed.startswith(found) or printed.endswith(found):
        return True
    return bool(taken_in) and (
        _FIGURES.fullmatch(taken_in) is not None or _is_part(taken_in, label, table)
    )


def _is_part(taken_in: str, label: Renamed, table: Table) -> bool:
    """Whether it is the beginning of a numbered label, or the end of one that leads to others."""
    rows = [row.label for row in table.rows if label.printed in row.label[-1:]]
    names = {key(name) for row in table.rows for name in row.label if name != label.printed}
    begins = _BEGINS_NUMBERED.match(taken_in) and any(name.startswith(taken_in) for name in names)
    groups = {key(name) for label_of_row in rows for name in label_of_row[:-1]}
    return bool(begins) or (len(taken_in) > 1 and any(name.endswith(taken_in) for name in groups))


def with_run_in_doubted(
    table: Table, entries: Mapping[str, Entry], changed: Sequence[Changed]
) -> dict[str, Entry]:
    """The entries of a table, unknown in the rows whose label took in figures."""
    labels = {one.label.printed for one in changed if _took_in_figures(one.label, table)}
    doubted = dict(entries)
    for field in table.fields:
        hit = field.row.label and field.row.label[-1] in labels
        if hit and entries[field.id].kind is not EntryKind.UNKNOWN:
            doubted[field.id] = unknown(entries[field.id], RUN_IN)
    return doubted


def _took_in_figures(label: Renamed, table: Table) -> bool:
    """Whether it holds more digits than printed: a cut label took one in, too, it may be."""
    taken_in = _taken_in(label)
    if _FIGURES.fullmatch(taken_in):
        return True
    more = any(_digits(of(label.found)) > _digits(of(label.printed)) for of in (key, bare_key))
    return more and not _is_part(taken_in, label, table)


def _digits(text: str) -> int:
    return sum(map(str.isdigit, text))


def _taken_in(label: Renamed) -> str:
    """What stands there besides the printed label; empty where that is not there whole."""
    printed, found = key(label.printed), key(label.found)
    parts = SequenceMatcher(None, printed, found, autojunk=False).get_opcodes()
    if any(tag in ("delete", "replace") for tag, *_ in parts):
        return ""
    return "".join(found[start:end] for tag, _, _, start, end in parts if tag == "insert")
