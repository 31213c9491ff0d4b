"""A merged workbook recalculated by LibreOffice says what the tool says; its precedents are the
contributions."""

from __future__ import annotations

import io
import os
import random
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.cell_range import CellRange

from gk_xlsx import resources
from gk_xlsx.amounts import from_float
from gk_xlsx.findings import Finding
from gk_xlsx.merged import Merged
from gk_xlsx.plan.layout import COMPARED, DETAIL, OVERVIEW, layout_of
from gk_xlsx.plan.merged_book import Book
from gk_xlsx.plan.merged_layout import UNKNOWN
from gk_xlsx.plan.merged_wording import merged_table_text, merged_verdict_text
from gk_xlsx.plan.merged_workbook import plan_merged
from gk_xlsx.report import last_year_of
from gk_xlsx.rollup.merging import merge, trace
from gk_xlsx.rules import judge
from gk_xlsx.units import Unit
from gk_xlsx.workbook.read import read_merged
from gk_xlsx.workbook.write import workbook_bytes
from tests.made import clean_report
from tests.office.recalculation import Cell, CellError, RecalcSession, Value
from tests.parity.merged_sets import (
    Constant,
    constants,
    expected,
    random_merge,
    typed_adjustments,
)
from tests.rollup.districts import FORM
from tests.rollup.sums import contributors
from tests.workbook.merged_books import clean_merge, gaps_merge

FOUND_BY_THE_SHEET = ("AR", "IN03", "IN04", "YR01", "RO08", "RO13", "RO14")
VARIABLE = "GK_PARITY_MERGED"
"""How many sets of reports are added up."""
CASES = 28
COUNTS = (2, 3, 5, 8)
"""How many reports a set has."""
ADJUSTED = 8
"""How often 调整 is filled in, saved and read back."""
_SEED = 20
_RANGE = re.compile(r"'([^']+)'!(\$?[A-Z]+\$?\d+(?::\$?[A-Z]+\$?\d+)?)")


@pytest.mark.office
def test_sums_and_verdicts_of_the_sheet_equal_the_tools(
    uno_session: RecalcSession, tmp_path: Path
) -> None:
    for merged in (clean_merge(), gaps_merge()):
        _load(uno_session, merged, tmp_path / "汇总.xlsx")
        assert _sums(uno_session, merged) == _expected_sums(merged)
        assert _verdicts(uno_session, merged) == _expected_verdicts(merged)


@pytest.mark.office
@pytest.mark.parametrize("count", COUNTS)
def test_every_formula_of_a_random_sum_equals_the_tools(
    count: int, uno_session: RecalcSession, tmp_path: Path
) -> None:
    random_ = random.Random(f"{_SEED} {count}")
    base = random_merge(random_, count)
    _load(uno_session, base, tmp_path / "汇总.xlsx")
    _unlock(uno_session, base)
    stands = constants(base)
    different = []
    for turn in range(_wanted() // len(COUNTS)):
        merged = random_merge(random_, count)
        wanted = constants(merged)
        uno_session.set(_changed(stands, wanted))
        uno_session.calculate()
        stands = wanted
        different += [(turn, *item) for item in _different(uno_session, merged)]
        assert _verdicts(uno_session, merged) == _expected_verdicts(merged), turn
    assert different[:6] == []


def _unlock(session: RecalcSession, merged: Merged) -> None:
    """So that one open workbook can hold one set of reports after the other."""
    for sheet in plan_merged(merged, last_form=FORM).sheets:
        session.unprotect(sheet.name)


def _changed(now: Mapping[Cell, Constant], wanted: Mapping[Cell, Constant]) -> dict[Cell, Constant]:
    gone = dict.fromkeys(now.keys() - wanted.keys())
    return gone | {cell: item for cell, item in wanted.items() if now.get(cell) != item}


def _different(session: RecalcSession, merged: Merged) -> list[tuple[Cell, Value, object]]:
    """The formulas whose result is not what the tool expects."""
    awaited = expected(plan_merged(merged, last_form=FORM))
    shown = session.read(awaited)
    return [
        (cell, found, content)
        for (cell, content), found in zip(awaited.items(), shown, strict=True)
        if not _same(found, content)
    ]


def _wanted() -> int:
    return int(os.environ.get(VARIABLE, CASES))


@pytest.mark.office
def test_edition_2019_adds_up_too_with_its_amount_in_yuan(
    uno_session: RecalcSession, tmp_path: Path
) -> None:
    form, report = resources.form("2019"), clean_report("2019")
    other = replace(report, unit=Unit("示例市示例局"), last_year=last_year_of(report))
    items = contributors([report, other])
    merged = merge(form, Unit("示例市"), report.year, items)

    _load(uno_session, merged, tmp_path / "2019.xlsx")

    assert merged.entries["proactive.procurement.amount"].raw == "502000元"
    assert _sums(uno_session, merged) == _expected_sums(merged)
    assert _verdicts(uno_session, merged) == _expected_verdicts(merged)


@pytest.mark.office
def test_what_is_typed_into_the_rows_for_adjustments_counts_as_the_tool_reads_it(
    uno_session: RecalcSession, tmp_path: Path
) -> None:
    random_ = random.Random(_SEED)
    merged = replace(gaps_merge(), adjustments=())
    _load(uno_session, merged, tmp_path / "汇总.xlsx")
    for turn in range(ADJUSTED):
        uno_session.reset()
        uno_session.set(typed_adjustments(merged, random_))
        uno_session.calculate()
        uno_session.save(tmp_path / "saved.xlsx")

        back = read_merged((tmp_path / "saved.xlsx").read_bytes(), resources.form)

        assert _different(uno_session, back) == [], turn
        assert _verdicts(uno_session, back) == _expected_verdicts(back), turn


@pytest.mark.office
def test_overview_and_comparison_show_the_same_sums(
    uno_session: RecalcSession, tmp_path: Path
) -> None:
    for merged in (clean_merge(), gaps_merge()):
        _load(uno_session, merged, tmp_path / "汇总.xlsx")
        plan = plan_merged(merged, last_form=FORM)
        for name in (OVERVIEW, COMPARED, DETAIL, "图表", "来源与调整", "自查结果"):
            sheet = next(item for item in plan.sheets if item.name == name)
            formulas = [cell for cell in sheet.cells if cell.formula]
            places = [(name, f"{_letters(cell.column)}{cell.row + 1}") for cell in formulas]
            shown = uno_session.read(places)
            wrong = [
                (place, found, cell.content)
                for place, found, cell in zip(places, shown, formulas, strict=True)
                if not _same(found, cell.content)
            ]
            assert wrong == []


# -- precedents ----------------------------------------------------------------------------


@pytest.mark.parametrize("made", [clean_merge, gaps_merge], ids=["clean", "gaps"])
def test_the_precedents_of_every_sum_are_the_contributions_and_add_up(made: object) -> None:
    merged = clean_merge() if made is clean_merge else gaps_merge()
    data = workbook_bytes(plan_merged(merged, last_form=FORM))
    book = openpyxl.load_workbook(io.BytesIO(data))
    shown = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
    for field_id, address in layout_of(FORM).fields.items():
        formula = book[address.sheet][address.local].value
        cells = {(sheet, cell): shown[sheet][cell].value for sheet, cell in _precedents(formula)}
        listed = trace(merged, field_id)
        filled = {
            place: value
            for place, value in cells.items()
            if value is not None and (value != 0 or _row(place) < len(merged.counted))
        }
        assert {_row(place) for place in filled} == {item.row for item in listed}, field_id
        numbers = [value for value in filled.values() if not isinstance(value, str)]
        if all(item.value is not None for item in listed):
            total = sum((Decimal(repr(value)) for value in numbers), Decimal(0))
            assert total == merged.entries[field_id].value, field_id


def _precedents(formula: str) -> Iterator[tuple[str, str]]:
    """Every cell that a formula looks at."""
    for sheet, area in set(_RANGE.findall(formula)):
        for cells in CellRange(area.replace("$", "")).rows:
            for row, column in cells:
                yield sheet, f"{_letters(column - 1)}{row}"


def _row(place: tuple[str, str]) -> int:
    """The row of 明细 that a cell stands in, counted as contributions are."""
    sheet, cell = place
    assert sheet == DETAIL
    return int(re.sub(r"\D", "", cell)) - 8


# -- what the sheet and the tool say -------------------------------------------------------


def _load(session: RecalcSession, merged: Merged, path: Path) -> None:
    path.write_bytes(workbook_bytes(plan_merged(merged, last_form=FORM)))
    session.load(path)


def _sums(session: RecalcSession, merged: Merged) -> list[Value | Decimal]:
    cells = [(at.sheet, at.local) for at in layout_of(merged.form).fields.values()]
    values = session.read(cells)
    return [from_float(value) if isinstance(value, float) else value for value in values]


def _expected_sums(merged: Merged) -> list[Value | Decimal]:
    return [
        UNKNOWN if entry.value is None else entry.raw or entry.value
        for entry in merged.entries.values()
    ]


def _verdicts(session: RecalcSession, merged: Merged) -> tuple[Value, ...]:
    named = session.read_names(["gk_errors", "gk_verdict", "gk_verdict_line"])
    layout = layout_of(merged.form, merged=True)
    above = [(table.sheet, f"{_letters(layout.split(table))}1") for table in merged.form.tables]
    warnings = [(table.sheet, "A2") for table in merged.form.tables]
    return (*named.values(), *session.read([*above, *warnings]))


def _expected_verdicts(merged: Merged) -> tuple[Value, ...]:
    book = Book(merged)
    found = [item for item in judge(merged.report, merged.form) if _counts(item)]
    assert len(found) == book.counted.errors
    tables = merged.form.tables
    return (
        float(len(found)),
        _verdict(found),
        merged_verdict_text(merged, book.counted)[0],
        *(merged_table_text(merged.form, table, book.counted) for table in tables),
        *(book.warning for _ in tables),
    )


def _counts(finding: Finding) -> bool:
    return finding.open_error and finding.code.startswith(FOUND_BY_THE_SHEET)


def _verdict(found: Sequence[Finding]) -> str:
    if not found:
        return "通过"
    return "未填完" if all(item.code.startswith("RO") for item in found) else "有错误"


def _same(found: Value, content: object) -> bool:
    if isinstance(found, CellError):
        return False
    if isinstance(found, float) and isinstance(content, (int, Decimal)):
        return abs(found - float(content)) < 1e-9 * max(1.0, abs(found))
    return found == content


def _letters(index: int) -> str:
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
