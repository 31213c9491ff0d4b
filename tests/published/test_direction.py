"""Signs that turn the reading direction: a figure with one is not the figure it shows."""

from __future__ import annotations

import pytest

from gk_xlsx.published.direction import straight

TURNING = "\u061c\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"


@pytest.mark.parametrize("sign", TURNING)
def test_a_figure_is_doubtful_with_any_sign_that_turns_the_direction(sign: str) -> None:
    assert straight(f"{sign}21") == "\ufffd21"
    assert straight(f"2{sign}1件") == "2\ufffd1件"


@pytest.mark.parametrize("figure", ["十二", " 一百零二件", "２１", "21①"])
def test_whatever_can_be_read_as_a_figure_is_one(figure: str) -> None:
    assert straight(f"\u202e{figure}") == f"\ufffd{figure}"


def test_words_are_read_without_the_sign() -> None:
    assert straight("\u202a自然人\u202c") == "自然人"
    assert straight("（一）\u200f予以公开") == "（一）予以公开"


def test_what_turns_nothing_stays_as_it_is() -> None:
    assert straight("2\u200b1") == "2\u200b1"
