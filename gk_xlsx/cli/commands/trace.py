"""`gk-xlsx trace`: where a figure of a merged workbook comes from."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from gk_xlsx.cli.formats import Format, format_named
from gk_xlsx.cli.options import TextOrJson


def trace(
    file: Annotated[Path, typer.Argument(metavar="汇总表", help="gk-xlsx merge 生成的汇总表。")],
    figure: Annotated[
        str, typer.Argument(metavar="项目", help="如 三.新收.总计、四.诉讼.总计，或字段编号。")
    ],
    format_: TextOrJson = Format.TEXT,
) -> None:
    """溯源：汇总表里的一个数由哪些单位相加，各是多少，在哪个文件的哪一格。"""
    from gk_xlsx.api.merging import trace as traced
    from gk_xlsx.outputs.traced import trace_json, trace_text

    shape = format_named(format_, Format.TEXT, Format.JSON)
    merged, contributions = traced(file, figure)
    write = trace_json if shape is Format.JSON else trace_text
    typer.echo(write(merged, figure, contributions), nl=False)
