"""Tables of Word documents: every cell in its place, however it was merged, split or nested."""

from __future__ import annotations

import pytest

from gk_xlsx.published.model import Cell, Table
from tests.sources.word import p, prompt, r, read, shown, tables, tbl, tc, text_box, tr


def table(body: str) -> Table:
    (found,) = tables(read(body))
    return found


def places(found: Table) -> dict[tuple[int, int], str]:
    return {(cell.row, cell.column): cell.text for cell in found.cells}


def test_cells_merged_across_and_down_stand_at_their_corner() -> None:
    found = table(
        tbl(
            tr(tc("申请人情况", span=3), tc("合计", merge="restart")),
            tr("自然人", "企业", "其他", tc(merge="continue")),
            tr("1", "2", "3", "6"),
        )
    )
    assert found.cells[0] == Cell(0, 0, "申请人情况", columns=3)
    assert found.cells[1] == Cell(0, 3, "合计", rows=2)
    assert places(found)[2, 3] == "6"


def test_a_merged_cell_says_only_what_stands_in_its_corner() -> None:
    found = table(tbl(tr(tc("12", merge="restart"), "甲"), tr(tc("99", merge="continue"), "乙")))
    assert places(found) == {(0, 0): "12", (0, 1): "甲", (1, 1): "乙"}


@pytest.mark.parametrize(
    "rows",
    [
        [tr("甲", "1"), tr(tc("乙", merge="continue"), "2")],
        [tr(tc("甲", span=2, merge="restart")), tr(tc("乙", merge="continue"), "2")],
        [tr(tc("甲", merge="restart"), "1"), tr("丙", "2"), tr(tc("乙", merge="continue"), "3")],
    ],
)
def test_a_cell_that_continues_nothing_is_one_of_its_own(rows: list[str]) -> None:
    assert "乙" in places(table(tbl(*rows))).values()


def test_merged_cells_of_the_older_kind() -> None:
    first = tc("申请人", properties='<w:hMerge w:val="restart"/>')
    second = tc("", properties="<w:hMerge/>")
    found = table(tbl(tr(first, second, "合计"), tr("1", "2", "3")))
    assert found.cells[:2] == (Cell(0, 0, "申请人", columns=2), Cell(0, 2, "合计"))


def test_a_row_may_begin_further_right() -> None:
    shifted = tr("2", properties='<w:gridBefore w:val="2"/><w:gridAfter w:val="1"/>')
    assert places(table(tbl(tr("甲", "乙", "1", "丙"), shifted)))[1, 2] == "2"


def test_lines_of_a_cell_are_joined_by_line_breaks() -> None:
    cell = tc(p("（一）予以") + p() + p(r("公开") + "<w:r><w:br/></w:r>" + r("件")))
    assert places(table(tbl(tr(cell, "1"))))[0, 0] == "（一）予以\n公开\n件"


def test_empty_cells_are_cells() -> None:
    assert table(tbl(tr("甲", "", "　"))).cells[1:] == (Cell(0, 1, ""), Cell(0, 2, ""))


def test_rows_and_cells_may_stand_in_content_controls() -> None:
    row = f"<w:sdt><w:sdtContent>{tr('乙', '2')}</w:sdtContent></w:sdt>"
    cell = f"<w:sdt><w:sdtContent>{tc('3')}</w:sdtContent></w:sdt>"
    found = table(tbl(tr("甲", "1"), row, tr("丙", cell)))
    assert places(found)[1, 1] == "2"
    assert places(found)[2, 1] == "3"


def test_a_cell_that_only_prompts_is_empty() -> None:
    assert places(table(tbl(tr("甲", tc(prompt(p("填写")) + p())))))[0, 1] == ""


def test_deleted_and_hidden_rows_are_dropped() -> None:
    deleted = tr("乙", "2", properties='<w:del w:id="1"/>')
    hidden = tr("丙", "3", properties="<w:hidden/>")
    inserted = tr("丁", "4", properties='<w:ins w:id="1"/>')
    found = places(table(tbl(tr("甲", "1"), deleted, hidden, inserted)))
    assert found == {(0, 0): "甲", (0, 1): "1", (1, 0): "丁", (1, 1): "4"}


def test_changes_in_a_cell_are_accepted() -> None:
    cell = tc(
        p("<w:del><w:r><w:delText>12</w:delText></w:r></w:del>" + f"<w:ins>{r('15')}</w:ins>")
    )
    assert places(table(tbl(tr("甲", cell))))[0, 1] == "15"


def test_a_table_within_a_cell_follows_the_one_around_it() -> None:
    document = read(tbl(tr("外", tc(tbl(tr("内", "1"), tr("里", "2")) + p("旁"))), tr("下", "3")))
    outer, inner = tables(document)
    assert places(outer)[0, 1] == "旁"
    assert places(inner)[1, 1] == "2"
    assert not inner.continued


@pytest.mark.parametrize(
    ("between", "continued"),
    [
        ("", True),
        (p(), True),
        (p('<w:r><w:br w:type="page"/></w:r>'), True),
        (p("（续表一）"), True),
        (p("下面是另一张表。"), False),
    ],
)
def test_a_table_may_go_on_behind_nothing(between: str, *, continued: bool) -> None:
    _, second = tables(read(tbl(tr("甲", "1")) + between + tbl(tr("乙", "2"))))
    assert second.continued is continued


def test_the_first_table_goes_on_from_none() -> None:
    assert not table(tbl(tr("甲", "1"))).continued


def test_a_note_mark_is_no_digit_of_a_figure() -> None:
    raised = r("1", '<w:vertAlign w:val="superscript"/>')
    assert places(table(tbl(tr("甲", tc(p(r("12") + raised))))))[0, 1] == "12[1]"


def test_what_floats_over_a_cell_is_no_part_of_its_figure() -> None:
    found = places(table(tbl(tr("甲", tc(p(r("12") + text_box(p("3"))))))))
    assert found[0, 1] == "12\n3"


def test_numbers_that_word_writes_stand_in_their_cells() -> None:
    numbering = (
        '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/>'
        '<w:numFmt w:val="decimal"/><w:lvlText w:val="%1"/></w:lvl></w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    )
    blank = p("", '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>')
    (found,) = tables(read(tbl(tr(tc(blank), "甲"), tr(tc(blank), "乙")), numbering=numbering))
    assert places(found)[1, 0] == "2"


def test_a_blank_table_is_nothing() -> None:
    assert shown(read(tbl(tr("", "")) + p("甲"))) == ["甲"]


def test_a_span_beyond_words_own_limit_is_cut() -> None:
    found = table(tbl(tr(tc("甲", span=10**8), "1")))
    assert found.cells[0].columns == 63


@pytest.mark.parametrize(
    "cell",
    [
        p("\u202e21"),
        p(r("\u202e") + r("21", "<w:b/>")),
        p(f'<w:bdo w:val="rtl">{r("21")}</w:bdo>'),
        p(f'<w:dir w:val="rtl">{r("21")}</w:dir>'),
        p("\u2067") + p("21"),
    ],
    ids=["sign", "other-run", "override", "embedding", "other-paragraph"],
)
def test_a_figure_whose_direction_is_turned_is_doubtful(cell: str) -> None:
    found = places(table(tbl(tr("\u202a甲\u202c", tc(cell)))))
    assert found[0, 0] == "甲"
    assert "\ufffd" in found[0, 1]


def test_a_text_whose_direction_is_turned_is_read_in_its_order() -> None:
    assert shown(read(p("电话\u202a12345\u202c"))) == ["电话12345"]


def test_a_figure_beside_an_embedded_file_is_doubtful() -> None:
    read_of = read(tbl(tr("甲", tc(f'<w:altChunk r:id="x"/>{p("2")}'))))
    (found,) = tables(read_of)
    assert places(found)[0, 1] == "\ufffd\n2"
    assert read_of.remarks == ("文档里嵌入了其他文件，没有读取",)
