"""JSON text whose numbers are exact decimals, as people write them."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from decimal import Decimal

from gk_xlsx.amounts import plain


def json_text(value: object, depth: int = 0) -> str:
    """A value as JSON, one space of indent a level.

    Args:
        value: mappings, lists, tuples, texts, whole numbers, decimals, None; no floats.
        depth: how deep it already stands.

    Raises:
        TypeError: for anything else.
    """
    if isinstance(value, Decimal):
        return plain(value)
    if isinstance(value, Mapping):
        members = [
            f"{json_text(str(key))}: {json_text(item, depth + 1)}" for key, item in value.items()
        ]
        return _enclosed("{", members, "}", depth)
    if isinstance(value, list | tuple):
        return _enclosed("[", [json_text(item, depth + 1) for item in value], "]", depth)
    if value is None or isinstance(value, str | int):
        return _HALVES.sub(_escaped, json.dumps(value, ensure_ascii=False))
    raise TypeError(f"no JSON value: {type(value).__name__}")


_HALVES = re.compile("[\ud800-\udfff]")
"""Halves of characters, as in names of files that are not UTF-8; no encoding takes them."""


def _escaped(half: re.Match[str]) -> str:
    return f"\\u{ord(half[0]):04x}"


def _enclosed(left: str, parts: list[str], right: str, depth: int) -> str:
    if not parts:
        return left + right
    line = "\n" + " " * (depth + 1)
    return f"{left}{line}{f',{line}'.join(parts)}\n{' ' * depth}{right}"
