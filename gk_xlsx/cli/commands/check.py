"""`gk-xlsx check`: what is wrong with reports."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from gk_xlsx.errors import GkXlsxError

if TYPE_CHECKING:
    from gk_xlsx.api import Choice, Examined


class Format(StrEnum):
    """How findings are shown."""

    TEXT = "text"
    JSON = "json"
    HTML = "html"


@dataclass(frozen=True, slots=True)
class _Task:
    """One file to be checked, and what is to be made of it."""

    path: Path
    marked: Path | None
    feedback: Path | None


def check(
    files: Annotated[
        list[Path],
        typer.Argument(metavar="文件或文件夹...", help="填报表、报告 JSON，或存放它们的文件夹。"),
    ],
    last: Annotated[Path | None, typer.Option(help="去年的报告，或存放去年报告的文件夹。")] = None,
    explanations: Annotated[
        Path | None, typer.Option(help="情况说明文件；不给就找同名的“.说明.json”。")
    ] = None,
    config: Annotated[
        Path | None, typer.Option(help="本单位的设置；不给就用当前文件夹的 gk-xlsx.toml。")
    ] = None,
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
    force: Annotated[bool, typer.Option("--force", help="覆盖已有文件。")] = False,
) -> None:
    """核验数据和文字：先说结论，再按表列出问题和改法。有错误时退出码为 1。"""
    from gk_xlsx import api
    from gk_xlsx.outputs.files import refuse_existing, write_file

    if output is not None:
        refuse_existing(output, force=force)
    shape, settings = _format(format_), api.office_settings(config)
    choice = api.Choice(
        last=api.LastYears(last) if last is not None else None,
        explanations=explanations,
        settings=settings.rules,
        select=_codes(select),
        ignore=_codes(ignore),
    )
    failures: list[str] = []
    tasks = _tasks(files, marked, feedback, failures, force=force)
    done = []
    for task, examined in _examined(tasks, choice, failures):
        if task.marked is not None and examined.opened is not None:
            write_file(task.marked, api.marked(examined).data, force=force)
        if task.feedback is not None:
            letter = api.feedback(examined, settings.office, feedback_template)
            write_file(task.feedback, letter.data, force=force)
        done.append(examined if shape is Format.HTML else replace(examined, opened=None))
    if done:
        _show(_written(shape, done), output, force=force)
    _finish(done, failures)


def _format(name: str) -> Format:
    if name not in set(Format):
        raise GkXlsxError(f"--format 没有“{name}”这一种，可用：{'、'.join(Format)}。")
    return Format(name)


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
    *,
    force: bool,
) -> list[_Task]:
    """Every file to be checked; nothing that it will be made into may exist yet."""
    from gk_xlsx.cli.targets import prepare, reports

    tasks = [
        _Task(
            path,
            marked and marked / path.relative_to(base).with_suffix(".xlsx"),
            feedback and feedback / path.relative_to(base).with_suffix(".docx"),
        )
        for path, base in reports(paths, failures)
    ]
    made = [target for task in tasks for target in (task.marked, task.feedback) if target]
    prepare(made, force=force)
    return tasks


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
        write_file(output, text.encode(), force=force)


def _finish(done: Sequence[Examined], failures: Sequence[str]) -> None:
    for failure in failures:
        typer.echo(failure, err=True)
    if failures:
        raise typer.Exit(2)
    if any(finding.open_error for item in done for finding in item.file.findings):
        raise typer.Exit(1)


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
