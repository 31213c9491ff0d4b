"""Where a project folder stands and what comes next; told without reading a single report."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from gk_xlsx.api.issuing import targets_of
from gk_xlsx.api.project import office_settings, open_roster
from gk_xlsx.errors import GkXlsxError
from gk_xlsx.inbox.project import Project, files_in
from gk_xlsx.sources.door import read_bytes

if TYPE_CHECKING:
    from gk_xlsx.rollup.roster import Roster
    from gk_xlsx.sources.office_settings import OfficeSettings

_Read = TypeVar("_Read")

_DONE = ("审核通过", "不须报送")
"""收件情况 of lines from which nothing more is expected."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What the office is told: a line per step, what is wrong or remarkable, what comes next."""

    lines: tuple[str, ...]
    problems: tuple[str, ...]
    next_step: str


@dataclass(frozen=True, slots=True)
class _Known:
    """What the folder holds.

    Attributes:
        issued: how many of the workbooks that are due are there.
        states: 收件情况 of the register to the number of lines.
    """

    project: Project
    settings: OfficeSettings
    roster: Roster
    issued: int
    received: int
    states: Mapping[str, int]


def standing_of(project: Project) -> Standing:
    """Where a project folder stands.

    What is wrong with 名册 or 设置 is part of the answer, not an error.
    """
    problems: list[str] = []
    settings = _tried(lambda: office_settings(None), problems)
    opened = _tried(lambda: open_roster(project.roster), problems)
    known = None
    if settings is not None and opened is not None:
        known = _tried(lambda: _known(project, settings, opened.roster), problems)
    if known is None:
        return Standing((), tuple(problems), "按上面的提示改好后，再运行 gk-xlsx。")
    return Standing(tuple(_lines(known)), opened.remarks if opened else (), _next_step(known))


def _tried(read: Callable[[], _Read], problems: list[str]) -> _Read | None:
    """What was read; None where it is wrong, and why among the problems."""
    try:
        return read()
    except GkXlsxError as error:
        problems += str(error).splitlines()
        return None


def _known(project: Project, settings: OfficeSettings, roster: Roster) -> _Known:
    year = settings.year or 0
    targets = targets_of(roster, project.issued, year).values()
    return _Known(
        project,
        settings,
        roster,
        sum(path.is_file() for path in targets),
        len(files_in(project.received)),
        _states(project.register, roster),
    )


def _states(register: Path, roster: Roster) -> Mapping[str, int]:
    """收件情况 of every line of the register; empty where there is none yet."""
    if not register.is_file():
        return {}
    from gk_xlsx.inbox.register import RegisterColumn, register_sheet

    sheet = register_sheet(read_bytes(register), register.name, roster)
    return Counter(sheet.text(row, RegisterColumn.STATE) for row in sheet.rows.values())


def _lines(known: _Known) -> Iterator[str]:
    project, roster = known.project, known.roster
    due = len(roster.due)
    gone = len(roster.lines) - due
    yield f"年份　　{known.settings.year or '设置里还没有填'}"
    yield f"名册　　{len(roster.lines)} 行，应报 {due} 份{f'（撤并 {gone} 行）' if gone else ''}"
    yield f"下发　　{known.issued} 份{_lacking(due - known.issued)}"
    yield f"收件　　{known.received} 个文件{_by_state(known.states)}"
    yield f"反馈　　{len(files_in(project.feedback))} 个文件"
    yield f"汇总　　{project.merged_book.name if project.merged_book.is_file() else '还没有'}"
    yield f"成文　　{len(files_in(project.final))} 个文件"
    yield from _deadlines(known.settings)


def _lacking(number: int) -> str:
    return f"，还差 {number} 份" if number else ""


def _by_state(states: Mapping[str, int]) -> str:
    told = "，".join(f"{state} {number}" for state, number in states.items() if state)
    return f"；收发登记：{told}" if told else ""


def _deadlines(settings: OfficeSettings) -> Iterator[str]:
    today = datetime.date.today()  # noqa: DTZ011 — the office's own calendar
    office = settings.office
    for what, day in (("报送截止", office.submit_by), ("公布截止", office.publish_by)):
        if day is not None:
            left = (day - today).days
            told = f"还有 {left} 天" if left > 0 else "就是今天" if not left else f"已过 {-left} 天"
            yield f"{what}　{day.isoformat()}，{told}"


def _next_step(known: _Known) -> str:
    """The first step that is not done."""
    project = known.project
    open_lines = any(number for state, number in known.states.items() if state not in _DONE)
    steps = (
        (known.settings.year is None, "在 设置.xlsx 里填上年份。"),
        (
            known.issued < len(known.roster.due) and (known.issued > 0 or not known.received),
            "gk-xlsx new（按名册生成填报表，已有的不重做），再把 01下发 里的文件发给各单位。",
        ),
        (
            not known.received,
            "等各单位报送；收到的文件（压缩包不用解开）放进 02收件，再运行 gk-xlsx collect。",
        ),
        (not project.register.is_file(), "gk-xlsx collect（对照名册核验收到的文件）。"),
        (open_lines, "gk-xlsx collect（收到新文件后再运行，会列出未报送和待修改的单位供催报）。"),
        (not project.merged_book.is_file(), "gk-xlsx merge（各单位都已审核通过，可以汇总）。"),
        (not files_in(project.final), "gk-xlsx render（把汇总表生成 Word 报告）。"),
    )
    return next((text for here, text in steps if here), "成文的报告在 05成文，审签后公布。")
