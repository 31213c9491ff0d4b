"""Verdicts and counts."""

from __future__ import annotations

import pytest

from gk_xlsx.findings import (
    CheckedFile,
    Counts,
    Finding,
    Gate,
    Severity,
    Verdict,
    count,
    verdict,
)


def finding(severity: Severity, gate: Gate = Gate.DATA, explained: str | None = None) -> Finding:
    return Finding("AR01", "row-total", severity, gate, "不平。", explained=explained)


ERROR, WARNING, NOTE = (finding(severity) for severity in Severity)


@pytest.mark.parametrize(
    ("findings", "expected"),
    [
        ([], Verdict.PASS),
        ([NOTE], Verdict.PASS),
        ([NOTE, WARNING], Verdict.EXPLAIN),
        ([WARNING, ERROR], Verdict.FIX),
        ([finding(Severity.ERROR, explained="划转")], Verdict.PASS),
        ([finding(Severity.WARNING, explained="划转"), NOTE], Verdict.PASS),
        ([finding(Severity.ERROR, Gate.TEXT)], Verdict.PASS),
    ],
)
def test_the_verdict_follows_from_what_is_open(findings: list[Finding], expected: Verdict) -> None:
    assert verdict(findings, Gate.DATA) is expected


def test_a_gate_has_its_own_verdict() -> None:
    assert verdict([finding(Severity.ERROR, Gate.TEXT)], Gate.TEXT) is Verdict.FIX


def test_only_an_unexplained_error_is_open() -> None:
    assert ERROR.open_error
    assert not finding(Severity.ERROR, explained="划转").open_error
    assert not WARNING.open_error


def test_explained_findings_count_only_as_explained() -> None:
    files = [
        CheckedFile(path, "", None, None, None, Verdict.FIX, Verdict.NONE, findings)
        for path, findings in (
            ("一", (ERROR, WARNING, NOTE, NOTE)),
            ("二", (ERROR, finding(Severity.ERROR, explained="划转"))),
        )
    ]
    assert count(files) == Counts(files=2, errors=2, warnings=1, explained=1, notes=2)


def test_severities_have_the_words_users_read() -> None:
    assert [severity.label for severity in Severity] == ["错误", "需核实", "提示"]
