"""明细: one report a row, one field a column; every sum of the workbook looks here."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import lru_cache
from itertools import groupby

from gk_xlsx.form import Field, FieldKind, Form
from gk_xlsx.merged import Adjustment, Contributor, Merged
from gk_xlsx.plan.layout import DETAIL, Layout
from gk_xlsx.plan.merged_book import Book
from gk_xlsx.plan.merged_layout import (
    ADJUSTMENT_MARK,
    ASIDE_MARK,
    CODE,
    CODE_HEAD,
    COLUMN_ROW,
    FIRST_FIGURE,
    HEAD_ROWS,
    ID_ROW,
    KIND,
    KIND_HEAD,
    NAME,
    NAME_HEAD,
    NUMBER,
    NUMBER_HEAD,
    ROW_ROW,
    SCOPE,
    SCOPE_HEAD,
    TABLE_ROW,
    TOTAL_MARK,
    UNKNOWN,
    UNREASONED,
    Detail,
)
from gk_xlsx.plan.merged_wording import INCOMPLETE, warning_formula
from gk_xlsx.plan.model import (
    Accepts,
    Address,
    Area,
    Cell,
    Colouring,
    Mark,
    Page,
    Paper,
    Sheet,
    Style,
    Validation,
)
from gk_xlsx.relations import brief

_HINT = (
    "每行一份报告，每列一项；各表的数都是这里相加的。看一个数由谁来：选中那一格，用“公式—追踪引用"
    "单元格”。浅黄的“调整”行可以填：写明事项和原因，填增减的数（减少填负数），合计随之改变。"
)
_ADVICE = "填增加或减少的数（减少填负数）；不调整的格不填。每行都要写原因。"


def detail_sheet(book: Book) -> Sheet:
    """The sheet with every unit's figures, the adjustments and what is not counted."""
    layout, detail, merged = book.layout, book.detail, book.merged
    cells = (
        *_title(layout, book.warning),
        *_heads(merged.form),
        *_units(detail, merged),
        *_adjustments(detail, merged),
        *_totals(layout, detail, merged),
        *_aside(detail, merged),
    )
    last = detail.aside_top + max(detail.aside, 1) - 1
    return Sheet(
        DETAIL,
        cells,
        {NUMBER: 6, NAME: 30, CODE: 12, KIND: 10, SCOPE: 16}
        | dict.fromkeys(range(FIRST_FIGURE, detail.check_column), 8.5)
        | {detail.check_column: 8},
        {0: 30, 1: 24, 2: 30, TABLE_ROW: 18, ROW_ROW: 42, COLUMN_ROW: 30, ID_ROW: 9},
        validations=tuple(_validations(detail)),
        colourings=tuple(_colourings(detail)),
        freeze=(HEAD_ROWS, CODE),
        page=Page(
            landscape=True, paper=Paper.A3, repeat=(TABLE_ROW, COLUMN_ROW),
            repeat_columns=(NUMBER, NAME), scale=70,
            area=Area(0, 0, last, detail.check_column), margins_mm=(12, 10, 15, 10),
        ),
        start=(HEAD_ROWS, FIRST_FIGURE),
        colour="7A8B99",
    )  # fmt: skip


def _title(layout: Layout, warning: str) -> Iterator[Cell]:
    """Pages to the right repeat the first two columns: in them stands only what fits there."""
    width, formula = FIRST_FIGURE + 12 - CODE, warning_formula(layout)
    word, length = warning[: len(INCOMPLETE)], len(INCOMPLETE)
    yield Cell(0, 0, DETAIL, Style.HEADING, columns=2)
    yield Cell(1, 0, word, Style.INCOMPLETE, f"LEFT({formula},{length})", columns=CODE)
    yield Cell(1, CODE, warning, Style.INCOMPLETE, formula, columns=width)
    yield Cell(2, CODE, _HINT, Style.HINT, columns=width)


# -- heads ---------------------------------------------------------------------------------


def _heads(form: Form) -> Iterator[Cell]:
    captions = (NUMBER_HEAD, NAME_HEAD, CODE_HEAD, KIND_HEAD, SCOPE_HEAD)
    for column, text in enumerate(captions):
        yield Cell(TABLE_ROW, column, text, Style.HEAD, rows=ID_ROW - TABLE_ROW + 1)
    last = FIRST_FIGURE + len(form.fields)
    yield Cell(TABLE_ROW, last, "核对", Style.HEAD, rows=ID_ROW - TABLE_ROW + 1)
    for row, name in ((TABLE_ROW, _table_head), (ROW_ROW, _row_head)):
        yield from _runs(row, [name(form, field) for field in form])
    for column, field in enumerate(form, start=FIRST_FIGURE):
        yield Cell(COLUMN_ROW, column, _column_head(field), Style.HEAD)
        yield Cell(ID_ROW, column, field.id, Style.FIELD_ID)


def _runs(row: int, texts: Sequence[tuple[str, str]]) -> Iterator[Cell]:
    """Neighbours with the same head under one; what is the same is told by a key, not the text."""
    column = FIRST_FIGURE
    for (_, text), run in groupby(texts):
        width = len(list(run))
        yield Cell(row, column, text, Style.GROUP_HEAD, columns=width)
        column += width


def _table_head(form: Form, field: Field) -> tuple[str, str]:
    return field.table, form.table(field.table).sheet


def _row_head(_: Form, field: Field) -> tuple[str, str]:
    path = field.row.label or field.column.label[:-1]
    text = "·".join(brief(part) for part in path[-2:])
    return f"{field.table}.{field.row.id}.{text}", text


def _column_head(field: Field) -> str:
    return field.column.label[-1]


# -- rows ----------------------------------------------------------------------------------


def _units(detail: Detail, merged: Merged) -> Iterator[Cell]:
    for index, item in enumerate(merged.counted):
        yield from _unit(detail, HEAD_ROWS + index, str(index + 1), item)


def _unit(detail: Detail, row: int, number: str, item: Contributor) -> Iterator[Cell]:
    facts = (item.code, item.kind, item.scope.label)
    yield Cell(row, NUMBER, number, Style.UNIT_FACT)
    yield Cell(row, NAME, item.name, Style.UNIT)
    for column, text in enumerate(facts, start=CODE):
        yield Cell(row, column, text, Style.UNIT_FACT)
    styles, fields = _figure_styles(detail.form), detail.form.fields
    for column, (field_id, figure) in enumerate(
        zip(fields, item.figures, strict=True), start=FIRST_FIGURE
    ):
        if figure is None:
            why = "" if field_id in detail.form.computed else item.reasons.get(field_id, "")
            yield Cell(row, column, why or UNKNOWN, Style.NOT_KNOWN)
        else:
            yield Cell(row, column, figure, styles[column - FIRST_FIGURE])


@lru_cache(maxsize=4)
def _figure_styles(form: Form) -> tuple[Style, ...]:
    """Totals are grey as everywhere else."""
    totals = form.computed
    return tuple(Style.UNIT_TOTAL if key in totals else Style.UNIT_FIGURE for key in form.fields)


def _adjustments(detail: Detail, merged: Merged) -> Iterator[Cell]:
    for index in range(detail.adjustments):
        row = detail.adjustments_top + index
        known = index < len(merged.adjustments)
        item = merged.adjustments[index] if known else None
        yield Cell(row, NUMBER, f"{ADJUSTMENT_MARK}{index + 1}", Style.UNIT_FACT)
        yield Cell(row, NAME, item.label if item else "", Style.ADJUSTED_TEXT, open=True)
        reason = item.reason if item else ""
        yield Cell(row, CODE, reason, Style.ADJUSTED_TEXT, columns=SCOPE - CODE + 1, open=True)
        yield from _adjusted(detail, row, item)


def _adjusted(detail: Detail, row: int, item: Adjustment | None) -> Iterator[Cell]:
    figures = item.figures if item else (None,) * len(detail.form.fields)
    wrong = item.wrong if item else {}
    for column, (field, figure) in enumerate(
        zip(detail.form, figures, strict=True), start=FIRST_FIGURE
    ):
        if field.id in detail.form.computed:
            total = UNKNOWN if field.id in wrong else figure or 0
            formula = detail.adjusted_total(row, field.id)
            yield Cell(row, column, total, Style.ADJUSTED_TOTAL, formula)
        else:
            content = wrong.get(field.id) or ("" if figure is None else figure)
            yield Cell(row, column, content, Style.ADJUSTED, open=True)
    checked = "" if item is None or not item.changes else "√" if item.reasoned else UNREASONED
    formula = detail.reason_check(row)
    yield Cell(row, detail.check_column, checked, Style.UNIT_FACT, formula)


def _totals(layout: Layout, detail: Detail, merged: Merged) -> Iterator[Cell]:
    row = detail.total_row
    yield Cell(row, NUMBER, TOTAL_MARK, Style.SUBTOTAL, columns=CODE)
    yield Cell(row, CODE, "", Style.SUBTOTAL, columns=FIRST_FIGURE - CODE)
    for field in merged.form:
        address = detail.cell(row, field.id)
        entry = merged.entries[field.id]
        content: str | Decimal = UNKNOWN if entry.value is None else entry.value
        if field.kind is FieldKind.MONEY_WITH_UNIT and entry.raw:
            content = entry.raw
        formula = layout.fields[field.id].full
        yield Cell(row, address.column, content, Style.SUBTOTAL, formula)


def _aside(detail: Detail, merged: Merged) -> Iterator[Cell]:
    if not merged.aside:
        return
    heading = "没有计入的报告（原因见“来源与调整”）"
    yield Cell(detail.aside_top - 1, 0, heading, Style.KIND, columns=FIRST_FIGURE)
    for index, item in enumerate(merged.aside):
        yield from _unit(detail, detail.aside_top + index, f"{ASIDE_MARK}{index + 1}", item)


# -- looks ---------------------------------------------------------------------------------


def _validations(detail: Detail) -> Iterator[Validation]:
    top, bottom = detail.adjustments_top, detail.total_row - 1
    texts = Area(top, NAME, bottom, NAME)
    yield Validation(texts, Accepts.ANY, "调整事项", "如：共同被告的同一案件两个单位都计了。")
    reasons = Area(top, CODE, bottom, CODE)
    yield Validation(reasons, Accepts.ANY, "原因（必填）", "写明依据，如：经办人来电更正、案号。")
    for field in detail.form.inputs:
        column = detail.cell(top, field.id).column
        money = field.kind in (FieldKind.MONEY, FieldKind.MONEY_WITH_UNIT)
        yield Validation(
            Area(top, column, bottom, column),
            Accepts.CHANGED_AMOUNT if money else Accepts.SIGNED,
            "调整",
            _ADVICE,
            "请只填数字：增加的填正数，减少的填负数，不调整的不填。",
        )


def _colourings(detail: Detail) -> Iterator[Colouring]:
    last = detail.check_column
    first = Address(DETAIL, HEAD_ROWS, FIRST_FIGURE)
    area = Area(HEAD_ROWS, FIRST_FIGURE, detail.total_row, last - 1)
    yield Colouring(area, f'{first.local}="{UNKNOWN}"', Mark.WRONG)
    check = Address(DETAIL, detail.adjustments_top, last)
    checks = Area(detail.adjustments_top, last, detail.total_row - 1, last)
    yield Colouring(checks, f'{check.local}="{UNREASONED}"', Mark.WRONG)
    yield Colouring(checks, f'{check.local}="√"', Mark.GOOD)
