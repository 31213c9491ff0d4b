"""A collection with everything in it that can happen, as values."""

from __future__ import annotations

import datetime
from dataclasses import replace
from decimal import Decimal

from gk_xlsx.findings import Finding, Gate, Severity, TextLocation, Verdict
from gk_xlsx.office import IssuingOffice
from gk_xlsx.rollup.collected import Collected
from gk_xlsx.rollup.collecting import collection_of
from gk_xlsx.rollup.filing import file_all
from gk_xlsx.rollup.names import Names
from gk_xlsx.rollup.received import Received, Register, RegisterEntry, Role
from gk_xlsx.rollup.roster import Roster, RosterLine, Standing
from gk_xlsx.rollup.states import statuses
from gk_xlsx.rules import judge_set
from gk_xlsx.rules.sets import ALL_COLLECTED
from tests.rollup.received_files import FORM, YEAR, figures, finding, received, unreadable

PHONE = "0576-1234567"
NAMES = (
    "政府办公室",
    "教育局",
    "财政局",
    "水利局",
    "民政局",
    "审计局",
    "城关镇",
    "档案局",
    "物资局",
)
ROSTER = Roster(
    (
        RosterLine(2, "河口区人民政府", "0"),
        *(
            RosterLine(row, f"河口区{name}", str(row), "0", contact="张三", phone=PHONE)
            for row, name in enumerate(NAMES, start=3)
        ),
    )
)
MOMENT = datetime.datetime(2026, 1, 12, 15, 30)  # noqa: DTZ001 — the office's own clock
OFFICE = IssuingOffice(
    name="河口区人民政府办公室", contact="李四", submit_by=datetime.date(2026, 1, 20)
)
EVIL = '"><script>alert(1)</script>&'
QUOTE = Finding(
    "TX01",
    "received-differs",
    Severity.WARNING,
    Gate.TEXT,
    "收到数不一致。",
    ("requests.new.total",),
    Decimal(71),
    Decimal(70),
    TextLocation("overview", "全年收到申请71件", 0, 8),
    "请核对。",
)


def everything() -> Collected:
    """One line in each state, a stranger, a scan of nobody, and an evil name."""
    gone = replace(ROSTER.lines[-1], standing=Standing.MERGED)
    roster = Roster((*ROSTER.lines[:-1], gone))
    return run(_files(), roster)


def run(files: list[Received], roster: Roster = ROSTER, new: str = "") -> Collected:
    """A run over some files; those whose path holds `new` came since the last."""
    seen = [replace(item, new=bool(new) and new in item.path) for item in files]
    register = Register({"4": RegisterEntry("4", "河口区教育局", published="2026-01-28")})
    collection = collection_of(
        roster,
        FORM,
        YEAR,
        file_all(seen, Names(roster)),
        register=register,
        submit_by=OFFICE.submit_by,
    )
    found = judge_set(collection, ALL_COLLECTED)
    about: dict[str, list[Finding]] = {}
    for item in found:
        for code in item.lines:
            about.setdefault(code, []).append(item.finding)
    return Collected(
        collection, statuses(collection, about), found, MOMENT, "02收件", OFFICE, ("x 不能读取。",)
    )


def _files() -> list[Received]:
    old = received("民政局.xlsx", "河口区民政局")
    assert old.sender is not None
    untold = figures(requests__new__total=2)
    without = received("档案局.xlsx", "河口区档案局")
    assert without.checked is not None
    return [
        received("区政府.xlsx", "河口区人民政府", text="a"),
        received("教育局.xlsx", "河口区教育局", finding(), QUOTE, text="b"),
        received("教育局.docx", "河口区教育局", QUOTE, role=Role.TEXT, text="b"),
        received("教育局盖章.jpg", role=Role.SEALED),
        received("财政局.xlsx", "河口区财政局", finding("YR02", Severity.WARNING), text="c"),
        unreadable("水利局.xlsx"),
        replace(old, sender=replace(old.sender, year=2024)),
        received("审计局.xlsx", "河口区审计局", text="d"),
        received("审计局(1).xlsx", "河口区审计局", figures=untold, text="d"),
        received("城关镇.xlsx", "河口区城关镇", text="e", first_seen="2026-01-23T09:00:00"),
        replace(without, checked=replace(without.checked, text=Verdict.NONE)),
        received(f"{EVIL}.xlsx", f"河口区{EVIL}", text="f"),
        received("IMG_1.jpg", role=Role.SEALED),
    ]
