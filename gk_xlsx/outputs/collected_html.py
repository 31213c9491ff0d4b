"""Who has sent what, as one HTML page that needs nothing else: no script, no picture, no network.

First how many stand where, readable on a phone; then what is to be done; then the tree of the
roster, one line a branch, each of which opens. No phone numbers stand on it, and no ranking: it
may reach equals and superiors.
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from gk_xlsx.findings import Finding, Severity, Verdict
from gk_xlsx.outputs.collected_charts import Share, bar, curve, shares
from gk_xlsx.outputs.collected_lists import place_of
from gk_xlsx.outputs.collected_text import DOUBLE, result_words
from gk_xlsx.outputs.html_pages import looks, template
from gk_xlsx.report import iso_date
from gk_xlsx.rollup.collected import Collected
from gk_xlsx.rollup.states import LineStatus, State

NAMED = 40
"""So many units of a state are named; the tree below shows all."""

_TO_DO = (
    (State.MISSING, "催报"),
    (State.UNREADABLE, "请重新报送"),
    (State.WRONG_YEAR, "请报本年度的"),
    (State.UNCLEAR, "问清用哪一份"),
    (State.TO_FIX, "退回修改"),
    (State.TO_EXPLAIN, "请核实说明"),
    (State.RECEIVED, "请补报文本"),
)
"""States that ask something of the office, and what."""


@dataclass(frozen=True, slots=True)
class _Task:
    """What is to be done about some lines; `anchor` and name of each."""

    state: State
    what: str
    lines: tuple[tuple[str, str], ...]
    more: int


@dataclass(frozen=True, slots=True)
class _Item:
    """A finding, as shown."""

    kind: str
    label: str
    message: str
    fix: str
    place: str
    code: str
    explained: str


@dataclass(frozen=True, slots=True)
class _File:
    """A file, as shown."""

    path: str
    role: str
    fate: str
    why: str
    new: bool


@dataclass(frozen=True)
class _Leaf:
    """A line of the roster, as shown."""

    anchor: str
    name: str
    scope: str
    state: State
    result: str
    late: bool
    new: bool
    facts: tuple[str, ...]
    verdicts: tuple[tuple[str, str, str], ...]
    items: tuple[_Item, ...]
    notes: int
    files: tuple[_File, ...]
    remarks: tuple[str, ...]


@dataclass(frozen=True)
class _Branch:
    """A line with those below it.

    Attributes:
        own: its own report.
        leaves: lines right below it that have none below them.
        branches: those that have.
    """

    name: str
    counts: str
    bar: Markup
    own: _Leaf | None
    leaves: tuple[_Leaf, ...]
    branches: tuple[_Branch, ...]


def collected_html(collected: Collected) -> str:
    """The page."""
    collection = collected.collection
    legend: Sequence[Share] = shares(collected.due)
    return template("collected.html.jinja").render(
        title=f"{collection.year}年政府信息公开工作年度报告收件情况",
        css=looks("findings.css", "collected.css"),
        moment=_moment(collected.moment),
        due=len(collected.due),
        sent=len(collected.sent),
        passed=len(collected.of(State.PASSED)),
        late=sum(item.late for item in collected.due),
        bar=bar(collected.due),
        legend=legend,
        curve=curve(_days(collected.due), len(collected.due), collection.submit_by),
        news=_news(collected),
        tasks=tuple(_tasks(collected)),
        branches=tuple(_branches(collected)),
        twice=tuple(item.finding for item in collected.found if item.finding.code == DOUBLE),
        strangers=tuple(_strangers(collected)),
        problems=(*collection.problems, *collected.failures),
    )


def _moment(moment: datetime.datetime) -> str:
    return f"{moment.year}年{moment.month}月{moment.day}日 {moment:%H:%M}"


def _days(lines: Sequence[LineStatus]) -> dict[datetime.date, int]:
    days = (iso_date(item.bundle.arrived) for item in lines if item.state is not State.MISSING)
    return dict(Counter(day for day in days if day is not None))


def _news(collected: Collected) -> str:
    if collected.first_run:
        return f"第一次收件，共 {len(collected.new)} 个文件。"
    units = [item.bundle.line.name for item in collected.lines if item.new]
    if not collected.new:
        return "与上次相比，没有新到的文件。"
    from_whom = f"，来自{'、'.join(units)}" if units else ""
    return f"与上次相比，新到 {len(collected.new)} 个文件{from_whom}。"


def _tasks(collected: Collected) -> Iterator[_Task]:
    for state, what in _TO_DO:
        lines = collected.of(state)
        named = tuple((_anchor(item), item.bundle.line.name) for item in lines[:NAMED])
        if lines:
            yield _Task(state, what, named, len(lines) - len(named))


# -- the tree ------------------------------------------------------------------------------


def _branches(collected: Collected) -> Iterator[_Branch]:
    """The roots of the roster; lines that stand alone together, where there are several."""
    tree = _Tree(collected, _by_parent(collected.lines))
    roots = tree.below.get("", ())
    alone = [item for item in roots if not tree.has_lines(item)]
    yield from (tree.branch(item) for item in roots if tree.has_lines(item))
    if alone:
        name = "全部单位" if len(alone) == len(roots) else "其他单位"
        leaves = tuple(tree.leaf(item) for item in alone)
        yield _Branch(name, _counts(alone), bar(_due(alone)), None, leaves, ())


def _by_parent(lines: Sequence[LineStatus]) -> Mapping[str, Sequence[LineStatus]]:
    """Code to the lines right below it, in the order of the roster; of no code, the roots."""
    below: dict[str, list[LineStatus]] = {}
    for item in lines:
        below.setdefault(item.bundle.line.parent, []).append(item)
    return below


@dataclass(frozen=True)
class _Tree:
    """The lines of a run, ready to be drawn branch by branch."""

    collected: Collected
    below: Mapping[str, Sequence[LineStatus]]

    def has_lines(self, status: LineStatus) -> bool:
        """Whether any line stands below it."""
        return status.bundle.line.code in self.below

    def branch(self, status: LineStatus) -> _Branch:
        """A line with everything below it."""
        line = status.bundle.line
        below = self.below.get(line.code, ())
        everything = (status, *self._all_below(line.code))
        return _Branch(
            name=line.name,
            counts=_counts(everything),
            bar=bar(_due(everything)),
            own=self.leaf(status),
            leaves=tuple(self.leaf(item) for item in below if not self.has_lines(item)),
            branches=tuple(self.branch(item) for item in below if self.has_lines(item)),
        )

    def _all_below(self, code: str) -> Iterator[LineStatus]:
        for item in self.below.get(code, ()):
            yield item
            yield from self._all_below(item.bundle.line.code)

    def leaf(self, status: LineStatus) -> _Leaf:
        """A line's own report."""
        bundle, form = status.bundle, self.collected.collection.form
        shown = [item for item in status.findings if _is_shown(item)]
        return _Leaf(
            anchor=_anchor(status),
            name=bundle.line.name,
            scope="" if bundle.line.scope.value == "body" else bundle.line.scope.label,
            state=status.state,
            result=result_words(status),
            late=status.late,
            new=status.new and not self.collected.first_run,
            facts=tuple(_facts(status)),
            verdicts=tuple(_verdicts(status)),
            items=tuple(_item(item, place_of(item, form)) for item in shown),
            notes=len(status.findings) - len(shown),
            files=tuple(
                _File(
                    held.filed.received.path,
                    held.filed.received.role.label,
                    held.fate.value,
                    held.why,
                    held.filed.received.new and not self.collected.first_run,
                )
                for held in status.held
            ),
            remarks=status.remarks,
        )


def _due(lines: Sequence[LineStatus]) -> list[LineStatus]:
    return [item for item in lines if item.bundle.due]


def _counts(lines: Sequence[LineStatus]) -> str:
    due = _due(lines)
    sent = sum(item.state is not State.MISSING for item in due)
    passed = sum(item.state is State.PASSED for item in due)
    return f"应报 {len(due)}，已报 {sent}，通过 {passed}"


def _facts(status: LineStatus) -> Iterator[str]:
    entry = status.bundle.entry
    for label, text in (
        ("首次收到", status.bundle.arrived),
        ("审核结论", entry.verdict),
        ("退回", entry.sent_back),
        ("更正", entry.corrected),
        ("公布", entry.published),
    ):
        if text:
            yield f"{label} {text}"


def _verdicts(status: LineStatus) -> Iterator[tuple[str, str, str]]:
    """Gate, kind and word of each verdict there is."""
    for gate, verdict in (("数据", status.data), ("文字", status.text)):
        if verdict is not Verdict.NONE:
            yield gate, verdict.value, verdict.label
        elif gate == "文字" and status.data is not Verdict.NONE:
            yield gate, verdict.value, "没有收到文本"


def _is_shown(finding: Finding) -> bool:
    return finding.severity is not Severity.NOTE and finding.code != "RO01"


def _item(finding: Finding, place: str) -> _Item:
    explained = finding.explained
    return _Item(
        kind="explained" if explained is not None else finding.severity.value,
        label="已说明" if explained is not None else finding.severity.label,
        message=finding.message,
        fix=finding.fix,
        place=place.replace("\n", " "),
        code=finding.code,
        explained=explained or "",
    )


def _strangers(collected: Collected) -> Iterator[tuple[str, str]]:
    """What belongs to no line: path, and what is said of it."""
    told = {
        file: item.finding
        for item in collected.found
        if not item.lines and item.finding.code != DOUBLE
        for file in item.files
    }
    for filed in collected.collection.strangers:
        path = filed.received.path
        finding = told.get(path)
        said = f"{finding.message}{finding.fix}" if finding else filed.received.role.label
        yield path, said


def _anchor(status: LineStatus) -> str:
    return f"l{status.bundle.line.row}"
