"""`gk-xlsx check`: what is wrong with reports."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from gk_xlsx.cli.formats import Format, format_named
from gk_xlsx.cli.options import Config, Force
from gk_xlsx.errors import GkXlsxError

if TYPE_CHECKING:
    from gk_xlsx.api import Choice, Examined
    from gk_xlsx.office import IssuingOffice


@dataclass(frozen=True, slots=True)
class _Task:
    """One file to be checked, and what is to be made of it; `named` by the user, or found."""

    path: Path
    named: bool
    marked: Path | None
    feedback: Path | None


def check(
    files: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="文件或文件夹...",
            help="填报表、报告 JSON、其他表格、Word、网页、PDF、文本，或存放它们的文件夹；"
            "文件夹里没有法定表格的文档（通知、说明）不算报告。在项目文件夹里不给就是 02收件。",
        ),
    ] = None,
    last: Annotated[Path | None, typer.Option(help="去年的报告，或存放去年报告的文件夹。")] = None,
    explanations: Annotated[
        Path | None, typer.Option(help="情况说明文件；不给就找同名的“.说明.json”。")
    ] = None,
    config: Config = None,
    format_: Annotated[
        str, typer.Option("--format", help="text（文字）、json 或 html（网页）。")
    ] = Format.TEXT,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="写到文件；不给就显示出来。")
    ] = None,
    select: Annotated[str, typer.Option(help="只查这些规则，如 AR,IN01。")] = "",
    ignore: Annotated[str, typer.Option(help="不查这些规则。")] = "",
    marked: Annotated[
        Path | None, typer.Option(help="把标出问题、可以退回的填报表写到这个文件夹。")
    ] = None,
    feedback: Annotated[
        Path | None, typer.Option(help="把审核意见反馈单（Word）写到这个文件夹。")
    ] = None,
    feedback_template: Annotated[
        Path | None, typer.Option(help="用本单位改过样式的反馈单模板。")
    ] = None,
    force: Force = False,
) -> None:
    """核验数据和文字：先说结论，再按表列出问题和改法。有错误时退出码为 1。"""
    from gk_xlsx import api
    from gk_xlsx.cli.defaults import reports_to_check

    paths = reports_to_check(files)
    _refuse_useless(last, explanations, feedback_template)
    shape, settings = format_named(format_, *Format), api.office_settings(config)
    choice = api.Choice(
        last=api.LastYears(last) if last is not None else None,
        explanations=explanations,
        settings=settings.rules,
        select=_codes(select),
        ignore=_codes(ignore),
    )
    failures: list[str] = []
    tasks = _tasks(paths, marked, feedback, failures)
    read = (*paths, last, explanations, config, feedback_template)
    _make_room(read, output, tasks, shape, force=force)
    done: list[Examined] = []
    others: list[Path] = []
    for task, examined in _examined(tasks, choice, failures):
        if not task.named and _is_other_text(examined):
            others.append(task.path)
            continue
        why = _answered(task, examined, settings.office, feedback_template, force=force)
        failures += filter(None, [why])
        done.append(examined if shape is Format.HTML else replace(examined, opened=None))
    if done:
        _show(_written(shape, done), output, force=force)
    _mention(paths, others)
    _finish(done, failures)


def _refuse_useless(last: Path | None, explanations: Path | None, template: Path | None) -> None:
    """Say once, before any work, what would stop every report.

    Raises:
        GkXlsxError: if a file is not there, or the template is no Word document.
    """
    from gk_xlsx.api.reading import template_bytes

    for path in (last, explanations):
        if path is not None and not os.path.exists(path):  # noqa: PTH110 — a name may be too long for Path
            raise GkXlsxError(f"没有这个文件：{path}。请检查路径和文件名。")
    if template is not None:
        template_bytes(template)


def _make_room(
    read: Sequence[Path | None],
    output: Path | None,
    tasks: Sequence[_Task],
    shape: Format,
    *,
    force: bool,
) -> None:
    """Refuse what may not be written, before any work."""
    from gk_xlsx.cli.guard import keep_sources
    from gk_xlsx.cli.targets import prepare
    from gk_xlsx.outputs.files import refuse_existing

    made = [target for task in tasks for target in (task.marked, task.feedback) if target]
    keep_sources(read, [output, *made])
    if output is not None:
        refuse_existing(output, force=force)
    shape.refuse_misleading(output)
    prepare(made, force=force)


def _answered(
    task: _Task,
    examined: Examined,
    office: IssuingOffice,
    template: Path | None,
    *,
    force: bool,
) -> str:
    """Write what goes back to the unit; why it could not be, or nothing."""
    from gk_xlsx import api
    from gk_xlsx.cli.targets import told_of
    from gk_xlsx.outputs.files import write_file

    try:
        if task.marked is not None and examined.opened is not None:
            write_file(task.marked, api.marked(examined, office).data, force=force)
        if task.feedback is not None:
            write_file(task.feedback, api.feedback(examined, office, template).data, force=force)
    except GkXlsxError as error:
        return told_of(task.path, error)
    return ""


def _written(shape: Format, examined: Sequence[Examined]) -> str:
    from gk_xlsx import api

    files = [item.file for item in examined]
    if shape is Format.HTML:
        return api.findings_page(examined)
    if shape is Format.JSON:
        from gk_xlsx.outputs.findings_json import findings_json

        return findings_json(files)
    from gk_xlsx.outputs.text import findings_text

    return findings_text(files)


def _tasks(
    paths: Sequence[Path],
    marked: Path | None,
    feedback: Path | None,
    failures: list[str],
) -> list[_Task]:
    """Every file to be checked, and what it will be made into."""
    from gk_xlsx.cli.targets import named_after, reports

    members = reports(paths, failures)
    books = named_after(members, marked, ".xlsx") if marked else [None] * len(members)
    letters = named_after(members, feedback, ".docx") if feedback else [None] * len(members)
    return [
        _Task(path, path in paths, book, letter)
        for (path, _), book, letter in zip(members, books, letters, strict=True)
    ]


def _examined(
    tasks: Sequence[_Task], choice: Choice, failures: list[str]
) -> Iterator[tuple[_Task, Examined]]:
    """Check every file; a path that cannot be read is noted and the others still run."""
    from gk_xlsx import api
    from gk_xlsx.cli.progress import tracked

    for task in tracked(tasks, "核验"):
        try:
            yield task, api.examine(task.path, choice)
        except GkXlsxError as error:
            failures.append(str(error))


def _show(text: str, output: Path | None, *, force: bool) -> None:
    from gk_xlsx.outputs.files import write_file

    if output is None:
        typer.echo(text, nl=False)
    else:
        write_file(output, text.encode(errors="replace"), force=force)
        typer.echo(f"已生成 {output}", err=True)


def _mention(paths: Sequence[Path], others: Sequence[Path]) -> None:
    """What lies in folders and was not checked: papers without a statutory table, closed files."""
    from gk_xlsx import api

    closed = [file for path in paths if path.is_dir() for file in api.closed_in(path)]
    if others:
        typer.echo(f"里面没有法定表格，没有核验：{_listed(others)}。", err=True)
    if closed:
        how = "文档请另存为 .docx，表格请另存为 .xlsx，压缩包请先解压"
        typer.echo(f"不能直接读取，没有核验：{_listed(closed)}。{how}。", err=True)


def _finish(done: Sequence[Examined], failures: Sequence[str]) -> None:
    if not done and not failures:
        raise GkXlsxError("没有找到可以核验的报告。")
    for failure in dict.fromkeys(failures):
        typer.echo(failure, err=True)
    if failures:
        raise typer.Exit(2)
    if any(finding.open_error for item in done for finding in item.file.findings):
        raise typer.Exit(1)


def _is_other_text(examined: Examined) -> bool:
    from gk_xlsx import api

    found = examined.file
    return examined.opened is None and api.is_other_text(found.path, found.findings[0].code)


def _listed(paths: Sequence[Path]) -> str:
    more = f" 等 {len(paths)} 个文件" if len(paths) > _SHOWN else ""
    return "、".join(str(path) for path in paths[:_SHOWN]) + more


_SHOWN = 8


def _codes(text: str) -> tuple[str, ...]:
    """AR,IN01 as codes and families.

    Raises:
        GkXlsxError: for a code or family that does not exist.
    """
    from gk_xlsx.rules import ALL

    parts = text.replace("，", ",").split(",")
    codes = tuple(part.strip().upper() for part in parts if part.strip())
    known = {rule.code for rule in ALL} | {rule.code[:2] for rule in ALL}
    wrong = [code for code in codes if code not in known]
    if wrong:
        raise GkXlsxError(f"没有规则 {'、'.join(wrong)}。可用：{'、'.join(sorted(known))}。")
    return codes
