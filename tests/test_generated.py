"""Generated files are up to date: `python -m tests.generated` would change nothing."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from tests.generated import COMMANDS, ROOT, generated

FILES = dict(generated())


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_generated_file_is_up_to_date(path: Path) -> None:
    assert path.is_file(), "missing; run python -m tests.generated"
    assert content(path.read_bytes()) == content(FILES[path]), "run python -m tests.generated"


def test_every_command_is_documented() -> None:
    from gk_xlsx.cli.app import app

    callbacks = [command.callback for command in app.registered_commands]

    assert {callback.__name__ for callback in callbacks if callback} == set(COMMANDS)


def content(data: bytes) -> object:
    """Text as it is; a package by its parts, but for what names the installed libraries."""
    if not data.startswith(b"PK"):
        return data.decode()
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        names = [name for name in package.namelist() if "docProps/app" not in name]
        return {name: package.read(name) for name in names}
