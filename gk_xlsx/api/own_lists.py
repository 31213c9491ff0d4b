"""Whether a file that was named as one of the office's own lists is a report instead."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from gk_xlsx import resources
from gk_xlsx.errors import GkXlsxError
from gk_xlsx.sources.door import read_bytes

if TYPE_CHECKING:
    from gk_xlsx.published.model import Document


def refuse_report(data: bytes, path: Path, wanted: str) -> None:
    """Keep labels of a report from being taken for units, and a report from being written to.

    Args:
        data: of an .xlsx.
        path: of the file, as messages call it.
        wanted: what it was named as: 名册.

    Raises:
        GkXlsxError: if it is a workbook of ours.
    """
    from gk_xlsx.workbook.read import called

    _refuse(called(data, resources.form), path, wanted)


def refuse_shown_report(document: Document, path: Path, wanted: str) -> None:
    """The same of a workbook of ours that was saved in another format; raises as that does."""
    from gk_xlsx.plan.layout import DETAIL, FACTS

    sheets = {block.place for block in document.blocks}
    if _place(FACTS) in sheets:
        _refuse("汇总表" if _place(DETAIL) in sheets else "填报表", path, wanted)


def is_merged(path: Path) -> bool:
    """Whether a file is a merged workbook."""
    from gk_xlsx.workbook.read import called

    return called(read_bytes(path), resources.form) == "汇总表"


def _place(sheet: str) -> str:
    return f"工作表“{sheet}”"


def _refuse(kind: str, path: Path, wanted: str) -> None:
    if kind:
        raise GkXlsxError(f"{path}：这是{kind}，不是{wanted}。请检查是否选错了文件。")
