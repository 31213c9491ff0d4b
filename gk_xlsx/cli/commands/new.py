"""`gk-xlsx new`: a locked workbook for a unit."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from gk_xlsx.cli.choices import level_named, scope_named


def new(
    output: Annotated[Path, typer.Option("-o", "--output", help="写到这个 .xlsx 文件。")],
    unit: Annotated[str, typer.Option(help="单位名称；用了 --values 的可以不给。")] = "",
    year: Annotated[int, typer.Option(help="报告年份；用了 --values 的可以不给。")] = 0,
    code: Annotated[str, typer.Option(help="单位编码。")] = "",
    level: Annotated[str, typer.Option(help="单位类型，如 department 或 部门。")] = "",
    scope: Annotated[str, typer.Option(help="统计范围：body、government 或 area。")] = "",
    values: Annotated[
        Path | None, typer.Option(help="用这份报告（填报表或报告 JSON）的数据填好。")
    ] = None,
    last: Annotated[
        Path | None, typer.Option(help="去年的报告，或存放去年报告的文件夹。")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="覆盖已有文件。")] = False,
) -> None:
    """生成一份锁定的填报表，边填边自动核验。"""
    from gk_xlsx import api
    from gk_xlsx.cli.choices import require_year
    from gk_xlsx.outputs.files import refuse_existing, write_file

    refuse_existing(output, force=force)
    require_year(year, optional=values is not None)
    issue = api.Issue(unit, year, code, level_named(level), scope_named(scope))
    made = api.new(issue, values=values, last=last)
    write_file(output, made.data, force=force)
    for remark in made.remarks:
        typer.echo(remark, err=True)
    typer.echo(f"已生成 {output}", err=True)
