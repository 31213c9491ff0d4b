"""A report's values as CSV for other programs and for Excel."""

from __future__ import annotations

import csv
import io

from gk_xlsx.form import Form
from gk_xlsx.report import AnnualReport, Origin, written

_DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def values_csv(report: AnnualReport, form: Form) -> bytes:
    """Columns id, 行, 列, 值, 单位; one line per field in printed order, UTF-8 with BOM."""
    buffer = io.StringIO(newline="")
    lines = csv.writer(buffer)
    lines.writerow(("id", "行", "列", "值", "单位"))
    for field in form:
        entry = report.entries[field.id]
        value = "0" if entry.origin is Origin.ZERO_REPORT else written(entry)
        if entry.value is None:
            value = harmless(value)
        row, unit = field.row_label, field.column.unit
        lines.writerow((field.id, row, field.column_label, value, unit))
    return buffer.getvalue().encode("utf-8-sig")


def harmless(text: str) -> str:
    """A text that a spreadsheet will not take for a formula."""
    return f"'{text}" if text.startswith(_DANGEROUS) else text
