"""A report's text as the Word template sees it: blocks with their kind, runs, tables, pictures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.parts.image import ImagePart
from docxtpl import DocxTemplate
from jinja2 import Environment, TemplateError, nodes

from gk_xlsx.documents import styles
from gk_xlsx.documents.drawings import drawing
from gk_xlsx.documents.figures import FigureError
from gk_xlsx.documents.illustrations import Illustration
from gk_xlsx.documents.narrative import TextBlock
from gk_xlsx.documents.styles import Style
from gk_xlsx.documents.text_tables import TableLooks, text_run, text_table
from gk_xlsx.documents.wordxml import fragment
from gk_xlsx.errors import GkXlsxError
from gk_xlsx.markdown import Kind, Paragraph, PipeTable, Run
from gk_xlsx.pictures import PictureFile
from gk_xlsx.report import NARRATIVE_KEYS

PICTURE = "picture"
CAPTION = "caption"
TABLE = "table"
"""Kinds of blocks that are no paragraphs of Markdown; a picture's caption follows it."""


@dataclass(frozen=True, slots=True)
class Fragment:
    """XML that goes into the document as it is."""

    xml: str

    def __html__(self) -> str:
        return self.xml


@dataclass(frozen=True, slots=True)
class Block:
    """A part of the text as the template sees it: `block.kind`, `block.runs`, `block.table`."""

    kind: str
    runs: Fragment = Fragment("")
    table: Fragment = Fragment("")


@dataclass(frozen=True, slots=True)
class Looks:
    """The template's keys of the styles that its tags cannot name; empty where it has none."""

    lead: str
    tables: TableLooks

    @classmethod
    def of(cls, document: Document) -> Looks:
        """Found by name: Word renames keys, names stay."""
        ids = {style.name: style.style_id for style in document.styles}

        def own(style: Style) -> Style:
            return replace(style, id=ids.get(style.name, ""))

        cells = map(own, (styles.TABLE_HEAD, styles.TABLE_TEXT, styles.TABLE_FIGURE, styles.GAP))
        return cls(
            ids.get(styles.LEAD_STYLE, ""),
            TableLooks(ids.get(styles.TABLE_STYLE_NAME, ""), *cells),
        )


@dataclass(frozen=True, slots=True)
class Media:
    """The picture files of a document; the same picture twice is one file."""

    document: Document
    _names: dict[bytes, str] = field(default_factory=dict)

    def relationship(self, picture: PictureFile) -> str:
        """The id under which the document's text refers to a picture."""
        if picture.data not in self._names:
            part = self.document.part
            name = part.package.next_partname(f"/word/media/picture%d.{picture.format}")
            image = ImagePart(PackURI(name), f"image/{picture.format}", picture.data)
            self._names[picture.data] = part.relate_to(image, RELATIONSHIP_TYPE.IMAGE)
        return self._names[picture.data]


@dataclass(frozen=True, slots=True)
class Texts:
    """The parts of the text by their keys; one that is not there has no blocks."""

    _parts: Mapping[str, Sequence[TextBlock]]
    _looks: Looks
    _media: Media

    def __getitem__(self, key: str) -> list[Block]:
        if key not in NARRATIVE_KEYS:
            raise FigureError(f"没有“texts.{key}”这一部分，可用：{'、'.join(NARRATIVE_KEYS)}")
        return [block for item in self._parts.get(key, ()) for block in self._blocks(item)]

    def _blocks(self, item: TextBlock) -> Iterator[Block]:
        if isinstance(item, Paragraph):
            yield Block(item.kind, self._runs(item.runs))
        elif isinstance(item, PipeTable):
            yield Block(TABLE, table=Fragment(text_table(item, self._looks.tables)))
        else:
            name = self._media.relationship(item.picture)
            yield Block(PICTURE, Fragment(drawing(item, name)))
            if item.caption:
                yield Block(CAPTION, self._runs([Run(item.caption)]))

    def _runs(self, runs: Iterable[Run]) -> Fragment:
        return Fragment(fragment(*(text_run(run, self._looks.lead) for run in runs)))


def check_kinds(
    template: DocxTemplate, texts: Mapping[str, Sequence[TextBlock]], sample: str
) -> None:
    """Make sure that a template prints everything the text holds.

    One that was made before lists, tables and pictures would drop them without a word.

    Raises:
        GkXlsxError: naming what it does not know.
    """
    needed = {key for part in texts.values() for item in part for key in _special(item)}
    words = _words(template) if needed else frozenset()
    if "texts" not in words:
        return
    told_apart = needed if "kind" in words else needed & {TABLE}
    unknown = [name for key, name in _SPECIAL.items() if key in told_apart - words]
    if unknown:
        raise GkXlsxError(
            f"文字里有{'、'.join(unknown)}，模板还不能打印，请从随附的 {sample} 改起。"
        )


_SPECIAL = {Kind.LISTED: "列表", PICTURE: "图片", CAPTION: "图题", TABLE: "表格"}


def _special(item: TextBlock) -> Iterator[str]:
    """What older templates do not know."""
    if isinstance(item, PipeTable):
        yield TABLE
    elif isinstance(item, Illustration):
        yield PICTURE
        yield from [CAPTION] if item.caption else []
    elif item.kind is Kind.LISTED:
        yield Kind.LISTED


def _words(template: DocxTemplate) -> frozenset[str]:
    """The names and words that a template's tags use; of broken tags filling it will tell."""
    try:
        tree = Environment(autoescape=True).parse(template.patch_xml(template.get_xml()))
    except (TemplateError, RecursionError):
        return frozenset()
    constants = (item.value for item in tree.find_all(nodes.Const))
    attributes = (item.attr for item in tree.find_all(nodes.Getattr))
    names = (item.name for item in tree.find_all(nodes.Name))
    return frozenset(word for word in (*constants, *attributes, *names) if isinstance(word, str))
