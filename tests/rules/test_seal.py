"""SE: what was done to the workbook; how it is seen is tested with the reader."""

from __future__ import annotations

from dataclasses import replace

import pytest

from gk_xlsx.findings import CellLocation, Severity
from gk_xlsx.report import BLANK, Observation, Seen
from gk_xlsx.resources import form
from tests.made import with_entries
from tests.rules.cases import check, codes, saw, seen

SHEET = "三、申请办理"
TOTAL = "requests.concluded.total"


def test_a_clean_workbook_has_no_finding() -> None:
    assert codes(saw()) == []


@pytest.mark.parametrize(
    ("observation", "code", "severity", "texts"),
    [
        (seen(Seen.OTHER_VERSION, expected="1", was="0"), "SE02", "warning", ("“0”", "“1”")),
        (
            seen(Seen.LABEL_CHANGED, at=(SHEET, "B9"), expected="（二）部分公开", was=""),
            "SE03",
            "error",
            ("三、申请办理 B9", "“（二）部分公开”", "“（空）”"),
        ),
        (
            seen(Seen.FORMULA_REPLACED, field=TOTAL, table="requests", was="58"),
            "SE04",
            "error",
            ("“58”", "按各格相加应为 "),
        ),
        (
            seen(Seen.FORMULA_REPLACED, field=TOTAL, table="requests"),
            "SE04",
            "error",
            ("公式被删除",),
        ),
        (
            seen(Seen.FORMULA_CHANGED, field=TOTAL, table="requests", was="=A1"),
            "SE04",
            "error",
            ("公式被改为“=A1”",),
        ),
        (seen(Seen.MOVED, at=(SHEET, "")), "SE05", "warning", (SHEET, "找到全部数据")),
        (
            seen(Seen.LOST, at=(SHEET, ""), expected="商业企业"),
            "SE05",
            "error",
            ("找不到：商业企业",),
        ),
        (
            seen(Seen.SHEET_RENAMED, expected=SHEET, was="Sheet3"),
            "SE05",
            "warning",
            (f"“{SHEET}”被改名为“Sheet3”",),
        ),
        (seen(Seen.SHEET_INSERTED, was="草稿"), "SE05", "warning", ("多出“草稿”",)),
        (seen(Seen.SHEET_DELETED, expected="参考句"), "SE05", "warning", ("找不到“参考句”",)),
        (seen(Seen.SHEET_DELETED, expected="gk"), "SE05", "error", ("隐藏的数据页", "去年数据")),
        (seen(Seen.UNPROTECTED, was=SHEET), "SE06", "note", (SHEET,)),
        (
            seen(Seen.IDENTITY_DISAGREES, field="unit", expected="甲局", was="乙局"),
            "SE08",
            "error",
            ("单位名称", "“甲局”", "“乙局”"),
        ),
    ],
)
def test_an_observation_becomes_one_finding(
    observation: Observation, code: str, severity: str, texts: tuple[str, ...]
) -> None:
    [finding] = check(saw(observation))
    assert (finding.code, finding.severity) == (code, severity)
    assert all(text in finding.message for text in texts)


def test_a_changed_label_says_where() -> None:
    [finding] = check(saw(seen(Seen.LABEL_CHANGED, at=(SHEET, "B9"), expected="甲", was="乙")))
    assert finding.location == CellLocation(SHEET, "B9")
    assert finding.fix == "请恢复为“甲”。"


def test_a_replaced_total_that_cannot_be_recomputed_says_so() -> None:
    report = saw(seen(Seen.FORMULA_REPLACED, field=TOTAL, table="requests", was="58"))
    [finding] = [
        item for item in check(with_entries(report, {TOTAL: BLANK})) if item.code == "SE04"
    ]
    assert "各项还没有填全，不能计算" in finding.message
    assert finding.right is None


def test_five_replaced_formulas_are_named_and_six_are_one_finding() -> None:
    fields = [key for key in form("2021").computed if key.startswith("requests.")]
    replaced = [seen(Seen.FORMULA_REPLACED, field=key, table="requests", was="1") for key in fields]
    assert codes(saw(*replaced[:5])) == ["SE04"] * 5
    [finding] = check(saw(*replaced[:6]))
    assert finding.fields == tuple(fields[:6])


def test_unprotected_sheets_are_one_note() -> None:
    report = saw(seen(Seen.UNPROTECTED, was=SHEET), seen(Seen.UNPROTECTED, was="工作簿结构"))
    [finding] = check(report)
    assert finding.severity is Severity.NOTE
    assert finding.message == f"保护已取消：{SHEET}、工作簿结构。"


def test_each_disagreeing_item_is_one_finding() -> None:
    unit = seen(Seen.IDENTITY_DISAGREES, field="unit", expected="甲局", was="乙局")
    year = seen(Seen.IDENTITY_DISAGREES, field="year", expected="2024", was="2023")
    report = saw(unit, replace(unit, found="丙局"), year)
    assert [(item.code, item.message.count("局")) for item in check(report)] == [
        ("SE08", 3),
        ("SE08", 0),
    ]
