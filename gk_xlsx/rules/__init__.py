"""The checks: report → findings. Every rule stands in `ALL`; nothing registers itself.

Rules about many reports stand in `sets`: one report is judged without them.
"""

from __future__ import annotations

from collections.abc import Sequence

from gk_xlsx.findings import Finding
from gk_xlsx.form import Form
from gk_xlsx.report import AnnualReport
from gk_xlsx.rules import (
    arithmetic,
    genre_form,
    genre_names,
    genre_text,
    genre_words,
    genre_years,
    inputs,
    law,
    roll_up,
    seal,
    text,
    uncertain,
    years,
)
from gk_xlsx.rules.rule import Case, Hit, Rule, rule
from gk_xlsx.rules.set_rule import SetHit, SetRule, judge_set, set_rule
from gk_xlsx.rules.settings import Settings

__all__ = [
    "ALL",
    "Case",
    "Hit",
    "Rule",
    "SetHit",
    "SetRule",
    "Settings",
    "judge",
    "judge_set",
    "rule",
    "set_rule",
]

ALL: tuple[Rule, ...] = (
    inputs.blank_cell,
    inputs.not_a_number,
    inputs.negative_count,
    inputs.fraction_of_a_case,
    inputs.number_as_text,
    inputs.mark_for_zero,
    inputs.more_values_than_cells,
    inputs.unlikely_amount,
    uncertain.table_not_found,
    inputs.blanks_counted_as_zero,
    inputs.formula_in_open_cell,
    inputs.facts_missing,
    inputs.unknown_field,
    inputs.duplicate_key,
    inputs.too_many_digits,
    inputs.edition_and_year,
    inputs.formula_in_text,
    uncertain.figure_not_certain,
    uncertain.not_all_read,
    arithmetic.row_total,
    arithmetic.results_total,
    arithmetic.balance,
    arithmetic.disputes_total,
    years.carry_over,
    years.documents_in_force,
    years.large_swing,
    years.same_as_last_year,
    years.stock_below_zero,
    years.last_year_differs,
    seal.foreign_workbook,
    seal.other_template_version,
    seal.label_changed,
    seal.formula_replaced,
    seal.structure_changed,
    seal.protection_removed,
    seal.identity_disagrees,
    *text.ALL_TEXT,
    genre_form.no_text,
    genre_form.title,
    genre_form.section_heading,
    genre_text.sub_heading_number,
    genre_text.aspect,
    genre_form.date,
    genre_years.leftover_year,
    genre_text.fee_statement,
    genre_years.period,
    genre_words.internal_wording,
    genre_names.names_differ,
    genre_words.document_number,
    genre_words.items_of_before_2019,
    genre_words.word_list,
    genre_text.problems_and_improvement,
    genre_form.picture_table,
    genre_form.number_of_parts,
    law.regulations_without_power,
    law.direct_action,
    law.fee_not_a_multiple,
    law.fee_above_charges,
    law.unpaid_but_nothing_charged,
    law.action_without_review,
    law.normative_documents_of_institution,
    law.much_other_handling,
    roll_up.unknown_sum,
    roll_up.double_counting,
    roll_up.report_missing,
    roll_up.adjustment_without_reason,
)


def judge(
    report: AnnualReport,
    form: Form,
    rules: Sequence[Rule] = ALL,
    settings: Settings | None = None,
) -> tuple[Finding, ...]:
    """All findings of a report, in the order of the rules."""
    case = Case(report, form)
    office = settings or Settings()
    chosen = office.chosen(rules)
    return tuple(office.applied(finding) for each in chosen for finding in each.run(case))
