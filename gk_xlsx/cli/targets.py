"""Which files a command is about, and where what it makes of them goes."""

from __future__ import annotations

import os
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
            failures.append(f"{path} 里没有填报表、报告 JSON，也没有可能是报告的文档。")
        found += [(member, path if path.is_dir() else path.parent) for member in members]
    return found


def reports_to_render(folder: Path) -> list[tuple[Path, Path]]:
    """The files of a folder that finished reports are made of, each report once.

    Raises:
        GkXlsxError: if there are none.
    """
    from gk_xlsx import api

    failures: list[str] = []
    found = reports([folder], failures)
    if failures:
        raise GkXlsxError(failures[0])
    chosen = set(api.one_each([path for path, _ in found]))
    return [item for item in found if item[0] in chosen]


def named_after(members: Sequence[tuple[Path, Path]], folder: Path, suffix: str) -> list[Path]:
    """Where in a folder goes what is made of each report, as `reports` gives them.

    A report that stands there as data and as Word gives two: the Word's has its kind behind the
    name (`某局（docx）.xlsx`). Two data files of one name are left for `prepare` to refuse.
    """
    plain = [folder / path.relative_to(base).with_suffix(suffix) for path, base in members]
    first: dict[str, Path] = {}
    for (path, _), target in sorted(zip(members, plain, strict=True), key=_data_first):
        first.setdefault(str(target).casefold(), path)
    return [
        target
        if first[str(target).casefold()] == path or _is_data(path)
        else target.with_name(f"{target.stem}（{path.suffix[1:].lower()}）{suffix}")
        for (path, _), target in zip(members, plain, strict=True)
    ]


def _data_first(item: tuple[tuple[Path, Path], Path]) -> bool:
    return not _is_data(item[0][0])


def _is_data(path: Path) -> bool:
    from gk_xlsx.api.reading import DATA_SUFFIXES

    return path.suffix.lower() in DATA_SUFFIXES


def require_ending(target: Path | None, *endings: str) -> None:
    """Make sure that a file is called what it will be.

    Raises:
        GkXlsxError: if its name ends differently.
    """
    if target is None or target.suffix.lower() in endings:
        return
    raise GkXlsxError(f"只能生成 {'、'.join(endings)} 文件，{target.name} 不行。")


def told_of(path: Path, error: GkXlsxError) -> str:
    """An error with the file it is about, named once."""
    said = str(error)
    return said if str(path) in said else f"{path}：{said}"


def prepare(targets: Sequence[Path], *, force: bool) -> None:
    """Make sure, before any work, that nothing is overwritten, by another target least of all.

    Raises:
        GkXlsxError: if two targets are the same on a system that ignores case or takes composed
            and decomposed letters for the same, or one exists.
    """
    from gk_xlsx.outputs.file_names import same_name
    from gk_xlsx.outputs.files import make_folder, refuse_existing

    times = Counter(same_name(str(target)) for target in targets)
    twice = sorted({str(target) for target in targets if times[same_name(str(target))] > 1})
    if twice:
        raise GkXlsxError(f"两份报告会写成同一个文件：{'、'.join(twice)}。请先改名。")
    for target in targets:
        if os.path.lexists(target):
            refuse_existing(target, force=force)
    for folder in {target.parent for target in targets}:
        make_folder(folder)
