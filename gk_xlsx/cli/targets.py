"""Which files a command is about, and where what it makes of them goes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from gk_xlsx.errors import GkXlsxError


def reports(paths: Sequence[Path], failures: list[str]) -> list[tuple[Path, Path]]:
    """Every report of files and folders, with the folder its name is counted from."""
    from gk_xlsx import api

    found: list[tuple[Path, Path]] = []
    for path in paths:
        members = api.reports_in(path) if path.is_dir() else [path]
        if not members:
            failures.append(f"{path} 里没有填报表或报告 JSON。")
        found += [(member, path if path.is_dir() else path.parent) for member in members]
    return found


def prepare(targets: Sequence[Path], *, force: bool) -> None:
    """Make sure, before any work, that nothing is overwritten, by another target least of all.

    Raises:
        GkXlsxError: if two targets are the same on a system that ignores case, or one exists.
    """
    from gk_xlsx.outputs.files import make_folder, refuse_existing

    times = Counter(str(target).casefold() for target in targets)
    twice = sorted({str(target) for target in targets if times[str(target).casefold()] > 1})
    if twice:
        raise GkXlsxError(f"两份报告会写成同一个文件：{'、'.join(twice)}。请先改名。")
    for target in targets:
        if target.exists():
            refuse_existing(target, force=force)
    for folder in {target.parent for target in targets}:
        make_folder(folder)
