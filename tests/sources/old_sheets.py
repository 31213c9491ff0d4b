"""Tiny .xls and .ods files, record by record and element by element."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape

from tests.sources.files import ole

Place = tuple[int, int]

BOOK, SHEET = 0x0005, 0x0010
FILEPASS, ROW, COLUMNS, MERGED, ERROR = 0x2F, 0x208, 0x7D, 0xE5, 0x205


def record(kind: int, body: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(body)) + body


def _begin(kind: int) -> bytes:
    return record(0x809, struct.pack("<HHHHII", 0x0600, kind, 0, 0, 0, 0x06))


def number(place: Place, value: float) -> bytes:
    return record(0x203, struct.pack("<HHHd", *place, 0, value))


def label(place: Place, text: str) -> bytes:
    return record(0x204, struct.pack("<HHHHB", *place, 0, len(text), 1) + text.encode("utf-16-le"))


def formula(place: Place, result: float) -> bytes:
    """1+1, whatever was kept as its result."""
    tokens = b"\x1e\x01\x00\x1e\x01\x00\x03"
    head = struct.pack("<HHHdHIH", *place, 0, result, 0, 0, len(tokens))
    return record(0x06, head + tokens)


def error(place: Place, code: int) -> bytes:
    return record(ERROR, struct.pack("<HHHBB", *place, 0, code, 1))


def hidden_row(row: int) -> bytes:
    return record(ROW, struct.pack("<HHHHHHI", row, 0, 9, 255, 0, 0, 0x20))


def hidden_columns(first: int, last: int) -> bytes:
    return record(COLUMNS, struct.pack("<HHHHHH", first, last, 2048, 0, 1, 0))


def merged(top: int, left: int, bottom: int, right: int) -> bytes:
    return record(MERGED, struct.pack("<H4H", 1, top, bottom, left, right))


def xls(
    sheets: Mapping[str, Sequence[bytes]], *, hidden: Sequence[str] = (), head: bytes = b""
) -> bytes:
    """A workbook of sheets, each given by its records; `head` stands before everything."""
    substreams = {
        name: _begin(SHEET) + b"".join(records) + record(0x0A) for name, records in sheets.items()
    }
    bounds = [_bound(name, 0, shown=True) for name in sheets]
    start = len(_begin(BOOK) + head + b"".join(bounds) + record(0x0A))
    listed = b""
    for name, content in substreams.items():
        listed += _bound(name, start, shown=name not in hidden)
        start += len(content)
    stream = _begin(BOOK) + head + listed + record(0x0A) + b"".join(substreams.values())
    return ole("Workbook", stream.ljust(4096, b"\0"))


def _bound(name: str, start: int, *, shown: bool) -> bytes:
    head = struct.pack("<IBBBB", start, 0 if shown else 1, 0, len(name), 1)
    return record(0x85, head + name.encode("utf-16-le"))


def ods(*tables: str, styles: str = "") -> bytes:
    """A spreadsheet of `table:table` elements."""
    names = ("office", "table", "text", "style")
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in names
    )
    content = (
        f'<?xml version="1.0"?><office:document-content {spaces}>'
        f"<office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:spreadsheet>{''.join(tables)}</office:spreadsheet></office:body>"
        "</office:document-content>"
    )
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as made:
        made.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        made.writestr("content.xml", content, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def table(*rows: str, name: str = "表", style: str = "", columns: str = "") -> str:
    return (
        f'<table:table table:name="{name}" table:style-name="{style}">'
        f"{columns}{''.join(rows)}</table:table>"
    )


def row(*cells: str, attributes: str = "") -> str:
    return f"<table:table-row {attributes}>{''.join(cells)}</table:table-row>"


def cell(text: str = "", attributes: str = "") -> str:
    return f"<table:table-cell {attributes}><text:p>{escape(text)}</text:p></table:table-cell>"


def figure(value: str, shown: str = "", attributes: str = "") -> str:
    kind = f'office:value-type="float" office:value="{value}" {attributes}'
    return cell(shown or value, kind)


def covered(text: str = "") -> str:
    return f"<table:covered-table-cell><text:p>{text}</text:p></table:covered-table-cell>"
