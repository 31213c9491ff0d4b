"""`gk-xlsx render`: the report in Word."""

from __future__ import annotations

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
    from gk_xlsx.cli.progress import tracked
    from gk_xlsx.errors import GkXlsxError

    if source.is_dir() and (narrative is not None or title):
        raise GkXlsxError("--narrative 和 --title 只用于一份报告，不能用于文件夹。")
    pairs = _pairs(source, output, force=force)
    wrong, failures = [], []
    for report, target in tracked(pairs, "生成"):
        try:
            if _rendered(report, target, narrative, template, title, force=force):
                wrong.append(report)
        except GkXlsxError as error:
            failures.append(f"{report}：{error}" if source.is_dir() else str(error))
    for path in wrong:
        typer.echo(f"{path} 的数据有错误，用 gk-xlsx check {path} 查看。", err=True)
    for failure in failures:
        typer.echo(failure, err=True)
    if failures or wrong:
        raise typer.Exit(2 if failures else 1)


def _pairs(source: Path, output: Path, *, force: bool) -> list[tuple[Path, Path]]:
    """Every report to be rendered with the document it becomes; nothing is overwritten."""
    from gk_xlsx.cli.targets import prepare, reports
    from gk_xlsx.errors import GkXlsxError
    from gk_xlsx.outputs.files import refuse_existing

    if not source.is_dir():
        refuse_existing(output, force=force)
        if output.suffix.lower() != ".docx":
            raise GkXlsxError(f"只能生成 .docx 文件，{output.name} 不行。")
        return [(source, output)]
    failures: list[str] = []
    members = [path for path, _ in reports([source], failures)]
    if failures:
        raise GkXlsxError(failures[0])
    targets = [output / path.relative_to(source).with_suffix(".docx") for path in members]
    prepare(targets, force=force)
    return list(zip(members, targets, strict=True))


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
    from gk_xlsx.outputs.files import write_file

    made = api.render(source, narrative=narrative, template=template, title=title)
    write_file(target, made.data, force=force)
    typer.echo(f"已生成 {target}", err=True)
    return made.has_errors
