"""Whether a file is something this program shows an office, told by its content.

Reports are not: a report of ours that lies in a folder may be one that came in.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from contextlib import suppress
from pathlib import Path

from gk_xlsx.findings import Verdict
from gk_xlsx.outputs.collected_lists import NAMES

_ZIP = b"PK\x03\x04"
_BEGINNING = 4096
"""Bytes of a page, of JSON or of a text in which it is told."""
_LARGEST = 2**20
"""Bytes of the parts that are looked at; ours are far smaller."""
_SHEET = re.compile(r'<sheet [^>]*?name="([^"]*)"')
_LETTER = re.compile(r"<dc:title>[^<]*审核意见</dc:title>")
_SHOWN = re.compile(
    r"<!DOCTYPE html>\s*<html[^>]*>.*?<title>[^<]*(?:核验结果|收件情况)</title>.*"
    r'|\{\s*"version": *\d+,\s*"(?:summary|same)":.*'
    r"|[^\n]+\n　文件 [^\n]+\n.*"
    rf"|[^\n]+：{Verdict.UNREADABLE.label}\n.*"
    r"|甲：[^\n]*\n乙：.*",
    re.DOTALL,
)
"""How pages, JSON and texts of findings, of what came in and of comparisons begin."""


def is_shown(path: Path) -> bool:
    """Whether it is a list, findings, a comparison or a letter, as this program makes them."""
    with suppress(OSError, ValueError, LookupError, NotImplementedError, *_BROKEN):
        if not path.is_file():  # a device or a pipe would never end
            return False
        with path.open("rb") as file:
            beginning = file.read(_BEGINNING)
        if beginning.startswith(_ZIP):
            return _is_shown_package(path)
        return _SHOWN.match(beginning.decode(errors="replace")) is not None
    return False


_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError)
"""What the library raises for archives that are not as they should be."""


def _is_shown_package(path: Path) -> bool:
    with zipfile.ZipFile(path) as package:
        if "xl/workbook.xml" in package.namelist():
            return tuple(_SHEET.findall(_part(package, "xl/workbook.xml"))) == NAMES
        return _LETTER.search(_part(package, "docProps/core.xml")) is not None


def _part(package: zipfile.ZipFile, name: str) -> str:
    with package.open(name) as part:
        return part.read(_LARGEST).decode(errors="replace")
