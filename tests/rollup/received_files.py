"""Files that came in, as values."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from decimal import Decimal

from gk_xlsx import resources
from gk_xlsx.findings import CheckedFile, Finding, Gate, Severity, Verdict, verdict
from gk_xlsx.rollup.received import Figures, Received, Role, Sender
from gk_xlsx.rollup.roster import Roster, RosterLine
from gk_xlsx.units import Scope, Unit

FORM = resources.form("2021")
YEAR = 2025
ROSTER = Roster(
    (
        RosterLine(2, "河口区教育局", "1"),
        RosterLine(3, "河口区财政局", "2"),
        RosterLine(4, "河口区民政局", "3"),
    )
)


def received(
    path: str, unit: str = "", *findings: Finding, role: Role = Role.FIGURES, **changes: object
) -> Received:
    """A file; with a unit it is an all-zero report of it."""
    sha256 = hashlib.sha256(path.encode()).hexdigest()
    made = Received(path, sha256, role, "", first_seen="2026-01-10T09:00:00")
    if unit:
        made = replace(
            made,
            sender=Sender(Unit(unit), Scope.BODY, YEAR, "2021"),
            figures=figures(),
            text="a text",
            checked=checked(path, *findings),
        )
    return replace(made, **changes)  # type: ignore[arg-type] # members by their names


def unreadable(path: str, role: Role = Role.FIGURES) -> Received:
    error = Finding("FI04", "damaged", Severity.ERROR, Gate.DATA, "文件已损坏，不能打开。")
    made = CheckedFile(path, "", None, None, None, Verdict.UNREADABLE, Verdict.NONE, (error,))
    return received(path, role=role, checked=made)


def figures(**values: int | None) -> Figures:
    """All zero, but for the figures given (`requests__new__total`)."""
    said: dict[str, int | None] = {key.replace("__", "."): item for key, item in values.items()}
    every = (said.get(key, 0) for key in FORM.fields)
    return Figures(tuple(None if item is None else Decimal(item) for item in every))


def checked(path: str, *findings: Finding) -> CheckedFile:
    data, text = (verdict(findings, gate) for gate in (Gate.DATA, Gate.TEXT))
    return CheckedFile(path, path, None, YEAR, "2021", data, text, findings)


def finding(
    code: str = "AR01", severity: Severity = Severity.ERROR, gate: Gate = Gate.DATA
) -> Finding:
    return Finding(code, "made-up", severity, gate, f"{code} 的问题。")
