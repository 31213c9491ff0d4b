"""Relations between figures: both sides, computed totals, and how they are told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gk_xlsx.form import Form, Relation
from gk_xlsx.relations import (
    NOT_COMPUTABLE,
    Sides,
    bind_explanations,
    brief,
    computed,
    evaluate,
    last_value,
    phrases,
    relation_message,
    subject,
    usable,
    with_totals,
)
from gk_xlsx.report import BLANK, AnnualReport, Entry, EntryKind, Explanation, Origin
from gk_xlsx.resources import EDITIONS, form, form_for_year
from gk_xlsx.sources.report_json import read_report_json
from tests.made import clean_report, last_year, number, with_entries, zero_report

FORM = form("2021")


def real_report(path: Path) -> AnnualReport:
    return read_report_json(path.read_bytes(), form, form_for_year)


def instance(code: str, key: str, of: Form = FORM) -> Relation:
    return next(relation for relation in of.instances(code) if relation.key == key)


def sides(code: str, key: str, report: AnnualReport) -> Sides:
    found = evaluate(instance(code, key), FORM, report)
    assert found is not None
    return found


def changed(entries: Mapping[str, Entry]) -> AnnualReport:
    return with_entries(clean_report(), entries)


# -- real reports --------------------------------------------------------------------------

BROKEN = {
    "pingtan-resources-2023": {"AR01": 2, "AR03": 1},
    "pingtan-police-2021": {"AR03": 2},
    "pingtan-2020": {"AR02": 2},
}
"""Source: the reports themselves, recomputed by hand."""


def test_real_reports_break_exactly_the_relations_they_break(reports: Path) -> None:
    broken = {}
    for path in sorted(reports.glob("*.json")):
        report = real_report(path)
        definition = form(report.edition)
        judged = [evaluate(relation, definition, report) for relation in definition.relations]
        codes = Counter(item.relation.code for item in judged if item and not item.agree)
        if codes:
            broken[path.stem] = dict(codes)
    assert broken == BROKEN


def test_the_broken_sums_are_told_with_both_sides(reports: Path) -> None:
    report = real_report(reports / "pingtan-resources-2023.json")
    judged = [evaluate(relation, FORM, report) for relation in FORM.relations]
    found = [(item.left, item.right) for item in judged if item and not item.agree]
    assert found == [(Decimal(8), Decimal(9)), (Decimal(19), Decimal(20)), (Decimal(0), Decimal(1))]


# -- evaluation ----------------------------------------------------------------------------


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("made", [clean_report, zero_report])
def test_a_clean_report_keeps_every_relation(
    edition: str, made: Callable[[str], AnnualReport]
) -> None:
    report, definition = made(edition), form(edition)
    judged = [evaluate(relation, definition, report) for relation in definition.relations]
    assert all(item.agree for item in judged if item)
    assert Counter(item.relation.code for item in judged if item).keys() == {
        "AR01",
        "AR02",
        "AR03",
        "AR04",
    }


UNUSABLE = [
    BLANK,
    Entry(EntryKind.MARK, raw="/"),
    Entry(EntryKind.TEXT, raw="见附件"),
    Entry(EntryKind.TEXT_NUMBER, Decimal(1), raw="1件"),
    Entry(EntryKind.UNKNOWN),
    Entry(EntryKind.BOOLEAN, raw="TRUE"),
    Entry(EntryKind.FORMULA, raw="=1"),
    number(-1),
    number("0.5"),
]


@given(st.sampled_from(sorted(FORM.fields)), st.sampled_from(UNUSABLE))
def test_a_relation_with_an_unusable_side_is_not_evaluated(field_id: str, entry: Entry) -> None:
    report = changed({field_id: entry})
    for relation in FORM.relations:
        if field_id in {term.field for term in relation.terms} and field_id != (
            "proactive.fees.amount"
        ):
            assert evaluate(relation, FORM, report) is None


@given(st.dictionaries(st.sampled_from(sorted(FORM.fields)), st.sampled_from(UNUSABLE)))
def test_what_is_evaluated_holds_no_blank(entries: dict[str, Entry]) -> None:
    report = changed(entries)
    for relation in FORM.relations:
        found = evaluate(relation, FORM, report)
        if found is not None:
            used = {usable(term.field, FORM, report.entries) for term in relation.terms}
            assert None not in used


def test_relations_to_last_year_need_last_year() -> None:
    assert evaluate(instance("YR01", "company"), FORM, clean_report()) is None


def test_relations_to_last_year_use_its_figures() -> None:
    report = clean_report()
    carried_in = report.value("requests.carried_in.company")
    found = sides("YR01", "company", replace(report, last_year=last_year(report, company=7)))
    assert (found.left, found.right) == (carried_in, Decimal(7))


def test_a_figure_that_last_year_does_not_know_is_not_evaluated() -> None:
    report = clean_report()
    last = replace(last_year(report), values={})
    assert evaluate(instance("YR01", "company"), FORM, replace(report, last_year=last)) is None
    assert last_value(last, FORM, "requests.carried_out.company") is None


def test_relations_to_children_are_not_evaluated_here() -> None:
    assert evaluate(FORM.instances("RO06")[0], FORM, clean_report()) is None


def test_the_stock_of_documents_adds_and_subtracts() -> None:
    report = clean_report()
    last = replace(last_year(report), values={"proactive.regulations.in_force": Decimal(100)})
    found = sides("YR02", "regulations", replace(report, last_year=last))
    issued, repealed = (
        report.entries[f"proactive.regulations.{column}"].number or 0
        for column in ("issued", "repealed")
    )
    assert found.right == 100 + issued - repealed
    assert found.difference == found.right - found.left


# -- totals --------------------------------------------------------------------------------


@pytest.mark.parametrize("edition", EDITIONS)
def test_totals_come_from_the_inputs_whatever_was_stated(edition: str) -> None:
    definition, report = form(edition), clean_report(edition)
    wrong = {field_id: number(999_999) for field_id in definition.computed}
    entries = {**report.entries, **wrong}
    assert computed(definition, entries) == {key: report.value(key) for key in definition.computed}


def test_a_total_with_an_unknown_part_is_unknown() -> None:
    report = changed({"requests.new.company": BLANK})
    totals = computed(FORM, report.entries)
    assert {key for key, value in totals.items() if value is None} == {"requests.new.total"}


def test_a_missing_result_makes_all_totals_above_it_unknown() -> None:
    report = changed({"requests.granted.company": BLANK})
    totals = computed(FORM, report.entries)
    assert {key for key, value in totals.items() if value is None} == {
        "requests.granted.total",
        "requests.concluded.company",
        "requests.concluded.total",
    }


def test_computed_entries_say_so() -> None:
    entries = with_totals(FORM, {**clean_report().entries, "requests.new.company": BLANK})
    known, unknown = entries["requests.granted.total"], entries["requests.new.total"]
    assert (known.origin, known.kind, known.reason) == (Origin.COMPUTED, EntryKind.NUMBER, "")
    assert (unknown.origin, unknown.kind) == (Origin.COMPUTED, EntryKind.UNKNOWN)
    assert unknown.reason == NOT_COMPUTABLE
    assert list(entries) == list(FORM.fields)


def test_inputs_are_left_alone() -> None:
    report = changed({"requests.new.company": Entry(EntryKind.MARK, raw="/")})
    entries = with_totals(FORM, report.entries)
    assert all(entries[field.id] is report.entries[field.id] for field in FORM.inputs)


# -- explanations --------------------------------------------------------------------------


def explained(*items: Explanation) -> AnnualReport:
    report = clean_report()
    return replace(report, last_year=last_year(report, company=7), explanations=items)


FIELD = "requests.carried_in.company"


def test_an_explanation_just_written_is_bound_to_both_sides() -> None:
    report = explained(Explanation("YR01", (FIELD,), "职能划转"))
    (bound,) = bind_explanations(FORM, report).explanations
    assert (bound.left, bound.right) == (report.value(FIELD), Decimal(7))


@pytest.mark.parametrize(
    "item",
    [
        Explanation("YR01", (FIELD,), "职能划转", Decimal(1), Decimal(2)),
        Explanation("YR01", (), "不知说哪一格"),
        Explanation("YR03", (FIELD,), "别的事"),
    ],
)
def test_other_explanations_stay_as_they_are(item: Explanation) -> None:
    assert bind_explanations(FORM, explained(item)).explanations == (item,)


# -- words ---------------------------------------------------------------------------------


def test_a_balance_is_told_summand_by_summand() -> None:
    entries = {
        "requests.new.natural_person": number(56),
        "requests.carried_in.natural_person": number(1),
        "requests.concluded.natural_person": number(52),
        "requests.carried_out.natural_person": number(6),
    }
    assert relation_message(FORM, sides("AR03", "natural_person", changed(entries))) == (
        "三、申请办理“自然人”列不平：本年新收 56＋上年结转 1＝57；"
        "办理结果总计 52＋结转下年度 6＝58，右边多 1 件。"
    )


def test_a_long_sum_is_told_as_one() -> None:
    entries = with_totals(FORM, zero_report().entries)
    entries["requests.partly_granted.total"] = number(8)
    entries["requests.partly_granted.company"] = number(5)
    report = with_entries(zero_report(), entries)
    assert relation_message(FORM, sides("AR01", "partly_granted", report)) == (
        "三、申请办理“（二）部分公开”行不平：总计 8；各项相加 5，左边多 3 件。"
    )


def test_disputes_are_told_by_their_block() -> None:
    report = with_entries(zero_report(), {"disputes.direct.total": number(2)})
    assert relation_message(FORM, sides("AR04", "direct", report)) == (
        "四、复议诉讼“未经复议直接起诉”不平：总计 2；"
        "结果维持 0＋结果纠正 0＋其他结果 0＋尚未审结 0＝0，左边多 2 件。"
    )


def test_a_summand_that_is_subtracted_is_told_so() -> None:
    values = {
        "proactive.regulations.in_force": number(9),
        "proactive.regulations.issued": number(2),
        "proactive.regulations.repealed": number(1),
    }
    report = changed(values)
    last = replace(last_year(report), values={"proactive.regulations.in_force": Decimal(5)})
    message = relation_message(FORM, sides("YR02", "regulations", replace(report, last_year=last)))
    assert "去年现行有效 5＋本年制发 2－本年废止 1＝6" in message
    assert "不平" not in message


def test_every_relation_has_words_for_both_sides() -> None:
    for edition in EDITIONS:
        for relation in form(edition).relations:
            left, right = phrases(relation)
            assert all(phrase.name for phrase in (*left, *right))
            assert subject(form(edition), relation)


@pytest.mark.parametrize(
    ("label", "short"),
    [
        ("（二）部分公开（区分处理的，只计这一情形，不计其他情形）", "（二）部分公开"),
        ("（七）总计", "（七）总计"),
        ("1.属于国家秘密", "1.属于国家秘密"),
        ("", ""),
    ],
)
def test_a_brief_label_leaves_its_explanation_out(label: str, short: str) -> None:
    assert brief(label) == short
