"""A workbook kept open in LibreOffice: set cells, recalculate, read; a few milliseconds a case."""

from __future__ import annotations

import json
import os
import selectors
import shutil
import subprocess
import tempfile
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Self

from tests.office.libreoffice import LibreOffice, OfficeError, stop

Cell = tuple[str, str]
"""Sheet name and address: `("三、申请办理", "D9")`."""

_WORKER = Path(__file__).with_name("uno_worker.py")


@dataclass(frozen=True, slots=True)
class CellError:
    """What a formula gives that cannot be computed, as shown: `#DIV/0!`."""

    text: str


Value = float | str | CellError
"""What a cell shows: true is 1.0, an empty cell is ''."""


class RecalcSession:
    """LibreOffice with one workbook open; use as a context manager.

    A boolean is set as `=TRUE()`, as LibreOffice itself reads one from a file; its ISNUMBER calls
    that a number, unlike Excel's.
    """

    def __init__(self, office: LibreOffice, python: Path, timeout: float = 90) -> None:
        """Nothing is started yet.

        Args:
            python: an interpreter that has `uno`.
            timeout: seconds that any one request may take.
        """
        self._office = office
        self._python = python
        self._timeout = timeout

    def __enter__(self) -> Self:
        self._folder = tempfile.TemporaryDirectory(prefix="gk-recalc-", ignore_cleanup_errors=True)
        self._profile = Path(self._folder.name)
        pipe = f"gk{uuid.uuid4().hex}"
        self._soffice = self._office.start(self._profile, f"--accept=pipe,name={pipe};urp;")
        with (self._profile / "worker.log").open("wb") as log:
            self._worker = subprocess.Popen(
                [self._python, "-I", _WORKER, pipe],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                env={**os.environ, "PYTHONUTF8": "1"},
                start_new_session=True,
            )
        try:
            self._answer("start")
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        for pipe in (self._worker.stdin, self._worker.stdout):
            if pipe:
                pipe.close()
        for process in (self._worker, self._soffice):
            stop(process)
        self._folder.cleanup()

    def load(self, path: Path) -> None:
        """Open a workbook, recalculated, in place of the one before."""
        self._ask("load", path=str(path))

    def set(self, cells: Mapping[Cell, float | str | bool | None]) -> None:
        """Put values into cells as if typed; None empties one, text stays text (`"12"`).

        Raises:
            OfficeError: for a locked cell of a protected sheet.
        """
        self._ask("set", cells=[(*cell, _plain(value)) for cell, value in cells.items()])

    def calculate(self) -> None:
        """Compute every formula that depends on what was set."""
        self._ask("calculate")

    def read(self, cells: Iterable[Cell]) -> list[Value]:
        """What cells show, in the order asked for."""
        return self._values("read", cells=list(cells))

    def read_names(self, names: Iterable[str]) -> dict[str, Value]:
        """What the first cell of each defined name shows."""
        wanted = list(names)
        return dict(zip(wanted, self._values("read_names", names=wanted), strict=True))

    def reset(self) -> None:
        """Put back what stood in the file wherever `set` changed it; then `calculate`."""
        self._ask("reset")

    def unprotect(self, sheet: str, password: str = "") -> None:
        """Take a sheet's protection off, to tamper with its locked cells."""
        self._ask("unprotect", sheet=sheet, password=password)

    def save(self, path: Path) -> None:
        """Write the workbook as LibreOffice saves it after filling in."""
        self._ask("save", path=str(path))

    def _values(self, action: str, **arguments: object) -> list[Value]:
        found = self._ask(action, **arguments)
        if not isinstance(found, list):
            raise OfficeError(f"no list for {action}: {found!r}")
        return [CellError(item["error"]) if isinstance(item, dict) else item for item in found]

    def _ask(self, action: str, **arguments: object) -> object:
        assert self._worker.stdin is not None
        try:
            self._worker.stdin.write(json.dumps({"do": action, **arguments}).encode() + b"\n")
            self._worker.stdin.flush()
        except BrokenPipeError as error:
            raise OfficeError(f"the worker is gone: {self._log()}") from error
        return self._answer(action)

    def _answer(self, action: str) -> object:
        assert self._worker.stdout is not None
        with selectors.DefaultSelector() as selector:
            selector.register(self._worker.stdout, selectors.EVENT_READ)
            if not selector.select(self._timeout):
                raise OfficeError(f"no answer to {action} in {self._timeout} s: {self._log()}")
        line = self._worker.stdout.readline()
        if not line:
            raise OfficeError(f"the worker ended at {action}: {self._log()}")
        answer: dict[str, object] = json.loads(line)
        if "error" in answer:
            raise OfficeError(f"{action}: {answer['error']}")
        return answer["result"]

    def _log(self) -> str:
        logs = (self._profile / name for name in ("worker.log", "soffice.log"))
        return "\n".join(log.read_text("utf-8", "replace")[-2000:] for log in logs).strip()


def _plain(value: float | str | bool | None) -> float | str | bool | None:
    """A whole number as float, as the sheet has no other; the rest as it is."""
    return value if value is None or isinstance(value, bool | str) else float(value)


@cache
def uno_python() -> Path | None:
    """An interpreter of this machine that has LibreOffice's `uno`, or None."""
    candidates = ("/usr/bin/python3", shutil.which("python3"), shutil.which("python"))
    for candidate in filter(None, candidates):
        if Path(candidate).exists() and _has_uno(candidate):
            return Path(candidate)
    return None


def _has_uno(python: str) -> bool:
    check = subprocess.run([python, "-I", "-c", "import uno"], capture_output=True, check=False)
    return check.returncode == 0
