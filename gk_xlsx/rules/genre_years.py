"""FM06 and FM08: the years and the period that the text names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from gk_xlsx.amounts import chinese_number
from gk_xlsx.findings import Gate, Severity
from gk_xlsx.patterns import pattern
from gk_xlsx.rules.passages import (
    PREFACE,
    Passage,
    Span,
    has_text,
    masked,
    nowhere,
    part_name,
    passages,
)
from gk_xlsx.rules.rule import Case, Hit, rule

_YEAR = pattern(
    r"(?<![\d.])(?P<year>(?:19|20)\d{2}|二[〇零○][〇零○一二三四五六七八九]{2})\s{0,2}年"
)
_NAMES = pattern(
    r"《[^《》\n]{0,120}》|〈[^〈〉\n]{0,120}〉|“[^“”\n]{0,60}”|〔[^〔〕\n]{0,12}〕|"
    r"(?:19|20)\d\d\s?年?度?\s?[—－\-–~～至到]{1,2}\s?(?:19|20)\d\d\s?(?:年|学年)|"
    r"(?:19|20)\d\d\s?年?度?[、和与及]\s?(?:19|20)\d\d\s?年"
)
"""Titles, quoted names, document numbers, spans of years (2021—2025年), lists (2020、2021年)."""
_BEFORE = pattern(
    r"(?:较|比|同|与|和|跟|延续|沿用|自|从|早在|截至|截止|到|至|结转|顺延|始于|承接|巩固|[（(]|"
    r"公开|公布|公示|编制|编写|上报|报送|完成|印发|荣获|获评|评为).?$"
)
"""What may stand right before another year."""
_AFTER = pattern(
    r"\s?(?:度|底|末|初)?(?:\s?\d{1,2}\s?月|的?(?:部门)?(?:预|决)算|部门预决算|财政|同期|相比|"
    r"[^，。；]{0,12}?(?:报告|年报|考核|考评|评估|测评|评比|优秀|先进|典型|排名)|"
    r"以前|之前|以后|之后|前|后|版|修订|修正|新修订|机构改革|疫情|成立|组建|设立|挂牌|"
    r"遗留|结转|未办结|"
    r"(?:制定|出台|印发|发布|公布|颁布|施行|实施|申请|受理|收到|提出|产生|形成|存在)的|"
    r"[^，。；]{0,6}?(?:主要)?问题|的?(?:做法|基础|要求|经验)|"
    r"[底末初年度]{0,2}\ue000)"
)
"""What may stand right behind it."""
_COMPARED = pattern(
    r"上年|上一年|去年|往年|历年|同比|环比|相比|相较|增长|下降|回落|延续|结转|顺延|跨年|"
    r"(?:较|比|与)\s?(?:19|20)\d\d|连续[两二三四五六七八九十\d]|近[两二三四五\d]年|整改|历史"
)
"""What makes a sentence one that looks back."""
_AHEAD = pattern(
    r"将|下一步|下步|计划|拟|继续|结转|顺延|力争|争取|预计|明年|下一?年|规划|打算|思路|安排|今后|目标|"
    r"进一步|持续|着力|重点|聚焦|努力|\d{1,2}\s?月"
)
"""What makes a sentence one that looks ahead, or gives a date."""
_AS_OF = pattern(r"截[至止]\s?(?:到|至)?\s?$")
_YEAR_END = pattern(r"\s?(?:底|末|12\s?月)")
_SINCE = pattern(r"\s?(?:度)?(?:以来|起|开始|至今|到现在)")
_OPENING = pattern(r"^[\s#*]*(?:[（(]?[一二三四五六七八九十\d]{1,3}[）)、.．]\s?)?[一-鿿]?.{0,1}$")


_NEAR = 100
"""How far a sentence is read around a year, so that a long one costs no more than many."""


@dataclass(frozen=True, slots=True)
class _Mention:
    """Another year than the report's, in its sentence."""

    year: int
    start: int
    end: int
    sentence: Span

    def before(self, length: int = 8) -> str:
        """What stands in front of it in its sentence."""
        begin = self.start - self.sentence.start
        return self.sentence.text[max(0, begin - length) : begin]

    def after(self, length: int = 16) -> str:
        """What stands behind it in its sentence."""
        begin = self.end - self.sentence.start
        return self.sentence.text[begin : begin + length]

    @property
    def beside(self) -> str:
        """Its sentence, as far as it is near."""
        begin = self.start - self.sentence.start
        return self.sentence.text[max(0, begin - _NEAR) : begin + _NEAR]

    @property
    def opens(self) -> bool:
        """Whether it stands at the beginning of its sentence, behind a number at most."""
        lead = self.start - self.sentence.start
        return lead <= 12 and _OPENING.match(self.sentence.text[:lead]) is not None


@rule("FM06", "leftover-year", Severity.WARNING, Gate.TEXT)
def leftover_year(case: Case) -> Iterator[Hit]:
    """The text speaks of the report's year; another one may be left over from an older text.

    查什么：正文里像是沿用旧稿、忘了改的年份。每个部分、每个年份提示一次。
    依据：年度报告反映本年情况。
    例：2021 年度的报告写“2020年，我局收到申请3件”。
    怎么改：核对后改成本年；确指其他年份的，写明“上年”“较2020年”等。
    不管的：与上年比较、延续，下一步打算、结转到下年、规划起止年份、文号、书名号和引号里的名称、网址、
    决算预算的年度、文件和网页的日期；统计期限写错的见 FM08。
    """
    for text in passages(case):
        found: dict[int, list[_Mention]] = {}
        for mention in _mentions(text, case.report.year):
            if _left_over(mention, case.report.year, text.section):
                found.setdefault(mention.year, []).append(mention)
        for year, mentions in found.items():
            first = mentions[0]
            more = f"（共 {len(mentions)} 处）" if len(mentions) > 1 else ""
            yield Hit(
                f"“{part_name(case.form, text.section)}”提到 {year} 年{more}，"
                f"报告年份是 {case.report.year} 年，请核对是否沿用旧稿。",
                fix=f"属笔误的改为 {case.report.year} 年。",
                location=text.around(first.start, first.end),
            )


def _mentions(text: Passage, own: int) -> Iterator[_Mention]:
    for sentence in Passage(text.section, text.raw, masked(text.text, _NAMES)).sentences:
        for match in _YEAR.finditer(sentence.text):
            year = _figure(match["year"])
            if year != own:
                start, end = (sentence.start + place for place in match.span())
                yield _Mention(year, start, end, sentence)


def _left_over(mention: _Mention, own: int, section: str) -> bool:
    if mention.year > own:
        return section != "problems" and not _AHEAD.search(mention.beside)
    if _COMPARED.search(mention.beside):
        return False
    if _AS_OF.search(mention.before()) and _YEAR_END.match(mention.after()):
        return mention.year == own - 1
    if _BEFORE.search(mention.before()) or _AFTER.match(mention.after()):
        return False
    since = _SINCE.match(mention.after()) is not None
    return mention.opens if since or mention.year < own - 1 else True


# -- the period ----------------------------------------------------------------------------

_DATE = (
    r"(?:(?P<year{0}>\d{{4}})\s?[年.\-/]\s?)?"
    r"(?P<month{0}>\d{{1,2}})\s?[月.\-/]\s?(?P<day{0}>\d{{1,2}})\s?日?"
)
_RANGE = pattern(
    _DATE.format(1)
    + r"\s?(?:零时)?\s?(?:起|开始)?[，,]?\s?(?:至|到|—|－|-|–|~|～){1,2}"
    + r"\s?(?:当年|同年|本年)?度?\s?"
    + _DATE.format(2)
)
_OF_PERIOD = pattern(
    r"统计(?:数据)?(?:的)?(?:起止)?(?:期限|时限|时间|时段|区间|周期|范围|期|限)|"
    r"数据.{0,12}(?:期限|时限|时间|截[至止])|(?:报告|数据).{0,6}(?:期限|时限|期间)|所列数据"
)
_IN_WORDS = pattern(
    r"(?:期限|时限|时间段?|时段|周期|范围)[为是]?\s?(?P<of>\d{4})\s?年度?(?:全年)?(?!\s?\d)|"
    r"(?P<months>\d{4})\s?年\s?1\s?月份?\s?[至到—－\-]{1,2}\s?12\s?月"
)
_WHERE_STATED = (PREFACE, "overview")


@rule("FM08", "period", Severity.WARNING, Gate.TEXT)
def period(case: Case) -> Iterator[Hit]:
    """The period of the figures is stated and is the report's year.

    查什么：前言或“一、总体情况”有没有写明统计期限；写的是不是报告年份的 1 月 1 日至 12 月 31 日。
    依据：国办公开办函〔2021〕30号；数据按自然年统计。
    例：2023 年度的报告写“2022年1月1日至12月31日”。
    怎么改：写明“本报告所列数据的统计期限为××××年1月1日至12月31日”。
    不管的：统计期限、时限、时间段等说法都可以；机构年中成立的写情况说明。
    """
    if not has_text(case):
        return
    texts = passages(case)
    stated = [(text, match) for text in texts for match in _periods(text)]
    year = case.report.year
    right = f"{year}年1月1日至12月31日"
    wrong = [(text, match) for text, match in stated if not _is_year(match, year)]
    if wrong:
        text, match = wrong[0]
        yield Hit(
            f"统计期限写作“{match[0].strip()}”，应为 {year} 年 1 月 1 日至 12 月 31 日。",
            fix=f"请改为“{right}”。",
            source="数据按自然年统计",
            location=text.place(match.start(), match.end()),
        )
    elif not stated:
        yield Hit(
            "前言和“一、总体情况”都没有写明统计期限。",
            fix=f"可在前言写：本报告所列数据的统计期限为{right}。",
            source="数据按自然年统计",
            location=nowhere(PREFACE),
        )


def _periods(text: Passage) -> Iterator[re.Match[str]]:
    """Ranges that are said to be the period, or are a whole year where it is usually stated."""
    for match in _RANGE.finditer(text.text):
        beside = text.text[max(0, match.start() - 40) : match.start()]
        after = text.text[match.end() : match.end() + 20]
        whole = _days(match) == _WHOLE_YEAR and len(_years(match)) < 2
        usual = whole and text.section in _WHERE_STATED
        if usual or _OF_PERIOD.search(beside) or _OF_PERIOD.search(after):
            yield match
    yield from _IN_WORDS.finditer(text.text)


_WHOLE_YEAR = (1, 1, 12, 31)


def _days(match: re.Match[str]) -> tuple[int, ...]:
    return tuple(int(match[name]) for name in ("month1", "day1", "month2", "day2"))


def _years(match: re.Match[str]) -> set[int]:
    return {int(match[name]) for name in ("year1", "year2") if match[name]}


def _is_year(match: re.Match[str], year: int) -> bool:
    if "of" in match.re.groupindex:
        return int(match["of"] or match["months"]) == year
    return _days(match) == _WHOLE_YEAR and _years(match) <= {year}


def _figure(text: str) -> int:
    """2021 or 二〇二一 as a number."""
    figures = text.replace("○", "〇").replace("零", "〇")
    return int(figures) if figures.isascii() else chinese_number(figures) or 0
