"""Saved by openpyxl and LibreOffice after what people do to sheets: nothing read changes."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from openpyxl.cell.cell import Cell
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill
from openpyxl.workbook import Workbook

from tests.fidelity.books import BOOKS, book, same
from tests.office.libreoffice import LibreOffice

TABLES = slice(2, 5)
"""Where the three statutory sheets stand among the tabs."""


def nothing(_: Workbook) -> None:
    """Only saved."""


def reordered(book: Workbook) -> None:
    for place in range(len(book.sheetnames)):
        book.move_sheet(book.sheetnames[place], -place)


def hidden(book: Workbook) -> None:
    for sheet in book.worksheets[1:]:
        sheet.sheet_state = "hidden"


def shown(book: Workbook) -> None:
    for sheet in book.worksheets:
        sheet.sheet_state = "visible"


def unprotected(book: Workbook) -> None:
    book.security = None
    for sheet in book.worksheets:
        sheet.protection.disable()


def formatted(book: Workbook) -> None:
    for sheet in book.worksheets[TABLES]:
        for row in sheet.iter_rows(max_row=30, max_col=12):
            for cell in row:
                cell.font = Font(name="宋体", size=9, bold=True, color="FF0000")
                cell.fill = PatternFill("solid", fgColor="FFFF00")
                cell.number_format = "#,##0.00"


def commented(book: Workbook) -> None:
    for sheet in book.worksheets[TABLES]:
        cells = [cell for row in sheet["D8:F12"] for cell in row if isinstance(cell, Cell)]
        assert cells
        for cell in cells:
            cell.comment = Comment("这个数请再核一下", "科长")


def filtered(book: Workbook) -> None:
    for sheet in book.worksheets[TABLES]:
        sheet.auto_filter.ref = "A3:J30"


def with_more_sheets(book: Workbook) -> None:
    book.create_sheet("Sheet1", 0).append(["自然人", 3, "申请"])
    book.create_sheet("草稿")


def resized(book: Workbook) -> None:
    for sheet in book.worksheets:
        for letter in "ABCDEFG":
            sheet.column_dimensions[letter].width = 31
        sheet.row_dimensions[5].height = 70


def zoomed(book: Workbook) -> None:
    for sheet in book.worksheets:
        sheet.sheet_view.zoomScale = 70
        sheet.freeze_panes = "C4"


def unfrozen(book: Workbook) -> None:
    for sheet in book.worksheets:
        sheet.freeze_panes = None


CHANGES: tuple[Callable[[Workbook], None], ...] = (
    *(nothing, reordered, hidden, shown, unprotected, formatted, commented, filtered),
    *(with_more_sheets, resized, zoomed, unfrozen),
)
ROUTES = {
    "xlsx": ("xlsx",),
    "ods": ("ods", "xlsx"),
    "xls": ("xls", "xlsx"),
}
"""What LibreOffice saves a workbook as, one after the other."""


def by_openpyxl(data: bytes, change: Callable[[Workbook], None]) -> bytes:
    loaded = openpyxl.load_workbook(io.BytesIO(data), rich_text=True)
    change(loaded)
    saved = io.BytesIO()
    loaded.save(saved)
    return saved.getvalue()


@pytest.mark.parametrize("name", BOOKS)
@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_saved_by_openpyxl_after_a_change_it_says_the_same(
    name: str, change: Callable[[Workbook], None]
) -> None:
    same(name, by_openpyxl(book(name), change))


def through(
    office: LibreOffice, route: tuple[str, ...], books: dict[str, bytes], folder: Path
) -> dict[str, bytes]:
    """The workbooks after LibreOffice saved them in each format of a route."""
    folder.mkdir()
    files = [folder / f"{name}.xlsx" for name in books]
    for file, data in zip(files, books.values(), strict=True):
        file.write_bytes(data)
    for step, suffix in enumerate(route):
        files = office.convert(files, suffix, folder / f"{step}-{suffix}")
    return {file.stem: file.read_bytes() for file in files}


@pytest.fixture(scope="module", params=ROUTES)
def resaved(
    request: pytest.FixtureRequest,
    libreoffice: LibreOffice,
    tmp_path_factory: pytest.TempPathFactory,
) -> dict[str, bytes]:
    folder = tmp_path_factory.mktemp("fidelity") / request.param
    return through(libreoffice, ROUTES[request.param], {name: book(name) for name in BOOKS}, folder)


@pytest.mark.office
@pytest.mark.parametrize("name", BOOKS)
def test_saved_by_libreoffice_it_says_the_same(name: str, resaved: dict[str, bytes]) -> None:
    same(name, resaved[name])


@pytest.mark.office
def test_changed_by_openpyxl_and_then_saved_by_libreoffice_it_says_the_same(
    libreoffice: LibreOffice, tmp_path: Path
) -> None:
    changed = {change.__name__: by_openpyxl(book("ordinary"), change) for change in CHANGES}
    for saved in through(libreoffice, ("ods", "xlsx"), changed, tmp_path / "all").values():
        same("ordinary", saved)
