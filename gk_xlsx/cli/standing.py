"""Bare `gk-xlsx` in a project folder: where things stand and what comes next."""

from __future__ import annotations

import typer

from gk_xlsx.cli.defaults import inbox_gone


def say_where_things_stand() -> bool:
    """Say it; False outside a project folder, where there is nothing to say.

    Raises:
        GkXlsxError: in a project folder whose 02收件 is gone.
    """
    from gk_xlsx.inbox.project import lost_inbox, project_here

    project = project_here()
    if project is None:
        if lost_inbox():
            raise inbox_gone()
        return False
    from gk_xlsx import api

    said = api.standing_of(project)
    typer.echo(f"{project.folder.resolve().name}")
    for line in (*said.lines, *said.problems):
        typer.echo(f"  {line}")
    typer.echo(f"下一步：{said.next_step}")
    typer.echo("全部命令：gk-xlsx --help")
    return True
