"""What gk-xlsx does, as plain functions; the commands and other programs call these.

A function's module is loaded when it is first asked for: the command line must feel instant.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
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
    from gk_xlsx.api.rendering import Printed, as_pdf, export_csv, export_json, exported, render
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
    "exported",
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

_HOMES = {
    "Choice": "checking",
    "Compared": "comparing",
    "Examined": "checking",
    "Issue": "issuing",
    "IssuedBook": "issuing",
    "LastRead": "last_reports",
    "LastYears": "last_years",
    "Made": "issuing",
    "MadeProject": "project",
    "Opened": "reading",
    "OpenedRoster": "project",
    "Printed": "rendering",
    "Standing": "standing",
    "as_pdf": "rendering",
    "blank_template": "issuing",
    "check": "checking",
    "closed_in": "reading",
    "correction": "comparing",
    "differences": "comparing",
    "examine": "checking",
    "export_csv": "rendering",
    "export_json": "rendering",
    "exported": "rendering",
    "feedback": "checking",
    "findings_page": "checking",
    "form_of": "issuing",
    "init_project": "project",
    "is_other_text": "reading",
    "last_files": "last_reports",
    "marked": "checking",
    "new": "issuing",
    "new_of": "issuing",
    "office_settings": "project",
    "one_each": "reading",
    "open_data": "reading",
    "open_report": "reading",
    "open_roster": "project",
    "read": "reading",
    "read_last": "last_reports",
    "refusals": "checking",
    "render": "rendering",
    "reports_in": "reading",
    "standing_of": "standing",
    "targets_of": "issuing",
}
"""Name to the module of this package that it stands in."""


def __getattr__(name: str) -> object:
    """Load what is asked for from its module."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found: object = getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    globals()[name] = found
    return found
