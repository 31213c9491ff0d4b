"""FM, the document: title, section headings, signature, names, tables, parts.

What is not known is not judged: a report from a workbook or from JSON has no title and no
headings of its own; they are made when it is rendered.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from gk_xlsx.amounts import chinese_number
from gk_xlsx.findings import Gate, Severity
from gk_xlsx.form import Form, Section
from gk_xlsx.patterns import pattern
from gk_xlsx.report import Seen, iso_date
from gk_xlsx.rules.passages import PREFACE, has_text, passage
from gk_xlsx.rules.rule import Case, Hit, rule
from gk_xlsx.units import Level, level_of

_LONGEST = 60
"""What is longer is no title, name or heading that a person wrote."""
_NO_TEXT = pattern(r"[\s#*]+")
_NUMERAL = pattern(r"([一二三四五六七八九十]{1,3})[、.．，,]?")


@rule("FM00", "no-text", Severity.NOTE, Gate.TEXT)
def no_text(case: Case) -> Iterator[Hit]:
    """No text was handed in.

    查什么：没有收到报告的文字部分。
    依据：年度报告由文字和三张表组成。
    例：只报了填报表，“文字部分”空着，也没有另附 Word。
    怎么改：填写“文字部分”，或另附报告文本；报送的是报告的，提供有文字的完整报告。
    不管的：没有文字时，体例和文字与表格的各条都不核对。
    """
    if has_text(case):
        return
    if case.report.saw(Seen.FOREIGN_WORKBOOK):
        fix = "请另附报告文本（Word）。"
    elif case.from_document:
        fix = "请提供有文字的完整报告。"
    else:
        fix = "请填写“文字部分”或另附报告文本。"
    yield Hit("没有收到报告的文字部分，体例和文字未核对。", fix=fix)


# -- title ---------------------------------------------------------------------------------

_TITLE_YEAR = pattern(r"(?:(?:19|20)\d{2}|二[〇零○][〇零○一二三四五六七八九]{2})年度?")


@rule("FM01", "title", Severity.ERROR, Gate.TEXT)
def title(case: Case) -> Iterator[Hit]:
    """The title names the body, the year and 政府信息公开工作年度报告.

    查什么：标题有没有年份和“政府信息公开工作年度报告”字样；有没有机关名称（缺少的，需核实）。
    依据：国办公开办函〔2021〕30号所附格式的标题。
    例：“政务信息公开工作年度报告”应为“政府信息公开工作年度报告”。
    怎么改：标题写成“××（机关名称）××××年政府信息公开工作年度报告”。
    不管的：机关名称与落款不一致的见 FM10；填报表成文时标题自动生成，不核对。
    """
    words = _bare(case.report.title)
    if not words or not has_text(case):
        return
    genre = case.form.title.format(year="").removeprefix("年")
    missing = list(_missing_from_title(words, genre, case.report.year))
    right = f"{case.report.unit.name}{case.form.title.format(year=case.report.year)}"
    if missing:
        yield Hit(
            f"标题“{_shortened(words)}”{'，'.join(missing)}。",
            fix=f"请改为“{right}”。",
            source=case.form.document,
        )
    elif not _body_in_title(words, genre):
        yield Hit(
            f"标题“{_shortened(words)}”没有机关名称。",
            fix=f"请改为“{right}”。",
            source=case.form.document,
            severity=Severity.WARNING,
        )


def _missing_from_title(words: str, genre: str, year: int) -> Iterator[str]:
    found = _TITLE_YEAR.search(words)
    if found is None:
        yield "没有年份"
    elif _year_of(found[0]) != year:
        yield f"写的是 {_year_of(found[0])} 年，报告年份是 {year} 年"
    if genre not in words:
        yield f"没有写作“{genre}”"


def _body_in_title(words: str, genre: str) -> str:
    """What is left of a title: the body's name, or nothing."""
    return _TITLE_YEAR.sub("", words).replace(genre, "").strip("（）()《》关于的")


def _year_of(text: str) -> int:
    """2021年度, 二〇二一年 → 2021; 0 for what is none."""
    figures = text.rstrip("年度").replace("○", "〇").replace("零", "〇")
    return int(figures) if figures.isascii() else chinese_number(figures) or 0


# -- headings ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Heading:
    """A section heading as found, and the section it is meant for."""

    found: str
    section: Section | None

    @property
    def words(self) -> str:
        return _words(self.found)

    @property
    def same_words(self) -> bool:
        return self.section is not None and self.words == _words(self.section.heading)

    @property
    def exact(self) -> bool:
        return self.section is not None and self.found == self.section.heading


@rule("FM02", "section-heading", Severity.ERROR, Gate.TEXT)
def section_heading(case: Case) -> Iterator[Hit]:
    """The section headings are those of the form, complete and in order.

    查什么：一至六各部分的标题与格式逐字比对：改字、缺少、多出、编号不对、顺序不对。
    依据：国办公开办函〔2021〕30号（2019、2020 年度为国办公开办函〔2019〕60号）所附格式。
    例：“六、其他需要报备的事项”应为“六、其他需要报告的事项”。
    怎么改：按给出的标题改，一字不差。
    不管的：（一）（二）等小标题可以自拟，编号见 FM03；填报表成文时标题自动生成，不核对。
    """
    top = [_bare(item) for item in case.report.headings]
    found = [item for item in top if item and not item.startswith(("（", "(", *"0123456789"))]
    if not found or not has_text(case):
        return
    headings = _matched(found, case.form.sections)
    for problem, fix in _heading_problems(headings, case.form):
        yield Hit(problem, fix=fix, source=case.form.document)


def _matched(found: Sequence[str], sections: Sequence[Section]) -> list[_Heading]:
    """Each heading with its section: same words first, then the most alike of those left."""
    by_words = {_words(section.heading): section for section in sections}
    chosen: dict[int, Section] = {}
    for place, heading in enumerate(found):
        section = by_words.pop(_words(heading), None)
        if section:
            chosen[place] = section
    left = list(by_words.values())
    for place, heading in enumerate(found):
        if place not in chosen and left:
            best = max(left, key=lambda section: _likeness(heading, section.heading))
            if _likeness(heading, best.heading) >= _ALIKE:
                chosen[place] = best
                left.remove(best)
    return [_Heading(heading, chosen.get(place)) for place, heading in enumerate(found)]


_ALIKE = 0.55


def _likeness(found: str, heading: str) -> float:
    """0 to 1 and a little more for the same number."""
    if len(found) > _LONGEST:
        return 0
    words = SequenceMatcher(None, _words(found), _words(heading), autojunk=False).ratio()
    return words + (0.15 if found[:2] == heading[:2] else 0)


def _heading_problems(headings: Sequence[_Heading], form: Form) -> Iterator[tuple[str, str]]:
    """Problem and mending of each altered or foreign heading, then of numbers, gaps and order."""
    for item in headings:
        if item.section is None and _NUMERAL.match(item.found):
            yield (
                f"标题“{_shortened(item.found)}”不是格式里的部分。",
                "请并入相应部分，或改用格式规定的标题。",
            )
        elif item.section and not item.same_words:
            yield f"标题“{item.found}”与格式不一致。", f"请改为“{item.section.heading}”。"
    yield from _numbering_problems(headings)
    yield from _order_problems(headings, form)


def _numbering_problems(headings: Sequence[_Heading]) -> Iterator[tuple[str, str]]:
    wrong = [item for item in headings if item.same_words and not item.exact]
    if wrong:
        listed = "、".join(f"“{item.found}”" for item in wrong)
        right = "、".join(f"“{item.section.heading}”" for item in wrong if item.section)
        yield f"标题编号与格式不一致：{listed}。", f"请改为{right}。"


def _order_problems(headings: Sequence[_Heading], form: Form) -> Iterator[tuple[str, str]]:
    known = [item.section for item in headings if item.section is not None]
    missing = [section for section in form.sections if section not in known]
    if missing:
        listed = "、".join(f"“{section.heading}”" for section in missing)
        yield f"缺少标题{listed}。", f"请补上{listed}，没有内容的写“无”或相应情况。"
    if known != sorted(known, key=form.sections.index):
        listed = "、".join(f"“{section.heading}”" for section in known)
        yield f"各部分的顺序与格式不一致，现为{listed}。", "请按一至六的顺序排列。"


def _words(heading: str) -> str:
    """A heading without its number."""
    return _NUMERAL.sub("", heading, count=1)


# -- signature -----------------------------------------------------------------------------

_OWN_DEADLINE = (Level.TOWNSHIP, Level.SUBDISTRICT, Level.INSTITUTION, Level.ZONE)
_OF_GOVERNMENTS = (Level.OFFICE, Level.DISTRICT, Level.COUNTY, Level.CITY, Level.PROVINCE)
_CHINESE_DATE = pattern(
    r"(二[〇零○][〇零○一二三四五六七八九]{2})年([一二三四五六七八九十]{1,2})月"
    r"([一二三四五六七八九十]{1,3})日"
)


@rule("FM05", "date", Severity.ERROR, Gate.TEXT)
def date(case: Case) -> Iterator[Hit]:
    """The report is dated after its period ends and, better, within the deadline.

    查什么：落款日期早于统计期限结束（错误）；晚于期限（提示）。
    依据：《条例》第四十九条：县级以上部门 1 月 31 日前，政府（由主管部门公布）3 月 31 日前；
    乡镇、街道、事业单位、开发区的期限由主管部门规定。
    例：2023 年度的报告落款“2023年1月12日”，应为 2024 年。
    怎么改：核对年份，改成实际成文日期。
    不管的：没有落款、日期写法不完整的。
    """
    signed, year = _date(case.report.signed.date), case.report.year
    if signed is None or not year or not has_text(case):
        return
    written = f"落款日期 {signed.year} 年 {signed.month} 月 {signed.day} 日"
    if signed < datetime.date(year, 12, 31):
        yield Hit(
            f"{written}早于统计期限结束（{year} 年 12 月 31 日）。",
            fix=f"请核对年份，{year} 年度的报告应在 {year + 1} 年成文。",
            source="《条例》第四十九条；统计期限为 1 月 1 日至 12 月 31 日",
        )
        return
    level, _ = level_of(case.report.unit)
    last_day, clause = _deadline(level, year + 1)
    if signed > last_day:
        yield Hit(
            f"{written}晚于 {last_day.month} 月 {last_day.day} 日。",
            fix="日期无误的，请注意按期报送、公布。",
            source=clause,
            severity=Severity.NOTE,
        )


def _deadline(level: Level | None, year: int) -> tuple[datetime.date, str]:
    """The last day for a kind of body and what it rests on; the latest one where it is unknown."""
    if level in _OWN_DEADLINE:
        return datetime.date(year, 1, 31), "主管部门规定的报送期限；有另外规定的，以规定为准"
    if level is None or level in _OF_GOVERNMENTS:
        return datetime.date(year, 3, 31), "《条例》第四十九条"
    return datetime.date(year, 1, 31), "《条例》第四十九条"


def _date(text: str) -> datetime.date | None:
    """A signature's date, in Arabic or Chinese figures."""
    if len(text) > _LONGEST:
        return None
    match = _CHINESE_DATE.fullmatch(_bare(text))
    if match is None:
        return iso_date(text)
    month, day = chinese_number(match[2]), chinese_number(match[3])
    return iso_date(f"{_year_of(match[1])}-{month}-{day}")


# -- tables and parts ----------------------------------------------------------------------

_PARTS = pattern(
    r"(?<![第至和一二三四五六七八九十\d])([一二三四五六七八九十]|\d{1,2})\s?个?大?部分"
)
_OF_REPORT = pattern("报告|年报|全文|本文")


@rule("FM15", "picture-table", Severity.ERROR, Gate.TEXT)
def picture_table(case: Case) -> Iterator[Hit]:
    """The statutory tables are tables, not pictures.

    查什么：法定表格是图片。
    依据：表格须能检索、复制和汇总。
    例：三、申请办理的表是一张截图。
    怎么改：用表格重新填写，不要贴图。
    不管的：正文里的插图；核验一份文件时，因此读不出数的只由 IN09 提示。
    """
    tables = [case.form.table(item.table).sheet for item in case.report.saw(Seen.PICTURE_TABLE)]
    if tables and has_text(case):
        listed = "、".join(f"“{name}”" for name in dict.fromkeys(tables))
        yield Hit(f"{listed}是图片，不是表格。", fix="请用表格重新填写，不要贴图。")


@rule("FM16", "number-of-parts", Severity.NOTE, Gate.TEXT)
def number_of_parts(case: Case) -> Iterator[Hit]:
    """The preface promises as many parts as there are.

    查什么：前言说“全文共×个部分”，与实际部分数不一致。
    依据：前后一致。
    例：前言写“由五个部分组成”，报告有六个部分。
    怎么改：改前言里的数。
    不管的：没有说部分数的；“第二部分”一类序数。
    """
    text = passage(case, PREFACE)
    parts = len({_bare(item)[:1] for item in case.report.headings if _NUMERAL.match(_bare(item))})
    parts = parts or len(case.form.sections)
    for sentence in text.sentences if text else ():
        match = _PARTS.search(sentence.text)
        if text is None or match is None or not _OF_REPORT.search(sentence.text):
            continue
        promised = int(match[1]) if match[1].isdigit() else chinese_number(match[1])
        if promised != parts:
            start = sentence.start + match.start()
            yield Hit(
                f"前言写“{match[0]}”，报告实有 {parts} 个部分。",
                fix=f"请改为 {parts} 个部分。",
                location=text.place(start, start + len(match[0])),
            )


def _bare(text: str) -> str:
    return _NO_TEXT.sub("", text)


def _shortened(text: str) -> str:
    return text if len(text) <= _LONGEST else text[:_LONGEST] + "……"
