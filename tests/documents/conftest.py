"""Reports for the documents' tests: real ones from beside the project, and made ones."""

from __future__ import annotations

import json
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from gk_xlsx.form import Field, Form
from gk_xlsx.report import BLANK, AnnualReport, Entry, EntryKind, Signed, read_text
from gk_xlsx.resources import form
from gk_xlsx.units import Unit

RealReport = Callable[[str], AnnualReport]


@pytest.fixture
def form_2021() -> Form:
    return form("2021")


@pytest.fixture
def form_2019() -> Form:
    return form("2019")


@pytest.fixture
def zeros(form_2021: Form) -> AnnualReport:
    """A body that has nothing to report, every cell 0."""
    nothing = Entry(EntryKind.NUMBER, Decimal(0))
    entries = dict.fromkeys(form_2021.fields, nothing)
    signed = Signed("某某区档案局", "2022-01-10")
    return AnnualReport("2021", 2021, Unit("某某区档案局"), entries, signed=signed)


@pytest.fixture
def real_report(reports: Path) -> RealReport:
    """Reads a published report by its file's name."""

    def read(name: str) -> AnnualReport:
        text = (reports / f"{name}.json").read_text("utf-8")
        data = json.loads(text, parse_float=Decimal)
        fields = form(data["edition"]).fields
        entries = {key: _entry(data["values"].get(key), field) for key, field in fields.items()}
        return AnnualReport(data["edition"], data["year"], Unit(data["unit"]["name"]), entries)

    return read


def _entry(value: Decimal | int | str | None, field: Field) -> Entry:
    if value is None:
        return BLANK
    if isinstance(value, str):
        return read_text(value, field)
    return Entry(EntryKind.NUMBER, Decimal(value))
