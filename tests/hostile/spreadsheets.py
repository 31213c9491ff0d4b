"""Spreadsheets of other formats: repeated rows without end, and compound files in circles."""

from __future__ import annotations

import struct

from tests.hostile.listed import FOUND, each
from tests.hostile.workbooks import DOCTYPE
from tests.hostile.zips import changed
from tests.sources import files
from tests.sources.old_sheets import cell, label, merged, number, ods, record, row, table, xls

MAIN = "content.xml"
MANY = 'table:number-rows-repeated="1048576"'
WIDE = 'table:number-columns-repeated="16384"'


def _fat_in_a_circle() -> bytes:
    data = bytearray(files.ole("Workbook"))
    for at in range(10):
        struct.pack_into("<I", data, 512 + at * 4, 2)
    return bytes(data)


def _directory_in_a_circle() -> bytes:
    data = bytearray(files.ole("Workbook"))
    at = 512 * 2 + 128
    struct.pack_into("<III", data, at + 68, 1, 1, 1)
    return bytes(data)


def _sectors_outside() -> bytes:
    data = bytearray(files.ole("Workbook"))
    struct.pack_into("<I", data, 48, 0x7FFFFFF0)
    return bytes(data)


def _strings(count: int) -> bytes:
    """A table of shared strings that says it has so many."""
    return record(0xFC, struct.pack("<II", count, count) + b"\x02\x00\x00ab")


each(
    FOUND,
    {
        "repeated-rows.ods": lambda: ods(table(row(cell("甲"), attributes=MANY))),
        "repeated-both.ods": lambda: ods(table(row(cell("甲", WIDE), attributes=MANY) * 3)),
        "repeated-more.ods": lambda: ods(
            table(row(cell("甲", 'table:number-columns-repeated="' + "9" * 5000 + '"')))
        ),
        "repeated-tables.ods": lambda: ods(*[table(row(cell("甲", WIDE), attributes=MANY))] * 300),
        "rows.ods": lambda: ods(table(row(cell("甲")) * 300_000)),
        "depth.ods": lambda: ods(table(row("<table:table-cell>" * 90_000))),
        "entities.ods": lambda: changed(
            ods(table(row(cell("甲")))), MAIN, lambda old: DOCTYPE + old.partition(b"?>")[2]
        ),
        "torn.ods": lambda: changed(ods(table(row(cell("甲")))), MAIN, lambda old: old[:500]),
        "no-content.ods": lambda: files.open_document("spreadsheet").replace(
            b"content", b"kontent"
        ),
        "fat-circle.xls": _fat_in_a_circle,
        "directory-circle.xls": _directory_in_a_circle,
        "sectors-outside.xls": _sectors_outside,
        "cut.xls": lambda: xls({"表": [number((0, 0), 1)]})[:1500],
        "torn-record.xls": lambda: xls({"表": [record(0x204, b"\xff\xff\xff")]}),
        "strings-said.xls": lambda: xls({"表": [number((0, 0), 1)]}, head=_strings(2**31 - 1)),
        "merge-all.xls": lambda: xls({"表": [label((0, 0), "甲"), merged(0, 0, 65535, 255)]}),
        "last-cell.xls": lambda: xls({"表": [number((0, 0), 1), number((65535, 255), 1)]}),
        "last-cells.xls": lambda: xls(
            {f"表{at}": [number((0, 0), 1), number((65535, 255), 1)] for at in range(60)}
        ),
        "not-a-number.xls": lambda: xls({"表": [number((0, 0), float("nan"))]}),
        "old-word.doc": lambda: files.ole("WordDocument"),
        "macro.xls": lambda: files.ole("_VBA_PROJECT_CUR"),
        "header-only.xls": lambda: files.ole("Workbook")[:512],
    },
)
