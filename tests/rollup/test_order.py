"""Which delivery is the later one, as far as names say so; otherwise nobody guesses."""

from __future__ import annotations

import pytest

from gk_xlsx.rollup.order import latest


@pytest.mark.parametrize(
    ("paths", "last"),
    [
        (["教育局.xlsx", "教育局（第二次）.xlsx"], 1),
        (["教育局第3次.xlsx", "教育局第2次.xlsx", "教育局.xlsx"], 0),
        (["年报v2.docx", "年报V10.docx"], 1),
        (["一稿.docx", "二稿.docx"], 1),
        (["教育局.xlsx", "教育局更正.xlsx"], 1),
        (["重新报送/教育局.xlsx", "教育局.xlsx"], 0),
        (["1月5日/a.xlsx", "1月12日/a.xlsx"], 1),
        (["20260112/a.xlsx", "2026-01-05/a.xlsx"], 0),
        (["12月28日/a.xlsx", "1月3日/a.xlsx"], 1),
    ],
)
def test_names_tell_the_later_one(paths: list[str], last: int) -> None:
    assert latest(paths) == last


@pytest.mark.parametrize(
    "paths",
    [
        ["教育局.xlsx", "教育局(1).xlsx"],
        ["a更正.xlsx", "b更正.xlsx"],
        ["教育局.xlsx", "20260112教育局.xlsx"],
        ["第2次.xlsx", "更正.xlsx"],
        ["2024年报.xlsx", "2025年报.xlsx"],
        ["a.xlsx"],
    ],
    ids=["a browser's number", "both", "only one has a date", "contrary signs", "years", "alone"],
)
def test_names_that_do_not_tell_it_are_not_made_to(paths: list[str]) -> None:
    assert latest(paths) is None
