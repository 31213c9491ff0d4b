"""The body that reports: what it is called, what kind it is, whom its figures are about."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum


class Scope(StrEnum):
    """Whom the figures are about (统计范围)."""

    BODY = "body"
    GOVERNMENT = "government"
    AREA = "area"

    @property
    def label(self) -> str:
        """The words of the roster and the workbook."""
        return _SCOPE_LABELS[self.value]


_SCOPE_LABELS = {"body": "本机关", "government": "本级政府含办公室", "area": "本行政区域汇总"}


class Level(StrEnum):
    """The kind of body."""

    TOWNSHIP = "township"
    SUBDISTRICT = "subdistrict"
    DEPARTMENT = "department"
    OFFICE = "office"
    INSTITUTION = "institution"
    ZONE = "zone"
    VERTICAL = "vertical"
    DISTRICT = "district"
    COUNTY = "county"
    CITY = "city"
    PROVINCE = "province"
    MINISTRY = "ministry"

    @property
    def label(self) -> str:
        """The Chinese name of the kind."""
        return _LEVEL_LABELS[self.value]


_LEVEL_LABELS = {
    "township": "乡镇",
    "subdistrict": "街道",
    "department": "部门",
    "office": "政府办公室",
    "institution": "事业单位",
    "zone": "开发区",
    "vertical": "垂直管理单位",
    "district": "市辖区",
    "county": "县（市）",
    "city": "设区的市（州）",
    "province": "省（自治区、直辖市）",
    "ministry": "国务院部门",
}

_LEVEL_BY_ENDING = (
    (r"政府办公[室厅]|政府办", Level.OFFICE),
    (r"(管理委员会|管委会|开发区|高新区|保税区|实验区|示范区|园区)", Level.ZONE),
    (r"(街道|街道办|办事处)", Level.SUBDISTRICT),
    (r"[乡镇](人民政府)?", Level.TOWNSHIP),
    (r"(税务局|海关|气象局|海事局|邮政管理局)", Level.VERTICAL),
    (r"(省|自治区)(人民政府)?", Level.PROVINCE),
    (r"(自治州|地区|盟)(人民政府|行政公署)?", Level.CITY),
    (r"[县旗](人民政府)?", Level.COUNTY),
    (r"(?<!自治)区(人民政府)?", Level.DISTRICT),
    (r"(中心|院|所|馆|站|学校|大学|中学|小学|医院|队)", Level.INSTITUTION),
    (r"(局|厅|委员会|委|办公室|处)", Level.DEPARTMENT),
)


@dataclass(frozen=True, slots=True)
class Unit:
    """The body that reports.

    Attributes:
        code: the roster's code, or empty.
        level: the kind of body as given, or None; see `level_of` for the inferred one.
    """

    name: str
    code: str = ""
    level: Level | None = None


def level_of(unit: Unit) -> tuple[Level | None, bool]:
    """The unit's level and whether it was only inferred from the end of its name."""
    if unit.level is not None:
        return unit.level, False
    for pattern, level in _LEVEL_BY_ENDING:
        if re.search(f"(?:{pattern})$", unit.name):
            return level, True
    return None, True
