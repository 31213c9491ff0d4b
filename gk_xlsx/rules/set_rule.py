"""Rules about a set of files: what no single report shows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Generic, TypeVar

from gk_xlsx.findings import CellLocation, Finding, Gate, SetFinding, Severity
from gk_xlsx.rules.settings import Settings

Judged = TypeVar("Judged")
"""What is judged: everything that was collected, all that is to be merged."""


@dataclass(frozen=True, slots=True)
class SetHit:
    """What a rule found; the rule's own code, name and severity are added by `run`.

    Attributes:
        lines: codes of the roster's lines concerned, the one to look at first.
        files: paths of the files concerned, the one to look at first.
        severity: only where it differs from the rule's.
    """

    message: str
    lines: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    left: Decimal | None = None
    right: Decimal | None = None
    fix: str = ""
    source: str = ""
    severity: Severity | None = None
    location: CellLocation | None = None


@dataclass(frozen=True)
class SetRule(Generic[Judged]):
    """A check of a set.

    Attributes:
        optional: whether it is off until an office switches it on.
    """

    code: str
    name: str
    severity: Severity
    gate: Gate
    judge: Callable[[Judged], Iterable[SetHit]]
    optional: bool

    @property
    def page(self) -> str:
        """The manual page, as of every rule."""
        return self.judge.__doc__ or ""

    def run(self, case: Judged) -> Iterator[SetFinding]:
        """Judge a set."""
        for hit in self.judge(case):
            finding = Finding(
                code=self.code,
                name=self.name,
                severity=hit.severity or self.severity,
                gate=self.gate,
                message=hit.message,
                fields=hit.fields,
                left=hit.left,
                right=hit.right,
                location=hit.location,
                fix=hit.fix,
                source=hit.source,
            )
            yield SetFinding(finding, hit.lines, hit.files)


def set_rule(
    code: str,
    name: str,
    severity: Severity,
    gate: Gate = Gate.DATA,
    *,
    optional: bool = False,
) -> Callable[[Callable[[Judged], Iterable[SetHit]]], SetRule[Judged]]:
    """Make a rule of a function from a set to hits."""

    def wrap(judge: Callable[[Judged], Iterable[SetHit]]) -> SetRule[Judged]:
        return SetRule(code, name, severity, gate, judge, optional)

    return wrap


def judge_set(
    case: Judged, rules: Sequence[SetRule[Judged]], settings: Settings | None = None
) -> tuple[SetFinding, ...]:
    """All findings of a set, in the order of the rules; optional ones only where switched on."""
    office = settings or Settings()
    return tuple(
        SetFinding(office.applied(found.finding), found.lines, found.files)
        for rule in rules
        if office.wants(rule.code, optional=rule.optional)
        for found in rule.run(case)
    )
