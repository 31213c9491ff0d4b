"""Reports drawn as PDF pages, with every slip that real ones have: torn rows, missing lines …"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate

from gk_xlsx.form import Box, Table, lay_out
from gk_xlsx.report import AnnualReport, written
from gk_xlsx.resources import form
from tests.sources.drawn_pages import WIDTH, Page, pdf, width

LEFT, RIGHT, TOP, BOTTOM = 74.0, 520.0, 90.0, 760.0
LINE = 28.0
"""From one line of the text to the next (points)."""


@dataclass(frozen=True)
class Style:
    """How a report is drawn.

    Attributes:
        size: of the letters in tables, in points.
        heads: whether they are drawn again on each page.
        ruled: whether the line above (`h`) or left of (`v`) a cell is drawn.
        outer: whether the lines at the ends of a page and of the table are.
        torn: whether a page may end within a row.
        valign: where a text stands in its cell: 0 top, 0.5 middle, 1 bottom.
        start: where the first page's text begins (points from the top).
        numbered: whether pages have numbers.
        pad: room left and right in a cell.
    """

    size: float = 10.0
    heads: bool = False
    ruled: Callable[[str, Box], bool] = lambda _way, _box: True
    outer: bool = True
    torn: bool = False
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


def draw(
    report: AnnualReport, style: Style | None = None, texts: Mapping[str, str] | None = None
) -> bytes:
    """A report as PDF; `texts` has the paragraphs of a section, a line for each."""
    definition = form(report.edition)
    paper = _Paper(style or Style())
    paper.next()
    paper.at = paper.style.start
    for line in (report.unit.name, definition.title.format(year=report.year)):
        paper.line(line, (WIDTH - width(line, 22)) / 2, 22, "hei")
    for section in definition.sections:
        paper.line(section.heading, font="hei")
        for paragraph in filter(None, (texts or {}).get(section.key, "").split("\n")):
            paper.paragraph(paragraph)
        if section.table:
            _table(paper, report, definition.table(section.table))
            paper.at += LINE / 2
    return pdf(paper.pages)


def _table(paper: _Paper, report: AnnualReport, table: Table) -> None:
    """A table on as many pages as it takes."""
    strip = _Strip(table, report, paper.style)
    top = 0.0
    while top < strip.ys[-1]:
        head = strip.head if top and paper.style.heads else 0.0
        bottom = strip.cut(top, top + BOTTOM - paper.at - head)
        if bottom <= top:
            paper.next()
            continue
        if head:
            strip.put(paper, 0.0, head)
        strip.put(paper, top, bottom)
        top = bottom


@dataclass(frozen=True, slots=True)
class _Mark:
    """A line of a cell's text."""

    x: float
    y: float
    text: str


class _Strip:
    """A table as if paper had no end; `ys` are the upper ends of its rows, and its own end."""

    def __init__(self, table: Table, report: AnnualReport, style: Style) -> None:
        self._grid = lay_out(table)
        self._style, self._pitch = style, style.size * 1.3
        share = (RIGHT - LEFT) / sum(table.twips)
        self._xs = [LEFT + share * edge for edge in accumulate(table.twips, initial=0)]
        texts = {box: self._broken(box, report) for box in self._grid.boxes}
        self.ys = list(accumulate(self._heights(texts), initial=0.0))
        self._marks = [mark for box, lines in texts.items() for mark in self._set(box, lines)]

    @property
    def head(self) -> float:
        """Where the heads end that are drawn on every page."""
        return self.ys[self._grid.head_rows]

    def cut(self, top: float, room: float) -> float:
        """Where the page may end: below a row, or below a line of text where rows are torn."""
        ends = [y for y in self.ys if top < y <= room]
        if self._style.torn and room < self.ys[-1]:
            return self._between_lines(room)
        return max(ends, default=top)

    def _between_lines(self, y: float) -> float:
        """The next place above that no line of text stands across."""
        begun = [mark.y for mark in self._marks if mark.y < y < mark.y + self._pitch]
        return self._between_lines(min(begun)) if begun else y

    def put(self, paper: _Paper, top: float, bottom: float) -> None:
        """Draw the part from `top` to `bottom` where the paper stands."""
        page, down = paper.page, paper.at - top
        for mark in self._marks:
            if top <= mark.y < bottom:
                page.text(mark.x, mark.y + down, mark.text, self._style.size)
        for x0, y0, x1, y1 in self._lines(top, bottom):
            page.line(x0, y0 + down, x1, y1 + down)
        paper.at += bottom - top

    def _broken(self, box: Box, report: AnnualReport) -> list[str]:
        """The lines that a text takes in its cell."""
        text = written(report.entries[box.field.id]) if box.field else box.text
        room = self._xs[box.column + box.columns] - self._xs[box.column] - 2 * self._style.pad
        lines = [""]
        for sign in text:
            if lines[-1] and width(lines[-1] + sign, self._style.size) > room:
                lines.append("")
            lines[-1] += sign
        return lines

    def _heights(self, texts: Mapping[Box, Sequence[str]]) -> list[float]:
        """A row is as high as its highest text; the last row of a tall cell makes room for it."""
        heights = [self._pitch + 6] * self._grid.height
        for box, lines in sorted(texts.items(), key=lambda item: item[0].rows):
            last = box.row + box.rows - 1
            heights[last] += max(
                0.0, len(lines) * self._pitch + 6 - sum(heights[box.row : last + 1])
            )
        return heights

    def _set(self, box: Box, lines: Sequence[str]) -> Iterator[_Mark]:
        top, bottom = self.ys[box.row], self.ys[box.row + box.rows]
        left, right = self._xs[box.column], self._xs[box.column + box.columns]
        y = top + 3 + (bottom - top - 6 - len(lines) * self._pitch) * self._style.valign
        for number, line in enumerate(lines):
            centred = (left + right - width(line, self._style.size)) / 2
            x = centred if box.head or box.field else left + self._style.pad
            yield _Mark(x, y + number * self._pitch, line)

    def _lines(self, top: float, bottom: float) -> Iterator[tuple[float, float, float, float]]:
        """The ruling lines of a part, one at each of its ends."""
        if self._style.outer:
            for y in (top, bottom):
                yield self._xs[0], y, self._xs[-1], y
        for box in self._grid.boxes:
            x0, x1 = self._xs[box.column], self._xs[box.column + box.columns]
            y0, y1 = self.ys[box.row], self.ys[box.row + box.rows]
            if self._style.ruled("h", box) and top <= y0 < bottom:
                yield x0, y0, x1, y0
            if y0 < bottom and top < y1:
                if self._style.ruled("v", box):
                    yield x0, max(y0, top), x0, min(y1, bottom)
                if self._style.outer and box.column + box.columns == self._grid.width:
                    yield x1, max(y0, top), x1, min(y1, bottom)
