"""JSON with exact decimals."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gk_xlsx.exact_json import json_text

values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@given(values)
def test_it_is_the_text_of_the_standard_library(value: object) -> None:
    assert json_text(value) == json.dumps(value, ensure_ascii=False, indent=1)


@given(st.decimals(-(10**20), 10**20, places=9, allow_nan=False, allow_infinity=False))
def test_a_decimal_comes_back_exactly(number: Decimal) -> None:
    text = json_text({"x": number})
    assert json.loads(text, parse_float=Decimal, parse_int=Decimal) == {"x": number}
    assert "e" not in text.lower().replace("x", "")


def test_a_tuple_is_a_list() -> None:
    assert json_text(("a", Decimal("0.10"))) == '[\n "a",\n 0.1\n]'


def test_a_float_is_refused_for_it_is_not_exact() -> None:
    with pytest.raises(TypeError, match="float"):
        json_text({"x": 0.1})
