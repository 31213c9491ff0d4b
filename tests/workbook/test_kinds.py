"""What may stand in an open cell, and what it is taken for."""

from __future__ import annotations

import datetime
import re

import pytest
from openpyxl.workbook import Workbook

from gk_xlsx.errors import UnreadableError
from gk_xlsx.report import Entry, EntryKind
from gk_xlsx.resources import form
from tests.workbook.books import cell_of, edited, read, sheet_part, with_part

FIELD = "requests.new.natural_person"
SHEET, ADDRESS = cell_of(FIELD)


AT_HALF_PAST_EIGHT = datetime.datetime(2024, 3, 1, 8, 30)  # noqa: DTZ001 — a sheet has no zones
NUMBERS = ((0, "0"), (12, "12"), (12.0, "12"), (2.5, "2.5"), (-3, "-3"), (1234567, "1234567"))
SPACES = (None, "", " ", "\u00a0", "\u3000", " \u00a0\u3000 ")
MARKS = ("/", "-", "—", "——", "无", "不涉及", " / ", "／")
TEXTS = ("见附件", "三件左右", "12 13", "1_000", "12a", "NaN", "1e3", "#N/A")
TEXT_NUMBERS = (("5", 5), (" 5 ", 5), ("０", 0), ("12件", 12), ("1,234", 1234), ("十二", 12))
OTHERS = (
    (True, EntryKind.BOOLEAN, "TRUE"),
    (False, EntryKind.BOOLEAN, "FALSE"),
    ("=12+3", EntryKind.FORMULA, "=12+3"),
    (datetime.date(2024, 3, 1), EntryKind.DATE, "2024-03-01"),
    (AT_HALF_PAST_EIGHT, EntryKind.DATE, "2024-03-01"),
)
SHOWN = ("0", "#,##0", '0"件"', "0.00", "[Red]0", "@", '"day" 0', "_(* #,##0_)")
DATED = ("yyyy-mm-dd", 'm"月"d"日"', "h:mm")


Typeable = str | float | datetime.date | None


class Typed:
    """One workbook with every case typed into a cell of its own, read once."""

    def __init__(self, book: bytes) -> None:
        free = (field.id for field in form("2021").inputs if field.table == "requests")
        values: list[Typeable] = [*SPACES, *MARKS, *TEXTS]
        values += [value for value, _ in (*NUMBERS, *TEXT_NUMBERS)]
        values += [value for value, _, _ in OTHERS]
        self._fields = {repr(value): next(free) for value in values}
        self._shown = {style: next(free) for style in (*SHOWN, *DATED)}

        def fill(open_book: Workbook) -> None:
            for value in values:
                sheet, address = cell_of(self._fields[repr(value)])
                open_book[sheet][address] = value
            for style, field_id in self._shown.items():
                sheet, address = cell_of(field_id)
                open_book[sheet][address] = 7
                open_book[sheet][address].number_format = style

        self._entries = read(edited(book, fill)).entries

    def as_(self, value: object) -> Entry:
        return self._entries[self._fields[repr(value)]]

    def shown(self, style: str) -> Entry:
        return self._entries[self._shown[style]]


@pytest.fixture(scope="module")
def typed(book: bytes) -> Typed:
    return Typed(book)


def stored(book: bytes, cell: str) -> Entry:
    """The entry where the cell's XML is this; `{s}` is its style."""

    def put(xml: str) -> str:
        start = xml.index(f'<c r="{ADDRESS}"')
        end = xml.index("</c>", start) + len("</c>")
        style = re.search(r's="(\d+)"', xml[start:end])
        assert style
        return xml[:start] + cell.format(r=ADDRESS, s=style[1]) + xml[end:]

    return read(with_part(book, sheet_part(SHEET), put)).entries[FIELD]


@pytest.mark.parametrize(("value", "number"), NUMBERS)
def test_a_number_is_a_number(typed: Typed, value: float, number: str) -> None:
    entry = typed.as_(value)
    assert (entry.kind, str(entry.number)) == (EntryKind.NUMBER, number)


@pytest.mark.parametrize("value", SPACES)
def test_spaces_alone_are_blank(typed: Typed, value: str | None) -> None:
    assert typed.as_(value).kind is EntryKind.BLANK


@pytest.mark.parametrize("value", MARKS)
def test_a_mark_is_a_mark(typed: Typed, value: str) -> None:
    entry = typed.as_(value)
    assert (entry.kind, entry.number, entry.raw) == (EntryKind.MARK, None, value)


@pytest.mark.parametrize("value", TEXTS)
def test_text_is_text(typed: Typed, value: str) -> None:
    entry = typed.as_(value)
    assert (entry.kind, entry.number, entry.raw) == (EntryKind.TEXT, None, value)


@pytest.mark.parametrize(("value", "number"), TEXT_NUMBERS)
def test_a_number_typed_as_text_does_not_count(typed: Typed, value: str, number: int) -> None:
    entry = typed.as_(value)
    assert (entry.kind, entry.value) == (EntryKind.TEXT_NUMBER, None)
    assert entry.number == number
    assert (entry.raw, bool(entry.changes)) == (value, True)


@pytest.mark.parametrize(("value", "kind", "raw"), OTHERS)
def test_formulas_booleans_and_dates_are_told_apart_and_not_used(
    typed: Typed, value: object, kind: EntryKind, raw: str
) -> None:
    entry = typed.as_(value)
    assert (entry.kind, entry.number, entry.raw) == (kind, None, raw)


@pytest.mark.parametrize("style", SHOWN)
def test_a_number_shown_another_way_is_still_a_number(typed: Typed, style: str) -> None:
    entry = typed.shown(style)
    assert entry.kind is EntryKind.NUMBER
    assert entry.number == 7


@pytest.mark.parametrize("style", DATED)
def test_a_number_shown_as_a_date_is_a_date(typed: Typed, style: str) -> None:
    assert typed.shown(style).kind is EntryKind.DATE


def test_the_result_of_a_typed_formula_is_not_used_either(book: bytes) -> None:
    entry = stored(book, '<c r="{r}" s="{s}"><f>12+3</f><v>15</v></c>')
    assert (entry.kind, entry.number, entry.raw) == (EntryKind.FORMULA, None, "=12+3")


@pytest.mark.parametrize(
    ("xml", "number"),
    [
        ('<c r="{r}" s="{s}"><v>96171.600000000006</v></c>', "96171.6"),
        ('<c r="{r}" s="{s}"><v>0.10000000000000001</v></c>', "0.1"),
        ('<c r="{r}" s="{s}"><v>4166.2416190000004</v></c>', "4166.241619"),
        ('<c r="{r}" s="{s}"><v>1.2E+3</v></c>', "1200"),
        ('<c s="{s}" r="{r}" t="n"><v>3</v></c>', "3"),
    ],
)
def test_a_number_is_read_as_the_digits_it_really_has(book: bytes, xml: str, number: str) -> None:
    assert str(stored(book, xml).number) == number


@pytest.mark.parametrize(
    "xml",
    [
        '<c r="{r}" s="{s}" t="str"><v>12件</v></c>',
        '<c r="{r}" s="{s}" t="inlineStr"><is><t>12件</t></is></c>',
        '<c r="{r}" s="{s}" t="inlineStr"><is><r><t>12</t></r><r><rPr/><t>件</t></r></is></c>',
        '<c r="{r}" t="inlineStr"><is><t>12件</t><rPh sb="0" eb="1"><t>x</t></rPh></is></c>',
    ],
)
def test_text_is_read_however_it_is_stored(book: bytes, xml: str) -> None:
    assert stored(book, xml).raw == "12件"


def test_an_escaped_character_is_the_character(book: bytes) -> None:
    assert stored(book, '<c r="{r}" t="str"><v>见_x000D_附件</v></c>').raw == "见\r附件"


@pytest.mark.parametrize(
    "xml",
    [
        '<c r="{r}" t="str"><v></v></c>',
        '<c r="{r}" s="{s}"><v></v></c>',
        '<c r="{r}" s="{s}"></c>',
    ],
)
def test_a_cell_that_holds_nothing_is_blank(book: bytes, xml: str) -> None:
    assert stored(book, xml).kind is EntryKind.BLANK


@pytest.mark.parametrize(
    "xml",
    [
        '<c r="{r}" t="s"><v>99999</v></c>',
        '<c r="{r}" t="s"><v>-1</v></c>',
        '<c r="{r}" t="s"><v>x</v></c>',
        '<c r="{r}" t="s"><v>٣</v></c>',
        '<c r="{r}" t="s"><v/></c>',
        '<c r="{r}" t="b"><v/></c>',
        '<c r="{r}" t="x"><v/></c>',
        '<c r="{r}"><v/><v>5</v></c>',
        '<c r="{r}"><v>5</v><is><t/></is></c>',
        '<c r="{r}"><is><t/></is></c>',
        '<c r="{r}"><v><x>5</x></v></c>',
        '<c r="{r}"><f>1</f><f>2</f></c>',
        '<c r="{r}"><x>5</x></c>',
        '<c r="{r}" t="inlineStr"><is><t><x>5</x></t></is></c>',
        '<c r="{r}" t="inlineStr"><is><x>5</x></is></c>',
        '<x><c r="{r}"><v>5</v></c></x>',
    ],
)
def test_what_programs_read_differently_is_never_blank(book: bytes, xml: str) -> None:
    with pytest.raises(UnreadableError, match="显示的数会不一样"):
        stored(book, xml)


def test_what_other_programs_keep_beside_a_cell_is_no_matter(book: bytes) -> None:
    more = "<extLst><ext/></extLst>"
    entry = stored(book, '<c r="{r}"><v>5</v>' + more + "</c>" + more)
    assert entry.number == 5


@pytest.mark.parametrize(
    "xml",
    [
        '<c r="{r}" t="e"><v>#N/A</v></c>',
        '<c r="{r}"><v>NaN</v></c>',
        '<c r="{r}"><v>1_000</v></c>',
        '<c r="{r}"><v>inf</v></c>',
        '<c r="{r}"><v>５</v></c>',
    ],
)
def test_what_is_no_number_is_never_taken_for_one(book: bytes, xml: str) -> None:
    assert stored(book, xml).value is None
