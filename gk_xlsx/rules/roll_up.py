"""RO: what a merged report says of itself: sums that are not known, parts that are not there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from gk_xlsx.findings import Severity
from gk_xlsx.form import Field
from gk_xlsx.report import EntryKind, Part, Seen
from gk_xlsx.rules.rule import Case, Hit, rule, short_label

_LISTED = 8


@rule("RO08", "unknown-sum", Severity.ERROR)
def unknown_sum(case: Case) -> Iterator[Hit]:
    """Every sum of a merged report is known; one finding per table names the units.

    查什么：汇总数里有没有“未知”：所加的报告中有空白、符号或不能辨认的数。
    依据：空白不等于 0；有一格不知道，合计就不知道。
    例：三、申请办理有 1 格汇总数未知，连带总计共 2 格，因为示例局有 1 格空白。
    怎么改：请所列单位补正后重新汇总；确知应为多少的，可在“明细”的“调整”行写明原因后补上。
    不管的：单位自己的报告里的空白见 IN01、IN06；缺报的单位见 RO13。
    """
    if not case.report.parts:
        return
    for table in case.form.tables:
        unknown = [
            field for field, entry in case.of_table(table) if entry.kind is EntryKind.UNKNOWN
        ]
        if unknown:
            inputs = [field for field in unknown if field.id not in case.form.computed] or unknown
            yield Hit(
                f"{table.sheet}有 {len(inputs)} 格汇总数未知{_totals_too(inputs, unknown)}："
                f"{_listed(inputs)}。{_units(case, inputs)}",
                tuple(field.id for field in (*inputs, *(f for f in unknown if f not in inputs))),
                fix="请所列单位补正后重新汇总。",
                source="空白不等于 0",
            )


def _totals_too(inputs: Sequence[Field], unknown: Sequence[Field]) -> str:
    """The totals of what is not known are not known either, and not listed."""
    return f"（连带总计共 {len(unknown)} 格）" if len(unknown) > len(inputs) else ""


def _listed(fields: Sequence[Field]) -> str:
    names = [short_label(field) for field in fields[:_LISTED]]
    more = f"……等（另 {len(fields) - _LISTED} 格）" if len(fields) > _LISTED else ""
    return "；".join(names) + more


def _units(case: Case, fields: Sequence[Field]) -> str:
    """Who makes the sums unknown, and in how many cells."""
    reasons = (case.report.entries[field.id].reason for field in fields)
    names = (part.partition("：")[0] for reason in reasons for part in reason.split("；") if part)
    counted = Counter(names)
    if not counted:
        return ""
    units = [f"{name} {count} 格" for name, count in counted.most_common(_LISTED)]
    more = f"等 {len(counted)} 个单位" if len(counted) > _LISTED else ""
    return f"原因在：{'、'.join(units)}{more}。"


@rule("RO09", "double-counting", Severity.ERROR)
def double_counting(case: Case) -> Iterator[Hit]:
    """No report is counted twice in a merged one.

    查什么：汇总所含的报告（连同下级汇总里的）有没有同一份出现两次。
    依据：汇总表不得与它自己的下级相加；政府与政府办公室是两份报告、一个机关。
    例：区汇总表里已有示例局，又单独加了示例局的报告。
    怎么改：只留其中一份，重新汇总。
    不管的：汇总时发现重复的会直接拒绝；这里查的是已经做好的汇总。
    """
    seen: list[Part] = []
    by_sha: dict[str, Part] = {}
    for part in case.report.parts:
        twin = by_sha.get(part.sha256) if part.sha256 else None
        twin = twin or next((one for one in seen if _same_name(one, part)), None)
        if twin is not None:
            name = f"“{part.name}”（{part.scope.label}）"
            yield Hit(f"{name}的报告计了两次。", fix="请只留其中一份，重新汇总。")
        seen.append(part)
        by_sha.setdefault(part.sha256, part)


def _same_name(one: Part, other: Part) -> bool:
    from gk_xlsx.rollup.double_counting import same_report  # of merged reports alone

    return one.name == other.name and same_report(one, other)


@rule("RO13", "report-missing", Severity.ERROR)
def report_missing(case: Case) -> Iterator[Hit]:
    """A merged report has every report of the roster.

    查什么：汇总时名册上应计入的报告有没有缺。
    依据：逐级汇总应含所有应报单位；缺了的，汇总数偏小。
    例：汇总时缺 2 份报告：示例镇、示例乡。
    怎么改：催收后重新汇总；不再报送的单位，在名册里改“状态”或“计入汇总”。
    不管的：没有名册时汇总，是否齐全无从知道，不查。
    """
    missing = [item.found for item in case.report.saw(Seen.PART_MISSING)]
    if missing:
        yield Hit(
            f"汇总不完整：缺 {len(missing)} 份报告：{'、'.join(missing)}。",
            fix="请催收后重新汇总。",
        )


@rule("RO14", "adjustment-without-reason", Severity.ERROR)
def adjustment_without_reason(case: Case) -> Iterator[Hit]:
    """Every adjustment of a merged report has its reason.

    查什么：“明细”的“调整”行填了数，没有写原因。
    依据：汇总数须能说明来由；没有原因的调整无从核对。
    例：“共同被告”这一行调整没有写原因。
    怎么改：在那一行写明原因，如经办人来电更正、案号。
    不管的：调整是否恰当由汇总单位决定。
    """
    for item in case.report.saw(Seen.ADJUSTMENT_UNREASONED):
        yield Hit(
            f"“明细”里“{item.found}”这一行调整没有写原因。",
            fix="请在“明细”的“调整”行写明原因。",
        )
