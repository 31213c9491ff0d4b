"""A page, element by element → its blocks."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Callable, Collection, Iterator, Set
from dataclasses import dataclass
from itertools import count

from lxml.etree import _Element

from gk_xlsx.errors import UnreadableError
from gk_xlsx.pictures import format_of
from gk_xlsx.published.model import Picture
from gk_xlsx.sources.html_flow import Flow, Placed
from gk_xlsx.sources.html_looks import Look, declarations, is_block, look_within, unseen
from gk_xlsx.sources.html_table import OpenTable

MAX_CELLS = 50_000
MAX_NESTED = 100
"""Limits of a page, far above any report: cells, tables in one another."""

MAX_STYLE = 2000
"""Characters of a `style` attribute that are looked at; what was said of one is remembered."""

ICON = 40
"""Pixels; a picture that says it is smaller than that both ways belongs to the page's own looks."""

_DATA_URI = re.compile(r"\s*data:image/[\w.+-]{1,20};base64,", re.IGNORECASE)
_LENGTH = re.compile(r"\s*(\d{1,5}(?:\.\d+)?)\s*(px|mm|cm|pt|in|)\s*")
_MM = {"px": 25.4 / 96, "": 25.4 / 96, "mm": 1.0, "cm": 10.0, "pt": 25.4 / 72, "in": 25.4}
_RANKS = {"thead": 0, "tbody": 1, "tfoot": 2}
_PARTS = frozenset({*_RANKS, "tr", "td", "th"})
_TYPED = frozenset({"", "text", "number"})
_TURNED = ";unicode-bidi:bidi-override"


@dataclass(slots=True)
class _List:
    """A list that has begun: the numbers of its items, or None where it shows dots."""

    numbers: Iterator[int] | None
    marked: bool


class Walk:
    """Goes through a page once; text of an element counts with the looks of all around it.

    Args:
        hidden: classes that the page's style sheet hides. Of blocks they say nothing: a script
            shows what is behind a tab; but a figure may stand twice in a cell, once for telephones.
        turned: what selectors call the elements whose text it shows in another order.
    """

    def __init__(self, hidden: Collection[str] = (), turned: Set[str] = frozenset()) -> None:
        self._hidden = hidden
        self._turned = turned
        self._page = Flow()
        self._tables: list[OpenTable] = []
        self._lists: list[_List] = []
        self._looks: list[Look] = [Look()]
        self._cells = 0

    def blocks(self, body: _Element) -> list[Placed]:
        """The blocks of a page in reading order.

        Raises:
            UnreadableError: for more cells or deeper tables than any report has.
        """
        for element, begins in _steps(body, self._begin):
            if begins:
                self._flow.write(element.text or "", self._looks[-1])
            else:
                self._end(element)
                self._flow.write(element.tail or "", self._looks[-1])
        self._page.end(body)
        return self._page.placed

    @property
    def _flow(self) -> Flow:
        return self._tables[-1].flow if self._tables else self._page

    def _begin(self, element: _Element) -> bool:
        """An element begins; False where nothing of it is shown."""
        tag, style = _name(element), _style(element)
        if self._unseen(element, tag, style):
            return False
        if is_block(tag, style):
            self._flow.end(element)
        if tag in _PARTS:
            self._begin_part(tag, element)
        else:
            self._begin_other(tag, element)
        turned = self._turned and not self._turned.isdisjoint(_names(element, tag))
        self._looks.append(look_within(self._looks[-1], tag, style + _TURNED if turned else style))
        return True

    def _end(self, element: _Element) -> None:
        tag, style = _name(element), _style(element)
        if self._unseen(element, tag, style):
            return
        if tag in _PARTS:
            self._end_part(tag, element)
        else:
            self._end_other(tag, element)
        if is_block(tag, style):
            self._flow.end(element)
        self._looks.pop()

    def _unseen(self, element: _Element, tag: str, style: str) -> bool:
        if unseen(tag, style) or element.get("hidden") is not None:
            return True
        if not self._hidden or (is_block(tag, style) and tag not in _PARTS):
            return False
        return any(name in self._hidden for name in element.get("class", "").split())

    def _begin_part(self, tag: str, element: _Element) -> None:
        """A part of a table begins; one that stands in no table is only a block of text."""
        table = self._tables[-1] if self._tables else None
        if table is None:
            return
        if tag in _RANKS:
            table.begin_group(_RANKS[tag])
        elif tag == "tr":
            table.begin_row()
        else:
            self._count_cell()
            rows, columns = _span(element, "rowspan"), _span(element, "colspan")
            table.begin_cell(element, rows, max(columns, 1))

    def _end_part(self, tag: str, element: _Element) -> None:
        table = self._tables[-1] if self._tables else None
        if table is None:
            return
        if tag in _RANKS:
            table.end_group()
        elif tag == "tr":
            table.end_row()
        else:
            table.end_cell(element)

    def _begin_other(self, tag: str, element: _Element) -> None:
        match tag:
            case "table":
                self._begin_table(element)
            case "ul" | "ol" | "menu" | "dir":
                self._begin_list(tag, element)
            case "li":
                self._flow.mark = self._next_mark()
            case "br":
                self._flow.break_line()
            case "img":
                self._put_picture(element)
            case "input":
                self._write_value(element)

    def _end_other(self, tag: str, element: _Element) -> None:
        match tag:
            case "table":
                placed = self._tables.pop().ended()
                self._flow.take(placed)
            case "ul" | "ol" | "menu" | "dir":
                self._lists.pop()
            case "li":
                self._flow.end(element)
                self._flow.mark = ""
            case "figcaption":
                self._flow.caption(element)

    def _begin_table(self, element: _Element) -> None:
        if len(self._tables) == MAX_NESTED:
            raise _too_large(f"表格套表格超过 {MAX_NESTED} 层")
        self._tables.append(OpenTable(element))

    def _count_cell(self) -> None:
        self._cells += 1
        if self._cells > MAX_CELLS:
            raise _too_large(f"表格超过 {MAX_CELLS} 格")

    def _begin_list(self, tag: str, element: _Element) -> None:
        style = declarations(_style(element))
        plain = "none" in style.get("list-style", "") + style.get("list-style-type", "")
        start = element.get("start", "")
        numbers = count(int(start) if _is_number(start) else 1) if tag == "ol" else None
        self._lists.append(_List(numbers, marked=not plain))

    def _next_mark(self) -> str:
        own = self._lists[-1] if self._lists else _List(None, marked=True)
        mark = f"{next(own.numbers)}." if own.numbers else "-"
        return mark if own.marked else ""

    def _put_picture(self, element: _Element) -> None:
        style = declarations(_style(element))
        width = _millimetres(style.get("width") or element.get("width"))
        height = _millimetres(style.get("height") or element.get("height"))
        if not 0 < max(width, height) < ICON * _MM["px"]:
            words = element.get("alt") or element.get("title") or ""
            picture = Picture(_content(element.get("src", "")), words.strip(), width, height)
            self._flow.put(picture, element)

    def _write_value(self, element: _Element) -> None:
        """What is typed into a field of a form, where that stands in a cell."""
        typed = element.get("type", "").lower() in _TYPED
        if typed and self._tables and self._tables[-1].in_cell:
            self._flow.write(element.get("value", ""), self._looks[-1])


def _steps(root: _Element, enter: Callable[[_Element], bool]) -> Iterator[tuple[_Element, bool]]:
    """Each element when it begins (True), unless `enter` says no, and when it ends (False).

    Not recursive: pages nest deeper than Python calls.
    """
    element: _Element | None = root
    while element is not None:
        entered = enter(element)
        if entered:
            yield element, True
        if entered and len(element):
            element = element[0]
            continue
        yield element, False
        while element is not root and element.getnext() is None:
            element = _parent(element)
            yield element, False
        element = None if element is root else element.getnext()


def _parent(element: _Element) -> _Element:
    parent = element.getparent()
    assert parent is not None, "only the root has none, and nobody asks for its"  # noqa: S101
    return parent


def _style(element: _Element) -> str:
    return element.get("style", "")[:MAX_STYLE]


def _name(element: _Element) -> str:
    return str(element.tag).lower()


def _names(element: _Element, tag: str) -> Iterator[str]:
    """What selectors may call it."""
    yield from ("*", tag, f"#{element.get('id', '')}".lower())
    yield from (f".{name}" for name in element.get("class", "").lower().split())


def _span(element: _Element, name: str) -> int:
    """A span as browsers take it: what is no number is 1, the highest is 1000."""
    text = element.get(name, "").strip()
    return min(int(text[:5]), 1000) if _is_number(text) else 1


def _is_number(text: str | None) -> bool:
    return bool(text) and re.fullmatch("[0-9]{1,9}", text or "") is not None


def _millimetres(text: str | None) -> float:
    """A length of paper or screen; 0 for a share of the page or what is none."""
    found = _LENGTH.fullmatch((text or "").lower())
    return float(found[1]) * _MM[found[2]] if found else 0


def _content(source: str) -> bytes:
    """What a `data:` address holds, if it is a picture; nothing is ever fetched."""
    head = _DATA_URI.match(source)
    if not head:
        return b""
    try:
        data = base64.b64decode(source[head.end() :])
    except (binascii.Error, ValueError):
        return b""
    return data if format_of(data) else b""


def _too_large(what: str) -> UnreadableError:
    return UnreadableError(f"网页过大（{what}），不像是年度报告。", "请检查是否选错了文件。")
