"""What gk-xlsx does, as plain functions; the commands and other programs call these."""

from gk_xlsx.api.checking import (
    Choice,
    Examined,
    check,
    examine,
    feedback,
    findings_page,
    marked,
    office_settings,
    refusals,
)
from gk_xlsx.api.issuing import Issue, Made, blank_template, form_of, new
from gk_xlsx.api.reading import LastYears, Opened, open_report, read, reports_in
from gk_xlsx.api.rendering import export_csv, export_json, render

__all__ = [
    "Choice",
    "Examined",
    "Issue",
    "LastYears",
    "Made",
    "Opened",
    "blank_template",
    "check",
    "examine",
    "export_csv",
    "export_json",
    "feedback",
    "findings_page",
    "form_of",
    "marked",
    "new",
    "office_settings",
    "open_report",
    "read",
    "refusals",
    "render",
    "reports_in",
]
