"""Documents made of parts, and what is read from them."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from random import Random

from gk_xlsx.form import Form
from gk_xlsx.published.assembly import report_of
from gk_xlsx.published.model import Document, Paragraph
from gk_xlsx.relations import with_totals
from gk_xlsx.report import AnnualReport, Entry, EntryKind, read_text, written
from gk_xlsx.resources import examples, form, form_for_year
from gk_xlsx.sources.report_json import read_report_json
from tests.made import clean_report
from tests.published.grids import Page, Truth, document, page_of, paragraph


def read(what: Document) -> AnnualReport:
    return report_of(what, form, form_for_year)


def read_page(page: Page, kind: str = "网页") -> AnnualReport:
    return read(document(page, kind))


def outcome(entry: Entry) -> Truth:
    """The figure, or what kind of thing was found in its place."""
    return entry.value if entry.value is not None else entry.kind.value


def page_with(texts: Mapping[str, str], edition: str = "2021") -> Page:
    """A report without any error, some of its figures as the given texts."""
    definition = form(edition)
    every = {key: written(entry) for key, entry in clean_report(edition).entries.items()}
    return _page(definition, {**every, **texts})


def clean_page(edition: str = "2021") -> Page:
    return page_with({}, edition)


def example_pages() -> list[Page]:
    """The examples' figures, totals computed."""
    pages = []
    for path in sorted(examples().glob("*.json")):
        report = read_report_json(path.read_bytes(), form, form_for_year)
        definition = form(report.edition)
        entries = with_totals(definition, report.entries)
        pages.append(
            _page(definition, {key: written(entry) or "0" for key, entry in entries.items()})
        )
    return pages


def careless_page(edition: str) -> Page:
    """Figures whose sums are all wrong."""
    chance = Random(edition)
    texts = {
        key: str(chance.choice([0, 0, 0, 1, 2, 5, 13, 27, 250, 3019]))
        for key in form(edition).fields
    }
    if "proactive.procurement.amount" in texts:
        texts["proactive.procurement.amount"] = "251000元"
    return _page(form(edition), texts)


def _page(definition: Form, texts: Mapping[str, str]) -> Page:
    truth = {key: outcome(read_text(text, definition.fields[key])) for key, text in texts.items()}
    return page_of(definition, texts, truth)


def number(value: int | str) -> Decimal:
    return Decimal(value)


def paragraphs(*texts: str) -> tuple[Paragraph, ...]:
    return tuple(map(paragraph, texts))


def unknown(report: AnnualReport) -> dict[str, str]:
    """The fields that are unknown, with the reasons."""
    return {
        key: entry.reason
        for key, entry in report.entries.items()
        if entry.kind is EntryKind.UNKNOWN
    }
