"""What a run reads, what came in and what the office keeps is not written over, by force or not."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path

from gk_xlsx.errors import GkXlsxError


def keep_sources(
    sources: Iterable[Path | None],
    targets: Iterable[Path | None],
    remade: Callable[[Path], bool] | None = None,
) -> None:
    """Make sure that nothing that is read, kept or came in is written over, whatever else may be.

    Always kept are the roster, settings, register and last year's reports of the project folder,
    and what came in to it.

    Args:
        sources: files and folders that the run reads; None where one was not given.
        targets: files that it writes.
        remade: whether a file in a folder that is read is one of those that are made again where
            they lie; unless told otherwise what this program shows an office (lists, findings,
            comparisons, letters).

    Raises:
        GkXlsxError: if a target is read or kept, is another target, or lies in a folder that is
            read and may have come in.
    """
    from gk_xlsx.disk import real_place
    from gk_xlsx.outputs.file_names import same_name

    received, kept = _of_the_office()
    files, folders = _apart([*filter(None, sources), *kept])
    inbox, written = _places(received), set[str]()
    for target in filter(None, targets):
        name = same_name(real_place(target))
        if name in written or _places([target]) & files:
            raise GkXlsxError(
                f"{target} 是要读取、保存着或另外写入的文件，不能写到它上面。请换一个文件名。"
            )
        written.add(name)
        around = _places(Path(real_place(target)).parents)
        is_ours = _is_shown if around & inbox or remade is None else remade
        if around & (folders | inbox) and os.path.lexists(target) and not is_ours(target):
            raise GkXlsxError(
                f"{target} 在要读取的文件夹里，可能是收到的文件，不能覆盖。请换一个文件名或文件夹。"
            )


def _is_shown(path: Path) -> bool:
    from gk_xlsx.outputs.own import is_shown

    return is_shown(path)


def _of_the_office() -> tuple[list[Path], list[Path]]:
    """Where mail lies in the current folder, and what is kept there."""
    from gk_xlsx.api.project import SETTINGS_FILE
    from gk_xlsx.inbox.project import kept_with, project_here

    project, own = project_here(), Path(SETTINGS_FILE)
    if project is None:
        return [], [own]
    kept = (own, project.settings, project.register, project.last, *kept_with(project.roster))
    return [project.received], list(kept)


# -- one place, however it is written ------------------------------------------------------

_Places = set[str | tuple[int, int]]
"""Files and folders by their names and, where the system has them, by their numbers."""


def _apart(paths: Iterable[Path]) -> tuple[_Places, _Places]:
    """Files, with the 情况说明 that are read beside them; and folders."""
    from gk_xlsx.inbox.files import explanations_beside

    listed = list(paths)
    folders = [path for path in listed if os.path.isdir(path)]  # noqa: PTH112 — a name may be too long for Path
    files = [path for path in listed if path not in folders and path.name]
    return _places([*files, *map(explanations_beside, files)]), _places(folders)


def _places(paths: Iterable[Path]) -> _Places:
    """What each place is known by: two ways to write it have a name or a number in common."""
    from gk_xlsx.disk import real_place

    places: _Places = set()
    for path in paths:
        places.add(real_place(path))
        with suppress(OSError, ValueError):
            found = path.stat()
            places |= {(found.st_dev, found.st_ino)} if found.st_ino else set()
    return places
