"""A report as a Word document."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

from docx.document import Document

from gk_xlsx.documents.figures import FigureError, Figures, Name, figures_of
from gk_xlsx.documents.filling import Properties, filled, opened
from gk_xlsx.documents.styles import LEAD_STYLE
from gk_xlsx.documents.tables import FIGURES
from gk_xlsx.documents.template import build_template
from gk_xlsx.form import Form
from gk_xlsx.markdown import Kind, Paragraph, Run, clean
from gk_xlsx.report import NARRATIVE_KEYS, AnnualReport, iso_date, written

SAMPLE = "report.docx"
"""The template that an office's own starts from."""

TITLE_WIDTH = 20
"""Characters of 22 pt that one line of 156 mm holds; a longer title takes two."""


def render_docx(
    report: AnnualReport,
    form: Form,
    texts: Mapping[str, Sequence[Paragraph]],
    *,
    template: bytes | None = None,
    title: str = "",
    last_form: Form | None = None,
) -> bytes:
    """A report as .docx.

    Args:
        report: what to print; blanks print as empty cells.
        form: the form of the report's edition.
        texts: part of the report to its paragraphs; a part without text keeps its heading.
        template: an office's own template, or None for the edition's.
        title: instead of the report's own title or the form's.
        last_form: the form of last year's edition, for templates that name `上年` figures.

    Returns:
        The document; the same arguments give the same bytes.

    Raises:
        GkXlsxError: if the template is no Word document, holds no tags or unknown ones.
    """
    document = opened(build_template(form) if template is None else template, SAMPLE)
    heading = clean(title or report.title or default_title(report, form))
    context = {
        **figures_of(report, form, last_form).roots,
        FIGURES: _printed(report, form),
        "title": broken_title(heading),
        "texts": _Texts(texts, _style_id(document.docx, LEAD_STYLE)),
        "signed_by": clean(report.signed.by or report.unit.name),
        "signed_date": clean(signature_date(report.signed.date)),
    }
    return filled(document, context, Properties(heading, report.unit.name, report.year), SAMPLE)


def default_title(report: AnnualReport, form: Form) -> str:
    """The body's name and the form's title: 某某局2021年政府信息公开工作年度报告."""
    return report.unit.name + form.title.format(year=report.year)


def broken_title(title: str) -> str:
    """A title too long for one line, broken before the year; a title already broken as it is."""
    if len(title) <= TITLE_WIDTH or "\n" in title:
        return title
    return re.sub(r"(?<=\D)(?=\d{4}年)", "\n", title, count=1)


def signature_date(text: str) -> str:
    """A date as GB/T 9704 writes it (2022年1月10日); what is no date stays as it was written."""
    date = iso_date(text)
    return f"{date.year}年{date.month}月{date.day}日" if date else text


@dataclass(frozen=True, slots=True)
class _Runs:
    """Runs of text as the template's `{{r … }}` takes them."""

    runs: tuple[Run, ...]
    lead_style: str

    def __html__(self) -> str:
        return "".join(map(self._xml, self.runs))

    def _xml(self, run: Run) -> str:
        lead = f'<w:rStyle w:val="{self.lead_style}"/>' if run.lead and self.lead_style else ""
        bold = "<w:b/>" if run.bold else ""
        properties = f'{lead}<w:rFonts w:hint="eastAsia"/>{bold}'
        text = f'<w:t xml:space="preserve">{escape(run.text)}</w:t>'
        return f"<w:r><w:rPr>{properties}</w:rPr>{text}</w:r>"


@dataclass(frozen=True, slots=True)
class _Block:
    """A paragraph as the template sees it."""

    kind: Kind
    runs: _Runs


@dataclass(frozen=True, slots=True)
class _Texts:
    """The parts of the text by their keys; one that is not there has no paragraphs."""

    _parts: Mapping[str, Sequence[Paragraph]]
    _lead_style: str

    def __getitem__(self, key: str) -> list[_Block]:
        if key not in NARRATIVE_KEYS:
            raise FigureError(f"没有“texts.{key}”这一部分，可用：{'、'.join(NARRATIVE_KEYS)}")
        found = self._parts.get(key, ())
        return [_Block(item.kind, _Runs(item.runs, self._lead_style)) for item in found]


def _printed(report: AnnualReport, form: Form) -> Name:
    """Every cell as it is printed, by short name and by id; a blank one is an empty text."""
    ids = {field_id: (field_id,) for field_id in form.fields}
    cells = {
        tuple(name.split(".")): clean(written(report.entries[fields[0]]))
        for name, fields in (form.names | ids).items()
        if len(fields) == 1
    }
    return Name(Figures(cells), ())


def _style_id(document: Document, name: str) -> str:
    """The key of a style in this document: Word renames keys, names stay. Empty without it."""
    return next((style.style_id for style in document.styles if style.name == name), "")
