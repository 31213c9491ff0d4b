"""What gk-xlsx does, as plain functions; the commands and other programs call these."""

from gk_xlsx.api.checking import (
    Choice,
    Examined,
    check,
    examine,
    feedback,
    findings_page,
    marked,
    refusals,
)
from gk_xlsx.api.comparing import Compared, correction, differences
from gk_xlsx.api.issuing import (
    Issue,
    IssuedBook,
    Made,
    blank_template,
    form_of,
    new,
    new_of,
    targets_of,
)
from gk_xlsx.api.last_reports import LastRead, last_files, read_last
from gk_xlsx.api.last_years import LastYears
from gk_xlsx.api.project import (
    MadeProject,
    OpenedRoster,
    init_project,
    office_settings,
    open_roster,
)
from gk_xlsx.api.reading import (
    Opened,
    closed_in,
    is_other_text,
    one_each,
    open_data,
    open_report,
    read,
    reports_in,
)
from gk_xlsx.api.rendering import Printed, as_pdf, export_csv, export_json, render
from gk_xlsx.api.standing import Standing, standing_of

__all__ = [
    "Choice",
    "Compared",
    "Examined",
    "Issue",
    "IssuedBook",
    "LastRead",
    "LastYears",
    "Made",
    "MadeProject",
    "Opened",
    "OpenedRoster",
    "Printed",
    "Standing",
    "as_pdf",
    "blank_template",
    "check",
    "closed_in",
    "correction",
    "differences",
    "examine",
    "export_csv",
    "export_json",
    "feedback",
    "findings_page",
    "form_of",
    "init_project",
    "is_other_text",
    "last_files",
    "marked",
    "new",
    "new_of",
    "office_settings",
    "one_each",
    "open_data",
    "open_report",
    "open_roster",
    "read",
    "read_last",
    "refusals",
    "render",
    "reports_in",
    "standing_of",
    "targets_of",
]
