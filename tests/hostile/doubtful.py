"""Workbooks of ours that say nothing, two things or too much, and macros known by kind alone."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from functools import cache

from gk_xlsx.api.reading import open_report
from gk_xlsx.plan.layout import layout_of
from gk_xlsx.plan.workbook import plan_workbook
from gk_xlsx.report import LastYear
from gk_xlsx.workbook.write import workbook_bytes
from tests.hostile.listed import FOUND, each, hostile
from tests.hostile.workbooks import RELATIONS, STRINGS, TABLE, TEXT, in_table, told_in_three_places
from tests.hostile.zips import EXAMPLES, changed, members, ours, swapped, with_members


def _cell(part: bytes, place: bytes, new: bytes) -> bytes:
    """A sheet with a cell put another way."""
    told = rb'<c r="%s"[^>]*?(?:/>|>.*?</c>)' % place
    changed_, number = re.subn(told, lambda _: new, part, count=1)
    assert number, f"no {place!r}"
    return changed_


def _in_table_blank(cell: bytes, switch: bytes = b'<c r="D2" t="str"><v>%s</v></c>') -> bytes:
    """三、申请办理 with that cell as D9, its blanks counted as 0 where the switch is on."""
    on = switch.replace(b"%s", "是".encode())
    return changed(ours(), TABLE, lambda old: _cell(_cell(old, b"D9", cell), b"D2", on))


UNTOLD = {
    "string-of-no-number": b'<c r="D9" t="s"><v>99999</v></c>',
    "string-number-blank": b'<c r="D9" t="s"><v/></c>',
    "value-beside-text": b'<c r="D9"><v>5</v><is><t/></is></c>',
    "text-of-a-number": b'<c r="D9"><is><t/></is></c>',
    "value-second": b'<c r="D9"><v/><v>5</v></c>',
    "value-inside": b'<c r="D9"><v><x>5</x></v></c>',
    "value-elsewhere": b'<c r="D9"><x><v>5</v></x></c>',
    "text-inside": b'<c r="D9" t="inlineStr"><is><t><x>5</x></t></is></c>',
    "text-elsewhere": b'<c r="D9" t="inlineStr"><is><x>5</x></is></c>',
    "kind-unheard-of": b'<c r="D9" t="x"><v/></c>',
    "cell-by-choice": (
        b'<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/'
        b'markup-compatibility/2006"><mc:Choice Requires="x"><c r="D9"><v>5</v></c></mc:Choice>'
        b"</mc:AlternateContent>"
    ),
}
"""What would be blank, and so 0 in a 零报告, and is something else in other programs."""

each(
    "FI07",
    {
        f"blank-{name}.xlsx": lambda cell=cell: _in_table_blank(cell)  # type: ignore[misc]
        for name, cell in UNTOLD.items()
    },
)
each("FI07", {"rows-by-choice.xlsx": lambda: in_table(b"<x><row/></x>")})

each(
    "IN01",
    {
        f"switch-nearly-on-{at}.xlsx": lambda switch=switch: _in_table_blank(  # type: ignore[misc]
            b'<c r="D9"/>', switch
        )
        for at, switch in enumerate(
            (
                b'<c r="D2" t="inlineStr"><is><t xml:space="preserve"> %s</t></is></c>',
                b'<c r="D2" t="inlineStr"><is><t xml:space="preserve">%s\n</t></is></c>',
                '<c r="D2" t="str"><v>%s\u3000</v></c>'.encode(),
                '<c r="D2" t="str"><f>"否"</f><v>%s</v></c>'.encode(),
            )
        )
    },
)


@hostile("switch-beside.xlsx", "IN01")
def another_cell_of_its_row_is_on() -> bytes:
    beside = '<c r="B2" t="str"><v>是</v></c>'.encode()
    blank = _in_table_blank(b'<c r="D9"/>', '<c r="D2" t="str"><v>否</v></c>'.encode())
    return changed(blank, TABLE, lambda old: _cell(old, b"B2", beside))


@hostile("text-again-and-again.xlsx", "FI05")
def one_text_in_many_cells() -> bytes:
    """80 KB that are thirty million characters of 文字部分."""
    return _repeated("字" * 30_000, 1_000)


@hostile("text-again-in-part.xlsx", "FI05")
def short_texts_in_many_cells() -> bytes:
    return _repeated("字。" * 500, 15_000)


@hostile("text-too-long.xlsx", "FI05")
def one_text_that_no_cell_holds() -> bytes:
    return _repeated("字" * 32_768, 1)


def _repeated(text: str, times: int) -> bytes:
    strings, sheet = members(ours())[STRINGS], members(ours())[TEXT]
    number = strings.count(b"<si>")
    rows = "".join(
        f'<row r="{at}"><c r="B{at}" t="s"><v>{number}</v></c></row>'
        for at in range(2_000, 2_000 + times)
    )
    end = b"</sheetData>"
    return with_members(
        ours(),
        {
            STRINGS: strings.replace(b"</sst>", f"<si><t>{text}</t></si></sst>".encode()),
            TEXT: sheet.replace(end, rows.encode() + end),
        },
    )


@hostile("formula-again-and-again.xlsx", "FI05")
def one_formula_in_many_cells() -> bytes:
    """Sixty thousand characters that two thousand cells share."""
    rows = "".join(
        f'<row r="{at}"><c r="A{at}"><f t="shared" si="0"/></c></row>' for at in range(5_000, 7_000)
    )
    master = "+".join(["A1"] * 20_000)
    first = f'<row r="4999"><c r="A4999"><f t="shared" si="0">{master}</f></c></row>'
    return swapped(ours(), TEXT, b"</sheetData>", f"{first}{rows}</sheetData>".encode())


each(
    "IN12",
    {"year-and-a-bit.xlsx": lambda: told_in_three_places(b"year", b"2021", b"2021.7")},
)


@hostile("properties-elsewhere.xlsx", FOUND)
def properties_elsewhere() -> bytes:
    """The relation leads to properties of another body; those of the usual name are a decoy."""
    own = members(ours())["docProps/custom.xml"]
    return with_members(
        ours(),
        {
            "_rels/.rels": members(ours())["_rels/.rels"].replace(b"custom.xml", b"other.xml"),
            "docProps/other.xml": own.replace(b"2021", b"2022"),
        },
    )


@cache
def _carrying_over() -> tuple[bytes, str, bytes]:
    """A workbook whose 上年结转 is not last year's, the part with its 情况说明, that cell."""
    opened = open_report(EXAMPLES / "05-机关事务中心-2021.json")
    form, report = opened.form, opened.report
    values = dict.fromkeys(form.fields, Decimal(9))
    last = LastYear(report.year - 1, report.unit.name, form.edition, values)
    plan = plan_workbook(form, replace(report, last_year=last))
    cell = layout_of(form).explanation(layout_of(form).explainable[0])
    at = [sheet.name for sheet in plan.sheets].index(cell.sheet) + 1
    return workbook_bytes(plan), f"xl/worksheets/sheet{at}.xml", cell.local.encode()


def _explained(kind: bytes, inside: bytes) -> bytes:
    """Explained by what nobody wrote."""
    book, part, place = _carrying_over()
    cell = b'<c r="%s" t="%s">%s</c>' % (place, kind, inside)
    return changed(book, part, lambda old: _cell(old, place, cell))


each(
    "YR01",
    {
        "explained-by-a-result.xlsx": lambda: _explained(
            b"str", '<f>""</f><v>去年数填错</v>'.encode()
        ),
        "explained-by-an-error.xlsx": lambda: _explained(b"e", b"<v>#N/A</v>"),
    },
)

TYPES = "[Content_Types].xml"
_BOOK_TYPE = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
_OFFICE = b"http://schemas.microsoft.com/office/2006/relationships/"


def related(kind: bytes, target: bytes) -> bytes:
    """Ours with one more part of that kind."""
    relation = b'<Relationship Id="rIdx" Type="%s" Target="%s"/></Relationships>' % (kind, target)
    return with_members(
        ours(),
        {
            RELATIONS: members(ours())[RELATIONS].replace(b"</Relationships>", relation),
            f"xl/{target.decode()}": b"<x/>",
        },
    )


each(
    "FI08",
    {
        "macro-by-another-name.xlsx": lambda: related(_OFFICE + b"vbaProject", b"code.bin"),
        "macro-by-numbers.xlsx": lambda: related(_OFFICE + b"vba&#80;roject", b"code.bin"),
        "macro-sheet-by-another-name.xlsx": lambda: related(
            _OFFICE + b"xlMacrosheet", b"worksheets/sheet77.xml"
        ),
        "macro-by-its-type.xlsx": lambda: swapped(
            ours(), TYPES, _BOOK_TYPE, b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"
        ),
        "macro-of-a-part.xlsx": lambda: with_members(
            swapped(
                ours(),
                TYPES,
                b"</Types>",
                b'<Override PartName="/other/code.bin" '
                b'ContentType="application/vnd.ms-office.vbaProject"/></Types>',
            ),
            {"other/code.bin": b"x"},
        ),
    },
)
each(
    "FI10",
    {
        "external-workbook.xlsx": lambda: related(
            b"http://schemas.openxmlformats.org/officeDocument/2006/relationships/externalLink",
            b"externalLinks/externalLink1.xml",
        )
    },
)
