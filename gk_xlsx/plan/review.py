"""What the office found, on the workbook it sends back: marked cells, opinions, 情况说明.

A workbook to send back is a fresh plan with the unit's values and the findings in it. Clerks see
no codes and no notes, only how many notes there are.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from gk_xlsx.findings import Finding, Severity
from gk_xlsx.form import Form
from gk_xlsx.plan import formulas
from gk_xlsx.plan.layout import RESULT, Layout
from gk_xlsx.plan.model import (
    Accepts,
    Address,
    Area,
    Cell,
    Colouring,
    Mark,
    Sheet,
    Style,
    Validation,
    holds,
)
from gk_xlsx.report import AnnualReport, Entry, Explanation, Origin
from gk_xlsx.report import written as written_as

REVIEW_PREFIX = "review."
"""Begins the keys of opinions on the hidden sheet; the label on 自查结果 is `第N条`."""

_HEADS = ("序号", "审核意见", "左边", "右边", "性质", "情况说明（数据无误的请写明依据）")
_TEXT_COLUMN = 5
_SCALE = 66
"""Per cent. The columns fit even where they are a fifth wider, see 打印稿; what fails fills one
page then, so the carry-over and the opinions begin the next: a heading never stays alone."""
_CARRIED = "上次已作说明的事项，数字没有变动的不必再写。"


@dataclass(frozen=True, slots=True)
class Opinion:
    """One thing to be corrected or explained.

    Attributes:
        kind: 错误, 需核实 or 已说明.
        explained: the 情况说明 written so far, or empty.
        explainable: whether writing one lifts it.
    """

    code: str
    fields: tuple[str, ...]
    text: str
    kind: str
    left: Decimal | None
    right: Decimal | None
    explained: str
    explainable: bool


def opinions_of(
    form: Form, report: AnnualReport, findings: Sequence[Finding]
) -> tuple[Opinion, ...]:
    """The findings a clerk is shown, then explanations that no finding asks for any more.

    The carry-over has its own place on 自查结果 and is left out.
    """
    own_place = {relation.code for relation in form.instances("YR01")}
    shown = [
        item
        for item in findings
        if item.severity is not Severity.NOTE and item.code not in own_place
    ]
    covered = {(item.code, item.fields[:1]) for item in shown}
    kept = [
        item
        for item in report.explanations
        if item.code not in own_place and (item.code, item.fields[:1]) not in covered
    ]
    return (*(_asked(item) for item in shown), *(_kept(item) for item in kept))


def _asked(finding: Finding) -> Opinion:
    explained = finding.explained or ""
    return Opinion(
        code=finding.code,
        fields=finding.fields,
        text=f"{finding.message}{finding.fix}",
        kind="已说明" if explained else finding.severity.label,
        left=finding.left,
        right=finding.right,
        explained=explained,
        explainable=finding.severity is Severity.WARNING,
    )


def _kept(explanation: Explanation) -> Opinion:
    return Opinion(
        code=explanation.code,
        fields=explanation.fields,
        text=_CARRIED,
        kind="已说明",
        left=explanation.left,
        right=explanation.right,
        explained=explanation.text,
        explainable=True,
    )


def label(number: int) -> str:
    """How an opinion is numbered on 自查结果, from 1."""
    return f"第{number}条"


# -- on 自查结果 and the hidden sheet ------------------------------------------------------


def with_opinions(
    sheet: Sheet,
    layout: Layout,
    report: AnnualReport,
    opinions: Sequence[Opinion],
    notes: int,
) -> Sheet:
    """自查结果 with the office's opinions below everything else."""
    if not opinions and not notes:
        return sheet
    top = layout.checks_bottom + 3
    cells = (*_heading(top, notes), *_rows(layout, report, top + 2, opinions))
    rows = range(top + 2, top + 2 + len(opinions))
    heights = {top: 24.0, top + 1: 22.0} | {
        row: 16.0 * max(2, -(-len(item.text) // 34)) + 4
        for row, item in zip(rows, opinions, strict=True)
    }
    return replace(
        sheet,
        cells=(*sheet.cells, *cells),
        heights={**sheet.heights, **heights},
        validations=(*sheet.validations, *_validations(top + 2, opinions)),
        page=replace(
            sheet.page,
            area=Area(0, 0, top + 1 + len(opinions), 5),
            tall=False,
            scale=_SCALE,
            breaks=(layout.explanations_top - 2,),
        ),
        start=(top, 0),
    )


def _heading(top: int, notes: int) -> Iterator[Cell]:
    more = f"（另有提示 {notes} 处，供参考）" if notes else ""
    yield Cell(top, 0, f"审核意见：请逐条改正或说明后重新报送{more}", Style.HEADING, columns=6)
    for column, text in enumerate(_HEADS):
        yield Cell(top + 1, column, text, Style.HEAD)


def _rows(
    layout: Layout, report: AnnualReport, top: int, opinions: Sequence[Opinion]
) -> Iterator[Cell]:
    for offset, item in enumerate(opinions):
        row = top + offset
        yield Cell(row, 0, label(offset + 1), Style.CELL_CENTRED)
        yield Cell(row, 1, item.text, Style.CELL)
        yield Cell(row, 2, _shown(item.left), Style.FIGURE)
        yield Cell(row, 3, _shown(item.right), Style.FIGURE)
        yield Cell(row, 4, item.kind, Style.CELL_CENTRED, _kind_now(layout, report, row, item))
        if item.explainable:
            yield Cell(row, _TEXT_COLUMN, item.explained, Style.TEXT_OPEN, open=True)
        else:
            yield Cell(row, _TEXT_COLUMN, "须改正", Style.CELL_CENTRED)


def _kind_now(layout: Layout, report: AnnualReport, row: int, item: Opinion) -> str:
    """The kind while the cells concerned are as they were; 已改动 or 已失效 afterwards."""
    cells = [field for field in item.fields if field in layout.fields][:_WATCHED]
    written = Address(RESULT, row, _TEXT_COLUMN).fixed
    empty = formulas.is_empty(written)
    kind = f'IF({empty},"需核实","已说明")' if item.explainable else f'"{item.kind}"'
    if not cells:
        return kind if item.explainable else ""
    unchanged = ",".join(
        holds(layout.fields[field].full, _as_text(report.entries[field])) for field in cells
    )
    changed = f'IF({empty},"已改动","已失效")' if item.explainable else '"已改动"'
    return f"IF(AND({unchanged}),{kind},{changed})"


_WATCHED = 6
"""How many of an opinion's cells are watched for changes."""


def _as_text(entry: Entry) -> str:
    """A cell's content as `&""` gives it."""
    return "" if entry.origin is Origin.ZERO_REPORT else written_as(entry)


def _shown(number: Decimal | None) -> Decimal | str:
    return "" if number is None else number


def _validations(top: int, opinions: Sequence[Opinion]) -> Iterator[Validation]:
    for offset, item in enumerate(opinions):
        if item.explainable:
            row = top + offset
            area = Area(row, _TEXT_COLUMN, row, _TEXT_COLUMN)
            hint = "数据无误的，写明依据；有误的直接改数，不必写。数字改动后原来的说明失效。"
            yield Validation(area, Accepts.ANY, "情况说明", hint)


def hidden_rows(top: int, opinions: Sequence[Opinion]) -> Iterator[Cell]:
    """What the reader needs to tie a 情况说明 to its finding and figures."""
    for offset, item in enumerate(opinions):
        texts = (f"{REVIEW_PREFIX}{offset + 1}", item.code, item.left, item.right, item.explained)
        for column, content in enumerate((*texts, " ".join(item.fields))):
            if content not in (None, ""):
                yield Cell(top + offset, column, content, Style.HIDDEN)


# -- on the tables -------------------------------------------------------------------------


def with_marks(sheet: Sheet, layout: Layout, findings: Sequence[Finding]) -> Sheet:
    """A statutory sheet with the cells concerned coloured and commented.

    The colour goes when the cell changes; what is blank or no number is coloured anyway.
    """
    comments = _comments(sheet.name, layout, findings)
    if not comments:
        return sheet
    cells = tuple(
        replace(cell, comment=comments.get((cell.row, cell.column), "")) for cell in sheet.cells
    )
    marked = [cell for cell in cells if cell.comment]
    colourings = tuple(_while_unchanged(sheet.name, cell) for cell in marked)
    return replace(sheet, cells=cells, colourings=(*sheet.colourings, *colourings))


def _comments(
    sheet: str, layout: Layout, findings: Sequence[Finding]
) -> Mapping[tuple[int, int], str]:
    texts: dict[tuple[int, int], list[str]] = {}
    for finding in findings:
        if finding.severity is Severity.NOTE or finding.explained is not None:
            continue
        for field_id in _to_look_at(finding):
            address = layout.fields[field_id]
            if address.sheet == sheet:
                texts.setdefault((address.row, address.column), []).append(_comment(finding))
    return {place: "\n".join(dict.fromkeys(lines)) for place, lines in texts.items()}


def _to_look_at(finding: Finding) -> Sequence[str]:
    """All cells of a short finding; of a long sum only its total."""
    return finding.fields[:1] if finding.code in _SUMS else finding.fields


_SUMS = ("AR01", "AR02", "AR04")


def _comment(finding: Finding) -> str:
    return f"【{finding.severity.label}】{finding.message}{finding.fix}"


def _while_unchanged(sheet: str, cell: Cell) -> Colouring:
    address = Address(sheet, cell.row, cell.column)
    area = Area(cell.row, cell.column, cell.row, cell.column)
    if isinstance(cell.content, str):
        unchanged = holds(address.fixed, cell.content)
    else:
        unchanged = f"{address.fixed}={cell.content}"
    return Colouring(area, unchanged, Mark.BROKEN)
