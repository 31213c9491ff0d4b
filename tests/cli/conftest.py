"""The commands as they are typed, and reports to give them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from gk_xlsx.cli import main
from gk_xlsx.report import BLANK, AnnualReport
from tests.made import clean_report, last_year, number, with_entries, write_json


@dataclass(frozen=True)
class Outcome:
    """What a command did."""

    code: int
    out: str
    err: str


Run = Callable[..., Outcome]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs `gk-xlsx` with arguments, in this process."""

    def run_command(*arguments: str | Path) -> Outcome:
        with pytest.raises(SystemExit) as end:
            main([str(argument) for argument in arguments])
        said = capsys.readouterr()
        return Outcome(int(end.value.code or 0), said.out, said.err)

    return run_command


@pytest.fixture
def clean(tmp_path: Path) -> Path:
    """A report without errors."""
    return write_json(clean_report(), tmp_path / "clean.json")


@pytest.fixture
def wrong(tmp_path: Path) -> Path:
    """A report with one blank cell and one total that is off."""
    entries = {"requests.new.company": BLANK, "disputes.review.total": number(1)}
    return write_json(with_entries(clean_report(), entries), tmp_path / "wrong.json")


@pytest.fixture
def last(tmp_path: Path) -> Path:
    """Last year's report of the clean report's unit."""
    return write_json(report_of_last_year(), tmp_path / "last.json")


def report_of_last_year() -> AnnualReport:
    report = clean_report()
    values = last_year(report).values
    entries = {key: number(str(value)) for key, value in values.items()}
    return replace(with_entries(report, entries), year=report.year - 1)
