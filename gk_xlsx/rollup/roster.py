"""The roster as values: one line per report that is due, together a tree."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from types import MappingProxyType

from gk_xlsx.units import Level, Scope


class Standing(StrEnum):
    """状态: what happened to the body since last year's roster."""

    NORMAL = "正常"
    NEW = "新设"
    RENAMED = "更名"
    MERGED = "撤并"
    """Dissolved into another body: no report is due from it."""


@dataclass(frozen=True, slots=True)
class RosterLine:
    """One report that is due (or, for a dissolved body, was).

    Attributes:
        row: the row in the roster file, from 1, for messages.
        code: 单位编码; assigned where the roster has none, unique.
        parent: the code of the line above, or empty at the root.
        level: 类型/级别 where it is one of ours.
        kind: 类型/级别 as written; subtotals are made by it.
        counted: 计入汇总.
        published: 是否公布.
        last_sources: 上年来源, names or codes of last year's reports that make up this one's.
        extra: the office's own columns, head to text.
    """

    row: int
    name: str
    code: str
    parent: str = ""
    level: Level | None = None
    kind: str = ""
    aliases: tuple[str, ...] = ()
    scope: Scope = Scope.BODY
    counted: bool = True
    published: bool = True
    standing: Standing = Standing.NORMAL
    last_sources: tuple[str, ...] = ()
    contact: str = ""
    phone: str = ""
    extra: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def due(self) -> bool:
        """Whether a report is expected from it this year."""
        return self.standing is not Standing.MERGED


@dataclass(frozen=True)
class Roster:
    """All lines, in the order of the file; a tree without circles, every parent known."""

    lines: tuple[RosterLine, ...]

    def __iter__(self) -> Iterator[RosterLine]:
        """All lines in the order of the file."""
        return iter(self.lines)

    @cached_property
    def by_code(self) -> Mapping[str, RosterLine]:
        """Code to line."""
        return {line.code: line for line in self.lines}

    @cached_property
    def due(self) -> tuple[RosterLine, ...]:
        """The lines a report is expected from."""
        return tuple(line for line in self.lines if line.due)

    def children(self, code: str) -> tuple[RosterLine, ...]:
        """The lines right below one; of the empty code, the roots."""
        return tuple(line for line in self.lines if line.parent == code)
