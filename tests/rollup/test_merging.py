"""Sums: exact, never with unknown taken for 0, the same in any order, traceable."""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gk_xlsx import resources
from gk_xlsx.api import read
from gk_xlsx.errors import GkXlsxError
from gk_xlsx.form import Form
from gk_xlsx.merged import Missing
from gk_xlsx.report import BLANK, AnnualReport, Entry, EntryKind, Explanation, Place, Seen
from gk_xlsx.rollup.merging import adjustment, merge, trace
from gk_xlsx.units import Scope, Unit
from tests.made import clean_report, number
from tests.rollup.districts import FORM
from tests.rollup.sums import (
    YEAR,
    contributor,
    contributors,
    plain_sum,
    small_roster,
    units,
    with_entries,
)

UNIT = Unit("示例市")
MARK = Entry(EntryKind.MARK, raw="/")


def test_every_figure_is_the_exact_sum() -> None:
    reports = units(12)

    merged = merge(FORM, UNIT, YEAR, contributors(reports))

    assert {key: entry.value for key, entry in merged.entries.items()} == plain_sum(FORM, reports)
    assert merged.complete


def test_money_is_added_without_binary_fractions() -> None:
    tenths = [
        with_entries(report, {"proactive.fees.amount": number(amount)})
        for report, amount in zip(units(3), ("0.1", "0.2", "4166.241619"), strict=True)
    ]

    merged = merge(FORM, UNIT, YEAR, contributors(tenths))

    assert merged.entries["proactive.fees.amount"].value == Decimal("4166.541619")


@pytest.mark.parametrize(
    ("entry", "reason"),
    [
        (BLANK, "空白"),
        (MARK, "填的是“/”"),
        (Entry(EntryKind.TEXT, raw="三件左右"), "填的是“三件左右”"),
        (
            Entry(EntryKind.TEXT_NUMBER, Decimal(12), raw="12件", changes=("单位“件”",)),
            "“12件”是文本，不是数字",
        ),
        (Entry(EntryKind.FORMULA, raw="=12+3"), "填的是算式“=12+3”"),
        (Entry(EntryKind.BOOLEAN, raw="TRUE"), "填的是逻辑值 TRUE"),
        (Entry(EntryKind.DATE, raw="2025-03-01"), "填的是日期 2025-03-01"),
        (Entry(EntryKind.UNKNOWN, reason="扫描件模糊"), "扫描件模糊"),
    ],
)
def test_what_is_no_number_makes_the_sum_unknown_and_names_the_unit(
    entry: Entry, reason: str
) -> None:
    first, second = units(2)
    wrong = with_entries(first, {"requests.granted.social": entry})

    merged = merge(FORM, UNIT, YEAR, contributors([wrong, second]))

    found = merged.entries["requests.granted.social"]
    assert (found.kind, found.reason) == (EntryKind.UNKNOWN, f"示例市示例00局：{reason}")
    assert merged.unknown == (
        "requests.granted.social",
        "requests.granted.total",
        "requests.concluded.social",
        "requests.concluded.total",
    )
    assert not merged.complete


def test_every_unit_that_makes_a_sum_unknown_is_named() -> None:
    wrong = [with_entries(report, {"disputes.review.upheld": MARK}) for report in units(3)[:2]]

    merged = merge(FORM, UNIT, YEAR, contributors([*wrong, units(3)[2]]))

    reason = merged.entries["disputes.review.upheld"].reason
    assert reason == "示例市示例00局：填的是“/”；示例市示例01局：填的是“/”"


def test_blanks_that_were_declared_zero_count_as_zero() -> None:
    declared = Entry(EntryKind.NUMBER, Decimal(0))
    first, second = units(2)
    entries = {"disputes.review.upheld": declared, "disputes.review.other": declared}

    merged = merge(FORM, UNIT, YEAR, contributors([with_entries(first, entries), second]))

    assert merged.entries["disputes.review.upheld"].value == second.value("disputes.review.upheld")


def test_totals_are_computed_whatever_a_report_stated() -> None:
    first, second = units(2)
    stated = replace(first, entries={**first.entries, "requests.new.total": number(1)})

    merged = merge(FORM, UNIT, YEAR, contributors([stated, second]))

    assert (
        merged.entries["requests.new.total"].value
        == plain_sum(FORM, [first, second])["requests.new.total"]
    )


def test_a_negative_figure_is_added_as_it_stands() -> None:
    first, second = units(2)
    wrong = with_entries(first, {"disputes.review.upheld": number(-2)})

    merged = merge(FORM, UNIT, YEAR, contributors([wrong, second]))

    upheld = second.value("disputes.review.upheld") or Decimal(0)
    assert merged.entries["disputes.review.upheld"].value == upheld - 2
    assert (
        merged.entries["disputes.review.total"].value
        == plain_sum(FORM, [wrong, second])["disputes.review.total"]
    )


def test_an_amount_without_its_unit_is_not_added() -> None:
    form = resources.form("2019")
    with_unit = clean_report("2019")
    without = replace(
        with_unit,
        unit=Unit("示例市示例局"),
        entries={**with_unit.entries, "proactive.procurement.amount": number(25)},
    )

    known = merge(form, UNIT, 2020, contributors([with_unit]))
    unknown = merge(form, UNIT, 2020, contributors([with_unit, without]))

    found = known.entries["proactive.procurement.amount"]
    assert (found.value, found.raw) == (Decimal(251000), "251000元")
    reason = unknown.entries["proactive.procurement.amount"].reason
    assert reason == "示例市示例局：金额没有写单位（元或万元）"


def test_the_order_of_inputs_never_matters() -> None:
    items = contributors(units(9))
    shuffled = random.Random(3).sample(items, len(items))

    one, other = (merge(FORM, UNIT, YEAR, order) for order in (items, shuffled))

    assert one == other


def test_a_roster_gives_the_order() -> None:
    items = contributors(units(4))
    coded = [
        replace(item, code=code) for item, code in zip(items, ("6", "5", "3", "2"), strict=True)
    ]

    merged = merge(FORM, UNIT, YEAR, coded, roster=small_roster())

    assert [item.code for item in merged.counted] == ["2", "3", "5", "6"]


def test_nothing_to_add_up_is_an_error() -> None:
    with pytest.raises(GkXlsxError, match="没有可以汇总的报告"):
        merge(FORM, UNIT, YEAR, ())


def test_the_sum_is_a_report_of_the_area_with_its_parts() -> None:
    items = contributors(units(2))
    nested = replace(items[0], parts=(replace(items[0], name="下级").part,))

    report = merge(FORM, UNIT, YEAR, [nested, items[1]]).report

    assert (report.scope, report.year, report.unit) == (Scope.AREA, YEAR, UNIT)
    assert [part.name for part in report.parts] == ["示例市示例00局", "示例市示例01局", "下级"]


def test_who_is_missing_is_said_in_the_report() -> None:
    gone = (Missing("示例镇"), Missing("示例乡", why="文件不能读取"))

    merged = merge(FORM, UNIT, YEAR, contributors(units(1)), missing=gone)

    seen = [item.found for item in merged.report.saw(Seen.PART_MISSING)]
    assert seen == ["示例镇", "示例乡（文件不能读取）"]
    assert merged.report.notes == "未完整：缺 示例镇、示例乡（文件不能读取）。"
    assert not merged.complete


def test_who_is_missing_in_a_sum_below_is_missing_above() -> None:
    first, second = contributors(units(2))
    town = replace(first, missing=("示例村", "示例镇"))

    merged = merge(FORM, UNIT, YEAR, [town, second], missing=(Missing("示例镇"),))

    described = [item.described for item in merged.missing]
    assert described == ["示例镇", "示例村（“示例市示例00局”的汇总里缺）"]


# -- adjustments ---------------------------------------------------------------------------


def test_an_adjustment_changes_the_sum_and_its_totals() -> None:
    reports = units(2)
    change = adjustment(FORM, "共同被告", "一案两计", {"disputes.review.upheld": Decimal(-1)})

    merged = merge(FORM, UNIT, YEAR, contributors(reports), adjustments=(change,))

    plain = plain_sum(FORM, reports)
    for field_id in ("disputes.review.upheld", "disputes.review.total"):
        before = plain[field_id]
        assert before is not None
        assert merged.entries[field_id].value == before - 1
    assert merged.complete


def test_an_adjustment_without_reason_makes_the_merge_incomplete() -> None:
    change = adjustment(FORM, "来电", " ", {"proactive.licences.decisions": Decimal(3)})

    merged = merge(FORM, UNIT, YEAR, contributors(units(1)), adjustments=(change,))

    assert merged.unreasoned == (change,)
    assert [item.found for item in merged.report.saw(Seen.ADJUSTMENT_UNREASONED)] == ["来电"]
    assert not merged.complete


def test_an_adjustment_that_is_no_number_makes_the_sum_unknown() -> None:
    change = adjustment(FORM, "来电", "更正", {}, {"proactive.licences.decisions": "一件"})

    merged = merge(FORM, UNIT, YEAR, contributors(units(1)), adjustments=(change,))

    assert merged.unknown == ("proactive.licences.decisions",)
    assert merged.entries["proactive.licences.decisions"].reason == "调整“来电”：一件"


# -- last year -----------------------------------------------------------------------------


def test_last_years_figures_are_those_of_all_units() -> None:
    reports = units(3)

    last = merge(FORM, UNIT, YEAR, contributors(reports)).report.last_year

    assert last is not None
    assert (last.year, last.unit) == (YEAR - 1, "示例市")
    of_units = [report.last_year.values for report in reports if report.last_year]
    assert last.values["requests.new.total"] == sum(
        (values["requests.new.total"] for values in of_units), Decimal(0)
    )


def test_a_unit_without_last_year_leaves_the_sum_without() -> None:
    first, second = units(2)
    items = contributors([first, replace(second, last_year=None)])

    assert merge(FORM, UNIT, YEAR, items).report.last_year is None


def test_a_new_body_has_no_last_year_and_that_is_no_gap() -> None:
    first, second = units(2)
    old, new = contributors([first, replace(second, last_year=None)])

    last = merge(FORM, UNIT, YEAR, [old, replace(new, is_new=True)]).report.last_year

    assert last is not None
    assert first.last_year is not None
    assert last.values == first.last_year.values


def test_what_the_units_said_of_their_carry_over_explains_that_of_the_sum() -> None:
    field_id = "requests.carried_in.natural_person"
    first, second = units(2)
    more = (first.entries[field_id].number or Decimal(0)) + 2
    said = (
        Explanation("YR01", (field_id,), "去年数填错"),
        Explanation("YR01", ("requests.carried_in.total",), "去年数填错"),
    )
    changed = with_entries(first, {field_id: number(int(more))})

    silent = merge(FORM, UNIT, YEAR, contributors([changed, second]))
    spoken = merge(FORM, UNIT, YEAR, contributors([replace(changed, explanations=said), second]))

    assert silent.report.explanations == ()
    natural, total = spoken.report.explanations
    assert (natural.fields, natural.text) == ((field_id,), "示例市示例00局：去年数填错")
    assert natural.left is not None
    assert natural.left - 2 == natural.right
    assert total.fields == ("requests.carried_in.total",)


# -- where a figure comes from -------------------------------------------------------------


def test_contributions_name_unit_file_and_cell_and_add_up() -> None:
    reports = units(4)
    place = Place("三、申请办理", "J6")
    placed = [
        replace(
            report,
            entries={
                **report.entries,
                "requests.new.total": replace(report.entries["requests.new.total"], place=place),
            },
        )
        for report in reports
    ]
    merged = merge(FORM, UNIT, YEAR, contributors(placed))

    found = trace(merged, "三.新收.总计")

    assert [item.name for item in found] == [report.unit.name for report in reports]
    assert {item.place for item in found} == {place}
    assert found[2].path == "收件/示例市示例02局.xlsx"
    values = [item.value for item in found if item.value is not None]
    assert sum(values, Decimal(0)) == merged.entries["requests.new.total"].value


def test_an_adjustment_is_one_of_the_contributions() -> None:
    change = adjustment(FORM, "来电", "更正", {"proactive.licences.decisions": Decimal(3)})
    merged = merge(FORM, UNIT, YEAR, contributors(units(2)), adjustments=(change,))

    found = trace(merged, "二.行政许可")

    assert (found[-1].name, found[-1].value, found[-1].row) == ("来电", Decimal(3), 2)
    assert found[-1].adjustment
    values = [item.value for item in found if item.value is not None]
    assert sum(values, Decimal(0)) == merged.entries["proactive.licences.decisions"].value


def test_a_name_that_adds_several_cells_up_gives_those_of_each() -> None:
    merged = merge(FORM, UNIT, YEAR, contributors(units(2)))

    found = trace(merged, "四.诉讼.总计")

    fields = ["disputes.direct.total", "disputes.after_review.total"]
    assert [item.field for item in found] == [fields[0]] * 2 + [fields[1]] * 2


def test_a_name_that_the_form_has_not_is_refused_with_those_like_it() -> None:
    merged = merge(FORM, UNIT, YEAR, contributors(units(1)))

    with pytest.raises(GkXlsxError, match=r"没有“三.新收.总数”这一项.*三.新收.总计"):
        trace(merged, "三.新收.总数")


# -- real values ---------------------------------------------------------------------------


def _real(folder: Path, edition: str, year: int) -> list[AnnualReport]:
    """The published reports of one year and edition."""
    names = [
        path
        for path in sorted(folder.glob("*.json"))
        if (facts := json.loads(path.read_text("utf-8")))["year"] == year
        and facts["edition"] == edition
    ]
    return [read(path) for path in names]


def _perturbed(reports: Sequence[AnnualReport], random_: random.Random) -> list[AnnualReport]:
    """Each report thrice more, with some figures changed, emptied or marked."""
    made = list(reports)
    for turn in range(3):
        for report in reports:
            entries = {
                key: random_.choice((entry, entry, entry, number(random_.randint(0, 99))))
                for key, entry in report.entries.items()
            }
            for key in random_.sample(list(entries), turn):
                entries[key] = random_.choice((BLANK, MARK))
            unit = Unit(f"{report.unit.name}（{turn}）")
            made.append(replace(report, unit=unit, entries=entries))
    return made


@pytest.mark.parametrize(("edition", "year"), [("2021", 2021), ("2021", 2023), ("2019", 2019)])
def test_real_values_add_up_exactly_and_every_unknown_names_its_units(
    reports: Path, edition: str, year: int
) -> None:
    form: Form = resources.form(edition)
    random_ = random.Random(year)
    parts = _perturbed(_real(reports, edition, year), random_)
    assert len(parts) >= 8

    merged = merge(form, UNIT, year, contributors(random_.sample(parts, len(parts))))

    plain = plain_sum(form, parts)
    for field_id, entry in merged.entries.items():
        if form.fields[field_id].kind.value == "money_with_unit":
            continue  # figures that were changed here lost their unit
        assert entry.value == plain[field_id]
        if plain[field_id] is None and field_id not in form.computed:
            guilty = {part.unit.name for part in parts if part.entries[field_id].value is None}
            assert {said.partition("：")[0] for said in entry.reason.split("；")} == guilty


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.sampled_from(("0", "1", "17", "", "/", "-")), min_size=2, max_size=6),
    st.randoms(use_true_random=False),
)
def test_one_cell_is_their_sum_or_unknown(texts: list[str], random_: random.Random) -> None:
    kinds = {"": BLANK, "/": MARK, "-": MARK}
    entries = [kinds.get(text) or number(text) for text in texts]
    parts = [
        contributor(with_entries(report, {"disputes.direct.other": entry}))
        for report, entry in zip(_FEW, entries, strict=False)
    ]
    random_.shuffle(parts)

    found = merge(FORM, UNIT, YEAR, parts).entries["disputes.direct.other"]

    values = [entry.value for entry in entries]
    known = [value for value in values if value is not None]
    assert found.value == (sum(known) if len(known) == len(values) else None)
    assert len(found.reason.split("；")) == max(1, len(values) - len(known))


_FEW = units(6)
