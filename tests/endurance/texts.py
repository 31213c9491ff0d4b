"""Texts that mean something to a program on the way: formulas, markup, tags, controls."""

from __future__ import annotations

from dataclasses import replace

from gk_xlsx.report import AnnualReport, Entry, EntryKind, Explanation, Signed, last_year_of
from gk_xlsx.resources import form
from gk_xlsx.units import Unit
from tests.made import clean_report

TEXTS = {
    "formula": "=1+1",
    "command": "+cmd|' /C calc'!A0",
    "function": "@SUM(A1:A9)",
    "difference": "-2+3",
    "full width": "＝1+1",
    "link": '=HYPERLINK("http://example.invalid","点此")',
    "tab": "\t=1+1",
    "markup": "<script>alert(1)</script><b>&amp;</b>",
    "attribute": "\" onmouseover='x' <img src=x onerror=x>",
    "cdata": "a]]>b<!--c-->",
    "word": "</w:t></w:r><w:br/>",
    "entity": "&lt;&#x202e;&nbsp;",
    "controls": "a\x01\x07\x08\x1b[31m红\x1b]0;窗口\x07b\x7f",
    "controls 1": "a\x9b31m\x90b\x84c",
    "direction": "a\u202egnp.exe\u2066b\u200f",
    "half": "a\ud800b",
    "nothing": "a\0b",
    "no character": "a\uffff\ufffeb",
    "line ends": "一\r\n二\r三\u2028四\x85五",
    "emoji": "👨‍👩‍👧𠮷",
    "combining": "e\u0301\u0327局\u0301",
    "private": "\ue000\U000f0000",
    "escape": "_x000D_ _x0041_ _xD83D_",
    "quotes": "\"'“”‘’`\\",
    "braces": "{_{ x }_} {_% y %_} { { } }",
    "percent": "%s %d {0} {unit} $1 \\1",
    "spaces": "\u00a0甲\u3000乙\u200b丙",
    "long": "长" * 40_000,
    "long and wide": "𠮷" * 20_000,
}
"""By what they are about. All stand where a name, a title, a text or an answer may stand."""

TAGS = {
    "expression": "{{ 7*7 }}",
    "statement": "{% for a in b %}x{% endfor %}",
    "comment": "{# 注 #}",
    "class": "{{ ''.__class__.__mro__ }}",
    "open": "{{ {%",
}
"""Texts that a template would take for its own; within a narrative they are tags."""

ALL = TEXTS | TAGS
ASKED = "requests.new.company"
"""The cell that holds the text where a figure should stand."""


def everywhere(text: str, narrative: str | None = None) -> AnnualReport:
    """A report that has a text wherever texts of its own may stand."""
    report = clean_report()
    last = replace(last_year_of(report), year=report.year - 1, unit=text)
    words = text if narrative is None else narrative
    asked = Explanation("YR01", ("requests.carried_in.total",), text, None, None, text)
    return replace(
        report,
        unit=Unit(text, text),
        title=text,
        signed=Signed(text, text),
        narrative={"preface": words, "overview": f"本年{words}。", "other": words},
        entries={**report.entries, ASKED: Entry(EntryKind.TEXT, raw=text)},
        last_year=last,
        explanations=(asked,),
        notes=text,
        headings=(text,),
    )


def squeezed(text: str) -> str:
    """A text without its spaces and line ends."""
    return "".join(text.split())


FORM = form("2021")
