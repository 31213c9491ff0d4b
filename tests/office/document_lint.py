"""What makes Word repair a document, and what a template left behind."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from lxml import etree

from tests.office.package import Package

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
VALUE = f"{WORD}val"
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_LEFT_BEHIND = re.compile(r"\{\{|\}\}|\{%|%\}|\{#|#\}")
_STYLE_KINDS = {"pStyle": "paragraph", "rStyle": "character", "tblStyle": "table"}
_STYLE_LINKS = ("basedOn", "next", "link")


def lint_document(package: Package) -> Iterator[str]:
    """What is wrong with the main part and its headers, footers and notes."""
    stories = [package.main]
    for kind in ("header", "footer", "footnotes", "endnotes"):
        stories += package.related(package.main, kind)
    for name in stories:
        tree = package.trees[name]
        for rule in (_texts, _tables, _ids):
            yield from (f"{name}: {text}" for text in rule(tree))
    yield from _styles(package, stories)
    yield from _numbering(package, stories)
    yield from _settings(package)


def _texts(tree: etree._Element) -> Iterator[str]:
    for paragraph in tree.iter(f"{WORD}p"):
        text = "".join(item.text or "" for item in paragraph.iter(f"{WORD}t"))
        if _LEFT_BEHIND.search(text):
            yield f"template syntax left: {text[:60]}"
        if text.strip() in ("None", "nan", "Undefined"):
            yield f"a paragraph says {text.strip()}"


def _tables(tree: etree._Element) -> Iterator[str]:
    for number, table in enumerate(tree.iter(f"{WORD}tbl"), 1):
        yield from (f"table {number}: {text}" for text in _table(table))
    for item in tree.iter(f"{WORD}tc"):
        if len(item) == 0 or item[-1].tag != f"{WORD}p":
            yield "a table cell does not end with a paragraph"


def _table(table: etree._Element) -> Iterator[str]:
    columns = len(table.findall(f"{WORD}tblGrid/{WORD}gridCol"))
    above: dict[int, tuple[int, str]] = {}
    rows = table.findall(f"{WORD}tr")
    if not rows:
        yield "no rows"
    for number, row in enumerate(rows, 1):
        cells = _cells(row)
        width = sum(span for span, _ in cells.values()) + _edges(row)
        if not cells:
            yield f"row {number} has no cells"
        if width != columns:
            yield f"row {number} spans {width} of {columns} columns"
        for place, (span, merge) in cells.items():
            span_above, merge_above = above.get(place, (0, ""))
            if merge == "continue" and (span_above != span or not merge_above):
                yield f"row {number}, column {place + 1} continues nothing above it"
        above = cells


def _cells(row: etree._Element) -> dict[int, tuple[int, str]]:
    """First grid column to (columns spanned, restart | continue | empty)."""
    found: dict[int, tuple[int, str]] = {}
    place = _number(row, "trPr/gridBefore", 0)
    for item in row.iterfind(f"{WORD}tc"):
        span = _number(item, "tcPr/gridSpan", 1)
        merge = item.find(f"{WORD}tcPr/{WORD}vMerge")
        found[place] = (span, "" if merge is None else merge.get(VALUE, "continue"))
        place += span
    return found


def _edges(row: etree._Element) -> int:
    return _number(row, "trPr/gridBefore", 0) + _number(row, "trPr/gridAfter", 0)


def _number(element: etree._Element, path: str, default: int) -> int:
    found = element.find("/".join(f"{WORD}{step}" for step in path.split("/")))
    return default if found is None else int(found.get(VALUE, default))


def _ids(tree: etree._Element) -> Iterator[str]:
    starts = [item.get(f"{WORD}id", "") for item in tree.iter(f"{WORD}bookmarkStart")]
    ends = [item.get(f"{WORD}id", "") for item in tree.iter(f"{WORD}bookmarkEnd")]
    names = [item.get(f"{WORD}name", "") for item in tree.iter(f"{WORD}bookmarkStart")]
    drawings = [item.get("id", "") for item in tree.iter(f"{_DRAWING}docPr")]
    for what, values in (
        ("bookmark id", starts),
        ("bookmark name", names),
        ("drawing id", drawings),
    ):
        for value, times in Counter(values).items():
            if times > 1:
                yield f"{what} {value} twice"
    if sorted(starts) != sorted(ends):
        yield "bookmarks do not start and end in pairs"


def _styles(package: Package, stories: list[str]) -> Iterator[str]:
    known: dict[str, str] = {}
    for name in package.related(package.main, "styles"):
        tree = package.trees[name]
        styles = tree.findall(f"{WORD}style")
        ids = [item.get(f"{WORD}styleId", "") for item in styles]
        yield from (f"{name}: style {key} twice" for key, n in Counter(ids).items() if n > 1)
        known = {key: item.get(f"{WORD}type", "") for key, item in zip(ids, styles, strict=True)}
        for link in tree.iter(*(f"{WORD}{kind}" for kind in _STYLE_LINKS)):
            if link.get(VALUE, "") not in known:
                yield f"{name}: a style refers to missing style {link.get(VALUE)}"
    for name in stories:
        for element, kind in _STYLE_KINDS.items():
            used = {item.get(VALUE, "") for item in package.trees[name].iter(f"{WORD}{element}")}
            for style in sorted(used):
                if known.get(style) != kind:
                    yield f"{name}: no {kind} style {style}"


def _numbering(package: Package, stories: list[str]) -> Iterator[str]:
    known = {"0"}
    for name in package.related(package.main, "numbering"):
        known |= {item.get(f"{WORD}numId", "") for item in package.trees[name].iter(f"{WORD}num")}
    for name in stories:
        used = {item.get(VALUE, "") for item in package.trees[name].iter(f"{WORD}numId")}
        yield from (f"{name}: no numbering {number}" for number in sorted(used - known))


def _settings(package: Package) -> Iterator[str]:
    parts = package.related(package.main, "settings")
    if not parts:
        yield "no settings"
        return
    settings = package.trees[parts[0]]
    if settings.find(f"{WORD}updateFields") is not None:
        yield f"{parts[0]}: updateFields asks the reader a question at every opening"
    document = package.trees[package.main]
    for section in document.iter(f"{WORD}sectPr"):
        kinds = {
            item.get(f"{WORD}type")
            for item in section.iter(f"{WORD}headerReference", f"{WORD}footerReference")
        }
        if "even" in kinds and settings.find(f"{WORD}evenAndOddHeaders") is None:
            yield f"{parts[0]}: even headers or footers are there but not switched on"
        if "first" in kinds and section.find(f"{WORD}titlePg") is None:
            yield f"{package.main}: a first page's header or footer is not switched on"
