"""Whose report it is: a name, a code and a scope → the roster's lines.

A name is looked up as it is written, then as an alias, then without what people write in
different ways (人民政府 or 政府, 管理委员会 or 管委会), then without the region in front. It
refuses rather than guesses: what fits two lines equally well fits none, and a body of another
region is another body. For what fits none, `nearest` names the line that was most likely meant.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from functools import cache, cached_property

from gk_xlsx.matching import normal
from gk_xlsx.rollup.roster import Roster, RosterLine, Standing
from gk_xlsx.units import Scope, Unit

ALIKE = 0.5
"""Names that agree less than this (0 … 1) are not suggested for each other."""


class How(StrEnum):
    """How a line was found, surest first; the values are what users read."""

    CODE = "单位编码"
    NAME = "单位名称"
    ALIAS = "别名"
    SPELLING = "名称写法不同"
    REGION = "名称少了或多了地名"
    FILE = "文件名"
    BUNDLE = "同一文件夹或压缩包"
    NOT = "对不上"


@dataclass(frozen=True, slots=True)
class Match:
    """The lines that a name may mean: one where it is certain, several where it is not."""

    lines: tuple[RosterLine, ...]
    how: How

    @property
    def line(self) -> RosterLine | None:
        """The line, where there is just one."""
        return self.lines[0] if len(self.lines) == 1 else None


NOTHING = Match((), How.NOT)

_SYNONYMS = (
    (re.compile(r"(?:人民)?政府办公[室厅]|(?:人民)?政府办(?!事)"), "政府办"),
    (re.compile(r"人民政府|行政公署"), "政府"),
    (re.compile(r"管理委员会"), "管委会"),
    (re.compile(r"委员会"), "委"),
    (re.compile(r"办公[室厅]"), "办"),
    (re.compile(r"街道(?:办事处|办)"), "街道"),
    (re.compile(r"(?<=[乡镇])政府"), ""),
    (re.compile(r"本级|机关$"), ""),
    (re.compile(r"(?<=.)[和与及](?=.)"), ""),
)
"""What people write in several ways, and the one way that names are compared in."""

_OTHER_WORD = r"(?![级域属块划间]|场(?!所)|容|民(?![政族宗])|政(?:管理|公用|工程|设施|园林|建设))"
_REGION = re.compile(
    rf"[^局委办厅院部]{{2,12}}?(?:自治[区州县旗]|省|州|盟|市|(?<![社园小街景片灌库校厂])区){_OTHER_WORD}"
    rf"|[^局委办厅院部]{{1,12}}?[县旗]{_OTHER_WORD}"
    rf"|[省市县区州旗]{_OTHER_WORD}"
)
"""A region in front of a body; 城市管理局, 市场监督管理局 and 社区 begin with none."""
_REGION_BEFORE = re.compile(r"[\u4e00-\u9fff]*(?<!年)[省市县区州旗]$")
_BARE = frozenset("省市县区州旗")
"""A region that says only what kind it is: 区教育局."""
_FEATURELESS = frozenset(("", "政府", "政府办"))
"""What is left of a government's name without its region: says nothing of which it is."""


@dataclass(frozen=True, slots=True)
class _Parts:
    """A name taken apart: the innermost region in front, or empty, and the body."""

    region: str
    body: str


def spelling(name: str) -> str:
    """A name without what people write in different ways."""
    text = normal(name)
    for pattern, same in _SYNONYMS:
        text = pattern.sub(same, text)
    return text


def region_of(name: str) -> str:
    """The region in front of a name; empty where there is none, or only 区, 市 without its name."""
    region = _parts(name).region
    return "" if region in _BARE else region


def likeness(left: str, right: str) -> float:
    """How much two names agree, 0 … 1; short forms (发改局) agree well with the full one."""
    one, other = _parts(left).body or spelling(left), _parts(right).body or spelling(right)
    shorter, longer = sorted((one, other), key=len)
    if len(shorter) > 1 and _is_shortened(shorter, longer):
        return 0.9
    return SequenceMatcher(None, one, other, autojunk=False).ratio()


@dataclass(frozen=True)
class Names:
    """The names of a roster, ready to be looked up."""

    roster: Roster

    def of(self, unit: Unit, scope: Scope) -> Match:
        """The line of a report by what it says of itself: name, then code, then scope.

        A code alone is believed only where the name does not speak against it: offices number
        their units alike, and a workbook of another district is no report of this one.
        """
        named = self.by_name(unit.name)
        if named.how in (How.NAME, How.ALIAS):
            return self._of_scope(named, scope)
        line = self.roster.by_code.get(unit.code)
        if line is not None and self._believable(line, unit.name):
            return Match((line,), How.CODE)
        return self._of_scope(named if named.lines else self._paired(unit.name), scope)

    def by_name(self, name: str) -> Match:
        """The lines that a name means, without regard to their scope."""
        text = normal(name)
        for how, index in ((How.NAME, self._by_name), (How.ALIAS, self._by_alias)):
            if text in index:
                return Match(tuple(index[text]), how)
        same = self._by_spelling.get(spelling(name))
        if same:
            return Match(tuple(same), How.SPELLING)
        return self._without_region(name)

    def within(self, text: str) -> Match:
        """The line whose name stands in a text, the name of a file for example; the longest wins.

        A name that another region stands in front of is another body's.
        """
        said = spelling(text)
        for length in self._lengths:
            for at in range(len(said) - length + 1):
                lines = self._standing.get(said[at : at + length], ())
                here = tuple(line for line in lines if self._of_its_region(line, said[:at]))
                if here:
                    return Match(here, How.FILE)
        return NOTHING

    def nearest(self, name: str) -> RosterLine | None:
        """The line that was most likely meant by a name that fits none; None where none is like it.

        Among equals the first of the roster.
        """
        best, how_much = None, ALIKE
        for line in self.roster:
            like = max(likeness(name, known) for known in (line.name, *line.aliases))
            if like > how_much or (best is None and like == how_much):
                best, how_much = line, like
        return best

    def _believable(self, line: RosterLine, name: str) -> bool:
        if not name.strip() or line.standing is Standing.RENAMED or name in line.last_sources:
            return True
        here = _may_be_same(self._region_of(line), _parts(name).region)
        return here and likeness(name, line.name) >= ALIKE

    def _without_region(self, name: str) -> Match:
        given = _parts(name)
        lines = tuple(line for line in self._by_body.get(given.body, ()) if self._fits(line, given))
        return Match(lines, How.REGION) if lines else NOTHING

    def _fits(self, line: RosterLine, given: _Parts) -> bool:
        own = self._region_of(line)
        if given.body in _FEATURELESS and not (own and given.region):
            return False
        return _may_be_same(own, given.region)

    def _region_of(self, line: RosterLine) -> str:
        """The region of a line: its name's own, else that of the nearest line above."""
        current: RosterLine | None = line
        while current is not None:
            region = _parts(current.name).region
            if region and region not in _BARE:
                return region
            current = self.roster.by_code.get(current.parent)
        return _parts(line.name).region

    def _of_scope(self, found: Match, scope: Scope) -> Match:
        """Among several lines of a name those of the scope; of a pair the one that has it."""
        if len(found.lines) > 1:
            same = tuple(line for line in found.lines if line.scope is scope)
            return Match(same, found.how) if same else found
        line = found.line
        if line is None or line.scope is scope or scope is Scope.BODY:
            return found
        paired = tuple(item for item in self._pair_of(line) if item.scope is scope)
        return Match(paired, found.how) if paired else found

    def _pair_of(self, line: RosterLine) -> Sequence[RosterLine]:
        """The government of an office, the office of a government."""
        return self._by_spelling.get(_counterpart(line.name), ())

    def _paired(self, name: str) -> Match:
        """The line under which an office reports for its government, where there is just that."""
        lines = self._by_spelling.get(_counterpart(name), ())
        return Match(tuple(line for line in lines if line.scope is not Scope.BODY), How.SPELLING)

    def _of_its_region(self, line: RosterLine, before: str) -> bool:
        own, found = self._region_of(line), _REGION_BEFORE.search(before)
        return not found or not own or before.endswith(own) or found[0] in _BARE & set(own[-1])

    @cached_property
    def _by_name(self) -> Mapping[str, Sequence[RosterLine]]:
        return _index((normal(line.name), line) for line in self.roster)

    @cached_property
    def _by_alias(self) -> Mapping[str, Sequence[RosterLine]]:
        return _index((normal(name), line) for line in self.roster for name in line.aliases)

    @cached_property
    def _by_spelling(self) -> Mapping[str, Sequence[RosterLine]]:
        return _index(
            (spelling(name), line) for line in self.roster for name in (line.name, *line.aliases)
        )

    @cached_property
    def _standing(self) -> Mapping[str, Sequence[RosterLine]]:
        """Names as they stand in file names, with their region or without."""
        bodies = {key: lines for key, lines in self._by_body.items() if key not in _FEATURELESS}
        return {**bodies, **self._by_spelling}

    @cached_property
    def _lengths(self) -> Sequence[int]:
        """How long such names are, the longest first; single characters stand in many words."""
        return sorted({len(name) for name in self._standing if len(name) > 1}, reverse=True)

    @cached_property
    def _by_body(self) -> Mapping[str, Sequence[RosterLine]]:
        return _index(
            (_parts(name).body, line) for line in self.roster for name in (line.name, *line.aliases)
        )


def _may_be_same(one: str, other: str) -> bool:
    """Whether two regions do not speak against each other: 区 may be 江南区, 江北区 is another."""
    if not one or not other:
        return True
    if one in _BARE or other in _BARE:
        return one[-1] == other[-1]
    return one == other


@cache
def _parts(name: str) -> _Parts:
    rest, region = normal(name), ""
    found = _REGION.match(rest)
    while found:
        region, rest = found[0], rest[found.end() :]
        found = _REGION.match(rest)
    return _Parts(region, spelling(rest))


def _counterpart(name: str) -> str:
    """The spelling of a government's office, or of the government of an office."""
    own = spelling(name)
    if own.endswith("政府办"):
        return own.removesuffix("办")
    return f"{own}办" if own.endswith("政府") else own


def _is_shortened(short: str, full: str) -> bool:
    """Whether a name is made of another's characters in their order, with the same ends."""
    rest = iter(full)
    return short[0] == full[0] and short[-1] == full[-1] and all(char in rest for char in short)


def _index(pairs: Iterable[tuple[str, RosterLine]]) -> dict[str, list[RosterLine]]:
    """Key to its lines, each once, in the order of the roster."""
    found: dict[str, dict[str, RosterLine]] = defaultdict(dict)
    for key, line in pairs:
        found[key][line.code] = line
    return {key: list(lines.values()) for key, lines in found.items()}
