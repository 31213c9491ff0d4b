"""Reports with a text of our own, and what single rules find in them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from gk_xlsx.findings import Finding, TextLocation
from gk_xlsx.report import AnnualReport, Signed, narrative
from gk_xlsx.resources import form
from gk_xlsx.rules import (
    ALL,
    Rule,
    genre_form,
    genre_names,
    genre_text,
    genre_words,
    genre_years,
    judge,
    law,
    years,
)
from gk_xlsx.units import Level, Unit
from tests.made import zero_report

MINE = (
    *(years.documents_in_force, years.large_swing, years.same_as_last_year),
    *(years.stock_below_zero, years.last_year_differs),
    *(genre_form.no_text, genre_form.title, genre_form.section_heading),
    *(genre_text.sub_heading_number, genre_text.aspect, genre_form.date),
    *(genre_years.leftover_year, genre_text.fee_statement, genre_years.period),
    *(genre_words.internal_wording, genre_names.names_differ, genre_words.document_number),
    *(genre_words.items_of_before_2019, genre_words.word_list),
    *(genre_text.problems_and_improvement, genre_form.picture_table, genre_form.number_of_parts),
    *(law.regulations_without_power, law.direct_action, law.fee_not_a_multiple),
    *(law.fee_above_charges, law.unpaid_but_nothing_charged, law.action_without_review),
    *(law.normative_documents_of_institution, law.much_other_handling),
)
EVERY = (*ALL, *(rule for rule in MINE if rule not in ALL))

YEAR = 2024
UNIT = "河口市某某区档案局"
TEXT: Mapping[str, str] = {
    "preface": "按照《条例》要求编成本报告，统计期限为2024年1月1日至12月31日。",
    "overview": (
        "（一）主动公开\n\n全年在网站登载信息二十余篇。\n\n"
        "（二）依申请公开\n\n窗口和信函都有人值守。\n\n"
        "（三）政府信息管理\n\n每份文件先定公开属性再印发。\n\n"
        "（四）政府信息公开平台建设\n\n栏目由专人每周查看一遍。\n\n"
        "（五）监督保障\n\n年内办了一次学习班。"
    ),
    "problems": (
        "栏目更新有时拖延，个别文稿写得过于专业，来访群众看不明白，经办人员换得也勤。"
        "下一步把更新日期排进日历，文稿先请窗口同事试读。"
    ),
    "other": "本年度没有收取信息处理费，没有其他需要报告的事项。",
}
"""A short, ordinary text: nothing is to be found in it."""


def written(year: int = YEAR, unit: str = UNIT, **parts: str) -> AnnualReport:
    """An all-zero report with the ordinary text, some parts of it replaced; "" leaves one out."""
    texts = {**TEXT, **parts}
    return replace(
        zero_report("2021" if year > 2020 else "2019"),
        year=year,
        unit=Unit(unit),
        narrative=narrative(texts.items()),
    )


def finished(year: int = YEAR, unit: str = UNIT, **parts: str) -> AnnualReport:
    """The same as a finished document: with title, headings and signature."""
    report = written(year, unit, **parts)
    sections = form(report.edition).sections
    return replace(
        report,
        title=f"{unit}{year}年政府信息公开工作年度报告",
        headings=tuple(section.heading for section in sections),
        signed=Signed(unit, f"{year + 1}年1月15日"),
    )


def of_level(report: AnnualReport, level: Level) -> AnnualReport:
    return replace(report, unit=replace(report.unit, level=level))


def found(rule: Rule, report: AnnualReport) -> list[Finding]:
    """What one rule finds."""
    return list(judge(report, form(report.edition), [rule]))


def severities(rule: Rule, report: AnnualReport) -> list[str]:
    return [finding.severity.value for finding in found(rule, report)]


def quoted(finding: Finding, report: AnnualReport) -> str:
    """The passage a finding points at, taken from the report's text by its offsets."""
    place = finding.location
    assert isinstance(place, TextLocation)
    text = report.narrative.get(place.section, "")
    assert text[place.start : place.end] == place.quote
    return place.quote
