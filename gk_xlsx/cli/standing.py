"""Bare `gk-xlsx` in a project folder: where things stand and what comes next."""

from __future__ import annotations

import typer


def say_where_things_stand() -> bool:
    """Say it; False outside a project folder, where there is nothing to say."""
    from gk_xlsx.inbox.project import project_here

    project = project_here()
    if project is None:
        return False
    from gk_xlsx import api

    said = api.standing_of(project)
    typer.echo(f"{project.folder.resolve().name}")
    for line in (*said.lines, *said.problems):
        typer.echo(f"  {line}")
    typer.echo(f"下一步：{said.next_step}")
    typer.echo("全部命令：gk-xlsx --help")
    return True
