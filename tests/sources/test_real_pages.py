"""Published web pages: every value as it stands there, however a site would have written them."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from gk_xlsx import resources
from gk_xlsx.published.assembly import report_of
from gk_xlsx.report import AnnualReport, Entry, EntryKind, written
from gk_xlsx.sources.html import read_html

FRAMES = {
    "shuyang-2023": (
        "沭阳县发展和改革局2023年政府信息公开年度报告",
        "沭阳县发展和改革局",
        2023,
        ("沭阳县发展和改革局", "2024年1月17日"),
    ),
    "shanghai-office-2019": (
        "2019年上海市人民政府办公厅政府信息公开工作年度报告",
        "上海市人民政府办公厅",
        2019,
        ("", ""),
    ),
}
pages = pytest.mark.parametrize("name", FRAMES)


def _gbk(page: str) -> bytes:
    return page.replace('charset="utf-8"', 'charset="gb2312"').encode("gb18030", "replace")


def _upper_case(page: str) -> bytes:
    return re.sub(r"</?[a-z]+\d?", lambda tag: tag[0].upper(), page).encode()


def _without_end_tags(page: str) -> bytes:
    return re.sub(r"</(?:td|tr|p|tbody)>", "", page).encode()


def _in_a_layout_table(page: str) -> bytes:
    menu = "<table><tr><td>首页</td><td>政务公开</td></tr></table>"
    return f"<table><tr><td>{menu}</td></tr><tr><td>{page}</td></tr></table>".encode()


def _with_spacer_cells(page: str) -> bytes:
    """An empty column on the left of every table, an empty row on top."""
    left = re.sub("(<tr[^>]*>)", r"\1<td>&nbsp;</td>", page)
    return re.sub("(<tbody[^>]*>)", r"\1<tr><td>&nbsp;</td></tr>", left).encode()


def _with_lines_in_cells(page: str) -> bytes:
    """Labels broken in the middle, line ends in the source, a paragraph more in every cell."""
    broken = re.sub("([一-龥])([一-龥])(?=[一-龥]{0,3}<)", r"\1<br />\2", page)
    return re.sub("</td>", "<p>\u3000</p>\r\n</td>", broken).encode()


def _with_spans_of_word(page: str) -> bytes:
    """Every Chinese character in an element of its own, as Word saves pages."""
    cut = re.sub(
        "(?<=>)([一-龥]+)(?=<)",
        lambda text: "".join(f"<span lang=ZH-CN style='mso-x:y'>{char}</span>" for char in text[1]),
        page,
    )
    return cut.replace("</p>", "<o:p></o:p></p>").encode()


def _with_hidden_figures(page: str) -> bytes:
    return re.sub("</td>", "<span style='display:none'>7</span><!-- 8 --></td>", page).encode()


CHANGES: dict[str, Callable[[str], bytes]] = {
    "as it is": str.encode,
    "gbk": _gbk,
    "upper case": _upper_case,
    "without end tags": _without_end_tags,
    "in a layout table": _in_a_layout_table,
    "spacer cells": _with_spacer_cells,
    "lines in cells": _with_lines_in_cells,
    "spans of Word": _with_spans_of_word,
    "hidden figures": _with_hidden_figures,
}


def _read(reports: Path, name: str, change: Callable[[str], bytes] = str.encode) -> AnnualReport:
    page = (reports / f"{name}.html").read_text("utf-8")
    return report_of(read_html(change(page)), resources.form, resources.form_for_year)


def _shown(entry: Entry) -> Decimal | str | None:
    """A figure, None for a blank, the text that stands there otherwise."""
    if entry.kind is EntryKind.UNKNOWN:
        return f"unknown: {entry.reason}"
    if entry.raw and not entry.changes:
        return entry.raw
    return entry.value if entry.value is not None else written(entry) or None


@pages
@pytest.mark.parametrize("change", CHANGES)
def test_every_value_is_as_it_was_read_by_hand(reports: Path, name: str, change: str) -> None:
    data = json.loads((reports / f"{name}.json").read_text("utf-8"), parse_float=Decimal)
    report = _read(reports, name, CHANGES[change])
    assert {key: _shown(entry) for key, entry in report.entries.items()} == data["values"]
    assert report.edition == data["edition"]


@pages
def test_title_unit_year_and_signature_are_told(reports: Path, name: str) -> None:
    report = _read(reports, name)
    signed = (report.signed.by, report.signed.date)
    assert (report.title, report.unit.name, report.year, signed) == FRAMES[name]


@pages
def test_each_section_has_its_own_text(reports: Path, name: str) -> None:
    report = _read(reports, name)
    assert [heading[:2] for heading in report.headings] == [
        *("一、", "二、", "三、", "四、", "五、", "六、")
    ]
    assert set(report.narrative) == {"preface", "overview", "problems", "other"}
    text = "\n".join(report.narrative.values())
    for around in ("首页", "索引号", "发布日期", "繁體版", "结果维持"):
        assert around not in text
