"""`gk-xlsx check`: what is wrong with reports."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from gk_xlsx.findings import CheckedFile


class Format(StrEnum):
    """How findings are shown."""

    TEXT = "text"
    JSON = "json"


def check(
    files: Annotated[
        list[Path], typer.Argument(metavar="文件或文件夹...", help="填报表、报告 JSON，或存放它们的文件夹。")
    ],
    last: Annotated[
        Path | None, typer.Option(help="去年的报告，或存放去年报告的文件夹。")
    ] = None,
    format_: Annotated[str, typer.Option("--format", help="text（文字）或 json。")] = Format.TEXT,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="写到文件；不给就显示出来。")
    ] = None,
    select: Annotated[str, typer.Option(help="只查这些规则，如 AR,IN01。")] = "",
    ignore: Annotated[str, typer.Option(help="不查这些规则。")] = "",
    force: Annotated[bool, typer.Option("--force", help="覆盖已有文件。")] = False,
) -> None:
    """核验数据：先说结论，再按表列出问题和改法。有错误时退出码为 1。"""
    from gk_xlsx.outputs.files import refuse_existing, write_file

    if output is not None:
        refuse_existing(output, force=force)
    write = _writer(format_)
    failures: list[str] = []
    checked = list(_checked(files, last, _codes(select), _codes(ignore), failures))
    if checked and output is not None:
        write_file(output, write(checked).encode(), force=force)
    elif checked:
        typer.echo(write(checked), nl=False)
    for failure in failures:
        typer.echo(failure, err=True)
    if failures:
        raise typer.Exit(2)
    if any(finding.open_error for item in checked for finding in item.findings):
        raise typer.Exit(1)


def _writer(format_: str) -> Callable[[Sequence[CheckedFile]], str]:
    from gk_xlsx.errors import GkXlsxError
    from gk_xlsx.outputs.findings_json import findings_json
    from gk_xlsx.outputs.text import findings_text

    writers = {Format.TEXT: findings_text, Format.JSON: findings_json}
    if format_ not in set(Format):
        raise GkXlsxError(f"--format 没有“{format_}”这一种，可用：{'、'.join(Format)}。")
    return writers[Format(format_)]


def _checked(
    paths: Sequence[Path],
    last: Path | None,
    select: Sequence[str],
    ignore: Sequence[str],
    failures: list[str],
) -> Iterator[CheckedFile]:
    """Check every file; a path that cannot be read is noted and the others still run."""
    from gk_xlsx import api
    from gk_xlsx.errors import GkXlsxError

    for path in paths:
        members = api.reports_in(path) if path.is_dir() else [path]
        if not members:
            failures.append(f"{path} 里没有填报表或报告 JSON。")
        for member in members:
            try:
                yield api.check(member, last=last, select=select, ignore=ignore)
            except GkXlsxError as error:
                failures.append(str(error))


def _codes(text: str) -> tuple[str, ...]:
    """AR,IN01 as codes and families.

    Raises:
        GkXlsxError: for a code or family that does not exist.
    """
    from gk_xlsx.errors import GkXlsxError
    from gk_xlsx.rules import ALL

    codes = tuple(filter(None, (part.strip().upper() for part in text.replace("，", ",").split(","))))
    known = {rule.code for rule in ALL} | {rule.code[:2] for rule in ALL}
    wrong = [code for code in codes if code not in known]
    if wrong:
        raise GkXlsxError(f"没有规则 {'、'.join(wrong)}。可用：{'、'.join(sorted(known))}。")
    return codes
