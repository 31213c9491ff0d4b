"""Whose name it is: found where it is certain, refused where it is not, with the nearest named."""

from __future__ import annotations

import pytest

from gk_xlsx.rollup.names import How, Names, likeness, region_of, spelling
from gk_xlsx.rollup.roster import Roster, RosterLine, Standing
from gk_xlsx.units import Scope, Unit

ROOT = RosterLine(2, "江南区人民政府", "1", scope=Scope.GOVERNMENT)
OFFICE = RosterLine(3, "江南区人民政府办公室", "2", "1")
SCHOOLS = RosterLine(4, "教育局", "3", "1")
REFORM = RosterLine(5, "发展和改革局", "4", "1", aliases=("区发改委", "物价局"))
TOWN = RosterLine(6, "城关镇人民政府", "5", "1")
STREET = RosterLine(7, "城东街道办事处", "6", "1")
ZONE = RosterLine(8, "江南经济开发区管理委员会", "7", "1")
ROSTER = Roster((ROOT, OFFICE, SCHOOLS, REFORM, TOWN, STREET, ZONE))


@pytest.fixture(scope="module")
def names() -> Names:
    return Names(ROSTER)


@pytest.mark.parametrize(
    ("name", "line", "how"),
    [
        ("教育局", SCHOOLS, How.NAME),
        (" 教育 局 ", SCHOOLS, How.NAME),
        ("物价局", REFORM, How.ALIAS),
        ("发展改革局", REFORM, How.SPELLING),
        ("城关镇", TOWN, How.SPELLING),
        ("城东街道", STREET, How.SPELLING),
        ("江南经济开发区管委会", ZONE, How.SPELLING),
        ("教育局（本级）", SCHOOLS, How.SPELLING),
        ("江南区人民政府办", OFFICE, How.SPELLING),
        ("江南区教育局", SCHOOLS, How.REGION),
        ("浙江省台州市江南区教育局", SCHOOLS, How.REGION),
        ("区教育局", SCHOOLS, How.REGION),
        ("台州市江南区人民政府", ROOT, How.REGION),
        ("区政府", ROOT, How.REGION),
        ("区政府办公室", OFFICE, How.REGION),
    ],
)
def test_a_name_is_found_however_it_is_written(
    names: Names, name: str, line: RosterLine, how: How
) -> None:
    found = names.by_name(name)
    assert (found.line, found.how) == (line, how)


@pytest.mark.parametrize(
    "name", ["江北区教育局", "市教育局", "江北区人民政府", "财政局", "发改局", ""]
)
def test_another_body_is_not_taken_for_one_of_ours(names: Names, name: str) -> None:
    assert names.by_name(name).lines == ()


def test_what_fits_two_lines_fits_none() -> None:
    both = Roster((RosterLine(2, "江南区教育局", "1"), RosterLine(3, "江北区教育局", "2")))
    found = Names(both).by_name("教育局")
    assert found.line is None
    assert [line.code for line in found.lines] == ["1", "2"]


def test_a_department_of_a_district_is_not_that_of_the_city() -> None:
    city = RosterLine(2, "台州市人民政府", "1")
    district = RosterLine(4, "江南区人民政府", "3", "1")
    roster = Roster(
        (city, RosterLine(3, "教育局", "2", "1"), district, RosterLine(5, "教育局", "4", "3"))
    )
    line = Names(roster).by_name("台州市江南区教育局").line
    assert line is not None
    assert line.code == "4"


@pytest.mark.parametrize(
    ("name", "region"),
    [
        ("浙江省台州市江南区教育局", "江南区"),
        ("恩施土家族苗族自治州林业局", "恩施土家族苗族自治州"),
        ("城市管理局", ""),
        ("台州市市场监督管理局", "台州市"),
        ("市政管理局", ""),
        ("市政务服务中心", ""),
        ("区民政局", ""),
        ("住房和城乡建设局", ""),
        ("社区服务中心", ""),
        ("县级机关事务管理局", ""),
        ("蓟县教育局", "蓟县"),
        ("江南区", "江南区"),
    ],
)
def test_a_region_is_told_from_words_that_begin_like_one(name: str, region: str) -> None:
    assert region_of(name) == region


@pytest.mark.parametrize(
    ("name", "nearest"),
    [
        ("发改局", REFORM),
        ("江北区教育局", SCHOOLS),
        ("城关街道", STREET),
        ("江南开发区管委会", ZONE),
    ],
)
def test_the_nearest_name_is_suggested(names: Names, name: str, nearest: RosterLine) -> None:
    assert names.nearest(name) == nearest


def test_nothing_is_suggested_where_nothing_is_alike(names: Names) -> None:
    assert names.nearest("气象台") is None


def test_a_short_form_is_very_like_the_full_name() -> None:
    assert likeness("人社局", "人力资源和社会保障局") > likeness("人社局", "林业局")


# -- code and scope ------------------------------------------------------------------------


def test_a_code_decides_where_the_name_says_nothing_against_it(names: Names) -> None:
    found = names.of(Unit("发展改革和物价局", "4"), Scope.BODY)
    assert (found.line, found.how) == (REFORM, How.CODE)


def test_a_code_of_another_district_is_not_believed(names: Names) -> None:
    assert names.of(Unit("江北区教育局", "3"), Scope.BODY).line is None
    assert names.of(Unit("水文站", "3"), Scope.BODY).line is None


def test_a_name_goes_before_a_code(names: Names) -> None:
    assert names.of(Unit("教育局", "4"), Scope.BODY).line == SCHOOLS


def test_a_renamed_body_is_known_by_its_code() -> None:
    renamed = RosterLine(2, "文化和旅游局", "9", standing=Standing.RENAMED)
    assert Names(Roster((renamed,))).of(Unit("旅游委", "9"), Scope.BODY).line == renamed


def test_the_scope_tells_a_government_from_its_office(names: Names) -> None:
    as_office = names.of(Unit("江南区人民政府办公室"), Scope.BODY)
    for_all = names.of(Unit("江南区人民政府办公室"), Scope.GOVERNMENT)
    assert (as_office.line, for_all.line) == (OFFICE, ROOT)


def test_two_lines_of_one_name_are_told_apart_by_their_scope() -> None:
    own = RosterLine(2, "区政府办公室", "1")
    whole = RosterLine(3, "区政府办公室", "2", scope=Scope.GOVERNMENT)
    pair = Names(Roster((own, whole)))
    assert pair.of(Unit("区政府办公室"), Scope.GOVERNMENT).line == whole
    assert pair.of(Unit("区政府办公室"), Scope.BODY).line == own
    assert pair.by_name("区政府办公室").line is None


def test_a_government_is_found_under_its_office_where_that_reports_for_it() -> None:
    line = RosterLine(2, "江南区人民政府办公室", "1", scope=Scope.GOVERNMENT)
    assert Names(Roster((line,))).of(Unit("江南区人民政府"), Scope.BODY).line == line


# -- names within file names ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("江南区教育局2025年政府信息公开年报（定稿）", SCHOOLS),
        ("2025年区教育局年报", SCHOOLS),
        ("城关镇年度报告", TOWN),
        ("江南区人民政府办公室年报", OFFICE),
        ("江南区人民政府年报", ROOT),
        ("报送材料-区发改委", REFORM),
    ],
)
def test_a_name_is_found_within_a_file_name(names: Names, text: str, line: RosterLine) -> None:
    assert names.within(text).line == line


@pytest.mark.parametrize("text", ["江北区教育局年报", "新建文件夹", "年度报告", ""])
def test_a_file_name_of_another_body_or_none_says_nothing(names: Names, text: str) -> None:
    assert names.within(text).lines == ()


def test_spelling_makes_the_usual_variants_equal() -> None:
    assert spelling("某区人民政府办公室") == spelling("某区政府办")
    assert spelling("发展和改革委员会") == spelling("发展改革委")
