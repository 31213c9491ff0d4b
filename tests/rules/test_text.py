from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

import pytest

from gk_xlsx.findings import Finding, Gate, Severity, TextLocation
from gk_xlsx.report import AnnualReport, Entry, EntryKind, LastYear, Origin, narrative
from gk_xlsx.resources import form
from gk_xlsx.rules.rule import Case
from gk_xlsx.rules.text import ALL_TEXT
from tests.made import number, with_entries, zero_report


def _report(text: str, values: Mapping[str, int], edition: str = "2021") -> AnnualReport:
    report = replace(zero_report(edition), narrative=narrative({"overview": text}.items()))
    return with_entries(report, {field: number(value) for field, value in values.items()})


def _found(report: AnnualReport) -> list[Finding]:
    case = Case(report, form(report.edition))
    return [finding for rule in ALL_TEXT for finding in rule.run(case)]


FAILING = {
    "TX01": ("收到政府信息公开申请21件。", {"requests.new.total": 19}, "requests.new.total"),
    "TX02": (
        "办结政府信息公开申请71件。",
        {"requests.concluded.total": 70},
        "requests.concluded.total",
    ),
    "TX03": (
        "办结政府信息公开申请9件，结转下年度3件。",
        {"requests.concluded.total": 9, "requests.carried_out.total": 5},
        "requests.carried_out.total",
    ),
    "TX04": (
        "收到政府信息公开申请9件，其中自然人8件。",
        {"requests.new.total": 9, "requests.new.natural_person": 7},
        "requests.new.natural_person",
    ),
    "TX05": (
        "政府信息公开申请予以公开及部分公开6件。",
        {"requests.granted.total": 3, "requests.partly_granted.total": 2},
        "requests.granted.total",
    ),
    "TX06": (
        "政府信息公开行政诉讼3件。",
        {"disputes.direct.total": 2, "disputes.after_review.total": 2},
        "disputes.direct.total",
    ),
    "TX07": (
        "制发行政规范性文件8件。",
        {"proactive.normative_documents.issued": 9},
        "proactive.normative_documents.issued",
    ),
    "TX08": ("公开信息37条，其中机构类14条、政策类20条、其他2条。", {}, ""),
    "TX09": (
        "政府信息公开申请办结9件，其中不予公开3件，占30%。",
        {"requests.concluded.total": 9, "requests.refused.deliberative.total": 3},
        "requests.refused.state_secret.total",
    ),
    "TX10": ("本年度未收到政府信息公开申请。", {"requests.new.total": 3}, "requests.new.total"),
    "TX11": (
        "收到政府信息公开申请9件，均已答复。",
        {"requests.new.total": 9, "requests.carried_out.total": 2},
        "requests.carried_out.total",
    ),
}


@pytest.mark.parametrize("code", FAILING)
def test_a_contradiction_is_found_with_its_cell_and_its_sentence(code: str) -> None:
    text, values, field = FAILING[code]
    report = _report(text, values)
    (finding,) = _found(report)
    assert finding.code == code
    assert finding.gate is Gate.TEXT
    assert finding.severity is (Severity.ERROR if code == "TX10" else Severity.WARNING)
    assert finding.fields[:1] == ((field,) if field else ())
    assert finding.left is not None
    assert finding.right is not None
    assert finding.left != finding.right
    place = finding.location
    assert isinstance(place, TextLocation)
    assert place.section == "overview"
    assert text[place.start : place.end] == place.quote == text.rstrip("。")


@pytest.mark.parametrize("code", FAILING)
def test_the_same_sentence_is_silent_where_the_table_agrees(code: str) -> None:
    agreeing = {
        "TX01": {"requests.new.total": 20, "requests.carried_in.total": 1},
        "TX02": {"requests.concluded.total": 71},
        "TX03": {"requests.concluded.total": 9, "requests.carried_out.total": 3},
        "TX04": {"requests.new.total": 9, "requests.new.natural_person": 8},
        "TX05": {"requests.granted.total": 4, "requests.partly_granted.total": 2},
        "TX06": {"disputes.direct.total": 1, "disputes.after_review.total": 2},
        "TX07": {"proactive.normative_documents.issued": 8},
        "TX10": {},
        "TX11": {"requests.new.total": 9},
    }
    if code in agreeing:
        assert _found(_report(FAILING[code][0], agreeing[code])) == []


def test_the_message_names_sentence_and_cell_with_both_numbers() -> None:
    text, values, _ = FAILING["TX02"]
    (finding,) = _found(_report(text, values))
    assert finding.message == (
        "“一、总体情况”写“办结政府信息公开申请71件”，三、申请办理“（七）总计·总计”为 70 件。"
    )
    assert finding.fix == "请核对改哪一处；如口径不同（如含协办件），请写明。"


def test_a_blank_cell_is_compared_with_nothing() -> None:
    report = _report("收到政府信息公开申请21件。", {})
    blank = Entry(EntryKind.BLANK)
    columns = ("natural_person", "company", "research", "social", "legal_service", "other", "total")
    report = with_entries(report, {f"requests.new.{column}": blank for column in columns})
    assert _found(report) == []


def test_a_blank_total_is_at_least_the_sum_of_its_known_parts() -> None:
    report = _report("政府信息公开申请予以公开5件。", {"requests.granted.natural_person": 6})
    blanks = dict.fromkeys(
        ("requests.granted.company", "requests.granted.total"), Entry(EntryKind.BLANK)
    )
    (finding,) = _found(with_entries(report, blanks))
    assert (finding.code, finding.left, finding.right) == ("TX05", Decimal(5), Decimal(6))
    assert "至少有 6 件" in finding.message
    more = replace(report, narrative=narrative([("overview", "政府信息公开申请予以公开7件。")]))
    assert _found(with_entries(more, blanks)) == []


def test_zeros_of_a_zero_report_count() -> None:
    report = zero_report()
    assumed = Entry(EntryKind.NUMBER, Decimal(0), origin=Origin.ZERO_REPORT)
    report = with_entries(report, dict.fromkeys(report.entries, assumed))
    report = replace(report, narrative=narrative([("overview", "收到依申请公开3件。")]))
    assert [finding.code for finding in _found(report)] == ["TX10"]


def test_comparisons_with_last_year_need_last_years_report() -> None:
    report = _report("收到政府信息公开申请30件，同比增长10%。", {"requests.new.total": 30})
    assert _found(report) == []
    last = LastYear(report.year - 1, "", "2021", {"requests.new.total": Decimal(25)})
    (finding,) = _found(replace(report, last_year=last))
    assert (finding.code, finding.left, finding.right) == ("TX09", Decimal(10), Decimal(20))


def test_documents_of_the_edition_of_2019_are_those_newly_made() -> None:
    values = {"proactive.normative_documents.made": 9}
    (finding,) = _found(_report("制发行政规范性文件8件，现行有效30件。", values, "2019"))
    assert (finding.code, finding.fields) == ("TX07", ("proactive.normative_documents.made",))


def test_what_is_said_twice_is_found_once() -> None:
    report = _report("收到政府信息公开申请21件。", {"requests.new.total": 19})
    twice = dict(report.narrative) | {"requests": "收到申请21件。"}
    assert len(_found(replace(report, narrative=narrative(twice.items())))) == 1


def test_a_report_without_text_gives_nothing() -> None:
    assert _found(zero_report()) == []
