"""The paper that every document is written on: A4 after GB/T 9704, its styles and page numbers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from lxml import etree

from gk_xlsx.documents import styles
from gk_xlsx.documents.styles import Style
from gk_xlsx.documents.wordxml import pack, relationship, serialize, w

_PART = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_DOCUMENT_PARTS = {
    "styles": "styles.xml",
    "settings": "settings.xml",
    "fontTable": "fontTable.xml",
    "footer": "footer1.xml",
    "footer2": "footer2.xml",
}


def paper(body: Iterable[etree._Element], used: Sequence[Style]) -> bytes:
    """A document as .docx: same paragraphs and tables, same bytes.

    Args:
        body: paragraphs and tables from top to bottom.
        used: its paragraph styles, those of the page numbers among them.
    """
    document = w("document", w("body", *body, _page()))
    listed = any(style.listed for style in used)
    numbering = {"numbering": "numbering.xml"} if listed else {}
    parts = {
        "[Content_Types].xml": _content_types(listed=listed),
        "_rels/.rels": _relationships({"officeDocument": "word/document.xml"}),
        "word/document.xml": serialize(document),
        "word/_rels/document.xml.rels": _relationships(_DOCUMENT_PARTS | numbering),
        "word/styles.xml": serialize(styles.styles_part(used)),
        "word/settings.xml": serialize(_settings()),
        "word/fontTable.xml": serialize(styles.font_table_part()),
        "word/footer1.xml": serialize(_footer(styles.PAGE_ODD)),
        "word/footer2.xml": serialize(_footer(styles.PAGE_EVEN)),
    }
    return pack(parts | ({"word/numbering.xml": _numbering()} if listed else {}))


def paragraph(style: Style, text: str, *properties: etree._Element) -> etree._Element:
    """A paragraph of a style; `properties` differ from the style's, in the schema's order."""
    return w("p", w("pPr", w("pStyle", val=style.id), *properties), run(w("t", text)))


def tag(text: str) -> etree._Element:
    """A line that steers docxtpl and is gone from the finished document."""
    return paragraph(styles.TAG, text)


def run(content: etree._Element) -> etree._Element:
    """A run; the hint makes Word take Chinese quotation marks as Chinese."""
    return w("r", w("rPr", w("rFonts", hint="eastAsia")), content)


def _page() -> etree._Element:
    """A4 with the margins of GB/T 9704 (37, 28, 35, 26 mm); the number 7 mm below the text."""
    return w(
        "sectPr",
        relationship(w("footerReference", type="default"), "footer"),
        relationship(w("footerReference", type="even"), "footer2"),
        w("pgSz", w_=11906, h=16838),
        w("pgMar", top=2098, right=1474, bottom=1984, left=1588, header=851, footer=1247, gutter=0),
        w("docGrid", type="lines", linePitch=styles.LINE),
    )


def _footer(style: Style) -> etree._Element:
    number = w("fldSimple", run(w("t", "1")), instr=" PAGE ")
    properties = w("pPr", w("pStyle", val=style.id))
    return w("ftr", w("p", properties, run(w("t", "— ")), number, run(w("t", " —"))))


def _settings() -> etree._Element:
    word2013 = w(
        "compatSetting",
        name="compatibilityMode",
        uri="http://schemas.microsoft.com/office/word",
        val=15,
    )
    return w(
        "settings",
        w("evenAndOddHeaders"),
        w("characterSpacingControl", val="compressPunctuation"),
        w("compat", w("useFELayout"), word2013),
        w("themeFontLang", val="en-US", eastAsia="zh-CN"),
    )


def _numbering() -> bytes:
    return serialize(styles.numbering_part())


def _content_types(*, listed: bool) -> bytes:
    kinds = {
        "document": "document.main",
        "styles": "styles",
        "settings": "settings",
        "fontTable": "fontTable",
        "footer1": "footer",
        "footer2": "footer",
        **({"numbering": "numbering"} if listed else {}),
    }
    overrides = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{_PART}.{kind}+xml"/>'
        for name, kind in kinds.items()
    )
    return _xml(
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
    )


def _relationships(targets: dict[str, str]) -> bytes:
    base = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    each = "".join(
        f'<Relationship Id="{name}" Type="{base}/{name.rstrip("2")}" Target="{target}"/>'
        for name, target in targets.items()
    )
    return _xml(
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f"{each}</Relationships>"
    )


def _xml(text: str) -> bytes:
    return f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n{text}'.encode()
