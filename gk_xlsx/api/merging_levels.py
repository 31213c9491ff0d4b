"""Merging level by level: a workbook for every branch of the roster, from below."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from gk_xlsx.api.merging import MadeMerge, MergeTask, made_of
from gk_xlsx.findings import Verdict
from gk_xlsx.merged import Contributor, Merged, Missing
from gk_xlsx.plan.merged_workbook import planned_places
from gk_xlsx.rollup.double_counting import each_once, refuse_double_counting
from gk_xlsx.rollup.expected import branches, is_sum, kind_of
from gk_xlsx.rollup.figures import reduced
from gk_xlsx.rollup.roster import Roster, RosterLine
from gk_xlsx.units import Scope, Unit


@dataclass(frozen=True)
class MadeLevel:
    """The merged workbook of one branch."""

    line: RosterLine
    made: MadeMerge


def merged_levels(
    task: MergeTask,
    roster: Roster,
    root: RosterLine,
    names: Mapping[str, str],
    keep: Mapping[str, Merged],
) -> Iterator[MadeLevel]:
    """A sum for every branch of which anything is there; those above add up those below.

    Args:
        task: what there is to add up.
        roster: whose branches.
        root: the topmost branch.
        names: code to the name of the file that a branch's workbook will have.
        keep: code to a branch's workbook that is there already, whose entries are taken over.

    Raises:
        DoubleCountingError: if something would be counted twice.
    """
    once = each_once(task.contributed.counted)
    refuse_double_counting(once.kept, roster)
    reports = {item.code: item for item in (*task.contributed.aside, *once.kept)}
    tree = _Tree(task, roster, reports)
    for line in branches(roster, root):
        made = tree.merged(line, keep.get(line.code))
        if made is not None:
            tree.remember(line, made, names[line.code])
            yield MadeLevel(line, made)


@dataclass(frozen=True)
class _Row:
    """What a line gives to the branch it is in.

    Attributes:
        item: None where nothing is there.
        counts: whether it is part of the sum.
        gaps: who is missing in it.
    """

    item: Contributor | None
    counts: bool
    gaps: tuple[Missing, ...] = ()


@dataclass
class _Tree:
    """What is known of each branch while the tree is added up."""

    task: MergeTask
    roster: Roster
    reports: Mapping[str, Contributor]
    sums: dict[str, Contributor] = field(default_factory=dict)
    gaps: dict[str, tuple[Missing, ...]] = field(default_factory=dict)

    def merged(self, line: RosterLine, keep: Merged | None) -> MadeMerge | None:
        """The sum for one branch; None where none of its reports is there."""
        rows = tuple(self._rows(line))
        counted = [row.item for row in rows if row.item and row.counts]
        aside = [row.item for row in rows if row.item and not row.counts]
        gaps = tuple(gap for row in rows if row.counts for gap in row.gaps)
        self.gaps[line.code] = gaps
        if not counted:
            return None
        within = replace(self.task.contributed, aside=tuple(map(_set_aside, aside)), strangers=())
        unit = Unit(line.name, line.code, line.level)
        task = replace(self.task, contributed=within, unit=unit, root=line, keep=keep)
        return made_of(task, counted, gaps)

    def remember(self, line: RosterLine, made: MadeMerge, name: str) -> None:
        """Keep a branch's sum as a row for the branch above."""
        form, sha256 = made.merged.form, hashlib.sha256(made.data).hexdigest()
        verdict = Verdict.FIX if made.wrong else Verdict.PASS
        item = reduced(form, made.merged.report, path=name, sha256=sha256, verdict=verdict)
        kind = kind_of(line.name, Scope.AREA, line)
        self.sums[line.code] = replace(item, kind=kind, places=planned_places(form))

    def _rows(self, line: RosterLine) -> Iterator[_Row]:
        if not is_sum(self.roster, line):
            yield self._report(line)
        for child in self.roster.children(line.code):
            is_branch = child.code in self.gaps
            yield self._branch(child) if is_branch else self._report(child)

    def _report(self, line: RosterLine) -> _Row:
        counts = line.counted and line.due
        item = self.reports.get(line.code)
        if item is not None or not counts:
            return _Row(item, counts)
        lost = (gap for gap in self.task.contributed.unusable if gap.code == line.code)
        return _Row(None, counts, (next(lost, Missing(line.name, line.code)),))

    def _branch(self, line: RosterLine) -> _Row:
        """A branch below: its sum, or the sum that was handed in for it."""
        of_itself = is_sum(self.roster, line)
        counts = line.counted or not of_itself
        handed_in = self.reports.get(line.code) if of_itself else None
        if handed_in is not None:
            return _Row(handed_in, counts)
        return _Row(self.sums.get(line.code), counts, self.gaps[line.code])


def _set_aside(item: Contributor) -> Contributor:
    return replace(item, remark=item.remark or "名册上“计入汇总”为否")
