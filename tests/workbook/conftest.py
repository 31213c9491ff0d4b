"""A clean report and its workbook, made once."""

from __future__ import annotations

import pytest

from gk_xlsx.report import AnnualReport
from tests.made import clean_report
from tests.workbook.books import issued


@pytest.fixture(scope="session")
def clean() -> AnnualReport:
    return clean_report()


@pytest.fixture(scope="session")
def book(clean: AnnualReport) -> bytes:
    return issued(clean)
