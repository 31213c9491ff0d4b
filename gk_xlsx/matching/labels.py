"""Labels as they are found → the labels of the form.

Two labels are the same when their keys are. What is left apart is compared by edit distance, and
a near miss counts only where nothing else could be meant.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

_NOISE = re.compile(r"[\s\u00a0\u200b\u3000.。·、,，:：;；()（）\[\]【】〔〕“”\"'‘’《》—–_\-]+")

_VARIANTS = (
    ("钩稽", "勾稽"),
    ("其它", "其他"),
    ("合计", "总计"),
    ("共计", "总计"),
    ("本年度", "本年"),
    ("上年度", "上年"),
    ("下年度", "下年"),
    ("法律和行政法规", "法律行政法规"),
    ("法律及行政法规", "法律行政法规"),
    ("法人和其他组织", "法人或其他组织"),
    ("法人及其他组织", "法人或其他组织"),
    ("法人其他组织", "法人或其他组织"),
    ("行政规范性文件", "规范性文件"),
)
"""What published reports write for the same label. Source: FORM.md, CHECKS.md, reports read."""

_NUMBER = re.compile(
    r"\s*(?:[（(]\s*(?:[一二三四五六七八九十]{1,3}|\d{1,2})\s*[）)]"
    r"|(?:[一二三四五六七八九十]{1,3}|\d{1,2})\s*[、.．:：)）])"
)

LONGEST = 120
"""No label of the form is as long; what is longer is text."""

_SHORTEST_NEAR = 4
"""Shorter labels have no near misses: one sign of 规章 is half of it."""


def normal(text: str) -> str:
    """A label without what differs between programs and typists: width, spaces, punctuation."""
    return _NOISE.sub("", unicodedata.normalize("NFKC", text))


@lru_cache(maxsize=4096)
def key(text: str) -> str:
    """What equal labels have in common: `normal`, with the known variants as one."""
    found = normal(text)
    for variant, label in _VARIANTS:
        found = found.replace(variant, label)
    return found


def bare_key(text: str) -> str:
    """The key of a label without its number: （三）不予公开 → 不予公开."""
    return key(_NUMBER.sub("", unicodedata.normalize("NFKC", text), count=1))


def distance(left: str, right: str, limit: int) -> int:
    """How many signs must be put in, left out or changed; `limit` + 1 for anything above it."""
    if abs(len(left) - len(right)) > limit:
        return limit + 1
    above = list(range(len(right) + 1))
    for row, sign in enumerate(left, 1):
        current = [row]
        for column, other in enumerate(right, 1):
            step = above[column - 1] + (sign != other)
            current.append(min(step, above[column] + 1, current[-1] + 1))
        if min(current) > limit:
            return limit + 1
        above = current
    return min(above[-1], limit + 1)


def nearest(found: str, labels: Iterable[str]) -> str:
    """The one label (all are keys) that a misspelt one is meant for; empty where none or unsure.

    The second best must be at least two signs further away.
    """
    limit = _tolerance(len(found))
    if not limit:
        return ""
    ranked = sorted((distance(found, label, limit + 2), label) for label in labels)
    if not ranked or ranked[0][0] > min(limit, _tolerance(len(ranked[0][1]))):
        return ""
    if len(ranked) > 1 and ranked[1][0] < ranked[0][0] + 2:
        return ""
    return ranked[0][1]


def _tolerance(length: int) -> int:
    """How many wrong signs a label of that length may have."""
    if length < _SHORTEST_NEAR:
        return 0
    return 1 if length < 8 else 2 if length < 15 else 3
