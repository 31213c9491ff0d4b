"""What goes back to the units: a letter, the workbook to mend, the finished report."""

from __future__ import annotations

import io
from pathlib import Path

import docx
import openpyxl
import pytest

from gk_xlsx import api
from gk_xlsx.api.answering import answers, answers_planned
from gk_xlsx.api.collecting import collect
from gk_xlsx.api.contributing import contributed
from gk_xlsx.api.merging import MergeTask, merged_of
from gk_xlsx.rollup.collected import Collected
from gk_xlsx.units import Unit
from tests.api.deliveries import (
    MONEY,
    SCHOOLS,
    WATER,
    Office,
    book,
    json_of,
    line,
    report,
    word,
)

LETTER = "审核意见反馈单.docx"


@pytest.fixture
def office(tmp_path: Path) -> Office:
    made = Office(tmp_path / "年报2025")
    made.received.mkdir(parents=True)
    return made


def packages(office: Office) -> dict[str, bytes]:
    """Every file that is made, by its path."""
    gathering = office.gathering()
    collected = collect(gathering)
    made = list(answers(gathering, collected))
    assert {item.path for item in made} == set(answers_planned(collected))
    assert all(item.data is not None for item in made), [item.remark for item in made]
    return {item.path.as_posix(): item.data or b"" for item in made}


def text_of(data: bytes) -> str:
    document = docx.Document(io.BytesIO(data))
    cells = (cell.text for table in document.tables for row in table.rows for cell in row.cells)
    return "\n".join((*(paragraph.text for paragraph in document.paragraphs), *cells))


def test_who_sent_nothing_gets_nothing(office: Office) -> None:
    assert packages(office) == {}


def test_a_unit_that_passed_gets_its_report_back_finished(office: Office, tmp_path: Path) -> None:
    office.put("教育局.xlsx", book(report(SCHOOLS), tmp_path))
    made = packages(office)
    assert set(made) == {
        f"001{SCHOOLS}/{LETTER}",
        f"001{SCHOOLS}/{SCHOOLS}2025年政府信息公开工作年度报告.docx",
    }
    assert "审核通过" in text_of(made[f"001{SCHOOLS}/{LETTER}"])


def test_a_report_the_office_sent_back_itself_gets_no_letter_of_acceptance(
    office: Office, tmp_path: Path
) -> None:
    office.put("教育局.xlsx", book(report(SCHOOLS), tmp_path))
    register = openpyxl.Workbook()
    for row in (("单位名称", "审核结论"), (SCHOOLS, "退回")):
        register.worksheets[0].append(row)
    register.save(office.register)
    assert packages(office) == {}


def test_the_finished_report_has_the_figures_of_the_workbook_and_the_text_of_word(
    office: Office, tmp_path: Path
) -> None:
    office.put("教育局.xlsx", book(report(SCHOOLS), tmp_path))
    office.put("教育局.docx", word(report(SCHOOLS), tmp_path))
    finished = packages(office)[f"001{SCHOOLS}/{SCHOOLS}2025年政府信息公开工作年度报告.docx"]
    path = tmp_path / "finished.docx"
    path.write_bytes(finished)
    again = api.read(path)
    assert again.value("requests.new.total") == 0
    assert f"{SCHOOLS}的同事每月轮流值守" in again.narrative["overview"]


def test_a_text_in_another_format_is_taken_over_too(office: Office, tmp_path: Path) -> None:
    office.put("教育局.xlsx", book(report(SCHOOLS), tmp_path))
    source = tmp_path / "a.json"
    source.write_bytes(json_of(report(SCHOOLS)))
    office.put("教育局.html", api.render(source, to=api.Printed.PAGE).data)
    finished = packages(office)[f"001{SCHOOLS}/{SCHOOLS}2025年政府信息公开工作年度报告.docx"]
    assert "轮流值守" in text_of(finished)


def test_a_unit_with_errors_gets_its_workbook_back_to_mend(office: Office, tmp_path: Path) -> None:
    office.put("教育局.xlsx", book(report(SCHOOLS, requests__new__company=4), tmp_path))
    made = packages(office)
    assert set(made) == {f"001{SCHOOLS}/{LETTER}", f"001{SCHOOLS}/填报表（请修改）.xlsx"}
    path = tmp_path / "back.xlsx"
    path.write_bytes(made[f"001{SCHOOLS}/填报表（请修改）.xlsx"])
    assert api.read(path).value("requests.new.company") == 4


def test_a_letter_says_when_and_how_often_it_was_sent(office: Office) -> None:
    office.put("a.json", json_of(report(SCHOOLS, requests__new__company=4)))
    office.put("a第二次.json", json_of(report(SCHOOLS, requests__new__company=5)))
    letter = text_of(packages(office)[f"001{SCHOOLS}/{LETTER}"])
    assert "贵单位1月12日报送的年度报告（第2次）收悉" in letter
    assert "政务公开科" in letter


def test_an_unreadable_delivery_gets_a_letter(office: Office) -> None:
    office.put("教育局.rar", b"Rar!\x1a\x07\x00....")
    letter = text_of(packages(office)[f"001{SCHOOLS}/{LETTER}"])
    assert "文件不能读取" in letter


def test_every_file_that_could_not_be_read_is_named(office: Office) -> None:
    office.put("教育局填报表.xlsx", b"")
    office.put("教育局盖章.rar", b"Rar!\x1a\x07\x00....")
    gathering = office.gathering()
    said = [item.message for item in line(collect(gathering), SCHOOLS).findings]
    assert "教育局填报表.xlsx：文件是空的。" in said
    document = docx.Document(io.BytesIO(packages(office)[f"001{SCHOOLS}/{LETTER}"]))
    rows = [[cell.text for cell in row.cells] for row in document.tables[0].rows[2:]]
    assert [(row[1], row[3]) for row in rows] == [
        ("教育局填报表.xlsx", "文件是空的。"),
        ("教育局盖章.rar", "这是 .rar、.7z 等格式的压缩包，已收到，但不能读取。"),
    ]


def test_a_letter_names_no_other_unit_and_not_the_offices_register(office: Office) -> None:
    many = {f"disputes__{kind}__upheld": 3 for kind in ("review", "direct")}
    figures = many | {
        f"requests__new__{column}": 5
        for column in ("natural_person", "company", "research", "social", "legal_service", "other")
    }
    office.put("a.json", json_of(report(SCHOOLS, **figures)))
    office.put("b.json", json_of(report(MONEY, **figures)))
    office.put("c.json", json_of(report(WATER)))
    office.put("d.json", json_of(report(WATER, disputes__review__upheld=1)))
    made = {path: text_of(data) for path, data in packages(office).items() if LETTER in path}
    assert "与另一单位的完全相同" in made[f"001{SCHOOLS}/{LETTER}"]
    assert MONEY not in made[f"001{SCHOOLS}/{LETTER}"]
    assert "请告知以哪一份为准" in made[f"003{WATER}/{LETTER}"]
    assert not any("收发登记" in text or "名册" in text for text in made.values())


def test_a_version_that_was_chosen_is_told_and_may_be_objected_to(office: Office) -> None:
    office.put("a.json", json_of(report(SCHOOLS)))
    office.put("a第二次.json", json_of(report(SCHOOLS, disputes__review__upheld=1)))
    letter = text_of(packages(office)[f"001{SCHOOLS}/{LETTER}"])
    assert "按 a第二次.json 审核" in letter
    assert "应以另一份为准的，请告知" in letter
    assert "审核通过" not in letter


def test_a_sum_beside_the_own_workbook_is_told_in_the_units_words(
    office: Office, tmp_path: Path
) -> None:
    for unit in (SCHOOLS, MONEY):
        office.put(f"{unit}.xlsx", book(report(unit), tmp_path))
    paths = [office.received / f"{unit}.xlsx" for unit in (SCHOOLS, MONEY)]
    task = MergeTask(contributed(paths), Unit(SCHOOLS, "001"))
    office.put("系统汇总表.xlsx", merged_of(task).data)
    letter = text_of(packages(office)[f"001{SCHOOLS}/{LETTER}"])
    assert "另报了汇总表 系统汇总表.xlsx" in letter
    assert "应以汇总表为准的，请告知" in letter
    assert not [word for word in ("收发登记", "采用文件", "计入汇总", MONEY) if word in letter]


def test_a_file_that_is_gone_is_said_and_the_others_are_made(
    office: Office, tmp_path: Path
) -> None:
    path = office.put("教育局.xlsx", book(report(SCHOOLS), tmp_path))
    office.put("财政局.json", json_of(report(MONEY)))
    gathering = office.gathering()
    collected: Collected = collect(gathering)
    path.unlink()
    made = list(answers(gathering, collected))
    assert [item.data is None for item in made] == [False, True, False, False]
    assert SCHOOLS in made[1].remark
