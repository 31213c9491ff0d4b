"""Bytes of a text → what is written in them: UTF-8, GB18030, or UTF-16 with its mark."""

from __future__ import annotations

import codecs
import re

_WIDE_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_NOT_TEXT = re.compile(rb"[\x00-\x08\x0b\x0e-\x1f]")
"""Control characters that no text holds; a form feed may stand between pages."""


def as_utf8(data: bytes) -> bytes | None:
    """A text's bytes with UTF-16 told as UTF-8 (with its mark); None where they are no text.

    Other texts stay as they are: whoever reads them knows UTF-8 and GB18030.
    """
    if data.startswith(_WIDE_MARKS):
        try:
            return codecs.BOM_UTF8 + data.decode("utf-16").encode()
        except UnicodeError:
            return None
    return None if _NOT_TEXT.search(data.rstrip(b"\x1a")) else data


def is_written(data: bytes) -> bool:
    """Whether all of it is UTF-8 or GB18030."""
    for encoding in ("utf-8", "gb18030"):
        try:
            data.decode(encoding)
        except UnicodeDecodeError:
            continue
        return True
    return False
