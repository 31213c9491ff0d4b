"""Values as JSON and exactly back: dataclasses of texts, numbers, decimals, words, tuples, maps."""

from __future__ import annotations

import typing
from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from decimal import Decimal, InvalidOperation
from enum import Enum
from functools import cache, lru_cache
from types import NoneType, UnionType
from typing import TypeVar

from gk_xlsx.errors import GkXlsxError

_Value = TypeVar("_Value")

_CLASS = "@"
"""The member that names a dataclass; no field is called so."""


class NotKeptError(GkXlsxError):
    """What should be a value of a kind is none: damaged, or written by another version."""


def kept(value: object) -> object:
    """A value as JSON holds it; fields that hold their default are left out.

    Raises:
        TypeError: for a kind of value that is not provided for.
    """
    if value is None or (isinstance(value, str | int) and not isinstance(value, Enum)):
        return value
    if isinstance(value, Enum):
        return kept(value.value)
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, tuple):
        return [kept(item) for item in value]
    if isinstance(value, Mapping):
        return {str(key): kept(item) for key, item in value.items()}
    if is_dataclass(value) and not isinstance(value, type):
        pairs = {item.name: getattr(value, item.name) for item in fields(value)}
        defaults = _defaults(type(value))
        said = {
            name: kept(item)
            for name, item in pairs.items()
            if name not in defaults or defaults[name] != item
        }
        return {_CLASS: type(value).__name__, **said}
    raise TypeError(f"not provided for: {type(value).__name__}")


def restored(kind: type[_Value], value: object) -> _Value:
    """A value of a kind out of what `kept` made of it.

    Raises:
        NotKeptError: if it is no such value.
    """
    made = _made(kind, value)
    if not isinstance(made, kind):
        raise NotKeptError(f"no {kind.__name__}")
    return made


def _made(kind: object, value: object) -> object:
    origin, arguments = typing.get_origin(kind), typing.get_args(kind)
    if origin in (typing.Union, UnionType):
        return _one_of(arguments, value)
    if origin in (tuple, Mapping):
        return _several(origin, arguments, value)
    if not isinstance(kind, type):
        raise NotKeptError(f"not provided for: {kind}")
    if issubclass(kind, Enum):
        return _word(kind, value)
    if kind is Decimal:
        return _decimal(_checked(str, value))
    if is_dataclass(kind):
        return _object(kind, value)
    return _checked(kind, value)


def _several(origin: object, arguments: tuple[object, ...], value: object) -> object:
    if origin is tuple:
        return tuple(_made(arguments[0], item) for item in _checked(list, value))
    return {key: _made(arguments[1], item) for key, item in _checked(dict, value).items()}


def _one_of(kinds: tuple[object, ...], value: object) -> object:
    if value is None and NoneType in kinds:
        return None
    others = [kind for kind in kinds if kind is not NoneType]
    if len(others) == 1:
        return _made(others[0], value)
    said = value.get(_CLASS) if isinstance(value, dict) else None
    for kind in others:
        if isinstance(kind, type) and kind.__name__ == said:
            return _made(kind, value)
    raise NotKeptError(f"none of {others}")


def _object(kind: type, value: object) -> object:
    said = dict(_checked(dict, value))
    if said.pop(_CLASS, None) != kind.__name__:
        raise NotKeptError(f"no {kind.__name__}")
    hints = _hints(kind)
    if not said.keys() <= hints.keys():
        raise NotKeptError(f"no {kind.__name__}")
    try:
        return kind(**{name: _made(hints[name], item) for name, item in said.items()})
    except TypeError as error:
        raise NotKeptError(str(error)) from error


def _word(kind: type[Enum], value: object) -> Enum:
    try:
        return kind(value)
    except ValueError as error:
        raise NotKeptError(str(error)) from error


@lru_cache(maxsize=65_536)
def _decimal(text: str) -> Decimal:
    """One object for all that are equal: thousands of reports hold the same small figures."""
    try:
        return Decimal(text)
    except InvalidOperation as error:
        raise NotKeptError(text) from error


def _checked(kind: type[_Value], value: object) -> _Value:
    if isinstance(value, kind) and isinstance(value, bool) == (kind is bool):
        return value
    raise NotKeptError(f"no {kind.__name__}")


@cache
def _hints(kind: type) -> dict[str, object]:
    return dict(typing.get_type_hints(kind))


@cache
def _defaults(kind: type) -> dict[str, object]:
    if not is_dataclass(kind):
        return {}
    return {item.name: item.default for item in fields(kind) if item.default is not MISSING}
