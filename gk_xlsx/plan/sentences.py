"""参考句: ready sentences for the text, made from the figures by formula."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache

from gk_xlsx.amounts import plain
from gk_xlsx.form import Form
from gk_xlsx.form.model import FIGURE
from gk_xlsx.plan.layout import FACT_ROWS, FACTS, SENTENCES, Layout, layout_of, ranges
from gk_xlsx.plan.model import Address, Cell, Page, Sheet, Style, quoted
from gk_xlsx.relations import usable
from gk_xlsx.report import AnnualReport, State
from gk_xlsx.units import Scope


def sentences_sheet(form: Form, report: AnnualReport) -> Sheet:
    """Ready sentences, made from the figures by formula."""
    layout = layout_of(form)
    cells = [
        Cell(0, 0, "参考句", Style.TITLE),
        Cell(
            1,
            0,
            "下面的句子由表中数字自动生成，可复制后用“选择性粘贴—数值”贴到“文字部分”，再按实际情况修改。",
            Style.HINT,
        ),
    ]
    for row, sentence in enumerate(form.sentences, start=2):
        formula = _sentence_formula(layout, sentence)
        cells.append(Cell(row, 0, sentence_text(form, report, sentence), Style.CELL, formula))
    heights = {0: 34.0, 1: 24.0, **{row + 2: 44.0 for row in range(len(form.sentences))}}
    return Sheet(
        SENTENCES, tuple(cells), {0: 110}, heights, page=Page(landscape=True), colour="BBBBBB"
    )


_OWN = "本机关"
"""Whom a sentence is about; with another scope it is somebody else."""
_SUBJECTS = {
    Scope.BODY: _OWN,
    Scope.GOVERNMENT: "本级政府",
    Scope.AREA: "本行政区域",
}
_UNFINISHED = "（这一句所用的格还没有填完）"


@lru_cache
def _sentence_formula(layout: Layout, sentence: str) -> str:
    ids = [item for name in FIGURE.findall(sentence) for item in layout.form.names.get(name, ())]
    unique = list(dict.fromkeys(ids))
    states = ranges((layout.state(item) for item in unique), SENTENCES)
    words = (State.OK, State.ZERO, State.ASSUMED)
    known = "+".join(f'COUNTIF({part},"{word}")' for part in states for word in words)
    parts = FIGURE.split(sentence)
    pieces = [
        piece
        for index, part in enumerate(parts)
        for piece in ([_name_formula(layout, part)] if index % 2 else _text_formulas(part))
    ]
    return f'IF({known}={len(unique)},{"&".join(pieces)},"{_UNFINISHED}")'


def _text_formulas(text: str) -> Iterator[str]:
    """What stands between figures; whom it is about follows 基本信息."""
    scope = Address(FACTS, FACT_ROWS["scope"], 1).full
    subject = quoted(_OWN)
    for other in (Scope.AREA, Scope.GOVERNMENT):
        subject = f"IF({scope}={quoted(other.label)},{quoted(_SUBJECTS[other])},{subject})"
    for index, part in enumerate(text.split(_OWN)):
        if index:
            yield subject
        if part:
            yield quoted(part)


def _name_formula(layout: Layout, name: str) -> str:
    if name == "年":
        return Address(FACTS, FACT_ROWS["year"], 1).full
    if name == "单位":
        return Address(FACTS, FACT_ROWS["unit"], 1).full
    cells = [layout.fields[item] for item in layout.form.names[name]]
    return f"SUM({','.join(ranges(cells, SENTENCES))})"


def sentence_text(form: Form, report: AnnualReport, sentence: str) -> str:
    """A ready sentence with the report's figures; a remark where a figure is missing."""
    missing = False

    def figure(name: str) -> str:
        nonlocal missing
        if name in ("年", "单位"):
            return str(report.year or "") if name == "年" else report.unit.name
        values = [usable(item, form, report.entries) for item in form.names[name]]
        missing = missing or None in values
        return plain(sum((value for value in values if value is not None), Decimal(0)))

    about = sentence.replace(_OWN, _SUBJECTS[report.scope])
    text = FIGURE.sub(lambda match: figure(match[1]), about)
    return _UNFINISHED if missing else text
