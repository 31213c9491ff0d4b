"""`merge` and `trace` as they are typed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from gk_xlsx import api, resources
from gk_xlsx.plan.layout import DETAIL
from gk_xlsx.plan.merged_layout import CODE, NAME, detail_of
from gk_xlsx.plan.model import Address
from gk_xlsx.report import BLANK
from gk_xlsx.workbook.read import read_merged
from tests.cli.conftest import Run
from tests.made import write_json
from tests.rollup.districts import FORM
from tests.rollup.sums import plain_sum, units, with_entries
from tests.workbook.books import Typed, with_cells
from tests.workbook.merged_books import adjusted_cell

ROSTER = """\
单位名称,上级,类型,统计范围,计入汇总
示例市,,,本行政区域汇总,
示例市示例00局,示例市,部门,,
示例市示例01局,示例市,部门,,
示例市某某镇,示例市,镇街,本行政区域汇总,
示例市示例02局,示例市某某镇,镇街,,
"""


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    """Three reports in a folder."""
    folder = tmp_path / "收件"
    folder.mkdir()
    for report in units(3):
        write_json(report, folder / f"{report.unit.name}.json")
    return folder


@pytest.fixture
def roster(tmp_path: Path) -> Path:
    path = tmp_path / "名册.csv"
    path.write_text(ROSTER, "utf-8")
    return path


@pytest.fixture
def inside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "汇总.xlsx"


def test_a_roster_that_no_report_fits_is_refused(
    run: Run, inbox: Path, tmp_path: Path, target: Path
) -> None:
    other = tmp_path / "通讯录.csv"
    other.write_text("单位名称\n外地市人民政府\n", "utf-8")
    for files in ([inbox], sorted(inbox.iterdir())):
        outcome = run("merge", *files, "-o", target, "--roster", other)
        assert (outcome.code, target.exists()) == (2, False)
        assert "3 份报告都对不上名册，名册可能选错了" in outcome.err


def test_a_roster_that_few_reports_fit_is_not_silently_taken(
    run: Run, inbox: Path, tmp_path: Path, target: Path
) -> None:
    other = tmp_path / "通讯录.csv"
    other.write_text("单位名称\n示例市示例00局\n", "utf-8")
    for files in ([inbox], sorted(inbox.iterdir())):
        outcome = run("merge", *files, "-o", target, "--roster", other, "--force")
        assert (outcome.code, target.exists()) == (1, True)
        assert "3 份报告里有 2 份对不上名册，名册可能选错了" in outcome.err
    target.unlink()
    outcome = run("merge", inbox, "-o", target, "--roster", other, "--strict")
    assert (outcome.code, target.exists()) == (2, False)
    shown = run("collect", inbox, "--roster", other, "--register", tmp_path / "登.xlsx")
    assert shown.code == 1
    assert "名册可能选错了" in shown.err


def test_a_folder_becomes_a_merged_workbook(run: Run, inbox: Path, target: Path) -> None:
    outcome = run("merge", inbox, "-o", target, "--unit", "示例市")

    assert (outcome.code, outcome.out) == (0, "")
    assert outcome.err == f"已生成 {target}：3 份报告。\n"
    report = api.read(target)
    assert report.values == plain_sum(FORM, units(3))


def test_missing_reports_are_named_and_it_is_written_all_the_same(
    run: Run, inbox: Path, roster: Path, target: Path
) -> None:
    (inbox / "示例市示例01局.json").unlink()

    outcome = run("merge", inbox, "-o", target, "--roster", roster)

    assert outcome.code == 1
    assert "未完整：缺 1 份报告：示例市示例01局。" in outcome.err
    assert target.is_file()


def test_unknown_sums_are_named_with_their_units(run: Run, inbox: Path, target: Path) -> None:
    report = with_entries(units(1)[0], {"disputes.review.upheld": BLANK})
    write_json(report, inbox / f"{report.unit.name}.json")

    outcome = run("merge", inbox, "-o", target, "--unit", "示例市")

    assert outcome.code == 1
    assert "2 格汇总数未知，原因在：示例市示例00局（空白）。" in outcome.err


def test_strict_writes_nothing_where_something_is_missing(
    run: Run, inbox: Path, roster: Path, target: Path
) -> None:
    (inbox / "示例市示例01局.json").unlink()

    outcome = run("merge", inbox, "-o", target, "--roster", roster, "--strict")

    assert outcome.code == 2
    assert "没有生成汇总表（--strict）" in outcome.err
    assert not target.exists()


def test_each_level_gets_its_workbook(run: Run, inbox: Path, roster: Path, tmp_path: Path) -> None:
    folder = tmp_path / "各级"

    outcome = run("merge", inbox, "--roster", roster, "--each-level", folder)

    assert outcome.code == 0
    made = sorted(folder.iterdir())
    assert [path.name for path in made] == [
        "001示例市（汇总）汇总表.xlsx",
        "004示例市某某镇（汇总）汇总表.xlsx",
    ]
    assert api.read(made[0]).values == plain_sum(FORM, units(3))


def test_with_strict_no_level_is_written_unless_all_are_complete(
    run: Run, inbox: Path, roster: Path, tmp_path: Path
) -> None:
    (inbox / "示例市示例01局.json").unlink()
    folder = tmp_path / "各级"

    outcome = run("merge", inbox, "--roster", roster, "--each-level", folder, "--strict")

    assert outcome.code == 2
    assert list(folder.iterdir()) == []


def test_what_was_typed_into_the_workbook_survives_the_next_run(
    run: Run, inbox: Path, target: Path
) -> None:
    run("merge", inbox, "-o", target, "--unit", "示例市")
    merged = read_merged(target.read_bytes(), resources.form)
    detail = detail_of(merged)
    label, reason = (
        (DETAIL, Address(DETAIL, detail.adjustments_top, column).local) for column in (NAME, CODE)
    )
    typed: dict[tuple[str, str], Typed] = {
        label: "来电",
        reason: "更正",
        adjusted_cell(merged, 0, "disputes.review.other"): 5,
        ("基本信息", "B8"): "自己的标题",
    }
    target.write_bytes(with_cells(target.read_bytes(), typed))

    refused = run("merge", inbox, "-o", target, "--unit", "示例市")
    outcome = run("merge", inbox, "-o", target, "--unit", "示例市", "--force")

    assert (refused.code, outcome.code) == (2, 0)
    report = api.read(target)
    before = plain_sum(FORM, units(3))["disputes.review.other"]
    assert before is not None
    assert report.value("disputes.review.other") == before + 5
    assert report.title == "自己的标题"


def test_a_sum_that_lies_among_the_reports_is_not_added_to_itself(
    run: Run, inbox: Path, roster: Path
) -> None:
    for more in ((), ("--roster", roster)):
        for options in ((), ("--force",)):
            target = inbox / f"汇总{len(more)}.xlsx"
            outcome = run("merge", inbox, "-o", target, "--unit", "示例市", *more, *options)
            assert outcome.code == 0, outcome.err
            assert api.read(target).values == plain_sum(FORM, units(3))
            if options:
                target.unlink()


def test_another_merge_is_not_written_over(run: Run, inbox: Path, target: Path) -> None:
    run("merge", inbox, "-o", target, "--unit", "示例市")
    before = target.read_bytes()

    outcome = run("merge", inbox, "-o", target, "--unit", "别的市", "--force")

    assert outcome.code == 2
    assert "已有的汇总表是“示例市”2025 年的" in outcome.err
    assert target.read_bytes() == before


def test_adjustments_can_be_taken_from_another_file(
    run: Run, inbox: Path, target: Path, tmp_path: Path
) -> None:
    run("merge", inbox, "-o", target, "--unit", "示例市")
    second = tmp_path / "第二次.xlsx"

    outcome = run("merge", inbox, "-o", second, "--unit", "示例市", "--keep", target)
    wrong = run(
        "merge", inbox, "-o", tmp_path / "c.xlsx", "--unit", "示例市",
        "--keep", inbox / "示例市示例00局.json",
    )  # fmt: skip

    assert outcome.code == 0
    assert wrong.code == 2
    assert "这是报告 JSON，不是汇总表。请给出 gk-xlsx merge 生成的汇总表" in wrong.err


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("-o", "x.xlsx"), "请用 --unit 给出汇总单位的名称"),
        ((), "请用 -o 给出汇总表的文件名"),
        (("-o", "x.docx", "--unit", "示例市"), "只能生成 .xlsx 文件"),
        (("--each-level", "各级", "--unit", "示例市"), "逐级汇总须有名册"),
        (("-o", "x.xlsx", "--unit", "示例市", "--last", "没有"), "没有这个文件"),
    ],
)
@pytest.mark.usefixtures("inside")
def test_what_is_lacking_is_said(
    run: Run, inbox: Path, tmp_path: Path, arguments: tuple[str, ...], message: str
) -> None:
    outcome = run("merge", inbox, *arguments)

    assert outcome.code == 2
    assert message in outcome.err
    assert not (tmp_path / "x.xlsx").exists()


def test_outside_a_project_folder_files_must_be_named(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    assert "缺少参数 文件或文件夹（各单位的报告）" in run("merge").err


def test_in_a_project_folder_nothing_need_be_said(
    run: Run, inbox: Path, roster: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("02收件", "04汇总"):
        (tmp_path / name).mkdir()
    for path in inbox.iterdir():
        path.replace(tmp_path / "02收件" / path.name)
    monkeypatch.chdir(tmp_path)

    outcome = run("merge")

    assert outcome.code == 0, outcome.err
    assert api.read(tmp_path / "04汇总" / "汇总表.xlsx").values == plain_sum(FORM, units(3))
    assert roster.is_file()


# -- trace ---------------------------------------------------------------------------------


def test_trace_tells_unit_file_and_cell(run: Run, inbox: Path, target: Path) -> None:
    run("merge", inbox, "-o", target, "--unit", "示例市")

    outcome = run("trace", target, "三.新收.总计")

    total = plain_sum(FORM, units(3))["requests.new.total"]
    head, *lines = outcome.out.splitlines()
    assert outcome.code == 0
    assert head == f"三、申请办理“一、本年新收政府信息公开申请数量·总计”＝{total}（3 份报告相加）"
    values = [report.value("requests.new.total") or 0 for report in units(3)]
    assert [int(text.split()[0]) for text in lines] == sorted(values, reverse=True)
    assert all(".json requests.new.total\t明细!" in text for text in lines)


def test_trace_counts_zeros_and_puts_the_unknown_first(run: Run, inbox: Path, target: Path) -> None:
    first, second, third = units(3)
    field_id = "disputes.after_review.upheld"
    reports = [
        with_entries(first, {field_id: first.entries["disputes.review.other"]}),
        with_entries(second, {field_id: BLANK}),
        third,
    ]
    for report in reports:
        write_json(report, inbox / f"{report.unit.name}.json")
    run("merge", inbox, "-o", target, "--unit", "示例市")

    lines = run("trace", target, field_id).out.splitlines()

    assert "＝未知（3 份报告相加）" in lines[0]
    assert lines[1].startswith("  未知\t示例市示例01局")
    assert lines[1].endswith("空白")


def test_trace_as_json_adds_up(run: Run, inbox: Path, target: Path) -> None:
    run("merge", inbox, "-o", target, "--unit", "示例市")

    document = json.loads(run("trace", target, "四.诉讼.总计", "--format", "json").out)

    assert document["fields"] == ["disputes.direct.total", "disputes.after_review.total"]
    assert sum(item["value"] for item in document["contributions"]) == document["total"]
    assert len(document["contributions"]) == 6


@pytest.mark.parametrize("arguments", [("三.不存在",), ("三.新收.总计", "--format", "html")])
def test_trace_refuses_what_it_does_not_know(
    run: Run, inbox: Path, target: Path, arguments: tuple[str, ...]
) -> None:
    run("merge", inbox, "-o", target, "--unit", "示例市")

    assert run("trace", target, *arguments).code == 2
