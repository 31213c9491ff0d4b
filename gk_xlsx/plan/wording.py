"""The verdicts a person reads, each as the sheet's formula and as the text it comes to.

Source of the wordings: OFFICE.md, 自查结果.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from gk_xlsx.form import Form, Period, Relation, Table
from gk_xlsx.plan.layout import WRONG_CELLS, Layout, ranges
from gk_xlsx.relations import evaluate, subject
from gk_xlsx.report import AnnualReport, Explanation, State, state

BLANK_ADVICE = "没有发生的请填 0。"
PASSED = "表格自查通过：三张表已填完，勾稽关系正确。文字部分由审核单位核对。"
ALL_ZERO = "零报告：三张表全部为 0。请确认全年确无发生，确认后可以报送。"
NEXT_PASSED = "下一步：写好“文字部分”或另附 Word，打印“打印稿”送审签。"
NEXT_FIX = "下一步：按下面所列逐项改正，改好后本页自动更新。"
NEXT_FILL = "下一步：把标黄的空格填完。整表没有发生的，可在该表上方选“其余空白格按 0 计”。"
NEXT_EXPLAIN = "下一步：核对去年年报；数据无误的，在下面“情况说明”栏写明原因。"


@dataclass(frozen=True, slots=True)
class Tally:
    """What the sheets count: input cells by state, relations by outcome.

    Attributes:
        blanks: blank input cells per table, in the order of the form.
        blank_tables: how many tables have any.
        errors: what `gk_errors` shows.
        asking: carry-overs that differ and are not explained.
        filled: cells that hold anything.
        nonzero: cells that hold a figure other than 0.
        first_broken: what the first relation that does not hold is about, or empty.
    """

    blanks: tuple[int, ...]
    errors: int
    asking: int
    filled: int
    nonzero: int
    first_broken: str

    @property
    def blank_tables(self) -> int:
        """How many tables have blank cells."""
        return sum(count > 0 for count in self.blanks)

    @property
    def verdict(self) -> str:
        """What `gk_verdict` shows: 未填完, 有错误 or 通过."""
        if not self.errors:
            return "通过"
        return "未填完" if self.errors == self.blank_tables else "有错误"


def tally(form: Form, report: AnnualReport) -> Tally:
    """Count a report as its workbook would."""
    by_table = [_states(form, table, report) for table in form.tables]
    marked_tables = sum(State.MARK in states for states in by_table)
    wrong = sum(item in WRONG_CELLS for states in by_table for item in states)
    broken = [item for item in this_year(form) if is_broken(form, item, report)]
    asking = [item for item in form.instances("YR01") if _asks(form, item, report)]
    blanks = tuple(states.count(State.BLANK) for states in by_table)
    every = [item for states in by_table for item in states]
    return Tally(
        blanks=blanks,
        errors=sum(count > 0 for count in blanks)
        + marked_tables
        + wrong
        + len(broken)
        + len(asking),
        asking=len(asking),
        filled=sum(item not in (State.BLANK, State.ASSUMED) for item in every),
        nonzero=sum(item is State.OK for item in every),
        first_broken=subject(form, broken[0]) if broken else "",
    )


def this_year(form: Form) -> tuple[Relation, ...]:
    """The relations within one report."""
    return tuple(relation for relation in form.relations if relation.within(Period.THIS))


def is_broken(form: Form, relation: Relation, report: AnnualReport) -> bool:
    """Whether both sides are known and differ."""
    sides = evaluate(relation, form, report)
    return sides is not None and not sides.agree


def explanation_of(
    relation: Relation, report: AnnualReport
) -> Explanation | None:
    """What was written beside a relation, valid or lapsed."""
    field = relation.left[0].field
    return next(
        (
            item
            for item in report.explanations
            if item.code == relation.code and item.fields[:1] == (field,)
        ),
        None,
    )


def is_explained(form: Form, relation: Relation, report: AnnualReport) -> bool:
    """Whether an explanation covers the figures as they are now."""
    explanation, sides = explanation_of(relation, report), evaluate(relation, form, report)
    if explanation is None or sides is None:
        return False
    bound = explanation.left is not None or explanation.right is not None
    return not bound or (explanation.left, explanation.right) == (sides.left, sides.right)


def verdict_text(form: Form, report: AnnualReport) -> tuple[str, str]:
    """The first line of 自查结果 and the next step."""
    counted = tally(form, report)
    if not counted.filled and sum(counted.blanks):
        first = form.tables[0].sheet
        return f"尚未填写。请从“{first}”开始。", NEXT_FILL
    if counted.errors == 0:
        return (PASSED if counted.nonzero else ALL_ZERO), NEXT_PASSED
    if counted.errors == counted.blank_tables:
        listed = "，".join(
            f"{table.sheet} {count} 格"
            for table, count in zip(form.tables, counted.blanks, strict=True)
            if count
        )
        return f"未填完：还有 {sum(counted.blanks)} 格空白（{listed}）。{BLANK_ADVICE}", NEXT_FILL
    if counted.errors == counted.asking:
        return (
            f"需说明：没有错误，有 {counted.asking} 处与去年衔接不上，"
            "请在“情况说明”栏写明原因后报送。",
            NEXT_EXPLAIN,
        )
    first = f"第一处：{counted.first_broken}。" if counted.first_broken else ""
    return f"有错误：{counted.errors} 处需要改正，改正后再报送。{first}", NEXT_FIX


def verdict_formulas(layout: Layout) -> tuple[str, str]:
    """The same two lines as formulas."""
    errors, blanks = (layout.tally(name).full for name in ("errors", "blanks"))
    blank_tables, asking = (layout.tally(name).full for name in ("blank_tables", "asking"))
    filled, nonzero = (layout.tally(name).full for name in ("filled", "nonzero"))
    cases = [
        (f"AND({filled}=0,{blanks}>0)", f'"尚未填写。请从“{layout.form.tables[0].sheet}”开始。"', NEXT_FILL),
        (f"AND({errors}=0,{nonzero}>0)", f'"{PASSED}"', NEXT_PASSED),
        (f"{errors}=0", f'"{ALL_ZERO}"', NEXT_PASSED),
        (f"{errors}={blank_tables}", _unfilled(layout), NEXT_FILL),
        (
            f"{errors}={asking}",
            f'"需说明：没有错误，有 "&{asking}&" 处与去年衔接不上，请在“情况说明”栏写明原因后报送。"',
            NEXT_EXPLAIN,
        ),
    ]
    first = _choose(
        [
            (_fails(layout, relation), f'"第一处：{subject(layout.form, relation)}。"')
            for relation in layout.checked
            if not relation.defines and relation.within(Period.THIS)
        ],
        '""',
    )
    line = _choose(
        [(condition, text) for condition, text, _ in cases],
        f'"有错误："&{errors}&" 处需要改正，改正后再报送。"&{first}',
    )
    step = _choose([(condition, f'"{text}"') for condition, _, text in cases], f'"{NEXT_FIX}"')
    return line, step


def table_verdict_text(form: Form, table: Table, report: AnnualReport) -> str:
    """The verdict above one table."""
    states = _states(form, table, report)
    blanks = states.count(State.BLANK)
    wrong = sum(item in (*WRONG_CELLS, State.MARK) for item in states)
    broken = [item for item in _own(form, table) if is_broken(form, item, report)]
    if all(item is State.BLANK for item in states):
        return "尚未填写。"
    if not (blanks or wrong or broken):
        return "√ 本表已填完，勾稽关系正确。"
    parts = [f"{wrong} 格不是规范的数字（标红）；"] if wrong else []
    parts += [f"{_short_subject(form, table, item)}不平；" for item in broken]
    parts += [f"还有 {blanks} 格空白（标黄）。"] if blanks else []
    return ("有错误：" if wrong or broken else "未填完：") + "".join(parts)


def table_verdict_formula(layout: Layout, table: Table) -> str:
    """The same line as a formula."""
    blank = layout.count(table, State.BLANK).full
    wrong = "+".join(layout.count(table, item).full for item in (*WRONG_CELLS, State.MARK))
    own = _own(layout.form, table)
    conditions = [_fails(layout, relation) for relation in own]
    relation_parts = "".join(
        f'&IF({condition},"{_short_subject(layout.form, table, relation)}不平；","")'
        for condition, relation in zip(conditions, own, strict=True)
        if not relation.defines
    )
    outcomes = ranges((layout.outcome(relation) for relation in own), table.sheet)
    counted = "+".join(f'COUNTIF({part},"不平")' for part in outcomes) or "0"
    inputs = sum(item.id not in layout.form.computed for item in table.fields)
    return (
        f'IF({blank}={inputs},"尚未填写。",'
        f'IF({blank}+{wrong}+{counted}=0,"√ 本表已填完，勾稽关系正确。",'
        f'IF({wrong}+{counted}>0,"有错误：","未填完：")'
        f'&IF({wrong}>0,({wrong})&" 格不是规范的数字（标红）；",""){relation_parts}'
        f'&IF({blank}>0,"还有 "&{blank}&" 格空白（标黄）。","")))'
    )


def _unfilled(layout: Layout) -> str:
    blanks = layout.tally("blanks").full
    parts = []
    before: list[str] = []
    for table in layout.form.tables:
        count = layout.count(table, State.BLANK).full
        comma = f'IF({"+".join(before)}>0,"，","")&' if before else ""
        parts.append(f'IF({count}>0,{comma}"{table.sheet} "&{count}&" 格","")')
        before.append(count)
    return f'"未填完：还有 "&{blanks}&" 格空白（"&{"&".join(parts)}&"）。{BLANK_ADVICE}"'


def _fails(layout: Layout, relation: Relation) -> str:
    return f'{layout.outcome(relation).full}="不平"'


def _choose(cases: Sequence[tuple[str, str]], otherwise: str) -> str:
    text = otherwise
    for condition, result in reversed(cases):
        text = f"IF({condition},{result},{text})"
    return text


def _states(form: Form, table: Table, report: AnnualReport) -> list[State]:
    return [
        state(report.entries[item.id], item.kind)
        for item in table.fields
        if item.id not in form.computed
    ]


def _own(form: Form, table: Table) -> list[Relation]:
    return [
        relation
        for relation in this_year(form)
        if form.fields[relation.left[0].field].table == table.key
    ]


def _short_subject(form: Form, table: Table, relation: Relation) -> str:
    return subject(form, relation).removeprefix(table.sheet)


def _asks(form: Form, relation: Relation, report: AnnualReport) -> bool:
    return is_broken(form, relation, report) and not is_explained(form, relation, report)
