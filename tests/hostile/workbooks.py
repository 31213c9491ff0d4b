"""Workbooks, ours and others, that are bombs, lack parts, carry macros or point outside."""

from __future__ import annotations

import io

import xlsxwriter

from tests.hostile.listed import FOUND, GOOD, each, hostile
from tests.hostile.zips import changed, members, ours, swapped, with_members, without

TABLE = "xl/worksheets/sheet4.xml"
TEXT = "xl/worksheets/sheet6.xml"
STRINGS = "xl/sharedStrings.xml"
BOOK = "xl/workbook.xml"
MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
DOCTYPE = (
    b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;">'
    b'<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;">]>'
)
XXE = b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'


def foreign(sheet: bytes) -> bytes:
    """A workbook of any other program, with that sheet in it."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as made:
        made.add_worksheet().write(0, 0, "自然人")
    return with_members(buffer.getvalue(), {"xl/worksheets/sheet1.xml": sheet})


def _sheet(inside: str, behind: str = "") -> bytes:
    return f"<worksheet {MAIN}><sheetData>{inside}</sheetData>{behind}</worksheet>".encode()


def _in_table(inside: bytes) -> bytes:
    """Ours with rows added to 三、申请办理."""
    return swapped(ours(), TABLE, b"</sheetData>", inside + b"</sheetData>")


def _noise(number: int) -> str:
    """Letters that pack, but not three hundred to one."""
    return f"{number * 2654435761 % 2**32:x}"


@hostile("bomb-shared-strings.xlsx", FOUND)
def shared_strings() -> bytes:
    return changed(ours(), STRINGS, lambda old: old.replace(b"</sst>", b"<si/>" * 6_000_000))


@hostile("bomb-shared-strings-slow.xlsx", GOOD)
def shared_strings_that_pack_badly() -> bytes:
    more = "".join(f"<si><t>{_noise(number)}</t></si>" for number in range(1_000_000))
    return changed(ours(), STRINGS, lambda old: old.replace(b"</sst>", more.encode() + b"</sst>"))


@hostile("bomb-rows.xlsx", FOUND)
def rows() -> bytes:
    return _in_table(b"".join(b'<row r="%d"/>' % number for number in range(100, 1_000_000)))


@hostile("bomb-cells.xlsx", FOUND)
def cells() -> bytes:
    return _in_table(b'<row r="99">' + b"<c/>" * 5_000_000 + b"</row>")


@hostile("bomb-values.xlsx", FOUND)
def values() -> bytes:
    each_row = "".join(f'<c r="A{at}"><v>{_noise(at)}</v></c>' for at in range(100, 900_000))
    return _in_table(f'<row r="99">{each_row}</row>'.encode())


@hostile("bomb-elements.xlsx", FOUND)
def elements_nobody_looks_at() -> bytes:
    more = "".join(f'<x a="{_noise(at)}"/>' for at in range(1_200_000)).encode()
    return swapped(ours(), TABLE, b"</worksheet>", more + b"</worksheet>")


@hostile("bomb-depth.xlsx", FOUND)
def depth() -> bytes:
    return swapped(ours(), TABLE, b"</worksheet>", b"<a>" * 1_000_000 + b"</a>" * 1_000_000)


@hostile("bomb-names.xlsx", GOOD)
def defined_names() -> bytes:
    more = "".join(f'<definedName name="n{_noise(at)}">{at}</definedName>' for at in range(500_000))
    return swapped(ours(), BOOK, b"</definedNames>", more.encode() + b"</definedNames>")


@hostile("bomb-attributes.xlsx", GOOD)
def attributes() -> bytes:
    more = "".join(f' a{at}="{_noise(at)}"' for at in range(1_000_000)).encode()
    return swapped(ours(), TABLE, b"<sheetData>", b"<x" + more + b"/><sheetData>")


@hostile("foreign-merge-all.xlsx", FOUND)
def one_merge_of_everything() -> bytes:
    """10 KB that openpyxl dies of."""
    return foreign(
        _sheet(
            '<row r="1"><c r="A1"><v>1</v></c></row>',
            '<mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>',
        )
    )


@hostile("foreign-merges.xlsx", FOUND)
def many_merges() -> bytes:
    merges = "".join(f'<mergeCell ref="A{at}:Z{at + 1}"/>' for at in range(1, 400_000, 2))
    return foreign(_sheet("", f"<mergeCells>{merges}</mergeCells>"))


@hostile("foreign-last-cell.xlsx", FOUND)
def two_corners() -> bytes:
    last = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    return foreign(_sheet('<row r="1"><c r="A1"><v>1</v></c></row>' + last))


@hostile("foreign-cells.xlsx", FOUND)
def many_cells() -> bytes:
    each_row = "".join(
        f'<row r="{at}">' + f"<c><v>{_noise(at)[:3]}</v></c>" * 100 + "</row>"
        for at in range(1, 19_000)
    )
    return foreign(_sheet(each_row))


each(
    FOUND,
    {
        "ours-last-row.xlsx": lambda: _in_table(b'<row r="1048576"><c r="A1"><v>1</v></c></row>'),
        "ours-last-column.xlsx": lambda: _in_table(b'<row r="99"><c r="XFD99"><v>1</v></c></row>'),
        "ours-column-of-letters.xlsx": lambda: _in_table(
            b'<row r="99"><c r="' + b"Z" * 100_000 + b'1"><v>1</v></c></row>'
        ),
    },
)
each(
    FOUND,
    {
        "ours-entities.xlsx": lambda: swapped(ours(), STRINGS, b"<sst", DOCTYPE + b"<sst"),
        "ours-xxe.xlsx": lambda: swapped(ours(), TABLE, b"<worksheet", XXE + b"<worksheet"),
        "ours-utf-16.xlsx": lambda: changed(ours(), TABLE, _utf_16),
        "ours-utf-16-entities.xlsx": lambda: changed(
            ours(), TABLE, lambda old: _utf_16(old.replace(b"<worksheet", XXE + b"<worksheet", 1))
        ),
        "ours-utf-7.xlsx": lambda: swapped(ours(), TABLE, b"UTF-8", b"UTF-7"),
        "ours-nul.xlsx": lambda: swapped(ours(), TABLE, b"<sheetData>", b"<sheetData>\0"),
        "ours-torn-table.xlsx": lambda: changed(ours(), TABLE, lambda old: old[: len(old) // 2]),
        "ours-torn-strings.xlsx": lambda: changed(ours(), STRINGS, lambda old: old[:9000]),
        "ours-huge-row-number.xlsx": lambda: _in_table(
            b'<row r="' + b"9" * 9000 + b'"><c r="A1"><v>1</v></c></row>'
        ),
        "ours-no-workbook.xlsx": lambda: without(ours(), BOOK),
        "ours-no-relations.xlsx": lambda: without(ours(), "xl/_rels/workbook.xml.rels"),
        "ours-strings-loop.xlsx": lambda: swapped(
            ours(), "xl/_rels/workbook.xml.rels", b"sharedStrings.xml", b"../xl/workbook.xml"
        ),
        "ours-huge-string-number.xlsx": lambda: changed(ours(), TABLE, _huge_string_number),
    },
)
each(
    FOUND,
    {
        "ours-no-table.xlsx": lambda: without(ours(), TABLE),
        "ours-no-strings.xlsx": lambda: without(ours(), STRINGS),
        "ours-no-hidden.xlsx": lambda: without(ours(), "xl/worksheets/sheet11.xml"),
    },
)
each(
    GOOD,
    {
        "activex.xlsx": lambda: with_members(ours(), {"xl/activeX/activeX1.bin": b"x"}),
    },
)
each(
    "FI08",
    {
        "macro.xlsm": lambda: with_members(ours(), {"xl/vbaProject.bin": b"x"}),
        "macro-sheet.xlsx": lambda: with_members(ours(), {"xl/macrosheets/sheet1.xml": b"<x/>"}),
        "macro-elsewhere.xlsx": lambda: with_members(ours(), {"xl/sub/vbaProject.bin": b"x"}),
        "macro-in-capitals.xlsx": lambda: with_members(ours(), {"XL/VBAPROJECT.BIN": b"x"}),
    },
)
each(
    FOUND,
    {
        "external-link.xlsx": lambda: changed(ours(), TABLE, _linked),
        "dde-formula.xlsx": lambda: changed(ours(), TABLE, _dde),
        "ours-value-is-error.xlsx": lambda: changed(ours(), TABLE, _error_value),
        "ours-value-is-infinite.xlsx": lambda: changed(ours(), TABLE, _infinite),
        "ours-surrogate-text.xlsx": lambda: changed(ours(), TABLE, _surrogate),
    },
)


def _utf_16(part: bytes) -> bytes:
    return part.decode().replace("UTF-8", "UTF-16").encode("utf-16")


def _first_value(new: bytes, kind: bytes = b"") -> bytes:
    """In place of the first figure that somebody filled in."""
    old = members(ours())[TABLE]
    at = old.index(b'<c r="D9"')
    end = old.index(b"</c>", at) + 4
    return old[:at] + b'<c r="D9"' + kind + b">" + new + b"</c>" + old[end:]


def _linked(_: bytes) -> bytes:
    return _first_value(b"<f>'[1]x.xlsx'!A1+WEBSERVICE(\"http://192.0.2.1/\")</f><v>0</v>")


def _dde(_: bytes) -> bytes:
    return _first_value(b"<f>cmd|'/c calc'!A0</f><v>0</v>")


def _error_value(_: bytes) -> bytes:
    return _first_value(b"<v>#REF!</v>", b' t="e"')


def _infinite(_: bytes) -> bytes:
    return _first_value(b"<v>1e999</v>")


def _huge_string_number(_: bytes) -> bytes:
    return _first_value(b"<v>" + b"9" * 9000 + b"</v>", b' t="s"')


def _surrogate(_: bytes) -> bytes:
    return _first_value(b"<is><t>_xD800_ _x0000_ _x001B_[2J</t></is>", b' t="inlineStr"')
