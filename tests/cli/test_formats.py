"""`--format`: what a command has is taken, what it has not is refused with what it has."""

from __future__ import annotations

import pytest

from gk_xlsx.cli.formats import Format, format_named
from gk_xlsx.errors import GkXlsxError


@pytest.mark.parametrize("wanted", list(Format))
def test_a_way_that_the_command_has_is_taken(wanted: Format) -> None:
    assert format_named(wanted.value, *Format) is wanted


@pytest.mark.parametrize("name", ["html", "JSON", "", "texte"])
def test_another_is_refused_with_those_it_has(name: str) -> None:
    with pytest.raises(GkXlsxError, match=f"没有“{name}”这一种，可用：text、json。"):
        format_named(name, Format.TEXT, Format.JSON)
