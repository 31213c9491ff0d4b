"""What is said of a document that is no such report."""

from __future__ import annotations

from collections.abc import Sequence

from gk_xlsx.errors import UnreadableError
from gk_xlsx.form import Form
from gk_xlsx.matching.labels import key
from gk_xlsx.published.flow import Item, bare
from gk_xlsx.published.frame import Frame
from gk_xlsx.published.model import Document, Picture, Table
from gk_xlsx.published.naming import year_of

RUN_TOGETHER = "表格的文字连成了一片，各格的数分不开"
ONE_A_LINE = "表格成了一格一行的文字，分不清哪个数属于哪一格"

_MOST = 0.7
"""A text that holds this part of a table's labels holds the table, only not as one."""
_FEW = 2
_FIRST_YEAR_WORDS = "2018 年及以前的年度报告没有统一格式"
_SHOWN = 30


def run_together(items: Sequence[Item], form: Form) -> dict[str, str]:
    """Tables whose labels stand in the text itself: table key to why its figures are unknown."""
    lines = {key(item.text) for item in items}
    text = key("".join(item.text for item in items))
    found = {}
    for table in form.tables:
        labels = {key(row.label[-1]) for row in table.rows if row.label} or {
            key(column.label[-1]) for column in table.columns
        }
        if sum(label in text for label in labels) >= _MOST * len(labels):
            whole = sum(label in lines for label in labels) >= _MOST * len(labels)
            found[table.key] = ONE_A_LINE if whole else RUN_TOGETHER
    return found


def refused(document: Document, items: Sequence[Item], frame: Frame, form: Form) -> UnreadableError:
    """Why a document without statutory tables is not read, what it seems to be, what to do."""
    sections = "；".join(section.heading for section in form.sections if section.table)
    rows = form.table("requests").rows
    looked_for = (
        f"没有找到年度报告的三张法定表格（{sections}）："
        f"没有“{rows[0].label[-1]}”“{rows[-1].label[-1]}”这样的行，也没有相应的表头"
    )
    return UnreadableError(f"{looked_for}。{_seems(document, items, frame)}", _advice(frame, items))


def _seems(document: Document, items: Sequence[Item], frame: Frame) -> str:
    """What the document seems to be, in a sentence; empty where nothing can be said."""
    if document.remarks and not any(item.text for item in items):
        return f"{'；'.join(document.remarks[:3])}。"
    shown = frame.title or _first_words(document, items)
    if not shown:
        return "文件里没有文字。"
    year = frame.year or year_of(document.title, "".join(item.text for item in items[:5]))
    if year and year < 2019:
        return f"这是 {year} 年的文件，{_FIRST_YEAR_WORDS}。"
    if len(frame.headings) > _FEW:
        return "文件里只有年度报告的文字部分。"
    return f"文件开头是“{shown}”。"


def _first_words(document: Document, items: Sequence[Item]) -> str:
    texts = [bare(document.title), *map(_words, items)]
    first = next((text for text in texts if text), "")
    return first if len(first) <= _SHOWN else first[:_SHOWN] + "……"


def _words(item: Item) -> str:
    """What a paragraph says, or the first row of a table with anything in it."""
    if not isinstance(item.block, Table):
        return item.text
    filled = [(cell.row, text) for cell in item.block.cells if (text := bare(cell.text))]
    first = min((row for row, _ in filled), default=0)
    return "、".join(text for row, text in filled if row == first)


def _advice(frame: Frame, items: Sequence[Item]) -> str:
    if not any(map(_words, items)):
        return "请提供文字可以复制的文件（Word、网页或 PDF），或下发的填报表。"
    if any(isinstance(item.block, Picture) for item in items):
        return "表格如果是图片，请用表格重新填写；请检查是否选错了文件。"
    if len(frame.headings) > _FEW:
        return "请提供带有三张表格的完整报告，或下发的填报表。"
    return "请检查是否选错了文件。"
