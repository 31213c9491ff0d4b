"""The package that is written: valid, locked, deterministic, the same in LibreOffice."""

from __future__ import annotations

import io
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from gk_xlsx import api, resources
from gk_xlsx.plan.model import Accepts, Area, Cell, Validation
from gk_xlsx.plan.workbook import plan_workbook
from gk_xlsx.workbook.write import workbook_bytes
from tests.office.libreoffice import LibreOffice
from tests.office.package_lint import lint_xlsx
from tests.office.recalculation import RecalcSession
from tests.office.validator import Validator

EXAMPLES = sorted(resources.examples().glob("*.json"))


@pytest.fixture(scope="module", params=EXAMPLES, ids=lambda path: path.stem)
def book(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("book") / "填报表.xlsx"
    path.write_bytes(api.new(api.Issue(), values=request.param).data)
    return path


def test_a_written_workbook_has_nothing_that_excel_would_repair(book: Path) -> None:
    assert lint_xlsx(book) == []


@pytest.mark.office
def test_a_written_workbook_is_valid(book: Path, validator: Validator) -> None:
    assert validator.validate([book]) == []


@pytest.mark.parametrize("edition", resources.EDITIONS)
def test_a_blank_template_has_nothing_that_excel_would_repair(edition: str) -> None:
    assert lint_xlsx(api.blank_template(edition)) == []


def test_every_sheet_and_the_structure_are_locked(book: Path) -> None:
    opened = openpyxl.load_workbook(book)

    assert opened.security.lockStructure
    assert all(sheet.protection.sheet for sheet in opened)
    assert opened["gk"].sheet_state == "veryHidden"


def test_drawn_objects_stay_allowed_for_trace_arrows(book: Path) -> None:
    assert not any(sheet.protection.objects for sheet in openpyxl.load_workbook(book))


def test_each_table_prints_on_a4_with_its_head_repeated(book: Path) -> None:
    opened = openpyxl.load_workbook(book)

    for name in ("二、主动公开", "三、申请办理", "四、复议诉讼"):
        sheet = opened[name]
        assert sheet.page_setup.paperSize == 9
        assert getattr(sheet.sheet_properties.pageSetUpPr, "fitToPage", False)
        assert sheet.print_area
    assert opened["三、申请办理"].print_title_rows == "$3:$5"
    assert opened["三、申请办理"].freeze_panes == "D6"


def test_the_same_plan_gives_the_same_bytes() -> None:
    opened = api.open_report(EXAMPLES[1])
    plan = plan_workbook(opened.form, opened.report)

    assert workbook_bytes(plan) == workbook_bytes(plan)


@pytest.mark.office
def test_cached_results_equal_those_of_libreoffice(
    book: Path, libreoffice: LibreOffice, tmp_path: Path
) -> None:
    recalculated = libreoffice.convert([book], "xlsx", tmp_path)[0]

    ours, theirs = _results(book), _results(recalculated)

    assert {key: ours[key] for key in ours if ours[key] != theirs.get(key)} == {}


def _results(path: Path) -> dict[tuple[str, str], object]:
    formulas, values = (openpyxl.load_workbook(path, data_only=flag) for flag in (False, True))
    return {
        (sheet.title, cell.coordinate): values[sheet.title][cell.coordinate].value or 0
        for sheet in formulas
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
    }


@pytest.mark.office
def test_every_real_report_has_the_verdict_of_the_tool(
    reports: Path, uno_session: RecalcSession, tmp_path: Path
) -> None:
    shown, expected = {}, {}
    for source in sorted(reports.glob("*.json")):
        path = tmp_path / f"{source.stem}.xlsx"
        path.write_bytes(api.new(api.Issue(), values=source).data)
        uno_session.load(path)
        uno_session.calculate()
        names = uno_session.read_names(["gk_verdict", "gk_errors"])
        shown[source.stem] = (names["gk_verdict"], names["gk_errors"])
        errors = [item.code for item in api.check(path).findings if item.open_error]
        word = "有错误" if set(errors) - {"IN01"} else "未填完" if errors else "通过"
        expected[source.stem] = (word, len(errors))

    assert shown == expected


def test_what_xlsxwriter_would_drop_silently_is_an_error() -> None:
    opened = api.open_report(EXAMPLES[0])
    plan = plan_workbook(opened.form, opened.report)
    first = plan.sheets[0]
    outside = replace(first, cells=(*first.cells, Cell(2_000_000, 0, "x")))
    too_long = replace(
        first, validations=(Validation(Area(0, 0, 0, 0), Accepts.ANY, "题" * 33, "提示"),)
    )

    for broken in (outside, too_long):
        with pytest.raises((ValueError, Warning)):
            workbook_bytes(replace(plan, sheets=(broken, *plan.sheets[1:])))


def test_amounts_are_written_to_the_last_digit() -> None:
    opened = api.open_report(EXAMPLES[1])
    entries = dict(opened.report.entries)
    entries["proactive.fees.amount"] = replace(
        entries["proactive.fees.amount"], number=Decimal("4166.241619")
    )
    data = workbook_bytes(plan_workbook(opened.form, replace(opened.report, entries=entries)))

    sheet = openpyxl.load_workbook(io.BytesIO(data))["二、主动公开"]

    assert sheet["B16"].value == pytest.approx(4166.241619, abs=1e-12)
