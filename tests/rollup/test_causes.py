from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest

from gk_xlsx.report import AnnualReport
from gk_xlsx.rollup.causes import Cause, CauseKind, causes
from gk_xlsx.rollup.differences import compare
from tests.rollup.districts import FORM, district, side, with_values

APPLICANTS = ("natural_person", "company", "research", "social", "legal_service", "other")
INPUT_ROWS = [row.id for row in FORM.table("requests").rows]


def named_first(wrong: list[AnnualReport], right: list[AnnualReport]) -> Cause:
    found = causes(compare(FORM, side("汇总", wrong), side("应为", right, named=False)))
    assert found, "nothing explains the difference"
    return found[0]


def changed(reports: list[AnnualReport], at: int, report: AnnualReport) -> list[AnnualReport]:
    return [*reports[:at], report, *reports[at + 1 :]]


def shifted_right(report: AnnualReport) -> AnnualReport:
    values: dict[str, Decimal] = {}
    for row in INPUT_ROWS:
        ids = [f"requests.{row}.{column}" for column in APPLICANTS]
        before = [report.value(key) or Decimal(0) for key in ids]
        values |= dict(zip(ids, [Decimal(0), *before[:-1]], strict=True))
    return with_values(report, values)


def last_years_file(report: AnnualReport) -> AnnualReport:
    assert report.last_year is not None
    return with_values(report, dict(report.last_year.values))


def rows_swapped(report: AnnualReport) -> AnnualReport:
    first, second = (
        [f"requests.{row}.{column}" for column in APPLICANTS]
        for row in ("granted", "partly_granted")
    )
    values = {key: report.value(key) or Decimal(0) for key in [*first, *second]}
    return with_values(
        report,
        {
            **{key: values[other] for key, other in zip(first, second, strict=True)},
            **{key: values[other] for key, other in zip(second, first, strict=True)},
        },
    )


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize(
    ("mistake", "kind"),
    [
        (shifted_right, CauseKind.SHIFTED),
        (last_years_file, CauseKind.LAST_YEAR),
        (rows_swapped, CauseKind.SWAPPED_ROWS),
    ],
)
def test_a_unit_with_other_figures_is_named_first(
    mistake: Callable[[AnnualReport], AnnualReport], kind: CauseKind, seed: int
) -> None:
    right = district(50, seed)
    at = seed * 4
    first = named_first(changed(right, at, mistake(right[at])), right)
    assert (first.member.name, first.kind) == (right[at].unit.name, kind)


@pytest.mark.parametrize("seed", range(12))
def test_a_file_counted_twice_is_named_first(seed: int) -> None:
    right = district(50, seed)
    first = named_first([*right, right[seed * 4]], right)
    assert (first.member.name, first.kind) == (right[seed * 4].unit.name, CauseKind.COUNTED_TWICE)


@pytest.mark.parametrize("seed", range(12))
def test_a_unit_the_other_side_counted_twice_is_named_as_too_few(seed: int) -> None:
    units = district(50, seed)
    first = named_first(units, [*units, units[seed]])
    assert (first.member.name, first.kind) == (units[seed].unit.name, CauseKind.MISSING)


@pytest.mark.parametrize("seed", range(40))
def test_a_wrong_figure_that_breaks_the_units_own_sums_is_named_first(seed: int) -> None:
    right = district(50, seed)
    at, field = seed, f"requests.{INPUT_ROWS[2 + seed % 20]}.{APPLICANTS[seed % 6]}"
    before = right[at].value(field) or Decimal(0)
    wrong = with_values(right[at], {field: before + 7})
    first = named_first(changed(right, at, wrong), right)
    assert first.member.name == right[at].unit.name
    assert first.instead == {field: before}


@pytest.mark.parametrize(
    ("before", "typed", "kind"),
    [
        (Decimal(1327), Decimal(1372), CauseKind.TRANSPOSED),
        (Decimal(1327), Decimal(13270), CauseKind.TIMES_TEN),
    ],
)
def test_a_slip_in_a_figure_no_sum_holds_is_known_by_its_digits(
    before: Decimal, typed: Decimal, kind: CauseKind
) -> None:
    right = district(50, 3)
    right[20] = with_values(right[20], {"proactive.licences.decisions": before})
    wrong = with_values(right[20], {"proactive.licences.decisions": typed})
    first = named_first(changed(right, 20, wrong), right)
    assert (first.member.name, first.kind) == (right[20].unit.name, kind)


@pytest.mark.parametrize("named", [True, False])
def test_of_two_sums_with_their_units_only_those_that_differ_are_suspected(named: bool) -> None:
    field = "proactive.licences.decisions"
    right = district(50, 3)
    right[23] = with_values(right[23], {field: Decimal(417)})
    wrong = changed(right, 23, with_values(right[23], {field: Decimal(471)}))
    found = causes(compare(FORM, side("汇总", wrong), side("应为", right, named=named)))
    suspected = {cause.member.name for cause in found}
    assert (suspected == {right[23].unit.name}) is named


def test_two_sums_that_agree_need_no_cause() -> None:
    units = district(5, 1)
    assert causes(compare(FORM, side("甲", units), side("乙", units[::-1]))) == ()


def test_a_unit_whose_figure_would_become_negative_is_not_suspected() -> None:
    units = district(3, 1)
    field = "proactive.penalties.decisions"
    units = [
        with_values(units[0], {field: Decimal(2)}),
        with_values(units[1], {field: Decimal(90)}),
        with_values(units[2], {field: Decimal(0)}),
    ]
    right = changed(units, 1, with_values(units[1], {field: Decimal(60)}))
    found = causes(compare(FORM, side("汇总", units), side("应为", right, named=False)))
    assert [cause.member.name for cause in found] == [units[1].unit.name]


def test_a_total_that_was_typed_wrong_is_found_although_no_input_differs() -> None:
    right = district(10, 5)
    total = "requests.new.total"
    entry = right[4].entries[total]
    stated = replace(entry, number=(entry.value or Decimal(0)) + 10)
    wrong = replace(right[4], entries={**right[4].entries, total: stated})
    first = named_first(changed(right, 4, wrong), right)
    assert (first.member.name, first.kind) == (right[4].unit.name, CauseKind.BROKEN_RELATION)
