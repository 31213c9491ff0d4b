"""Packages as other programs write them, and packages that are broken."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

import pytest

from gk_xlsx.errors import UnreadableError
from gk_xlsx.workbook.cells import moved
from gk_xlsx.workbook.package import Package
from gk_xlsx.workbook.read import ForeignWorkbookError
from tests.workbook.books import read, sheet_part, with_part

USUAL = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006"
STRICT_RELATIONS = "http://purl.oclc.org/ooxml/officeDocument"


def rewritten(data: bytes, change: Callable[[str, bytes], bytes | None]) -> bytes:
    """With every part passed through a function; None leaves it out."""
    saved = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(saved, "w") as new:
        for name in old.namelist():
            content = change(name, old.read(name))
            if content is not None:
                new.writestr(name, content)
    return saved.getvalue()


def test_the_strict_variant_is_read_like_the_usual_one(book: bytes) -> None:
    def strict(_: str, content: bytes) -> bytes:
        for usual, other in ((USUAL, STRICT), (RELATIONS, STRICT_RELATIONS)):
            content = content.replace(usual.encode(), other.encode())
        return content

    assert read(rewritten(book, strict)) == read(book)


def test_prefixed_elements_are_read_like_plain_ones(book: bytes) -> None:
    def prefixed(name: str, content: bytes) -> bytes:
        if not name.startswith("xl/worksheets/sheet"):
            return content
        text = content.decode().replace("xmlns=", "xmlns:x=")
        for element in ("worksheet", "sheetData", "row", "c", "v", "f", "sheetProtection"):
            for mark in (" ", ">", "/"):
                text = text.replace(f"<{element}{mark}", f"<x:{element}{mark}")
            text = text.replace(f"</{element}>", f"</x:{element}>")
        return text.encode()

    assert read(rewritten(book, prefixed)).values == read(book).values


def test_cells_without_reference_are_counted(book: bytes) -> None:
    sheet = Package(
        with_part(
            book,
            sheet_part("基本信息"),
            lambda xml: xml.replace("<sheetData>", '<sheetData><row r="40"><c><v>7</v></c></row>'),
        )
    ).sheet("基本信息")
    stored = sheet.at((39, 0))
    assert stored is not None
    assert stored.number == 7


@pytest.mark.parametrize(
    ("formula", "rows", "columns", "expected"),
    [
        ("SUM(A1:C1)", 2, 1, "SUM(B3:D3)"),
        ("$A1+B$2+$C$3", 1, 1, "$A2+C$2+$C$3"),
        ('IF(A1="B2",LOG10(A2),"")', 1, 0, 'IF(A2="B2",LOG10(A3),"")'),
        ("'二、主动公开'!A1", 1, 0, "'二、主动公开'!A2"),
        ("Z1+AZ1", 0, 1, "AA1+BA1"),
    ],
)
def test_a_shared_formula_moves_with_its_cell(
    formula: str, rows: int, columns: int, expected: str
) -> None:
    assert moved(formula, rows, columns) == expected


def test_shared_formulas_are_read_at_every_cell(book: bytes) -> None:
    def share(xml: str) -> str:
        return xml.replace(
            "<sheetData>",
            '<sheetData><row r="40"><c r="A40"><f t="shared" si="0">B40*2</f></c></row>'
            '<row r="41"><c r="A41"><f t="shared" si="0"/><v>4</v></c>'
            '<c r="B41"><f t="shared" si="9"/></c></row>',
        )

    sheet = Package(with_part(book, sheet_part("基本信息"), share)).sheet("基本信息")
    assert [cell.formula for _, cell in sheet.cells(range(3)) if cell.formula is not None][:3] == [
        "B40*2",
        "B41*2",
        "",
    ]


@pytest.mark.parametrize(
    "part",
    ["xl/workbook.xml", "_rels/.rels", "xl/sharedStrings.xml", "xl/worksheets/sheet4.xml"],
)
@pytest.mark.parametrize(
    "content",
    [b"<a>", b"", b'<!DOCTYPE a [<!ENTITY e "x">]><a>&e;</a>', "<a/>".encode("utf-16")],
)
def test_a_broken_part_is_named(book: bytes, part: str, content: bytes) -> None:
    broken = rewritten(book, lambda name, old: content if name == part else old)
    with pytest.raises(UnreadableError, match=part.replace(".", r"\.")):
        read(broken)


def test_what_is_no_workbook_is_refused(book: bytes) -> None:
    without = rewritten(book, lambda name, old: None if name == "xl/workbook.xml" else old)
    with pytest.raises(UnreadableError, match="不是 Excel 工作簿"):
        read(without)


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"no zip"])
def test_what_is_no_zip_is_refused(data: bytes) -> None:
    with pytest.raises(UnreadableError, match="已损坏"):
        read(data)


def test_a_truncated_file_is_refused(book: bytes) -> None:
    with pytest.raises(UnreadableError, match="已损坏"):
        read(book[: len(book) // 2])


def test_flipped_bytes_never_raise_anything_else(book: bytes) -> None:
    for start in range(100, len(book), 1500):
        broken = book[:start] + bytes(byte ^ 0x55 for byte in book[start : start + 8])
        try:
            read(broken + book[start + 8 :])
        except UnreadableError:
            continue


@pytest.mark.parametrize(
    "row", ['<row r="30000"><c><v>1</v></c></row>', '<row><c r="XFD1"><v>1</v></c></row>']
)
def test_a_sheet_far_larger_than_ours_is_refused(book: bytes, row: str) -> None:
    large = with_part(
        book,
        sheet_part("三、申请办理"),
        lambda xml: xml.replace("<sheetData>", f"<sheetData>{row}"),
    )
    with pytest.raises(UnreadableError, match="过大"):
        read(large)


def test_an_empty_row_at_the_end_of_the_sheet_is_no_matter(book: bytes) -> None:
    def add(xml: str) -> str:
        return xml.replace("</sheetData>", '<row r="1048576"><c r="A1048576"/></row></sheetData>')

    assert read(with_part(book, sheet_part("三、申请办理"), add)) == read(book)


def test_a_workbook_of_another_program_is_foreign() -> None:
    import openpyxl

    saved = io.BytesIO()
    openpyxl.Workbook().save(saved)
    with pytest.raises(ForeignWorkbookError):
        read(saved.getvalue())
