"""Where every line of the roster stands: from what it sent and what was found."""

from __future__ import annotations

from collections.abc import Collection as Codes
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property

from gk_xlsx.findings import Finding, Gate, Severity, Verdict, said_once, verdict
from gk_xlsx.report import iso_date
from gk_xlsx.rollup.choosing import Why, is_called, says_the_same
from gk_xlsx.rollup.collecting import Bundle, Collection, is_of_other_year
from gk_xlsx.rollup.filing import Filed
from gk_xlsx.rollup.received import Received, Role


class State(StrEnum):
    """Where a line stands; in the order in which an office works through them."""

    MISSING = "missing"
    UNREADABLE = "unreadable"
    WRONG_YEAR = "wrong_year"
    UNCLEAR = "unclear"
    TO_FIX = "to_fix"
    TO_EXPLAIN = "to_explain"
    RECEIVED = "received"
    PASSED = "passed"
    NOT_DUE = "not_due"

    @property
    def label(self) -> str:
        """The words users read."""
        return _STATE_LABELS[self.value]

    @property
    def failed(self) -> bool:
        """Whether the year cannot be closed while a line stands there."""
        return self in _FAILED


_STATE_LABELS = {
    "missing": "未报送",
    "unreadable": "不能读取",
    "wrong_year": "年度不符",
    "unclear": "几份待定",
    "to_fix": "待修改",
    "to_explain": "待说明",
    "received": "待报文本",
    "passed": "审核通过",
    "not_due": "不须报送",
}
_LET_PASS, _SENT_BACK = "通过", "退回"
"""How 审核结论 begins where it counts: 通过 lifts questions, 退回 asks for another delivery."""

_FAILED = frozenset(
    (State.MISSING, State.UNREADABLE, State.WRONG_YEAR, State.UNCLEAR, State.TO_FIX)
)


class Fate(StrEnum):
    """What becomes of a file; the values are what users read."""

    COUNTS = "采用"
    KEPT = "收到"
    SAME = "与采用的相同"
    REPLACED = "不采用"
    UNTOLD = "待定"
    WRONG_YEAR = "年度不符"
    UNREADABLE = "不能读取"
    NOT_DUE = "不须报送"


@dataclass(frozen=True, slots=True)
class Held:
    """A file with what becomes of it, and why in a few words."""

    filed: Filed
    fate: Fate
    why: str = ""


@dataclass(frozen=True)
class LineStatus:
    """Where a line stands.

    Attributes:
        held: its files in the order they were read.
        findings: about what counts, those that need the other files too; explained ones marked.
        data, text: verdicts; `none` where nothing of the kind came.
        late: whether it came after the last day.
        remarks: what the office should know, in Chinese.
    """

    bundle: Bundle
    state: State
    data: Verdict
    text: Verdict
    held: tuple[Held, ...]
    findings: tuple[Finding, ...]
    late: bool
    remarks: tuple[str, ...] = ()

    @cached_property
    def errors(self) -> int:
        """How many findings must be corrected."""
        return sum(item.open_error for item in self.findings)

    @cached_property
    def questions(self) -> int:
        """How many findings wait for an explanation."""
        return sum(
            item.severity is Severity.WARNING and item.explained is None for item in self.findings
        )

    @property
    def new(self) -> bool:
        """Whether this run saw one of its files first."""
        return any(item.filed.received.new for item in self.held)


def status_of(
    bundle: Bundle,
    collection: Collection,
    about: Sequence[Finding],
    explainable: Codes[str] = (),
) -> LineStatus:
    """Where one line stands.

    Args:
        bundle: what it sent.
        collection: of which it is a part.
        about: findings on the line that need more than one file.
        explainable: codes of errors that a 口头说明 lifts; it lifts every warning.
    """
    spoken = _said(bundle)
    findings = tuple(_spoken(item, spoken, explainable) for item in (*_own(bundle), *about))
    data, text = _verdict(bundle, findings, Gate.DATA), _verdict(bundle, findings, Gate.TEXT)
    return LineStatus(
        bundle=bundle,
        state=_state(bundle, findings, text),
        data=data,
        text=text,
        held=tuple(_held(item, bundle) for item in bundle.files),
        findings=findings,
        late=is_late(bundle, collection),
        remarks=(*_remarks(bundle, collection), *_on_verdict(bundle, findings)),
    )


def is_late(bundle: Bundle, collection: Collection) -> bool:
    """Whether the line's report came after the last day; what is no date is not late."""
    arrived = iso_date(bundle.arrived)
    limit = collection.submit_by
    return arrived is not None and limit is not None and arrived > limit


def _own(bundle: Bundle) -> Iterator[Finding]:
    """Of figures and text, each from the file that counts for it."""
    master, narrative = bundle.master, bundle.narrative
    if master is None and narrative is None:
        for item in bundle.unreadable:
            yield from refusals_of(item)
        return
    figures = (item for item in _of(master) if item.gate is Gate.DATA)
    texts = (item for item in _of(narrative) if item.gate is Gate.TEXT)
    yield from said_once((*figures, *texts)) if master is narrative else (*figures, *texts)
    for item in bundle.unreadable:
        if item.role is Role.TEXT and not bundle.text.all:
            yield from (replace(found, gate=Gate.TEXT) for found in refusals_of(item))


def refusals_of(received: Received) -> Iterator[Finding]:
    """Why a file could not be read, with its name: a unit may have sent several."""
    for item in _of(received):
        yield replace(item, message=f"{received.path}：{item.message}")


def _of(received: Received | None) -> Sequence[Finding]:
    return received.checked.findings if received and received.checked else ()


def _spoken(finding: Finding, spoken: str, explainable: Codes[str]) -> Finding:
    """Lifted where the register holds words on it; a missing report is not."""
    liftable = finding.severity is Severity.WARNING or finding.code in explainable
    if not spoken or finding.explained is not None or not liftable or finding.code == "RO01":
        return finding
    return replace(finding, explained=spoken)


def _said(bundle: Bundle) -> str:
    """What the register holds against questions: 口头说明, else that the office let it pass."""
    if bundle.entry.spoken:
        return f"口头说明（收发登记）：{bundle.entry.spoken}"
    return "审核结论（收发登记）：通过" if bundle.entry.verdict.startswith(_LET_PASS) else ""


def _on_verdict(bundle: Bundle, findings: Sequence[Finding]) -> Iterator[str]:
    """Where 审核结论 and what was found do not agree."""
    told, wrong = bundle.entry.verdict, any(item.open_error for item in findings)
    if bundle.master is None:
        return
    if told.startswith(_SENT_BACK) and not wrong:
        yield (
            f"收发登记的“审核结论”写的是“{told}”，按待修改列出。"
            "重新报送并核对无误后，请改为“通过”。"
        )
    if told.startswith(_LET_PASS) and wrong:
        yield f"收发登记的“审核结论”写的是“{told}”，但还有错误没有改正，请核对。"


def _verdict(bundle: Bundle, findings: Sequence[Finding], gate: Gate) -> Verdict:
    if gate is Gate.TEXT and _unread_text(bundle):
        return Verdict.UNREADABLE
    counts = bundle.master if gate is Gate.DATA else bundle.narrative
    if counts is None or counts.checked is None:
        return Verdict.UNREADABLE if bundle.unreadable else Verdict.NONE
    if gate is Gate.TEXT and counts.checked.text is Verdict.NONE:
        return Verdict.NONE
    return verdict(findings, gate)


def _unread_text(bundle: Bundle) -> bool:
    """Whether a 报告文本 came that could not be read, and no other."""
    return not bundle.text.all and any(item.role is Role.TEXT for item in bundle.unreadable)


def _state(bundle: Bundle, findings: Sequence[Finding], text: Verdict) -> State:
    if not bundle.due:
        return State.NOT_DUE
    if bundle.master is None:
        return _without_figures(bundle)
    if any(item.open_error for item in findings):
        return State.TO_FIX
    if bundle.entry.verdict.startswith(_SENT_BACK):
        return State.TO_FIX
    if any(item.severity is Severity.WARNING and item.explained is None for item in findings):
        return State.TO_EXPLAIN
    return State.RECEIVED if text is Verdict.NONE else State.PASSED


def _without_figures(bundle: Bundle) -> State:
    if Why.UNTOLD in (bundle.figures.why, bundle.text.why):
        return State.UNCLEAR
    if bundle.unreadable:
        return State.UNREADABLE
    return State.WRONG_YEAR if bundle.wrong_year else State.MISSING


def _held(filed: Filed, bundle: Bundle) -> Held:
    received = filed.received
    if not bundle.due:
        return Held(filed, Fate.NOT_DUE, bundle.not_due)
    if not received.readable:
        if received.checked is None:
            return Held(filed, Fate.KEPT)
        return Held(filed, Fate.UNREADABLE, received.checked.findings[0].message)
    if is_of_other_year(received, bundle.year):
        year = received.sender.year if received.sender else 0
        return Held(filed, Fate.WRONG_YEAR, f"是 {year} 年的")
    return _among_others(filed, bundle)


def _among_others(filed: Filed, bundle: Bundle) -> Held:
    """A readable report of the right year beside others of its role."""
    received = filed.received
    if received in bundle.sums:
        return Held(filed, Fate.REPLACED, "这是汇总表，本单位另有填报表")
    choice = bundle.figures if received.role is Role.FIGURES else bundle.text
    if choice.counts is None:
        return Held(filed, Fate.UNTOLD, choice.why.value)
    if choice.counts is received:
        return Held(filed, Fate.COUNTS, choice.why.value)
    if choice.why is Why.SAME or says_the_same(choice.counts, received):
        return Held(filed, Fate.SAME)
    return Held(filed, Fate.REPLACED, f"采用 {choice.counts.path}：{choice.why.value}")


def _remarks(bundle: Bundle, collection: Collection) -> Iterator[str]:
    if bundle.not_due:
        yield f"不须报送：{bundle.not_due}。"
    used = bundle.entry.used
    if used and not any(is_called(item.received, used) for item in bundle.files):
        yield f"收发登记的“采用文件”写的是“{used}”，收件里没有这个文件，请核对。"
    if bundle.figures.why is Why.NONE and bundle.master is not None:
        yield "没有收到填报表，数据取自报告文本里的表格。"
    for item in bundle.files:
        other = collection.roster.by_code.get(item.named)
        if other is not None:
            yield f"{item.received.path} 的文件名写“{other.name}”，里面是“{bundle.line.name}”。"


def statuses(
    collection: Collection, about: Mapping[str, Sequence[Finding]], explainable: Codes[str] = ()
) -> tuple[LineStatus, ...]:
    """All lines in the order of the roster; `about` is by the roster's code."""
    return tuple(
        status_of(bundle, collection, about.get(bundle.line.code, ()), explainable)
        for bundle in collection.bundles
    )
