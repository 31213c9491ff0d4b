"""Claims about documents, decisions and fees (table 二)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from gk_xlsx.claims.model import Reading, Subject
from gk_xlsx.claims.slots import nothing_else_behind
from gk_xlsx.patterns import pattern

_KINDS = pattern(
    r"(?P<DOCUMENTS>(?:行政)?规范性文件)|(?P<REGULATIONS>(?:政府|部门|地方政府)?规章(?!制度))"
)
_ACTS = pattern(
    r"(?P<REPEALED>废止(?!和?失效|或失效|、失效))|(?P<IN_FORCE>现行有效|继续有效)"
    r"|(?P<ISSUED>(?:新)?(?:制发|制定|印发|出台)(?:并?(?:印发|出台|公布|发布|公开|施行|实施))?)"
)
_DECISIONS = pattern(
    r"(?P<LICENCES>行政许可)|(?P<PENALTIES>行政处罚)|(?P<COERCIVE_MEASURES>行政强制(?:措施)?(?!执行))"
)
_DECIDED = pattern(r"作出|做出|下达|实施|处理决定")
_NOT_THE_TABLE = pattern(
    r"公开|公示|发布|公布|上传|录入|推送|归集|公告|办理|受理|申请|备案|审查|审核|解读|起草|征求|评估"
)
_AS_ISSUED = pattern(r"(?:公布|发布|公开|印发|出台)(?=.{0,4}(?:行政)?规范性文件)")
_MIXED = pattern(r"修改|修订|修正|清理|失效|联合|转发|代拟|名义|拟(?!定)|党内|党委|建议|部分")
_FILLER = pattern(r"(?:行政)?规范性文件|规章|处理|决定|作出|的|共|年底|年末|目前")
_FEES = pattern(r"行政事业性收费")
_FEES_BEHIND = pattern(r"收入|金额|总额|收取|共计|合计|共|为|总计|计|的|款|达|达到|：")


@dataclass(frozen=True, slots=True)
class Documents:
    """What a number counts, and the kind of document spoken of from here on."""

    readings: tuple[Reading, ...]
    whole: bool


def kind_in(text: str) -> str:
    """DOCUMENTS or REGULATIONS, the last one named; empty where none is."""
    found = [match.lastgroup or "" for match in _KINDS.finditer(text)]
    return found[-1] if found else ""


def mixed(sentence: str) -> bool:
    """Whether the sentence counts in another way than the table: 含修改4废止4, 宣布失效."""
    return bool(_MIXED.search(sentence))


def documents(front: str, sentence: str, before: str) -> Documents | None:
    """What the number behind `front` counts, or None where it is nothing of table 二."""
    decision = _decision(front, sentence)
    if decision:
        return decision
    kinds = tuple(dict.fromkeys(match.lastgroup or "" for match in _KINDS.finditer(front)))
    acts = list(_ACTS.finditer(front))
    names = {match.lastgroup or "" for match in acts}
    kind = kinds[-1] if kinds else before
    if not kind or len(names) != 1 or len(kinds) > 1:
        return None
    ends = [match.end() for pattern in (_ACTS, _KINDS) for match in pattern.finditer(front)]
    if not nothing_else_behind(_FILLER.sub("", front[max(ends) :])):
        return None
    begin = acts[0].start()
    between = _KINDS.sub("", front[acts[-1].end() : max(ends)])
    if _NOT_THE_TABLE.search(front[:begin]) or not nothing_else_behind(_FILLER.sub("", between)):
        return None
    return Documents(((Subject[f"{kind}_{names.pop()}"],),), not mixed(sentence))


def fees(front: str) -> Documents | None:
    """Whether an amount of money behind `front` is the 行政事业性收费 of the table."""
    found = list(_FEES.finditer(front))
    if not found or _FEES_BEHIND.sub("", front[found[-1].end() :]):
        return None
    rest = front[: found[-1].start()]
    return Documents(
        ((Subject.FEES,),), not re.search(r"减免|减征|免征|退还|信息处理费|减少|其中", rest)
    )


def _decision(front: str, sentence: str) -> Documents | None:
    found = list(_DECISIONS.finditer(front))
    if len(found) != 1 or not (
        _DECIDED.search(front) or re.search(r"决定(?:数量|数)?(?:为|共)?$", front)
    ):
        return None
    if not nothing_else_behind(_FILLER.sub("", front[found[0].end() :])):
        return None
    if _NOT_THE_TABLE.search(_DECISIONS.sub("", front)) or re.search("其中", front):
        return None
    return Documents(((Subject[found[0].lastgroup or ""],),), not mixed(sentence))
