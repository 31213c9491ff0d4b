r"""Standard output and errors as the commands see them.

What is shown comes from files of others: a unit's name may hold what moves the cursor, renames
the window or turns the reading direction round. So such characters are shown as `\u001b`; within
JSON that means the same character.
"""

from __future__ import annotations

import codecs
import errno
import io
import os
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, redirect_stderr, redirect_stdout, suppress
from typing import TextIO, cast

from gk_xlsx.errors import GkXlsxError, reason

_UNSHOWN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]"
)
"""Controls but tab and line feed, marks and turns of direction, line ends, halves of characters."""
_GONE = (errno.EPIPE, errno.EINVAL)
"""How a system says that nobody reads any more; the second is what Windows says."""


class ReaderGoneError(Exception):
    """Whoever read the output has gone away (`| head`); there is nothing more to be said."""


class Console(io.TextIOBase):
    """A stream to a person or a program that only shows what can do no harm.

    Has no `buffer`, so that nothing goes past it.

    Args:
        stream: where it goes.
        needed: whether a run is of use when nothing can be written (data is, remarks are not).
    """

    def __init__(self, stream: TextIO, *, needed: bool) -> None:
        super().__init__()
        self._stream = stream
        self._needed = needed

    @property
    def encoding(self) -> str:  # type: ignore[override] # read-only is enough
        """Of the stream."""
        return self._stream.encoding

    @property
    def errors(self) -> str | None:  # type: ignore[override] # read-only is enough
        """What becomes of characters that the encoding lacks."""
        return self._stream.errors

    def write(self, text: str) -> int:
        """Write a text, with what would do harm told by its number.

        Raises:
            ReaderGoneError: if nobody reads it any more.
            GkXlsxError: if it cannot be written.
        """
        shown = harmless(text)
        if shown:  # the library writes nothing to try what kind of stream it is
            self._told(lambda: self._stream.write(shown))
        return len(text)

    def flush(self) -> None:
        """Bring out what was written; raises as `write`."""
        self._told(self._stream.flush)

    def isatty(self) -> bool:
        """Whether somebody is looking."""
        return self._stream.isatty()

    def fileno(self) -> int:
        """Of the stream."""
        return self._stream.fileno()

    def writable(self) -> bool:
        """It is."""
        return True

    @property
    def behind(self) -> TextIO:
        """The stream itself, for control characters of our own."""
        return self._stream

    def _told(self, act: Callable[[], object]) -> None:
        try:
            act()
        except OSError as error:
            self._leave_it()
            if not self._needed:
                return
            if error.errno in _GONE:
                raise ReaderGoneError from None
            raise GkXlsxError(
                f"结果没有显示完：{reason(error)}。请检查磁盘空间，或用 -o 写到别的地方。"
            ) from error

    def _leave_it(self) -> None:
        """What is still waiting to be written goes nowhere: Python would try again at its end."""
        with suppress(OSError):
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, self._stream.fileno())
            os.close(nowhere)


@contextmanager
def guarded() -> Iterator[None]:
    """Show nothing that does harm, on any console; characters that its encoding lacks become `?`.

    A stream that was closed beforehand (`>&-`) is None and stays so.
    """
    with ExitStack() as stack:
        for stream, redirect, needed in (
            (sys.stdout, redirect_stdout, True),
            (sys.stderr, redirect_stderr, False),
        ):
            if stream is not None:
                _survive(stream)
                stack.enter_context(redirect(cast(TextIO, Console(stream, needed=needed))))
        yield


def harmless(text: str) -> str:
    r"""A text with everything that steers a terminal told by its number: `\u001b`."""
    return _UNSHOWN.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def _survive(stream: TextIO) -> None:
    """No encoding is a reason to fail (GBK, ASCII of a machine without a locale)."""
    if isinstance(stream, io.TextIOWrapper):
        ascii_only = codecs.lookup(stream.encoding).name == "ascii"
        stream.reconfigure(encoding="utf-8" if ascii_only else None, errors="replace")
