"""The same workbook by XlsxWriter alone: what a script of one's own would do, without checks."""

from __future__ import annotations

import io

import xlsxwriter

from gk_xlsx.plan.model import Accepts, Area, Sheet, Workbook
from gk_xlsx.workbook.looks import BASE, MARKS, STYLES

_OPTIONS = {
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "in_memory": True,
}


def write(plan: Workbook) -> bytes:
    """Cells, merges, validations, colours, names, protection and print set-up of a plan."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, _OPTIONS)
    looks = {
        (style, open_): book.add_format({**BASE, **look, "locked": not open_})
        for style, look in STYLES.items()
        for open_ in (False, True)
    }
    marks = {mark: book.add_format(look) for mark, look in MARKS.items()}
    for sheet in plan.sheets:
        _write_sheet(book.add_worksheet(sheet.name), sheet, looks, marks)
    for name, target in plan.names.items():
        book.define_name(name, f"={target}")
    for name, value in plan.properties.items():
        book.set_custom_property(name, value, "text")
    book.close()
    return buffer.getvalue()


def _write_sheet(to, sheet: Sheet, looks, marks) -> None:  # type: ignore[no-untyped-def] # XlsxWriter has no types
    for column, width in sheet.widths.items():
        to.set_column(column, column, width)
    for row, height in sheet.heights.items():
        to.set_row(row, height)
    for cell in sheet.cells:
        look = looks[cell.style, cell.open]
        at = (cell.row, cell.column)
        if cell.rows > 1 or cell.columns > 1:
            to.merge_range(*at, cell.row + cell.rows - 1, cell.column + cell.columns - 1, "", look)
        if cell.formula:
            to.write_formula(*at, f"={cell.formula}", look, cell.content)
        elif cell.link:
            to.write_url(*at, f"internal:{cell.link}", look, str(cell.content))
        elif isinstance(cell.content, str):
            (to.write_string if cell.content else to.write_blank)(*at, cell.content, look)
        else:
            to.write_number(*at, cell.content, look)
    for rule in sheet.validations:
        to.data_validation(*_corners(rule.area), _validation(rule))
    for item in sheet.colourings:
        colour = {"type": "formula", "criteria": f"={item.formula}", "format": marks[item.mark]}
        to.conditional_format(*_corners(item.area), colour)
    to.set_paper(9)
    to.fit_to_pages(1, 0)
    to.protect("")


def _validation(rule) -> dict[str, object]:  # type: ignore[no-untyped-def] # as above
    shown = {"input_title": rule.title, "input_message": rule.hint, "error_message": rule.error}
    if rule.accepts is Accepts.LISTED:
        return {"validate": "list", "source": f"={rule.list_name}", **shown}
    if rule.accepts is Accepts.ANY:
        return {"validate": "any", **shown}
    kind = "decimal" if rule.accepts is Accepts.AMOUNT else "integer"
    return {"validate": kind, "criteria": ">=", "value": -9_999_999, **shown}


def _corners(area: Area) -> tuple[int, int, int, int]:
    return area.top, area.left, area.bottom, area.right
