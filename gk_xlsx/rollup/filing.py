"""Which line of the roster a file belongs to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from gk_xlsx.rollup.names import NOTHING, How, Match, Names, spelling
from gk_xlsx.rollup.received import Received
from gk_xlsx.rollup.roster import RosterLine


@dataclass(frozen=True, slots=True)
class Filed:
    """A file with its line.

    Attributes:
        line: the roster's code, or empty where it belongs to none.
        how: by what it was matched.
        nearest: of a report that belongs to no line, the code of the line that may be meant.
        named: the code of another line that the file's name points to, or empty.
    """

    received: Received
    line: str = ""
    how: How = How.NOT
    nearest: str = ""
    named: str = ""


def file_all(received: Sequence[Received], names: Names) -> tuple[Filed, ...]:
    """All files with their lines, in the order given.

    A report belongs where it says itself; a file that says nothing, where its name says; else
    where all other files of its folder or archive belong, the collected folder itself excepted.
    """
    filed = [_by_itself(item, names) for item in received]
    bundles = _bundles(filed)
    return tuple(
        replace(item, line=bundles[folder], how=How.BUNDLE)
        if not item.line and not _says(item.received) and (folder := _folder(item)) in bundles
        else item
        for item in filed
    )


def line_of(received: Received, names: Names) -> RosterLine | None:
    """The line that a file belongs to by what it says itself or by its name."""
    return names.roster.by_code.get(_by_itself(received, names).line)


def _by_itself(received: Received, names: Names) -> Filed:
    by_path, sender = _by_path(received, names), received.sender
    if sender is None or not _says(received):
        line = by_path.line
        return Filed(received, line.code, by_path.how) if line else Filed(received)
    found = names.of(sender.unit, sender.scope)
    line = found.line or _common(found, by_path)
    if line is None:
        near = by_path.line or names.nearest(sender.unit.name)
        return Filed(received, nearest=near.code if near else "")
    other = names.within(PurePosixPath(received.path).stem).line
    named = other.code if other and spelling(other.name) != spelling(line.name) else ""
    return Filed(received, line.code, found.how, named=named)


def _says(received: Received) -> bool:
    """Whether it says whose it is."""
    return received.sender is not None and bool(received.sender.unit.name.strip())


def _common(one: Match, other: Match) -> RosterLine | None:
    """The only line that both may mean."""
    both = [line for line in one.lines if line in other.lines]
    return both[0] if len(both) == 1 else None


def _by_path(received: Received, names: Names) -> Match:
    """What the file's own name says, else the nearest folder or archive around it."""
    for part in _parts(received.path):
        found = names.within(part)
        if found.lines:
            return found
    return NOTHING


def _parts(path: str) -> Iterator[str]:
    own = PurePosixPath(path)
    yield own.stem
    yield from (parent.stem for parent in own.parents if parent.name)


def _bundles(filed: Sequence[Filed]) -> Mapping[str, str]:
    """Folder or archive to the only line that its files belong to."""
    lines: dict[str, set[str]] = defaultdict(set)
    for item in filed:
        if item.line and _folder(item):
            lines[_folder(item)].add(item.line)
    return {folder: next(iter(found)) for folder, found in lines.items() if len(found) == 1}


def _folder(item: Filed) -> str:
    parent = str(PurePosixPath(item.received.path).parent)
    return "" if parent == "." else parent
