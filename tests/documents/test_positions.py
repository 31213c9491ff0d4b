"""Where a finding is, in the words of the form."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from gk_xlsx.documents.positions import QUOTED, WHOLE, Position, in_order, position_of
from gk_xlsx.findings import CellLocation, Finding, Gate, Severity, TextLocation
from gk_xlsx.report import BLANK, AnnualReport, Entry, EntryKind, Signed
from gk_xlsx.resources import form
from tests.made import clean_report, number, with_entries

FORM = form("2021")


def _finding(
    *fields: str,
    sides: tuple[int, int] | None = None,
    place: CellLocation | TextLocation | None = None,
) -> Finding:
    left, right = map(Decimal, sides) if sides else (None, None)
    return Finding(
        *("ZZ99", "made-up", Severity.ERROR, Gate.DATA, "有误。"),
        fields=fields,
        left=left,
        right=right,
        location=place,
    )


def _position(finding: Finding, report: AnnualReport | None = None) -> Position:
    return position_of(finding, report or clean_report(), FORM)


def test_a_cell_is_named_by_sheet_row_and_column() -> None:
    report = with_entries(clean_report(), {"requests.partly_granted.company": number(7)})
    position = _position(_finding("requests.partly_granted.company"), report)
    assert position.place == "三、申请办理\n“（二）部分公开·商业企业”"
    assert position.found == "7"


def test_a_value_is_shown_as_it_was_written_and_cut_when_long() -> None:
    entries = {
        "requests.new.other": BLANK,
        "requests.new.company": Entry(EntryKind.TEXT, raw="三件左右"),
        "requests.new.social": Entry(EntryKind.TEXT, raw="长" * 9999),
    }
    position = _position(_finding(*entries), with_entries(clean_report(), entries))
    assert position.found == f"（空白）\n三件左右\n{'长' * QUOTED}……"


def test_many_cells_are_counted_and_a_whole_table_is_called_so() -> None:
    fields = [field.id for field in FORM.table("requests").fields]
    assert _position(_finding(*fields)).place == "三、申请办理\n全表"
    assert _position(_finding(*fields[:9])).place.endswith("\n等 9 格")


def test_a_relation_down_a_column_shows_the_column_and_its_parts() -> None:
    terms = [f"requests.{row}.total" for row in ("new", "carried_in", "concluded", "carried_out")]
    report = with_entries(clean_report(), dict(zip(terms, map(number, (5, 1, 4, 3)), strict=True)))
    position = _position(_finding(*terms, sides=(6, 7)), report)
    assert position.place == "三、申请办理\n“总计”列"
    assert position.found == "新收 5\n上年结转 1\n办结 4\n结转下年 3"


def test_a_relation_along_a_row_shows_the_row_its_total_and_the_sum() -> None:
    columns = ("total", "natural_person", "company")
    fields = [f"requests.granted.{column}" for column in columns]
    report = with_entries(clean_report(), {fields[0]: number(9)})
    position = _position(_finding(*fields, sides=(9, 8)), report)
    assert position.place == "三、申请办理\n“（一）予以公开”行"
    assert position.found == "9\n各项相加 8"


def test_a_relation_of_the_table_without_row_labels_shows_its_total() -> None:
    fields = ("disputes.review.total", "disputes.review.upheld")
    assert _position(_finding(*fields, sides=(2, 3))).place == "四、复议诉讼\n“行政复议·总计”"


@pytest.mark.parametrize(
    ("section", "heading"),
    [("overview", "一、总体情况"), ("preface", "前言"), ("elsewhere", "elsewhere")],
)
def test_a_passage_is_named_by_its_section(section: str, heading: str) -> None:
    place = TextLocation(section, "句" * (QUOTED + 1), 0, 9)
    position = _position(_finding(place=place))
    assert (position.place, position.found) == (heading, "句" * QUOTED + "……")


def test_without_a_report_the_location_is_all_there_is() -> None:
    place = CellLocation("三、申请办理", "D7", "（二）部分公开（区分处理的）", "自然人")
    found = position_of(_finding("requests.new.total", place=place), None, None)
    assert found.place == "三、申请办理\n“（二）部分公开·自然人”\nD7"
    assert position_of(_finding(), None, None).place == WHOLE


def test_the_date_of_the_signature_stands_below_the_text() -> None:
    report = replace(clean_report(), signed=Signed("某局", "2021年1月12日"))
    finding = replace(_finding(), code="FM05")
    position = _position(finding, report)
    assert (position.place, position.found) == ("落款", "2021年1月12日")
    assert position_of(finding, None, None).place == "落款"
    last = _position(_finding(place=TextLocation("other", "", 0, 0))).rank
    assert last < position.rank < _position(_finding()).rank


def test_findings_are_numbered_by_what_is_to_be_done_then_by_the_form() -> None:
    late, early = _finding("disputes.review.total"), _finding("proactive.licences.decisions")
    text = replace(_finding(), gate=Gate.TEXT)
    asked = replace(early, severity=Severity.WARNING)
    carried, told = replace(early, code="YR01"), replace(asked, explained="已说明")
    found = in_order([told, carried, asked, text, late, early], clean_report(), FORM)
    assert found == (early, late, text, asked, carried, told)


def test_positions_sort_by_the_form_then_the_text_then_the_rest() -> None:
    findings = [
        _finding("proactive.licences.decisions"),
        _finding("disputes.review.total"),
        _finding(place=TextLocation("preface", "", 0, 0)),
        _finding(place=TextLocation("other", "", 0, 0)),
        _finding(),
    ]
    ranks = [_position(finding).rank for finding in findings]
    assert ranks == sorted(ranks)
    assert len(set(ranks)) == len(ranks)
