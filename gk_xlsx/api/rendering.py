"""Finished reports and exported data."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from gk_xlsx import resources
from gk_xlsx.api.checking import Choice, judged
from gk_xlsx.api.issuing import Made, left_blank
from gk_xlsx.api.narratives import told
from gk_xlsx.api.reading import Opened, open_report, template_bytes
from gk_xlsx.errors import GkXlsxError
from gk_xlsx.form import Form
from gk_xlsx.report import AnnualReport

if TYPE_CHECKING:
    from gk_xlsx.documents.narrative import TextBlock


class Printed(StrEnum):
    """What a report can become."""

    WORD = "docx"
    PAGE = "html"
    FRAGMENT = "fragment"
    """What a CMS takes of a page."""
    MARKDOWN = "md"
    PDF = "pdf"
    """The Word document, printed by LibreOffice."""

    @property
    def suffix(self) -> str:
        """How the name of such a file ends."""
        return ".html" if self is Printed.FRAGMENT else f".{self.value}"


@dataclass(frozen=True, slots=True)
class _Filled:
    """A report with its finished text, ready to be printed."""

    report: AnnualReport
    form: Form
    texts: Mapping[str, Sequence[TextBlock]]
    title: str
    template: str | Path | None
    last_form: Form | None


def render(
    path: str | Path,
    *,
    narrative: str | Path | None = None,
    template: str | Path | None = None,
    title: str = "",
    to: Printed = Printed.WORD,
) -> Made:
    """The report as a document; blanks print as empty cells.

    Args:
        path: the report.
        narrative: a Markdown or Word file with the text, instead of the report's own.
        template: an office's own Word template.
        title: instead of the report's own or the form's.
        to: what it becomes.

    Raises:
        GkXlsxError: if a file cannot be read or the template is unusable; of a PDF, if it cannot
            be made here.
        NarrativeError: if the text names figures that are unknown or blank.
    """
    from gk_xlsx.documents.figures import figures_of

    opened = open_report(path)
    report, form = opened.report, opened.form
    last = report.last_year
    last_form = (
        resources.form(last.edition) if last and last.edition in resources.EDITIONS else None
    )
    text = told(opened, narrative, figures_of(report, form, last_form), file=path)
    filled = _Filled(text.signs(report), form, text.blocks, title, template, last_form)
    data = _PRINTERS[to](filled)
    findings = judged(opened, Choice()).findings
    made = Made(data, text.remarks, has_errors=any(finding.open_error for finding in findings))
    return _one_pdf(made) if to is Printed.PDF else made


def as_pdf(documents: Sequence[Made]) -> list[Made | GkXlsxError]:
    """Word documents that `render` made, as PDF; many at a time cost a third of one by one.

    Returns:
        For each the PDF, or why there is none.

    Raises:
        GkXlsxError: if LibreOffice or the libraries for PDF are not installed.
    """
    from gk_xlsx.documents.pdf import to_pdf

    outcomes = to_pdf([made.data for made in documents])
    return [
        GkXlsxError(outcome.problem)
        if outcome.problem
        else replace(made, data=outcome.data, remarks=(*made.remarks, *outcome.remarks))
        for made, outcome in zip(documents, outcomes, strict=True)
    ]


def _one_pdf(document: Made) -> Made:
    (made,) = as_pdf([document])
    if isinstance(made, GkXlsxError):
        raise made
    return made


def _word(filled: _Filled) -> bytes:
    from gk_xlsx.documents.docx import render_docx

    own, packaged = filled.template, _template_of(filled.form)
    return render_docx(
        filled.report,
        filled.form,
        filled.texts,
        template=template_bytes(own) if own is not None else packaged.read_bytes(),
        title=filled.title,
        last_form=filled.last_form,
    )


def _page(filled: _Filled) -> bytes:
    from gk_xlsx.documents.web import render_page

    return render_page(filled.report, filled.form, filled.texts, title=filled.title)


def _fragment(filled: _Filled) -> bytes:
    from gk_xlsx.documents.web import render_fragment

    return render_fragment(filled.report, filled.form, filled.texts, title=filled.title)


def _markdown(filled: _Filled) -> bytes:
    from gk_xlsx.documents.markdown_report import render_markdown

    return render_markdown(filled.report, filled.form, filled.texts, title=filled.title)


_PRINTERS: dict[Printed, Callable[[_Filled], bytes]] = {
    Printed.WORD: _word,
    Printed.PAGE: _page,
    Printed.FRAGMENT: _fragment,
    Printed.MARKDOWN: _markdown,
    Printed.PDF: _word,
}


def _template_of(form: Form) -> Path:
    return resources.template(form.edition, "report.docx")


def exported(path: str | Path, *, table: bool = False) -> Made:
    """A report as data, with what the data lack.

    Args:
        path: the report.
        table: as CSV (columns id, 行, 列, 值, 单位) instead of report JSON.
    """
    opened = open_report(path)
    if table:
        from gk_xlsx.outputs.values_csv import values_csv

        return Made(values_csv(opened.report, opened.form), tuple(left_blank(opened)))

    from gk_xlsx.sources.write_report_json import report_json

    return Made(report_json(opened.report).encode(), (*_nameless(opened), *left_blank(opened)))


def _nameless(opened: Opened) -> Iterator[str]:
    """What report JSON must say and the report does not."""
    report = opened.report
    said = {"单位名称（unit.name）": report.unit.name, "年份（year）": report.year}
    lacking = "、".join(what for what, value in said.items() if not value)
    if lacking:
        yield f"{opened.path} 没有写明{lacking}，导出的数据里是空的（null），请补上后再用。"


def export_json(path: str | Path) -> str:
    """A report's values and text as report JSON; a year or name that it lacks is null."""
    return exported(path).data.decode()


def export_csv(path: str | Path) -> bytes:
    """A report's values as CSV, columns id, 行, 列, 值, 单位."""
    return exported(path, table=True).data
