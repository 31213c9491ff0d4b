"""Rows of cells → `Roster`; whatever is wrong is said at once, row by row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from gk_xlsx.errors import RosterError
from gk_xlsx.rollup.codes import KeptCode, coded
from gk_xlsx.rollup.roster import Roster, RosterLine
from gk_xlsx.rollup.roster_heads import Heads, heads_of
from gk_xlsx.rollup.roster_lines import written_lines
from gk_xlsx.rollup.roster_problems import line_problems, parents_of, roster_problems
from gk_xlsx.rollup.roster_table import RosterTable


@dataclass(frozen=True, slots=True)
class RosterRead:
    """A roster as read.

    Attributes:
        codes: every code that was ever given, to be kept for the next reading.
    """

    roster: Roster
    codes: tuple[KeptCode, ...]


def read_roster(table: RosterTable, file: str, kept: Sequence[KeptCode] = ()) -> RosterRead:
    """The roster in a table of cells.

    Lines without a code get one. Where no line has an 上级, all are siblings without a root;
    where one has, a single line is the root of all.

    Args:
        table: the cells.
        file: its name, for messages.
        kept: codes given at earlier readings.

    Raises:
        RosterError: with everything that is wrong.
    """
    heads = heads_of(table)
    if heads is None:
        raise RosterError([f"{file}：没有找到表头。请在名单上方写一行表头，其中一列叫“单位名称”。"])
    if heads.twice:
        raise RosterError(list(_twice(heads, file)))
    written = list(written_lines(table, heads))
    if not written:
        raise RosterError([f"{file}：名册里还没有单位。请在“单位名称”下逐行填写。"])
    lines = [item.line for item in written]
    problems = [problem for item in written for problem in line_problems(item)]
    problems += roster_problems([line for line in lines if line.name])
    if problems:
        ordered = sorted(problems, key=lambda problem: problem.rows)
        raise RosterError([problem.said(file) for problem in ordered])
    return _rooted(lines, file, kept)


def _rooted(lines: Sequence[RosterLine], file: str, kept: Sequence[KeptCode]) -> RosterRead:
    """Codes given, and parents named by them; a dissolved body without one stands at the root."""
    parents = parents_of(lines)
    with_codes, codes = coded(lines, kept)
    by_row = {line.row: line.code for line in with_codes}
    _check_given(lines, with_codes, file)
    roots = [line for line in lines if line.due and line.row not in parents]
    root = by_row[roots[0].row] if len(roots) == 1 and parents else ""
    made = []
    for line in with_codes:
        above = parents.get(line.row)
        without = "" if line.due else root
        made.append(replace(line, parent=without if above is None else by_row[above.row]))
    return RosterRead(Roster(tuple(made)), codes)


def _check_given(lines: Sequence[RosterLine], coded_: Sequence[RosterLine], file: str) -> None:
    """A code that the office wrote must not be one that another line was given before.

    Raises:
        RosterError: if one is.
    """
    given = {line.code: line for line in lines if line.code}
    assigned = [new for old, new in zip(lines, coded_, strict=True) if not old.code]
    clashes = [(given[line.code], line) for line in assigned if line.code in given]
    if clashes:
        raise RosterError(
            [
                f"{file} 第{own.row}行：单位编码“{own.code}”已经编给“{other.name}”。请换一个编码。"
                for own, other in clashes
            ]
        )


def _twice(heads: Heads, file: str) -> Iterator[str]:
    for head, columns in heads.twice.items():
        places = "、".join(str(column + 1) for column in columns)
        yield (f"{file}：第{places}列都叫“{head}”。并排的两栏请排成一栏，多余的列请改名。")
