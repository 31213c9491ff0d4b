"""Whether a text says that its figures include subordinate bodies."""

from __future__ import annotations

import pytest

from gk_xlsx.rollup.inclusion import says_it_includes


@pytest.mark.parametrize(
    "sentence",
    [
        "本报告数据含局属各事业单位",
        "本年度报告所列数据包括下属单位",
        "统计范围涵盖局机关及所属事业单位",
        "本报告**包括**局机关和下设二级机构的情况",
    ],
)
def test_a_sentence_that_says_so_is_quoted_without_its_looks(sentence: str) -> None:
    text = f"按照条例编制。{sentence}。全年公开信息二十条。"
    assert says_it_includes({"preface": text}) == sentence.replace("**", "")


@pytest.mark.parametrize(
    "sentence",
    [
        "本报告数据不包括下属单位",
        "本报告包括总体情况、主动公开情况等六个部分",
        "对下属单位开展了培训",
        "本报告数据未包含所属事业单位",
    ],
)
def test_other_sentences_say_nothing(sentence: str) -> None:
    assert says_it_includes({"preface": f"{sentence}。", "overview": ""}) == ""


def test_a_long_sentence_is_cut() -> None:
    text = f"本报告数据含下属单位{'以及很多别的' * 30}"
    found = says_it_includes({"other": text})
    assert found.endswith("……")
    assert len(found) < len(text)
