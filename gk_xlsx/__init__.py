"""gk-xlsx: 政府信息公开工作年度报告 as locked workbooks, checked figures and finished documents.

The functions of `gk_xlsx.api` and the values they give are available from here; everything is
imported when it is first used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gk_xlsx.api import Choice as Choice
    from gk_xlsx.api import Examined as Examined
    from gk_xlsx.api import Issue as Issue
    from gk_xlsx.api import LastYears as LastYears
    from gk_xlsx.api import Made as Made
    from gk_xlsx.api import blank_template as blank_template
    from gk_xlsx.api import check as check
    from gk_xlsx.api import examine as examine
    from gk_xlsx.api import export_csv as export_csv
    from gk_xlsx.api import export_json as export_json
    from gk_xlsx.api import marked as marked
    from gk_xlsx.api import new as new
    from gk_xlsx.api import read as read
    from gk_xlsx.api import render as render
    from gk_xlsx.errors import GkXlsxError as GkXlsxError
    from gk_xlsx.errors import NarrativeError as NarrativeError
    from gk_xlsx.errors import UnreadableError as UnreadableError
    from gk_xlsx.findings import CheckedFile as CheckedFile
    from gk_xlsx.findings import Finding as Finding
    from gk_xlsx.report import AnnualReport as AnnualReport
    from gk_xlsx.report import Entry as Entry
    from gk_xlsx.units import Unit as Unit

__version__ = "0.1.0"

_HOMES = {
    **dict.fromkeys(
        (
            "Choice",
            "Examined",
            "Issue",
            "LastYears",
            "Made",
            "blank_template",
            "check",
            "examine",
            "export_csv",
            "export_json",
            "marked",
            "new",
            "read",
            "render",
        ),
        "gk_xlsx.api",
    ),
    **dict.fromkeys(("GkXlsxError", "NarrativeError", "UnreadableError"), "gk_xlsx.errors"),
    **dict.fromkeys(("CheckedFile", "Finding"), "gk_xlsx.findings"),
    **dict.fromkeys(("AnnualReport", "Entry", "Unit"), "gk_xlsx.report"),
}

__all__ = sorted(_HOMES)  # noqa: PLE0605 — the names above, once


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
