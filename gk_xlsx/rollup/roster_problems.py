"""What can be wrong with a roster: single cells, lines that contradict each other, the tree."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from gk_xlsx.matching import normal
from gk_xlsx.rollup import roster_words as words
from gk_xlsx.rollup.roster import RosterLine, Standing
from gk_xlsx.rollup.roster_heads import Column
from gk_xlsx.rollup.roster_lines import Written
from gk_xlsx.units import Scope

_Key = TypeVar("_Key")

_SCIENTIFIC = re.compile(r"\d(\.\d+)?E\+\d+", re.IGNORECASE)
_LONGEST_NAME = 100
"""Characters; longer ones are sentences that slipped into the column."""

_CHOICES: Mapping[Column, tuple[Mapping[str, object], str]] = {
    Column.SCOPE: (words.SCOPES, "、".join(scope.label for scope in Scope)),
    Column.STANDING: (words.STANDINGS, "、".join(Standing)),
    Column.COUNTED: (words.COUNTED, "是、否"),
    Column.PUBLISHED: (words.PUBLISHED, "是、否"),
}


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong, and what to do about it.

    Attributes:
        rows: concerned, in the file, from 1.
    """

    rows: tuple[int, ...]
    text: str

    def said(self, file: str) -> str:
        """As the user reads it."""
        return f"{file} 第{rows_text(self.rows)}行：{self.text}"


def rows_text(rows: Sequence[int]) -> str:
    """3、5—7."""
    parts: list[list[int]] = []
    for row in sorted(rows):
        if parts and parts[-1][-1] == row - 1:
            parts[-1].append(row)
        else:
            parts.append([row])
    return "、".join(_run(part) for part in parts)


def _run(rows: Sequence[int]) -> str:
    return "、".join(map(str, rows)) if len(rows) < 3 else f"{rows[0]}—{rows[-1]}"


# -- single lines --------------------------------------------------------------------------


def line_problems(written: Written) -> Iterator[Problem]:
    """What is wrong with the cells of one line."""
    rows = (written.row,)
    for column, text in written.cells.items():
        if text.startswith("="):
            yield Problem(
                rows,
                f"“{column}”是公式，读不到算出的结果。请用 Excel 或 WPS 打开保存一次，或改成文字。",
            )
        elif column in _CHOICES and words.meaning(text, _CHOICES[column][0]) is None:
            known = _CHOICES[column][1]
            yield Problem(rows, f"“{column}”写的是“{text}”，看不懂。请写：{known}；不写为默认。")
    if _SCIENTIFIC.fullmatch(written.cells[Column.CODE]):
        yield Problem(
            rows, "单位编码位数太多，存成数字会丢失末尾几位。请把这一列设为文本后重新填写。"
        )
    if not written.name:
        yield Problem(rows, "没有单位名称。请补上，不是单位的行请删去。")
    elif len(written.name) > _LONGEST_NAME:
        yield Problem(rows, f"单位名称超过 {_LONGEST_NAME} 个字，请检查是否填错了列。")
    line = written.line
    if line.standing is Standing.RENAMED and not (line.aliases or line.last_sources):
        yield Problem(rows, f"“{line.name}”更名了，请在“上年来源”写它去年的名称。")


# -- lines against each other --------------------------------------------------------------


def roster_problems(lines: Sequence[RosterLine]) -> Iterator[Problem]:
    """What is wrong between lines; their parents are as written."""
    yield from _same_reports(lines)
    yield from _same_codes(lines)
    yield from _ambiguous_aliases(lines)
    yield from _unknown_parents(lines)
    parents = parents_of(lines)
    yield from _dissolved_parents(lines, parents)
    yield from _circles(lines, parents)
    yield from _roots(lines)


def parents_of(lines: Sequence[RosterLine]) -> dict[int, RosterLine]:
    """Row to the line that its 上级 names, by code, name or alias."""
    found = {}
    by_name = _grouped(lines, lambda line: normal(line.name))
    by_alias = {normal(name): [line] for line in lines for name in line.aliases}
    by_code = {line.code.casefold(): [line] for line in lines if line.code}
    for line in lines:
        for index, wanted in (
            (by_code, line.parent.casefold()),
            (by_name, normal(line.parent)),
            (by_alias, normal(line.parent)),
        ):
            above = _above(line, index.get(wanted, ())) if line.parent else None
            if above is not None:
                found[line.row] = above
                break
    return found


def _above(line: RosterLine, named: Sequence[RosterLine]) -> RosterLine | None:
    """Of several lines of one body the one with the widest scope; a line is below itself last."""
    widest = (Scope.AREA, Scope.GOVERNMENT, Scope.BODY)
    ordered = sorted(named, key=lambda other: (other is line, widest.index(other.scope)))
    return ordered[0] if ordered else None


def _same_reports(lines: Sequence[RosterLine]) -> Iterator[Problem]:
    for (_, scope), same in _grouped(lines, lambda item: (normal(item.name), item.scope)).items():
        if len(same) > 1:
            yield Problem(
                tuple(line.row for line in same),
                f"“{same[0].name}”重复（统计范围都是{scope.label}）。请只留一行；"
                "确是两份报告的，请在“统计范围”写出区别。",
            )


def _same_codes(lines: Sequence[RosterLine]) -> Iterator[Problem]:
    coded = [line for line in lines if line.code]
    for same in _grouped(coded, lambda line: line.code.casefold()).values():
        if len(same) > 1:
            rows = tuple(line.row for line in same)
            yield Problem(rows, f"单位编码“{same[0].code}”用了 {len(same)} 次。请改成各不相同的。")


def _ambiguous_aliases(lines: Sequence[RosterLine]) -> Iterator[Problem]:
    """An alias that is also the name or the alias of another body."""
    due = [line for line in lines if line.due]
    names = _grouped(due, lambda line: normal(line.name))
    owners: dict[str, list[RosterLine]] = defaultdict(list)
    for line in due:
        for alias in line.aliases:
            owners[normal(alias)].append(line)
    for alias, lines_of in owners.items():
        others = [*lines_of, *names.get(alias, ())]
        if len({normal(line.name) for line in others}) > 1:
            rows = tuple(dict.fromkeys(line.row for line in others))
            yield Problem(rows, f"“{alias}”指的是哪一个单位不清楚。请只在一行写这个名称或别名。")


# -- the tree ------------------------------------------------------------------------------


def _unknown_parents(lines: Sequence[RosterLine]) -> Iterator[Problem]:
    known = parents_of(lines)
    lost = [line for line in lines if line.parent and line.row not in known]
    for parent, below in _grouped(lost, lambda line: line.parent).items():
        yield Problem(
            tuple(line.row for line in below),
            f"上级“{parent}”不在名册里。请为它加一行，或改成名册里的名称或编码；"
            "不分层级的，把“上级”一列都空着。",
        )


def _dissolved_parents(
    lines: Sequence[RosterLine], parents: Mapping[int, RosterLine]
) -> Iterator[Problem]:
    below = [line for line in lines if line.due and line.row in parents]
    lost = [line for line in below if not parents[line.row].due]
    for parent, orphans in _grouped(lost, lambda line: parents[line.row].name).items():
        rows = tuple(line.row for line in orphans)
        yield Problem(rows, f"上级“{parent}”已撤并，不再报送。请改成现在的上级。")


def _circles(lines: Sequence[RosterLine], parents: Mapping[int, RosterLine]) -> Iterator[Problem]:
    settled: set[int] = set()
    for line in lines:
        path: list[RosterLine] = []
        current: RosterLine | None = line
        while current is not None and current.row not in settled and current not in path:
            path.append(current)
            current = parents.get(current.row)
        if current is not None and current in path:
            circle = path[path.index(current) :]
            names = "→".join(f"“{item.name}”" for item in (*circle, current))
            rows = tuple(item.row for item in circle)
            yield Problem(rows, f"上级绕成了一圈：{names}。请改正其中一行的上级。")
        settled |= {item.row for item in path}


def _roots(lines: Sequence[RosterLine]) -> Iterator[Problem]:
    """More than one line without 上级, where others have one."""
    due = [line for line in lines if line.due]
    roots = [line for line in due if not line.parent]
    if len(roots) > 1 and any(line.parent for line in due):
        names = "、".join(f"“{line.name}”" for line in roots[:3])
        more = f"等 {len(roots)} 个单位" if len(roots) > 3 else ""
        yield Problem(
            tuple(line.row for line in roots),
            f"{names}{more}都没有上级，只能有一个（最上面的那个）。请给其余的填上级；"
            "不分层级的，把“上级”一列都空着。",
        )


def _grouped(
    lines: Sequence[RosterLine], key: Callable[[RosterLine], _Key]
) -> dict[_Key, list[RosterLine]]:
    groups: dict[_Key, list[RosterLine]] = defaultdict(list)
    for line in lines:
        groups[key(line)].append(line)
    return groups
