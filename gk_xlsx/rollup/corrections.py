"""更正: what a resubmission changes, and what that changes in the sums up the tree."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from gk_xlsx.errors import GkXlsxError
from gk_xlsx.form import Form, Period
from gk_xlsx.relations import evaluate
from gk_xlsx.report import AnnualReport, EntryKind
from gk_xlsx.rollup.differences import CellDifference, different_cells


@dataclass(frozen=True, slots=True)
class ChangedSum:
    """A cell of an office's sum before and after (件, 万元, 元); None where it is unknown."""

    office: str
    field: str
    before: Decimal | None
    after: Decimal | None


@dataclass(frozen=True)
class Correction:
    """A resubmission.

    Attributes:
        report: as corrected.
        cells: what it changes; left is the first delivery, right the second, a figure or blank.
        sums: what that changes above, office by office from below, cells in printed order.
        balanced: whether every relation within the corrected report holds; None where none is
            broken and not all could be checked.
        unread: cells of which a delivery does not tell the figure: nothing is corrected there.
    """

    form: Form
    report: AnnualReport
    cells: tuple[CellDifference, ...]
    sums: tuple[ChangedSum, ...]
    balanced: bool | None
    unread: tuple[CellDifference, ...] = ()


def correct(
    form: Form, before: AnnualReport, after: AnnualReport, sums: Sequence[AnnualReport] = ()
) -> Correction:
    """What changes when one delivery takes the place of another.

    Args:
        form: of both reports.
        before: the first delivery.
        after: the second one.
        sums: merged reports the first delivery is part of, from the nearest office upwards.

    Raises:
        GkXlsxError: if the deliveries are of different units or years, or a sum is of another year.
    """
    _same_unit(before, after)
    found = different_cells(form, before, after)
    cells = tuple(item for item in found if _tells(item))
    changed = [item for total in sums for item in _changed(total, after, cells)]
    unread = tuple(item for item in found if not _tells(item))
    return Correction(form, after, cells, tuple(changed), _balanced(form, after), unread)


def _tells(cell: CellDifference) -> bool:
    """Whether what is said now can be published as what is right."""
    said = cell.right
    return cell.comparable and (
        said.value is not None or said.kind in (EntryKind.BLANK, EntryKind.MARK)
    )


def _balanced(form: Form, report: AnnualReport) -> bool | None:
    found = [evaluate(item, form, report) for item in form.relations if item.within(Period.THIS)]
    if not all(sides.agree for sides in found if sides is not None):
        return False
    return True if None not in found else None


def _same_unit(before: AnnualReport, after: AnnualReport) -> None:
    if before.year != after.year:
        raise GkXlsxError(
            f"两份报告年份不同（{before.year}、{after.year}），不是更正。请核对文件。"
        )
    codes = {before.unit.code, after.unit.code} - {""}
    if before.unit.name != after.unit.name and len(codes) != 1:
        raise GkXlsxError(
            f"两份报告单位不同（{before.unit.name}、{after.unit.name}），不是更正。请核对文件。"
        )


def _changed(
    total: AnnualReport, after: AnnualReport, cells: Sequence[CellDifference]
) -> list[ChangedSum]:
    if total.year != after.year:
        raise GkXlsxError(
            f"“{total.unit.name}”的汇总表是 {total.year} 年的，更正的报告是 {after.year} 年的。"
        )
    return [
        ChangedSum(total.unit.name, item.field, value, _new(value, item))
        for item in cells
        for value in [total.value(item.field)]
    ]


def _new(total: Decimal | None, cell: CellDifference) -> Decimal | None:
    """The sum after the change; unknown where either delivery has no number there."""
    change = cell.change
    return None if total is None or change is None else total - change
