"""FM: form and genre of the finished report; every rule with what it must leave alone."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path

import pytest

from gk_xlsx import api, resources
from gk_xlsx.findings import Severity, TextLocation
from gk_xlsx.report import (
    AnnualReport,
    Level,
    Observation,
    Seen,
    Signed,
    Unit,
    last_year_of,
)
from gk_xlsx.resources import form
from gk_xlsx.rules import genre_form, genre_names, genre_text, genre_words, genre_years, judge
from gk_xlsx.rules.rule import Rule
from tests.rules.seed_texts import seed_report
from tests.rules.written import (
    EVERY,
    MINE,
    TEXT,
    UNIT,
    YEAR,
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


def findings_in(rule: Rule, sentence: str, part: str = "overview") -> list[str]:
    """What a rule quotes from the ordinary text with one more sentence in a part."""
    report = written(**{part: f"{TEXT[part]}\n\n{sentence}"})  # type: ignore[arg-type]
    return [quoted(finding, report) for finding in found(rule, report)]


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


# -- FM03 ------------------------------------------------------------------------------------


def subheaded(*headings: str) -> AnnualReport:
    return written(overview="\n\n".join(f"{heading}\n\n正文一段。" for heading in headings))


@pytest.mark.parametrize(
    "headings",
    [
        ("（一）甲", "（二）乙", "（三）丙"),
        ("(一)甲", "(二)乙"),
        ("（一）甲", "1. 子", "（1）丑", "（2）寅", "（二）乙", "（1）卯"),
        ("（一）甲", "（二）乙", "（一）另起"),
        ("#### （一）甲", "#### （二）乙。后面还有（五）句中的。"),
    ],
)
def test_numbers_in_order_are_silent(headings: tuple[str, ...]) -> None:
    assert not found(genre_text.sub_heading_number, subheaded(*headings))


@pytest.mark.parametrize(
    ("headings", "quote", "what"),
    [
        (("（一）甲", "（二）乙", "（3）丙"), "（3）", "应用中文数字"),
        (("（一）甲", "（三）乙"), "（三）", "不连续"),
        (("（一）甲", "（二）乙", "（二）丙"), "（二）", "不连续"),
        (("（一）甲", "(二)乙"), "(二)", "半角括号"),
        (("（一)甲", "（二）乙"), "（一)", "前后不一致"),
    ],
)
def test_wrong_numbers_are_noted(headings: tuple[str, ...], quote: str, what: str) -> None:
    report = subheaded(*headings)
    (finding,) = found(genre_text.sub_heading_number, report)
    assert finding.severity is Severity.NOTE
    assert quoted(finding, report) == quote
    assert what in finding.message


# -- FM04 ------------------------------------------------------------------------------------


def without_aspect(number: str) -> AnnualReport:
    """The ordinary text without one of its five headed paragraphs."""
    blocks = TEXT["overview"].split("\n\n")
    at = next(i for i, block in enumerate(blocks) if block.startswith(f"（{number}）"))
    return written(overview="\n\n".join(blocks[:at] + blocks[at + 2 :]))


@pytest.mark.parametrize(
    ("number", "name"),
    [
        ("二", "依申请公开"),
        ("三", "政府信息管理"),
        ("五", "监督保障"),
    ],
)
def test_an_aspect_that_is_not_in_the_text_is_asked_about(number: str, name: str) -> None:
    (finding,) = found(genre_text.aspect, without_aspect(number))
    assert finding.severity is Severity.WARNING
    assert finding.message == f"“一、总体情况”没有写到“{name}”。"


def test_an_aspect_without_heading_is_noted() -> None:
    text = TEXT["overview"].replace("（三）政府信息管理\n\n", "三是做好信息资源管理，")
    (finding,) = found(genre_text.aspect, written(overview=text))
    assert finding.severity is Severity.NOTE
    assert "“政府信息管理”，但没有单列小标题" in finding.message


def test_headings_in_other_words_are_headings() -> None:
    text = (
        "（一）主动公开更进一步。做了一些事。\n\n（二）规范办理申请公开：来一件登一件。\n\n"
        "（三）健全制度，加强信息管理\n\n（四）建好专栏\n\n（五）强化考核"
    )
    assert not found(genre_text.aspect, written(overview=text))


def test_a_government_also_reports_assessment_review_and_accountability() -> None:
    government = "河口市某某区人民政府"
    text = TEXT["overview"]
    assert severities(genre_text.aspect, written(unit=government)) == ["warning"]
    partly = text + "\n\n年度考核占三分。"
    assert severities(genre_text.aspect, written(unit=government, overview=partly)) == ["note"]
    fully = partly + "\n\n请居民评议两次，没有人被问责。"
    assert not found(genre_text.aspect, written(unit=government, overview=fully))


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


# -- FM06 ------------------------------------------------------------------------------------

FINE_YEARS = [
    "与2023年相比，登载量有所上升。",
    "本年沿用2023年的办法登记来件。",
    "较2022年多办三件。",
    "自2019年起每月查看一次栏目。",
    "下一步将在2025年改版栏目。",
    "年底未办完的结转到2025年办理。",
    "按照2021—2025年规划推进。",
    "2021年至2025年分三步走。",
    "依照某府办〔2021〕7号和〔2020〕9号办理。",
    "落实《2023年工作安排》和“2022年计划”。",
    "详见 https://example.org/2023年/a.html 。",
    "公开了2023年度决算和2023年部门预算执行情况。",
    "公开2023年度部门决算。",
    "公布2023年政府信息公开工作年度报告。",
    "网站于2023年12月20日改版。",
    "2019年修订的《条例》印成小册子。",
    "针对2023年查出的问题逐条整改。",
    "2022年、2023年、2024年三年数据一并列出。",
    "2008年5月《条例》施行。",
    "{{ 年 }}年和{{ 上年.三.新收.总计 }}件。",
    "2023年遗留的一件已经办完。",
    "2024年登载信息十篇。",
    "公开2023年度行政执法数据。",
    "我局在2023年度政务公开测评中列第三。",
    "荣获2023年度先进单位。",
    "编制2023年信息公开年报并上网。",
    "另附2025年工作思路。",
    "在2023年基础上增设两个栏目。",
]


@pytest.mark.parametrize("sentence", FINE_YEARS)
def test_other_years_that_belong_there_are_silent(sentence: str) -> None:
    assert findings_in(genre_years.leftover_year, sentence) == []


LEFT_OVER = [
    "2023年，我局登载信息十篇。",
    "我局2023年度共登载信息十篇。",
    "截至2023年底，共登载信息十篇。",
    "截至2023年12月31日，共登载信息十篇。",
    "（六）2023年办理情况良好。",
    "2023 年没有收到申请。",
    "二〇二三年，我局登载信息十篇。",
    "２０２３年，我局登载信息十篇。",
    "2022年，我局登载信息十篇。",
    "2025年，我局登载信息十篇。",
]


@pytest.mark.parametrize("sentence", LEFT_OVER)
def test_a_year_left_over_from_an_older_text_is_asked_about(sentence: str) -> None:
    (quote,) = findings_in(genre_years.leftover_year, sentence)
    assert quote in sentence


def test_one_year_in_one_part_is_one_finding() -> None:
    report = written(other="2023年没有收费。2023年度无其他事项。")
    (finding,) = found(genre_years.leftover_year, report)
    assert "提到 2023 年（共 2 处）" in finding.message


def test_plans_of_the_coming_year_are_for_part_five() -> None:
    assert not findings_in(genre_years.leftover_year, "2025年，重点补短板。", "problems")


# -- FM07 ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    ["未收取信息处理费。", "全年没有收费情况。", "收取处理费120元。", "本年未发生收取费用的情形。"],
)
def test_a_statement_about_the_fee_is_enough(text: str) -> None:
    assert not found(genre_text.fee_statement, written(other=text))


def test_a_bare_nothing_is_asked_about_with_words_to_use() -> None:
    report = written(other="无。")
    (finding,) = found(genre_text.fee_statement, report)
    assert finding.severity is Severity.WARNING
    assert quoted(finding, report) == "无。"
    assert "2024年度本机关未收取政府信息公开信息处理费" in finding.fix


def test_a_missing_part_six_is_asked_about() -> None:
    (finding,) = found(genre_text.fee_statement, written(other=""))
    assert finding.location == TextLocation("other", "", 0, 0)


def test_a_fee_reported_elsewhere_is_a_note() -> None:
    report = written(other="无。", overview=TEXT["overview"] + "全年未收取信息处理费。")
    assert severities(genre_text.fee_statement, report) == ["note"]


def test_before_2021_there_was_no_such_fee() -> None:
    assert not found(genre_text.fee_statement, written(2020, other="无。"))


# -- FM08 ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "preface",
    [
        "统计期限自2024年1月1日起至2024年12月31日止。",
        "所列数据的时间段：2024 年 1 月 1 日—12 月 31 日。",
        "数据统计时限为{{ 年 }}年1月1日至12月31日。",
        "统计期限为2024年度。",
        "统计时间：2024年1月至12月。",
        "统计周期为2024.1.1-2024.12.31。",
    ],
)
def test_a_stated_period_is_silent(preface: str) -> None:
    assert not found(genre_years.period, written(preface=preface))


def test_the_period_may_stand_in_part_one() -> None:
    overview = "本报告数据为2024年1月1日至12月31日。\n\n" + TEXT["overview"]
    assert not found(genre_years.period, written(preface="", overview=overview))


def test_a_period_stated_nowhere_is_asked_about() -> None:
    (finding,) = found(genre_years.period, written(preface="现将有关情况报告如下。"))
    assert finding.severity is Severity.WARNING
    assert finding.location == TextLocation("preface", "", 0, 0)


@pytest.mark.parametrize(
    ("preface", "quote"),
    [
        ("统计期限为2023年1月1日至12月31日。", "2023年1月1日至12月31日"),
        ("统计期限为2024年1月1日至11月30日。", "2024年1月1日至11月30日"),
        ("统计期限为2023年度。", "期限为2023年度"),
    ],
)
def test_a_wrong_period_is_asked_about(preface: str, quote: str) -> None:
    report = written(preface=preface)
    (finding,) = found(genre_years.period, report)
    assert quoted(finding, report) == quote
    assert finding.fix == "请改为“2024年1月1日至12月31日”。"


# -- FM09 ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "sentence",
    [
        "以上数据真实有效，可以对外发布。",
        "（文字描述，收取信息处理费情况在此处报告。）",
        "由××局牵头办理。",
        "由XX科室牵头办理。",
        "登载信息{{ 三.新收 件。",
        "请领导审阅。",
    ],
)
def test_internal_wording_is_an_error_once_a_sentence(sentence: str) -> None:
    (quote,) = findings_in(genre_words.internal_wording, sentence)
    assert quote in sentence


@pytest.mark.parametrize(
    "sentence",
    [
        "登载信息{{ 三.新收.总计 }}篇。",
        "{% if 三.新收.总计 %}有申请。{% endif %}",
        "信息经审核同意后对外发布。",
        "稿件报请领导审定后上网。",
        "（如有疑问，请来电。）",
        "邮箱为 dajXX@example.org 。",
    ],
)
def test_names_of_figures_and_ordinary_words_are_silent(sentence: str) -> None:
    assert findings_in(genre_words.internal_wording, sentence) == []


def test_in_a_finished_document_an_unrendered_figure_is_an_error() -> None:
    report = finished(other="收到申请{{ 三.新收.总计 }}件，没有收费。")
    (finding,) = found(genre_words.internal_wording, report)
    assert "{{" in quoted(finding, report)


# -- FM10 ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("title_body", "signed_by", "unit"),
    [
        (UNIT, UNIT, UNIT),
        ("某某区", "某某区人民政府办公室", "某某区人民政府"),
        ("某某区人民政府", "某某区政府办", "某某区人民政府办公室"),
        ("", UNIT, UNIT),
        ("青山街道", "某某区青山街道办事处", "某某区青山街道"),
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


# -- FM11 ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sentence", "quote", "right"),
    [
        ("按国办发〔2021〕30号所附格式编写。", "国办发〔2021〕30号", "国办公开办函〔2021〕30号"),
        ("依国办公开办函[2021]30号编写。", "国办公开办函[2021]30号", "国办公开办函〔2021〕30号"),
        (
            "依国办公开办函〔2019〕60号编写。",
            "国办公开办函〔2019〕60号",
            "国办公开办函〔2021〕30号",
        ),
        ("处理费按国办发〔2020〕109号收取。", "国办发〔2020〕109号", "国办函〔2020〕109号"),
        ("印发某档发（2024）5号文件。", "某档发（2024）5号", "某档发〔2024〕5号"),
    ],
)
def test_a_wrong_document_number_is_asked_about(sentence: str, quote: str, right: str) -> None:
    report = written(preface=f"{TEXT['preface']}{sentence}")
    (finding,) = found(genre_words.document_number, report)
    assert quoted(finding, report).endswith(quote)
    assert right in finding.fix


@pytest.mark.parametrize(
    "sentence",
    [
        "按国办公开办函〔2021〕30号所附格式编写。",
        "格式由国办公开办函〔2019〕60号改为国办公开办函〔2021〕30号。",
        "国办发〔2021〕30号与本年工作有关。",
        "处理费按国办函〔2020〕109号收取。",
        "法院作出（2024）某01行终12号判决。",
        "依照国务院令第711号办理。",
    ],
)
def test_right_numbers_and_other_documents_are_silent(sentence: str) -> None:
    report = written(preface=f"{TEXT['preface']}{sentence}")
    assert not found(genre_words.document_number, report)


def test_a_report_of_2019_cites_the_format_of_2019() -> None:
    report = written(2019, preface="按国办公开办函〔2019〕60号编写。")
    assert not found(genre_words.document_number, report)


# -- FM12, FM13 --------------------------------------------------------------------------------


def test_two_items_of_before_2019_are_one_note() -> None:
    sentence = "设专门机构1个，专职人员2人，收到举报0件。"
    (quote,) = findings_in(genre_words.items_of_before_2019, sentence)
    assert "专门机构1个" in quote


@pytest.mark.parametrize(
    "sentence", ["落实工作经费。", "解读政策8次，回应关切3次。", "建立投诉举报制度，专人负责。"]
)
def test_one_old_item_and_wanted_figures_are_silent(sentence: str) -> None:
    assert not findings_in(genre_words.items_of_before_2019, sentence)


@pytest.mark.parametrize(
    ("sentence", "word"),
    [
        ("截止2024年底，登载十篇。", "截止"),
        ("截止目前没有申请。", "截止"),
        ("数据的统计限自1月1日起。", "统计限"),
        ("推进依法申请公开工作。", "依法申请公开"),
        ("今年来登载十篇。", "今年来"),
    ],
)
def test_words_written_wrong_are_noted(sentence: str, word: str) -> None:
    assert findings_in(genre_words.word_list, sentence) == [word]


@pytest.mark.parametrize(
    "sentence",
    [
        "报名截止日期是三月。",
        "统计期限见前言。",
        "公民可依法申请公开。",
        "今年来信十封。",
        "截至目前没有申请。",
    ],
)
def test_the_same_words_used_rightly_are_silent(sentence: str) -> None:
    assert findings_in(genre_words.word_list, sentence) == []


# -- FM14, FM15, FM16 --------------------------------------------------------------------------


@pytest.mark.parametrize(("text", "what"), [("", "没有写"), ("无。", "只有 2 个字")])
def test_an_empty_or_short_part_five_is_asked_about(text: str, what: str) -> None:
    (finding,) = found(genre_text.problems_and_improvement, written(problems=text))
    assert finding.severity is Severity.WARNING
    assert what in finding.message


def test_parts_whose_headings_are_lost_are_left_to_the_headings() -> None:
    report = replace(finished(problems="", other=""), headings=HEADINGS[:4])
    for rule in (genre_text.problems_and_improvement, genre_text.fee_statement):
        assert not found(rule, report)
    assert found(genre_form.section_heading, report)


def test_problems_without_measures_are_noted() -> None:
    text = "栏目更新拖延，文稿太专业，来访群众看不明白，经办人员换得太勤。" * 2
    assert severities(genre_text.problems_and_improvement, written(problems=text)) == ["note"]
    assert not found(genre_text.problems_and_improvement, written())


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


# -- real reports and examples -------------------------------------------------------------------

SEEDS_YIELD = {
    0: {"IN01", "FM02", "FM13", "LG07"},
    1: {"LG06", "FM03"},
    2: {"FM01", "FM02", "FM03", "IN07", "FM08", "FM09", "FM13"},
    3: {"FM05", "FM13", "FM04"},
    4: {"FM03", "FM04", "FM08", "FM10", "FM12", "FM13"},
}
"""Seed to its codes, all but TX. Source: CHECKS.md, and what stands in the texts beyond it."""


def seed_findings(reports: Path, number: int) -> list[tuple[str, str, str]]:
    """Code, severity and message of every finding of a seed."""
    report = seed_report(reports, number, form("2021"))
    findings = judge(report, form("2021"), EVERY)
    return [(item.code, item.severity.value, item.message) for item in findings]


@pytest.mark.parametrize("number", SEEDS_YIELD)
def test_the_seeds_yield_what_a_reviewer_found_and_nothing_else(reports: Path, number: int) -> None:
    codes = {code for code, _, _ in seed_findings(reports, number) if code[:2] != "TX"}
    assert codes == SEEDS_YIELD[number]


SEED_DETAILS = [
    (0, "FM02", "error", "六、其他需要报备的事项"),
    (2, "FM01", "error", "政务信息公开工作年度报告"),
    (2, "FM02", "error", "三、收到和处理政府信息公开申报情况"),
    (2, "FM09", "error", "以上数据真实有效，可以对外发布"),
    (2, "IN07", "warning", "行政许可"),
    (3, "FM05", "error", "2023 年 1 月 12 日早于"),
    (3, "FM04", "warning", "没有写到“政府信息公开平台建设”"),
    (3, "FM13", "note", "统计限"),
    (4, "FM03", "note", "（4）"),
    (4, "FM04", "warning", "没有写到“政府信息管理”、“政府信息公开平台建设”"),
    (4, "FM10", "note", "舟山市定海区机关事务管理中心"),
    (4, "FM12", "note", "机构数、人员数、举报投诉"),
]


@pytest.mark.parametrize(("number", "code", "severity", "words"), SEED_DETAILS)
def test_the_seeds_yield_it_at_the_place_and_with_the_severity_named(
    reports: Path, number: int, code: str, severity: str, words: str
) -> None:
    assert any(
        (found_code, found_severity) == (code, severity) and words in message
        for found_code, found_severity, message in seed_findings(reports, number)
    )


EXAMPLES = {
    "01": {"LG07": 1},
    "02": {"LG06": 1},
    "03": {},
    "04": {},
    "05": {},
    "06": {},
    "07": {"YR01": 2, "FM05": 1, "LG06": 1},
}
"""Example to its findings of YR, FM and LG. Source: their `notes`."""


@pytest.mark.parametrize("path", sorted(resources.examples().glob("*.json")), ids=lambda p: p.stem)
def test_the_examples_yield_what_their_notes_say(path: Path) -> None:
    report = api.read(path)
    findings = judge(report, form(report.edition), EVERY)
    codes = [item.code for item in findings if item.code[:2] in ("YR", "FM", "LG")]
    assert {code: codes.count(code) for code in codes} == EXAMPLES[path.stem[:2]]


# -- hostile text --------------------------------------------------------------------------------


PIECES = (
    *("字", " ", "\n", "（", "(", "（一", "{{", "}}", "{{ 年 }}", "{% ", "2023年", "2023年，我局"),
    *(
        "1月1日至",
        "截至2023年",
        "一",
        "二〇二三年",
        "《",
        "“",
        "〔2021",
        "国办发[2021]30号",
        "国办公开办函",
    ),
    *(
        "国办公开办函〔2019〕60号",
        "由某局",
        "××",
        "以上数据真实有效",
        "处理费1",
        "1,",
        "一百",
        "元",
        "。",
    ),
    *(
        "收取1元",
        "（一）\n",
        "(1)\n",
        "截止",
        "依法申请公开",
        "五个部分",
        "\u202e",
        "\U0001f600",
        "\x01",
    ),
    *("http://", "www.a", "未", "信息", "发布", "年度报告", "2021—", "第二部分报告"),
)
"""What rules look for, and what might make them look twice."""


def seconds(piece: str, length: int) -> float:
    long = (piece * (length // len(piece) + 1))[:length]
    report = finished(preface=long, overview=long, problems=long, other=long)
    before = last_year_of(replace(report, year=YEAR - 1))
    report = replace(report, title=long, headings=(long,), signed=Signed(long, long))
    start = time.process_time()
    judge(replace(report, last_year=before), form("2021"), MINE)
    return time.process_time() - start


@pytest.mark.parametrize("piece", PIECES)
def test_hostile_text_costs_time_in_proportion_to_its_length(piece: str) -> None:
    seconds(piece, 1_000)
    assert seconds(piece, 100_000) < 5
