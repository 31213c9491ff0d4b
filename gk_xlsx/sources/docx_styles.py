"""What a document's styles say of text: headings, boldness, hidden text, automatic numbers."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TypeVar

from lxml import etree

from gk_xlsx.sources.docx_package import W

VALUE = f"{W}val"

_T = TypeVar("_T")

_HEADING = re.compile(r"(?:heading|标题)\s*([1-9])\b", re.IGNORECASE)
_CONTENTS = re.compile(r"(?:toc|目录|WPSOffice手动目录)\s*\d", re.IGNORECASE)
_CAPTION = re.compile(r"caption$|题注|图题|图注", re.IGNORECASE)
_OFF = frozenset({"0", "false", "off", "none"})
_BODY_LEVEL = 9
"""The outline level of text that is no heading. Source: ECMA-376 part 1, 17.3.1.20."""

HIGHEST_LEVEL = 6
_MOST_ANCESTORS = 50
"""Styles that one may be based on, one upon the other; Word makes ten at most."""


@dataclass(frozen=True, slots=True)
class NumberedAs:
    """The list and the level of it that a paragraph is numbered in; `None` where it is not said.

    Attributes:
        list_id: the number of the list; `0` takes a paragraph out of its style's list.
    """

    list_id: str | None = None
    level: int | None = None


@dataclass(frozen=True, slots=True)
class Style:
    """What a style says, its ancestors included; None where it says nothing.

    Attributes:
        level: as a heading, 1 … 6; 0 where it says that it is none.
    """

    name: str = ""
    level: int | None = None
    bold: bool | None = None
    hidden: bool | None = None
    raised: bool | None = None
    struck: bool | None = None
    numbered: NumberedAs = NumberedAs()

    @property
    def is_contents(self) -> bool:
        """Whether it is a line of a table of contents."""
        return bool(_CONTENTS.match(self.name))

    @property
    def is_caption(self) -> bool:
        """Whether it is what stands below a picture."""
        return bool(_CAPTION.search(self.name))


class Styles:
    """The styles of a document by their keys."""

    def __init__(self, root: etree._Element | None) -> None:
        found = [] if root is None else root.findall(f"{W}style")
        self._elements = {item.get(f"{W}styleId", ""): item for item in found}
        self._resolved: dict[str, Style] = {}
        self._default = next(
            (
                item.get(f"{W}styleId", "")
                for item in found
                if item.get(f"{W}type") == "paragraph" and is_on(item.get(f"{W}default", "0"))
            ),
            "",
        )

    def of(self, key: str | None) -> Style:
        """A paragraph's style with what it is based on; the default one where it names none."""
        return self._style(key or self._default, 0)

    def character(self, key: str | None) -> Style:
        """A style of characters; one that says nothing where there is none."""
        return self._style(key, 0) if key else _NOTHING

    def _style(self, key: str, depth: int) -> Style:
        element = self._elements.get(key)
        if element is None or depth > _MOST_ANCESTORS:
            return _NOTHING
        if key not in self._resolved:
            parent = self._style(value(element, "basedOn"), depth + 1)
            self._resolved[key] = _own(element, parent)
        return self._resolved[key]


_NOTHING = Style()


def is_on(text: str) -> bool:
    """Whether a switch is on."""
    return text.lower() not in _OFF


def switch(properties: etree._Element | None, name: str) -> bool | None:
    """A switch among properties; None where it is not there."""
    found = None if properties is None else properties.find(f"{W}{name}")
    return None if found is None else is_on(found.get(VALUE, "1"))


def value(properties: etree._Element | None, name: str) -> str:
    """The value of a property; empty where it is not there."""
    found = None if properties is None else properties.find(f"{W}{name}")
    return "" if found is None else found.get(VALUE, "")


def number(text: str) -> int | None:
    """A whole number, or None."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


def outline_level(properties: etree._Element | None) -> int | None:
    """The level as a heading, 1 … 6, 0 for text; None where the properties say nothing."""
    level = number(value(properties, "outlineLvl"))
    if level is None:
        return None
    return 0 if level >= _BODY_LEVEL else min(level + 1, HIGHEST_LEVEL)


def numbered_as(properties: etree._Element | None) -> NumberedAs:
    """The list that paragraph properties name."""
    found = None if properties is None else properties.find(f"{W}numPr")
    if found is None:
        return NumberedAs()
    return NumberedAs(value(found, "numId") or None, number(value(found, "ilvl")))


def raised(properties: etree._Element | None) -> bool | None:
    """Whether text stands above or below the line; None where the properties say nothing."""
    align = value(properties, "vertAlign")
    return align in ("superscript", "subscript") if align else None


def struck(properties: etree._Element | None) -> bool | None:
    """Whether text is struck through; None where the properties say nothing."""
    once, twice = switch(properties, "strike"), switch(properties, "dstrike")
    return None if once is None and twice is None else bool(once or twice)


def _own(element: etree._Element, parent: Style) -> Style:
    name = value(element, "name")
    paragraph, run = element.find(f"{W}pPr"), element.find(f"{W}rPr")
    numbered = numbered_as(paragraph)
    return Style(
        name,
        _first(outline_level(paragraph), _level_of_name(name), parent.level),
        _first(switch(run, "b"), parent.bold),
        _first(switch(run, "vanish"), parent.hidden),
        _first(raised(run), parent.raised),
        _first(struck(run), parent.struck),
        NumberedAs(
            numbered.list_id or parent.numbered.list_id,
            parent.numbered.level if numbered.level is None else numbered.level,
        ),
    )


def _level_of_name(name: str) -> int | None:
    found = _HEADING.fullmatch(name.strip())
    return min(int(found[1]), HIGHEST_LEVEL) if found else None


def _first(*given: _T | None) -> _T | None:
    return next((item for item in given if item is not None), None)
