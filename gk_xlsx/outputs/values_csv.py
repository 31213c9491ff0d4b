"""A report's values as CSV for other programs and for Excel."""

from __future__ import annotations

import csv
import io

from gk_xlsx.amounts import plain
from gk_xlsx.form import Field, FieldKind, Form
from gk_xlsx.markdown import clean
from gk_xlsx.report import AnnualReport, Entry, EntryKind

_DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def values_csv(report: AnnualReport, form: Form) -> bytes:
    """Columns id, 行, 列, 值, 单位; one line per field in printed order, UTF-8 with BOM.

    Figures are plain numbers; what is none is the text that stood there, and what was not read
    for certain is empty: half a figure is not told from a whole one.
    """
    buffer = io.StringIO(newline="")
    lines = csv.writer(buffer)
    lines.writerow(("id", "行", "列", "值", "单位"))
    for field in form:
        entry = report.entries[field.id]
        labels = (field.row_label, field.column_label)
        lines.writerow((field.id, *labels, _value(entry), _unit(field, entry)))
    return buffer.getvalue().encode("utf-8-sig")


def _value(entry: Entry) -> str:
    if entry.value is not None:
        return plain(entry.value)
    return "" if entry.kind is EntryKind.UNKNOWN else harmless(clean(entry.raw))


def _unit(field: Field, entry: Entry) -> str:
    """Empty for an amount that was printed without its unit."""
    unknown = field.kind is FieldKind.MONEY_WITH_UNIT and entry.value and not entry.raw
    return "" if unknown else field.column.unit


def harmless(text: str) -> str:
    """A text that a spreadsheet will not take for a formula."""
    return f"'{text}" if text.startswith(_DANGEROUS) else text
