"""Where tags run: in texts of units and in Word templates of offices.

Both come from outside. They can read what they are given and nothing else, every run ends, and
what comes out stays small: there are no assignments, products of texts, ranges or nested macros,
so that nothing grows but by lists of the report, one within another at most.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, MutableMapping
from typing import Any

from jinja2 import StrictUndefined, Template, TemplateError, Undefined, nodes
from jinja2.filters import do_round
from jinja2.runtime import Context
from jinja2.sandbox import SandboxedEnvironment
from markupsafe import Markup, escape

from gk_xlsx.documents.figures import shown

TEXT_FILTERS = ("abs", "int", "round")
_TEMPLATE_FILTERS = (*TEXT_FILTERS, *("default", "first", "last", "length", "lower", "trim"))
_DIGITS = 15
"""Digits that figures are rounded to at most, left and right of the point."""
_NESTED = 2
"""Lists within lists: groups of findings and their rows."""
_LARGEST = 64 * 2**20
_SECONDS = 60.0
"""Characters of a part of a document, and how long making it may take."""

TEXT_NODES = (
    *(nodes.Template, nodes.Output, nodes.TemplateData, nodes.If, nodes.CondExpr),
    *(nodes.Name, nodes.Getattr, nodes.Const, nodes.Filter, nodes.Concat),
    *(nodes.Add, nodes.Sub, nodes.Mul, nodes.Div, nodes.FloorDiv, nodes.Neg, nodes.Pos),
    *(nodes.Compare, nodes.Operand, nodes.And, nodes.Or, nodes.Not),
)
"""What a text may use. Without loops, assignments and calls a hostile text ends and stays small."""
_TEMPLATE_NODES = (*TEXT_NODES, nodes.For, nodes.Macro, nodes.Call, nodes.Getitem, nodes.Test)


class RefusedTagError(TemplateError):
    """A template wants more than it may; the message is Chinese and says what."""


class Missing(StrictUndefined):
    """An unknown tag; its message is only its name."""

    @property
    def _undefined_message(self) -> str:
        return str(self._undefined_name)


class TextEnvironment(SandboxedEnvironment):
    """Jinja for plain text: a few filters, no globals, no way to make a short text long.

    Args:
        filters: those of Jinja that may be used.
        autoescape: whether what comes out is XML.
        undefined: what an unknown name becomes.
    """

    intercepted_binops = frozenset(["*"])

    def __init__(
        self,
        filters: tuple[str, ...] = TEXT_FILTERS,
        *,
        autoescape: bool = False,
        undefined: type[Undefined] = StrictUndefined,
    ) -> None:
        super().__init__(autoescape=autoescape, undefined=undefined, finalize=shown)
        self.globals.clear()
        self.filters = {name: self.filters[name] for name in filters} | {"round": _rounded}

    def call_binop(self, context: Context, operator: str, left: object, right: object) -> object:
        """Multiply numbers, never a text."""
        if isinstance(left, str) or isinstance(right, str):
            raise RefusedTagError("模板的标记里文字不能相乘")
        return super().call_binop(context, operator, left, right)


class TemplateEnvironment(TextEnvironment):
    """Jinja for Word templates: lists and macros too, within limits."""

    def __init__(self) -> None:
        super().__init__(_TEMPLATE_FILTERS, autoescape=True, undefined=Missing)
        self.finalize = _shown_in_xml

    def from_string(
        self,
        source: str | nodes.Template,
        globals: MutableMapping[str, Any] | None = None,  # noqa: A002 — the library's name
        template_class: type[Template] | None = None,
    ) -> Template:
        """A template that was looked at before anything of it runs.

        Raises:
            RefusedTagError: if it wants more than it may.
        """
        tree = self.parse(source) if isinstance(source, str) else source
        for problem in _problems(tree):
            raise RefusedTagError(problem)
        return super().from_string(tree, globals, template_class or _Bounded)


class _Bounded(Template):
    """A template that stops when what it makes becomes too large, or takes too long."""

    def render(self, *args: Any, **kwargs: Any) -> str:
        parts, size, until = [], 0, time.monotonic() + _SECONDS
        for part in self.generate(*args, **kwargs):
            size += len(part)
            if size > _LARGEST or time.monotonic() > until:
                raise RefusedTagError("模板生成的内容太多，请检查里面的循环")
            parts.append(part)
        return "".join(parts)


def _problems(tree: nodes.Template) -> Iterator[str]:
    """Why a template is not run."""
    macros = {macro.name: macro for macro in tree.find_all(nodes.Macro)}
    if any(not isinstance(node, _TEMPLATE_NODES) for node in tree.find_all(nodes.Node)):
        yield "模板里只能用 {{ … }} 取数，用 {% if … %}、{% for … %} 和 {% macro … %}"
    alone = [part for output in tree.find_all(nodes.Output) for part in output.nodes]
    for call in tree.find_all(nodes.Call):
        known = isinstance(call.node, nodes.Name) and call.node.name in macros
        if not known or call not in alone or any(part.find(nodes.Call) for part in call.args):
            yield "模板里的宏只能单独写成 {{ 宏(…) }}，不能调用别的东西"
    if any(macro.find(nodes.Call) for macro in macros.values()):
        yield "模板的宏里不能再用宏"
    if _loops(tree, {name: _loops(macro, {}) for name, macro in macros.items()}) > _NESTED:
        yield f"模板里的循环最多套 {_NESTED} 层"


def _loops(node: nodes.Node, macros: Mapping[str, int]) -> int:
    """How deep loops stand within each other, those of the macros that are used included."""
    if isinstance(node, nodes.Call) and isinstance(node.node, nodes.Name):
        return macros.get(node.node.name, 0)
    inside = max((_loops(child, macros) for child in node.iter_child_nodes()), default=0)
    return inside + isinstance(node, nodes.For)


def _rounded(value: Any, precision: int = 0, method: Any = "common") -> object:
    """Jinja's `round`, without the powers of ten that would fill the memory."""
    if abs(precision) > _DIGITS:
        raise ValueError(f"precision {precision}")
    return do_round(value, precision, method)


def _shown_in_xml(value: object) -> object:
    """A value as it is printed; braces in it stay what they are.

    docxtpl makes `{{` of `{_{` in whatever comes out, texts of units included.
    """
    value = shown(value)
    if isinstance(value, str) or hasattr(value, "__html__"):
        xml = str(escape(value))
        if "{_" in xml or "_}" in xml:
            return Markup(xml.replace("{_", "&#123;_").replace("_}", "_&#125;"))  # noqa: S704 — escaped
    return value
