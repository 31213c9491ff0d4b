"""Claims about 行政复议 and 行政诉讼 (table 四)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from gk_xlsx.claims.model import Reading, Subject
from gk_xlsx.claims.slots import nothing_else_behind, nothing_in_front, only_some
from gk_xlsx.claims.words import Around
from gk_xlsx.patterns import pattern

_PROCEDURES = pattern(
    r"(?P<AFTER_REVIEW>复议后(?:再)?(?:又)?(?:提起)?(?:行政)?(?:起诉|诉讼)|经(?:行政)?复议后(?:再)?(?:提起)?(?:行政)?(?:起诉|诉讼))"
    r"|(?P<DIRECT>未经(?:行政)?复议(?:直接)?(?:提起)?(?:行政)?(?:起诉|诉讼)|直接(?:提起)?(?:行政)?(?:起诉|诉讼))"
    r"|(?P<REVIEW>(?:行政)?复议(?!后|前置))"
    r"|(?P<LITIGATION>(?:行政)?诉讼|起诉)"
)
_OUTCOMES = pattern(
    r"(?P<UPHELD>(?:结果)?维持(?:原(?:答复|行政行为|决定))?)|(?P<CORRECTED>(?:结果)?(?:予以)?(?:被)?纠正)"
    r"|(?P<OTHER>其他结果)|(?P<PENDING>(?:尚)?未审结|尚在审理(?:中)?|正在审理(?:中)?)"
)
_AS_REVIEW_BODY = pattern(
    r"受理|审理|审结|办理|立案|备案|代理|出庭|审查|调解|化解|纠错|胜诉|败诉|撤销|应诉"
)
_FILLER = pattern(r"案件|案(?!卷)|应诉|被|提起|提出|复议|诉讼|行政|和|及|与|或")


@dataclass(frozen=True, slots=True)
class Dispute:
    """What a number in front of or behind such words counts.

    Attributes:
        procedure: the block of table 四 that outcomes after it belong to.
        whole: False where only some of the cases are meant.
    """

    readings: tuple[Reading, ...]
    procedure: Subject
    whole: bool


def procedure_in(text: str) -> Subject | None:
    """The last procedure named."""
    names = [match.lastgroup for match in _PROCEDURES.finditer(text)]
    return Subject[names[-1]] if names and names[-1] else None


def named(text: str) -> bool:
    """Whether a procedure or an outcome is named."""
    return bool(_PROCEDURES.search(text))


def dispute(
    around: Around, before: Subject | None, *, about_disclosure: bool, zero: bool
) -> Dispute | None:
    """What is counted, or None where it is nothing of table 四.

    Args:
        around: the words around the number.
        before: the procedure spoken of until now.
        about_disclosure: whether 信息公开 was spoken of.
        zero: whether the number is 0, which then is said of all that is named.
    """
    front = around.front
    outcome = _outcome(front, around.tail)
    procedures = tuple(
        dict.fromkeys(Subject[match.lastgroup or ""] for match in _PROCEDURES.finditer(front))
    )
    if outcome and (procedures or before):
        return _with_outcome(procedures[-1] if procedures else before, outcome, front)
    if not procedures or not about_disclosure:
        return None
    return _procedures(procedures, front, zero=zero)


def _procedures(procedures: tuple[Subject, ...], front: str, *, zero: bool) -> Dispute | None:
    last = list(_PROCEDURES.finditer(front))[-1]
    if not nothing_else_behind(_FILLER.sub("", front[last.end() :])):
        return None
    if re.search(r"分别|均|各", front) and not zero:
        return None
    readings: tuple[Reading, ...] = (procedures,)
    if len(procedures) > 1 and not zero and not re.search(r"共|合计|总计", front):
        readings = (procedures, (procedures[-1],))
    rest = _PROCEDURES.sub("", front)
    as_reviewer = bool(_AS_REVIEW_BODY.search(rest)) and not re.search("被|信息公开|依申请", rest)
    return Dispute(readings, procedures[-1], not as_reviewer and not only_some(rest))


def _with_outcome(procedure: Subject | None, outcome: str, front: str) -> Dispute | None:
    if procedure is None:
        return None
    return Dispute(((Subject[f"{procedure.name}_{outcome}"],),), procedure, not only_some(front))


def _outcome(front: str, tail: str) -> str:
    """The outcome named right in front of a number, or behind one that stands bare."""
    found = list(_OUTCOMES.finditer(front))
    if found:
        last = found[-1]
        alone = len(found) == 1 and nothing_else_behind(front[last.end() :])
        return last.lastgroup or "" if alone else ""
    behind = _OUTCOMES.match(re.sub(r"^(?:案件)?(?:的)?(?:均)?(?:被|为|予以|获)?", "", tail))
    front_is_bare = nothing_in_front(front)
    return (behind.lastgroup or "") if behind and front_is_bare else ""
