"""Definitions, templates and examples are found."""

from __future__ import annotations

import pytest

from gk_xlsx import resources
from gk_xlsx.errors import GkXlsxError
from gk_xlsx.resources import EDITIONS, examples, form, root, template


def test_every_edition_has_its_folder() -> None:
    folders = {path.parent.name for path in root().glob("*/form.yaml")}
    assert folders == set(EDITIONS)
    assert template("2021", "form.yaml") == root() / "2021" / "form.yaml"


def test_a_form_is_parsed_once() -> None:
    assert form("2021") is form("2021")


def test_there_are_examples() -> None:
    assert list(examples().glob("*.json"))


def test_a_folder_that_is_not_installed_is_told() -> None:
    with pytest.raises(GkXlsxError, match="安装不完整：找不到模板文件夹 nowhere"):
        resources._folder("nowhere", "模板")
