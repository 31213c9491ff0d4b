"""Patterns behave like compiled ones, and cost nothing until they are used."""

from __future__ import annotations

import re

import pytest

from gk_xlsx.patterns import pattern


def test_a_pattern_finds_what_a_compiled_one_finds() -> None:
    lazy, compiled = pattern("(a+)b", re.IGNORECASE), re.compile("(a+)b", re.IGNORECASE)

    for _ in range(2):
        assert [match[1] for match in lazy.finditer("xAABab")] == ["AA", "a"]
        assert lazy.sub("-", "aab") == compiled.sub("-", "aab")
    assert lazy.pattern == compiled.pattern


def test_a_wrong_pattern_is_told_when_it_is_first_used() -> None:
    broken = pattern("(")

    with pytest.raises(re.error):
        broken.search("x")
