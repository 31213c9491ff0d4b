"""Collecting: who has sent what, what is wrong with it, and what counts."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Collection as Keys
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from gk_xlsx import __version__, resources
from gk_xlsx.api.issuing import form_of
from gk_xlsx.api.own_lists import refuse_report
from gk_xlsx.api.reading import Opened
from gk_xlsx.api.receiving import Receiver, not_taken
from gk_xlsx.errors import GkXlsxError
from gk_xlsx.findings import Finding, SetFinding, Severity
from gk_xlsx.inbox.files import InboxFile, NotTaken, listed, taken
from gk_xlsx.inbox.memory import FOLDER, Memory
from gk_xlsx.inbox.register import read_register
from gk_xlsx.inbox.register_writing import RegisterRow, fresh_register, updated_register
from gk_xlsx.merged import Contributor
from gk_xlsx.outputs.collected_text import counted, result_words
from gk_xlsx.outputs.files import write_file
from gk_xlsx.report import iso_date
from gk_xlsx.rollup.collected import Collected
from gk_xlsx.rollup.collecting import Bundle, Collection, collection_of, year_of
from gk_xlsx.rollup.double_counting import DoubleCountingError, refuse_double_counting
from gk_xlsx.rollup.filing import Filed, file_all
from gk_xlsx.rollup.names import Names
from gk_xlsx.rollup.received import Received, Register
from gk_xlsx.rollup.roster import Roster
from gk_xlsx.rollup.states import LineStatus, statuses
from gk_xlsx.rules import ALL, Settings, judge_set
from gk_xlsx.rules.roll_up import double_counting
from gk_xlsx.rules.sets import ALL_COLLECTED
from gk_xlsx.sources.door import read_bytes
from gk_xlsx.sources.office_settings import OfficeSettings

if TYPE_CHECKING:
    from gk_xlsx.rollup.last_reports import LastReports

Key = tuple[str, str]
"""Path and hash of a file."""

_PARTS_NAMED = 4
"""So many parts of a merged file are named."""

Tracked = Callable[[Sequence[Path], str], Iterable[Path]]
"""Gives the items back one by one, showing how far the work is."""


@dataclass(frozen=True)
class Gathering:
    """What is collected against what.

    Attributes:
        folder: where everything is put that came in.
        register: 收发登记.xlsx, which need not exist yet; beside it lies what is remembered.
        year: the report year; None for the one most reports are of.
        last: last year's reports, or None for what the files remember themselves.
        own: lists of the office's own that may lie in the folder.
        written: what this run or an earlier one writes there.
        moment: when this run is; nothing else of the clock is looked at.
    """

    folder: Path
    roster: Roster
    register: Path
    settings: OfficeSettings = field(default_factory=OfficeSettings)
    year: int | None = None
    last: LastReports | None = None
    own: tuple[Path, ...] = ()
    written: tuple[Path, ...] = ()
    moment: datetime.datetime = field(default_factory=datetime.datetime.now)


def collect(
    gathering: Gathering,
    tracked: Tracked = lambda items, what: items,  # noqa: ARG005 — shows nothing
) -> Collected:
    """Read everything that came in and say where every line of the roster stands.

    What was read is remembered beside the register as it is read; nothing else is written.

    Raises:
        GkXlsxError: if the folder or the register cannot be read, or no year is known.
    """
    if not gathering.folder.is_dir():
        raise GkXlsxError(f"没有这个文件夹：{gathering.folder}。请检查路径。")
    received, failures = _received(gathering, tracked)
    filed = file_all(received, Names(gathering.roster))
    year = _year(gathering, filed)
    collection = collection_of(
        gathering.roster,
        form_of(year),
        year,
        filed,
        register=_register(gathering, year),
        submit_by=gathering.settings.office.submit_by,
    )
    found = (
        *judge_set(collection, ALL_COLLECTED, gathering.settings.rules),
        *_counted_twice(collection, gathering.settings.rules),
    )
    explainable = {rule.code for rule in ALL if rule.explainable}
    lines = statuses(collection, _by_line(found), explainable)
    return Collected(
        collection=collection,
        lines=lines,
        found=found,
        moment=gathering.moment,
        folder=str(gathering.folder),
        office=gathering.settings.office,
        failures=tuple(failures),
    )


@dataclass(frozen=True, slots=True)
class Reopened:
    """A file that was collected, read again, with last year's figures and 情况说明 of then."""

    file: InboxFile
    opened: Opened

    @property
    def key(self) -> Key:
        """Path and hash."""
        return self.file.path, self.opened.sha256


def key_of(received: Received) -> Key:
    """By what a file is found again: path and hash."""
    return received.path, received.sha256


def chosen(gathering: Gathering, collected: Collected) -> Iterator[tuple[LineStatus, Opened]]:
    """The report whose figures count, for each line that has one; one at a time, by path.

    A file that was taken away or changed since it was collected is left out.
    """
    wanted = {
        key_of(item): line for line in collected.due if (item := line.bundle.master) is not None
    }
    for again in reopened(gathering, wanted):
        yield wanted[again.key], again.opened


def reopened(gathering: Gathering, wanted: Keys[Key]) -> Iterator[Reopened]:
    """Some files read again, in the order of paths."""
    receiver = _receiver(gathering)
    for path in sorted({_on_disk(gathering.folder, path) for path, _ in wanted}):
        for file in taken(gathering.folder, path):
            if isinstance(file, InboxFile) and (file.path, _sha256(file)) in wanted:
                yield Reopened(file, receiver.opened(file))


def _on_disk(folder: Path, path: str) -> Path:
    """The file itself, or the archive that a member is in."""
    found = folder
    for part in path.split("/"):
        found /= part
        if found.is_file():
            break
    return found


def _sha256(file: InboxFile) -> str:
    return hashlib.sha256(file.data).hexdigest()


def keep_register(gathering: Gathering, collected: Collected) -> tuple[str, ...]:
    """Bring 收发登记.xlsx up to date; what should be said of it, Chinese sentences.

    The office's own entries stay. A register that is open in another program is left alone: it
    would be saved over ours. Nothing is lost by that, the next run makes up for it.

    Raises:
        GkXlsxError: if it is no register, or cannot be written.
    """
    path = gathering.register
    if any(path.with_name(name).exists() for name in (f"~${path.name}", f".~lock.{path.name}#")):
        return (f"{path.name} 正在别的程序里打开，这次没有更新。请关闭后再运行一次。",)
    rows = [_register_row(item) for item in collected.lines]
    if not path.is_file():
        write_file(path, fresh_register(rows), force=False)
        return (f"已建立 {path}。",)
    old = read_bytes(path)
    new = updated_register(old, path.name, gathering.roster, rows)
    if new is None:
        return ()
    write_file(path.parent / FOLDER / f"{path.stem}.上一份.xlsx", old, force=True)
    write_file(path, new, force=True)
    return (f"已更新 {path}。",)


def _register_row(status: LineStatus) -> RegisterRow:
    bundle = status.bundle
    return RegisterRow(
        code=bundle.line.code,
        name=bundle.line.name,
        state=status.state.label,
        result=result_words(status),
        counts="、".join(item.name for item in counted(status)),
        received=bundle.arrived if iso_date(bundle.arrived) else "",
    )


@cache
def fingerprint() -> str:
    """A mark of this program: another one may read and judge files differently."""
    package = Path(__file__).parents[1]
    sources = sorted((*package.rglob("*.py"), *resources.root().rglob("*.yaml")))
    digest = hashlib.sha256(__version__.encode())
    for path in sources:
        digest.update(path.read_bytes())
    return digest.hexdigest()


def memory_beside(register: Path) -> Memory:
    """What earlier runs of this program read, beside the register."""
    return Memory(register.parent / FOLDER, fingerprint())


# -- reading -------------------------------------------------------------------------------


def _receiver(gathering: Gathering, memory: Memory | None = None) -> Receiver:
    return Receiver(Names(gathering.roster), gathering.settings.rules, gathering.last, memory)


def _listed(gathering: Gathering) -> list[Path]:
    return listed(gathering.folder, (gathering.register, *gathering.own, *gathering.written))


def _received(gathering: Gathering, tracked: Tracked) -> tuple[list[Received], list[str]]:
    """Everything that came in, with when it was first seen; what the system would not give."""
    memory = memory_beside(gathering.register)
    receiver = _receiver(gathering, memory)
    seen, received, failures = memory.first_seen(), [], []
    now = gathering.moment.isoformat(timespec="seconds")
    for path in tracked(_listed(gathering), "收件"):
        for file in taken(gathering.folder, path):
            if isinstance(file, NotTaken) and not file.refused:
                failures.append(f"{file.path} 不能读取：{file.why}。")
                continue
            item = not_taken(file) if isinstance(file, NotTaken) else receiver.received(file)
            key = item.sha256 or item.path
            received.append(replace(item, first_seen=seen.get(key, now), new=key not in seen))
    memory.keep_first_seen(seen | {item.sha256 or item.path: item.first_seen for item in received})
    memory.forget_others(item.sha256 for item in received)
    return received, failures


def _year(gathering: Gathering, filed: Sequence[Filed]) -> int:
    year = gathering.year or gathering.settings.year or year_of(filed)
    if year is None:
        raise GkXlsxError("收件里还没有能读的报告，不知道收的是哪一年。请用 --year 给出报告年份。")
    return year


def _register(gathering: Gathering, year: int) -> Register:
    path = gathering.register
    if not path.is_file():
        return Register()
    data = read_bytes(path)
    refuse_report(data, path, "收发登记")
    return read_register(data, path.name, gathering.roster, year)


def _counted_twice(collection: Collection, settings: Settings) -> Iterator[SetFinding]:
    """RO09 before anything is added up: what `merge` would refuse."""
    counted = [
        _contributor(bundle, bundle.master)
        for bundle in collection.due
        if bundle.master is not None and bundle.line.counted
    ]
    if not settings.wants(double_counting.code, optional=False):
        return
    yield from _sums_beside(collection, settings)
    try:
        refuse_double_counting(counted, collection.roster)
    except DoubleCountingError as error:
        for problem in error.problems:
            files = tuple(item.path for item in counted if item.path in problem)
            finding = Finding(
                double_counting.code,
                double_counting.name,
                double_counting.severity,
                double_counting.gate,
                problem,
            )
            yield SetFinding(settings.applied(finding), files=files)


def _sums_beside(collection: Collection, settings: Settings) -> Iterator[SetFinding]:
    """Merged files that a unit sent beside its own: left aside, and it is told."""
    for bundle in collection.due:
        for item in bundle.sums:
            names = "、".join(part.name for part in item.parts[:_PARTS_NAMED])
            more = f"等 {len(item.parts)} 份" if len(item.parts) > _PARTS_NAMED else ""
            finding = Finding(
                double_counting.code,
                double_counting.name,
                Severity.WARNING,
                double_counting.gate,
                f"{bundle.line.name}另报了一份汇总表 {item.path}，含 {names}{more}。"
                "各单位自己的填报表已经收到，这份不采用，以免重复计数。",
                fix="请核对；要用它的，写在收发登记“采用文件”栏，并把所含单位的“计入汇总”改为否。",
            )
            yield SetFinding(settings.applied(finding), (bundle.line.code,), (item.path,))


def _contributor(bundle: Bundle, received: Received) -> Contributor:
    line = bundle.line
    values = received.figures.values if received.figures else ()
    return Contributor(
        line.name, line.code, line.scope, received.path, received.sha256, values,
        parts=received.parts,
    )  # fmt: skip


def _by_line(found: Iterable[SetFinding]) -> Mapping[str, Sequence[Finding]]:
    lines: dict[str, list[Finding]] = {}
    for item in found:
        for code in item.lines:
            lines.setdefault(code, []).append(item.finding)
    return lines
