"""What a command takes from the project folder where it is not told otherwise."""

from __future__ import annotations

from pathlib import Path

from gk_xlsx.errors import GkXlsxError

FINISHED = "年度报告.docx"
"""What the merged workbook of the whole roster becomes."""


def reports_to_check(given: list[Path] | None) -> list[Path]:
    """What is to be checked: what was named, or everything in 02收件.

    Raises:
        GkXlsxError: outside a project folder where nothing was named.
    """
    from gk_xlsx.inbox.project import project_here

    project = project_here()
    if given:
        return given
    if project is None:
        raise lacking("参数 文件或文件夹", "check")
    return [project.received]


def report_to_render(source: Path | None, output: Path | None) -> tuple[Path, Path]:
    """What is to be rendered and where to: the merged workbook, into 05成文.

    Raises:
        GkXlsxError: outside a project folder where something was not named, or where nothing
            has been merged yet.
    """
    from gk_xlsx.inbox.project import project_here
    from gk_xlsx.outputs.files import make_folder

    project = project_here()
    if project is None and (source is None or output is None):
        raise lacking("参数 文件或文件夹" if source is None else "选项 --output", "render")
    if project is None or (source is not None and output is not None):
        return source or Path(), output or Path()
    if output is None:
        make_folder(project.final)
    if source is None:
        source = project.merged_book
        if not source.is_file():
            raise GkXlsxError(
                f"还没有汇总表 {source}。请先运行 gk-xlsx merge，或指明要成文的文件。"
            )
        return source, output or project.final / FINISHED
    made = project.final if source.is_dir() else project.final / f"{source.stem}.docx"
    return source, output or made


def finished(output: Path | None, name: str, command: str) -> Path:
    """Where a document of the office's own goes: where it was asked for, or into 05成文.

    Raises:
        GkXlsxError: outside a project folder where nothing was named, or for another suffix.
    """
    from gk_xlsx.cli.targets import require_ending
    from gk_xlsx.inbox.project import project_here
    from gk_xlsx.outputs.files import make_folder

    project = project_here()
    if output is None and project is None:
        raise lacking("选项 --output", command)
    target = output or (project.final / name if project else Path())
    if output is None:
        make_folder(target.parent)
    require_ending(target, ".docx")
    return target


def inbox_gone() -> GkXlsxError:
    """That a project folder has lost its 02收件, and what to do."""
    from gk_xlsx.inbox.project import RECEIVED

    return GkXlsxError(
        f"{RECEIVED} 不见了：这里是项目文件夹，里面却没有 {RECEIVED}。"
        "请把它移回来；找不到的，新建一个同名的文件夹，把收到的文件放进去。"
    )


def lacking(what: str, command: str) -> GkXlsxError:
    """That something was not said which only a project folder could tell."""
    from gk_xlsx.inbox.project import lost_inbox

    if lost_inbox():
        return inbox_gone()
    return GkXlsxError(
        f"缺少{what}。这里不是项目文件夹，要在命令里写明；用 gk-xlsx {command} --help 看说明。"
    )
