"""Where everything stands in a workbook of ours; planner and reader share these addresses."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from gk_xlsx.form import Form, Grid, Period, Relation, Table, Term, lay_out
from gk_xlsx.plan.model import Address, Area
from gk_xlsx.report import State

TEMPLATE_VERSION = "1"
"""Changes whenever an address changes; other versions are read by their labels (SE02)."""

GUIDE, FACTS, TEXT, RESULT = "填写说明", "基本信息", "文字部分", "自查结果"
PRINTOUT, MEANINGS, SENTENCES, HIDDEN = "打印稿", "指标口径", "参考句", "gk"
OVERVIEW, DETAIL, SOURCES = "一览表", "明细", "来源与调整"
COMPARED, CHARTED = "对比表", "图表"
"""The sheets that only a merged workbook has."""
MERGED_KEY = "merged"
"""Under this the hidden sheet of a merged workbook says that it is one."""

GRID_TOP = 2
"""The printed grid begins below the verdict and the 零报告 line."""

STATE_OFFSET = 26
"""A cell's state stands 26 columns to its right: D9 → AD9.

On the same sheet, because conditional formats may only look at their own sheet.
"""

COUNTED = (
    State.BLANK,
    State.ASSUMED,
    State.ZERO,
    State.OK,
    State.MARK,
    State.TEXT,
    State.NEGATIVE,
    State.FRACTION,
)
WRONG_CELLS = (State.TEXT, State.NEGATIVE, State.FRACTION)
"""States that are one error per cell; blanks and marks are one per table."""

IDENTITY = ("form", "edition", "template", "unit", "code", "year", "scope", "level")
LAST_IDENTITY = ("last.year", "last.unit", "last.edition")

FACT_ROWS = {
    "unit": 2,
    "code": 3,
    "year": 4,
    "level": 5,
    "scope": 6,
    "title": 7,
    "signed_by": 8,
    "signed_date": 9,
}
"""Rows of 基本信息."""

FACT_LABELS = {
    "unit": "单位名称",
    "code": "单位编码",
    "year": "年份",
    "level": "单位类型",
    "scope": "统计范围",
    "title": "报告标题",
    "signed_by": "落款单位",
    "signed_date": "成文日期",
}

SWITCH_CAPTION = "其余空白格按 0 计（零报告）"
"""What stands left of each table's switch; the reader finds the switch by it."""

TEXT_KEYS = ("preface", "overview", "problems", "other", "proactive", "requests", "disputes")
"""The blocks of 文字部分, those that everyone writes first."""

TEXT_ROWS = 80
LISTED_FAILURES = 15
_COUNTS_TOP, _SNAPSHOTS_TOP, _LISTS_COLUMN, _LAST_TOP = 20, 60, 8, 120


SUMMARY = ("status", "counted", "missing", "names", "unreasoned")
"""What the top of 来源与调整 says, row by row."""
_SUMMARY_TOP = 1


@dataclass(frozen=True, eq=False)
class Layout:
    """Addresses of one edition's workbook.

    Attributes:
        merged: whether it is a merged one, which counts unknown sums and what it lacks too.
    """

    form: Form
    merged: bool = False

    # -- statutory tables ------------------------------------------------------------------

    @cached_property
    def fields(self) -> dict[str, Address]:
        """Field id to the cell its figure stands in."""
        return {
            field_id: Address(table.sheet, box.row + GRID_TOP, box.column)
            for table in self.form.tables
            for field_id, box in lay_out(table).places.items()
        }

    @cached_property
    def labels(self) -> dict[str, tuple[tuple[Address, str], ...]]:
        """Table key to the cells that carry statutory text, and that text."""
        return {
            table.key: tuple(
                (Address(table.sheet, box.row + GRID_TOP, box.column), box.text)
                for box in lay_out(table).labels
            )
            for table in self.form.tables
        }

    def state(self, field_id: str) -> Address:
        """The state cell of a field."""
        return self.fields[field_id].right(STATE_OFFSET)

    def switch(self, table: Table) -> Address:
        """The 零报告 switch of a table (是 or 否)."""
        return Address(table.sheet, 1, self.split(table))

    def switch_state(self, table: Table) -> Address:
        """`on`, `off` or `refused`."""
        return self.switch(table).right(STATE_OFFSET)

    def split(self, table: Table) -> int:
        """The column where the verdict and the switch begin, right of their captions."""
        return table.label_columns or 5

    def states_area(self, table: Table) -> Area:
        """All state cells of a table."""
        grid: Grid = lay_out(table)
        bottom = GRID_TOP + grid.height - 1
        return Area(GRID_TOP, STATE_OFFSET, bottom, STATE_OFFSET + grid.width - 1)

    # -- the hidden sheet ------------------------------------------------------------------

    def identity(self, key: str) -> Address:
        """The value of an identity item; its key stands left of it."""
        return Address(HIDDEN, (*IDENTITY, *LAST_IDENTITY).index(key), 1)

    def count(self, table: Table, state: State) -> Address:
        """How many input cells of a table are in a state."""
        index = self.form.tables.index(table) * len(self.counted) + self.counted.index(state)
        return Address(HIDDEN, _COUNTS_TOP + index, 1)

    @property
    def counted(self) -> tuple[State, ...]:
        """The states that are counted."""
        return (*COUNTED, State.UNKNOWN) if self.merged else COUNTED

    @property
    def tallies(self) -> tuple[str, ...]:
        """The names of the intermediate results."""
        return (*TALLIES, *MERGED_TALLIES) if self.merged else TALLIES

    def tally(self, name: str) -> Address:
        """A named intermediate result of the verdict."""
        index = len(self.form.tables) * len(self.counted) + self.tallies.index(name)
        return Address(HIDDEN, _COUNTS_TOP + index, 1)

    def snapshot(self, relation: Relation) -> Address:
        """The explanation as issued; right of it the two figures it was written for."""
        return Address(HIDDEN, _SNAPSHOTS_TOP + self.explainable.index(relation), 1)

    def choice_list(self, index: int, length: int) -> str:
        """The range of a drop-down's choices."""
        column = _LISTS_COLUMN + index
        first = Address(HIDDEN, 0, column).full
        return f"{first}:{Address(HIDDEN, length - 1, column).fixed}"

    def choice(self, index: int, row: int) -> Address:
        """One entry of a drop-down's choices."""
        return Address(HIDDEN, row, _LISTS_COLUMN + index)

    def summary(self, name: str) -> Address:
        """What a merged workbook says of itself; its caption stands left of it."""
        return Address(SOURCES, _SUMMARY_TOP + SUMMARY.index(name), 1)

    @property
    def last_top(self) -> int:
        """The row where last year's figures begin on the hidden sheet."""
        return _LAST_TOP

    @cached_property
    def last(self) -> dict[str, Address]:
        """Field id to the cell with last year's figure (fields of this edition)."""
        return {
            field_id: Address(HIDDEN, _LAST_TOP + index, 1)
            for index, field_id in enumerate(self.form.fields)
        }

    # -- 自查结果 --------------------------------------------------------------------------

    @cached_property
    def checked(self) -> tuple[Relation, ...]:
        """The relations the sheet itself evaluates: those of the form, and the carry-over."""
        return tuple(
            relation
            for relation in self.form.relations
            if relation.within(Period.THIS) or relation.code == "YR01"
        )

    @cached_property
    def explainable(self) -> tuple[Relation, ...]:
        """The relations beside which a 情况说明 can be written."""
        return self.form.instances("YR01")

    @property
    def failures_top(self) -> int:
        """The first row of the list of what fails."""
        return 5

    @property
    def explanations_top(self) -> int:
        """The first row of the carry-over and its explanations."""
        return self.failures_top + LISTED_FAILURES + 4

    def explanation(self, relation: Relation) -> Address:
        """The open cell for a 情况说明."""
        return Address(RESULT, self.explanations_top + self.explainable.index(relation), 5)

    @property
    def problems_top(self) -> int:
        """The first folded row: problems of cells, then all relations."""
        return self.explanations_top + len(self.explainable) + 4

    @property
    def problems(self) -> tuple[State, ...]:
        """The states of cells that are problems."""
        return MERGED_PROBLEMS if self.merged else PROBLEMS

    @property
    def lacks(self) -> tuple[str, ...]:
        """What a merged workbook may lack beside its figures, by the name of its summary."""
        return LACKS if self.merged else ()

    @property
    def _checks_top(self) -> int:
        cells = len(self.form.tables) * len(self.problems)
        return self.problems_top + cells + len(self.lacks)

    def check(self, relation: Relation) -> Address:
        """The folded row of a relation."""
        return Address(RESULT, self._checks_top + self._check_index[relation], 0)

    def outcome(self, relation: Relation) -> Address:
        """平, 不平 or 未填完; for the carry-over 一致, 需说明, 已说明, 已失效 or 无去年数据."""
        return self.check(relation).right(5)

    @property
    def checks_bottom(self) -> int:
        """The last folded row."""
        return self._checks_top + len(self.checked) - 1

    @cached_property
    def _check_index(self) -> dict[Relation, int]:
        return {relation: index for index, relation in enumerate(self.checked)}

    # -- relations -------------------------------------------------------------------------

    def term(self, term: Term) -> Address:
        """The cell of a term: this year's figure, or last year's on the hidden sheet."""
        return self.last[term.field] if term.period is Period.LAST else self.fields[term.field]


PROBLEMS = (State.BLANK, State.MARK, State.TEXT, State.NEGATIVE, State.FRACTION)
MERGED_PROBLEMS = (State.UNKNOWN, State.NEGATIVE, State.FRACTION)
LACKS = ("missing", "unreasoned")
TALLIES = ("blank_tables", "errors", "asking", "filled", "nonzero", "blanks", "verdict")
MERGED_TALLIES = ("unknown_tables", "unknown", "gaps")


@lru_cache
def layout_of(form: Form, *, merged: bool = False) -> Layout:
    """The layout of an edition, worked out once."""
    return Layout(form, merged)


def runs(addresses: Iterable[Address]) -> Iterator[Sequence[Address]]:
    """Addresses grouped into straight runs of neighbouring cells, each a range."""
    run: list[Address] = []
    for address in addresses:
        if run and not _continues(run, address):
            yield run
            run = []
        run.append(address)
    if run:
        yield run


def ranges(addresses: Iterable[Address], sheet: str) -> list[str]:
    """The ranges that cover the addresses, as written in a formula on `sheet`."""
    texts = []
    for run in runs(addresses):
        first, last = run[0], run[-1]
        start = first.seen_from(sheet)
        end = last.local if sheet == last.sheet else last.fixed
        texts.append(start if len(run) == 1 else f"{start}:{end}")
    return texts


def _continues(run: Sequence[Address], address: Address) -> bool:
    last = run[-1]
    if address.sheet != last.sheet:
        return False
    step = (address.row - last.row, address.column - last.column)
    if len(run) == 1:
        return step in ((0, 1), (1, 0))
    return step == (last.row - run[-2].row, last.column - run[-2].column)
