"""The witness itself: a workbook of our kind, driven cell by cell."""

from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from tests.office.libreoffice import LibreOffice, OfficeError
from tests.office.recalculation import CellError, RecalcSession
from tests.office.validator import Validator

pytestmark = pytest.mark.office
SHEET = "三、申请办理"


@pytest.fixture(scope="module")
def workbook(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("recalculation") / "form.xlsx"
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet(SHEET)
    open_cell = book.add_format({"locked": False})
    for row in range(4):
        for column in range(3):
            sheet.write_blank(row, column, None, open_cell)
    sheet.write_number("A4", 7, open_cell)
    sheet.write_formula("D1", "=SUM(A1:C1)", None, 0)
    sheet.write_formula("D2", '=IF(ISNUMBER(A2),"数",IF(ISTEXT(A2),"文","空"))', None, "空")
    sheet.write_formula("D3", "=1/A3", None, 0)
    sheet.data_validation("A1:C4", {"validate": "integer", "criteria": ">=", "value": 0})
    sheet.protect("secret")
    book.define_name("gk_verdict", f"='{SHEET}'!$D$2")
    book.close()
    return path


@pytest.fixture
def session(uno_session: RecalcSession, workbook: Path) -> RecalcSession:
    uno_session.load(workbook)
    return uno_session


def test_a_formula_follows_the_cells_that_were_set(session: RecalcSession) -> None:
    session.set({(SHEET, "A1"): 3, (SHEET, "C1"): 4.5})
    session.calculate()
    assert session.read([(SHEET, "D1"), (SHEET, "A1")]) == [7.5, 3]


@pytest.mark.parametrize(
    ("value", "kind"), [(12, "数"), ("12", "文"), ("=1+1", "文"), (" ", "文"), (None, "空")]
)
def test_a_value_keeps_its_type(session: RecalcSession, value: int | str | None, kind: str) -> None:
    session.set({(SHEET, "A2"): value})
    session.calculate()
    assert session.read_names(["gk_verdict"]) == {"gk_verdict": kind}


def test_a_boolean_is_true_in_the_sheet(session: RecalcSession) -> None:
    session.set({(SHEET, "A1"): True})
    session.calculate()
    assert session.read([(SHEET, "A1")]) == [1]


def test_an_error_is_told_from_text(session: RecalcSession) -> None:
    session.calculate()
    assert session.read([(SHEET, "D3"), (SHEET, "A3")]) == [CellError("#DIV/0!"), ""]


def test_reset_puts_back_what_the_file_says(session: RecalcSession) -> None:
    session.set({(SHEET, "A4"): "x", (SHEET, "A1"): True, (SHEET, "B1"): 1})
    session.reset()
    session.calculate()
    cells = [(SHEET, address) for address in ("A4", "A1", "B1", "D1")]
    assert session.read(cells) == [7, "", "", 0]


def test_a_locked_cell_refuses(session: RecalcSession) -> None:
    with pytest.raises(OfficeError, match="locked"):
        session.set({(SHEET, "D1"): 5})


def test_after_unprotecting_a_locked_cell_can_be_tampered_with(session: RecalcSession) -> None:
    session.unprotect(SHEET, "secret")
    session.set({(SHEET, "D1"): 5})
    assert session.read([(SHEET, "D1")]) == [5]
    session.reset()
    session.calculate()
    assert session.read([(SHEET, "D1")]) == [0]


def test_an_unknown_name_is_an_error_and_the_session_lives_on(session: RecalcSession) -> None:
    with pytest.raises(OfficeError, match="read_names"):
        session.read_names(["gk_nothing"])
    assert session.read([(SHEET, "A4")]) == [7]


def test_an_open_workbook_leaves_nothing_beside_it(session: RecalcSession, workbook: Path) -> None:
    session.set({(SHEET, "A1"): 1})
    assert [path.name for path in workbook.parent.iterdir()] == [workbook.name]


def test_a_saved_workbook_holds_the_values_that_were_set(
    session: RecalcSession, tmp_path: Path
) -> None:
    session.set({(SHEET, "A1"): 8})
    session.calculate()
    session.save(tmp_path / "saved.xlsx")
    saved = openpyxl.load_workbook(tmp_path / "saved.xlsx", data_only=True)[SHEET]
    assert [saved["A1"].value, saved["D1"].value] == [8, 8]


def test_conversion_recalculates_and_is_valid(
    libreoffice: LibreOffice, validator: Validator, workbook: Path, tmp_path: Path
) -> None:
    [converted] = libreoffice.convert([workbook], "xlsx", tmp_path)
    sheet = openpyxl.load_workbook(converted, data_only=True)[SHEET]
    assert sheet["D3"].value == "#DIV/0!"
    assert validator.validate([workbook, converted]) == []


def test_a_file_that_cannot_be_converted_is_named(libreoffice: LibreOffice, tmp_path: Path) -> None:
    with pytest.raises(OfficeError, match=r"nothing\.pdf"):
        libreoffice.convert([tmp_path / "nothing.xlsx"], "pdf", tmp_path / "out")


def test_the_validator_finds_a_broken_file(validator: Validator, tmp_path: Path) -> None:
    path = tmp_path / "broken.xlsx"
    path.write_bytes(b"PK")
    assert validator.validate([path])
