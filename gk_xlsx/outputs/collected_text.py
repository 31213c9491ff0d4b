"""Who has sent what, as text: the counts, then every state with its lines, then 催报 to forward."""

from __future__ import annotations

from collections.abc import Iterator

from gk_xlsx.findings import Finding, Severity
from gk_xlsx.outputs.reminder import reminder
from gk_xlsx.rollup.collected import Collected
from gk_xlsx.rollup.received import Received
from gk_xlsx.rollup.states import LineStatus, State

DOUBLE = "RO09"
"""What is wrong with the set as a whole, and no unit's business."""
_BY_NAME = (State.MISSING, State.PASSED, State.NOT_DUE)
"""States of which nothing more is to be said than who stands there."""


def collected_text(collected: Collected) -> str:
    """What a person reads."""
    blocks = [
        "\n".join(_head(collected)),
        *("\n".join(_state(collected, state)) for state in State if collected.of(state)),
        *("\n".join(lines) for lines in _rest(collected) if lines),
        f"可以转发：\n{reminder(collected)}",
    ]
    return "\n\n".join(blocks) + "\n"


def counts_line(collected: Collected) -> str:
    """How many are due, sent, and in each state: 应报 61 份，已报 48 份：审核通过 35 份."""
    states = [state for state in reversed(State) if state is not State.NOT_DUE]
    parts = [f"{state.label} {len(found)} 份" for state in states if (found := collected.of(state))]
    late = sum(item.late for item in collected.due)
    more = f"；迟报 {late} 份" if late else ""
    return (
        f"应报 {len(collected.due)} 份，已报 {len(collected.sent)} 份：{'，'.join(parts)}{more}。"
    )


def result_words(line: LineStatus) -> str:
    """错误 2 处，需核实 1 处; empty where nothing is open or nothing came."""
    if line.state is State.MISSING:
        return ""
    parts = [
        f"{word} {number} 处"
        for word, number in (
            (Severity.ERROR.label, line.errors),
            (Severity.WARNING.label, line.questions),
        )
        if number
    ]
    return "，".join(parts)


def counted_files(line: LineStatus) -> str:
    """The files that count: 填报表 and, where there is one, 报告文本."""
    return "、".join(item.path for item in counted(line))


def counted(line: LineStatus) -> tuple[Received, ...]:
    """The files that count, each once, figures first."""
    bundle = line.bundle
    return tuple(dict.fromkeys(item for item in (bundle.master, bundle.narrative) if item))


def _head(collected: Collected) -> Iterator[str]:
    moment = collected.moment
    yield (
        f"{collected.collection.year} 年政府信息公开工作年度报告收件情况"
        f"（截至 {moment:%Y-%m-%d %H:%M}，{collected.folder}）"
    )
    yield counts_line(collected)
    if collected.first_run:
        yield f"这是第一次收件，共 {len(collected.new)} 个文件。"
    elif collected.new:
        names = "、".join(item.path for item in collected.new)
        yield f"与上次相比，新到 {len(collected.new)} 个文件：{names}。"
    else:
        yield "与上次相比，没有新到的文件。"


def _state(collected: Collected, state: State) -> Iterator[str]:
    lines = collected.of(state)
    yield f"{state.label}（{len(lines)} 份）"
    first = collected.first_run
    if state in _BY_NAME:
        yield f"  {'、'.join(_named(item, first=first) for item in lines)}"
    for item in lines:
        if state not in _BY_NAME:
            result = result_words(item)
            yield f"  {_named(item, first=first)}{f'：{result}' if result else ''}{_from(item)}"
        yield from _remarkable(item)


def _named(line: LineStatus, *, first: bool) -> str:
    """The name, marked where something new came (of a first run everything is) or it was late."""
    new = line.new and not first
    marks = "、".join(mark for mark, on in (("新", new), ("迟", line.late)) if on)
    return f"{line.bundle.line.name}{f'［{marks}］' if marks else ''}"


def _from(line: LineStatus) -> str:
    files = counted_files(line)
    return f"（{files}）" if files else ""


def _remarkable(line: LineStatus) -> Iterator[str]:
    """What the other files tell; what is wrong within a report, `check` and the tables show."""
    for finding in line.findings:
        if finding.code[:2] in ("RO", "FI") and finding.code not in ("RO01", "RO07"):
            yield f"      {_told(finding)}"
    for remark in line.remarks:
        yield f"      {remark}"


def _told(finding: Finding) -> str:
    label = "已说明" if finding.explained is not None else finding.severity.label
    return f"【{label}】{finding.message}{finding.fix}（{finding.code}）"


def _rest(collected: Collected) -> Iterator[list[str]]:
    """What belongs to no line, and what the office should mend in its own files."""
    whole = [item for item in collected.found if not item.lines]
    twice = [f"  {_told(item.finding)}" for item in whole if item.finding.code == DOUBLE]
    yield ["汇总会重复", *twice] if twice else []
    strangers = [f"  {_told(item.finding)}" for item in whole if item.finding.code != DOUBLE]
    yield ["对不上名册", *strangers] if strangers else []
    others = [
        item.received.path for item in collected.collection.strangers if not item.received.readable
    ]
    yield ["没有归到单位的其他文件", f"  {'、'.join(others)}"] if others else []
    problems = [*collected.collection.problems, *collected.failures]
    yield ["提醒", *(f"  {problem}" for problem in problems)] if problems else []
