"""A .docx package: its parts as XML, and what they refer to within it.

Read with lxml and not with python-docx, which shows neither content controls nor tracked changes,
text boxes and automatic numbers, and takes longer to say less.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from collections.abc import Mapping
from functools import cached_property

from lxml import etree

from gk_xlsx.errors import UnreadableError

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"

MAX_PART = 32 * 2**20
MAX_TAGS = 400_000
"""Limits of a part (bytes, marks that begin or end an element), far above any report."""

_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_CORE_TITLE = "{http://purl.org/dc/elements/1.1/}title"
_STRICT = {
    b"http://purl.oclc.org/ooxml/wordprocessingml/main": W.strip("{}").encode(),
    b"http://purl.oclc.org/ooxml/officeDocument/relationships": R.strip("{}").encode(),
    b"http://purl.oclc.org/ooxml/drawingml": b"http://schemas.openxmlformats.org/drawingml/2006",
}
"""Namespaces of the strict variant and those that everyone else writes."""

_UNREADABLE = (
    *(zipfile.BadZipFile, zlib.error, OSError, EOFError, LookupError, RuntimeError),
    *(NotImplementedError, ValueError),
)
"""What the archive raises for members that are damaged, encrypted or packed unusually."""


class Package:
    """An opened .docx.

    Attributes:
        document: the root of its main part.

    Raises:
        UnreadableError: here and from any property, when a needed part is missing or damaged.
    """

    def __init__(self, data: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            self._members = frozenset(self._zip.namelist())
        except _UNREADABLE as error:
            raise UnreadableError("文件已损坏，不能作为 Word 文档打开。") from error
        self._main = self._main_part()
        self.document = self._parse(self._main)

    @cached_property
    def title(self) -> str:
        """The title in the document's own properties, or empty."""
        part = self._of_kind("", "/core-properties")
        found = self._parse(part).find(_CORE_TITLE) if part else None
        return (found.text or "").strip() if found is not None else ""

    def related(self, kind: str) -> etree._Element | None:
        """The root of the document's part of a kind (`styles`, `numbering`); None without one."""
        part = self._of_kind(self._main, f"/{kind}")
        return self._parse(part) if part else None

    def picture(self, relation: str) -> bytes | None:
        """What a relation of the document points at; None outside the package or nowhere."""
        _, part = self._relations(self._main).get(relation, ("", ""))
        return self._read(part) if part in self._members else None

    def _main_part(self) -> str:
        part = self._of_kind("", "/officeDocument")
        if not part.startswith("word/") and not part.endswith("document.xml"):
            raise UnreadableError("文件不是 Word 文档（.docx），或缺少主要部分。")
        return part

    def _of_kind(self, source: str, kind: str) -> str:
        """The part of a kind that a part refers to, or empty."""
        found = self._relations(source).values()
        return next((p for k, p in found if k.endswith(kind) and p in self._members), "")

    def _relations(self, source: str) -> Mapping[str, tuple[str, str]]:
        """Relationship ids of a part (`""`: of the package) to kinds and targets within it."""
        if source not in self._known:
            folder, name = posixpath.split(source)
            path = posixpath.join(folder, "_rels", f"{name}.rels")
            self._known[source] = {
                item.get("Id", ""): (item.get("Type", ""), _within(folder, item.get("Target", "")))
                for item in (self._parse(path) if path in self._members else ())
                if item.tag == _RELATION and item.get("TargetMode") != "External"
            }
        return self._known[source]

    @cached_property
    def _known(self) -> dict[str, Mapping[str, tuple[str, str]]]:
        return {}

    def _parse(self, part: str) -> etree._Element:
        data = self._read(part)
        if b"<!DOCTYPE" in data or b"\0" in data:
            raise _damaged(part)
        if data.count(b"<") > MAX_TAGS:
            raise _too_large()
        for strict, usual in _STRICT.items():
            data = data.replace(strict, usual)
        parser = etree.XMLParser(
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            huge_tree=False,
            remove_comments=True,
            remove_pis=True,
        )
        try:
            return etree.fromstring(data, parser)
        except (etree.LxmlError, ValueError) as error:
            raise _damaged(part) from error

    def _read(self, part: str) -> bytes:
        try:
            with self._zip.open(part) as member:
                data = member.read(MAX_PART + 1)
        except _UNREADABLE as error:
            raise _damaged(part) from error
        if len(data) > MAX_PART:
            raise _too_large()
        return data


def _within(folder: str, target: str) -> str:
    """A target as the name of a part."""
    return posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")


def _damaged(part: str) -> UnreadableError:
    return UnreadableError(
        f"Word 文档的 {part} 部分已损坏，不能读取。", "请用 Word 打开核对后另存。"
    )


def _too_large() -> UnreadableError:
    return UnreadableError("Word 文档的内容异常庞大，不像是年度报告。", "请检查是否选错了文件。")
