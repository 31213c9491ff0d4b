"""Workbooks, ours and others, that are bombs, lack parts, carry macros or point outside."""

from __future__ import annotations

import io
import re

import xlsxwriter

from tests.hostile.listed import FOUND, GOOD, each, hostile
from tests.hostile.zips import (
    changed,
    members,
    ours,
    raw,
    swapped,
    with_members,
    without,
)

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


def in_table(inside: bytes) -> bytes:
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
    return in_table(b"".join(b'<row r="%d"/>' % number for number in range(100, 1_000_000)))


@hostile("bomb-cells.xlsx", FOUND)
def cells() -> bytes:
    return in_table(b'<row r="99">' + b"<c/>" * 5_000_000 + b"</row>")


@hostile("bomb-values.xlsx", FOUND)
def values() -> bytes:
    each_row = "".join(f'<c r="A{at}"><v>{_noise(at)}</v></c>' for at in range(100, 900_000))
    return in_table(f'<row r="99">{each_row}</row>'.encode())


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
        "ours-last-row.xlsx": lambda: in_table(b'<row r="1048576"><c r="A1"><v>1</v></c></row>'),
        "ours-last-column.xlsx": lambda: in_table(b'<row r="99"><c r="XFD99"><v>1</v></c></row>'),
        "ours-column-of-letters.xlsx": lambda: in_table(
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
        "ours-huge-row-number.xlsx": lambda: in_table(
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
        "ours-figure-turned.xlsx": lambda: changed(ours(), TABLE, _turned),
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


def _turned(_: bytes) -> bytes:
    return _first_value("<is><t>\u202e21</t></is>".encode(), b' t="inlineStr"')


RELATIONS = "xl/_rels/workbook.xml.rels"
SHEET_KIND = b'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet"'
ANOTHER = b'<Relationship Id="%s" ' + SHEET_KIND + b' Target="worksheets/sheet99.xml"/>'
"""Leads to a second sheet, whose figures are not those of the first."""


def _other_figures() -> bytes:
    return _first_value(b"<v>77</v>")


def _with_other_figures(more: dict[str, bytes]) -> bytes:
    return with_members(ours(), {"xl/worksheets/sheet99.xml": _other_figures(), **more})


def _second_of_that_name() -> bytes:
    """Two sheets called 三、申请办理: every program shows another one."""
    book, relations = members(ours())[BOOK], members(ours())[RELATIONS]
    first = re.findall(rb'<sheet name="[^"]*" sheetId="4" r:id="rId4"/>', book)[0]
    second = first.replace(b'"4"', b'"99"').replace(b"rId4", b"rId99")
    end = b"</Relationships>"
    return _with_other_figures(
        {
            BOOK: book.replace(first, second + first),
            RELATIONS: relations.replace(end, ANOTHER % b"rId99" + end),
        }
    )


def _second_of_that_id() -> bytes:
    relations = members(ours())[RELATIONS]
    begins = b'<Relationship Id="rId4"'
    return _with_other_figures({RELATIONS: relations.replace(begins, ANOTHER % b"rId4" + begins)})


def _book_by_name_only() -> bytes:
    """The relation says that another part is the workbook; only its name is unusual."""
    packages = members(ours())["_rels/.rels"]
    decoy = b'<Relationship Id="x" Type="http://example.org/x" Target="xl/workbook.xml"/>'
    moved = packages.replace(b"xl/workbook.xml", b"xl/book.xml")
    at = moved.index(b"<Relationship ")
    return _with_other_figures(
        {
            "_rels/.rels": moved[:at] + decoy + moved[at:],
            "xl/book.xml": members(ours())[BOOK],
            "xl/_rels/book.xml.rels": members(ours())[RELATIONS].replace(b"sheet4.", b"sheet99."),
        }
    )


def told_in_three_places(key: bytes, old: bytes, new: bytes) -> bytes:
    """Defined name and property say something else than the hidden sheet."""
    book, properties = members(ours())[BOOK], members(ours())["docProps/custom.xml"]
    at = properties.index(old, properties.index(b'name="gk.' + key + b'"'))
    named = b'name="gk_' + key + b'">"'
    return with_members(
        ours(),
        {
            BOOK: book.replace(named + old, named + new),
            "docProps/custom.xml": properties[:at] + new + properties[at + len(old) :],
        },
    )


def _hidden_row(key: bytes) -> bytes:
    cell = b'<row r="400"><c r="A400" t="str"><v>' + key + b"</v></c></row>"
    return swapped(ours(), "xl/worksheets/sheet11.xml", b"</sheetData>", cell + b"</sheetData>")


def _last_year_of_digits() -> bytes:
    strings = re.findall(rb"(?s)<si>.*?</si>", members(ours())[STRINGS])
    key = strings.index(b"<si><t>last.year</t></si>")
    beside = rb'(<v>%d</v></c><c r="B\d+")[^>]*?(?:/>|>.*?</c>)' % key
    told = rb'\1 t="str"><v>' + b"9" * 9000 + b"</v></c>"
    return changed(
        ours(), "xl/worksheets/sheet11.xml", lambda old: re.sub(beside, told, old, count=1)
    )


each(
    FOUND,
    {
        "cell-twice.xlsx": lambda: changed(
            ours(), TABLE, lambda _: _first_value(b'<v>5</v></c><c r="D9"><v>0</v>')
        ),
        "cell-twice-in-rows.xlsx": lambda: in_table(b'<row r="9"><c r="D9"><v>0</v></c></row>'),
        "cell-in-another-row.xlsx": lambda: in_table(b'<row r="50"><c r="D9"><v>77</v></c></row>'),
        "cell-in-small-letters.xlsx": lambda: in_table(b'<row r="9"><c r="d9"><v>77</v></c></row>'),
        "value-twice.xlsx": lambda: changed(
            ours(), TABLE, lambda _: _first_value(b"<v>5</v><v>0</v>")
        ),
        "row-0.xlsx": lambda: in_table(b'<row r="0"><c r="D0"><v>77</v></c></row>'),
        "sheet-of-that-name-twice.xlsx": _second_of_that_name,
        "relation-of-that-id-twice.xlsx": _second_of_that_id,
        "book-by-its-name-only.xlsx": _book_by_name_only,
        "year-of-no-calendar.xlsx": lambda: told_in_three_places(b"year", b"2021", b"99999"),
        "year-the-last.xlsx": lambda: told_in_three_places(b"year", b"2021", b"9999"),
        "styles-many.xlsx": lambda: changed(
            ours(),
            "xl/styles.xml",
            lambda old: old.replace(
                b"</cellXfs>", b'<xf numFmtId="14"/>' * 900_000 + b"</cellXfs>"
            ),
        ),
    },
)
each(
    GOOD,
    {
        "opinion-without-number.xlsx": lambda: _hidden_row(b"review.abc"),
        "opinion-of-digits.xlsx": lambda: _hidden_row(b"review." + b"9" * 9000),
        "last-year-of-digits.xlsx": _last_year_of_digits,
        "styles-brackets.xlsx": lambda: changed(
            ours(),
            "xl/styles.xml",
            lambda old: old.replace(
                b"<fonts",
                b'<numFmts><numFmt numFmtId="200" formatCode="%s"/></numFmts><fonts'
                % (b"[" * 300_000),
                1,
            ),
        ),
    },
)
each(
    "FI09",
    {
        f"member-again-{at}.xlsx": lambda name=name: raw(  # type: ignore[misc]
            [*members(ours()).items(), (name, _other_figures())]
        )
        for at, name in enumerate(
            (
                "xl/./worksheets/sheet4.xml",
                "xl//worksheets/sheet4.xml",
                "xl/worksheets/sheet%34.xml",
                "xl/worksheets/sheet4.xml ",
            )
        )
    },
)
