"""Which subjects words name: verbs, results, kinds of applicant, disputes, documents."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from gk_xlsx.claims.model import Applicant, Reading, Subject
from gk_xlsx.claims.reading import HIDDEN
from gk_xlsx.patterns import pattern


class Topic(StrEnum):
    """What a passage is about."""

    NONE = "none"
    APPLICATIONS = "applications"
    DISPUTES = "disputes"
    DOCUMENTS = "documents"
    OTHER = "other"


class Rank(StrEnum):
    """What sort of word names the subject; of several the first in this order decides."""

    ROW = "row"
    GROUP = "group"
    CARRY = "carry"
    APPLICANT = "applicant"
    CONCLUDED = "concluded"
    HANDLED = "handled"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class Word:
    """A word that names a subject, and where it stands."""

    rank: Rank
    subject: Subject | None
    applicant: Applicant | None
    start: int
    end: int
    text: str


EVERYBODY = "\ue002"
"""Stands for 公民、法人或其他组织."""

_ROWS = {
    Subject.STATE_SECRET: "国家秘密",
    Subject.OTHER_LAW: "(?:其他)?法律、?(?:行政)?法规禁止(?:公开)?",
    Subject.SECURITY: "三安全一稳定",
    Subject.THIRD_PARTY: "第三方(?:合法)?权益|商业秘密、?(?:或|和)?个人隐私|商业秘密|个人隐私",
    Subject.INTERNAL: "(?:三类)?内部(?:管理)?事务(?:性)?(?:信息)?",
    Subject.DELIBERATIVE: "(?:四类)?过程性信息",
    Subject.ENFORCEMENT: "(?:行政)?执法案卷(?:信息)?",
    Subject.INQUIRY: "行政查询(?:事项)?",
    Subject.NOT_HELD: "(?:本机关|本单位|我局|本局)?不掌握(?:相关政府信息|相关信息|该信息)?",
    Subject.TO_BE_MADE: "(?:没有现成信息)?需要?(?:另行)?(?:制作|加工)(?:、?分析)?|没有现成信息",
    Subject.UNCLEAR: "补正后(?:申请内容)?仍(?:然)?不明确",
    Subject.PETITION: "信访、?举报、?投诉类?|信访投诉类|信访类",
    Subject.REPEAT: "重复申请",
    Subject.PUBLICATION: "(?:要求)?(?:提供)?公开出版物",
    Subject.EXCESSIVE: "(?:无正当理由)?大量(?:、)?反复申请",
    Subject.CONFIRMATION: "(?:确认或者?)?重新出具(?:已获取)?(?:的)?(?:信息)?",
    Subject.NOT_CORRECTED: "(?:申请人)?(?:无正当理由)?逾期[不未]补正",
    Subject.UNPAID: "(?:申请人)?逾期未(?:按收费通知要求)?缴(?:纳费用|费)",
}
_GROUPS = {
    Subject.PARTLY: "部分公开",
    Subject.REFUSED: "不予公开",
    Subject.UNAVAILABLE: "(?:无法|不能)提供",
    Subject.NOT_HANDLED: "不予处理",
    Subject.OTHER_HANDLING: "其他处理",
    Subject.GRANTED: "(?:予以|同意|全部)公开",
}
_LAST = r"(?:(?:上一|上|去)年(?:度)?)"
_CARRY = {
    Subject.CARRIED_IN: (
        rf"{_LAST}(?:的)?(?:结转|顺延|转入|转来|延续)|(?:结转|转入|延续)(?:自|的)?{_LAST}(?:度)?"
    ),
    Subject.CARRIED_OUT: (
        r"(?:结转|顺延|延续|延期|转|延|跨)(?:到|至|入)?(?:下一?|明|次)(?:个)?年(?:度)?|跨年度?(?=办理|答复)"
    ),
}
_YEAR_CARRY = pattern(
    r"(?P<from>20\d\d)年(?:度)?(?:的)?(?:结转|顺延|转入|延续)(?:(?:到|至)(?P<into>20\d\d)年)?"
    r"|(?:(?:结转|顺延)(?:到|至|入)?|(?:转|延续|延)(?:到|至|入))(?P<to>20\d\d)年(?:度)?"
)
_APPLICANTS = {
    Applicant.COMPANY: "商业企业",
    Applicant.RESEARCH: "科研机构",
    Applicant.SOCIAL: "社会公益组织",
    Applicant.LEGAL_SERVICE: "法律服务机构",
    Applicant.ORGANISATION: "法人(?:和|或|或者|及|、|以及)?(?:其他|非法人)?(?:社会)?组织|法人",
    Applicant.NATURAL_PERSON: "自然人|公民(?:个人)?|个人(?!隐私|信息)",
}
_VERBS = {
    Rank.CONCLUDED: (
        "(?:办结|办理完毕|办理完结|办理完成|办毕|答复|回复)(?!率|书|函|意见|时限|期限|质量|水平|人|不当)"
    ),
    Rank.HANDLED: "收办|办理(?!率|完|时限|期限|质量|水平|流程|程序|工作|情况|中|结果)",
    Rank.NEW: "新收|收到|接收|接到|受理(?!点|窗口|渠道|机构|率)|收悉|登记(?=申请|依申请|政府信息)",
}
_VERB_SUBJECTS = {
    Rank.CONCLUDED: Subject.CONCLUDED,
    Rank.HANDLED: Subject.CONCLUDED,
    Rank.NEW: Subject.NEW,
}


def _named(patterns: dict[Subject, str] | dict[Applicant, str], prefix: str) -> str:
    return "|".join(f"(?P<{prefix}{key.name}>{text})" for key, text in patterns.items())


# One alternative per word, longest phrases first; nothing in it repeats without bound.
_WORDS = pattern(
    "|".join(
        (
            _named(_ROWS, "s_"),
            _named(_GROUPS, "s_"),
            _named(_CARRY, "s_"),
            _named(_APPLICANTS, "a_"),
            *(f"(?P<v_{rank.name}>{text})" for rank, text in _VERBS.items()),
        )
    )
)
# Everybody who may apply, as the 条例 puts it: no kind of applicant is meant.
_EVERYBODY = pattern(
    r"(?:公民|自然人)(?:、|和|及|或)?(?:企业)?法人(?:、|和|或者|或|及|以及)?(?:其他|非法人)?(?:社会)?组织"
)
# The next one is searched in words that name what cannot be told apart by its row.
_FOR_EXAMPLE = pattern(r"等(?:原因|情形|情况|理由)?")


def everybody_masked(text: str) -> str:
    """The text with 公民、法人或其他组织 made unreadable, at the same length."""
    return _EVERYBODY.sub(lambda match: EVERYBODY * len(match[0]), text)


def words(text: str, year: int) -> tuple[Word, ...]:
    """All words of a text that name a subject of table 三, in order."""
    carried = {match.span(): _year_carry(match, year) for match in _YEAR_CARRY.finditer(text)}
    found = [
        Word(Rank.CARRY, subject, None, start, end, text[start:end])
        for (start, end), subject in carried.items()
        if subject
    ]
    found += [
        _word(match)
        for match in _WORDS.finditer(text)
        if not any(start < match.end() and match.start() < end for start, end in carried)
    ]
    return tuple(sorted(found, key=lambda word: word.start))


def _word(match: re.Match[str]) -> Word:
    prefix, _, name = (match.lastgroup or "").partition("_")
    span = (match.start(), match.end(), match[0])
    if prefix == "a":
        return Word(Rank.APPLICANT, None, Applicant[name], *span)
    if prefix == "v":
        return Word(Rank[name], _VERB_SUBJECTS[Rank[name]], None, *span)
    subject = Subject[name]
    rank = Rank.CARRY if subject in _CARRY else Rank.GROUP if subject in _GROUPS else Rank.ROW
    return Word(rank, subject, None, *span)


def _year_carry(match: re.Match[str], year: int) -> Subject | None:
    """2023年结转 in the report for 2024 is carried in, 结转到2025年 carried out."""
    if match["from"]:
        return Subject.CARRIED_IN if int(match["from"]) == year - 1 else None
    if int(match["to"]) == year:
        return Subject.CARRIED_IN
    return Subject.CARRIED_OUT if int(match["to"]) == year + 1 else None


def results(text: str, found: tuple[Word, ...]) -> tuple[Reading, ...]:
    """What the result named by `found` may count: rows, groups, or rows with their group."""
    rows = tuple(dict.fromkeys(word.subject for word in found if word.rank is Rank.ROW))
    groups = tuple(dict.fromkeys(word.subject for word in found if word.rank is Rank.GROUP))
    known_rows = tuple(subject for subject in rows if subject)
    known_groups = tuple(subject for subject in groups if subject)
    if known_rows and _FOR_EXAMPLE.search(text, found[0].end):
        return (known_groups,) if known_groups else ()
    if known_rows and known_groups:
        return (known_rows, known_groups)
    return (known_rows or known_groups,)


_APPLICATIONS = pattern(
    r"依申请(?:政府)?(?:信息)?公开|(?:信息|政务)公开(?:的)?申请|公开申请|申请公开|公开信息(?:的)?申请|"
    r"依申请(?:政府)?信息|公开政府信息(?:的)?申请|依法申请公开"
)
_CARRIED_APPLICATION = pattern(r"结转(?:来)?(?:的)?申请")
_DOCUMENTS = pattern(r"规范性文件|规章(?!制度)|行政许可|行政处罚|行政强制(?!执行)|行政事业性收费")
_DISPUTES = pattern(r"复议|诉讼|起诉(?!状)|应诉")
# Things that are received and answered like applications: the verbs behind them mean them.
_OTHER_CASES = pattern(
    r"诉求|留言|信访|来信|来访|来电|来函|信件|信箱|热线|1234\d|工单|咨询|提案|(?<!复)议案|建议|投诉|举报|问政|办件"
    r"|许可申请|救助|补贴|补助|低保|纠纷|调解|仲裁|线索|协办|人大代表|政协委员|服务事项|求助|群众意见|意见"
)
# Other things: they mean that what is counted in the same breath is no application.
_OTHER_THINGS = pattern(
    r"培训|会议|问题|稿件|解读|发布会|文章|微博|微信|公众号|账号|专栏|栏目|网站|登记|注册|工程|项目|舆情"
    r"|市长|书记|电话|隐患|督办|公文|合同|证书|证照|档案|查询|指南|执行|劳动|工伤|认定|审批|评估|检查|抽查"
    r"|整改|通报|约谈|考核|评议|访谈|调查|征集|主动公开|发布|推送|点击|浏览|走访|宣传|政务服务|民生|便民"
    r"|保密审查|备案|合法性|公示|公告|转办|移送|征求|会商|抄告|案卷评查|模板|范本"
)


def topic(text: str, before: Topic) -> Topic:
    """What a passage is about, where `before` was the topic until now.

    The word nearest to the end decides; what belongs to a row of table 三 names no topic.
    """
    if not any(pattern.search(text) for _, pattern in _TOPICS) and "结转" not in text:
        return before
    rest = _without_rows(text)
    found = [(match.end(), kind) for kind, pattern in _TOPICS for match in pattern.finditer(rest)]
    found += [(match.end(), Topic.APPLICATIONS) for match in _CARRIED_APPLICATION.finditer(text)]
    return max(found)[1] if found else before


def names_other_things(text: str) -> bool:
    """Whether other things than applications are named in it."""
    rest = _APPLICATIONS.sub("", _without_rows(text))
    return bool(_OTHER_THINGS.search(rest) or _OTHER_CASES.search(rest))


_TOPICS = (
    (Topic.APPLICATIONS, _APPLICATIONS),
    (Topic.DISPUTES, _DISPUTES),
    (Topic.DOCUMENTS, _DOCUMENTS),
    (Topic.OTHER, _OTHER_CASES),
)


def _without_rows(text: str) -> str:
    return _WORDS.sub(lambda match: HIDDEN * len(match[0]), text)
