"""Findings as text: verdict first, then counts, then findings grouped by table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gk_xlsx.findings import (
    CellLocation,
    CheckedFile,
    Finding,
    Severity,
    TextLocation,
    Verdict,
    count,
)

_SECTIONS = {
    "preface": "前言",
    "overview": "第一部分",
    "proactive": "第二部分",
    "requests": "第三部分",
    "disputes": "第四部分",
    "problems": "第五部分",
    "other": "第六部分",
}
"""Parts of the text by their numbers; their headings are the form's."""
_NUMERALS = "一二三四五六"
_ORDER = (Severity.ERROR, Severity.WARNING, Severity.NOTE)


def findings_text(files: Sequence[CheckedFile]) -> str:
    """What a person reads, each file in turn; a summary at the end where there are several."""
    blocks = ["\n".join(_file(item)) for item in files]
    if len(files) > 1:
        blocks.append(_summary(files))
    return "\n\n".join(blocks) + "\n"


def _file(item: CheckedFile) -> Iterator[str]:
    yield f"{_in_one_line(item.unit or item.path)}：{_verdict_line(item)}"
    about = [f"文件 {_in_one_line(item.path)}"] if item.unit else []
    about += [f"{item.year} 年", f"{item.edition} 版格式"] if item.year else []
    if about:
        yield "　" + "，".join(about)
    for heading, findings in _groups(item.findings).items():
        yield f"\n{heading}"
        for finding in findings:
            yield from _finding(finding)


def _in_one_line(name: str) -> str:
    """A name that cannot be taken for another line of the findings."""
    return " ".join(name.splitlines())


def _verdict_line(item: CheckedFile) -> str:
    counts = count([item])
    if item.data is Verdict.UNREADABLE:
        return item.data.label
    parts = [
        f"{number} 处{word}"
        for number, word in (
            (counts.errors, Severity.ERROR.label),
            (counts.warnings, Severity.WARNING.label),
            (counts.explained, "已说明"),
            (counts.notes, Severity.NOTE.label),
        )
        if number
    ]
    line = _both_verdicts(item)
    return f"{line}（{'，'.join(parts)}）" if parts else line


def _both_verdicts(item: CheckedFile) -> str:
    """One word where the text adds nothing to what is said of the data."""
    if item.text in (Verdict.PASS, Verdict.NONE, item.data):
        return item.data.label
    return f"数据{item.data.label}，文字{item.text.label}"


def _groups(findings: Sequence[Finding]) -> dict[str, list[Finding]]:
    """By table in the order of the form, then text, then the rest; most serious first."""
    groups: dict[str, list[Finding]] = {}
    for finding in findings:
        groups.setdefault(_heading(finding), []).append(finding)
    return {
        heading: sorted(groups[heading], key=lambda item: _ORDER.index(item.severity))
        for heading in sorted(groups, key=_rank)
    }


def _heading(finding: Finding) -> str:
    if isinstance(finding.location, CellLocation) and finding.location.sheet:
        return finding.location.sheet
    if isinstance(finding.location, TextLocation):
        return f"文字：{_SECTIONS.get(finding.location.section, finding.location.section)}"
    return "整份报告"


def _rank(heading: str) -> tuple[int, int]:
    """Tables by their numeral, other sheets, text by its parts, the whole report."""
    if heading[0] in _NUMERALS:
        return 0, _NUMERALS.index(heading[0])
    part = heading.removeprefix("文字：")
    if part != heading:
        names = list(_SECTIONS.values())
        return 2, names.index(part) if part in names else len(names)
    return (3, 0) if heading == "整份报告" else (1, 0)


def _finding(finding: Finding) -> Iterator[str]:
    label = "已说明" if finding.explained is not None else finding.severity.label
    yield f"  【{label}】{finding.message}{finding.fix}（{finding.code}）"
    if finding.explained is not None:
        yield f"      情况说明：{finding.explained}"


def _summary(files: Sequence[CheckedFile]) -> str:
    counts = count(files)
    verdicts = [item.data for item in files]
    parts = [
        f"{kind.label} {verdicts.count(kind)} 份"
        for kind in (Verdict.PASS, Verdict.EXPLAIN, Verdict.FIX, Verdict.UNREADABLE)
        if kind in verdicts
    ]
    return (
        f"共 {counts.files} 份：{'，'.join(parts)}；"
        f"错误 {counts.errors} 处，需核实 {counts.warnings} 处，已说明 {counts.explained} 处，"
        f"提示 {counts.notes} 处。"
    )
