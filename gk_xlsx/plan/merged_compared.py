"""对比表: the key figures of this year beside last year's, and which units make the change."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from gk_xlsx.form import Form
from gk_xlsx.merged import Contributor
from gk_xlsx.plan.key_figures import KeyFigure, key_figures
from gk_xlsx.plan.layout import COMPARED, DETAIL
from gk_xlsx.plan.merged_book import Book
from gk_xlsx.plan.merged_layout import HEAD_ROWS, NAME, UNKNOWN
from gk_xlsx.plan.merged_overview import key_formula, key_total
from gk_xlsx.plan.merged_wording import warning_formula
from gk_xlsx.plan.model import Address, Area, Cell, Colouring, Mark, Page, Sheet, Style
from gk_xlsx.report import LastYear

NO_DATA = "无数据"
_NOT_COMPARABLE = "—"
_FIRST = 4
_WIDTH = 6
_NOW, _BEFORE, _CHANGE, _PER_CENT = range(2, 6)
_UNIT_FIELD = "三.新收.总计"


@dataclass(frozen=True, slots=True)
class _Pair:
    """A figure of this year and last year's; None where it is not known."""

    now: Decimal | None
    before: Decimal | None
    formula: str

    @property
    def change(self) -> Decimal | str:
        """This year's less last year's."""
        if self.now is None or self.before is None:
            return _NOT_COMPARABLE
        return self.now - self.before

    @property
    def per_cent(self) -> Decimal | str:
        """The change as a part of last year's."""
        if isinstance(self.change, str) or not self.before:
            return _NOT_COMPARABLE
        return self.change / self.before


def compared_sheet(book: Book, last_form: Form | None) -> Sheet:
    """The sheet; `last_form` is the edition last year's figures are written in."""
    keys = key_figures(book.merged.form)
    units = _units_top(book)
    cells = (
        *_head(book),
        *_key_rows(book, keys, last_form),
        *(_unit_rows(book, units) if _has_last(book) else ()),
    )
    bottom = max(cell.row for cell in cells)
    return Sheet(
        COMPARED,
        cells,
        {0: 12, 1: 34, **dict.fromkeys(range(_NOW, _WIDTH), 13)},
        {0: 34, 1: 40 if book.warning else 6, 2: 20, 3: 22},
        colourings=tuple(_colourings(bottom)),
        freeze=(_FIRST, 2),
        page=Page(repeat=(3, 3), area=Area(0, 0, bottom, _WIDTH - 1)),
        colour="C0504D",
    )


def last_total(last: LastYear | None, last_form: Form | None, key: KeyFigure) -> Decimal | None:
    """Last year's figure of the same short name, in the edition it was written in."""
    if last is None or last_form is None:
        return None
    values = [last.values.get(field_id) for field_id in last_form.names.get(key.name, ())]
    known = [value for value in values if value is not None]
    return sum(known, Decimal(0)) if known and len(known) == len(values) else None


def _head(book: Book) -> Iterator[Cell]:
    report = book.merged.report
    yield Cell(
        0, 0, f"{report.unit.name}{report.year}年主要数据对比表", Style.TITLE, columns=_WIDTH
    )
    formula = warning_formula(book.layout)
    yield Cell(1, 0, book.warning, Style.INCOMPLETE, formula, columns=_WIDTH)
    last = report.last_year
    known = f"上年数据：{last.unit}，{last.year} 年。" if last else "没有上年数据。"
    note = f"单位：件，收费为万元。{known}"
    yield Cell(2, 0, note, Style.HINT, columns=_WIDTH)
    heads = ("类别", "指标", f"{report.year} 年", f"{report.year - 1} 年", "增减", "增减比例")
    for column, text in enumerate(heads):
        yield Cell(3, column, text, Style.HEAD)


def _key_rows(book: Book, keys: Sequence[KeyFigure], last_form: Form | None) -> Iterator[Cell]:
    last = book.merged.report.last_year
    yield from _groups(keys)
    for row, key in enumerate(keys, start=_FIRST):
        before = last_total(last, last_form, key)
        formula = key_formula(book.layout, key, COMPARED)
        caption = f"{key.caption}（{key.unit}）" if key.unit != "件" else key.caption
        yield Cell(row, 1, caption, Style.CELL)
        yield from _pair(row, _Pair(key_total(book.merged, key), before, formula))


def _groups(keys: Sequence[KeyFigure]) -> Iterator[Cell]:
    row = _FIRST
    for group, run in groupby(keys, key=lambda key: key.group):
        rows = len(list(run))
        yield Cell(row, 0, group, Style.CELL_CENTRED, rows=rows)
        row += rows


def _pair(row: int, pair: _Pair) -> Iterator[Cell]:
    now, before = (Address(COMPARED, row, at).local for at in (_NOW, _BEFORE))
    both = f"COUNT({now},{before})=2"
    yield Cell(row, _NOW, UNKNOWN if pair.now is None else pair.now, Style.FIGURE, pair.formula)
    yield Cell(row, _BEFORE, NO_DATA if pair.before is None else pair.before, Style.FIGURE)
    none = f'"{_NOT_COMPARABLE}"'
    difference = f"IF({both},ROUND({now}-{before},6),{none})"
    yield Cell(row, _CHANGE, pair.change, Style.CHANGE, difference)
    part = f"IF({both},IF({before}=0,{none},({now}-{before})/{before}),{none})"
    yield Cell(row, _PER_CENT, pair.per_cent, Style.PER_CENT, part)


# -- unit by unit --------------------------------------------------------------------------


def _units_top(book: Book) -> int:
    return _FIRST + len(key_figures(book.merged.form)) + 1


def _has_last(book: Book) -> bool:
    return any(item.last for item in book.merged.counted)


def _unit_rows(book: Book, top: int) -> Iterator[Cell]:
    """本年新收 of each unit beside last year's, as far as the units' own reports know it."""
    merged = book.merged
    yield Cell(top, 0, "各单位新收申请（上年数据来自各单位报告）", Style.HEADING, columns=_WIDTH)
    heads = ("序号", "单位", f"{merged.report.year} 年", f"{merged.report.year - 1} 年")
    for column, text in enumerate((*heads, "增减", "增减比例")):
        yield Cell(top + 1, column, text, Style.HEAD)
    field_id = merged.form.names[_UNIT_FIELD][0]
    at = list(merged.form.fields).index(field_id)
    for index, item in enumerate(merged.counted):
        row = top + 2 + index
        source = book.detail.unit(index, field_id).full
        name = Address(DETAIL, HEAD_ROWS + index, NAME).full
        yield Cell(row, 0, str(index + 1), Style.CELL_CENTRED)
        yield Cell(row, 1, item.name, Style.CELL, name)
        formula = f'IF(ISNUMBER({source}),{source},"{UNKNOWN}")'
        before = _last_of(item, field_id, merged.report.year - 1)
        yield from _pair(row, _Pair(item.figures[at], before, formula))


def _last_of(item: Contributor, field_id: str, year: int) -> Decimal | None:
    last = item.last
    if last is None or last.year != year or field_id not in last.ids:
        return None
    return last.figures[last.ids.index(field_id)]


def _colourings(bottom: int) -> Iterator[Colouring]:
    first = Address(COMPARED, _FIRST, _NOW).local
    area = Area(_FIRST, _NOW, bottom, _NOW)
    yield Colouring(area, f'{first}="{UNKNOWN}"', Mark.WRONG)
