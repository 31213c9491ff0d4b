"""Which table is which, which cell is whose; what is odd is named, what is doubtful unknown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from random import Random

import pytest

from gk_xlsx.published.model import Cell, Document, Table
from gk_xlsx.relations import evaluate
from gk_xlsx.report import AnnualReport, EntryKind, Observation, Seen
from gk_xlsx.resources import EDITIONS, form
from tests.published.damaged_rows import spans_lost
from tests.published.damaged_tables import cut, other_handling_in_one_row
from tests.published.grids import (
    FRONT,
    Box,
    Grid,
    Page,
    document,
    figure_rows,
    figures,
    replaced,
    table,
)
from tests.published.reading import (
    clean_page,
    number,
    outcome,
    page_with,
    paragraphs,
    read,
    read_page,
    unknown,
)

NEW = "requests.new.natural_person"


def assert_whole(page: Page, kind: str = "网页") -> None:
    report = read_page(page, kind)
    assert {key: outcome(entry) for key, entry in report.entries.items()} == page.truth


@pytest.mark.parametrize("edition", EDITIONS)
def test_the_tables_as_printed_are_read_whole(edition: str) -> None:
    page = clean_page(edition)
    report = read_page(page)
    assert (report.edition, report.observations) == (edition, ())
    assert_whole(page)


@pytest.mark.parametrize("edition", EDITIONS)
def test_all_three_may_stand_in_one_table_or_lose_their_spans(edition: str) -> None:
    page = clean_page(edition)
    rows = tuple(row for grid in page.grids for row in grid.rows)
    assert_whole(replace(page, grids=(Grid("proactive", rows),)))
    for turn in range(6):
        assert_whole(spans_lost(page, Random(turn)))


def changed(page: Page, key: str, how: Callable[[Box], Box]) -> Page:
    grid = page.grid(key)
    rows = tuple(tuple(map(how, row)) for row in grid.rows)
    return page.with_grid(grid, replace(grid, rows=rows))


def relabelled(page: Page, key: str, old: str, new: str) -> Page:
    return changed(page, key, lambda box: replace(box, text=new) if box.text == old else box)


# -- editions ------------------------------------------------------------------------------


def test_an_edition_that_is_not_the_years_is_told() -> None:
    page = replace(clean_page("2019"), year=2022)
    report = read_page(page)
    assert (report.edition, report.year) == ("2019", 2022)
    assert report.saw(Seen.EDITION_MISMATCH) == (
        Observation(Seen.EDITION_MISMATCH, expected="2019", found="2022"),
    )


@pytest.mark.parametrize(("edition", "year"), [("2021", 2022), ("2019", 2020)])
def test_where_the_rows_fit_both_editions_the_year_decides(edition: str, year: int) -> None:
    """Only 四 is there, and it is the same in both."""
    page = replace(clean_page(edition), year=year)
    report = read_page(replace(page, grids=(page.grid("disputes"),)))
    assert report.edition == edition
    assert {seen.table for seen in report.saw(Seen.TABLE_MISSING)} == {"proactive", "requests"}


def test_a_collapsed_group_of_2021_is_unknown_but_for_its_sum() -> None:
    page = other_handling_in_one_row(clean_page(), Random(1))
    report = read_page(page)
    rows = [key for key in report.entries if ".other_handling." in key]
    assert report.edition == "2021"
    assert unknown(report) == dict.fromkeys(rows, "原文只有“（六）其他处理”一行，没有分列各项")
    assert {name for name in report.sums if name.endswith("自然人")} == {"三.其他处理.合计.自然人"}
    assert report.sums["三.其他处理.合计.自然人"].value == page.truth[rows[0]]


def test_the_sum_of_a_collapsed_group_counts_in_the_results_total() -> None:
    definition = form("2021")
    page = other_handling_in_one_row(clean_page(), Random(1))
    report = read_page(page)
    for relation in definition.instances("AR02"):
        sides = evaluate(relation, definition, report)
        assert sides is not None
        lost = [term.field for term in relation.terms if term not in sides.values]
        hidden = sum((number(str(page.truth[key])) for key in lost[1:]), number(0))
        assert (len(lost), sides.right) == (3, sides.left - hidden)
    without = replace(report, sums={})
    assert evaluate(definition.instances("AR02")[0], definition, without) is None


# -- which table ---------------------------------------------------------------------------


def test_a_table_that_is_not_there_is_missing_and_its_figures_unknown() -> None:
    page = clean_page()
    report = read_page(replace(page, grids=(page.grid("requests"), page.grid("disputes"))))
    assert report.saw(Seen.TABLE_MISSING) == (Observation(Seen.TABLE_MISSING, table="proactive"),)
    assert set(unknown(report).values()) == {"没有找到“二、主动公开”这张表"}
    assert len(unknown(report)) == 10


def other(grid: Grid, *, by: int = 1, key: str = "") -> Grid:
    """The same table with other figures."""
    return replace(
        grid,
        key=key or grid.key,
        rows=tuple(
            tuple(
                replace(box, text=str(int(box.text) + by)) if box.text.isdecimal() else box
                for box in row
            )
            for row in grid.rows
        ),
    )


@pytest.mark.parametrize("key", ["proactive", "requests", "disputes"])
def test_of_two_tables_the_one_below_its_heading_counts(key: str) -> None:
    page = clean_page()
    assert_whole(replace(page, grids=(other(page.grid(key), key=FRONT), *page.grids)))


@pytest.mark.parametrize("key", ["proactive", "requests", "disputes"])
def test_of_two_tables_in_one_section_only_what_both_say_is_known(key: str) -> None:
    page = page_with({"proactive.licences.decisions": "0"})
    grid = page.grid(key)
    report = read_page(page.with_grid(grid, other(grid), grid))
    reasons = unknown(report)
    integers = [
        item.id for item in form("2021").table(key).fields if item.id != "proactive.fees.amount"
    ]
    assert set(reasons) == set(integers)
    assert set(reasons.values()) == {"有几张同样的表，数不一样，不知用哪一张"}
    assert unknown(read_page(page.with_grid(grid, grid, grid))) == {}


def test_a_table_of_the_offices_own_is_no_statutory_one() -> None:
    page = clean_page()
    own = Grid(
        "", ((Box("事项"), Box("自然人"), Box("总计")), (Box("行政许可"), Box("3"), Box("4")))
    )
    grid = page.grid("proactive")
    assert_whole(page.with_grid(grid, own, grid, own))


# -- pages ---------------------------------------------------------------------------------


@pytest.mark.parametrize("edition", EDITIONS)
def test_tables_may_be_broken_at_any_row(edition: str) -> None:
    page = clean_page(edition)
    for grid in page.grids:
        for at in range(1, len(grid.rows)) if grid.key == "proactive" else figure_rows(grid):
            assert_whole(page.with_grid(grid, *cut(grid, at, repeat=False)))


def test_a_label_broken_over_two_pages_is_put_together() -> None:
    page = clean_page()
    grid = page.grid("requests")
    at = next(at for at, row in enumerate(grid.rows) if row[0].text.startswith("2.其他法律"))
    row = grid.rows[at]
    upper = (replace(row[0], text="2.其他法律"), *row[1:])
    lower = (replace(row[0], text="行政法规禁止公开"), *[Box("")] * 7)
    for above, below in ((upper, lower), ((upper[0], *lower[1:]), (lower[0], *upper[1:]))):
        broken = replace(grid, rows=replaced(grid.rows, at, above, below))
        assert_whole(page.with_grid(grid, broken))


def test_a_row_broken_over_two_pages_with_figures_on_both_is_unknown() -> None:
    page = clean_page()
    grid = page.grid("requests")
    at = next(at for at, row in enumerate(grid.rows) if row[0].text == "2.重复申请")
    row = grid.rows[at]
    upper = (replace(row[0], text="2.重复"), *row[1:4], *[Box("")] * 4)
    lower = (replace(row[0], text="申请"), *[Box("")] * 3, *row[4:])
    broken = replace(grid, rows=replaced(grid.rows, at, upper, lower))
    reasons = unknown(read_page(page.with_grid(grid, broken)))
    assert set(reasons) == {box.field for box in row if box.field}
    assert set(reasons.values()) == {"这一行被分页拆开，两边都有数"}


# -- labels --------------------------------------------------------------------------------


def test_a_misspelt_label_is_read_and_named() -> None:
    report = read_page(relabelled(clean_page(), "requests", "2.重复申请", "2.重复审请"))
    assert unknown(report) == {}
    (seen,) = report.saw(Seen.LABEL_CHANGED)
    assert (seen.table, seen.expected, seen.found) == ("requests", "2.重复申请", "2.重复审请")
    assert seen.place is not None
    assert seen.place.cell


def test_a_misspelt_head_is_read_and_named() -> None:
    report = read_page(relabelled(clean_page(), "requests", "社会公益组织", "社会公益祖织"))
    assert unknown(report) == {}
    (seen,) = report.saw(Seen.LABEL_CHANGED)
    assert (seen.expected, seen.found) == ("社会公益组织", "社会公益祖织")


@pytest.mark.parametrize("found", ["规范性文件", "行政规范性文件 ", "行政规范性\n文件"])
def test_a_known_variant_is_no_change(found: str) -> None:
    report = read_page(relabelled(clean_page(), "proactive", "行政规范性文件", found))
    assert (unknown(report), report.observations) == ({}, ())


def test_a_label_that_says_something_else_loses_its_row_only() -> None:
    report = read_page(relabelled(clean_page(), "requests", "2.重复申请", "2.撤回的申请"))
    assert {key.rpartition(".")[0] for key in unknown(report)} == {"requests.not_handled.repeat"}
    assert set(unknown(report).values()) == {"没有找到这一行的标题"}


def test_a_head_that_says_something_else_loses_its_column_only() -> None:
    report = read_page(relabelled(clean_page(), "requests", "科研机构", "学校"))
    assert {key.rpartition(".")[2] for key in unknown(report)} == {"research"}
    assert set(unknown(report).values()) == {"没有找到这一列的表头"}


def test_heads_broken_over_rows_of_the_grid_are_put_together() -> None:
    page = clean_page()
    grid = page.grid("requests")
    leaves = grid.rows[2]
    upper = tuple(replace(box, text=box.text[:2]) for box in leaves)
    lower = tuple(replace(box, text=box.text[2:] or "", field="") for box in leaves)
    rows = list(grid.rows)
    rows[0] = tuple(replace(box, rows=box.rows + (box.rows == 3)) for box in rows[0])
    rows[1] = tuple(replace(box, rows=box.rows + (box.rows == 2)) for box in rows[1])
    assert_whole(
        page.with_grid(grid, replace(grid, rows=(rows[0], rows[1], upper, lower, *rows[3:])))
    )


def test_a_row_that_stands_there_twice_is_not_used() -> None:
    page = clean_page()
    grid = page.grid("requests")
    again = other(replace(grid, rows=grid.rows[-1:])).rows
    report = read_page(page.with_grid(grid, replace(grid, rows=(*grid.rows, *again))))
    assert {key.rpartition(".")[0] for key in unknown(report)} == {"requests.carried_out"}


# -- cells ---------------------------------------------------------------------------------


def row_with(page: Page, field_id: str, how: Callable[[list[Box]], list[Box]]) -> Page:
    """A page with the row of a field made otherwise."""
    key = field_id.partition(".")[0]
    grid = page.grid(key)
    at = next(at for at, row in enumerate(grid.rows) if any(box.field == field_id for box in row))
    rows = replaced(grid.rows, at, how(list(grid.rows[at])))
    return page.with_grid(grid, replace(grid, rows=rows))


def test_a_cell_over_two_columns_is_unknown_in_both() -> None:
    def merged(row: list[Box]) -> list[Box]:
        at = figures(row)[1]
        return [*row[:at], replace(row[at], columns=2), *row[at + 2 :]]

    reasons = unknown(read_page(row_with(clean_page(), NEW, merged)))
    assert reasons == dict.fromkeys(
        ("requests.new.company", "requests.new.research"), "一个格跨了几列，数不知属于哪一列"
    )


def test_a_row_with_a_cell_lost_is_unknown() -> None:
    report = read_page(row_with(clean_page(), NEW, lambda row: [*row[:3], *row[4:]]))
    assert {key.rpartition(".")[0] for key in unknown(report)} == {"requests.new"}
    assert set(unknown(report).values()) == {"这一行的格数与表头对不上"}


def test_three_equal_values_in_a_row_of_one_are_that_value_and_named() -> None:
    def three(row: list[Box]) -> list[Box]:
        return [row[0], *[replace(row[1], columns=1)] * 3]

    page = page_with({"proactive.licences.decisions": "0"})
    report = read_page(row_with(page, "proactive.licences.decisions", three))
    assert report.value("proactive.licences.decisions") == 0
    (seen,) = report.saw(Seen.EXTRA_VALUES)
    assert (seen.field, seen.expected, seen.found) == (
        "proactive.licences.decisions",
        "1",
        "0、0、0",
    )


def test_different_values_in_a_row_of_one_are_unknown() -> None:
    def three(row: list[Box]) -> list[Box]:
        return [row[0], *(Box(text) for text in ("0", "5", "0"))]

    report = read_page(row_with(clean_page(), "proactive.licences.decisions", three))
    assert list(unknown(report)) == ["proactive.licences.decisions"]
    assert len(report.saw(Seen.EXTRA_VALUES)) == 1


ROW = {
    f"requests.new.{column}": text
    for column, text in zip(
        ("natural_person", "company", "research", "social", "legal_service", "other", "total"),
        ("56", "2", "0", "0", "0", "0", "58"),
        strict=True,
    )
}


def test_a_zero_too_many_is_left_out_where_the_sum_says_which() -> None:
    page = page_with(ROW)
    report = read_page(row_with(page, NEW, lambda row: [*row[:4], Box("0"), *row[4:]]))
    assert [report.value(key) for key in ROW] == [number(text) for text in ROW.values()]
    assert report.entries[NEW].changes == ("略去原文多出的 0，按总计等于各列之和确定",)
    assert report.entries[NEW].raw == "56 2 0 0 0 0 0 58"
    assert len(report.saw(Seen.EXTRA_VALUES)) == 1


def test_where_two_ways_fit_the_sum_neither_is_taken() -> None:
    texts = {**ROW, "requests.new.company": "0", "requests.new.research": "2"}
    page = page_with({**texts, "requests.new.natural_person": "0", "requests.new.total": "2"})
    report = read_page(row_with(page, NEW, lambda row: [*row[:3], Box("0"), *row[3:]]))
    assert set(unknown(report)) == set(ROW)


def test_a_sum_that_is_wrong_decides_nothing() -> None:
    page = page_with({**ROW, "requests.new.total": "57"})
    report = read_page(row_with(page, NEW, lambda row: [*row[:4], Box("0"), *row[4:]]))
    assert set(unknown(report)) == set(ROW)


def test_figures_run_together_beside_a_blank_are_unknown_where_the_sum_says_so() -> None:
    glued = {**ROW, NEW: "562", "requests.new.company": ""}
    reasons = unknown(read_page(page_with(glued)))
    assert set(reasons) >= {NEW, "requests.new.company"}
    assert reasons[NEW] == "“562”旁边是空白，可能是几格的数连在一起"


def test_a_number_beside_a_blank_is_what_it_is_where_nothing_says_otherwise() -> None:
    texts = {**ROW, NEW: "57", "requests.new.company": "", "requests.new.total": ""}
    assert not set(unknown(read_page(page_with(texts)))) & set(ROW)


def test_in_a_spreadsheet_a_number_beside_a_blank_is_what_it_is() -> None:
    """Each cell has a value of its own; whatever the sums say, nothing ran together."""
    glued = {**ROW, NEW: "562", "requests.new.company": ""}
    report = read_page(page_with(glued), "表格文件")
    assert (report.value(NEW), unknown(report)) == (number(562), {})


# -- labels that a page's layout changed ---------------------------------------------------

INTERNAL = "5.属于三类内部事务信息"


def with_label(found: str, kind: str) -> AnnualReport:
    return read_page(relabelled(clean_page(), "requests", INTERNAL, found), kind)


@pytest.mark.parametrize(
    "found", ["5.属于三类内部事务信7息7", "5.属于三类内部事务信息\n/", "77\n5.属于三类内部事务信息"]
)
def test_figures_that_ran_into_a_label_of_a_page_leave_its_row_unknown(found: str) -> None:
    report = with_label(found, "PDF")
    assert not report.saw(Seen.LABEL_CHANGED)
    assert set(unknown(report).values()) == {"行名的格里混进了数字，这一行的数可能不全"}
    assert {key.split(".")[2] for key in unknown(report)} == {"internal_affairs"}


@pytest.mark.parametrize(
    "found",
    [
        "5.属于三类内部事务 7",
        "5.属于三类内部事务信息 3 等",
        "属于三类内部事务信息 7",
        "77属于三类内部事务信息",
    ],
)
def test_a_label_that_is_cut_off_and_holds_a_figure_leaves_its_row_unknown_too(found: str) -> None:
    report = with_label(found, "PDF")
    assert set(unknown(report).values()) == {"行名的格里混进了数字，这一行的数可能不全"}
    assert {key.split(".")[2] for key in unknown(report)} == {"internal_affairs"}


@pytest.mark.parametrize(
    "found",
    [
        "5.属于三类内部事务",
        "6.属于三类内部事务信息",
        "公开5.属于三类内部事务信息",
        f"{INTERNAL}（五）不",
    ],
)
def test_a_label_of_a_page_that_is_cut_off_or_holds_part_of_another_is_unharmed(found: str) -> None:
    report = with_label(found, "PDF")
    assert (report.saw(Seen.LABEL_CHANGED), unknown(report)) == ((), {})


@pytest.mark.parametrize(
    ("found", "kind"),
    [
        ("5.属于三类内部事务信7息7", "网页"),
        ("5.属于三类内部事务", "网页"),
        ("5.属于四类内部事务信息", "PDF"),
        ("5.不属于三类内部事务信息", "PDF"),
        ("5.属于三类内部事务信息等", "PDF"),
    ],
)
def test_other_labels_were_changed_by_somebody(found: str, kind: str) -> None:
    report = with_label(found, kind)
    (seen,) = report.saw(Seen.LABEL_CHANGED)
    assert (seen.expected, seen.found) == (INTERNAL, found)
    assert unknown(report) == {}


def test_columns_in_another_order_need_their_sums_to_be_right() -> None:
    """A head row lost moves 总计 beside 自然人."""
    page = page_with(ROW)
    grid = page.grid("requests")
    kept = tuple(box for box in grid.rows[1] if box.rows > 1)
    report = read_page(page.with_grid(grid, replace(grid, rows=replaced(grid.rows, 1, kept))))
    assert "总计又不等于各列之和" in unknown(report)[NEW]


# -- tables without row labels -------------------------------------------------------------


def test_two_rows_below_the_heads_are_not_told_apart() -> None:
    page = clean_page()
    grid = page.grid("disputes")
    report = read_page(
        page.with_grid(grid, replace(grid, rows=(*grid.rows, *other(grid).rows[-1:])))
    )
    assert set(unknown(report).values()) == {"表头下面有几行数，不知是哪一行"}


def test_heads_without_figures_below_are_told() -> None:
    page = clean_page()
    grid = page.grid("disputes")
    report = read_page(page.with_grid(grid, replace(grid, rows=grid.rows[:-1])))
    assert set(unknown(report).values()) == {"表头下面没有一行数"}


def test_a_row_label_left_of_the_figures_does_no_harm() -> None:
    page = clean_page()
    grid = page.grid("disputes")
    rows = [
        (Box("件数", rows=3), *grid.rows[0]) if at == 0 else row for at, row in enumerate(grid.rows)
    ]
    rows[3] = (Box("件数"), *grid.rows[3])
    assert_whole(page.with_grid(grid, replace(grid, rows=tuple(rows))))


def test_blank_figures_below_the_heads_are_blank() -> None:
    page = page_with({item.id: "" for item in form("2021").table("disputes").fields})
    kinds = {
        read_page(page).entries[item.id].kind for item in form("2021").table("disputes").fields
    }
    assert kinds == {EntryKind.BLANK}


def test_words_in_place_of_all_figures_are_words() -> None:
    page = page_with({item.id: "见附件" for item in form("2021").table("disputes").fields})
    report = read_page(page)
    assert {report.entries[item.id].kind for item in form("2021").table("disputes").fields} == {
        EntryKind.TEXT
    }


# -- ragged --------------------------------------------------------------------------------


def ragged(grid: Grid, *, trail: int = 0) -> Table:
    """Rows of cells without their columns, as text gives them."""
    return Table(
        tuple(
            Cell(at, place, text)
            for at, row in enumerate(grid.rows)
            for place, text in enumerate([*(box.text for box in row), *[""] * trail])
        ),
        ragged=True,
    )


def without_spans(page: Page, make: Callable[[Grid], Table]) -> Document:
    title = paragraphs("某某市某某局2023年政府信息公开工作年度报告")
    return Document("文本", (*title, *map(make, page.grids)))


@pytest.mark.parametrize("trail", [0, 1, 3])
def test_in_ragged_tables_only_the_order_of_a_full_row_counts(trail: int) -> None:
    page = clean_page()
    report = read(without_spans(page, lambda grid: ragged(grid, trail=trail)))
    assert {key: outcome(entry) for key, entry in report.entries.items()} == page.truth


def test_in_ragged_tables_a_blank_counts_where_every_row_has_all_its_cells() -> None:
    page = page_with({**ROW, "requests.new.social": ""})
    exact = read(without_spans(page, ragged))
    loose = read(without_spans(page, lambda grid: ragged(grid, trail=1)))
    assert exact.entries["requests.new.social"].kind is EntryKind.BLANK
    assert set(unknown(loose)) == set(ROW)


def test_a_table_of_tables_is_read_as_it_was_laid_out() -> None:
    page = clean_page()
    shown = document(page)
    whole = [table(grid) for grid in page.grids]
    assert [block for block in shown.blocks if isinstance(block, Table)] == whole
