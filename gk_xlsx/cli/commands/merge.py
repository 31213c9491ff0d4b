"""`gk-xlsx merge`: many reports added up, with an answer to where each figure comes from."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def merge(
    files: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="文件或文件夹...", help="各单位的报告；在项目文件夹里不给，就用 02收件。"
        ),
    ] = None,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="汇总表写到这个 .xlsx 文件。")
    ] = None,
    roster: Annotated[
        Path | None, typer.Option(help="名册：定名称、次序、是否计入，并查出缺报的单位。")
    ] = None,
    unit: Annotated[
        str, typer.Option(help="汇总单位；有名册的可以不给，也可以给名册里的某一级。")
    ] = "",
    year: Annotated[
        int | None, typer.Option(help="报告年份；不给就看各报告；按名册用 --last 的须写明。")
    ] = None,
    last: Annotated[
        Path | None, typer.Option(help="去年的汇总表，或存放去年报告的文件夹。")
    ] = None,
    keep: Annotated[
        Path | None,
        typer.Option(help="沿用这份汇总表里的调整、文字和情况说明；覆盖原文件时自动沿用。"),
    ] = None,
    each_level: Annotated[
        Path | None, typer.Option(help="逐级汇总：名册里每个有下级的单位一份，写到这个文件夹。")
    ] = None,
    strict: Annotated[
        bool, typer.Option("--strict", help="有缺报、未知或数据错误就不生成。")
    ] = False,
    force: Annotated[
        bool, typer.Option("--force", help="覆盖已有的汇总表，保留其中的调整、文字和说明。")
    ] = False,
) -> None:
    """汇总：逐格相加，合计都是公式，可追到各单位；有缺报、未知的照样生成并标明，退出码为 1。"""
    from gk_xlsx.cli.summing import Wanted, merge_all

    wanted = Wanted(tuple(files or ()), output, roster, unit, year or 0, last, keep, each_level)
    if not merge_all(wanted, strict=strict, force=force):
        raise typer.Exit(1)
