"""The Word template of an edition, generated from its form.

It holds every label and every table of the form; docxtpl puts a report into it. An office may
open it in Word, change styles, move or drop parts, and hand it to `--template`.
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from gk_xlsx.documents import styles
from gk_xlsx.documents.paper import paper, paragraph, tag
from gk_xlsx.documents.tables import table_element
from gk_xlsx.documents.texts import CAPTION, PICTURE, TABLE
from gk_xlsx.documents.wordxml import w
from gk_xlsx.form import Form
from gk_xlsx.markdown import Kind

STYLES = {
    Kind.BODY: styles.BODY,
    Kind.HEADING2: styles.HEADING2,
    Kind.HEADING3: styles.HEADING3,
    Kind.HEADING4: styles.HEADING4,
    Kind.LISTED: styles.LISTED,
    PICTURE: styles.PICTURE,
    CAPTION: styles.CAPTION,
}


def build_template(form: Form) -> bytes:
    """The template of a form's edition as .docx; same form, same bytes."""
    return paper(_body(form), styles.ALL)


def _body(form: Form) -> Iterator[etree._Element]:
    yield from _macro()
    yield paragraph(styles.TITLE, "{{ title }}")
    yield tag("{{p paragraphs(texts.preface) }}")
    yield from _sections(form)
    yield from _signature()


def _macro() -> Iterator[etree._Element]:
    """How each kind of paragraph looks, said once for all sections."""
    yield tag("{%p macro paragraphs(blocks) %}")
    yield tag("{%p for block in blocks %}")
    for number, (kind, style) in enumerate(STYLES.items()):
        yield tag(f"{{%p {'elif' if number else 'if'} block.kind == '{kind}' %}}")
        yield paragraph(style, "{{r block.runs }}")
    yield tag(f"{{%p elif block.kind == '{TABLE}' %}}")
    yield tag("{{p block.table }}")
    yield tag("{%p endif %}")
    yield tag("{%p endfor %}")
    yield tag("{%p endmacro %}")


def _sections(form: Form) -> Iterator[etree._Element]:
    after_table = False
    for section in form.sections:
        gap = [w("spacing", before=styles.LINE // 4)] if after_table else []
        yield paragraph(styles.HEADING1, section.heading, *gap)
        yield tag(f"{{{{p paragraphs(texts.{section.key}) }}}}")
        if section.table:
            yield table_element(form.table(section.table))
        after_table = bool(section.table)


def _signature() -> Iterator[etree._Element]:
    gap = w("spacing", before=styles.LINE)
    yield paragraph(styles.SIGNATURE, "{{ signed_by }}", gap)
    yield tag("{%p if signed_date %}")
    yield paragraph(styles.SIGNATURE, "{{ signed_date }}", w("keepNext", val=0))
    yield tag("{%p endif %}")
