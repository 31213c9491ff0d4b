"""`gk-xlsx collect` as it is typed: defaults, outputs, exit codes, and being killed."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from tests.api.deliveries import MONEY, SCHOOLS, WATER, YEAR, Office, json_of, report
from tests.cli.conftest import Run


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Office:
    """A project folder, and we are in it."""
    made = Office(Path())
    monkeypatch.chdir(tmp_path)
    made.received.mkdir()
    book = openpyxl.Workbook()
    for row in (["单位名称", "单位编码"], [SCHOOLS, "001"], [MONEY, "002"], [WATER, "003"]):
        book.worksheets[0].append(row)
    book.save("名册.xlsx")
    return made


def all_passed(office: Office) -> None:
    for unit in (SCHOOLS, MONEY, WATER):
        office.put(f"{unit}.json", json_of(report(unit)))


def test_in_a_project_folder_nothing_need_be_said(office: Office, run: Run) -> None:
    all_passed(office)
    outcome = run("collect")
    assert outcome.code == 0
    assert "应报 3 份，已报 3 份：审核通过 3 份。" in outcome.out
    assert outcome.err == "已建立 收发登记.xlsx。\n"
    assert office.register.is_file()


@pytest.mark.parametrize(
    ("option", "name", "said"),
    [
        ("-o", "清单.docx", "只能生成 .xlsx 文件，清单.docx 不行"),
        ("--html", "情况.xlsx", "只能生成 .html、.htm 文件，情况.xlsx 不行"),
        ("--register", "登记.txt", "只能生成 .xlsx 文件，登记.txt 不行"),
    ],
)
def test_a_file_of_another_ending_is_not_written(
    option: str, name: str, said: str, office: Office, run: Run
) -> None:
    all_passed(office)
    outcome = run("collect", option, name)
    assert (outcome.code, Path(name).exists(), office.register.exists()) == (2, False, False)
    assert said in outcome.err


def test_what_was_written_is_said(office: Office, run: Run) -> None:
    all_passed(office)
    outcome = run("collect", "-o", "清单.xlsx", "--html", "情况.html")
    assert "已生成 清单.xlsx\n已生成 情况.html\n" in outcome.err


def test_a_missing_unit_is_exit_code_one(office: Office, run: Run) -> None:
    office.put("a.json", json_of(report(SCHOOLS)))
    assert run("collect").code == 1


def test_a_unit_with_errors_is_exit_code_one(office: Office, run: Run) -> None:
    all_passed(office)
    office.put(f"{WATER}.json", json_of(report(WATER, requests__new__company=1)))
    assert run("collect").code == 1


def test_everything_may_be_named(office: Office, run: Run, tmp_path: Path) -> None:
    all_passed(office)
    (tmp_path / "elsewhere").mkdir()
    register = tmp_path / "elsewhere" / "登记.xlsx"
    outcome = run(
        "collect", office.received, "--roster", "名册.xlsx", "--register", register,
        "--year", str(YEAR),
    )  # fmt: skip
    assert outcome.code == 0
    assert register.is_file()
    assert (register.parent / ".gk-xlsx").is_dir()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("none", "--roster", "名册.xlsx"), "没有这个文件夹"),
        (("02收件", "--roster", "none.xlsx"), "没有这个文件"),
        (("--year", "2017"), "年份 2017 不对"),
        (("--format", "pdf"), "--format 没有“pdf”"),
        (("-o", "名册.xlsx"), "已经存在"),
        (("--html", "none/a.html"), "没有文件夹"),
    ],
)
def test_what_cannot_be_done_is_exit_code_two(
    office: Office, run: Run, arguments: tuple[str, ...], said: str
) -> None:
    all_passed(office)
    outcome = run("collect", *arguments)
    assert outcome.code == 2
    assert said in outcome.err
    assert not office.register.exists()


def test_outside_a_project_folder_folder_and_roster_are_asked_for(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert "存放收件的文件夹" in run("collect").err
    assert "--roster" in run("collect", tmp_path).err


def test_json_goes_to_the_output_and_words_do_not(office: Office, run: Run) -> None:
    all_passed(office)
    outcome = run("collect", "--format", "json")
    assert json.loads(outcome.out)["summary"]["passed"] == 3
    assert "收发登记" in outcome.err


def test_lists_page_and_packages_are_written(office: Office, run: Run) -> None:
    all_passed(office)
    outcome = run("collect", "-o", "清单.xlsx", "--html", "情况.html", "--marked", "03反馈")
    assert outcome.code == 0
    assert openpyxl.load_workbook("清单.xlsx").sheetnames == ["催报清单", "问题清单", "收件情况"]
    assert SCHOOLS in Path("情况.html").read_text("utf-8")
    assert len(list(Path("03反馈").rglob("*.docx"))) == 6
    assert "写好 6 个反馈文件" in outcome.err


def test_packages_are_not_written_over_unasked(office: Office, run: Run) -> None:
    all_passed(office)
    assert run("collect", "--marked", "03反馈").code == 0
    office.register.unlink()
    again = run("collect", "--marked", "03反馈")
    assert not office.register.exists(), "nothing is written before all may be"
    assert (again.code, "已经存在" in again.err) == (2, True)
    assert run("collect", "--marked", "03反馈", "--force").code == 0


def test_a_file_that_cannot_be_read_is_exit_code_two_and_the_rest_is_done(
    office: Office, run: Run
) -> None:
    all_passed(office)
    (office.received / "x.xlsx").symlink_to("gone")
    outcome = run("collect")
    assert (outcome.code, "x.xlsx 不能读取" in outcome.err) == (2, True)
    assert "审核通过 3 份" in outcome.out


def test_last_years_reports_need_a_year(office: Office, run: Run) -> None:
    all_passed(office)
    outcome = run("collect", "--last", office.received)
    assert (outcome.code, "--year" in outcome.err) == (2, True)


def test_last_years_reports_are_read(office: Office, run: Run, tmp_path: Path) -> None:
    all_passed(office)
    last = tmp_path / "last"
    last.mkdir()
    old = replace(report(SCHOOLS, requests__carried_out__company=2), year=YEAR - 1)
    (last / "a.json").write_bytes(json_of(old))
    outcome = run("collect", "--last", last, "--year", str(YEAR), "--format", "json")
    lines = json.loads(outcome.out)["lines"]
    assert "YR01" in {item["code"] for item in lines[0]["findings"]}


@pytest.mark.skipif(os.name != "posix", reason="a process is killed by a signal")
def test_killed_at_any_moment_it_leaves_nothing_half_done(office: Office, run: Run) -> None:
    for number in range(40):
        office.put(
            f"{number}/{SCHOOLS}.json", json_of(report(SCHOOLS, requests__new__other=number))
        )
    command = [sys.executable, "-m", "gk_xlsx", "collect", "-o", "清单.xlsx", "--force"]
    for wait in (0.2, 0.45, 0.7, 0.95):
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(wait)
        process.send_signal(signal.SIGKILL)
        process.wait()
        for path in Path().rglob("*.xlsx"):
            openpyxl.load_workbook(path)
        for path in Path(".gk-xlsx").rglob("*.json"):
            json.loads(path.read_bytes())
    outcome = run("collect", "-o", "清单.xlsx", "--force")
    assert outcome.code == 1
    assert "几份待定（1 份）" in outcome.out
    assert office.register.is_file()


@pytest.mark.parametrize("name", ["名册.xlsx", "收发登记.xlsx"])
def test_the_offices_own_files_are_not_written_over(office: Office, run: Run, name: str) -> None:
    all_passed(office)
    run("collect")
    before = Path(name).read_bytes()
    outcome = run("collect", "-o", name, "--force")
    assert (outcome.code, Path(name).read_bytes()) == (2, before)
    assert "不能写到它上面" in outcome.err
