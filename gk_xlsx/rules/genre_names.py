"""FM10: the names of the body in title, text and signature."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum
from itertools import combinations

from gk_xlsx.findings import Gate, Severity, TextLocation
from gk_xlsx.patterns import pattern
from gk_xlsx.rules.passages import PREFACE, has_text, passage
from gk_xlsx.rules.rule import Case, Hit, rule

_LONGEST = 60
_SPACES = pattern(r"[\s#*]+")
_OF_TITLE = pattern(
    r"(?:(?:19|20)\d{2}|二[〇零○][〇零○一二三四五六七八九]{2})年度?|关于|"
    r"政[府务]信息公开(?:工作)?(?:年度)?(?:报告|年报)|政务公开(?:工作)?年度报告"
)
_OFFICE = pattern(
    r"(?:(?:(?:人民)?政府)?(?:办公[室厅]|办)|(?:人民)?政府|(?<=街道)办事处|管理委员会|管委会)$"
)
_COMPILED_BY = pattern(
    r"由([\u4e00-\u9fff]{4,30}?(?:政府办公[室厅]|人民政府|局|厅|委员会|管委会|中心|街道|办事处|镇|乡))"
    r"(?:依据|根据|按照|依照|编制|编写|负责|结合)"
)


class _Likeness(IntEnum):
    """How two names of bodies stand to each other."""

    SAME = 0
    CONTAINED = 1
    DIFFERENT = 2


@dataclass(frozen=True, slots=True)
class _Name:
    """A name and where it was read."""

    where: str
    text: str
    location: TextLocation | None = None


@rule("FM10", "names-differ", Severity.WARNING, Gate.TEXT)
def names_differ(case: Case) -> Iterator[Hit]:
    """Title, text and signature name the same body.

    查什么：标题、正文（由××编制）、落款和单位名称写的是不是同一个机关。
    依据：机关名称前后一致，与公章一致。
    例：标题是甲局，落款是乙局（需核实）；标题写“临江区……”，落款写“清河市临江区……”（提示）。
    怎么改：统一用全称。
    不管的：政府与其办公室互相代称，街道与办事处、开发区与管委会；没有标题、没有落款的。
    """
    if not has_text(case):
        return
    names = list(_names(case))
    pairs = [(_likeness(one.text, other.text), one, other) for one, other in combinations(names, 2)]
    # Names in the text are only asked about where they name another body altogether.
    pairs = [
        pair
        for pair in pairs
        if pair[0] is _Likeness.DIFFERENT or not (pair[1].location or pair[2].location)
    ]
    worst = max(pairs, key=lambda pair: pair[0], default=None)
    if worst is None or worst[0] is _Likeness.SAME:
        return
    likeness, one, other = worst
    contained = likeness is _Likeness.CONTAINED
    yield Hit(
        f"{one.where}写“{one.text}”，{other.where}写“{other.text}”，"
        f"{'写法不一致' if contained else '不是同一个机关'}。",
        fix="请统一用全称，与公章一致。",
        severity=Severity.NOTE if contained else None,
        location=one.location or other.location,
    )


def _names(case: Case) -> Iterator[_Name]:
    report = case.report
    given = (
        _Name("标题", _OF_TITLE.sub("", _SPACES.sub("", report.title[:200]))),
        _Name("落款", _SPACES.sub("", report.signed.by)),
        _Name("单位名称", _SPACES.sub("", report.unit.name)),
    )
    yield from (name for name in given if 1 < len(name.text) <= _LONGEST)
    text = passage(case, PREFACE)
    match = _COMPILED_BY.search(text.text) if text else None
    if text and match:
        yield _Name("前言", match[1], text.place(match.start(1), match.end(1)))


def _likeness(one: str, other: str) -> _Likeness:
    if one == other or _stem(one) == _stem(other):
        return _Likeness.SAME
    short, long = sorted((_stem(one), _stem(other)), key=len)
    return _Likeness.CONTAINED if _in_order(short, long) else _Likeness.DIFFERENT


def _stem(name: str) -> str:
    """A name without 人民政府, its 办公室, 办事处: they stand for each other."""
    return _OFFICE.sub("", name, count=1) or name


def _in_order(short: str, long: str) -> bool:
    """Whether the characters of one name all stand in the other in their order.

    So 发改局 is taken for a short form of 发展和改革局, not for another body.
    """
    rest = iter(long)
    return all(char in rest for char in short)
