"""What a merged workbook says of itself, each line as formula and as the text it comes to."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from gk_xlsx.form import Form, Table
from gk_xlsx.merged import Merged
from gk_xlsx.plan.layout import LACKS, Layout
from gk_xlsx.plan.merged_layout import UNREASONED, Detail
from gk_xlsx.plan.model import quoted
from gk_xlsx.plan.wording import (
    MERGED_FIRST,
    NOT_TO_BE_SIGNED,
    Tally,
    broken_parts_formula,
    choose,
    first_error_formula,
    own_relations,
    short_subject,
    tally,
    unequal,
)
from gk_xlsx.report import State

INCOMPLETE = "未完整"
_NOT_PASSED = f"自查未通过{NOT_TO_BE_SIGNED}"
COMPLETE = "没有缺报，没有未知的数"
ASKING = "需说明：没有错误，有 {} 处与去年衔接不上，请在“情况说明”栏写明原因。"
ASKING_TOO = "另有 {} 处与去年衔接不上，请在“情况说明”栏写明原因。"
NEXT_PASSED = "下一步：写好“文字部分”，即可生成汇总报告；“一览表”“对比表”“图表”可直接打印。"
NEXT_GAPS = "下一步：向“来源与调整”所列单位催收、补正，再汇总一次（调整、文字和说明会保留）。"
NEXT_FIX = "下一步：按下面所列逐项查对，在“明细”里找到有问题的单位，改正后再汇总一次。"
NEXT_EXPLAIN = "下一步：核对去年年报；数据无误的，在下面“情况说明”栏写明原因。"

_NAMED = 20
"""So many missing units are named in one line."""


def merged_tally(merged: Merged) -> Tally:
    """Count a merged report as its workbook would."""
    lacks = dict(zip(LACKS, (len(merged.missing), len(merged.unreasoned)), strict=True))
    return tally(merged.form, merged.report, lacks=lacks)


def names_of_missing(merged: Merged) -> str:
    """Who is missing, at most `_NAMED` by name."""
    names = [item.described for item in merged.missing]
    more = f"等 {len(names)} 个" if len(names) > _NAMED else ""
    return "、".join(names[:_NAMED]) + more


def counted_text(merged: Merged) -> str:
    """How many reports were added up, and whether anybody knows that these are all."""
    known = "按名册核对" if merged.by_roster else "没有名册，是否齐全请自行核对"
    return f"已汇总 {len(merged.counted)} 份报告（{known}）"


# -- the state of the whole ----------------------------------------------------------------


def status_text(merged: Merged, counted: Tally) -> str:
    """Whether anything is lacking, and what."""
    return _status_text(merged, counted, f"（{names_of_missing(merged)}）")


def _status_text(merged: Merged, counted: Tally, names: str) -> str:
    if not counted.gaps:
        return COMPLETE
    unknown, unreasoned = counted.everywhere(State.UNKNOWN), counted.lacks["unreasoned"]
    parts = [f"缺 {len(merged.missing)} 个单位{names}；"] * bool(merged.missing)
    parts += [f"{unknown} 格未知；"] * bool(unknown)
    parts += [f"{unreasoned} 行调整没有写原因；"] * bool(unreasoned)
    return f"{INCOMPLETE}：{''.join(parts)}见“来源与调整”。"


def status_formula(layout: Layout) -> str:
    """The same as a formula."""
    return _status_formula(layout, f'"（"&{layout.summary("names").full}&"）；"')


def _status_formula(layout: Layout, names: str) -> str:
    missing, unreasoned = (layout.summary(name).full for name in ("missing", "unreasoned"))
    unknown = layout.tally("unknown").full
    return (
        f'IF({layout.tally("gaps").full}=0,"{COMPLETE}","{INCOMPLETE}："'
        f'&IF({missing}>0,"缺 "&{missing}&" 个单位"&{names},"")'
        f'&IF({unknown}>0,{unknown}&" 格未知；","")'
        f'&IF({unreasoned}>0,{unreasoned}&" 行调整没有写原因；","")&"见“来源与调整”。")'
    )


def unreasoned_formula(detail: Detail) -> str:
    """How many adjustments have no reason."""
    return f'COUNTIF({detail.checks},"{UNREASONED}")'


def warning_text(status: str) -> str:
    """The big line above tables: only where something is lacking."""
    return status if status.startswith(INCOMPLETE) else ""


def warning_formula(layout: Layout) -> str:
    """The same as a formula."""
    status = layout.summary("status").full
    return f'IF(LEFT({status},{len(INCOMPLETE)})="{INCOMPLETE}",{status},"")'


def merged_print_mark_text(merged: Merged, counted: Tally) -> str:
    """What 打印稿 says above a table: what is lacking, in short, else that there are errors."""
    if counted.gaps:
        return _status_text(merged, counted, "")
    return _NOT_PASSED if counted.errors else ""


def merged_print_mark_formula(layout: Layout) -> str:
    """The same as a formula."""
    gaps, errors = (layout.tally(name).full for name in ("gaps", "errors"))
    lacking = _status_formula(layout, '"；"')
    return f'IF({gaps}>0,{lacking},IF({errors}>0,"{_NOT_PASSED}",""))'


# -- the verdict ---------------------------------------------------------------------------


def merged_verdict_text(merged: Merged, counted: Tally) -> tuple[str, str]:
    """The first line of 自查结果 and the next step."""
    errors, gaps = counted.errors, counted.gaps
    said = counted_text(merged)
    if not errors:
        return f"汇总通过：{said}，{COMPLETE}，勾稽关系正确。", NEXT_PASSED
    if errors == gaps:
        return status_text(merged, counted), NEXT_GAPS
    if errors == gaps + counted.asking:
        return _asking_text(merged, counted), NEXT_EXPLAIN
    start = f"{INCOMPLETE}，并且有错误" if gaps else "有错误"
    first = f"第一处：{counted.first_error}。" if counted.first_error else ""
    return f"{start}：{errors - gaps} 处需要查对。{first}", NEXT_FIX


def _asking_text(merged: Merged, counted: Tally) -> str:
    if not counted.gaps:
        return ASKING.format(counted.asking)
    return f"{status_text(merged, counted)}{ASKING_TOO.format(counted.asking)}"


@cache
def merged_verdict_formulas(layout: Layout) -> tuple[str, str]:
    """The same two lines as formulas."""
    errors, gaps, asking = (layout.tally(name).full for name in ("errors", "gaps", "asking"))
    said, status = (layout.summary(name).full for name in ("counted", "status"))
    passed = f'"汇总通过："&{said}&"，{COMPLETE}，勾稽关系正确。"'
    alone, too = (_filled_in(text, asking) for text in (ASKING, ASKING_TOO))
    cases = [
        (f"{errors}=0", passed, NEXT_PASSED),
        (f"{errors}={gaps}", status, NEXT_GAPS),
        (f"{errors}={gaps}+{asking}", f"IF({gaps}>0,{status}&{too},{alone})", NEXT_EXPLAIN),
    ]
    line = choose(
        [(condition, text) for condition, text, _ in cases],
        f'IF({gaps}>0,"{INCOMPLETE}，并且有错误","有错误")&"："&({errors}-{gaps})'
        f'&" 处需要查对。"&{first_error_formula(layout)}',
    )
    step = choose([(condition, quoted(text)) for condition, _, text in cases], quoted(NEXT_FIX))
    return line, step


def _filled_in(sentence: str, cell: str) -> str:
    """A sentence with one gap as a formula."""
    before, after = sentence.split("{}")
    return f'"{before}"&{cell}&"{after}"'


# -- above one table -----------------------------------------------------------------------


def merged_table_text(form: Form, table: Table, counted: Tally) -> str:
    """The verdict above one table."""
    unknown, wrong = (
        counted.count(table.key, State.UNKNOWN),
        counted.count(table.key, *MERGED_FIRST),
    )
    broken = [item for item in own_relations(form, table) if item in counted.broken]
    if not (unknown or wrong or broken):
        return "√ 本表各格都已汇总，勾稽关系正确。"
    parts = [f"{wrong} 格不是规范的数字（标红）。"] if wrong else []
    parts += [f"{short_subject(form, table, item)}不平。" for item in broken]
    parts += [f"{unknown} 格未知（标红）。"] if unknown else []
    return ("有错误：" if wrong or broken else f"{INCOMPLETE}：") + "".join(parts)


@cache
def merged_table_formula(layout: Layout, table: Table) -> str:
    """The same line as a formula."""
    unknown = layout.count(table, State.UNKNOWN).full
    wrong = "+".join(layout.count(table, item).full for item in MERGED_FIRST)
    broken, said = unequal(layout, table), broken_parts_formula(layout, table)
    return (
        f'IF({unknown}+{wrong}+{broken}=0,"√ 本表各格都已汇总，勾稽关系正确。",'
        f'IF({wrong}+{broken}>0,"有错误：","{INCOMPLETE}：")'
        f'&IF({wrong}>0,({wrong})&" 格不是规范的数字（标红）。",""){said}'
        f'&IF({unknown}>0,{unknown}&" 格未知（标红）。",""))'
    )


def summary_texts(merged: Merged, counted: Tally) -> Mapping[str, str | int]:
    """What the top of 来源与调整 says, by the name of the line."""
    return {
        "status": status_text(merged, counted),
        "counted": counted_text(merged),
        "missing": len(merged.missing),
        "names": names_of_missing(merged),
        "unreasoned": len(merged.unreasoned),
    }
