"""自查结果: verdict and next step, what fails, the carry-over with 情况说明, all relations."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from gk_xlsx.form import Form, Relation
from gk_xlsx.plan import formulas
from gk_xlsx.plan.layout import LISTED_FAILURES, RESULT, Layout, layout_of
from gk_xlsx.plan.model import (
    Accepts,
    Address,
    Area,
    Cell,
    Colouring,
    Mark,
    Page,
    Sheet,
    Style,
    Validation,
    quoted,
)
from gk_xlsx.plan.problems import Problem, problems
from gk_xlsx.plan.wording import (
    Tally,
    explanation_of,
    is_explained,
    verdict_formulas,
    verdict_text,
)
from gk_xlsx.relations import (
    Sides,
    disagreement,
    evaluate,
    phrases,
    relation_message,
    subject,
)
from gk_xlsx.report import AnnualReport

_MESSAGE, _RANK = 8, 9
"""Hidden columns: the message of a folded row while it fails, and its rank among them."""

_HEADS = ("序号", "问题", "左边", "右边", "相差")
_CARRY_HEADS = (
    "列",
    "本年“上年结转”",
    "去年“结转下年度”",
    "相差",
    "结果",
    "情况说明（有差异的请写明原因）",
)
_FOLDED_HEADS = ("表", "关系", "左边", "右边", "相差", "结果")


@dataclass(frozen=True, slots=True)
class _Judged:
    """A relation as it stands in a report."""

    relation: Relation
    sides: Sides | None
    explained: bool
    lapsed: bool


def result_sheet(
    form: Form, report: AnnualReport, counted: Tally, *, merged: bool = False, names: str = ""
) -> Sheet:
    """The sheet that says what is still to be done; of a merged workbook with who is missing."""
    layout = layout_of(form, merged=merged)
    judged = [_judge(form, relation, report) for relation in layout.checked]
    found = problems(layout, counted, names=names)
    messages = [
        *((item.message, None) if item.count else None for item in found),
        *(_message(form, item) for item in judged),
    ]
    cells = (
        *_head(layout, form, counted),
        *_failures(layout, [message for message in messages if message]),
        *_carry_over(layout, report, judged),
        *_folded_problems(layout, found, messages),
        *_folded_relations(layout, judged, messages),
    )
    return Sheet(
        name=RESULT,
        cells=cells,
        widths={0: 13, 1: 70, 2: 14, 3: 14, 4: 12, 5: 44},
        heights=_heights(layout),
        validations=tuple(_validations(layout)),
        colourings=tuple(_colourings(layout)),
        freeze=(3, 0),
        page=Page(landscape=True, area=Area(0, 0, layout.problems_top - 3, 5), tall=True),
        hidden_columns=(_MESSAGE, _RANK),
        folded_rows=(layout.problems_top - 1, layout.checks_bottom),
        colour="7FB069",
    )


def _judge(form: Form, relation: Relation, report: AnnualReport) -> _Judged:
    explanation = explanation_of(relation, report)
    explained = is_explained(form, relation, report)
    lapsed = explanation is not None and not explained
    return _Judged(relation, evaluate(relation, form, report), explained, lapsed)


def _head(layout: Layout, form: Form, counted: Tally) -> Iterator[Cell]:
    line, step = verdict_text(form, counted)
    line_formula, step_formula = verdict_formulas(layout)
    yield Cell(0, 0, RESULT, Style.TITLE, columns=6)
    yield Cell(1, 0, line, Style.VERDICT, line_formula, columns=6)
    yield Cell(2, 0, step, Style.NEXT_STEP, step_formula, columns=6)


# -- what fails ----------------------------------------------------------------------------


def _failures(layout: Layout, messages: Sequence[tuple[str, Sides | None]]) -> Iterator[Cell]:
    top = layout.failures_top
    yield Cell(top - 2, 0, "需要处理的问题（全部通过时为空）", Style.HEADING, columns=6)
    yield from _heads(top - 1, _HEADS)
    for index in range(LISTED_FAILURES):
        listed = messages[index] if index < len(messages) else None
        yield from _failure(layout, top + index, index + 1, listed)
    yield _overflow(layout, top + LISTED_FAILURES, len(messages) - LISTED_FAILURES)


def _failure(
    layout: Layout, row: int, rank: int, listed: tuple[str, Sides | None] | None
) -> Iterator[Cell]:
    text, sides = listed or ("", None)
    yield Cell(row, 0, rank if listed else "", Style.CELL_CENTRED, _listed(layout, rank, str(rank)))
    yield Cell(row, 1, text, Style.CELL, _listed(layout, rank, _pick(layout, rank, _MESSAGE)))
    for column, value in zip((2, 3, 4), _sides_cells(sides), strict=True):
        picked = _pick(layout, rank, column)
        formula = _listed(layout, rank, f'IF({picked}="","",{picked})')
        yield Cell(row, column, value, Style.FIGURE, formula)


def _overflow(layout: Layout, row: int, hidden: int) -> Cell:
    count = _failing(layout)
    formula = (
        f'IF({count}>{LISTED_FAILURES},"另有 "&({count}-{LISTED_FAILURES})'
        f'&" 处未列出，改正上面各处后自动显示。","")'
    )
    text = f"另有 {hidden} 处未列出，改正上面各处后自动显示。" if hidden > 0 else ""
    return Cell(row, 0, text, Style.HINT, formula, columns=6)


def _failing(layout: Layout) -> str:
    return f"MAX({_column(layout, _RANK)})"


def _listed(layout: Layout, rank: int, shown: str) -> str:
    return f'IF({rank}>{_failing(layout)},"",{shown})'


@cache
def _pick(layout: Layout, rank: int, column: int) -> str:
    return f"INDEX({_column(layout, column)},MATCH({rank},{_column(layout, _RANK)},0))"


def _column(layout: Layout, column: int) -> str:
    first = Address(RESULT, layout.problems_top, column).fixed
    return f"{first}:{Address(RESULT, layout.checks_bottom, column).fixed}"


# -- the carry-over ------------------------------------------------------------------------


def _carry_over(layout: Layout, report: AnnualReport, judged: Sequence[_Judged]) -> Iterator[Cell]:
    top = layout.explanations_top
    if report.last_year is None:
        note = "本表没有带入去年年报的数据，请对照去年年报自行核对“上年结转”。"
    else:
        note = (
            f"与去年年报衔接：去年（{report.last_year.year} 年）结转下年度的，应等于本年上年结转。"
        )
    yield Cell(top - 2, 0, note, Style.HEADING, columns=6)
    yield from _heads(top - 1, _CARRY_HEADS)
    for item in judged:
        if item.relation in layout.explainable:
            yield from _carry_row(layout, report, item)


def _carry_row(layout: Layout, report: AnnualReport, item: _Judged) -> Iterator[Cell]:
    address = layout.explanation(item.relation)
    row, check = address.row, layout.check(item.relation)
    label = layout.form.fields[item.relation.left[0].field].column_label
    explanation = explanation_of(item.relation, report)
    yield Cell(row, 0, label, Style.CELL_CENTRED)
    for column in (1, 2, 3):
        source = Address(RESULT, check.row, column + 1).fixed
        value = _sides_cells(item.sides)[column - 1]
        yield Cell(row, column, value, Style.FIGURE, f'IF({source}="","",{source})')
    outcome = layout.outcome(item.relation).fixed
    yield Cell(row, 4, _outcome(item), Style.CELL_CENTRED, outcome)
    yield Cell(row, 5, explanation.text if explanation else "", Style.TEXT_OPEN, open=True)


def _sides_cells(sides: Sides | None) -> tuple[Decimal | str, Decimal | str, Decimal | str]:
    return (sides.left, sides.right, sides.difference) if sides else ("", "", "")


# -- folded: problems of cells, then every relation ----------------------------------------


def _folded_problems(
    layout: Layout,
    found: Sequence[Problem],
    messages: Sequence[tuple[str, Sides | None] | None],
) -> Iterator[Cell]:
    yield from _heads(layout.problems_top - 1, _FOLDED_HEADS)
    for index, problem in enumerate(found):
        row = layout.problems_top + index
        yield from _problem_row(row, problem)
        yield from _ranked(layout, row, index, messages)


def _problem_row(row: int, problem: Problem) -> Iterator[Cell]:
    unit = problem.unit
    yield Cell(row, 0, problem.where, Style.CELL)
    yield Cell(row, 1, problem.word, Style.CELL)
    count = f'{problem.cell}&" {unit}"'
    yield Cell(row, 5, f"{problem.count} {unit}", Style.CELL_CENTRED, count)
    yield Cell(row, _MESSAGE, problem.message, Style.HIDDEN, problem.formula)


def _folded_relations(
    layout: Layout,
    judged: Sequence[_Judged],
    messages: Sequence[tuple[str, Sides | None] | None],
) -> Iterator[Cell]:
    for item in judged:
        row = layout.check(item.relation).row
        yield from _relation_row(layout, item)
        yield from _ranked(layout, row, row - layout.problems_top, messages)


def _relation_row(layout: Layout, item: _Judged) -> Iterator[Cell]:
    relation, row = item.relation, layout.check(item.relation).row
    known = formulas.usable(layout, relation.terms, RESULT)
    left, right = (
        formulas.side(layout, terms, RESULT) for terms in (relation.left, relation.right)
    )
    values = _sides_cells(item.sides)
    sheet = layout.form.table_of(relation.left[0].field).sheet
    name = subject(layout.form, relation).removeprefix(sheet)
    c, d = Address(RESULT, row, 2).fixed, Address(RESULT, row, 3).fixed
    yield Cell(row, 0, sheet, Style.CELL)
    yield Cell(row, 1, f"{name}：{relation.text}", Style.CELL)
    yield Cell(row, 2, values[0], Style.FIGURE, f'IF({known},{left},"")')
    yield Cell(row, 3, values[1], Style.FIGURE, f'IF({known},{right},"")')
    yield Cell(row, 4, values[2], Style.FIGURE, f'IF(ISNUMBER({c}),{d}-{c},"")')
    yield Cell(row, 5, _outcome(item), Style.CELL_CENTRED, _outcome_formula(layout, relation))
    text = _message(layout.form, item)
    yield Cell(
        row, _MESSAGE, text[0] if text else "", Style.HIDDEN, _message_formula(layout, relation)
    )


def _ranked(
    layout: Layout, row: int, index: int, messages: Sequence[tuple[str, Sides | None] | None]
) -> Iterator[Cell]:
    rank = sum(message is not None for message in messages[: index + 1])
    shown = rank if messages[index] else ""
    message = Address(RESULT, row, _MESSAGE).fixed
    head = Address(RESULT, layout.problems_top - 1, _RANK)
    above = f"{head.fixed}:{Address(RESULT, row - 1, _RANK).fixed}"
    formula = f'IF({message}="","",MAX({above})+1)'
    yield Cell(row, _RANK, shown, Style.HIDDEN, formula)


def _outcome(item: _Judged) -> str:
    if item.relation.code != "YR01":
        return "未填完" if item.sides is None else "平" if item.sides.agree else "不平"
    if item.sides is None:
        return "未核对"
    if item.sides.agree:
        return "一致"
    return "已说明" if item.explained else "已失效" if item.lapsed else "需说明"


@cache
def _outcome_formula(layout: Layout, relation: Relation) -> str:
    row = layout.check(relation).row
    left, right = Address(RESULT, row, 2).fixed, Address(RESULT, row, 3).fixed
    if relation.code != "YR01":
        return f'IF(ISNUMBER({left}),IF({left}={right},"平","不平"),"未填完")'
    written = layout.explanation(relation).fixed
    issued = layout.snapshot(relation)
    was_left, was_right = issued.right(1).full, issued.right(2).full
    lapsed = (
        f"AND(LEN({issued.full})>0,EXACT({written},{issued.full}),COUNT({was_left}:{issued.right(2).fixed})=2,"
        f"OR({was_left}<>{left},{was_right}<>{right}))"
    )
    return (
        f'IF(ISNUMBER({left}),IF({left}={right},"一致",'
        f'IF({formulas.is_empty(written)},"需说明",IF({lapsed},"已失效","已说明"))),"未核对")'
    )


# -- messages ------------------------------------------------------------------------------


def _message(form: Form, item: _Judged) -> tuple[str, Sides | None] | None:
    if item.sides is None or item.sides.agree or item.explained:
        return None
    return relation_message(form, item.sides), item.sides


@cache
def _message_formula(layout: Layout, relation: Relation) -> str:
    outcome = layout.outcome(relation).fixed
    row = layout.check(relation).row
    difference = Address(RESULT, row, 4).fixed
    left, right = phrases(relation)
    failing = f'OR({outcome}="不平",{outcome}="需说明",{outcome}="已失效")'
    more = f'IF({difference}>0,"右边多 ","左边多 ")&ABS({difference})&" 件。"'
    start = quoted(f"{subject(layout.form, relation)}{disagreement(relation)}：")
    return (
        f"IF({failing},{start}&{formulas.side_in_words(layout, left, RESULT)}"
        f'&"；"&{formulas.side_in_words(layout, right, RESULT)}&"，"&{more},"")'
    )


# -- looks ---------------------------------------------------------------------------------


def _heights(layout: Layout) -> dict[int, float]:
    """Two lines for every message and explanation; cells with formulas do not grow."""
    two_lines = (
        *range(layout.failures_top, layout.failures_top + LISTED_FAILURES),
        *range(layout.explanations_top - 1, layout.explanations_top + len(layout.explainable)),
    )
    headings = (layout.failures_top - 2, layout.failures_top - 1, layout.explanations_top - 2)
    return {0: 30, 1: 42, 2: 24, **dict.fromkeys(two_lines, 32.0), **dict.fromkeys(headings, 22.0)}


def _heads(row: int, texts: Sequence[str]) -> Iterator[Cell]:
    for column, text in enumerate(texts):
        yield Cell(row, column, text, Style.HEAD)


def _validations(layout: Layout) -> Iterator[Validation]:
    first, last = (layout.explanation(layout.explainable[i]) for i in (0, -1))
    yield Validation(
        Area(first.row, first.column, last.row, last.column),
        Accepts.ANY,
        "情况说明",
        "与去年数不一致时，写明原因：如去年数填错、职能划转、机构合并。数字再改动后说明会失效，请重写。",
    )


def _colourings(layout: Layout) -> Iterator[Colouring]:
    verdict = Address(RESULT, 1, 0).fixed
    line = Area(1, 0, 1, 5)
    yield Colouring(line, f'OR(LEFT({verdict},3)="零报告",LEFT({verdict},4)="表格自查")', Mark.GOOD)
    yield Colouring(line, f'LEFT({verdict},3)="有错误"', Mark.WRONG)
    yield Colouring(line, f'LEFT({verdict},3)="需说明"', Mark.ASKING)
    yield Colouring(line, f"LEN({verdict})>0", Mark.WAITING)
    top = layout.explanations_top
    area = Area(top, 4, top + len(layout.explainable) - 1, 5)
    outcome = f"$E{top + 1}"
    yield Colouring(area, f'OR({outcome}="需说明",{outcome}="已失效")', Mark.ASKING)
