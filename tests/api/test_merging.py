"""Merging files: any kind, any order, level by level; what was written by hand stays."""

from __future__ import annotations

import hashlib
import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from gk_xlsx import api, resources
from gk_xlsx.api.collecting import Gathering
from gk_xlsx.api.contributing import Contributed, collected_reports, contributed
from gk_xlsx.api.merging import (
    MadeMerge,
    MergeTask,
    kept_from,
    merged_book,
    merged_in,
    merged_of,
    root_of,
    trace,
    unit_of,
)
from gk_xlsx.api.merging_levels import merged_levels
from gk_xlsx.errors import GkXlsxError
from gk_xlsx.findings import Verdict
from gk_xlsx.merged import Merged
from gk_xlsx.plan.workbook import plan_workbook
from gk_xlsx.report import BLANK, AnnualReport, Place
from gk_xlsx.rollup.double_counting import DoubleCountingError
from gk_xlsx.rollup.last_reports import LastReport
from gk_xlsx.rollup.roster import Roster
from gk_xlsx.units import Scope, Unit
from gk_xlsx.workbook.write import workbook_bytes
from tests.made import write_json
from tests.rollup.districts import FORM
from tests.rollup.sums import line, plain_sum, small_roster, units, with_entries

UNIT = Unit("示例市")


def as_workbook(report: AnnualReport, folder: Path) -> Path:
    path = folder / f"{report.unit.name}.xlsx"
    path.write_bytes(workbook_bytes(plan_workbook(FORM, report)))
    return path


def as_json(report: AnnualReport, folder: Path) -> Path:
    return write_json(report, folder / f"{report.unit.name}.json")


def merged(paths: Sequence[Path], roster: Roster | None = None, **more: object) -> MadeMerge:
    """Files in one sum; `more` as in `MergeTask`."""
    root = root_of(roster, "") if roster is not None else None
    found = contributed(paths, roster=roster, root=root)
    task = MergeTask(found, unit_of("" if roster else "示例市", root), roster, root)
    return merged_of(replace(task, **more))  # type: ignore[arg-type]  # tests name the fields


def sums(merge: Merged) -> dict[str, Decimal | None]:
    return {key: entry.value for key, entry in merge.entries.items()}


# -- files ---------------------------------------------------------------------------------


def test_json_workbooks_and_a_mixture_give_the_same_sums(tmp_path: Path) -> None:
    reports = units(5)
    blank = {"requests.granted.social": BLANK}
    reports[2] = with_entries(reports[2], blank)
    books, jsons = ([make(report, tmp_path) for report in reports]
                    for make in (as_workbook, as_json))  # fmt: skip
    mixture = [pair[number % 2] for number, pair in enumerate(zip(books, jsons, strict=True))]

    found = [sums(merged(random.Random(1).sample(paths, 5)).merged)
             for paths in (books, jsons, mixture)]  # fmt: skip

    assert found == [plain_sum(FORM, reports)] * 3


def test_a_folder_gives_each_report_once(tmp_path: Path) -> None:
    reports = units(3)
    for report in reports:
        as_json(report, tmp_path)

    assert sums(merged([tmp_path]).merged) == plain_sum(FORM, reports)


def test_an_archive_in_a_folder_is_not_passed_over_in_silence(tmp_path: Path) -> None:
    as_json(units(1)[0], tmp_path)
    (tmp_path / "街道材料.zip").write_bytes(b"PK")
    (remark,) = contributed([tmp_path]).remarks
    assert "街道材料.zip" in remark


def test_the_progress_is_told_file_by_file(tmp_path: Path) -> None:
    paths = [as_json(report, tmp_path) for report in units(3)]
    seen: list[Path] = []

    def tracked(items: Sequence[Path], what: str) -> Iterator[Path]:
        assert what == "汇总"
        for item in items:
            seen.append(item)
            yield item

    contributed([tmp_path], tracked=tracked)

    assert seen == paths


def test_other_years_are_refused_with_their_files(tmp_path: Path) -> None:
    first, second = units(2)
    paths = [as_json(first, tmp_path), as_json(replace(second, year=2024), tmp_path)]

    with pytest.raises(GkXlsxError) as caught:
        contributed(paths)

    assert all(str(path) in str(caught.value) for path in paths)
    assert "2024 年" in str(caught.value)


def test_another_year_than_the_one_asked_for_is_refused(tmp_path: Path) -> None:
    with pytest.raises(GkXlsxError, match="要汇总的是 2024 年"):
        contributed([as_json(units(1)[0], tmp_path)], year=2024)


def test_a_file_that_cannot_be_read_leaves_the_sum_incomplete(tmp_path: Path) -> None:
    as_json(units(1)[0], tmp_path)
    (tmp_path / "坏的.xlsx").write_bytes(b"PK\x03\x04broken")

    made = merged([tmp_path])

    assert [item.name for item in made.merged.missing] == ["坏的.xlsx"]
    assert "文件不能读取" in made.merged.missing[0].why
    assert not made.complete


def test_a_document_that_is_no_report_is_only_remarked(tmp_path: Path) -> None:
    as_json(units(1)[0], tmp_path / "..")
    (tmp_path / "通知.md").write_text("# 通知\n\n请各单位报送。\n", "utf-8")
    (tmp_path / "甲").mkdir()
    as_json(units(1)[0], tmp_path / "甲")

    made = merged([tmp_path])

    assert made.merged.missing == ()
    assert "通知.md 不是报告" in made.remarks[0]


def test_figures_with_errors_are_counted_and_said(tmp_path: Path) -> None:
    first, second = units(2)
    wrong = replace(
        first, entries={**first.entries, "requests.carried_out.other":
                        replace(first.entries["requests.carried_out.other"], number=Decimal(9999))}
    )  # fmt: skip

    made = merged([as_json(wrong, tmp_path), as_json(second, tmp_path)])

    assert [item.verdict is Verdict.FIX for item in made.merged.counted] == [True, False]
    assert [item.name for item in made.wrong] == [first.unit.name]
    assert not made.complete


def test_a_workbooks_cells_are_named_and_a_json_has_none(tmp_path: Path) -> None:
    first, second = units(2)
    made = merged([as_workbook(first, tmp_path), as_json(second, tmp_path)])
    target = tmp_path / "汇总.xlsx"
    target.write_bytes(made.data)

    _, found = trace(target, "三.新收.总计")

    assert [item.place for item in found] == [Place("三、申请办理", "J6"), None]
    assert [Path(item.path).name for item in found] == [
        f"{first.unit.name}.xlsx",
        f"{second.unit.name}.json",
    ]
    file = tmp_path / f"{first.unit.name}.xlsx"
    assert found[0].sha256 == hashlib.sha256(file.read_bytes()).hexdigest()


def test_trace_wants_a_merged_workbook(tmp_path: Path) -> None:
    path = as_workbook(units(1)[0], tmp_path)

    with pytest.raises(GkXlsxError, match=r"示例00局\.xlsx：这不是汇总表"):
        trace(path, "三.新收.总计")


# -- one level up --------------------------------------------------------------------------


def test_a_merged_workbook_is_merged_again(tmp_path: Path) -> None:
    reports = units(4)
    towns = []
    for name, part in (("示例市甲镇", reports[:2]), ("示例市乙镇", reports[2:])):
        found = contributed([as_json(report, tmp_path) for report in part])
        towns.append(tmp_path / f"{name}.xlsx")
        towns[-1].write_bytes(merged_of(MergeTask(found, Unit(name))).data)

    made = merged(towns)

    assert sums(made.merged) == plain_sum(FORM, reports)
    names = [part.name for part in made.merged.report.parts]
    assert names[:2] == ["示例市乙镇", "示例市甲镇"]
    assert sorted(names[2:]) == [report.unit.name for report in reports]


def test_a_merged_file_beside_its_own_children_is_refused(tmp_path: Path) -> None:
    paths = [as_json(report, tmp_path) for report in units(2)]
    town = tmp_path / "镇汇总.xlsx"
    town.write_bytes(merged_of(MergeTask(contributed(paths), Unit("示例市甲镇"))).data)

    with pytest.raises(DoubleCountingError, match=r"RO09 重复计数：.*镇汇总\.xlsx"):
        merged([town, paths[0]])


def test_the_workbook_can_be_checked_rendered_and_exported(tmp_path: Path) -> None:
    reports = units(2)
    target = tmp_path / "汇总.xlsx"
    target.write_bytes(merged([as_json(report, tmp_path) for report in reports]).data)

    checked, exported = api.check(target), json.loads(api.export_json(target))

    assert checked.data is not Verdict.FIX
    assert exported["scope"] == "area"
    assert [part["name"] for part in exported["parts"]] == [item.unit.name for item in reports]
    assert api.render(target).data.startswith(b"PK")
    again = write_and_read(exported, tmp_path)
    assert again.values == {key: entry.value for key, entry in api.read(target).entries.items()}


def write_and_read(document: object, folder: Path) -> AnnualReport:
    path = folder / "again.json"
    path.write_text(json.dumps(document, ensure_ascii=False), "utf-8")
    return api.read(path)


def test_a_merged_workbook_is_sent_back_with_its_detail(tmp_path: Path) -> None:
    first, second = units(2)
    entries = {"disputes.review.upheld": BLANK}
    paths = [as_json(with_entries(first, entries), tmp_path), as_json(second, tmp_path)]
    target = tmp_path / "汇总.xlsx"
    target.write_bytes(merged(paths).data)

    back = tmp_path / "退回.xlsx"
    back.write_bytes(api.marked(api.examine(target)).data)

    kept = kept_from(back)
    assert kept is not None
    assert [item.name for item in kept.counted] == [first.unit.name, second.unit.name]


# -- with a roster -------------------------------------------------------------------------


def test_a_roster_names_who_is_missing_and_sets_aside_who_does_not_count(tmp_path: Path) -> None:
    reports = units(5)
    paths = [as_json(reports[at], tmp_path) for at in (0, 2, 4)]

    made = merged(paths, small_roster())

    assert [item.name for item in made.merged.counted] == ["示例市示例00局", "示例市示例02局"]
    assert [item.name for item in made.merged.missing] == ["示例市示例01局", "示例市示例03局"]
    assert [item.remark for item in made.merged.aside] == ["名册上“计入汇总”为否"]
    assert made.merged.report.unit.name == "示例市"
    assert made.merged.counted[0].kind == "部门"


def test_an_unknown_sender_is_said_and_not_counted(tmp_path: Path) -> None:
    first, stranger = units(2)
    stranger = replace(stranger, unit=Unit("别的市教育局"))

    made = merged([as_json(first, tmp_path), as_json(stranger, tmp_path)], small_roster())

    assert [item.name for item in made.merged.counted] == [first.unit.name]
    assert "“别的市教育局”不在名册上" in made.remarks[0]
    assert made.merged.aside[0].remark.startswith("不在名册上")


def test_the_roster_gives_name_and_code(tmp_path: Path) -> None:
    report = replace(units(1)[0], unit=Unit("示例市第一局"))
    roster = Roster(
        (
            line("示例市", "1", scope=Scope.AREA),
            line("示例市示例00局", "2", "1", aliases=("示例市第一局",)),
        )
    )

    made = merged([as_json(report, tmp_path)], roster)

    assert [(item.name, item.code) for item in made.merged.counted] == [("示例市示例00局", "2")]
    assert made.merged.missing == ()


def test_a_folder_is_collected_as_collect_does(tmp_path: Path) -> None:
    """Doubles by their names, another year, a stranger: what counts is chosen."""
    reports = units(4)
    inbox = tmp_path / "02收件"
    inbox.mkdir()
    older = with_entries(reports[0], {"disputes.review.upheld": BLANK})
    as_json(older, inbox).rename(inbox / "示例00局第1次.json")
    as_json(reports[0], inbox).rename(inbox / "示例00局第2次.json")
    as_json(replace(reports[1], year=2024), inbox)
    as_workbook(reports[2], inbox)
    roster = small_roster()
    root = root_of(roster, "")
    gathering = api_gathering(inbox, roster, tmp_path)

    found = collected_reports(gathering, root, lambda items, _: items)
    made = merged_of(MergeTask(found, unit_of("", root), roster, root))

    counted = {item.name: item.path for item in made.merged.counted}
    assert counted == {
        "示例市示例00局": str(inbox / "示例00局第2次.json"),
        "示例市示例02局": str(inbox / "示例市示例02局.xlsx"),
    }
    missing = {item.name: item.why for item in made.merged.missing}
    assert missing == {"示例市示例01局": "年度不符", "示例市示例03局": "未收到"}
    assert made.merged.counted[0].received


def api_gathering(folder: Path, roster: Roster, beside: Path) -> Gathering:
    return Gathering(folder, roster, beside / "收发登记.xlsx", year=2025)


# -- level by level ------------------------------------------------------------------------


def levels(found: Contributed, roster: Roster, **keep: Merged) -> dict[str, MadeMerge]:
    root = root_of(roster, "")
    names = {item.code: f"{item.name}.xlsx" for item in roster}
    task = MergeTask(found, unit_of("", root), roster, root)
    made = merged_levels(task, roster, root, names, keep)
    return {level.line.name: level.made for level in made}


def test_every_branch_gets_its_sum_and_the_top_is_the_sum_of_all(tmp_path: Path) -> None:
    reports, roster = units(5), small_roster()
    paths = [as_json(report, tmp_path) for report in reports]
    found = contributed(paths, roster=roster, root=root_of(roster, ""))

    made = levels(found, roster)

    town, top = made["示例市某某镇"], made["示例市"]
    assert list(made) == ["示例市某某镇", "示例市"]
    assert sums(town.merged) == plain_sum(FORM, reports[2:4])
    assert sums(top.merged) == plain_sum(FORM, reports[:4])
    assert sums(top.merged) == sums(merged(paths, roster).merged)
    row = top.merged.counted[2]
    assert (row.path, row.sha256) == ("示例市某某镇.xlsx", hashlib.sha256(town.data).hexdigest())
    assert row.places[0] == Place("二、主动公开", "B5")


def test_what_is_missing_below_is_missing_above(tmp_path: Path) -> None:
    reports, roster = units(5), small_roster()
    paths = [as_json(reports[at], tmp_path) for at in (0, 1, 2)]
    found = contributed(paths, roster=roster, root=root_of(roster, ""))

    made = levels(found, roster)

    names = [[item.name for item in one.merged.missing] for one in made.values()]
    assert names == [["示例市示例03局"], ["示例市示例03局"]]


def test_a_branch_of_which_nothing_came_has_no_workbook(tmp_path: Path) -> None:
    roster = small_roster()
    found = contributed([as_json(units(1)[0], tmp_path)], roster=roster, root=root_of(roster, ""))

    made = levels(found, roster)

    assert list(made) == ["示例市"]
    assert [item.name for item in made["示例市"].merged.missing] == [
        "示例市示例01局",
        "示例市示例02局",
        "示例市示例03局",
    ]


def test_a_branchs_own_report_is_one_of_its_rows(tmp_path: Path) -> None:
    reports = units(4)
    lines = tuple(
        replace(item, scope=Scope.BODY, name="示例市示例01局", kind="部门")
        if item.code == "4"
        else item
        for item in small_roster()
        if item.code in "1245"
    )
    roster = Roster(lines)
    paths = [as_json(report, tmp_path) for report in reports[:3]]
    found = contributed(paths, roster=roster, root=root_of(roster, ""))

    made = levels(found, roster)

    branch = made["示例市示例01局"].merged
    assert [item.name for item in branch.counted] == ["示例市示例01局", "示例市示例02局"]
    assert branch.report.scope is Scope.AREA
    assert sums(made["示例市"].merged) == plain_sum(FORM, reports[:3])


def test_a_branch_that_does_not_count_above_has_its_own_sum(tmp_path: Path) -> None:
    reports = units(5)
    lines = (replace(item, counted=item.code != "4") for item in small_roster())
    roster = Roster(tuple(lines))
    paths = [as_json(report, tmp_path) for report in reports[:4]]
    found = contributed(paths, roster=roster, root=root_of(roster, ""))

    made = levels(found, roster)

    assert sums(made["示例市某某镇"].merged) == plain_sum(FORM, reports[2:4])
    assert (
        sums(made["示例市"].merged)["requests.new.total"]
        == (sums(merged(paths, roster).merged)["requests.new.total"])
    )
    assert [item.name for item in made["示例市"].merged.aside] == ["示例市某某镇"]


# -- last year, and what was written by hand ------------------------------------------------


def test_last_years_own_sum_goes_before_that_of_the_units(tmp_path: Path) -> None:
    report = units(1)[0]
    assert report.last_year is not None
    values = {"requests.new.total": Decimal(77)}
    last = replace(report.last_year, unit="示例市", values=values)
    reports = [LastReport(UNIT, Scope.AREA, last, "去年.xlsx")]

    made = merged([as_json(report, tmp_path)], last=reports)

    assert made.merged.report.last_year == last


def test_what_was_written_by_hand_is_taken_over(tmp_path: Path) -> None:
    path = as_json(units(1)[0], tmp_path)
    first = merged([path]).merged
    report = replace(first.report, narrative={"overview": "自己写的。"}, title="标题")
    before = tmp_path / "汇总.xlsx"
    before.write_bytes(merged_book(replace(first, report=report)))

    again = merged([path], keep=kept_from(before)).merged

    assert (again.report.title, dict(again.report.narrative)) == (
        "标题",
        {"overview": "自己写的。"},
    )


def test_only_a_merged_workbook_has_anything_to_keep(tmp_path: Path) -> None:
    book = as_workbook(units(1)[0], tmp_path)
    text = tmp_path / "a.txt"
    text.write_text("x", "utf-8")

    assert kept_from(book) is None
    assert kept_from(text) is None


def test_a_document_under_the_name_of_a_workbook_has_nothing_to_keep(tmp_path: Path) -> None:
    path = tmp_path / "汇总.xlsx"
    path.write_bytes(resources.template("2021", "report.docx").read_bytes())

    assert kept_from(path) is None


@pytest.mark.parametrize(
    ("template", "what"), [("report.docx", "这是 Word 文档"), ("form.yaml", "这是文本")]
)
def test_what_is_named_as_a_merged_workbook_and_is_none_is_told_for_what_it_is(
    template: str, what: str
) -> None:
    path = resources.template("2021", template)

    with pytest.raises(GkXlsxError) as raised:
        merged_in(path)
    assert str(raised.value) == (
        f"{path}：{what}，不是汇总表。请给出 gk-xlsx merge 生成的汇总表（.xlsx）。"
    )


def test_a_list_in_a_workbook_is_no_merged_workbook(tmp_path: Path) -> None:
    path = tmp_path / "名单.xlsx"
    openpyxl.Workbook().save(path)

    with pytest.raises(GkXlsxError, match="这是别的表格，不是汇总表"):
        merged_in(path)


def test_a_damaged_workbook_is_not_written_over(tmp_path: Path) -> None:
    damaged = tmp_path / "汇总.xlsx"
    damaged.write_bytes(b"PK\x03\x04" + b"x" * 100)

    with pytest.raises(GkXlsxError, match="请先改名或移走它"):
        kept_from(damaged)


def test_without_unit_and_roster_it_is_not_known_whose_sum_it_is() -> None:
    with pytest.raises(GkXlsxError, match="请用 --unit"):
        unit_of(" ", None)


# -- real values ---------------------------------------------------------------------------


@pytest.mark.parametrize(("edition", "year"), [("2021", 2021), ("2021", 2023), ("2019", 2019)])
def test_real_reports_give_the_same_sums_as_json_and_as_workbooks(
    reports: Path, tmp_path: Path, edition: str, year: int
) -> None:
    jsons = [
        path
        for path in sorted(reports.glob("*.json"))
        if (facts := json.loads(path.read_text("utf-8")))["year"] == year
        and facts["edition"] == edition
    ]
    books = [tmp_path / f"{path.stem}.xlsx" for path in jsons]
    for source, target in zip(jsons, books, strict=True):
        target.write_bytes(api.new(api.Issue(), values=source).data)
    mixture = [*jsons[::2], *books[1::2]]

    found = [merged(random.Random(2).sample(paths, len(paths))).merged
             for paths in (jsons, books, mixture)]  # fmt: skip

    assert len(jsons) >= 2
    assert sums(found[0]) == sums(found[1]) == sums(found[2])
    reasons = [[entry.reason for entry in one.entries.values()] for one in found]
    assert reasons[0] == reasons[1] == reasons[2]
