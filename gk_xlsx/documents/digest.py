"""文字汇编: what all units wrote, aspect by aspect, as material for the office's own text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from lxml import etree

from gk_xlsx.claims.aspects import main_aspect
from gk_xlsx.documents import styles
from gk_xlsx.documents.narrative import TextBlock
from gk_xlsx.documents.paper import paper, paragraph
from gk_xlsx.documents.styles import Style
from gk_xlsx.form import Form, Section
from gk_xlsx.markdown import Kind, Paragraph, PictureLine, clean

Block = TextBlock | PictureLine
"""A part of a text; a picture may still be only named."""

ELSEWHERE = "未归类"
"""Where paragraphs go that treat no aspect."""

_NUMERALS = "一二三四五六七八九十"
UNIT = Style(
    "DigestUnit",
    "汇编单位",
    styles.HEITI,
    28,
    "left",
    before=styles.LINE // 4,
    level=3,
    keep_next=True,
)
"""A unit's name: other letters, no indent and room above, so that it is not read as its text."""
_STYLES = (
    *(styles.TITLE, styles.BODY, styles.HEADING1, styles.HEADING2, UNIT),
    *(styles.PAGE_ODD, styles.PAGE_EVEN),
)


@dataclass(frozen=True, slots=True)
class Written:
    """What one unit wrote.

    Attributes:
        texts: part of the report to its paragraphs; empty where there is no text.
        silence: why there is none, in a few words; units of the same reason are named together.
    """

    unit: str
    texts: Mapping[str, Sequence[Block]]
    silence: str = "报告没有文字"


@dataclass(frozen=True, slots=True)
class _Piece:
    """What one unit wrote on one subject."""

    unit: str
    lines: tuple[str, ...]


def digest_docx(form: Form, year: int, reports: Sequence[Written]) -> bytes:
    """The texts of all reports as .docx, sorted by section and aspect, unit by unit.

    Args:
        form: of the reports' edition.
        year: of the reports.
        reports: in the order of the roster; those without text are named at the end.
    """
    return paper(_body(form, year, reports), _STYLES)


def _body(form: Form, year: int, reports: Sequence[Written]) -> Iterator[etree._Element]:
    written = [report for report in reports if report.texts]
    yield paragraph(styles.TITLE, f"{year}年政府信息公开工作年度报告文字汇编")
    yield paragraph(
        styles.BODY, f"本汇编按方面收录{len(written)}份报告的文字，供起草本级报告参考，不公开。"
    )
    for section in form.sections:
        yield from _section(section, written)
    silent = [report for report in reports if not report.texts]
    if silent:
        yield paragraph(styles.HEADING1, "未收录的单位")
    for reason in dict.fromkeys(report.silence for report in silent):
        names = "、".join(report.unit for report in silent if report.silence == reason)
        yield paragraph(styles.BODY, clean(f"{reason}：{names}。"))


def _section(section: Section, reports: Sequence[Written]) -> Iterator[etree._Element]:
    texts = [(report.unit, text) for report in reports if (text := report.texts.get(section.key))]
    if not texts:
        return
    yield paragraph(styles.HEADING1, section.heading)
    if not section.aspects:
        yield from _pieces([_Piece(name, tuple(_lines(text))) for name, text in texts])
        return
    for number, aspect in enumerate((*section.aspects, ELSEWHERE)):
        pieces = [_Piece(name, tuple(_on(aspect, section.aspects, text))) for name, text in texts]
        if any(piece.lines for piece in pieces):
            yield paragraph(styles.HEADING2, f"（{_NUMERALS[number]}）{aspect}")
            yield from _pieces(pieces)


def _pieces(pieces: Sequence[_Piece]) -> Iterator[etree._Element]:
    for piece in pieces:
        if piece.lines:
            yield paragraph(UNIT, clean(piece.unit))
            yield from (paragraph(styles.BODY, clean(line)) for line in piece.lines)


def _on(aspect: str, aspects: Sequence[str], text: Sequence[Block]) -> Iterator[str]:
    """The paragraphs on one aspect: those below its heading, or those whose words are its own."""
    below = ""
    for block in text:
        heading = _heading(block)
        if heading:
            below = main_aspect(aspects, heading)
        own = "" if heading and heading == _words(block) else _words(block)
        if own and (below or main_aspect(aspects, own) or ELSEWHERE) == aspect:
            yield own


def _heading(block: Block) -> str:
    """A heading, or the one within a paragraph; empty for anything else."""
    if not isinstance(block, Paragraph):
        return ""
    if block.kind is Kind.HEADING2:
        return block.text
    return "".join(run.text for run in block.runs if run.lead)


def _lines(text: Sequence[Block]) -> Iterator[str]:
    return (words for block in text if (words := _words(block)))


def _words(block: Block) -> str:
    """A paragraph's text; of tables and pictures only that there is one."""
    if isinstance(block, Paragraph):
        return block.text
    return "［此处有表格或图片，见原报告］"
