"""What differs between two reports, sums or sets, and what explains it, as text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gk_xlsx.amounts import plain
from gk_xlsx.findings import Finding
from gk_xlsx.form import Form
from gk_xlsx.relations import cell_name
from gk_xlsx.report import AnnualReport, Entry, EntryKind
from gk_xlsx.rollup.causes import Cause, CauseKind
from gk_xlsx.rollup.differences import CellDifference, Comparison, Side, UnitDifference

LEFT, RIGHT = "甲", "乙"
"""What the two sides are called."""

MOST_CELLS = 12
"""So many cells of a unit are listed; JSON has them all."""

_WHAT = {
    CauseKind.COUNTED_TWICE: "多出的正好是它的整份数据，{own}把它计了两次，或{other}漏计",
    CauseKind.MISSING: "缺少的正好是它的整份数据，{other}把它计了两次，或{own}里另有一份漏计",
    CauseKind.LAST_YEAR: "{own}用的可能是它去年的报告",
    CauseKind.SHIFTED: "它的数字错了一列",
    CauseKind.SWAPPED_ROWS: "它的两行填反了",
    CauseKind.BROKEN_RELATION: "改正后它自己的勾稽关系才成立",
    CauseKind.TRANSPOSED: "数字前后颠倒",
    CauseKind.TIMES_TEN: "多写或少写了零（或单位弄错）",
    CauseKind.SAME_AS_LAST_YEAR: "与它去年的数字相同，可能照抄了去年",
    CauseKind.ONE_VALUE: "它的这一格可能填错",
}
"""What happened, in the words of a person who adds up by hand."""


def difference_text(
    comparison: Comparison, found: Sequence[Cause], findings: Sequence[Finding] = ()
) -> str:
    """The sides, what was found, what explains the difference, then what differs."""
    lines = [
        f"{LEFT}：{_side(comparison.left)}",
        f"{RIGHT}：{_side(comparison.right)}",
        *_frame(comparison),
    ]
    if comparison.same:
        lines.append("数据完全一致。")
    else:
        lines += [
            *(f"【{item.severity.label}】{item.message}（{item.code}）" for item in findings),
            *_causes(comparison, found),
            *_cells(comparison),
            *_units(comparison),
        ]
    return "\n".join(lines) + "\n"


def cause_sentence(comparison: Comparison, cause: Cause) -> str:
    """One cause: the unit, where it is, what happened, and what the figures should be."""
    own, other = (LEFT, RIGHT) if cause.side is comparison.left else (RIGHT, LEFT)
    what = _WHAT[cause.kind].format(own=own, other=other)
    where = f"（{own}，{cause.member.file}）" if cause.member.file else f"（{own}）"
    return f"{cause.member.name}{where}：{what}{_instead(comparison.form, cause)}。"


def _side(side: Side) -> str:
    if side.total is None:
        return f"{side.name}（{len(side.members)} 份报告）"
    parts = f"，{len(side.members)} 份报告相加" if side.members else ""
    return f"{side.name}（{_about(side.total)}{parts}）"


def _about(report: AnnualReport) -> str:
    return f"{report.unit.name or '没有写明单位'}，{report.year} 年，{report.scope.label}"


def _frame(comparison: Comparison) -> Iterator[str]:
    for name, (left, right) in comparison.frame.items():
        yield f"{name}不同：{LEFT}“{left}”，{RIGHT}“{right}”。"


def _causes(comparison: Comparison, found: Sequence[Cause]) -> Iterator[str]:
    if found:
        yield "\n可能的原因（最可能的在前）："
    for number, cause in enumerate(found, 1):
        yield f"  {number}. {cause_sentence(comparison, cause)}"


def _instead(form: Form, cause: Cause) -> str:
    if not cause.instead:
        return ""
    fields = list(cause.instead)[:3]
    pairs = (
        f"{cell_name(form, key)}填 {_value(cause.member.report.entries[key])}，"
        f"应为 {plain(cause.instead[key])}"
        for key in fields
    )
    more = f"等 {len(cause.instead)} 格" if len(cause.instead) > len(fields) else ""
    return f"：{'；'.join(pairs)}{more}"


def _cells(comparison: Comparison) -> Iterator[str]:
    if not comparison.cells and comparison.left.total and comparison.right.total:
        yield "\n各格的数都相同，只是相加的单位不同。"
    differ, unknown = _parted(comparison.cells)
    if differ:
        yield f"\n不同的数据 {len(differ)} 格："
        yield from (f"  {line}" for line in cell_lines(comparison.form, differ))
    elif unknown and not comparison.units:
        yield "\n读出的数据一致。"
    if unknown:
        yield f"\n不能比较的数据 {len(unknown)} 格（没有读出，不知是否相同），请对照原件核对："
        yield from (f"  {line}" for line in cell_lines(comparison.form, unknown))


def _parted(cells: Sequence[CellDifference]) -> tuple[list[CellDifference], list[CellDifference]]:
    """Those that differ, and those of which one side is unknown."""
    return (
        [item for item in cells if item.comparable],
        [item for item in cells if not item.comparable],
    )


def cell_lines(form: Form, cells: Sequence[CellDifference]) -> Iterator[str]:
    """Each cell with both figures and the difference."""
    for item in cells:
        change = item.change
        more = f"，相差 {plain(abs(change))}" if change is not None else ""
        left, right = _value(item.left), _value(item.right)
        yield f"{cell_name(form, item.field)}：{LEFT} {left}，{RIGHT} {right}{more}"


def _units(comparison: Comparison) -> Iterator[str]:
    if comparison.units:
        yield f"\n不同的单位 {len(comparison.units)} 个："
    for unit in comparison.units:
        yield from _unit(comparison, unit)


def _unit(comparison: Comparison, unit: UnitDifference) -> Iterator[str]:
    if unit.left is None or unit.right is None:
        yield f"  {unit.name}：{_one_side_only(comparison, unit)}。"
        return
    differ, unknown = _parted(unit.cells)
    counts = (len(differ), "不同"), (len(unknown), "不能比较（没有读出）")
    yield f"  {unit.name}：{'，'.join(f'{count} 格{what}' for count, what in counts if count)}"
    listed = [*differ, *unknown][:MOST_CELLS]
    yield from (f"    {line}" for line in cell_lines(comparison.form, listed))
    if len(unit.cells) > MOST_CELLS:
        yield f"    ……另有 {len(unit.cells) - MOST_CELLS} 格"


def _one_side_only(comparison: Comparison, unit: UnitDifference) -> str:
    """Who has it and who has not, or has it less often."""
    left, right = (
        sum(member.name == unit.name for member in side.members)
        for side in (comparison.left, comparison.right)
    )
    if left and right:
        return f"{LEFT}有 {left} 份，{RIGHT}有 {right} 份"
    has, lacks = (LEFT, RIGHT) if unit.right is None else (RIGHT, LEFT)
    return f"只有{has}有，{lacks}没有"


def _value(entry: Entry) -> str:
    """A figure, or what stands there instead."""
    if entry.value is not None:
        return plain(entry.value)
    if entry.kind is EntryKind.UNKNOWN and not entry.raw.strip():
        return f"未知（{entry.reason or '没有读出'}）"
    return f"“{entry.raw}”" if entry.raw.strip() else "空白"
