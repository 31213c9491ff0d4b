"""`gk-xlsx check`: what is wrong with reports."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from gk_xlsx.api import Choice, Examined
    from gk_xlsx.findings import CheckedFile


class Format(StrEnum):
    """How findings are shown."""

    TEXT = "text"
    JSON = "json"


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
        Path | None, typer.Option(help="规则设置；不给就用当前文件夹的 gk-xlsx.toml。")
    ] = None,
    format_: Annotated[str, typer.Option("--format", help="text（文字）或 json。")] = Format.TEXT,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="写到文件；不给就显示出来。")
    ] = None,
    select: Annotated[str, typer.Option(help="只查这些规则，如 AR,IN01。")] = "",
    ignore: Annotated[str, typer.Option(help="不查这些规则。")] = "",
    marked: Annotated[
        Path | None, typer.Option(help="把标出问题、可以退回的填报表写到这个文件夹。")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="覆盖已有文件。")] = False,
) -> None:
    """核验数据和文字：先说结论，再按表列出问题和改法。有错误时退出码为 1。"""
    from gk_xlsx import api
    from gk_xlsx.outputs.files import refuse_existing, write_file

    if output is not None:
        refuse_existing(output, force=force)
    write = _writer(format_)
    choice = api.Choice(
        api.LastYears(last) if last is not None else None,
        explanations,
        api.office_settings(config),
        _codes(select),
        _codes(ignore),
    )
    failures: list[str] = []
    targets = _targets(files, marked, failures, force=force)
    checked = []
    for examined, target in _examined(targets, choice, failures):
        checked.append(examined.file)
        if target is not None and examined.opened is not None:
            write_file(target, api.marked(examined).data, force=force)
    if checked:
        _show(write(checked), output, force=force)
    _finish(checked, failures)


def _writer(format_: str) -> Callable[[Sequence[CheckedFile]], str]:
    from gk_xlsx.errors import GkXlsxError
    from gk_xlsx.outputs.findings_json import findings_json
    from gk_xlsx.outputs.text import findings_text

    writers = {Format.TEXT: findings_text, Format.JSON: findings_json}
    if format_ not in set(Format):
        raise GkXlsxError(f"--format 没有“{format_}”这一种，可用：{'、'.join(Format)}。")
    return writers[Format(format_)]


def _targets(
    paths: Sequence[Path], marked: Path | None, failures: list[str], *, force: bool
) -> list[tuple[Path, Path | None]]:
    """Every file to be checked, with the workbook to send back for it."""
    from gk_xlsx.cli.targets import prepare, reports

    found = reports(paths, failures)
    if marked is None:
        return [(path, None) for path, _ in found]
    targets = [marked / path.relative_to(base).with_suffix(".xlsx") for path, base in found]
    prepare(targets, force=force)
    return [(path, target) for (path, _), target in zip(found, targets, strict=True)]


def _examined(
    targets: Sequence[tuple[Path, Path | None]], choice: Choice, failures: list[str]
) -> Iterator[tuple[Examined, Path | None]]:
    """Check every file; a path that cannot be read is noted and the others still run."""
    from gk_xlsx import api
    from gk_xlsx.cli.progress import tracked
    from gk_xlsx.errors import GkXlsxError

    for path, target in tracked(targets, "核验"):
        try:
            yield api.examine(path, choice), target
        except GkXlsxError as error:
            failures.append(str(error))


def _show(text: str, output: Path | None, *, force: bool) -> None:
    from gk_xlsx.outputs.files import write_file

    if output is None:
        typer.echo(text, nl=False)
    else:
        write_file(output, text.encode(), force=force)


def _finish(checked: Sequence[CheckedFile], failures: Sequence[str]) -> None:
    for failure in failures:
        typer.echo(failure, err=True)
    if failures:
        raise typer.Exit(2)
    if any(finding.open_error for item in checked for finding in item.findings):
        raise typer.Exit(1)


def _codes(text: str) -> tuple[str, ...]:
    """AR,IN01 as codes and families.

    Raises:
        GkXlsxError: for a code or family that does not exist.
    """
    from gk_xlsx.errors import GkXlsxError
    from gk_xlsx.rules import ALL

    parts = text.replace("，", ",").split(",")
    codes = tuple(part.strip().upper() for part in parts if part.strip())
    known = {rule.code for rule in ALL} | {rule.code[:2] for rule in ALL}
    wrong = [code for code in codes if code not in known]
    if wrong:
        raise GkXlsxError(f"没有规则 {'、'.join(wrong)}。可用：{'、'.join(sorted(known))}。")
    return codes
