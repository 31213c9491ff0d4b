"""Which files a command is about, and where what it makes of them goes."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
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


def keep_sources(
    sources: Iterable[Path | None],
    targets: Iterable[Path | None],
    remade: Callable[[Path], bool] | None = None,
) -> None:
    """Make sure that nothing that is read, or came in, is written over, whatever else may be.

    Args:
        sources: files and folders that the run reads; None where one was not given.
        targets: files that it writes.
        remade: whether a file in a folder that is read is one of those that are made again where
            they lie; unless told otherwise what this program shows an office (lists, findings,
            comparisons, letters).

    Raises:
        GkXlsxError: if a target is read too, is another target, or lies in a folder that is read
            (02收件 of a project always is) and may have come in.
    """
    from gk_xlsx.disk import real_place
    from gk_xlsx.inbox.project import project_here

    project = project_here()
    named = [*filter(None, sources), *([project.received] if project else ())]
    read = {real_place(path) for path in named if os.path.isfile(path)}  # noqa: PTH113 — a name may be too long for Path
    folders = [real_place(path) for path in named if os.path.isdir(path)]  # noqa: PTH112 — as above
    for target in filter(None, targets):
        place = real_place(target)
        if place in read:
            raise GkXlsxError(
                f"{target} 是要读取或另外写入的文件，不能写到它上面。请换一个文件名。"
            )
        read.add(place)
        within = any(Path(place).is_relative_to(folder) for folder in folders)
        if within and os.path.lexists(target) and not (remade or _is_shown)(target):
            raise GkXlsxError(
                f"{target} 在要读取的文件夹里，可能是收到的文件，不能覆盖。请换一个文件名或文件夹。"
            )


def _is_shown(path: Path) -> bool:
    from gk_xlsx.outputs.own import is_shown

    return is_shown(path)
