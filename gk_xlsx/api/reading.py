"""Opening files as reports, whatever they are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from gk_xlsx import resources
from gk_xlsx.errors import GkXlsxError, UnreadableError
from gk_xlsx.form import Form
from gk_xlsx.relations import bind_explanations
from gk_xlsx.report import AnnualReport, Explanation, LastYear, last_year_of
from gk_xlsx.sources.door import Arrival, Kind, admit, read_bytes

REPORT_SUFFIXES = frozenset({".xlsx", ".xlsm", ".xls", ".et", ".json"})
"""What a folder is searched for; inside, files are told apart by content."""

EXPLANATIONS_SUFFIX = ".说明.json"
"""Ends the name of the file with 情况说明 beside a report that cannot hold them itself."""


@dataclass(frozen=True)
class Opened:
    """A file that was read as a report."""

    path: str
    sha256: str
    report: AnnualReport
    form: Form


def read(path: str | Path) -> AnnualReport:
    """Read any readable file as a report.

    Raises:
        GkXlsxError: if the file cannot be opened.
        UnreadableError: if it is no report; the message says what it is and what to do.
    """
    return open_report(path).report


def open_report(path: str | Path) -> Opened:
    """Read a file as a report, with its form and hash; raises as `read` does."""
    try:
        arrival = admit(Path(path))
    except UnreadableError as error:
        error.path = str(path)
        raise
    try:
        report = _parsed(arrival)
    except UnreadableError as error:
        error.path, error.sha256 = arrival.path, arrival.sha256
        raise
    form = resources.form(report.edition)
    return Opened(arrival.path, arrival.sha256, bind_explanations(form, report), form)


def _parsed(arrival: Arrival) -> AnnualReport:
    if arrival.kind is Kind.WORKBOOK:
        from gk_xlsx.workbook.read import read_workbook

        return read_workbook(arrival.data, resources.form)
    from gk_xlsx.sources.report_json import read_report_json

    return read_report_json(arrival.data, resources.form, resources.form_for_year)


def explained(opened: Opened, explanations: str | Path | None) -> Opened:
    """The report with the 情况说明 of a file, or of `NAME.说明.json` beside it.

    Raises:
        GkXlsxError: if the file cannot be read.
    """
    beside = Path(opened.path).with_name(f"{Path(opened.path).stem}{EXPLANATIONS_SUFFIX}")
    source = Path(explanations) if explanations is not None else beside
    if explanations is None and not beside.is_file():
        return opened
    from gk_xlsx.sources.report_json import read_explanations

    added = read_explanations(read_bytes(source), str(source))
    report = replace(opened.report, explanations=_merged(opened.report.explanations, added))
    return replace(opened, report=bind_explanations(opened.form, report))


def _merged(own: Sequence[Explanation], added: Sequence[Explanation]) -> tuple[Explanation, ...]:
    """Both, the added ones first where they speak of the same."""
    spoken = {(item.code, item.fields[:1]) for item in added}
    return (*added, *(item for item in own if (item.code, item.fields[:1]) not in spoken))


def reports_in(folder: Path) -> list[Path]:
    """Files of a folder, and of those in it, that may hold a report; in the order of names."""
    return sorted(
        path
        for path in folder.rglob("*")
        if path.is_file()
        and path.suffix.lower() in REPORT_SUFFIXES
        and not path.name.startswith(("~$", "."))
        and not path.name.endswith(EXPLANATIONS_SUFFIX)
    )


class LastYears:
    """Where last year's figures come from: one report, or a folder of them, read once."""

    def __init__(self, source: str | Path) -> None:
        self._source = Path(source)

    def of(self, report: AnnualReport) -> LastYear:
        """Last year's figures of a report's unit.

        Raises:
            GkXlsxError: if there are none, or they are another unit's or another year's.
        """
        if not self._source.is_dir():
            return _as_last(report, self._single, self._source)
        found = self._by_unit.get((report.unit.name, report.year - 1))
        if found is None:
            wanted = f"“{report.unit.name}”{report.year - 1} 年的报告"
            raise GkXlsxError(f"{self._source} 里没有{wanted}。")
        return found

    @cached_property
    def _single(self) -> AnnualReport:
        return read(self._source)

    @cached_property
    def _by_unit(self) -> Mapping[tuple[str, int], LastYear]:
        found: dict[tuple[str, int], LastYear] = {}
        for path in reports_in(self._source):
            with suppress(GkXlsxError):
                report = read(path)
                found.setdefault((report.unit.name, report.year), last_year_of(report))
        return found


def _as_last(report: AnnualReport, found: AnnualReport, source: Path) -> LastYear:
    if found.unit.name != report.unit.name:
        raise GkXlsxError(
            f"{source} 是“{found.unit.name}”的报告，不是“{report.unit.name}”的，不能作为去年数据。"
        )
    if found.year != report.year - 1:
        raise GkXlsxError(
            f"{source} 是 {found.year} 年的报告，需要 {report.year - 1} 年的作为去年数据。"
        )
    return last_year_of(found)
