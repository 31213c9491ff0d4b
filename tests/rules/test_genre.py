"""FM, the document: title, headings, signature, names; and what ordinary reports give."""

from __future__ import annotations

from dataclasses import replace

import pytest

from gk_xlsx.findings import Severity
from gk_xlsx.report import AnnualReport, Observation, Seen, Signed
from gk_xlsx.resources import form
from gk_xlsx.rules import genre_form, genre_names, judge
from gk_xlsx.units import Level, Unit
from tests.rules.written import (
    EVERY,
    MINE,
    UNIT,
    finished,
    found,
    of_level,
    quoted,
    severities,
    written,
)

HEADINGS = tuple(section.heading for section in form("2021").sections)


def entitled(title: str, unit: str = UNIT) -> AnnualReport:
    return replace(finished(unit=unit), title=title)


def headed(*headings: str) -> AnnualReport:
    return replace(finished(), headings=headings)


def signed(date: str, by: str = UNIT) -> AnnualReport:
    return replace(finished(), signed=Signed(by, date))


# -- ordinary reports ------------------------------------------------------------------------


@pytest.mark.parametrize("year", [2019, 2020, 2021, 2024])
@pytest.mark.parametrize("make", [written, finished])
def test_an_all_zero_report_with_an_ordinary_text_gives_nothing(make: object, year: int) -> None:
    preface = f"按照《条例》要求编成本报告，统计期限为{year}年1月1日至12月31日。"
    report = finished(year, preface=preface) if make is finished else written(year, preface=preface)
    assert judge(report, form(report.edition), EVERY) == ()


def test_without_any_text_only_that_is_noted() -> None:
    report = replace(finished(), narrative={}, title="错", headings=("错",))
    findings = judge(report, form("2021"), [rule for rule in MINE if rule.code.startswith("FM")])
    assert [(finding.code, finding.severity) for finding in findings] == [("FM00", Severity.NOTE)]


def test_a_report_from_a_workbook_has_no_title_or_headings_to_judge() -> None:
    for rule in (genre_form.title, genre_form.section_heading, genre_names.names_differ):
        assert not found(rule, written())


# -- FM01 ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "title",
    [
        f"{UNIT}2024年政府信息公开工作年度报告",
        f"2024年{UNIT}\n政府信息公开工作年度报告",
        f"{UNIT} 2024 年度 政府信息公开工作年度报告",
        f"{UNIT}二〇二四年政府信息公开工作年度报告",
        "某某区2024年政府信息公开工作年度报告",
    ],
)
def test_a_title_with_body_year_and_genre_is_silent(title: str) -> None:
    assert not found(genre_form.title, entitled(title))


@pytest.mark.parametrize(
    ("title", "what"),
    [
        (f"{UNIT}政府信息公开工作年度报告", "没有年份"),
        (f"{UNIT}2023年政府信息公开工作年度报告", "写的是 2023 年"),
        (f"{UNIT}2024年政务信息公开工作年度报告", "没有写作“政府信息公开工作年度报告”"),
        (f"{UNIT}2024年政府信息公开年度报告", "没有写作“政府信息公开工作年度报告”"),
    ],
)
def test_a_title_that_is_none_is_an_error_with_the_right_one(title: str, what: str) -> None:
    (finding,) = found(genre_form.title, entitled(title))
    assert finding.severity is Severity.ERROR
    assert what in finding.message
    assert finding.fix == f"请改为“{UNIT}2024年政府信息公开工作年度报告”。"


def test_a_title_without_the_body_is_asked_about() -> None:
    report = entitled("2024年政府信息公开工作年度报告")
    assert severities(genre_form.title, report) == ["warning"]


# -- FM02 ------------------------------------------------------------------------------------


def test_exact_headings_with_their_sub_headings_are_silent() -> None:
    found_there = (HEADINGS[0], "（一）主动公开", "1. 文件", *(f"# {h}" for h in HEADINGS[1:]))
    assert not found(genre_form.section_heading, headed(*found_there))


def test_an_altered_heading_is_an_error_with_the_exact_one() -> None:
    (finding,) = found(
        genre_form.section_heading, headed(*HEADINGS[:4], "五、问题及改进情况", HEADINGS[5])
    )
    assert finding.severity is Severity.ERROR
    assert finding.message == "标题“五、问题及改进情况”与格式不一致。"
    assert finding.fix == "请改为“五、存在的主要问题及改进情况”。"


def test_missing_headings_are_one_error() -> None:
    (finding,) = found(genre_form.section_heading, headed(*HEADINGS[:4]))
    assert finding.message == f"缺少标题“{HEADINGS[4]}”、“{HEADINGS[5]}”。"


def test_wrong_numbers_are_one_error() -> None:
    moved = [
        numeral + heading[1:] for numeral, heading in zip("一二三四五", HEADINGS[1:], strict=True)
    ]
    (finding,) = found(genre_form.section_heading, headed("一、总体情况", *moved))
    assert finding.message.startswith("标题编号与格式不一致：“一、主动公开政府信息情况”")
    assert finding.fix.endswith("“六、其他需要报告的事项”。")


def test_a_wrong_order_is_one_error() -> None:
    order = (HEADINGS[0], HEADINGS[2], HEADINGS[1], *HEADINGS[3:])
    (finding,) = found(genre_form.section_heading, headed(*order))
    assert "顺序" in finding.message


def test_a_foreign_numbered_heading_is_an_error() -> None:
    (finding,) = found(genre_form.section_heading, headed(*HEADINGS, "七、附表"))
    assert finding.message == "标题“七、附表”不是格式里的部分。"


# -- FM05 ------------------------------------------------------------------------------------


@pytest.mark.parametrize("date", ["2024-01-12", "2024年12月30日", "二〇二四年一月十日"])
def test_a_date_before_the_period_ends_is_an_error(date: str) -> None:
    (finding,) = found(genre_form.date, signed(date))
    assert finding.severity is Severity.ERROR
    assert finding.fix == "请核对年份，2024 年度的报告应在 2025 年成文。"


@pytest.mark.parametrize("date", ["2025年1月31日", "2024-12-31", "二〇二五年一月十日", "", "年初"])
def test_dates_in_time_or_unknown_are_silent(date: str) -> None:
    assert not found(genre_form.date, signed(date))


@pytest.mark.parametrize(
    ("level", "date", "clause"),
    [
        ("department", "2025-02-01", "第四十九条"),
        ("township", "2025-02-01", "主管部门规定"),
        ("zone", "2025-02-01", "主管部门规定"),
        ("office", "2025-04-01", "第四十九条"),
        ("county", "2025-04-01", "第四十九条"),
    ],
)
def test_a_date_after_the_bodys_deadline_is_noted(level: str, date: str, clause: str) -> None:
    (finding,) = found(genre_form.date, of_level(signed(date), Level(level)))
    assert finding.severity is Severity.NOTE
    assert clause in finding.source


@pytest.mark.parametrize(("level", "unit"), [(Level.OFFICE, UNIT), (None, "甲乙丙丁")])
def test_governments_and_unknown_bodies_have_until_march(level: Level | None, unit: str) -> None:
    report = replace(signed("2025-03-31"), unit=Unit(unit, level=level))
    assert not found(genre_form.date, report)


# -- FM10 ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("title_body", "signed_by", "unit"),
    [
        (UNIT, UNIT, UNIT),
        ("某某区", "某某区人民政府办公室", "某某区人民政府"),
        ("某某区人民政府", "某某区政府办", "某某区人民政府办公室"),
        ("", UNIT, UNIT),
        ("青山街道", "青山街道办事处", "青山街道"),
        ("滨江开发区", "滨江开发区管委会", "滨江开发区管理委员会"),
    ],
)
def test_one_body_and_a_government_with_its_office_are_silent(
    title_body: str, signed_by: str, unit: str
) -> None:
    report = entitled(f"{title_body}2024年政府信息公开工作年度报告", unit)
    assert not found(genre_names.names_differ, replace(report, signed=Signed(signed_by, "")))


def test_two_bodies_are_asked_about() -> None:
    report = replace(finished(), signed=Signed("河口市某某区水利局", ""))
    (finding,) = found(genre_names.names_differ, report)
    assert finding.severity is Severity.WARNING
    assert "落款写“河口市某某区水利局”" in finding.message


@pytest.mark.parametrize("short", ["某某区档案局", "河口市档案局"])
def test_a_name_that_is_contained_in_the_other_is_noted(short: str) -> None:
    report = replace(finished(), signed=Signed(short, ""))
    assert severities(genre_names.names_differ, report) == ["note"]


def test_a_preface_that_names_another_body_is_asked_about() -> None:
    report = written(preface="本报告由河口市某某区水利局依据《条例》编制。")
    (finding,) = found(genre_names.names_differ, report)
    assert quoted(finding, report) == "河口市某某区水利局"


@pytest.mark.parametrize("who", ["综合科", "区档案局", "{{ 单位 }}", "总体情况、主动公开情况"])
def test_a_preface_that_names_a_part_of_the_body_is_silent(who: str) -> None:
    report = written(preface=f"本报告由{who}依据《条例》编制。")
    assert not found(genre_names.names_differ, report)


# -- FM15, FM16 --------------------------------------------------------------------------------


def test_tables_that_are_pictures_are_one_error() -> None:
    seen = [Observation(Seen.PICTURE_TABLE, table=table) for table in ("requests", "disputes")]
    report = replace(finished(), observations=tuple(seen))
    (finding,) = found(genre_form.picture_table, report)
    assert finding.message == "“三、申请办理”、“四、复议诉讼”是图片，不是表格。"
    assert not found(genre_form.picture_table, finished())


def test_a_promise_of_another_number_of_parts_is_noted() -> None:
    report = written(preface="本报告共五个部分。")
    (finding,) = found(genre_form.number_of_parts, report)
    assert quoted(finding, report) == "五个部分"


@pytest.mark.parametrize(
    "preface",
    [
        "全文由总体情况等六部分组成，本报告可下载。",
        "本报告的数字以第二部分的表格为准。",
        "本报告的数字以第二至第四部分的表格为准。",
        "材料分为两个部分存放。",
    ],
)
def test_the_right_number_and_ordinals_are_silent(preface: str) -> None:
    assert not found(genre_form.number_of_parts, written(preface=preface))
