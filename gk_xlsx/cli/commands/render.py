"""`gk-xlsx render`: the report in Word, as a web page, in PDF or in Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from gk_xlsx.cli.options import Force, WordTemplate

if TYPE_CHECKING:
    from gk_xlsx.api import Made, Printed
    from gk_xlsx.errors import GkXlsxError


def render(
    source: Annotated[
        Path | None,
        typer.Argument(
            metavar="文件或文件夹",
            help="能读的报告，或存放它们的文件夹；在项目文件夹里不给就是汇总表。",
        ),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "-o",
            "--output",
            help="写到这个文件：.docx（Word）、.html（网页）、.pdf（须装有 LibreOffice）或 "
            ".md（Markdown）；文件夹对应文件夹；"
            "在项目文件夹里不给就写到 05成文。",
        ),
    ] = None,
    narrative: Annotated[
        Path | None, typer.Option(help="用这个 Markdown 或 Word 文件里的文字，不用表里的。")
    ] = None,
    template: WordTemplate = None,
    title: Annotated[str, typer.Option(help="报告标题。")] = "",
    format_: Annotated[
        str,
        typer.Option(
            "--format", help="文件夹里的报告都生成 docx、html、pdf 或 md；不给就是 docx。"
        ),
    ] = "",
    fragment: Annotated[
        bool, typer.Option("--fragment", help="网页只要正文片段，供粘贴到网站后台。")
    ] = False,
    force: Force = False,
) -> None:
    """数据和文字合成报告（Word、网页、PDF 或 Markdown）；数据有错误时照样生成，退出码为 1。"""
    from gk_xlsx.cli.defaults import report_to_render
    from gk_xlsx.cli.progress import tracked
    from gk_xlsx.cli.targets import told_of
    from gk_xlsx.errors import GkXlsxError

    source, output = report_to_render(source, output)
    if source.is_dir() and (narrative is not None or title):
        raise GkXlsxError("--narrative 和 --title 只用于一份报告，不能用于文件夹。")
    to = _wanted(source, output, format_, fragment=fragment)
    if template is not None and to.suffix not in (".docx", ".pdf"):
        raise GkXlsxError("--template 是 Word 模板，只用于生成 .docx 和 .pdf。")
    pairs = _pairs(source, output, to, (narrative, template), force=force)
    made = _all_made(tracked(pairs, "生成"), narrative, template, title, to)
    wrong, others, failures = [], [], []
    for report, target, document in made:
        try:
            if _written(document, target, force=force):
                wrong.append(report)
        except GkXlsxError as error:
            if source.is_dir() and _is_other_text(report, error):
                others.append(report)
            else:
                failures.append(told_of(report, error) if source.is_dir() else str(error))
    _finish(wrong, others, failures)


def _finish(wrong: Sequence[Path], others: Sequence[Path], failures: Sequence[str]) -> None:
    for path in others:
        typer.echo(f"{path} 里面没有法定表格，没有生成。", err=True)
    for path in wrong:
        typer.echo(f"{path} 的数据有错误，用 gk-xlsx check {path} 查看。", err=True)
    for failure in failures:
        typer.echo(failure, err=True)
    if failures or wrong:
        raise typer.Exit(2 if failures else 1)


def _is_other_text(path: Path, error: GkXlsxError) -> bool:
    from gk_xlsx import api
    from gk_xlsx.errors import UnreadableError

    return isinstance(error, UnreadableError) and api.is_other_text(path, error.code)


def _wanted(source: Path, output: Path, format_: str, *, fragment: bool) -> Printed:
    """What the reports become: told by the output's name, of a folder by `--format`."""
    from gk_xlsx.api import Printed
    from gk_xlsx.cli.targets import require_ending
    from gk_xlsx.errors import GkXlsxError

    files = {item.suffix: item for item in Printed if item is not Printed.FRAGMENT}
    if source.is_dir():
        suffix = f".{format_ or 'docx'}"
        if suffix not in files:
            raise GkXlsxError(f"只能生成 {'、'.join(files)} 文件，--format 没有“{format_}”这一项。")
    else:
        if format_:
            raise GkXlsxError("--format 只用于文件夹；一份报告生成什么，由 -o 的文件名决定。")
        require_ending(output, *files)
        suffix = output.suffix.lower()
    if fragment and files[suffix] is not Printed.PAGE:
        raise GkXlsxError("--fragment 只用于网页（.html）。")
    return Printed.FRAGMENT if fragment else files[suffix]


def _pairs(
    source: Path, output: Path, to: Printed, also_read: Sequence[Path | None], *, force: bool
) -> list[tuple[Path, Path]]:
    """Every report to be rendered with the document it becomes; nothing is overwritten."""
    from gk_xlsx.cli.guard import keep_sources
    from gk_xlsx.cli.targets import named_after, prepare, reports_to_render
    from gk_xlsx.outputs.files import refuse_existing

    if not source.is_dir():
        keep_sources((source, *also_read), [output])
        refuse_existing(output, force=force)
        return [(source, output)]
    members = reports_to_render(source)
    targets = named_after(members, output, to.suffix)
    keep_sources((source, *also_read), targets)
    prepare(targets, force=force)
    return [(path, target) for (path, _), target in zip(members, targets, strict=True)]


def _all_made(
    pairs: Iterable[tuple[Path, Path]],
    narrative: Path | None,
    template: Path | None,
    title: str,
    to: Printed,
) -> Iterator[tuple[Path, Path, Made | GkXlsxError]]:
    """Every report as what it becomes, or why it cannot; PDF all at once, for speed."""
    from gk_xlsx import api
    from gk_xlsx.errors import GkXlsxError

    printing = to is api.Printed.PDF
    if printing:
        api.as_pdf([])  # says at once what is not installed
    waiting: list[tuple[Path, Path, Made]] = []
    for report, target in pairs:
        wanted = api.Printed.WORD if printing else to
        try:
            made = api.render(
                report, narrative=narrative, template=template, title=title, to=wanted
            )
        except GkXlsxError as error:
            yield report, target, error
            continue
        if printing:
            waiting.append((report, target, made))
        else:
            yield report, target, made
    printed = api.as_pdf([made for _, _, made in waiting]) if waiting else []
    for (report, target, _), outcome in zip(waiting, _said_once(printed), strict=True):
        yield report, target, outcome


def _said_once(made: Iterable[Made | GkXlsxError]) -> Iterator[Made | GkXlsxError]:
    """Documents of which each has only the remarks that none before it has."""
    from gk_xlsx.errors import GkXlsxError

    said: set[str] = set()
    for document in made:
        if isinstance(document, GkXlsxError):
            yield document
            continue
        yield replace(document, remarks=tuple(r for r in document.remarks if r not in said))
        said |= set(document.remarks)


def _written(document: Made | GkXlsxError, target: Path, *, force: bool) -> bool:
    """Write one document; whether the figures in it have errors."""
    from gk_xlsx.errors import GkXlsxError
    from gk_xlsx.outputs.files import write_file

    if isinstance(document, GkXlsxError):
        raise document
    write_file(target, document.data, force=force)
    typer.echo(f"已生成 {target}", err=True)
    for remark in document.remarks:
        typer.echo(remark, err=True)
    return document.has_errors
