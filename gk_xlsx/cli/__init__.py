"""The command line: parse, one call of the api, print, exit code.

0 nothing wrong · 1 findings of severity error · 2 the work could not be done · 3 a bug ·
130 interrupted.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

INTERRUPTED, FAILED, BUG = 130, 2, 3


def main(arguments: Sequence[str] | None = None) -> None:
    """Entry point of `gk-xlsx`."""
    _survive_any_console()
    # typer 0.29 checks its arguments with pydantic, which looks through every installed package
    # for plugins first; that takes longer than reading a workbook.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    from gk_xlsx.cli.app import run

    sys.exit(run(sys.argv[1:] if arguments is None else arguments))


def _survive_any_console() -> None:
    """Characters that the console's encoding lacks (GBK) are replaced, not fatal."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="replace")
