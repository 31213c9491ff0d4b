"""The verdicts a person reads, each as the sheet's formula and as the text it comes to.

Source of the wordings: OFFICE.md, 自查结果.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from gk_xlsx.form import Form, Period, Relation, Table
from gk_xlsx.plan.layout import COUNTED, PROBLEMS, RESULT, WRONG_CELLS, Layout, ranges
from gk_xlsx.plan.model import Address
from gk_xlsx.relations import evaluate, subject
from gk_xlsx.report import AnnualReport, Explanation, State, state

BLANK_ADVICE = "没有发生的请填 0。"
PASSED = "表格自查通过：三张表已填完，勾稽关系正确。文字部分由审核单位核对。"
ALL_ZERO = "零报告：三张表全部为 0。请确认全年确无发生，确认后可以报送。"
ASKING = "需说明：没有错误，有 {} 处与去年衔接不上，请在“情况说明”栏写明原因后报送。"
NEXT_PASSED = "下一步：写好“文字部分”或另附 Word，打印“打印稿”送审签。"
NEXT_FIX = "下一步：按下面所列逐项改正，改好后本页自动更新。"
NEXT_FILL = "下一步：把标黄的空格填完。整表没有发生的，可在该表上方选“其余空白格按 0 计”。"
NEXT_EXPLAIN = "下一步：核对去年年报；数据无误的，在下面“情况说明”栏写明原因。"

UNTOUCHED = "尚未填写"
_WORD = 3
"""Letters of 有错误, 未填完, 需说明, with which the first line of 自查结果 begins otherwise."""
NOT_TO_BE_SIGNED = "：本稿不能送签，请按“自查结果”处理后再打印。"

PROBLEM_WORDS = {
    State.BLANK: "空白",
    State.MARK: "填了符号",
    State.TEXT: "不是数字",
    State.NEGATIVE: "负数",
    State.FRACTION: "带小数",
    State.UNKNOWN: "未知",
}
"""What may be wrong with a cell, in a word."""
MERGED_FIRST = (State.NEGATIVE, State.FRACTION)
"""Of a merged workbook, what is an error; a sum that is not known is only lacking."""


@dataclass(frozen=True)
class Tally:
    """What the sheets count: cells by state (totals that can be computed too), relations.

    Attributes:
        tables: keys of the tables, in the order of the form.
        cells: (table, state) to how many cells.
        asking: how many carry-overs differ and are not explained.
        broken: the relations within the report that do not hold.
        first_error: what the first line of the list on 自查结果 is about, or empty.
        lacks: of a merged workbook how many reports are missing and how many adjustments have no
            reason; empty for any other.
    """

    tables: tuple[str, ...]
    cells: Mapping[tuple[str, State], int]
    asking: int
    broken: frozenset[Relation]
    first_error: str
    lacks: Mapping[str, int] = field(default_factory=dict)

    def count(self, table: str, *kinds: State) -> int:
        """Cells of a table in any of these states."""
        return sum(self.cells.get((table, kind), 0) for kind in kinds)

    def everywhere(self, *kinds: State) -> int:
        """Cells of all tables in any of these states."""
        return sum(self.count(table, *kinds) for table in self.tables)

    @property
    def blank_tables(self) -> int:
        """How many tables have blank cells."""
        return sum(self.count(table, State.BLANK) > 0 for table in self.tables)

    @property
    def errors(self) -> int:
        """What `gk_errors` shows."""
        marked = sum(self.count(table, State.MARK) > 0 for table in self.tables)
        wrong = self.everywhere(*WRONG_CELLS)
        return self.blank_tables + marked + wrong + len(self.broken) + self.asking + self.gaps

    @property
    def unknown_tables(self) -> int:
        """Of a merged workbook, how many tables have sums that are not known."""
        if not self.lacks:
            return 0
        return sum(self.count(table, State.UNKNOWN) > 0 for table in self.tables)

    @property
    def gaps(self) -> int:
        """How many errors of a merged workbook are only that something is not there yet."""
        missing = bool(self.lacks.get("missing"))
        return self.unknown_tables + missing + self.lacks.get("unreasoned", 0)

    @property
    def filled(self) -> int:
        """Cells that hold anything."""
        return self.everywhere(*(kind for kind in COUNTED if kind not in _EMPTY))

    @property
    def verdict(self) -> str:
        """What `gk_verdict` shows: 未填完, 有错误 or 通过."""
        if not self.errors:
            return "通过"
        return "未填完" if self.errors == self.blank_tables + self.gaps else "有错误"


_EMPTY = (State.BLANK, State.ASSUMED)


def tally(form: Form, report: AnnualReport, lacks: Mapping[str, int] | None = None) -> Tally:
    """Count a report as its workbook would; of a merged one with what it lacks, see `Tally`."""
    cells = Counter((field.table, state(report.entries[field.id], field.kind)) for field in form)
    broken = [item for item in this_year(form) if is_broken(form, item, report)]
    return Tally(
        tables=tuple(table.key for table in form.tables),
        cells=cells,
        asking=sum(_asks(form, item, report) for item in form.instances("YR01")),
        broken=frozenset(broken),
        first_error=_first_error(form, cells, broken, PROBLEMS if lacks is None else MERGED_FIRST),
        lacks=lacks or {},
    )


def _first_error(
    form: Form,
    cells: Mapping[tuple[str, State], int],
    broken: Sequence[Relation],
    kinds: Sequence[State],
) -> str:
    """As 自查结果 lists them: cells table by table, then relations."""
    places = [(table, kind) for table in form.tables for kind in kinds if cells[table.key, kind]]
    named = [_place(table, kind) for table, kind in places]
    return next(iter((*named, *(subject(form, item) for item in broken))), "")


def _place(table: Table, kind: State) -> str:
    return f"{table.sheet}（{PROBLEM_WORDS[kind]}）"


def this_year(form: Form) -> tuple[Relation, ...]:
    """The relations within one report."""
    return tuple(relation for relation in form.relations if relation.within(Period.THIS))


def is_broken(form: Form, relation: Relation, report: AnnualReport) -> bool:
    """Whether both sides are known and differ."""
    sides = evaluate(relation, form, report)
    return sides is not None and not sides.agree


def explanation_of(relation: Relation, report: AnnualReport) -> Explanation | None:
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


def verdict_text(form: Form, counted: Tally) -> tuple[str, str]:
    """The first line of 自查结果 and the next step."""
    errors = counted.errors
    if not counted.filled and counted.everywhere(State.BLANK):
        return f"{UNTOUCHED}。请从“{form.tables[0].sheet}”开始。", NEXT_FILL
    if errors == 0:
        return (PASSED if counted.everywhere(State.OK) else ALL_ZERO), NEXT_PASSED
    if errors == counted.blank_tables:
        return _unfilled_text(form, counted), NEXT_FILL
    if errors == counted.asking:
        return ASKING.format(errors), NEXT_EXPLAIN
    first = f"第一处：{counted.first_error}。" if counted.first_error else ""
    return f"有错误：{errors} 处需要改正，改正后再报送。{first}", NEXT_FIX


def _unfilled_text(form: Form, counted: Tally) -> str:
    blanks = {table.sheet: counted.count(table.key, State.BLANK) for table in form.tables}
    listed = "，".join(f"{sheet} {count} 格" for sheet, count in blanks.items() if count)
    return f"未填完：还有 {sum(blanks.values())} 格空白（{listed}）。{BLANK_ADVICE}"


@cache
def verdict_formulas(layout: Layout) -> tuple[str, str]:
    """The same two lines as formulas."""
    errors, blanks = (layout.tally(name).full for name in ("errors", "blanks"))
    blank_tables, asking = (layout.tally(name).full for name in ("blank_tables", "asking"))
    filled, nonzero = (layout.tally(name).full for name in ("filled", "nonzero"))
    cases = [
        (
            f"AND({filled}=0,{blanks}>0)",
            f'"{UNTOUCHED}。请从“{layout.form.tables[0].sheet}”开始。"',
            NEXT_FILL,
        ),
        (f"AND({errors}=0,{nonzero}>0)", f'"{PASSED}"', NEXT_PASSED),
        (f"{errors}=0", f'"{ALL_ZERO}"', NEXT_PASSED),
        (f"{errors}={blank_tables}", _unfilled(layout), NEXT_FILL),
        (f"{errors}={asking}", _filled_in(ASKING, asking), NEXT_EXPLAIN),
    ]
    first = first_error_formula(layout)
    line = choose(
        [(condition, text) for condition, text, _ in cases],
        f'"有错误："&{errors}&" 处需要改正，改正后再报送。"&{first}',
    )
    step = choose([(condition, f'"{text}"') for condition, _, text in cases], f'"{NEXT_FIX}"')
    return line, step


def first_error_formula(layout: Layout) -> str:
    """What the first cell or relation that is wrong is about; empty where none is."""
    form = layout.form
    cells = [
        (f"{layout.count(table, kind).full}>0", _place(table, kind))
        for table in form.tables
        for kind in (MERGED_FIRST if layout.merged else PROBLEMS)
    ]
    relations = [
        (fails(layout, relation), subject(form, relation))
        for relation in layout.checked
        if not relation.defines and relation.within(Period.THIS)
    ]
    cases = [(condition, f'"第一处：{about}。"') for condition, about in (*cells, *relations)]
    return choose(cases, '""')


def print_mark_text(form: Form, counted: Tally) -> str:
    """What 打印稿 says above a table as long as something is to be done; one line."""
    line, _ = verdict_text(form, counted)
    return _verdict_word(line) + NOT_TO_BE_SIGNED if counted.errors else ""


def _verdict_word(line: str) -> str:
    return UNTOUCHED if line.startswith(UNTOUCHED) else line[:_WORD]


@cache
def print_mark_formula(layout: Layout) -> str:
    """The same line as a formula."""
    line = Address(RESULT, 1, 0).full
    long = len(UNTOUCHED)
    word = f'LEFT({line},IF(LEFT({line},{long})="{UNTOUCHED}",{long},{_WORD}))'
    return f'IF({layout.tally("errors").full}>0,{word}&"{NOT_TO_BE_SIGNED}","")'


def table_verdict_text(form: Form, table: Table, counted: Tally) -> str:
    """The verdict above one table."""
    blanks = counted.count(table.key, State.BLANK)
    wrong = counted.count(table.key, *WRONG_CELLS, State.MARK)
    broken = [item for item in own_relations(form, table) if item in counted.broken]
    if blanks == counted.count(table.key, *COUNTED):
        return "尚未填写。"
    if not (blanks or wrong or broken):
        return "√ 本表已填完，勾稽关系正确。"
    parts = [f"{wrong} 格不是规范的数字（标红）。"] if wrong else []
    parts += [f"{short_subject(form, table, item)}不平。" for item in broken]
    parts += [f"还有 {blanks} 格空白（标黄）。"] if blanks else []
    return ("有错误：" if wrong or broken else "未填完：") + "".join(parts)


@cache
def table_verdict_formula(layout: Layout, table: Table) -> str:
    """The same line as a formula."""
    blank = layout.count(table, State.BLANK).full
    wrong = "+".join(layout.count(table, item).full for item in (*WRONG_CELLS, State.MARK))
    relation_parts, counted = broken_parts_formula(layout, table), unequal(layout, table)
    inputs = sum(item.id not in layout.form.computed for item in table.fields)
    return (
        f'IF({blank}={inputs},"尚未填写。",'
        f'IF({blank}+{wrong}+{counted}=0,"√ 本表已填完，勾稽关系正确。",'
        f'IF({wrong}+{counted}>0,"有错误：","未填完：")'
        f'&IF({wrong}>0,({wrong})&" 格不是规范的数字（标红）。",""){relation_parts}'
        f'&IF({blank}>0,"还有 "&{blank}&" 格空白（标黄）。","")))'
    )


def broken_parts_formula(layout: Layout, table: Table) -> str:
    """Every relation of a table that does not hold, named one after the other, as a formula."""
    return "".join(
        f'&IF({fails(layout, item)},"{short_subject(layout.form, table, item)}不平。","")'
        for item in own_relations(layout.form, table)
        if not item.defines
    )


def unequal(layout: Layout, table: Table) -> str:
    """How many relations of a table do not hold, as a formula."""
    own = (layout.outcome(relation) for relation in own_relations(layout.form, table))
    return "+".join(f'COUNTIF({part},"不平")' for part in ranges(own, table.sheet)) or "0"


def _filled_in(sentence: str, cell: str) -> str:
    """A sentence with one gap as a formula."""
    before, after = sentence.split("{}")
    return f'"{before}"&{cell}&"{after}"'


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


def fails(layout: Layout, relation: Relation) -> str:
    """A condition: a relation within the report does not hold."""
    return f'{layout.outcome(relation).full}="不平"'


def choose(cases: Sequence[tuple[str, str]], otherwise: str) -> str:
    """The result of the first condition that is true."""
    text = otherwise
    for condition, result in reversed(cases):
        text = f"IF({condition},{result},{text})"
    return text


def own_relations(form: Form, table: Table) -> list[Relation]:
    """The relations within a report that are about one table."""
    return [
        relation
        for relation in this_year(form)
        if form.fields[relation.left[0].field].table == table.key
    ]


def short_subject(form: Form, table: Table, relation: Relation) -> str:
    """What a relation is about, said on the table's own sheet."""
    return subject(form, relation).removeprefix(table.sheet)


def _asks(form: Form, relation: Relation, report: AnnualReport) -> bool:
    return is_broken(form, relation, report) and not is_explained(form, relation, report)
