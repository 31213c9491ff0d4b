"""Merged workbooks to be read, tampered with and recalculated."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from gk_xlsx.merged import Adjustment, Contributor, Merged, Missing
from gk_xlsx.plan.layout import DETAIL
from gk_xlsx.plan.merged_layout import HEAD_ROWS, Detail, detail_of
from gk_xlsx.plan.merged_workbook import plan_merged, planned_places
from gk_xlsx.report import BLANK, Entry, EntryKind, Part
from gk_xlsx.resources import form
from gk_xlsx.rollup.merging import adjustment, merge
from gk_xlsx.units import Scope, Unit
from gk_xlsx.workbook.read import read_merged
from gk_xlsx.workbook.write import workbook_bytes
from tests.rollup.districts import FORM
from tests.rollup.sums import YEAR, contributor, contributors, units, with_entries

UNIT = Unit("示例市", "330900")
KINDS = ("本级", "部门", "部门", "镇街", "镇街", "其他")


def clean_merge(count: int = 6) -> Merged:
    """Nothing missing, nothing unknown."""
    return merge(FORM, UNIT, YEAR, _kinds(contributors(units(count))))


def gaps_merge() -> Merged:
    """A blank, a mark, two missing reports, an adjustment with and one without reason."""
    first, *others = units(6)
    entries = {
        "requests.granted.social": BLANK,
        "disputes.review.upheld": Entry(EntryKind.MARK, raw="/"),
    }
    items = _kinds(contributors([with_entries(first, entries), *others]))
    town = replace(
        items[3], scope=Scope.AREA, parts=(Part("9", "示例市某某村", Scope.BODY, "abc"),)
    )
    return merge(
        FORM,
        UNIT,
        YEAR,
        [*items[:3], town, *items[4:]],
        aside=[replace(contributor(units(7)[6]), remark="名册上“计入汇总”为否")],
        adjustments=adjustments(),
        missing=(Missing("示例镇", "8"), Missing("示例乡", why="文件不能读取")),
    )


def adjustments() -> tuple[Adjustment, ...]:
    return (
        adjustment(FORM, "共同被告", "一案两计", {"disputes.direct.upheld": Decimal(-1)}),
        adjustment(FORM, "来电更正", "", {"proactive.fees.amount": Decimal("0.5")}),
    )


def _kinds(items: Sequence[Contributor]) -> list[Contributor]:
    places = planned_places(FORM)
    return [
        replace(item, kind=KINDS[index % len(KINDS)], places=places if index % 2 else ())
        for index, item in enumerate(items)
    ]


def book_of(merged: Merged) -> bytes:
    return workbook_bytes(plan_merged(merged, last_form=FORM))


def read_back(data: bytes) -> Merged:
    return read_merged(data, form)


def unit_cell(merged: Merged, index: int, field_id: str) -> tuple[str, str]:
    """Sheet and address of a unit's figure on 明细."""
    return DETAIL, detail_of(merged).cell(HEAD_ROWS + index, field_id).local


def adjusted_cell(merged: Merged, index: int, field_id: str) -> tuple[str, str]:
    """Sheet and address of what an adjustment changes."""
    detail: Detail = detail_of(merged)
    return DETAIL, detail.cell(detail.adjustments_top + index, field_id).local
