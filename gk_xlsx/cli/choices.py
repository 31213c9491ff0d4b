"""Words on the command line that stand for values of ours."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from gk_xlsx.units import Level, Scope

    _Labelled = TypeVar("_Labelled", Level, Scope)


def level_named(text: str) -> Level | None:
    """A kind of body by its id or its Chinese name; None for an empty text.

    Raises:
        GkXlsxError: for an unknown one; the message lists them all.
    """
    from gk_xlsx.units import Level

    return _named(text, Level, "--level")


def scope_named(text: str) -> Scope | None:
    """A scope by its id or its Chinese name; None for an empty text.

    Raises:
        GkXlsxError: for an unknown one; the message lists them all.
    """
    from gk_xlsx.units import Scope

    return _named(text, Scope, "--scope")


def _named(text: str, kind: type[_Labelled], option: str) -> _Labelled | None:
    from gk_xlsx.errors import GkXlsxError

    if not text:
        return None
    for item in kind:
        if text in (item.value, item.label):
            return item
    known = "、".join(f"{item.value}（{item.label}）" for item in kind)
    raise GkXlsxError(f"{option} 没有“{text}”这一项，可用：{known}。")
