"""Findings as programs read them."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal
from typing import Any

from gk_xlsx.findings import (
    CellLocation,
    CheckedFile,
    Finding,
    Gate,
    Severity,
    TextLocation,
    Verdict,
)
from gk_xlsx.outputs.findings_json import findings_json

FINDING = Finding(
    *("AR01", "row-total", Severity.ERROR, Gate.DATA, "不平。"),
    fields=("requests.new.total",),
    left=Decimal(8),
    right=Decimal("9.5"),
    location=CellLocation("三、申请办理", "J9", "（二）部分公开", "总计"),
    fix="请核对。",
    source="表头",
)
FILE = CheckedFile(
    *("来件.xlsx", "0" * 64, "某局", 2023, "2021"), Verdict.FIX, Verdict.NONE, (FINDING,)
)


def document(*findings: Finding) -> dict[str, Any]:
    text = findings_json([replace(FILE, findings=findings)])
    parsed: dict[str, Any] = json.loads(text, parse_float=Decimal)
    return parsed


def test_a_document_has_the_documented_shape_and_order() -> None:
    assert json.dumps(document(FINDING), ensure_ascii=False, default=str) == json.dumps(
        {
            "version": 1,
            "summary": {"files": 1, "errors": 1, "warnings": 0, "explained": 0, "notes": 0},
            "files": [
                {
                    "path": "来件.xlsx",
                    "sha256": "0" * 64,
                    "unit": "某局",
                    "year": 2023,
                    "edition": "2021",
                    "verdict": {"data": "fix", "text": "none"},
                    "findings": [
                        {
                            "code": "AR01",
                            "name": "row-total",
                            "severity": "error",
                            "gate": "data",
                            "message": "不平。",
                            "fields": ["requests.new.total"],
                            "left": 8,
                            "right": "9.5",
                            "location": {
                                "sheet": "三、申请办理",
                                "cell": "J9",
                                "row": "（二）部分公开",
                                "column": "总计",
                            },
                            "fix": "请核对。",
                            "source": "表头",
                            "explained": None,
                        }
                    ],
                }
            ],
        },
        ensure_ascii=False,
    )


def first(finding: Finding) -> dict[str, Any]:
    found: dict[str, Any] = document(finding)["files"][0]["findings"][0]
    return found


def test_a_passage_is_told_with_its_offsets() -> None:
    place = TextLocation("overview", "办结45件", 120, 125)
    assert first(replace(FINDING, location=place))["location"] == {
        "section": "overview",
        "quote": "办结45件",
        "start": 120,
        "end": 125,
    }


def test_no_place_and_no_sides_are_null() -> None:
    found = first(replace(FINDING, location=None, left=None, right=None))
    assert (found["location"], found["left"], found["right"]) == (None, None, None)


def test_amounts_are_exact() -> None:
    text = findings_json([replace(FILE, findings=(replace(FINDING, left=Decimal("1E-6")),))])
    assert '"left": 0.000001,' in text


def test_an_explanation_is_told() -> None:
    assert first(replace(FINDING, explained="划转"))["explained"] == "划转"


def test_no_files_are_an_empty_list() -> None:
    assert json.loads(findings_json([]))["files"] == []
