"""What a hostile file is, and the list that the modules of this folder fill."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

Make = Callable[[], bytes]

FOUND, GOOD = "【错误】", ""
"""What is expected: an error of any code, or none and the right figures: all else is dress."""


@dataclass(frozen=True, slots=True)
class Hostile:
    """A file to be afraid of.

    Attributes:
        name: of the file, with the suffix it comes under.
        code: that the check must give; FOUND or GOOD where it is not one of a kind.
        make: its bytes, the same each time.
    """

    name: str
    code: str
    make: Make


LISTED: dict[str, Hostile] = {}


def hostile(name: str, code: str) -> Callable[[Make], Make]:
    """Put the file that a function makes on the list."""

    def put(make: Make) -> Make:
        assert name not in LISTED, f"{name} is there twice"
        LISTED[name] = Hostile(name, code, make)
        return make

    return put


def each(code: str, files: dict[str, Make]) -> None:
    """Put several that one code is expected of on the list."""
    for name, make in files.items():
        hostile(name, code)(make)
