"""`same_report` sees every difference that a reader of the report would see, and no other."""

from __future__ import annotations

from dataclasses import replace

import pytest

from gk_xlsx.report import BLANK, AnnualReport, Entry, EntryKind, Origin, Signed, narrative
from gk_xlsx.units import Level, Scope, Unit
from tests.made import clean_report, number
from tests.published.same import same_report

TOTAL = "requests.new.total"


def told(text: str) -> AnnualReport:
    return replace(clean_report(), narrative=narrative([("overview", text)]))


def with_entry(entry: Entry) -> AnnualReport:
    report = clean_report()
    return replace(report, entries={**report.entries, TOTAL: entry})


REPORT = told("甲。\n\n- 乙")
TITLE = f"{REPORT.unit.name}2024年政府信息公开工作年度报告"


@pytest.mark.parametrize(
    ("other", "named"),
    [
        (replace(REPORT, year=2023), "year"),
        (replace(REPORT, edition="2019"), "edition"),
        (replace(REPORT, unit=Unit("别的局")), "unit"),
        (replace(REPORT, title="别的报告"), "title"),
        (replace(REPORT, headings=("一、总体情况",)), "headings"),
        (replace(REPORT, signed=Signed("别的局")), "signature"),
        (replace(REPORT, signed=Signed("", "2025-01-02")), "signature"),
        (replace(REPORT, narrative={}), "overview"),
        (told("甲。\n\n乙"), "overview"),
        (told("**甲**。\n\n- 乙"), "overview"),
        (told("甲。\n\n- 丙"), "overview"),
    ],
)
def test_each_difference_is_named(other: AnnualReport, named: str) -> None:
    with pytest.raises(AssertionError, match=f"\n{named}: "):
        same_report(REPORT, other)


@pytest.mark.parametrize(
    "entry",
    [
        BLANK,
        number(0),
        Entry(EntryKind.MARK, raw="/"),
        Entry(EntryKind.UNKNOWN, reason="没有找到"),
        Entry(EntryKind.TEXT, raw="12件"),
    ],
)
def test_blank_zero_and_mark_are_three_things(entry: Entry) -> None:
    with pytest.raises(AssertionError, match=TOTAL):
        same_report(clean_report(), with_entry(entry))


def test_a_blank_that_was_not_made_out_is_another_thing_than_a_blank() -> None:
    unknown = with_entry(Entry(EntryKind.UNKNOWN, reason="没有找到"))
    with pytest.raises(AssertionError, match=rf"{TOTAL}: '' became unknown \(没有找到\)"):
        same_report(with_entry(BLANK), unknown)
    assert same_report(unknown, with_entry(BLANK))
    assert same_report(unknown, unknown)


def test_what_no_print_shows_is_no_difference() -> None:
    other = replace(
        REPORT,
        unit=Unit(REPORT.unit.name, "1", Level.CITY),
        scope=Scope.AREA,
        title=TITLE[:10] + "\n" + TITLE[10:],
        signed=Signed(REPORT.unit.name),
        notes="备注",
    )
    assert same_report(REPORT, other)
    computed = replace(clean_report().entries[TOTAL], origin=Origin.COMPUTED)
    assert same_report(clean_report(), with_entry(computed))


def test_the_same_text_may_be_written_in_several_ways() -> None:
    assert same_report(told("### 组织\n甲"), told("### **组织**\n\n甲"))
    assert same_report(told("**甲** **乙**"), told("**甲 乙**"))
    assert same_report(told("![图1](a.png)"), told("![图1](b.png)"))


def test_without_markup_only_the_words_count() -> None:
    assert same_report(told("甲\n\n- **乙**"), told("甲乙"), markup=False)
    assert same_report(told("|甲|\n|---|\n|乙|"), told("甲\n乙"), markup=False)
    with pytest.raises(AssertionError, match="overview"):
        same_report(told("甲乙"), told("甲丙"), markup=False)
