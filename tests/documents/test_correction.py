from __future__ import annotations

import io
from decimal import Decimal

import pytest
from docx import Document

from gk_xlsx.documents.correction import build_correction_template, correction_docx
from gk_xlsx.errors import GkXlsxError
from gk_xlsx.rollup.corrections import correct
from tests.rollup.districts import FORM, district, summed, with_values

LICENCES = "proactive.licences.decisions"


def texts(data: bytes) -> list[str]:
    return [item.text for item in Document(io.BytesIO(data)).paragraphs if item.text.strip()]


def test_a_single_figure_is_corrected_in_a_sentence_with_the_sum_above() -> None:
    units = [with_values(unit, {LICENCES: Decimal(10)}) for unit in district(2, 1)]
    after = with_values(units[0], {LICENCES: Decimal(12)})
    said = texts(correction_docx(correct(FORM, units[0], after, [summed(units)])))
    assert said[2] == (
        "“二、主动公开政府信息情况：行政许可·本年处理决定数量”原为10件，经核实应为12件，现予更正。"
        "“示例区”汇总数相应由20件调整为22件。"
    )
    assert "更正后勾稽关系无误。" in said


def test_many_figures_stand_in_an_annex() -> None:
    unit = district(1, 1)[0]
    changes = {f"requests.granted.{name}": Decimal(900) for name in ("natural_person", "company")}
    data = correction_docx(correct(FORM, unit, with_values(unit, changes)))
    (table,) = Document(io.BytesIO(data)).tables
    assert [cell.text for cell in table.rows[0].cells] == ["序号", "项目", "原为", "更正为"]
    assert len(table.rows) == 1 + 6
    assert "更正后勾稽关系无误。" not in texts(data)


def test_the_annex_tells_the_sums_above_where_they_are_given() -> None:
    units = district(2, 1)
    changes = {f"requests.granted.{name}": Decimal(900) for name in ("natural_person", "company")}
    found = correct(FORM, units[0], with_values(units[0], changes), [summed(units)])
    (table,) = Document(io.BytesIO(correction_docx(found))).tables
    heads, first = ([cell.text for cell in row.cells] for row in table.rows[:2])
    assert heads == ["序号", "项目", "原为", "更正为", "上级汇总数"]
    assert first[-1].startswith("示例区：")


def test_the_unit_of_a_figure_stands_there_once() -> None:
    unit = district(1, 1)[0]
    money = next(field.id for field in FORM if "单位：" in field.column_label)
    changes = {f"requests.granted.{name}": Decimal(900) for name in ("natural_person", "company")}
    data = correction_docx(correct(FORM, unit, with_values(unit, changes | {money: Decimal(9)})))
    (table,) = Document(io.BytesIO(data)).tables
    [row] = [row for row in table.rows if "单位：" in row.cells[1].text]
    assert row.cells[1].text.count("万元") == 1


def test_two_equal_reports_need_no_correction() -> None:
    unit = district(1, 1)[0]
    with pytest.raises(GkXlsxError, match="没有需要更正的内容"):
        correction_docx(correct(FORM, unit, unit))


def test_the_template_is_always_the_same_bytes() -> None:
    assert build_correction_template() == build_correction_template()
