"""Where a line stands: from its files, what was found in them, and what the office noted."""

from __future__ import annotations

import datetime
from dataclasses import replace

import pytest

from gk_xlsx.findings import Finding, Gate, Severity, Verdict
from gk_xlsx.rollup.collecting import Collection, collection_of, year_of
from gk_xlsx.rollup.filing import Filed, file_all
from gk_xlsx.rollup.names import Names
from gk_xlsx.rollup.received import Received, Register, RegisterEntry, Role, Sender
from gk_xlsx.rollup.roster import Roster, RosterLine, Standing
from gk_xlsx.rollup.states import Fate, LineStatus, State, statuses
from gk_xlsx.units import Scope
from tests.rollup.received_files import (
    FORM,
    ROSTER,
    YEAR,
    figures,
    finding,
    received,
    unreadable,
)

UNIT = "河口区教育局"
ASKED = finding("YR02", Severity.WARNING)
TEXT_ERROR = finding("FM01", gate=Gate.TEXT)


def collected(
    *files: Received,
    roster: Roster = ROSTER,
    register: Register | None = None,
    submit_by: datetime.date | None = None,
) -> Collection:
    filed = file_all(files, Names(roster))
    return collection_of(roster, FORM, YEAR, filed, register=register, submit_by=submit_by)


def first(
    *files: Received, register: Register | None = None, about: tuple[Finding, ...] = ()
) -> LineStatus:
    """Where the first line stands."""
    lines = statuses(collected(*files, register=register), {"1": about}, {"YR01"})
    return lines[0]


def noted(**said: str) -> Register:
    return Register({"1": RegisterEntry("1", UNIT, **said)})


def without_text(item: Received) -> Received:
    assert item.checked is not None
    return replace(item, checked=replace(item.checked, text=Verdict.NONE))


@pytest.mark.parametrize(
    ("files", "state"),
    [
        ([], State.MISSING),
        ([received("教育局盖章.jpg", role=Role.SEALED)], State.MISSING),
        ([unreadable("教育局.xlsx")], State.UNREADABLE),
        ([unreadable("教育局.rar", Role.OTHER)], State.UNREADABLE),
        ([received("a.xlsx", UNIT)], State.PASSED),
        ([received("a.xlsx", UNIT, finding())], State.TO_FIX),
        ([received("a.xlsx", UNIT, TEXT_ERROR)], State.TO_FIX),
        ([received("a.xlsx", UNIT, ASKED)], State.TO_EXPLAIN),
        ([received("a.xlsx", UNIT, finding("LG02", Severity.NOTE))], State.PASSED),
        ([without_text(received("a.xlsx", UNIT))], State.RECEIVED),
    ],
)
def test_a_line_stands_where_its_files_put_it(files: list[Received], state: State) -> None:
    assert first(*files).state is state


def test_a_report_of_another_year_is_not_received() -> None:
    old = replace(received("a.xlsx", UNIT), sender=_of_year(2024))
    status = first(old)
    assert status.state is State.WRONG_YEAR
    assert [(item.fate, item.why) for item in status.held] == [(Fate.WRONG_YEAR, "是 2024 年的")]


def test_two_versions_in_no_order_leave_the_line_unclear() -> None:
    other = received("a(1).xlsx", UNIT, figures=figures(requests__new__total=2))
    status = first(received("a.xlsx", UNIT), other)
    assert status.state is State.UNCLEAR
    assert {item.fate for item in status.held} == {Fate.UNTOLD}


def test_the_figures_are_judged_by_the_workbook_and_the_text_by_the_document() -> None:
    book = received("a.xlsx", UNIT, finding("AR01"), TEXT_ERROR)
    word = received(
        "a.docx", UNIT, finding("AR02"), finding("FM02", gate=Gate.TEXT), role=Role.TEXT
    )
    assert [item.code for item in first(book, word).findings] == ["AR01", "FM02"]


def test_a_document_alone_is_judged_in_full_and_that_is_said() -> None:
    word = received("a.docx", UNIT, finding("AR02"), TEXT_ERROR, role=Role.TEXT)
    status = first(word)
    assert [item.code for item in status.findings] == ["AR02", "FM01"]
    assert any("数据取自报告文本" in remark for remark in status.remarks)


def test_tables_that_are_pictures_are_told_once_of_a_document_alone() -> None:
    """Beside a workbook they are a defect of the text only."""
    seen = finding("IN09"), finding("FM15", gate=Gate.TEXT)
    word = received("a.docx", UNIT, *seen, role=Role.TEXT)
    assert [item.code for item in first(word).findings] == ["IN09"]
    assert [item.code for item in first(received("a.xlsx", UNIT), word).findings] == ["FM15"]


def test_an_old_word_file_beside_a_workbook_concerns_the_text_only() -> None:
    status = first(received("a.xlsx", UNIT), unreadable("教育局.doc", Role.TEXT))
    assert (status.state, status.data, status.text) == (
        State.TO_FIX,
        Verdict.PASS,
        Verdict.UNREADABLE,
    )


def test_an_unreadable_file_beside_a_good_one_of_its_kind_is_only_listed() -> None:
    status = first(received("a.xlsx", UNIT), unreadable("教育局.xlsx"))
    assert status.state is State.PASSED
    assert [item.fate for item in status.held] == [Fate.COUNTS, Fate.UNREADABLE]


def test_what_replaced_a_file_is_said() -> None:
    new = received("a更正.xlsx", UNIT, figures=figures(requests__new__total=2))
    old, _ = first(received("a.xlsx", UNIT), new).held
    assert (old.fate, old.why) == (Fate.REPLACED, "采用 a更正.xlsx：名称写明是后报的")


def test_findings_on_the_set_count_like_its_own() -> None:
    status = first(received("a.xlsx", UNIT), about=(finding("RO10"),))
    assert (status.state, status.data) == (State.TO_FIX, Verdict.FIX)


# -- what the office noted -----------------------------------------------------------------


def test_an_oral_explanation_lifts_questions_and_the_carry_over() -> None:
    file = received("a.xlsx", UNIT, ASKED, finding("YR01"))
    status = first(file, register=noted(spoken="1月3日张三来电：职能划转"))
    assert status.state is State.PASSED
    assert all("1月3日张三来电" in (item.explained or "") for item in status.findings)


def test_an_oral_explanation_lifts_no_other_error_and_no_missing_report() -> None:
    said = noted(spoken="已说明")
    assert first(received("a.xlsx", UNIT, finding()), register=said).state is State.TO_FIX
    missing = first(register=said, about=(finding("RO01", Severity.WARNING),))
    assert missing.findings[0].explained is None


def test_a_pass_in_the_register_lifts_questions_and_no_error() -> None:
    said = noted(verdict="通过")
    assert first(received("a.xlsx", UNIT, ASKED), register=said).state is State.PASSED
    wrong = first(received("a.xlsx", UNIT, finding("YR02")), register=said)
    assert wrong.state is State.TO_FIX
    assert any("还有错误没有改正" in remark for remark in wrong.remarks)


def test_what_the_office_sent_back_has_not_passed() -> None:
    status = first(received("a.xlsx", UNIT), register=noted(verdict="退回"))
    assert status.state is State.TO_FIX
    assert any("按待修改列出" in remark for remark in status.remarks)
    assert first(register=noted(verdict="退回")).state is State.MISSING


def test_a_written_explanation_is_not_written_over() -> None:
    file = received("a.xlsx", UNIT, replace(ASKED, explained="写在表里的"))
    assert first(file, register=noted(spoken="口头的")).findings[0].explained == "写在表里的"


def test_a_file_to_be_used_that_is_not_there_is_said() -> None:
    status = first(received("a.xlsx", UNIT), register=noted(used="b.xlsx"))
    assert any("没有这个文件" in remark for remark in status.remarks)


def test_the_registers_day_decides_about_lateness() -> None:
    limit = datetime.date(2026, 1, 9)
    file = received("a.xlsx", UNIT)
    late = statuses(collected(file, submit_by=limit), {})[0]
    known = noted(received="2026-01-08")
    early = statuses(collected(file, submit_by=limit, register=known), {})[0]
    assert (late.late, early.late) == (True, False)


def test_a_day_that_is_none_is_never_late() -> None:
    register = noted(received="年后")
    limit = datetime.date(2026, 1, 1)
    assert not statuses(collected(submit_by=limit, register=register), {})[0].late


# -- of whom nothing is expected -----------------------------------------------------------


def test_a_dissolved_body_owes_nothing_and_what_it_sends_does_not_count() -> None:
    gone = Roster((replace(ROSTER.lines[0], standing=Standing.MERGED),))
    status = statuses(collected(received("a.xlsx", UNIT), roster=gone), {})[0]
    assert status.state is State.NOT_DUE
    assert [item.fate for item in status.held] == [Fate.NOT_DUE]


def _tree() -> Roster:
    area = RosterLine(2, "河口区人民政府", "0", scope=Scope.AREA)
    return Roster((area, *(replace(line, parent="0") for line in ROSTER)))


def test_a_sum_that_is_made_here_is_not_waited_for() -> None:
    whole, *units = statuses(collected(roster=_tree()), {})
    assert (whole.state, whole.bundle.not_due) == (State.NOT_DUE, "由下级各单位汇总得出")
    assert {item.state for item in units} == {State.MISSING}


def test_a_sum_that_came_in_stands_for_all_below_it() -> None:
    merged = received("汇总表.xlsx", "河口区人民政府")
    school = received("a.xlsx", UNIT)
    whole, one, *others = statuses(collected(merged, school, roster=_tree()), {})
    assert (whole.state, one.state) == (State.PASSED, State.PASSED)
    assert {item.bundle.not_due for item in others} == {"已含在“河口区人民政府”的汇总里"}


def test_the_year_is_the_one_most_reports_are_of() -> None:
    files = [
        replace(received(str(year), UNIT), sender=_of_year(year)) for year in (2024, 2025, 2025, 0)
    ]
    assert year_of([Filed(item) for item in files]) == 2025
    assert year_of([Filed(received("a.jpg"))]) is None


def test_the_year_is_that_of_the_units_whatever_else_lies_there() -> None:
    own = Filed(replace(received("a", UNIT), sender=_of_year(2025)), line="1")
    others = [Filed(replace(received("b", "别处"), sender=_of_year(2021)))] * 3
    assert year_of([*others, own]) == 2025


def _of_year(year: int) -> Sender:
    sender = received("a", UNIT).sender
    assert sender is not None
    return replace(sender, year=year)
