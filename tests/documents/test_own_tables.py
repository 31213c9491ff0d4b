"""Which tables of a text are the office's own."""

from __future__ import annotations

import pytest

from gk_xlsx.documents.narrative import TextBlock
from gk_xlsx.documents.own_tables import without_statutory
from gk_xlsx.form import Form, lay_out
from gk_xlsx.markdown import Kind, Paragraph, PipeTable, Run


def table(*rows: tuple[str, ...]) -> PipeTable:
    return PipeTable(tuple(tuple((Run(cell),) if cell else () for cell in row) for row in rows))


def statutory(form: Form, number: int, upto: int = 999) -> PipeTable:
    """A table of the form as a document shows it, or its first rows."""
    grid = lay_out(form.tables[number])
    rows = [[""] * grid.width for _ in range(grid.height)]
    for box in grid.boxes:
        rows[box.row][box.column] = box.text or "12"
    return table(*(tuple(row) for row in rows[:upto]))


@pytest.mark.parametrize("number", [0, 1, 2])
@pytest.mark.parametrize("upto", [999, 4])
def test_a_statutory_table_and_a_piece_of_one_are_left_out(
    form_2021: Form, number: int, upto: int
) -> None:
    text: list[TextBlock] = [Paragraph(Kind.BODY, (Run("甲"),)), statutory(form_2021, number, upto)]
    kept, remarks = without_statutory({"requests": text}, form_2021)
    assert kept == {"requests": text[:1]}
    (remark,) = remarks
    assert "三、收到和处理政府信息公开申请情况" in remark


@pytest.mark.parametrize(
    "own",
    [
        table(("栏目", "件数"), ("政府文件", "12"), ("财政信息", "8")),
        table(("结果", "2020年", "2021年"), ("予以公开", "1", "2"), ("部分公开", "3", "4")),
        table(("本年新收", "上年结转", "办结"), ("1", "2", "3")),
        table(("1", "2"), ("/", "3")),
    ],
)
def test_the_offices_own_tables_stay(form_2021: Form, own: PipeTable) -> None:
    assert without_statutory({"overview": [own]}, form_2021) == ({"overview": [own]}, ())
