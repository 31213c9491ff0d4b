"""The command line: parse, one call of the api, print, exit code.

0 nothing wrong · 1 findings of severity error · 2 the work could not be done · 3 a bug ·
130 interrupted.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Sequence

INTERRUPTED, FAILED, BUG = 130, 2, 3

_SIGNALS = [
    getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)
]
_USUAL = (signal.SIG_DFL, signal.default_int_handler)


def main(arguments: Sequence[str] | None = None) -> None:
    """Entry point of `gk-xlsx`; with arguments it can be called from another program."""
    is_program = arguments is None
    try:
        if is_program:
            _end_when_asked()
        code = _run(sys.argv[1:] if arguments is None else arguments)
    except KeyboardInterrupt:  # while the commands were being loaded
        code = _interruption_told()
    if is_program:
        _ignore_signals()
    sys.exit(code)


def _run(arguments: Sequence[str]) -> int:
    # typer 0.29 checks its arguments with pydantic, which looks through every installed package
    # for plugins first; that takes longer than reading a workbook.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    from gk_xlsx.cli.console import guarded

    with guarded():
        from gk_xlsx.cli.app import run

        return run(arguments)


def _end_when_asked() -> None:
    """Ctrl-C, `kill` and a closed terminal end the work the same way, files whole; `nohup` stays.

    An interruption that comes where Python cannot pass it on (a destructor, an import) ends the
    program at once; what is being written then is a temporary file that the next run removes.
    """
    for number in _SIGNALS:
        if signal.getsignal(number) in _USUAL:
            signal.signal(number, _interrupted)
    passed_over = sys.unraisablehook

    def unraisable(told: sys.UnraisableHookArgs) -> None:
        if issubclass(told.exc_type, KeyboardInterrupt):
            os._exit(_interruption_told())
        passed_over(told)

    sys.unraisablehook = unraisable


def _interruption_told() -> int:
    """Say it without the commands' own means, which may not be there; the exit code."""
    if sys.stderr is not None:
        sys.stderr.write("已中断。\n")
        sys.stderr.flush()
    return INTERRUPTED


def _interrupted(_number: int, _frame: object) -> None:
    _ignore_signals()  # once is enough: what is being ended must not be disturbed
    raise KeyboardInterrupt


def _ignore_signals() -> None:
    for number in _SIGNALS:
        signal.signal(number, signal.SIG_IGN)
