"""Whose report a spreadsheet is, and of which year: said in some cell of it.

A title stands in a cell among others; or the facts stand in cells of their own: `填报单位：某局`,
or `单位名称` with the name right of it; the year may be in the name of a sheet (`2023年`). What is
said in two ways is not known.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from types import MappingProxyType

from gk_xlsx.matching import normal
from gk_xlsx.published.model import Document, Table
from gk_xlsx.published.naming import body_of, year_of
from gk_xlsx.report import AnnualReport, Signed
from gk_xlsx.units import Unit

_TITLE = re.compile(r"[^。：:！？]{0,60}信息公开[^。：:！？]{0,10}(?:报告|年报)")
_UNIT = re.compile(r"(?:填报|报送|编制|报告)?(?:单位|机关|部门)(?:名称|全称)?")
_YEAR = re.compile(r"(?:报告|统计|所属|填报)?年[度份]")
_PAIR = re.compile(r"\s*([^：:]{2,8}?)\s*[：:]\s*(\S.*?)\s*", re.DOTALL)
_A_YEAR = re.compile(r"(20\d\d)(?:年度?)?")
_YEAR_IN_NAME = re.compile(r"(?<!\d)(20\d\d)年")


def with_facts(report: AnnualReport, document: Document) -> AnnualReport:
    """A spreadsheet's report with title, unit and year; a spreadsheet is data and has no text."""
    tables = [block for block in document.blocks if isinstance(block, Table)]
    title = title_in_tables(tables)
    pairs = [pair for table in tables for pair in _pairs(table)]
    unit = _only(value for label, value in pairs if _UNIT.fullmatch(label))
    return replace(
        report,
        title=title,
        unit=Unit(unit or body_of(title)),
        year=year_of(title) or _year(tables, pairs),
        narrative=MappingProxyType({}),
        headings=(),
        signed=Signed(),
    )


def title_in_tables(tables: Iterable[Table]) -> str:
    """The title that stands in a cell; empty where none does, or different ones."""
    return _only(
        normal(cell.text) for table in tables for cell in table.cells if _is_title(cell.text)
    )


def _is_title(text: str) -> bool:
    if "公" not in text:  # of thousands of cells hardly one need be looked at more closely
        return False
    one_line = normal(text)
    return bool(_TITLE.fullmatch(one_line) and year_of(one_line))


def _year(tables: Iterable[Table], pairs: Iterable[tuple[str, str]]) -> int:
    stated = [_A_YEAR.fullmatch(normal(value)) for label, value in pairs if _YEAR.fullmatch(label)]
    year = _only(match[1] for match in stated if match)
    named = (year for table in tables for year in _YEAR_IN_NAME.findall(table.place))
    return int(year or _only(named) or 0)


def _pairs(table: Table) -> Iterator[tuple[str, str]]:
    """Label and value, in one cell or in two beside each other."""
    before = None
    for cell in table.cells:
        pair = _PAIR.fullmatch(cell.text)
        if pair:
            yield normal(pair[1]), pair[2]
        if before is not None and before.row == cell.row:
            yield normal(before.text), cell.text.strip()
        before = cell


def _only(texts: Iterable[str]) -> str:
    """What is said, if only one thing is."""
    said = dict.fromkeys(texts)
    return next(iter(said)) if len(said) == 1 else ""
