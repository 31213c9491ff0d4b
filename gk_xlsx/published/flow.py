"""A document in reading order, cut where its statutory tables stand."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise

from gk_xlsx.markdown import Run
from gk_xlsx.published.model import Block, Document, Paragraph, Table

_SPACES = re.compile(r"\s+")


@dataclass(frozen=True)
class Item:
    """A block of a document; `table` is the key of the statutory table in it, or empty."""

    block: Block
    table: str = ""

    @cached_property
    def text(self) -> str:
        """What a paragraph says, without white space; empty for other blocks."""
        return bare(self.block.text) if isinstance(self.block, Paragraph) else ""


def bare(text: str) -> str:
    """Text without white space."""
    return _SPACES.sub("", text)


def flow_of(document: Document, statutory: Iterable[tuple[int, str]] = ()) -> tuple[Item, ...]:
    """The blocks of a document; a paragraph of several lines is one item a line where it may be.

    Args:
        document: whose blocks.
        statutory: number of a table (from 0) and key of the statutory one in it; one table may
            hold several, the first one counts.
    """
    keys: dict[int, str] = {}
    for number, key in statutory:
        keys.setdefault(number, key)
    return tuple(_items(document, keys))


def _items(document: Document, keys: dict[int, str]) -> Iterator[Item]:
    number = -1
    for block in document.blocks:
        if isinstance(block, Table):
            number += 1
            yield Item(block, keys.get(number, ""))
        elif not isinstance(block, Paragraph) or block.text.strip():
            yield Item(block)


def split_at(item: Item, starts: Collection[int]) -> Iterator[Item]:
    """A paragraph cut before each of the given characters of its text."""
    if not isinstance(item.block, Paragraph):
        yield item
        return
    bounds = sorted({0, *starts, len(item.block.text)})
    for start, end in pairwise(bounds):
        runs = tuple(_cut(item.block.runs, start, end))
        if "".join(run.text for run in runs).strip():
            yield Item(replace(item.block, runs=runs))


def _cut(runs: Iterable[Run], start: int, end: int) -> Iterator[Run]:
    at = 0
    for run in runs:
        text = run.text[max(start - at, 0) : max(end - at, 0)]
        at += len(run.text)
        if text:
            yield replace(run, text=text)
