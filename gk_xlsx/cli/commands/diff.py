"""`gk-xlsx diff`: what differs, and what explains it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from gk_xlsx.cli.formats import Format, format_named
from gk_xlsx.cli.options import Force, TextOrJson

if TYPE_CHECKING:
    from gk_xlsx.api import Compared
    from gk_xlsx.rollup.roster import Roster


def diff(
    left: Annotated[Path, typer.Argument(metavar="甲", help="报告、汇总表，或存放报告的文件夹。")],
    right: Annotated[Path, typer.Argument(metavar="乙", help="同上；什么格式都可以。")],
    roster: Annotated[
        Path | None,
        typer.Option(
            help="名册：比较文件夹时按它对上单位、决定哪些计入汇总；在项目文件夹里不用给。"
        ),
    ] = None,
    format_: TextOrJson = Format.TEXT,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="写到文件；不给就显示。")
    ] = None,
    correction: Annotated[
        Path | None,
        typer.Option(help="把乙当作甲的更正，另写一份更正说明（.docx）。"),
    ] = None,
    sums: Annotated[
        list[Path] | None,
        typer.Option("--sum", help="更正前的上级汇总表，由下而上，可给几次；写明汇总数怎样调整。"),
    ] = None,
    template: Annotated[Path | None, typer.Option(help="用本单位改过样式的更正说明模板。")] = None,
    force: Force = False,
) -> None:
    """比较两份报告、两份汇总或两个文件夹：哪里不同，最可能是哪个单位、什么原因。

    一边是文件夹、一边是文件时，把文件夹里的报告相加，与那份报告比较（上级公布数与各单位合计）。
    完全一致退出码为 0；有不同，或有没有读出、不能比较的数，为 1。
    """
    from gk_xlsx import api
    from gk_xlsx.cli.guard import keep_sources
    from gk_xlsx.cli.targets import require_ending
    from gk_xlsx.errors import GkXlsxError
    from gk_xlsx.outputs.files import refuse_existing

    shape = format_named(format_, Format.TEXT, Format.JSON)
    if correction is None and (sums or template):
        raise GkXlsxError("--sum 和 --template 要和 --correction 一起用。")
    keep_sources((left, right, roster, template, *(sums or ())), (output, correction))
    shape.refuse_misleading(output)
    require_ending(correction, ".docx")
    for target in filter(None, (output, correction)):
        refuse_existing(target, force=force)
    compared = api.differences(left, right, roster=_roster(roster, left, right))
    for remark in compared.remarks:
        typer.echo(remark, err=True)
    _show(compared, shape, output, force=force)
    if correction is not None:
        _write_correction(left, right, sums or [], correction, template, force=force)
    if not compared.comparison.same:
        raise typer.Exit(1)


def _roster(given: Path | None, left: Path, right: Path) -> Roster | None:
    """The roster that was named, or the project's where a folder is compared."""
    from gk_xlsx import api
    from gk_xlsx.inbox.project import project_here

    project = project_here()
    if given is None and project is not None and (left.is_dir() or right.is_dir()):
        given = project.roster if project.roster.is_file() else None
    return api.open_roster(given).roster if given is not None else None


def _show(compared: Compared, shape: Format, output: Path | None, *, force: bool) -> None:
    from gk_xlsx.outputs.difference_json import difference_json
    from gk_xlsx.outputs.difference_text import difference_text
    from gk_xlsx.outputs.files import write_file

    made = difference_json if shape is Format.JSON else difference_text
    text = made(compared.comparison, compared.causes, compared.findings)
    if output is None:
        typer.echo(text.rstrip("\n"))
        return
    write_file(output, text.encode(errors="replace"), force=force)
    typer.echo(f"已生成 {output}", err=True)


def _write_correction(
    before: Path,
    after: Path,
    sums: list[Path],
    target: Path,
    template: Path | None,
    *,
    force: bool,
) -> None:
    from gk_xlsx import api
    from gk_xlsx.outputs.files import write_file

    made = api.correction(before, after, sums, template=template)
    for remark in made.remarks:
        typer.echo(remark, err=True)
    write_file(target, made.data, force=force)
    typer.echo(f"已生成 {target}", err=True)
