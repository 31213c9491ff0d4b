"""Help and usage errors in Chinese; the library below writes them in English."""

from __future__ import annotations

import re
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

_PHRASES = (
    (re.compile(r"^Usage:", re.MULTILINE), "用法："),
    (re.compile(r"^Options:$", re.MULTILINE), "选项："),
    (re.compile(r"^Commands:$", re.MULTILINE), "命令："),
    (re.compile(r"^Arguments:$", re.MULTILINE), "参数："),
    (re.compile(r"Show this message and exit\."), "显示本说明。"),
    (re.compile(r"\[OPTIONS\]"), "[选项]"),
    (re.compile(r"COMMAND \[ARGS\]\.\.\."), "命令 [参数]..."),
    (re.compile(r"\[required\]"), "［必填］"),
    (re.compile(r"\[default: ([^\]]*)\]"), r"［默认 \1］"),
)


class ChineseCommand(TyperCommand):
    """A command whose help is Chinese; the context's type is the library's own."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """What the words mean; an error always knows of which command it is."""
        try:
            return super().parse_args(ctx, args)
        except typer.TyperException as error:
            if getattr(error, "ctx", None) is None:
                error.ctx = ctx  # type: ignore[attr-defined] # usage errors have it, others ignore it
            raise

    def get_help(self, ctx: Any) -> str:
        """The help text."""
        return in_chinese(super().get_help(ctx))


class ChineseGroup(TyperGroup):
    """A group whose help is Chinese."""

    def get_help(self, ctx: Any) -> str:
        """The help text."""
        return in_chinese(super().get_help(ctx))


def in_chinese(text: str) -> str:
    """A help text with the library's own English phrases translated."""
    for pattern, chinese in _PHRASES:
        text = pattern.sub(chinese, text)
    return text


def usage_message(error: typer.TyperException) -> str:
    """What is wrong with a command line, and where help is."""
    context = getattr(error, "ctx", None)
    command = "gk-xlsx 命令" if context is None else context.command_path
    return f"{_mistake(error)}。用 {command} --help 看说明。"


def _mistake(error: typer.TyperException) -> str:
    said, option = error.format_message(), getattr(error, "option_name", "")
    kinds = {
        "MissingParameter": f"缺少{_parameter(error)}",
        "NoSuchOption": f"没有选项 {option}",
        "BadParameter": f"{_parameter(error)} 的值不对{'，应为整数' if 'integer' in said else ''}",
        "BadOptionUsage": f"选项 {option} 后面{'不' if 'not take' in said else '要'}带值",
    }
    unknown = re.search(r"No such command '(.*?)'", said)
    if unknown:
        return f"没有命令 {unknown[1]}"
    if "unexpected extra argument" in said:
        return "多了不认识的参数"
    return kinds.get(type(error).__name__, "命令写得不对")


def _parameter(error: typer.TyperException) -> str:
    parameter = getattr(error, "param", None)
    options = [name for name in getattr(parameter, "opts", ()) if name.startswith("-")]
    if options:
        return f"选项 {max(options, key=len)}"
    return f"参数 {getattr(parameter, 'metavar', None) or ''}".rstrip()
