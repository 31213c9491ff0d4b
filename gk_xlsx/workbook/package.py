"""An .xlsx package → its cells as they are stored, formulas and protection included.

One pass per part, no formatting kept. Values are never computed: the formula and the cached
result are told apart, and nobody above uses the result.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from lxml import etree

from gk_xlsx.amounts import from_float
from gk_xlsx.errors import UnreadableError

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_STRICT = "{http://purl.oclc.org/ooxml/spreadsheetml/main}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_STRICT_RELATION = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"
_CUSTOM = "{http://schemas.openxmlformats.org/officeDocument/2006/custom-properties}property"

MAX_ROWS, MAX_COLUMNS, MAX_CELLS = 20_000, 500, 400_000
"""Far beyond any workbook of ours; what is larger is no report."""

_DATE_IDS = frozenset({*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)})
_DATE_CODE = re.compile(r"[ymdhs年月日]", re.IGNORECASE)
_QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.')
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_REFERENCE = re.compile(r"([A-Z]{1,3})(\d{1,7})")


@dataclass(frozen=True, slots=True)
class Stored:
    """One cell as stored.

    Attributes:
        kind: `n` number, `s` text, `b` boolean, `e` error, `d` date; `` for an empty cell.
        text: the text, or the stored form of another value.
        number: the value of a number, rounded to the 15 digits it has.
        formula: without equals sign; None where there is none, "" for an unresolved shared one.
    """

    kind: str
    text: str
    number: Decimal | None
    formula: str | None


@dataclass(frozen=True)
class StoredSheet:
    """One sheet: (row, column) from 0 to its stored cell."""

    name: str
    cells: Mapping[tuple[int, int], Stored]
    protected: bool


class Package:
    """An opened .xlsx; parts are parsed when asked for.

    Raises:
        UnreadableError: from any property, when a needed part is missing or damaged.
    """

    def __init__(self, data: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            self._members = set(self._zip.namelist())
        except (zipfile.BadZipFile, ValueError, OSError) as error:
            raise UnreadableError("文件已损坏，不能作为工作簿打开。") from error
        self._book = self._parse(self._main_part())

    @cached_property
    def sheet_parts(self) -> Mapping[str, str]:
        """Sheet name to part name, in the order of the tabs."""
        targets = self._relations(self._main_part())
        found = {}
        for sheet in _children(self._book, "sheets", "sheet"):
            key = sheet.get(_RELATION) or sheet.get(_STRICT_RELATION) or ""
            if targets.get(key) in self._members:
                found[sheet.get("name", "")] = targets[key]
        return found

    @cached_property
    def names(self) -> Mapping[str, str]:
        """Defined names of the workbook to what they refer to."""
        return {
            item.get("name", ""): (item.text or "").strip()
            for item in _children(self._book, "definedNames", "definedName")
            if item.get("localSheetId") is None
        }

    @cached_property
    def locked(self) -> bool:
        """Whether sheets cannot be added, deleted or renamed."""
        element = next(iter(_of(self._book, "workbookProtection")), None)
        return element is not None and element.get("lockStructure") in ("1", "true")

    @cached_property
    def properties(self) -> Mapping[str, str]:
        """Custom document properties."""
        if "docProps/custom.xml" not in self._members:
            return {}
        root = self._parse("docProps/custom.xml")
        return {
            item.get("name", ""): "".join(item.itertext()).strip() for item in root.iter(_CUSTOM)
        }

    def sheet(self, name: str) -> StoredSheet:
        """A sheet by its name.

        Raises:
            KeyError: if there is no such sheet.
            UnreadableError: if it is damaged or too large.
        """
        root = self._parse(self.sheet_parts[name])
        cells = dict(self._cells(root))
        protection = next(iter(_of(root, "sheetProtection")), None)
        on = protection is not None and protection.get("sheet") in ("1", "true")
        return StoredSheet(name, cells, on)

    # -- parts -----------------------------------------------------------------------------

    def _main_part(self) -> str:
        relations = self._relations("")
        book = next((part for part in relations.values() if part.endswith("workbook.xml")), None)
        if book not in self._members:
            raise UnreadableError("文件不是 Excel 工作簿（.xlsx），或缺少主要部分。")
        return str(book)

    def _relations(self, part: str) -> dict[str, str]:
        folder, _, name = part.rpartition("/")
        path = f"{folder}/_rels/{name}.rels" if part else "_rels/.rels"
        if path.lstrip("/") not in self._members:
            return {}
        return {
            item.get("Id", ""): _resolve(folder, item.get("Target", ""))
            for item in self._parse(path.lstrip("/"))
        }

    def _parse(self, part: str) -> etree._Element:
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
        )
        try:
            root = etree.fromstring(self._zip.read(part), parser)
        except (KeyError, etree.XMLSyntaxError, zipfile.BadZipFile, OSError, ValueError) as error:
            raise UnreadableError(f"工作簿的 {part} 部分已损坏，不能读取。") from error
        return root

    @cached_property
    def _strings(self) -> list[str]:
        part = next((name for name in self._members if name.endswith("sharedStrings.xml")), None)
        if part is None:
            return []
        return [_rich_text(item) for item in _of(self._parse(part), "si")]

    @cached_property
    def _date_styles(self) -> frozenset[int]:
        part = next((name for name in self._members if name.endswith("xl/styles.xml")), None)
        if part is None:
            return frozenset()
        root = self._parse(part)
        custom = {
            int(item.get("numFmtId", "0")): _QUOTED.sub("", item.get("formatCode", ""))
            for item in _children(root, "numFmts", "numFmt")
        }
        dated = _DATE_IDS | {key for key, code in custom.items() if _DATE_CODE.search(code)}
        return frozenset(
            index
            for index, item in enumerate(_children(root, "cellXfs", "xf"))
            if int(item.get("numFmtId", "0")) in dated
        )

    # -- cells -----------------------------------------------------------------------------

    def _cells(self, root: etree._Element) -> Iterator[tuple[tuple[int, int], Stored]]:
        shared: dict[str, tuple[str, tuple[int, int]]] = {}
        seen = 0
        for row_index, row in enumerate(_children(root, "sheetData", "row")):
            at_row = int(row.get("r", row_index + 1)) - 1
            for column_index, item in enumerate(row):
                at = _place(item.get("r"), at_row, column_index)
                seen += 1
                if at[0] >= MAX_ROWS or at[1] >= MAX_COLUMNS or seen > MAX_CELLS:
                    raise UnreadableError("工作表过大，不是本填报表。")
                stored = self._cell(item, at, shared)
                if stored.kind or stored.formula is not None:
                    yield at, stored

    def _cell(
        self,
        item: etree._Element,
        at: tuple[int, int],
        shared: dict[str, tuple[str, tuple[int, int]]],
    ) -> Stored:
        value = formula = None
        kind = item.get("t", "n")
        for child in item:
            tag = etree.QName(child).localname
            if tag == "v":
                value = child.text
            elif tag == "f":
                formula = _formula(child, at, shared)
            elif tag == "is":
                value, kind = _rich_text(child), "str"
        return self._stored(kind, value, formula, int(item.get("s", "0")))

    def _stored(self, kind: str, value: str | None, formula: str | None, style: int) -> Stored:
        if value is None:
            return Stored("", "", None, formula)
        if kind == "s":
            index = int(value)
            text = self._strings[index] if index < len(self._strings) else ""
            return Stored("s" if text else "", text, None, formula)
        if kind in ("str", "inlineStr"):
            text = _unescaped(value)
            return Stored("s" if text else "", text, None, formula)
        if kind in ("b", "e", "d"):
            return Stored(kind, value, None, formula)
        number = _number(value)
        if number is None:
            return Stored("s", value, None, formula)
        return Stored("d" if style in self._date_styles else "n", value, number, formula)


def _formula(
    element: etree._Element,
    at: tuple[int, int],
    shared: dict[str, tuple[str, tuple[int, int]]],
) -> str:
    text = element.text or ""
    key = element.get("si")
    if element.get("t") != "shared" or key is None:
        return text
    if text:
        shared[key] = (text, at)
        return text
    master = shared.get(key)
    return moved(master[0], at[0] - master[1][0], at[1] - master[1][1]) if master else ""


_MOVABLE = re.compile(r"(\$?)([A-Z]{1,3})(\$?)(\d{1,7})(?![\d(])|\"[^\"]*\"|'[^']*'")


def moved(formula: str, rows: int, columns: int) -> str:
    """A formula as it reads after being filled so many rows down and columns right."""

    def shift(match: re.Match[str]) -> str:
        if match[4] is None:
            return match[0]
        column = match[2] if match[1] else _letters(_index(match[2]) + columns)
        row = match[4] if match[3] else str(int(match[4]) + rows)
        return f"{match[1]}{column}{match[3]}{row}"

    return _MOVABLE.sub(shift, formula)


def _place(reference: str | None, row: int, column: int) -> tuple[int, int]:
    match = _REFERENCE.fullmatch(reference) if reference else None
    return (int(match[2]) - 1, _index(match[1])) if match else (row, column)


def _index(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def _letters(index: int) -> str:
    return (_letters(index // 26 - 1) if index >= 26 else "") + chr(65 + index % 26)


def _number(text: str) -> Decimal | None:
    try:
        number = float(text)
    except ValueError:
        return None
    return from_float(number) if abs(number) < float("inf") else None


def _rich_text(element: etree._Element) -> str:
    """All runs of a text, without the phonetic guides."""
    parts = [
        node.text or ""
        for node in element.iter()
        if isinstance(node.tag, str)
        and etree.QName(node).localname == "t"
        and etree.QName(node.getparent()).localname != "rPh"
    ]
    return _unescaped("".join(parts))


def _unescaped(text: str) -> str:
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text


def _of(root: etree._Element, name: str) -> Iterator[etree._Element]:
    return root.iter(MAIN + name, _STRICT + name)


def _children(root: etree._Element, parent: str, name: str) -> Iterator[etree._Element]:
    for element in _of(root, parent):
        yield from (item for item in element if item.tag in (MAIN + name, _STRICT + name))


def _resolve(folder: str, target: str) -> str:
    if target.startswith("/"):
        return target[1:]
    parts = [*folder.split("/"), *target.split("/")] if folder else target.split("/")
    path: list[str] = []
    for part in parts:
        if part == "..":
            path = path[:-1]
        elif part not in ("", "."):
            path.append(part)
    return "/".join(path)
