"""A merge as values: who was added up, what was put right by hand, who is missing.

A unit's report is kept as its bare figures, so that thousands of them fit into memory.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from types import MappingProxyType

from gk_xlsx.amounts import is_blank
from gk_xlsx.findings import Verdict
from gk_xlsx.form import Form
from gk_xlsx.report import AnnualReport, Entry, Part, Place
from gk_xlsx.units import Scope

Figures = tuple[Decimal | None, ...]
"""One figure a field (件, 万元, 元), in printed order; None where it is not known."""

NOTHING: Mapping[str, str] = MappingProxyType({})
"""No reasons: shared, because most reports have none."""


@dataclass(frozen=True, slots=True)
class LastFigures:
    """A unit's figures of the year before, with the ids they belong to."""

    year: int
    edition: str
    ids: tuple[str, ...]
    figures: Figures


@dataclass(frozen=True, slots=True)
class Contributor:
    """One report, reduced to what a sum needs.

    Attributes:
        code: the roster's code, or its own, or empty.
        kind: 类别 by which subtotals are made; empty where it is not known.
        path: the file, as the user named it.
        sha256: of the file's bytes, lower-case hex.
        figures: totals are computed from the inputs, whatever was stated.
        reasons: field id to why its figure is not known, Chinese.
        places: where each figure stood; None where the source has no cells.
        remark: why it is not counted, or what else must be known of it.
        received: ISO date on which it came in, or empty.
        verdict: the check of its figures.
        explanation: the 情况说明 the unit gave, in one text.
        carried: where its carry-over differs from last year's: field id to the 情况说明, which
            is empty where none was given.
        parts: the reports that it is the sum of itself.
        missing: who should be in that sum and is not.
        last: last year's figures that came with it.
        is_new: a body founded this year: it has no last year, and that is no gap.
    """

    name: str
    code: str
    scope: Scope
    path: str
    sha256: str
    figures: Figures
    reasons: Mapping[str, str] = field(default_factory=lambda: NOTHING)
    places: tuple[Place | None, ...] = ()
    kind: str = ""
    remark: str = ""
    received: str = ""
    verdict: Verdict = Verdict.NONE
    explanation: str = ""
    carried: Mapping[str, str] = field(default_factory=lambda: NOTHING)
    parts: tuple[Part, ...] = ()
    missing: tuple[str, ...] = ()
    last: LastFigures | None = None
    is_new: bool = False

    @property
    def part(self) -> Part:
        """What a merged report remembers of it."""
        return Part(self.code, self.name, self.scope, self.sha256)


@dataclass(frozen=True, slots=True)
class Adjustment:
    """A row by which the office puts the sum right, with its compulsory reason.

    Attributes:
        figures: what is added, often negative; None where nothing is adjusted.
        wrong: field id to what stands there and is no number: it makes the sum unknown.
    """

    label: str
    reason: str
    figures: Figures
    wrong: Mapping[str, str] = field(default_factory=lambda: NOTHING)

    @property
    def changes(self) -> bool:
        """Whether it changes any sum, or makes one unknown; a row of words alone does not."""
        return bool(self.wrong) or any(figure is not None for figure in self.figures)

    @property
    def reasoned(self) -> bool:
        """Whether the compulsory reason was written; what changes nothing needs none."""
        return not self.changes or not is_blank(self.reason)


@dataclass(frozen=True, slots=True)
class Missing:
    """A report that should have been added up and was not.

    Attributes:
        why: 未收到, or why its file could not be used.
    """

    name: str
    code: str = ""
    why: str = "未收到"

    @property
    def described(self) -> str:
        """Name and, where it is more than not being there, the reason."""
        return self.name if self.why == "未收到" else f"{self.name}（{self.why}）"


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one report or adjustment gives to one figure of the sum.

    Attributes:
        field: the id.
        row: which row of 明细 it is, from 0: the reports counted first, then the adjustments.
        place: where the figure stood in the file; None where the source has no cells.
        value: None where it is not known; `reason` says why.
        adjustment: whether it is a 调整 row: `name` is then its label, `reason` its reason.
    """

    field: str
    row: int
    name: str
    code: str
    path: str
    sha256: str
    place: Place | None
    value: Decimal | None
    reason: str = ""
    adjustment: bool = False


@dataclass(frozen=True)
class Merged:
    """Reports added up.

    Attributes:
        report: the sum as a report; an entry whose parts are not all known is UNKNOWN and its
            reason names the units.
        counted: what was added up, in the order of the roster.
        aside: what was handed in and is not counted.
        missing: what should have been added up.
        by_roster: whether a roster told who should be there.
    """

    form: Form
    report: AnnualReport = field(repr=False)
    counted: tuple[Contributor, ...]
    aside: tuple[Contributor, ...] = ()
    adjustments: tuple[Adjustment, ...] = ()
    missing: tuple[Missing, ...] = ()
    by_roster: bool = False

    @property
    def entries(self) -> Mapping[str, Entry]:
        """Every field of the form, in printed order."""
        return self.report.entries

    @cached_property
    def unknown(self) -> tuple[str, ...]:
        """The fields whose sum is not known, in printed order."""
        return tuple(key for key, entry in self.entries.items() if entry.value is None)

    @cached_property
    def unreasoned(self) -> tuple[Adjustment, ...]:
        """The adjustments without reason."""
        return tuple(item for item in self.adjustments if not item.reasoned)

    @property
    def complete(self) -> bool:
        """Whether every sum is known, nobody is missing and every adjustment has its reason."""
        return not (self.unknown or self.missing or self.unreasoned)
