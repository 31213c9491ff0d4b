"""A report for the web: a whole page, or a fragment to paste into a government CMS.

Editors of a CMS strip `<style>`, `class` and scripts and keep `style` attributes, so all looks
stand there. The page is the same in a frame that adds how it fits a telephone and paper.
"""

from __future__ import annotations

import base64
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from lxml import etree

from gk_xlsx.documents import web_looks as looks
from gk_xlsx.documents.frame import broken_title, signed_by, signed_date, title_of
from gk_xlsx.documents.illustrations import Illustration
from gk_xlsx.documents.narrative import TextBlock
from gk_xlsx.documents.web_elements import broken, h, on_lines, text_block
from gk_xlsx.documents.web_tables import statutory_table, text_table
from gk_xlsx.form import Form
from gk_xlsx.markdown import Kind, Paragraph, PipeTable
from gk_xlsx.report import AnnualReport

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
_PARAGRAPHS = {
    Kind.BODY: ("p", looks.BODY),
    Kind.HEADING2: ("h3", looks.SUBSECTION),
    Kind.HEADING3: ("h4", looks.POINT),
    Kind.HEADING4: ("h5", looks.POINT),
    Kind.LISTED: ("li", looks.ITEM),
}


def render_page(
    report: AnnualReport, form: Form, texts: Mapping[str, Sequence[TextBlock]], *, title: str = ""
) -> bytes:
    """A report as a page that needs nothing else.

    Args:
        report: what to print; blanks print as empty cells.
        form: the form of the report's edition.
        texts: part of the report to its paragraphs, tables and pictures; a part without text
            keeps its heading.
        title: instead of the report's own title or the form's.

    Returns:
        UTF-8; the same arguments give the same bytes.
    """
    name = title_of(report, form, title).replace("\n", "")
    head = on_lines(
        "head",
        [
            h("meta", charset="utf-8"),
            h("meta", http_equiv="Content-Security-Policy", content=_POLICY),
            h("meta", name="viewport", content="width=device-width, initial-scale=1"),
            h("title", name),
            h("style", looks.PAGE_STYLE),
        ],
    )
    body = on_lines("body", [_report(report, form, texts, title, looks.REPORT)])
    page = on_lines("html", [head, body], lang="zh-CN")
    return b"<!DOCTYPE html>\n" + _written(page)


def render_fragment(
    report: AnnualReport, form: Form, texts: Mapping[str, Sequence[TextBlock]], *, title: str = ""
) -> bytes:
    """A report as one `<div>` to paste into a CMS; as `render_page` otherwise."""
    return _written(_report(report, form, texts, title, looks.FRAGMENT))


def _written(element: etree._Element) -> bytes:
    text: str = etree.tostring(element, encoding="unicode", method="html")
    return text.encode() + b"\n"


def _report(
    report: AnnualReport,
    form: Form,
    texts: Mapping[str, Sequence[TextBlock]],
    title: str,
    style: str,
) -> etree._Element:
    return on_lines("div", _parts(report, form, texts, title), style=style)


def _parts(
    report: AnnualReport, form: Form, texts: Mapping[str, Sequence[TextBlock]], title: str
) -> Iterator[etree._Element]:
    yield h("h1", *broken(broken_title(title_of(report, form, title))), style=looks.TITLE)
    yield from _text(texts.get("preface", ()))
    for section in form.sections:
        yield h("h2", section.heading, style=looks.SECTION)
        yield from _text(texts.get(section.key, ()))
        if section.table:
            yield statutory_table(form.table(section.table), report)
    yield h("p", *broken(signed_by(report)), style=looks.SIGNED_BY)
    date = signed_date(report)
    if date:
        yield h("p", date, style=looks.SIGNATURE)


def _text(blocks: Sequence[TextBlock]) -> Iterator[etree._Element]:
    """A part of the text; items that follow one another are one list."""
    for listed, group in groupby(blocks, key=_is_item):
        shown = (element for block in group for element in _block(block))
        if listed:
            yield on_lines("ul", shown, style=looks.LIST)
        else:
            yield from shown


def _is_item(block: TextBlock) -> bool:
    return isinstance(block, Paragraph) and block.kind is Kind.LISTED


def _block(block: TextBlock) -> Iterator[etree._Element]:
    if isinstance(block, Paragraph):
        tag, style = _PARAGRAPHS[block.kind]
        yield text_block(tag, block.runs, style)
    elif isinstance(block, PipeTable):
        yield text_table(block)
    else:
        yield from _picture(block)


def _picture(block: Illustration) -> Iterator[etree._Element]:
    kind, data = block.picture.format, base64.b64encode(block.picture.data).decode()
    style = f"width:{block.width_mm:.1f}mm;max-width:100%;height:auto;"
    image = h("img", src=f"data:image/{kind};base64,{data}", alt=block.caption, style=style)
    yield h("p", image, style=looks.PICTURE)
    if block.caption:
        yield h("p", *broken(block.caption), style=looks.CAPTION)
