"""What each command prints, writes and ends with."""

from __future__ import annotations

import json
from pathlib import Path

import docx
import pytest

from gk_xlsx import api, resources
from tests.cli.conftest import Run
from tests.made import UNIT


def new(run: Run, target: Path, *more: str | Path) -> int:
    return run("new", "-o", target, *more).code


def test_new_makes_a_workbook_for_a_unit(run: Run, tmp_path: Path) -> None:
    target = tmp_path / "book.xlsx"
    outcome = run("new", "-o", target, "--unit", "甲局", "--year", "2024", "--level", "部门")
    assert (outcome.code, outcome.out) == (0, "")
    assert outcome.err == f"已生成 {target}\n"
    report = api.read(target)
    assert (report.unit.name, report.unit.level, report.year) == ("甲局", "department", 2024)


def test_new_says_which_totals_it_computed_otherwise(run: Run, wrong: Path, tmp_path: Path) -> None:
    outcome = run("new", "--values", wrong, "-o", tmp_path / "book.xlsx")
    assert outcome.code == 0
    assert "“行政复议·总计”原文为 1" in outcome.err


def test_new_takes_last_year_along(run: Run, last: Path, tmp_path: Path) -> None:
    target = tmp_path / "book.xlsx"
    assert new(run, target, "--unit", UNIT, "--year", "2024", "--last", last) == 0
    report = api.read(target)
    assert report.last_year is not None
    assert (
        report.value("requests.carried_in.company")
        == report.last_year.values["requests.carried_out.company"]
    )


def test_new_says_which_carry_over_last_year_does_not_tell(
    run: Run, last: Path, tmp_path: Path
) -> None:
    data = json.loads(last.read_text("utf-8"))
    data["values"] |= {"requests.carried_out.company": None, "requests.carried_out.total": None}
    torn = tmp_path / "去年残缺.json"
    torn.write_text(json.dumps(data), "utf-8")
    target = tmp_path / "book.xlsx"
    outcome = run("new", "-o", target, "--unit", UNIT, "--year", "2024", "--last", torn)
    assert outcome.code == 0
    assert "上年结转有 1 格没有带入（商业企业）" in outcome.err


@pytest.mark.parametrize(("unit", "year"), [("乙局", "2024"), (UNIT, "2025")])
def test_new_refuses_another_units_or_years_figures(
    unit: str, year: str, run: Run, last: Path, tmp_path: Path
) -> None:
    target = tmp_path / "book.xlsx"
    outcome = run("new", "-o", target, "--unit", unit, "--year", year, "--last", last)
    assert (outcome.code, outcome.out, target.exists()) == (2, "", False)
    assert outcome.err.count("\n") == 1
    assert "去年数据" in outcome.err


NOTES = {"FM00", "LG02"}
"""No text was handed in, and cases went to court without 复议: what the reports here are told."""


def test_check_of_a_clean_report_ends_with_0(run: Run, clean: Path) -> None:
    outcome = run("check", clean)
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out.startswith(f"{UNIT}：通过")


def test_check_with_findings_ends_with_1_verdict_first(run: Run, wrong: Path) -> None:
    outcome = run("check", wrong)
    assert (outcome.code, outcome.err) == (1, "")
    assert outcome.out.splitlines()[0] == f"{UNIT}：有错误（2 处错误，2 处提示）"
    assert "（IN01）" in outcome.out
    assert "（AR04）" in outcome.out


def test_check_prints_json(run: Run, wrong: Path) -> None:
    outcome = run("check", wrong, "--format", "json")
    document = json.loads(outcome.out)
    assert outcome.code == 1
    assert document["summary"]["errors"] == 2
    assert {item["code"] for item in document["files"][0]["findings"]} == {"IN01", "AR04", *NOTES}


def test_check_writes_to_a_file(run: Run, wrong: Path, tmp_path: Path) -> None:
    target = tmp_path / "out.json"
    outcome = run("check", wrong, "--format", "json", "-o", target)
    assert (outcome.code, outcome.out) == (1, "")
    assert json.loads(target.read_text("utf-8"))["summary"]["files"] == 1


@pytest.mark.parametrize(
    ("options", "found"),
    [
        (("--select", "AR"), {"AR04"}),
        (("--select", "IN01"), {"IN01"}),
        (("--select", "ar04，in"), {"AR04", "IN01"}),
        (("--ignore", "AR"), {"IN01", *NOTES}),
        (("--ignore", "IN01,AR04"), NOTES),
        (("--select", "AR,IN", "--ignore", "AR04"), {"IN01"}),
    ],
)
def test_check_looks_for_the_chosen_rules(
    options: tuple[str, ...], found: set[str], run: Run, wrong: Path
) -> None:
    outcome = run("check", wrong, "--format", "json", *options)
    findings = json.loads(outcome.out)["files"][0]["findings"]
    assert {item["code"] for item in findings} == found
    assert outcome.code == (1 if found - NOTES else 0)


def test_check_of_a_folder_reads_every_report_in_it(
    run: Run, clean: Path, wrong: Path, tmp_path: Path
) -> None:
    outcome = run("check", tmp_path)
    assert outcome.code == 1
    assert "共 2 份" in outcome.out
    assert clean.parent == wrong.parent


def test_check_of_what_is_no_report_is_a_finding(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    path.write_text("no workbook")
    outcome = run("check", path)
    assert (outcome.code, outcome.err) == (1, "")
    assert "不能读取" in outcome.out
    assert "FI07" in outcome.out


def test_check_goes_on_when_one_file_is_missing(run: Run, clean: Path, tmp_path: Path) -> None:
    outcome = run("check", tmp_path / "none.xlsx", clean)
    assert outcome.code == 2
    assert outcome.out.startswith(f"{UNIT}：通过")
    assert outcome.err.startswith("没有这个文件")


def test_export_prints_the_report(run: Run, clean: Path) -> None:
    outcome = run("export", clean)
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out == clean.read_text("utf-8")


def test_export_says_that_year_and_unit_are_not_known_and_makes_none_up(
    run: Run, tmp_path: Path
) -> None:
    blank = resources.template("2021", "blank.xlsx")
    outcome = run("export", blank)
    document = json.loads(outcome.out)
    assert (document["year"], document["unit"]) == (None, {"name": None})
    assert "没有写明单位名称（unit.name）、年份（year）" in outcome.err
    assert run("export", blank, "-o", tmp_path / "值.csv").err == f"已生成 {tmp_path / '值.csv'}\n"


def test_export_names_the_cells_that_could_not_be_read(
    run: Run, clean: Path, tmp_path: Path
) -> None:
    data = json.loads(clean.read_text("utf-8"))
    data["values"]["requests.new.company"] = None
    data["unknown"] = {"requests.new.company": "一格里有几个数"}
    torn = tmp_path / "缺.json"
    torn.write_text(json.dumps(data), "utf-8")
    outcome = run("export", torn, "-o", tmp_path / "值.csv")
    assert "没有读出，留空：" in outcome.err
    assert "商业企业" in outcome.err
    assert "一格里有几个数" in outcome.err


def test_half_a_figure_does_not_get_into_the_data(run: Run, clean: Path, tmp_path: Path) -> None:
    assert run("render", clean, "-o", tmp_path / "断.docx").code == 0
    document = docx.Document(str(tmp_path / "断.docx"))
    cell = next(c for c in document.tables[1].rows[3].cells if c.text.strip().isdigit())
    cell.paragraphs[0].runs[0].text = "18 2"
    document.save(str(tmp_path / "断.docx"))
    outcome = run("export", tmp_path / "断.docx", "-o", tmp_path / "值.csv")
    assert "没有读出，留空：" in outcome.err
    assert "18 2" not in (tmp_path / "值.csv").read_text("utf-8-sig")


def test_export_writes_csv_and_json(run: Run, clean: Path, tmp_path: Path) -> None:
    for name in ("out.csv", "out.json"):
        assert run("export", clean, "-o", tmp_path / name).code == 0
    assert (tmp_path / "out.json").read_text("utf-8") == clean.read_text("utf-8")
    assert (tmp_path / "out.csv").read_text("utf-8-sig").startswith("id,行,列,值,单位")


def test_render_makes_a_document(run: Run, clean: Path, tmp_path: Path) -> None:
    target = tmp_path / "report.docx"
    outcome = run("render", clean, "-o", target)
    assert (outcome.code, outcome.out, outcome.err) == (0, "", f"已生成 {target}\n")
    assert target.read_bytes().startswith(b"PK")


def test_render_of_a_report_with_errors_writes_says_so_and_ends_with_1(
    run: Run, wrong: Path, tmp_path: Path
) -> None:
    outcome = run("render", wrong, "-o", tmp_path / "report.docx")
    assert (outcome.code, (tmp_path / "report.docx").is_file()) == (1, True)
    assert "的数据有错误" in outcome.err


def test_render_of_a_folder_gives_a_folder(run: Run, clean: Path, tmp_path: Path) -> None:
    inner = tmp_path / "in" / "sub"
    inner.mkdir(parents=True)
    clean.rename(inner / "a.b.json")
    assert run("render", tmp_path / "in", "-o", tmp_path / "out").code == 0
    assert [path.name for path in (tmp_path / "out").rglob("*.docx")] == ["a.b.docx"]


def test_render_of_a_folder_goes_on_past_an_unreadable_file(
    run: Run, clean: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    clean.rename(folder / "b.json")
    (folder / "a.xlsx").write_text("no workbook")
    outcome = run("render", folder, "-o", tmp_path / "out")
    assert outcome.code == 2
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["b.docx"]
    assert str(folder / "a.xlsx") in outcome.err.splitlines()[-1]


def test_a_file_of_a_folder_is_named_once(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "杂"
    folder.mkdir()
    (folder / "空.xlsx").write_bytes(b"")
    outcome = run("render", folder, "-o", tmp_path / "rr")
    assert outcome.code == 2
    assert outcome.err.count("空.xlsx") == 1


def test_what_would_stop_every_report_is_said_once(run: Run, clean: Path, tmp_path: Path) -> None:
    folder, book = tmp_path / "收件", tmp_path / "甲.xlsx"
    folder.mkdir()
    for name in ("a.json", "b.json"):
        (folder / name).write_bytes(clean.read_bytes())
    run("new", "--values", clean, "-o", book)
    letters = tmp_path / "反馈"
    for options, said in (
        (("--last", tmp_path / "没有"), f"没有这个文件：{tmp_path / '没有'}"),
        (("--explanations", tmp_path / "没有.json"), f"没有这个文件：{tmp_path / '没有.json'}"),
        (("--explanations", book), f"{book} 不是情况说明文件"),
        (("--explanations", folder / "a.json"), f"{folder / 'a.json'} 不是情况说明文件"),
        (
            ("--feedback", letters, "--feedback-template", book),
            f"模板 {book} 不是 Word 文档",
        ),
    ):
        outcome = run("check", folder, *options)
        assert (outcome.code, outcome.err.count(said)) == (2, 1)
        assert not letters.exists()


def test_render_of_a_folder_overwrites_nothing(run: Run, clean: Path, tmp_path: Path) -> None:
    folder, out = tmp_path / "in", tmp_path / "out"
    folder.mkdir()
    out.mkdir()
    (folder / "a.json").write_bytes(clean.read_bytes())
    clean.rename(folder / "b.json")
    (out / "b.docx").write_text("mine")
    outcome = run("render", folder, "-o", out)
    assert (outcome.code, outcome.err.count("\n")) == (2, 1)
    assert [path.name for path in out.iterdir()] == ["b.docx"]
    assert (out / "b.docx").read_text() == "mine"


def test_demo_goes_the_whole_way(run: Run, tmp_path: Path) -> None:
    outcome = run("demo", tmp_path / "demo")
    assert (outcome.code, outcome.err) == (0, "")
    made = [path.suffix for path in (tmp_path / "demo").glob("[123]*/*")]
    assert made.count(".xlsx") == made.count(".docx") == made.count(".txt") >= 7
    district = next((tmp_path / "demo").glob("4*"))
    assert {path.name for path in (district / "05成文").iterdir()} == {
        "年度报告.docx",
        "公布情况.docx",
        "文字汇编.docx",
    }
    assert (district / "04汇总" / "汇总表.xlsx").is_file()
    assert str(tmp_path / "demo") in outcome.out
    assert run("demo", tmp_path / "demo").code == 2
    assert run("demo", tmp_path / "demo", "--force").code == 0
