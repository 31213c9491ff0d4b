"""An installed LibreOffice, as far as turning our own Word documents into PDF.

Only documents made by this program go in, never collected ones.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from gk_xlsx.errors import GkXlsxError, reason

BATCH = 200
"""LibreOffice silently drops files beyond about 245 per call."""
START_SECONDS = 90
SECONDS_A_FILE = 5

MISSING = (
    "没有找到 LibreOffice，不能生成 PDF。请安装 LibreOffice（免费）后再试；"
    "或先生成 .docx，用 WPS 或 Word 打开后另存为 PDF。"
)

_NAMES = ("soffice", "libreoffice", "soffice.com")
_USUAL = (
    "/usr/lib/libreoffice/program/soffice",
    "/usr/lib64/libreoffice/program/soffice",
    "/opt/libreoffice*/program/soffice",
    "/snap/bin/libreoffice",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
)
_WINDOWS_FOLDERS = ("ProgramFiles", "ProgramW6432", "ProgramFiles(x86)", "LOCALAPPDATA")
_IN_WINDOWS = ("LibreOffice*/program/soffice.com", "Programs/LibreOffice*/program/soffice.com")
_QUIET = ("--headless", "--norestore", "--nologo", "--nodefault", "--nofirststartwizard")


def find(environment: Mapping[str, str] = os.environ, usual: Sequence[str | Path] = _USUAL) -> Path:
    """The program, on the PATH or where it is usually installed.

    Args:
        environment: where the PATH is, and on Windows the folders of programs.
        usual: patterns of full paths, looked at in order; the newest version first.

    Raises:
        GkXlsxError: if it is not there; the message says what to do.
    """
    search = environment.get("PATH", "")
    for name in _NAMES:
        found = shutil.which(name, path=search)
        if found:
            return Path(found)
    for pattern in (*_in_windows(environment), *map(Path, usual)):
        base = Path(pattern.anchor)
        matches = sorted(base.glob(str(pattern.relative_to(base))), reverse=True)
        if matches:
            return matches[0]
    raise GkXlsxError(MISSING)


def _in_windows(environment: Mapping[str, str]) -> Iterator[Path]:
    for variable in _WINDOWS_FOLDERS:
        folder = environment.get(variable, "")
        yield from (Path(folder, inside) for inside in _IN_WINDOWS if folder)


def converted(
    program: Path, documents: Sequence[bytes], seconds: float = START_SECONDS
) -> list[bytes]:
    """Word documents as PDF, in one start for every `BATCH`.

    Args:
        program: as `find` gives it.
        documents: each the content of a .docx file.
        seconds: how long a start may take, over what each file may.

    Returns:
        What came out for each, in their order; empty where nothing did.
    """
    made: list[bytes] = []
    for start in range(0, len(documents), BATCH):
        made += _converted_batch(program, documents[start : start + BATCH], seconds)
    return made


def _converted_batch(program: Path, documents: Sequence[bytes], seconds: float) -> list[bytes]:
    with tempfile.TemporaryDirectory(prefix="gk-pdf-", ignore_cleanup_errors=True) as name:
        folder = Path(name).resolve()
        files = [folder / "in" / f"{number:04}.docx" for number in range(len(documents))]
        files[0].parent.mkdir()
        for file, data in zip(files, documents, strict=True):
            file.write_bytes(data)
        out = folder / "out"
        out.mkdir()
        limit = seconds + SECONDS_A_FILE * len(files)
        _run(_command(program, folder / "profile", out, files), limit)
        made = [out / f"{file.stem}.pdf" for file in files]
        return [path.read_bytes() if path.is_file() else b"" for path in made]


def _command(program: Path, profile: Path, out: Path, files: Sequence[Path]) -> list[str]:
    """With a profile of its own, so that an open LibreOffice is not disturbed."""
    return [
        str(program),
        f"-env:UserInstallation={profile.as_uri()}",
        *_QUIET,
        *("--convert-to", "pdf:writer_pdf_Export", "--outdir", str(out)),
        *map(str, files),
    ]


def _run(command: Sequence[str], seconds: float) -> None:
    """Let it run and end it in time; its exit code says nothing, what it has made does."""
    try:
        process = subprocess.Popen(  # noqa: S603 — the program found, files of our own, no shell
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
    except OSError as error:
        raise GkXlsxError(
            f"LibreOffice（{command[0]}）不能启动：{reason(error)}。请重新安装。"
        ) from error
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        return
    finally:
        _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    """End the program and those it started, if it still runs: `soffice` wraps the real one."""
    if process.poll() is None:
        if sys.platform == "win32":
            command = ["taskkill", "/F", "/T", "/PID", str(process.pid)]
            subprocess.run(command, check=False, capture_output=True)  # noqa: S603
        else:
            os.killpg(process.pid, signal.SIGKILL)
    process.wait()
