"""What a page or a cell of it holds, block by block, while the page is walked through."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from lxml.etree import _Element

from gk_xlsx.markdown import Run
from gk_xlsx.published.model import Block, Paragraph, Picture
from gk_xlsx.sources.html_looks import Look
from gk_xlsx.sources.html_paragraphs import LINE_BREAK, Piece, paragraphs


@dataclass(frozen=True, slots=True)
class Placed:
    """A block and the element it stands in."""

    block: Block
    origin: _Element


@dataclass(slots=True)
class Flow:
    """Blocks as they come; text is gathered until its block ends.

    Attributes:
        placed: the blocks so far.
        mark: of the list item that the next paragraph begins; or empty.
    """

    placed: list[Placed] = field(default_factory=list)
    mark: str = ""
    _pieces: list[Piece] = field(default_factory=list)
    _look: Look = field(default_factory=Look)

    def write(self, text: str, look: Look) -> None:
        """Go on with the paragraph."""
        if not self._pieces and not look.kept and not text.strip(" \t\r\n\f"):
            return
        before, behind = look.around if text.strip() else ("", "")
        self._pieces.append(Piece(f"{before}{text}{behind}", look.bold, look.kept))
        self._look = look

    def break_line(self) -> None:
        """`<br>`."""
        self._pieces.append(LINE_BREAK)

    def end(self, origin: _Element) -> None:
        """End the paragraph, where the block of text ends that stands in `origin`."""
        if not self._pieces:
            return
        look = self._look
        for runs in paragraphs(self._pieces, tight=look.tight):
            shown = (Run("".join(run.text for run in runs)),) if look.level else runs
            self._put_paragraph(Paragraph(shown, look.level, self.mark), origin)
            self.mark = ""
        self._pieces = []
        self._look = Look()

    def put(self, block: Block, origin: _Element) -> None:
        """Add a block that is no text."""
        self.end(origin)
        self.placed.append(Placed(block, origin))

    def take(self, placed: list[Placed]) -> None:
        """Add the blocks of a table, already ended."""
        self.placed += placed

    def caption(self, origin: _Element) -> None:
        """Make the text so far the words of the picture before it, where there is one."""
        last = self.placed[-1] if self.placed else None
        at = len(self.placed)
        self.end(origin)
        if last and isinstance(last.block, Picture) and len(self.placed) > at:
            words = " ".join(text_of(item.block) for item in self.placed[at:])
            self.placed[at - 1 :] = [Placed(replace(last.block, caption=words), last.origin)]

    def _put_paragraph(self, paragraph: Paragraph, origin: _Element) -> None:
        last = self.placed[-1].block if self.placed else None
        repeats = isinstance(last, Picture) and last.caption == paragraph.text != ""
        if not repeats:
            self.placed.append(Placed(paragraph, origin))


def text_of(block: Block) -> str:
    """What a block says; a picture its caption, a table nothing."""
    if isinstance(block, Paragraph):
        return block.text
    return block.caption if isinstance(block, Picture) else ""
