"""What a check found: values that rules make and outputs show."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class Severity(StrEnum):
    """How much a finding matters; `label` is the word users read."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"

    @property
    def label(self) -> str:
        """错误, 需核实 or 提示."""
        return {"error": "错误", "warning": "需核实", "note": "提示"}[self.value]


class Gate(StrEnum):
    """What a finding decides: merging (data) or the finished document (text)."""

    DATA = "data"
    TEXT = "text"


class Verdict(StrEnum):
    """The outcome of one gate of one file."""

    PASS = "pass"
    EXPLAIN = "explain"
    FIX = "fix"
    UNREADABLE = "unreadable"
    NONE = "none"

    @property
    def label(self) -> str:
        """The words users read."""
        return _VERDICT_LABELS[self.value]


_VERDICT_LABELS = {
    "pass": "通过",
    "explain": "需说明",
    "fix": "有错误",
    "unreadable": "不能读取",
    "none": "没有文字",
}


@dataclass(frozen=True, slots=True)
class CellLocation:
    """A cell, named as sheet and address and as printed row and column; empty where unknown."""

    sheet: str = ""
    cell: str = ""
    row: str = ""
    column: str = ""


@dataclass(frozen=True, slots=True)
class TextLocation:
    """A passage of the text; offsets count code points of the section's Markdown, end exclusive."""

    section: str
    quote: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Finding:
    """One defect.

    Attributes:
        code: stable, two letters and two digits.
        name: the same in words, lower case with hyphens.
        message: Chinese, one or two sentences in the words of the form, with both values.
        fields: the ids concerned, the cell to look at first.
        left, right: the two sides that should agree (件, 万元), where there are two.
        fix: what to do, Chinese.
        source: the clause or note the rule rests on.
        explained: the 情况说明 that covers it, or None.
    """

    code: str
    name: str
    severity: Severity
    gate: Gate
    message: str
    fields: tuple[str, ...] = ()
    left: Decimal | None = None
    right: Decimal | None = None
    location: CellLocation | TextLocation | None = None
    fix: str = ""
    source: str = ""
    explained: str | None = None

    @property
    def open_error(self) -> bool:
        """Whether it must still be corrected."""
        return self.severity is Severity.ERROR and self.explained is None


@dataclass(frozen=True, slots=True)
class SetFinding:
    """A defect of a set of files, with the lines of the roster and the files it is about.

    Attributes:
        lines: codes of the lines it is held against, the one to look at first.
        files: paths, the one to look at first.
    """

    finding: Finding
    lines: tuple[str, ...] = ()
    files: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CheckedFile:
    """What was found in one file.

    Attributes:
        path: as the user gave it.
        sha256: of the file's bytes, lower-case hex; empty where it could not be read.
        unit, year, edition: of the report in it; None where there is none.
        data, text: the verdict of each gate.
    """

    path: str
    sha256: str
    unit: str | None
    year: int | None
    edition: str | None
    data: Verdict
    text: Verdict
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Counts:
    """How many findings of each kind; explained ones count only as explained."""

    files: int
    errors: int
    warnings: int
    explained: int
    notes: int


_SAID_BY = {"FM15": "IN09"}
"""Code to that which says the same of a file that both figures and text are taken from."""


def said_once(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings of one file, each defect once: tables that are pictures have no figures."""
    told = tuple(findings)
    codes = {item.code for item in told}
    return tuple(item for item in told if _SAID_BY.get(item.code) not in codes)


def verdict(findings: Iterable[Finding], gate: Gate) -> Verdict:
    """`fix` with an open error, `explain` with an unexplained warning, else `pass`."""
    still_open = [item for item in findings if item.gate is gate and item.explained is None]
    if any(item.severity is Severity.ERROR for item in still_open):
        return Verdict.FIX
    if any(item.severity is Severity.WARNING for item in still_open):
        return Verdict.EXPLAIN
    return Verdict.PASS


def count(files: Sequence[CheckedFile]) -> Counts:
    """Add up the findings of several files."""
    findings = [item for file in files for item in file.findings]
    still_open = [item for item in findings if item.explained is None]

    def of(severity: Severity) -> int:
        return sum(item.severity is severity for item in still_open)

    return Counts(
        files=len(files),
        errors=of(Severity.ERROR),
        warnings=of(Severity.WARNING),
        explained=len(findings) - len(still_open),
        notes=of(Severity.NOTE),
    )
