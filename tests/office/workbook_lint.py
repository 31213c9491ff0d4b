"""What makes Excel repair a workbook: sheets, names, styles, shared texts."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from tests.office.formula_lint import Known, lint_formula
from tests.office.package import OFFICE, Package
from tests.office.references import cell

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
MAX_TEXT = 32_767
MAX_SHEET_NAME = 31
MAX_NAME = 255

_ILLEGAL_IN_SHEET_NAME = re.compile(r"[\[\]:*?/\\]|^'|'$")
_NAME = re.compile(r"[^\W\d][\w.?\\]*|\\[\w.?\\]*")
_R1C1 = re.compile(r"(?i:R[0-9]*|C[0-9]*|R[0-9]*C[0-9]*)")
_BUILT_IN = re.compile(
    r"_xlnm\.(?:Print_Area|Print_Titles|_FilterDatabase|Criteria|Extract|Sheet_Title)"
)


@dataclass(frozen=True, slots=True)
class Workbook:
    """What the sheets of a workbook may refer to.

    Attributes:
        sheets: name to part, in the order of the tabs.
        shared_texts, cell_styles, differential_styles: how many there are.
    """

    sheets: dict[str, str]
    known: Known
    shared_texts: int
    cell_styles: int
    differential_styles: int


def workbook_of(package: Package) -> Workbook:
    """The facts that sheets refer to; of duplicate sheet names the last one counts."""
    tree = package.trees[package.main]
    targets = package.relationships(package.main)
    sheets = {
        sheet.get("name", ""): targets[identity].target
        for sheet in tree.iter(f"{MAIN}sheet")
        if (identity := sheet.get(f"{{{OFFICE}}}id", "")) in targets
    }
    names = frozenset(item.get("name", "").lower() for item in tree.iter(f"{MAIN}definedName"))
    styles, texts = _related(package, "styles"), _related(package, "sharedStrings")
    return Workbook(
        sheets,
        Known(frozenset(name.lower() for name in sheets), names),
        shared_texts=0 if texts is None else len(texts.findall(f"{MAIN}si")),
        cell_styles=1 if styles is None else len(styles.findall(f"{MAIN}cellXfs/{MAIN}xf")),
        differential_styles=0 if styles is None else len(styles.findall(f"{MAIN}dxfs/{MAIN}dxf")),
    )


def lint_workbook(package: Package, workbook: Workbook) -> Iterator[str]:
    """What is wrong outside the sheets."""
    tree = package.trees[package.main]
    yield from (f"workbook: {text}" for text in _sheets(tree))
    yield from (f"workbook: {text}" for text in _names(tree, workbook))
    styles, texts = _related(package, "styles"), _related(package, "sharedStrings")
    if styles is not None:
        yield from (f"styles: {text}" for text in _styles(styles))
    if texts is not None:
        yield from (f"shared texts: {text}" for text in _shared_texts(texts))


def too_long(text: str, limit: int) -> bool:
    """Whether a text has more than so many UTF-16 units, as Excel counts."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2 > limit


def _related(package: Package, kind: str) -> etree._Element | None:
    return next((package.trees[name] for name in package.related(package.main, kind)), None)


def _sheets(tree: etree._Element) -> Iterator[str]:
    sheets = tree.findall(f"{MAIN}sheets/{MAIN}sheet")
    names = [sheet.get("name", "") for sheet in sheets]
    for name in names:
        if not name or too_long(name, MAX_SHEET_NAME):
            yield f"sheet name of {len(name)} characters: {name}"
        if _ILLEGAL_IN_SHEET_NAME.search(name) or name.lower() == "history":
            yield f"illegal sheet name {name}"
    yield from _twice("sheet name", [name.lower() for name in names])
    yield from _twice("sheet id", [sheet.get("sheetId", "") for sheet in sheets])
    shown = [sheet.get("state", "visible") == "visible" for sheet in sheets]
    if not any(shown):
        yield "no visible sheet"
    for view in tree.iter(f"{MAIN}workbookView"):
        active = int(view.get("activeTab", "0"))
        if active >= len(sheets) or not shown[active]:
            yield f"active sheet {active} is hidden or missing"


def _names(tree: etree._Element, workbook: Workbook) -> Iterator[str]:
    items = tree.findall(f"{MAIN}definedNames/{MAIN}definedName")
    sheets = len(tree.findall(f"{MAIN}sheets/{MAIN}sheet"))
    for item in items:
        name = item.get("name", "")
        if not _legal_name(name):
            yield f"illegal defined name {name}"
        if int(item.get("localSheetId", "0")) >= sheets:
            yield f"defined name {name} belongs to no sheet"
        for problem in lint_formula(item.text or "", workbook.known):
            yield f"defined name {name}: {problem}"
    keys = [f"{item.get('name', '').lower()}@{item.get('localSheetId', '')}" for item in items]
    yield from _twice("defined name", keys)


def _legal_name(name: str) -> bool:
    if name.lower().startswith("_xlnm."):
        return bool(_BUILT_IN.fullmatch(name))
    if not _NAME.fullmatch(name) or too_long(name, MAX_NAME):
        return False
    return cell(name.upper()) is None and not _R1C1.fullmatch(name)


def _styles(tree: etree._Element) -> Iterator[str]:
    counts = {
        "fontId": len(tree.findall(f"{MAIN}fonts/{MAIN}font")),
        "fillId": len(tree.findall(f"{MAIN}fills/{MAIN}fill")),
        "borderId": len(tree.findall(f"{MAIN}borders/{MAIN}border")),
        "xfId": len(tree.findall(f"{MAIN}cellStyleXfs/{MAIN}xf")),
    }
    for style in tree.iter(f"{MAIN}xf", f"{MAIN}cellStyle"):
        for key, limit in counts.items():
            if int(style.get(key, "0")) >= limit:
                yield f"{key} {style.get(key)} of {limit}"
    own = {item.get("numFmtId") for item in tree.iter(f"{MAIN}numFmt")}
    for style in tree.iter(f"{MAIN}xf"):
        number = style.get("numFmtId", "0")
        if int(number) >= 164 and number not in own:
            yield f"numFmtId {number} is not defined"
    names = [item.get("name", "").lower() for item in tree.iter(f"{MAIN}cellStyle")]
    yield from _twice("cell style", names)


def _shared_texts(tree: etree._Element) -> Iterator[str]:
    for number, item in enumerate(tree.findall(f"{MAIN}si")):
        text = "".join(part.text or "" for part in item.iter(f"{MAIN}t"))
        if too_long(text, MAX_TEXT):
            yield f"text {number} of {len(text)} characters, {MAX_TEXT} are allowed"


def _twice(what: str, values: list[str]) -> Iterator[str]:
    for value, times in Counter(values).items():
        if times > 1:
            yield f"{what} {value} twice"
