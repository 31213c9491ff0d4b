"""A year in a project folder: init, new by roster, and where things stand."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from gk_xlsx import api
from gk_xlsx.report import Entry, EntryKind
from gk_xlsx.units import Scope, Unit
from tests.cli.conftest import Run, report_of_last_year
from tests.made import UNIT, write_json

YEAR = 2024
Fill = Callable[..., None]


@pytest.fixture
def project(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A fresh project folder of the year of the made reports, entered."""
    folder = tmp_path / f"年报{YEAR}"
    assert run("init", folder).code == 0
    monkeypatch.chdir(folder)
    return folder


def listed(folder: Path, *lines: tuple[str, ...], head: tuple[str, ...] = ("单位名称",)) -> None:
    """Put a list of units in place of the fresh roster."""
    book = openpyxl.Workbook()
    for line in (head, *lines):
        book.worksheets[0].append(line)
    book.save(folder / "名册.xlsx")


def settle(folder: Path, **values: object) -> None:
    """Fill in 设置.xlsx."""
    book = openpyxl.load_workbook(folder / "设置.xlsx")
    for row in book.worksheets[0].iter_rows(min_row=2):
        if str(row[0].value) in values:
            row[1].value = values[str(row[0].value)]  # type: ignore[assignment] # a clerk's entry
    book.save(folder / "设置.xlsx")


def put_last(folder: Path, name: str, **changes: object) -> Path:
    """One of last year's reports in 00上年."""
    report = replace(report_of_last_year(), unit=Unit(name), **changes)  # type: ignore[arg-type] # the test's own choice
    return write_json(report, folder / "00上年" / f"{name}{len(changes)}.json")


def issued(folder: Path) -> list[str]:
    return sorted(path.name for path in (folder / "01下发").iterdir())


def test_an_inbox_that_is_gone_is_said_to_be(run: Run, project: Path) -> None:
    (project / "02收件").rmdir()
    for command in ((), ("collect",), ("merge",), ("check",), ("digest",), ("notice",)):
        outcome = run(*command)
        assert outcome.code == 2
        assert "02收件 不见了" in outcome.err


def test_an_empty_settings_file_is_damaged_not_blank(run: Run, project: Path) -> None:
    listed(project, ("甲局",))
    (project / "设置.xlsx").write_bytes(b"")
    assert "设置.xlsx 已损坏" in run().out
    other = project / "空.xlsx"
    other.write_bytes(b"")
    outcome = run("new", "--config", other)
    assert outcome.code == 2
    assert f"{other} 已损坏" in outcome.err


# -- init ----------------------------------------------------------------------------------


def test_init_makes_the_folder_and_says_what_comes_next(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "年报2025"
    outcome = run("init", folder)

    assert (outcome.code, outcome.err) == (0, "")
    assert sorted(path.name for path in folder.iterdir()) == [
        "00上年", "01下发", "02收件", "03反馈", "04汇总", "05成文", "名册.xlsx", "设置.xlsx",
    ]  # fmt: skip
    assert "2025 年度" in outcome.out
    assert "gk-xlsx new" in outcome.out


def test_init_completes_a_folder_and_touches_nothing_in_it(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "年报"
    folder.mkdir()
    (folder / "名册.csv").write_text("单位名称\n甲局\n")
    outcome = run("init", folder, "--year", "2025")

    assert outcome.code == 0
    assert "原来就有，没有改动：名册.csv" in outcome.out
    assert (folder / "名册.csv").read_text() == "单位名称\n甲局\n"
    assert not (folder / "名册.xlsx").exists()
    before = (folder / "设置.xlsx").read_bytes()
    assert run("init", folder, "--year", "2024").code == 0
    assert (folder / "设置.xlsx").read_bytes() == before


@pytest.mark.parametrize(
    ("name", "more", "said"),
    [("年报", (), "--year"), ("年报1999", (), "--year"), ("年报2018", (), "年份 2018 不对")],
)
def test_init_needs_a_possible_year(
    name: str, more: tuple[str, ...], said: str, run: Run, tmp_path: Path
) -> None:
    outcome = run("init", tmp_path / name, *more)

    assert (outcome.code, outcome.out) == (2, "")
    assert said in outcome.err
    assert not (tmp_path / name).exists()


# -- new by roster -------------------------------------------------------------------------


def test_new_makes_a_workbook_for_every_line_that_is_due(run: Run, project: Path) -> None:
    listed(project, ("甲局", ""), ("乙局", "撤并"), ("丙局", "新设"), head=("单位名称", "状态"))
    outcome = run("new")

    assert (outcome.code, outcome.out) == (0, "")
    assert outcome.err == "已生成 2 份填报表，在 01下发，没有带入上年数据。\n"
    assert issued(project) == ["001甲局2024年报填报表.xlsx", "003丙局2024年报填报表.xlsx"]
    report = api.read(project / "01下发" / "003丙局2024年报填报表.xlsx")
    assert (report.unit.name, report.unit.code, report.year) == ("丙局", "003", YEAR)


def test_the_line_says_level_scope_and_code(run: Run, project: Path) -> None:
    head = ("单位名称", "单位编码", "类型", "统计范围")
    listed(project, ("某区人民政府", "Q1", "市辖区", "本级政府"), head=head)
    assert run("new").code == 0
    report = api.read(project / "01下发" / "Q1某区人民政府（本级政府）2024年报填报表.xlsx")

    assert (report.unit.code, report.unit.level, report.scope) == (
        "Q1", "district", Scope.GOVERNMENT,
    )  # fmt: skip
    assert not (project / "名册.编码.json").exists()


def test_a_second_run_makes_only_what_is_missing(run: Run, project: Path) -> None:
    listed(project, ("甲局",))
    run("new")
    first = project / "01下发" / "001甲局2024年报填报表.xlsx"
    first.write_text("mine")
    listed(project, ("乙局",), ("甲局",))
    outcome = run("new")

    assert outcome.err == (
        "已生成 1 份填报表，在 01下发，没有带入上年数据。"
        "已有 1 份，没有重做（要重做请加 --force）。\n"
    )
    assert issued(project) == ["001甲局2024年报填报表.xlsx", "002乙局2024年报填报表.xlsx"]
    assert first.read_text() == "mine"
    assert run("new").err == "01下发 里已有 2 份，没有重做（要重做请加 --force）。\n"
    assert "已生成 2 份" in run("new", "--force").err
    assert first.read_bytes() != b"mine"


def test_last_year_is_carried_in_by_name_and_scope(run: Run, project: Path) -> None:
    put_last(project, UNIT)
    listed(project, (UNIT,), ("甲局",))
    outcome = run("new")

    assert "没有找到去年的报告，上年数没有带入（1 份）：甲局。" in outcome.err
    assert "已生成 2 份填报表，在 01下发，其中 1 份带入上年数据。" in outcome.err
    report = api.read(project / "01下发" / f"001{UNIT}2024年报填报表.xlsx")
    assert report.last_year is not None
    assert (
        report.value("requests.carried_in.company")
        == (report.last_year.values["requests.carried_out.company"])
    )


def test_a_unit_whose_carry_over_last_year_does_not_tell_is_named(run: Run, project: Path) -> None:
    report = report_of_last_year()
    unread = Entry(EntryKind.UNKNOWN, reason="一格里有几个数")
    entries = {**report.entries, "requests.carried_out.company": unread}
    put_last(project, "甲局", entries=entries)
    put_last(project, "乙局")
    listed(project, ("甲局",), ("乙局",))
    outcome = run("new")

    assert "第2行 甲局：上年结转有 1 格没有带入（商业企业）" in outcome.err
    assert "这些格留空，请对照去年的报告填写。" in outcome.err
    assert "乙局：" not in outcome.err
    report = api.read(project / "01下发" / "001甲局2024年报填报表.xlsx")
    assert report.entries["requests.carried_in.company"].kind is EntryKind.BLANK
    assert report.value("requests.carried_in.natural_person") is not None


def test_documents_that_show_nothing_are_named_where_a_units_report_is_absent(
    run: Run, project: Path
) -> None:
    put_last(project, "甲局")
    (project / "00上年" / "乙局2023年.txt").write_text("乙局去年的报告（扫描件）")
    listed(project, ("甲局",))
    assert "乙局2023年.txt" not in run("new").err
    listed(project, ("甲局",), ("乙局",))
    outcome = run("new")
    assert "没有找到去年的报告，上年数没有带入（1 份）：乙局。" in outcome.err
    assert "去年的文件里有读不出数据的（扫描件，或不是年度报告）：乙局2023年.txt。" in outcome.err


def test_of_merged_bodies_the_sum_is_carried_in(run: Run, project: Path) -> None:
    for name in ("文化局", "旅游局"):
        put_last(project, name)
    listed(project, ("文旅局", "文化局；旅游局"), head=("单位名称", "上年来源"))
    outcome = run("new")

    assert "第2行 文旅局：上年数是文化局、旅游局相加的。" in outcome.err
    [name] = issued(project)
    report, last = api.read(project / "01下发" / name), report_of_last_year()
    one = last.value("requests.carried_out.company")
    assert one is not None
    assert report.value("requests.carried_in.company") == 2 * one


def test_files_of_last_year_that_cannot_be_used_are_named(run: Run, project: Path) -> None:
    put_last(project, "甲局")
    put_last(project, "乙局", year=YEAR - 3)
    (project / "00上年" / "坏.xlsx").write_bytes(b"PK\x03\x04")
    listed(project, ("甲局",))
    outcome = run("new")

    assert "00上年/坏.xlsx：文件已损坏" in outcome.err
    assert f"是 {YEAR - 3} 年的报告，不是 {YEAR - 1} 年的，没有采用。" in outcome.err
    assert "其中 1 份带入上年数据" in outcome.err


def test_a_file_of_an_old_name_is_pointed_out(run: Run, project: Path) -> None:
    listed(project, ("甲局",))
    run("new")
    listed(project, ("新甲局", "甲局"), head=("单位名称", "别名"))
    outcome = run("new")

    assert issued(project) == ["001新甲局2024年报填报表.xlsx", "001甲局2024年报填报表.xlsx"]
    assert (
        "01下发 里另有 1 个文件不在名册上，请核对后删除：001甲局2024年报填报表.xlsx。"
        in outcome.err
    )


def test_the_office_stands_on_the_guide(run: Run, project: Path) -> None:
    listed(project, ("甲局",))
    settle(
        project,
        发文机关="某某区府办",
        联系人="李四",
        报送截止日="2025-01-20",
        补充要求="盖章。\n扫描。",
    )
    assert run("new").code == 0

    book = openpyxl.load_workbook(project / "01下发" / "001甲局2024年报填报表.xlsx")
    text = "\n".join(str(row[0].value or "") for row in book["填写说明"].iter_rows())
    assert "请于 2025 年 1 月 20 日前将填报表、报告文本和盖章件报送某某区府办。" in text
    assert "联系人：李四。\n盖章。\n扫描。" in text


def test_everything_wrong_with_the_roster_is_said_and_nothing_is_made(
    run: Run, project: Path
) -> None:
    listed(project, ("甲局", "没有"), ("甲局", ""), head=("单位名称", "上级"))
    outcome = run("new")

    assert outcome.code == 2
    assert [line[:10] for line in outcome.err.splitlines()] == ["名册.xlsx 第2", "名册.xlsx 第2"]
    assert issued(project) == []
    assert not (project / "名册.编码.json").exists()


def test_without_a_project_folder_everything_is_named(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    roster = tmp_path / "名单.csv"
    roster.write_text("单位\n甲局\n", "gb18030")

    assert "-o" in run("new", "--roster", roster, "--year", "2024").err
    assert "--year" in run("new", "--roster", roster, "-o", tmp_path / "out").err
    assert not (tmp_path / "out").exists()
    outcome = run("new", "--roster", roster, "--year", "2024", "-o", tmp_path / "out")
    assert outcome.code == 0
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["001甲局2024年报填报表.xlsx"]
    assert (tmp_path / "名单.编码.json").is_file()


def test_a_roster_and_a_unit_do_not_go_together(run: Run, project: Path) -> None:
    listed(project, ("甲局",))

    assert "不能和 --unit" in run("new", "--roster", "名册.xlsx", "--unit", "甲局").err


def test_a_unit_of_its_own_can_still_be_made_in_a_project_folder(run: Run, project: Path) -> None:
    assert run("new", "--unit", "甲局", "--year", "2024", "-o", "x.xlsx").code == 0
    assert (project / "x.xlsx").is_file()


def test_a_roster_that_is_open_elsewhere_is_remarked_on(run: Run, project: Path) -> None:
    listed(project, ("甲局",))
    (project / "~$名册.xlsx").touch()

    assert "名册.xlsx 正在别的程序里打开" in run("new").err


def test_codes_stay_when_the_chief_sorts_the_roster(run: Run, project: Path) -> None:
    listed(project, ("甲局",), ("乙局",), ("丙局",))
    run("new")
    before = issued(project)
    listed(project, ("丙局",), ("丁局",), ("甲局",), ("乙局",))
    run("new")

    assert issued(project) == [*before, "004丁局2024年报填报表.xlsx"]


# -- other commands ------------------------------------------------------------------------


def test_check_takes_what_came_in(run: Run, project: Path, wrong: Path) -> None:
    (project / "02收件" / "甲.json").write_bytes(wrong.read_bytes())
    outcome = run("check")

    assert outcome.code == 1
    assert "AR04" in run("check", "--format", "json").out


def test_render_takes_the_merged_workbook_and_makes_the_final_report(
    run: Run, project: Path, clean: Path
) -> None:
    assert "gk-xlsx merge" in run("render").err
    book = api.new(api.Issue(), values=clean).data
    (project / "04汇总" / "汇总表.xlsx").write_bytes(book)
    assert run("render").code == 0
    assert run("render", clean).code == 0

    assert sorted(path.name for path in (project / "05成文").iterdir()) == [
        "clean.docx", "年度报告.docx",
    ]  # fmt: skip


# -- where things stand --------------------------------------------------------------------


def test_outside_a_project_folder_the_help_is_shown(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    assert run().out == run("--help").out


def test_where_things_stand_is_told_step_by_step(run: Run, project: Path, clean: Path) -> None:
    assert "名册里还没有单位" in run().out
    listed(project, ("甲局", ""), ("乙局", "撤并"), head=("单位名称", "状态"))
    first = run()
    assert (first.code, first.err) == (0, "")
    for text in (
        "年报2024",
        "2 行，应报 1 份（撤并 1 行）",
        "0 份，还差 1 份",
        "下一步：gk-xlsx new",
    ):
        assert text in first.out

    run("new")
    assert "下一步：等各单位报送" in run().out
    (project / "02收件" / "甲.json").write_bytes(clean.read_bytes())
    assert "1 个文件" in run().out
    assert "下一步：gk-xlsx collect" in run().out


def test_workbooks_issued_another_way_are_not_asked_for_once_files_came(
    run: Run, project: Path, clean: Path
) -> None:
    listed(project, ("甲局",), ("乙局",))
    (project / "02收件" / "甲.json").write_bytes(clean.read_bytes())
    assert "下一步：gk-xlsx collect" in run().out


def test_deadlines_are_counted_down(run: Run, project: Path) -> None:
    listed(project, ("甲局",))
    settle(project, 报送截止日="2025-01-20", 公布截止日="2999-01-31")
    said = run().out

    assert "2025-01-20，已过" in said
    assert "2999-01-31，还有" in said


def test_what_is_wrong_with_the_offices_files_is_part_of_the_answer(
    run: Run, project: Path
) -> None:
    settle(project, 报送截止日="下周")
    outcome = run()

    assert outcome.code == 0
    assert "“报送截止日”写的是“下周”" in outcome.out
    assert "名册里还没有单位" in outcome.out
    assert "下一步：按上面的提示改好后" in outcome.out


def test_a_register_tells_how_many_stand_where(run: Run, project: Path) -> None:
    listed(project, ("甲局",), ("乙局",))
    run("new")
    (project / "02收件" / "x.zip").touch()
    book = openpyxl.Workbook()
    for row in (("单位名称", "收件情况"), ("甲局", "审核通过"), ("乙局", "未报送")):
        book.worksheets[0].append(row)
    buffer = io.BytesIO()
    book.save(buffer)
    (project / "收发登记.xlsx").write_bytes(buffer.getvalue())

    assert "1 个文件；收发登记：审核通过 1，未报送 1" in run().out
