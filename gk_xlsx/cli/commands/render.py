"""`gk-xlsx render`: the report in Word."""

from __future__ import annotations

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
    template: Annotated[
        Path | None, typer.Option(help="用本单位改过样式的 Word 模板。")
    ] = None,
    title: Annotated[str, typer.Option(help="报告标题。")] = "",
    force: Annotated[bool, typer.Option("--force", help="覆盖已有文件。")] = False,
) -> None:
    """数据和文字合成 Word 报告；数据有错误时照样生成，退出码为 1。"""
    pairs = _pairs(source, output, narrative=narrative, title=title)
    _refuse(pairs, output, force=force)
    wrong = _render_all(pairs, narrative, template, title, force=force)
    for path in wrong:
        typer.echo(f"{path} 的数据有错误，用 gk-xlsx check {path} 查看。", err=True)
    if wrong:
        raise typer.Exit(1)


def _pairs(
    source: Path, output: Path, *, narrative: Path | None, title: str
) -> list[tuple[Path, Path]]:
    """Every report to be rendered with the document it becomes."""
    from gk_xlsx import api
    from gk_xlsx.errors import GkXlsxError

    if not source.is_dir():
        if output.suffix.lower() != ".docx":
            raise GkXlsxError(f"只能生成 .docx 文件，{output.name} 不行。")
        return [(source, output)]
    if narrative is not None or title:
        raise GkXlsxError("--narrative 和 --title 只用于一份报告，不能用于文件夹。")
    members = api.reports_in(source)
    if not members:
        raise GkXlsxError(f"{source} 里没有填报表或报告 JSON。")
    return [(path, output / f"{path.relative_to(source).with_suffix('')}.docx") for path in members]


def _refuse(pairs: Sequence[tuple[Path, Path]], output: Path, *, force: bool) -> None:
    from gk_xlsx.errors import GkXlsxError
    from gk_xlsx.outputs.files import make_folder, refuse_existing

    targets = [str(target).casefold() for _, target in pairs]
    twice = sorted({target for target in targets if targets.count(target) > 1})
    if twice:
        raise GkXlsxError(f"两份报告会写成同一个文件：{'、'.join(twice)}。请先改名。")
    if pairs[0][1] != output:
        for _, target in pairs:
            make_folder(target.parent)
    for _, target in pairs:
        refuse_existing(target, force=force)


def _render_all(
    pairs: Sequence[tuple[Path, Path]],
    narrative: Path | None,
    template: Path | None,
    title: str,
    *,
    force: bool,
) -> list[Path]:
    """Render everything; the sources whose figures have errors."""
    from gk_xlsx import api
    from gk_xlsx.outputs.files import write_file

    wrong = []
    for source, target in pairs:
        made = api.render(source, narrative=narrative, template=template, title=title)
        write_file(target, made.data, force=force)
        typer.echo(f"已生成 {target}", err=True)
        if made.has_errors:
            wrong.append(source)
    return wrong
