"""Signs that turn the reading direction: with one of them `21` is shown as 12."""

from __future__ import annotations

import re

from gk_xlsx.markdown import TURNING
from gk_xlsx.published.model import UNKNOWN_SIGN

_FIGURE = re.compile(r"\d|^\s*[〇零一二两三四五六七八九十百千万]+\w?\s*$")


def straight(text: str) -> str:
    """What a cell says, in the order of its signs.

    A figure has `UNKNOWN_SIGN` where its direction is turned: what is shown is another one.
    """
    if not TURNING.search(text):
        return text
    plain = TURNING.sub("", text)
    return TURNING.sub(UNKNOWN_SIGN, text) if _FIGURE.search(plain) else plain
