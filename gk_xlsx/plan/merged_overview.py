"""一览表: one A3 page for those who sign: units and key figures, subtotals by kind."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from itertools import groupby

from gk_xlsx.form import Form
from gk_xlsx.merged import Contributor, Figures, Merged
from gk_xlsx.plan.key_figures import KeyFigure, key_figures
from gk_xlsx.plan.layout import DETAIL, OVERVIEW, Layout, ranges
from gk_xlsx.plan.merged_book import Book
from gk_xlsx.plan.merged_layout import HEAD_ROWS, NAME, UNKNOWN, Detail
from gk_xlsx.plan.merged_wording import counted_text, warning_formula
from gk_xlsx.plan.model import Address, Area, Cell, Colouring, Mark, Page, Paper, Sheet, Style
from gk_xlsx.units import Scope

_TITLE, _WARNING, _NOTE, _GROUP_ROW, _CAPTION_ROW = range(5)
_FIRST = 5
_NUMBER, _NAME, _FIGURES = 0, 1, 2

OTHER_KIND, OWN_KIND = "其他", "本级"
ONE_PAGE = 80
"""So many rows still fit on one A3 page and can be read."""


@dataclass(frozen=True, slots=True)
class _Block:
    """The units of one kind, the rows they stand in, and the number of the first of them."""

    kind: str
    units: tuple[int, ...]
    top: int
    first: int

    @property
    def subtotal(self) -> int:
        """The row of its subtotal, below its heading and its units."""
        return self.top + 1 + len(self.units)


def overview_sheet(book: Book) -> Sheet:
    """The sheet; every figure is live."""
    merged, keys = book.merged, key_figures(book.merged.form)
    blocks = _blocks(merged)
    bottom = blocks[-1].subtotal + 2
    last = _FIGURES + len(keys) - 1
    cells = (
        *_head(book, keys),
        *(cell for block in blocks for cell in _block(book, block, keys)),
        *_sums(book, bottom - 1, keys),
    )
    return Sheet(
        OVERVIEW,
        cells,
        {_NUMBER: 6, _NAME: 40, **dict.fromkeys(range(_FIGURES, last + 1), 11.5)},
        _heights(book, bottom),
        colourings=(
            Colouring(
                Area(_FIRST, _FIGURES, bottom, last),
                f'{Address(OVERVIEW, _FIRST, _FIGURES).local}="{UNKNOWN}"',
                Mark.WRONG,
            ),
        ),
        freeze=(_FIRST, _FIGURES),
        page=Page(
            landscape=True, paper=Paper.A3, repeat=(_GROUP_ROW, _CAPTION_ROW),
            area=Area(0, 0, bottom, last), tall=bottom < ONE_PAGE, margins_mm=(12, 12, 14, 12),
        ),
        colour="C0504D",
    )  # fmt: skip


def _heights(book: Book, bottom: int) -> dict[int, float]:
    heights = dict.fromkeys(range(_FIRST, bottom + 1), 15.5)
    warning = 26.0 if book.warning else 6.0
    return heights | {_TITLE: 34, _WARNING: warning, _NOTE: 18, _GROUP_ROW: 18, _CAPTION_ROW: 30}


def _blocks(merged: Merged) -> list[_Block]:
    """Units by kind, kinds in the order in which they first occur; numbered as they stand."""
    by_kind: dict[str, list[int]] = {}
    for index, item in enumerate(merged.counted):
        by_kind.setdefault(_kind(merged, item), []).append(index)
    blocks, top, first = [], _FIRST, 1
    for kind, units in by_kind.items():
        blocks.append(_Block(kind, tuple(units), top, first))
        top, first = blocks[-1].subtotal + 1, first + len(units)
    return blocks


def _kind(merged: Merged, item: Contributor) -> str:
    """The office's own government is 本级, whatever the roster calls its kind of body."""
    own = item.scope is Scope.GOVERNMENT and item.name == merged.report.unit.name
    return OWN_KIND if own else item.kind or OTHER_KIND


# -- heads ---------------------------------------------------------------------------------


def _head(book: Book, keys: Sequence[KeyFigure]) -> Iterator[Cell]:
    merged, width = book.merged, _FIGURES + len(keys)
    title = f"{merged.report.unit.name}{merged.report.year}年政府信息公开工作年度报告数据一览表"
    money = "，收费为万元" if any(key.unit == "万元" for key in keys) else ""
    said = book.layout.summary("counted").full
    note = f"单位：件{money}"
    yield Cell(_TITLE, 0, title, Style.TITLE, columns=width)
    yield Cell(_WARNING, 0, book.warning, Style.INCOMPLETE, warning_formula(book.layout),
               columns=width)  # fmt: skip
    shown = f"{counted_text(merged)}。{note}"
    yield Cell(_NOTE, 0, shown, Style.HINT, f'{said}&"。{note}"', columns=width)
    for column, text in ((_NUMBER, "序号"), (_NAME, "单位")):
        yield Cell(_GROUP_ROW, column, text, Style.HEAD, rows=2)
    column = _FIGURES
    for group, run in groupby(keys, key=lambda key: key.group):
        captions = [key.caption for key in run]
        yield Cell(_GROUP_ROW, column, group, Style.HEAD, columns=len(captions))
        for offset, caption in enumerate(captions):
            yield Cell(_CAPTION_ROW, column + offset, caption, Style.HEAD)
        column += len(captions)


# -- rows ----------------------------------------------------------------------------------


def _block(book: Book, block: _Block, keys: Sequence[KeyFigure]) -> Iterator[Cell]:
    width = _FIGURES + len(keys)
    heading = f"{block.kind}（{len(block.units)} 份）"
    yield Cell(block.top, 0, heading, Style.KIND, columns=width)
    for offset, index in enumerate(block.units):
        row, item = block.top + 1 + offset, book.merged.counted[index]
        yield Cell(row, _NUMBER, str(block.first + offset), Style.UNIT_FACT)
        name = Address(DETAIL, HEAD_ROWS + index, NAME).full
        yield Cell(row, _NAME, item.name, Style.UNIT, name)
        for column, key in enumerate(keys, start=_FIGURES):
            total = _total(book.merged.form, item.figures, key.fields)
            formula = _of_row(book.detail, HEAD_ROWS + index, key)
            yield Cell(row, column, _shown(total), Style.UNIT_FIGURE, formula)
    yield from _subtotal(book, block, keys)


def _subtotal(book: Book, block: _Block, keys: Sequence[KeyFigure]) -> Iterator[Cell]:
    row, form = block.subtotal, book.merged.form
    yield Cell(row, 0, "小计", Style.SUBTOTAL, columns=_FIGURES)
    for column, key in enumerate(keys, start=_FIGURES):
        first = Address(OVERVIEW, block.top + 1, column).local
        area = f"{first}:{Address(OVERVIEW, row - 1, column).local}"
        totals = [_total(form, book.merged.counted[at].figures, key.fields) for at in block.units]
        formula = f'IF(COUNT({area})=ROWS({area}),{_rounded(f"SUM({area})", key)},"{UNKNOWN}")'
        yield Cell(row, column, _shown(_added(totals)), Style.SUBTOTAL, formula)


def _sums(book: Book, row: int, keys: Sequence[KeyFigure]) -> Iterator[Cell]:
    """What was adjusted, and the sums themselves as the statutory sheets have them."""
    merged = book.merged
    yield Cell(row, 0, "调整", Style.SUBTOTAL, columns=_FIGURES)
    yield Cell(row + 1, 0, "合计", Style.GRAND_TOTAL, columns=_FIGURES)
    for column, key in enumerate(keys, start=_FIGURES):
        parts = ",".join(book.detail.adjusted_range(field_id) for field_id in key.fields)
        changed = f'IF(COUNTA({parts})=COUNT({parts}),{_rounded(f"SUM({parts})", key)},"{UNKNOWN}")'
        yield Cell(row, column, _shown(_adjusted(merged, key)), Style.SUBTOTAL, changed)
        total = key_total(merged, key)
        formula = key_formula(book.layout, key, OVERVIEW)
        yield Cell(row + 1, column, _shown(total), Style.GRAND_TOTAL, formula)


def _of_row(detail: Detail, row: int, key: KeyFigure) -> str:
    """A key figure of one row of 明细, unknown where one of its parts is."""
    cells = [detail.cell(row, field_id) for field_id in key.fields]
    if len(cells) == 1:
        return f'IF(ISNUMBER({cells[0].full}),{cells[0].full},"{UNKNOWN}")'
    listed = ",".join(ranges(cells, OVERVIEW))
    return f'IF(COUNT({listed})={len(cells)},SUM({listed}),"{UNKNOWN}")'


def key_formula(layout: Layout, key: KeyFigure, sheet: str) -> str:
    """A key figure of the sum, from the statutory sheets."""
    cells = [layout.fields[field_id] for field_id in key.fields]
    listed = ",".join(ranges(cells, sheet))
    return f'IF(COUNT({listed})={len(cells)},SUM({listed}),"{UNKNOWN}")'


def key_total(merged: Merged, key: KeyFigure) -> Decimal | None:
    """A key figure of the sum; None where one of its parts is not known."""
    return _added([merged.entries[field_id].value for field_id in key.fields])


def _adjusted(merged: Merged, key: KeyFigure) -> Decimal | None:
    if any(field_id in item.wrong for item in merged.adjustments for field_id in key.fields):
        return None
    at = _positions(merged.form)
    changes = (item.figures[at[name]] for item in merged.adjustments for name in key.fields)
    return sum((change for change in changes if change is not None), Decimal(0))


def _rounded(total: str, key: KeyFigure) -> str:
    return f"ROUND({total},6)" if key.unit == "万元" else total


def _total(form: Form, figures: Figures, fields: Sequence[str]) -> Decimal | None:
    at = _positions(form)
    return _added([figures[at[field_id]] for field_id in fields])


def _added(values: Sequence[Decimal | None]) -> Decimal | None:
    known = [value for value in values if value is not None]
    return sum(known, Decimal(0)) if len(known) == len(values) else None


def _shown(value: Decimal | None) -> Decimal | str:
    return UNKNOWN if value is None else value


@lru_cache(maxsize=4)
def _positions(form: Form) -> dict[str, int]:
    return {field_id: index for index, field_id in enumerate(form.fields)}
