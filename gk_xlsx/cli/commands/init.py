"""`gk-xlsx init`: an office's project folder."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def init(
    folder: Annotated[
        Path, typer.Argument(metavar="文件夹", help="建立或补齐这个文件夹，如 年报2025。")
    ],
    year: Annotated[int | None, typer.Option(help="报告年份；文件夹名里有年份的可以不给。")] = None,
) -> None:
    """建立年报项目文件夹：名册、设置，和从下发到成文的各个文件夹；已有的文件不动。"""
    from gk_xlsx import api

    made = api.init_project(folder, year)
    typer.echo(f"已建好 {folder}（{made.year} 年度）：{'、'.join(made.made) or '都已经有了'}。")
    if made.kept:
        typer.echo(f"原来就有，没有改动：{'、'.join(made.kept)}。")
    typer.echo(f"下一步：填好 {folder} 里的名册和设置，把去年的报告或汇总表放进“00上年”，")
    typer.echo(f"再打开这个文件夹（cd {folder}），运行 gk-xlsx new 给每个单位生成填报表。")
