"""Tiny real files of every kind that comes in."""

from __future__ import annotations

import io
import struct
import zipfile

import xlsxwriter

SECTOR = 512
FREE, END, FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


def ole(stream: str, content: bytes = b"\0" * 4096, *, directory_last: bool = False) -> bytes:
    """A compound file (MS-CFB) with one stream: header, FAT, directory, content."""
    sectors = -(-len(content) // SECTOR)
    at_directory, at_content = (1 + sectors, 1) if directory_last else (1, 2)
    header = struct.pack(
        "<8s16xHHHHH6xIIIIIIIIII",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        *(0x3E, 3, 0xFFFE, 9, 6),
        *(0, 1, at_directory, 0, 4096, END, 0, END, 0, 0),
    )
    last = at_content + sectors
    stream_chain = [*range(at_content + 1, last), END]
    chain = [FAT, *stream_chain, END] if directory_last else [FAT, END, *stream_chain]
    fat = struct.pack("<128I", *chain, *[FREE] * (128 - len(chain)))
    directory = _entry("Root Entry", 5, END, 0, child=1)
    directory += _entry(stream, 2, at_content, len(content))
    sheets = [directory.ljust(SECTOR, b"\0"), content.ljust(sectors * SECTOR, b"\0")]
    body = b"".join(reversed(sheets) if directory_last else sheets)
    return header.ljust(SECTOR, b"\xff") + fat + body


def _entry(name: str, kind: int, start: int, size: int, child: int = FREE) -> bytes:
    text = name.encode("utf-16-le")
    return struct.pack(
        "<64sHBBIII16xI16xIQ", text, len(text) + 2, kind, 1, FREE, FREE, child, 0, start, size
    )


def archive(*names: str, content: bytes = b"<x/>") -> bytes:
    """A zip with members of that name."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as made:
        for name in names:
            made.writestr(name, content)
    return buffer.getvalue()


def locked_archive() -> bytes:
    """A zip whose only member is marked as encrypted."""
    data = bytearray(archive("报告.docx"))
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


def workbook() -> bytes:
    """A workbook as any program writes it."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as made:
        made.add_worksheet().write(0, 0, "自然人")
    return buffer.getvalue()


def with_member(data: bytes, name: str) -> bytes:
    """The zip with one member more."""
    buffer = io.BytesIO(data)
    with zipfile.ZipFile(buffer, "a") as made:
        made.writestr(name, b"")
    return buffer.getvalue()


def open_document(kind: str) -> bytes:
    """An OpenDocument file: `spreadsheet`, `text`."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as made:
        made.writestr("mimetype", f"application/vnd.oasis.opendocument.{kind}")
        made.writestr("content.xml", "<x/>")
    return buffer.getvalue()


def locked_open_document() -> bytes:
    """An OpenDocument spreadsheet with a password."""
    buffer = io.BytesIO(open_document("spreadsheet"))
    with zipfile.ZipFile(buffer, "a") as made:
        made.writestr("META-INF/manifest.xml", "<manifest:encryption-data/>")
    return buffer.getvalue()


PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    b"2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
)
