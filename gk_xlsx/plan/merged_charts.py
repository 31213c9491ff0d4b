"""图表: who got most applications, what became of them, this year beside last year."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from gk_xlsx.form import Form
from gk_xlsx.plan.key_figures import RESULTS, KeyFigure, key_figure
from gk_xlsx.plan.layout import CHARTED, DETAIL
from gk_xlsx.plan.merged_book import Book
from gk_xlsx.plan.merged_compared import NO_DATA, last_total
from gk_xlsx.plan.merged_layout import HEAD_ROWS, NAME, UNKNOWN
from gk_xlsx.plan.merged_overview import key_formula, key_total
from gk_xlsx.plan.merged_wording import warning_formula
from gk_xlsx.plan.model import (
    Address,
    Area,
    Cell,
    Chart,
    ChartKind,
    Page,
    Paper,
    Series,
    Sheet,
    Style,
)

_MOST = 15
_APPLICATIONS = "三.新收.总计"
_COMPARED = (
    *("三.新收.总计", "三.办结.总计", "三.结转下年.总计"),
    *("四.复议.总计", "四.诉讼.总计"),
)
_TOP, _LABEL, _NOW, _BEFORE = 3, 0, 1, 2
_NO_PIE = "有未知的数，不画构成图"


@dataclass(frozen=True, slots=True)
class _Row:
    """A line of a small table beside a chart."""

    label: str
    label_formula: str
    now: Decimal | None
    formula: str
    before: Decimal | None = None


@dataclass(frozen=True, slots=True)
class _Drawing:
    """A small table and how it is drawn.

    Attributes:
        place: row and column under the chart's corner, its width and height in pixels.
    """

    title: str
    heads: tuple[str, ...]
    rows: Sequence[_Row]
    kind: ChartKind
    place: tuple[int, int, int, int]


def charts_sheet(book: Book, last_form: Form | None) -> Sheet:
    """The sheet: small tables at the left, live, and the charts that draw them."""
    cells, charts, top = list(_head(book)), [], _TOP
    for drawing in _drawings(book, last_form):
        cells += _table(drawing, top)
        charts.append(_chart(drawing, top))
        if drawing.kind is ChartKind.PIE:
            cells += _parts(drawing, top)
        top += len(drawing.rows) + 2
    return Sheet(
        CHARTED,
        tuple(cells),
        {_LABEL: 30, _NOW: 10, _BEFORE: 10, 3: 3, **dict.fromkeys(range(4, 15), 9)},
        {0: 34, 1: 30 if book.warning else 6, **dict.fromkeys(range(_TOP, top), 20.0)},
        page=Page(landscape=True, paper=Paper.A4, tall=True, margins_mm=(12, 12, 15, 12)),
        colour="C0504D",
        charts=tuple(charts),
    )


def _drawings(book: Book, last_form: Form | None) -> Iterator[_Drawing]:
    form, year = book.merged.form, book.merged.report.year
    now, both = (f"{year} 年",), (f"{year} 年", f"{year - 1} 年")
    results = [key_figure(form, name) for name in RESULTS if name in form.names]
    pairs = [key_figure(form, name) for name in _COMPARED if name in form.names]
    below = _TOP + 17
    yield _Drawing("新收申请最多的单位", now, _most(book), ChartKind.BARS, (_TOP, 4, 720, 420))
    yield _Drawing(
        "办理结果构成", now, [_key_row(book, key) for key in results],
        ChartKind.PIE, (below, 4, 355, 330),
    )  # fmt: skip
    yield _Drawing(
        "与上年对比", both, [_key_row(book, key, last_form) for key in pairs],
        ChartKind.COLUMNS, (below, 9, 355, 330),
    )  # fmt: skip


def _head(book: Book) -> Iterator[Cell]:
    report = book.merged.report
    title = f"{report.unit.name}{report.year}年政府信息公开工作数据图表"
    yield Cell(0, 0, title, Style.TITLE, columns=15)
    formula = warning_formula(book.layout)
    yield Cell(1, 0, book.warning, Style.INCOMPLETE, formula, columns=15)


def _most(book: Book) -> list[_Row]:
    """The units with most applications; figures are locked, so the order stays right."""
    merged = book.merged
    field_id = merged.form.names[_APPLICATIONS][0]
    at = list(merged.form.fields).index(field_id)
    figures = [(item.figures[at] or Decimal(0), index) for index, item in enumerate(merged.counted)]
    ordered = sorted(figures, key=lambda pair: (-pair[0], pair[1]))[:_MOST]
    return [_unit_row(book, index, field_id) for _, index in ordered]


def _unit_row(book: Book, index: int, field_id: str) -> _Row:
    item = book.merged.counted[index]
    at = list(book.merged.form.fields).index(field_id)
    source = book.detail.unit(index, field_id).full
    name = Address(DETAIL, HEAD_ROWS + index, NAME).full
    formula = f'IF(ISNUMBER({source}),{source},"{UNKNOWN}")'
    return _Row(item.name, name, item.figures[at], formula)


def _key_row(book: Book, key: KeyFigure, last_form: Form | None = None) -> _Row:
    merged = book.merged
    before = last_total(merged.report.last_year, last_form, key)
    formula = key_formula(book.layout, key, CHARTED)
    return _Row(key.caption, "", key_total(merged, key), formula, before)


def _table(drawing: _Drawing, top: int) -> Iterator[Cell]:
    yield Cell(top, _LABEL, drawing.title, Style.HEAD)
    for column, text in enumerate(drawing.heads, start=_NOW):
        yield Cell(top, column, text, Style.HEAD)
    for row, item in enumerate(drawing.rows, start=top + 1):
        now = UNKNOWN if item.now is None else item.now
        yield Cell(row, _LABEL, item.label, Style.UNIT, item.label_formula)
        yield Cell(row, _NOW, now, Style.UNIT_FIGURE, item.formula)
        if len(drawing.heads) > 1:
            before = NO_DATA if item.before is None else item.before
            yield Cell(row, _BEFORE, before, Style.UNIT_FIGURE)


def _parts(drawing: _Drawing, top: int) -> Iterator[Cell]:
    """What a pie draws: its parts once all are known, as the others alone would look like all.

    The figures stand under the chart, where nobody sees them; above it stands why it is empty.
    """
    first, last = top + 1, top + len(drawing.rows)
    area = Area(first, _NOW, last, _NOW).fixed
    known = f"COUNT({area})=ROWS({area})"
    complete = all(item.now is not None for item in drawing.rows)
    row, column, *_ = drawing.place
    yield Cell(
        row - 1, column, "" if complete else _NO_PIE, Style.INCOMPLETE,
        f'IF({known},"","{_NO_PIE}")', columns=5,
    )  # fmt: skip
    for at, item in zip(range(first, last + 1), drawing.rows, strict=True):
        shown = item.now if complete and item.now is not None else ""
        drawn = Address(CHARTED, at, _NOW).fixed
        at_part = row + 1 + at - first
        yield Cell(at_part, column + 1, shown, Style.HIDDEN, f'IF({known},{drawn},"")')


def _chart(drawing: _Drawing, top: int) -> Chart:
    rows = Area(top + 1, _LABEL, top + len(drawing.rows), _LABEL)
    series = tuple(
        Series(CHARTED, Address(CHARTED, top, column), rows, _drawn(drawing, rows, column))
        for column in range(_NOW, _NOW + len(drawing.heads))
    )
    return Chart(drawing.kind, drawing.title, series, *drawing.place)


def _drawn(drawing: _Drawing, rows: Area, column: int) -> Area:
    """The figures of a series: those of the small table, of a pie those under the chart."""
    if drawing.kind is not ChartKind.PIE:
        return replace(rows, left=column, right=column)
    top, left, *_ = drawing.place
    return Area(top + 1, left + 1, top + len(drawing.rows), left + 1)
