"""A report printed in Word and read again is the same report."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from gk_xlsx import resources
from gk_xlsx.documents.docx import render_docx
from gk_xlsx.documents.template import build_template
from gk_xlsx.published.assembly import report_of
from gk_xlsx.report import AnnualReport
from gk_xlsx.sources.docx import read_docx
from tests.documents.printed_reports import EXAMPLES, Recipe, example, finished, recipes
from tests.office.libreoffice import LibreOffice
from tests.published.same import same_report


def printed(report: AnnualReport) -> tuple[AnnualReport, bytes]:
    """The report with its finished text, and the document made of it."""
    whole, texts = finished(report)
    form = resources.form(report.edition)
    return whole, render_docx(whole, form, texts, template=build_template(form))


def read(data: bytes) -> AnnualReport:
    return report_of(read_docx(data), resources.form, resources.form_for_year)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.name)
def test_every_example_is_read_as_it_was_printed(path: Path) -> None:
    whole, data = printed(example(path))
    assert same_report(whole, read(data))


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(recipes())
def test_random_reports_are_read_as_they_were_printed(recipe: Recipe) -> None:
    whole, data = printed(recipe.report())
    assert same_report(whole, read(data))


@pytest.mark.office
def test_documents_saved_again_by_libreoffice_are_read_the_same(
    libreoffice: LibreOffice, tmp_path: Path
) -> None:
    """Another program's XML: other styles, numbering and widths, the same report."""
    reports_by_path: dict[Path, AnnualReport] = {}
    for path in EXAMPLES:
        if path.suffix == ".json":
            whole, data = printed(example(path))
            own = tmp_path / f"{path.stem}.docx"
            own.write_bytes(data)
            reports_by_path[own] = whole
    saved = libreoffice.convert(list(reports_by_path), "docx", tmp_path / "saved")
    assert saved
    for path, whole in zip(saved, reports_by_path.values(), strict=True):
        assert same_report(whole, read(path.read_bytes()))
