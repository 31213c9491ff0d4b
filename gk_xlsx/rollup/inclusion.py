"""Whether a report's text says that its figures include subordinate bodies (RO12)."""

from __future__ import annotations

import re
from collections.abc import Mapping

_SENTENCE = re.compile(r"[^。；！\n]+")
_INCLUDES = re.compile(
    r"(?:数据|统计|报告|情况)[^。；]{0,25}?(?:(?<![不未包])含|(?<![不未])(?:包括|包含|涵盖))[^。；]{0,20}?"
    r"(?:下属|所属|直属|局属|下设|二级)[^。；]{0,15}?(?:单位|机构|中心|站所|部门)"
)
_LONG = 80
"""Characters of a sentence that are quoted."""


def says_it_includes(narrative: Mapping[str, str]) -> str:
    """The first sentence that says so, without bold marks; empty where none does."""
    for text in narrative.values():
        for match in _SENTENCE.finditer(text.replace("**", "")):
            sentence = match[0].strip()
            if _INCLUDES.search(sentence):
                return sentence if len(sentence) <= _LONG else f"{sentence[:_LONG]}……"
    return ""
