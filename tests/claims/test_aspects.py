from __future__ import annotations

import pytest

from gk_xlsx.claims.aspects import main_aspect, treats
from gk_xlsx.resources import form

ASPECTS = form("2021").section("overview").aspects


@pytest.mark.parametrize(
    ("text", "aspect"),
    [
        ("（一）主动公开情况", "主动公开"),
        ("收到公开申请两件，均已答复。", "依申请公开"),
        ("严格公文属性管理，做好保密审查。", "政府信息管理"),
        ("优化专栏设置，新媒体账号更新及时。", "政府信息公开平台建设"),
        ("开展业务培训三次，接受社会评议。", "监督保障"),
        ("全年天气晴好。", ""),
    ],
)
def test_a_text_belongs_to_the_aspect_whose_words_come_first(text: str, aspect: str) -> None:
    assert main_aspect(ASPECTS, text) == aspect


def test_an_aspect_the_program_has_no_words_for_is_known_by_its_name() -> None:
    assert treats("工作考核", "已将其纳入工作考核")
    assert not treats("工作考核", "已将其纳入考核")
