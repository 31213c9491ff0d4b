"""The Word template of an edition, generated from its form.

It holds every label and every table of the form; docxtpl puts a report into it. An office may
open it in Word, change styles, move or drop parts, and hand it to `--template`.
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from gk_xlsx.documents import styles
from gk_xlsx.documents.markdown import Kind
from gk_xlsx.documents.styles import Style
from gk_xlsx.documents.tables import table_element
from gk_xlsx.documents.wordxml import pack, relationship, serialize, w
from gk_xlsx.form import Form

STYLES = {
    Kind.BODY: styles.BODY,
    Kind.HEADING2: styles.HEADING2,
    Kind.HEADING3: styles.HEADING3,
    Kind.HEADING4: styles.HEADING4,
}

_PART = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_DOCUMENT_PARTS = {
    "styles": "styles.xml",
    "settings": "settings.xml",
    "fontTable": "fontTable.xml",
    "footer": "footer1.xml",
    "footer2": "footer2.xml",
}


def build_template(form: Form) -> bytes:
    """The template of a form's edition as .docx; same form, same bytes."""
    return pack(
        {
            "[Content_Types].xml": _content_types(),
            "_rels/.rels": _relationships({"officeDocument": "word/document.xml"}),
            "word/document.xml": serialize(_document(form)),
            "word/_rels/document.xml.rels": _relationships(_DOCUMENT_PARTS),
            "word/styles.xml": serialize(styles.styles_part()),
            "word/settings.xml": serialize(_settings()),
            "word/fontTable.xml": serialize(styles.font_table_part()),
            "word/footer1.xml": serialize(_footer(styles.PAGE_ODD)),
            "word/footer2.xml": serialize(_footer(styles.PAGE_EVEN)),
        }
    )


def _document(form: Form) -> etree._Element:
    return w(
        "document",
        w(
            "body",
            *_macro(),
            _paragraph(styles.TITLE, "{{ title }}"),
            _tag("{{p paragraphs(texts.preface) }}"),
            *_sections(form),
            *_signature(),
            _page(),
        ),
    )


def _macro() -> Iterator[etree._Element]:
    """How each kind of paragraph looks, said once for all sections."""
    yield _tag("{%p macro paragraphs(blocks) %}")
    yield _tag("{%p for block in blocks %}")
    for number, (kind, style) in enumerate(STYLES.items()):
        yield _tag(f"{{%p {'elif' if number else 'if'} block.kind == '{kind}' %}}")
        yield _paragraph(style, "{{r block.runs }}")
    yield _tag("{%p endif %}")
    yield _tag("{%p endfor %}")
    yield _tag("{%p endmacro %}")


def _sections(form: Form) -> Iterator[etree._Element]:
    after_table = False
    for section in form.sections:
        gap = [w("spacing", before=styles.LINE // 4)] if after_table else []
        yield _paragraph(styles.HEADING1, section.heading, *gap)
        yield _tag(f"{{{{p paragraphs(texts.{section.key}) }}}}")
        if section.table:
            yield table_element(form.table(section.table))
        after_table = bool(section.table)


def _signature() -> Iterator[etree._Element]:
    gap = w("spacing", before=styles.LINE)
    yield _paragraph(styles.SIGNATURE, "{{ signed_by }}", gap)
    yield _tag("{%p if signed_date %}")
    yield _paragraph(styles.SIGNATURE, "{{ signed_date }}", w("keepNext", val=0))
    yield _tag("{%p endif %}")


def _paragraph(style: Style, text: str, *properties: etree._Element) -> etree._Element:
    return w("p", w("pPr", w("pStyle", val=style.id), *properties), _run(w("t", text)))


def _tag(text: str) -> etree._Element:
    return _paragraph(styles.TAG, text)


def _run(content: etree._Element) -> etree._Element:
    """The hint makes Word take Chinese quotation marks as Chinese."""
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
    number = w("fldSimple", _run(w("t", "1")), instr=" PAGE ")
    properties = w("pPr", w("pStyle", val=style.id))
    return w("ftr", w("p", properties, _run(w("t", "— ")), number, _run(w("t", " —"))))


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


def _content_types() -> bytes:
    kinds = {
        "document": "document.main",
        "styles": "styles",
        "settings": "settings",
        "fontTable": "fontTable",
        "footer1": "footer",
        "footer2": "footer",
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
