"""What can be added up: reports of files and folders, or those that collecting chose."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from gk_xlsx.api.reading import (
    DATA_SUFFIXES,
    Opened,
    explained,
    one_each,
    open_report,
    reports_in,
    unopened_in,
)
from gk_xlsx.disk import real_place
from gk_xlsx.errors import GkXlsxError, UnreadableError
from gk_xlsx.findings import Gate, Verdict, verdict
from gk_xlsx.form import Form
from gk_xlsx.merged import Contributor, Missing
from gk_xlsx.rollup.expected import kind_of, under, why_aside
from gk_xlsx.rollup.figures import reduced
from gk_xlsx.rollup.names import Names
from gk_xlsx.rollup.roster import Roster, RosterLine, Standing
from gk_xlsx.rules import ALL, judge

if TYPE_CHECKING:
    from gk_xlsx.api.collecting import Gathering
    from gk_xlsx.rollup.collected import Collected
    from gk_xlsx.rollup.received import Received
    from gk_xlsx.rollup.states import LineStatus

Tracked = Callable[[Sequence[Path], str], Iterable[Path]]
"""Gives the items back one by one, showing how far the work is."""

_DATA_RULES = tuple(rule for rule in ALL if rule.gate is Gate.DATA)
_NAMED = 3
"""So many files of each year are named where years differ."""


@dataclass(frozen=True)
class Contributed:
    """Reports reduced to their figures.

    Attributes:
        form, year: of all of them.
        counted: those that are part of the sum.
        aside: those of the roster that are not; their remark says why.
        strangers: those of bodies that are not on the roster.
        unusable: files that should have been read and could not be, and lines whose files are
            of no use.
        remarks: what the office should know, Chinese sentences.
        fitting, unfit: how many reports fit a line of the roster, and how many none.
    """

    form: Form
    year: int
    counted: tuple[Contributor, ...]
    aside: tuple[Contributor, ...] = ()
    strangers: tuple[Contributor, ...] = ()
    unusable: tuple[Missing, ...] = ()
    remarks: tuple[str, ...] = ()
    fitting: int = 0
    unfit: int = 0


@dataclass
class _Pile:
    """What comes in, report by report; nothing of a report is kept but its figures."""

    names: Names | None
    root: RosterLine | None
    inside: frozenset[str] = frozenset()
    found: list[tuple[Contributor, Form, int]] = field(default_factory=list)
    aside: list[Contributor] = field(default_factory=list)
    strangers: list[Contributor] = field(default_factory=list)
    unusable: list[Missing] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    fitting: int = 0
    unfit: int = 0

    def take(self, opened: Opened) -> None:
        """One report of a file."""
        item = reduced(
            opened.form,
            opened.report,
            path=_printable(opened.path),
            sha256=opened.sha256,
            verdict=_verdict(opened),
        )
        line = self._line_of(opened)
        if self.names is None:
            kind = kind_of(item.name, item.scope)
            self.found.append((replace(item, kind=kind), opened.form, opened.report.year))
        elif line is None:
            self._stranger(item)
        else:
            self.place(with_line(item, line), line, opened)

    def place(self, item: Contributor, line: RosterLine, opened: Opened) -> None:
        """One report of a line of the roster: part of the sum, or set aside."""
        self.fitting += 1
        if self.names is None or self.root is None or line.code not in self.inside:
            return
        why = why_aside(self.names.roster, self.root, line)
        if why:
            self.aside.append(replace(item, remark=why))
        else:
            self.found.append((item, opened.form, opened.report.year))

    def _line_of(self, opened: Opened) -> RosterLine | None:
        if self.names is None:
            return None
        return self.names.of(opened.report.unit, opened.report.scope).line

    def _stranger(self, item: Contributor) -> None:
        near = self.names.nearest(item.name) if self.names else None
        hint = f"，最接近的是“{near.name}”" if near else ""
        self.remarks.append(f"{item.path} 的单位“{item.name}”不在名册上{hint}，没有计入。")
        self.unfit += 1
        self.strangers.append(replace(item, remark=f"不在名册上{hint}"))


def contributed(
    paths: Sequence[Path],
    *,
    roster: Roster | None = None,
    root: RosterLine | None = None,
    year: int = 0,
    own: Sequence[Path] = (),
    tracked: Tracked = lambda items, what: items,  # noqa: ARG005 — shows nothing
) -> Contributed:
    """The reports of files and folders, read one at a time.

    Args:
        paths: files are all taken; of a folder each report once.
        roster: gives names, codes, order, and what counts.
        root: the line of the roster that the sum is for.
        year: that all must be of; 0 for the one they are of.
        own: files that are written here and may lie among them: sums of an earlier run.
        tracked: shows the progress.

    Raises:
        GkXlsxError: if a path does not exist, or years or editions differ.
    """
    names = Names(roster) if roster is not None else None
    inside = {line.code for line in under(roster, root)} if roster and root else set()
    pile = _Pile(names, root, frozenset(inside))
    named = {path for path in paths if not path.is_dir()}
    pile.remarks += [text for path in paths if path.is_dir() for text in unopened_in(path)]
    written = {real_place(path) for path in own}
    files = [path for path in _files(paths) if real_place(path) not in written]
    for path in tracked(files, "汇总"):
        try:
            opened = explained(open_report(path), None)
        except UnreadableError as error:
            if path in named or path.suffix.lower() in DATA_SUFFIXES:
                pile.unusable.append(Missing(path.name, why=f"文件不能读取：{error.message}"))
            else:
                pile.remarks.append(f"{path} 不是报告，没有计入：{error.message}")
        else:
            pile.take(opened)
    return _same_form(pile, year)


def collected_reports(gathering: Gathering, root: RosterLine, tracked: Tracked) -> Contributed:
    """The reports that collecting chose, one for each line, with what the register says of them.

    Raises:
        GkXlsxError: as `collect` does.
    """
    from gk_xlsx.api.collecting import chosen, collect

    collected = collect(gathering, tracked)
    roster = gathering.roster
    inside = frozenset(line.code for line in under(roster, root))
    pile = _Pile(Names(roster), root, inside)
    for status, opened in chosen(gathering, collected):
        line, entry = status.bundle.line, status.bundle.entry
        item = reduced(
            opened.form, opened.report,
            path=opened.path, sha256=opened.sha256, verdict=status.data,
        )  # fmt: skip
        said = "；".join(filter(None, (item.explanation, entry.spoken)))
        path = _printable(str(gathering.folder / item.path))
        known = replace(
            with_line(item, line), path=path, received=status.bundle.arrived, explanation=said
        )
        pile.place(known, line, opened)
    pile.remarks += collected.failures
    unfit, pile.fitting = fit_of(collected)
    pile.unfit = len(unfit)
    pile.remarks += [f"{item.path} 对不上名册，没有计入。" for item in unfit]
    there = {item.code for item, *_ in pile.found}
    pile.unusable += _of_no_use(collected.due, there, inside)
    return _same_form(pile, collected.collection.year)


def fit_of(collected: Collected) -> tuple[list[Received], int]:
    """The reports that fit no line of the roster, and how many files fit one."""
    filed = collected.collection
    unfit = [item.received for item in filed.strangers if item.received.readable]
    return unfit, sum(len(line.files) for line in filed.bundles)


def wrong_roster(unfit: int, fitting: int) -> str:
    """That a roster is likely the wrong one; empty where most reports fit a line of it."""
    if unfit <= fitting:
        return ""
    how_many = f"{unfit + fitting} 份报告里有 {unfit} 份" if fitting else f"{unfit} 份报告都"
    return (
        f"{how_many}对不上名册，名册可能选错了。请检查名册；"
        "没有选错的，把报告上的单位名称写进名册的“别名”栏。"
    )


def with_line(item: Contributor, line: RosterLine) -> Contributor:
    """A contributor under the name, code and scope that the roster gives it."""
    return replace(
        item,
        name=line.name,
        code=line.code,
        scope=line.scope,
        kind=kind_of(line.name, line.scope, line),
        is_new=line.standing is Standing.NEW,
    )


def _printable(path: str) -> str:
    """A path without the bytes that are no text, which no workbook can hold."""
    return path.encode("utf-8", "replace").decode()


def _verdict(opened: Opened) -> Verdict:
    """The check of the figures; the text does not decide about sums."""
    return verdict(judge(opened.report, opened.form, _DATA_RULES), Gate.DATA)


def _of_no_use(
    statuses: Sequence[LineStatus], there: set[str], inside: frozenset[str]
) -> Iterator[Missing]:
    """Lines that sent something which does not count."""
    from gk_xlsx.rollup.states import State

    for status in statuses:
        line = status.bundle.line
        sent = status.state is not State.MISSING
        if sent and line.code in inside and line.code not in there:
            yield Missing(line.name, line.code, status.state.label)


def _files(paths: Sequence[Path]) -> Iterator[Path]:
    for path in paths:
        if path.is_dir():
            members = one_each(reports_in(path))
            if not members:
                raise GkXlsxError(f"{path} 里没有可以汇总的报告。")
            yield from members
        else:
            yield path


def _same_form(pile: _Pile, year: int) -> Contributed:
    """All reports, once it is sure that they are of one year and edition.

    Raises:
        GkXlsxError: if they are not, or there are none.
    """
    if not pile.found:
        why = wrong_roster(pile.unfit, pile.fitting) or "没有可以汇总的报告。"
        problems = [f"{item.name}：{item.why}" for item in pile.unusable[:_NAMED]]
        raise GkXlsxError("\n".join((why, *problems, *pile.remarks[:_NAMED])))
    groups: dict[tuple[int, str], list[str]] = {}
    for item, form, own_year in pile.found:
        groups.setdefault((own_year, form.edition), []).append(item.path)
    wanted = {key for key in groups if year in (0, key[0])}
    if len(groups) > 1 or not wanted:
        raise GkXlsxError(_different(groups, year))
    form, own_year = pile.found[0][1], pile.found[0][2]
    return Contributed(
        form=form,
        year=own_year,
        counted=tuple(item for item, *_ in pile.found),
        aside=tuple(pile.aside),
        strangers=tuple(pile.strangers),
        unusable=tuple(pile.unusable),
        remarks=tuple(pile.remarks),
        fitting=pile.fitting,
        unfit=pile.unfit,
    )


def _different(groups: Mapping[tuple[int, str], Sequence[str]], year: int) -> str:
    parts = []
    for (own_year, edition), paths in sorted(groups.items()):
        more = f"等 {len(paths)} 个" if len(paths) > _NAMED else ""
        parts.append(f"{own_year} 年（{edition} 版格式）：{'、'.join(paths[:_NAMED])}{more}")
    wanted = f"要汇总的是 {year} 年。" if year else ""
    return f"不同年份或不同格式的报告不能相加。{wanted}{'；'.join(parts)}。请只给出同一年的报告。"
