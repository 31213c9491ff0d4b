"""The sheets that hold words: 基本信息, 文字部分, and 情况说明 on 自查结果."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import replace

from gk_xlsx.amounts import is_blank
from gk_xlsx.form import Form
from gk_xlsx.plan.front import part_label
from gk_xlsx.plan.layout import FACT_LABELS, FACTS, RESULT, TEXT, TEXT_KEYS, Layout
from gk_xlsx.plan.model import Address
from gk_xlsx.report import Explanation, Observation, Place, Seen, iso_date, narrative
from gk_xlsx.workbook.cells import Allowance, Stored, StoredSheet
from gk_xlsx.workbook.sheets import MAX_WORDS, Sheets

_EXPLAINED = 5
"""The column of 情况说明 beside the office's opinions."""

_PASTED = range(1, 50)
"""A paste from Word lands in column B; a table in it takes the columns beside it."""


def read_facts(sheets: Sheets) -> Mapping[str, str]:
    """What stands on 基本信息, by its label; dates as ISO dates."""
    sheet = sheets.get(FACTS)
    if sheet is None:
        return {}
    keys = {label: key for key, label in FACT_LABELS.items()}
    return {
        keys[text.strip()]: _fact(sheet.at((row, 1)))
        for (row, _), text in sheet.texts(range(1)).items()
        if text.strip() in keys
    }


def _fact(cell: Stored | None) -> str:
    if cell is None or not cell.typed:
        return ""
    if cell.kind == "d" and cell.number is not None:
        return serial_date(int(cell.number))
    date = iso_date(cell.text)
    return date.isoformat() if date else cell.text.strip()


def serial_date(days: int) -> str:
    """A spreadsheet's day number as an ISO date."""
    try:
        return (datetime.date(1899, 12, 30) + datetime.timedelta(days=days)).isoformat()
    except OverflowError:
        return str(days)


def read_narrative(form: Form, sheets: Sheets) -> Mapping[str, str]:
    """The parts of 文字部分 as Markdown: one paragraph a row, empty rows ignored."""
    sheet = sheets.get(TEXT)
    if sheet is None:
        return narrative(())
    headings = {part_label(form, key): key for key in TEXT_KEYS}
    starts = {row: headings.get(text) for (row, _), text in sheet.texts(range(1)).items()}
    parts: dict[str, list[str]] = {}
    current = None
    for row, text in _rows(sheet):
        if starts.get(row):
            current = starts[row]
        elif current and not is_blank(text):
            parts.setdefault(current, []).append(text)
    return narrative((key, "\n\n".join(texts)) for key, texts in parts.items())


def formulas_in_text(sheets: Sheets) -> Iterator[Observation]:
    """Cells of 文字部分 that hold a formula: a 参考句 pasted with its formula, most likely."""
    sheet = sheets.get(TEXT)
    for (row, column), cell in sheet.cells(_PASTED) if sheet else ():
        if cell.formula is not None:
            place = Place(TEXT, Address(TEXT, row, column).local)
            yield Observation(Seen.FORMULA_IN_TEXT, place=place, found=cell.text)


def _rows(sheet: StoredSheet) -> Iterator[tuple[int, str]]:
    """What stands right of the headings, row by row; cells beside each other parted by tabs."""
    rows: dict[int, list[str]] = {}
    allowance = Allowance(MAX_WORDS)
    for (row, _), cell in sheet.cells(_PASTED):
        rows.setdefault(row, []).append(allowance.take(cell.text))
    for row in sorted(rows):
        yield row, "\t".join(filter(None, rows[row])).strip()


def read_explanations(layout: Layout, sheets: Sheets) -> Iterator[Explanation]:
    """情况说明 beside the carry-over and the office's opinions, bound to figures as issued.

    What was just typed beside the carry-over is not bound yet.
    """
    sheet = sheets.get(RESULT)
    if sheet is None:
        return
    rows = {text: row for (row, _), text in sheet.texts(range(1)).items()}
    allowance = Allowance(MAX_WORDS)
    for relation in layout.explainable:
        field = relation.left[0].field
        planned = layout.explanation(relation)
        row = rows.get(layout.form.fields[field].column_label, planned.row)
        text = allowance.take(sheet.text_at((row, planned.column)))
        if is_blank(text):
            continue
        issued = sheets.hidden.issued(relation)
        if issued is not None and issued.text == text:
            yield issued
        else:
            yield Explanation(relation.code, (field,), text.strip())
    for label, opinion in sheets.hidden.opinions.items():
        text = sheet.text_at((rows[label], _EXPLAINED)) if label in rows else ""
        allowance.take(text)
        if not is_blank(text):
            yield replace(opinion, text=text.strip())
