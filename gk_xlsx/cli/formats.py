"""How a command shows what it found: `--format`."""

from __future__ import annotations

from enum import StrEnum

from gk_xlsx.errors import GkXlsxError


class Format(StrEnum):
    """A way to show a result."""

    TEXT = "text"
    JSON = "json"
    HTML = "html"


def format_named(name: str, *possible: Format) -> Format:
    """What `--format` names, of the ways a command has.

    Raises:
        GkXlsxError: if the command has no such way.
    """
    if name not in possible:
        raise GkXlsxError(f"--format 没有“{name}”这一种，可用：{'、'.join(possible)}。")
    return Format(name)
