"""`python -m tests.hostile [PART OF A NAME]`: what the check does with each, slowest last."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from tests.hostile.files import FILES, run


def main(part: str = "") -> None:
    """One line a file: seconds, MB, exit code, name, what was expected, what was said."""
    with tempfile.TemporaryDirectory() as folder:
        for item in FILES:
            if part in item.name:
                path = Path(folder) / item.name
                path.write_bytes(item.make())
                ended = run(Path(folder), "check", path)
                said = " ".join(ended.said.split())[-300:]
                print(  # noqa: T201 — its output
                    f"{ended.seconds:5.1f} s {ended.megabytes:5.0f} MB {ended.code} "
                    f"{item.name} [{item.code}] {said}",
                    flush=True,
                )
                path.unlink()


if __name__ == "__main__":
    main(*sys.argv[1:])
