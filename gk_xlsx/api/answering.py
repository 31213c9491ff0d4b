"""Answers to the units: a folder each, with 反馈单, the workbook to mend, the finished report."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from pathlib import Path

from gk_xlsx.api.checking import Examined, marked
from gk_xlsx.api.collecting import Gathering, Key, Reopened, key_of, reopened
from gk_xlsx.api.rendering import render
from gk_xlsx.documents.feedback import Office, feedback_docx
from gk_xlsx.errors import GkXlsxError
from gk_xlsx.findings import CellLocation, CheckedFile, Finding
from gk_xlsx.outputs.collected_text import counted
from gk_xlsx.outputs.file_names import MAX_BYTES, safe_name, stems
from gk_xlsx.report import AnnualReport
from gk_xlsx.rollup.choosing import Choice, Why
from gk_xlsx.rollup.collected import Collected
from gk_xlsx.rollup.collecting import Bundle
from gk_xlsx.rollup.received import Role
from gk_xlsx.rollup.states import LineStatus, State, refusals_of
from gk_xlsx.sources.write_report_json import report_json

LETTER, BOOK = "审核意见反馈单.docx", "填报表（请修改）.xlsx"

_NO_ANSWER = (State.MISSING, State.NOT_DUE)
_SENT_BACK = (State.TO_FIX, State.TO_EXPLAIN)
_INTERNAL = frozenset(("RO04", "RO07", "RO11"))
"""What is between the office and its roster, and no business of the unit."""
_TEXTS = frozenset((".docx", ".md", ".txt"))
"""What a finished report can take its text from as it is."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A file of a unit's package.

    Attributes:
        path: inside the folder of all packages.
        data: its content; None where it could not be made.
        remark: why not, Chinese.
    """

    path: Path
    data: bytes | None
    remark: str = ""


def answers_planned(collected: Collected) -> tuple[Path, ...]:
    """Every file that `answers` will make, inside the folder of all packages."""
    names = stems(collected.collection.roster)
    return tuple(
        Path(safe_name(names[item.bundle.line.code]), name)
        for item in collected.due
        for name in _names(item, collected.collection.year)
    )


def answers(
    gathering: Gathering,
    collected: Collected,
    tracked: Callable[[Sequence[LineStatus], str], Iterable[LineStatus]] = lambda items, _: items,
) -> Iterator[Answer]:
    """Every package, file by file, in the order of the roster.

    Raises:
        GkXlsxError: if a template is unusable.
    """
    folders = stems(collected.collection.roster)
    lines = [item for item in collected.due if item.state not in _NO_ANSWER]
    for status in tracked(lines, "反馈"):
        wanted = {key_of(item) for item in counted(status)}
        files = {again.key: again for again in reopened(gathering, wanted)} if wanted else {}
        folder = Path(safe_name(folders[status.bundle.line.code]))
        for answer in _of_line(status, collected, files):
            yield replace(answer, path=folder / answer.path)


def _names(status: LineStatus, year: int) -> Iterator[str]:
    if status.state is State.TO_FIX and not status.errors:
        return  # the office sent it back for reasons that only it can put into words
    if status.state not in _NO_ANSWER:
        yield LETTER
    if status.state in _SENT_BACK and status.bundle.master is not None:
        yield BOOK
    if status.state is State.PASSED:
        yield _report_name(status, year)


def _report_name(status: LineStatus, year: int) -> str:
    behind = f"{year}年政府信息公开工作年度报告.docx"
    return safe_name(status.bundle.line.name, MAX_BYTES - len(behind.encode())) + behind


def _of_line(
    status: LineStatus, collected: Collected, files: Mapping[Key, Reopened]
) -> Iterator[Answer]:
    master = status.bundle.master
    again = files.get(key_of(master)) if master else None
    year = collected.collection.year
    for name in _names(status, year):
        if name == LETTER:
            yield Answer(Path(name), _letter(status, collected, files))
        elif again is None:
            yield Answer(Path(name), None, f"{status.bundle.line.name}的文件已经移走或改动。")
        elif name == BOOK:
            yield _to_mend(Path(name), status, collected, again)
        else:
            yield _finished(Path(name), status, files, again)


def _to_mend(name: Path, status: LineStatus, collected: Collected, again: Reopened) -> Answer:
    """The workbook with what was found in it."""
    examined = Examined(_checked(status, collected), again.opened)
    try:
        return Answer(name, marked(examined, collected.office).data)
    except GkXlsxError as error:
        why = f"{status.bundle.line.name}的填报表没有生成：{error}"
        return Answer(name, None, why)


# -- 反馈单 ----------------------------------------------------------------------------------


def _letter(status: LineStatus, collected: Collected, files: Mapping[Key, Reopened]) -> bytes:
    office, passed = collected.office, status.state is State.PASSED
    until = office.publish_by if passed else office.deadline
    bundle = status.bundle
    again = files.get(key_of(bundle.master)) if bundle.master else None
    text = files.get(key_of(bundle.narrative)) if bundle.narrative else None
    return feedback_docx(
        _checked(status, collected),
        Office(**{item.name: getattr(office, item.name) for item in fields(Office)}),
        report=_as_told(again, text) if again else None,
        form=again.opened.form if again else None,
        received=bundle.arrived,
        times=_deliveries(status),
        deadline=until.isoformat() if until else "",
        date=collected.moment.date().isoformat(),
        undecided=Why.UNTOLD in (bundle.figures.why, bundle.text.why),
    )


def _as_told(master: Reopened, text: Reopened | None) -> AnnualReport:
    """The figures of the one and the signature of the other, as findings are told of them."""
    signed = (text or master).opened.report.signed
    return replace(master.opened.report, signed=signed)


def _deliveries(status: LineStatus) -> int:
    """How many different 填报表 (or else 报告文本) came: the how-manieth delivery it is."""
    bundle = status.bundle
    files = bundle.of_role(Role.FIGURES) or bundle.of_role(Role.TEXT)
    return max(len({item.sha256 for item in files}), 1)


def _checked(status: LineStatus, collected: Collected) -> CheckedFile:
    """What the unit is told, as of one file."""
    bundle, collection = status.bundle, collected.collection
    counts = bundle.master or bundle.narrative
    return CheckedFile(
        path=counts.path if counts else "",
        sha256=counts.sha256 if counts else "",
        unit=bundle.line.name,
        year=collection.year,
        edition=collection.form.edition,
        data=status.data,
        text=status.text,
        findings=tuple(_told(status)),
    )


def _told(status: LineStatus) -> Iterator[Finding]:
    """What concerns the unit; other units are not named to it, nor are the office's own lists."""
    for finding in status.findings:
        if finding.code not in _INTERNAL:
            yield _FOR_THE_UNIT.get(finding.code, _as_found)(finding, status.bundle)


def _as_found(finding: Finding, bundle: Bundle) -> Finding:
    """Unchanged, but for a file that could not be read: its name stands under 位置."""
    for item in bundle.unreadable:
        of_file = item.checked.findings if item.checked else ()
        for told, found in zip(refusals_of(item), of_file, strict=True):
            if told.message == finding.message:
                place = CellLocation(sheet=item.name)
                return replace(finding, message=found.message, location=place)
    return finding


def _missing_book(finding: Finding, bundle: Bundle) -> Finding:  # noqa: ARG001 — as the others
    return replace(finding, fix="请补报填报表（.xlsx）。")


def _versions(finding: Finding, bundle: Bundle) -> Finding:
    choice = _choice_in(finding, bundle)
    names = "、".join(item.name for item in choice.all)
    what = f"收到几份内容不同的材料：{names}"
    if choice.counts is None:
        fix = "请告知以哪一份为准，或重新报送一份。"
        return replace(finding, message=f"{what}。", fix=fix)
    fix = "请核对；应以另一份为准的，请告知。"
    return replace(finding, message=f"{what}，按 {choice.counts.name} 审核。", fix=fix)


def _choice_in(finding: Finding, bundle: Bundle) -> Choice:
    """填报表 or 报告文本: the one whose files the finding names."""
    named = all(item.path in finding.message for item in bundle.figures.all)
    return bundle.figures if bundle.figures.all and named else bundle.text


def _same_as_another(finding: Finding, bundle: Bundle) -> Finding:  # noqa: ARG001 — as the others
    message = "所报的数据或文字与另一单位的完全相同。"
    fix = "请核对是否报了别单位的材料，报错的重新填报。"
    return replace(finding, message=message, fix=fix)


def _sum_beside(finding: Finding, bundle: Bundle) -> Finding:
    sums = [item.name for item in bundle.sums if item.path in finding.message]
    if not sums:
        return finding
    message = (
        f"除本单位填报表外，另报了汇总表 {'、'.join(sums)}。"
        "所含单位的填报表已分别收到，汇总表未采用，以免重复计数。"
    )
    fix = "请核对本单位填报表是否只统计本机关；应以汇总表为准的，请告知。"
    return replace(finding, message=message, fix=fix)


def _includes_others(finding: Finding, bundle: Bundle) -> Finding:  # noqa: ARG001 — as the others
    fix = "请核实是否重复：重复的，改为只统计本机关；不重复的，请说明。"
    return replace(finding, fix=fix)


_FOR_THE_UNIT: Mapping[str, Callable[[Finding, Bundle], Finding]] = {
    "RO01": _missing_book,
    "RO02": _versions,
    "RO05": _same_as_another,
    "RO09": _sum_beside,
    "RO12": _includes_others,
}
"""How a unit is told what only the office can settle in its own lists."""


# -- the finished report ---------------------------------------------------------------------


def _finished(
    name: Path, status: LineStatus, files: Mapping[Key, Reopened], master: Reopened
) -> Answer:
    """The report in Word: figures and text, each from the file that counts for it."""
    narrative = status.bundle.narrative
    text = files.get(key_of(narrative)) if narrative else None
    try:
        return Answer(name, _rendered(master, text or master))
    except GkXlsxError as error:
        return Answer(name, None, f"{status.bundle.line.name}的报告没有生成：{error}")


def _rendered(master: Reopened, text: Reopened) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        if text is master:
            return render(_written(Path(folder), master)).data
        suffix = Path(text.file.path).suffix.lower()
        if suffix in _TEXTS:
            book, words = (
                _written(Path(folder, part), item) for part, item in (("1", master), ("2", text))
            )
            return render(book, narrative=words).data
        both = replace(
            master.opened.report,
            narrative=text.opened.report.narrative,
            signed=text.opened.report.signed,
            title=text.opened.report.title,
        )
        path = Path(folder, "report.json")
        path.write_text(report_json(both), "utf-8")
        return render(path).data


def _written(folder: Path, again: Reopened) -> Path:
    """The file as it came, in a folder of its own."""
    folder.mkdir(exist_ok=True)
    path = folder / f"report{Path(again.file.path).suffix}"
    path.write_bytes(again.file.data)
    return path
