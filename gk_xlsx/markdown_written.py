"""Paragraphs, tables and pictures → the Markdown that `markdown.blocks` reads as the same."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import groupby

from gk_xlsx.amounts import SPACES
from gk_xlsx.markdown import Block, Kind, Paragraph, PictureLine, PipeTable, Run

MARKS = {
    Kind.BODY: "",
    Kind.HEADING2: "## ",
    Kind.HEADING3: "### ",
    Kind.HEADING4: "#### ",
    Kind.LISTED: "- ",
}
"""What stands before a paragraph of each kind."""

_BLANK = SPACES + "\t"
_LINE_MARK = re.compile("(?=#{1,6}[ \u3000\t]|[-*+•][ \u3000\t]|[|])")
_CLOSING_HASHES = re.compile("#(?= *$)")
_MARKUP = re.compile(r"(?=<[A-Za-z/!?]|!\[|\]\()")
"""What this Markdown or another would take for a tag, a picture or a link."""
_RULE = re.compile(":?-+:?")


def written(blocks: Iterable[Block]) -> str:
    """A text, a blank line between its blocks but for the items of a list; nothing for none."""
    groups = groupby(blocks, key=_is_item)
    return "\n\n".join(
        ("\n" if items else "\n\n").join(map(written_block, group)) for items, group in groups
    )


def _is_item(block: Block) -> bool:
    return isinstance(block, Paragraph) and block.kind is Kind.LISTED


def written_block(block: Block) -> str:
    """A block in lines of its own, without a line end behind it."""
    if isinstance(block, PipeTable):
        return _table(block)
    if isinstance(block, PictureLine):
        return _picture(block)
    text = written_runs(block.runs)
    if block.kind in (Kind.BODY, Kind.LISTED):
        return MARKS[block.kind] + text
    return MARKS[block.kind] + _CLOSING_HASHES.sub(r"\\#", text.replace("\n", " "))


def written_runs(runs: Sequence[Run]) -> str:
    """Text of a paragraph: bold in `**`, every sign that is meant as it stands behind a backslash.

    Blank lines and spaces around its lines, which Markdown cannot hold, are left out.
    """
    lines = (line.strip(_BLANK) for line in _marked(runs).split("\n"))
    return "\n".join(
        _LINE_MARK.sub(r"\\", line, count=1) if _LINE_MARK.match(line) else line
        for line in lines
        if line
    )


def written_cell(runs: Sequence[Run]) -> str:
    """Text of a cell of a table, in one line."""
    text = _marked(runs).strip(_BLANK).replace("|", r"\|").replace("\n", "<br>")
    return text.replace("-", r"\-") if _RULE.fullmatch(text) else text


def _marked(runs: Sequence[Run]) -> str:
    together = [
        (bold, "".join(run.text for run in group))
        for bold, group in groupby(runs, key=lambda run: run.bold)
    ]
    starred = any(bold for bold, _ in together) or any("**" in text for _, text in together)
    return "".join(
        _bold(_meant(text, stars=starred)) if bold else _meant(text, stars=starred)
        for bold, text in together
    )


def _meant(text: str, *, stars: bool) -> str:
    text = _MARKUP.sub(r"\\", text.replace("\\", r"\\"))
    return text.replace("*", r"\*") if stars else text


def _bold(text: str) -> str:
    """In `**`, the white space around it outside: no bold text begins or ends with it."""
    inner = text.strip()
    before, _, behind = text.partition(inner) if inner else (text, "", "")
    return f"{before}**{inner}**{behind}" if inner else text


def _table(table: PipeTable) -> str:
    head = table.rows[:1] if table.headed else [((),) * len(table.rows[0])]
    rows = table.rows[1:] if table.headed else table.rows
    rule = "|" + " --- |" * len(table.rows[0])
    return "\n".join([*map(_row, head), rule, *map(_row, rows)])


def _row(cells: Sequence[Sequence[Run]]) -> str:
    return "".join(f"| {written_cell(cell)} " for cell in cells) + "|"


def _picture(picture: PictureLine) -> str:
    words = picture.caption.replace("\\", r"\\").replace("]", r"\]").replace("\n", " ")
    path = picture.path.replace("\\", r"\\")
    return f"![{words}]({f'<{path}>' if re.search('[ ()]', path) else path})"
