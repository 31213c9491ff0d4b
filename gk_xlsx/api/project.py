"""The office's own files: settings, roster, project folder."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from gk_xlsx.errors import GkXlsxError, UnreadableError
from gk_xlsx.inbox.project import FOLDERS, Project, codes_file, project_here
from gk_xlsx.sources.archives import SIGNATURES as ARCHIVES
from gk_xlsx.sources.door import Kind, admit_data, read_bytes

if TYPE_CHECKING:
    from gk_xlsx.rollup.roster import Roster
    from gk_xlsx.rollup.roster_table import RosterTable
    from gk_xlsx.sources.office_settings import OfficeSettings

SETTINGS_FILE = "gk-xlsx.toml"
"""Looked for in the current folder only, never beside a submitted file."""

_SHOWN = (Kind.OLD_SPREADSHEET, Kind.SPREADSHEET, Kind.DOCX, Kind.HTML)
"""Kinds of rosters that are read as documents: .xls exported from a web page is one, too."""


def office_settings(path: str | Path | None) -> OfficeSettings:
    """Settings of a file, or of the current folder; defaults where neither is.

    A named file (`.toml` or a 设置.xlsx) is all that counts. In the current folder
    `gk-xlsx.toml` goes before 设置.xlsx, item by item; the latter only counts in a project folder.

    Raises:
        GkXlsxError: if a file cannot be read or is wrong.
    """
    from gk_xlsx.sources.office_settings import OfficeSettings

    if path is not None:
        return _settings_of(Path(path))
    here, project = Path(SETTINGS_FILE), project_here()
    own = _settings_of(here) if here.is_file() else OfficeSettings()
    if project is None or not project.settings.is_file():
        return own
    return own.before(_settings_of(project.settings))


def _settings_of(path: Path) -> OfficeSettings:
    from gk_xlsx.sources.office_settings import OfficeSettings, read_settings

    data = read_bytes(path)
    if path.suffix.lower() != ".xlsx" and not data.startswith(ARCHIVES):
        return read_settings(data, str(path))
    from gk_xlsx.api.own_lists import refuse_report
    from gk_xlsx.inbox.office_sheet import read_office_sheet

    refuse_report(data, path, "设置")
    office, year = read_office_sheet(data, str(path))
    return OfficeSettings(office=office, year=year)


@dataclass(frozen=True, slots=True)
class OpenedRoster:
    """A roster with what its reader should know (Chinese sentences)."""

    roster: Roster
    remarks: tuple[str, ...] = ()


def open_roster(path: str | Path) -> OpenedRoster:
    """Read an office's roster; the codes it gives are kept in a file beside it.

    The roster itself is never written to.

    Raises:
        GkXlsxError: if it cannot be read, or new codes cannot be kept.
        RosterError: with everything that is wrong with its lines.
    """
    from gk_xlsx.inbox.register import is_register
    from gk_xlsx.inbox.roster_file import codes_json, read_codes
    from gk_xlsx.outputs.files import write_file
    from gk_xlsx.rollup.roster_rows import read_roster

    source = Path(path)
    data, beside = read_bytes(source), codes_file(source)
    table, unread = _cells(data, source)
    if is_register(table):
        raise GkXlsxError(f"{source}：这是收发登记，不是名册。请检查是否选错了文件。")
    kept = read_codes(read_bytes(beside), str(beside)) if beside.is_file() else ()
    found = read_roster(table, source.name, kept)
    if found.codes != kept:
        write_file(beside, codes_json(found.codes), force=True)
    return OpenedRoster(found.roster, (*_open_elsewhere(source), *unread))


def _cells(data: bytes, source: Path) -> tuple[RosterTable, tuple[str, ...]]:
    """The cells of a roster, and what was not read of it (Chinese sentences)."""
    from gk_xlsx.api.formats import document_of
    from gk_xlsx.api.own_lists import refuse_report, refuse_shown_report
    from gk_xlsx.inbox.roster_file import roster_table, table_in

    try:
        arrival = admit_data(str(source), data)
        if arrival.kind is Kind.WORKBOOK:
            refuse_report(data, source, "名册")
        if arrival.kind not in _SHOWN:
            return roster_table(data, str(source)), ()
        document = document_of(arrival)
        refuse_shown_report(document, source, "名册")
    except UnreadableError as error:
        error.path = str(source)
        raise
    remarks = tuple(f"{source.name}：{text}。" for text in document.remarks)
    return table_in(document, str(source)), remarks


def _open_elsewhere(source: Path) -> Iterator[str]:
    """Excel and WPS leave a lock file beside what they have open."""
    if source.with_name(f"~${source.name}").exists():
        yield f"{source.name} 正在别的程序里打开，读到的是上次保存的内容。"


@dataclass(frozen=True, slots=True)
class MadeProject:
    """A project folder that was made or completed: names of what is new and of what was there."""

    year: int
    made: tuple[str, ...]
    kept: tuple[str, ...]


def init_project(folder: str | Path, year: int | None = None) -> MadeProject:
    """Make a project folder, or what one lacks; nothing that is there is touched.

    Args:
        folder: where; its name may tell the year (年报2025).
        year: the report year.

    Raises:
        GkXlsxError: if the year is not known or impossible, or a file cannot be written.
    """
    from gk_xlsx.api.issuing import form_of
    from gk_xlsx.inbox.samples import sample_roster, sample_settings
    from gk_xlsx.outputs.files import make_folder, write_file

    root = Path(folder)
    report_year = year or _year_in(root.resolve().name)
    form_of(report_year)
    project = Project(root)
    there = [path.name for path in _parts(project) if path.exists()]
    for name in FOLDERS:
        make_folder(root / name)
    samples: dict[Path, Callable[[], bytes]] = {
        project.roster: sample_roster,
        project.settings: lambda: sample_settings(report_year),
    }
    for path, sample in samples.items():
        if not path.exists():
            write_file(path, sample(), force=False)
    made = tuple(path.name for path in _parts(project) if path.name not in there)
    return MadeProject(report_year, made, tuple(there))


def _parts(project: Project) -> Sequence[Path]:
    return (project.roster, project.settings, *(project.folder / name for name in FOLDERS))


def _year_in(name: str) -> int:
    found = re.search(r"(?<!\d)20\d\d(?!\d)", name)
    if found is None:
        raise GkXlsxError("请用 --year 给出报告年份，如 --year 2025；或把年份写进文件夹名。")
    return int(found[0])
