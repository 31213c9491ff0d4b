"""Whose figures and which period a passage speaks of."""

from __future__ import annotations

import re

from gk_xlsx.claims.model import About, When, Whose
from gk_xlsx.claims.reading import HIDDEN
from gk_xlsx.patterns import pattern

_OWN = pattern(
    r"(?:我|本)(?:局|委|办|厅|院|所|处|站|馆|队|校|会|中心|街道|镇|乡|单位|机关|部门|办公室|管委会|政府)"
    r"|全(?:局|委|厅|院|所|镇|乡|街道|中心)(?!系统)|以本\w{1,4}名义"
)
_OUR_AREA = pattern(r"(?:我|本)(?:省|市|县|区|州|盟|旗)|全(?:省|市|县|区|州|盟|旗)")
_AREA = pattern(
    r"全(?:域|系统|国)|各(?:级|地|县|区|市|镇|乡|街道|部门|单位|科室|股室|处室|有关|相关|村|社区|所|站)"
    r"|辖区|[两三]级|镇街|街镇|乡镇[、（]?街道|[市县区]直|下属|所属|下级|基层|系统内"
)
_NAME_OF = pattern(r"以[^，。；]{1,14}名义")

# The end of a body's name with up to four characters in front. What follows keeps words apart
# that only look like one: 办理, 处理, 委托, 政府信息, 政府网站.
_BODY = pattern(
    r"[\u4e00-\u9fff]{0,4}(?:管理委员会|管委会|委员会|政府办公[室厅]|政府办(?![理结公事])|办公[室厅]"
    r"|街道办事处|办事处|街道办|(?:管理|服务|指挥)中心|局(?![面部限势])"
    r"|(?:省|市|县|区|镇|乡|人民)政府(?!信息|网|门户|系统|部门|公报|开放|办|各|投资|采购)"
    r"|(?:健|改|建|政法)委(?![托员派任])|法院|检察院|公司|支队|大队)"
)
_CHANNEL_END = pattern(r"(?:网站|平台|门户|公报|邮箱|信箱|窗口|热线)")

_COMPARED = pattern(
    r"(?:较|比|与|同|是|为|相比|相较|高于|低于)(?:于|之)?(?:上一|上|去|前|往)年(?:度)?(?:同期)?(?:的|相比|相较|比)?"
    r"|同比|环比"
)
# A year that belongs to what is counted, not to when it was counted.
_OF_THE_CASE = pattern(
    r"(?:因|对|针对|就)?(?:20\d\d|上一|上|去)年(?:度)?(?:的)?(?:政府信息公开|信息公开|依申请公开)?"
    r"(?:申请|答复|结转|未办结|顺延|转入|转来|延续)"
    r"|(?:结转|顺延|转|延续|延至|转入|跨)(?:到|至|入|自|的)?(?:20\d\d|上一|上|去|下一|下|次|明)(?:个)?年(?:度)?"
)
_SPAN = pattern(r"20\d\d年?(?:1月1日)?[-—–~～至到](?:20\d\d年)?")
_PERIOD = pattern(
    r"(?P<since>20\d\d年(?:\d{1,2}月(?:份|\d{1,2}日)?)?(?:以来|起|至今))|(?P<year>20\d\d)年"
    r"|(?P<last>(?:上一|上|去)年(?:度)?)"
    r"|(?P<this>本年(?:度)?|今年|全年|年内|当年|报告期|统计期|年末|年底)"
    r"|(?P<other>近[一二三四五六几两十\d]{1,2}年|[二三四五六两\d]年[来间内]|近年来|历年|往年|多年|截[至止](?:目|当)前|目前|迄今|至今"
    r"|[上下]半年|季度|(?<!\d)(?:1月(?!1日)|(?:[2-9]|1[01])月|12月(?!31日|底|末))|[一二三四五六七八九十]月|当月|每月|月均"
    r"|“?十[二三四五]五”?|[施成][行立]以来|换届以来|下一步|明年|下年|次年|计划|拟|力争|预计)"
)


def whose(text: str, about: About, before: Whose) -> Whose:
    """Whose figures stand behind `text`, where `before` was whose they were until now."""
    if _NAME_OF.search(text):
        return Whose.OWN if _OWN.search(text) else Whose.UNKNOWN
    if _AREA.search(text):
        return Whose.AREA
    if _OUR_AREA.search(text):
        return _of_our_area(text, about)
    if _other_body(text, about):
        return Whose.OTHER
    return Whose.OWN if _OWN.search(text) or _own_name(text, about) else before


def when(text: str, year: int, before: When) -> When:
    """The period `text` ends in; the last one named decides, 较上年 names none."""
    rest = _OF_THE_CASE.sub("", _COMPARED.sub("", text))
    span = _SPAN.search(rest)
    found = before
    for match in _PERIOD.finditer(rest):
        found = _period(match, year)
    if span and not span[0].startswith(f"{year}年1月1日") and found is not When.OTHER:
        return When.OTHER if re.match(r"20\d\d年?[-—–~～至到]20", span[0]) else found
    return found


def own_period(year: int, report_year: int) -> When:
    """A calendar year as seen from the report."""
    if year == report_year:
        return When.THIS_YEAR
    return When.LAST_YEAR if year == report_year - 1 else When.OTHER


def _period(match: re.Match[str], year: int) -> When:
    if match["since"]:
        whole = re.match(r"(\d{4})年(?:1月1日)?(?:以来|起)$", match["since"])
        return When.THIS_YEAR if whole and int(whole[1]) == year else When.OTHER
    if match["year"]:
        return own_period(int(match["year"]), year)
    if match["last"]:
        return When.LAST_YEAR
    return When.THIS_YEAR if match["this"] else When.OTHER


def _of_our_area(text: str, about: About) -> Whose:
    """全县, 我区: the report's own figures only where they are those of the whole area."""
    return Whose.OWN if about.area and not _other_body(text, about) else Whose.AREA


def _other_body(text: str, about: About) -> bool:
    rest = _OWN.sub(HIDDEN, text)
    return any(
        not _is_part(match[0], about.unit) and not _CHANNEL_END.match(rest, match.end())
        for match in _BODY.finditer(rest)
    )


def _own_name(text: str, about: About) -> bool:
    return any(_is_part(match[0], about.unit) for match in _BODY.finditer(text))


def _is_part(body: str, unit: str) -> bool:
    """Whether a body's name is short for the unit's: 区政府办 for 某某区人民政府办公室.

    Words may have got in front of it (年区发改局), so its end decides.
    """
    if not unit:
        return True
    return any(_abbreviates(body[-length:], unit) for length in range(len(body), 2, -1)) or (
        len(body) <= 2 and _abbreviates(body, unit)
    )


def _abbreviates(short: str, name: str) -> bool:
    """Whether all characters of `short` stand in `name`, in that order."""
    rest = iter(name)
    return all(char in rest for char in short)
