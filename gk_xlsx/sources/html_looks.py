"""How the elements of a page look: shown or not, a block of its own, bold, a heading."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from types import MappingProxyType

UNSEEN = frozenset(
    (
        *("head", "title", "script", "style", "template", "noscript", "iframe", "object"),
        *("embed", "applet", "audio", "video", "canvas", "map", "svg", "math", "select"),
        *("textarea", "button", "datalist", "nav", "rt", "rp", "del", "xml"),
    )
)
"""Elements whose content is no text of the page; `del` is what was struck by a correction."""

BLOCKS = frozenset(
    (
        *("address", "article", "aside", "blockquote", "body", "caption", "center", "dd"),
        *("details", "dialog", "dir", "div", "dl", "dt", "fieldset", "figcaption"),
        *("figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header"),
        *("hgroup", "hr", "html", "legend", "li", "main", "menu", "ol", "p", "pre"),
        *("section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr"),
        "ul",
    )
)
"""Elements that begin on a line of their own. Source: HTML Living Standard, 15.3 rendering."""

_TIGHT = frozenset(
    (
        *("p", "li", "h1", "h2", "h3", "h4", "h5", "h6"),
        *("dt", "dd", "figcaption", "caption", "pre"),
    )
)
_LOOSE = BLOCKS - _TIGHT
_LEVELS = {f"h{level}": level for level in range(1, 7)}
_STRUCK = frozenset({"s", "strike"})
_RAISED = frozenset({"sup", "sub"})

_BOLD_FROM = 600
"""The weight from which type is bold."""

_DECLARATION = re.compile(r"\s*([a-z-]+)\s*:\s*([^;]*)", re.IGNORECASE)
_NOTHING = re.compile(r"0(?:\.0*)?(?:px|pt|em|%)?")
_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
_BRACE = re.compile("[{};]")
_CLASS = re.compile(r"(?:^|,)\s*(?:span|font|td|th|tr|i|em)?\.([\w-]+)\s*(?=,|$)")
"""A class that is hidden wherever it stands; other selectors depend on more than that."""
_NOT_SIMPLE, _COMBINED = re.compile(r"\[[^\[\]]*\]|::?[\w-]+"), re.compile(r"[\s>+~]+")
_MARKED, _NAMED = re.compile(r"[.#][\w-]+"), re.compile(r"[\w-]+")
"""Attributes and states in a selector; what joins its parts; classes and ids; an element."""


@dataclass(frozen=True, slots=True)
class Look:
    """What an element passes on to what is in it.

    Attributes:
        level: of the heading it stands in, 1 … 6; 0 outside.
        tight: whether a line break in it belongs to one paragraph (`p`) or may part two (`div`).
        kept: whether white space counts.
        around: what stands before and behind text that is no plain part of what it stands in.
    """

    bold: bool = False
    level: int = 0
    tight: bool = False
    kept: bool = False
    around: tuple[str, str] = ("", "")


@lru_cache(maxsize=4096)
def look_within(look: Look, tag: str, style_attribute: str) -> Look:
    """The look within an element, from the one around it and what it says of itself."""
    style = declarations(style_attribute)
    if tag in _LEVELS:
        look = replace(look, level=_LEVELS[tag])
    if tag in _TIGHT or tag in _LOOSE:
        look = replace(look, tight=tag in _TIGHT)
    if tag in _RAISED:
        look = replace(look, around=("[", "]"))
    if tag in _STRUCK or "line-through" in style.get("text-decoration", ""):
        look = replace(look, around=("~~", "~~"))
    if tag == "bdo" or _turns(style):
        look = replace(look, around=("\u202e", "\u202c"))
    if tag == "pre" or "white-space" in style:
        look = replace(look, kept=style.get("white-space", "pre").startswith(("pre", "break")))
    bold = _bold(tag, style)
    return look if bold is None else replace(look, bold=bold)


def _bold(tag: str, style: Mapping[str, str]) -> bool | None:
    """Whether it makes bold; None where it says nothing."""
    weight = style.get("font-weight") or ("bold" if "bold" in style.get("font", "").split() else "")
    if weight.isascii() and weight.isdigit():
        return int(weight[:4]) >= _BOLD_FROM
    if weight in ("bold", "bolder", "normal", "lighter"):
        return weight.startswith("bold")
    return True if tag in ("b", "strong") else None


@lru_cache(maxsize=4096)
def unseen(tag: str, style_attribute: str) -> bool:
    """Whether nothing of an element is on the page."""
    return tag in UNSEEN or _conceals(declarations(style_attribute))


def _conceals(style: Mapping[str, str]) -> bool:
    return (
        style.get("display") == "none"
        or style.get("visibility") in ("hidden", "collapse")
        or style.get("mso-hide") == "all"
        or _NOTHING.fullmatch(style.get("font-size", "")) is not None
        or _NOTHING.fullmatch(style.get("opacity", "")) is not None
    )


def hidden_classes(sheets: Iterable[str]) -> frozenset[str]:
    """The classes that a page's own style sheets hide, whatever the screen.

    Args:
        sheets: the content of its `<style>` elements.
    """
    shown: dict[str, bool] = {}
    for sheet in sheets:
        for selectors, style in _rules(_COMMENT.sub("", sheet)):
            for selector in _CLASS.findall(selectors):
                shown[selector] = not _conceals(declarations(style))
    return frozenset(name for name, visible in shown.items() if not visible)


def turned_names(sheets: Iterable[str]) -> frozenset[str]:
    """The elements whose text a page's own style sheets show in another order than written.

    Told as selectors tell them: `.class`, `#id`, `td`, or `*`. Rather too many than too few:
    all that a rule may mean on any screen, whatever it must stand in or beside.

    Args:
        sheets: the content of its `<style>` elements.
    """
    return frozenset(
        name
        for sheet in sheets
        if "override" in sheet.lower()
        for selectors, style in _innermost_rules(f"{_COMMENT.sub('', sheet)}}}")
        if _turns(declarations(style))
        for selector in selectors.split(",")
        for name in _meant(selector)
    )


def _turns(style: Mapping[str, str]) -> bool:
    return "override" in style.get("unicode-bidi", "")


def _meant(selector: str) -> Sequence[str]:
    """The classes and ids of what a selector means, or else the element's name, or `*`."""
    last = _COMBINED.split(_NOT_SIMPLE.sub("", selector).strip())[-1].lower()
    return _MARKED.findall(last) or _NAMED.findall(last) or ["*"]


def _innermost_rules(sheet: str) -> Iterator[tuple[str, str]]:
    """Selectors and declarations of all rules that hold no others, also within at-rules.

    Args:
        sheet: with a brace behind it, which closes what is still open, as browsers do.
    """
    selectors, start = "", 0
    for brace in _BRACE.finditer(sheet):
        if brace[0] == ";":
            continue
        if brace[0] == "{":
            selectors = sheet[start : brace.start()].rpartition(";")[2]
        elif selectors:
            yield selectors, sheet[start : brace.start()]
            selectors = ""
        start = brace.end()


def _rules(sheet: str) -> Iterator[tuple[str, str]]:
    """Selectors and declarations of a sheet's rules, without those within at-rules."""
    depth = start = inner = 0
    for brace in _BRACE.finditer(sheet):
        if brace[0] == "{":
            inner = inner if depth else brace.end()
            depth += 1
        elif brace[0] == ";":
            start = start if depth else brace.end()
        elif depth == 1 and not sheet[start:inner].lstrip().startswith("@"):
            yield sheet[start : inner - 1], sheet[inner : brace.start()]
            depth, start = 0, brace.end()
        else:
            depth = max(depth - 1, 0)
            start = start if depth else brace.end()


@lru_cache(maxsize=4096)
def is_block(tag: str, style_attribute: str) -> bool:
    """Whether an element begins on a line of its own."""
    display = declarations(style_attribute).get("display", "")
    return tag in BLOCKS or display in ("block", "list-item", "flex", "grid")


@lru_cache(maxsize=4096)
def declarations(style: str) -> Mapping[str, str]:
    """A `style` attribute as property to value, both in lower case; a later one counts."""
    found = (_DECLARATION.match(part) for part in style.lower().split(";"))
    return MappingProxyType(
        {match[1]: match[2].replace("!important", "").strip() for match in found if match}
    )
