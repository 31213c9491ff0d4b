"""`gk-xlsx demo`: the whole path on the examples."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def demo(
    folder: Annotated[
        Path, typer.Argument(metavar="文件夹", help="做到这个文件夹里；没有就新建。")
    ] = Path("gk-xlsx演示"),
    force: Annotated[bool, typer.Option("--force", help="覆盖已有文件。")] = False,
) -> None:
    """用示例走一遍全程：生成填报表、核验、生成 Word 报告，并说明做了什么。"""
    from gk_xlsx import api, resources
    from gk_xlsx.outputs.files import make_folder, refuse_existing, write_file
    from gk_xlsx.outputs.text import findings_text

    steps = {name: folder / name for name in ("1填报表", "2核验意见", "3报告")}
    sources = sorted(resources.examples().glob("*.json"))
    targets = {
        source: (
            steps["1填报表"] / f"{source.stem}.xlsx",
            steps["2核验意见"] / f"{source.stem}.txt",
            steps["3报告"] / f"{source.stem}.docx",
        )
        for source in sources
    }
    for step in steps.values():
        make_folder(step)
    for target in (path for paths in targets.values() for path in paths):
        refuse_existing(target, force=force)
    for source, (book, opinion, document) in targets.items():
        made = api.new(api.Issue(), values=source)
        write_file(book, made.data, force=force)
        checked = api.check(book)
        write_file(opinion, findings_text([checked]).encode(), force=force)
        write_file(document, api.render(book).data, force=force)
        typer.echo(f"{source.stem}：{findings_text([checked]).splitlines()[0]}")
    typer.echo(
        f"\n已在 {folder} 做好：\n"
        f"  1填报表　　{len(targets)} 份锁定的填报表，用 WPS 或 Excel 打开，改一格看看颜色和结论怎样变\n"
        f"  2核验意见　每份的核验结论和问题\n"
        f"  3报告　　　数据和文字合成的 Word 报告"
    )
