"""The sheets of a workbook of ours: which there are, and the hidden one's keys."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from functools import cached_property

from gk_xlsx.form import Form, Relation
from gk_xlsx.plan.hidden import LAST_PREFIX
from gk_xlsx.plan.layout import (
    FACTS,
    GUIDE,
    HIDDEN,
    MEANINGS,
    PRINTOUT,
    RESULT,
    SENTENCES,
    TEXT,
)
from gk_xlsx.plan.review import REVIEW_PREFIX, label
from gk_xlsx.report import Explanation, LastYear
from gk_xlsx.workbook.cells import Allowance, Stored, StoredSheet
from gk_xlsx.workbook.package import Package

MAX_WORDS = 500_000
"""Characters of 文字部分, and of all 情况说明, far above any report."""

_YEAR = re.compile(r"\d{4}", re.ASCII)
_OPINION = re.compile(re.escape(REVIEW_PREFIX) + r"(\d{1,6})", re.ASCII)


class Sheets:
    """The sheets of a package, parsed when asked for."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._parsed: dict[str, StoredSheet] = {}

    @property
    def names(self) -> tuple[str, ...]:
        """In the order of the tabs."""
        return tuple(self._package.sheet_parts)

    def get(self, name: str) -> StoredSheet | None:
        """A sheet by its name, or None."""
        if name not in self._package.sheet_parts:
            return None
        if name not in self._parsed:
            self._parsed[name] = self._package.sheet(name)
        return self._parsed[name]

    @cached_property
    def hidden(self) -> HiddenSheet:
        """The hidden sheet; an empty one where it was deleted."""
        return HiddenSheet(self.get(HIDDEN))


def expected_sheets(form: Form) -> tuple[str, ...]:
    """The sheets that a workbook is issued with, in the order of the tabs."""
    tables = (table.sheet for table in form.tables)
    return (GUIDE, FACTS, *tables, TEXT, RESULT, PRINTOUT, MEANINGS, SENTENCES, HIDDEN)


class HiddenSheet:
    """Keys in the first column, values right of them."""

    def __init__(self, sheet: StoredSheet | None) -> None:
        self._sheet = sheet
        self._rows: Mapping[str, int] = {}
        if sheet is not None:
            self._rows = {text: row for (row, _), text in sheet.texts(range(1)).items()}

    @property
    def keys(self) -> Collection[str]:
        """All keys, from top to bottom."""
        return self._rows.keys()

    def text(self, key: str, column: int = 1) -> str | None:
        """What stands beside a key; None where there is no such key."""
        if key not in self._rows:
            return None
        cell = self._right_of(key, column)
        return cell.typed if cell else ""

    @property
    def last_year(self) -> LastYear | None:
        """Last year's figures as far as the workbook was issued with them."""
        year = self.text("last.year") or ""
        if not _YEAR.fullmatch(year):
            return None
        cells = {
            key.removeprefix(LAST_PREFIX): self._right_of(key, 1)
            for key in self._rows
            if key.startswith(LAST_PREFIX)
        }
        values = {
            key: cell.number for key, cell in cells.items() if cell and cell.number is not None
        }
        unit, edition = self.text("last.unit") or "", self.text("last.edition") or ""
        return LastYear(int(year), unit, edition, values)

    def issued(self, relation: Relation) -> Explanation | None:
        """The explanation that the workbook was issued with, bound to its figures."""
        field = relation.left[0].field
        key = f"{relation.code} {field}"
        text, left, right = (self._right_of(key, column) for column in (1, 2, 3))
        if text is None or left is None or right is None:
            return None
        return Explanation(relation.code, (field,), text.typed, left.number, right.number)

    @property
    def opinions(self) -> Mapping[str, Explanation]:
        """Label on 自查结果 to the opinion's code, fields and figures, as issued."""
        allowance = Allowance(MAX_WORDS)
        return {
            label(int(match[1])): self._opinion(key, allowance)
            for key in self._rows
            if (match := _OPINION.fullmatch(key))
        }

    def _opinion(self, key: str, allowance: Allowance) -> Explanation:
        code, left, right, text, fields = (self._right_of(key, column) for column in range(1, 6))
        return Explanation(
            code=code.typed if code else "",
            fields=tuple(allowance.take(fields.typed).split()) if fields else (),
            text=text.typed if text else "",
            left=left.number if left else None,
            right=right.number if right else None,
        )

    def _right_of(self, key: str, columns: int) -> Stored | None:
        """What was put there; a formula says nothing, whatever its result was."""
        if self._sheet is None or key not in self._rows:
            return None
        stored = self._sheet.at((self._rows[key], columns))
        return None if stored is None or stored.formula is not None else stored
