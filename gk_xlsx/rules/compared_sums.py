"""RO: a report held against the sum of the reports below it."""

from __future__ import annotations

from collections.abc import Iterator

from gk_xlsx.amounts import plain
from gk_xlsx.findings import Severity
from gk_xlsx.relations import cell_name
from gk_xlsx.report import Entry
from gk_xlsx.rollup.differences import CellDifference, Comparison, Side
from gk_xlsx.rules.set_rule import SetHit, set_rule

_LISTED = 5


@set_rule("RO06", "parent-differs-from-units", Severity.WARNING)
def parent_differs(case: Comparison) -> Iterator[SetHit]:
    """A parent's report is the sum of its units' reports.

    查什么：上级（公布的）报告与各单位报告相加之和是否一致，逐格比较；只在 gk-xlsx diff 一边是
    一份报告、另一边是一批报告时查。
    依据：年度报告逐级汇总，上级数等于所属各单位之和，本级只计一次。
    例：区报告新收 195 件，各单位相加 190 件，多 5 件。
    怎么改：按 diff 列出的可能原因核对：哪个单位多计、漏计、错列或用了去年的数；口径不同的写明。
    不管的：一边的数未知的不比；报告自身勾稽关系不平见 AR；本工具的汇总表由公式相加，改动见 SE04。
    """
    parent, units = _sides(case)
    if parent is None or units is None:
        return
    cells = [item for item in case.cells if item.change is not None]
    if cells:
        listed = "；".join(_described(case, item, parent) for item in cells[:_LISTED])
        more = f"；另 {len(cells) - _LISTED} 格" if len(cells) > _LISTED else ""
        yield SetHit(
            f"{parent.name} 与 {units.name} 的 {len(units.members)} 份报告之和"
            f"有 {len(cells)} 格不一致：{listed}{more}。",
            files=(parent.name, units.name),
            fields=tuple(item.field for item in cells),
            left=_of(cells[0], case, parent).value,
            right=_of(cells[0], case, units).value,
            fix="请按列出的可能原因核对。",
            source="逐级汇总",
        )


def _sides(case: Comparison) -> tuple[Side | None, Side | None]:
    """The single report and the sum; nothing where both or neither are sums."""
    if case.left.total is None or case.right.total is None:
        return None, None
    if bool(case.left.members) == bool(case.right.members):
        return None, None
    return (case.right, case.left) if case.left.members else (case.left, case.right)


def _of(cell: CellDifference, case: Comparison, side: Side) -> Entry:
    return cell.left if side is case.left else cell.right


def _described(case: Comparison, cell: CellDifference, parent: Side) -> str:
    own = _of(cell, case, parent)
    added = cell.right if own is cell.left else cell.left
    return f"{cell_name(case.form, cell.field)}报告 {_value(own)}、各单位之和 {_value(added)}"


def _value(entry: Entry) -> str:
    return plain(entry.value) if entry.value is not None else "未知"
