"""Workbooks as they are sent in, and what is read in them."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

from gk_xlsx import resources
from gk_xlsx.api.reading import open_data
from gk_xlsx.findings import Finding, Severity
from gk_xlsx.plan.merged_workbook import plan_merged
from gk_xlsx.report import AnnualReport
from gk_xlsx.rules import ALL, judge
from gk_xlsx.workbook.read import read_merged
from gk_xlsx.workbook.write import workbook_bytes
from tests.workbook.merged_books import gaps_merge

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
BOOKS = ("ordinary", "wrong", "of-2019", "merged")
"""Three filled ones, with and without errors, of both editions, and a merged one with gaps."""

_FILES = {
    "ordinary": "02-区政府办公室-2021.xlsx",
    "wrong": "07-区政府办公室-2021-错误示范.xlsx",
    "of-2019": "06-开发区管委会-2019.xlsx",
}

Read = tuple[AnnualReport, tuple[Finding, ...]]


@cache
def book(name: str) -> bytes:
    """A workbook before it is saved again."""
    if name == "merged":
        return workbook_bytes(plan_merged(gaps_merge()))
    return (EXAMPLES / _FILES[name]).read_bytes()


def read(data: bytes) -> Read:
    """The report and its findings, without what is only worth knowing of the workbook itself."""
    report = open_data("book.xlsx", data).report
    findings = judge(report, resources.form(report.edition), ALL)
    kept = tuple(item for item in findings if not _is_of_the_workbook(item))
    return replace(report, observations=()), kept


def same(name: str, saved: bytes) -> None:
    """The workbook that was saved again says what it said before."""
    report, findings = read(saved)
    before, found = read(book(name))
    assert differences(report, before) == []
    assert report == before
    assert [*map(_told, findings)] == [*map(_told, found)]
    if name == "merged":
        merged, was = (read_merged(data, resources.form) for data in (saved, book(name)))
        assert replace(merged, report=was.report) == was


def differences(one: AnnualReport, other: AnnualReport) -> list[str]:
    """Figures that are not the same, to be shown when a test fails."""
    return [
        f"{key}: {entry} / {other.entries[key]}"
        for key, entry in one.entries.items()
        if entry != other.entries[key]
    ]


def _told(finding: Finding) -> tuple[str, str, Severity]:
    return finding.code, finding.message, finding.severity


def _is_of_the_workbook(finding: Finding) -> bool:
    """Unprotected, more sheets than were sent: none of it is wrong."""
    return finding.code.startswith("SE") and finding.severity is not Severity.ERROR
