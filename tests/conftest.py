"""Fixtures for everything outside the package: office programs, validators, real reports.

A machine without them skips what needs them and says so; in CI (`CI=true`) their absence fails.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Never

import pytest

from tests.office import libreoffice as office
from tests.office import validator as open_xml
from tests.office.libreoffice import LibreOffice
from tests.office.recalculation import RecalcSession, uno_python
from tests.office.validator import Validator

ROOT = Path(__file__).parents[1]
REPORTS = ROOT.parent / "shared" / "reports"

if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:  # as a shell starts what it runs behind it
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session")
def libreoffice() -> LibreOffice:
    """An installed LibreOffice with Calc and Writer."""
    return office.find() or _absent("LibreOffice (soffice)")


@pytest.fixture(scope="session")
def uno_session(libreoffice: LibreOffice) -> Iterator[RecalcSession]:
    """LibreOffice, running for the whole test run; load a workbook before anything else."""
    python = uno_python() or _absent("a Python with LibreOffice's uno module (python3-uno)")
    with RecalcSession(libreoffice, python) as session:
        yield session


@pytest.fixture(scope="session")
def validator() -> Validator:
    """Microsoft's Open XML validator."""
    return open_xml.find() or _absent(f"the Open XML validator (${open_xml.PROGRAM_VARIABLE})")


@pytest.fixture(scope="session")
def reports() -> Path:
    """The folder of real reports that lies beside the project, never in it."""
    if not REPORTS.is_dir():
        pytest.skip("the real reports are not beside the project (../shared/reports)")
    return REPORTS


def _absent(what: str) -> Never:
    if os.environ.get("CI") == "true":
        pytest.fail(f"{what} is missing, and CI must have it: .ci/run installs it")
    pytest.skip(f"{what} is not installed; .ci/run installs it")
