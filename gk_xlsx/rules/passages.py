"""A report's text as rules read it: part by part, every place a place in the Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from gk_xlsx.findings import TextLocation
from gk_xlsx.form import Form
from gk_xlsx.patterns import pattern
from gk_xlsx.rules.rule import Case

HOLE = "\ue000"
"""Stands for each character that is not read: a named figure, an address, a quoted name."""

PREFACE = "preface"

_AROUND = 30
_FIGURE = pattern(r"\{\{([^{}\n]{0,200})\}\}|\{%[^{}\n]{0,200}%\}")
_ADDRESS = pattern(r"(?:https?://|www\.)[!-;=?-~]+")
_SPACES = pattern(r"[\s#*]+")
_LINE = pattern(r"[^\n]+")
_SENTENCE = pattern(r"[^。！？；!?;\n]+")
_WIDE = {ord(wide): chr(ord(wide) - 0xFEE0) for wide in "０１２３４５６７８９"}
_NAMED_YEAR = "年"


@dataclass(frozen=True, slots=True)
class Span:
    """A line, a sentence or a word of a passage."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Passage:
    """The text of one part of a report.

    Attributes:
        raw: the Markdown as it was handed in; all places count in it.
        text: as long as `raw`, with narrow digits; figures named in braces and addresses are
            holes, only `{{ 年 }}` is the report's year.
    """

    section: str
    raw: str
    text: str

    def place(self, start: int, end: int) -> TextLocation:
        """Exactly these characters."""
        return TextLocation(self.section, self.raw[start:end], start, end)

    def around(self, start: int, end: int) -> TextLocation:
        """These characters with what stands beside them in their sentence, at most 30 each."""
        low, high = max(0, start - _AROUND), min(len(self.text), end + _AROUND)
        before = max((item.end for item in _breaks(self.text, low, start)), default=low)
        after = min((item.start for item in _breaks(self.text, end, high)), default=high)
        return self.place(before, after)

    @property
    def whole(self) -> TextLocation:
        """The beginning of the part, where all of it is meant."""
        return self.place(0, min(len(self.raw), 2 * _AROUND))

    @property
    def lines(self) -> Iterator[Span]:
        """The lines that hold something."""
        return _spans(_LINE, self.text)

    @property
    def sentences(self) -> Iterator[Span]:
        """What stands between full stops, semicolons and line ends."""
        return _spans(_SENTENCE, self.text)


def passages(case: Case) -> tuple[Passage, ...]:
    """The parts of a report that hold text, in the order of the report."""
    texts, year = case.report.narrative, case.report.year
    return tuple(_passage(key, text, year) for key, text in texts.items() if text.strip())


def passage(case: Case, section: str) -> Passage | None:
    """One part of a report, or None where nothing was written."""
    return next((item for item in passages(case) if item.section == section), None)


def has_text(case: Case) -> bool:
    """Whether any text was handed in; without it, rules about the text are silent."""
    return any(text.strip() for text in case.report.narrative.values())


def heading_missing(case: Case, section: str) -> bool:
    """Whether headings are known and this part's is not among them: that is FM02's finding."""
    right = _SPACES.sub("", case.form.section(section).heading)
    found = [_SPACES.sub("", item) for item in case.report.headings]
    return bool(found) and right not in found


def nowhere(section: str) -> TextLocation:
    """Where something is missing that belongs into a part."""
    return TextLocation(section, "", 0, 0)


def part_name(form: Form, section: str) -> str:
    """What users call a part: its heading, or 前言."""
    return "前言" if section == PREFACE else form.section(section).heading


def masked(text: str, pattern: re.Pattern[str]) -> str:
    """The text, as long as before, with what the pattern finds made holes."""
    return pattern.sub(lambda match: HOLE * len(match[0]), text)


@lru_cache(maxsize=32)
def _passage(section: str, raw: str, year: int) -> Passage:
    def figure(match: re.Match[str]) -> str:
        named = str(year) if (match[1] or "").strip() == _NAMED_YEAR else ""
        return named.rjust(len(match[0]), HOLE)

    return Passage(section, raw, masked(_FIGURE.sub(figure, raw), _ADDRESS).translate(_WIDE))


def _spans(pattern: re.Pattern[str], text: str) -> Iterator[Span]:
    return (Span(match.start(), match.end(), match[0]) for match in pattern.finditer(text))


_BREAK = pattern(r"[。！？；!?;\n]")


def _breaks(text: str, start: int, end: int) -> Iterator[Span]:
    return (Span(item.start(), item.end(), item[0]) for item in _BREAK.finditer(text, start, end))
