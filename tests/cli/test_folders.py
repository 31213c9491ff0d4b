"""Folders as they are: reports in several formats, and papers that are none."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from gk_xlsx import api
from gk_xlsx.api import Issue, LastYears, Printed
from gk_xlsx.errors import GkXlsxError
from gk_xlsx.report import AnnualReport
from gk_xlsx.units import Unit
from tests.cli.conftest import Run
from tests.made import UNIT, clean_report, number, with_entries, write_json
from tests.sources.layouts import all_on_one, laid_out

TRUE = clean_report()
OTHER = replace(TRUE, unit=Unit("某某市教育局"))


def put(report: AnnualReport, path: Path) -> Path:
    """The report in the format that the name ends with."""
    path.parent.mkdir(parents=True, exist_ok=True)
    source = write_json(report, path.with_name(f"{path.name}.tmp"))
    makers = {".docx": Printed.WORD, ".html": Printed.PAGE, ".md": Printed.MARKDOWN}
    if path.suffix == ".json":
        return source.rename(path)
    if path.suffix == ".xlsx":
        path.write_bytes(api.new(Issue(), values=source).data)
    else:
        path.write_bytes(api.render(source, to=makers[path.suffix]).data)
    source.unlink()
    return path


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    """甲 as workbook and as Word; 乙 as Word and as a page; two papers that are no report."""
    folder = tmp_path / "收件"
    put(TRUE, folder / "甲.xlsx")
    put(TRUE, folder / "甲.docx")
    put(OTHER, folder / "乙" / "年报.docx")
    put(OTHER, folder / "乙" / "年报.html")
    (folder / "通知.txt").write_text("请各单位于一月二十日前报送。", "utf-8")
    (folder / "空.md").write_text("", "utf-8")
    return folder


def names(paths: list[Path], folder: Path) -> list[str]:
    return [path.relative_to(folder).as_posix() for path in paths]


# -- which files ---------------------------------------------------------------------------


def test_a_folder_is_searched_for_every_format(inbox: Path) -> None:
    (inbox / "照片.png").write_bytes(b"\x89PNG\r\n")
    (inbox / "~$甲.docx").write_bytes(b"")
    (inbox / "甲.说明.json").write_text("{}", "utf-8")
    assert names(api.reports_in(inbox), inbox) == sorted(
        ["乙/年报.docx", "乙/年报.html", "甲.docx", "甲.xlsx", "空.md", "通知.txt"]
    )


def test_of_a_report_in_several_formats_one_is_rendered(inbox: Path) -> None:
    assert names(api.one_each(api.reports_in(inbox)), inbox) == ["乙/年报.docx", "甲.xlsx"]


def test_two_data_files_of_one_name_both_stay(tmp_path: Path) -> None:
    paths = [tmp_path / "甲.json", tmp_path / "甲.xlsx", tmp_path / "甲.pdf"]
    assert api.one_each(paths) == paths[:2]


def test_without_data_each_name_counts_once_the_surest_format_first(tmp_path: Path) -> None:
    paths = [
        tmp_path / f"{name}{suffix}" for name in "甲乙" for suffix in (".pdf", ".html", ".txt")
    ]
    assert api.one_each(paths) == sorted([tmp_path / "甲.html", tmp_path / "乙.html"])


# -- check ---------------------------------------------------------------------------------


def test_papers_that_are_no_report_are_named_and_are_no_error(run: Run, inbox: Path) -> None:
    outcome = run("check", inbox)
    assert outcome.code == 0
    assert "共 4 份" in outcome.out
    assert "通知.txt" not in outcome.out
    assert outcome.err.startswith("里面没有法定表格，没有核验：")
    assert "通知.txt" in outcome.err
    assert "空.md" in outcome.err


def test_a_paper_that_is_named_is_meant_to_be_a_report(run: Run, inbox: Path) -> None:
    outcome = run("check", inbox / "通知.txt")
    assert (outcome.code, outcome.err) == (1, "")
    assert "FI07" in outcome.out


def test_a_workbook_in_a_folder_is_meant_to_be_a_report(run: Run, inbox: Path) -> None:
    (inbox / "丙.xlsx").write_bytes(b"\0\0")
    outcome = run("check", inbox)
    assert outcome.code == 1
    assert "丙.xlsx：不能读取" in outcome.out


def test_a_document_that_cannot_be_opened_may_be_the_report(run: Run, inbox: Path) -> None:
    (inbox / "丁.docx").write_bytes((inbox / "甲.docx").read_bytes()[:1000])
    outcome = run("check", inbox)
    assert outcome.code == 1
    assert "FI04" in outcome.out


def test_closed_files_of_a_folder_are_named(run: Run, inbox: Path) -> None:
    for name in ("戊.doc", "材料.zip", "盖章.ofd"):
        (inbox / name).write_bytes(b"x")
    outcome = run("check", inbox)
    assert outcome.code == 0
    [line] = [line for line in outcome.err.splitlines() if "不能直接读取" in line]
    assert all(name in line for name in ("戊.doc", "材料.zip", "盖章.ofd", "另存为 .docx"))


def test_a_folder_of_papers_only_holds_nothing_to_check(run: Run, tmp_path: Path) -> None:
    (tmp_path / "通知.txt").write_text("请报送。", "utf-8")
    outcome = run("check", tmp_path)
    assert (outcome.code, outcome.out) == (2, "")
    assert "没有找到可以核验的报告" in outcome.err


def test_what_is_made_of_a_report_in_two_formats_does_not_collide(
    run: Run, inbox: Path, tmp_path: Path
) -> None:
    out = tmp_path / "退回"
    assert run("check", inbox, "--marked", out).code == 0
    made = sorted(path.relative_to(out).as_posix() for path in out.rglob("*.xlsx"))
    assert made == sorted(["乙/年报.xlsx", "乙/年报（html）.xlsx", "甲.xlsx", "甲（docx）.xlsx"])


# -- render --------------------------------------------------------------------------------


def test_a_folder_is_rendered_each_report_once(run: Run, inbox: Path, tmp_path: Path) -> None:
    out = tmp_path / "成文"
    outcome = run("render", inbox, "-o", out)
    assert outcome.code == 0
    made = sorted(path.relative_to(out).as_posix() for path in out.rglob("*.docx"))
    assert made == sorted(["乙/年报.docx", "甲.docx"])


def test_papers_among_documents_are_not_rendered(run: Run, inbox: Path, tmp_path: Path) -> None:
    (inbox / "乙" / "说明.md").write_text("没有表格。", "utf-8")
    outcome = run("render", inbox, "-o", tmp_path / "成文")
    assert outcome.code == 0
    assert "说明.md 里面没有法定表格，没有生成" in outcome.err


# -- last year -----------------------------------------------------------------------------


def this_year(unit: str = UNIT) -> AnnualReport:
    return replace(TRUE, unit=Unit(unit), year=TRUE.year + 1)


def test_last_year_is_found_whatever_the_format(inbox: Path) -> None:
    (inbox / "甲.xlsx").unlink()
    for unit in (UNIT, "某某市教育局"):
        assert LastYears(inbox).of(this_year(unit)).values == TRUE.values


def test_names_are_compared_without_spelling(inbox: Path) -> None:
    assert LastYears(inbox).of(this_year("某某市政府")).unit == UNIT
    assert LastYears(inbox).of(this_year(" 某某市 教育局")).unit == "某某市教育局"


def test_data_counts_before_documents(inbox: Path) -> None:
    spoilt = with_entries(TRUE, {"proactive.licences.decisions": number(99999)})
    put(spoilt, inbox / "0.html")
    assert LastYears(inbox).of(this_year()).values == TRUE.values


def test_two_files_that_contradict_each_other_are_not_chosen_between(inbox: Path) -> None:
    spoilt = with_entries(TRUE, {"proactive.licences.decisions": number(99999)})
    put(spoilt, inbox / "更正" / "甲.json")
    with pytest.raises(GkXlsxError, match="数据不一样") as caught:
        LastYears(inbox).of(this_year())
    assert "更正" in str(caught.value)
    assert "甲.xlsx" in str(caught.value)


def test_two_files_that_agree_are_one(inbox: Path) -> None:
    put(TRUE, inbox / "备份" / "甲.json")
    assert LastYears(inbox).of(this_year()).values == TRUE.values


def test_a_name_that_is_not_there_names_the_nearest(inbox: Path) -> None:
    with pytest.raises(GkXlsxError, match="没有“某某市教体局”") as caught:
        LastYears(inbox).of(this_year("某某市教体局"))
    assert "--last" in str(caught.value)
    assert "年报" in str(caught.value)


def test_a_spreadsheet_of_other_making_counts_last(inbox: Path) -> None:
    spoilt = with_entries(TRUE, {"proactive.licences.decisions": number(99999)})
    (inbox / "0汇总.xlsx").write_bytes(laid_out(all_on_one, spoilt))
    assert LastYears(inbox).of(this_year()).values == TRUE.values


def test_a_file_that_was_named_may_leave_the_region_out(inbox: Path) -> None:
    source = inbox / "乙" / "年报.docx"
    assert LastYears(source).of(this_year("教育局")).values == TRUE.values
    with pytest.raises(GkXlsxError, match="不能作为去年数据"):
        LastYears(source).of(this_year("某某市民政局"))
