"""Which of several deliveries is the later one, as far as their names say so.

File times say nothing: unzipping and forwarding rewrite them. What people write into names does:
第二次报送, v2, 更正, 20260112. Two signs that point to different files tell nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from gk_xlsx.amounts import chinese_number

_TIMES = re.compile(
    r"第([0-9]{1,2}|[一二三四五六七八九十]{1,2})(?:次|版|稿|回)"
    r"|(?:^|[^A-Za-z0-9])[vV](?:er(?:sion)?)?[ ._-]?([0-9]{1,2})(?![0-9])"
    r"|([一二三四五六七八九])(?:稿|次报送|次上报)"
)
_CORRECTED = re.compile(r"更正|修改|修订|订正|改正|补正|重新报送|重报|更新|最终|最新|终稿|定稿")
_DATE = re.compile(
    r"(?<![0-9])20[0-9]{2}[-._年]?(0?[1-9]|1[0-2])[-._月]?(0[1-9]|[12][0-9]|3[01]|[1-9])(?![0-9])"
    r"|(?<![0-9])(1[0-2]|[1-9])月(3[01]|[12][0-9]|0?[1-9])(?:日|号|(?![0-9]))"
)
_AUTUMN = 9
"""Reports are collected around New Year: what is dated after this month was the year before."""

Sign = tuple[int, ...] | None
"""A place in an order; None where a name says nothing."""


def latest(paths: Sequence[str]) -> int | None:
    """The index of the delivery whose path names it as the latest; None where that is not told.

    Args:
        paths: folders and archives count too (`1月12日/某局.xlsx`).
    """
    found = {at for read in _SIGNS if (at := _last([read(path) for path in paths])) is not None}
    return found.pop() if len(found) == 1 else None


def _last(signs: Sequence[Sign]) -> int | None:
    """The index of the one that stands last; None where several do, or one says nothing."""
    if None in signs or len(set(signs)) == 1:
        return None
    known = [sign for sign in signs if sign is not None]
    top = max(known)
    return known.index(top) if known.count(top) == 1 else None


def _times(path: str) -> Sign:
    """Which delivery it is; one that does not say so is the first."""
    numbers = [_number(next(filter(None, match.groups()))) for match in _TIMES.finditer(path)]
    return (max(numbers, default=1),)


def _corrected(path: str) -> Sign:
    return (1 if _CORRECTED.search(path) else 0,)


def _dated(path: str) -> Sign:
    """The last date that is named, as month and day of one winter."""
    dates = [tuple(int(part) for part in match.groups() if part) for match in _DATE.finditer(path)]
    return max(
        ((month - 12 if month > _AUTUMN else month, day) for month, day in dates), default=None
    )


def _number(text: str) -> int:
    return int(text) if text.isdigit() else chinese_number(text) or 1


_SIGNS: tuple[Callable[[str], Sign], ...] = (_times, _corrected, _dated)
