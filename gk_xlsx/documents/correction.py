"""更正说明: what was wrong in a published report, what is right, and which sums change."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lxml import etree

from gk_xlsx.amounts import plain
from gk_xlsx.documents import letters, styles
from gk_xlsx.documents.filling import Properties, filled, opened
from gk_xlsx.documents.frame import signature_date
from gk_xlsx.documents.paper import paper, paragraph, tag
from gk_xlsx.documents.rows import GridRow, PlainCell, grid_table
from gk_xlsx.documents.wordxml import w
from gk_xlsx.errors import GkXlsxError
from gk_xlsx.markdown import clean
from gk_xlsx.relations import brief
from gk_xlsx.report import Entry
from gk_xlsx.rollup.corrections import ChangedSum, Correction
from gk_xlsx.rollup.differences import CellDifference

SAMPLE = "更正说明.docx"
"""The template that an office's own starts from."""

IN_SENTENCES = 3
"""Up to so many corrections are said in sentences; more stand in an annex."""

_NO_DATE = "　　　　年　　月　　日"
_COLUMNS = {
    "序号": (110, "{{ row.number }}"),
    "项目": (640, "{{ row.name }}"),
    "原为": (190, "{{ row.before }}"),
    "更正为": (190, "{{ row.after }}"),
    "上级汇总数": (430, "{{ row.sums }}"),
}
"""Heads of the annex to their share of the width and their tag; the last where sums are given."""


@dataclass(frozen=True, slots=True)
class _Row:
    """One corrected figure."""

    number: int
    name: str
    before: str
    after: str
    sums: str


def correction_docx(
    correction: Correction,
    *,
    date: datetime.date | None = None,
    template: bytes | None = None,
) -> bytes:
    """The 更正说明 of one resubmission as .docx; same arguments, same bytes.

    Raises:
        GkXlsxError: if nothing was changed, or the template is unusable.
    """
    if not correction.cells:
        raise GkXlsxError(_nothing_to_correct(correction))
    report = correction.report
    rows = [_row(correction, number, cell) for number, cell in enumerate(correction.cells, 1)]
    title = f"关于{report.unit.name}{report.year}年\n政府信息公开工作年度报告的更正说明"
    short = len(rows) <= IN_SENTENCES
    context: dict[str, object] = {
        "title": clean(title),
        "unit": clean(report.unit.name),
        "year": report.year,
        "count": len(rows),
        "sentences": [clean(text) for text in _sentences(correction)] if short else [],
        "rows": [] if short else rows,
        "balanced": correction.balanced,
        "sums": bool(correction.sums),
        "date": signature_date(date.isoformat()) if date else _NO_DATE,
    }
    document = opened(build_correction_template() if template is None else template, SAMPLE)
    return filled(document, context, Properties(title, report.unit.name, report.year), SAMPLE)


def build_correction_template() -> bytes:
    """The template as .docx, always the same bytes; an office may restyle and reword it in Word."""
    return paper(_letter(), letters.ANNOUNCEMENT)


# -- what it says --------------------------------------------------------------------------


def _nothing_to_correct(correction: Correction) -> str:
    if not correction.unread:
        return "两份报告的数据完全一致，没有需要更正的内容。"
    return (
        f"读出的数据一致，另有 {len(correction.unread)} 格没有读出确切的数，不知道要更正什么。"
        "请对照原件核对。"
    )


def _sentences(correction: Correction) -> Iterator[str]:
    """Each corrected figure in a sentence, with the sums it changes."""
    for cell in correction.cells:
        unit = correction.form.fields[cell.field].column.unit
        sums = _sums_of(correction, cell.field)
        yield (
            f"“{_name(correction, cell)}”原为{_said(cell.left, unit)}，"
            f"经核实应为{_said(cell.right, unit)}，现予更正。"
            + "".join(
                f"“{item.office}”汇总数相应由{_known(item.before)}{unit}"
                f"调整为{_known(item.after)}{unit}。"
                for item in sums
            )
        )


def _row(correction: Correction, number: int, cell: CellDifference) -> _Row:
    unit, name = correction.form.fields[cell.field].column.unit, _name(correction, cell)
    sums = "；".join(
        f"{item.office}：{_known(item.before)}→{_known(item.after)}"
        for item in _sums_of(correction, cell.field)
    )
    texts = (
        f"{name}（{unit}）" if f"（单位：{unit}）" not in name else name,
        _said(cell.left, ""),
        _said(cell.right, ""),
        sums or "—",
    )
    return _Row(number, *map(clean, texts))


def _sums_of(correction: Correction, field: str) -> tuple[ChangedSum, ...]:
    return tuple(item for item in correction.sums if item.field == field)


def _name(correction: Correction, cell: CellDifference) -> str:
    field = correction.form.fields[cell.field]
    heading = next(
        section.heading for section in correction.form.sections if section.table == field.table
    )
    label = "·".join(filter(None, (brief(field.row_label), field.column_label)))
    return f"{heading}：{label}"


def _said(entry: Entry, unit: str) -> str:
    """A figure with its unit, or what stood there instead."""
    if entry.value is not None:
        return f"{plain(entry.value)}{unit}"
    return f"“{entry.raw.strip()}”" if entry.raw.strip() else "空白"


def _known(value: object) -> str:
    return "未知" if value is None else format(value, "f")


# -- the template --------------------------------------------------------------------------


def _letter() -> Iterator[etree._Element]:
    yield paragraph(letters.TITLE, "{{ title }}")
    yield tag("{%p if sentences %}")
    yield paragraph(letters.BODY, "{{ unit }}{{ year }}年政府信息公开工作年度报告中：")
    yield tag("{%p for sentence in sentences %}")
    yield paragraph(letters.BODY, "{{ sentence }}")
    yield tag("{%p endfor %}")
    yield tag("{%p else %}")
    yield paragraph(
        letters.BODY,
        "{{ unit }}{{ year }}年政府信息公开工作年度报告中有{{ count }}处数据有误，"
        "经核实，现予更正（见附表）。",
    )
    yield tag("{%p endif %}")
    yield tag("{%p if balanced %}")
    yield paragraph(letters.BODY, "更正后勾稽关系无误。")
    yield tag("{%p endif %}")
    yield paragraph(letters.SIGNATURE, "{{ unit }}", w("spacing", before=styles.LINE))
    yield paragraph(letters.SIGNATURE, "{{ date }}", w("keepNext", val=0))
    yield tag("{%p if rows %}")
    yield paragraph(letters.ANNEX, "附表", w("pageBreakBefore"))
    yield paragraph(letters.ANNEX_TITLE, "更正的数据", w("spacing", after=styles.LINE // 4))
    yield tag("{%p if sums %}")
    yield _table(list(_COLUMNS))
    yield tag("{%p else %}")
    yield _table(list(_COLUMNS)[:-1])
    yield tag("{%p endif %}")
    yield tag("{%p endif %}")


def _table(heads: Sequence[str]) -> etree._Element:
    shares = [_COLUMNS[head][0] for head in heads]
    cells = [
        PlainCell(
            letters.ANNEX_TEXT if head in ("项目", "上级汇总数") else letters.ANNEX_NUMBER,
            _COLUMNS[head][1],
        )
        for head in heads
    ]
    rows = (
        GridRow(tuple(PlainCell(letters.ANNEX_HEAD, text) for text in heads), head=True),
        GridRow((PlainCell(styles.TAG, "{%tr for row in rows %}"),)),
        GridRow(tuple(cells)),
        GridRow((PlainCell(styles.TAG, "{%tr endfor %}"),)),
    )
    return grid_table(shares, rows)
