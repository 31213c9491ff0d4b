"""Last year's reports for a whole roster: a folder of them, a merged workbook, or both."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from gk_xlsx import resources
from gk_xlsx.api.last_years import rank_of
from gk_xlsx.api.reading import DATA_SUFFIXES, file_bytes, open_data, reports_in
from gk_xlsx.errors import GkXlsxError
from gk_xlsx.report import LastYear, last_year_of
from gk_xlsx.rollup.last_reports import LastReport
from gk_xlsx.sources.door import Kind
from gk_xlsx.units import Unit

if TYPE_CHECKING:
    from gk_xlsx.inbox.memory import Memory


@dataclass(frozen=True)
class LastRead:
    """What was found of last year.

    Attributes:
        reports: those of the year.
        remarks: files that were passed over and why, Chinese sentences.
        unread: documents that show no report: scans of one, or any other text.
    """

    reports: tuple[LastReport, ...]
    remarks: tuple[str, ...]
    unread: tuple[Path, ...] = ()


def last_files(source: str | Path) -> list[Path]:
    """The files to look into: the one named, or those of a folder.

    Raises:
        GkXlsxError: if there is none.
    """
    path = Path(source)
    if not path.is_dir():
        return [path]
    found = reports_in(path)
    if not found:
        raise GkXlsxError(f"{path} 里没有去年的报告。请把去年的报告放进去，或换一个文件夹。")
    return found


def read_last(files: Iterable[Path], year: int, memory: Memory | None = None) -> LastRead:
    """All reports of a year in files, those on 明细 of a merged workbook too.

    Args:
        files: to look into.
        year: of the reports.
        memory: what an earlier run read of them.

    Raises:
        GkXlsxError: if not one is found.
    """
    reports: list[LastReport] = []
    remarks: list[str] = []
    unread: list[Path] = []
    for path in files:
        try:
            data = file_bytes(path)
            found = _remembered(path, data, memory) if memory else tuple(_reports_of(path, data))
        except GkXlsxError as error:
            if path.suffix.lower() in DATA_SUFFIXES:
                remarks.append(str(error))
            else:
                unread.append(path)
            continue
        fitting = [item for item in found if item.last.year == year]
        reports += fitting
        if not fitting:
            remarks.append(f"{path} 是 {found[0].last.year} 年的报告，不是 {year} 年的，没有采用。")
    if not reports:
        raise GkXlsxError("".join((f"没有找到 {year} 年的报告。", *remarks[:1])))
    return LastRead(tuple(reports), tuple(remarks), tuple(unread))


def _remembered(path: Path, data: bytes, memory: Memory) -> tuple[LastReport, ...]:
    """The reports in a file, worked out only where its content was not seen before."""
    sha256 = hashlib.sha256(data).hexdigest()
    known = memory.recall_last(sha256)
    if known is None:
        known = tuple(_reports_of(path, data))
        memory.keep_last(sha256, known)
    return tuple(replace(item, origin=str(path)) for item in known)


def _reports_of(path: Path, data: bytes) -> Iterator[LastReport]:
    """The report of a file and, where it was added up in a merged workbook, those of the units."""
    opened = open_data(str(path), data)
    report, rank = opened.report, rank_of(opened)
    yield LastReport(report.unit, report.scope, last_year_of(report), str(path), rank)
    if opened.kind is Kind.WORKBOOK and report.parts:
        yield from _parts(path, data, rank)


def _parts(path: Path, data: bytes, rank: int) -> Iterator[LastReport]:
    """The units on 明细 of a merged workbook, whether they were counted there or not."""
    from gk_xlsx.workbook.read import read_merged

    merged = read_merged(data, resources.form)
    for item in (*merged.counted, *merged.aside):
        figures = zip(merged.form.fields, item.figures, strict=True)
        known = {field_id: figure for field_id, figure in figures if figure is not None}
        last = LastYear(merged.report.year, item.name, merged.form.edition, known)
        yield LastReport(Unit(item.name, item.code), item.scope, last, str(path), rank)
