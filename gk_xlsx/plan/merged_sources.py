"""来源与调整: what the sums rest on: files, who is missing, what is unknown, adjustments."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest

from gk_xlsx.findings import Verdict
from gk_xlsx.merged import Adjustment, Contributor, Merged
from gk_xlsx.plan.layout import DETAIL, SOURCES, SUMMARY, Layout
from gk_xlsx.plan.merged_book import Book
from gk_xlsx.plan.merged_layout import (
    ADJUSTMENT_HEADS,
    CODE,
    MISSING_HEADS,
    NAME,
    NESTED_HEADS,
    SECTIONS,
    SOURCE_HEADS,
    UNKNOWN_HEADS,
    UNREASONED,
    Detail,
)
from gk_xlsx.plan.merged_wording import status_formula, summary_texts, unreasoned_formula
from gk_xlsx.plan.model import Address, Area, Cell, Colouring, Mark, Page, Paper, Sheet, Style
from gk_xlsx.relations import cell_name

_WIDTHS = {0: 13, 1: 32, 2: 13, 3: 12, 4: 18, 5: 44, 6: 12, 7: 11, 8: 50, 9: 68}
_LISTED = 400
"""So many unknown sums are listed with their units; the rest is told by the colour of 明细."""

_CAPTIONS = {
    "status": "汇总情况",
    "counted": "已汇总",
    "missing": "缺报份数",
    "names": "缺报单位",
    "unreasoned": "调整缺原因",
}
_TOP = len(SUMMARY) + 2

_WIDE_LAST, _WIDE_BOTH, _WIDE_THIRD = (1, 1, 1, 3), (1, 1, 3, 4), (1, 1, 3, 1)
_NESTED = (1, 1, 1, 2, 2)
"""Over how many columns the texts of a section go."""
_CHECKED = 5
_LONGEST = 32_000
"""A cell holds no more."""
_HIGHEST = 400.0
"""Points; a row cannot be higher."""


@dataclass(slots=True)
class _Rows:
    """Cells laid below each other."""

    cells: list[Cell] = field(default_factory=list)
    heights: dict[int, float] = field(default_factory=dict)
    next: int = _TOP

    def heading(self, text: str) -> None:
        self.cells.append(Cell(self.next, 0, text, Style.HEADING, columns=4))
        self.heights[self.next] = 24
        self.next += 1

    def high(self, *lines: int) -> None:
        """Room for so many lines in the next row, as far as rows can grow."""
        self.heights[self.next] = min(15.0 * max(1, *lines) + 3, _HIGHEST)

    def line(self, contents: Sequence[Cell]) -> None:
        self.cells += contents
        self.next += 1

    def texts(
        self, texts: Sequence[str], style: Style = Style.CELL, widths: Sequence[int] = ()
    ) -> None:
        """Texts beside each other; `widths` says over how many columns each of them goes."""
        column, cells = 0, []
        for text, width in zip_longest(texts, widths[: len(texts)], fillvalue=1):
            shown = str(text)[:_LONGEST]
            cells.append(Cell(self.next, column, shown, style, columns=int(width)))
            column += int(width)
        self.line(cells)


def sources_sheet(book: Book) -> Sheet:
    """The sheet that says where everything comes from."""
    layout, detail, merged = book.layout, book.detail, book.merged
    rows = _Rows()
    _contributors(rows, "counted", merged.counted)
    _contributors(rows, "aside", merged.aside)
    _missing(rows, merged)
    _unknown(rows, merged)
    top = _adjustments(rows, detail, merged)
    _nested(rows, merged)
    return Sheet(
        SOURCES,
        (*_summary(book), *rows.cells),
        _WIDTHS,
        {0: 30, 1: 40, **rows.heights},
        colourings=tuple(_colourings(layout, top, detail.adjustments)),
        page=Page(landscape=True, paper=Paper.A3, margins_mm=(15, 12, 15, 12)),
        colour="7A8B99",
    )


def _summary(book: Book) -> Iterator[Cell]:
    layout = book.layout
    yield Cell(0, 0, SOURCES, Style.HEADING, columns=4)
    made = {"status": status_formula(layout), "unreasoned": unreasoned_formula(book.detail)}
    for name, text in summary_texts(book.merged, book.counted).items():
        at = layout.summary(name)
        style = Style.INCOMPLETE if name == "status" else Style.CELL
        yield Cell(at.row, 0, _CAPTIONS[name], Style.LABEL)
        yield Cell(at.row, 1, text, style, made.get(name, ""), columns=7)


def _contributors(rows: _Rows, section: str, items: Sequence[Contributor]) -> None:
    if not items:
        return
    rows.heading(SECTIONS[section])
    rows.texts(SOURCE_HEADS, Style.HEAD)
    for number, item in enumerate(items, start=1):
        said = "；".join(filter(None, (item.remark, item.explanation)))
        verdict = "" if item.verdict is Verdict.NONE else item.verdict.label
        facts = (str(number), item.name, item.code, item.kind, item.scope.label)
        rows.high(-(-len(said) // 24), -(-len(item.path) // 40))
        rows.texts((*facts, item.path, item.received, verdict, said, item.sha256))
    rows.next += 1


def _missing(rows: _Rows, merged: Merged) -> None:
    if not merged.missing:
        return
    rows.heading(SECTIONS["missing"])
    rows.texts(MISSING_HEADS, Style.HEAD, _WIDE_LAST)
    for number, item in enumerate(merged.missing, start=1):
        rows.texts((str(number), item.name, item.code, item.why), widths=_WIDE_LAST)
    rows.next += 1


def _unknown(rows: _Rows, merged: Merged) -> None:
    """Every input whose sum is not known; totals are unknown with them."""
    if not merged.unknown:
        return
    form = merged.form
    shown = [key for key in merged.unknown if key not in form.computed] or list(merged.unknown)
    totals = f"，连带总计共 {len(merged.unknown)} 格" if len(merged.unknown) > len(shown) else ""
    rows.cells.append(Cell(rows.next, 4, f"{len(shown)} 格{totals}", Style.HINT, columns=2))
    rows.heading(SECTIONS["unknown"])
    rows.texts(UNKNOWN_HEADS, Style.HEAD, _WIDE_BOTH)
    for number, field_id in enumerate(shown[:_LISTED], start=1):
        sheet, reason = form.table_of(field_id).sheet, merged.entries[field_id].reason
        name = cell_name(form, field_id).removeprefix(sheet)
        rows.high(-(-len(reason) // 60), -(-len(name) // 22))
        rows.texts((str(number), sheet, name, reason), widths=_WIDE_BOTH)
    if len(shown) > _LISTED:
        more = f"另有 {len(shown) - _LISTED} 格，在“明细”里标红。"
        rows.line([Cell(rows.next, 0, more, Style.HINT, columns=4)])
    rows.next += 1


def _adjustments(rows: _Rows, detail: Detail, merged: Merged) -> int:
    """What stands in the rows for adjustments of 明细, live; the row of the first one."""
    rows.heading(SECTIONS["adjustments"])
    rows.texts(ADJUSTMENT_HEADS, Style.HEAD, _WIDE_THIRD)
    top = rows.next
    for index in range(detail.adjustments):
        known = index < len(merged.adjustments)
        item = merged.adjustments[index] if known else None
        rows.line(_adjustment(detail, rows.next, index, item))
    rows.next += 1
    return top


def _adjustment(detail: Detail, row: int, index: int, item: Adjustment | None) -> list[Cell]:
    checked = "" if item is None or not item.changes else "√" if item.reasoned else UNREASONED
    shown = (
        (1, NAME, item.label if item else "", 1),
        (2, CODE, item.reason if item else "", 3),
        (5, detail.check_column, checked, 1),
    )
    cells = [Cell(row, 0, str(index + 1), Style.CELL)]
    for column, source, text, columns in shown:
        cell = Address(DETAIL, detail.adjustments_top + index, source).full
        cells.append(Cell(row, column, text, Style.CELL, f'{cell}&""', columns=columns))
    return cells


def _nested(rows: _Rows, merged: Merged) -> None:
    """The reports inside the sums that were added up."""
    items = enumerate(merged.counted, start=1)
    parts = [(number, part) for number, item in items for part in item.parts]
    if not parts:
        return
    rows.heading(SECTIONS["nested"])
    rows.texts(NESTED_HEADS, Style.HEAD, _NESTED)
    for number, part in parts:
        texts = (str(number), part.name, part.code, part.scope.label, part.sha256)
        rows.texts(texts, widths=_NESTED)


def _colourings(layout: Layout, top: int, rows: int) -> Iterator[Colouring]:
    status = layout.summary("status")
    yield Colouring(
        Area(status.row, 1, status.row, 7), f'LEFT({status.fixed},3)<>"未完整"', Mark.GOOD
    )
    first = Address(SOURCES, top, _CHECKED).local
    area = Area(top, _CHECKED, top + rows - 1, _CHECKED)
    yield Colouring(area, f'{first}="{UNREASONED}"', Mark.WRONG)
