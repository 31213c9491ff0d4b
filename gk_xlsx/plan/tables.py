"""The three statutory sheets: printed form, states, totals, colours, hints."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from gk_xlsx.amounts import plain
from gk_xlsx.form import Box, Field, FieldKind, Form, Period, Relation, Table, lay_out
from gk_xlsx.plan import formulas
from gk_xlsx.plan.layout import (
    GRID_TOP,
    STATE_OFFSET,
    SWITCH_CAPTION,
    Layout,
    layout_of,
    ranges,
    runs,
)
from gk_xlsx.plan.model import (
    Accepts,
    Address,
    Area,
    Cell,
    Colouring,
    Mark,
    Page,
    Sheet,
    Style,
    Validation,
)
from gk_xlsx.plan.wording import Tally, table_verdict_formula, table_verdict_text
from gk_xlsx.report import (
    AnnualReport,
    Entry,
    EntryKind,
    LastYear,
    Origin,
    State,
    carried_from_last_year,
    carry_over_sources,
    state,
)

SCREEN_SCALE = 1.35
"""The official widths are for print; on screen seven-digit numbers need more."""

_STYLES = {
    FieldKind.COUNT: Style.COUNT,
    FieldKind.SIGNED: Style.COUNT,
    FieldKind.MONEY: Style.MONEY,
    FieldKind.MONEY_WITH_UNIT: Style.AS_WRITTEN,
}
_ACCEPTS = {
    FieldKind.COUNT: Accepts.WHOLE,
    FieldKind.SIGNED: Accepts.SIGNED,
    FieldKind.MONEY: Accepts.AMOUNT,
    FieldKind.MONEY_WITH_UNIT: Accepts.ANY,
}
_ERRORS = {
    FieldKind.COUNT: "请填 0 或正整数，只用阿拉伯数字。没有发生的填 0，不填“/”“—”“无”，不带单位。",
    FieldKind.SIGNED: "请填整数：增加的填正数，减少的填负数，没有变化的填 0。",
    FieldKind.MONEY: "请填以万元为单位的金额，只用阿拉伯数字。没有收费的填 0；1 元填 0.0001。",
}


def table_sheet(form: Form, table: Table, report: AnnualReport, counted: Tally) -> Sheet:
    """The sheet of one statutory table, filled with the report's entries."""
    layout = layout_of(form)
    grid = lay_out(table)
    cells = (
        *_top_lines(layout, table, report, counted),
        *_printed(layout, table, report),
        *_states(layout, table, report),
    )
    bottom, right = GRID_TOP + grid.height - 1, grid.width - 1
    head_end = GRID_TOP + grid.head_rows
    return Sheet(
        name=table.sheet,
        cells=cells,
        widths={i: screen_width(twips) for i, twips in enumerate(table.twips)},
        heights={0: 36, 1: 24, **_heights(table)},
        validations=tuple(_validations(layout, table, report.last_year)),
        colourings=tuple(_colourings(layout, table)),
        freeze=(head_end, table.label_columns),
        page=Page(
            repeat=(GRID_TOP, head_end - 1) if grid.head_rows else None,
            area=Area(0, 0, bottom, right),
            tall=True,
        ),
        hidden_columns=(STATE_OFFSET, STATE_OFFSET + right),
        start=_first_open(layout, table),
        colour="F2C14E",
    )


def screen_width(twips: int) -> float:
    """A column width in characters of the default font (7 pixels each, 5 of padding)."""
    pixels = twips / 1440 * 96 * SCREEN_SCALE
    return round((pixels - 5) / 7, 2)


def _top_lines(
    layout: Layout, table: Table, report: AnnualReport, counted: Tally
) -> Iterator[Cell]:
    form, split, width = layout.form, layout.split(table), len(table.twips)
    heading = next(part.heading for part in form.sections if part.table == table.key)
    yield Cell(0, 0, heading, Style.HEADING, columns=split)
    yield Cell(
        0,
        split,
        table_verdict_text(form, table, counted),
        Style.VERDICT,
        table_verdict_formula(layout, table),
        columns=width - split,
    )
    on = table.key in report.zero_report
    yield Cell(1, 0, SWITCH_CAPTION, Style.HINT, columns=split)
    yield Cell(1, split, "是" if on else "否", Style.SWITCH, open=True)
    yield Cell(
        1,
        split + 1,
        _switch_text(form, table, report, counted),
        Style.HINT,
        _switch_note(layout, table),
        columns=width - split - 1,
    )
    yield Cell(
        1,
        split + STATE_OFFSET,
        _switch_result(form, table, report),
        Style.HIDDEN,
        _switch_formula(layout, table),
    )


def _switch_formula(layout: Layout, table: Table) -> str:
    switch = layout.switch(table).local
    sources = [layout.last[item] for item in carry_over_sources(layout.form, table.key)]
    carried = "+".join(
        f'COUNTIF({part},"{sign}0")' for part in ranges(sources, table.sheet) for sign in (">", "<")
    )
    if not carried:
        return f'IF({switch}="是","on","off")'
    return f'IF({switch}="是",IF({carried}>0,"refused","on"),"off")'


def _switch_result(form: Form, table: Table, report: AnnualReport) -> str:
    if table.key not in report.zero_report:
        return "off"
    return "refused" if carried_from_last_year(report.last_year, form, table.key) else "on"


_REFUSED = "去年有结转下年的申请，本表不能用零报告，请逐格填写。"


def _switch_note(layout: Layout, table: Table) -> str:
    state_cell = layout.switch_state(table).local
    assumed = layout.count(table, State.ASSUMED).full
    return (
        f'IF({state_cell}="refused","{_REFUSED}",'
        f'IF({state_cell}="on","已有 "&{assumed}&" 个空白格按 0 计。",'
        f'"整表没有发生的，选“是”；有数字的格照填。"))'
    )


def _switch_text(form: Form, table: Table, report: AnnualReport, counted: Tally) -> str:
    result = _switch_result(form, table, report)
    if result == "refused":
        return _REFUSED
    if result == "off":
        return "整表没有发生的，选“是”；有数字的格照填。"
    assumed = counted.count(table.key, State.ASSUMED)
    return f"已有 {assumed} 个空白格按 0 计。"


def _printed(layout: Layout, table: Table, report: AnnualReport) -> Iterator[Cell]:
    grid = lay_out(table)
    for box in grid.boxes:
        if box.field is None:
            yield Cell(
                box.row + GRID_TOP, box.column, box.text, _label_style(box),
                rows=box.rows, columns=box.columns,
            )  # fmt: skip
        else:
            yield _figure(layout, box, box.field, report.entries[box.field.id])


def _label_style(box: Box) -> Style:
    if box.head and box.rows > 1 and box.columns > 1:
        return Style.CORNER
    narrow = box.rows > 1
    return Style.LABEL if box.head or narrow else Style.LABEL_LEFT


def _figure(layout: Layout, box: Box, field: Field, entry: Entry) -> Cell:
    row, column, columns = box.row + GRID_TOP, box.column, box.columns
    if field.id in layout.form.computed:
        content = "" if entry.value is None else entry.value
        formula = formulas.total(layout, field.id)
        return Cell(row, column, content, Style.TOTAL, formula, columns=columns)
    style = _STYLES[field.kind]
    return Cell(row, column, _typed(entry), style, columns=columns, open=True)


def _typed(entry: Entry) -> str | Decimal:
    """What a person would have typed: numbers as numbers, the rest as it was found."""
    if entry.origin is Origin.ZERO_REPORT or entry.kind is EntryKind.BLANK:
        return ""
    if entry.value is None or (entry.raw and not entry.changes):
        return entry.raw
    return entry.value


def _states(layout: Layout, table: Table, report: AnnualReport) -> Iterator[Cell]:
    for field in table.fields:
        address = layout.state(field.id)
        now = state(report.entries[field.id], field.kind)
        if field.id in layout.form.computed and not now.usable:
            now = State.UNKNOWN
        formula = formulas.state(layout, field.id)
        yield Cell(address.row, address.column, now.value, Style.HIDDEN, formula)


def _heights(table: Table) -> dict[int, float]:
    """Row heights that hold the longest label of each row; merged cells do not grow."""
    grid = lay_out(table)
    heights: dict[int, float] = {row + GRID_TOP: 22.0 for row in range(grid.height)}
    for box in grid.labels:
        twips = sum(table.twips[box.column : box.column + box.columns])
        per_line = max(1, int(twips * SCREEN_SCALE / 210))
        lines = -(-len(box.text) // per_line)
        needed = (lines * 14 + 8) / box.rows
        for row in range(box.row + GRID_TOP, box.row + GRID_TOP + box.rows):
            heights[row] = max(heights[row], min(needed, 60.0))
    return heights


def _first_open(layout: Layout, table: Table) -> tuple[int, int]:
    first = next(item for item in table.fields if item.id not in layout.form.computed)
    address = layout.fields[first.id]
    return address.row, address.column


def _validations(layout: Layout, table: Table, last: LastYear | None) -> Iterator[Validation]:
    switch = layout.switch(table)
    yield Validation(
        Area(switch.row, switch.column, switch.row, switch.column),
        Accepts.LISTED,
        "零报告",
        "整表没有发生的选“是”，其余空白格按 0 计；否则选“否”，没有发生的格逐格填 0。",
        "请选“是”或“否”。",
        "gk_choice_yes",
    )
    for field in table.fields:
        if field.id not in layout.form.computed:
            yield _input_validation(layout, field, last)


def _input_validation(layout: Layout, field: Field, last: LastYear | None) -> Validation:
    address = layout.fields[field.id]
    return Validation(
        Area(address.row, address.column, address.row, address.column),
        _ACCEPTS[field.kind],
        field.label[:31],
        _hint(layout, field, last)[:254],
        _ERRORS.get(field.kind, ""),
    )


def _hint(layout: Layout, field: Field, last: LastYear | None) -> str:
    parts = [field.row.scope, field.row.pitfall, _last_hint(layout.form, field, last)]
    unit = f"单位：{field.column.unit}"
    return "；".join([part for part in parts if part] + [unit]) + "。"


def _last_hint(form: Form, field: Field, last: LastYear | None) -> str:
    if last is None:
        return ""
    for relation in form.relations:
        if relation.left[0].field == field.id and not relation.within(Period.THIS):
            source = next((t.field for t in relation.right if t.period is Period.LAST), "")
            if source in last.values:
                label = form.fields[source].row_label if source != field.id else field.column_label
                amount = f"{plain(last.values[source])} {field.column.unit}"
                return f"上年（{last.year} 年）“{label}”为 {amount}"
    return ""


def _colourings(layout: Layout, table: Table) -> Iterator[Colouring]:
    grid = lay_out(table)
    top = GRID_TOP
    area = Area(top, table.label_columns, top + grid.height - 1, grid.width - 1)
    first = Address(table.sheet, top, table.label_columns)
    here = first.right(STATE_OFFSET).local
    wrong = ",".join(f'{here}="{word}"' for word in ("text", "negative", "fraction", "mark"))
    yield Colouring(area, f"OR({wrong})", Mark.WRONG)
    for relation in layout.checked:
        if not relation.defines and relation.within(Period.THIS):
            yield from _broken_colouring(layout, table, relation)
    yield Colouring(area, f'{here}="blank"', Mark.BLANK)
    yield Colouring(area, f'{here}="assumed"', Mark.ASSUMED)
    yield from _verdict_colourings(layout, table)


def _broken_colouring(layout: Layout, table: Table, relation: Relation) -> Iterator[Colouring]:
    """Every cell of a relation that does not hold; it is judged on the sheet itself."""
    addresses = [layout.term(term) for term in relation.terms]
    if any(address.sheet != table.sheet for address in addresses):
        return
    condition = formulas.fixed(formulas.broken(layout, relation, table.sheet))
    for run in runs(addresses):
        area = Area(run[0].row, run[0].column, run[-1].row, run[-1].column)
        yield Colouring(area, condition, Mark.BROKEN)


def _verdict_colourings(layout: Layout, table: Table) -> Iterator[Colouring]:
    split = layout.split(table)
    area = Area(0, split, 0, len(table.twips) - 1)
    cell = Address(table.sheet, 0, split).fixed
    yield Colouring(area, f'LEFT({cell},1)="√"', Mark.GOOD)
    yield Colouring(area, f'LEFT({cell},3)="有错误"', Mark.WRONG)
    yield Colouring(area, f"LEN({cell})>0", Mark.WAITING)
