"""Findings as a person reads them."""

from __future__ import annotations

from gk_xlsx.findings import (
    CellLocation,
    CheckedFile,
    Finding,
    Gate,
    Severity,
    TextLocation,
    Verdict,
)
from gk_xlsx.outputs.text import findings_text


def finding(
    message: str,
    severity: Severity = Severity.ERROR,
    sheet: str = "",
    section: str = "",
    explained: str | None = None,
) -> Finding:
    location = TextLocation(section, "引文", 0, 2) if section else CellLocation(sheet)
    gate = Gate.TEXT if section else Gate.DATA
    return Finding(
        *("XX01", "xx", severity, gate, message),
        location=location if sheet or section else None,
        fix="请核对。",
        explained=explained,
    )


def checked(
    *findings: Finding,
    data: Verdict = Verdict.FIX,
    text: Verdict = Verdict.NONE,
    unit: str | None = "某局",
) -> CheckedFile:
    year, edition = (2023, "2021") if unit else (None, None)
    return CheckedFile("来件.xlsx", "0" * 64, unit, year, edition, data, text, findings)


def first_line(*findings: Finding, data: Verdict, text: Verdict = Verdict.NONE) -> str:
    return findings_text([checked(*findings, data=data, text=text)]).splitlines()[0]


def test_the_verdict_stands_first_then_the_file_then_the_findings() -> None:
    assert findings_text([checked(finding("不平。", sheet="三、申请办理"))]) == (
        "某局：有错误（1 处错误）\n"
        "　文件 来件.xlsx，2023 年，2021 版格式\n"
        "\n"
        "三、申请办理\n"
        "  【错误】不平。请核对。（XX01）\n"
    )


def test_nothing_found_is_two_lines() -> None:
    assert findings_text([checked(data=Verdict.PASS)]) == (
        "某局：通过\n　文件 来件.xlsx，2023 年，2021 版格式\n"
    )


def test_a_file_without_report_is_told_by_its_path() -> None:
    file = checked(finding("已损坏。"), data=Verdict.UNREADABLE, unit=None)
    assert findings_text([file]) == (
        "来件.xlsx：不能读取\n\n整份报告\n  【错误】已损坏。请核对。（XX01）\n"
    )


def test_counts_are_by_severity_and_explained_ones_apart() -> None:
    line = first_line(
        finding("一"),
        finding("二", Severity.WARNING),
        finding("三", Severity.NOTE),
        finding("四", explained="划转"),
        data=Verdict.FIX,
    )
    assert line == "某局：有错误（1 处错误，1 处需核实，1 处已说明，1 处提示）"


def test_an_open_warning_asks_for_an_explanation() -> None:
    line = first_line(finding("二", Severity.WARNING), data=Verdict.EXPLAIN)
    assert line == "某局：需说明（1 处需核实）"


def test_text_that_passes_is_not_mentioned() -> None:
    assert first_line(data=Verdict.PASS, text=Verdict.PASS) == "某局：通过"


def test_text_that_is_as_wrong_is_not_mentioned() -> None:
    assert first_line(data=Verdict.FIX, text=Verdict.FIX) == "某局：有错误"


def test_text_with_errors_is_told_beside_data_that_pass() -> None:
    assert first_line(data=Verdict.PASS, text=Verdict.FIX) == "某局：数据通过，文字有错误"


def test_text_with_errors_is_told_beside_data_to_explain() -> None:
    assert first_line(data=Verdict.EXPLAIN, text=Verdict.FIX) == "某局：数据需说明，文字有错误"


def test_an_explanation_stands_below_its_finding() -> None:
    text = findings_text([checked(finding("不一致。", explained="职能划转"))])
    assert "  【已说明】不一致。请核对。（XX01）\n      情况说明：职能划转\n" in text


def headings(*findings: Finding) -> list[str]:
    lines = findings_text([checked(*findings)]).splitlines()[2:]
    return [line for line in lines if line and not line.startswith(" ")]


def test_findings_stand_by_table_then_text_then_the_whole() -> None:
    found = headings(
        finding("一"),
        finding("二", section="other"),
        finding("三", section="preface"),
        finding("四", sheet="Sheet1"),
        finding("五", sheet="四、复议诉讼"),
        finding("六", sheet="二、主动公开"),
        finding("七", sheet="三、申请办理"),
        finding("八", section="elsewhere"),
    )
    assert found == [
        "二、主动公开",
        "三、申请办理",
        "四、复议诉讼",
        "Sheet1",
        "文字：前言",
        "文字：第六部分",
        "文字：elsewhere",
        "整份报告",
    ]


def test_the_most_serious_stands_first_in_its_table() -> None:
    text = findings_text(
        [
            checked(
                finding("提示。", Severity.NOTE, "三、申请办理"),
                finding("别表。", Severity.ERROR, "四、复议诉讼"),
                finding("核实。", Severity.WARNING, "三、申请办理"),
                finding("错误。", Severity.ERROR, "三、申请办理"),
            )
        ]
    )
    places = [text.index(word) for word in ("错误。请", "核实。请", "提示。请", "别表。请")]
    assert places == sorted(places)


def test_several_files_have_a_summary() -> None:
    text = findings_text(
        [
            checked(data=Verdict.PASS),
            checked(finding("二", Severity.WARNING), data=Verdict.EXPLAIN),
            checked(finding("一"), finding("三", Severity.NOTE)),
            checked(finding("四", explained="划转"), data=Verdict.PASS),
        ]
    )
    assert text.endswith(
        "\n\n共 4 份：通过 2 份，需说明 1 份，有错误 1 份；"
        "错误 1 处，需核实 1 处，已说明 1 处，提示 1 处。\n"
    )


def test_one_file_has_no_summary() -> None:
    assert "共 1 份" not in findings_text([checked()])
