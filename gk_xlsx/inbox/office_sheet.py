"""设置.xlsx: what the issuing office writes about itself, 项目 in one column, 内容 beside it."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from gk_xlsx.errors import GkXlsxError
from gk_xlsx.inbox.roster_file import sheet_tables
from gk_xlsx.office import IssuingOffice
from gk_xlsx.report import iso_date
from gk_xlsx.rollup.roster_heads import head
from gk_xlsx.rollup.roster_table import RosterTable

YEAR = "年份"
LABELS: Mapping[str, str] = {
    "发文机关": "name",
    "科室": "section",
    "联系人": "contact",
    "电话": "phone",
    "报送截止日": "submit_by",
    "公布截止日": "publish_by",
    "重新报送期限": "deadline",
    "公布栏目": "column",
    "审核人": "reviewer",
    "复核人": "second_reviewer",
    "补充要求": "requirements",
}
"""What each item of `IssuingOffice` is called."""

_DAYS = ("submit_by", "publish_by", "deadline")
_LINES = "requirements"
_SYNONYMS = {
    **dict.fromkeys(("年度", "报告年份", "报告年度"), YEAR),
    **dict.fromkeys(("发文单位", "下发单位", "单位", "单位名称"), "发文机关"),
    **dict.fromkeys(("处室", "股室", "内设机构"), "科室"),
    "联系电话": "电话",
    "报送截止日期": "报送截止日",
    "公布截止日期": "公布截止日",
    "栏目": "公布栏目",
    "本地补充要求": "补充要求",
}
_HEADS = frozenset(("项目", "设置"))


@dataclass(frozen=True, slots=True)
class _Item:
    """A line of the sheet: row from 1, what it is about, what is said."""

    row: int
    label: str
    text: str


def read_office_sheet(data: bytes, file: str) -> tuple[IssuingOffice, int | None]:
    """The office, and the report year if one is given; items left empty are not set.

    Raises:
        GkXlsxError: with everything that is wrong, each line with its row.
    """
    items = [item for item in _items(sheet_tables(data, file)[0]) if item.text]
    problems = [*_problems(items), *_untimely(items)]
    if problems:
        raise GkXlsxError("\n".join(f"{file} 第{row}行：{text}" for row, text in problems))
    years = [_year_of(item.text) for item in items if item.label == YEAR]
    return _office(items), years[0] if years else None


def _office(items: Sequence[_Item]) -> IssuingOffice:
    texts = {LABELS[item.label]: item.text for item in items if item.label != YEAR}
    words = {key: text for key, text in texts.items() if key not in (*_DAYS, _LINES)}
    days = {key: iso_date(text) for key, text in texts.items() if key in _DAYS}
    lines = tuple(item.text for item in items if LABELS.get(item.label) == _LINES)
    office = replace(IssuingOffice(requirements=lines), **words)  # type: ignore[arg-type] # texts
    return replace(office, **days)  # type: ignore[arg-type] # dates are what these items are


def _items(table: RosterTable) -> Iterator[_Item]:
    """Every line that says something; one without a label goes on with the label above it."""
    label = ""
    for index in range(len(table.rows)):
        given, text = table.filled(index, 0), table.text(index, 1)
        label = head(given) or label
        label = _SYNONYMS.get(label, label)
        if label in _HEADS or (text and not label):
            continue
        lines = text.splitlines() if label == "补充要求" else [text]
        for line in lines:
            yield _Item(index + 1, label, line.strip())


def _problems(items: Sequence[_Item]) -> Iterator[tuple[int, str]]:
    """Row and problem of every line that cannot be taken as it stands."""
    seen: dict[str, int] = {}
    for item in items:
        if item.label not in (YEAR, *LABELS):
            known = "、".join((YEAR, *LABELS))
            yield item.row, f"不认识的项目“{item.label}”。可用：{known}。"
        elif item.label in seen and item.label != "补充要求":
            yield item.row, f"“{item.label}”与第{seen[item.label]}行重复。请只留一行。"
        elif LABELS.get(item.label) in _DAYS and iso_date(item.text) is None:
            yield item.row, f"“{item.label}”写的是“{item.text}”，应为日期，如 2026-01-20。"
        elif item.label == YEAR and _year_of(item.text) is None:
            yield item.row, f"“{YEAR}”写的是“{item.text}”，应为四位年份，如 2025。"
        seen.setdefault(item.label, item.row)


def _untimely(items: Sequence[_Item]) -> Iterator[tuple[int, str]]:
    """Days that passed before the report year ended: left over from the year before."""
    years = [year for item in items if item.label == YEAR and (year := _year_of(item.text))]
    for item in items:
        day = iso_date(item.text) if LABELS.get(item.label) in _DAYS else None
        if years and day is not None and day < datetime.date(years[0], 12, 31):
            early = f"{day.isoformat()} 在 {years[0]} 年结束以前，像是往年留下的"
            yield item.row, f"“{item.label}”{early}。请改正。"


def _year_of(text: str) -> int | None:
    """2025 or 2025年; None for what is no year."""
    match = re.fullmatch(r"(20\d\d)\s*年?度?", text)
    return int(match[1]) if match else None
