"""A report's text: its figures put in, and a whole text cut into the parts of a report."""

from __future__ import annotations

import difflib
import re
import traceback
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from types import MappingProxyType

from jinja2 import TemplateError, TemplateSyntaxError, nodes

from gk_xlsx.documents.figures import FigureError, Figures, Parts
from gk_xlsx.documents.illustrations import Album, Illustration, illustration, no_pictures
from gk_xlsx.documents.sandbox import TEXT_NODES, TextEnvironment
from gk_xlsx.errors import NarrativeError
from gk_xlsx.form import Form
from gk_xlsx.markdown import Kind, Paragraph, PictureLine, PipeTable, Run, blocks, clean, pictures
from gk_xlsx.pictures import PictureError

PREFACE = "preface"
"""The part before the first section."""

TITLE_LINES = 3
"""A report's title stands within that many lines at the top of its text."""

_SPACING = re.compile(r"[#*\s\u3000]")
_TOP_HEADING = re.compile(r"#[ \t\u3000]+\S")
_NUMBERED = re.compile("[一二三四五六七八九十]{1,2}、")
_LONGEST_PATH = 260
_NEAR, _NEAR_SAME_NUMBER = 0.7, 0.5
"""So alike is a numbered line to a section's heading that only that can be meant."""
_EXAMPLE = "应写成 {{ 三.新收.总计 }} 这样"

TextBlock = Paragraph | PipeTable | Illustration
"""What a finished text is made of."""


@dataclass(frozen=True, slots=True)
class TextSource:
    """A text in Markdown and where it stands.

    Attributes:
        name: what messages call it: a file, or `基层.xlsx［文字部分·一、总体情况］`.
        first_line: the number of its first line, or of its first paragraph.
        by_paragraph: whether its places are paragraphs instead of lines.
        places: of its lines, where they have names instead of numbers (`第12段`).
        album: where its pictures are.
    """

    name: str
    text: str
    first_line: int = 1
    by_paragraph: bool = False
    places: tuple[str, ...] = ()
    album: Album = no_pictures

    def problem(self, line: int, message: str) -> str:
        """A problem in a line of the text (from 1), with its place: `文字.md 第2行：…`."""
        return f"{self.name} {self.place(line)}：{message}"

    def place(self, line: int) -> str:
        """Where a line stands in the source."""
        if self.places:
            return self.places[line - 1]
        number = self.first_line + self._before(line)
        return f"第{number}段" if self.by_paragraph else f"第{number}行"

    def part(self, start: int, end: int) -> TextSource:
        """Its lines from `start` (counted from 0) up to `end`."""
        lines = clean(self.text).split("\n")[start:end]
        first, places = self.first_line + start, self.places[start:end]
        return replace(self, text="\n".join(lines), first_line=first, places=places)

    def _before(self, line: int) -> int:
        if not self.by_paragraph:
            return line - 1
        earlier = clean(self.text).split("\n")[: line - 1]
        return sum(1 for text in earlier if text.strip())


def render(
    sources: Mapping[str, TextSource], figures: Figures
) -> Mapping[str, tuple[TextBlock, ...]]:
    """Put the figures and pictures that texts name into them.

    Args:
        sources: part of the report to its text.
        figures: what the texts may name.

    Returns:
        The same parts as paragraphs, tables and pictures, in the same order.

    Raises:
        NarrativeError: with every problem of every text.
    """
    environment = TextEnvironment()
    rendered: dict[str, tuple[TextBlock, ...]] = {}
    problems: list[str] = []
    for key, source in sources.items():
        images, missing = _images(source)
        problems += missing
        try:
            rendered[key] = tuple(_illustrated(_filled(source, figures, environment), images))
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
    problems = [
        *_unknown_headings(lines, opening, form),
        *_misspelt_headings(lines, opening, form),
        *_repeated(starts, form, source),
    ]
    if problems:
        raise NarrativeError([source.problem(line, text) for line, text in sorted(problems)])
    bounds = [(opening, PREFACE), *starts, (len(lines) + 1, "")]
    parts = {key: source.part(start, end - 1) for (start, key), (end, _) in pairwise(bounds)}
    return MappingProxyType({key: part for key, part in parts.items() if part.text.strip()})


def _images(source: TextSource) -> tuple[Mapping[str, Illustration], list[str]]:
    """The pictures that a text names, by their paths; and what is wrong with others."""
    found: dict[str, Illustration] = {}
    problems: list[str] = []
    for line, picture in pictures(source.text):
        image = _image(source, picture) if picture else "图片要单独占一行，不能与文字、表格同行"
        if isinstance(image, str):
            problems.append(source.problem(line, image))
        elif picture:
            found[picture.path] = image
    return found, problems


def _image(source: TextSource, picture: PictureLine) -> Illustration | str:
    """A picture, or why it cannot be printed."""
    if "{" in picture.path:
        return "图片的文件名里不能用花括号，请直接写出文件名"
    try:
        return illustration(source.album(picture.path), "")
    except PictureError as error:
        path = picture.path if len(picture.path) <= _LONGEST_PATH else "写在文字里的图片"
        return f"图片“{path}”不能用：{error}"


def _illustrated(text: str, images: Mapping[str, Illustration]) -> Iterator[TextBlock]:
    """The blocks of a filled text; a picture that only a figure wrote stays what it is, text."""
    for block in blocks(text):
        if not isinstance(block, PictureLine):
            yield block
        elif block.path in images:
            yield replace(images[block.path], caption=block.caption)
        else:
            yield Paragraph(Kind.BODY, (Run(f"![{block.caption}]({block.path})"),))


def _filled(source: TextSource, figures: Figures, environment: TextEnvironment) -> str:
    text = clean(source.text)
    try:
        tree = environment.parse(text)
        problems = list(_tree_problems(tree, figures))
        if problems:
            raise NarrativeError([source.problem(line, text) for line, text in problems])
        return environment.from_string(tree).render(figures.roots)
    except TemplateSyntaxError as error:
        message = f"花括号里的写法有误（括号、引号、百分号要成对，if 要有 endif），{_EXAMPLE}"
        raise NarrativeError([source.problem(error.lineno, message)]) from None
    except (RecursionError, SyntaxError):
        raise NarrativeError([source.problem(1, "算式或判断套得太多，请分开写")]) from None
    except (TemplateError, ArithmeticError, NameError, TypeError, ValueError) as error:
        raise NarrativeError([source.problem(_template_line(error), _why(error))]) from None


def _tree_problems(node: nodes.Node, figures: Figures) -> Iterator[tuple[int, str]]:
    """Everything wrong with a parsed text, before any of it runs: line and message."""
    path = _path(node)
    if path:
        try:
            figures.value(path)
        except FigureError as error:
            yield node.lineno, str(error)
    elif not isinstance(node, TEXT_NODES):
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
    if isinstance(error, (ArithmeticError, NameError)):  # Jinja compiles 1e999 as `inf`
        return "算式的除数是 0（或结果太大），请先用 {% if … %} 判断"
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


def _misspelt_headings(lines: Sequence[str], opening: int, form: Form) -> Iterator[tuple[int, str]]:
    """Lines without `#` that are meant for a section's heading and are not quite it."""
    headings = {_bare(section.heading): section.heading for section in form.sections}
    for number, line in enumerate(lines[opening:], opening + 1):
        bare = _bare(line)
        if _NUMBERED.match(bare) and bare not in headings and not _TOP_HEADING.match(line):
            likeness, nearest = max((_likeness(bare, heading), heading) for heading in headings)
            if likeness > 0:
                yield number, f"标题“{bare}”应为“{headings[nearest]}”，请改正"


def _likeness(line: str, heading: str) -> float:
    """How alike a numbered line is to a heading, 0 … 1; 0 where something else may be meant."""
    if len(line) > 2 * len(heading):
        return 0
    alike = difflib.SequenceMatcher(None, line, heading, autojunk=False).ratio()
    return alike if alike >= (_NEAR if line[0] != heading[0] else _NEAR_SAME_NUMBER) else 0


def _repeated(
    starts: Sequence[tuple[int, str]], form: Form, source: TextSource
) -> Iterator[tuple[int, str]]:
    first: dict[str, int] = {}
    for line, key in starts:
        if first.setdefault(key, line) != line:
            heading = form.section(key).heading
            before = source.place(first[key])
            yield line, f"“{heading}”出现两次（前一次在{before}），请合为一处"


def _title_end(lines: Sequence[str], form: Form) -> int:
    """How many lines the report's own title takes at the top, the body's name above it included."""
    title = _bare(form.title.format(year=""))
    top = [number for number, line in enumerate(lines, 1) if line.strip()][:TITLE_LINES]
    return next((number for number in top if _bare(lines[number - 1]).endswith(title)), 0)


def _bare(text: str) -> str:
    return _SPACING.sub("", text)
