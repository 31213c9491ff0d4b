"""Merging: reports → the merged workbook, and where its figures come from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from gk_xlsx import resources
from gk_xlsx.api.contributing import Contributed
from gk_xlsx.api.reading import Opened
from gk_xlsx.errors import GkXlsxError, UnreadableError
from gk_xlsx.findings import Finding, Verdict
from gk_xlsx.merged import Contribution, Contributor, Merged, Missing
from gk_xlsx.report import LastYear
from gk_xlsx.rollup import merging
from gk_xlsx.rollup.double_counting import each_once, refuse_double_counting
from gk_xlsx.rollup.expected import missing_lines, root_line
from gk_xlsx.rollup.names import spelling
from gk_xlsx.rollup.roster import Roster, RosterLine
from gk_xlsx.rollup.taking_over import taken_over
from gk_xlsx.sources.archives import SIGNATURES as ARCHIVES
from gk_xlsx.sources.compound import MAGIC as ENCRYPTED_OR_OLD
from gk_xlsx.sources.door import Arrival, Kind, admit_data, read_bytes
from gk_xlsx.units import Scope, Unit

if TYPE_CHECKING:
    from gk_xlsx.rollup.last_reports import LastReport


@dataclass(frozen=True)
class MergeTask:
    """What a sum is made of and for whom.

    Attributes:
        unit: the body whose area the sum is about.
        root: its line of the roster, or None without one.
        last: last year's reports; the sum's own last year is looked for among them.
        keep: a merged workbook whose adjustments, texts and 情况说明 are taken over.
    """

    contributed: Contributed
    unit: Unit
    roster: Roster | None = None
    root: RosterLine | None = None
    last: Sequence[LastReport] = ()
    keep: Merged | None = None


@dataclass(frozen=True)
class MadeMerge:
    """A merged workbook as bytes, the merge in it, and what its maker should know."""

    data: bytes = field(repr=False)
    merged: Merged
    remarks: tuple[str, ...] = ()

    @property
    def wrong(self) -> tuple[Contributor, ...]:
        """What was counted although its figures have errors."""
        return tuple(item for item in self.merged.counted if item.verdict is Verdict.FIX)

    @property
    def complete(self) -> bool:
        """Whether nothing is missing or unknown and no report has errors in its figures."""
        return self.merged.complete and not self.wrong


def unit_of(name: str, root: RosterLine | None) -> Unit:
    """The body a sum is for: as the roster has it, else as it was named.

    Raises:
        GkXlsxError: if neither says.
    """
    if root is not None:
        return Unit(root.name, root.code, root.level)
    if not name.strip():
        raise GkXlsxError("请用 --unit 给出汇总单位的名称，或用 --roster 给出名册。")
    return Unit(name.strip())


def root_of(roster: Roster, unit: str) -> RosterLine:
    """The roster's line a sum is for: the one named, else its only root.

    Raises:
        GkXlsxError: if there is no such line.
    """
    return root_line(roster, unit)


def merged_of(task: MergeTask) -> MadeMerge:
    """All reports in one sum.

    Raises:
        DoubleCountingError: if something would be counted twice.
        GkXlsxError: if there is nothing to add up, or `keep` is of another unit or year.
    """
    once = each_once(task.contributed.counted)
    refuse_double_counting(once.kept, task.roster)
    missing = [*_missing(task, once.kept), *_files_lost(task)]
    remarks = (*task.contributed.remarks, *once.remarks, *_unreadable(task))
    return made_of(task, once.kept, missing, remarks)


def merged_book(merged: Merged, findings: Sequence[Finding] = ()) -> bytes:
    """The workbook of a merge; with findings one to send back."""
    from gk_xlsx.plan.merged_workbook import plan_merged
    from gk_xlsx.workbook.write import workbook_bytes

    last = merged.report.last_year
    known = last is not None and last.edition in resources.EDITIONS
    last_form = resources.form(last.edition) if last is not None and known else None
    return workbook_bytes(plan_merged(merged, findings, last_form=last_form))


def kept_from(path: str | Path) -> Merged | None:
    """What a merged workbook holds that must not be lost; None where the file is none.

    Raises:
        GkXlsxError: if it is a workbook that is too damaged to tell.
    """
    from gk_xlsx.workbook.read import ForeignWorkbookError, NotMergedError, read_merged

    data = read_bytes(Path(path))
    if not data.startswith((*ARCHIVES, ENCRYPTED_OR_OLD)):
        return None
    try:
        if admit_data(str(path), data).kind is not Kind.WORKBOOK:
            return None
        return read_merged(data, resources.form)
    except (ForeignWorkbookError, NotMergedError):
        return None
    except UnreadableError as error:
        raise GkXlsxError(
            f"{path} 已有，但不能读取（{error.message}），其中的调整和文字无法保留。"
            "请先改名或移走它，再汇总。"
        ) from error


def merged_in(path: str | Path) -> Merged:
    """The merged workbook that a user named.

    Raises:
        GkXlsxError: if the file is none; the message says what it is and what is expected.
    """
    try:
        arrival = admit_data(str(path), read_bytes(Path(path)))
        return _merged_workbook(arrival)
    except UnreadableError as error:
        error.path = str(path)
        raise


def _merged_workbook(arrival: Arrival) -> Merged:
    from gk_xlsx.workbook.read import ForeignWorkbookError, NotMergedError, read_merged

    wanted = "请给出 gk-xlsx merge 生成的汇总表（.xlsx）。"
    if arrival.kind is not Kind.WORKBOOK:
        raise NotMergedError(f"{arrival.kind.told}，不是汇总表。", wanted)
    try:
        return read_merged(arrival.data, resources.form)
    except ForeignWorkbookError as error:
        raise NotMergedError("这是别的表格，不是汇总表。", wanted) from error


def marked_merge(opened: Opened, findings: Sequence[Finding]) -> bytes | None:
    """A merged workbook to send back, with its 明细; None where the file is none, or is gone."""
    path = Path(opened.path)
    kept = kept_from(path) if path.is_file() else None
    return None if kept is None else merged_book(replace(kept, report=opened.report), findings)


def trace(path: str | Path, name: str) -> tuple[Merged, tuple[Contribution, ...]]:
    """Where a figure of a merged workbook comes from.

    Args:
        path: the merged workbook.
        name: a field id or a short name (三.新收.总计).

    Raises:
        GkXlsxError: if the file is no merged workbook or there is no such figure.
    """
    merged = merged_in(path)
    return merged, merging.trace(merged, name)


# -- one sum -------------------------------------------------------------------------------


def _missing(task: MergeTask, counted: Sequence[Contributor]) -> Iterator[Missing]:
    """Lines of the roster that are not there, with what became of what they sent."""
    if task.roster is None or task.root is None:
        return
    sent = {item.code: item for item in task.contributed.unusable if item.code}
    present = {item.code for item in counted}
    for line in missing_lines(task.roster, task.root, present):
        yield sent.get(line.code, Missing(line.name, line.code))


def _files_lost(task: MergeTask) -> Iterator[Missing]:
    """Files that could not be read, where no roster tells whose they are."""
    if task.roster is None:
        yield from (item for item in task.contributed.unusable if not item.code)


def made_of(
    task: MergeTask,
    counted: Sequence[Contributor],
    missing: Sequence[Missing],
    remarks: Sequence[str] = (),
) -> MadeMerge:
    """The workbook of a task, of reports that are sure to be counted once.

    Raises:
        GkXlsxError: if there are none, or `keep` is of another unit or year.
    """
    form, year = task.contributed.form, task.contributed.year
    merged = merging.merge(
        form,
        task.unit,
        year,
        counted,
        aside=(*task.contributed.aside, *task.contributed.strangers),
        adjustments=task.keep.adjustments if task.keep else (),
        missing=missing,
        roster=task.roster,
    )
    last = _own_last(task.last, task.unit, year)
    if last is not None:
        merged = merging.with_last_year(merged, last)
    if task.keep is not None:
        merged = taken_over(merged, task.keep)
    return MadeMerge(merged_book(merged), merged, tuple(remarks))


def _unreadable(task: MergeTask) -> list[str]:
    """Files that could not be read, where the roster names who is missing."""
    if task.roster is None:
        return []
    return [f"{item.name}：{item.why}" for item in task.contributed.unusable if not item.code]


def _own_last(reports: Sequence[LastReport], unit: Unit, year: int) -> LastYear | None:
    """Last year's sum for the same body, where it is among last year's reports."""
    fitting = [
        item
        for item in reports
        if item.scope is Scope.AREA
        and spelling(item.unit.name) == spelling(unit.name)
        and item.last.year == year - 1
    ]
    best = min(fitting, key=lambda item: item.rank, default=None)
    return best.last if best else None
