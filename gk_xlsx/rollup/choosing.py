"""Which of several files of one unit and one role counts, and why."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import PurePosixPath

from gk_xlsx.rollup.order import latest
from gk_xlsx.rollup.received import Received, Role


class Why(StrEnum):
    """Why a file counts; the values are what users read."""

    NONE = "没有收到"
    ONLY = "只收到这一份"
    SAME = "收到几份，内容相同"
    REGISTER = "收发登记指定采用"
    NAME = "名称写明是后报的"
    LATER = "后一次收到"
    UNTOLD = "几份内容不同，分不清先后"


@dataclass(frozen=True, slots=True)
class Choice:
    """What counts for a role.

    Attributes:
        counts: None where nothing came or it cannot be told.
        others: what else there is of the role, in the order of paths.
    """

    counts: Received | None
    why: Why
    others: tuple[Received, ...] = ()

    @property
    def all(self) -> tuple[Received, ...]:
        """Every file there is of the role."""
        return (self.counts, *self.others) if self.counts else self.others


_BETWEEN = re.compile(r"[；;、，,\n]")

NO_CHOICE = Choice(None, Why.NONE)


def choose(files: Sequence[Received], used: str = "") -> Choice:
    """Which of a unit's files of one role counts.

    Word, PDF and web page of the same report do not differ by their wording, which every format
    gives in its own way; two Word documents do.

    Args:
        files: readable ones of the right year.
        used: 采用文件 of the register: a path, a name with or without its suffix, or empty.
    """
    if not files:
        return NO_CHOICE
    named = [item for item in files if is_called(item, used)]
    if len(files) > 1 and len(_by_figures(named)) == 1:
        return _chosen(named, files, Why.REGISTER)
    groups = _by_figures(files)
    if len(groups) == 1:
        best = min(item.rank for item in files)
        groups = _by_wording([item for item in files if item.rank == best])
    if len(groups) == 1:
        return _chosen(groups[0], files, Why.ONLY if len(files) == 1 else Why.SAME)
    for why, told in ((Why.NAME, _last_by_name), (Why.LATER, _last_by_arrival)):
        group = told(groups)
        if group is not None:
            return _chosen(group, files, why)
    return Choice(None, Why.UNTOLD, tuple(sorted(files, key=lambda item: item.path)))


def is_called(received: Received, used: str) -> bool:
    """Whether the register's 采用文件 means this file; it may name several (表.xlsx；报告.docx)."""
    names = (used, *_BETWEEN.split(used))
    return any(_is_name_of(received, name.strip().replace("\\", "/")) for name in names)


def _is_name_of(received: Received, name: str) -> bool:
    if not name:
        return False
    wanted, path = PurePosixPath(name), PurePosixPath(received.path)
    if wanted == PurePosixPath(path.stem):
        return True
    return path.parts[-len(wanted.parts) :] == wanted.parts


def says_the_same(one: Received, other: Received) -> bool:
    """Whether two files of one role differ in nothing that counts."""
    wording = one.role is Role.TEXT and one.rank == other.rank
    return _agree(one, other) and (not wording or one.text == other.text)


Group = Sequence[Received]
"""Files that say the same."""


def _by_figures(files: Iterable[Received]) -> list[Group]:
    """Groups of the same figures; what one format could not tell, another may know."""
    groups: list[list[Received]] = []
    for item in sorted(files, key=lambda one: one.rank):
        group = next((each for each in groups if _agree(each[0], item)), None)
        if group is None:
            groups.append([item])
        else:
            group.append(item)
    return list(groups)


def _agree(one: Received, other: Received) -> bool:
    if one.figures is None or other.figures is None:
        return one.figures is other.figures
    return one.figures.agree(other.figures)


def _by_wording(files: Iterable[Received]) -> list[Group]:
    """Groups of the same text; of 填报表 only figures count."""
    groups: dict[str, list[Received]] = {}
    for item in files:
        groups.setdefault(item.text if item.role is Role.TEXT else "", []).append(item)
    return list(groups.values())


def _chosen(group: Group, files: Sequence[Received], why: Why) -> Choice:
    """The latest of files with the same content: the surest to read, those with text."""
    best = min(item.rank for item in group)
    surest = [item for item in group if item.rank == best]
    with_text = [item for item in surest if item.text] or surest
    last = latest([item.path for item in with_text])
    counts = with_text[last or 0]
    others = sorted((item for item in files if item is not counts), key=lambda item: item.path)
    return Choice(counts, why, tuple(others))


def _last_by_name(groups: Sequence[Group]) -> Group | None:
    """The content that the names call the latest; of copies the name that says most counts."""
    paths = [_telling([item.path for item in group]) for group in groups]
    last = latest(paths)
    return None if last is None else groups[last]


def _telling(paths: Sequence[str]) -> str:
    last = latest(paths)
    return paths[last or 0]


def _last_by_arrival(groups: Sequence[Group]) -> Group | None:
    """The content that a later run saw first, where all were seen by different runs."""
    first = [min(item.first_seen for item in group) for group in groups]
    top = max(first)
    return groups[first.index(top)] if all(first) and first.count(top) == 1 else None
