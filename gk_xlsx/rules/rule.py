"""What a rule is: a function with a code, a severity and its page in the docstring."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from typing import Protocol

from gk_xlsx.findings import CellLocation, Finding, Gate, Severity, TextLocation
from gk_xlsx.form import Field, Form, Table
from gk_xlsx.patterns import pattern
from gk_xlsx.relations import brief
from gk_xlsx.report import AnnualReport, Entry, Explanation

_ADDRESS = pattern("[A-Z]{1,3}[0-9]{1,7}")
"""How cells of a workbook are named, whatever its sheets are called; documents count rows."""


@dataclass(frozen=True)
class Case:
    """One report to be judged, with the form it is written in."""

    report: AnnualReport
    form: Form

    @cached_property
    def fields(self) -> tuple[tuple[Field, Entry], ...]:
        """Every field with its entry, in printed order."""
        return tuple((field, self.report.entries[field.id]) for field in self.form)

    def of_table(self, table: Table) -> tuple[tuple[Field, Entry], ...]:
        """The fields of one table with their entries."""
        return tuple((field, self.report.entries[field.id]) for field in table.fields)

    @cached_property
    def from_document(self) -> bool:
        """Whether the figures were read from a document, not from a workbook of ours or JSON."""
        cells = [entry.place.cell for _, entry in self.fields if entry.place]
        if cells:
            return not any(map(_ADDRESS.fullmatch, cells))
        return bool(self.report.title or self.report.headings)

    def where(self, field_id: str) -> CellLocation:
        """A field's place: as it stood in the source, and as printed."""
        field, place = self.form.fields[field_id], self.report.entries[field_id].place
        return CellLocation(
            sheet=place.sheet if place else self.form.table(field.table).sheet,
            cell=place.cell if place else "",
            row=field.row_label,
            column=field.column_label,
        )

    def named(self, field_id: str) -> str:
        """A cell as a person would name it: 三、申请办理“（一）予以公开·自然人”（D8）."""
        field, place = self.form.fields[field_id], self.report.entries[field_id].place
        cell = f"（{place.cell}）" if place and place.cell else ""
        return f"{self.form.table(field.table).sheet}“{short_label(field)}”{cell}"


@dataclass(frozen=True, slots=True)
class Hit:
    """What a rule found; the rule's own code, name and severity are added by `run`.

    Attributes:
        severity: only where it differs from the rule's.
        location: only where it is not the first field's.
    """

    message: str
    fields: tuple[str, ...] = ()
    left: Decimal | None = None
    right: Decimal | None = None
    fix: str = ""
    source: str = ""
    severity: Severity | None = None
    location: CellLocation | TextLocation | None = None


class Described(Protocol):
    """Whatever has a rule's page: rules about one report and rules about a set of files."""

    @property
    def code(self) -> str:
        """Stable, two letters and two digits."""

    @property
    def name(self) -> str:
        """The same in words, lower case with hyphens."""

    @property
    def severity(self) -> Severity:
        """How much its findings matter."""

    @property
    def gate(self) -> Gate:
        """What its findings decide."""

    @property
    def page(self) -> str:
        """The manual page: an English line, then what, why, example and mending in Chinese."""


Judge = Callable[[Case], Iterable[Hit]]


@dataclass(frozen=True)
class Rule:
    """A check.

    Attributes:
        explainable: whether a 情况说明 lifts it; every warning can be explained.
    """

    code: str
    name: str
    severity: Severity
    gate: Gate
    judge: Judge
    explainable: bool

    @property
    def page(self) -> str:
        """The manual page: an English line, then what, why, example and mending in Chinese."""
        return self.judge.__doc__ or ""

    def run(self, case: Case) -> Iterator[Finding]:
        """Judge one report."""
        for hit in self.judge(case):
            first = hit.fields[0] if hit.fields else ""
            finding = Finding(
                code=self.code,
                name=self.name,
                severity=hit.severity or self.severity,
                gate=self.gate,
                message=hit.message,
                fields=hit.fields,
                left=hit.left,
                right=hit.right,
                location=hit.location or (case.where(first) if first else None),
                fix=hit.fix,
                source=hit.source,
            )
            yield self._with_explanation(finding, case.report)

    def _with_explanation(self, finding: Finding, report: AnnualReport) -> Finding:
        if not self.explainable and finding.severity is not Severity.WARNING:
            return finding
        for explanation in report.explanations:
            if _covers(explanation, finding):
                return _explained(finding, explanation.text)
        return finding


def rule(
    code: str,
    name: str,
    severity: Severity,
    gate: Gate = Gate.DATA,
    *,
    explainable: bool = False,
) -> Callable[[Judge], Rule]:
    """Make a rule of a function from a case to hits."""

    def wrap(judge: Judge) -> Rule:
        return Rule(code, name, severity, gate, judge, explainable)

    return wrap


def short_label(field: Field) -> str:
    """Row and column without the row's explanation in brackets."""
    return "·".join(filter(None, (brief(field.row_label), field.column_label)))


def _covers(explanation: Explanation, finding: Finding) -> bool:
    """Whether an explanation was written for this finding with the figures it has now."""
    if explanation.code != finding.code or explanation.fields[:1] != finding.fields[:1]:
        return False
    bound = explanation.left is not None or explanation.right is not None
    return not bound or (explanation.left, explanation.right) == (finding.left, finding.right)


def _explained(finding: Finding, text: str) -> Finding:
    return replace(finding, explained=text)
