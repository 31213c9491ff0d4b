"""Which column of an office's roster is what, by the usual wordings of its heads."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from gk_xlsx.rollup.roster_table import RosterTable

HEAD_WITHIN = 30
"""The head row is looked for in so many rows from the top."""


class Column(StrEnum):
    """A column with a meaning; the values are the heads that a fresh roster has."""

    NAME = "单位名称"
    CODE = "单位编码"
    PARENT = "上级"
    KIND = "类型"
    ALIASES = "别名"
    SCOPE = "统计范围"
    COUNTED = "计入汇总"
    PUBLISHED = "是否公布"
    STANDING = "状态"
    LAST_SOURCES = "上年来源"
    CONTACT = "联系人"
    PHONE = "电话"


_WORDINGS: Mapping[Column, Sequence[str]] = {
    Column.NAME: (
        "单位名称", "单位全称", "机关名称", "行政机关名称", "行政机关", "机构名称", "主体名称",
        "部门名称", "填报单位名称", "填报单位", "报送单位", "责任单位", "公开主体", "单位", "机关",
        "名称", "部门", "镇街", "单位部门", "部门单位",
    ),
    Column.CODE: (
        "单位编码", "单位代码", "编码", "代码", "编号", "机构代码", "单位编号",
        "统一社会信用代码", "组织机构代码",
    ),
    Column.PARENT: (
        "上级", "上级单位", "上级名称", "上级单位名称", "上级编码", "汇总至", "汇总单位",
        "主管单位", "主管部门", "上级主管部门", "隶属", "隶属单位", "所属单位",
    ),
    Column.KIND: (
        "类型", "单位类型", "类型/级别", "类型级别", "级别", "单位级别", "类别", "单位类别",
        "单位性质", "机构类型", "性质", "分类", "层级",
    ),
    Column.ALIASES: ("别名", "简称", "单位简称", "曾用名", "其他名称", "又名", "俗称"),
    Column.SCOPE: ("统计范围", "报告范围", "统计口径", "口径", "范围"),
    Column.COUNTED: ("计入汇总", "是否计入汇总", "是否汇总", "纳入汇总", "是否纳入汇总", "汇总"),
    Column.PUBLISHED: (
        "是否公布", "是否需公布", "是否公开", "需公布", "应公布", "是否应公布", "公布",
    ),
    Column.STANDING: (
        "状态", "单位状态", "本年状态", "变动情况", "机构变动", "变更情况", "变化情况",
    ),
    Column.LAST_SOURCES: (
        "上年来源", "去年来源", "上年单位", "去年单位", "上年单位名称", "去年单位名称", "上年名称",
        "去年名称", "上年报告", "去年报告", "原单位", "原单位名称", "原名称", "原名",
    ),
    Column.CONTACT: (
        "联系人", "联系人姓名", "联络员", "联络人", "经办人", "填报人", "具体负责人", "工作人员",
        "姓名",
    ),
    Column.PHONE: (
        "电话", "联系电话", "联系方式", "电话号码", "手机", "手机号", "手机号码", "联系手机",
        "办公电话", "固定电话",
    ),
}  # fmt: skip
"""Head to what it means; of two columns with one meaning the wording that stands first wins."""

_MEANING = {
    wording: (column, rank)
    for column, wordings in _WORDINGS.items()
    for rank, wording in enumerate(wordings)
}


@dataclass(frozen=True)
class Heads:
    """The heads of a roster.

    Attributes:
        below: the index of the first row under them.
        columns: what each known column is, by its index from 0.
        others: the office's own columns, index to head; empty heads are left out.
        twice: known heads that stand in several columns, with the indexes.
    """

    below: int
    columns: Mapping[Column, int]
    others: Mapping[int, str]
    twice: Mapping[str, Sequence[int]]


def heads_of(table: RosterTable) -> Heads | None:
    """The heads of a roster; None where no column of names is found.

    Titles may stand above them, and a head of two rows (联系人: 姓名, 电话) is read as one.
    """
    rows = range(min(HEAD_WITHIN, len(table.rows)))
    known = {row: len(_known(table, row)) for row in rows if _names(table, row)}
    if not known:
        return None
    top = max(known, key=lambda row: (known[row], -row))
    below = top + max(table.height(top, column) for column in _names(table, top))
    texts = {
        column: tuple(_wordings_at(table, top, below, column)) for column in range(table.width)
    }
    return _sorted(texts, below)


def head(text: str) -> str:
    """A head without spaces, marks and remarks in brackets."""
    plain = unicodedata.normalize("NFKC", text)
    return re.sub(r"\(.*?\)|[\s*:]", "", plain)


def _known(table: RosterTable, row: int) -> set[Column]:
    heads = (head(text) for text in table.rows[row])
    return {_MEANING[text][0] for text in heads if text in _MEANING}


def _names(table: RosterTable, row: int) -> list[int]:
    """Columns of a row that are called like a column of names."""
    wordings = _WORDINGS[Column.NAME]
    return [column for column, text in enumerate(table.rows[row]) if head(text) in wordings]


def _wordings_at(table: RosterTable, top: int, below: int, column: int) -> Iterator[str]:
    """What stands over a column, the lowest first.

    Nothing does where all of it is merged in from the column on the left.
    """
    rows = range(below - 1, top - 1, -1)
    if any(table.text(row, column) for row in rows):
        yield from dict.fromkeys(filter(None, (table.filled(row, column) for row in rows)))


def _sorted(texts: Mapping[int, Sequence[str]], below: int) -> Heads:
    """Each column by the lowest of its heads that is known."""
    meant: dict[int, tuple[Column, int]] = {}
    for column, wordings in texts.items():
        known = [_MEANING[head(text)] for text in wordings if head(text) in _MEANING]
        meant |= {column: known[0]} if known else {}
    best: dict[Column, int] = {}
    for column, (meaning, rank) in meant.items():
        if meaning not in best or rank < meant[best[meaning]][1]:
            best[meaning] = column
    others = {
        column: " ".join("".join(text.split()) for text in reversed(wordings))
        for column, wordings in texts.items()
        if wordings and column not in best.values()
    }
    return Heads(below, best, others, _twice(meant))


def _twice(meant: Mapping[int, tuple[Column, int]]) -> Mapping[str, Sequence[int]]:
    times = Counter(meant.values())
    return {
        _WORDINGS[meaning][rank]: [at for at, what in meant.items() if what == (meaning, rank)]
        for (meaning, rank), count in times.items()
        if count > 1
    }
