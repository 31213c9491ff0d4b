"""What stands around a report's text: its title and its signature."""

from __future__ import annotations

import re

from gk_xlsx.form import Form
from gk_xlsx.markdown import clean
from gk_xlsx.report import AnnualReport, iso_date

TITLE_WIDTH = 20
"""Characters of 22 pt that one line of 156 mm holds; a longer title takes two."""


def title_of(report: AnnualReport, form: Form, given: str = "") -> str:
    """The title given for this once, or the report's own, or the form's."""
    return clean(given or report.title or default_title(report, form))


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


def signed_by(report: AnnualReport) -> str:
    """The body below the text; the unit where nobody else signs."""
    return clean(report.signed.by or report.unit.name)


def signed_date(report: AnnualReport) -> str:
    """The date below it, as it is printed; may be empty."""
    return clean(signature_date(report.signed.date))
