"""What `merge` does: which files, against which roster, written where, and what is said of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from gk_xlsx.errors import GkXlsxError

if TYPE_CHECKING:
    from gk_xlsx.api.contributing import Contributed
    from gk_xlsx.api.merging import MadeMerge, MergeTask
    from gk_xlsx.api.merging_levels import MadeLevel
    from gk_xlsx.merged import Contributor
    from gk_xlsx.rollup.last_reports import LastReport
    from gk_xlsx.rollup.roster import Roster, RosterLine

_NAMED = 10
"""So many missing units are named on the screen; the workbook names all."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What was asked for; empty or None where it was not said."""

    files: tuple[Path, ...]
    output: Path | None
    roster: Path | None
    unit: str
    year: int
    last: Path | None
    keep: Path | None
    each_level: Path | None

    @property
    def read(self) -> tuple[Path | None, ...]:
        """Files and folders, None where one was not given."""
        from gk_xlsx.inbox.project import kept_with

        return (*self.files, self.last, *(kept_with(self.roster) if self.roster else ()))

    @property
    def written(self) -> tuple[Path, ...]:
        """Files of this run or an earlier one, which may lie among those to be added up."""
        levels = self.each_level.glob("*汇总表.xlsx") if self.each_level else ()
        return (*((self.output,) if self.output else ()), *levels)


def merge_all(wanted: Wanted, *, strict: bool, force: bool) -> bool:
    """Merge, write, and say what came of it; whether everything is complete.

    Raises:
        GkXlsxError: if nothing can be added up or written, and with `strict` if anything is
            missing, unknown or wrong.
    """
    wanted = _with_project(wanted)
    _check_targets(wanted, force=force)
    task = _task(wanted)
    suspect = _wrong_roster(task.contributed, strict=strict)
    complete = not suspect
    if wanted.output is not None:
        complete &= _write_one(wanted.output, task, strict=strict, force=force)
    if wanted.each_level is not None:
        complete &= _write_levels(wanted, wanted.each_level, task, strict=strict, force=force)
    if suspect:
        typer.echo(suspect, err=True)
    return complete


def _wrong_roster(contributed: Contributed, *, strict: bool) -> str:
    """That most reports fit no line of the roster; empty where they do.

    Raises:
        GkXlsxError: with `strict`, if they do not.
    """
    from gk_xlsx.api.contributing import wrong_roster

    said = wrong_roster(contributed.unfit, contributed.fitting)
    if said and strict:
        raise GkXlsxError(f"{said}\n没有生成汇总表（--strict）。")
    return said


# -- what is added up ----------------------------------------------------------------------


def _with_project(wanted: Wanted) -> Wanted:
    """What was not said comes from the project folder."""
    from gk_xlsx import api
    from gk_xlsx.cli.defaults import lacking
    from gk_xlsx.inbox.project import project_here
    from gk_xlsx.outputs.files import make_folder

    project = project_here()
    if project is None:
        if not wanted.files:
            raise lacking("参数 文件或文件夹（各单位的报告）", "merge")
        return wanted
    goes_nowhere = wanted.output is None and wanted.each_level is None
    if goes_nowhere:
        make_folder(project.merged)
    return replace(
        wanted,
        files=wanted.files or (project.received,),
        roster=wanted.roster or (project.roster if project.roster.is_file() else None),
        output=project.merged_book if goes_nowhere else wanted.output,
        year=wanted.year or api.office_settings(None).year or 0,
        last=wanted.last or (project.last if project.has_last else None),
    )


def _check_targets(wanted: Wanted, *, force: bool) -> None:
    from gk_xlsx.api.own_lists import is_merged
    from gk_xlsx.cli.guard import keep_sources
    from gk_xlsx.cli.targets import require_ending
    from gk_xlsx.outputs.files import make_folder, refuse_existing

    if wanted.output is None and wanted.each_level is None:
        raise GkXlsxError(
            "请用 -o 给出汇总表的文件名，或用 --each-level 给出存放各级汇总表的文件夹。"
        )
    if wanted.each_level is not None and wanted.roster is None:
        raise GkXlsxError("逐级汇总须有名册，请用 --roster 给出。")
    if wanted.output is not None:
        require_ending(wanted.output, ".xlsx")
        keep_sources(wanted.read, [wanted.output], is_merged)
        refuse_existing(wanted.output, force=force)
    if wanted.each_level is not None:
        _refuse_among_received(wanted.each_level, wanted.files)
        make_folder(wanted.each_level)


def _refuse_among_received(folder: Path, read: Sequence[Path]) -> None:
    """A branch sends a merged workbook too: beside those, ours could not be told from it."""
    from gk_xlsx.disk import real_place

    if real_place(folder) in map(real_place, read):
        raise GkXlsxError(
            f"{folder} 是要读取的文件夹，各级汇总表放进去就和报来的分不清了。"
            "请用 --each-level 给出另一个文件夹。"
        )


def _task(wanted: Wanted) -> MergeTask:
    """One folder against a roster is collected as `collect` does; else all files are taken."""
    from gk_xlsx.api import merging

    one_folder = len(wanted.files) == 1 and wanted.files[0].is_dir()
    found = _collected(wanted) if one_folder and wanted.roster else _named(wanted)
    unit = merging.unit_of(wanted.unit, found.root)
    last = found.last or _last(wanted, found.contributed.year - 1)
    if wanted.last is not None and not any(item.unit.name == unit.name for item in last):
        typer.echo(f"{wanted.last} 里没有“{unit.name}”去年的汇总，上年数由各单位的相加。", err=True)
    kept = merging.merged_in(wanted.keep) if wanted.keep is not None else None
    return merging.MergeTask(found.contributed, unit, found.roster, found.root, last, kept)


@dataclass(frozen=True, slots=True)
class _Found:
    """What is added up, against which roster, with last year's reports as far as read."""

    contributed: Contributed
    roster: Roster | None
    root: RosterLine | None
    last: Sequence[LastReport] = ()


def _collected(wanted: Wanted) -> _Found:
    from gk_xlsx.api.contributing import collected_reports
    from gk_xlsx.api.merging import root_of
    from gk_xlsx.cli.gathering import Asked, gathering_of
    from gk_xlsx.cli.progress import tracked

    gathering, remarks = gathering_of(
        Asked(
            folder=wanted.files[0],
            roster=wanted.roster,
            last=wanted.last,
            year=wanted.year or None,
            outputs=wanted.written,
        )
    )
    for remark in remarks:
        typer.echo(remark, err=True)
    root = root_of(gathering.roster, wanted.unit)
    contributed = collected_reports(gathering, root, tracked)
    last = gathering.last.reports if gathering.last else ()
    return _Found(contributed, gathering.roster, root, last)


def _named(wanted: Wanted) -> _Found:
    from gk_xlsx.api.contributing import contributed
    from gk_xlsx.api.merging import root_of, unit_of
    from gk_xlsx.api.project import open_roster
    from gk_xlsx.cli.progress import tracked

    opened = open_roster(wanted.roster) if wanted.roster is not None else None
    for remark in opened.remarks if opened else ():
        typer.echo(remark, err=True)
    roster = opened.roster if opened else None
    root = root_of(roster, wanted.unit) if roster is not None else None
    unit_of(wanted.unit, root)
    found = contributed(
        wanted.files,
        roster=roster,
        root=root,
        year=wanted.year,
        own=wanted.written,
        tracked=tracked,
    )
    return _Found(found, roster, root)


def _last(wanted: Wanted, year: int) -> Sequence[LastReport]:
    from gk_xlsx import api

    if wanted.last is None:
        return ()
    if not wanted.last.exists():
        raise GkXlsxError(f"没有这个文件：{wanted.last}。请检查路径和文件名。")
    read = api.read_last(api.last_files(wanted.last), year)
    for remark in read.remarks:
        typer.echo(remark, err=True)
    return read.reports


# -- writing -------------------------------------------------------------------------------


def _write_one(output: Path, task: MergeTask, *, strict: bool, force: bool) -> bool:
    from gk_xlsx.api.merging import kept_from, merged_of
    from gk_xlsx.outputs.files import write_file

    if task.keep is None and output.exists():
        task = replace(task, keep=kept_from(output))
    made = merged_of(task)
    for remark in made.remarks:
        typer.echo(remark, err=True)
    if strict and not made.complete:
        raise GkXlsxError("\n".join((*_said(made), "没有生成汇总表（--strict）。")))
    write_file(output, made.data, force=force)
    for line in _said(made):
        typer.echo(line, err=True)
    typer.echo(f"已生成 {output}：{len(made.merged.counted)} 份报告。", err=True)
    return made.complete


def _write_levels(
    wanted: Wanted, folder: Path, task: MergeTask, *, strict: bool, force: bool
) -> bool:
    """A workbook for every branch; with `strict` none unless all are complete."""
    from gk_xlsx.api.merging import kept_from
    from gk_xlsx.api.merging_levels import merged_levels
    from gk_xlsx.api.own_lists import is_merged
    from gk_xlsx.cli.guard import keep_sources
    from gk_xlsx.outputs.file_names import stems
    from gk_xlsx.outputs.files import refuse_existing, write_file
    from gk_xlsx.rollup.expected import branches

    roster, root = task.roster, task.root
    if roster is None or root is None:
        raise GkXlsxError("逐级汇总须有名册，请用 --roster 给出。")
    names = {line.code: f"{stems(roster)[line.code]}汇总表.xlsx" for line in branches(roster, root)}
    targets = {code: folder / name for code, name in names.items()}
    for target in targets.values():
        refuse_existing(target, force=force)
    keep_sources(wanted.read, targets.values(), is_merged)
    there = {code: kept_from(path) for code, path in targets.items() if path.exists()}
    keep = {code: merged for code, merged in there.items() if merged is not None}
    levels = merged_levels(task, roster, root, names, keep)
    if strict:
        levels = _all_complete(list(levels))
    complete = True
    for level in levels:
        write_file(targets[level.line.code], level.made.data, force=force)
        complete &= level.made.complete
        typer.echo(f"已生成 {targets[level.line.code]}：{_in_short(level.made)}", err=True)
    return complete


def _all_complete(levels: Sequence[MadeLevel]) -> Iterator[MadeLevel]:
    incomplete = [level for level in levels if not level.made.complete]
    if incomplete:
        lines = [f"{level.line.name}：{_in_short(level.made)}" for level in incomplete]
        raise GkXlsxError("\n".join((*lines, "没有生成汇总表（--strict）。")))
    return iter(levels)


# -- what is said --------------------------------------------------------------------------


def _said(made: MadeMerge) -> Iterator[str]:
    """What is lacking, a line each; nothing where all is well."""
    merged = made.merged
    if merged.missing:
        names = "、".join(item.described for item in merged.missing[:_NAMED])
        more = f"等 {len(merged.missing)} 个" if len(merged.missing) > _NAMED else ""
        yield f"未完整：缺 {len(merged.missing)} 份报告：{names}{more}。"
    if merged.unknown:
        units = dict.fromkeys(_described(item) for item in merged.counted if item.reasons)
        named = "、".join(list(units)[:_NAMED]) or "调整行"
        more = f"等 {len(units)} 个" if len(units) > _NAMED else ""
        yield f"未完整：{len(merged.unknown)} 格汇总数未知，原因在：{named}{more}。"
    if merged.unreasoned:
        labels = "、".join(f"“{item.label}”" for item in merged.unreasoned)
        yield f"未完整：{labels}的调整没有写原因。"
    if made.wrong:
        names = "、".join(item.name for item in made.wrong[:_NAMED])
        more = "等" if len(made.wrong) > _NAMED else ""
        yield f"{len(made.wrong)} 份报告的数据有错误，仍按原数相加：{names}{more}。"


def _described(item: Contributor) -> str:
    """A unit, with the first reason why a figure of it is not known."""
    from gk_xlsx.rollup.figures import PARTS_UNKNOWN

    reasons = [why for why in dict.fromkeys(item.reasons.values()) if why != PARTS_UNKNOWN]
    more = "等" if len(reasons) > 1 else ""
    return f"{item.name}（{reasons[0]}{more}）" if reasons else item.name


def _in_short(made: MadeMerge) -> str:
    merged = made.merged
    parts = [f"{len(merged.counted)} 份报告"]
    parts += [f"缺 {len(merged.missing)} 份"] if merged.missing else []
    parts += [f"{len(merged.unknown)} 格未知"] if merged.unknown else []
    parts += [f"{len(made.wrong)} 份数据有错误"] if made.wrong else []
    return "，".join(parts)
