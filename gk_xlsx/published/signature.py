"""The signature at the end of a report: body and date."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from gk_xlsx.published.flow import Item, bare, split_at
from gk_xlsx.published.model import Paragraph
from gk_xlsx.report import Signed

_DATE_TEXT = (
    r"(?:\d{4}\s*[年./-]\s*\d{1,2}\s*[月./-]\s*\d{1,2}\s*日?"
    r"|[一二][〇零○ＯO0一二三四五六七八九]{3}年[一二三四五六七八九十]{1,2}月[一二三四五六七八九十]{1,3}日)"
)
_DATE = re.compile(_DATE_TEXT)
_NAME_AND_DATE = re.compile(rf"([^\s。；！？：:，,、]{{2,40}})\s*({_DATE_TEXT})\s*$")
_PROSE = re.compile("[。；！？：:，,]")
_LONGEST = 40
_LONGEST_ENDING = 200
"""Characters at the end of a paragraph in which name and date stand."""
_REACH = 6
"""The date stands among so many last paragraphs; behind it a site may put its own lines."""


@dataclass(frozen=True, slots=True)
class Ending:
    """The last section's items without the signature, and the signature."""

    items: tuple[Item, ...]
    signed: Signed


def ending_of(items: Sequence[Item], body: str) -> Ending:
    """Take the signature off the last section.

    Args:
        items: of the section.
        body: the name of the body as far as the title says it; a last line that is it signs too.
    """
    items = _with_name_apart(items, body)
    for at in range(len(items) - 1, max(len(items) - 1 - _REACH, -1), -1):
        if _DATE.fullmatch(items[at].text) and _is_short(items[at + 1 :]):
            by = at > 0 and _is_name(items[at - 1].text)
            signed = Signed(_text(items[at - 1]) if by else "", _text(items[at]))
            return Ending(tuple(items[: at - 1 if by else at]), signed)
    if items and body and _is_name(items[-1].text) and _same(items[-1].text, body):
        return Ending(tuple(items[:-1]), Signed(_text(items[-1])))
    return Ending(tuple(items), Signed())


def _text(item: Item) -> str:
    return item.block.text.strip() if isinstance(item.block, Paragraph) else ""


def _is_name(text: str) -> bool:
    return 0 < len(text) <= _LONGEST and not _PROSE.search(text)


def _same(text: str, body: str) -> bool:
    return text.endswith(body) or body.endswith(text)


def _is_short(items: Sequence[Item]) -> bool:
    """Whether what follows the date can only be a site's own lines."""
    return all(len(item.text) <= _LONGEST and not item.table for item in items)


def _with_name_apart(items: Sequence[Item], body: str) -> list[Item]:
    """A last paragraph that ends with name and date, cut before each of them."""
    if not items or not isinstance(items[-1].block, Paragraph):
        return list(items)
    text = items[-1].block.text
    match = _NAME_AND_DATE.search(text, max(len(text) - _LONGEST_ENDING, 0))
    if match is None or not (body and _same(bare(match[1]), body)):
        return list(items)
    return [*items[:-1], *split_at(items[-1], {match.start(1), match.start(2)})]
