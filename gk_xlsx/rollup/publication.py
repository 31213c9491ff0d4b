"""公布情况: which reports were published on time, which late, which not yet."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from gk_xlsx.rollup.roster import Roster, RosterLine
from gk_xlsx.units import Level, Scope, Unit, level_of

_GOVERNMENTS = frozenset({Level.DISTRICT, Level.COUNTY, Level.CITY, Level.PROVINCE})


class Timeliness(StrEnum):
    """When a report was published; the words of the table."""

    ON_TIME = "是"
    LATE = "否"
    NOT_YET = "未公布"


@dataclass(frozen=True, slots=True)
class Publication:
    """What the register says of one report.

    Attributes:
        day: when it was published, None while it was not.
        address: where, as written.
    """

    day: datetime.date | None = None
    address: str = ""


@dataclass(frozen=True, slots=True)
class PublishedReport:
    """One report that must be published.

    Attributes:
        name: of the unit, with the scope where the unit has several reports.
    """

    name: str
    publication: Publication
    deadline: datetime.date
    timeliness: Timeliness


@dataclass(frozen=True)
class PublicationState:
    """How publishing stands on a day.

    Attributes:
        units: how many bodies must publish; a government and its office are one.
        reports: every report that must be published, in the order of the roster.
        counted: how many units' figures are in the sums; 0 where nothing was added up yet.
        not_counted: name and reason of those that are not.
    """

    year: int
    day: datetime.date
    units: int
    reports: tuple[PublishedReport, ...]
    counted: int
    not_counted: tuple[tuple[str, str], ...]

    def of(self, *kinds: Timeliness) -> tuple[PublishedReport, ...]:
        """The reports of the given timeliness, in the order of the roster."""
        return tuple(item for item in self.reports if item.timeliness in kinds)

    @property
    def rate(self) -> Decimal:
        """Reports published on time, in per cent, one decimal; 0 where none is due."""
        if not self.reports:
            return Decimal(0)
        share = Decimal(100 * len(self.of(Timeliness.ON_TIME))) / len(self.reports)
        return share.quantize(Decimal("0.1"), ROUND_HALF_UP)


def publication_state(
    roster: Roster,
    published: Mapping[str, Publication],
    year: int,
    day: datetime.date,
    *,
    deadline: datetime.date | None = None,
    not_merged: Sequence[tuple[str, str]] | None = None,
) -> PublicationState:
    """How publishing stands.

    Args:
        roster: all lines; those that need not publish are left out.
        published: code to what the register says; a line not in it is not published.
        year: the report year.
        day: the day it stands so.
        deadline: the office's own; None for the statutory ones. Governments keep theirs where
            it is later.
        not_merged: code and reason of units whose report is missing from the sums; None where
            nothing was added up yet.
    """
    due = [line for line in roster.due if line.published]
    reports = tuple(
        _report(line, roster, published.get(line.code, Publication()), year, deadline)
        for line in due
    )
    reasons = dict(not_merged or ())
    left_out = [line for line in roster.due if not line.counted or line.code in reasons]
    counted = len(roster.due) - len(left_out) if not_merged is not None else 0
    return PublicationState(
        year=year,
        day=day,
        units=len({_body(line.name) for line in due}),
        reports=reports,
        counted=counted,
        not_counted=tuple(
            (line.name, reasons.get(line.code, "不计入本级汇总"))
            for line in left_out
            if not_merged is not None
        ),
    )


def statutory_deadline(line: RosterLine, year: int) -> datetime.date:
    """The last day on which a report may be published.

    Source: 条例 49: departments by 31 January, governments of counties and up by 31 March.
    """
    return datetime.date(year + 1, 3 if _is_government(line) else 1, 31)


def _is_government(line: RosterLine) -> bool:
    """Of a county or above, reporting for itself and its office or its area."""
    level, _ = level_of(Unit(line.name, line.code, line.level))
    return line.scope is not Scope.BODY and level in _GOVERNMENTS


def _report(
    line: RosterLine,
    roster: Roster,
    publication: Publication,
    year: int,
    deadline: datetime.date | None,
) -> PublishedReport:
    statutory = statutory_deadline(line, year)
    by = max(deadline, statutory) if deadline and _is_government(line) else deadline or statutory
    return PublishedReport(_shown(line, roster), publication, by, _timeliness(publication, by))


def _timeliness(publication: Publication, by: datetime.date) -> Timeliness:
    if publication.day is None:
        return Timeliness.NOT_YET
    return Timeliness.ON_TIME if publication.day <= by else Timeliness.LATE


def _shown(line: RosterLine, roster: Roster) -> str:
    same = sum(other.name == line.name for other in roster.due)
    return f"{line.name}（{line.scope.label}）" if same > 1 else line.name


def _body(name: str) -> str:
    """A government and its office are one body that publishes two reports."""
    return name.removesuffix("厅").removesuffix("室").removesuffix("办公").removesuffix("人民政府")
