"""`gk-xlsx render`: the report in Word."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer


def render(
    source: Annotated[
        Path, typer.Argument(metavar="文件或文件夹", help="填报表、报告 JSON，或存放它们的文件夹。")
    ],
    output: Annotated[
        Path, typer.Option("-o", "--output", help="写到这个 .docx 文件；文件夹对应文件夹。")
    ],
    narrative: Annotated[
        Path | None, typer.Option(help="用这个 Markdown 文件里的文字，不用表里的。")
    ] = None,
    template: Annotated[Path | None, typer.Option(help="用本单位改过样式的 Word 模板。")] = None,
    title: Annotated[str, typer.Option(help="报告标题。")] = "",
    force: Annotated[bool, typer.Option("--force", help="覆盖已有文件。")] = False,
) -> None:
    """数据和文字合成 Word 报告；数据有错误时照样生成，退出码为 1。"""
    from gk_xlsx.errors import GkXlsxError

    pairs = _pairs(source, output, narrative=narrative, title=title)
    _refuse_existing(pairs, folder=source.is_dir(), force=force)
    wrong, failures = [], []
    for report, target in pairs:
        try:
            if _rendered(report, target, narrative, template, title, force=force):
                wrong.append(report)
        except GkXlsxError as error:
            failures.append(f"{report}：{error}" if len(pairs) > 1 else str(error))
    for path in wrong:
        typer.echo(f"{path} 的数据有错误，用 gk-xlsx check {path} 查看。", err=True)
    for failure in failures:
        typer.echo(failure, err=True)
    if failures or wrong:
        raise typer.Exit(2 if failures else 1)


def _pairs(
    source: Path, output: Path, *, narrative: Path | None, title: str
) -> list[tuple[Path, Path]]:
    """Every report to be rendered with the document it becomes."""
    from gk_xlsx import api
    from gk_xlsx.errors import GkXlsxError

    if not source.is_dir():
        if output.suffix.lower() != ".docx" and not output.is_dir():
            raise GkXlsxError(f"只能生成 .docx 文件，{output.name} 不行。")
        return [(source, output)]
    if narrative is not None or title:
        raise GkXlsxError("--narrative 和 --title 只用于一份报告，不能用于文件夹。")
    members = api.reports_in(source)
    if not members:
        raise GkXlsxError(f"{source} 里没有填报表或报告 JSON。")
    return [(path, output / f"{path.relative_to(source).with_suffix('')}.docx") for path in members]


def _refuse_existing(pairs: Sequence[tuple[Path, Path]], *, folder: bool, force: bool) -> None:
    """Make sure, before any work, that no document overwrites another one."""
    from gk_xlsx.errors import GkXlsxError
    from gk_xlsx.outputs.files import refuse_existing

    times = Counter(str(target).casefold() for _, target in pairs)
    twice = [str(target) for _, target in pairs if times[str(target).casefold()] > 1]
    if twice:
        raise GkXlsxError(f"两份报告会写成同一个文件：{'、'.join(sorted(set(twice)))}。请先改名。")
    for _, target in pairs:
        if target.exists() or not folder:
            refuse_existing(target, force=force)


def _rendered(
    source: Path,
    target: Path,
    narrative: Path | None,
    template: Path | None,
    title: str,
    *,
    force: bool,
) -> bool:
    """Render one report; whether its figures have errors."""
    from gk_xlsx import api
    from gk_xlsx.outputs.files import make_folder, write_file

    made = api.render(source, narrative=narrative, template=template, title=title)
    if not target.parent.is_dir():
        make_folder(target.parent)
    write_file(target, made.data, force=force)
    typer.echo(f"已生成 {target}", err=True)
    return made.has_errors
