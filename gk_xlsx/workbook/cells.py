"""A sheet's XML → its cells as they are stored; formula and cached result are told apart.

A cell is looked into only when it is asked for: most cells of a workbook of ours are formulas
that nobody reads back.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from xml.etree.ElementTree import Element

from gk_xlsx.amounts import from_float
from gk_xlsx.errors import UnreadableError
from gk_xlsx.plan.model import column_letters

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"

MAX_ROWS, MAX_COLUMNS, MAX_CELLS = 20_000, 500, 1_200_000
"""Beyond any workbook of ours: 5 000 reports on 明细 are a million cells."""

LONGEST_TEXT = 32_767
"""Characters that a cell can hold in Excel."""
MAX_REPEATED, MAX_MOVED = 5_000_000, 2_000_000
"""Characters of a sheet that the file holds once and many cells show: texts, shared formulas.

What stands in the file once for each cell is bounded by the size of the file.
"""

_LONGEST_INDEX = 10
"""Digits; Python refuses to read numbers of some thousand."""
_LONGEST_COLUMN = 3
"""Letters of the last column, XFD."""

_TOO_LARGE = "工作表过大，不是本填报表。"
_TOO_WORDY = "工作簿里的文字或公式过多，不像是填报表。"
_AMBIGUOUS = "工作表有的格位置、写法不对或出现两次，各种程序显示的数会不一样，不能读取。"
OPEN_AND_SAVE = "请用 WPS 或 Excel 打开核对后另存。"

_ROWS = f"{MAIN}sheetData/*"
_VALUE, _FORMULA, _INLINE = f"{MAIN}v", f"{MAIN}f", f"{MAIN}is"
_TEXT, _PHONETIC = f"{MAIN}t", f"{MAIN}rPh"
_ROW, _CELL, _MORE = f"{MAIN}row", f"{MAIN}c", f"{MAIN}extLst"
_IN_TEXT = frozenset({_TEXT, _PHONETIC, _MORE, f"{MAIN}r", f"{MAIN}phoneticPr"})
_IN_CELL = frozenset({_FORMULA, _VALUE, _INLINE, _MORE})
_KINDS = frozenset({"n", "s", "str", "inlineStr", "b", "e", "d"})
"""What a cell may hold. Source: ECMA-376 part 1, 18.18.11 ST_CellType."""

_DIGITS = "0123456789"
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_MOVABLE = re.compile(r"(\$?)([A-Z]{1,3})(\$?)(\d{1,7})(?![\d(])|\"[^\"]*\"|'[^']*'")

Place = tuple[int, int]
"""Row and column, from 0."""


@dataclass(frozen=True, slots=True)
class Stored:
    """One cell as stored.

    Attributes:
        kind: `n` number, `s` text, `b` boolean, `e` error, `d` date; `` without a value.
        text: the text, or the stored form of another value.
        number: the value of a number or date, rounded to the 15 digits it has.
        formula: without equals sign; None where there is none, "" for an unresolved shared one.
    """

    kind: str
    text: str
    number: Decimal | None = None
    formula: str | None = None

    @property
    def typed(self) -> str:
        """The text or number that somebody typed, else empty.

        What a formula, an error or a truth value shows was not written by anybody.
        """
        return self.text if self.formula is None and self.kind in ("s", "n", "d") else ""


class TooLargeError(UnreadableError):
    """A workbook with far more in it than any of ours."""

    code = "FI05"
    name = "too-large"


class Allowance:
    """How many characters may still be taken from a workbook."""

    def __init__(self, characters: int) -> None:
        self._left = characters

    def take(self, text: str) -> str:
        """The text itself, once it is counted.

        Raises:
            TooLargeError: if that is more than may be taken in all.
        """
        self._left -= len(text)
        if self._left < 0:
            raise TooLargeError(_TOO_WORDY, OPEN_AND_SAVE)
        return text


@dataclass(frozen=True)
class Shared:
    """What all sheets of a workbook share.

    Attributes:
        strings: the shared strings, by index; made when first asked for.
        dated: the cell styles, by index, that show a number as a date; made when asked for.
    """

    strings: Callable[[], Sequence[str]]
    dated: Callable[[], frozenset[str]]


class StoredSheet:
    """One sheet; cells without value and formula are left out."""

    def __init__(self, name: str, root: Element, shared: Shared) -> None:
        """Index the cells.

        Raises:
            UnreadableError: if the sheet is far larger than any of ours, or tells a cell twice.
        """
        self.name = name
        self.protected = _is_protected(root)
        self._shared = shared
        self._elements = _filled(root)
        self._looked_into: dict[Place, Stored | None] = {}
        self._masters: Mapping[str, tuple[Place, str]] | None = None
        self._shown: set[int] = set()
        self._repeated, self._moved = Allowance(MAX_REPEATED), Allowance(MAX_MOVED)

    def at(self, place: Place) -> Stored | None:
        """What is stored in a cell, or None."""
        if place not in self._looked_into:
            element = self._elements.get(place)
            self._looked_into[place] = None if element is None else self._stored(place, element)
        return self._looked_into[place]

    def text_at(self, place: Place) -> str:
        """What was typed into a cell, empty where nothing was."""
        stored = self.at(place)
        return stored.typed if stored else ""

    def cells(self, columns: range) -> Iterator[tuple[Place, Stored]]:
        """Everything stored in some columns, in the order of the file: row by row."""
        for place in self._elements:
            if place[1] in columns:
                stored = self.at(place)
                if stored is not None:
                    yield place, stored

    def texts(self, columns: range) -> dict[Place, str]:
        """The typed texts in some columns: no numbers, no results of formulas."""
        return {
            place: stored.text
            for place, stored in self.cells(columns)
            if stored.kind == "s" and stored.formula is None
        }

    def _stored(self, place: Place, element: Element) -> Stored | None:
        kind, parts = element.get("t", "n"), _parts(element)
        formula = self._formula(parts[_FORMULA], place) if _FORMULA in parts else None
        if _INLINE in parts:
            value: str | None = rich_text(parts[_INLINE])
        else:
            value = parts[_VALUE].text if _VALUE in parts else None
        if value is not None:
            return self._valued(kind, value, formula, element)
        if formula is not None:
            return Stored("", "", None, formula)
        if _VALUE in parts and kind in ("s", "b", "e", "d"):
            raise _ambiguous()
        return None

    def _valued(self, kind: str, value: str, formula: str | None, element: Element) -> Stored:
        if len(value) > LONGEST_TEXT:
            raise TooLargeError(_TOO_WORDY, OPEN_AND_SAVE)
        if kind == "n":
            number = _number(value)
            if number is None:
                return Stored("s", value, None, formula)
            dated = element.get("s", "0") in self._shared.dated()
            return Stored("d" if dated else "n", value, number, formula)
        if kind in ("b", "e", "d"):
            return Stored(kind, value, None, formula)
        text = self._string(value) if kind == "s" else unescaped(value)
        return Stored("s" if text else "", text, None, formula)

    def _string(self, index: str) -> str:
        strings = self._shared.strings()
        told = index.isascii() and index.isdecimal() and len(index) < _LONGEST_INDEX
        if not told or (at := int(index)) >= len(strings):
            raise _ambiguous()
        if len(strings[at]) > LONGEST_TEXT:
            raise TooLargeError(_TOO_WORDY, OPEN_AND_SAVE)
        if at in self._shown:
            return self._repeated.take(strings[at])
        self._shown.add(at)
        return strings[at]

    def _formula(self, element: Element, place: Place) -> str:
        text, key = element.text or "", element.get("si")
        if text or element.get("t") != "shared" or key is None:
            return text
        if self._masters is None:
            self._masters = dict(_masters(self._elements))
        if key not in self._masters:
            return ""
        master, formula = self._masters[key]
        self._moved.take(formula)
        return moved(formula, place[0] - master[0], place[1] - master[1])


def _parts(cell: Element) -> Mapping[str, Element]:
    """Formula, value and inline text of a cell, by their tags.

    Raises:
        UnreadableError: if it says two things, or in a way that programs take differently.
    """
    kind, parts = cell.get("t", "n"), {child.tag: child for child in cell}
    doubled = len(parts) < len(cell)
    unknown = not parts.keys() <= _IN_CELL or kind not in _KINDS
    inline = _INLINE in parts and (_VALUE in parts or kind != "inlineStr")
    if doubled or unknown or inline or (_VALUE in parts and len(parts[_VALUE])):
        raise _ambiguous()
    return parts


def _is_protected(root: Element) -> bool:
    element = root.find(f"{MAIN}sheetProtection")
    return element is not None and element.get("sheet") in ("1", "true")


def _filled(root: Element) -> dict[Place, Element]:
    """The cells that hold anything, by their place.

    Raises:
        UnreadableError: if they are too many, or one is told twice or in the row of another:
            every program makes something else of that.
    """
    filled: dict[Place, Element] = {}
    at_row = -1
    seen = 0
    for row in root.iterfind(_ROWS):
        if row.tag != _ROW:
            raise _ambiguous()
        at_row = _row_number(row, at_row)
        seen += len(row)
        if seen > MAX_CELLS:
            raise TooLargeError(_TOO_LARGE)
        for column, cell in _in_row(row, str(at_row + 1)):
            if at_row >= MAX_ROWS:  # LibreOffice writes the last row of the sheet, empty
                raise TooLargeError(_TOO_LARGE)
            if (at_row, column) in filled:
                raise _ambiguous()
            filled[at_row, column] = cell
    return filled


def _row_number(row: Element, before: int) -> int:
    """From 0; a row that does not say it follows the one before."""
    number = row.get("r", str(before + 2))
    if not (number.isascii() and number.isdecimal()) or int(number) < 1:
        raise _ambiguous()
    return int(number) - 1


def _in_row(row: Element, number: str) -> Iterator[tuple[int, Element]]:
    """The cells of a row that hold anything; one that does not say where follows the one before."""
    column = -1
    for cell in row:
        if cell.tag == _MORE:
            continue
        if cell.tag != _CELL:
            raise _ambiguous()
        place = cell.get("r", "")
        letters = place.rstrip(_DIGITS)
        column = _column(letters) if place else column + 1
        if place and place[len(letters) :] != number:
            raise _ambiguous()
        if len(cell):
            if column >= MAX_COLUMNS:
                raise TooLargeError(_TOO_LARGE)
            yield column, cell


@cache
def _column(letters: str) -> int:
    """A → 0, Z → 25, AA → 26."""
    if not (letters.isascii() and letters.isalpha() and letters.isupper()):
        raise _ambiguous()
    if len(letters) > _LONGEST_COLUMN:
        raise TooLargeError(_TOO_LARGE)
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def _ambiguous() -> UnreadableError:
    return UnreadableError(_AMBIGUOUS, OPEN_AND_SAVE)


def _masters(cells: Mapping[Place, Element]) -> Iterator[tuple[str, tuple[Place, str]]]:
    """Shared formulas by their key: where each was typed, and how it reads there."""
    for place, cell in cells.items():
        formula = cell.find(_FORMULA)
        if formula is not None and formula.text and formula.get("t") == "shared":
            yield formula.get("si", ""), (place, formula.text)


def moved(formula: str, rows: int, columns: int) -> str:
    """A formula as it reads after being filled so many rows down and columns right."""

    def shift(match: re.Match[str]) -> str:
        if match[4] is None:
            return match[0]
        column = match[2] if match[1] else column_letters(max(0, _column(match[2]) + columns))
        row = match[4] if match[3] else str(int(match[4]) + rows)
        return f"{match[1]}{column}{match[3]}{row}"

    return _MOVABLE.sub(shift, formula)


def rich_text(element: Element) -> str:
    """All runs of a text, without the phonetic guides.

    Raises:
        UnreadableError: if there is anything else in it, of which programs show more or less.
    """
    if len(element) == 1 and element[0].tag == _TEXT and not len(element[0]):
        return unescaped(element[0].text or "")
    runs = [part for part in element if part.tag != _PHONETIC]
    texts = [item for run in runs for item in run.iter(_TEXT)]
    if any(map(len, texts)) or any(part.tag not in _IN_TEXT for part in element):
        raise _ambiguous()
    return unescaped("".join(item.text or "" for item in texts))


def unescaped(text: str) -> str:
    """A stored text with `_x000D_` and the like as the characters they stand for.

    Two halves of a character become one; a half that is alone stands for none.
    """
    if "_x" not in text:
        return text
    told = _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)
    return told.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _number(text: str) -> Decimal | None:
    try:
        number = float(text) if text.isascii() and "_" not in text else math.nan
    except ValueError:
        return None
    return from_float(number) if math.isfinite(number) else None
