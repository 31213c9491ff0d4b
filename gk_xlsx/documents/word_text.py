"""A Word document that holds a report's text → the Markdown that says the same, with its places."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby

from gk_xlsx.documents.illustrations import Album, Shown
from gk_xlsx.documents.narrative import TextSource
from gk_xlsx.markdown import SUB_HEADING, PictureLine, Run
from gk_xlsx.markdown_written import written_block, written_runs
from gk_xlsx.pictures import PictureError
from gk_xlsx.published.model import Block, Document, Paragraph, Picture
from gk_xlsx.published.texts import as_markdown

_TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
_STRAIGHT = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'", "\n": " "})
"""What Word makes of quotation marks while they are typed, and a line break, within braces."""

_FIRST_SHIELD = 0xF0000
_SHIELD = re.compile("[\U000f0000-\U0010fffd]")
"""Private characters stand for what is in braces while Markdown is written."""

_QUOTED = 12
"""So many characters of a paragraph say which one is meant."""

_Shield = Callable[[re.Match[str]], str]


def text_of_word(name: str, document: Document) -> TextSource:
    """The whole text of a Word document; figures named in it stay as they are.

    Args:
        name: what messages call it.
        document: as `sources.docx` reads it; why a picture is not to be had is in its remarks.
    """
    tags: list[str] = []
    lines: list[str] = []
    places: list[str] = []
    pictures: dict[str, Picture] = {}
    for block in document.blocks:
        path = f"第{len(pictures) + 1}幅图片"
        if isinstance(block, Picture):
            pictures[path] = block
        own = [*_written(_shielded(block, tags), path).split("\n"), ""]
        lines += own
        places += [_place(block)] * len(own)
    text = _SHIELD.sub(lambda match: _tag(match[0], tags), "\n".join(lines))
    album = _album(pictures, document.remarks)
    return TextSource(name, text, places=tuple(places), album=album)


def _written(block: Block, path: str) -> str:
    """A block as Markdown; a heading of the first level has one `#`."""
    if isinstance(block, Picture):
        return written_block(PictureLine(path, block.caption))
    if isinstance(block, Paragraph) and block.level == 1 and not SUB_HEADING.match(block.text):
        return f"# {written_runs(block.runs)}".replace("\n", "")
    return as_markdown([block])


def _album(pictures: Mapping[str, Picture], remarks: Sequence[str]) -> Album:
    def album(path: str) -> Shown:
        picture = pictures[path]
        if not picture.data:
            reasons = (item for item in remarks if item.startswith(f"{picture.place}的图片"))
            raise PictureError(next(reasons, "读不出内容，请另存为 PNG 后重新插入"))
        return Shown(picture.data, picture.width_mm)

    return album


def _place(block: Block) -> str:
    """Where a block stands and how it begins: nobody counts paragraphs in Word."""
    if not isinstance(block, Paragraph):
        return block.place
    text = block.text.replace("\n", "")
    return f"{block.place}“{text if len(text) <= _QUOTED else text[:_QUOTED] + '……'}”"


def _shielded(block: Block, tags: list[str]) -> Block:
    """The block with a character for each tag in it; the tags are added to `tags`."""

    def shield(match: re.Match[str]) -> str:
        tags.append(match[0])
        return chr(_FIRST_SHIELD + len(tags) - 1)

    if isinstance(block, Paragraph):
        return replace(block, runs=tuple(_with_whole_tags(block.runs, shield)))
    if isinstance(block, Picture):
        return replace(block, caption=_TAG.sub(shield, block.caption))
    cells = (replace(cell, text=_TAG.sub(shield, cell.text)) for cell in block.cells)
    return replace(block, cells=tuple(cells))


def _with_whole_tags(runs: Sequence[Run], shield: _Shield) -> Iterator[Run]:
    """Runs that no tag is spread over: Word parts a tag wherever it was typed in two goes."""
    text = "".join(run.text for run in runs)
    looks = [run.bold for run in runs for _ in run.text]
    at = 0
    for match in _TAG.finditer(text):
        yield from _looking(text, looks, range(at, match.start()))
        yield Run(shield(match), looks[match.start()])
        at = match.end()
    yield from _looking(text, looks, range(at, len(text)))


def _looking(text: str, looks: Sequence[bool], characters: range) -> Iterator[Run]:
    for bold, group in groupby(characters, key=looks.__getitem__):
        yield Run("".join(text[at] for at in group), bold)


def _tag(shield: str, tags: Sequence[str]) -> str:
    """What a character stands for; itself where the document holds it."""
    at = ord(shield) - _FIRST_SHIELD
    return tags[at].translate(_STRAIGHT) if at < len(tags) else shield
