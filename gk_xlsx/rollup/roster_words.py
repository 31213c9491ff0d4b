"""What the words in a roster's cells mean."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from typing import TypeVar

from gk_xlsx.rollup.roster import Standing
from gk_xlsx.units import Level, Scope

_Meaning = TypeVar("_Meaning")

SCOPES: Mapping[str, Scope] = {
    "": Scope.BODY,
    **{word: scope for scope in Scope for word in (scope.value, scope.label)},
    **dict.fromkeys(("本单位", "本部门", "机关本级", "仅本机关", "本机关本级"), Scope.BODY),
    **dict.fromkeys(
        ("本级政府", "政府", "本级政府（含办公室）", "含办公室", "政府含办公室", "本级"),
        Scope.GOVERNMENT,
    ),
    **dict.fromkeys(
        ("本行政区域", "行政区域汇总", "本区域汇总", "区域汇总", "汇总", "全区汇总", "全市汇总",
         "全县汇总", "全省汇总", "全镇汇总"),
        Scope.AREA,
    ),
}  # fmt: skip
STANDINGS: Mapping[str, Standing] = {
    "": Standing.NORMAL,
    **{item.value: item for item in Standing},
    **dict.fromkeys(("无变化", "存续", "在册", "保留"), Standing.NORMAL),
    **dict.fromkeys(("新增", "新成立", "新组建", "新建", "新设立", "设立"), Standing.NEW),
    **dict.fromkeys(("改名", "名称变更", "变更名称"), Standing.RENAMED),
    **dict.fromkeys(("撤销", "合并", "并入", "被撤并", "注销", "撤", "撤销合并"), Standing.MERGED),
}
YES_OR_NO: Mapping[str, bool] = {
    "": True,
    **dict.fromkeys(("是", "√", "✓", "✔", "y", "yes", "1", "true", "有", "需", "需要", "应"), True),
    **dict.fromkeys(("否", "×", "x", "n", "no", "0", "false", "无", "不", "不需", "不需要"), False),
}
COUNTED: Mapping[str, bool] = {
    **YES_OR_NO,
    "计入": True,
    "汇总": True,
    "不计入": False,
    "不汇总": False,
}
PUBLISHED: Mapping[str, bool] = {
    **YES_OR_NO,
    **dict.fromkeys(("公布", "公开"), True),
    **dict.fromkeys(("不公布", "不公开"), False),
}

_LEVELS: Mapping[str, Level] = {
    **{word: level for level in Level for word in (level.value, level.label)},
    **dict.fromkeys(("镇", "乡", "镇政府", "乡政府", "乡镇政府"), Level.TOWNSHIP),
    **dict.fromkeys(("街道办", "街道办事处"), Level.SUBDISTRICT),
    **dict.fromkeys(
        ("工作部门", "政府部门", "政府工作部门", "组成部门", "区直部门", "县直部门", "市直部门",
         "区级部门", "县级部门", "市级部门", "区直单位", "市直单位", "县直单位", "委办局", "局"),
        Level.DEPARTMENT,
    ),
    **dict.fromkeys(("政府办", "办公室", "政府办公厅", "办公厅"), Level.OFFICE),
    **dict.fromkeys(("直属事业单位", "事业", "公共企事业单位"), Level.INSTITUTION),
    **dict.fromkeys(("园区", "功能区", "管委会", "高新区", "经开区"), Level.ZONE),
    **dict.fromkeys(("垂管", "垂管单位", "垂直管理", "垂直管理部门", "垂直部门"), Level.VERTICAL),
    **dict.fromkeys(("区", "区政府", "区级"), Level.DISTRICT),
    **dict.fromkeys(("县", "县级市", "县政府", "县级"), Level.COUNTY),
    **dict.fromkeys(("市", "市政府", "市级", "地级市", "设区市", "设区的市", "州"), Level.CITY),
    **dict.fromkeys(("省", "省政府", "省级", "自治区", "直辖市"), Level.PROVINCE),
    **dict.fromkeys(("部委",), Level.MINISTRY),
}  # fmt: skip
"""Kinds as offices name them; another one keeps its name and has no level."""

_CHINESE_SPACE = re.compile(r"(?<=[^\x00-\x7f])\s+|\s+(?=[^\x00-\x7f])")
_SEPARATORS = frozenset("；;、,，/\n")
_DITTO = frozenset(("同上", "〃", "″", '"', "''", "同前"))


def meaning(text: str, words: Mapping[str, _Meaning]) -> _Meaning | None:
    """What a word means; None where it is none of those known."""
    plain = "".join(text.split())
    found = words.get(plain)
    return words.get(unicodedata.normalize("NFKC", plain).lower()) if found is None else found


def level(kind: str) -> Level | None:
    """The level that a kind of body names; None for an office's own kinds."""
    return _LEVELS.get("".join(kind.split()))


def body(text: str) -> str:
    """A name in one line, without the spaces that set Chinese characters apart."""
    shown = (char for char in unicodedata.normalize("NFC", text) if _is_shown(char))
    return _CHINESE_SPACE.sub("", "".join(shown).strip())


def several(text: str) -> tuple[str, ...]:
    """Names that stand in one cell, separated by ；、, or lines; brackets are left whole."""
    names = (body(part) for part in _parts(text))
    return tuple(dict.fromkeys(name for name in names if name))


def is_ditto(text: str) -> bool:
    """Whether a cell says 同上."""
    return text.strip() in _DITTO


def _is_shown(char: str) -> bool:
    """Whether a character is seen: control and direction marks are not, line ends are spaces."""
    return char.isspace() or not unicodedata.category(char).startswith("C")


def _parts(text: str) -> Iterator[str]:
    depth, start = 0, 0
    for at, char in enumerate(text):
        depth = max(0, depth + (char in "（(〔[") - (char in "）)〕]"))
        if char in _SEPARATORS and not depth:
            yield text[start:at]
            start = at + 1
    yield text[start:]
