"""Web pages that are deep, wide, endless, or only half there."""

from __future__ import annotations

import re
from functools import cache

from gk_xlsx.api import Printed, render
from gk_xlsx.sources.html import MAX_BYTES, MAX_TAGS
from tests.hostile.listed import FOUND, GOOD, each
from tests.hostile.zips import EXAMPLES

_FIGURE = re.compile(r"<td([^>]*>\s*\d+\s*</td>)")


@cache
def _report() -> str:
    """A report as a page that passes the check."""
    return render(EXAMPLES / "05-机关事务中心-2021.json", to=Printed.PAGE).data.decode()


def _styled(rule: str) -> bytes:
    """The report with a style sheet; its first figure is of class `q`."""
    page, count = _FIGURE.subn(r'<td class="q"\1', _report(), count=1)
    assert count == 1
    return page.replace("</head>", f"<style>{rule}</style></head>", 1).encode()


def _page(inside: str) -> bytes:
    return f"<!DOCTYPE html><html><body>{inside}</body></html>".encode()


def _entities() -> bytes:
    return b'<!DOCTYPE html [<!ENTITY a "&a;&a;">]><html><body>&a;' + b"&a;" * 90_000


def _cells(count: int) -> str:
    return "<table>" + f"<tr>{'<td>1' * 100}" * (count // 100) + "</table>"


each(
    "IN18",
    {
        "figure-turned-by-class.html": lambda: _styled(
            ".q{unicode-bidi:bidi-override;direction:rtl}"
        ),
        "figure-turned-by-place.html": lambda: _styled(
            "@media screen { table tr > td { direction: rtl; unicode-bidi: isolate-override } }"
        ),
    },
)
each(GOOD, {"heading-turned.html": lambda: _styled("h1.x{unicode-bidi:bidi-override}")})
each(
    FOUND,
    {
        "divs.html": lambda: _page("<div>" * 100_000),
        "tables-in-tables.html": lambda: _page("<table><tr><td>" * 20_000),
        "tables-in-tables-a-few.html": lambda: _page("<table><tr><td>甲" * 80),
        "formats-unclosed.html": lambda: _page("<p><b><i><font>甲" * 20_000),
        "cells-a-million.html": lambda: _page(_cells(1_000_000)),
        "cells-as-many-as-are-read.html": lambda: _page(_cells(MAX_TAGS - 5000)),
        "colspan.html": lambda: _page(
            "<table>" + "<tr><td colspan=1000000000>甲" * 900 + "</table>"
        ),
        "rowspan.html": lambda: _page("<table>" + "<tr><td rowspan=65534>甲" * 9000 + "</table>"),
        "span-both.html": lambda: _page(
            "<table>" + "<tr>" + "<td rowspan=9999 colspan=999>甲" * 300 + "</table>"
        ),
        "span-of-digits.html": lambda: _page(f"<table><td colspan={'9' * 90_000}>甲</td></table>"),
        "entities.html": _entities,
        "too-long.html": lambda: _page("甲" * (MAX_BYTES // 3 + 1)),
        "one-word.html": lambda: _page("甲" * (MAX_BYTES // 3 - 100)),
        "attributes.html": lambda: _page("<p " + "".join(f"a{at}=1 " for at in range(900_000))),
        "comments.html": lambda: b"<!--" * 2_000_000 + b"<html>",
        "style-endless.html": lambda: _page("<style>" + ".a{" * 1_000_000),
        "style-classes.html": lambda: _page(
            "<style>" + "".join(f".a{at}{{display:none}}" for at in range(200_000)) + "</style>甲"
        ),
        "script-only.html": lambda: _page("<script>while(1);</script>"),
        "charset-lie.html": lambda: bytes(
            '<meta charset="utf-16"><table><td>甲</td></table>', "utf-8"
        ),
        "charset-odd.html": lambda: b'<meta charset="zip"><table><td>\xff\xfe\x80</td></table>',
        "surrogates.html": lambda: _page("&#xD800;&#0;&#x110000;&#x202E;" * 9000),
        "gb18030-broken.html": lambda: "<p>甲".encode("gb18030") + b"\x81\x30\xff" * 90_000,
        "frames.html": lambda: _page('<iframe src="file:///etc/passwd"></iframe>' * 900),
    },
)
