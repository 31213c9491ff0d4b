"""`gk-xlsx new`: a locked workbook for a unit, or one for every line of a roster."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from gk_xlsx.cli.options import Force
from gk_xlsx.errors import GkXlsxError

if TYPE_CHECKING:
    from gk_xlsx.api import Issue


def new(
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", help="写到这个 .xlsx 文件；按名册生成的，写到这个文件夹。"),
    ] = None,
    unit: Annotated[str, typer.Option(help="单位名称；用了 --values 的可以不给。")] = "",
    year: Annotated[
        int | None, typer.Option(help="报告年份，如 2025；用了 --values 的可以不给。")
    ] = None,
    code: Annotated[str, typer.Option(help="单位编码。")] = "",
    level: Annotated[str, typer.Option(help="单位类型，如 department 或 部门。")] = "",
    scope: Annotated[str, typer.Option(help="统计范围：body、government 或 area。")] = "",
    values: Annotated[
        Path | None, typer.Option(help="用这份报告的数据填好，什么格式都可以。")
    ] = None,
    roster: Annotated[
        Path | None, typer.Option(help="按名册（.xlsx 或 .csv）每行生成一份，不用 --unit。")
    ] = None,
    last: Annotated[
        Path | None,
        typer.Option(
            help="去年的报告，或存放去年报告的文件夹；按名册生成的，也可以是去年的汇总表。"
        ),
    ] = None,
    config: Annotated[
        Path | None,
        typer.Option(help="本单位的设置，写入填写说明；不给就用当前文件夹的设置。"),
    ] = None,
    force: Force = False,
) -> None:
    """生成锁定的填报表，边填边自动核验。在项目文件夹里什么都不给，就按名册给每个单位生成一份。"""
    from gk_xlsx import api
    from gk_xlsx.cli.choices import level_named, scope_named
    from gk_xlsx.cli.rostered import issue_roster, wanted

    of_one = bool(unit or code or level or scope or values)
    issuing = None if of_one and roster is None else wanted(roster, output, year, last, config)
    if issuing is None:
        if year is None and values is None and output is not None:
            raise GkXlsxError("请用 --year 给出报告年份，如 --year 2025。")
        issue = api.Issue(unit, year or 0, code, level_named(level), scope_named(scope))
        _new_one(output, issue, values, last, config, force=force)
        return
    if of_one:
        raise GkXlsxError("--roster 按名册逐行生成，不能和 --unit、--values 等一起用。")
    issue_roster(issuing, force=force)


def _new_one(
    output: Path | None,
    issue: Issue,
    values: Path | None,
    last: Path | None,
    config: Path | None,
    *,
    force: bool,
) -> None:
    from gk_xlsx import api
    from gk_xlsx.cli.defaults import lacking
    from gk_xlsx.cli.guard import keep_sources
    from gk_xlsx.cli.targets import require_ending
    from gk_xlsx.outputs.files import refuse_existing, write_file

    if output is None:
        raise lacking("选项 --output", "new")
    refuse_existing(output, force=force)
    keep_sources((values, last, config), [output])
    require_ending(output, ".xlsx")
    made = api.new(issue, values=values, last=last, office=api.office_settings(config).office)
    write_file(output, made.data, force=force)
    for remark in made.remarks:
        typer.echo(remark, err=True)
    typer.echo(f"已生成 {output}", err=True)
