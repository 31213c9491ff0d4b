"""A report as a value: how entries count, 零报告, levels by name, dates."""

from __future__ import annotations

import datetime
from dataclasses import replace
from decimal import Decimal
from types import MappingProxyType

import pytest

from gk_xlsx.form import FieldKind
from gk_xlsx.report import (
    BLANK,
    AnnualReport,
    Entry,
    EntryKind,
    LastYear,
    Origin,
    Seen,
    State,
    apply_zero_report,
    blank_entries,
    carry_over_sources,
    iso_date,
    last_year_of,
    narrative,
    read_text,
    state,
    written,
)
from gk_xlsx.resources import form
from gk_xlsx.units import Unit
from tests.made import number, with_entries

FORM = form("2021")
NEW = "requests.new.natural_person"


def blank_report(*zero_report: str) -> AnnualReport:
    return AnnualReport(
        "2021", 2023, Unit("某局"), blank_entries(FORM), zero_report=frozenset(zero_report)
    )


def carried(field_id: str, value: int) -> LastYear:
    return LastYear(2022, "某局", "2021", MappingProxyType({field_id: Decimal(value)}))


# -- states --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("entry", "kind", "expected"),
    [
        (BLANK, FieldKind.COUNT, State.BLANK),
        (number(0), FieldKind.COUNT, State.ZERO),
        (number(5), FieldKind.COUNT, State.OK),
        (number(-5), FieldKind.COUNT, State.NEGATIVE),
        (number(-5), FieldKind.SIGNED, State.OK),
        (number("2.5"), FieldKind.COUNT, State.FRACTION),
        (number("-2.5"), FieldKind.COUNT, State.NEGATIVE),
        (number("-2.5"), FieldKind.SIGNED, State.FRACTION),
        (number("2.5"), FieldKind.MONEY, State.OK),
        (number("-2.5"), FieldKind.MONEY, State.NEGATIVE),
        (number("2.5"), FieldKind.MONEY_WITH_UNIT, State.OK),
        (number("1E+300"), FieldKind.COUNT, State.OK),
        (Entry(EntryKind.MARK, raw="/"), FieldKind.COUNT, State.MARK),
        (Entry(EntryKind.TEXT, raw="见附件"), FieldKind.COUNT, State.TEXT),
        (Entry(EntryKind.TEXT_NUMBER, Decimal(12), "12件"), FieldKind.COUNT, State.TEXT),
        (Entry(EntryKind.FORMULA, raw="=1+2"), FieldKind.COUNT, State.TEXT),
        (Entry(EntryKind.BOOLEAN, raw="TRUE"), FieldKind.COUNT, State.TEXT),
        (Entry(EntryKind.DATE, raw="2021-03-01"), FieldKind.COUNT, State.TEXT),
        (Entry(EntryKind.UNKNOWN), FieldKind.COUNT, State.UNKNOWN),
        (replace(number(0), origin=Origin.ZERO_REPORT), FieldKind.COUNT, State.ASSUMED),
    ],
)
def test_an_entry_has_its_state(entry: Entry, kind: FieldKind, expected: State) -> None:
    assert state(entry, kind) is expected


def test_only_numbers_that_may_stand_there_are_usable() -> None:
    usable = {item for item in State if item.usable}
    assert usable == {State.ASSUMED, State.ZERO, State.OK}


def test_only_a_number_has_a_value() -> None:
    assert Entry(EntryKind.TEXT_NUMBER, Decimal(12)).value is None
    assert number(12).value == 12


# -- text ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "field_id", "entry"),
    [
        (" \u3000", NEW, BLANK),
        ("/", NEW, Entry(EntryKind.MARK, raw="/")),
        ("12", NEW, number(12)),
        ("12件", NEW, Entry(EntryKind.NUMBER, Decimal(12), "12件", ("单位“件”",))),
        ("15 13", NEW, Entry(EntryKind.TEXT, raw="15 13")),
        ("12元", NEW, Entry(EntryKind.TEXT, raw="12元")),
        ("12件", "proactive.fees.amount", Entry(EntryKind.TEXT, raw="12件")),
        (
            "120元",
            "proactive.fees.amount",
            Entry(EntryKind.NUMBER, Decimal("0.012"), "120元", ("单位“元”",)),
        ),
    ],
)
def test_a_text_means_an_entry(text: str, field_id: str, entry: Entry) -> None:
    assert read_text(text, FORM.fields[field_id]) == entry


@pytest.mark.parametrize(
    ("text", "value", "raw"),
    [("251000元", 251_000, "251000元"), ("25.1万元", 251_000, "25.1万元"), ("251000", 251_000, "")],
)
def test_an_amount_that_carries_its_unit_keeps_it(text: str, value: int, raw: str) -> None:
    field = form("2019").fields["proactive.procurement.amount"]
    assert read_text(text, field) == Entry(EntryKind.NUMBER, Decimal(value), raw)


@pytest.mark.parametrize(
    ("entry", "text"),
    [
        (BLANK, ""),
        (number("96171.60"), "96171.6"),
        (Entry(EntryKind.MARK, raw="/"), "/"),
        (Entry(EntryKind.NUMBER, Decimal(12), "12件", ("单位“件”",)), "12"),
        (Entry(EntryKind.NUMBER, Decimal(251_000), "251000元"), "251000元"),
    ],
)
def test_an_entry_is_printed(entry: Entry, text: str) -> None:
    assert written(entry) == text


# -- 零报告 --------------------------------------------------------------------------------


def test_blanks_of_a_declared_table_count_as_zero() -> None:
    report = apply_zero_report(blank_report("disputes"), FORM)
    entry = report.entries["disputes.review.upheld"]
    assert (entry.value, entry.origin) == (Decimal(0), Origin.ZERO_REPORT)


def test_other_tables_stay_blank() -> None:
    report = apply_zero_report(blank_report("disputes"), FORM)
    assert report.value(NEW) is None


def test_totals_are_not_declared_but_computed() -> None:
    report = apply_zero_report(blank_report("disputes"), FORM)
    assert report.entries["disputes.review.total"] is BLANK


def test_what_stands_there_is_kept() -> None:
    mark = Entry(EntryKind.MARK, raw="/")
    entries = {"disputes.review.upheld": number(3), "disputes.review.other": mark}
    report = apply_zero_report(with_entries(blank_report("disputes"), entries), FORM)
    assert {key: report.entries[key] for key in entries} == entries


def test_a_zero_report_is_refused_where_cases_were_carried_over() -> None:
    last = carried("requests.carried_out.company", 2)
    report = apply_zero_report(replace(blank_report("requests"), last_year=last), FORM)
    assert [(item.seen, item.table) for item in report.observations] == [
        (Seen.ZERO_REPORT_REFUSED, "requests")
    ]
    assert report.entries[NEW] is BLANK


def test_a_refused_table_does_not_keep_others_from_counting() -> None:
    last = carried("requests.carried_out.company", 2)
    report = replace(blank_report("requests", "disputes"), last_year=last)
    assert apply_zero_report(report, FORM).value("disputes.review.upheld") == 0


def test_a_zero_report_is_accepted_where_nothing_was_carried_over() -> None:
    last = carried("requests.carried_out.company", 0)
    report = apply_zero_report(replace(blank_report("requests"), last_year=last), FORM)
    assert report.value(NEW) == 0
    assert report.saw(Seen.ZERO_REPORT_REFUSED) == ()


def test_what_must_be_carried_in_stands_in_the_requests() -> None:
    assert carry_over_sources(FORM, "disputes") == ()
    assert len(carry_over_sources(FORM, "requests")) == 7


def test_next_year_remembers_the_known_figures() -> None:
    report = with_entries(blank_report(), {NEW: number(3)})
    assert last_year_of(report) == LastYear(2023, "某局", "2021", {NEW: Decimal(3)})
    assert report.values[NEW] == 3


# -- dates and text ------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "2022-01-10",
        "2022年1月10日",
        "2022.1.10",
        "2022/1/10",
        " 2022 年 1 月 10 日 ",
        "２０２２-1-10",
    ],
)
def test_a_date_is_read_however_it_is_written(text: str) -> None:
    assert iso_date(text) == datetime.date(2022, 1, 10)


@pytest.mark.parametrize(
    "text", ["", "2022年1月", "2022-02-30", "1月10日", "二〇二二年一月十日", "0"]
)
def test_what_is_no_date_is_none(text: str) -> None:
    assert iso_date(text) is None


def test_the_text_stands_in_the_order_of_the_report_without_empty_parts() -> None:
    parts = narrative([("other", "无。"), ("problems", " \n"), ("preface", "前言")])
    assert list(parts.items()) == [("preface", "前言"), ("other", "无。")]
