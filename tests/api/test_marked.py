"""A workbook to send back: the unit's values, what is wrong, room for a 情况说明."""

from __future__ import annotations

import io
import json
from pathlib import Path

import openpyxl
import pytest

from gk_xlsx import api, resources
from gk_xlsx.findings import Severity
from tests.office.package_lint import lint_xlsx
from tests.office.recalculation import RecalcSession
from tests.office.validator import Validator

SPOILED = next(resources.examples().glob("07*.json"))


@pytest.fixture
def marked(tmp_path: Path) -> Path:
    path = tmp_path / "退回.xlsx"
    path.write_bytes(api.marked(api.examine(SPOILED)).data)
    return path


@pytest.fixture
def doubtful(tmp_path: Path) -> Path:
    """A report whose fee is a hundred times last year's: a warning that can be explained."""
    clean = json.loads(next(resources.examples().glob("04*.json")).read_text("utf-8"))
    clean["values"]["proactive.fees.amount"] = 250
    clean["last_year"] = {
        "year": 2022,
        "unit": clean["unit"]["name"],
        "edition": "2021",
        "values": {"proactive.fees.amount": 2},
    }
    path = tmp_path / "存疑.json"
    path.write_text(json.dumps(clean, ensure_ascii=False), "utf-8")
    return path


def test_it_keeps_every_input_of_the_unit(marked: Path) -> None:
    before, after = api.read(SPOILED), api.read(marked)

    inputs = [field.id for field in resources.form("2021").inputs]
    assert [before.value(key) for key in inputs] == [after.value(key) for key in inputs]


def test_wrong_cells_carry_a_comment_without_codes(marked: Path) -> None:
    book = openpyxl.load_workbook(marked)
    comments = {
        (sheet.title, cell.coordinate): cell.comment.text
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.comment
    }

    assert "不平" in comments["三、申请办理", "D6"]
    assert "填的是负数 -1" in comments["三、申请办理", "E22"]
    assert not any(code in text for text in comments.values() for code in ("AR0", "IN0", "YR0"))


def test_opinions_stand_on_the_result_sheet_and_notes_are_only_counted(marked: Path) -> None:
    findings = api.check(SPOILED).findings
    shown = [item for item in findings if item.severity is not Severity.NOTE]
    sheet = openpyxl.load_workbook(marked)["自查结果"]
    texts = [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value]

    numbered = [text for text in texts if text.startswith("第") and text.endswith("条")]
    own_place = [item for item in shown if item.code == "YR01"]
    assert len(numbered) == len(shown) - len(own_place)
    notes = len(findings) - len(shown)
    assert any(f"另有提示 {notes} 处" in text for text in texts)


@pytest.mark.office
def test_it_is_valid(marked: Path, validator: Validator) -> None:
    assert validator.validate([marked]) == []
    assert lint_xlsx(marked) == []


def test_an_explanation_written_beside_an_opinion_is_read_back(
    doubtful: Path, tmp_path: Path
) -> None:
    returned = _answered(doubtful, tmp_path, "新增收费项目，见附件。")

    finding = next(item for item in api.check(returned).findings if item.code == "IN08")

    assert finding.explained == "新增收费项目，见附件。"


def test_it_survives_a_re_issue(doubtful: Path, tmp_path: Path) -> None:
    returned = _answered(doubtful, tmp_path, "新增收费项目。")
    again = tmp_path / "重发.xlsx"
    again.write_bytes(api.new(api.Issue(), values=returned).data)

    finding = next(item for item in api.check(again).findings if item.code == "IN08")

    assert finding.explained == "新增收费项目。"


def test_it_lapses_when_the_figure_changes(doubtful: Path, tmp_path: Path) -> None:
    returned = _answered(doubtful, tmp_path, "新增收费项目。")
    book = openpyxl.load_workbook(returned)
    book["二、主动公开"]["B16"] = 260
    book.save(returned)

    finding = next(item for item in api.check(returned).findings if item.code == "IN08")

    assert finding.explained is None


@pytest.mark.office
def test_it_lapses_in_the_sheet_too(
    doubtful: Path, tmp_path: Path, uno_session: RecalcSession
) -> None:
    returned = _answered(doubtful, tmp_path, "新增收费项目。")
    row = _opinion_row(returned)
    uno_session.load(returned)
    uno_session.calculate()
    before = uno_session.read([("自查结果", f"E{row}")])
    uno_session.set({("二、主动公开", "B16"): 260})
    uno_session.calculate()

    assert (before, uno_session.read([("自查结果", f"E{row}")])) == (["已说明"], ["已失效"])


def test_explanations_stand_in_a_file_beside_other_formats(doubtful: Path) -> None:
    finding = next(item for item in api.check(doubtful).findings if item.code == "IN08")
    said = {
        "code": "IN08",
        "fields": list(finding.fields),
        "left": 250,
        "right": 2,
        "text": "新增收费项目。",
    }
    beside = doubtful.with_name("存疑.说明.json")
    beside.write_text(json.dumps({"explanations": [said]}, ensure_ascii=False), "utf-8")

    explained = next(item for item in api.check(doubtful).findings if item.code == "IN08")

    assert explained.explained == "新增收费项目。"


def _answered(doubtful: Path, folder: Path, text: str) -> Path:
    """The clerk's answer: a workbook sent back, with a 情况说明 typed beside the opinion."""
    path = folder / "退回.xlsx"
    path.write_bytes(api.marked(api.examine(doubtful)).data)
    book = openpyxl.load_workbook(path)
    book["自查结果"][f"F{_opinion_row(path)}"] = text
    book.save(path)
    return path


def _opinion_row(path: Path) -> int:
    sheet = openpyxl.load_workbook(io.BytesIO(path.read_bytes()))["自查结果"]
    return next(row for row in range(1, 400) if sheet.cell(row, 1).value == "第1条")
