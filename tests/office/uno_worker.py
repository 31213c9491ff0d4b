"""Runs under the system's Python, which has `uno`: one spreadsheet, driven by lines of JSON.

Not imported by the tests: `recalculation.RecalcSession` starts it, writes one request a line and
reads one answer a line. It needs nothing but the standard library and `uno`.
"""

from __future__ import annotations

import json
import re
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.connection import NoConnectException
from com.sun.star.lang import Locale
from com.sun.star.uno import RuntimeException
from com.sun.star.util.NumberFormat import LOGICAL

Value = float | str | bool | None
Place = tuple[int, int]
"""Column and row, from 0."""

XLSX = "Calc MS Excel 2007 XML"
CONNECT_SECONDS = 60
_ADDRESS = re.compile(r"\$?([A-Z]{1,3})\$?([1-9][0-9]*)")


class Sheet:
    """A sheet of the open document; only what changes is written, in blocks."""

    def __init__(self, sheet: Any, logical_look: int) -> None:
        self._sheet = sheet
        self._ranges: dict[tuple[int, int, int, int], Any] = {}
        self._now: dict[Place, Value] = {}
        self._logical_look = logical_look
        self._before = self._contents()

    def set(self, values: Mapping[Place, Value]) -> None:
        """Put values into cells; None empties a cell.

        Raises:
            PermissionError: for a locked cell of a protected sheet.
        """
        changed = {place: value for place, value in values.items() if self._differs(place, value)}
        logical = {place: value for place, value in changed.items() if isinstance(value, bool)}
        self._forget_logical_look(changed)
        for first, rows in _blocks({key: changed[key] for key in changed.keys() - logical.keys()}):
            data = tuple(tuple("" if value is None else value for value in row) for row in rows)
            self._write(first, data)
        for place, value in logical.items():
            self._write(place, (("",),))
            self._set_logical(place, value=value)
        self._now.update(changed)

    def reset(self) -> None:
        """Put back what stood in the file."""
        formulas = {
            place: text
            for place in self._now
            if isinstance(text := self._before.get(place), str) and text.startswith("=")
        }
        self.set({place: self._before.get(place) for place in self._now.keys() - formulas.keys()})
        for place, text in formulas.items():
            self._range(*place, *place).getCellByPosition(0, 0).setFormula(text)
        self._now.clear()

    def read(self, places: list[Place]) -> list[Any]:
        """What stands in cells; an error as {"error": "#DIV/0!"}, an empty cell as ''."""
        left, right = min(place[0] for place in places), max(place[0] for place in places)
        top, bottom = min(place[1] for place in places), max(place[1] for place in places)
        area = self._range(left, top, right, bottom)
        data = area.getDataArray()
        return [
            _error(area.getCellByPosition(column - left, row - top))
            if data[row - top][column - left] is None
            else data[row - top][column - left]
            for column, row in places
        ]

    def unprotect(self, password: str) -> None:
        """Take the protection off."""
        self._sheet.unprotect(password)

    def _differs(self, place: Place, value: Value) -> bool:
        now = self._now[place] if place in self._now else self._before.get(place)
        return type(now) is not type(value) or now != value

    def _set_logical(self, place: Place, *, value: bool) -> None:
        """TRUE() with the look that LibreOffice gives it by itself, but only the first time."""
        cell = self._range(*place, *place).getCellByPosition(0, 0)
        cell.setFormula(f"={value}()".upper())
        cell.NumberFormat = self._logical_look

    def _forget_logical_look(self, changed: Mapping[Place, Value]) -> None:
        """A cell that held TRUE() keeps a logical format, and ISLOGICAL looks at nothing else."""
        for place in changed:
            if isinstance(self._now.get(place), bool):
                self._range(*place, *place).getCellByPosition(0, 0).NumberFormat = 0

    def _write(self, first: Place, data: tuple[tuple[float | str, ...], ...]) -> None:
        column, row = first
        area = self._range(column, row, column + len(data[0]) - 1, row + len(data) - 1)
        try:
            area.setDataArray(data)
        except RuntimeException as error:
            raise PermissionError(f"locked: {area.AbsoluteName}") from error

    def _range(self, left: int, top: int, right: int, bottom: int) -> Any:
        key = (left, top, right, bottom)
        if key not in self._ranges:
            self._ranges[key] = self._sheet.getCellRangeByPosition(*key)
        return self._ranges[key]

    def _contents(self) -> dict[Place, Value]:
        cursor = self._sheet.createCursor()
        cursor.gotoEndOfUsedArea(False)
        end = cursor.RangeAddress
        area = self._range(0, 0, end.EndColumn, end.EndRow)
        pairs = zip(area.getDataArray(), area.getFormulaArray(), strict=True)
        return {
            (column, row): formula if formula.startswith("=") else value
            for row, (values, formulas) in enumerate(pairs)
            for column, (value, formula) in enumerate(zip(values, formulas, strict=True))
            if formula
        }


class Worker:
    """Answers requests about the document that was loaded last."""

    def __init__(self, pipe: str) -> None:
        self._desktop = _connect(pipe)
        self._document: Any = None
        self._sheets: dict[str, Sheet] = {}
        self._names: dict[str, tuple[str, Place]] = {}

    def load(self, path: str) -> None:
        """Open a workbook in place of the one before."""
        self.close()
        hidden = _property("Hidden", value=True)
        url = Path(path).resolve().as_uri()
        self._document = self._desktop.loadComponentFromURL(url, "_blank", 0, (hidden,))
        if self._document is None:
            raise OSError(f"LibreOffice cannot open {path}")
        self._document.enableAutomaticCalculation(False)

    def set(self, cells: list[tuple[str, str, Value]]) -> None:
        """Put values into cells, given as sheet, address, value."""
        by_sheet: dict[str, dict[Place, Value]] = {}
        for sheet, address, value in cells:
            by_sheet.setdefault(sheet, {})[_place(address)] = value
        for sheet, values in by_sheet.items():
            self._sheet(sheet).set(values)

    def calculate(self) -> None:
        """Compute every formula that depends on what was set."""
        self._document.calculate()

    def read(self, cells: list[tuple[str, str]]) -> list[Any]:
        """What stands in cells, in the order asked for."""
        return self._read([(sheet, _place(address)) for sheet, address in cells])

    def read_names(self, names: list[str]) -> list[Any]:
        """What stands in the first cell of each defined name."""
        return self._read([self._name(name) for name in names])

    def reset(self) -> None:
        """Put back what stood in the file."""
        for sheet in self._sheets.values():
            sheet.reset()

    def unprotect(self, sheet: str, password: str) -> None:
        """Take the protection off a sheet."""
        self._sheet(sheet).unprotect(password)

    def save(self, path: str) -> None:
        """Write the document as an .xlsx file, as LibreOffice does."""
        url = Path(path).resolve().as_uri()
        self._document.storeToURL(url, (_property("FilterName", XLSX),))

    def close(self) -> None:
        """Close the document, if one is open."""
        if self._document is not None:
            self._document.close(True)
        self._document = None
        self._sheets.clear()
        self._names.clear()

    def terminate(self) -> None:
        """End LibreOffice."""
        self._desktop.terminate()

    def _sheet(self, name: str) -> Sheet:
        if name not in self._sheets:
            formats = self._document.getNumberFormats()
            logical_look = formats.getStandardFormat(LOGICAL, Locale())
            self._sheets[name] = Sheet(self._document.Sheets.getByName(name), logical_look)
        return self._sheets[name]

    def _name(self, name: str) -> tuple[str, Place]:
        if name not in self._names:
            area = self._document.NamedRanges.getByName(name).getReferredCells()
            if area is None:
                raise LookupError(f"{name} names no cell")
            first = area.RangeAddress
            sheet = self._document.Sheets.getByIndex(first.Sheet).Name
            self._names[name] = (sheet, (first.StartColumn, first.StartRow))
        return self._names[name]

    def _read(self, cells: list[tuple[str, Place]]) -> list[Any]:
        found: dict[tuple[str, Place], Any] = {}
        for sheet in {sheet for sheet, _ in cells}:
            places = [place for name, place in cells if name == sheet]
            values = self._sheet(sheet).read(places)
            found.update(
                {(sheet, place): value for place, value in zip(places, values, strict=True)}
            )
        return [found[cell] for cell in cells]


def _blocks(values: Mapping[Place, Value]) -> Iterator[tuple[Place, list[list[Value]]]]:
    """Values as rectangles without gaps: the first place and the rows."""
    runs: dict[tuple[int, int], list[int]] = {}
    for left, right, row in _runs(sorted(values, key=lambda place: (place[1], place[0]))):
        runs.setdefault((left, right), []).append(row)
    for (left, right), rows in runs.items():
        for top, bottom in _neighbours(rows):
            yield (
                (left, top),
                [
                    [values[column, row] for column in range(left, right + 1)]
                    for row in range(top, bottom + 1)
                ],
            )


def _runs(places: list[Place]) -> Iterator[tuple[int, int, int]]:
    """Neighbouring cells of one row: first column, last column, row."""
    by_row: dict[int, list[int]] = {}
    for column, row in places:
        by_row.setdefault(row, []).append(column)
    for row, columns in by_row.items():
        for left, right in _neighbours(columns):
            yield left, right, row


def _neighbours(numbers: list[int]) -> Iterator[tuple[int, int]]:
    """Runs of consecutive numbers out of ascending ones: first and last."""
    first = last = numbers[0]
    for number in numbers[1:]:
        if number != last + 1:
            yield first, last
            first = number
        last = number
    yield first, last


def _place(address: str) -> Place:
    match = _ADDRESS.fullmatch(address)
    if not match:
        raise ValueError(f"no cell: {address}")
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - 64
    return column - 1, int(match[2]) - 1


def _error(cell: Any) -> dict[str, str]:
    return {"error": cell.String}


def _property(name: str, value: object) -> Any:
    item = PropertyValue()
    item.Name, item.Value = name, value
    return item


def _connect(pipe: str) -> Any:
    local = uno.getComponentContext()
    create = local.ServiceManager.createInstanceWithContext
    resolver = create("com.sun.star.bridge.UnoUrlResolver", local)
    deadline = time.monotonic() + CONNECT_SECONDS
    while True:
        try:
            context = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
            break
        except NoConnectException:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.05)
    return context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)


def _answer(worker: Worker, line: str) -> dict[str, Any]:
    request = json.loads(line)
    action: Callable[..., Any] = getattr(worker, request.pop("do"))
    try:
        return {"result": action(**request)}
    except Exception as error:  # noqa: BLE001 — whatever went wrong belongs to the asking test
        return {"error": f"{type(error).__name__}: {error}"}


def main(pipe: str) -> None:
    """Answer requests until the asking side is gone, then end LibreOffice."""
    worker = Worker(pipe)
    print(json.dumps({"result": "ready"}), flush=True)
    for line in sys.stdin:
        print(json.dumps(_answer(worker, line)), flush=True)
    worker.terminate()


if __name__ == "__main__":
    main(sys.argv[1])
