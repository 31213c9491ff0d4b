"""来源与调整 of a merged workbook → files, who is missing, the reports inside those added up."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

from gk_xlsx.merged import Missing
from gk_xlsx.plan.merged_layout import SECTIONS
from gk_xlsx.report import Part
from gk_xlsx.units import Scope
from gk_xlsx.workbook.cells import StoredSheet


def scope_labelled(label: str) -> Scope:
    """A scope by the words users read; what is unknown is about the body alone."""
    return next((item for item in Scope if item.label == label), Scope.BODY)


class Sources:
    """The sections of 来源与调整, by their headings."""

    def __init__(self, sheet: StoredSheet | None) -> None:
        self._rows: dict[int, dict[int, str]] = {}
        for (row, column), stored in sheet.cells(range(20)) if sheet else ():
            self._rows.setdefault(row, {})[column] = stored.typed
        self._sections = {key: dict(self._lines(heading)) for key, heading in SECTIONS.items()}

    def of(self, section: str, number: str) -> Mapping[str, str]:
        """The line with a number, by the heads of its section."""
        return self._sections[section].get(number, {})

    def missing(self) -> Iterator[Missing]:
        """Who is missing."""
        for line in self._sections["missing"].values():
            yield Missing(line.get("单位", ""), line.get("编码", ""), line.get("原因", ""))

    def parts_of(self, number: str) -> Iterator[Part]:
        """The reports that a counted one is the sum of itself."""
        for line in self._nested.get(number, ()):
            yield Part(
                line.get("编码", ""),
                line.get("单位", ""),
                scope_labelled(line.get("统计范围", "")),
                line.get("文件校验值（sha256）", ""),
            )

    @cached_property
    def _nested(self) -> Mapping[str, Sequence[Mapping[str, str]]]:
        found: dict[str, list[Mapping[str, str]]] = {}
        for number, line in self._lines(SECTIONS["nested"]):
            found.setdefault(number, []).append(line)
        return found

    def _lines(self, heading: str) -> Iterator[tuple[str, Mapping[str, str]]]:
        """Each line of a section: what stands in its first cell, and its texts by their heads."""
        at = next((row for row, cells in self._rows.items() if cells.get(0) == heading), None)
        if at is None:
            return
        heads = self._rows.get(at + 1, {})
        row = at + 2
        while self._rows.get(row, {}).get(0):
            cells = self._rows[row]
            yield cells[0], {text: cells.get(column, "") for column, text in heads.items()}
            row += 1
