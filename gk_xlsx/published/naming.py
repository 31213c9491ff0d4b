"""Whose report of which year it is: title, name of the body, year."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from gk_xlsx.amounts import chinese_number
from gk_xlsx.published.flow import Item, bare

_LONGEST = 80
_LONGEST_LINE = 40
_LINES = 3
"""A title stands in at most so many paragraphs."""

_END = re.compile(r"(?:报告|年报)[》]?(?:[（(][^（）()]{1,12}[）)])?$")
_GENRE = re.compile(
    r"(?:政府|政务)?信息公开(?:工作)?(?:年度)?(?:工作)?(?:情况)?(?:的)?(?:年度)?(?:报告|年报)"
)
_YEAR = re.compile(r"((?:19|20)\d{2}|二[〇零○Ｏ0][〇零○一二三四五六七八九]{2})年度?")
_NOISE = re.compile(r"^(?:关于|《)|(?:的|》)$")
_BRACKETS = re.compile(r"[（(][^（）()]*[）)]$")
_PROSE = re.compile(r"[。；：:！？>＞|｜]")
_META = re.compile(
    r"(?:【?字体|发布|索引号?|信息索引|主题分类|来源|信息来源|文章来源|稿件来源|浏览|访问|阅读|点击|时间|日期|作者|"
    r"责任编辑|编辑|打印|分享|保存|当前位置|您所在|首页|生成日期|成文日期|公开日期|文号|栏目|字号|关闭)"
)
_ONLY_DATE = re.compile(
    r"[（(]?\d{4}[年./-]\d{1,2}[月./-]\d{1,2}日?(?:\d{1,2}:\d{2}(?::\d{2})?)?[）)]?"
)
_PERIOD = re.compile(r"((?:19|20)\d{2})年1月1日")
_MADE_BY = re.compile(r"由([^，。；：（）、]{3,30}?)(?:负责)?(?:编制|编写|制作)")
_PREFIX = re.compile(r"^(?:标题|题目|单位名称|单位|机关名称|年份)[:：]")


@dataclass(frozen=True, slots=True)
class Title:
    """A report's title.

    Attributes:
        end: the place behind it among the items it was found in; 0 where it is not among them.
    """

    text: str = ""
    end: int = 0


def title_of(opening: Sequence[Item], stated: str) -> Title:
    """The title among what stands above the first heading, else the one the document states."""
    ends = [at for at, item in enumerate(opening) if _ends_title(item.text)]
    if not ends:
        return Title(_stated(stated))
    at = ends[-1]
    lines = [_PREFIX.sub("", opening[at].text)]
    for before in range(at - 1, max(at - _LINES, -1), -1):
        if _complete("".join(lines)) or not _belongs(opening[before].text):
            break
        lines.insert(0, _PREFIX.sub("", opening[before].text))
    return Title("".join(lines), at + 1)


def _ends_title(text: str) -> bool:
    short = 0 < len(text) <= _LONGEST
    return short and bool(_END.search(text)) and not _PROSE.search(_PREFIX.sub("", text))


def _belongs(text: str) -> bool:
    """Whether a line may be the first part of a title."""
    short = 0 < len(text) <= _LONGEST_LINE
    return short and not (_PROSE.search(text) or is_meta(text) or _END.search(text))


def _complete(title: str) -> bool:
    """Whether a title names a body and a year."""
    return bool(_YEAR.search(title) and body_of(title))


def _stated(text: str) -> str:
    """The title field of a document, without the name of the site behind it."""
    whole = bare(text)
    match = re.search(r"(?:报告|年报)", whole)
    return whole[: match.end()] if match else ""


def is_meta(text: str) -> bool:
    """Whether a line is what a site puts around an article: where from, when, how often read."""
    return bool(_META.match(text) or _ONLY_DATE.fullmatch(text))


def year_of(title: str, *others: str) -> int:
    """The report's year: of the title, else of the period that a text states; 0 for none."""
    match = _YEAR.search(bare(title))
    if match:
        digits = match[1].replace("○", "〇").replace("Ｏ", "〇").replace("零", "〇")
        return int(digits) if digits.isascii() else chinese_number(digits) or 0
    for text in others:
        period = _PERIOD.search(bare(text)) or _YEAR.search(bare(text)[:60])
        if period and period[1].isdecimal():
            return int(period[1])
    return 0


def body_of(title: str) -> str:
    """What a title says of whose report it is: without year and kind of document."""
    rest = _GENRE.sub("", _BRACKETS.sub("", bare(title)))
    rest = _YEAR.sub("", rest)
    return _NOISE.sub("", _NOISE.sub("", rest)).strip("（）()《》-—_ ")


def unit_of(title: str, signed_by: str, preface: str) -> str:
    """The name of the body: of the title, the fuller one where the signature ends with it."""
    name, signature = body_of(title), bare(signed_by)
    if name and signature.endswith(name):
        return signature
    if name or signature:
        return name or signature
    made = _MADE_BY.search(bare(preface))
    return made[1] if made else ""


def own_text(opening: Sequence[Item]) -> Iterator[Item]:
    """What stands between title and first heading without what the site put there."""
    return (item for item in opening if not is_meta(item.text))
