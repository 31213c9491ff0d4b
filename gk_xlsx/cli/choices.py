"""Words on the command line that stand for values of ours."""

from __future__ import annotations

from typing import TypeVar

from gk_xlsx.errors import GkXlsxError
from gk_xlsx.report import Level, Scope

_Labelled = TypeVar("_Labelled", Level, Scope)


def level_named(text: str) -> Level | None:
    """A kind of body by its id or its Chinese name; None for an empty text."""
    return _named(text, Level, "--level")


def scope_named(text: str) -> Scope | None:
    """A scope by its id or its Chinese name; None for an empty text."""
    return _named(text, Scope, "--scope")


def require_year(year: int, *, optional: bool) -> None:
    """Make sure that a year is given where nothing else gives it.

    Raises:
        GkXlsxError: if it is missing.
    """
    if not year and not optional:
        raise GkXlsxError("请用 --year 给出报告年份，如 --year 2025。")


def _named(text: str, kind: type[_Labelled], option: str) -> _Labelled | None:
    if not text:
        return None
    for item in kind:
        if text in (item.value, item.label):
            return item
    known = "、".join(f"{item.value}（{item.label}）" for item in kind)
    raise GkXlsxError(f"{option} 没有“{text}”这一项，可用：{known}。")


