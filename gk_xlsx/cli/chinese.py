"""Help and usage errors in Chinese; the library below writes them in English."""

from __future__ import annotations

import re

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
_MISSING = {"argument": "参数", "option": "选项", "parameter": "参数"}


class ChineseCommand(TyperCommand):
    """A command whose help is Chinese."""

    def get_help(self, ctx: typer.Context) -> str:
        """The help text."""
        return in_chinese(super().get_help(ctx))


class ChineseGroup(TyperGroup):
    """A group whose help is Chinese."""

    def get_help(self, ctx: typer.Context) -> str:
        """The help text."""
        return in_chinese(super().get_help(ctx))


def in_chinese(text: str) -> str:
    """A help text with the library's own English phrases translated."""
    for pattern, chinese in _PHRASES:
        text = pattern.sub(chinese, text)
    return text


def usage_message(error: typer.TyperException) -> str:
    """What is wrong with a command line, and where help is."""
    kind, help_ = type(error).__name__, "。用 gk-xlsx 命令 --help 看说明。"
    context = getattr(error, "ctx", None)
    if context is not None:
        help_ = f"。用 {context.command_path} --help 看说明。"
    if kind == "MissingParameter":
        return f"缺少{_parameter(error)}{help_}"
    if kind == "NoSuchOption":
        return f"没有选项 {getattr(error, 'option_name', '')}{help_}"
    if kind == "BadParameter":
        return f"{_parameter(error)}的值不对{help_}"
    if kind == "BadOptionUsage":
        return f"选项 {getattr(error, 'option_name', '')} 后面要有值{help_}"
    unknown = re.search(r"No such command '(.*?)'", error.format_message())
    if unknown:
        return f"没有命令 {unknown[1]}{help_}"
    extra = re.search(r"unexpected extra arguments?", error.format_message())
    return f"多了不认识的参数{help_}" if extra else f"命令写得不对{help_}"


def _parameter(error: typer.TyperException) -> str:
    parameter = getattr(error, "param", None)
    kind = _MISSING.get(getattr(parameter, "param_type_name", ""), "参数")
    options = [name for name in getattr(parameter, "opts", ()) if name.startswith("-")]
    name = options[0] if options else getattr(parameter, "human_readable_name", "")
    return f"{kind} {name}"
