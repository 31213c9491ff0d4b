"""Who has sent what, as rows for lists: 催报清单, 问题清单, 收件情况."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from gk_xlsx.findings import CellLocation, Finding, SetFinding, Severity, TextLocation
from gk_xlsx.form import Form
from gk_xlsx.outputs.collected_text import DOUBLE, counts_line, result_words
from gk_xlsx.rollup.collected import Collected
from gk_xlsx.rollup.filing import Filed
from gk_xlsx.rollup.states import Held, LineStatus, State

NAMES = ("催报清单", "问题清单", "收件情况")
"""What the lists are called, in their order."""

_QUOTED = 60
"""Characters of a sentence that are quoted."""
_ORDER = tuple(Severity)

_NEXT = {
    State.MISSING: "请报送填报表、报告文本和盖章件",
    State.UNREADABLE: "文件不能读取，请重新报送",
    State.WRONG_YEAR: "年份不符，请重新报送",
    State.UNCLEAR: "几份数据不同，请确认用哪一份",
    State.TO_FIX: "请修改后重新报送",
    State.TO_EXPLAIN: "请核实并说明",
    State.RECEIVED: "数据已通过，请补报报告文本",
}
"""What a line in a state still has to do; the states of 催报清单."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a list; `width` in characters, `centred` for short words and numbers."""

    head: str
    width: float
    centred: bool = False


@dataclass(frozen=True)
class List:
    """A list as it is printed.

    Attributes:
        name: of its sheet.
        title: above the table.
        note: below the title.
        rows: as many texts or numbers as there are columns.
        tints: a word for the looks of each row: a state or a severity; empty for none.
    """

    name: str
    title: str
    note: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str | int, ...], ...]
    tints: tuple[str, ...]


def lists_of(collected: Collected) -> tuple[List, ...]:
    """催报清单, 问题清单 and 收件情况."""
    return _to_be_sent(collected), _problems(collected), _received(collected)


def _to_be_sent(collected: Collected) -> List:
    lines = [item for item in collected.due if item.state in _NEXT]
    rows = tuple(
        (
            number,
            item.bundle.line.name,
            _parent(collected, item),
            item.state.label,
            _NEXT[item.state],
            result_words(item),
            item.bundle.line.contact,
            item.bundle.line.phone,
            item.bundle.entry.remarks,
        )
        for number, item in enumerate(lines, start=1)
    )
    columns = (
        Column("序号", 6, centred=True),
        Column("单位", 30),
        Column("上级", 20),
        Column("情况", 11, centred=True),
        Column("要做的", 30),
        Column("问题", 22),
        Column("联系人", 10, centred=True),
        Column("电话", 15, centred=True),
        Column("备注", 22),
    )
    tints = tuple(item.state.value for item in lines)
    return List(NAMES[0], f"{_title(collected)}催报清单", _note(collected), columns, rows, tints)


def _problems(collected: Collected) -> List:
    pairs = list(_open_findings(collected))
    rows = tuple(
        (number, name, finding.severity.label, place_of(finding, collected.collection.form),
         finding.message, finding.fix, finding.code, file)
        for number, (name, finding, file) in enumerate(pairs, start=1)
    )  # fmt: skip
    columns = (
        Column("序号", 6, centred=True),
        Column("单位", 24),
        Column("级别", 9, centred=True),
        Column("位置", 24),
        Column("问题", 52),
        Column("怎么改", 32),
        Column("编号", 8, centred=True),
        Column("文件", 28),
    )
    note = "错误须改正；需核实的须改正或说明；已经说明的和供参考的提示未列入。"
    tints = tuple(finding.severity.value for _, finding, _ in pairs)
    return List(NAMES[1], f"{_title(collected)}问题清单", note, columns, rows, tints)


def _received(collected: Collected) -> List:
    rows: list[tuple[str | int, ...]] = []
    tints: list[str] = []
    for item in collected.lines:
        for held in item.held or (None,):
            rows.append(_received_row(item, held))
            tints.append(item.state.value)
    for filed in collected.collection.strangers:
        rows.append(_stranger_row(filed))
        tints.append(State.UNCLEAR.value if filed.received.readable else "")
    columns = (
        Column("单位编码", 10, centred=True),
        Column("单位", 28),
        Column("情况", 11, centred=True),
        Column("数据", 9, centred=True),
        Column("文字", 9, centred=True),
        Column("首次收到", 12, centred=True),
        Column("材料", 10, centred=True),
        Column("文件", 42),
        Column("处理", 12, centred=True),
        Column("说明", 36),
    )
    title, note = f"{_title(collected)}收件情况", _note(collected)
    return List(NAMES[2], title, note, columns, tuple(rows), tuple(tints))


def _received_row(status: LineStatus, held: Held | None) -> tuple[str | int, ...]:
    bundle = status.bundle
    told = (held.why,) if held else ()
    first = held is None or held is status.held[0]
    notes = (*told, *(status.remarks if first else ()), "迟报" if status.late and first else "")
    return (
        bundle.line.code,
        bundle.line.name,
        status.state.label,
        _verdict(status, "data"),
        _verdict(status, "text"),
        bundle.arrived,
        held.filed.received.role.label if held else "",
        held.filed.received.path if held else "",
        held.fate.value if held else "",
        "；".join(filter(None, notes)),
    )


def _stranger_row(filed: Filed) -> tuple[str | int, ...]:
    received = filed.received
    name = received.sender.unit.name if received.sender else ""
    state = "对不上名册" if received.readable else "未归到单位"
    why = received.checked.findings[0].message if received.checked and not name else ""
    role, seen = received.role.label, received.first_seen[:10]
    return ("", name, state, "", "", seen, role, received.path, "", why)


def _verdict(status: LineStatus, gate: str) -> str:
    """The word of a verdict; a dash where nothing was handed in that it could be about."""
    verdict = status.data if gate == "data" else status.text
    return "—" if verdict.value == "none" else verdict.label


def _open_findings(collected: Collected) -> Iterator[tuple[str, Finding, str]]:
    """Unit, finding and file of all errors and questions that are open, by the roster."""
    for item in collected.due:
        still_open = [
            found
            for found in item.findings
            if found.explained is None and found.severity is not Severity.NOTE
        ]
        for finding in sorted(still_open, key=lambda found: _ORDER.index(found.severity)):
            yield item.bundle.line.name, finding, _file_of(item, finding, collected)
    for found in collected.found:
        if not found.lines:
            name = "（汇总）" if found.finding.code == DOUBLE else "（名册上没有）"
            yield name, found.finding, "、".join(found.files)


def _file_of(status: LineStatus, finding: Finding, collected: Collected) -> str:
    whole: SetFinding | None = next(
        (item for item in collected.found if item.finding is finding), None
    )
    if whole is not None:
        return "、".join(whole.files)
    bundle = status.bundle
    of_gate = bundle.master if finding.gate.value == "data" else bundle.narrative
    counts = of_gate or next(iter(bundle.unreadable), None)
    return counts.path if counts else ""


def place_of(finding: Finding, form: Form) -> str:
    """Where a finding is, in the words of the form."""
    place = finding.location
    if isinstance(place, TextLocation):
        headings = {section.key: section.heading for section in form.sections}
        heading = ({"preface": "前言"} | headings).get(place.section, place.section)
        quote = place.quote if len(place.quote) <= _QUOTED else f"{place.quote[:_QUOTED]}……"
        return f"{heading}\n“{quote}”" if quote else heading
    if isinstance(place, CellLocation) and place.sheet:
        return "\n".join(filter(None, (place.sheet, place.cell)))
    return ""


def _parent(collected: Collected, status: LineStatus) -> str:
    parent = collected.collection.roster.by_code.get(status.bundle.line.parent)
    return parent.name if parent else ""


def _title(collected: Collected) -> str:
    return f"{collected.collection.year}年政府信息公开工作年度报告"


def _note(collected: Collected) -> str:
    return f"截至 {collected.moment:%Y-%m-%d %H:%M}。{counts_line(collected)}"
