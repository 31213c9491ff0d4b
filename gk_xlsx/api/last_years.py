"""Last year's figures: out of one report, or of a folder of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from gk_xlsx.api.reading import Opened, open_report, reports_in
from gk_xlsx.errors import GkXlsxError
from gk_xlsx.report import AnnualReport, LastYear, Seen, last_year_of
from gk_xlsx.sources.door import Kind

ALIKE = 0.6
"""Names that agree less than this (0 … 1) are not mentioned for each other."""

_RANKS = (Kind.WORKBOOK, Kind.REPORT_JSON), (Kind.DOCX,), (Kind.HTML,), (Kind.TEXT,), (Kind.PDF,)
"""Which of several files of one report counts; spreadsheets of other making come last."""


@dataclass(frozen=True, slots=True)
class _Kept:
    """One report of a folder, as far as it is carried along; `rank` 0 is the surest."""

    path: Path
    rank: int
    last: LastYear


class LastYears:
    """Where last year's figures come from: one report, or a folder of them, read once.

    Files of a folder are told apart by unit and year; names are compared without what people
    write in different ways. Where a report stands there several times, data counts before Word,
    Word before web page, text and PDF; two of the same rank must not contradict each other.
    Files that are no report are passed over.
    """

    def __init__(self, source: str | Path) -> None:
        self._source = Path(source)

    def of(self, report: AnnualReport) -> LastYear:
        """Last year's figures of a report's unit.

        Raises:
            GkXlsxError: if there are none, they are another unit's or another year's, or two
                files contradict each other.
        """
        if not self._source.is_dir():
            return _as_last(report, self._single, self._source)
        found = self._by_unit.get((_key(report.unit.name), report.year - 1), ())
        if not found:
            wanted = f"“{report.unit.name}”{report.year - 1} 年的报告"
            raise GkXlsxError(f"{self._source} 里没有{wanted}。{self._nearest(report)}")
        best = min(item.rank for item in found)
        return _agreeing([item for item in found if item.rank == best])

    @cached_property
    def _single(self) -> AnnualReport:
        return open_report(self._source).report

    @cached_property
    def _by_unit(self) -> Mapping[tuple[str, int], Sequence[_Kept]]:
        found: dict[tuple[str, int], list[_Kept]] = {}
        for kept in self._read():
            found.setdefault((_key(kept.last.unit), kept.last.year), []).append(kept)
        return found

    def _read(self) -> Iterator[_Kept]:
        for path in reports_in(self._source):
            with suppress(GkXlsxError):
                opened = open_report(path)
                yield _Kept(path, rank_of(opened), last_year_of(opened.report))

    def _nearest(self, report: AnnualReport) -> str:
        """Which file may have been meant by a name that is not there."""
        from gk_xlsx.rollup.names import likeness

        of_the_year = [
            (likeness(report.unit.name, item.last.unit), item)
            for (_, year), items in self._by_unit.items()
            if year == report.year - 1
            for item in items
        ]
        how_much, best = max(of_the_year, key=lambda pair: pair[0], default=(0.0, None))
        if best is None or how_much < ALIKE:
            return ""
        return f"如果“{best.last.unit}”就是它，请用 --last {best.path} 直接给出。"


def _key(name: str) -> str:
    """A unit's name without what people write in different ways."""
    from gk_xlsx.rollup.names import spelling

    return spelling(name)


def rank_of(opened: Opened) -> int:
    """How sure a file is among several of one report; 0 is the surest."""
    if opened.report.saw(Seen.FOREIGN_WORKBOOK):
        return len(_RANKS)
    ranks = {kind: rank for rank, kinds in enumerate(_RANKS) for kind in kinds}
    return ranks.get(opened.kind, len(_RANKS))


def _agreeing(found: Sequence[_Kept]) -> LastYear:
    """The one there is, or one of several that say the same.

    Raises:
        GkXlsxError: if two files state a figure differently.
    """
    first = found[0]
    for other in found[1:]:
        both = first.last.values.keys() & other.last.values.keys()
        if any(first.last.values[key] != other.last.values[key] for key in both):
            raise GkXlsxError(
                f"{first.path} 和 {other.path} 都是“{first.last.unit}”{first.last.year} 年的报告，"
                "数据不一样。请只留一份，或用 --last 直接给出。"
            )
    return max(found, key=lambda item: len(item.last.values)).last


def _as_last(report: AnnualReport, found: AnnualReport, source: Path) -> LastYear:
    if found.unit.name and not _is_same(report.unit.name, found.unit.name):
        raise GkXlsxError(
            f"{source} 是“{found.unit.name}”的报告，不是“{report.unit.name}”的，不能作为去年数据。"
        )
    if not found.year:
        raise GkXlsxError(f"{source} 没有写明年份，不能确认是 {report.year - 1} 年的报告。")
    if found.year != report.year - 1:
        raise GkXlsxError(
            f"{source} 是 {found.year} 年的报告，需要 {report.year - 1} 年的作为去年数据。"
        )
    return last_year_of(found)


def _is_same(name: str, other: str) -> bool:
    """Whether two names mean one body; a file that was named may leave the region out."""
    from gk_xlsx.rollup.names import Names
    from gk_xlsx.rollup.roster import Roster, RosterLine

    roster = Roster((RosterLine(row=1, name=name, code="1"),))
    return Names(roster).by_name(other).line is not None
