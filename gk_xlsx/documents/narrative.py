"""A report's text: its figures put in, and a whole text cut into the parts of a report."""

from __future__ import annotations

import re
import traceback
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from types import MappingProxyType

from jinja2 import StrictUndefined, TemplateError, TemplateSyntaxError, nodes
from jinja2.exceptions import SecurityError
from jinja2.runtime import Context
from jinja2.sandbox import SandboxedEnvironment

from gk_xlsx.documents.figures import FigureError, Figures, Parts, shown
from gk_xlsx.errors import NarrativeError
from gk_xlsx.form import Form
from gk_xlsx.markdown import Paragraph, clean, paragraphs

PREFACE = "preface"
"""The part before the first section."""

TITLE_LINES = 3
"""A report's title stands within that many lines at the top of its text."""

FILTERS = ("abs", "int", "round")

_PLAIN_NODES = (
    *(nodes.Template, nodes.Output, nodes.TemplateData, nodes.If, nodes.CondExpr),
    *(nodes.Name, nodes.Getattr, nodes.Const, nodes.Filter, nodes.Concat),
    *(nodes.Add, nodes.Sub, nodes.Mul, nodes.Div, nodes.FloorDiv, nodes.Neg, nodes.Pos),
    *(nodes.Compare, nodes.Operand, nodes.And, nodes.Or, nodes.Not),
)
"""What a text may use. Without loops, assignments and calls a hostile text ends and stays small."""

_SPACING = re.compile(r"[#*\s\u3000]")
_TOP_HEADING = re.compile(r"#[ \t\u3000]+\S")
_EXAMPLE = "应写成 {{ 三.新收.总计 }} 这样"


@dataclass(frozen=True, slots=True)
class TextSource:
    """A text in Markdown and where it stands.

    Attributes:
        name: what messages call it: a file, or `基层.xlsx［文字部分·一、总体情况］`.
        first_line: the number of its first line, or of its first paragraph.
        by_paragraph: whether its places are paragraphs instead of lines.
    """

    name: str
    text: str
    first_line: int = 1
    by_paragraph: bool = False

    def problem(self, line: int, message: str) -> str:
        """A problem in a line of the text (from 1), with its place: `file:line: message`."""
        return f"{self.name}:{self.first_line + self._before(line)}: {message}"

    def _before(self, line: int) -> int:
        if not self.by_paragraph:
            return line - 1
        earlier = clean(self.text).split("\n")[: line - 1]
        return sum(1 for text in earlier if text.strip())


class _Environment(SandboxedEnvironment):
    """Jinja for plain text: only a few filters, no globals, no way to make a short text long."""

    intercepted_binops = frozenset(["*"])

    def __init__(self) -> None:
        super().__init__(autoescape=False, undefined=StrictUndefined, finalize=shown)
        self.globals.clear()
        self.filters = {name: self.filters[name] for name in FILTERS}

    def call_binop(self, context: Context, operator: str, left: object, right: object) -> object:
        """Multiply numbers, never a text."""
        if isinstance(left, str) or isinstance(right, str):
            raise SecurityError("text times number")
        return super().call_binop(context, operator, left, right)


def render(
    sources: Mapping[str, TextSource], figures: Figures
) -> Mapping[str, tuple[Paragraph, ...]]:
    """Put the figures that texts name into them.

    Args:
        sources: part of the report to its text.
        figures: what the texts may name.

    Returns:
        The same parts as paragraphs, in the same order.

    Raises:
        NarrativeError: with every problem of every text.
    """
    environment = _Environment()
    rendered: dict[str, tuple[Paragraph, ...]] = {}
    problems: list[str] = []
    for key, source in sources.items():
        try:
            rendered[key] = paragraphs(_filled(source, figures, environment))
        except NarrativeError as error:
            problems += error.problems
    if problems:
        raise NarrativeError(problems)
    return MappingProxyType(rendered)


def split(source: TextSource, form: Form) -> Mapping[str, TextSource]:
    """Cut a whole text into the parts of a report.

    A part begins at the heading of its section, alone in its line, with or without `#`. What
    stands before the first section is the preface, without the report's own title.

    Raises:
        NarrativeError: for top headings that the form does not have and for sections given twice.
    """
    lines = clean(source.text).split("\n")
    starts = _section_starts(lines, form)
    opening = _title_end(lines[: starts[0][0] - 1] if starts else lines, form)
    problems = [*_unknown_headings(lines, opening, form), *_repeated(starts, form)]
    if problems:
        raise NarrativeError([source.problem(line, text) for line, text in sorted(problems)])
    bounds = [(opening, PREFACE), *starts, (len(lines) + 1, "")]
    parts = {
        key: replace(
            source, text="\n".join(lines[start : end - 1]), first_line=source.first_line + start
        )
        for (start, key), (end, _) in pairwise(bounds)
    }
    return MappingProxyType({key: part for key, part in parts.items() if part.text.strip()})


def _filled(source: TextSource, figures: Figures, environment: _Environment) -> str:
    text = clean(source.text)
    try:
        tree = environment.parse(text)
        problems = list(_tree_problems(tree, figures))
        if problems:
            raise NarrativeError([source.problem(line, text) for line, text in problems])
        return environment.from_string(tree).render(figures.roots)
    except TemplateSyntaxError as error:
        message = f"花括号里的写法有误（{error.message}），{_EXAMPLE}"
        raise NarrativeError([source.problem(error.lineno, message)]) from None
    except (TemplateError, ArithmeticError, TypeError, ValueError) as error:
        raise NarrativeError([source.problem(_template_line(error), _why(error))]) from None


def _tree_problems(node: nodes.Node, figures: Figures) -> Iterator[tuple[int, str]]:
    """Everything wrong with a parsed text, before any of it runs: line and message."""
    path = _path(node)
    if path:
        try:
            figures.value(path)
        except FigureError as error:
            yield node.lineno, str(error)
    elif not isinstance(node, _PLAIN_NODES):
        yield node.lineno, f"文字里只能用 {{{{ … }}}} 取数和 {{% if … %}} 判断，{_EXAMPLE}"
    else:
        for child in node.iter_child_nodes():
            yield from _tree_problems(child, figures)


def _path(node: nodes.Node) -> Parts:
    """The dotted name that a node is, or nothing."""
    if isinstance(node, nodes.Name):
        return (node.name,)
    if isinstance(node, nodes.Getattr):
        before = _path(node.node)
        return (*before, node.attr) if before else ()
    return ()


def _template_line(error: Exception) -> int:
    """The line of the text that was running: Jinja writes its own lines into the traceback."""
    frames = traceback.extract_tb(error.__traceback__)
    lines = [frame.lineno for frame in frames if frame.filename == "<template>"]
    return lines[-1] or 1 if lines else 1


def _why(error: Exception) -> str:
    if isinstance(error, ZeroDivisionError):
        return "算式的除数是 0，请先用 {% if … %} 判断"
    return "算式算不出来：表中的数字只能与数字、整数一起计算"


def _section_starts(lines: Sequence[str], form: Form) -> list[tuple[int, str]]:
    """Line number (from 1) and key of each section heading."""
    keys = {_bare(section.heading): section.key for section in form.sections}
    numbered = enumerate(map(_bare, lines), 1)
    return [(line, keys[heading]) for line, heading in numbered if heading in keys]


def _unknown_headings(lines: Sequence[str], opening: int, form: Form) -> Iterator[tuple[int, str]]:
    known = {_bare(section.heading) for section in form.sections}
    headings = "、".join(f"“{section.heading}”" for section in form.sections)
    for number, line in enumerate(lines[opening:], opening + 1):
        if _TOP_HEADING.match(line) and _bare(line) not in known:
            yield number, f"不认识的一级标题“{line.lstrip('#').strip()}”，应为{headings}之一"


def _repeated(starts: Sequence[tuple[int, str]], form: Form) -> Iterator[tuple[int, str]]:
    first: dict[str, int] = {}
    for line, key in starts:
        if first.setdefault(key, line) != line:
            heading = form.section(key).heading
            yield line, f"“{heading}”出现两次（前一次在第 {first[key]} 行），请合为一处"


def _title_end(lines: Sequence[str], form: Form) -> int:
    """How many lines the report's own title takes at the top, the body's name above it included."""
    title = _bare(form.title.format(year=""))
    top = [number for number, line in enumerate(lines, 1) if line.strip()][:TITLE_LINES]
    return next((number for number in top if _bare(lines[number - 1]).endswith(title)), 0)


def _bare(text: str) -> str:
    return _SPACING.sub("", text)
