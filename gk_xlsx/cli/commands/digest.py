"""`gk-xlsx digest`: what all units wrote, as material."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from gk_xlsx.cli.options import Config, Force, ProjectDocument, ProjectRoster, ProjectYear


def digest(
    folder: Annotated[
        Path | None,
        typer.Argument(metavar="文件夹", help="存放收到的材料的文件夹；在项目文件夹里可以不给。"),
    ] = None,
    output: ProjectDocument = None,
    roster: ProjectRoster = None,
    year: ProjectYear = None,
    config: Config = None,
    force: Force = False,
) -> None:
    """文字汇编：把各单位写的文字按方面归在一起，供起草本级报告参考（Word）。"""
    from gk_xlsx.api.collecting import collect
    from gk_xlsx.api.publishing import digest as digested
    from gk_xlsx.cli.defaults import finished
    from gk_xlsx.cli.gathering import Asked, gathering_of
    from gk_xlsx.cli.guard import keep_sources
    from gk_xlsx.cli.progress import tracked
    from gk_xlsx.outputs.files import refuse_existing, write_file

    target = finished(output, "文字汇编.docx", "digest")
    refuse_existing(target, force=force)
    gathering, remarks = gathering_of(
        Asked(folder, roster, None, None, year, config, (target,), "digest")
    )
    keep_sources((gathering.folder, gathering.register, config, *gathering.own), [target])
    made = digested(gathering, collect(gathering, tracked))
    for remark in remarks:
        typer.echo(remark, err=True)
    write_file(target, made.data, force=force)
    typer.echo(f"已生成 {target}", err=True)
