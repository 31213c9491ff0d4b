"""`gk-xlsx demo`: the whole path on the examples."""

from __future__ import annotations

import contextlib
import io
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from gk_xlsx.cli.options import Force

_STEPS = {
    "1填报表": "锁定的填报表，用 WPS 或 Excel 打开，改一格看看颜色和结论怎样变",
    "2核验意见": "核验结论和问题",
    "3报告": "数据和文字合成的 Word 报告",
}
_DISTRICT = "4青禾区年报2025"
_CHIEF = {
    "new": "01下发：按名册给每个单位生成填报表，带入上年数据",
    "collect -o 03反馈/收件情况.xlsx --html 03反馈/收件情况.html --marked 03反馈": (
        "03反馈：谁没报、报来的有什么问题，给每个单位的反馈单"
    ),
    "merge": "04汇总：各单位相加的汇总表，带一览表、对比表和来源",
    "render": "05成文：本级的 Word 报告",
    "notice": "05成文：公布情况",
    "digest": "05成文：文字汇编",
}
"""What the chief of a district types in January, and what comes of it."""


def demo(
    folder: Annotated[
        Path, typer.Argument(metavar="文件夹", help="做到这个文件夹里；没有就新建。")
    ] = Path("gk-xlsx演示"),
    force: Force = False,
) -> None:
    """用示例走一遍全程：一个单位怎样填报成文，一个区怎样下发、收件、核验、汇总、公布。"""
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
    typer.echo(f"\n一个区的一年，在 {folder / _DISTRICT} 里依次运行：")
    for line in _as_a_district(resources.examples() / "district", folder / _DISTRICT, force=force):
        typer.echo(line)


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


def _as_a_district(source: Path, project: Path, *, force: bool) -> Iterator[str]:
    """Copy the made-up district and do in it what its office does; a line for each step.

    Raises:
        GkXlsxError: if the folder is there and may not be made anew.
    """
    from gk_xlsx.cli.app import run
    from gk_xlsx.errors import GkXlsxError
    from gk_xlsx.inbox.project import FOLDERS
    from gk_xlsx.outputs.files import make_folder

    if project.exists() and not force:
        raise GkXlsxError(f"{project} 已经存在，没有覆盖。确要重做请加 --force。")
    shutil.copytree(source, project, dirs_exist_ok=True)
    for name in FOLDERS:
        make_folder(project / name)
    with contextlib.chdir(project):
        for command, what in _CHIEF.items():
            arguments = command.split()
            if force and arguments[0] != "new":
                arguments.append("--force")
            said = io.StringIO()
            with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
                code = run(arguments)
            yield f"  gk-xlsx {command}\n      {what}（退出码 {code}）"
