"""`gk-xlsx new`: a locked workbook for a unit."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def new(
    output: Annotated[Path, typer.Option("-o", "--output", help="写到这个 .xlsx 文件。")],
    unit: Annotated[str, typer.Option(help="单位名称；用了 --values 的可以不给。")] = "",
    year: Annotated[
        int | None, typer.Option(help="报告年份，如 2025；用了 --values 的可以不给。")
    ] = None,
    code: Annotated[str, typer.Option(help="单位编码。")] = "",
    level: Annotated[str, typer.Option(help="单位类型，如 department 或 部门。")] = "",
    scope: Annotated[str, typer.Option(help="统计范围：body、government 或 area。")] = "",
    values: Annotated[
        Path | None, typer.Option(help="用这份报告（填报表或报告 JSON）的数据填好。")
    ] = None,
    last: Annotated[Path | None, typer.Option(help="去年的报告，或存放去年报告的文件夹。")] = None,
    force: Annotated[bool, typer.Option("--force", help="覆盖已有文件。")] = False,
) -> None:
    """生成一份锁定的填报表，边填边自动核验。"""
    from gk_xlsx import api
    from gk_xlsx.cli.choices import level_named, scope_named
    from gk_xlsx.errors import GkXlsxError
    from gk_xlsx.outputs.files import refuse_existing, write_file

    refuse_existing(output, force=force)
    if output.suffix.lower() != ".xlsx":
        raise GkXlsxError(f"只能生成 .xlsx 文件，{output.name} 不行。")
    if year is None and values is None:
        raise GkXlsxError("请用 --year 给出报告年份，如 --year 2025。")
    issue = api.Issue(unit, year or 0, code, level_named(level), scope_named(scope))
    made = api.new(issue, values=values, last=last)
    write_file(output, made.data, force=force)
    for remark in made.remarks:
        typer.echo(remark, err=True)
    typer.echo(f"已生成 {output}", err=True)
