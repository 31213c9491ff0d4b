"""催报: a plain text that the office forwards to its units. Source: OFFICE.md, Wordings."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Sequence

from gk_xlsx.rollup.collected import Collected
from gk_xlsx.rollup.states import LineStatus, State

_AGAIN = {
    State.UNREADABLE: "文件不能读取",
    State.WRONG_YEAR: "年份不符",
    State.UNCLEAR: "几份数据不同",
}
"""Why a report must be sent again, in a few words."""


def reminder(collected: Collected) -> str:
    """The whole text, one paragraph; names in the order of the roster."""
    return "".join(_sentences(collected))


def _sentences(collected: Collected) -> Iterator[str]:
    passed, missing = len(collected.of(State.PASSED)), collected.of(State.MISSING)
    moment = collected.moment
    yield (
        f"【年报催报】截至{_day(moment.date())}{moment.hour}时，应报 {len(collected.due)} 份，"
        f"已报 {len(collected.sent)} 份，审核通过 {passed} 份。"
    )
    if missing:
        yield f"尚未报送：{_names(missing)}（共 {len(missing)} 家），{_until(collected)}。"
    again = collected.of(*_AGAIN)
    if again:
        named = (f"{item.bundle.line.name}（{_AGAIN[item.state]}）" for item in again)
        yield f"请重新报送：{'、'.join(named)}。"
    yield from _counted("待修改", collected.of(State.TO_FIX), lambda item: item.errors)
    yield from _counted("待说明", collected.of(State.TO_EXPLAIN), lambda item: item.questions)
    waiting = collected.of(State.RECEIVED)
    if waiting:
        yield f"请补报报告文本：{_names(waiting)}。"
    office = collected.office
    if office.contact or office.phone:
        phone = f"，电话 {office.phone}" if office.phone else ""
        yield f"联系人{office.contact or office.signature}{phone}。"


def _counted(
    what: str, lines: Sequence[LineStatus], count: Callable[[LineStatus], int]
) -> Iterator[str]:
    if lines:
        named = (f"{item.bundle.line.name}{_places(count(item))}" for item in lines)
        yield f"{what}：{'、'.join(named)}。"


def _places(number: int) -> str:
    """How many; nothing where the office sent a report back for reasons of its own."""
    return f"（{number} 处）" if number else ""


def _until(collected: Collected) -> str:
    limit, today = collected.collection.submit_by, collected.moment.date()
    if limit is None:
        return "请尽快报送"
    if limit < today:
        return f"报送截止日{_day(limit)}已过，请即报送"
    return f"请于{_day(limit)}下班前报送"


def _names(lines: Sequence[LineStatus]) -> str:
    return "、".join(item.bundle.line.name for item in lines)


def _day(day: datetime.date) -> str:
    return f"{day.month}月{day.day}日"
