"""File names from unit names: safe on every system, one per report, codes in front."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

from gk_xlsx.report import Scope
from gk_xlsx.rollup.roster import Roster, RosterLine

MAX_BYTES = 255
"""Of a file name in UTF-8: 85 Chinese characters."""
_STEM_BYTES = 200
"""Of a line's name; the rest is for what stands behind it (2025年报填报表.xlsx)."""

_FORBIDDEN = re.compile(r'[<>:"/\\|?*]')
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?:\..*)?", re.IGNORECASE)
_SCOPE_ENDINGS = {Scope.BODY: "", Scope.GOVERNMENT: "（本级政府）", Scope.AREA: "（汇总）"}


def safe_name(text: str) -> str:
    """A text as a file name without ending, on Windows and elsewhere; empty if nothing is left.

    Signs that are not seen (direction marks among them) go, those that systems forbid become
    `-`, and what is too long is cut between characters.
    """
    shown = "".join(char for char in unicodedata.normalize("NFC", text) if _is_shown(char))
    name = _FORBIDDEN.sub("-", " ".join(shown.split()))
    name = _cut(name.lstrip("-~. "), MAX_BYTES).rstrip(". ")
    return f"_{name}" if _RESERVED.fullmatch(name) else name


def stems(roster: Roster) -> Mapping[str, str]:
    """Code to the name of a line's files, `007某某区民政局`; no two differ by case only."""
    made: dict[str, str] = {}
    taken: set[str] = set()
    for line in roster:
        stem = _stem(line)
        if stem.casefold() in taken:
            stem = f"{stem}（{safe_name(line.code)}）"
        taken.add(stem.casefold())
        made[line.code] = stem
    return made


def _stem(line: RosterLine) -> str:
    ending = _SCOPE_ENDINGS[line.scope]
    name = safe_name(f"{line.code}{line.name}")
    return f"{_cut(name, _STEM_BYTES - len(ending.encode()))}{ending}"


def _cut(text: str, size: int) -> str:
    """At most so many bytes of UTF-8, whole characters."""
    return text.encode()[:size].decode(errors="ignore")


def _is_shown(char: str) -> bool:
    return char.isspace() or not unicodedata.category(char).startswith("C")
