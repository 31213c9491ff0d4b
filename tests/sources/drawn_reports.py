"""Reports drawn as PDF pages, with every slip that real ones have: torn rows, missing lines …"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import accumulate, pairwise

from gk_xlsx.form import Box, Grid, Table, lay_out
from gk_xlsx.report import AnnualReport, written
from gk_xlsx.resources import form
from tests.sources.drawn_pages import HEIGHT, WIDTH, Page, pdf, width

LEFT, RIGHT, TOP, BOTTOM = 74.0, 520.0, 90.0, 760.0
LINE = 28.0
"""From one line of the text to the next (points)."""

Side = tuple[str, int, int]
"""A line of a table's grid: `h` and the row it is above, or `v` and the column it is left of."""


@dataclass(frozen=True)
class Style:
    """How a report is drawn.

    Attributes:
        size: of the letters in tables, in points.
        heads: whether they are drawn again on each page.
        ruled: whether a line of a table is drawn: table, line.
        tear: how many lines of a row's text may stand on its first page where it does not fit;
            0 for none, the row then begins on the next page.
        valign: where a text stands in its cell: 0 top, 0.5 middle, 1 bottom.
        start: where the first page's text begins (points from the top).
        numbered: whether pages have numbers.
        pad: room left and right in a cell.
    """

    size: float = 10.0
    heads: bool = False
    ruled: Callable[[str, Side], bool] = lambda _table, _side: True
    tear: int = 0
    valign: float = 0.5
    start: float = TOP
    numbered: bool = True
    pad: float = 2.0


@dataclass
class _Paper:
    """Pages being drawn."""

    style: Style
    pages: list[Page] = field(default_factory=list)
    at: float = 0.0

    def next(self) -> Page:
        self.pages.append(Page())
        self.at = TOP
        if self.style.numbered:
            number = f"- {len(self.pages)} -"
            self.page.text((LEFT if len(self.pages) % 2 == 0 else RIGHT - 40), 794, number, 14)
        return self.page

    @property
    def page(self) -> Page:
        return self.pages[-1]

    def line(self, text: str, x: float = LEFT + 32, size: float = 16, font: str = "song") -> None:
        if self.at + LINE > BOTTOM:
            self.next()
        self.page.text(x, self.at, text, size, font)
        self.at += LINE

    def paragraph(self, text: str) -> None:
        """Justified lines, the first one indented by two characters."""
        line, room = "", RIGHT - LEFT - 32
        x = LEFT + 32
        for sign in text:
            if width(line + sign, 16) > room and sign not in "，。；：、”）":
                self.line(line, x)
                line, x, room = "", LEFT, RIGHT - LEFT
            line += sign
        self.line(line, x)


def draw(report: AnnualReport, style: Style = Style(), texts: Mapping[str, str] = {}) -> bytes:
    """A report as PDF; `texts` has the paragraphs of a section, a line for each."""
    definition = form(report.edition)
    paper = _Paper(style)
    paper.next()
    paper.at = style.start
    for line in (report.unit.name, definition.title.format(year=report.year)):
        paper.line(line, (WIDTH - width(line, 22)) / 2, 22, "hei")
    for section in definition.sections:
        paper.line(section.heading, font="hei")
        for paragraph in filter(None, texts.get(section.key, "").split("\n")):
            paper.paragraph(paragraph)
        if section.table:
            _table(paper, report, definition.table(section.table))
            paper.at += LINE / 2
    return pdf(paper.pages)


def _table(paper: _Paper, report: AnnualReport, table: Table) -> None:
    drawing = _Drawing(table, report, paper.style)
    grid = drawing.grid
    row = 0
    first, torn = 0, 0
    while row < grid.height:
        heights = list(accumulate(drawing.heights[first:], initial=0.0))
        room = BOTTOM - paper.at - (drawing.head if first and paper.style.heads else 0)
        fits = sum(height <= room for height in heights[1:]) + first
        if fits == first and not torn and paper.at > TOP:
            paper.next()
            continue
        drawing.put(paper, first, max(fits, first + 1))
        first = row = max(fits, first + 1)
        if row < grid.height:
            paper.next()


@dataclass(frozen=True)
class _Text:
    """The lines of a cell, and the first and the last row it reaches over."""

    box: Box
    lines: tuple[str, ...]


class _Drawing:
    """One table, laid out."""

    def __init__(self, table: Table, report: AnnualReport, style: Style) -> None:
        self.grid: Grid = lay_out(table)
        self._key, self._style = table.key, style
        total = sum(table.twips)
        self._xs = [LEFT + (RIGHT - LEFT) * edge / total for edge in accumulate(table.twips, initial=0)]
        self._texts = [_Text(box, tuple(self._lines(box, report))) for box in self.grid.boxes]

    def _lines(self, box: Box, report: AnnualReport) -> Iterator[str]:
        text = written(report.entries[box.field.id]) if box.field else box.text
        room = self._xs[box.column + box.columns] - self._xs[box.column] - 2 * self._style.pad
        line = ""
        for sign in text:
            if width(line + sign, self._style.size) > room and line:
                yield line
                line = ""
            line += sign
        yield line

    @property
    def _pitch(self) -> float:
        return self._style.size * 1.3

    @cached_property
    def heights(self) -> list[float]:
        """Of each row; a row is as high as its highest text, the last one of a tall cell."""
        heights = [self._pitch + 6] * self.grid.height
        for text in sorted(self._texts, key=lambda one: one.box.rows):
            rows = range(text.box.row, text.box.row + text.box.rows)
            lacking = len(text.lines) * self._pitch + 6 - sum(heights[row] for row in rows)
            heights[rows[-1]] += max(0.0, lacking)
        return heights

    @cached_property
    def head(self) -> float:
        """The height of the heads that are drawn again."""
        return sum(self.heights[: self.grid.head_rows])

    def put(self, paper: _Paper, first: int, last: int) -> None:
        """Draw the rows `first` … `last` - 1 where the paper stands."""
        if first and paper.style.heads and self.grid.head_rows:
            self._rows(paper, 0, self.grid.head_rows)
        self._rows(paper, first, last)

    def _rows(self, paper: _Paper, first: int, last: int) -> None:
        ys = [paper.at + y for y in accumulate(self.heights[first:last], initial=0.0)]
        for text in self._texts:
            box = text.box
            top, bottom = max(box.row, first), min(box.row + box.rows, last)
            if top < bottom:
                self._cell(paper.page, text, ys[top - first], ys[bottom - first], whole=box.row >= first)
                self._sides(paper.page, box, (top, bottom), (ys[top - first], ys[bottom - first]))
        paper.at = ys[-1]

    def _cell(self, page: Page, text: _Text, top: float, bottom: float, *, whole: bool) -> None:
        """The text of a cell; what does not fit above a page's end goes on below it."""
        fit = max(int((bottom - top - 4) / self._pitch), 0)
        lines = text.lines[:fit] if whole else text.lines[fit:] if fit < len(text.lines) else ()
        if not whole and text.box.rows > 1:
            lines = text.lines[len(text.lines) // 2 :] if len(text.lines) > 2 else ()
        y = top + 3 + (bottom - top - 6 - len(lines) * self._pitch) * self._style.valign
        left, right = self._xs[text.box.column], self._xs[text.box.column + text.box.columns]
        for line in lines:
            centred = (left + right - width(line, self._style.size)) / 2
            x = left + self._style.pad if self._is_label(text.box) else centred
            page.text(x, y, line, self._style.size)
            y += self._pitch

    def _is_label(self, box: Box) -> bool:
        return not box.head and not box.field and box.columns > 0 and box.rows == 1

    def _sides(
        self, page: Page, box: Box, rows: tuple[int, int], ys: tuple[float, float]
    ) -> None:
        left, right = self._xs[box.column], self._xs[box.column + box.columns]
        for row, y in zip(rows, ys, strict=True):
            for column in range(box.column, box.column + box.columns):
                if self._style.ruled(self._key, ("h", row, column)):
                    page.line(self._xs[column], y, self._xs[column + 1], y)
        for column, x in ((box.column, left), (box.column + box.columns, right)):
            if self._style.ruled(self._key, ("v", rows[0], column)):
                page.line(x, ys[0], x, ys[1])
