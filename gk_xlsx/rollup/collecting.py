"""All that came in for a year, sorted by the lines of the roster: what the RO rules judge."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Collection as Codes
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from gk_xlsx.form import Form
from gk_xlsx.rollup.choosing import NO_CHOICE, Choice, choose, is_called
from gk_xlsx.rollup.expected import is_sum
from gk_xlsx.rollup.filing import Filed
from gk_xlsx.rollup.received import Received, Register, RegisterEntry, Role
from gk_xlsx.rollup.roster import Roster, RosterLine
from gk_xlsx.units import Scope


@dataclass(frozen=True)
class Bundle:
    """What one line sent.

    Attributes:
        files: everything, in the order it was read.
        figures: the 填报表 that counts, of the wanted year.
        text: the 报告文本 that counts.
        not_due: why no report is expected from the line, Chinese; empty where one is.
    """

    line: RosterLine
    files: tuple[Filed, ...]
    year: int
    entry: RegisterEntry
    figures: Choice = NO_CHOICE
    text: Choice = NO_CHOICE
    not_due: str = ""
    sums: tuple[Received, ...] = ()
    """Sums of several reports beside the unit's own 填报表: never used in its place."""

    @property
    def due(self) -> bool:
        """Whether a report is expected from it."""
        return not self.not_due

    @property
    def master(self) -> Received | None:
        """The file whose figures count: the 填报表, or the 报告文本 where only that came."""
        if self.figures.all:
            return self.figures.counts
        text = self.text.counts
        return text if text is not None and text.figures is not None else None

    @property
    def narrative(self) -> Received | None:
        """The file whose text counts: the 报告文本, else the 填报表."""
        return self.text.counts if self.text.all else self.figures.counts

    @cached_property
    def sealed(self) -> tuple[Received, ...]:
        """盖章件."""
        return self.of_role(Role.SEALED)

    @cached_property
    def wrong_year(self) -> tuple[Received, ...]:
        """Reports of another year."""
        return tuple(
            item.received for item in self.files if is_of_other_year(item.received, self.year)
        )

    @cached_property
    def unreadable(self) -> tuple[Received, ...]:
        """What should be read and could not be."""
        return tuple(
            item.received
            for item in self.files
            if item.received.checked is not None and not item.received.readable
        )

    @cached_property
    def arrived(self) -> str:
        """首次收到日期, ISO: the register's, else the day a run first saw a report of it."""
        if self.entry.received:
            return self.entry.received
        reports = [item.received for item in self.files if item.received.checked is not None]
        return min((item.first_seen[:10] for item in reports if item.first_seen), default="")

    def of_role(self, role: Role) -> tuple[Received, ...]:
        """The files of a role, whatever their year."""
        return tuple(item.received for item in self.files if item.received.role is role)


@dataclass(frozen=True)
class Collection:
    """Everything that came in.

    Attributes:
        year: the report year that is collected.
        form: of that year.
        bundles: one for each line of the roster, in its order.
        strangers: files that belong to no line.
        submit_by: the last day on time, or None where none is set.
        problems: of the register.
    """

    roster: Roster
    year: int
    form: Form
    bundles: tuple[Bundle, ...]
    strangers: tuple[Filed, ...] = ()
    submit_by: datetime.date | None = None
    problems: tuple[str, ...] = field(default=())

    @cached_property
    def by_code(self) -> Mapping[str, Bundle]:
        """The roster's code to what that line sent."""
        return {bundle.line.code: bundle for bundle in self.bundles}

    @cached_property
    def due(self) -> tuple[Bundle, ...]:
        """The lines a report is expected from."""
        return tuple(bundle for bundle in self.bundles if bundle.due)


def collection_of(
    roster: Roster,
    form: Form,
    year: int,
    filed: Iterable[Filed],
    *,
    register: Register | None = None,
    submit_by: datetime.date | None = None,
) -> Collection:
    """Sort files by lines and say which of each role counts."""
    known = register or Register()
    by_line: dict[str, list[Filed]] = {}
    for item in filed:
        by_line.setdefault(item.line, []).append(item)
    strangers = tuple(by_line.pop("", ()))
    bundles = tuple(
        _bundle(line, by_line.get(line.code, ()), year, known.entries.get(line.code))
        for line in roster
    )
    expected = tuple(_expected(bundles, roster))
    return Collection(roster, year, form, expected, strangers, submit_by, known.problems)


def _expected(bundles: Sequence[Bundle], roster: Roster) -> Iterator[Bundle]:
    """Each with why nothing is expected from it: sums are made here, or came in as one."""
    sums = {item.line.code: item for item in bundles if is_sum(roster, item.line)}
    arrived = {code for code, item in sums.items() if item.figures.all}
    for bundle in bundles:
        yield replace(bundle, not_due=_why_not_due(bundle, roster, sums.keys() - arrived, arrived))


def _why_not_due(bundle: Bundle, roster: Roster, made: Codes[str], arrived: Codes[str]) -> str:
    line = bundle.line
    if not line.due:
        return f"名册上是“{line.standing.value}”"
    if line.code in made:
        return "由下级各单位汇总得出"
    above = roster.by_code.get(line.parent)
    while above is not None and not bundle.files:
        if above.code in arrived:
            return f"已含在“{above.name}”的汇总里"
        above = roster.by_code.get(above.parent)
    return ""


def year_of(filed: Sequence[Filed]) -> int | None:
    """The year most reports are of, the later one of two; None where there are no reports.

    Those of the roster's units decide, where there are any: what else lies there does not.
    """
    own = [item for item in filed if item.line]
    return _most([item.received for item in own]) or _most([item.received for item in filed])


def _most(received: Sequence[Received]) -> int | None:
    years = Counter(item.sender.year for item in received if item.sender and item.sender.year)
    return max(years, key=lambda year: (years[year], year), default=None)


def is_of_other_year(received: Received, year: int) -> bool:
    """Whether it is a report of another year; one that says none is not."""
    return received.sender is not None and received.sender.year not in (0, year)


def _bundle(
    line: RosterLine, files: Sequence[Filed], year: int, entry: RegisterEntry | None
) -> Bundle:
    known = entry or RegisterEntry(line.code, line.name)
    sheets = _readable(files, Role.FIGURES, year)
    sums = _sums_beside(line, sheets, known.used)
    figures = choose([item for item in sheets if item not in sums], known.used)
    text = choose(_readable(files, Role.TEXT, year), known.used)
    return Bundle(line, tuple(files), year, known, figures, text, sums=sums)


def _sums_beside(line: RosterLine, sheets: Sequence[Received], used: str) -> tuple[Received, ...]:
    """Sums among the 填报表 of a line that reports for itself; none where the office wants one."""
    sums = tuple(item for item in sheets if item.parts)
    alone = len(sums) == len(sheets)
    wanted = any(is_called(item, used) for item in sums)
    return () if alone or wanted or line.scope is Scope.AREA else sums


def _readable(files: Sequence[Filed], role: Role, year: int) -> list[Received]:
    """Reports of a role and year."""
    received = (item.received for item in files)
    return [
        item
        for item in received
        if item.role is role and item.readable and not is_of_other_year(item, year)
    ]
