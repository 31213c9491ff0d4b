"""A report printed as web page, as fragment and as Markdown is read again as it was."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from lxml import etree, html

from gk_xlsx import resources
from gk_xlsx.documents.markdown_report import render_markdown
from gk_xlsx.documents.web import render_fragment, render_page
from gk_xlsx.published.assembly import report_of
from gk_xlsx.published.model import Document
from gk_xlsx.report import AnnualReport
from gk_xlsx.sources.html import read_html
from gk_xlsx.sources.plain_text import read_text
from tests.documents.printed_reports import EXAMPLES, Recipe, Texts, example, finished, recipes
from tests.published.same import same_report

Print = Callable[[AnnualReport, Texts], bytes]
Read = Callable[[bytes], Document]


def _page(report: AnnualReport, texts: Texts) -> bytes:
    return render_page(report, resources.form(report.edition), texts)


def _fragment(report: AnnualReport, texts: Texts) -> bytes:
    return render_fragment(report, resources.form(report.edition), texts)


def _markdown(report: AnnualReport, texts: Texts) -> bytes:
    return render_markdown(report, resources.form(report.edition), texts)


def _pasted(report: AnnualReport, texts: Texts) -> bytes:
    """A fragment of which a strict CMS kept the elements and the spans, in a page of its own."""
    root = html.fromstring(_fragment(report, texts).decode())
    for element in root.iter():
        for name in set(element.attrib) - {"rowspan", "colspan"}:
            if element.get("style", "").find("pre-wrap") < 0:
                del element.attrib[name]
        element.tag = "td" if element.tag == "th" else element.tag
    etree.strip_elements(root, "colgroup")
    etree.strip_tags(root, "thead", "tbody")
    article = etree.tostring(root, encoding="unicode", method="html")
    menu = "<ul><li><a href=/>首页</a></li></ul><table><tr><td>索引号<td>1<td>发布机构<td></table>"
    page = f"<html><body>{menu}<div id=zoom>{article}</div><div>网站地图</div></body></html>"
    return page.encode("gb18030")


WAYS: dict[str, tuple[Print, Read]] = {
    "page": (_page, read_html),
    "fragment": (_fragment, read_html),
    "pasted": (_pasted, read_html),
    "markdown": (_markdown, read_text),
}
ways = pytest.mark.parametrize("way", WAYS)


def _goes_round(report: AnnualReport, way: str) -> bool:
    printed, texts = finished(report)
    write, read = WAYS[way]
    document = read(write(printed, texts))
    again = report_of(document, resources.form, resources.form_for_year)
    return same_report(printed, again)


@ways
@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.name)
def test_every_example_goes_round(path: Path, way: str) -> None:
    assert _goes_round(example(path), way)


@ways
def test_random_reports_go_round(way: str) -> None:
    @settings(max_examples=20, deadline=None)
    @given(recipes())
    def goes_round(recipe: Recipe) -> None:
        assert _goes_round(recipe.report(), way)

    goes_round()
