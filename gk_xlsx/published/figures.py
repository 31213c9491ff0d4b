"""The text of a cell → what was found where a figure belongs, and how certain it is."""

from __future__ import annotations

import re
from dataclasses import replace

from gk_xlsx.amounts import MARKS
from gk_xlsx.form import Field, FieldKind, Table
from gk_xlsx.matching.labels import key
from gk_xlsx.matching.reading import Found
from gk_xlsx.published.direction import straight
from gk_xlsx.published.model import UNKNOWN_SIGN
from gk_xlsx.report import BLANK, Entry, EntryKind, Place, read_text

UNREADABLE = "有认不出来的字"
DOUBTED = "数可能不全，或属于别的行"
HEAD = "格里是表头的字，不是数"

MOST_DIGITS = 7
"""A number of cases with more digits is rather the figures of several cells in one."""

_FOOTNOTE = re.compile(
    r"(?<=[\d\s])\s*(?:[*＊※†‡#]{1,3}|[①-⑳㉑-㉟⓪❶-❿]|[⁰¹²³⁴-⁹]{1,2}"
    r"|[\[［〔【]\s*(?:注\s*)?\d{0,2}\s*[\]］〕】]|[（(]\s*注\s*\d{0,2}\s*[）)]|注\s*\d{0,2})\s*$"
)
_DIGIT = re.compile(r"[\d０-９]")
_SPACES = re.compile(r"[\s\u00a0\u3000\u200b\ufeff]+")


def figure(found: Found, field: Field, place: Place | None, table: Table) -> Entry:
    """What was found where a figure of a table belongs."""
    if found.doubt:
        return Entry(EntryKind.UNKNOWN, reason=found.doubt, place=place)
    entry = _read(found.text, field)
    if entry.kind is EntryKind.TEXT and _is_head(entry.raw, table):
        entry = replace(entry, kind=EntryKind.UNKNOWN, reason=HEAD)
    if found.unit and entry.kind is EntryKind.NUMBER:
        entry = _in_unit_of_head(entry, found, field)
    return replace(entry, place=place)


def _in_unit_of_head(entry: Entry, found: Found, field: Field) -> Entry:
    """A figure under a head that says 元, in the form's unit."""
    written = read_text(found.text.strip() + found.unit, field)
    if written.kind is not EntryKind.NUMBER or any("单位" in change for change in entry.changes):
        return Entry(EntryKind.UNKNOWN, raw=found.text, reason="表头和格里写的单位不同")
    return replace(written, raw=found.text.strip(), changes=(f"表头单位“{found.unit}”",))


def _read(text: str, field: Field) -> Entry:
    cleaned = straight(text).translate(_INVISIBLE).strip()
    if not _SPACES.sub("", cleaned):
        return BLANK
    if UNKNOWN_SIGN in cleaned:
        return Entry(EntryKind.UNKNOWN, raw=cleaned, reason=_unreadable(cleaned))
    entry = read_text(cleaned, field)
    if entry.kind is EntryKind.TEXT:
        entry = _without_footnote(cleaned, field) or _not_a_number(cleaned)
    if entry.value is not None and _too_long(entry, field):
        return Entry(EntryKind.UNKNOWN, raw=cleaned, reason=_glued(cleaned))
    return entry


_INVISIBLE = {ord(sign): None for sign in "\u200b\u200c\u200d\u2060\ufeff\u00ad"}


def _without_footnote(text: str, field: Field) -> Entry | None:
    mark = _FOOTNOTE.search(text)
    if mark is None:
        return None
    entry = read_text(text[: mark.start()], field)
    if entry.kind is not EntryKind.NUMBER:
        return None
    change = f"脚注符号“{mark[0].strip()}”"
    return replace(entry, raw=text, changes=(*entry.changes, change))


def _not_a_number(text: str) -> Entry:
    """Words are words; what holds digits may be a figure that cannot be told."""
    if _DIGIT.search(text):
        return Entry(EntryKind.UNKNOWN, raw=text, reason=f"“{_short(text)}”不能确定是哪个数")
    return Entry(EntryKind.TEXT, raw=text)


def _unreadable(text: str) -> str:
    """Why a cell with a sign that nobody can tell is unknown."""
    before, _, behind = text.partition(f"\n{UNKNOWN_SIGN}")
    unreadable = UNKNOWN_SIGN in before or behind.strip(f"\n{UNKNOWN_SIGN}")
    return DOUBTED if _DIGIT.search(before) and not unreadable else UNREADABLE


def _is_head(text: str, table: Table) -> bool:
    """Whether a cell holds a head's words and at most a mark: the line between them is missing."""
    whole = key(text)
    words = {whole, *(whole.removesuffix(mark) for mark in MARKS)}
    columns = (column for block in table.blocks for column in block.columns)
    return any(key(name) in words for column in columns for name in column.label)


def _too_long(entry: Entry, field: Field) -> bool:
    """Whether a count has more digits than a row of several cells would give it."""
    several = field.kind is FieldKind.COUNT and field.table != "proactive"
    return several and entry.number is not None and abs(entry.number) >= 10**MOST_DIGITS


def _glued(text: str) -> str:
    return f"“{_short(text)}”可能是几格的数连在一起"


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= 30 else text[:30] + "……"
