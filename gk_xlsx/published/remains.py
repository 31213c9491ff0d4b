"""What is left in a text of a statutory table that lost its cells."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from gk_xlsx.form import Table, lay_out
from gk_xlsx.matching.labels import key
from gk_xlsx.published.flow import Item

_FEWEST = 4
"""So many of a table's labels are what is left of it; fewer are words of a sentence."""
_FIGURES = re.compile(r"[\d/]+")
_FEW_SIGNS = 2
"""A line of labels and figures has at most so many signs besides."""


def without_remains(items: Sequence[Item], table: Table) -> list[Item]:
    """A section without the paragraphs in which its table's cells ran together.

    Where its table is not among them: without the lines too that each hold a cell or a row of it.
    """
    together = [at for at, item in enumerate(items) if _holds_table(item.text, table)]
    if any(item.table for item in items):
        return [item for at, item in enumerate(items) if at not in together]
    lines = [at for at, item in enumerate(items) if _is_of_table(item.text, table)]
    gone = sorted({*together, *lines})
    text = key("".join(items[at].text for at in gone))
    if sum(label in text for label in _printed(table)) < _FEWEST:
        return list(items)
    return [*items[: gone[0]], *items[gone[-1] + 1 :]]


def _holds_table(text: str, table: Table) -> bool:
    """Whether a paragraph holds labels of so many rows and columns."""
    if len(text) <= _FEWEST * 4:
        return False
    said = key(text)
    return sum(label in said for label in _labels(table)) >= _FEWEST


def _is_of_table(text: str, table: Table) -> bool:
    """Whether a line holds what is printed in a table, or figures, and nothing else."""
    rest = key(text)
    if not rest:
        return False
    for label in _printed(table):
        rest = rest.replace(label, "")
    return len(_FIGURES.sub("", rest)) <= _FEW_SIGNS


@lru_cache
def _labels(table: Table) -> frozenset[str]:
    """The keys of the labels of its rows and columns."""
    labels = (*(row.label for row in table.rows), *(column.label for column in table.columns))
    return frozenset(key(label[-1]) for label in labels if label)


@lru_cache
def _printed(table: Table) -> tuple[str, ...]:
    """The keys of everything that is printed in it, the longest first."""
    texts = {key(box.text) for box in lay_out(table).boxes if box.field is None and box.text}
    return tuple(sorted(texts, key=len, reverse=True))
