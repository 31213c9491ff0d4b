"""Options that several commands have, with the same words in each."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

Force = Annotated[bool, typer.Option("--force", help="覆盖已有文件。")]
Config = Annotated[Path | None, typer.Option(help="本单位的设置；不给就用当前文件夹的设置。")]
TextOrJson = Annotated[str, typer.Option("--format", help="text（文字）或 json。")]
WordTemplate = Annotated[Path | None, typer.Option(help="用本单位改过样式的 Word 模板。")]
ProjectRoster = Annotated[
    Path | None, typer.Option(help="名册（.xlsx 或 .csv）；在项目文件夹里可以不给。")
]
ProjectYear = Annotated[int | None, typer.Option(help="报告年份；不给就用设置里的。")]
ProjectDocument = Annotated[
    Path | None,
    typer.Option("-o", "--output", help="写到这个 .docx；在项目文件夹里不给就写到 05成文。"),
]
