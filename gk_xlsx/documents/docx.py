"""A report as a Word document."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from gk_xlsx.documents.figures import Figures, Name, figures_of
from gk_xlsx.documents.filling import Properties, filled, opened
from gk_xlsx.documents.frame import broken_title, signed_by, signed_date, title_of
from gk_xlsx.documents.narrative import TextBlock
from gk_xlsx.documents.tables import FIGURES
from gk_xlsx.documents.template import build_template
from gk_xlsx.documents.texts import Looks, Media, Texts, check_kinds
from gk_xlsx.form import Form
from gk_xlsx.markdown import clean
from gk_xlsx.report import AnnualReport, written

SAMPLE = "report.docx"
"""The template that an office's own starts from."""


def render_docx(
    report: AnnualReport,
    form: Form,
    texts: Mapping[str, Sequence[TextBlock]],
    *,
    template: bytes | None = None,
    title: str = "",
    last_form: Form | None = None,
) -> bytes:
    """A report as .docx.

    Args:
        report: what to print; blanks print as empty cells.
        form: the form of the report's edition.
        texts: part of the report to its paragraphs, tables and pictures; a part without text
            keeps its heading.
        template: an office's own template, or None for the edition's.
        title: instead of the report's own title or the form's.
        last_form: the form of last year's edition, for templates that name `上年` figures.

    Returns:
        The document; the same arguments give the same bytes.

    Raises:
        GkXlsxError: if the template is no Word document, holds no tags or unknown ones, or cannot
            print what the text holds.
    """
    document = opened(build_template(form) if template is None else template, SAMPLE)
    check_kinds(document, texts, SAMPLE)
    heading = title_of(report, form, title)
    context = {
        **figures_of(report, form, last_form).roots,
        FIGURES: _printed(report, form),
        "title": broken_title(heading),
        "texts": Texts(texts, Looks.of(document.docx), Media(document.docx)),
        "signed_by": signed_by(report),
        "signed_date": signed_date(report),
    }
    return filled(document, context, Properties(heading, report.unit.name, report.year), SAMPLE)


def _printed(report: AnnualReport, form: Form) -> Name:
    """Every cell as it is printed, by short name and by id; a blank one is an empty text."""
    ids = {field_id: (field_id,) for field_id in form.fields}
    cells = {
        tuple(name.split(".")): clean(written(report.entries[fields[0]]))
        for name, fields in (form.names | ids).items()
        if len(fields) == 1
    }
    return Name(Figures(cells), ())
