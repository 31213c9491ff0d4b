"""Pieces of a page's text → paragraphs, with white space as a browser shows it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from gk_xlsx.amounts import SPACES
from gk_xlsx.markdown import Run

INDENT = 4
"""Half widths of space in front of a line that begins a paragraph: two Chinese characters."""

_COLLAPSIBLE = re.compile("([ \t\r\n\f]+)")
_BLANK = SPACES + "\t"
_FIXED_SPACES = dict.fromkeys([*range(0x2000, 0x200B), 0x202F, 0x205F], "\u00a0")
_INVISIBLE = dict.fromkeys([0x00AD, 0x200B, 0x2060, 0xFEFF])
_TIDY = str.maketrans(_FIXED_SPACES | _INVISIBLE)
"""Spaces of other widths count as NBSP; marks for breaking a word are nothing."""

_WIDE = re.compile("[\u2014\u2018-\u201d\u2026\u2e80-\uffef\U00020000-\U0003ffff]")
"""Characters between which a line break of the page's source is no space."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Text of one look.

    Attributes:
        kept: whether its white space stands as it is; a newline in it is a line break then.
    """

    text: str
    bold: bool = False
    kept: bool = False


LINE_BREAK = Piece("\n", kept=True)


def paragraphs(pieces: Iterable[Piece], *, tight: bool) -> Iterator[tuple[Run, ...]]:
    """The paragraphs of a block, none of them blank.

    Args:
        pieces: all text of the block in its order.
        tight: whether its lines belong together until one is blank or indented.
    """
    paragraph: list[Run] = []
    blank_before = False
    for line in _lines(_collapsed(pieces)):
        runs = _stripped(line)
        if paragraph and (not tight or blank_before or _indent(line) >= INDENT):
            yield tuple(_joined(paragraph))
            paragraph = []
        if runs:
            paragraph += [Run("\n")] * bool(paragraph) + runs
        blank_before = not runs
    if paragraph:
        yield tuple(_joined(paragraph))


def _collapsed(pieces: Iterable[Piece]) -> Iterator[Run]:
    last, pending = "\n", ""
    for piece in pieces:
        for part in [piece.text] if piece.kept else _COLLAPSIBLE.split(piece.text):
            text = part.translate(_TIDY)
            if not piece.kept and _COLLAPSIBLE.fullmatch(part):
                pending += part
            elif text:
                yield Run(_space(last, pending, text[0]) + text, piece.bold)
                last, pending = text[-1], ""


def _space(before: str, space: str, behind: str) -> str:
    """What white space between two characters shows."""
    if not space or "\n" in (before, behind):
        return ""
    broken = "\n" in space or "\r" in space
    return "" if broken and _WIDE.match(before) and _WIDE.match(behind) else " "


def _lines(runs: Iterable[Run]) -> Iterator[list[Run]]:
    line: list[Run] = []
    for run in runs:
        first, *others = run.text.split("\n")
        line.append(Run(first, run.bold))
        for text in others:
            yield line
            line = [Run(text, run.bold)]
    yield line


def _indent(line: Sequence[Run]) -> int:
    text = "".join(run.text for run in line)
    space = text[: len(text) - len(text.lstrip(_BLANK))]
    return len(space) + space.count("\u3000")


def _stripped(line: Sequence[Run]) -> list[Run]:
    """The runs of a line without the spaces around it; empty for a blank one."""
    text = "".join(run.text for run in line)
    start = len(text) - len(text.lstrip(_BLANK))
    end = len(text.rstrip(_BLANK))
    found, at = [], 0
    for run in line:
        part = run.text[max(start - at, 0) : max(end - at, 0)]
        at += len(run.text)
        if part:
            found.append(Run(part, run.bold))
    return found


def _joined(runs: Iterable[Run]) -> Iterator[Run]:
    """Neighbours of one look as one; a line break takes the look of what stands before it."""
    bold = False
    looks = []
    for run in runs:
        bold = bold if run.text == "\n" else run.bold
        looks.append((bold, run.text))
    for look, group in groupby(looks, key=lambda pair: pair[0]):
        yield Run("".join(text for _, text in group), look)
