"""Markdown as offices write it → paragraphs.

CommonMark is not what they write: `**一是加强领导。**全年…` is no bold text by its rules (a closing
mark after punctuation needs a space behind it), `2*3*4` loses its signs, four spaces make code.
So only this is Markdown here: `#` headings, `**bold**`, list marks, blank lines between paragraphs
and a backslash before a sign that is meant. All else, `&` and `<` too, is text. Chinese headings
(（一）…, 1.…, （1）…) are known by how they begin.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import groupby

from gk_xlsx.amounts import SPACES

HEADING_LENGTH = 40
"""A numbered line up to this many characters without a sentence in it is a heading."""


class Kind(StrEnum):
    """What a paragraph is; headings count from the report's sections (一、), which are level 1."""

    BODY = "body"
    HEADING2 = "heading2"
    HEADING3 = "heading3"
    HEADING4 = "heading4"


@dataclass(frozen=True, slots=True)
class Run:
    """Text of one look; a newline in it is a line break.

    Attributes:
        lead: whether it is a heading within the paragraph: （一）主动公开。全年……
    """

    text: str
    bold: bool = False
    lead: bool = False


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph of a report's text."""

    kind: Kind
    runs: tuple[Run, ...]

    @property
    def text(self) -> str:
        """What it says, without its looks."""
        return "".join(run.text for run in self.runs)


_NOT_XML = re.compile("[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff\ufeff\ufffe\uffff]")
_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\u0085\u2028\u2029]")
_BLANK = SPACES + "\t"

_HASHES = re.compile(r"(#{1,6})[ \u3000\t]+(.*?)[ #]*$")
_LIST_MARK = re.compile(r"[-*+•][ \u3000\t]+")
_BOLD = re.compile(r"(?<!\\)\*\*(?=\S)(.+?)(?<=[^\s\\])\*\*", re.DOTALL)
_ESCAPED = re.compile(r"\\([\\*#+-])")
_SENTENCE_END = re.compile("[。！？；]")

_CHINESE = "[一二三四五六七八九十]{1,3}"
_NUMBERED = (
    (Kind.HEADING2, re.compile(rf"[（(]{_CHINESE}[）)]")),
    (Kind.HEADING3, re.compile(r"\d{1,2}(?:[.．](?!\d)|、)")),
    (Kind.HEADING4, re.compile(r"[（(]\d{1,2}[）)]")),
)
_BY_HASHES = {1: Kind.HEADING2, 2: Kind.HEADING2, 3: Kind.HEADING3}


def clean(text: str) -> str:
    """Text without what XML cannot hold, every line end as a newline."""
    return _NOT_XML.sub("", _LINE_ENDS.sub("\n", text))


def paragraphs(text: str) -> tuple[Paragraph, ...]:
    """The paragraphs of a text, in order.

    A blank line separates paragraphs, a line break within one is kept. A heading, a list item
    and a numbered line need no blank line before them.
    """
    return tuple(_paragraph(block) for block in _blocks(clean(text).split("\n")))


def _blocks(lines: Iterable[str]) -> Iterator[str]:
    for blank, group in groupby((line.strip(_BLANK) for line in lines), key=lambda line: not line):
        if not blank:
            yield from _split_at_marks(group)


def _split_at_marks(lines: Iterable[str]) -> Iterator[str]:
    """Lines without a blank one between them → blocks, new ones where a mark begins a line."""
    block: list[str] = []
    for line in lines:
        if block and (_begins_block(line) or _is_heading(block[-1])):
            yield "\n".join(block)
            block = []
        block.append(line)
    yield "\n".join(block)


def _begins_block(line: str) -> bool:
    return bool(_HASHES.match(line) or _LIST_MARK.match(line) or _number(_plain(line)))


def _is_heading(line: str) -> bool:
    return _paragraph(line).kind is not Kind.BODY


def _paragraph(block: str) -> Paragraph:
    hashes = _HASHES.match(block)
    if hashes:
        return Paragraph(_BY_HASHES.get(len(hashes[1]), Kind.HEADING4), _runs(hashes[2]))
    runs = _runs(_LIST_MARK.sub("", block, count=1) if _LIST_MARK.match(block) else block)
    text = "".join(run.text for run in runs)
    kind = _number(text)
    end = _SENTENCE_END.search(text)
    if kind and len(text) <= HEADING_LENGTH and (not end or end.end() == len(text)):
        return Paragraph(kind, runs)
    if kind is Kind.HEADING2 and end and end.end() <= HEADING_LENGTH:
        runs = tuple(_with_lead(runs, end.end()))
    return Paragraph(Kind.BODY, runs)


def _number(text: str) -> Kind | None:
    return next((kind for kind, pattern in _NUMBERED if pattern.match(text)), None)


def _runs(text: str) -> tuple[Run, ...]:
    """Every second part of a split at bold text is the bold text itself."""
    parts = enumerate(_BOLD.split(text))
    return tuple(Run(_unescape(part), bold=bool(index % 2)) for index, part in parts if part)


def _with_lead(runs: Iterable[Run], length: int) -> Iterator[Run]:
    """The runs with the first `length` characters marked as lead."""
    for run in runs:
        head, tail = run.text[:length], run.text[length:]
        length -= len(head)
        if head:
            yield replace(run, text=head, lead=True)
        if tail:
            yield replace(run, text=tail)


def _plain(line: str) -> str:
    return "".join(run.text for run in _runs(line))


def _unescape(text: str) -> str:
    return _ESCAPED.sub(r"\1", text)
