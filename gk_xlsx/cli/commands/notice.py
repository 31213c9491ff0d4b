"""`gk-xlsx notice`: who published on time."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from gk_xlsx.cli.options import (
    Config,
    Force,
    ProjectDocument,
    ProjectRoster,
    ProjectYear,
    WordTemplate,
)


def notice(
    output: ProjectDocument = None,
    roster: ProjectRoster = None,
    register: Annotated[
        Path | None, typer.Option(help="收发登记，公布日期和网址填在里面；默认在名册旁边。")
    ] = None,
    merged: Annotated[
        Path | None, typer.Option(help="汇总表，用来说明哪些单位已汇总；在项目文件夹里可以不给。")
    ] = None,
    year: ProjectYear = None,
    template: WordTemplate = None,
    config: Config = None,
    force: Force = False,
) -> None:
    """公布情况：按收发登记写明谁按时公布、谁没有，附公布情况表（Word）。"""
    from gk_xlsx.api.publishing import publication_notice
    from gk_xlsx.cli.defaults import finished
    from gk_xlsx.cli.gathering import Asked, gathering_of, year_of
    from gk_xlsx.cli.guard import keep_sources
    from gk_xlsx.inbox.project import project_here
    from gk_xlsx.outputs.files import refuse_existing, write_file

    target = finished(output, "公布情况.docx", "notice")
    refuse_existing(target, force=force)
    gathering, remarks = gathering_of(Asked(Path(), roster, register, None, year, config))
    project = project_here()
    book = project.merged_book if project and project.merged_book.is_file() else None
    keep_sources((gathering.register, merged or book, template, config, *gathering.own), [target])
    made = publication_notice(
        gathering, year_of(gathering), merged=merged or book, template=template
    )
    for remark in (*remarks, *made.remarks):
        typer.echo(remark, err=True)
    write_file(target, made.data, force=force)
    typer.echo(f"已生成 {target}", err=True)
