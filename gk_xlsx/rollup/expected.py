"""Which lines of a roster a sum is made of, and which of them are missing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator

from gk_xlsx.errors import GkXlsxError
from gk_xlsx.rollup.names import Names, spelling
from gk_xlsx.rollup.roster import Roster, RosterLine
from gk_xlsx.units import Level, Scope, Unit, level_of

_KINDS = {
    Level.OFFICE: "本级",
    Level.DEPARTMENT: "部门",
    Level.VERTICAL: "部门",
    Level.TOWNSHIP: "镇街",
    Level.SUBDISTRICT: "镇街",
    Level.DISTRICT: "区县",
    Level.COUNTY: "区县",
    Level.CITY: "市",
}
OTHER = "其他"


def root_line(roster: Roster, name: str = "") -> RosterLine:
    """The line that a sum is made for: the one named, else the roster's only root.

    Raises:
        GkXlsxError: if there is no such line, or several.
    """
    if name:
        named = [line for line in roster if spelling(line.name) == spelling(name)]
        above = [line for line in named if roster.children(line.code)] or named
        if len(above) == 1:
            return above[0]
        near = Names(roster).nearest(name)
        hint = f"是不是“{near.name}”？" if near and not above else ""
        raise GkXlsxError(
            f"名册里{'不止一行' if above else '没有'}“{name}”，不能确定汇总到哪一级。{hint}"
        )
    roots = roster.children("")
    if len(roots) != 1:
        names = "、".join(line.name for line in roots[:5])
        raise GkXlsxError(
            f"名册最上一级有 {len(roots)} 行（{names}……），请用 --unit 说明汇总到哪个单位。"
        )
    return roots[0]


def under(roster: Roster, root: RosterLine) -> tuple[RosterLine, ...]:
    """A line and all below it, in the order of the roster."""
    inside = {root.code}
    for _ in roster:
        more = {line.code for line in roster if line.parent in inside} - inside
        if not more:
            break
        inside |= more
    return tuple(line for line in roster if line.code in inside)


def is_sum(roster: Roster, line: RosterLine) -> bool:
    """Whether a line's report is the sum of the lines below it."""
    return line.scope is Scope.AREA and bool(roster.children(line.code))


def why_aside(roster: Roster, root: RosterLine, line: RosterLine) -> str:
    """Why a line's report is no part of the sum for `root`; empty where it is."""
    if line.code == root.code and is_sum(roster, line):
        return "这是本级汇总，由各单位的数相加得出"
    if not line.due:
        return f"名册状态为“{line.standing.value}”，不须报送"
    if not line.counted:
        return "名册上“计入汇总”为否"
    for above in _above(roster, line, root):
        if is_sum(roster, above) and not above.counted:
            return f"所属的“{above.name}”不计入汇总"
    return ""


def missing_lines(
    roster: Roster, root: RosterLine, present: Collection[str]
) -> tuple[RosterLine, ...]:
    """The lines that should be part of the sum and are not there, in the order of the roster.

    Args:
        roster: who should be there.
        root: the line the sum is for.
        present: codes of the lines that a report is there of. One that is a sum itself stands
            for all lines below it.
    """
    return tuple(
        line
        for line in under(roster, root)
        if line.code not in present
        and not is_sum(roster, line)
        and not why_aside(roster, root, line)
        and not any(
            above.code in present and is_sum(roster, above) for above in _above(roster, line, root)
        )
    )


def branches(roster: Roster, root: RosterLine) -> tuple[RosterLine, ...]:
    """The lines of a tree that have lines below them, each after those below it; the root last."""
    below: dict[str, list[RosterLine]] = defaultdict(list)
    for line in roster:
        below[line.parent].append(line)

    def within(line: RosterLine) -> Iterator[RosterLine]:
        for child in below[line.code]:
            if child.code in below:
                yield from within(child)
        yield line

    return tuple(within(root))


def kind_of(name: str, scope: Scope, line: RosterLine | None = None) -> str:
    """What subtotals are made by: the roster's own word, else the kind of body."""
    if line is not None and line.kind:
        return line.kind
    if scope is Scope.GOVERNMENT:
        return _KINDS[Level.OFFICE]
    given = line.level if line is not None else None
    level, _ = level_of(Unit(name, level=given))
    return _KINDS.get(level, OTHER) if level is not None else OTHER


def _above(roster: Roster, line: RosterLine, root: RosterLine) -> Iterator[RosterLine]:
    """The lines between a line and the root, nearest first."""
    current = line
    while current.code != root.code and current.parent in roster.by_code:
        current = roster.by_code[current.parent]
        if current.code != root.code:
            yield current
