"""Regular expressions that are compiled when they are first used.

The rules about texts hold some 150 of them; a workbook without text needs none, and compiling
them would take longer than reading it.
"""

from __future__ import annotations

import re
from typing import cast


class _Pattern:
    """Stands in for a compiled pattern until something is asked of it."""

    def __init__(self, text: str, flags: int) -> None:
        self._text = text
        self._flags = flags

    def __getattr__(self, name: str) -> object:
        """Compile, and answer from now on with the compiled pattern's own methods."""
        found = getattr(re.compile(self._text, self._flags), name)
        setattr(self, name, found)
        return found


def pattern(text: str, flags: int = 0) -> re.Pattern[str]:
    """The pattern of a text, compiled at its first use."""
    return cast("re.Pattern[str]", _Pattern(text, flags))
