"""The real reports and the examples: what must be found, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from gk_xlsx import api, resources
from gk_xlsx.resources import form
from gk_xlsx.rules import judge
from tests.rules.written import (
    EVERY,
)

SEEDS_YIELD = {
    0: {"IN01", "FM02", "FM13", "LG07"},
    1: {"LG06", "FM03"},
    2: {"FM01", "FM02", "FM03", "IN07", "FM08", "FM09", "FM13"},
    3: {"FM05", "FM13", "FM04"},
    4: {"FM03", "FM04", "FM08", "FM10", "FM12", "FM13"},
}
"""Seed to its codes, all but TX. Source: CHECKS.md, and what stands in the texts beyond it."""


def seed_findings(reports: Path, number: int) -> list[tuple[str, str, str]]:
    """Code, severity and message of every finding of a seed."""
    report = api.read(reports / f"seed_{number:03d}.txt")
    findings = judge(report, form("2021"), EVERY)
    return [(item.code, item.severity.value, item.message) for item in findings]


@pytest.mark.parametrize("number", SEEDS_YIELD)
def test_the_seeds_yield_what_a_reviewer_found_and_nothing_else(reports: Path, number: int) -> None:
    codes = {code for code, _, _ in seed_findings(reports, number) if code[:2] != "TX"}
    assert codes == SEEDS_YIELD[number]


SEED_DETAILS = [
    (0, "FM02", "error", "六、其他需要报备的事项"),
    (2, "FM01", "error", "政务信息公开工作年度报告"),
    (2, "FM02", "error", "三、收到和处理政府信息公开申报情况"),
    (2, "FM09", "error", "以上数据真实有效，可以对外发布"),
    (2, "IN07", "warning", "行政许可"),
    (3, "FM05", "error", "2023 年 1 月 12 日早于"),
    (3, "FM04", "warning", "没有写到“政府信息公开平台建设”"),
    (3, "FM13", "note", "统计限"),
    (4, "FM03", "note", "（4）"),
    (4, "FM04", "warning", "没有写到“政府信息管理”、“政府信息公开平台建设”"),
    (4, "FM10", "note", "舟山市定海区机关事务管理中心"),
    (4, "FM12", "note", "机构数、人员数、举报投诉"),
]


@pytest.mark.parametrize(("number", "code", "severity", "words"), SEED_DETAILS)
def test_the_seeds_yield_it_at_the_place_and_with_the_severity_named(
    reports: Path, number: int, code: str, severity: str, words: str
) -> None:
    assert any(
        (found_code, found_severity) == (code, severity) and words in message
        for found_code, found_severity, message in seed_findings(reports, number)
    )


EXAMPLES = {
    "01": {"LG07": 1},
    "02": {"LG06": 1},
    "03": {},
    "04": {},
    "05": {},
    "06": {},
    "07": {"YR01": 2, "FM05": 1, "LG06": 1},
}
"""Example to its findings of YR, FM and LG. Source: their `notes`."""


@pytest.mark.parametrize("path", sorted(resources.examples().glob("*.json")), ids=lambda p: p.stem)
def test_the_examples_yield_what_their_notes_say(path: Path) -> None:
    report = api.read(path)
    findings = judge(report, form(report.edition), EVERY)
    codes = [item.code for item in findings if item.code[:2] in ("YR", "FM", "LG")]
    assert {code: codes.count(code) for code in codes} == EXAMPLES[path.stem[:2]]
