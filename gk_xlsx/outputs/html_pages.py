"""What every page is made with: its template, its looks, and nothing from elsewhere."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files as package_files

from jinja2 import Environment, StrictUndefined, Template
from markupsafe import Markup

_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff"
    "\ud800-\udfff]"
)
"""Control characters, and those that turn the direction of what is written after them."""


@cache
def template(name: str) -> Template:
    """A page's template; every text is escaped, and what is not seen is left out."""
    environment = Environment(
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_visible,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    return environment.from_string(_resource(name))


def looks(*names: str) -> Markup:
    """Style sheets, one after the other."""
    return Markup("".join(map(_resource, names)))  # noqa: S704 — our own files


def _visible(value: object) -> object:
    """What may stand on the page; text that is markup already was looked at when it was made."""
    return _UNSEEN.sub("", value) if type(value) is str else value


def _resource(name: str) -> str:
    return package_files(__package__).joinpath(name).read_text("utf-8")
