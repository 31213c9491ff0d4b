"""What stands in a cell: certain, normalised and said how, or unknown and said why."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from gk_xlsx.report import Entry, EntryKind
from tests.published.reading import outcome, page_with, read_page

CELL = "requests.new.natural_person"


@pytest.mark.parametrize(
    ("text", "value", "change"),
    [
        ("12", 12, ""),
        (" 12 ", 12, ""),
        ("\n12\n", 12, ""),
        ("\u200b12", 12, ""),
        ("１２", 12, "全角数字"),
        ("1,234", 1234, "千分位逗号"),
        ("12件", 12, "单位“件”"),
        ("十二", 12, "中文数字"),
        ("-3", -3, ""),
        ("－3", -3, "全角数字"),
        ("3①", 3, "脚注符号“①”"),
        ("3*", 3, "脚注符号“*”"),
        ("3[1]", 3, "脚注符号“[1]”"),
        ("3［注］", 3, "脚注符号“［注］”"),
        ("3²", 3, "脚注符号“²”"),
        ("3 注1", 3, "脚注符号“注1”"),
        ("１２（注）", 12, "脚注符号“（注）”"),
    ],
)
def test_a_figure_is_read_and_what_was_changed_is_named(text: str, value: int, change: str) -> None:
    entry = read_page(page_with({CELL: text})).entries[CELL]
    assert entry.value == Decimal(value)
    assert (change in "、".join(entry.changes)) if change else not entry.changes
    assert bool(entry.raw) == bool(entry.changes)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("", EntryKind.BLANK),
        ("\u202e21", EntryKind.UNKNOWN),
        ("1\u200f2\u200f3", EntryKind.UNKNOWN),
        ("\u202e十二", EntryKind.UNKNOWN),
        ("\u00a0", EntryKind.BLANK),
        ("\u3000\n", EntryKind.BLANK),
        ("/", EntryKind.MARK),
        ("—", EntryKind.MARK),
        ("无", EntryKind.MARK),
        ("见附件", EntryKind.TEXT),
        ("①", EntryKind.TEXT),
    ],
)
def test_what_is_no_figure_is_kept_as_what_it_is(text: str, kind: EntryKind) -> None:
    assert read_page(page_with({CELL: text})).entries[CELL].kind is kind


@pytest.mark.parametrize(
    "text", ["15 13", "007", "12 1", "1-3", "约12余", "3（1）", "12/3", "1.2.3", "5元", "3月1日"]
)
def test_what_may_be_several_figures_is_unknown_and_says_so(text: str) -> None:
    entry = read_page(page_with({CELL: text})).entries[CELL]
    assert entry.kind is EntryKind.UNKNOWN
    assert (entry.raw, entry.number) == (text, None)
    assert f"“{text}”" in entry.reason


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("\ufffd", "有认不出来的字"),
        ("1\ufffd2", "有认不出来的字"),
        ("\ufffd\n12", "有认不出来的字"),
        ("12\n\ufffd", "数可能不全，或属于别的行"),
        ("12\n\ufffd\n\ufffd", "数可能不全，或属于别的行"),
    ],
)
def test_what_nobody_can_read_or_vouch_for_is_unknown(text: str, reason: str) -> None:
    entry = read_page(page_with({CELL: text})).entries[CELL]
    assert (entry.kind, entry.reason) == (EntryKind.UNKNOWN, reason)


@pytest.mark.parametrize(
    "text", ["法律\n服务\n机构\n/", "自然人", "自然人 —", "其他 无", "法人或其他组织"]
)
def test_the_words_of_a_head_in_place_of_a_figure_are_unknown(text: str) -> None:
    entry = read_page(page_with({CELL: text})).entries[CELL]
    assert (entry.kind, entry.reason) == (EntryKind.UNKNOWN, "格里是表头的字，不是数")


def test_every_figure_has_its_place() -> None:
    entry = read_page(page_with({})).entries[CELL]
    assert entry.place is not None
    assert (entry.place.sheet, entry.place.cell) == ("第2个表格", "第4行")


FEES = "proactive.fees.amount"


def head_of_fees(head: str, amount: str) -> Entry:
    """The fee as it is read below a head."""
    page = page_with({FEES: amount})
    grid = page.grid("proactive")
    rows = tuple(
        tuple(replace(box, text=head) if "收费金额" in box.text else box for box in row)
        for row in grid.rows
    )
    return read_page(page.with_grid(grid, replace(grid, rows=rows))).entries[FEES]


@pytest.mark.parametrize(
    ("head", "amount", "value", "change"),
    [
        ("本年收费金额（单位：元）", "1200", Decimal("0.12"), "表头单位“元”"),
        ("本年收费金额（元）", "1200元", "unknown", ""),
        ("本年收费金额(万元)", "12.5", Decimal("12.5"), ""),
        ("本年收费金额（单位：万元）", "1200元", Decimal("0.12"), "单位“元”"),
        ("本年收费金额", "12.5", "unknown", ""),
    ],
)
def test_the_unit_of_money_is_that_of_the_head(
    head: str, amount: str, value: Decimal | str, change: str
) -> None:
    entry = head_of_fees(head, amount)
    assert outcome(entry) == value
    assert change in "、".join(entry.changes)
