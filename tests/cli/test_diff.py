from __future__ import annotations

import io
import json
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from docx import Document

from gk_xlsx.report import AnnualReport, Entry, EntryKind
from gk_xlsx.sources.write_report_json import report_json
from tests.cli.conftest import Run
from tests.made import clean_report
from tests.rollup.districts import district, summed, with_values

LICENCES = "proactive.licences.decisions"


def folder(at: Path, reports: list[AnnualReport]) -> Path:
    at.mkdir()
    for report in reports:
        (at / f"{report.unit.name}.json").write_text(report_json(report), "utf-8")
    return at


def file(at: Path, report: AnnualReport) -> Path:
    at.write_text(report_json(report), "utf-8")
    return at


def test_two_equal_reports_end_with_0(run: Run, tmp_path: Path) -> None:
    unit = district(1, 1)[0]
    one, other = file(tmp_path / "甲.json", unit), file(tmp_path / "乙.json", unit)
    result = run("diff", one, other)
    assert result.code == 0
    assert result.out.endswith("数据完全一致。\n")


def test_reports_whose_figures_are_not_known_do_not_end_with_0(run: Run, tmp_path: Path) -> None:
    unit = district(1, 1)[0]
    unread = Entry(EntryKind.UNKNOWN, reason="一格里有几个数")
    torn = file(tmp_path / "甲.json", replace(unit, entries={**unit.entries, LICENCES: unread}))
    result = run("diff", torn, torn)
    assert result.code == 1
    assert "不能比较的数据 1 格" in result.out
    assert "行政许可" in result.out
    statement = tmp_path / "更正说明.docx"
    corrected = with_values(unit, {"proactive.penalties.decisions": Decimal(71)})
    found = run("diff", torn, file(tmp_path / "乙.json", corrected), "--correction", statement)
    assert "有 1 格没有读出确切的数，没有写进更正说明" in found.err
    again = run("diff", torn, torn, "--correction", statement, "--force")
    assert (again.code, "不知道要更正什么" in again.err) == (2, True)


def test_a_word_document_is_compared_with_the_data_it_was_made_from(
    run: Run, tmp_path: Path
) -> None:
    data = file(tmp_path / "数据.json", clean_report())
    document = tmp_path / "报告.docx"
    assert run("render", data, "-o", document).code == 0
    for pair in ((document, data), (data, document)):
        result = run("diff", *pair)
        assert (result.code, result.out.splitlines()[-1]) == (0, "数据完全一致。")


def test_a_document_that_is_no_report_is_refused_for_what_it_is(run: Run, tmp_path: Path) -> None:
    data = file(tmp_path / "数据.json", clean_report())
    notice = tmp_path / "通知.docx"
    document = Document()
    document.add_paragraph("关于召开会议的通知")
    document.save(str(notice))
    result = run("diff", notice, data)
    assert result.code == 2
    assert "没有找到年度报告的三张法定表格" in result.err
    assert "请先改名或移走" not in result.err


def test_a_published_total_is_compared_with_its_units(run: Run, tmp_path: Path) -> None:
    units = district(12, 1)
    units[7] = with_values(units[7], {LICENCES: Decimal(451)})
    parent = file(tmp_path / "区.json", with_values(summed(units), {}))
    wrong = [*units[:7], with_values(units[7], {LICENCES: Decimal(541)}), *units[8:]]
    result = run("diff", parent, folder(tmp_path / "各单位", wrong), "--format", "json")
    assert result.code == 1
    found = json.loads(result.out)
    assert found["causes"][0]["unit"] == units[7].unit.name
    assert found["causes"][0]["instead"] == {LICENCES: 451}
    assert [item["code"] for item in found["findings"]] == ["RO06"]
    assert found["findings"][0]["fields"] == [LICENCES]


def test_an_archive_in_a_folder_is_said_not_to_be_opened(run: Run, tmp_path: Path) -> None:
    units = district(2, 1)
    left, right = folder(tmp_path / "报送", units), folder(tmp_path / "公布", units)
    (tmp_path / "报送" / "街道材料.zip").write_bytes(b"PK")
    assert "街道材料.zip" in run("diff", left, right).err


def test_two_folders_are_compared_unit_by_unit(run: Run, tmp_path: Path) -> None:
    units = district(3, 1)
    published = [units[0], with_values(units[1], {LICENCES: Decimal(9)})]
    left, right = folder(tmp_path / "报送", units), folder(tmp_path / "公布", published)
    result = run("diff", left, right)
    assert result.code == 1
    assert f"{units[2].unit.name}：只有甲有，乙没有。" in result.out
    assert f"{units[1].unit.name}：1 格不同" in result.out
    assert units[0].unit.name not in result.out.split("不同的单位")[1]


def test_a_resubmission_gives_the_statement_with_the_sums_above(run: Run, tmp_path: Path) -> None:
    units = [with_values(unit, {LICENCES: Decimal(10)}) for unit in district(3, 1)]
    before = file(tmp_path / "一次.json", units[0])
    after = file(tmp_path / "二次.json", with_values(units[0], {LICENCES: Decimal(12)}))
    merged, statement = tmp_path / "汇总.xlsx", tmp_path / "更正说明.docx"
    run("merge", folder(tmp_path / "各单位", units), "-o", merged, "--unit", "示例区")
    result = run("diff", before, after, "--correction", statement, "--sum", merged)
    assert result.code == 1
    said = [item.text for item in Document(io.BytesIO(statement.read_bytes())).paragraphs]
    assert any("原为10件，经核实应为12件" in text and "由30件调整为32件" in text for text in said)


def test_a_resubmission_with_broken_relations_gives_no_statement(run: Run, tmp_path: Path) -> None:
    unit = district(1, 1)[0]
    torn = with_values(unit, {"requests.new.natural_person": Decimal(9000)})
    before, after = file(tmp_path / "一次.json", unit), file(tmp_path / "二次.json", torn)
    statement = tmp_path / "更正说明.docx"
    result = run("diff", before, after, "--correction", statement)
    assert (result.code, statement.exists()) == (2, False)
    assert "没有生成更正说明" in result.err
    assert "请先改正" in result.err
    assert "已生成" not in result.err


def test_only_a_merged_workbook_with_the_unit_tells_the_sums(run: Run, tmp_path: Path) -> None:
    units = [with_values(unit, {LICENCES: Decimal(10)}) for unit in district(3, 1)]
    before = file(tmp_path / "一次.json", units[0])
    after = file(tmp_path / "二次.json", with_values(units[0], {LICENCES: Decimal(12)}))
    others, older = tmp_path / "别的.xlsx", tmp_path / "去年.xlsx"
    run("merge", folder(tmp_path / "乙", units[1:]), "-o", others, "--unit", "示例区")
    run("merge", folder(tmp_path / "旧", district(2, 1, 2024)), "-o", older, "--unit", "示例区")
    statement = tmp_path / "更正说明.docx"
    for given, said in (
        (before, "不是汇总表"),
        (others, f"里没有“{units[0].unit.name}”"),
        (older, "2024 年的汇总表"),
    ):
        result = run("diff", before, after, "--correction", statement, "--sum", given)
        assert (result.code, statement.exists()) == (2, False)
        assert said in result.err
        assert str(given) in result.err


def test_a_sum_of_sums_has_the_unit_too(run: Run, tmp_path: Path) -> None:
    units = [with_values(unit, {LICENCES: Decimal(10)}) for unit in district(3, 1)]
    before = file(tmp_path / "一次.json", units[0])
    after = file(tmp_path / "二次.json", with_values(units[0], {LICENCES: Decimal(12)}))
    inner, outer = tmp_path / "系统.xlsx", tmp_path / "区.xlsx"
    run("merge", folder(tmp_path / "甲", units[:2]), "-o", inner, "--unit", "示例系统")
    rest = folder(tmp_path / "乙", units[2:])
    run("merge", inner, rest, "-o", outer, "--unit", "示例区")
    command = ("diff", before, after, "--correction", tmp_path / "更正说明.docx")
    assert "已生成" in run(*command, "--sum", inner, "--sum", outer).err
    assert "已生成" in run(*command, "--sum", outer, "--force").err


def test_reports_of_two_editions_are_not_compared(run: Run, tmp_path: Path) -> None:
    one = file(tmp_path / "新.json", clean_report("2021"))
    other = file(tmp_path / "旧.json", clean_report("2019"))
    result = run("diff", one, other)
    assert result.code == 2
    assert "不能比较" in result.err
