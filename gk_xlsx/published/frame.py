"""The frame of a document: title, unit, year, headings, text, signature."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from gk_xlsx.form import Form
from gk_xlsx.published.facts import title_in_tables
from gk_xlsx.published.flow import Item, flow_of
from gk_xlsx.published.headings import Heading, headings, is_contents, with_own_lines
from gk_xlsx.published.model import Block, Document, Paragraph, Picture, Table
from gk_xlsx.published.naming import Title, body_of, own_text, title_of, unit_of, year_of
from gk_xlsx.published.remains import without_remains
from gk_xlsx.published.signature import ending_of
from gk_xlsx.published.texts import as_markdown, joined
from gk_xlsx.report import NARRATIVE_KEYS, Observation, Place, Seen, Signed, narrative

PREFACE = "preface"


@dataclass(frozen=True)
class Frame:
    """What stands around the tables."""

    title: str
    unit: str
    year: int
    headings: tuple[str, ...]
    narrative: Mapping[str, str]
    signed: Signed
    observations: tuple[Observation, ...]


@dataclass(frozen=True)
class _Parts:
    """A document cut at its headings.

    Attributes:
        parts: part of the report to its items; heading and statutory tables left out.
        levels: part to how deep its heading is in the source's counting.
    """

    title: Title
    headings: tuple[Heading, ...]
    parts: Mapping[str, tuple[Item, ...]]
    levels: Mapping[str, int]
    signed: Signed


def frame_of(document: Document, form: Form, statutory: Mapping[str, Sequence[int]]) -> Frame:
    """Everything but the figures.

    Args:
        document: whose frame.
        form: the edition it was read as.
        statutory: key of each statutory table that was found to the numbers (from 0) of the
            document's tables that it stands in.
    """
    numbers = [(number, name) for name, found in statutory.items() for number in found]
    cut = _cut(document, form, numbers)
    blocks = {name: _blocks(document, items) for name, items in cut.parts.items()}
    texts = {
        name: as_markdown(part, cut.levels.get(name, min(cut.levels.values(), default=1)))
        for name, part in blocks.items()
    }
    preface = texts.get(PREFACE, "")
    return Frame(
        title=cut.title.text,
        unit=unit_of(cut.title.text, cut.signed.by, preface),
        year=year_of(cut.title.text, document.title, preface, texts.get("overview", "")),
        headings=tuple(heading.found.lstrip("#") for heading in cut.headings),
        narrative=narrative(texts.items()),
        signed=cut.signed,
        observations=tuple(_pictures(cut.parts, form, statutory)),
    )


def sections_of(document: Document, form: Form) -> Mapping[str, tuple[Block, ...]]:
    """The parts of a document that holds a report's text, with its pictures and own tables.

    Returns:
        Part (see `report.NARRATIVE_KEYS`) to its blocks in order, without the headings of the
        sections, title and signature; parts without any block are left out.
    """
    cut = _cut(document, form, ())
    parts = {name: tuple(_blocks(document, items)) for name, items in cut.parts.items()}
    return MappingProxyType({name: parts[name] for name in NARRATIVE_KEYS if parts.get(name)})


def _blocks(document: Document, items: Sequence[Item]) -> list[Block]:
    blocks = [item.block for item in items]
    return list(joined(blocks)) if document.torn else blocks


def _cut(document: Document, form: Form, statutory: Sequence[tuple[int, str]]) -> _Parts:
    items = with_own_lines(flow_of(document, statutory), form)
    found = headings(items, form)
    first = min((heading.at for heading in found), default=_first_table(items))
    title = _title(document, items[:first])
    opening = [item for item in own_text(items[title.end : first]) if not is_contents(item, form)]
    bounds = [*(heading.at for heading in found), len(items)]
    parts = {
        heading.section.key: list(items[heading.at + 1 : end])
        for heading, end in zip(found, bounds[1:], strict=False)
    }
    last = found[-1].section.key if found else ""
    ending = ending_of(parts.get(last, ()), body_of(title.text))
    parts = {PREFACE: opening, **parts, **({last: list(ending.items)} if last else {})}
    own = {name: tuple(_own(form, name, part)) for name, part in parts.items()}
    levels = {heading.section.key: _level(items[heading.at]) for heading in found}
    return _Parts(title, found, own, levels, ending.signed)


def _title(document: Document, opening: Sequence[Item]) -> Title:
    """The title; where no paragraph and no field states it, that in a cell above a table."""
    title = title_of(opening, document.title)
    tables = (block for block in document.blocks if isinstance(block, Table))
    return title if title.text else Title(title_in_tables(tables))


def _first_table(items: Sequence[Item]) -> int:
    return next((at for at, item in enumerate(items) if item.table), len(items))


def _level(item: Item) -> int:
    """How deep a heading is in its source; 1 where the source does not say."""
    return max(item.block.level, 1) if isinstance(item.block, Paragraph) else 1


def _own(form: Form, name: str, items: Sequence[Item]) -> Iterator[Item]:
    """A part without the statutory tables, and without what is left of one that lost its cells."""
    table = next((one.table for one in form.sections if one.key == name and one.table), None)
    left = without_remains(items, form.table(table)) if table else items
    return (item for item in left if not item.table)


def _pictures(
    parts: Mapping[str, Sequence[Item]], form: Form, statutory: Mapping[str, Sequence[int]]
) -> Iterator[Observation]:
    """Sections that hold a picture where their table should stand."""
    for section in form.sections:
        if not section.table or section.table in statutory:
            continue
        for item in parts.get(section.key, ()):
            if isinstance(item.block, Picture):
                place = Place(item.block.place)
                yield Observation(Seen.PICTURE_TABLE, table=section.table, place=place)
                break
