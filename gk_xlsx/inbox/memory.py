"""What was read before: so that a second run reads only what is new, and says what that is.

Beside the register, in `.gk-xlsx`, stands one small file for each file that was read, named by
the hash of its content, and a list of when each was first seen. The former is only ever a
shortcut: what is damaged, of another version or made under other conditions is read again. Each
is written under a temporary name and renamed, so that a run may be ended at any moment.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from gk_xlsx.disk import replace_file
from gk_xlsx.inbox.kept_values import NotKeptError, kept, restored
from gk_xlsx.rollup.last_reports import LastReport
from gk_xlsx.rollup.received import Received

FOLDER = ".gk-xlsx"
_READ, _LAST, _SEEN = "收件", "上年", "首次见到.json"
_Made = TypeVar("_Made")
_DAMAGED = (OSError, ValueError, KeyError, TypeError, RecursionError, NotKeptError)


@dataclass(frozen=True, slots=True)
class Recalled:
    """What was read of a file, and on what else that depended."""

    received: Received
    conditions: str


@dataclass(frozen=True, slots=True)
class _LastFile:
    """What one of last year's files holds."""

    reports: tuple[LastReport, ...]


@dataclass(frozen=True, slots=True)
class Memory:
    """The memory that lies in a folder.

    Attributes:
        folder: `.gk-xlsx`; need not exist yet.
        version: what makes it: another program may read files differently.
    """

    folder: Path
    version: str

    def recall(self, sha256: str) -> Recalled | None:
        """What was read of a file; None where it must be read (again)."""

        def made(record: dict[str, Any]) -> Recalled:
            return Recalled(restored(Received, record["received"]), str(record["conditions"]))

        return self._recalled(self._record(sha256), made)

    def keep(self, received: Received, conditions: str) -> None:
        """Remember what was read of a file; where the disk refuses, nothing is remembered.

        Args:
            received: of which only what its content says is remembered.
            conditions: what else the result depends on (last year's figures, settings …).
        """
        record = {"version": self.version, "conditions": conditions, "received": kept(received)}
        self._write(self._record(received.sha256), record)

    def recall_last(self, sha256: str) -> tuple[LastReport, ...] | None:
        """The reports in one of last year's files; None where it must be read (again)."""
        path = self._record(sha256, _LAST)
        return self._recalled(path, lambda record: restored(_LastFile, record["last"]).reports)

    def keep_last(self, sha256: str, reports: tuple[LastReport, ...]) -> None:
        """Remember the reports in one of last year's files."""
        record = {"version": self.version, "last": kept(_LastFile(reports))}
        self._write(self._record(sha256, _LAST), record)

    def first_seen(self) -> dict[str, str]:
        """Hash to the moment a run first saw the file (ISO date and time)."""
        try:
            seen = json.loads((self.folder / _SEEN).read_bytes())
            return {str(key): str(moment) for key, moment in seen.items() if _is_moment(moment)}
        except (OSError, ValueError, AttributeError, RecursionError):
            return {}

    def keep_first_seen(self, seen: Mapping[str, str]) -> None:
        """Remember when files were first seen."""
        self._write(self.folder / _SEEN, dict(sorted(seen.items())), durable=True)

    def forget_others(self, sha256s: Iterable[str]) -> None:
        """Forget what was read of received files that are there no more."""
        wanted = {self._record(sha256).name for sha256 in sha256s}
        with suppress(OSError):
            for path in list((self.folder / _READ).iterdir()):
                if path.name not in wanted:
                    path.unlink()

    def _recalled(self, path: Path, make: Callable[[dict[str, Any]], _Made]) -> _Made | None:
        """What is made of a record; None where it is missing, damaged or of another program."""
        try:
            record = json.loads(path.read_bytes())
            return make(record) if record["version"] == self.version else None
        except _DAMAGED:
            return None

    def _record(self, sha256: str, folder: str = _READ) -> Path:
        return self.folder / folder / f"{sha256}.json"

    def _write(self, path: Path, content: object, *, durable: bool = False) -> None:
        """Whole or not at all; a full disk or a folder that is read-only is no reason to stop."""
        with suppress(OSError):
            path.parent.mkdir(parents=True, exist_ok=True)
            data = json.dumps(content, ensure_ascii=False).encode(errors="surrogatepass")
            replace_file(path, data, durable=durable)


def _is_moment(text: object) -> bool:
    try:
        datetime.datetime.fromisoformat(str(text))
    except ValueError:
        return False
    return True
