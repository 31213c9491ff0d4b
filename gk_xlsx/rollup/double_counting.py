"""RO09: what would be counted twice, found before anything is added up.

Source: FORM.md 7: a merged workbook must never be added beside its own children, and a
government's report beside that of its office.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from gk_xlsx.errors import GkXlsxError
from gk_xlsx.merged import Contributor
from gk_xlsx.report import Part
from gk_xlsx.rollup.names import region_of, spelling
from gk_xlsx.rollup.roster import Roster, RosterLine
from gk_xlsx.units import Level, Scope, Unit, level_of

CODE = "RO09"


class DoubleCountingError(GkXlsxError):
    """Reports that must not be added together.

    Attributes:
        problems: each as one Chinese sentence that names the files and what to do.
    """

    def __init__(self, problems: Sequence[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(f"{CODE} 重复计数：{text}" for text in problems))


@dataclass(frozen=True, slots=True)
class Once:
    """Contributors of which each stands once.

    Attributes:
        remarks: which files were left out because they are copies, Chinese.
    """

    kept: tuple[Contributor, ...]
    remarks: tuple[str, ...]


def each_once(contributors: Iterable[Contributor]) -> Once:
    """Leave copies out: the same unit and scope with the same figures counts once.

    Which copy stays does not depend on the order they come in.
    """
    kept: dict[_Name, list[Contributor]] = defaultdict(list)
    remarks = []
    for item in sorted(contributors, key=lambda one: (one.path, one.sha256)):
        same_name = kept[_name(item)]
        twin = next((one for one in same_name if _is_copy(one, item)), None)
        if twin is None:
            same_name.append(item)
        else:
            remarks.append(f"{item.path} 与 {twin.path} 是同一份报告（{item.name}），只计一次。")
    return Once(tuple(item for items in kept.values() for item in items), tuple(remarks))


def refuse_double_counting(counted: Sequence[Contributor], roster: Roster | None = None) -> None:
    """Make sure that nothing is counted twice.

    Raises:
        DoubleCountingError: naming every pair of files.
    """
    problems = [
        *_same_unit(counted),
        *_beside_its_parts(counted),
        *_common_parts(counted),
        *_office_in_government(counted, roster),
        *(_area_over_units(counted, roster) if roster is not None else ()),
    ]
    if problems:
        raise DoubleCountingError(tuple(dict.fromkeys(problems)))


def same_report(one: Part, other: Part) -> bool:
    """Whether two parts of sums are the same report, as far as can be told.

    The same bytes are. Offices number their units alike and leave the region out of names, so
    that 财政局 with code 01 may be of two counties: only a name with its region tells.
    """
    if one.sha256 and one.sha256 == other.sha256:
        return True
    return _same_body(one, other) and bool(region_of(one.name))


def _same_body(one: Part | Contributor, other: Part | Contributor) -> bool:
    codes_agree = one.code == other.code or not (one.code and other.code)
    return one.scope is other.scope and codes_agree and spelling(one.name) == spelling(other.name)


_Name = tuple[Scope, str]


def _name(item: Contributor) -> _Name:
    return item.scope, spelling(item.name)


def _is_copy(one: Contributor, other: Contributor) -> bool:
    same_content = one.sha256 == other.sha256 or (
        one.figures == other.figures and one.reasons == other.reasons
    )
    return same_content and _same_body(one, other)


# -- the four ways to count twice ----------------------------------------------------------


def _same_unit(counted: Sequence[Contributor]) -> Iterator[str]:
    by_name: dict[_Name, list[Contributor]] = defaultdict(list)
    for item in counted:
        for other in by_name[_name(item)]:
            if _same_body(item, other):
                yield (
                    f"“{item.name}”（{item.scope.label}）有两份数据不同的报告：{other.path}、"
                    f"{item.path}。请确定用哪一份，只给出那一份。"
                )
        by_name[_name(item)].append(item)


def _beside_its_parts(counted: Sequence[Contributor]) -> Iterator[str]:
    index = _Index((item.part, item) for item in counted)
    for merged in counted:
        for part in merged.parts:
            for item in index.like(part):
                if item is not merged:
                    yield (
                        f"{merged.path}（“{merged.name}”汇总）已含“{item.name}”，又单独给出了 "
                        f"{item.path}。请只给出其中一个。"
                    )


def _common_parts(counted: Sequence[Contributor]) -> Iterator[str]:
    index = _Index((part, item) for item in counted for part in item.parts)
    for item in counted:
        for part in item.parts:
            others = [other for other in index.like(part) if other.path < item.path]
            for other in others:
                yield (
                    f"{other.path} 和 {item.path} 两份汇总都含“{part.name}”。"
                    "请查清它该计入哪一份，重新汇总另一份。"
                )


def _office_in_government(counted: Sequence[Contributor], roster: Roster | None) -> Iterator[str]:
    """A report of a government and its office, beside that of the office alone."""
    governments = [item for item in counted if item.scope is Scope.GOVERNMENT]
    if not governments:
        return
    offices = [
        (part, item)
        for item in counted
        for part in (item.part, *item.parts)
        if part.scope is Scope.BODY and _is_office(part, roster)
    ]
    for government in governments:
        for office, within in offices:
            if _is_office_of(office, government, roster):
                inside = "" if office.name == within.name else f"（在“{within.name}”汇总内）"
                yield (
                    f"“{government.name}”（{government.scope.label}，{government.path}）已含"
                    f"“{office.name}”{inside}（{within.path}）。请只计其中一份，"
                    "把另一份在名册里的“计入汇总”改为“否”。"
                )


def _area_over_units(counted: Sequence[Contributor], roster: Roster) -> Iterator[str]:
    """A sum of a whole area beside reports of units that the roster puts below it."""
    areas = {item.code: item for item in counted if item.scope is Scope.AREA}
    for item in counted:
        for line in _above(item, roster):
            area = areas.get(line.code)
            if area is not None and area is not item:
                yield (
                    f"{area.path} 是“{area.name}”的{area.scope.label}，"
                    f"名册里“{item.name}”在它下面，又单独给出了 {item.path}。请只给出其中一个。"
                )


# -- who is who ----------------------------------------------------------------------------


class _Index:
    """Parts by what they can be known by, with the contributor they came with."""

    def __init__(self, pairs: Iterable[tuple[Part, Contributor]]) -> None:
        self._by_sha: dict[str, list[tuple[Part, Contributor]]] = defaultdict(list)
        self._by_name: dict[str, list[tuple[Part, Contributor]]] = defaultdict(list)
        for part, item in pairs:
            self._by_sha[part.sha256].append((part, item))
            self._by_name[spelling(part.name)].append((part, item))

    def like(self, part: Part) -> Iterator[Contributor]:
        """The contributors that came with the same report, each once."""
        candidates = (*self._by_sha[part.sha256], *self._by_name[spelling(part.name)])
        found = {id(item): item for other, item in candidates if same_report(part, other)}
        yield from found.values()


def _is_office(part: Part, roster: Roster | None) -> bool:
    line = roster.by_code.get(part.code) if roster else None
    if line is not None and line.level is not None:
        return line.level is Level.OFFICE
    return level_of(Unit(part.name))[0] is Level.OFFICE


def _is_office_of(office: Part, government: Contributor, roster: Roster | None) -> bool:
    name = spelling(government.name)
    if spelling(office.name) in (f"{name}办", f"{name}政府办"):
        return True
    if roster is None:
        return False
    line, above = roster.by_code.get(office.code), roster.by_code.get(government.code)
    if line is None or above is None:
        return False
    return above.code == line.parent or (line.parent == above.parent and bool(line.parent))


def _above(item: Contributor, roster: Roster) -> Iterator[RosterLine]:
    line = roster.by_code.get(item.code)
    while line is not None:
        line = roster.by_code.get(line.parent)
        if line is not None:
            yield line
