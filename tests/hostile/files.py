"""All of them, and what the program does with one of them."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from tests.hostile import (
    archives,
    documents,
    doubtful,
    pages,
    pdfs,
    spreadsheets,
    workbooks,
    written,
)
from tests.hostile.listed import LISTED, Hostile

ROOT = Path(__file__).resolve().parents[2]
MOST_MEMORY = 3 * 2**30
"""Bytes that a run may use at all, so that a failing test spares the machine."""

FILES: tuple[Hostile, ...] = tuple(LISTED.values())
MODULES = (archives, documents, doubtful, pages, pdfs, spreadsheets, workbooks, written)
"""Whatever they hold is on the list."""


@dataclass(frozen=True, slots=True)
class Ended:
    """How a run went: exit code, all it said, seconds of work, MB of its largest process.

    Work is what its processes computed: other programs on the machine do not make it longer.
    """

    code: int
    said: str
    seconds: float
    megabytes: float


def run(folder: Path, *arguments: str | Path) -> Ended:
    """`gk-xlsx` with these arguments, measured; its output goes to a file in the folder."""
    command = [sys.executable, "-m", "gk_xlsx", *map(str, arguments)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"}
    heard = folder / "said.txt"
    with heard.open("wb") as output:
        process = subprocess.Popen(
            command,
            cwd=folder,
            env=environment,
            stdout=output,
            stderr=output,
            preexec_fn=_limited,  # noqa: PLW1509 — there are no threads here
        )
        _, status, used = os.wait4(process.pid, 0)
    seconds = used.ru_utime + used.ru_stime
    process.returncode = os.waitstatus_to_exitcode(status)
    said = heard.read_text("utf-8", "replace")
    return Ended(process.returncode, said, seconds, used.ru_maxrss / 1024)


def _limited() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
