"""Tables found by their labels: right or missing, never wrong."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gk_xlsx.form import Box, Table, lay_out
from gk_xlsx.matching import Located, Place, locate, normal
from gk_xlsx.resources import EDITIONS, form

Texts = dict[Place, str]

TABLES = [table for name in EDITIONS for table in form(name).tables]
ids = [f"{name}-{table.key}" for name in EDITIONS for table in form(name).tables]
every_table = pytest.mark.parametrize("table", TABLES, ids=ids)


def figure(field_id: str) -> str:
    """A text that tells which figure it is."""
    return f"值:{field_id}"


def printed(table: Table) -> Texts:
    """The table as a grid, every figure telling its field."""
    return {
        (box.row, box.column): figure(box.field.id) if box.field else box.text
        for box in lay_out(table).boxes
        if box.field or box.text
    }


def moved(texts: Texts, where: Callable[[int, int], Place]) -> Texts:
    return {where(*place): text for place, text in texts.items()}


def wrong(found: Located, texts: Texts) -> dict[str, str]:
    """What stands where a figure was found and is another text."""
    return {
        field_id: texts.get(place, "")
        for field_id, place in found.places.items()
        if texts.get(place, "") != figure(field_id)
    }


def assert_complete(table: Table, texts: Texts) -> None:
    found = locate(table, texts)
    assert not wrong(found, texts)
    assert list(found.places) == [field.id for field in table.fields]
    assert (found.missing, found.share(table)) == ((), 1.0)


def label_at(table: Table, text: str, nth: int = 0) -> Box:
    return [box for box in lay_out(table).labels if box.text == text][nth]


REQUESTS = form("2021").table("requests")
DISPUTES = form("2021").table("disputes")
PROACTIVE = form("2021").table("proactive")


@every_table
def test_a_table_as_printed_is_found_whole(table: Table) -> None:
    assert_complete(table, printed(table))


@every_table
@pytest.mark.parametrize(("down", "right"), [(1, 0), (0, 1), (7, 3)])
def test_a_shifted_table_is_found_whole(table: Table, down: int, right: int) -> None:
    assert_complete(table, moved(printed(table), lambda row, at: (row + down, at + right)))


@every_table
def test_an_inserted_row_does_not_matter(table: Table) -> None:
    for line in range(lay_out(table).height):
        assert_complete(
            table,
            moved(printed(table), lambda row, at, line=line: (row + (row >= line), at)),  # type: ignore[misc]
        )


@every_table
def test_an_inserted_column_does_not_matter(table: Table) -> None:
    for line in range(lay_out(table).width):
        assert_complete(
            table,
            moved(printed(table), lambda row, at, line=line: (row, at + (at >= line))),  # type: ignore[misc]
        )


@every_table
def test_width_spaces_and_punctuation_do_not_matter(table: Table) -> None:
    typed = {
        place: text
        if text.startswith("值")
        else f" {text.replace('（', '(').replace('、', '，')}\n"
        for place, text in printed(table).items()
    }
    assert_complete(table, typed)


@every_table
def test_a_title_above_and_a_remark_below_do_not_matter(table: Table) -> None:
    texts = moved(printed(table), lambda row, at: (row + 2, at))
    texts[0, 0] = "某某年度报告"
    assert_complete(table, texts)
    texts[lay_out(table).height + 3, 0] = "注：以上数据截至年底。"
    assert not wrong(locate(table, texts), texts)


@every_table
def test_a_lost_label_loses_its_figures_and_no_others(table: Table) -> None:
    for box in lay_out(table).labels:
        texts = printed(table)
        del texts[box.row, box.column]
        found = locate(table, texts)
        assert not wrong(found, texts), box.text
        assert len(found.places) >= len(table.fields) * 0.5, box.text


@every_table
def test_a_label_that_stands_twice_is_never_guessed(table: Table) -> None:
    for box in lay_out(table).labels:
        texts = printed(table)
        texts[lay_out(table).height + 1, 0] = box.text
        texts[lay_out(table).height + 1, 1] = "别的数"
        assert not wrong(locate(table, texts), texts), box.text


@every_table
def test_another_labels_text_is_never_taken(table: Table) -> None:
    boxes = lay_out(table).labels
    for box, other in pairwise(boxes):
        texts = printed(table)
        texts[box.row, box.column] = "改了的标题"
        del texts[other.row, other.column]
        assert not wrong(locate(table, texts), texts), box.text


def test_a_lost_row_label_is_told() -> None:
    texts = printed(REQUESTS)
    box = label_at(REQUESTS, "2.重复申请")
    del texts[box.row, box.column]
    found = locate(REQUESTS, texts)
    assert found.missing == ("2.重复申请",)
    assert len(found.places) == 168


def test_a_lost_column_head_is_told() -> None:
    texts = printed(REQUESTS)
    box = label_at(REQUESTS, "科研机构")
    del texts[box.row, box.column]
    found = locate(REQUESTS, texts)
    assert found.missing == ("科研机构",)
    assert len(found.places) == 150


def test_columns_in_another_order_are_found_by_their_heads() -> None:
    company, research = (label_at(REQUESTS, name).column for name in ("商业企业", "科研机构"))
    swap = {company: research, research: company}
    texts = {
        place if text == "法人或其他组织" else (place[0], swap.get(place[1], place[1])): text
        for place, text in printed(REQUESTS).items()
    }
    found = locate(REQUESTS, texts)
    assert not wrong(found, texts)
    assert len(found.places) == len(REQUESTS.fields)


def test_rows_in_another_order_are_found_by_their_labels() -> None:
    first, second = (label_at(REQUESTS, name).row for name in ("1.属于国家秘密", "2.重复申请"))
    swap = {first: second, second: first}
    texts = {
        place if text.startswith("（") else (swap.get(place[0], place[0]), place[1]): text
        for place, text in printed(REQUESTS).items()
    }
    assert not wrong(locate(REQUESTS, texts), texts)


def test_groups_in_another_order_are_found_by_their_headings() -> None:
    """行政诉讼 before 行政复议: the outcomes read the same from left to right."""
    texts = moved(printed(DISPUTES), lambda row, at: (row, (at + 5) % 15))
    assert_complete_in_any_order(DISPUTES, texts)


def assert_complete_in_any_order(table: Table, texts: Texts) -> None:
    found = locate(table, texts)
    assert not wrong(found, texts)
    assert len(found.places) == len(table.fields)


def test_a_changed_heading_is_known_by_the_others() -> None:
    texts = printed(DISPUTES)
    texts[0, 0] = "复议"
    assert_complete(DISPUTES, texts)


def test_a_lost_outcome_is_found_missing_in_its_own_group_only() -> None:
    texts = printed(DISPUTES)
    box = label_at(DISPUTES, "尚未审结", nth=1)
    del texts[box.row, box.column]
    found = locate(DISPUTES, texts)
    assert not wrong(found, texts)
    assert set(DISPUTES_IDS) - set(found.places) == {"disputes.direct.pending"}


DISPUTES_IDS = [field.id for field in DISPUTES.fields]


def test_figures_without_row_labels_may_all_be_blank() -> None:
    texts = {place: text for place, text in printed(DISPUTES).items() if place[0] < 3}
    found = locate(DISPUTES, texts)
    assert set(found.places.values()) == {(3, at) for at in range(15)}


def test_a_remark_below_blank_figures_is_not_taken_for_them() -> None:
    texts = {place: text for place, text in printed(DISPUTES).items() if place[0] < 3}
    texts[5, 0] = "注：2 件尚在审理。"
    assert locate(DISPUTES, texts).places == {}


def test_two_rows_below_the_heads_are_not_told_apart() -> None:
    texts = printed(DISPUTES)
    texts |= {(5, at): "0" for at in range(15)}
    assert locate(DISPUTES, texts).places == {}


def test_outcomes_under_a_heading_that_stands_twice_are_not_used() -> None:
    texts = printed(DISPUTES)
    texts[1, 0] = "未经复议直接起诉"
    found = locate(DISPUTES, texts)
    assert not wrong(found, texts)


@every_table
def test_an_empty_grid_holds_nothing(table: Table) -> None:
    found = locate(table, {})
    assert (found.places, found.share(table)) == ({}, 0.0)
    assert found.missing


@every_table
def test_a_grid_of_other_things_holds_nothing(table: Table) -> None:
    texts = {(row, at): f"其它{row}{at}" for row in range(20) for at in range(10)}
    assert locate(table, texts).places == {}


def test_a_heading_line_between_two_blocks_is_not_mixed_up() -> None:
    """The same head stands over 行政许可 and over 行政处罚; each holds for its own block."""
    texts = printed(PROACTIVE)
    box = label_at(PROACTIVE, "本年处理决定数量", nth=1)
    del texts[box.row, box.column]
    found = locate(PROACTIVE, texts)
    assert not wrong(found, texts)
    assert "proactive.licences.decisions" in found.places
    assert "proactive.penalties.decisions" not in found.places


@pytest.mark.parametrize(
    ("label", "typed"),
    [
        ("3.危及“三安全一稳定”", '３．危及"三安全一稳定"'),
        ("（四）无法提供", "(四) 无\n法提供"),
        ("本年增/减", "本年增／减"),
    ],
)
def test_a_label_is_known_however_it_was_typed(label: str, typed: str) -> None:
    assert normal(typed) == normal(label)


@given(st.data())
def test_no_damage_to_labels_makes_a_wrong_figure(data: st.DataObject) -> None:
    """Labels are lost or changed, and another one stands once more beside or below the table."""
    table = data.draw(st.sampled_from(TABLES))
    texts = printed(table)
    labels = {place: text for place, text in texts.items() if not text.startswith("值")}
    damaged = data.draw(st.lists(st.sampled_from(sorted(labels)), max_size=4, unique=True))
    whole = sorted(set(labels.values()) - {labels[place] for place in damaged})
    for place in damaged:
        texts[place] = data.draw(st.sampled_from(["", "改了"]))
    size = lay_out(table)
    free = data.draw(st.sampled_from([(size.height + 2, 0), (0, size.width + 1)]))
    texts[free] = data.draw(st.sampled_from(whole))
    assert not wrong(locate(table, texts), texts)
