"""Spreadsheets of other making: the statutory tables in layouts that offices use."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from gk_xlsx.form import Table
from gk_xlsx.form.grid import lay_out
from gk_xlsx.report import AnnualReport
from gk_xlsx.resources import form

Layout = Callable[[openpyxl.Workbook, AnnualReport], None]


def laid_out(layout: Layout, report: AnnualReport) -> bytes:
    """A workbook in a layout, as a program other than ours writes it."""
    book = openpyxl.Workbook()
    first = book.worksheets[0]
    layout(book, report)
    if len(book.worksheets) > 1 and first.max_row == 1 and first["A1"].value is None:
        book.remove(first)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def put(
    sheet: Worksheet,
    table: Table,
    report: AnnualReport,
    top: int = 1,
    left: int = 1,
    *,
    merged: bool = True,
) -> int:
    """Write a table; the row below it (rows and columns from 1)."""
    grid = lay_out(table)
    for box in grid.boxes:
        row, column = top + box.row, left + box.column
        cell = sheet.cell(row, column)
        if box.field is None:
            cell.value = box.text or None
        else:
            value = report.value(box.field.id)
            cell.value = None if value is None else float(value)
        if merged and (box.rows > 1 or box.columns > 1):
            sheet.merge_cells(
                start_row=row,
                start_column=column,
                end_row=row + box.rows - 1,
                end_column=column + box.columns - 1,
            )
    return top + grid.height


def title(report: AnnualReport) -> str:
    return f"{report.unit.name}{report.year}年政府信息公开工作年度报告"


def one_per_sheet(book: openpyxl.Workbook, report: AnnualReport) -> None:
    for table in form(report.edition).tables:
        sheet = book.create_sheet(table.sheet)
        sheet["A1"] = title(report)
        put(sheet, table, report, top=3)


def all_on_one(book: openpyxl.Workbook, report: AnnualReport) -> None:
    sheet = book.worksheets[0]
    sheet["A1"] = title(report)
    top = 3
    for table in form(report.edition).tables:
        sheet.cell(top, 1).value = table.sheet
        top = put(sheet, table, report, top=top + 1) + 2


def pasted_with_offset(book: openpyxl.Workbook, report: AnnualReport) -> None:
    """From the middle of the sheet, without merges."""
    sheet = book.worksheets[0]
    sheet["C2"] = title(report)
    top = 7
    for table in form(report.edition).tables:
        top = put(sheet, table, report, top=top, left=4, merged=False) + 3


def side_by_side(book: openpyxl.Workbook, report: AnnualReport) -> None:
    sheet = book.worksheets[0]
    sheet["A1"] = title(report)
    left = 1
    for table in form(report.edition).tables:
        put(sheet, table, report, top=3, left=left)
        left += lay_out(table).width + 1


LAYOUTS: Mapping[str, Layout] = {
    "one table on each sheet": one_per_sheet,
    "all on one sheet": all_on_one,
    "pasted with an offset": pasted_with_offset,
    "side by side": side_by_side,
}
