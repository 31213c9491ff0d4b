"""Paragraphs, pictures and tables of a document → the Markdown of a report's text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from gk_xlsx import markdown
from gk_xlsx.markdown import Kind, PipeTable, Run, blocks
from gk_xlsx.markdown_written import written, written_runs
from gk_xlsx.published.model import Block, Paragraph, Table

MOST_CELLS = 20_000
"""A larger table is no part of a report's text."""

_SUB_HEADING = re.compile(r"(?:#+|[（(][一二三四五六七八九十\d]+[）)]|\d+[.、．])")
_LONGEST_HEADING = 40
_MOST_RUNS = 200
"""Pieces of a paragraph that is put together; what runs on longer is no prose."""
_SENTENCE_END = "。！？：；.!?…”）)"
_BY_LEVEL = (Kind.HEADING2, Kind.HEADING3, Kind.HEADING4)


def as_markdown(items: Iterable[Block], section_level: int = 1) -> str:
    """The Markdown that says the same; of a picture only the words below it.

    Args:
        items: of one part of the report.
        section_level: how deep the heading over the part is in the source's own counting.
    """
    texts = (_written(block, section_level) for block in items)
    return "\n\n".join(text for text in texts if text)


def joined(items: Sequence[Block]) -> Iterator[Block]:
    """Paragraphs that a page's end tore apart, put together again."""
    held: Paragraph | None = None
    for block in items:
        if held and isinstance(block, Paragraph) and _torn(held) and not _begins(block):
            held = replace(held, runs=(*held.runs, *block.runs))
            continue
        if held:
            yield held
        held = block if isinstance(block, Paragraph) else None
        if held is None:
            yield block
    if held:
        yield held


def _torn(paragraph: Paragraph) -> bool:
    text = paragraph.text.strip()
    heading = paragraph.level or (_SUB_HEADING.match(text) and len(text) < _LONGEST_HEADING)
    ended = len(paragraph.runs) >= _MOST_RUNS or text[-1:] in _SENTENCE_END
    return bool(text) and not ended and not heading


def _begins(paragraph: Paragraph) -> bool:
    """Whether a paragraph says by its beginning that it is a new one."""
    return bool(paragraph.level or paragraph.listed or _SUB_HEADING.match(paragraph.text.strip()))


def _written(block: Block, section_level: int) -> str:
    if isinstance(block, Paragraph):
        return _paragraph(block, section_level)
    if isinstance(block, Table):
        return written([pipe_table(block)]) if block.cells else ""
    return written_runs((Run(block.caption),))


def _paragraph(paragraph: Paragraph, section_level: int) -> str:
    runs = paragraph.runs
    if paragraph.listed in ("-", "*", "+", "•", "·", "●", "■", "◆", "➢", "o"):
        return written([markdown.Paragraph(Kind.LISTED, runs)])
    if paragraph.listed:
        runs = (
            Run(f"{paragraph.listed} " if paragraph.listed[-1].isascii() else paragraph.listed),
            *runs,
        )
    plain = written_runs(runs)
    if not paragraph.level or not plain:
        return plain
    kind = _BY_LEVEL[min(max(paragraph.level - section_level, 1), len(_BY_LEVEL)) - 1]
    heading = markdown.Paragraph(kind, _in_one_line(runs))
    return plain if blocks(plain) == (heading,) else written([heading])


def _in_one_line(runs: Iterable[Run]) -> tuple[Run, ...]:
    return tuple(replace(run, text=run.text.replace("\n", " ")) for run in runs)


def pipe_table(table: Table) -> PipeTable:
    """A table of the document's own; merged cells have their text in the first one."""
    rows = max(cell.row for cell in table.cells) + 1
    columns = max(cell.column for cell in table.cells) + 1
    if rows * columns > MOST_CELLS:
        return PipeTable((((Run("（表格过大，未收入文字）"),),),), headed=False)
    texts = {(cell.row, cell.column): cell.text.strip() for cell in table.cells}
    return PipeTable(
        tuple(
            tuple(_cell(texts.get((row, column), "")) for column in range(columns))
            for row in range(rows)
        )
    )


def _cell(text: str) -> tuple[Run, ...]:
    return (Run(text),) if text else ()
