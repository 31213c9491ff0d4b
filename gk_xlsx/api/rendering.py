"""Finished reports and exported data."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from gk_xlsx import resources
from gk_xlsx.api.checking import Choice, judged
from gk_xlsx.api.issuing import Made
from gk_xlsx.api.reading import Opened, open_report, read
from gk_xlsx.errors import GkXlsxError
from gk_xlsx.form import Form
from gk_xlsx.sources.door import read_bytes

if TYPE_CHECKING:
    from gk_xlsx.documents.narrative import TextSource


def render(
    path: str | Path,
    *,
    narrative: str | Path | None = None,
    template: str | Path | None = None,
    title: str = "",
) -> Made:
    """The report as .docx; blanks print as empty cells.

    Args:
        path: the report.
        narrative: a Markdown file with the text, instead of the report's own.
        template: an office's own Word template.
        title: instead of the report's own or the form's.

    Raises:
        GkXlsxError: if a file cannot be read or the template is unusable.
        NarrativeError: if the text names figures that are unknown or blank.
    """
    from gk_xlsx.documents.docx import render_docx
    from gk_xlsx.documents.figures import figures_of
    from gk_xlsx.documents.narrative import render as render_texts

    opened = open_report(path)
    report, form = opened.report, opened.form
    last = report.last_year
    last_form = (
        resources.form(last.edition) if last and last.edition in resources.EDITIONS else None
    )
    figures = figures_of(report, form, last_form)
    texts = render_texts(_texts(opened, narrative), figures)
    chosen = Path(template) if template is not None else _template_of(form)
    data = render_docx(
        report, form, texts, template=read_bytes(chosen), title=title, last_form=last_form
    )
    findings = judged(opened, Choice()).findings
    return Made(data, has_errors=any(finding.open_error for finding in findings))


def _template_of(form: Form) -> Path:
    return resources.template(form.edition, "report.docx")


def _texts(opened: Opened, narrative: str | Path | None) -> Mapping[str, TextSource]:
    from gk_xlsx.documents.narrative import TextSource, split

    if narrative is not None:
        data = read_bytes(Path(narrative))
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            raise GkXlsxError(
                f"{narrative} 不是 UTF-8 编码的文本，请另存为 UTF-8 的 Markdown。"
            ) from None
        return split(TextSource(str(narrative), text), opened.form)
    return {
        key: TextSource(f"{opened.path}［{_part_name(opened.form, key)}］", text, by_paragraph=True)
        for key, text in opened.report.narrative.items()
    }


def _part_name(form: Form, key: str) -> str:
    return "前言" if key == "preface" else form.section(key).heading


def export_json(path: str | Path) -> str:
    """A report's values and text as report JSON."""
    from gk_xlsx.sources.write_report_json import report_json

    return report_json(read(path))


def export_csv(path: str | Path) -> bytes:
    """A report's values as CSV, columns id, 行, 列, 值, 单位."""
    from gk_xlsx.outputs.values_csv import values_csv

    opened = open_report(path)
    return values_csv(opened.report, opened.form)
