"""What makes Excel repair a sheet: cells, merges, validations, conditional formats, links."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from lxml import etree

from tests.office.formula_lint import lint_formula, sheets_named
from tests.office.package import OFFICE, Package
from tests.office.references import LAST_COLUMN, LAST_ROW, area, cell, overlapping, wrong_areas
from tests.office.workbook_lint import MAIN, MAX_TEXT, Workbook, too_long

ERROR_VALUES = {"#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!"}
VALIDATION_LIMITS = {"promptTitle": 32, "errorTitle": 32, "prompt": 255, "error": 255}
MAX_VALIDATION_FORMULA = 255
MAX_HEADER = 255
MAX_ROW_HEIGHT = 409.5
MAX_COLUMN_WIDTH = 255


def lint_sheet(package: Package, part: str, workbook: Workbook) -> Iterator[str]:
    """What is wrong with one sheet."""
    tree = package.trees[part]
    yield from _rows(tree)
    for item in tree.iter(f"{MAIN}c"):
        yield from (f"{item.get('r')}: {text}" for text in _cell(item, workbook))
    yield from _columns(tree)
    yield from _merges(tree)
    yield from _validations(tree, workbook)
    yield from _conditional_formats(tree, workbook)
    yield from _links(package, part, workbook)
    yield from _header_and_footer(tree)
    yield from _views(tree)
    yield from _comments(package, part)


def _rows(tree: etree._Element) -> Iterator[str]:
    last_row = 0
    for row in tree.iterfind(f"{MAIN}sheetData/{MAIN}row"):
        number = int(row.get("r", last_row + 1))
        if number <= last_row or number > LAST_ROW:
            yield f"row {number} after row {last_row}"
        if float(row.get("ht", "0")) > MAX_ROW_HEIGHT:
            yield f"row {number} is {row.get('ht')} points high"
        last_row = number
        yield from _cells_in_order(row, number)


def _cells_in_order(row: etree._Element, number: int) -> Iterator[str]:
    last_column = 0
    for item in row.iterfind(f"{MAIN}c"):
        address = item.get("r", "")
        place = cell(address)
        if place is None or place[1] != number:
            yield f"cell {address} in row {number}"
        elif place[0] <= last_column:
            yield f"cell {address} out of order or twice"
        else:
            last_column = place[0]


def _cell(item: etree._Element, workbook: Workbook) -> Iterator[str]:
    if int(item.get("s", "0")) >= workbook.cell_styles:
        yield f"style {item.get('s')} of {workbook.cell_styles}"
    yield from _value(item, workbook)
    formula = item.find(f"{MAIN}f")
    if formula is not None:
        if formula.get("t") in ("array", "dataTable"):
            yield f"{formula.get('t')} formula"
        if formula.get("t") != "shared" or formula.text:
            yield from lint_formula(formula.text or "", workbook.known)


def _value(item: etree._Element, workbook: Workbook) -> Iterator[str]:
    kind, value = item.get("t", "n"), item.findtext(f"{MAIN}v")
    text = "".join(part.text or "" for part in item.iter(f"{MAIN}t")) or value or ""
    if too_long(text, MAX_TEXT):
        yield f"text of {len(text)} characters, {MAX_TEXT} are allowed"
    if value is None or (not value and item.find(f"{MAIN}f") is not None):
        return  # an empty result of a formula is what XlsxWriter writes and Excel takes
    fits = {
        "n": _is_number(value),
        "b": value in ("0", "1"),
        "e": value in ERROR_VALUES,
        "s": value.isdecimal() and int(value) < workbook.shared_texts,
    }
    if not fits.get(kind, True):
        yield f"value {value[:40]!r} of type {kind}"


def _is_number(value: str) -> bool:
    try:
        return abs(float(value)) < float("inf")
    except ValueError:
        return False


def _columns(tree: etree._Element) -> Iterator[str]:
    last = 0
    for column in tree.iterfind(f"{MAIN}cols/{MAIN}col"):
        first, end = int(column.get("min", "0")), int(column.get("max", "0"))
        if first <= last or end < first or end > LAST_COLUMN:
            yield f"columns {first} to {end} after column {last}"
        if not 0 <= float(column.get("width", "0")) <= MAX_COLUMN_WIDTH:
            yield f"column {first} is {column.get('width')} characters wide"
        last = end


def _merges(tree: etree._Element) -> Iterator[str]:
    merged = [item.get("ref", "") for item in tree.iter(f"{MAIN}mergeCell")]
    yield from (f"merged range {reference} is none" for reference in wrong_areas(merged))
    for reference in merged:
        found = area(reference)
        if found and found[:2] == found[2:]:
            yield f"merged range {reference} is one cell"
    yield from (f"merged ranges {one} and {two} overlap" for one, two in overlapping(merged))


def _validations(tree: etree._Element, workbook: Workbook) -> Iterator[str]:
    covered: list[str] = []
    for item in tree.iter(f"{MAIN}dataValidation"):
        where = item.get("sqref", "")
        covered += where.split()
        yield from (f"validation {where}: {text}" for text in _validation(item, workbook))
    yield from (f"validations {one} and {two} overlap" for one, two in overlapping(covered))


def _validation(item: etree._Element, workbook: Workbook) -> Iterator[str]:
    yield from _ranges(item)
    for key, limit in VALIDATION_LIMITS.items():
        if too_long(item.get(key, ""), limit):
            yield f"{key} of {len(item.get(key, ''))} characters, {limit} are allowed"
    for name in ("formula1", "formula2"):
        formula = item.findtext(f"{MAIN}{name}")
        if formula is None:
            continue
        if too_long(formula.removeprefix('"').removesuffix('"'), MAX_VALIDATION_FORMULA):
            yield f"list or formula of {len(formula)} characters, 255 are allowed"
        else:
            yield from _rule_formula(formula, workbook)
    if item.get("type") == "list" and not item.findtext(f"{MAIN}formula1"):
        yield "list without entries"


def _conditional_formats(tree: etree._Element, workbook: Workbook) -> Iterator[str]:
    priorities = []
    for block in tree.iter(f"{MAIN}conditionalFormatting"):
        where = f"conditional format {block.get('sqref', '')}"
        yield from (f"{where}: {text}" for text in _ranges(block))
        for rule in block.iterfind(f"{MAIN}cfRule"):
            priorities.append(rule.get("priority", ""))
            if int(rule.get("dxfId", "0")) >= max(workbook.differential_styles, 1):
                yield f"{where}: dxf {rule.get('dxfId')} of {workbook.differential_styles}"
            for formula in rule.iterfind(f"{MAIN}formula"):
                problems = _rule_formula(formula.text or "", workbook)
                yield from (f"{where}: {text}" for text in problems)
    for priority, times in Counter(priorities).items():
        if times > 1 or not priority.isdecimal() or priority == "0":
            yield f"conditional formats: priority {priority!r} {times} times"


_LITERAL = re.compile('"(?:[^"]|"")*"')


def _rule_formula(formula: str, workbook: Workbook) -> Iterator[str]:
    """Formulas of rules see only their own sheet; names reach further."""
    yield from lint_formula(formula, workbook.known)
    yield from (f"refers to another sheet: {name}" for name in sheets_named(formula))
    if "{" in _LITERAL.sub("", formula):
        yield "array constant"


def _ranges(item: etree._Element) -> Iterator[str]:
    references = item.get("sqref", "").split()
    if not references:
        yield "applies to no cell"
    yield from (f"range {reference} is none" for reference in wrong_areas(references))
    yield from (f"ranges {one} and {two} overlap" for one, two in overlapping(references))


def _links(package: Package, part: str, workbook: Workbook) -> Iterator[str]:
    targets = package.relationships(part)
    for link in package.trees[part].iter(f"{MAIN}hyperlink"):
        where = link.get("ref", "")
        if area(where) is None:
            yield f"link at {where}: no cell"
        related = targets.get(link.get(f"{{{OFFICE}}}id", ""))
        inside = related.fragment if related and not related.target else ""
        location = link.get("location") or inside
        if location:
            yield from (
                f"link at {where}: {text}" for text in lint_formula(location, workbook.known)
            )


def _header_and_footer(tree: etree._Element) -> Iterator[str]:
    for item in tree.iterfind(f"{MAIN}headerFooter/*"):
        if too_long(item.text or "", MAX_HEADER):
            yield f"header or footer of {len(item.text or '')} characters, 255 are allowed"


def _views(tree: etree._Element) -> Iterator[str]:
    for item in tree.iter(f"{MAIN}dimension", f"{MAIN}pane", f"{MAIN}selection"):
        for key in ("ref", "topLeftCell", "activeCell", "sqref"):
            yield from (
                f"{key} {reference} is no cell"
                for reference in wrong_areas(item.get(key, "A1").split())
            )


def _comments(package: Package, part: str) -> Iterator[str]:
    tree = package.trees[part]
    for name in package.related(part, "comments"):
        comments = package.trees[name]
        places = [item.get("ref", "") for item in comments.iter(f"{MAIN}comment")]
        yield from (f"comment at {place}: no cell" for place in wrong_areas(places))
        for place, times in Counter(places).items():
            if times > 1:
                yield f"comment at {place} twice"
        if tree.find(f"{MAIN}legacyDrawing") is None:
            yield "comments without their drawing"
