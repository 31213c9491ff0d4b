"""A merge → every cell of its workbook: the same form, its figures live sums over 明细."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from gk_xlsx.amounts import plain
from gk_xlsx.findings import Finding, Severity
from gk_xlsx.form import Form
from gk_xlsx.merged import Contributor, Merged
from gk_xlsx.plan.front import facts_sheet, meanings_sheet, text_sheet
from gk_xlsx.plan.hidden import hidden_sheet, identity_of, names_of
from gk_xlsx.plan.layout import FACT_ROWS, MERGED_KEY, OVERVIEW, RESULT, layout_of
from gk_xlsx.plan.merged_book import Book
from gk_xlsx.plan.merged_charts import charts_sheet
from gk_xlsx.plan.merged_compared import compared_sheet
from gk_xlsx.plan.merged_detail import detail_sheet
from gk_xlsx.plan.merged_guide import merged_guide
from gk_xlsx.plan.merged_layout import ROSTER_KEY, ROW_KEY, SOURCES_KEY, UNKNOWN, listed
from gk_xlsx.plan.merged_overview import overview_sheet
from gk_xlsx.plan.merged_sources import sources_sheet
from gk_xlsx.plan.merged_tables import merged_table
from gk_xlsx.plan.merged_wording import (
    merged_print_mark_formula,
    merged_print_mark_text,
    merged_verdict_formulas,
    merged_verdict_text,
    names_of_missing,
)
from gk_xlsx.plan.model import Address, Area, Cell, Colouring, Mark, Sheet, Style, Workbook
from gk_xlsx.plan.printout import PrintMark, printout_sheet
from gk_xlsx.plan.result import result_sheet
from gk_xlsx.plan.review import Opinion, opinions_of, with_marks, with_opinions
from gk_xlsx.plan.sentences import sentences_sheet
from gk_xlsx.report import Place


def plan_merged(
    merged: Merged, findings: Sequence[Finding] = (), *, last_form: Form | None = None
) -> Workbook:
    """The workbook of a merge.

    Args:
        merged: what was added up.
        findings: of a check; with them it is one to send back, as with `plan_workbook`.
        last_form: the edition that last year's figures are written in.
    """
    book = Book(merged)
    form, report = merged.form, merged.report
    opinions = opinions_of(form, report, findings)
    sheets = (
        merged_guide(merged),
        overview_sheet(book),
        compared_sheet(book, last_form),
        charts_sheet(book, last_form),
        *(with_marks(merged_table(book, table), book.layout, findings) for table in form.tables),
        detail_sheet(book),
        sources_sheet(book),
        _facts(book),
        text_sheet(form, report),
        _result(book, findings, opinions),
        printout_sheet(form, report, _print_mark(book), unknown=UNKNOWN),
        meanings_sheet(form),
        sentences_sheet(form, report),
        _hidden(book, opinions),
    )
    return Workbook(
        sheets=sheets,
        names=names_of(form, report, merged=True),
        properties={f"gk.{key}": value for key, value in identity_of(form, report).items()},
        title=f"{report.unit.name}{form.title.format(year=report.year)}（汇总）",
        author=report.unit.name,
        year=report.year,
        active=RESULT if opinions else OVERVIEW,
    )


def row_mark(item: Contributor) -> str:
    """A mark of a row of 明细: another one as soon as a name or a figure in it is changed."""
    figures = ("?" if figure is None else plain(figure) for figure in item.figures)
    text = "|".join((item.name, item.code, item.scope.value, *figures))
    return hashlib.sha256(text.encode()).hexdigest()[:16]


AS_PLANNED = "="
"""Instead of the places of a workbook whose figures stand where they were planned."""


def places_text(form: Form, places: Sequence[Place | None]) -> str:
    """Where a unit's figures stood, in one text; empty where the source has no cells."""
    if places == planned_places(form):
        return AS_PLANNED
    if not any(places):
        return ""
    return "|".join(
        f"{place.sheet.replace('|', '｜')}!{place.cell}" if place else "" for place in places
    )


@lru_cache(maxsize=4)
def planned_places(form: Form) -> tuple[Place | None, ...]:
    """Where the figures stand in a unit's workbook."""
    return tuple(Place(at.sheet, at.local) for at in layout_of(form).fields.values())


def _facts(book: Book) -> Sheet:
    sheet = facts_sheet(book.merged.form, book.merged.report, book.counted)
    line, _ = merged_verdict_text(book.merged, book.counted)
    place = FACT_ROWS["signed_date"] + 2, 1
    return _with_texts(sheet, {place: (line, None)})


def _print_mark(book: Book) -> PrintMark:
    text = merged_print_mark_text(book.merged, book.counted)
    return PrintMark(text, merged_print_mark_formula(book.layout))


def _result(book: Book, findings: Sequence[Finding], opinions: Sequence[Opinion]) -> Sheet:
    merged = book.merged
    names = names_of_missing(merged)
    sheet = result_sheet(merged.form, merged.report, book.counted, merged=True, names=names)
    line, step = merged_verdict_text(merged, book.counted)
    line_formula, step_formula = merged_verdict_formulas(book.layout)
    said = _with_texts(sheet, {(1, 0): (line, line_formula), (2, 0): (step, step_formula)})
    verdict = Address(RESULT, 1, 0).fixed
    area = Area(1, 0, 1, 5)
    coloured = replace(
        said,
        colourings=(
            Colouring(area, f'LEFT({verdict},4)="汇总通过"', Mark.GOOD),
            Colouring(area, f'ISNUMBER(FIND("有错误",{verdict}))', Mark.WRONG),
            Colouring(area, f'LEFT({verdict},3)="未完整"', Mark.WRONG),
            *said.colourings,
        ),
    )
    notes = sum(finding.severity is Severity.NOTE for finding in findings)
    return with_opinions(coloured, book.layout, merged.report, opinions, notes)


def _hidden(book: Book, opinions: Sequence[Opinion]) -> Sheet:
    merged = book.merged
    sheet = hidden_sheet(merged.form, merged.report, book.counted, opinions, merged=True)
    top = max(cell.row for cell in sheet.cells) + 2
    return replace(sheet, cells=(*sheet.cells, *_marks(merged, top)))


def _marks(merged: Merged, top: int) -> Iterator[Cell]:
    """That this is a merged workbook, and how its rows were when it was written."""
    facts = [
        (MERGED_KEY, "1", ""),
        (ROSTER_KEY, "1" if merged.by_roster else "", ""),
        (SOURCES_KEY, *map(str, listed(merged.missing, merged.counted))),
    ]
    facts += [
        (f"{ROW_KEY}{number}", row_mark(item), places_text(merged.form, item.places))
        for number, item in enumerate(merged.counted, start=1)
    ]
    for row, texts in enumerate(facts, start=top):
        for column, text in enumerate(texts):
            yield Cell(row, column, text, Style.HIDDEN)


def _with_texts(sheet: Sheet, texts: dict[tuple[int, int], tuple[str, str | None]]) -> Sheet:
    """A sheet with other words in some cells, and other formulas where one is given."""
    cells = (
        replace(cell, content=found[0], formula=cell.formula if found[1] is None else found[1])
        if (found := texts.get((cell.row, cell.column)))
        else cell
        for cell in sheet.cells
    )
    return replace(sheet, cells=tuple(cells))
