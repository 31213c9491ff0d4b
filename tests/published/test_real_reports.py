"""The real reports beside the project: every figure as read by hand, or named unknown."""

from __future__ import annotations

from pathlib import Path

import pytest

from gk_xlsx import api, resources
from gk_xlsx.report import AnnualReport, EntryKind, Seen, Signed, narrative
from gk_xlsx.sources.report_json import read_report_json
from tests.published.reading import outcome, unknown

FILES = {
    "seed_000": ".txt",
    "seed_001": ".txt",
    "seed_002": ".txt",
    "seed_003": ".txt",
    "seed_004": ".txt",
    "shuyang-2023": ".html",
    "shanghai-office-2019": ".html",
    "huaian-2024": ".pdf",
}
every_report = pytest.mark.parametrize("name", FILES)


def by_hand(reports: Path, name: str) -> AnnualReport:
    data = (reports / f"{name}.json").read_bytes()
    return read_report_json(data, resources.form, resources.form_for_year)


def as_read(reports: Path, name: str) -> AnnualReport:
    if FILES.get(name) == ".pdf":
        pytest.importorskip("pdfplumber")
    return api.read(reports / f"{name}{FILES.get(name, '.txt')}")


@every_report
def test_every_figure_is_the_one_read_by_hand(reports: Path, name: str) -> None:
    expected, found = by_hand(reports, name), as_read(reports, name)
    assert unknown(found) == {}
    assert found.edition == expected.edition
    assert {key: outcome(entry) for key, entry in found.entries.items()} == {
        key: outcome(entry) for key, entry in expected.entries.items()
    }


@every_report
def test_year_and_body_are_those_read_by_hand(reports: Path, name: str) -> None:
    expected, found = by_hand(reports, name), as_read(reports, name)
    assert (found.year, found.unit.name) == (expected.year, expected.unit.name)


HEADINGS = tuple(section.heading for section in resources.form("2021").sections)
ALTERED = {
    "seed_000": {5: "六、其他需要报备的事项"},
    "seed_002": {2: "三、收到和处理政府信息公开申报情况"},
    "shuyang-2023": {4: "五、存在的主要问题及整改措施"},
    "shanghai-office-2019": {4: "五、政府信息公开工作存在的主要问题及改进情况"},
}


@every_report
def test_the_headings_are_kept_as_they_stand(reports: Path, name: str) -> None:
    expected = list(HEADINGS)
    for place, heading in ALTERED.get(name, {}).items():
        expected[place] = heading
    assert as_read(reports, name).headings == tuple(expected)


SIGNED = {
    "seed_003": Signed("乐清市新居民服务中心", "2023年1月12日"),
    "seed_004": Signed("舟山市定海区机关事务管理中心", "2022年1月10日"),
    "shuyang-2023": Signed("沭阳县发展和改革局", "2024年1月17日"),
}


@every_report
def test_the_signature_is_found_where_there_is_one(reports: Path, name: str) -> None:
    assert as_read(reports, name).signed == SIGNED.get(name, Signed())


ODD = {"seed_002": {Seen.EXTRA_VALUES}}


@every_report
def test_what_is_odd_is_named_and_nothing_else(reports: Path, name: str) -> None:
    assert {seen.seen for seen in as_read(reports, name).observations} == ODD.get(name, set())


TITLES = {
    "seed_000": "温州市鹿城区新居民服务中心2021年政府信息公开工作年度报告",
    "seed_001": "温州市鹿城区人民政府办公室2021年政府信息公开工作年度报告",
    "seed_002": "新密市新华路办事处2021年政务信息公开工作年度报告",
    "seed_003": "乐清市新居民服务中心2023年政府信息公开工作年度报告",
    "seed_004": "2021年定海区机关事务管理中心政府信息公开工作年度报告",
}


@pytest.mark.parametrize("name", TITLES)
def test_the_seeds_titles_are_read(reports: Path, name: str) -> None:
    assert as_read(reports, name).title == TITLES[name]


@pytest.mark.parametrize("name", TITLES)
def test_the_seeds_text_is_in_its_parts_and_nothing_of_the_tables(reports: Path, name: str) -> None:
    found = as_read(reports, name).narrative
    parts = ("overview", "problems", "other")
    assert tuple(key for key in found if key != "preface") == parts
    assert ("preface" in found) == (name != "seed_002")
    assert narrative(found.items()) == found
    words = ("本年制发件数", "属于国家秘密", "结果维持", "[image", "[bookmark", "\t")
    assert not any(word in text for word in words for text in found.values())


def test_a_text_whose_cells_ran_together_is_not_guessed(reports: Path) -> None:
    found = as_read(reports, "pingtan-resources-2023")
    assert {entry.kind for entry in found.entries.values()} == {EntryKind.UNKNOWN}
    assert found.headings == HEADINGS
    assert (found.year, found.unit.name) == (2023, "平潭综合实验区自然资源与生态环境局")
    assert found.signed == Signed("平潭综合实验区自然资源与生态环境局", "2024年1月5日")
    assert set(found.narrative) == {"preface", "overview", "problems", "other"}
