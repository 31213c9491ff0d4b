"""Plain text and Markdown: text pulled out of documents by other programs, and what we print.

Tables come as Markdown (`| 甲 | 乙 |`), as rows of cells with tabs between them, or with every
cell in a line of its own behind a tab, an empty line between the rows.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from types import MappingProxyType

from gk_xlsx import markdown
from gk_xlsx.errors import UnreadableError
from gk_xlsx.markdown import TURNING, Kind, PictureLine, PipeTable, clean, whole
from gk_xlsx.published.direction import straight
from gk_xlsx.published.model import Block, Cell, Document, Paragraph, Picture, Table

KIND = "文本"
MAX_BYTES = 4 * 2**20
"""Far above any report."""

_ARTEFACT = re.compile(r"\[(image|bookmark): [^\]\n]*\][ \t]*")
"""What programs leave in the text where a picture or a mark stood."""
_BELOW_HEAD = re.compile(r"[ \t\u3000]*\|(?:[ \t]*:?-+:?[ \t]*\|)+[ \t]*")
_PAGE_MARK = 12
"""A line so short between rows of one table is a page's number."""
_IS_ROW = re.compile(r"[\t|]")
_IN_CELLS = re.compile(r"[^\t|]+")
_PIPE_ROW = re.compile(r"[ \t\u3000]*\|")
_FULL_ROW = re.compile(r"[ \t\u3000]*\|(?:.*\|){2,}[ \t\u3000]*")
_BAR = re.compile(r"(?<!\\)(?:\\\\)*\|")
_LAST_BAR = re.compile(rf"{_BAR.pattern}$")
_BODY = re.compile(r"={5,}[ \t]*正文[ \t]*={5,}")
_FACT = re.compile(r"标题[:：][ \t]*(.+)")
_HASHES = re.compile(r"#{1,6}[ \u3000\t]")

_PROSE = re.compile("[。；！？]")
_LONGEST_CELL = 100
_LONGEST_REST = 40
_NUMBERED = re.compile("[ \u3000]*[一二三四五六七八九十]{1,3}、")
_WORDS = re.compile(r"[\u4e00-\u9fff]")
_MOSTLY = 0.8
"""Where that part of the lines holds one cell each, each cell has its line."""
_FEWEST = 4
"""So many cells make a table; fewer are lines with a tab in them."""


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of the text and its number, from 1."""

    text: str
    number: int

    @property
    def place(self) -> str:
        return f"第{self.number}行"

    @property
    def empty(self) -> bool:
        """Whether nothing at all stands in it, not even a tab."""
        return not self.text.replace("\u3000", " ").strip(" \xa0")


def read_text(data: bytes) -> Document:
    """What a text shows.

    Raises:
        UnreadableError: if it is too large, empty, or in another encoding than UTF-8 or GB18030.
    """
    if len(data) > MAX_BYTES:
        raise UnreadableError(
            f"文本超过 {MAX_BYTES // 2**20} MB，不像是年度报告。", "请检查是否选错了文件。"
        )
    title, lines = _without_facts(_lines(_decoded(data)))
    if any(_BELOW_HEAD.fullmatch(line.text) for line in lines):
        return Document(KIND, tuple(_markdown_blocks(lines)), title)
    return Document(KIND, tuple(_text_blocks(lines)), title, torn=True)


def _decoded(data: bytes) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return _straight(whole(data.decode(encoding)))
        except UnicodeDecodeError:
            continue
    raise UnreadableError("认不出文本的编码。", "请另存为 UTF-8 编码的文本后再试。")


def _straight(text: str) -> str:
    """Text without signs that turn its direction, but for those in the cells of tables."""
    if not TURNING.search(text):
        return text
    return "\n".join(
        _straight_row(line) if _IS_ROW.search(line) else clean(line) for line in text.split("\n")
    )


def _straight_row(line: str) -> str:
    """A row of a table: such a sign acts to the end of its line, on the figures in other cells."""
    sign = TURNING.search(line)
    if sign is None:
        return line

    def told(cell: re.Match[str]) -> str:
        behind = cell.start() > sign.start() and not TURNING.search(cell[0])
        return straight(f"{sign[0]}{cell[0]}" if behind else cell[0])

    return _IN_CELLS.sub(told, line)


def _lines(text: str) -> list[_Line]:
    return [_Line(line, number) for number, line in enumerate(text.split("\n"), 1)]


def _without_facts(lines: Sequence[_Line]) -> tuple[str, Sequence[_Line]]:
    """The title that a collected page states above its body, and the lines of the body."""
    body = next((at for at, line in enumerate(lines[:60]) if _BODY.match(line.text)), None)
    if body is None:
        return "", lines
    facts = (_FACT.match(line.text) for line in lines[:body])
    return next((fact[1].strip() for fact in facts if fact), ""), lines[body + 1 :]


# -- Markdown ------------------------------------------------------------------------------


def _markdown_blocks(lines: Sequence[_Line]) -> Iterator[Block]:
    """Tables with the number of each of their lines; the text between them."""
    start = at = 0
    before = False
    while at < len(lines):
        headed = _begins_pipe_table(lines, at)
        if not headed and not (before and _FULL_ROW.fullmatch(lines[at].text)):
            before = before and len(lines[at].text.strip()) <= _PAGE_MARK
            at += 1
            continue
        yield from _between_tables(lines[start:at])
        start = at
        while at < len(lines) and _PIPE_ROW.match(lines[at].text):
            at += 1
        yield _pipe_table(lines[start:at], headed=headed)
        start, before = at, True
    yield from _between_tables(lines[start:])


def _begins_pipe_table(lines: Sequence[_Line], at: int) -> bool:
    below = lines[at + 1].text if at + 1 < len(lines) else ""
    return bool(_PIPE_ROW.match(lines[at].text) and _BELOW_HEAD.fullmatch(below))


def _between_tables(lines: Sequence[_Line]) -> Iterator[Block]:
    for blank, group in groupby(lines, key=lambda line: line.empty):
        if not blank:
            part = list(group)
            for block in markdown.blocks("\n".join(line.text for line in part)):
                yield from _as_published(block, part[0].place)


def _pipe_table(lines: Sequence[_Line], *, headed: bool) -> Table:
    """A table in Markdown; rows without a head go on with the table above an empty line."""
    rows = [line for line in lines if not _BELOW_HEAD.fullmatch(line.text)] if headed else lines
    table = _table([_pipe_cells(line.text) for line in rows], rows, ragged=False)
    return replace(table, continued=not headed)


def _pipe_cells(text: str) -> list[str]:
    """The cells of one row, as many as it has itself: a lost one is not filled up."""
    row = text.strip()
    row += "" if _LAST_BAR.search(row) else "|"
    count = len(_BAR.findall(row)) - 1
    parsed = markdown.blocks(f"{row}\n|{' --- |' * max(count, 1)}\n{row}")
    table = next((block for block in parsed if isinstance(block, PipeTable)), None)
    cells = table.rows[-1][:count] if table else ()
    return ["".join(run.text for run in cell) for cell in cells]


def _as_published(block: markdown.Block, place: str) -> Iterator[Block]:
    if isinstance(block, PictureLine):
        yield Picture(b"", block.caption, place=place)
    elif isinstance(block, markdown.Paragraph):
        listed = "-" if block.kind is Kind.LISTED else ""
        yield Paragraph(block.runs, _LEVELS.get(block.kind, 0), listed, place)


_LEVELS = {Kind.HEADING2: 2, Kind.HEADING3: 3, Kind.HEADING4: 4}


# -- text that other programs pulled out ---------------------------------------------------


def _text_blocks(lines: Sequence[_Line]) -> Iterator[Block]:
    """Runs of lines with tabs are tables; every other line is a paragraph."""
    at = 0
    while at < len(lines):
        end = _table_end(lines, at)
        if end > at:
            yield from _tabbed(lines[at:end])
            at = end
        else:
            yield from _paragraph(lines[at])
            at += 1


def _paragraph(line: _Line) -> Iterator[Block]:
    if any(mark[1] == "image" for mark in _ARTEFACT.finditer(line.text)):
        yield Picture(b"", place=line.place)
    text = _ARTEFACT.sub("", line.text)
    for block in markdown.blocks(text):
        for item in _as_published(block, line.place):
            level = (
                item.level if isinstance(item, Paragraph) and _HASHES.match(text.lstrip()) else 0
            )
            yield replace(item, level=level) if isinstance(item, Paragraph) else item


def _table_end(lines: Sequence[_Line], at: int) -> int:
    """Behind the last line of the table that begins here; `at` where none does."""
    end = at
    if not _is_tabbed(lines[at]):
        return at
    for index in range(at, len(lines)):
        line = lines[index]
        if _is_tabbed(line):
            end = index + 1
        elif line.empty or _is_rest(lines, index):
            continue
        else:
            break
    return end


def _is_tabbed(line: _Line) -> bool:
    """Whether a line is a row or a cell of a table: prose behind a tab is none."""
    if "\t" not in line.text:
        return False
    return not any(
        len(cell) > _LONGEST_CELL or _PROSE.search(cell) for cell in line.text.split("\t")
    )


def _is_rest(lines: Sequence[_Line], index: int) -> bool:
    """Whether a line goes on with the cell of the line above: 商业 / 企业."""
    above, line = lines[index - 1], lines[index]
    words = above.text.rpartition("\t")[2]
    if not _is_tabbed(above) and not (index > 1 and _is_rest(lines, index - 1)):
        return False
    below = next((other for other in lines[index + 1 : index + 3] if not other.empty), None)
    followed = below is not None and below.text.startswith("\t")
    short = len(line.text) <= _LONGEST_REST and not _NUMBERED.match(line.text)
    return bool(_WORDS.search(words) and short and not line.empty and followed)


def _tabbed(lines: Sequence[_Line]) -> Iterator[Block]:
    tabbed = [line for line in lines if "\t" in line.text]
    single = sum(line.text.startswith("\t") and "\t" not in line.text[1:] for line in tabbed)
    one_per_line = single >= _MOSTLY * len(tabbed)
    rows = list(_rows_of_cells(lines) if one_per_line else _rows_of_tabs(lines))
    if sum(len(cells) for cells, _ in rows) < _FEWEST:
        for line in lines:
            yield from _paragraph(replace(line, text=line.text.replace("\t", " ")))
        return
    yield _table([cells for cells, _ in rows], [line for _, line in rows], ragged=True)


def _rows_of_tabs(lines: Iterable[_Line]) -> Iterator[tuple[list[str], _Line]]:
    held: tuple[list[str], _Line] | None = None
    for line in lines:
        if "\t" in line.text:
            if held:
                yield held
            held = [cell.strip() for cell in line.text.split("\t")], line
        elif held and not line.empty:
            held[0][-1] = f"{held[0][-1]}\n{line.text.strip()}"
    if held:
        yield held


def _rows_of_cells(lines: Iterable[_Line]) -> Iterator[tuple[list[str], _Line]]:
    """An empty line ends a row; a line without a tab goes on with the cell above."""
    for blank, group in groupby(lines, key=lambda line: line.empty):
        if blank:
            continue
        part = list(group)
        cells: list[str] = []
        for line in part:
            if line.text.startswith("\t") or not cells:
                cells += [cell.strip() for cell in line.text.removeprefix("\t").split("\t")]
            else:
                cells[-1] = f"{cells[-1]}\n{line.text.strip()}"
        yield cells, part[0]


def _table(rows: Sequence[Sequence[str]], lines: Sequence[_Line], *, ragged: bool) -> Table:
    cells = (
        Cell(row, column, text)
        for row, texts in enumerate(rows)
        for column, text in enumerate(texts)
    )
    places = {row: line.place for row, line in enumerate(lines)}
    where = f"第{lines[0].number}–{lines[-1].number}行的表格"
    return Table(tuple(cells), ragged, where, MappingProxyType(places))
