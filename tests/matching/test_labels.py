"""Labels as they are typed, and what they are meant for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gk_xlsx.form import Form
from gk_xlsx.matching.labels import bare_key, distance, key, nearest
from gk_xlsx.resources import EDITIONS, form

FORMS = [form(name) for name in EDITIONS]


@pytest.mark.parametrize(
    ("found", "printed"),
    [
        ("规范性文件", "行政规范性文件"),
        ("2. 其他法律和行政法规禁止公开", "2.其他法律行政法规禁止公开"),
        ("2、其它法律、行政法规禁止公开", "2.其他法律行政法规禁止公开"),
        ("（本列数据的钩稽关系为：", "（本列数据的勾稽关系为："),
        ("法人及其他组织", "法人或其他组织"),
        ("合 计", "总计"),
        ("一、本年度新收政府信息公开申请数量", "一、本年新收政府信息公开申请数量"),
        ('３．危及"三安全一稳定"', "3.危及“三安全一稳定”"),
    ],
)
def test_known_variants_are_the_same_label(found: str, printed: str) -> None:
    assert key(found) == key(printed)


@pytest.mark.parametrize("definition", FORMS, ids=EDITIONS)
def test_no_two_labels_of_a_table_become_the_same(definition: Form) -> None:
    for table in definition.tables:
        rows = [row.label[-1] for row in table.rows if row.label]
        assert len({key(label) for label in rows}) == len(rows)
        for block in table.blocks:
            heads = {column.label for column in block.columns}
            assert len({tuple(map(key, label)) for label in heads}) == len(heads)


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ("（三）不予公开", "不予公开"),
        ("1.属于国家秘密", "属于国家秘密"),
        ("一、本年新收", "本年新收"),
        ("３、其他", "其他"),
        ("三安全一稳定", "三安全一稳定"),
    ],
)
def test_a_number_can_be_taken_off_a_label(label: str, expected: str) -> None:
    assert bare_key(label) == expected


LABELS = ["行政许可", "行政处罚", "行政强制", "结转下年继续办理", "重复申请"]


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        ("结转下年继续力理", "结转下年继续办理"),
        ("重复申青", "重复申请"),
        ("行政许罚", ""),
        ("行政许司", ""),
        ("规张", ""),
        ("完全是别的文字", ""),
    ],
)
def test_a_misspelt_label_is_known_only_where_nothing_else_can_be_meant(
    found: str, expected: str
) -> None:
    assert nearest(found, LABELS) == expected


def test_a_misspelt_label_is_known_once_the_others_are_found() -> None:
    assert nearest("行政许司", ["行政许可", "重复申请"]) == "行政许可"


WORDS = st.text("行政许可处罚", max_size=7)


@given(WORDS, WORDS, st.integers(0, 8))
def test_the_distance_is_exact_up_to_its_limit(left: str, right: str, limit: int) -> None:
    whole = distance(left, right, 20)
    assert distance(left, right, limit) == min(whole, limit + 1)
    assert distance(right, left, 20) == whole
    assert (whole == 0) == (left == right)
    assert whole <= max(len(left), len(right))
