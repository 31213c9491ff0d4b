"""A report's text: its own, or that of a Markdown or Word file given beside it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from gk_xlsx.api.formats import document_of
from gk_xlsx.api.reading import Opened
from gk_xlsx.errors import GkXlsxError, UnreadableError
from gk_xlsx.report import AnnualReport, Signed
from gk_xlsx.sources.door import Arrival, Kind, admit_data, read_bytes

if TYPE_CHECKING:
    from gk_xlsx.documents.figures import Figures
    from gk_xlsx.documents.narrative import TextBlock, TextSource
    from gk_xlsx.form import Form


@dataclass(frozen=True, slots=True)
class Told:
    """A finished text.

    Attributes:
        blocks: part of the report to its paragraphs, tables and pictures.
        signed: the signature that the text ended with; not among the blocks.
        remarks: what was not taken as it stood, Chinese sentences.
    """

    blocks: Mapping[str, Sequence[TextBlock]]
    signed: Signed
    remarks: tuple[str, ...]

    def signs(self, report: AnnualReport) -> AnnualReport:
        """The report, signed as the text is where it is not signed itself."""
        own = report.signed
        return replace(
            report, signed=Signed(own.by or self.signed.by, own.date or self.signed.date)
        )


def told(
    opened: Opened,
    narrative: str | Path | None,
    figures: Figures,
    *,
    file: str | Path | None = None,
) -> Told:
    """The text of a report, with the figures it names.

    Args:
        opened: the report.
        narrative: a Markdown or Word file with the text, instead of the report's own.
        figures: what the text may name.
        file: where the report lies, whose pictures are taken too if it is a Word document.

    Raises:
        GkXlsxError: if the file cannot be read.
        NarrativeError: with everything wrong in the text.
    """
    from gk_xlsx.documents.closing import without_signature
    from gk_xlsx.documents.narrative import render, split
    from gk_xlsx.documents.own_tables import without_statutory

    if narrative is None:
        pictured = _pictured(opened, Path(file)) if file is not None else {}
        own, _ = without_statutory(render(pictured, figures), opened.form)
        return Told(own if pictured else render(_own(opened), figures), Signed(), ())

    whole = _material(Path(narrative))
    source, signed = without_signature(whole.source, opened.form)
    parts = split(source, opened.form)
    kept, left_out = without_statutory(render(parts, figures), opened.form)
    remarks = (*whole.remarks, *left_out, *_lacking(parts, opened.form, str(narrative)))
    return Told(kept, signed, remarks)


def _lacking(parts: Collection[str], form: Form, file: str) -> Iterator[str]:
    """Which parts of the report a text says nothing for, and how it would."""
    from gk_xlsx.documents.narrative import PREFACE

    wanted = [item for item in form.sections if not item.table]
    lacking = "、".join(f"“{item.heading}”" for item in wanted if item.key not in parts)
    if not lacking:
        return
    if not set(parts) - {PREFACE}:
        lacking = f"没有各部分的标题，文字都作为前言，{lacking}"
    yield f"{file} 里{lacking}没有文字，报告里这些部分是空的。请把标题单独写成一行，文字写在下面。"


@dataclass(frozen=True, slots=True)
class _Material:
    """The whole text of a file, and what its reader did not take as it stood."""

    source: TextSource
    remarks: tuple[str, ...] = ()


def _material(path: Path) -> _Material:
    from gk_xlsx.documents.illustrations import Shown
    from gk_xlsx.documents.narrative import TextSource
    from gk_xlsx.documents.word_text import text_of_word
    from gk_xlsx.sources.picture_files import picture_of

    try:
        arrival = _arrival(path)
        document = document_of(arrival) if arrival.kind is Kind.DOCX else None
    except UnreadableError as error:
        error.path = str(path)
        raise
    if document is not None:
        remarks = tuple(f"{path}：{remark}。" for remark in document.remarks)
        return _Material(text_of_word(str(path), document), remarks)
    folder = path.parent
    source = TextSource(
        str(path), _decoded(arrival), album=lambda name: Shown(picture_of(folder, name))
    )
    return _Material(source)


def _arrival(path: Path) -> Arrival:
    """A Word document or a text, told by its content."""
    arrival = admit_data(str(path), read_bytes(path))
    if arrival.kind not in (Kind.DOCX, Kind.TEXT):
        raise GkXlsxError(
            f"{path}：{arrival.kind.told}，文字材料应是 Word 文档（.docx）或 Markdown 文本。"
        )
    return arrival


def _decoded(arrival: Arrival) -> str:
    """What is written in a text; the door lets only these two encodings in."""
    try:
        return arrival.content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return arrival.content.decode("gb18030")


def _own(opened: Opened) -> Mapping[str, TextSource]:
    """The report's own text; pictures are not among a report's values."""
    from gk_xlsx.documents.narrative import TextSource

    return {
        key: TextSource(f"{opened.path}［{_part_name(opened.form, key)}］", text, by_paragraph=True)
        for key, text in opened.report.narrative.items()
    }


def _pictured(opened: Opened, file: Path) -> Mapping[str, TextSource]:
    """The text of a report that is a Word document with pictures; nothing for any other."""
    from gk_xlsx.documents.word_text import text_of_word
    from gk_xlsx.published.frame import sections_of
    from gk_xlsx.published.model import Picture

    if opened.kind is not Kind.DOCX:
        return {}
    document = document_of(admit_data(opened.path, read_bytes(file)))
    parts = sections_of(document, opened.form)
    if not any(isinstance(block, Picture) for blocks in parts.values() for block in blocks):
        return {}
    return {
        key: text_of_word(
            f"{opened.path}［{_part_name(opened.form, key)}］", replace(document, blocks=blocks)
        )
        for key, blocks in parts.items()
    }


def _part_name(form: Form, key: str) -> str:
    return "前言" if key == "preface" else form.section(key).heading
