"""The aspects of 一、总体情况: by which words a text is known to treat one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from types import MappingProxyType

_WORDS = MappingProxyType(
    {
        "主动公开": r"主动公开|主动发布|公开(?:各类|有关|相关)?(?:政府|政务)?信息|"
        r"发布[^，。；\n]{0,8}信息",
        "依申请公开": r"申请公开|公开申请|依申请",
        "政府信息管理": r"信息资源|(?:信息|公文|文件)[^，。；：\n]{0,6}管理",
        "政府信息公开平台建设": r"平台|专栏|专区|查阅[点室]|查阅场所|新媒体|公众号|"
        r"(?:网站|栏目)[^，。；\n]{0,6}(?:建设|改版|优化|管理|维护|升级)",
        "监督保障": r"监督|保障|考核|评议|责任追究|组织领导|业务培训",
    }
)
"""Aspect (as the form names it) to words by which a text is known to treat it."""


def treats(aspect: str, text: str) -> bool:
    """Whether a text treats an aspect at all."""
    return _found(aspect, text) is not None


def main_aspect(aspects: Sequence[str], text: str) -> str:
    """The aspect whose words come first in a text; empty where none is treated."""
    standing = {name: match.start() for name in aspects if (match := _found(name, text))}
    return min(standing, key=lambda name: standing[name], default="")


def _found(aspect: str, text: str) -> re.Match[str] | None:
    return re.search(_WORDS.get(aspect, re.escape(aspect)), text)
