"""Comparing: two reports, two sums, two folders; and what a resubmission corrects."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

from gk_xlsx.api.contributing import contributed
from gk_xlsx.api.issuing import Made
from gk_xlsx.api.last_years import ALIKE
from gk_xlsx.api.merging import MergeTask, kept_from, merged_in, merged_of, root_of
from gk_xlsx.api.reading import (
    Opened,
    one_each,
    open_report,
    reports_in,
    template_bytes,
    unopened_in,
)
from gk_xlsx.errors import GkXlsxError
from gk_xlsx.findings import Finding
from gk_xlsx.form import Form
from gk_xlsx.merged import Contributor, Merged
from gk_xlsx.relations import cell_name
from gk_xlsx.report import AnnualReport, Entry, EntryKind, LastYear, Part
from gk_xlsx.rollup.causes import Cause, causes
from gk_xlsx.rollup.corrections import Correction, correct
from gk_xlsx.rollup.differences import Comparison, Member, Side, compare
from gk_xlsx.rollup.names import Names, likeness, spelling
from gk_xlsx.rollup.roster import Roster
from gk_xlsx.rules import judge_set
from gk_xlsx.rules.sets import ALL_COMPARED
from gk_xlsx.sources.kinds import Kind
from gk_xlsx.units import Unit


@dataclass(frozen=True)
class Compared:
    """What differs and what explains it.

    Attributes:
        causes: best first.
        findings: RO06, where a report is held against the sum of others.
        remarks: files that could not be taken in, Chinese sentences.
    """

    comparison: Comparison
    causes: tuple[Cause, ...]
    findings: tuple[Finding, ...] = ()
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Loaded:
    """One of the two things compared, with its form and year."""

    form: Form
    side: Side
    remarks: tuple[str, ...] = ()

    @property
    def report(self) -> AnnualReport:
        """The report, the sum, or the first of a set."""
        return self.side.total or self.side.members[0].report


def differences(left: str | Path, right: str | Path, *, roster: Roster | None = None) -> Compared:
    """Hold two files or folders side by side.

    A merged workbook and a folder beside a file are sums, with the reports they are made of. Two
    folders are compared unit by unit.

    Args:
        left: a report, a merged workbook or a folder of reports.
        right: the same.
        roster: pairs the reports of two folders whose names differ, and says what counts.

    Raises:
        GkXlsxError: if one cannot be read, or they are of different editions.
    """
    paths = Path(left), Path(right)
    folders = [path.is_dir() for path in paths]
    if all(folders):
        loaded = [_set_of(path, roster) for path in paths]
    else:
        singles = [
            None if folder else _file(path) for path, folder in zip(paths, folders, strict=True)
        ]
        unit = next(item for item in singles if item is not None).report.unit
        loaded = [
            item or _sum_of(path, unit, roster) for path, item in zip(paths, singles, strict=True)
        ]
    one, other = loaded
    if one.form is not other.form:
        raise GkXlsxError(
            f"{left} 用的是 {one.form.edition} 版格式，{right} 是 {other.form.edition} 版，"
            "不能比较。"
        )
    comparison = compare(one.form, one.side, other.side)
    found = tuple(item.finding for item in judge_set(comparison, ALL_COMPARED))
    return Compared(comparison, causes(comparison), found, (*one.remarks, *other.remarks))


def correction(
    before: str | Path,
    after: str | Path,
    sums: Sequence[str | Path] = (),
    *,
    date: datetime.date | None = None,
    template: str | Path | None = None,
) -> Made:
    """The 更正说明 of a resubmission, as .docx.

    Args:
        before: the first delivery.
        after: the second one.
        sums: merged reports that the first one is part of, from the nearest office upwards.
        date: of the statement; left blank without.
        template: an office's own Word template.

    Raises:
        GkXlsxError: if nothing was corrected, relations do not hold in the second one, or a file
            cannot be used: a sum that is no merged workbook of the year, or not of this unit.
    """
    from gk_xlsx.documents.correction import correction_docx

    first, second = open_report(before), open_report(after)
    if first.form is not second.form:
        raise GkXlsxError(f"{before} 和 {after} 不是同一版格式，不是更正。请核对文件。")
    found = correct(second.form, first.report, second.report, _sums_with(first.report, sums))
    if found.balanced is False:
        raise GkXlsxError(
            f"没有生成更正说明：{after} 仍有勾稽关系不成立（用 gk-xlsx check {after} 查看）。"
            "请先改正，再出更正说明。"
        )
    own = template_bytes(template) if template is not None else None
    data = correction_docx(found, date=date, template=own)
    return Made(data, tuple(_remarks(found)))


def _sums_with(report: AnnualReport, paths: Sequence[str | Path]) -> list[AnnualReport]:
    """The merged reports of files, each with the report or a sum below it among what it adds up.

    Raises:
        GkXlsxError: if a file is no merged workbook of the year, or adds up other bodies.
    """
    sums: list[AnnualReport] = []
    for path in paths:
        merged = merged_in(path)
        if merged.report.year != report.year:
            raise GkXlsxError(
                f"{path} 是 {merged.report.year} 年的汇总表，更正的是 {report.year} 年的报告，"
                "不能一起用。请用 --sum 给出同一年的汇总表。"
            )
        if not any(_is_in(unit, merged) for unit in (report.unit, *(item.unit for item in sums))):
            raise GkXlsxError(
                f"{path}（“{merged.report.unit.name}”的汇总表）里没有“{report.unit.name}”，"
                "它的汇总数不受这次更正影响。请核对 --sum；几级汇总表要由下而上给出。"
            )
        sums.append(merged.report)
    return sums


def _is_in(unit: Unit, merged: Merged) -> bool:
    """Whether a sum counts a body, by itself or as a part of a sum."""
    members: list[Contributor | Part] = [*merged.counted]
    members += [part for item in merged.counted for part in item.parts]
    return any(_is_same(unit, item) for item in members)


def _is_same(unit: Unit, other: Contributor | Part) -> bool:
    """By the name; by the code of an office's roster only where the names are alike too."""
    if spelling(unit.name) == spelling(other.name):
        return True
    return bool(unit.code) and unit.code == other.code and likeness(unit.name, other.name) >= ALIKE


def _remarks(found: Correction) -> Iterator[str]:
    if found.balanced is None:
        yield "更正后的报告有的格没有数，勾稽关系没有全部核对，更正说明里没有写勾稽关系无误。"
    if found.unread:
        names = "、".join(cell_name(found.form, item.field) for item in found.unread)
        yield (
            f"有 {len(found.unread)} 格没有读出确切的数，没有写进更正说明，"
            f"请对照原件核对：{names}。"
        )


# -- what is compared ------------------------------------------------------------------------


def _file(path: Path) -> _Loaded:
    """A report, or a merged workbook with its reports."""
    opened = open_report(path)
    merged = kept_from(path) if opened.kind is Kind.WORKBOOK else None
    if merged is not None:
        return _Loaded(merged.form, _side_of(str(path), merged))
    return _Loaded(opened.form, Side(str(path), opened.report))


def _sum_of(folder: Path, unit: Unit, roster: Roster | None) -> _Loaded:
    """The reports of a folder added up, for comparing with the report of `unit`."""
    root = root_of(roster, unit.name) if roster is not None else None
    found = contributed([folder], roster=roster, root=root)
    made = merged_of(MergeTask(found, unit, roster, root))
    return _Loaded(made.merged.form, _side_of(str(folder), made.merged), made.remarks)


def _set_of(folder: Path, roster: Roster | None) -> _Loaded:
    """The reports of a folder, each for itself, under the names of the roster.

    Raises:
        GkXlsxError: if there is none, or they are of several editions.
    """
    names = Names(roster) if roster is not None else None
    opened, remarks = _opened_in(folder)
    if not opened:
        raise GkXlsxError(f"{folder} 里没有可以读取的报告。")
    forms = {item.form.edition: item.form for item in opened}
    if len(forms) > 1:
        raise GkXlsxError(
            f"{folder} 里的报告不是同一版格式（{'、'.join(sorted(forms))} 版），请分开比较。"
        )
    members = tuple(Member(_named(item.report, names), item.path) for item in opened)
    return _Loaded(opened[0].form, Side(str(folder), None, members), tuple(remarks))


def _opened_in(folder: Path) -> tuple[list[Opened], list[str]]:
    opened, remarks = [], unopened_in(folder)
    for path in one_each(reports_in(folder)):
        try:
            opened.append(open_report(path))
        except GkXlsxError as error:
            remarks.append(str(error))
    return opened, remarks


def _named(report: AnnualReport, names: Names | None) -> AnnualReport:
    """The report under its name and code in the roster, where it has a line there."""
    line = names.of(report.unit, report.scope).line if names is not None else None
    if line is None:
        return report
    return replace(report, unit=replace(report.unit, name=line.name, code=line.code))


def _side_of(name: str, merged: Merged) -> Side:
    members = tuple(_member(merged, item) for item in merged.counted)
    return Side(name, merged.report, members)


def _member(merged: Merged, item: Contributor) -> Member:
    """A report that was added up, with its figures only."""
    entries = {
        key: _entry(figure, item.reasons.get(key, ""))
        for key, figure in zip(merged.form.fields, item.figures, strict=True)
    }
    report = AnnualReport(
        edition=merged.form.edition,
        year=merged.report.year,
        unit=Unit(item.name, item.code),
        entries=entries,
        scope=item.scope,
        last_year=_last(item),
    )
    return Member(report, item.path)


def _entry(figure: Decimal | None, reason: str) -> Entry:
    if figure is None:
        return Entry(EntryKind.UNKNOWN, reason=reason)
    return Entry(EntryKind.NUMBER, figure)


def _last(item: Contributor) -> LastYear | None:
    last = item.last
    if last is None:
        return None
    pairs = zip(last.ids, last.figures, strict=True)
    known = {key: figure for key, figure in pairs if figure is not None}
    return LastYear(last.year, item.name, last.edition, known)
