"""Section headings: which paragraph begins which section, though words or numbers were changed."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import chain

from gk_xlsx.form import Form, Section
from gk_xlsx.published.flow import Item, bare, split_at
from gk_xlsx.published.model import Paragraph

_LONGEST = 45
_NUMERAL = re.compile(r"[（(]?[一二三四五六七八九十]{1,3}[）)]?[、.．，,:：]?")
_NUMBERED = re.compile(r"[一二三四五六七八九十]{1,3}[、.．]")
_SENTENCE = re.compile("[。；！？]")
_CONTENTS = re.compile(r"[.…·．\-—]*\d{0,3}$")
"""What follows a heading in a table of contents: dots and a page."""

_PUNCTUATION = re.compile("[、，,：:（）()]")

_ALIKE = 0.55
"""So alike must be what has the heading's number too."""
_ALIKE_UNNUMBERED = 0.8
_MOST = 5_000
"""Altered headings are looked for among so many paragraphs; a report has a hundred."""
_BEFORE_TABLE = 3
"""A heading stands at most so many blocks above its table."""
_FEWEST_INLINE = 3
"""So many headings within paragraphs show that a text has lost its line ends."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A section heading.

    Attributes:
        at: its place among the items.
        found: as it stands there, without white space.
    """

    at: int
    section: Section
    found: str


def with_own_lines(items: Sequence[Item], form: Form) -> tuple[Item, ...]:
    """Headings that stand in one paragraph with other text, put in paragraphs of their own."""
    cut = [_at_lines(item, form) for item in items]
    flat = list(chain.from_iterable(cut))
    starts = [_inline(item, form) for item in flat]
    if sum(len(found) for found in starts) < 2 * _FEWEST_INLINE:
        return tuple(flat)
    return tuple(
        part for item, found in zip(flat, starts, strict=True) for part in split_at(item, found)
    )


def _at_lines(item: Item, form: Form) -> list[Item]:
    """A paragraph with line breaks, cut around a line that is a heading."""
    if not isinstance(item.block, Paragraph) or "\n" not in item.block.text:
        return [item]
    starts, at = set(), 0
    for line in item.block.text.split("\n"):
        if any(_same(bare(line), section) for section in form.sections):
            starts |= {at, at + len(line) + 1}
        at += len(line) + 1
    return list(split_at(item, {start for start in starts if start <= len(item.block.text)}))


def _inline(item: Item, form: Form) -> set[int]:
    """Where headings begin and end within a long paragraph, to the letter."""
    if not isinstance(item.block, Paragraph) or len(item.text) <= _LONGEST:
        return set()
    text = item.block.text
    starts = set()
    for section in form.sections:
        at = text.rfind(section.heading)
        if at >= 0:
            starts |= {at, at + len(section.heading)}
    return starts


def headings(items: Sequence[Item], form: Form) -> tuple[Heading, ...]:
    """The section headings, in the order of the document."""
    found: dict[str, Heading] = {}
    for section in form.sections:
        exact = _exact(items, section)
        if exact is not None:
            found[section.key] = exact
    for index, section in enumerate(form.sections):
        if section.key not in found:
            heading = _alike(items, form, index, found) or _above_table(items, section, found)
            if heading:
                found[section.key] = heading
    return tuple(sorted(found.values(), key=lambda heading: heading.at))


def is_contents(item: Item, form: Form) -> bool:
    """Whether a paragraph is a line of a table of contents."""
    text = _CONTENTS.sub("", item.text)
    return bool(text) and any(_same(text, section) for section in form.sections)


def _exact(items: Sequence[Item], section: Section) -> Heading | None:
    """The last paragraph with the heading's words; above its table where it has one."""
    found = [at for at, item in enumerate(items) if _same(item.text, section)]
    table = next(
        (at for at, item in enumerate(items) if section.table and item.table == section.table), None
    )
    before = [at for at in found if table is not None and at < table]
    chosen = before or found
    return Heading(chosen[-1], section, items[chosen[-1]].text) if chosen else None


def _alike(
    items: Sequence[Item], form: Form, index: int, found: Mapping[str, Heading]
) -> Heading | None:
    """The most alike paragraph between the headings around it."""
    section = form.sections[index]
    taken = {heading.at for heading in found.values()}
    before = [found[item.key].at for item in form.sections[:index] if item.key in found]
    after = [found[item.key].at for item in form.sections[index + 1 :] if item.key in found]
    between = range(max(before, default=-1) + 1, min(after, default=len(items)))[:_MOST]
    ranked = [(_likeness(items[at].text, section), at) for at in between if at not in taken]
    score, at = max(ranked, default=(0.0, -1))
    return Heading(at, section, items[at].text) if score > 0 else None


def _same(found: str, section: Section) -> bool:
    """Whether a line has the heading's words, whatever its number."""
    return 0 < len(found) <= _LONGEST and _words(found) == _words(section.heading)


def _likeness(found: str, section: Section) -> float:
    """How alike a line is to a heading, 0 for no heading; the same number counts for much."""
    if not found or len(found) > _LONGEST or _SENTENCE.search(found):
        return 0
    numbered = _NUMBERED.match(found) is not None and found[:1] == section.heading[:1]
    least = _ALIKE if numbered else _ALIKE_UNNUMBERED
    matcher = SequenceMatcher(None, _words(found), _words(section.heading), autojunk=False)
    if matcher.real_quick_ratio() < least or matcher.quick_ratio() < least:
        return 0
    alike = matcher.ratio()
    return alike if alike >= least else 0


@lru_cache(maxsize=4096)
def _words(heading: str) -> str:
    """A heading without its number and punctuation."""
    return _PUNCTUATION.sub("", _NUMERAL.sub("", heading, count=1))


def _above_table(
    items: Sequence[Item], section: Section, found: Mapping[str, Heading]
) -> Heading | None:
    """A numbered line right above the section's table, whatever it says."""
    table = next(
        (at for at, item in enumerate(items) if section.table and item.table == section.table), 0
    )
    taken = {heading.at for heading in found.values()}
    for at in range(table - 1, max(table - 1 - _BEFORE_TABLE, -1), -1):
        text = items[at].text
        if at in taken or items[at].table:
            return None
        if _NUMBERED.match(text) and len(text) <= _LONGEST and not _SENTENCE.search(text):
            return Heading(at, section, text)
    return None
