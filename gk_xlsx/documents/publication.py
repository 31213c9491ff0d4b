"""公布情况: who published on time, who did not, what was added up; with its table."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from lxml import etree

from gk_xlsx.amounts import plain
from gk_xlsx.documents import letters, styles
from gk_xlsx.documents.filling import Properties, filled, opened
from gk_xlsx.documents.frame import signature_date
from gk_xlsx.documents.paper import paper, paragraph, tag
from gk_xlsx.documents.rows import GridRow, PlainCell, grid_table
from gk_xlsx.documents.wordxml import w
from gk_xlsx.markdown import clean
from gk_xlsx.rollup.publication import PublicationState, PublishedReport, Timeliness
from gk_xlsx.rollup.states import State

SAMPLE = "公布情况.docx"
"""The template that an office's own starts from."""

_COLUMNS = {
    "序号": (105, "{{ row.number }}"),
    "单位": (450, "{{ row.name }}"),
    "公布日期": (310, "{{ row.day }}"),
    "网址": (480, "{{ row.address }}"),
    "是否按时": (215, "{{ row.timeliness }}"),
}
"""Heads of the annex to their share of the width and their tag."""


@dataclass(frozen=True, slots=True)
class _Row:
    """A line of the annex."""

    number: int
    name: str
    day: str
    address: str
    timeliness: str


def publication_docx(
    state: PublicationState, office: str, *, template: bytes | None = None
) -> bytes:
    """How publishing stands, as .docx; same arguments, same bytes.

    Args:
        state: what the register says.
        office: who signs; a blank line where empty.
        template: an office's own, or None for the one that comes with the program.

    Raises:
        GkXlsxError: if the template is unusable.
    """
    title = f"{state.year}年政府信息公开工作年度报告\n公布情况"
    context: dict[str, object] = {
        "title": title,
        "year": state.year,
        "units": state.units,
        "reports": len(state.reports),
        "on_time": len(state.of(Timeliness.ON_TIME)),
        "rate": plain(state.rate),
        "on_time_names": clean(_names(state.of(Timeliness.ON_TIME))),
        "late": len(state.of(Timeliness.LATE, Timeliness.NOT_YET)),
        "late_names": clean(_late(state)),
        "counted": state.counted,
        "not_counted": clean(
            "；".join(f"{name}（{_why(why)}）" for name, why in state.not_counted)
        ),
        "rows": [_row(number, item) for number, item in enumerate(state.reports, 1)],
        "office": clean(office) or "（发文机关盖章）",
        "date": _full_day(state.day),
    }
    document = opened(build_publication_template() if template is None else template, SAMPLE)
    return filled(document, context, Properties(title, office, state.year), SAMPLE)


def build_publication_template() -> bytes:
    """The template as .docx, always the same bytes; an office may restyle and reword it in Word."""
    return paper(_letter(), letters.ANNOUNCEMENT)


_FEW = 3
"""Up to so many are each followed by the day until which they had not published."""


# -- what it says --------------------------------------------------------------------------


def _names(reports: Sequence[PublishedReport]) -> str:
    return "、".join(item.name for item in reports)


_IN_PUBLIC = {
    State.UNREADABLE.label: "报送文件不能读取，待重新报送",
    State.WRONG_YEAR.label: "报送年度不符，待重新报送",
    State.UNCLEAR.label: "报送数据不一致，待核实",
    State.TO_FIX.label: "报送数据有误，待改正",
    State.TO_EXPLAIN.label: "报送数据待核实",
    State.RECEIVED.label: "报送材料不全，待补报",
}
"""Words of the office's own lists, as an official document says them."""


def _why(reason: str) -> str:
    return _IN_PUBLIC.get(reason, reason)


def _late(state: PublicationState) -> str:
    """Late ones with the day they were made good, missing ones with the day it stands so."""
    late = [f"{item.name}（{_day(item)}补公布）" for item in state.of(Timeliness.LATE)]
    today = f"{state.day.month}月{state.day.day}日"
    missing = state.of(Timeliness.NOT_YET)
    if len(missing) <= _FEW:
        return "、".join([*late, *(f"{item.name}（截至{today}未公布）" for item in missing)])
    return "；".join(filter(None, ("、".join(late), f"截至{today}未公布的有{_names(missing)}")))


def _row(number: int, item: PublishedReport) -> _Row:
    published = item.publication.day
    texts = (
        item.name,
        _full_day(published) if published else "",
        item.publication.address,
        item.timeliness.value,
    )
    return _Row(number, *map(clean, texts))


def _day(item: PublishedReport) -> str:
    day = item.publication.day
    return f"{day.month}月{day.day}日" if day else ""


def _full_day(day: datetime.date) -> str:
    return signature_date(day.isoformat())


# -- the template --------------------------------------------------------------------------

_ON_TIME = (
    "一、应公布单位{{ units }}个、报告{{ reports }}份，按时公布{{ on_time }}份，"
    "按时公布率{{ rate }}%{% if on_time %}，名单为：{{ on_time_names }}{% endif %}。"
)
_LATE = (
    "二、{% if late %}未按时公布{{ late }}份：{{ late_names }}。"
    "{% else %}没有未按时公布的单位。{% endif %}"
)
_MERGED = (
    "三、已逐级汇总{{ counted }}个单位的数据"
    "{% if not_counted %}；未计入汇总的单位及原因：{{ not_counted }}{% endif %}。"
)


def _letter() -> list[etree._Element]:
    shares = [share for share, _ in _COLUMNS.values()]
    cells = [
        PlainCell(letters.ANNEX_TEXT if head in ("单位", "网址") else letters.ANNEX_NUMBER, text)
        for head, (_, text) in _COLUMNS.items()
    ]
    rows = (
        GridRow(tuple(PlainCell(letters.ANNEX_HEAD, text) for text in _COLUMNS), head=True),
        GridRow((PlainCell(styles.TAG, "{%tr for row in rows %}"),)),
        GridRow(tuple(cells)),
        GridRow((PlainCell(styles.TAG, "{%tr endfor %}"),)),
    )
    return [
        paragraph(letters.TITLE, "{{ title }}"),
        paragraph(letters.BODY, _ON_TIME),
        paragraph(letters.BODY, _LATE),
        tag("{%p if counted %}"),
        paragraph(letters.BODY, _MERGED),
        tag("{%p endif %}"),
        paragraph(letters.BODY, "附件：公布情况表"),
        paragraph(letters.SIGNATURE, "{{ office }}", w("spacing", before=styles.LINE)),
        paragraph(letters.SIGNATURE, "{{ date }}", w("keepNext", val=0)),
        tag("{%p if rows %}"),
        paragraph(letters.ANNEX, "附件", w("pageBreakBefore")),
        paragraph(letters.ANNEX_TITLE, "公布情况表", w("spacing", after=styles.LINE // 4)),
        grid_table(shares, rows),
        tag("{%p endif %}"),
    ]
