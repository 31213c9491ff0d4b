"""HTML as nested calls; whatever is text stays text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from lxml import etree

from gk_xlsx.documents import web_looks as looks
from gk_xlsx.markdown import Run

Child = etree._Element | str  # noqa: SLF001 — lxml has no public name for the type

_SPACES_THAT_COUNT = re.compile("[ \t]{2}|\t| $")
"""White space that a browser would leave out."""


def h(tag: str, *children: Child, style: str = "", **attributes: str | int) -> etree._Element:
    """An element; its children in order, text among them.

    Python's own words take an underscore (`class_`), a hyphen is one too (`aria_label`).
    """
    element = etree.Element(tag)
    if style:
        element.set("style", style)
    for name, value in attributes.items():
        element.set(name.rstrip("_").replace("_", "-"), str(value))
    last: etree._Element | None = None
    for child in children:
        if not isinstance(child, str):
            element.append(child)
            last = child
        elif last is None:
            element.text = (element.text or "") + child
        else:
            last.tail = (last.tail or "") + child
    return element


def on_lines(tag: str, children: Iterable[etree._Element], **attributes: str) -> etree._Element:
    """An element with each child on a line of its own."""
    parts = [part for child in children for part in (child, "\n")]
    return h(tag, "\n", *parts, **attributes)


def broken(text: str) -> Iterator[Child]:
    """Text with its line breaks as `<br>`."""
    first, *others = text.split("\n")
    yield first
    for line in others:
        yield h("br")
        yield line


def marked(runs: Iterable[Run]) -> Iterator[Child]:
    """Runs as they look."""
    for run in runs:
        parts: tuple[Child, ...] = tuple(broken(run.text))
        if run.lead:
            parts = (h("span", *parts, style=looks.LEAD),)
        if run.bold:
            parts = (h("strong", *parts),)
        yield from parts


def text_block(tag: str, runs: tuple[Run, ...], style: str) -> etree._Element:
    """A paragraph of any tag; its spaces are kept where a browser would not keep them."""
    text = "".join(run.text for run in runs)
    kept = looks.KEPT if _SPACES_THAT_COUNT.search(text) else ""
    return h(tag, *marked(runs), style=style + kept)
