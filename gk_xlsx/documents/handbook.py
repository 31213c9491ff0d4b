"""审核要点: the rules' pages as a printed handbook for reviewers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from lxml import etree

from gk_xlsx.documents import styles
from gk_xlsx.documents.paper import paper, paragraph
from gk_xlsx.documents.rows import GridRow, PlainCell, grid_table
from gk_xlsx.documents.styles import Style
from gk_xlsx.findings import Severity
from gk_xlsx.rules.page import FAMILIES, FIX, WHAT, page_of
from gk_xlsx.rules.rule import Described

TITLE_TEXT = "政府信息公开工作年度报告审核要点"
INTRODUCTION = (
    "【错误】须改正；【需核实】须改正或写情况说明；【提示】供参考。"
    "各条的依据和例子见程序的规则说明（gk-xlsx explain 编号）。"
)

TITLE = Style(
    "HandbookTitle", "要点标题", styles.XIAOBIAOSONG, 44, "center", after=styles.LINE, on_grid=False
)
BODY = Style("HandbookBody", "要点说明", styles.KAITI, 28, indent=200)
HEADING = Style(
    "HandbookHeading",
    "要点分类",
    styles.HEITI,
    32,
    "left",
    before=styles.LINE // 2,
    level=1,
    keep_next=True,
)
HEAD = Style("HandbookHead", "要点表头", styles.HEITI, 21, "center", in_table=True)
CODE = Style("HandbookCode", "要点编号", styles.SONGTI, 21, "center", in_table=True)
TEXT = Style("HandbookText", "要点文字", styles.SONGTI, 21, "left", in_table=True)

STYLES = (TITLE, BODY, HEADING, HEAD, CODE, TEXT, styles.PAGE_ODD, styles.PAGE_EVEN)

Refusal = tuple[str, str, str, str]
"""A way in which a file is refused: code, name, what it means, what to do."""

_SHARES = (84, 84, 390, 330)
_HEADS = ("编号", "级别", "查什么", "怎么改")
_NUMERALS = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十")

Line = tuple[str, Severity, str, str]


def handbook_docx(rules: Sequence[Described], refusals: Iterable[Refusal] = ()) -> bytes:
    """All rules as .docx: a table of 查什么 and 怎么改 for each family; same rules, same bytes.

    Args:
        rules: in the order they are to stand within their family.
        refusals: why files are not read; the family FI.
    """
    lines = [*_of_rules(rules), *_of_refusals(refusals)]
    return paper(_body(lines), STYLES)


def _of_rules(rules: Iterable[Described]) -> Iterator[Line]:
    for page in map(page_of, rules):
        yield page.code, page.severity, page.part(WHAT), page.part(FIX)


def _of_refusals(refusals: Iterable[Refusal]) -> Iterator[Line]:
    for code, _, what, fix in refusals:
        yield code, Severity.ERROR, what, fix


def _body(lines: Sequence[Line]) -> Iterator[etree._Element]:
    yield paragraph(TITLE, TITLE_TEXT)
    yield paragraph(BODY, INTRODUCTION)
    families = {key: [line for line in lines if line[0].startswith(key)] for key in FAMILIES}
    present = [(key, found) for key, found in families.items() if found]
    for numeral, (key, found) in zip(_NUMERALS, present, strict=False):
        yield paragraph(HEADING, f"{numeral}、{FAMILIES[key]}（{key}）")
        yield grid_table(_SHARES, [_head(), *map(_row, found)])


def _head() -> GridRow:
    return GridRow(tuple(PlainCell(HEAD, text) for text in _HEADS), head=True)


def _row(line: Line) -> GridRow:
    code, severity, what, fix = line
    cells = ((CODE, code), (CODE, severity.label), (TEXT, what), (TEXT, fix))
    return GridRow(tuple(PlainCell(style, text) for style, text in cells))
