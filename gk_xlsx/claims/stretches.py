"""Claims in words: that there was none of something (未收到申请), that everything was answered."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gk_xlsx.claims.model import Claim, Kind, Reading, Subject, When, Whose
from gk_xlsx.claims.scope import when, whose
from gk_xlsx.claims.subjects import Topic, everybody_masked, names_other_things, topic
from gk_xlsx.claims.words import Scene
from gk_xlsx.patterns import pattern

# A stretch ends at a comma, a semicolon or a bracket, not at 、: “未发生行政复议、行政诉讼”.
_STRETCH = pattern(r"[^，；：（）]+")
_NOT = r"(?:未曾|从未|未有|没有|未|均无|并无|无|零)"
_HAPPENED = (
    r"(?:收到|接到|接收到|接收|接受|受理|收|发生|产生|出现|引发|涉及|办理|新收|提出|提起"
    r"|有|存在|因|被)?过?"
)
_APPLICATION_NONE = pattern(
    rf"(?P<not>{_NOT}){_HAPPENED}(?P<between>[^未无]{{0,30}}?)"
    r"(?P<what>依申请(?:政府)?(?:信息)?公开|(?:信息|政务)公开(?:的)?申请|公开申请|公开(?:政府)?信息的?申请|申请)"
    r"(?P<behind>.{0,60})$"
)
_APPLICATION_ZERO = pattern(
    r"(?:依申请公开|(?:信息|政务)公开申请)(?:的)?(?:申请|事项|受理|件|数|量|数量|件数)?(?:均)?(?:为|是)(?:零|0)(?:件)?$|零申请"
)
_DISPUTE_NONE = pattern(
    rf"(?P<not>{_NOT})(?!经){_HAPPENED}(?P<between>[^未无]{{0,60}}?)"
    r"(?P<what>(?:行政)?复议(?!后)|(?:行政)?诉讼)(?P<behind>.{0,60})$"
)
_GROUP_NONE = pattern(
    rf"{_NOT}{_HAPPENED}(?P<what>不予公开|不予处理|部分公开|无法提供)(?:政府信息|信息|的|情况|情形|申请|事项){{0,4}}$"
)
_CARRY_NONE = pattern(
    rf"{_NOT}(?:有)?(?:(?P<in>(?:上一|上|去)年(?:度)?(?:的)?结转)|(?P<out>结转(?:到|至)?(?:下|明|次)一?年(?:度)?))"
    r"(?:的)?(?:继续办理|办理)?(?:的)?(?:申请|件|事项|情况|政府信息公开){0,3}$"
)
_DOCUMENT_NONE = pattern(
    r"(?:未|没有)(?P<act>制发|制定|印发|出台|废止)(?:过|任何|新的)?(?P<kind>(?:行政)?规范性文件|规章(?!制度))(?:的情况)?$"
)
_FEES_NONE = pattern(r"(?:未|没有|无)(?:收取|征收)?(?:任何)?行政事业性收费(?:项目|情况)?$")

_BETWEEN = pattern(
    r"一[件例起条宗]|任何|政府信息依申请公开|政府信息公开|政府信息|信息公开|政务信息公开|政务公开|政务信息|信息|政府|公开|依申请公开|依申请"
    r"|公民|社会公众|公众|群众|市民|法人|其他组织|组织|申请人|个人|当事人|社会各界|各类|有关|相关|关于|要求|书面|新的|申请"
    r"|因|由|引起|引发|导致|产生|提起|提出|提交|而|的|被|对|就|和|与|及|或|、|工作|行政|答复|事项|情况|方面|本机关|我局|本局|本单位|我单位|涉及|发生|针对|受理|复议|诉讼|\ue002|\ue000"
)
_BEHIND = pattern(
    r"政府信息|信息公开|信息|公开|申请|受理|办理|事项|情况|情形|案件|案|事件|现象|事宜|件|的|发生|出现|产生|提出|及|和|与|或|、|行政复议|行政诉讼|复议|诉讼|申诉"
    r"|等|工作|提起|被|引发|一[件例起]|业务|行为|问题|记录|[。\"”]|应诉|也|均|需要|答复"
)

_ALL_DONE = pattern(
    r"(?:均已(?:经)?|都已(?:经)?|已(?:经)?全部|全部已(?:经)?|已(?:经)?均|全部)"
    r"(?:依法依规|依法|依规|按时|按期|及时|如期|规范|妥善|予以|给予|作出|进行|在[^，；。]{2,14}内|按[^，；。]{2,8}要求|按照?(?:法定|规定)(?:时限|期限|时间)?){0,4}"
    r"(?:办结|答复|回复|办理完毕|办理完结|办理完成|处理完毕)(?!率)"
)
_ALL_RATE = pattern(
    r"(?<!按时)(?<!按期)(?<!及时)(?<!限时)(?<!如期)(?:答复|办结|回复|办理)率(?:均)?(?:为|达到|达|保持|保持在|实现|是)?(?:100%|百分之百)"
)
_NOT_ALL = pattern(
    r"其余|其他|剩余|到期|应(?:当|予|办|答)|已受理的|上年|去年|需|将|力争|确保|做到|争取|要求|审结|原则|要"
)


def none_at_all(scene: Scene, subject: Topic, whom: Whose, period: When) -> list[Claim]:
    """Claims that there was none of something; the topic is that in front of the sentence."""
    made = []
    about = scene.about
    for match in _STRETCH.finditer(everybody_masked(scene.words)):
        before = scene.words[: match.start()]
        asked = bool(_APPLICATION_NONE.search(match[0]))  # to name the topic takes long
        about_them = asked and topic(before, subject) is Topic.APPLICATIONS
        for reading in _none(match[0], about_them=about_them):
            whose_now = whose(match[0], about, whose(before[-40:], about, whom))
            when_now = when(before + match[0], about.year, period)
            made.append(
                scene.claim(
                    Kind.NONE, *match.span(), readings=(reading,), whose=whose_now, when=when_now
                )
            )
    return made


def _none(stretch: str, *, about_them: bool) -> Iterator[Reading]:
    """The subjects of which a stretch says that there was none."""
    disputes = _DISPUTE_NONE.search(stretch)
    if disputes:
        yield from _no_disputes(disputes)
        return
    applications = _APPLICATION_NONE.search(stretch)
    none = applications and _is_general(applications, about_them=about_them)
    said = none or _APPLICATION_ZERO.search(stretch)
    if said and not names_other_things(stretch.replace("申请", "")):
        yield (Subject.NEW,)
    yield from _none_of_the_rest(stretch)


def _none_of_the_rest(stretch: str) -> Iterator[Reading]:
    group = _GROUP_NONE.search(stretch)
    if group:
        yield (_GROUPS[group["what"]],)
    carry = _CARRY_NONE.search(stretch)
    if carry:
        yield (Subject.CARRIED_IN if carry["in"] else Subject.CARRIED_OUT,)
    document = _DOCUMENT_NONE.search(stretch)
    if document:
        kind = "REGULATIONS" if document["kind"] == "规章" else "DOCUMENTS"
        yield (Subject[f"{kind}_{'REPEALED' if document['act'] == '废止' else 'ISSUED'}"],)
    if _FEES_NONE.search(stretch):
        yield (Subject.FEES,)


_GROUPS = {
    "不予公开": Subject.REFUSED,
    "不予处理": Subject.NOT_HANDLED,
    "部分公开": Subject.PARTLY,
    "无法提供": Subject.UNAVAILABLE,
}


def _no_disputes(match: re.Match[str]) -> Iterator[Reading]:
    if not _is_general(match):
        return
    everything = match["between"] + match["what"] + match["behind"]
    if "复议" in everything.replace("复议机关", ""):
        yield (Subject.REVIEW,)
    if "诉讼" in everything:
        yield (Subject.LITIGATION,)


def _is_general(match: re.Match[str], *, about_them: bool = False) -> bool:
    """Whether nothing around qualifies it: “未出现因答复不当引起的复议” says nothing of others."""
    if match["not"] == "零" and match["between"]:
        return False
    named = "公开" in match[0] or "依申请" in match[0]
    if match["what"] == "申请" and not (named or about_them):
        return False
    return not _BETWEEN.sub("", match["between"]) and not _BEHIND.sub("", match["behind"])


def all_done(scene: Scene, subject: Topic, whom: Whose, period: When) -> list[Claim]:
    """Claims that every application was answered; the topic is that in front of the sentence."""
    made = []
    for match in _STRETCH.finditer(scene.words):
        found = _ALL_DONE.search(match[0]) or _ALL_RATE.search(match[0])
        if found is None:
            continue
        front, earlier = match[0][: found.start()], scene.words[: match.start()]
        about_them = topic(earlier + front, subject) is Topic.APPLICATIONS
        if about_them and not (_NOT_ALL.search(front) or names_other_things(front)):
            made.append(
                scene.claim(
                    Kind.ALL_DONE,
                    match.start(),
                    match.start() + found.end(),
                    readings=((Subject.CONCLUDED,),),
                    whose=whose(front, scene.about, whose(earlier[-60:], scene.about, whom)),
                    when=when(earlier + match[0], scene.about.year, period),
                )
            )
    return made
