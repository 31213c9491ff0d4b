"""Charts of a collection as inline SVG: how many stand where, and how reports came in by day."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from gk_xlsx.rollup.states import LineStatus, State

ORDER = (
    State.PASSED,
    State.RECEIVED,
    State.TO_EXPLAIN,
    State.TO_FIX,
    State.UNCLEAR,
    State.WRONG_YEAR,
    State.UNREADABLE,
    State.MISSING,
)
"""From done to not begun, as the bars show them."""

_BAR = 100
_WIDTH, _HEIGHT = 360, 170
_LEFT, _RIGHT, _TOP, _BOTTOM = 30, 348, 14, 142
"""The frame of the curve within its picture."""


@dataclass(frozen=True, slots=True)
class Share:
    """A state and how many lines stand in it."""

    state: State
    number: int


def shares(lines: Sequence[LineStatus]) -> tuple[Share, ...]:
    """The states that occur, in the order of `ORDER`."""
    found = [Share(state, sum(line.state is state for line in lines)) for state in ORDER]
    return tuple(share for share in found if share.number)


def bar(lines: Sequence[LineStatus]) -> Markup:
    """A bar of the states' shares, as wide as its place; empty where no line is due."""
    parts = shares(lines)
    total = sum(part.number for part in parts)
    if not total:
        return Markup("")
    words = "，".join(f"{part.state.label} {part.number} 份" for part in parts)
    pieces, at = [], 0.0
    for part in parts:
        width = _BAR * part.number / total
        pieces.append(
            Markup('<rect class="s-{}" x="{:.3f}" width="{:.3f}" height="10"/>').format(
                part.state.value, at, width
            )
        )
        at += width
    return Markup(
        '<svg class="bar" viewBox="0 0 100 10" preserveAspectRatio="none" role="img" '
        'aria-label="{}"><title>{}</title>{}</svg>'
    ).format(words, words, Markup("").join(pieces))


@dataclass(frozen=True, slots=True)
class _Axes:
    """Where a day and a number stand in the picture."""

    first: datetime.date
    last: datetime.date
    due: int

    def x(self, day: datetime.date) -> float:
        span = max((self.last - self.first).days, 1)
        return _LEFT + (_RIGHT - _LEFT) * (day - self.first).days / span

    def y(self, number: int) -> float:
        return _BOTTOM - (_BOTTOM - _TOP) * number / max(self.due, 1)


def curve(days: Mapping[datetime.date, int], due: int, limit: datetime.date | None) -> Markup:
    """How many reports were there by each day; empty where they all came on one day.

    Args:
        days: the day to how many came on it.
        due: how many should come.
        limit: the last day on time, or None.
    """
    if len(days) < 2:
        return Markup("")
    axes = _Axes(min(days), max((*days, *([limit] if limit else []))), due)
    number, points = 0, [(axes.x(axes.first), axes.y(0))]
    for day in sorted(days):
        points.append((axes.x(day), axes.y(number)))
        number += days[day]
        points.append((axes.x(day), axes.y(number)))
    points.append((axes.x(axes.last), axes.y(number)))
    words = f"{_day(axes.first)}至{_day(max(days))}，收到 {number} 份，应报 {due} 份"
    return Markup(
        '<svg class="curve" viewBox="0 0 {} {}" role="img" aria-label="{}"><title>{}</title>'
        '<g class="axes">{}</g><polyline points="{}"/><text x="{}" y="{:.1f}" '
        'text-anchor="end">{}</text>{}</svg>'
    ).format(
        _WIDTH,
        _HEIGHT,
        words,
        words,
        _frame(axes),
        " ".join(f"{x:.1f},{y:.1f}" for x, y in points),
        _RIGHT,
        axes.y(number) - 4,
        number if number < due else "",
        _deadline(axes, limit),
    )


def _frame(axes: _Axes) -> Markup:
    """The base line, the line of what is due, and the days at both ends."""
    top, bottom = axes.y(axes.due), axes.y(0)
    line = Markup('<line x1="{}" x2="{}" y1="{:.1f}" y2="{:.1f}"/>')
    text = Markup('<text x="{}" y="{:.1f}" text-anchor="{}">{}</text>')
    return Markup("").join(
        (
            line.format(_LEFT, _RIGHT, bottom, bottom),
            line.format(_LEFT, _RIGHT, top, top),
            text.format(_LEFT - 4, top + 4, "end", axes.due),
            text.format(_LEFT - 4, bottom + 4, "end", 0),
            text.format(_LEFT, bottom + 18, "start", _day(axes.first)),
            text.format(_RIGHT, bottom + 18, "end", _day(axes.last)),
        )
    )


def _deadline(axes: _Axes, limit: datetime.date | None) -> Markup:
    if limit is None or limit < axes.first:
        return Markup("")
    at = axes.x(limit)
    anchor, shift = ("end", -4) if at > (_LEFT + _RIGHT) / 2 else ("start", 4)
    return Markup(
        '<g class="limit"><line x1="{0:.1f}" x2="{0:.1f}" y1="{1}" y2="{2}"/>'
        '<text x="{3:.1f}" y="{4}" text-anchor="{5}">截止 {6}</text></g>'
    ).format(at, _TOP, _BOTTOM, at + shift, _BOTTOM - 8, anchor, _day(limit))


def _day(day: datetime.date) -> str:
    return f"{day.month}月{day.day}日"
