"""Where the form definitions and templates are: in a wheel, an editable install or a checkout."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from gk_xlsx.errors import GkXlsxError
from gk_xlsx.form import Form, parse

EDITIONS = ("2021", "2019")
"""Every edition there is a definition for, newest first."""


@cache
def root() -> Path:
    """The folder `templates`, or the wheel's copy of it."""
    return _folder("templates", "模板")


@cache
def examples() -> Path:
    """The folder `examples`, or the wheel's copy of it."""
    return _folder("examples", "示例")


def template(edition: str, name: str) -> Path:
    """A file of an edition's template folder."""
    return root() / edition / name


@cache
def form(edition: str) -> Form:
    """The form of an edition.

    Raises:
        KeyError: for an edition that does not exist.
        DefinitionError: if the definition is wrong.
    """
    if edition not in EDITIONS:
        raise KeyError(edition)
    path = template(edition, "form.yaml")
    return parse(path.read_text("utf-8"), str(path))


def form_for_year(year: int) -> Form | None:
    """The form that a report of that year is written in; None before 2019.

    Source: 国办公开办函〔2019〕60号 from report year 2019, 国办公开办函〔2021〕30号 from 2021.
    """
    return next((form(edition) for edition in EDITIONS if form(edition).covers(year)), None)


def _folder(name: str, title: str) -> Path:
    package = Path(__file__).resolve().parent
    for candidate in (package / f"_{name}", package.parent / name):
        if candidate.is_dir():
            return candidate
    raise GkXlsxError(f"安装不完整：找不到{title}文件夹 {name}，请重新安装 gk-xlsx。")
