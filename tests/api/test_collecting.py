"""Collecting from real files: who stands where, what is remembered, what the register keeps."""

from __future__ import annotations

import datetime
import io
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from gk_xlsx import api
from gk_xlsx.api.collecting import chosen, collect, fingerprint, keep_register
from gk_xlsx.api.reading import MAX_TEXT
from gk_xlsx.errors import GkXlsxError
from gk_xlsx.findings import Verdict
from gk_xlsx.inbox.memory import Memory
from gk_xlsx.inbox.register import RegisterColumn
from gk_xlsx.report import BLANK, AnnualReport, Part
from gk_xlsx.rollup.collected import Collected
from gk_xlsx.rollup.last_reports import LastReport, LastReports
from gk_xlsx.rollup.received import Received, Role
from gk_xlsx.rollup.states import Fate, State
from gk_xlsx.units import Scope
from tests.api.deliveries import (
    MOMENT,
    MONEY,
    ROSTER,
    SCHOOLS,
    WATER,
    YEAR,
    Office,
    book,
    json_of,
    line,
    report,
    states,
    word,
)
from tests.made import last_year
from tests.workbook.merged_books import book_of, clean_merge

LATER = MOMENT + datetime.timedelta(days=7)
JPEG, RAR, OLE = (
    b"\xff\xd8\xff\xe0....",
    b"Rar!\x1a\x07\x00....",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
)


@pytest.fixture
def office(tmp_path: Path) -> Office:
    made = Office(tmp_path / "年报2025")
    made.received.mkdir(parents=True)
    return made


def codes(collected: Collected) -> list[str]:
    """The findings that need more than one file."""
    return [item.finding.code for item in collected.found]


def zipped(members: Mapping[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        for name, data in members.items():
            package.writestr(name, data)
    return buffer.getvalue()


# -- what comes in -------------------------------------------------------------------------


def test_a_bundle_of_workbook_word_and_scan_is_one_report(office: Office, tmp_path: Path) -> None:
    made = report(SCHOOLS)
    bundle = {
        "表.xlsx": book(made, tmp_path),
        "年度报告.docx": word(made, tmp_path),
        "扫描件.jpg": JPEG,
    }
    office.put("教育局.zip", zipped(bundle))
    status = line(collect(office.gathering()), SCHOOLS)
    assert status.state is State.PASSED
    roles = {item.filed.received.name: item.filed.received.role for item in status.held}
    assert roles == {
        "表.xlsx": Role.FIGURES,
        "年度报告.docx": Role.TEXT,
        "扫描件.jpg": Role.SEALED,
    }


def test_every_line_stands_somewhere(office: Office) -> None:
    office.put("a.json", json_of(report(SCHOOLS)))
    office.put("b.json", json_of(report(MONEY, requests__new__natural_person=3)))
    assert states(collect(office.gathering())) == {
        SCHOOLS: State.PASSED,
        MONEY: State.TO_FIX,
        WATER: State.MISSING,
    }


def test_word_is_held_against_the_workbook_cell_by_cell(office: Office, tmp_path: Path) -> None:
    office.put("教育局.xlsx", book(report(SCHOOLS), tmp_path))
    changed = report(SCHOOLS, disputes__review__upheld=2)
    office.put("教育局.docx", word(changed, tmp_path))
    collected = collect(office.gathering())
    message = next(item.finding for item in collected.found if item.finding.code == "RO10").message
    assert "“行政复议·结果维持”填报表 0、报告文本 2" in message
    assert line(collected, SCHOOLS).data is Verdict.FIX


def test_files_that_nobody_can_read_are_received_and_said(office: Office) -> None:
    office.put("教育局.rar", RAR)
    office.put("财政局年度报告.doc", OLE + b"\0" * 600)
    office.put("水利局.xlsx", b"PK\x03\x04 broken")
    collected = collect(office.gathering())
    assert set(states(collected).values()) == {State.UNREADABLE}
    assert all(item.held[0].fate is Fate.UNREADABLE for item in collected.lines)


def test_a_pdf_that_is_called_a_scan_is_one_and_is_not_read(office: Office) -> None:
    office.put("教育局盖章件.pdf", b"%PDF-1.4 whatever")
    [held] = line(collect(office.gathering()), SCHOOLS).held
    assert (held.filed.received.role, held.fate) == (Role.SEALED, Fate.KEPT)


def test_a_pdf_that_is_a_picture_of_paper_is_a_scan(office: Office) -> None:
    pytest.importorskip("pdfplumber")
    office.put("教育局.pdf", _scanned())
    [held] = line(collect(office.gathering()), SCHOOLS).held
    assert (held.filed.received.role, held.fate) == (Role.SEALED, Fate.KEPT)


def _scanned() -> bytes:
    from PIL import Image

    buffer = io.BytesIO()
    Image.new("L", (1240, 1754), 255).save(buffer, "PDF", resolution=150)
    return buffer.getvalue()


def test_letters_and_lists_are_no_reports_and_no_fault(office: Office) -> None:
    office.put("说明.txt", "各位同事，附件是我局材料，请查收。".encode())
    office.put("教育局/目录.md", "# 目录\n\n1. 填报表\n".encode())
    collected = collect(office.gathering())
    assert codes(collected) == ["RO01"] * 3
    assert [item.received.role for item in collected.collection.strangers] == [Role.OTHER]


def test_a_report_without_its_tables_is_still_the_reports_text(office: Office) -> None:
    text = "\n\n".join(
        (f"{SCHOOLS}2025年政府信息公开工作年度报告", "一、总体情况", "全年公开信息二十条。",
         "五、存在的主要问题及改进情况", "更新不够及时，下一步改进。")
    )  # fmt: skip
    office.put("教育局.txt", text.encode())
    office.put("教育局.json", json_of(report(SCHOOLS)))
    collected = collect(office.gathering())
    assert line(collected, SCHOOLS).bundle.text.counts is not None
    assert codes(collected).count("RO10") == 3


def test_a_text_too_long_for_a_report_is_not_read_whatever_it_came_in(office: Office) -> None:
    long = f"{SCHOOLS}2025年政府信息公开工作年度报告\n\n一、总体情况\n\n{'甲' * MAX_TEXT}"
    office.put("教育局.txt", f"{long}\n\n五、存在的主要问题及改进情况\n\n更新不够及时。".encode())
    office.put("财政局.json", json_of(replace(report(MONEY), narrative={"other": long})))
    collected = collect(office.gathering())
    for unit in (SCHOOLS, MONEY):
        [held] = line(collected, unit).held
        checked = held.filed.received.checked
        assert held.fate is Fate.UNREADABLE
        assert checked is not None
        assert [item.code for item in checked.findings] == ["FI05"]


def test_the_year_is_told_by_the_reports_where_nobody_gives_it(office: Office) -> None:
    office.put("a.json", json_of(report(SCHOOLS)))
    office.put("b.json", json_of(replace(report(MONEY), year=2024)))
    office.put("c.json", json_of(report(WATER)))
    collected = collect(replace(office.gathering(), year=None))
    assert collected.collection.year == YEAR
    assert states(collected)[MONEY] is State.WRONG_YEAR


def test_without_any_report_and_year_nothing_is_guessed(office: Office) -> None:
    with pytest.raises(GkXlsxError, match="--year"):
        collect(replace(office.gathering(), year=None))


def test_a_folder_that_is_not_there_is_said(office: Office) -> None:
    with pytest.raises(GkXlsxError, match="没有这个文件夹"):
        collect(replace(office.gathering(), folder=office.folder / "none"))


def test_a_file_that_the_system_will_not_give_is_a_failure(office: Office) -> None:
    (office.received / "a.xlsx").symlink_to(office.folder / "gone")
    office.put("b.json", json_of(report(SCHOOLS)))
    collected = collect(office.gathering())
    assert len(collected.failures) == 1
    assert states(collected)[SCHOOLS] is State.PASSED


def test_explanations_beside_a_report_count(office: Office) -> None:
    office.put("a.json", json_of(_with_question()))
    question = line(collect(office.gathering()), SCHOOLS)
    assert question.state is State.TO_EXPLAIN
    said = '{"explanations": [{"code": "YR02", "fields": ["%s"], "text": "清理所致"}]}'
    office.put("a.说明.json", (said % question.findings[0].fields[0]).encode())
    assert states(collect(office.gathering()))[SCHOOLS] is State.PASSED


def test_explanations_that_cannot_be_read_are_a_question(office: Office) -> None:
    office.put("a.json", json_of(report(SCHOOLS)))
    office.put("a.说明.json", b"{")
    status = line(collect(office.gathering()), SCHOOLS)
    assert status.state is State.TO_EXPLAIN
    assert "情况说明文件" in status.findings[0].message


def test_last_years_reports_are_those_of_the_line(office: Office) -> None:
    office.put("a.json", json_of(report(SCHOOLS)))
    last = last_year(report(SCHOOLS), natural_person=4, total=4)
    known = LastReport(report(SCHOOLS).unit, Scope.BODY, last, "去年.json")
    gathering = replace(office.gathering(), last=LastReports((known,), ROSTER))
    found = {item.code for item in line(collect(gathering), SCHOOLS).findings}
    assert "YR01" in found


def test_a_sum_beside_what_it_was_made_of_is_told_before_anything_is_merged(
    office: Office,
) -> None:
    own = report(SCHOOLS)
    office.put("教育局.json", json_of(own))
    parts = (Part("001", SCHOOLS, Scope.BODY, "ab" * 32),)
    office.put("财政局.json", json_of(replace(report(MONEY), parts=parts)))
    collected = collect(office.gathering())
    assert codes(collected).count("RO09") == 1
    assert collected.failed


def _with_question() -> AnnualReport:
    """A report that asks one thing: more documents in force than there can be."""
    last = last_year(report(SCHOOLS))
    made = report(SCHOOLS, proactive__normative_documents__in_force=9)
    return replace(made, last_year=last)


# -- what is remembered --------------------------------------------------------------------


def _shown(collected: Collected) -> object:
    """Everything of a run but what is new in it."""
    return (
        [replace(item, bundle=None, held=()) for item in collected.lines],  # type: ignore[arg-type] # compared below
        [
            [replace(held.filed.received, new=False) for held in item.held]
            for item in collected.lines
        ],
        [replace(item.received, new=False) for item in collected.collection.strangers],
        collected.found,
        collected.collection.year,
    )


def _fill(office: Office, folder: Path) -> None:
    office.put("教育局.xlsx", book(report(SCHOOLS, requests__new__company=4), folder))
    office.put("教育局.docx", word(report(SCHOOLS), folder))
    office.put("材料.zip", zipped({"财政局.json": json_of(report(MONEY)), "盖章.jpg": JPEG}))
    office.put("水利局.rar", RAR)
    office.put("别的.json", json_of(report("河口区水文站")))


def test_a_second_run_finds_the_same_out_of_memory(office: Office, tmp_path: Path) -> None:
    _fill(office, tmp_path)
    first, second = (collect(office.gathering()) for _ in range(2))
    assert _shown(first) == _shown(second)
    assert repr(_shown(first)) == repr(_shown(second))


def test_a_second_run_reads_only_what_is_new(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _fill(office, tmp_path)
    collect(office.gathering())
    kept: list[str] = []

    def keep(_: Memory, read: Received, __: str) -> None:
        kept.append(read.path)

    monkeypatch.setattr(Memory, "keep", keep)
    office.put("新来/水利局.json", json_of(report(WATER)))
    collected = collect(office.gathering(LATER))
    assert kept == ["新来/水利局.json"]
    assert [item.path for item in collected.new] == ["新来/水利局.json"]


def test_a_file_that_was_moved_is_known_again(office: Office) -> None:
    path = office.put("a.json", json_of(report(SCHOOLS)))
    collect(office.gathering())
    path.rename(office.received / "b.json")
    collected = collect(office.gathering(LATER))
    status = line(collected, SCHOOLS)
    assert collected.new == ()
    assert status.held[0].filed.received.path == "b.json"
    assert status.bundle.arrived == MOMENT.date().isoformat()


def test_other_settings_judge_again(office: Office) -> None:
    office.put("a.json", json_of(report(SCHOOLS, requests__new__company=4)))
    gathering = office.gathering()
    assert states(collect(gathering))[SCHOOLS] is State.TO_FIX
    off = replace(gathering.settings.rules, off=frozenset(("AR03", "TX10")))
    milder = replace(gathering, settings=replace(gathering.settings, rules=off))
    found = {item.code for item in line(collect(milder), SCHOOLS).findings}
    assert "AR03" not in found


def test_last_years_figures_that_come_later_are_judged_by(office: Office) -> None:
    office.put("a.json", json_of(report(SCHOOLS)))
    collect(office.gathering())
    last = last_year(report(SCHOOLS), natural_person=4, total=4)
    known = LastReport(report(SCHOOLS).unit, Scope.BODY, last, "去年.json")
    gathering = replace(office.gathering(), last=LastReports((known,), ROSTER))
    assert "YR01" in {item.code for item in line(collect(gathering), SCHOOLS).findings}


def test_a_damaged_memory_costs_nothing_but_time(office: Office, tmp_path: Path) -> None:
    _fill(office, tmp_path)
    first = collect(office.gathering())
    for path in (office.folder / ".gk-xlsx").rglob("*.json"):
        path.write_bytes(path.read_bytes()[:50])
    assert _shown(collect(office.gathering())) == _shown(first)


def test_this_program_has_a_mark_of_its_own() -> None:
    assert len(fingerprint()) == 64


# -- the register --------------------------------------------------------------------------


def _cell(office: Office, column: RegisterColumn, row: int = 2) -> object:
    page = openpyxl.load_workbook(office.register).worksheets[0]
    heads = [page.cell(1, at).value for at in range(1, page.max_column + 1)]
    return page.cell(row, heads.index(column.value) + 1).value


def _note(office: Office, column: RegisterColumn, text: str, row: int = 2) -> None:
    workbook = openpyxl.load_workbook(office.register)
    page = workbook.worksheets[0]
    heads = [page.cell(1, at).value for at in range(1, page.max_column + 1)]
    page.cell(row, heads.index(column.value) + 1, text)
    workbook.save(office.register)


def _run(office: Office, moment: datetime.datetime = MOMENT) -> tuple[Collected, tuple[str, ...]]:
    gathering = office.gathering(moment)
    collected = collect(gathering)
    return collected, keep_register(gathering, collected)


def test_the_register_is_made_and_then_kept(office: Office) -> None:
    office.put("a.json", json_of(report(SCHOOLS)))
    _run(office)
    assert _cell(office, RegisterColumn.STATE) == "审核通过"
    office.put("b.json", json_of(report(MONEY)))
    _, said = _run(office, LATER)
    assert _cell(office, RegisterColumn.STATE, row=3) == "审核通过"
    assert "已更新" in said[0]
    _, said = _run(office, LATER)
    assert said == ()


def test_the_first_day_stays_whatever_comes_later(office: Office) -> None:
    office.put("a.json", json_of(report(SCHOOLS)))
    _run(office)
    office.put("更正/a.json", json_of(report(SCHOOLS, disputes__review__upheld=1)))
    _run(office, LATER)
    assert str(_cell(office, RegisterColumn.RECEIVED)).startswith("2026-01-12")


def test_the_chiefs_choice_of_file_is_followed(office: Office) -> None:
    office.put("a.json", json_of(report(SCHOOLS)))
    office.put("b.json", json_of(report(SCHOOLS, disputes__review__upheld=1)))
    collected, _ = _run(office)
    assert line(collected, SCHOOLS).state is State.UNCLEAR
    _note(office, RegisterColumn.USED, "a.json")
    collected, _ = _run(office)
    assert line(collected, SCHOOLS).state is State.PASSED
    assert _cell(office, RegisterColumn.USED) == "a.json"


def test_what_was_explained_by_phone_is_explained(office: Office) -> None:
    office.put("a.json", json_of(_with_question()))
    assert line(_run(office)[0], SCHOOLS).state is State.TO_EXPLAIN
    _note(office, RegisterColumn.SPOKEN, "1月13日王五来电")
    status = line(_run(office)[0], SCHOOLS)
    assert status.state is State.PASSED
    assert "1月13日王五来电" in (status.findings[0].explained or "")


def test_a_register_that_is_open_elsewhere_is_left_alone(office: Office) -> None:
    _run(office)
    before = office.register.read_bytes()
    office.register.with_name("~$收发登记.xlsx").write_bytes(b"")
    office.put("a.json", json_of(report(SCHOOLS)))
    _, said = _run(office, LATER)
    assert office.register.read_bytes() == before
    assert "正在别的程序里打开" in said[0]


def test_the_register_before_is_kept(office: Office) -> None:
    _run(office)
    before = office.register.read_bytes()
    office.put("a.json", json_of(report(SCHOOLS)))
    _run(office, LATER)
    assert (office.folder / ".gk-xlsx" / "收发登记.上一份.xlsx").read_bytes() == before


def test_a_merged_workbook_is_no_register_and_stays(office: Office) -> None:
    office.register.write_bytes(book_of(clean_merge()))
    before = office.register.read_bytes()
    office.put("a.json", json_of(report(SCHOOLS)))
    with pytest.raises(GkXlsxError, match="这是汇总表，不是收发登记。"):
        _run(office)
    assert office.register.read_bytes() == before


def test_a_register_that_cannot_be_read_stops_the_run_and_stays(office: Office) -> None:
    office.register.write_bytes(b"damaged")
    office.put("a.json", json_of(report(SCHOOLS)))
    with pytest.raises(GkXlsxError, match="收发登记"):
        collect(office.gathering())
    assert office.register.read_bytes() == b"damaged"


def test_a_run_that_was_killed_is_finished_by_the_next(office: Office, tmp_path: Path) -> None:
    _fill(office, tmp_path)
    undisturbed = collect(office.gathering())
    for path in sorted((office.folder / ".gk-xlsx").rglob("*"), reverse=True):
        path.unlink() if path.is_file() else path.rmdir()

    def dies(items: Sequence[Path], _: str) -> Iterator[Path]:
        yield from items[:3]
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        collect(office.gathering(), dies)
    left = [path.name for path in office.folder.rglob("*") if path.is_file()]
    assert not [name for name in left if name.endswith(".tmp")]
    assert not office.register.exists()
    assert _shown(collect(office.gathering())) == _shown(undisturbed)


# -- for merging ---------------------------------------------------------------------------


def test_the_report_that_counts_is_opened_again_for_each_line(office: Office) -> None:
    office.put("a.json", json_of(report(SCHOOLS, disputes__review__upheld=1)))
    office.put("a更正.json", json_of(report(SCHOOLS, disputes__review__upheld=2)))
    office.put("b.zip", zipped({"财政局.json": json_of(report(MONEY))}))
    gathering = office.gathering()
    found = {
        status.bundle.line.name: (opened.path, opened.report.value("disputes.review.upheld"))
        for status, opened in chosen(gathering, collect(gathering))
    }
    assert found == {
        SCHOOLS: ("a更正.json", Decimal(2)),
        MONEY: ("b.zip/财政局.json", Decimal(0)),
    }


def test_a_file_that_changed_since_is_left_out(office: Office) -> None:
    path = office.put("a.json", json_of(report(SCHOOLS)))
    gathering = office.gathering()
    collected = collect(gathering)
    path.write_bytes(json_of(report(SCHOOLS, disputes__review__upheld=2)))
    assert list(chosen(gathering, collected)) == []


def test_a_blank_is_no_zero_here_either(office: Office) -> None:
    made = report(SCHOOLS)
    blank = replace(made, entries={**made.entries, "disputes.review.upheld": BLANK})
    office.put("a.json", json_of(blank))
    status = line(collect(office.gathering()), SCHOOLS)
    assert "IN01" in {item.code for item in status.findings}
    assert api.read(office.received / "a.json").value("disputes.review.upheld") is None
