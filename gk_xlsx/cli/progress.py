"""A progress bar on long work: on stderr, and only when someone is looking."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from typing import TypeVar

import typer

from gk_xlsx.cli.console import Console

_Item = TypeVar("_Item")

FEW = 5
"""So many items are done before a bar could be read."""


def tracked(items: Sequence[_Item], what: str) -> Iterator[_Item]:
    """The items, with a bar that moves as they are taken."""
    if len(items) <= FEW or not sys.stderr.isatty():
        yield from items
        return
    terminal = sys.stderr.behind if isinstance(sys.stderr, Console) else sys.stderr
    with typer.progressbar(items, label=what, file=terminal) as bar:
        yield from bar
