"""`gk-xlsx export`: the values as data."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from gk_xlsx.cli.options import Force


def export(
    file: Annotated[Path, typer.Argument(metavar="文件", help="报告，什么格式都可以。")],
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", help="写到 .json 或 .csv 文件；不给就显示 JSON。"),
    ] = None,
    force: Force = False,
) -> None:
    """导出数据：报告 JSON，或 CSV（id、行、列、值、单位）。"""
    from gk_xlsx import api
    from gk_xlsx.cli.guard import keep_sources
    from gk_xlsx.cli.targets import require_ending
    from gk_xlsx.outputs.files import refuse_existing, write_file

    kind = output.suffix.lower() if output is not None else ".json"
    if output is not None:
        keep_sources([file], [output])
        refuse_existing(output, force=force)
        require_ending(output, ".json", ".csv")
    made = api.exported(file, table=kind == ".csv")
    for remark in made.remarks:
        typer.echo(remark, err=True)
    if output is None:
        typer.echo(made.data.decode(), nl=False)
        return
    write_file(output, made.data, force=force)
    typer.echo(f"已生成 {output}", err=True)
