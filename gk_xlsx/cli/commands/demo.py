"""`gk-xlsx demo`: the whole path on the examples."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

_STEPS = {
    "1填报表": "锁定的填报表，用 WPS 或 Excel 打开，改一格看看颜色和结论怎样变",
    "2核验意见": "核验结论和问题",
    "3报告": "数据和文字合成的 Word 报告",
}


def demo(
    folder: Annotated[
        Path, typer.Argument(metavar="文件夹", help="做到这个文件夹里；没有就新建。")
    ] = Path("gk-xlsx演示"),
    force: Annotated[bool, typer.Option("--force", help="覆盖已有文件。")] = False,
) -> None:
    """用示例走一遍全程：生成填报表、核验、生成 Word 报告，并说明做了什么。"""
    from gk_xlsx import resources
    from gk_xlsx.outputs.files import make_folder, refuse_existing

    sources = sorted(resources.examples().glob("*.json"))
    for step in _STEPS:
        make_folder(folder / step)
    for target in (target for source in sources for target in _targets(source, folder)):
        refuse_existing(target, force=force)
    for source in sources:
        typer.echo(f"{source.stem}：{_made(source, folder, force=force)}")
    typer.echo(f"\n已在 {folder} 做好 {len(sources)} 份：")
    for step, what in _STEPS.items():
        typer.echo(f"  {step}：{what}")


def _targets(source: Path, folder: Path) -> tuple[Path, Path, Path]:
    """Workbook, opinion and document of one example."""
    book, opinion, document = (folder / step / source.stem for step in _STEPS)
    return Path(f"{book}.xlsx"), Path(f"{opinion}.txt"), Path(f"{document}.docx")


def _made(source: Path, folder: Path, *, force: bool) -> str:
    """Take one example the whole way; its verdict."""
    from gk_xlsx import api
    from gk_xlsx.outputs.files import write_file
    from gk_xlsx.outputs.text import findings_text

    book, opinion, document = _targets(source, folder)
    write_file(book, api.new(api.Issue(), values=source).data, force=force)
    text = findings_text([api.check(book)])
    write_file(opinion, text.encode(), force=force)
    write_file(document, api.render(book).data, force=force)
    return text.splitlines()[0]
