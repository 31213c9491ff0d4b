"""Random sets of reports to be added up, and what an official may type into 调整."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from gk_xlsx.form import FieldKind
from gk_xlsx.merged import Adjustment, Merged, Missing
from gk_xlsx.plan.layout import CHARTED, DETAIL, SOURCES, layout_of
from gk_xlsx.plan.merged_layout import CODE, NAME, detail_of
from gk_xlsx.plan.merged_workbook import plan_merged
from gk_xlsx.plan.model import Address, Workbook
from gk_xlsx.report import BLANK, AnnualReport, Entry, EntryKind
from gk_xlsx.rollup.merging import adjustment, merge
from gk_xlsx.units import Unit
from tests.made import number
from tests.office.recalculation import Cell
from tests.parity.agreement import results
from tests.rollup.districts import FORM
from tests.rollup.sums import YEAR, contributors, units, with_entries

Constant = float | str | None

KINDS = ("部门", "镇街", "", "部门")
_DIRT = (
    BLANK,
    BLANK,
    Entry(EntryKind.MARK, raw="/"),
    Entry(EntryKind.TEXT, raw="见附件"),
    Entry(EntryKind.TEXT_NUMBER, Decimal(12), raw="12件", changes=("单位“件”",)),
    Entry(EntryKind.BOOLEAN, raw="TRUE"),
    Entry(EntryKind.UNKNOWN, reason="没有找到这一格"),
    Entry(EntryKind.NUMBER, Decimal("2.5")),
    number(-3),
    number(7),
    number(999_999_999_999),
)
_REASONS = ("来电更正", "", " ", "\u00a0", "\u3000")
_TYPED: tuple[Constant, ...] = (1, -1, 3, -40, 0, 2.5, "一件", " ", "/")


def random_merge(random_: random.Random, count: int) -> Merged:
    """What January brings: units with some defects, some missing, some adjustments."""
    dirty = random_.random() < 0.7
    reports = [
        _dirtied(report, random_) if dirty else report
        for report in units(count, random_.randint(0, 9999))
    ]
    items = [
        replace(item, kind=KINDS[index % len(KINDS)])
        for index, item in enumerate(contributors(reports))
    ]
    gone = tuple(Missing(f"示例{n}镇") for n in range(random_.choice((0, 0, 0, 1, 2, 25))))
    changes = tuple(_adjustment(random_) for _ in range(random_.choice((0, 0, 1, 2, 5))))
    return merge(FORM, Unit("示例市"), YEAR, items, adjustments=changes, missing=gone)


def _dirtied(report: AnnualReport, random_: random.Random) -> AnnualReport:
    inputs = [field.id for field in FORM.inputs]
    fields = random_.sample(inputs, random_.choice((0, 0, 0, 1, 3)))
    return with_entries(report, {key: random_.choice(_DIRT) for key in fields})


def _adjustment(random_: random.Random) -> Adjustment:
    changes = {}
    for field in random_.sample(FORM.inputs, random_.choice((0, 1, 1, 3))):
        amount = Decimal(random_.choice((-4, -1, 0, 1, 300)))
        changes[field.id] = amount / 16 if field.kind is FieldKind.MONEY else amount
    label = random_.choice(("调整", "来电更正"))
    return adjustment(FORM, label, random_.choice(_REASONS), changes)


def typed_adjustments(merged: Merged, random_: random.Random) -> dict[Cell, Constant]:
    """Some rows of 调整 as somebody fills them in, numbers or not, with or without reason."""
    detail = detail_of(merged)
    cells: dict[Cell, Constant] = {}
    for offset in range(random_.randint(1, 4)):
        row = detail.adjustments_top + offset
        cells[_cell(Address(DETAIL, row, NAME))] = "调整"
        cells[_cell(Address(DETAIL, row, CODE))] = random_.choice((None, *_REASONS))
        for field in random_.sample(FORM.inputs, random_.choice((0, 1, 2))):
            cells[_cell(detail.cell(row, field.id))] = random_.choice(_TYPED)
    return cells


# -- the workbook as cells -----------------------------------------------------------------


def constants(merged: Merged) -> dict[Cell, Constant]:
    """Everything that formulas look at and that differs from set to set."""
    found: dict[Cell, Constant] = {}
    for sheet in plan_merged(merged, last_form=FORM).sheets:
        for cell in sheet.cells:
            place = _cell(Address(sheet.name, cell.row, cell.column))
            if not cell.formula and _stays(place):
                content = cell.content
                found[place] = content if isinstance(content, str) else float(content)
    return found


def expected(plan: Workbook) -> Mapping[Cell, str | Decimal | int]:
    """Every formula with its result, where all sets have the same formula.

    Lists of varying length on 来源与调整 have not, nor has 图表, which is sorted when planned.
    """
    return {cell: content for cell, content in results(plan).items() if _stays(cell)}


def _stays(cell: Cell) -> bool:
    sheet, local = cell
    if sheet == CHARTED:
        return False
    last = layout_of(FORM, merged=True).summary("unreasoned").row
    return sheet != SOURCES or int(local.lstrip("ABCDEFGHIJ")) <= last + 1


def _cell(address: Address) -> Cell:
    return address.sheet, address.local
