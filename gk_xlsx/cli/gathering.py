"""What is collected against what: what was asked for, completed from the project folder."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from gk_xlsx.errors import GkXlsxError

if TYPE_CHECKING:
    from gk_xlsx.api.collecting import Gathering
    from gk_xlsx.inbox.memory import Memory
    from gk_xlsx.rollup.last_reports import LastReports
    from gk_xlsx.rollup.roster import Roster


@dataclass(frozen=True, slots=True)
class Asked:
    """What a user said; None where it is to come from the project folder.

    Attributes:
        outputs: files that the run writes, which may lie in the folder.
        command: whose help is pointed to.
    """

    folder: Path | None = None
    roster: Path | None = None
    register: Path | None = None
    last: Path | None = None
    year: int | None = None
    config: Path | None = None
    outputs: tuple[Path, ...] = ()
    command: str = "collect"


def gathering_of(asked: Asked) -> tuple[Gathering, tuple[str, ...]]:
    """Everything a run needs, with what is to be said of roster and last year's files.

    Raises:
        GkXlsxError: if folder, roster or year is not known, or one of the files is wrong.
    """
    from gk_xlsx import api
    from gk_xlsx.api.collecting import Gathering, memory_beside
    from gk_xlsx.cli.defaults import lacking
    from gk_xlsx.inbox.project import REGISTER, codes_file, project_here

    project, settings = project_here(), api.office_settings(asked.config)
    folder = asked.folder or (project.received if project else None)
    source = asked.roster or (project.roster if project else None)
    if folder is None:
        raise lacking("参数 文件夹（存放收件的文件夹）", asked.command)
    if source is None:
        raise GkXlsxError("请用 --roster 给出名册，如 --roster 名册.xlsx。")
    opened = api.open_roster(source)
    year = asked.year or settings.year
    if year is not None:
        api.form_of(year)
    default = project.last if project and project.has_last else None
    register = asked.register or source.with_name(REGISTER)
    memory = memory_beside(register)
    last, remarks = _last(asked.last or default, year, opened.roster, memory)
    gathering = Gathering(
        folder=folder,
        roster=opened.roster,
        register=register,
        settings=settings,
        year=year,
        last=last,
        own=(source, codes_file(source)),
        written=asked.outputs,
    )
    return gathering, (*opened.remarks, *remarks)


def year_of(gathering: Gathering) -> int:
    """The report year that was given or set.

    Raises:
        GkXlsxError: if neither was.
    """
    year = gathering.year or gathering.settings.year
    if year is None:
        raise GkXlsxError("请用 --year 给出报告年份，如 --year 2025。")
    return year


def _last(
    source: Path | None, year: int | None, roster: Roster, memory: Memory
) -> tuple[LastReports | None, Sequence[str]]:
    """Last year's reports, with what is to be said of files that are none."""
    if source is None:
        return None, ()
    if year is None:
        raise GkXlsxError("用去年的报告核对，要知道收的是哪一年。请用 --year 给出报告年份。")
    from gk_xlsx import api
    from gk_xlsx.cli.progress import tracked
    from gk_xlsx.rollup.last_reports import LastReports

    files = tracked(api.last_files(source), "读取去年的报告")
    read = api.read_last(files, year - 1, memory)
    return LastReports(read.reports, roster), read.remarks
