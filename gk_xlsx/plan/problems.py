"""What may be wrong with cells and, in a merged workbook, what may be lacking: the folded rows.

Each is counted elsewhere; here it becomes a line of 自查结果, as formula and as text.
"""

from __future__ import annotations

from dataclasses import dataclass

from gk_xlsx.form import Table
from gk_xlsx.plan.layout import Layout
from gk_xlsx.plan.wording import PROBLEM_WORDS, Tally
from gk_xlsx.report import State


@dataclass(frozen=True, slots=True)
class Problem:
    """One kind of problem and how often it occurs.

    Attributes:
        where: the sheet it is on.
        word: what it is, in a word.
        cell: where the workbook counts it.
        unit: what is counted (格, 个单位, 行).
        before, after: the message around the number.
        names: the cell that names those concerned, or empty.
    """

    where: str
    word: str
    cell: str
    count: int
    unit: str
    before: str
    after: str
    names: str = ""
    named: str = ""

    @property
    def message(self) -> str:
        """What 自查结果 says; empty where there is no such problem."""
        return f"{self.before}{self.count}{self._text_after}" if self.count else ""

    @property
    def formula(self) -> str:
        """The same as a formula."""
        names = f'&"："&{self.names}&"。"' if self.names else ""
        return f'IF({self.cell}>0,"{self.before}"&{self.cell}&"{self.after}"{names},"")'

    @property
    def _text_after(self) -> str:
        return f"{self.after}：{self.named}。" if self.names else self.after


_ADVICE = {
    State.BLANK: "空白（标黄），没有发生的请填 0。",
    State.MARK: "填了“/”“—”“无”一类符号（标红），请改填 0。",
    State.TEXT: "不是数字（标红），请只填阿拉伯数字，不带单位和空格。",
    State.NEGATIVE: "是负数（标红），请核对。",
    State.FRACTION: "的件数带小数（标红），请填整数。",
    State.UNKNOWN: "未知（标红）：有单位空白或不能辨认，单位见“来源与调整”。",
}


def problems(layout: Layout, counted: Tally, *, names: str = "") -> tuple[Problem, ...]:
    """Every problem there may be, in the order of the folded rows.

    Args:
        layout: where things are counted.
        counted: what is counted now.
        names: who is missing, of a merged workbook.
    """
    cells = [
        _of_cells(layout, table, kind, counted.count(table.key, kind))
        for table in layout.form.tables
        for kind in layout.problems
    ]
    return (*cells, *(_lack(layout, name, counted.lacks[name], names) for name in layout.lacks))


def _of_cells(layout: Layout, table: Table, kind: State, count: int) -> Problem:
    word, advice = PROBLEM_WORDS[kind], _ADVICE[kind]
    cell = layout.count(table, kind).full
    return Problem(table.sheet, word, cell, count, "格", f"{table.sheet}有 ", f" 格{advice}")


def _lack(layout: Layout, name: str, count: int, names: str) -> Problem:
    cell, sheet = layout.summary(name).full, layout.summary(name).sheet
    if name == "missing":
        at = layout.summary("names").full
        return Problem(sheet, "缺报", cell, count, "个单位", "缺 ", " 个单位的报告", at, names)
    after = " 行调整没有写原因，请在“明细”里补写。"
    return Problem(sheet, "缺原因", cell, count, "行", "有 ", after)
