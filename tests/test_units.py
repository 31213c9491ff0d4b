"""Kinds of bodies and whom figures are about."""

from __future__ import annotations

import pytest

from gk_xlsx.units import Level, Scope, Unit, level_of


def test_levels_and_scopes_have_chinese_names() -> None:
    assert Scope.GOVERNMENT.label == "本级政府含办公室"
    assert Level.ZONE.label == "开发区"
    assert len({level.label for level in Level}) == len(Level)


@pytest.mark.parametrize(
    ("name", "level"),
    [
        ("清河市临江区人民政府办公室", Level.OFFICE),
        ("上海市人民政府办公厅", Level.OFFICE),
        ("某县政府办", Level.OFFICE),
        ("平潭综合实验区", Level.ZONE),
        ("某市经济技术开发区管理委员会", Level.ZONE),
        ("某高新区管委会", Level.ZONE),
        ("某工业园区", Level.ZONE),
        ("新密市新华路办事处", Level.SUBDISTRICT),
        ("某区城南街道办事处", Level.SUBDISTRICT),
        ("某区城南街道", Level.SUBDISTRICT),
        ("某区城南街道办", Level.SUBDISTRICT),
        ("某县大山乡人民政府", Level.TOWNSHIP),
        ("某县河口镇", Level.TOWNSHIP),
        ("国家税务总局某市税务局", Level.VERTICAL),
        ("某海关", Level.VERTICAL),
        ("某市气象局", Level.VERTICAL),
        ("福建省人民政府", Level.PROVINCE),
        ("内蒙古自治区人民政府", Level.PROVINCE),
        ("黔西南布依族苗族自治州人民政府", Level.CITY),
        ("锡林郭勒盟行政公署", Level.CITY),
        ("阿克苏地区行政公署", Level.CITY),
        ("大兴安岭地区", Level.CITY),
        ("某县人民政府", Level.COUNTY),
        ("某自治县人民政府", Level.COUNTY),
        ("鄂伦春自治旗人民政府", Level.COUNTY),
        ("淮安市清江浦区人民政府", Level.DISTRICT),
        ("温州市鹿城区新居民服务中心", Level.INSTITUTION),
        ("某市图书馆", Level.INSTITUTION),
        ("某大学", Level.INSTITUTION),
        ("沭阳县发展和改革局", Level.DEPARTMENT),
        ("某省财政厅", Level.DEPARTMENT),
        ("某区发展和改革委员会", Level.DEPARTMENT),
        ("某区教育委", Level.DEPARTMENT),
        ("某市机关事务管理处", Level.DEPARTMENT),
        ("淮安市人民政府", None),
        ("义乌市", None),
        ("财政部", None),
        ("", None),
    ],
)
def test_the_level_follows_from_the_end_of_the_name(name: str, level: Level | None) -> None:
    assert level_of(Unit(name)) == (level, True)


def test_a_level_that_is_given_is_not_inferred() -> None:
    assert level_of(Unit("淮安市人民政府", level=Level.CITY)) == (Level.CITY, False)
