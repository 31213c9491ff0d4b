"""A rule's manual page, taken apart: text, Markdown and Word show the same parts."""

from __future__ import annotations

from dataclasses import dataclass
from inspect import cleandoc
from types import MappingProxyType

from gk_xlsx.findings import Gate, Severity
from gk_xlsx.rules.rule import Described

FAMILIES = MappingProxyType(
    {
        "AR": "勾稽关系",
        "IN": "填写",
        "YR": "与去年衔接",
        "TX": "文字与表格",
        "FM": "体例格式",
        "LG": "依据与合理性",
        "SE": "填报表是否被改动",
        "RO": "汇总",
        "FI": "文件",
    }
)
"""First two letters of a code to what the family looks at, in the order they are shown."""

WHAT, SOURCE, EXAMPLE, FIX, LEFT = "查什么", "依据", "例", "怎么改", "不管的"
LABELS = (WHAT, SOURCE, EXAMPLE, FIX, LEFT)
"""How the parts of a page begin, in their order."""


@dataclass(frozen=True, slots=True)
class Page:
    """A rule's page.

    Attributes:
        title: the rule in one English sentence.
        parts: label (see `LABELS`) and text of each part, in the order of the page.
    """

    code: str
    name: str
    severity: Severity
    gate: Gate
    title: str
    parts: tuple[tuple[str, str], ...]

    def part(self, label: str) -> str:
        """The text behind a label; empty where the page has no such part."""
        return dict(self.parts).get(label, "")


def page_of(rule: Described) -> Page:
    """The page that a rule's docstring holds."""
    title, _, chinese = cleandoc(rule.page).partition("\n")
    parts: list[tuple[str, str]] = []
    for line in filter(None, map(str.strip, chinese.splitlines())):
        label, _, text = line.partition("：")
        if label in LABELS:
            parts.append((label, text))
        elif parts:
            parts[-1] = (parts[-1][0], f"{parts[-1][1]}{line}")
    return Page(rule.code, rule.name, rule.severity, rule.gate, title, tuple(parts))
