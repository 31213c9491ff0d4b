"""File names from unit names: safe on every system, one per report, codes in front."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from itertools import count
from typing import TYPE_CHECKING

from gk_xlsx.units import Scope

if TYPE_CHECKING:
    from gk_xlsx.rollup.roster import Roster, RosterLine

MAX_BYTES = 255
"""Of a file name in UTF-8: 85 Chinese characters."""
_STEM_BYTES = 200
"""Of a line's name; the rest is for what stands behind it (2025年报填报表.xlsx)."""
_CODE_BYTES = 12
"""Of a code behind a name."""

_FORBIDDEN = re.compile(r'[<>:"/\\|?*]')
_RESERVED = re.compile(
    r"(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$|clock\$) *(?:\..*)?",
    re.IGNORECASE,
)
"""Devices of Windows, whatever ending they have."""
_SCOPE_ENDINGS = {Scope.BODY: "", Scope.GOVERNMENT: "（本级政府）", Scope.AREA: "（汇总）"}


def safe_name(text: str, size: int = MAX_BYTES) -> str:
    """A text as a file name without ending, on Windows and elsewhere; empty if nothing is left.

    What is safe stays as it is, so that it may be made safe again.

    Signs that are not seen (direction marks among them) go, those that systems forbid become
    `-`, and what is too long is cut between characters.

    Args:
        text: what it is called.
        size: bytes of UTF-8 at most; less than `MAX_BYTES` where something stands behind it.
    """
    shown = unicodedata.normalize("NFC", "".join(char for char in text if _is_shown(char)))
    name = _FORBIDDEN.sub("-", " ".join(shown.split())).lstrip("-~. ")
    if _RESERVED.fullmatch(name):
        name = f"_{name}"
    return _cut(name, size).rstrip(". ")


def stems(roster: Roster) -> Mapping[str, str]:
    """Code to the name of a line's files, `007某某区民政局`; no two differ by case only."""
    made: dict[str, str] = {}
    taken: set[str] = set()
    for line in roster:
        stem = next(name for name in _names(line) if same_name(name) not in taken)
        taken.add(same_name(stem))
        made[line.code] = stem
    return made


def same_name(name: str) -> str:
    """What two names have in common that some system takes for one."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())


def _names(line: RosterLine) -> Iterator[str]:
    """A line's name, then others for where it is taken: with the code behind it, numbered."""
    stem, code = _stem(line), safe_name(line.code, _CODE_BYTES)
    yield stem
    yield f"{stem}（{code}）"
    yield from (f"{stem}（{code}-{number}）" for number in count(2))


def _stem(line: RosterLine) -> str:
    ending = _SCOPE_ENDINGS[line.scope]
    return safe_name(f"{line.code}{line.name}", _STEM_BYTES - len(ending.encode())) + ending


def _cut(text: str, size: int) -> str:
    """At most so many bytes of UTF-8, whole characters."""
    return text.encode()[:size].decode(errors="ignore")


def _is_shown(char: str) -> bool:
    return char.isspace() or not unicodedata.category(char).startswith("C")
