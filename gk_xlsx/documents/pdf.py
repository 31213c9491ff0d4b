"""Word documents of our own → PDF, by LibreOffice, each one verified."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from gk_xlsx.documents import libreoffice
from gk_xlsx.documents.printed_check import (
    Checked,
    check,
    has_official_fonts,
    need_libraries,
    with_loose_ends,
)

NOT_MADE = "LibreOffice 没有生成这份 PDF。请先生成 .docx，用 WPS 或 Word 打开核对后另存为 PDF。"
LOST = "PDF 里少印了“{}”，请与 .docx 逐字核对。"
OTHER_FONTS = (
    "本机没有仿宋等公文字体，PDF 用了别的字体。正式印发前请在装有这些字体的电脑上生成，"
    "或用 WPS 打开 .docx 另存为 PDF。"
)
_HOPELESS = 3
"""After so many failures one after the other LibreOffice itself is broken."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a document.

    Attributes:
        data: the PDF; empty where there is a problem.
        remarks: what whoever gets it should know, Chinese sentences.
        problem: why it was not made, a Chinese sentence.
    """

    data: bytes = b""
    remarks: tuple[str, ...] = ()
    problem: str = ""


@dataclass(frozen=True, slots=True)
class _Attempt:
    """A PDF and what was found in it."""

    data: bytes
    found: Checked


def to_pdf(documents: Sequence[bytes]) -> list[Outcome]:
    """Print Word documents that this program has made; a bad one does not spoil the others.

    Returns:
        What became of each, in their order.

    Raises:
        GkXlsxError: if LibreOffice or the libraries for PDF are not installed.
    """
    need_libraries()
    program = libreoffice.find()
    attempts = _attempts(program, documents)
    attempts = _singly(program, documents, attempts)
    return list(map(_outcome, _without_losses(program, documents, attempts)))


def _attempts(program: Path, documents: Sequence[bytes]) -> list[_Attempt]:
    made = libreoffice.converted(program, documents)
    return [_Attempt(pdf, check(pdf, own)) for pdf, own in zip(made, documents, strict=True)]


def _singly(
    program: Path, documents: Sequence[bytes], attempts: Sequence[_Attempt]
) -> list[_Attempt]:
    """What one start for all did not make, tried again alone: one bad file spoils a whole start."""
    tried = list(attempts)
    failures = 0
    for at, attempt in enumerate(attempts):
        if attempt.found.whole or failures == _HOPELESS or len(documents) == 1:
            continue
        (tried[at],) = _attempts(program, [documents[at]])
        failures = 0 if tried[at].found.whole else failures + 1
    return tried


def _without_losses(
    program: Path, documents: Sequence[bytes], attempts: Sequence[_Attempt]
) -> list[_Attempt]:
    """PDFs that lack a character, printed again with the paragraphs concerned unjustified."""
    tried = list(attempts)
    lossy = [at for at, one in enumerate(attempts) if one.found.whole and one.found.lost]
    mended = [with_loose_ends(documents[at], attempts[at].found.text) for at in lossy]
    again = _attempts(program, mended) if mended else []
    for at, attempt in zip(lossy, again, strict=True):
        if attempt.found.whole and len(attempt.found.lost) < len(attempts[at].found.lost):
            tried[at] = attempt
    return tried


def _outcome(attempt: _Attempt) -> Outcome:
    if not attempt.found.whole:
        return Outcome(problem=NOT_MADE)
    remarks = [LOST.format(attempt.found.lost)] if attempt.found.lost else []
    if not has_official_fonts(attempt.data):
        remarks.append(OTHER_FONTS)
    return Outcome(attempt.data, tuple(remarks))
