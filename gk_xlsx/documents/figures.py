"""The figures of a report under the names that texts use: `{{ 三.新收.总计 }}`.

Names are the form's short names, field ids, `单位`, `年`, and `上年.` before any of these. A name
is spelled out step by step by item lookup on objects of our own, never on a dict, so that no
method of a dict can stand in for a figure.
"""

from __future__ import annotations

import difflib
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from gk_xlsx.amounts import plain, round_significant
from gk_xlsx.errors import GkXlsxError
from gk_xlsx.form import Form
from gk_xlsx.relations import usable
from gk_xlsx.report import (
    AnnualReport,
    Entry,
    EntryKind,
    LastYear,
    State,
    blank_entries,
    state,
    written,
)

LAST_YEAR = "上年"
UNIT = "单位"
YEAR = "年"
TOTAL = "总计"
"""The column that a sum of rows means when none is named (三.不予公开.合计)."""

CELLS_NAMED = 3
"""How many unusable cells of one sum a message names before it only counts the rest."""

Parts = tuple[str, ...]
"""A name in its parts: `("三", "新收", "总计")`."""


class FigureError(GkXlsxError):
    """A name is unknown or incomplete, or the figure it names is not there."""


@dataclass(frozen=True, slots=True)
class Cells:
    """What a name stands for: one cell of a form, or several that are added up."""

    form: Form
    entries: Mapping[str, Entry]
    fields: tuple[str, ...]
    owner: str = ""

    @property
    def total(self) -> Decimal:
        """The figure, or the sum (件, 万元, 元).

        Raises:
            FigureError: naming the cells that are blank or hold no usable figure.
        """
        values = [usable(field, self.form, self.entries) for field in self.fields]
        missing = [name for name, value in zip(self.fields, values, strict=True) if value is None]
        if missing:
            raise FigureError(self._why_not(missing))
        return sum((value for value in values if value is not None), Decimal(0))

    @property
    def printed(self) -> str:
        """The figure as it stands in the report: one with a unit keeps it (251000元)."""
        if len(self.fields) == 1:
            return written(self.entries[self.fields[0]])
        return plain(self.total)

    def _why_not(self, missing: Sequence[str]) -> str:
        named = "、".join(map(self._describe, missing[:CELLS_NAMED]))
        more = f"等{len(missing)}格" if len(missing) > CELLS_NAMED else ""
        return f"用到的格不能用：{named}{more}"

    def _describe(self, field_id: str) -> str:
        field, entry = self.form.fields[field_id], self.entries[field_id]
        sheet = self.form.table_of(field_id).sheet
        return f"{self.owner}{sheet}“{field.label}”{_condition(entry, state(entry, field.kind))}"


class Number(Decimal):
    """A figure: computes like any number, prints as it stands in the report.

    A sum of rows has its columns below it: `三.不予公开.合计` and `三.不予公开.合计.自然人`.
    """

    _printed: str
    _below: Name

    @classmethod
    def of(cls, cells: Cells, below: Name) -> Number:
        """The figure of a name, and the longer names that begin with it."""
        number = cls(cells.total)
        number._printed = cells.printed
        number._below = below
        return number

    def __str__(self) -> str:
        return self._printed

    def __getitem__(self, part: str) -> Value:
        return self._below[part]


class Name:
    """A name as far as it has been spelled out: `三.新收`."""

    __slots__ = ("_figures", "_path")

    def __init__(self, figures: Figures, path: Parts) -> None:
        self._figures = figures
        self._path = path

    def __getitem__(self, part: str) -> Value:
        """The figure one step further, or a longer name.

        Raises:
            FigureError: if no name goes on like that, or its figure is blank or unreadable.
        """
        return self._figures.step((*self._path, part))

    def __str__(self) -> str:
        """Raises: FigureError, because a name that names no figure must not print as nothing."""
        return str(self._figures.value(self._path))


Value = Number | int | str | Name


@dataclass(frozen=True)
class Figures:
    """Every name that a text about one report may use."""

    named: Mapping[Parts, Cells | int | str]

    @cached_property
    def roots(self) -> dict[str, Value]:
        """First part of the names to what it leads to: the variables of a template."""
        return {path[0]: self.step(path[:1]) for path in self.named}

    def step(self, path: Parts) -> Value:
        """The figure of a name, or the name itself where it can still go on.

        Raises:
            FigureError: as `value`, for a name that cannot go on.
        """
        try:
            return self.value(path)
        except FigureError:
            if path in self._beginnings:
                return Name(self, path)
            raise

    def value(self, path: Parts) -> Number | int | str:
        """The figure of a name.

        Raises:
            FigureError: if the name is unknown (with the nearest one) or incomplete (with what
                can follow), or if its cell is blank or unreadable (with the cell).
        """
        found = self.named.get(path)
        if found is None:
            raise FigureError(self._why_not(path))
        if not isinstance(found, Cells):
            return found
        try:
            return Number.of(found, Name(self, path))
        except FigureError as error:
            raise FigureError(f"“{dotted(path)}”{error}") from None

    def _why_not(self, path: Parts) -> str:
        name = dotted(path)
        following = self._beginnings.get(path)
        if following:
            return f"“{name}”没有写完整，后面还要接：{'、'.join(following)}"
        if path[0] == LAST_YEAR and (LAST_YEAR,) not in self._beginnings:
            return f"“{name}”用到去年的数字，但没有去年年报，请用 --last 给出"
        candidates = map(dotted, (*self.named, *self._beginnings))
        near = difflib.get_close_matches(name, candidates, n=1, cutoff=0.4)
        return f"没有“{name}”这个名称" + (f"，是不是“{near[0]}”？" if near else "")

    @cached_property
    def _beginnings(self) -> dict[Parts, tuple[str, ...]]:
        """Beginning of names to the parts that can follow, in the order of the form."""
        following: dict[Parts, dict[str, None]] = {}
        for path in self.named:
            for length in range(len(path)):
                following.setdefault(path[:length], {})[path[length]] = None
        return {path: tuple(parts) for path, parts in following.items()}


def figures_of(report: AnnualReport, form: Form, last_form: Form | None = None) -> Figures:
    """The names of a report's figures.

    Args:
        report: whose figures they are.
        form: the form of the report's edition.
        last_form: the form of the edition of `report.last_year`; without it `上年` is unknown.
    """
    named = _named(form, report.entries, report.unit.name, report.year)
    last = report.last_year
    if last is not None and last_form is not None:
        before = _named(last_form, _entries(last, last_form), last.unit, last.year, "去年年报")
        named |= {(LAST_YEAR, *path): value for path, value in before.items()}
    return Figures(named)


def dotted(path: Parts) -> str:
    """A name as it is written: `三.新收.总计`."""
    return ".".join(path)


def shown(value: object) -> object:
    """A value as it is printed: `finalize` of the environments, for results of arithmetic.

    Raises:
        OverflowError: for one that is no number any more (1e999).
    """
    if isinstance(value, float) and not math.isfinite(value):
        raise OverflowError
    if isinstance(value, Decimal) and not isinstance(value, Number):
        return plain(round_significant(value))
    return value


def _named(
    form: Form, entries: Mapping[str, Entry], unit: str, year: int, owner: str = ""
) -> dict[Parts, Cells | int | str]:
    ids = {field_id: (field_id,) for field_id in form.fields}
    totals = {
        name.removesuffix(f".{TOTAL}"): fields
        for name, fields in form.names.items()
        if name.endswith(f".合计.{TOTAL}")
    }
    cells = {
        tuple(name.split(".")): Cells(form, entries, fields, owner)
        for name, fields in (form.names | totals | ids).items()
    }
    return {(UNIT,): unit, (YEAR,): year, **cells}


def _entries(last: LastYear, form: Form) -> dict[str, Entry]:
    known = {
        field_id: Entry(EntryKind.NUMBER, value)
        for field_id, value in last.values.items()
        if field_id in form.fields
    }
    return blank_entries(form) | known


def _condition(entry: Entry, found: State) -> str:
    if found is State.BLANK:
        return "是空白"
    if found is State.UNKNOWN:
        return f"不能确定（{entry.reason}）" if entry.reason else "不能确定"
    return f"填的是“{written(entry)}”"
