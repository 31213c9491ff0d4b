"""The figures a leader reads first, by their short names: 一览表, 对比表, charts."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from gk_xlsx.form import FieldKind, Form

_GROUPS = (
    ("收到申请", ("三.新收.总计", "三.上年结转.总计")),
    (
        "办理结果",
        (
            *("三.予以公开.总计", "三.部分公开.总计", "三.不予公开.合计.总计"),
            *("三.无法提供.合计.总计", "三.不予处理.合计.总计", "三.其他处理.合计.总计"),
            "三.办结.总计",
        ),
    ),
    ("结转", ("三.结转下年.总计",)),
    ("复议、诉讼", ("四.复议.总计", "四.复议.纠正", "四.诉讼.总计", "四.诉讼.纠正")),
    (
        "主动公开",
        (
            *("二.规范性文件.现行有效", "二.规范性文件.公开总数"),
            *("二.行政许可", "二.行政许可.处理决定"),
            *("二.行政处罚", "二.行政处罚.处理决定"),
            *("二.行政强制", "二.行政强制.处理决定"),
            *("二.收费",),
        ),
    ),
)
"""Short names of both editions; an edition has those that its form names."""

RESULTS = _GROUPS[1][1][:-1]
"""The kinds of results that 办结 is made of."""

_SUMS = ("总计", "合计", "处理决定")
"""Parts of short names that a caption can do without."""


@dataclass(frozen=True, slots=True)
class KeyFigure:
    """One of them.

    Attributes:
        group: the heading it stands under.
        name: the short name.
        caption: what it is called in a narrow column.
        fields: the ids it adds up.
        unit: 件 or 万元.
    """

    group: str
    name: str
    caption: str
    fields: tuple[str, ...]
    unit: str


@lru_cache(maxsize=4)
def key_figures(form: Form) -> tuple[KeyFigure, ...]:
    """Those of an edition, in the order they are shown."""
    return tuple(
        key_figure(form, name, group)
        for group, names in _GROUPS
        for name in names
        if name in form.names and _fits(form, name)
    )


def key_figure(form: Form, name: str, group: str = "") -> KeyFigure:
    """A figure by its short name."""
    fields = form.names[name]
    return KeyFigure(group, name, _caption(name), fields, form.fields[fields[0]].column.unit)


def _fits(form: Form, name: str) -> bool:
    """A fee is a key figure where it is an amount; edition 2019 counts its kinds."""
    field = form.fields[form.names[name][0]]
    return name != "二.收费" or field.kind is FieldKind.MONEY


def _caption(name: str) -> str:
    """三.不予公开.合计.总计 → 不予公开, 四.复议.总计 → 复议总计."""
    numeral, *parts = name.split(".")
    short = [part for part in parts if part not in _SUMS]
    return "".join(parts) if numeral == "四" else "".join(short)
