"""Form and report → the whole workbook."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from gk_xlsx.amounts import SPACES, plain
from gk_xlsx.findings import Finding, Severity
from gk_xlsx.form import FieldKind, Form
from gk_xlsx.office import IssuingOffice
from gk_xlsx.plan.formulas import AMOUNT
from gk_xlsx.plan.front import (
    facts_sheet,
    guide_sheet,
    meanings_sheet,
    text_sheet,
)
from gk_xlsx.plan.hidden import hidden_sheet, identity_of, names_of
from gk_xlsx.plan.layout import FACTS, GUIDE, RESULT, layout_of
from gk_xlsx.plan.model import Workbook
from gk_xlsx.plan.printout import PrintMark, printout_sheet
from gk_xlsx.plan.result import result_sheet
from gk_xlsx.plan.review import opinions_of, with_marks, with_opinions
from gk_xlsx.plan.sentences import sentences_sheet
from gk_xlsx.plan.tables import table_sheet
from gk_xlsx.plan.wording import print_mark_formula, print_mark_text, tally
from gk_xlsx.relations import with_totals
from gk_xlsx.report import AnnualReport, Entry


def plan_workbook(
    form: Form,
    report: AnnualReport,
    findings: Sequence[Finding] = (),
    *,
    office: IssuingOffice | None = None,
) -> Workbook:
    """The workbook of a report: locked, self-checking, filled with what the report has.

    With findings it is one to send back: the cells concerned are marked and 自查结果 lists what
    is to be corrected or explained.

    Totals are computed from the report's inputs, whatever it stated. A report without unit or
    year gives the blank template, whose identity is open to be filled in. The office that issues
    it stands on 填写说明 with its deadline and demands.
    """
    report = replace(report, entries=_typable(form, with_totals(form, report.entries)))
    counted, layout = tally(form, report), layout_of(form)
    opinions = opinions_of(form, report, findings)
    notes = sum(finding.severity is Severity.NOTE for finding in findings)
    result = result_sheet(form, report, counted)
    mark = PrintMark(print_mark_text(form, counted), print_mark_formula(layout))
    sheets = (
        guide_sheet(form, report, office),
        facts_sheet(form, report, counted),
        *(
            with_marks(table_sheet(form, table, report, counted), layout, findings)
            for table in form.tables
        ),
        text_sheet(form, report),
        with_opinions(result, layout, report, opinions, notes),
        printout_sheet(form, report, mark),
        meanings_sheet(form),
        sentences_sheet(form, report),
        hidden_sheet(form, report, counted, opinions),
    )
    issued = bool(report.unit.name)
    return Workbook(
        sheets=sheets,
        names=names_of(form, report),
        properties={f"gk.{key}": value for key, value in identity_of(form, report).items()},
        title=f"{report.unit.name}{form.title.format(year=report.year or '')}",
        author=report.unit.name,
        year=report.year or form.first_year,
        active=RESULT if opinions else FACTS if issued else GUIDE,
    )


def _typable(form: Form, entries: Mapping[str, Entry]) -> dict[str, Entry]:
    """Amounts with their unit as the sheet reads them: what a document prints as 三元 is 3元."""
    rewritten = {
        field.id: replace(entry, raw=f"{plain(entry.value)}{field.column.unit}")
        for field in form
        if field.kind is FieldKind.MONEY_WITH_UNIT
        and (entry := entries[field.id]).value is not None
        and entry.raw
        and not AMOUNT.fullmatch(entry.raw.strip(SPACES))
    }
    return {**entries, **rewritten}
