"""The bytes of a web page → its text: UTF-8, or what the page says, or GB18030."""

from __future__ import annotations

import codecs
import re

_CHARSET = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]{2,40})""", re.IGNORECASE)
"""In `<meta charset>`, in `<meta http-equiv>` and in an XML declaration."""

_LOOKED_AT = 8192
"""Bytes at the top in which a page says how it is written."""

_GB18030 = "gb18030"
_KNOWN = {
    **dict.fromkeys(("gb2312", "gb_2312-80", "gbk", "x-gbk", "cp936", "gb18030"), _GB18030),
    **dict.fromkeys(("big5", "big5-hkscs", "x-x-big5"), "big5hkscs"),
}
"""What pages say to what it means; GB18030 holds all of GB 2312 and GBK."""

_REPLACED = "\ufffd"
_STRAY = 100
"""A page with one unreadable character among that many beyond ASCII is still UTF-8.

Programs that make pages cut a summary after so many bytes, in the middle of a character.
"""


def decoded(data: bytes) -> tuple[str, int]:
    """A page's text and how many characters of it could not be read.

    A page that is UTF-8 is taken as that whatever it says of itself: Chinese text in GB18030 is
    never UTF-8 by chance, but pages saved by browsers keep the old word about their characters.
    """
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        text = data.decode("utf-16", "replace")
    else:
        text = data.decode("utf-8-sig", "replace")
        if text.count(_REPLACED) * _STRAY > _beyond_ascii(text):
            text = data.decode(_declared(data), "replace")
    return text, text.count(_REPLACED)


def _declared(data: bytes) -> str:
    found = _CHARSET.search(data, 0, _LOOKED_AT)
    name = found[1].decode("ascii", "replace").lower() if found else ""
    return _KNOWN.get(name, _GB18030)


def _beyond_ascii(text: str) -> int:
    return len(text) - len(text.encode("ascii", "ignore"))
