"""The rows below the heads: which of them are units, and what each says."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from gk_xlsx.rollup import roster_words as words
from gk_xlsx.rollup.roster import RosterLine, Standing
from gk_xlsx.rollup.roster_heads import Column, Heads
from gk_xlsx.rollup.roster_table import RosterTable

_GROUP = re.compile(r"(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[)）])\s*")
"""How a row begins that only says what the rows below it are: 一、政府工作部门（30个）."""
_ASIDE = re.compile(r"注[：:]|备注|说明|填表|制表|审核人|(?:合|总|小|共)\s*计")
"""How a row begins that is no unit: sums and notes."""
_BRACKETS = re.compile(r"[（(].*?[)）]")
_DITTOED = (Column.PARENT, Column.KIND, Column.SCOPE)


@dataclass(frozen=True, slots=True)
class Written:
    """A unit as it stands in the roster.

    Attributes:
        row: in the file, from 1.
        cells: what stands in the known columns; empty where nothing does.
        extra: the office's own columns, head to text; empty ones are left out.
        group: the heading above it (政府工作部门); its kind where it has none of its own. It says
            nothing of its level: a government's office may stand under 区政府.
    """

    row: int
    cells: Mapping[Column, str]
    extra: Mapping[str, str]
    group: str = ""

    @property
    def name(self) -> str:
        """The unit's name in one line."""
        return words.body(self.cells[Column.NAME])

    @property
    def line(self) -> RosterLine:
        """The line; `parent` is still as written, a word that is not known is its default."""
        cells = self.cells
        kind = words.body(cells[Column.KIND])
        counted = words.meaning(cells[Column.COUNTED], words.COUNTED)
        published = words.meaning(cells[Column.PUBLISHED], words.PUBLISHED)
        return RosterLine(
            row=self.row,
            name=self.name,
            code=words.body(cells[Column.CODE]),
            parent=words.body(cells[Column.PARENT]),
            level=words.level(kind),
            kind=kind or self.group,
            aliases=words.several(cells[Column.ALIASES]),
            scope=words.meaning(cells[Column.SCOPE], words.SCOPES) or words.SCOPES[""],
            counted=counted is not False,
            published=published is not False,
            standing=words.meaning(cells[Column.STANDING], words.STANDINGS) or Standing.NORMAL,
            last_sources=words.several(cells[Column.LAST_SOURCES]),
            contact="、".join(words.several(cells[Column.CONTACT])),
            phone="、".join(words.several(cells[Column.PHONE])),
            extra=MappingProxyType(dict(self.extra)),
        )


def written_lines(table: RosterTable, heads: Heads) -> Iterator[Written]:
    """The units in the order of the file.

    Blank rows, sums, notes and rows that only number are left out; a row that heads a group
    (一、政府工作部门) is the kind of those below it that have none of their own.
    """
    group, above = "", dict.fromkeys(Column, "")
    for index in range(heads.below, len(table.rows)):
        texts = [text for text in (table.text(index, at) for at in range(table.width)) if text]
        if not texts or _is_aside(table, heads, index, texts) or _continues(table, heads, index):
            continue
        if _is_group(table, heads, index, texts):
            group = words.body(_BRACKETS.sub("", _GROUP.sub("", texts[0])))
            continue
        cells = _cells(table, heads, index, above)
        above = cells
        yield Written(index + 1, cells, _extra(table, heads, index), group)


def _cells(
    table: RosterTable, heads: Heads, index: int, above: Mapping[Column, str]
) -> dict[Column, str]:
    cells = dict.fromkeys(Column, "")
    for column, at in heads.columns.items():
        cells[column] = table.filled(index, at)
    for column in _DITTOED:
        if words.is_ditto(cells[column]):
            cells[column] = above[column]
    for column in (Column.CONTACT, Column.PHONE):
        cells[column] = "、".join(_stacked(table, heads, index, column))
    return cells


def _stacked(table: RosterTable, heads: Heads, index: int, column: Column) -> Iterator[str]:
    """Texts of a column beside one unit: a name merged over two rows has two contacts."""
    at = heads.columns.get(column)
    if at is None:
        return
    rows = range(index, index + table.height(index, heads.columns[Column.NAME]))
    yield from dict.fromkeys(filter(None, (table.filled(row, at) for row in rows)))


def _extra(table: RosterTable, heads: Heads, index: int) -> dict[str, str]:
    texts = ((head, table.filled(index, at)) for at, head in heads.others.items())
    return {head: text for head, text in texts if text}


def _continues(table: RosterTable, heads: Heads, index: int) -> bool:
    """Whether a row belongs to the unit above it, whose name is merged over both."""
    merge = table.merge_at(index, heads.columns[Column.NAME])
    return merge is not None and merge.top != index


def _is_aside(table: RosterTable, heads: Heads, index: int, texts: list[str]) -> bool:
    """Whether a row is a sum, a note, or was only numbered and filled down beforehand."""
    if _ASIDE.match(texts[0]) or _ASIDE.match(table.text(index, heads.columns[Column.NAME])):
        return True
    named = table.filled(index, heads.columns[Column.NAME])
    return not named and all(text.isdecimal() or text in words.YES_OR_NO for text in texts)


def _is_group(table: RosterTable, heads: Heads, index: int, texts: list[str]) -> bool:
    if len(texts) > 1:
        return False
    merge = table.merge_at(index, heads.columns[Column.NAME])
    across = merge is not None and merge.right > merge.left
    return across or bool(_GROUP.match(texts[0]))
