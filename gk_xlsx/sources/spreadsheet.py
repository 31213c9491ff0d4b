"""A spreadsheet of other making → what it shows: .xlsx, .ods, .xls (.et), whatever its layout.

One table for each sheet that is shown, titles and remarks among its cells. Values only: a formula
stands as its text, because the result that a program left beside it is no evidence.
"""

from __future__ import annotations

from collections.abc import Sequence

from gk_xlsx.errors import UnreadableError
from gk_xlsx.published.model import SPREADSHEET, Document
from gk_xlsx.sources import compound
from gk_xlsx.sources.grids import MAX_SHEETS, Sheet, side_by_side


def read_spreadsheet(data: bytes) -> Document:
    """What a spreadsheet shows, told apart by content.

    Run it through `isolated.work_isolated`: the libraries behind it can be made to crash.

    Raises:
        UnreadableError: if it is damaged, protected by a password, or far too large.
    """
    sheets = _sheets(data)
    if len(sheets) > MAX_SHEETS:
        raise UnreadableError(
            f"有 {len(sheets)} 张工作表，不是一份报告。",
            "请只留有三张法定表格的工作表，另存后再试。",
        )
    shown = [sheet for each in sheets if each.shown and (sheet := each.as_shown()).cells]
    views = [sheet for sheet in shown if sheet.is_view]
    if len(views) == len(shown):
        views = []
    tables = [part.table() for sheet in shown if sheet not in views for part in side_by_side(sheet)]
    remarks = [
        *filter(None, (sheet.remark for sheet in sheets)),
        *(f"{view.place}里都是公式，没有读取" for view in views),
    ]
    return Document(SPREADSHEET, tuple(tables), remarks=tuple(remarks))


def _sheets(data: bytes) -> Sequence[Sheet]:
    if data.startswith(compound.MAGIC):
        from gk_xlsx.sources.sheets_xls import read_xls

        return read_xls(data)
    if data.startswith(b"PK") and b"opendocument.spreadsheet" in data[:200]:
        from gk_xlsx.sources.sheets_ods import read_ods

        return read_ods(data)
    from gk_xlsx.sources.sheets_xlsx import read_xlsx

    return read_xlsx(data)
