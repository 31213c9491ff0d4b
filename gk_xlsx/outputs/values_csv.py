"""A report's values as CSV for other programs and for Excel."""

from __future__ import annotations

import csv
import io

from gk_xlsx.amounts import plain
from gk_xlsx.form import Field, FieldKind, Form
from gk_xlsx.markdown import clean
from gk_xlsx.report import AnnualReport, Entry

_DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def values_csv(report: AnnualReport, form: Form) -> bytes:
    """Columns id, 行, 列, 值, 单位; one line per field in printed order, UTF-8 with BOM.

    Figures are plain numbers; what could not be read as one is the text that stood there.
    """
    buffer = io.StringIO(newline="")
    lines = csv.writer(buffer)
    lines.writerow(("id", "行", "列", "值", "单位"))
    for field in form:
        entry = report.entries[field.id]
        value = harmless(clean(entry.raw)) if entry.value is None else plain(entry.value)
        lines.writerow((field.id, field.row_label, field.column_label, value, _unit(field, entry)))
    return buffer.getvalue().encode("utf-8-sig")


def _unit(field: Field, entry: Entry) -> str:
    """Empty for an amount that was printed without its unit."""
    unknown = field.kind is FieldKind.MONEY_WITH_UNIT and entry.value and not entry.raw
    return "" if unknown else field.column.unit


def harmless(text: str) -> str:
    """A text that a spreadsheet will not take for a formula."""
    return f"'{text}" if text.startswith(_DANGEROUS) else text
