"""FM, the text: aspects, years, period, words; every rule with what it must leave alone."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from gk_xlsx.findings import Severity, TextLocation
from gk_xlsx.report import AnnualReport
from gk_xlsx.resources import form
from gk_xlsx.rules import genre_form, genre_text, genre_words, genre_years
from gk_xlsx.rules.rule import Rule
from tests.rules.written import (
    TEXT,
    finished,
    found,
    quoted,
    severities,
    written,
)

HEADINGS = tuple(section.heading for section in form("2021").sections)


def findings_in(rule: Rule, sentence: str, part: str = "overview") -> list[str]:
    """What a rule quotes from the ordinary text with one more sentence in a part."""
    report = written(**{part: f"{TEXT[part]}\n\n{sentence}"})  # type: ignore[arg-type]
    return [quoted(finding, report) for finding in found(rule, report)]


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


def test_short_lines_without_a_stop_are_headings_too() -> None:
    text = re.sub("（[一二三四五]）", "", TEXT["overview"])
    assert not found(genre_text.aspect, written(overview=text))


def test_a_government_also_reports_assessment_review_and_accountability() -> None:
    government = "河口市某某区人民政府"
    text = TEXT["overview"]
    assert severities(genre_text.aspect, written(unit=government)) == ["warning"]
    partly = text + "\n\n年度考核占三分。"
    assert severities(genre_text.aspect, written(unit=government, overview=partly)) == ["note"]
    fully = partly + "\n\n请居民评议两次，没有人被问责。"
    assert not found(genre_text.aspect, written(unit=government, overview=fully))


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
        "门牌（2024）5号已经换新。",
        "依照国务院令第711号办理。",
    ],
)
def test_right_numbers_and_other_documents_are_silent(sentence: str) -> None:
    report = written(preface=f"{TEXT['preface']}{sentence}")
    assert not found(genre_words.document_number, report)


def test_a_report_of_2019_cites_the_format_of_2019() -> None:
    report = written(2019, preface="按国办公开办函〔2019〕60号编写。")
    assert not found(genre_words.document_number, report)


def test_a_report_of_2019_does_not_cite_the_format_of_2021() -> None:
    report = written(2020, preface="格式按国办公开办函〔2021〕30号。")
    (finding,) = found(genre_words.document_number, report)
    assert finding.fix == "请改为“国办公开办函〔2019〕60号”。"


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


# -- FM14 --------------------------------------------------------------------------------


@pytest.mark.parametrize(("text", "what"), [("", "没有写"), ("无。", "只有 2 个字")])
def test_an_empty_or_short_part_five_is_asked_about(text: str, what: str) -> None:
    (finding,) = found(genre_text.problems_and_improvement, written(problems=text))
    assert finding.severity is Severity.WARNING
    assert what in finding.message


def test_parts_whose_headings_are_lost_are_left_to_the_headings() -> None:
    report = replace(finished(overview="", problems="", other=""), headings=HEADINGS[1:4])
    for rule in (
        genre_text.aspect,
        genre_text.problems_and_improvement,
        genre_text.fee_statement,
    ):
        assert not found(rule, report)
    assert found(genre_form.section_heading, report)


def test_problems_without_measures_are_noted() -> None:
    text = "栏目更新拖延，文稿太专业，来访群众看不明白，经办人员换得太勤。" * 2
    assert severities(genre_text.problems_and_improvement, written(problems=text)) == ["note"]
    assert not found(genre_text.problems_and_improvement, written())
