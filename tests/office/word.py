"""A Word document as a library writes it, with nothing but text."""

from __future__ import annotations

import io

import docx


def word_document(*paragraphs: str) -> bytes:
    """The document as .docx."""
    document = docx.Document()
    for text in paragraphs:
        document.add_paragraph(text)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()
