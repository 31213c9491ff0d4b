"""The trap corpus: sentences, small tables, and the codes that are expected of the rules TX."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

from gk_xlsx.report import AnnualReport, LastYear, narrative
from gk_xlsx.resources import form
from gk_xlsx.rules.rule import Case
from gk_xlsx.rules.text import ALL_TEXT
from gk_xlsx.units import Scope, Unit
from tests.made import number, zero_report

UNIT, YEAR = "临江区发展和改革局", 2023
_LAST = "上年."


@dataclass(frozen=True)
class Trap:
    """A text with the report it stands in and the codes expected, each as often as it should be.

    Attributes:
        missed: those of the expected codes that are known not to be found.
    """

    text: str
    report: AnnualReport
    expected: Counter[str]
    missed: Counter[str]

    def found(self) -> Counter[str]:
        """The codes that the rules give."""
        case = Case(self.report, form("2021"))
        return Counter(finding.code for rule in ALL_TEXT for finding in rule.run(case))


def corpus() -> tuple[Trap, ...]:
    """All entries, those that must be found first."""
    data = yaml.safe_load(Path(__file__).with_suffix(".yaml").read_text("utf-8"))
    entries = [*data["must_find"], *data["must_stay_silent"]]
    tables = {name: _flat(table) for name, table in data["tables"].items()}
    return tuple(
        _trap(entry if isinstance(entry, dict) else {"text": entry}, tables) for entry in entries
    )


def _trap(entry: Mapping[str, Any], tables: Mapping[str, Mapping[str, Any]]) -> Trap:
    values = {**tables[entry.get("table", "base")], **entry.get("set", {})}
    this = {name: value for name, value in values.items() if not name.startswith(_LAST)}
    last = {name.removeprefix(_LAST): value for name, value in values.items() if name not in this}
    report = zero_report()
    report = replace(
        report,
        year=YEAR,
        unit=Unit(entry.get("unit", UNIT)),
        scope=Scope(entry.get("scope", "body")),
        narrative=narrative({entry.get("section", "overview"): entry["text"]}.items()),
        entries={**report.entries, **{_id(name): number(value) for name, value in this.items()}},
        last_year=LastYear(YEAR - 1, UNIT, "2021", _known(last)) if last else None,
    )
    return Trap(
        entry["text"], report, Counter(entry.get("codes", ())), Counter(entry.get("missed", ()))
    )


def _known(values: Mapping[str, Any]) -> dict[str, Decimal]:
    return {_id(name): Decimal(value) for name, value in values.items() if value is not None}


def _flat(table: Mapping[str, Any]) -> dict[str, Any]:
    """三.新收: {自然人: 56} → 三.新收.自然人: 56."""
    return {
        f"{row}.{column}": value for row, cells in table.items() for column, value in cells.items()
    }


def _id(name: str) -> str:
    ids = form("2021").names.get(name, (name,))
    if len(ids) != 1 or ids[0] not in form("2021").fields:
        raise KeyError(name)
    return ids[0]
