"""Packages as other programs write them, and packages that are broken."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

import pytest

from gk_xlsx.errors import UnreadableError
from gk_xlsx.report import AnnualReport
from gk_xlsx.workbook.cells import TooLargeError, moved
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


def shared_formula(length: int, followers: int) -> str:
    master = "+".join(["A1"] * (length // 3))
    cells = "".join(
        f'<row r="{at}"><c r="A{at}"><f t="shared" si="0"/></c></row>'
        for at in range(5001, 5001 + followers)
    )
    return f'<row r="5000"><c r="A5000"><f t="shared" si="0">{master}</f></c></row>{cells}'


def at_the_end(data: bytes, sheet: str, rows: str) -> bytes:
    return with_part(
        data, sheet_part(sheet), lambda xml: xml.replace("</sheetData>", f"{rows}</sheetData>")
    )


def test_a_formula_that_many_share_is_not_told_at_each(book: bytes) -> None:
    with pytest.raises(TooLargeError):
        read(at_the_end(book, "文字部分", shared_formula(60_000, 40)))
    assert read(at_the_end(book, "文字部分", shared_formula(600, 40))).values == read(book).values


def texts(text: str, times: int) -> Callable[[str, bytes], bytes]:
    """文字部分 with one text, stored once, in many cells."""

    def put(name: str, content: bytes) -> bytes:
        if name == "xl/sharedStrings.xml":
            return content.replace(b"</sst>", f"<si><t>{text}</t></si></sst>".encode())
        if name != sheet_part("文字部分"):
            return content
        rows = "".join(
            f'<row r="{at}"><c r="B{at}" t="s"><v>%d</v></c></row>'
            for at in range(2000, 2000 + times)
        )
        return content.replace(b"</sheetData>", f"{rows}</sheetData>".encode())

    return put


@pytest.mark.parametrize(
    ("length", "times", "refused"),
    [(32_767, 15, False), (32_768, 1, True), (32_767, 16, True), (10_000, 49, False)],
)
def test_more_text_than_any_report_has_is_refused(
    book: bytes, length: int, times: int, *, refused: bool
) -> None:
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        number = archive.read("xl/sharedStrings.xml").count(b"<si>")
    put = texts("字" * length, times)
    wordy = rewritten(book, lambda name, old: put(name, old).replace(b"%d", str(number).encode()))
    if refused:
        with pytest.raises(TooLargeError, match="文字或公式过多"):
            read(wordy)
    else:
        [text] = read(wordy).narrative.values()
        assert text.count("字") == length * times


def test_properties_are_found_by_their_relation(book: bytes, clean: AnnualReport) -> None:
    def decoy(name: str, content: bytes) -> bytes:
        if name == "docProps/custom.xml":
            return content.replace(clean.unit.name.encode(), "乙局".encode())
        return content.replace(b"docProps/custom.xml", b"docProps/other.xml")

    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        own = archive.read("docProps/custom.xml")
    moved = io.BytesIO(rewritten(book, decoy))
    with zipfile.ZipFile(moved, "a") as archive:
        archive.writestr("docProps/other.xml", own)
    assert Package(moved.getvalue()).properties == Package(book).properties


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
