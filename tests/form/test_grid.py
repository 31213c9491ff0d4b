"""The printed grid: boxes that cover it exactly, each label where the form prints it."""

from __future__ import annotations

from collections import Counter

import pytest

from gk_xlsx.form import Box, Grid, lay_out
from gk_xlsx.resources import EDITIONS, form

TABLES = [(name, table.key) for name in EDITIONS for table in form(name).tables]


def grid(edition: str, table: str) -> Grid:
    return lay_out(form(edition).table(table))


def squares(box: Box) -> list[tuple[int, int]]:
    return [
        (box.row + down, box.column + right)
        for down in range(box.rows)
        for right in range(box.columns)
    ]


def box(where: Grid, text: str) -> Box:
    (found,) = [item for item in where.labels if item.text == text]
    return found


@pytest.mark.parametrize(("edition", "table"), TABLES)
def test_the_boxes_cover_the_grid_without_overlap_or_gap(edition: str, table: str) -> None:
    laid = grid(edition, table)
    covered = Counter(square for item in laid.boxes for square in squares(item))
    assert covered == Counter(
        (row, column) for row in range(laid.height) for column in range(laid.width)
    )


@pytest.mark.parametrize(("edition", "table"), TABLES)
def test_every_field_has_a_box_in_printed_order(edition: str, table: str) -> None:
    laid = grid(edition, table)
    assert list(laid.places) == [field.id for field in form(edition).table(table).fields]


@pytest.mark.parametrize(
    ("edition", "table", "height", "width", "head_rows"),
    [
        ("2021", "proactive", 14, 4, 0),
        ("2021", "requests", 28, 10, 3),
        ("2021", "disputes", 4, 15, 3),
        ("2019", "proactive", 18, 4, 0),
        ("2019", "requests", 26, 10, 3),
        ("2019", "disputes", 4, 15, 3),
    ],
)
def test_a_grid_has_the_printed_size(
    edition: str, table: str, height: int, width: int, head_rows: int
) -> None:
    laid = grid(edition, table)
    assert (laid.height, laid.width, laid.head_rows) == (height, width, head_rows)


def test_results_span_twenty_two_rows_in_2021_and_twenty_in_2019() -> None:
    spans = [box(grid(name, "requests"), "三、本年度办理结果").rows for name in ("2021", "2019")]
    assert spans == [22, 20]


def test_the_corner_covers_the_heads_of_the_row_labels() -> None:
    corner = grid("2021", "requests").boxes[0]
    assert (corner.row, corner.column, corner.rows, corner.columns) == (0, 0, 3, 3)


def test_a_row_without_groups_reaches_to_the_figures() -> None:
    laid = grid("2021", "requests")
    assert box(laid, "一、本年新收政府信息公开申请数量").columns == 3
    assert box(laid, "（一）予以公开").columns == 2
    assert box(laid, "1.属于国家秘密").columns == 1


def test_heads_reach_down_to_the_figures_where_others_are_split() -> None:
    laid = grid("2021", "requests")
    assert [(box(laid, name).row, box(laid, name).rows) for name in ("自然人", "总计")] == [
        (1, 2),
        (1, 2),
    ]
    assert box(laid, "法人或其他组织").columns == 5
    assert box(laid, "申请人情况").columns == 7


def test_a_wide_column_takes_the_whole_row() -> None:
    place = grid("2021", "proactive").places["proactive.licences.decisions"]
    assert (place.column, place.columns) == (1, 3)


def test_the_outcomes_of_a_review_reach_over_two_rows() -> None:
    laid = grid("2021", "disputes")
    outcomes = [item for item in laid.labels if item.text == "结果维持"]
    assert [(item.row, item.rows) for item in outcomes] == [(1, 2), (2, 1), (2, 1)]


def test_heads_and_row_labels_are_told_apart() -> None:
    laid = grid("2021", "requests")
    assert box(laid, "自然人").head
    assert not box(laid, "（七）总计").head
