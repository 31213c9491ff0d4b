"""Workbooks of ours as other programs leave them: filled, damaged, written another way."""

from __future__ import annotations

import datetime
import io
import zipfile
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

import openpyxl
from openpyxl.workbook import Workbook

from gk_xlsx.plan.layout import layout_of
from gk_xlsx.plan.workbook import plan_workbook
from gk_xlsx.report import AnnualReport
from gk_xlsx.resources import form
from gk_xlsx.workbook.read import read_workbook
from gk_xlsx.workbook.sheets import expected_sheets
from gk_xlsx.workbook.write import workbook_bytes

Typed = str | float | Decimal | datetime.date | None
"""What openpyxl can put into a cell."""


def issued(report: AnnualReport) -> bytes:
    """The locked workbook of a report."""
    return workbook_bytes(plan_workbook(form(report.edition), report))


def read(data: bytes) -> AnnualReport:
    return read_workbook(data, form)


def edited(data: bytes, change: Callable[[Workbook], None]) -> bytes:
    """As openpyxl saves it after a change: no cached results, no rich text."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    change(book)
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


def with_cells(data: bytes, cells: Mapping[tuple[str, str], Typed]) -> bytes:
    """As openpyxl saves it with some cells typed in; keys are sheet and address."""

    def fill(book: Workbook) -> None:
        for (sheet, address), value in cells.items():
            book[sheet][address] = value

    return edited(data, fill)


def with_part(data: bytes, part: str, change: Callable[[str], str]) -> bytes:
    """With one part of the package rewritten, the rest byte by byte as it was."""
    saved = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(saved, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == part:
                changed = change(content.decode())
                assert changed != content.decode(), f"nothing changed in {part}"
                content = changed.encode()
            new.writestr(name, content)
    return saved.getvalue()


def sheet_part(sheet: str) -> str:
    """The part that XlsxWriter gives a sheet of ours."""
    return f"xl/worksheets/sheet{expected_sheets(form('2021')).index(sheet) + 1}.xml"


def properties(book: Workbook) -> Any:
    """Custom document properties, which openpyxl's types leave out."""
    return book.custom_doc_props  # type: ignore[attr-defined]


def cell_of(field_id: str, edition: str = "2021") -> tuple[str, str]:
    """Sheet and address of a figure."""
    address = layout_of(form(edition)).fields[field_id]
    return address.sheet, address.local
