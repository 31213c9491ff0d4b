"""Keep of a run's inputs those that reach lines no smaller one reaches.

`python -m tests.fuzz.kept TARGET FOLDER` copies them into the corpus, the smallest first.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterator
from pathlib import Path
from types import CodeType, FrameType
from typing import Any

import gk_xlsx
from tests.fuzz.__main__ import CORPUS
from tests.fuzz.targets import TARGETS, Target

Step = tuple[CodeType, int, int]
"""From line to line within a piece of code."""

_OURS = str(Path(gk_xlsx.__file__).parent)


def worth_keeping(target: Target, inputs: list[bytes]) -> Iterator[bytes]:
    """The inputs, smallest first, that take a step none before took."""
    known: set[Step] = set()
    for data in sorted(inputs, key=len):
        new = _steps(target, data) - known
        if new:
            known |= new
            yield data


def _steps(target: Target, data: bytes) -> set[Step]:
    steps: set[Step] = set()
    last: dict[FrameType, int] = {}

    def watch(frame: FrameType, event: str, _: Any) -> Any:
        if not frame.f_code.co_filename.startswith(_OURS):
            return None
        if event == "line":
            steps.add((frame.f_code, last.get(frame, 0), frame.f_lineno))
            last[frame] = frame.f_lineno
        return watch

    sys.settrace(watch)
    try:
        target(data)
    finally:
        sys.settrace(None)
    return steps


def main(name: str, folder: str) -> None:
    """Copy what is worth keeping; a file is named by its content."""
    inputs = [path.read_bytes() for path in Path(folder).iterdir() if path.is_file()]
    for data in worth_keeping(TARGETS[name], inputs):
        (CORPUS / name / hashlib.sha256(data).hexdigest()[:16]).write_bytes(data)


if __name__ == "__main__":
    main(*sys.argv[1:])
