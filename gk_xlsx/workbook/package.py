"""An .xlsx package → its parts: sheets by name, defined names, properties, protection.

Parts are parsed when they are asked for, by the standard library's own parser: it is the
quickest to walk, and workbooks are opened without loading another. Nothing is computed.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from functools import cached_property
from xml.etree.ElementTree import Element, ParseError, XMLParser

from gk_xlsx.errors import UnreadableError
from gk_xlsx.workbook.cells import (
    MAIN,
    OPEN_AND_SAVE,
    Shared,
    StoredSheet,
    TooLargeError,
    rich_text,
)

_DOCUMENT = "http://schemas.openxmlformats.org/officeDocument/2006"
_STRICT = {
    b"http://purl.oclc.org/ooxml/spreadsheetml/main": MAIN.strip("{}").encode(),
    b"http://purl.oclc.org/ooxml/officeDocument": _DOCUMENT.encode(),
}
"""Namespaces of the strict variant and those that everyone else writes."""
_RELATION = f"{{{_DOCUMENT}/relationships}}id"
_KIND = f"{_DOCUMENT}/relationships/"
"""Begins the kinds of parts: programs find a part by what it is said to be, never by its name."""

_DATE_IDS = frozenset({*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)})
"""Built-in number formats that show dates or times. Source: ECMA-376 part 1, 18.8.30."""
_DATE_CODE = re.compile(r"[ymdhs年月日]", re.IGNORECASE)
_MAX_STYLES, _LONGEST_CODE = 65_490, 1000
"""Cell styles that Excel allows; letters of a number format that are looked at (it allows 255)."""
_QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.')

MAX_MEMORY = 400 * 2**20
"""Bytes that the parsed parts of a workbook may take together, by the estimate of `_weight`."""
_ELEMENT, _ATTRIBUTE = 150, 250
"""Bytes of memory that each takes when parsed; measured."""
_SMALL = 2**20
"""Bytes of a part that can do no harm, however it is built."""
_DEEP = re.compile(rb"(?:<[^/!?<>]++(?<!/)>[^<]*+){40}")
"""So many elements begun one in the other; a sheet has five. Each keeps the parser's memory."""

_UNREADABLE = (zipfile.BadZipFile, zlib.error, OSError, EOFError, LookupError, RuntimeError)
"""What the archive raises for members that are damaged, encrypted or packed unusually."""


class Package:
    """An opened .xlsx.

    Raises:
        UnreadableError: from any property, when a needed part is missing or damaged.
    """

    def __init__(self, data: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            self._members = frozenset(self._zip.namelist())
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
            raise UnreadableError("文件已损坏，不能作为工作簿打开。") from error
        self._weight = 0
        self._main = self._main_part()
        self._book = self._parse(self._main)

    @cached_property
    def sheet_parts(self) -> Mapping[str, str]:
        """Sheet name to part name, in the order of the tabs; sheets without part left out."""
        targets = self._relations(self._main)
        sheets = self._book.findall(f"{MAIN}sheets/{MAIN}sheet")
        if len({sheet.get("name", "").casefold() for sheet in sheets}) < len(sheets):
            raise _damaged(self._main)
        found = {
            sheet.get("name", ""): targets.get(sheet.get(_RELATION, ""), ("", ""))[1]
            for sheet in sheets
        }
        return {name: part for name, part in found.items() if part in self._members}

    @cached_property
    def names(self) -> Mapping[str, str]:
        """Defined names of the workbook to what they refer to."""
        return {
            item.get("name", ""): (item.text or "").strip()
            for item in self._book.iterfind(f"{MAIN}definedNames/{MAIN}definedName")
            if item.get("localSheetId") is None
        }

    @cached_property
    def locked(self) -> bool:
        """Whether sheets cannot be added, deleted or renamed.

        LibreOffice keeps the element and drops its attribute.
        """
        element = self._book.find(f"{MAIN}workbookProtection")
        return element is not None and element.get("lockStructure", "1") in ("1", "true")

    @cached_property
    def properties(self) -> Mapping[str, str]:
        """Custom document properties."""
        kinds = ("custom-properties", "customProperties")  # the strict variant's is the second
        part = next(filter(None, (self._of_kind("", kind) for kind in kinds)), "")
        return {
            item.get("name", ""): "".join(item.itertext()).strip()
            for item in (self._parse(part) if part else ())
        }

    def sheet(self, name: str) -> StoredSheet:
        """A sheet by its name.

        Raises:
            KeyError: if there is no such sheet.
            UnreadableError: if it is damaged or too large.
        """
        part = self.sheet_parts[name]
        try:
            return StoredSheet(name, self._parse(part), self._shared)
        except ValueError as error:
            raise _damaged(part) from error

    @cached_property
    def _shared(self) -> Shared:
        return Shared(lambda: self._strings, lambda: self._date_styles)

    @cached_property
    def _strings(self) -> list[str]:
        part = self._related("sharedStrings")
        return [rich_text(item) for item in self._parse(part)] if part else []

    @cached_property
    def _date_styles(self) -> frozenset[str]:
        part = self._related("styles")
        return frozenset(_dated(self._parse(part))) if part else frozenset()

    def _related(self, kind: str) -> str:
        """The workbook's part of a kind, or empty."""
        return self._of_kind(self._main, kind)

    def _of_kind(self, source: str, kind: str) -> str:
        """The part of a kind that a part refers to, or empty; of several nobody knows which."""
        found = [part for told, part in self._relations(source).values() if told == _KIND + kind]
        if len(found) > 1:
            raise _damaged(source or "_rels/.rels")
        return next((part for part in found if part in self._members), "")

    def _main_part(self) -> str:
        book = self._of_kind("", "officeDocument")
        if not book:
            raise UnreadableError("文件不是 Excel 工作簿（.xlsx），或缺少主要部分。")
        return book

    def _relations(self, source: str) -> Mapping[str, tuple[str, str]]:
        """Relationship ids of a part (`""`: of the package) to kinds and targets."""
        folder, name = posixpath.split(source)
        path = posixpath.join(folder, "_rels", f"{name}.rels")
        items = self._parse(path) if path in self._members else ()
        inside = [item for item in items if item.get("TargetMode") != "External"]
        found = {
            item.get("Id", ""): (item.get("Type", ""), _within(folder, item.get("Target", "")))
            for item in inside
        }
        if len(found) < len(inside):
            raise _damaged(path)
        return found

    def _weigh(self, data: bytes) -> None:
        """Before a part is parsed: a bomb is told by its marks, without taking memory for them.

        Raises:
            UnreadableError: if it would take too much, with those parsed before.
        """
        self._weight += _estimate(data)
        if self._weight > MAX_MEMORY or (len(data) > _SMALL and _DEEP.search(data)):
            raise TooLargeError("工作簿的内容异常庞大，不像是填报表。", OPEN_AND_SAVE)

    def _parse(self, part: str) -> Element:
        parser = XMLParser()  # noqa: S314 — a DOCTYPE, without which there are no entities, is refused
        try:
            data = self._zip.read(part)
            if b"<!DOCTYPE" in data or b"\0" in data:
                raise _damaged(part)
            self._weigh(data)
            for strict, usual in _STRICT.items():
                data = data.replace(strict, usual)
            parser.feed(data)
            return parser.close()
        except (*_UNREADABLE, ParseError, ValueError) as error:
            raise _damaged(part) from error


def _within(folder: str, target: str) -> str:
    """A target as the name of a part."""
    return posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")


def _estimate(data: bytes) -> int:
    """Bytes of memory that a part takes when parsed, roughly and rather too many."""
    elements = data.count(b"<") - data.count(b"</")
    return len(data) + elements * _ELEMENT + data.count(b"=") * _ATTRIBUTE


def _dated(styles: Element) -> Iterator[str]:
    """The cell styles whose number format shows a date."""
    custom = {
        item.get("numFmtId", ""): _QUOTED.sub("", item.get("formatCode", "")[:_LONGEST_CODE])
        for item in styles.iterfind(f"{MAIN}numFmts/{MAIN}numFmt")
    }
    dated = {key for key, code in custom.items() if _DATE_CODE.search(code)}
    dated |= {str(key) for key in _DATE_IDS} - custom.keys()
    for index, item in enumerate(styles.iterfind(f"{MAIN}cellXfs/{MAIN}xf")):
        if index > _MAX_STYLES:
            raise TooLargeError("工作簿的单元格样式过多，不像是填报表。", OPEN_AND_SAVE)
        if item.get("numFmtId") in dated:
            yield str(index)


def _damaged(part: str) -> UnreadableError:
    return UnreadableError(f"工作簿的 {part} 部分已损坏，不能读取。")
