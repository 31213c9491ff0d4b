"""How a command shows what it found: `--format`."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path

from gk_xlsx.errors import GkXlsxError


class Format(StrEnum):
    """A way to show a result."""

    TEXT = "text"
    JSON = "json"
    HTML = "html"

    def refuse_misleading(self, target: Path | None) -> None:
        """Make sure that the name of a file that will hold it does not tell something else.

        Raises:
            GkXlsxError: if it ends as that of a document, a workbook, or another way to show it.
        """
        fitting = {Format.TEXT: ".txt", Format.JSON: ".json", Format.HTML: ".html .htm"}[self]
        suffix = target.suffix.lower() if target is not None else ""
        if target is not None and suffix in _TELLING and suffix not in fitting.split():
            known = fitting.replace(" ", "、")
            raise GkXlsxError(f"只能生成 {known} 文件，{target.name} 不行。")


_TELLING = (".docx", ".xlsx", ".pdf", ".doc", ".xls", ".csv", ".json", ".html", ".htm", ".txt")
"""Endings by which a program is chosen that opens the file."""


def format_named(name: str, *possible: Format) -> Format:
    """What `--format` names, of the ways a command has.

    Raises:
        GkXlsxError: if the command has no such way.
    """
    if name not in possible:
        raise GkXlsxError(f"--format 没有“{name}”这一种，可用：{'、'.join(possible)}。")
    return Format(name)
