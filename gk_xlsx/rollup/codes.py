"""Codes for roster lines that have none: given once, kept through every later reading."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import count

from gk_xlsx.matching import normal
from gk_xlsx.rollup.roster import RosterLine
from gk_xlsx.units import Scope

Key = tuple[str, Scope]
"""What a report is told by until it has a code: name without spaces, and scope."""


@dataclass(frozen=True, slots=True)
class KeptCode:
    """A code that was given to a line; never given to another."""

    code: str
    name: str
    scope: Scope

    @property
    def key(self) -> Key:
        """Name and scope."""
        return normal(self.name), self.scope


def coded(
    lines: Sequence[RosterLine], kept: Sequence[KeptCode]
) -> tuple[list[RosterLine], tuple[KeptCode, ...]]:
    """Lines with a code each, in their order, and all codes to be kept from now on.

    A line keeps its code when lines are sorted or put in between, and when it is renamed and its
    old name stands under 别名 or 上年来源. Codes of lines that are gone are not used again.
    """
    known = {item.key: item for item in kept}
    bare = [line for line in lines if not line.code]
    own = {line.row: known.pop(key_of(line)) for line in bare if key_of(line) in known}
    renamed = _renamed([line for line in bare if line.row not in own], known)
    fresh = _fresh_codes({line.code for line in lines}, kept)
    new = {
        line.row: KeptCode(next(fresh), line.name, line.scope)
        for line in bare
        if line.row not in own and line.row not in renamed
    }
    return _with_codes(lines, own | renamed | new), _kept(kept, renamed, new)


def key_of(line: RosterLine) -> Key:
    """A line's name and scope."""
    return normal(line.name), line.scope


def _renamed(lines: Sequence[RosterLine], free: Mapping[Key, KeptCode]) -> dict[int, KeptCode]:
    """Row to the code that a line had under its old name, where nobody bears that name now."""
    left = dict(free)
    found = {}
    for line in lines:
        names = (*line.aliases, *line.last_sources)
        former = next((key for name in names if (key := (normal(name), line.scope)) in left), None)
        if former is not None:
            found[line.row] = KeptCode(left.pop(former).code, line.name, line.scope)
    return found


def _fresh_codes(given: Collection[str], kept: Sequence[KeptCode]) -> Iterator[str]:
    """001, 002, … after the highest that was ever given, without those in the roster itself."""
    highest = max((int(item.code) for item in kept if item.code.isdecimal()), default=0)
    codes = (f"{number:03d}" for number in count(highest + 1))
    return (code for code in codes if code not in given)


def _with_codes(lines: Sequence[RosterLine], codes: Mapping[int, KeptCode]) -> list[RosterLine]:
    return [
        replace(line, code=codes[line.row].code) if line.row in codes else line for line in lines
    ]


def _kept(
    kept: Sequence[KeptCode], renamed: Mapping[int, KeptCode], new: Mapping[int, KeptCode]
) -> tuple[KeptCode, ...]:
    """All codes; a renamed line stands under its new name."""
    now = {item.code: item for item in renamed.values()}
    return (*(now.get(item.code, item) for item in kept), *new.values())
