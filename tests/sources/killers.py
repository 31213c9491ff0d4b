"""Readers that do what hostile files make libraries do."""

from __future__ import annotations

import os
import time
from types import MappingProxyType

from gk_xlsx.errors import GkXlsxError
from gk_xlsx.markdown import Run
from gk_xlsx.published.model import Cell, Document, Paragraph, Picture, Table
from gk_xlsx.sources.refusals import RefusedError


def counted(data: bytes) -> Document:
    """A good reader that talks too much, and says which process it runs in."""
    print("noise on the pipe")  # noqa: T201 — it is what libraries do
    return Document(str(os.getpid()), (), title=str(len(data)))


def with_tables(_: bytes) -> Document:
    """A document that has every kind of value in it."""
    table = Table((Cell(0, 0, "自然人"),), row_places=MappingProxyType({0: "第1行"}))
    return Document("", (Paragraph((Run("一", bold=True),)), table, Table(()), Picture(b"")))


def abort(_: bytes) -> Document:
    os.abort()


def abort_once(data: bytes) -> Document:
    """Dies when it is not the first file of its worker, as one that an earlier file spoilt."""
    if "GK_SPOILT" in os.environ:
        os.abort()
    os.environ["GK_SPOILT"] = "1"
    return counted(data)


def leave(_: bytes) -> Document:
    raise SystemExit(0)


def hang(_: bytes) -> Document:
    time.sleep(600)
    return Document("", ())


def fill_memory(_: bytes) -> Document:
    kept = []
    while True:
        kept.append(bytearray(2**24))


def refuse(_: bytes) -> Document:
    raise RefusedError("password")


def lack_a_library(_: bytes) -> Document:
    raise GkXlsxError("请先安装。")


def stumble(_: bytes) -> Document:
    raise ZeroDivisionError("here")
