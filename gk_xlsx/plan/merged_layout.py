"""Where everything stands on the sheets that only a merged workbook has."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from gk_xlsx.form import Field, FieldKind, Form
from gk_xlsx.merged import Contributor, Merged, Missing
from gk_xlsx.plan.formulas import is_empty
from gk_xlsx.plan.layout import DETAIL, ranges
from gk_xlsx.plan.model import Address

UNKNOWN = "未知"
"""What stands where a sum is not known."""

UNREASONED = "缺原因"
"""What the last column of 明细 says of an adjustment without reason."""

ADJUSTMENT_ROWS = 10
"""So many rows for adjustments there are at least; some of them are always free."""
FREE_ROWS = 5

HEAD_ROWS = 7
"""Title, status, hint; table, row and column of each figure; its id."""
TABLE_ROW, ROW_ROW, COLUMN_ROW, ID_ROW = 3, 4, 5, 6

NUMBER, NAME, CODE, KIND, SCOPE = range(5)
"""The columns left of the figures; of an adjustment the reason takes the last three."""
FIRST_FIGURE = 5

NUMBER_HEAD, NAME_HEAD, CODE_HEAD, KIND_HEAD, SCOPE_HEAD = (
    "序号",
    "单位（调整事项）",
    "编码",
    "类别",
    "统计范围",
)
ADJUSTMENT_MARK, TOTAL_MARK, ASIDE_MARK = "调整", "合计", "不计"
"""What stands in the first column of rows that are no unit's."""

ROSTER_KEY, ROW_KEY, SOURCES_KEY = "merged.roster", "merged.row.", "merged.sources"
"""Keys on the hidden sheet: whether a roster told who should be there, a mark of each row of 明细
as it was written, and how many 来源与调整 lists (missing reports; parts of sums that came in)."""

SECTIONS = {
    "counted": "计入汇总的报告",
    "aside": "没有计入的报告",
    "missing": "缺报",
    "unknown": "未知的数",
    "adjustments": "调整",
    "nested": "下级汇总表里的报告",
}
"""Headings on 来源与调整."""

SOURCE_HEADS = (
    *("序号", "单位", "编码", "类别", "统计范围", "文件", "收到日期", "数据核验"),
    *("情况说明、备注", "文件校验值（sha256）"),
)
MISSING_HEADS = ("序号", "单位", "编码", "原因")
UNKNOWN_HEADS = ("序号", "表", "项目", "哪个单位、为什么")
ADJUSTMENT_HEADS = ("序号", "调整事项", "原因", "核对")
NESTED_HEADS = ("所在序号", "单位", "编码", "统计范围", "文件校验值（sha256）")
"""The first tells the number of the report it is part of."""


@dataclass(frozen=True, eq=False)
class Detail:
    """The sheet 明细: reports in rows, fields in columns.

    Attributes:
        units: how many reports are counted.
        adjustments: how many rows for adjustments there are.
        aside: how many reports are listed without being counted.
        decimals: field id to the decimals its sum is rounded to, where it has any.
    """

    form: Form
    units: int
    adjustments: int
    aside: int
    decimals: dict[str, int]

    @property
    def adjustments_top(self) -> int:
        """The first row for adjustments, right below the last unit."""
        return HEAD_ROWS + self.units

    @property
    def total_row(self) -> int:
        """The row 合计."""
        return self.adjustments_top + self.adjustments

    @property
    def aside_top(self) -> int:
        """The first report that is not counted; its heading stands above it."""
        return self.total_row + 3

    @property
    def check_column(self) -> int:
        """The column right of the figures: whether an adjustment has its reason."""
        return FIRST_FIGURE + len(self.form.fields)

    @property
    def checks(self) -> str:
        """The range that says which adjustments lack their reason, seen from other sheets."""
        first = Address(DETAIL, self.adjustments_top, self.check_column)
        return f"{first.full}:{Address(DETAIL, self.total_row - 1, self.check_column).fixed}"

    def cell(self, row: int, field_id: str) -> Address:
        """A figure in a row of the sheet."""
        return Address(DETAIL, row, self._columns[field_id])

    def unit(self, index: int, field_id: str) -> Address:
        """A counted unit's figure, units counted from 0."""
        return self.cell(HEAD_ROWS + index, field_id)

    def units_range(self, field_id: str) -> str:
        """All counted units' figures of a field, seen from other sheets."""
        return self._range(field_id, HEAD_ROWS, self.adjustments_top - 1)

    def adjusted_range(self, field_id: str) -> str:
        """What adjustments change of a field, seen from other sheets."""
        return self._range(field_id, self.adjustments_top, self.total_row - 1)

    def adjusted_total(self, row: int, field_id: str) -> str:
        """The formula of a total within an adjustment, where what is empty adds nothing."""
        listed = ",".join(ranges(self._parts(row, field_id), DETAIL))
        return f'IF(COUNTA({listed})=COUNT({listed}),SUM({listed}),"{UNKNOWN}")'

    def reason_check(self, row: int) -> str:
        """The formula that says whether an adjustment has its reason."""
        first, last = (Address(DETAIL, row, at) for at in (FIRST_FIGURE, self.check_column - 1))
        reason = Address(DETAIL, row, CODE).local
        figures = f"{first.local}:{last.local}"
        texts = f"COUNTA({figures})-COUNT({figures})"
        typed = f'COUNTIF({figures},">0")+COUNTIF({figures},"<0")+{texts}'
        return f'IF({typed}=0,"",IF({is_empty(reason)},"{UNREASONED}","√"))'

    def figure(self, field: Field) -> str:
        """The formula of a sum: every unit's figure and every adjustment must be a number."""
        units, adjusted = self.units_range(field.id), self.adjusted_range(field.id)
        known = f"AND(COUNT({units})=ROWS({units}),COUNT({adjusted})=COUNTA({adjusted}))"
        total = f"SUM({units},{adjusted})"
        if field.id in self.decimals:
            total = f"ROUND({total},{self.decimals[field.id]})"
        if field.kind is FieldKind.MONEY_WITH_UNIT:
            total = f'IF({total}=0,0,{total}&"{field.column.unit}")'
        return f'IF({known},{total},"{UNKNOWN}")'

    def _parts(self, row: int, field_id: str) -> Sequence[Address]:
        relation = self.form.computed[field_id]
        return [self.cell(row, term.field) for term in relation.right]

    def _range(self, field_id: str, top: int, bottom: int) -> str:
        first, last = self.cell(top, field_id), self.cell(bottom, field_id)
        return f"{first.full}:{last.fixed}"

    @cached_property
    def _columns(self) -> dict[str, int]:
        return {field_id: FIRST_FIGURE + at for at, field_id in enumerate(self.form.fields)}


def listed(missing: Sequence[Missing], counted: Sequence[Contributor]) -> tuple[int, int]:
    """How many 来源与调整 lists: missing reports, and parts of sums that came in."""
    return len(missing), sum(len(item.parts) for item in counted)


def detail_of(merged: Merged) -> Detail:
    """Where a merge stands on 明细."""
    rows = max(ADJUSTMENT_ROWS, len(merged.adjustments) + FREE_ROWS)
    decimals = decimals_of(merged.form, merged.counted)
    return Detail(merged.form, len(merged.counted), rows, len(merged.aside), decimals)


_MONEY_DECIMALS = 6


def decimals_of(form: Form, counted: Sequence[Contributor]) -> dict[str, int]:
    """How many decimals the sums have: of money at least six, of counts none unless wrong.

    The spreadsheet adds binary fractions: 0.1 + 0.2 must not become 0.30000000000000004.
    """
    found = {}
    for at, field in enumerate(form):
        most = max((_decimals_of(item.figures[at]) for item in counted), default=0)
        if field.kind in (FieldKind.MONEY, FieldKind.MONEY_WITH_UNIT):
            most = max(most, _MONEY_DECIMALS)
        if most:
            found[field.id] = most
    return found


def _decimals_of(figure: Decimal | None) -> int:
    exponent = figure.as_tuple().exponent if figure is not None else 0
    return max(0, -exponent) if isinstance(exponent, int) else 0
