"""`gk-xlsx collect`: who has sent what, in which state."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from gk_xlsx.cli.formats import Format, format_named
from gk_xlsx.cli.options import Config, Force, ProjectRoster, TextOrJson

if TYPE_CHECKING:
    from gk_xlsx.api.collecting import Gathering
    from gk_xlsx.rollup.collected import Collected


def collect(
    folder: Annotated[
        Path | None,
        typer.Argument(
            metavar="文件夹", help="存放收到的材料的文件夹；在项目文件夹里可以不给（02收件）。"
        ),
    ] = None,
    roster: ProjectRoster = None,
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", help="写成 .xlsx：催报清单、问题清单、收件情况。"),
    ] = None,
    html: Annotated[Path | None, typer.Option(help="写成网页：各单位的状态，可以点开看。")] = None,
    format_: TextOrJson = Format.TEXT,
    marked: Annotated[
        Path | None,
        typer.Option(help="给每个单位做一个文件夹：反馈单、标出问题的填报表，通过的附 Word 报告。"),
    ] = None,
    last: Annotated[
        Path | None,
        typer.Option(help="去年的报告，或存放去年报告的文件夹；项目文件夹里用 00上年。"),
    ] = None,
    register: Annotated[
        Path | None,
        typer.Option(help="收发登记；不给就用名册旁边的 收发登记.xlsx，没有就新建。"),
    ] = None,
    year: Annotated[
        int | None,
        typer.Option(
            help="报告年份；不给就用设置里的，再没有就按多数报告的年份；用 --last 的须写明。"
        ),
    ] = None,
    config: Config = None,
    force: Force = False,
) -> None:
    """收件：谁报了、谁没报、报来的有什么问题，并更新收发登记。有单位未报或不合格时退出码为 1。"""
    from gk_xlsx.api.collecting import collect as run
    from gk_xlsx.api.collecting import keep_register
    from gk_xlsx.cli.gathering import Asked, gathering_of
    from gk_xlsx.cli.guard import keep_sources
    from gk_xlsx.cli.progress import tracked
    from gk_xlsx.cli.targets import require_ending
    from gk_xlsx.outputs.files import refuse_existing

    shape = format_named(format_, Format.TEXT, Format.JSON)
    for target in filter(None, (output, html)):
        refuse_existing(target, force=force)
    asked = Asked(folder, roster, register, last, year, config, tuple(filter(None, (output, html))))
    gathering, remarks = gathering_of(asked)
    read = (gathering.folder, *gathering.own, gathering.register, last, config)
    keep_sources(read, asked.outputs)
    for book in (output, register):
        require_ending(book, ".xlsx")
    Format.HTML.refuse_misleading(html)
    collected = run(gathering, tracked)
    typer.echo(_shown(shape, collected), nl=False)
    if marked is not None:
        _make_room(marked, (*read, *asked.outputs), collected, force=force)
    suspect = _wrong_roster(collected)
    for remark in filter(None, (*remarks, suspect, *keep_register(gathering, collected))):
        typer.echo(remark, err=True)
    _write(output, html, collected, force=force)
    if marked is not None:
        _answer(marked, gathering, collected, force=force)
    _finish(collected, failed=collected.failed or bool(suspect))


def _wrong_roster(collected: Collected) -> str:
    """That most reports fit no line of the roster; empty where they do."""
    from gk_xlsx.api.contributing import fit_of, wrong_roster

    unfit, fitting = fit_of(collected)
    return wrong_roster(len(unfit), fitting)


def _shown(shape: Format, collected: Collected) -> str:
    if shape is Format.JSON:
        from gk_xlsx.outputs.collected_json import collected_json

        return collected_json(collected)
    from gk_xlsx.outputs.collected_text import collected_text

    return collected_text(collected)


def _write(output: Path | None, html: Path | None, collected: Collected, *, force: bool) -> None:
    from gk_xlsx.outputs.files import write_file

    if output is not None:
        from gk_xlsx.outputs.collected_xlsx import collected_xlsx

        write_file(output, collected_xlsx(collected), force=force)
        typer.echo(f"已生成 {output}", err=True)
    if html is not None:
        from gk_xlsx.outputs.collected_html import collected_html

        write_file(html, collected_html(collected).encode(), force=force)
        typer.echo(f"已生成 {html}", err=True)


def _make_room(
    folder: Path, kept: Sequence[Path | None], collected: Collected, *, force: bool
) -> None:
    """Refuse what may not be overwritten before anything is written."""
    from gk_xlsx.api.answering import answers_planned
    from gk_xlsx.cli.guard import keep_sources
    from gk_xlsx.cli.targets import prepare

    planned = [folder / path for path in answers_planned(collected)]
    keep_sources(kept, planned)
    prepare(planned, force=force)


def _answer(folder: Path, gathering: Gathering, collected: Collected, *, force: bool) -> None:
    """Write every unit's package; what could not be made is said."""
    from gk_xlsx.api.answering import answers
    from gk_xlsx.cli.progress import tracked
    from gk_xlsx.outputs.files import write_file

    written = 0
    for answer in answers(gathering, collected, tracked):
        if answer.data is None:
            typer.echo(answer.remark, err=True)
        else:
            write_file(folder / answer.path, answer.data, force=force)
            written += 1
    typer.echo(f"已在 {folder} 写好 {written} 个反馈文件，每个单位一个文件夹。", err=True)


def _finish(collected: Collected, *, failed: bool) -> None:
    for failure in collected.failures:
        typer.echo(failure, err=True)
    if collected.failures:
        raise typer.Exit(2)
    if failed:
        raise typer.Exit(1)
