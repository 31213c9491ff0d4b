"""An office's folder with what its units sent, as real files."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

from gk_xlsx import api
from gk_xlsx.api.collecting import Gathering
from gk_xlsx.office import IssuingOffice
from gk_xlsx.relations import with_totals
from gk_xlsx.report import AnnualReport, Entry, EntryKind
from gk_xlsx.resources import form
from gk_xlsx.rollup.collected import Collected
from gk_xlsx.rollup.roster import Roster, RosterLine
from gk_xlsx.rollup.states import LineStatus, State
from gk_xlsx.sources.office_settings import OfficeSettings
from gk_xlsx.sources.write_report_json import report_json
from tests.rules.written import TEXT, finished

YEAR = 2025
SCHOOLS, MONEY, WATER = "河口区教育局", "河口区财政局", "河口区水利局"
ROSTER = Roster(
    (
        RosterLine(2, SCHOOLS, "001", contact="张三", phone="0576-1234567"),
        RosterLine(3, MONEY, "002"),
        RosterLine(4, WATER, "003"),
    )
)
MOMENT = datetime.datetime(2026, 1, 12, 15, 30)  # noqa: DTZ001 — the office's own clock
OFFICE = IssuingOffice(
    name="河口区人民政府办公室",
    section="政务公开科",
    contact="李四",
    phone="0576-7654321",
    submit_by=datetime.date(2026, 1, 20),
)


@dataclass(frozen=True)
class Office:
    """A folder with 02收件 in it."""

    folder: Path

    @property
    def received(self) -> Path:
        """Where what comes in is put."""
        return self.folder / "02收件"

    @property
    def register(self) -> Path:
        """收发登记."""
        return self.folder / "收发登记.xlsx"

    def gathering(self, moment: datetime.datetime = MOMENT, roster: Roster = ROSTER) -> Gathering:
        """What a run needs."""
        return Gathering(
            self.received,
            roster,
            self.register,
            settings=OfficeSettings(office=OFFICE),
            year=YEAR,
            moment=moment,
        )

    def put(self, path: str, data: bytes) -> Path:
        """A file that came in."""
        target = self.received / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
        return target


def report(unit: str, **values: int) -> AnnualReport:
    """A report in which nothing is to be found; with figures, nothing but what they cause."""
    overview = f"{TEXT['overview']}{unit}的同事每月轮流值守。".replace("2024", str(YEAR))
    preface = TEXT["preface"].replace("2024", str(YEAR))
    made = finished(YEAR, unit, overview=overview, preface=preface)
    entries = dict(made.entries) | {
        key.replace("__", "."): Entry(EntryKind.NUMBER, Decimal(item))
        for key, item in values.items()
    }
    assert set(entries) == set(made.entries), "no such field"
    return replace(made, entries=with_totals(form(made.edition), entries))


def book(made: AnnualReport, folder: Path) -> bytes:
    """The report as the unit's workbook."""
    return api.new(api.Issue(), values=_json(made, folder)).data


def word(made: AnnualReport, folder: Path) -> bytes:
    """The report as the unit's Word document."""
    return api.render(_json(made, folder)).data


def json_of(made: AnnualReport) -> bytes:
    """The report as a case-management system writes it."""
    return report_json(made).encode()


def _json(made: AnnualReport, folder: Path) -> Path:
    path = folder / "made.json"
    path.write_bytes(json_of(made))
    return path


def states(collected: Collected) -> Mapping[str, State]:
    """Unit to where it stands."""
    return {item.bundle.line.name: item.state for item in collected.lines}


def line(collected: Collected, unit: str) -> LineStatus:
    """Where one unit stands."""
    return next(item for item in collected.lines if item.bundle.line.name == unit)
