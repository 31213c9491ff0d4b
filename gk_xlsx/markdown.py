r"""Markdown as offices write it → paragraphs, tables and pictures.

CommonMark is not what they write: `**一是加强领导。**全年…` is no bold text by its rules (a closing
mark after punctuation needs a space behind it), `2*3*4` loses its signs, four spaces make code.
So only this is Markdown here:

- `#` headings, `**bold**`, blank lines between paragraphs; Chinese headings (（一）…, 1.…, （1）…)
  are known by how they begin, whatever their `#`; long lines of several sentences are none;
- a list item: `-`, `*`, `+` or `•` and a space at the beginning of a line. The numbers of a
  numbered list are text;
- a picture: `![说明](文件)` alone in its line; the words may be empty, the file in `<>`;
- a table: lines that begin with `|`, the second of them `| --- | --- |`. The first row is its
  head; a head without any text is none. In a cell `<br>` breaks the line;
- a backslash before one of `\ * # + - • | ! ] <` that is meant as it stands.

All else, `&` and `<` too, is text. Lines are stripped, so nothing nests.

Who writes this Markdown puts a backslash before each backslash and before each `**` of the text,
before a list mark, a hash or a bar that begins a line, before `![`, before each bar and each
`<br>` of a cell, and before each `]` in the words of a picture. A paragraph that begins with a
number needs nothing: it is known by its number again. Bold text may not begin or end with a
space. A blank line within a paragraph cannot be written.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
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
    LISTED = "listed"
    """An item of a list, without its mark."""


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


@dataclass(frozen=True, slots=True)
class PipeTable:
    """A table of the office's own within the text.

    Attributes:
        rows: cells from left to right, all rows of the same length.
        headed: whether the first row is its head.
    """

    rows: tuple[tuple[tuple[Run, ...], ...], ...]
    headed: bool = True


@dataclass(frozen=True, slots=True)
class PictureLine:
    """A picture that the text names.

    Attributes:
        path: as written; whose text it is decides where that is.
        caption: the words below it; may be empty.
    """

    path: str
    caption: str = ""


Block = Paragraph | PipeTable | PictureLine

_UNSEEN = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u200e\ud800-\udfff\ufeff\ufffe\uffff]")
TURNING = re.compile("[\u061c\u200f\u202a-\u202e\u2066-\u2069]")
"""What turns the reading direction round; of figures, what is shown is then another one."""
_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\u0085\u2028\u2029]")
_BLANK = SPACES + "\t"

_SIGNS = r"\*#+-•|!]<"
_HIDDEN = {sign: chr(code) for code, sign in enumerate(_SIGNS, 0x0E)}
_SHOWN = {ord(hidden): sign for sign, hidden in _HIDDEN.items()}
"""A sign meant as it stands is a character, while the text is read, that no clean text holds."""

_ESCAPED = re.compile(rf"\\([{re.escape(_SIGNS)}])")
_HASHES = re.compile(r"(#{1,6})[ \u3000\t]+(.*?)[ #]*$")
_LIST_MARK = re.compile(r"[-*+•][ \u3000\t]+")
_BOLD = re.compile(r"\*\*(?=\S)(.+?)(?<=\S)\*\*", re.DOTALL)
_PICTURE = re.compile(r"!\[([^\]]*)\]\((.*)\)")
_BELOW_HEAD = re.compile(r"\|(?:[ \t]*:?-+:?[ \t]*\|)+")
_LINE_BREAK = re.compile(r"[ \t]*<br[ \t]*/?>[ \t]*", re.IGNORECASE)
_SENTENCE_END = re.compile("[。！？；]")

_CHINESE = "[一二三四五六七八九十]{1,3}"
_NUMBERED = (
    (Kind.HEADING2, re.compile(rf"[（(]{_CHINESE}[）)]")),
    (Kind.HEADING3, re.compile(r"\d{1,2}(?:[.．](?!\d)|、)")),
    (Kind.HEADING4, re.compile(r"[（(]\d{1,2}[）)]")),
)
SUB_HEADING = re.compile("|".join(f"(?:{pattern.pattern})" for _, pattern in _NUMBERED))
"""How a heading below the report's sections begins."""

_BY_HASHES = {1: Kind.HEADING2, 2: Kind.HEADING2, 3: Kind.HEADING3}


def clean(text: str) -> str:
    """Text without what XML cannot hold and what turns the reading direction round.

    Every line end becomes a newline.
    """
    return TURNING.sub("", whole(text))


def whole(text: str) -> str:
    """Text as `clean` gives it, but with the signs that turn its direction."""
    return _UNSEEN.sub("", _LINE_ENDS.sub("\n", text))


def blocks(text: str) -> tuple[Block, ...]:
    """The paragraphs, tables and pictures of a text, in order.

    A blank line separates paragraphs, a line break within one is kept. A heading, a list item, a
    numbered line, a table and a picture need no blank line before them.
    """
    lines = (line.strip(_BLANK) for line in _hidden(text).split("\n"))
    return tuple(
        block
        for blank, group in groupby(lines, key=lambda line: not line)
        if not blank
        for block in _blocks(list(group))
    )


def pictures(text: str) -> Iterator[tuple[int, PictureLine | None]]:
    """The line (from 1) of every picture that a text names; None where it is not alone in it."""
    for number, line in enumerate(_hidden(text).split("\n"), 1):
        found = _PICTURE.search(line)
        if found:
            alone = _PICTURE.fullmatch(line.strip(_BLANK))
            yield number, _picture(alone) if alone else None


def is_prose(text: str) -> bool:
    """Whether a line is no heading whatever it is marked as: long, and more than one sentence."""
    end = _SENTENCE_END.search(text)
    return len(text) > HEADING_LENGTH and end is not None and end.end() < len(text)


def _blocks(lines: Sequence[str]) -> Iterator[Block]:
    """Lines without a blank one between them → blocks."""
    at = 0
    while at < len(lines):
        end = _table_end(lines, at)
        if end:
            table = _table(lines[at:end])
            yield from [table] if table.rows else []
        elif picture := _PICTURE.fullmatch(lines[at]):
            end = at + 1
            yield _picture(picture)
        else:
            end = _paragraph_end(lines, at)
            yield _paragraph("\n".join(lines[at:end]))
        at = end


def _table_end(lines: Sequence[str], at: int) -> int:
    """The line behind the table that begins here; 0 for none."""
    head, below = lines[at], lines[at + 1] if at + 1 < len(lines) else ""
    if not head.startswith("|") or not _BELOW_HEAD.fullmatch(below):
        return 0
    behind = range(at + 2, len(lines))
    return next((end for end in behind if not lines[end].startswith("|")), len(lines))


def _paragraph_end(lines: Sequence[str], at: int) -> int:
    """The line behind the paragraph that begins here: where the next mark is."""
    for end in range(at + 1, len(lines)):
        if _begins_block(lines, end) or _is_heading(lines[end - 1]):
            return end
    return len(lines)


def _begins_block(lines: Sequence[str], at: int) -> bool:
    line = lines[at]
    marked = _HASHES.match(line) or _LIST_MARK.match(line) or _PICTURE.fullmatch(line)
    return bool(marked or _number(_plain(line)) or _table_end(lines, at))


def _is_heading(line: str) -> bool:
    return _paragraph(line).kind not in (Kind.BODY, Kind.LISTED)


def _paragraph(block: str) -> Paragraph:
    hashes = _HASHES.match(block)
    if hashes:
        return _heading(hashes[2], _BY_HASHES.get(len(hashes[1]), Kind.HEADING4))
    mark = _LIST_MARK.match(block)
    if mark:
        return Paragraph(Kind.LISTED, _runs(block[mark.end() :]))
    return _unmarked(block)


def _unmarked(block: str) -> Paragraph:
    """A paragraph that only its number may make a heading."""
    runs = _runs(block)
    text = "".join(run.text for run in runs)
    kind = _number(text)
    end = _SENTENCE_END.search(text)
    if kind and len(text) <= HEADING_LENGTH and (not end or end.end() == len(text)):
        return Paragraph(kind, runs)
    if kind is Kind.HEADING2 and end and end.end() <= HEADING_LENGTH:
        runs = tuple(_with_lead(runs, end.end()))
    return Paragraph(Kind.BODY, runs)


def _heading(block: str, by_hashes: Kind) -> Paragraph:
    """A line behind hashes; its number tells more than they do."""
    runs = _runs(block)
    text = "".join(run.text for run in runs)
    return _unmarked(block) if is_prose(text) else Paragraph(_number(text) or by_hashes, runs)


def _table(lines: Sequence[str]) -> PipeTable:
    rows = [[_cell(text) for text in _cells(line)] for line in (lines[0], *lines[2:])]
    width = max(map(len, rows))
    filled = tuple((*row, *[()] * (width - len(row))) for row in rows)
    headed = any(filled[0])
    return PipeTable(filled if headed else filled[1:], headed)


def _cells(line: str) -> list[str]:
    """The texts between the bars of a row; the last bar may be missing."""
    return line[1:].removesuffix("|").split("|")


def _cell(text: str) -> tuple[Run, ...]:
    return _runs(_LINE_BREAK.sub("\n", text.strip(_BLANK)))


def _picture(match: re.Match[str]) -> PictureLine:
    path = match[2].strip(_BLANK)
    bracketed = path.startswith("<") and path.endswith(">")
    return PictureLine(_shown(path[1:-1] if bracketed else path), _shown(match[1].strip(_BLANK)))


def _number(text: str) -> Kind | None:
    return next((kind for kind, pattern in _NUMBERED if pattern.match(text)), None)


def _runs(text: str) -> tuple[Run, ...]:
    """Every second part of a split at bold text is the bold text itself."""
    parts = enumerate(_BOLD.split(text))
    return tuple(Run(_shown(part), bold=bool(index % 2)) for index, part in parts if part)


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


def _hidden(text: str) -> str:
    """A clean text in which no sign is a mark that has a backslash before it."""
    return _ESCAPED.sub(lambda match: _HIDDEN[match[1]], clean(text))


def _shown(text: str) -> str:
    return text.translate(_SHOWN)
