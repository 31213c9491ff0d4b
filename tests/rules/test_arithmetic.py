"""AR: every relation, its sides and the cell to look at; silent where a side is unknown."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from gk_xlsx import api
from gk_xlsx.form import Period
from gk_xlsx.report import BLANK, AnnualReport
from gk_xlsx.resources import form
from tests.made import clean_report, number, with_entries
from tests.rules.cases import check, codes, holding, only

COLUMNS = [column.id for column in form("2021").table("requests").columns]


def changed(report: AnnualReport, field_id: str, value: Decimal) -> AnnualReport:
    return with_entries(report, {field_id: number(str(value))})


def relations_with(field_id: str, edition: str = "2021") -> set[tuple[str, str]]:
    """Code and first field of every relation within the year that the cell is part of."""
    return {
        (relation.code, relation.left[0].field)
        for relation in form(edition).relations
        if relation.within(Period.THIS) and field_id in {term.field for term in relation.terms}
    }


def cells(edition: str) -> Iterator[str]:
    """Every cell of tables 三 and 四."""
    return (item.id for item in form(edition) if item.table in ("requests", "disputes"))


def swapped(value: Decimal) -> Decimal:
    """The last two digits changed over; the same number where they are equal."""
    text = f"{value:02f}"
    return Decimal(text[:-2] + text[-1] + text[-2])


HOW: list[Callable[[Decimal], Decimal]] = [lambda v: v + 1, lambda v: v * 10, swapped]


@pytest.mark.parametrize("edition", ["2021", "2019"])
@pytest.mark.parametrize("how", HOW, ids=["+1", "×10", "digits swapped"])
def test_every_single_change_breaks_exactly_its_relations(
    edition: str, how: Callable[[Decimal], Decimal]
) -> None:
    clean = clean_report(edition)
    for field_id in cells(edition):
        value = clean.value(field_id)
        assert value
        if how(value) == value:
            continue
        spoiled = changed(clean, field_id, how(value))
        findings = [(item.code, item.fields[0]) for item in check(spoiled)]
        assert sorted(findings) == sorted(relations_with(field_id, edition)), field_id


def test_there_are_190_cells_in_tables_three_and_four() -> None:
    assert len(list(cells("2021"))) == 190


@pytest.mark.parametrize(
    ("field_id", "code", "first"),
    [
        ("requests.new.total", "AR01", "requests.new.total"),
        ("requests.granted.company", "AR02", "requests.concluded.company"),
        ("requests.carried_out.company", "AR03", "requests.new.company"),
        ("disputes.direct.pending", "AR04", "disputes.direct.total"),
    ],
)
def test_the_first_field_is_the_cell_to_look_at(field_id: str, code: str, first: str) -> None:
    value = clean_report().value(field_id)
    assert value is not None
    [finding] = only(code, changed(clean_report(), field_id, value + 1))
    assert finding.fields[0] == first
    assert field_id in finding.fields
    assert finding.location is not None


def balance(new: int, carried_in: int, concluded: int, carried_out: int) -> AnnualReport:
    zero = dict.fromkeys(form("2021").fields, number(0))
    column = {"new": new, "carried_in": carried_in, "concluded": concluded, "granted": concluded}
    column["carried_out"] = carried_out
    rows = {f"requests.{row}.{name}": number(value) for row, value in column.items()
            for name in ("natural_person", "total")}  # fmt: skip
    return with_entries(clean_report(), zero | rows)


def test_both_sides_and_the_difference_are_said() -> None:
    finding, _ = check(balance(56, 1, 52, 6))
    assert finding.message.startswith(
        "三、申请办理“自然人”列不平：本年新收 56＋上年结转 1＝57；"
        "办理结果总计 52＋结转下年度 6＝58，右边多 1 件。"
    )
    assert finding.left == 57
    assert finding.right == 58
    assert finding.fix == "请查是否有同一件既计入办理结果又计入结转。"


def test_a_case_that_went_missing_is_asked_for() -> None:
    finding, _ = check(balance(5, 0, 3, 1))
    assert "左边多 1 件" in finding.message
    assert "既没有计入办理结果，也没有计入结转下年" in finding.fix


def total(value: int, *parts: int) -> AnnualReport:
    names = ("upheld", "corrected", "other", "pending")
    entries = {f"disputes.review.{name}": number(n) for name, n in zip(names, parts, strict=True)}
    return with_entries(clean_report(), entries | {"disputes.review.total": number(value)})


@pytest.mark.parametrize(
    ("report", "advice"),
    [
        (total(0, 2, 1, 0, 0), "总计填的是 0，各项相加为 3"),
        (total(21, 12, 0, 0, 0), "把 12 写成了 21"),
        (total(12, 12, 5, 0, 0), "相差数与“行政复议·结果纠正”相同，请查总计是否漏加这一项"),
        (total(22, 12, 5, 0, 0), "请查总计是否重复加了这一项"),
        (total(99, 12, 5, 0, 0), "请核对这几格"),
    ],
)
def test_the_likely_cause_is_said(report: AnnualReport, advice: str) -> None:
    [finding] = check(report)
    assert advice in finding.fix


@pytest.mark.parametrize("code", ["AR01", "AR02", "AR03", "AR04"])
def test_a_blank_side_is_not_evaluated(code: str) -> None:
    for relation in form("2021").instances(code):
        wrong = changed(clean_report(), relation.left[0].field, Decimal(99999))
        for term in relation.right:
            assert relation.left[0].field not in {
                item.fields[0] for item in only(code, with_entries(wrong, {term.field: BLANK}))
            }


def test_a_negative_side_is_its_own_finding_only() -> None:
    assert codes(holding("disputes.review.total", number(-7))) == ["IN03"]


def test_a_zero_report_balances() -> None:
    assert codes(balance(0, 0, 0, 0)) == []


REAL = {
    "pingtan-resources-2023": ["AR01", "AR01", "AR03"],
    "pingtan-police-2021": ["AR03", "AR03"],
    "pingtan-2020": ["AR02", "AR02"],
}


def test_the_real_reports_break_exactly_these_relations(reports: Path) -> None:
    files = sorted(reports.glob("*.json"))
    assert len(files) == 13
    found = {path.stem: codes(api.read(path)) for path in files}
    broken = {name: [code for code in seen if code != "IN01"] for name, seen in found.items()}
    assert {name: seen for name, seen in broken.items() if seen} == REAL


def test_the_blanks_of_the_real_reports_are_exactly_the_nulls(reports: Path) -> None:
    for path in sorted(reports.glob("*.json")):
        values = re.findall(r'"([\w.]+)": null', path.read_text("utf-8"))
        blanks = [key for item in only("IN01", api.read(path)) for key in item.fields]
        assert sorted(blanks) == sorted(values), path.stem
