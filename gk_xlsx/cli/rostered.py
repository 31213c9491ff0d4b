"""Issuing by roster: one workbook per line that is due, and what the office should know of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from gk_xlsx.errors import GkXlsxError

if TYPE_CHECKING:
    from gk_xlsx.api import LastRead
    from gk_xlsx.office import IssuingOffice
    from gk_xlsx.rollup.last_reports import Carried
    from gk_xlsx.rollup.roster import Roster, RosterLine


_NAMED = 6
"""So many files are named in one sentence."""


@dataclass(frozen=True, slots=True)
class Issuing:
    """What is issued: whose roster, for which year, where to, with whose figures of last year."""

    roster: Path
    folder: Path
    year: int
    last: Path | None
    config: Path | None
    office: IssuingOffice


def wanted(
    roster: Path | None,
    output: Path | None,
    year: int | None,
    last: Path | None,
    config: Path | None,
) -> Issuing | None:
    """What is to be issued; what is not given comes from the project folder.

    None where there is neither a roster nor a project folder.

    Raises:
        GkXlsxError: if the folder or the year is not known.
    """
    from gk_xlsx import api
    from gk_xlsx.inbox.project import project_here

    project, settings = project_here(), api.office_settings(config)
    if roster is None and project is None:
        return None
    if project is not None and project.has_last:
        last = last or project.last
    folder = output or (project.issued if project else None)
    year = year or settings.year
    if folder is None:
        raise GkXlsxError("请用 -o 给出存放填报表的文件夹，如 -o 01下发。")
    if year is None:
        raise GkXlsxError("请用 --year 给出报告年份，如 --year 2025，或在 设置.xlsx 里填上年份。")
    source = roster or (project.roster if project else Path())
    return Issuing(source, folder, year, last, config, settings.office)


def issue_roster(issuing: Issuing, *, force: bool) -> None:
    """Write the workbooks that are not there yet, all of them with `force`; then say what was done.

    Raises:
        GkXlsxError: if a file cannot be read or written.
    """
    from gk_xlsx import api
    from gk_xlsx.cli.guard import keep_sources
    from gk_xlsx.cli.progress import tracked
    from gk_xlsx.inbox.project import kept_with
    from gk_xlsx.outputs.files import make_folder, write_file
    from gk_xlsx.rollup.last_reports import LastReports

    opened = api.open_roster(issuing.roster)
    api.form_of(issuing.year)
    targets = api.targets_of(opened.roster, issuing.folder, issuing.year)
    due = [line for line in opened.roster.due if force or not targets[line.code].exists()]
    read = (issuing.last, issuing.config, *kept_with(issuing.roster))
    keep_sources(read, (targets[line.code] for line in due))
    found = _last(issuing) if due else None
    last = LastReports(found.reports, opened.roster) if found is not None else None
    make_folder(issuing.folder)
    done: list[tuple[RosterLine, Carried | None]] = []
    for line in tracked(due, "生成"):
        made = api.new_of(line, issuing.year, last=last, office=issuing.office)
        write_file(targets[line.code], made.data, force=force)
        done.append((line, made.carried))
    said = (*(found.remarks if found else ()), *_said(done, found.unread if found else ()))
    for text in (*opened.remarks, *said, *_strangers(issuing.folder, targets)):
        typer.echo(text, err=True)
    typer.echo(_summary(issuing, opened.roster, done), err=True)


def _last(issuing: Issuing) -> LastRead | None:
    """Last year's reports, where there are any to be read."""
    if issuing.last is None:
        return None
    from gk_xlsx import api
    from gk_xlsx.cli.progress import tracked

    files = tracked(api.last_files(issuing.last), "读取去年的报告")
    return api.read_last(files, issuing.year - 1)


def _said(done: Sequence[tuple[RosterLine, Carried | None]], unread: Sequence[Path]) -> list[str]:
    """What was remarkable about last year's figures, a line per unit; those absent in one.

    Args:
        done: what was issued.
        unread: documents among last year's files that may be scans of the absent reports.
    """
    asked = [(line, carried) for line, carried in done if carried is not None]
    said = [
        f"第{line.row}行 {line.name}：{remark}"
        for line, carried in asked
        for remark in carried.remarks
    ]
    absent = [line.name for line, carried in asked if carried.absent]
    if absent:
        said.append(
            f"没有找到去年的报告，上年数没有带入（{len(absent)} 份）：{'、'.join(absent)}。"
        )
    if absent and unread:
        names = "、".join(path.name for path in unread[:_NAMED])
        more = f" 等 {len(unread)} 个" if len(unread) > _NAMED else ""
        said.append(
            f"去年的文件里有读不出数据的（扫描件，或不是年度报告）：{names}{more}。"
            "如果是这些单位的报告，请换成 Word 或有文字的 PDF 再生成；不换的，上年结转由人工填写。"
        )
    return said


def _strangers(folder: Path, targets: Mapping[str, Path]) -> list[str]:
    """Workbooks in the folder that no line of the roster has: of an old name, for example."""
    from gk_xlsx.inbox.project import files_in

    known = set(targets.values())
    others = [path.name for path in files_in(folder) if path not in known]
    if not others:
        return []
    return [f"{folder} 里另有 {len(others)} 个文件不在名册上，请核对后删除：{'、'.join(others)}。"]


def _summary(
    issuing: Issuing, roster: Roster, done: Sequence[tuple[RosterLine, Carried | None]]
) -> str:
    carried = sum(1 for _, last in done if last is not None and last.last is not None)
    there = len(roster.due) - len(done)
    kept = f"已有 {there} 份，没有重做（要重做请加 --force）。" if there else ""
    if not done:
        return f"{issuing.folder} 里{kept}"
    with_last = f"，其中 {carried} 份带入上年数据" if issuing.last else "，没有带入上年数据"
    return f"已生成 {len(done)} 份填报表，在 {issuing.folder}{with_last}。{kept}"
