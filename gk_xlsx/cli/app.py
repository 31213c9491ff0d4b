"""The commands put together, and what happens when one of them fails."""

from __future__ import annotations

import traceback
from collections.abc import Sequence

import typer

from gk_xlsx.cli import BUG, FAILED, INTERRUPTED
from gk_xlsx.cli.chinese import ChineseCommand, ChineseGroup, usage_message
from gk_xlsx.cli.commands import (
    check,
    collect,
    demo,
    diff,
    digest,
    explain,
    export,
    init,
    merge,
    new,
    notice,
    render,
    trace,
)
from gk_xlsx.cli.console import ReaderGoneError
from gk_xlsx.cli.standing import say_where_things_stand
from gk_xlsx.errors import GkXlsxError, beyond_the_system

app = typer.Typer(
    name="gk-xlsx",
    cls=ChineseGroup,
    help="政府信息公开工作年度报告：生成填报表，核验数据，生成报告文本。",
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
for command in (
    init.init,
    new.new,
    check.check,
    collect.collect,
    render.render,
    merge.merge,
    trace.trace,
    diff.diff,
    notice.notice,
    digest.digest,
    export.export,
    explain.explain,
    demo.demo,
):
    app.command(cls=ChineseCommand)(command)


@app.callback(invoke_without_command=True)
def options(
    context: typer.Context,
    version: bool = typer.Option(False, "--version", help="显示版本号。", is_eager=True),
) -> None:
    """政府信息公开工作年度报告：生成填报表，核验数据，生成报告文本。"""
    if version:
        from gk_xlsx import __version__

        typer.echo(f"gk-xlsx {__version__}")
        raise typer.Exit
    if context.invoked_subcommand is None and not say_where_things_stand():
        typer.echo(context.get_help())


def run(arguments: Sequence[str]) -> int:
    """Run one command line; whatever happens becomes an exit code and a Chinese line."""
    try:
        result = app(list(arguments), prog_name="gk-xlsx", standalone_mode=False)
    except (KeyboardInterrupt, typer.Abort):
        return _said("已中断。", INTERRUPTED)
    except (GkXlsxError, typer.TyperException) as error:
        return _said(_in_chinese(error), FAILED)
    except ReaderGoneError:
        return INTERRUPTED
    except Exception as error:  # noqa: BLE001 — a bug keeps its traceback and its own exit code
        if why := beyond_the_system(error):
            return _said(f"没有做完：{why}", FAILED)
        traceback.print_exc()
        return _said("程序出错了。请把上面的内容发给维护者。", BUG)
    return _code(result)


def _in_chinese(error: GkXlsxError | typer.TyperException) -> str:
    return str(error) if isinstance(error, GkXlsxError) else usage_message(error)


def _code(result: object) -> int:
    """The exit code of a command that ended; the library gives 130 for Ctrl-C."""
    if result == INTERRUPTED:
        return _said("已中断。", INTERRUPTED)
    return result if isinstance(result, int) else 0


def _said(message: str, code: int) -> int:
    typer.echo(message, err=True)
    return code
