"""FM, the text: what each part must hold, and how its sub-headings are numbered."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from types import MappingProxyType

from gk_xlsx.amounts import chinese_number
from gk_xlsx.claims.aspects import treats
from gk_xlsx.findings import Gate, Severity
from gk_xlsx.patterns import pattern
from gk_xlsx.rules.passages import (
    Passage,
    has_text,
    heading_missing,
    nowhere,
    part_name,
    passage,
    passages,
)
from gk_xlsx.rules.rule import Case, Hit, rule
from gk_xlsx.units import Scope

_NUMBERED = pattern(
    r"[#*\s]{0,12}(?P<open>[（(])\s?(?P<number>[一二三四五六七八九十]{1,3}|\d{1,2})\s?(?P<close>[）)])"
)
_WIDE_PAIR, _NARROW_PAIR = "（）", "()"


# -- sub-headings --------------------------------------------------------------------------


@rule("FM03", "sub-heading-number", Severity.NOTE, Gate.TEXT)
def sub_heading_number(case: Case) -> Iterator[Hit]:
    """Lower headings are numbered （一）（二）（三）, in one kind of brackets.

    查什么：小标题编号写成（4）、跳号、重号；全角、半角括号混用。
    依据：《党政机关公文格式》：结构层次序数依次用“一、”“（一）”“1.”“（1）”。
    例：（一）（二）（三）之后写成（4）；有的写“(一)”，有的写“（二）”。
    怎么改：按顺序改为全角括号和中文数字。
    不管的：（1）作为第四层次依次使用时；句子里的（一）（二）。
    """
    for text in passages(case):
        marks = [match for line in text.lines if (match := _NUMBERED.match(text.text, line.start))]
        problems = [*_bracket_problems(marks), *_order_problems(marks)]
        if problems:
            first = min((match for match, _ in problems), key=lambda match: match.start())
            yield Hit(
                f"“{part_name(case.form, text.section)}”的小标题"
                f"{'；'.join(problem for _, problem in problems)}。",
                fix="请依次写作（一）（二）（三），用全角括号。",
                source="《党政机关公文格式》（GB/T 9704-2012）7.3.3",
                location=text.place(first.start("open"), first.end("close")),
            )


_Problem = tuple[re.Match[str], str]


def _bracket_problems(marks: Sequence[re.Match[str]]) -> Iterator[_Problem]:
    pairs = {mark["open"] + mark["close"] for mark in marks}
    torn = [
        mark for mark in marks if mark["open"] + mark["close"] not in (_WIDE_PAIR, _NARROW_PAIR)
    ]
    if torn:
        yield torn[0], f"“{_shown(torn[0])}”括号前后不一致"
    elif len(pairs) > 1:
        narrow = next(mark for mark in marks if mark["open"] == "(")
        yield narrow, f"“{_shown(narrow)}”用半角括号，其余用全角括号"


def _order_problems(marks: Sequence[re.Match[str]]) -> Iterator[_Problem]:
    """Numbers that do not follow the one before; （1） under a heading begins its own row."""
    chinese, arabic = 0, 0
    for mark in marks:
        if mark["number"].isdigit():
            number = int(mark["number"])
            if number not in (1, arabic + 1) and number == chinese + 1:
                yield mark, f"“{_shown(mark)}”应用中文数字"
                chinese = number
            else:
                arabic = number
            continue
        found = chinese_number(mark["number"]) or 0
        if found not in (1, chinese + 1):
            yield mark, f"“{_shown(mark)}”与前一个“{_numeral(chinese)}”不连续"
        chinese, arabic = found, 0


def _shown(mark: re.Match[str]) -> str:
    return f"{mark['open']}{mark['number']}{mark['close']}"


def _numeral(number: int) -> str:
    digits = "零一二三四五六七八九"
    tens, ones = divmod(number, 10)
    head = ("" if tens == 1 else digits[tens]) + "十" if tens else ""
    return f"（{head}{digits[ones] if ones or not tens else ''}）"


# -- the aspects of 一、 --------------------------------------------------------------------

_OF_GOVERNMENTS = MappingProxyType(
    {
        "工作考核": pattern("考核|考评|评估|测评|绩效"),
        "社会评议": pattern("评议|满意度|评价|社会监督|群众监督"),
        "责任追究": pattern("追究|追责|问责"),
    }
)
"""Source: 条例 50(5)… of governments 监督保障 includes these results."""
_HEAD_END = pattern(r"[。：:；;]")
_HEAD = pattern(r"[#*\s]{0,12}(?:[（(][一二三四五六七八九十\d]{1,3}[）)]|\d{1,2}[.、．]|#)")
_SHORT = 30
_TREATED = ("overview", "proactive", "requests", "disputes")


@rule("FM04", "aspect", Severity.WARNING, Gate.TEXT)
def aspect(case: Case) -> Iterator[Hit]:
    """The overview treats the five aspects, better each under a heading.

    查什么：“一、总体情况”有没有写到主动公开、依申请公开、政府信息管理、政府信息公开平台建设、监督保障。
    写了但没有小标题的只作提示；人民政府的报告还要写工作考核、社会评议和责任追究结果。
    依据：国办公开办函〔2021〕30号格式“一、总体情况”；《条例》第五十条。
    例：没有写平台建设的情况；政府信息管理只在文中用“四是”带过。
    怎么改：补写这一方面，没有开展的也写明；五个方面分设（一）至（五）小标题。
    不管的：写得好不好；工作考核等只对人民政府提示；标题缺少或改了的见 FM02。
    """
    if not has_text(case):
        return
    texts = [text for text in passages(case) if text.section in _TREATED]
    words = "\n".join(text.text for text in texts)
    headings = "\n".join(head for text in texts for head in _heads(text))
    aspects = next(section.aspects for section in case.form.sections if section.aspects)
    overview = passage(case, "overview")
    if overview is None and heading_missing(case, "overview"):
        return
    place = overview.whole if overview else nowhere("overview")
    missing = [name for name in aspects if not treats(name, words)]
    bare = [name for name in aspects if name not in missing and not treats(name, headings)]
    source = f"{case.form.document}格式“一、总体情况”"
    if missing:
        yield Hit(
            f"“一、总体情况”没有写到{_listed(missing)}。",
            fix="请补写；没有开展的也写明情况。",
            source=source,
            location=place,
        )
    if bare:
        yield Hit(
            f"“一、总体情况”写到了{_listed(bare)}，但没有单列小标题。",
            fix="建议五个方面分设（一）至（五）小标题。",
            source=source,
            severity=Severity.NOTE,
            location=place,
        )
    if not missing:
        yield from _results_of_governments(case, words, place=overview or texts[0])


def _heads(text: Passage) -> Iterator[str]:
    """Sub-headings: numbered ones up to their first stop, and short lines without one."""
    for line in text.lines:
        if _HEAD.match(line.text):
            yield _HEAD_END.split(line.text[:80], maxsplit=1)[0]
        elif len(line.text) <= _SHORT and "。" not in line.text:
            yield line.text


def _results_of_governments(case: Case, words: str, place: Passage) -> Iterator[Hit]:
    government = case.report.unit.name.endswith("人民政府") or case.report.scope is Scope.GOVERNMENT
    missing = [name for name, pattern in _OF_GOVERNMENTS.items() if not pattern.search(words)]
    if government and missing:
        yield Hit(
            f"政府的报告还应写明{_listed(missing)}结果情况，文中没有写到。",
            fix="请在“（五）监督保障”补写；没有发生的也写明。",
            source="《条例》第五十条",
            severity=None if len(missing) == len(_OF_GOVERNMENTS) else Severity.NOTE,
            location=place.whole,
        )


def _listed(names: Sequence[str]) -> str:
    return "、".join(f"“{name}”" for name in names)


# -- 六、 and 五、 ---------------------------------------------------------------------------

_FEE = pattern(r"处理费|收费|费用|收取|缴费|免费")
_PROCESSING_FEE = pattern(r"信息(?:公开)?处理费")
_FIRST_YEAR_OF_FEE = 2021
_NOTHING_CHARGED = "年度本机关未收取政府信息公开信息处理费，无其他需要报告的事项。"


@rule("FM07", "fee-statement", Severity.WARNING, Gate.TEXT)
def fee_statement(case: Case) -> Iterator[Hit]:
    """Part 六、 says whether an information-processing fee was charged.

    查什么：“六、其他需要报告的事项”有没有报告收取信息处理费的情况。
    依据：格式注明“收取信息处理费情况在此处报告”；国办函〔2020〕109号。
    例：只写“无。”。
    怎么改：未收取的可写：“××××年度本机关未收取政府信息公开信息处理费，无其他需要报告的事项。”
    不管的：2020 年度及以前的报告；标题缺少或改了的见 FM02；金额对不对见 LG03、LG04。
    """
    other = passage(case, "other")
    year = case.report.year
    if not has_text(case) or year < _FIRST_YEAR_OF_FEE or (other and _FEE.search(other.text)):
        return
    if other is None and heading_missing(case, "other"):
        return
    elsewhere = any(_PROCESSING_FEE.search(text.text) for text in passages(case))
    name = part_name(case.form, "other")
    yield Hit(
        f"“{name}”未报告信息处理费{'（写在了别的部分）' if elsewhere else ''}。",
        fix=f"请移到“{name}”。" if elsewhere else f"未收取的可写：“{year}{_NOTHING_CHARGED}”",
        source="格式“六、”的注；国办函〔2020〕109号",
        severity=Severity.NOTE if elsewhere else None,
        location=other.whole if other else nowhere("other"),
    )


_LEAST_PROBLEMS = 50
_NOT_COUNTED = pattern(r"[\s#*]+")
_MEASURES = pattern(
    r"改进|下一步|下步|今后|将|措施|对此|针对|解决|整改|打算|努力|进一步|加强|强化|完善|继续|提升|提高|\d{4}\s?年，"
)


@rule("FM14", "problems-and-improvement", Severity.WARNING, Gate.TEXT)
def problems_and_improvement(case: Case) -> Iterator[Hit]:
    """Part 五、 names problems and what is done about them.

    查什么：“五、存在的主要问题及改进情况”空着或不到 50 字（需核实）；只有问题没有改进（提示）。
    依据：《条例》第五十条；国办公开办函〔2021〕30号格式。
    例：“无。”
    怎么改：写明主要问题和改进情况。
    不管的：写得好不好；标题缺少或改了的见 FM02；与去年雷同的见 YR04。
    """
    if not has_text(case):
        return
    text, name = passage(case, "problems"), part_name(case.form, "problems")
    if text is None and heading_missing(case, "problems"):
        return
    place = text.whole if text else nowhere("problems")
    length = len(_NOT_COUNTED.sub("", text.text)) if text else 0
    if length < _LEAST_PROBLEMS:
        what = f"只有 {length} 个字" if length else "没有写"
        yield Hit(f"“{name}”{what}。", fix="请写明主要问题和改进情况。", location=place)
    elif text and not _MEASURES.search(text.text):
        yield Hit(
            f"“{name}”写了问题，没有写改进情况。",
            fix="请补写改进措施和进展。",
            severity=Severity.NOTE,
            location=place,
        )
