"""`gk-xlsx explain`: what a rule looks at and how to mend what it finds."""

from __future__ import annotations

from typing import Annotated

import typer


def explain(
    code: Annotated[
        str, typer.Argument(metavar="编号", help="规则编号，如 AR03；给 AR 列一类，不给列全部。")
    ] = "",
) -> None:
    """规则说明：查什么、依据、例子和怎么改。不给编号时列出全部规则。"""
    from gk_xlsx import api
    from gk_xlsx.outputs.pages import explanation
    from gk_xlsx.rules.sets import EVERY

    typer.echo(explanation(code, EVERY, api.refusals()), nl=False)
