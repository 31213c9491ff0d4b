"""LibreOffice as an independent engine: it opens, recalculates and converts what we write.

Only for files made by the tests themselves; never feed it collected ones.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

BATCH = 200
"""LibreOffice silently drops files beyond about 245 per call."""

FILTERS = {"xlsx": "Calc MS Excel 2007 XML", "docx": "MS Word 2007 XML"}
"""Export filters where the suffix alone is not exact enough."""

_SETTINGS = """\
<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
  <item oor:path="/org.openoffice.Office.Calc/Formula/Load">
    <prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop>
  </item>
  <item oor:path="/org.openoffice.Office.Calc/Formula/Load">
    <prop oor:name="ODFRecalcMode" oor:op="fuse"><value>0</value></prop>
  </item>
  <item oor:path="/org.openoffice.Office.Common/Misc">
    <prop oor:name="UseLocking" oor:op="fuse"><value>false</value></prop>
    <prop oor:name="UseDocumentOOoLockFile" oor:op="fuse"><value>false</value></prop>
  </item>
</oor:items>
"""
"""Recalculate whatever is opened; leave no lock beside it, which would outlive a killed session."""

_QUIET = ("--headless", "--norestore", "--nologo", "--nodefault", "--nofirststartwizard")
_START_SECONDS = 60
_SECONDS_A_FILE = 5


class OfficeError(RuntimeError):
    """LibreOffice did not do what it was asked."""


@dataclass(frozen=True, slots=True)
class LibreOffice:
    """An installed LibreOffice.

    Attributes:
        program: the `soffice` to start.
        environment: variables to set for it, over the test's own.
    """

    program: Path
    environment: Mapping[str, str] = field(default_factory=dict)

    def convert(self, files: Sequence[Path], to: str, out_dir: Path) -> list[Path]:
        """Open, recalculate and save files in another format.

        Args:
            files: their names without suffix must differ.
            to: the suffix to make: xlsx, docx, pdf, csv …

        Returns:
            The files made, in the order of `files`.

        Raises:
            OfficeError: if any of them was not made; the others are there.
        """
        stems = [file.stem for file in files]
        if len(set(stems)) < len(stems):
            raise ValueError("files of the same name would overwrite each other")
        out_dir.mkdir(parents=True, exist_ok=True)
        made = [out_dir / f"{stem}.{to}" for stem in stems]
        for path in made:
            path.unlink(missing_ok=True)
        said = [self._convert_batch(batch, to, out_dir) for batch in _batches(files)]
        missing = [path.name for path in made if not path.is_file() or not path.stat().st_size]
        if missing:
            raise OfficeError(f"LibreOffice did not make {', '.join(missing)}: {' '.join(said)}")
        return made

    def start(self, profile: Path, *arguments: str) -> subprocess.Popen[bytes]:
        """Start it with a private profile; end it with `stop`.

        What it says goes to the file `soffice.log` in the profile.
        """
        settings = profile / "user" / "registrymodifications.xcu"
        settings.parent.mkdir(parents=True, exist_ok=True)
        settings.write_text(_SETTINGS, "utf-8")
        with (profile / "soffice.log").open("wb") as log:
            return subprocess.Popen(
                [self.program, f"-env:UserInstallation={profile.as_uri()}", *_QUIET, *arguments],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                env={**os.environ, **self.environment},
                start_new_session=True,
            )

    def _convert_batch(self, files: Sequence[Path], to: str, out_dir: Path) -> str:
        target = f"{to}:{FILTERS[to]}" if to in FILTERS else to
        with tempfile.TemporaryDirectory(prefix="gk-office-", ignore_cleanup_errors=True) as name:
            profile = Path(name)
            process = self.start(
                profile, "--convert-to", target, "--outdir", str(out_dir), *map(str, files)
            )
            try:
                process.wait(_START_SECONDS + _SECONDS_A_FILE * len(files))
            except subprocess.TimeoutExpired as timeout:
                raise OfficeError(f"LibreOffice hangs at one of {len(files)} files") from timeout
            finally:
                stop(process)
            return (profile / "soffice.log").read_text("utf-8", "replace").strip()


def find() -> LibreOffice | None:
    """The LibreOffice of this machine, or None."""
    program = shutil.which("soffice") or shutil.which("libreoffice")
    return LibreOffice(Path(program)) if program else None


def stop(process: subprocess.Popen[bytes]) -> None:
    """End a program and those it started, if it still runs: `soffice` wraps the real one."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _batches(files: Sequence[Path]) -> Iterator[Sequence[Path]]:
    for start in range(0, len(files), BATCH):
        yield files[start : start + BATCH]
