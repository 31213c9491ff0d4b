"""Findings as one HTML page that needs nothing else: no script, no picture, no network.

Verdicts first, then the findings by table and section, then the tables with the wrong cells
marked; each finding leads to its cell and back. The page prints on A4 and fits 400 px.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePath

from markupsafe import Markup

from gk_xlsx.findings import (
    CellLocation,
    CheckedFile,
    Counts,
    Finding,
    Severity,
    TextLocation,
    Verdict,
    count,
)
from gk_xlsx.form import Form
from gk_xlsx.outputs.html_pages import looks, template
from gk_xlsx.outputs.html_tables import Cell, Drawn, Mark, draw
from gk_xlsx.report import NARRATIVE_KEYS, AnnualReport


@dataclass(frozen=True, slots=True)
class CheckedReport:
    """What was found in a file, and the report it was found in; None where it is unreadable."""

    file: CheckedFile
    report: AnnualReport | None = None
    form: Form | None = None


QUOTED = 160
"""Characters of a sentence that are shown; a longer one is cut at its end."""

_VERDICT_SIGNS = {
    Verdict.PASS: "√",
    Verdict.EXPLAIN: "！",
    Verdict.FIX: "×",
    Verdict.UNREADABLE: "×",
    Verdict.NONE: "－",
}
"""Sign and word of each verdict: colours alone say nothing to some, and to a printer."""
_KINDS = (Severity.ERROR.value, Severity.WARNING.value, Severity.NOTE.value, "explained")
_LABELS = {
    **{severity.value: severity.label for severity in Severity},
    "explained": "已说明",
}
_SIGNS = {"error": "错", "warning": "核", "note": "提", "explained": "说"}
_PREFACE = "前言"
_WHOLE = "整份报告"

Rank = tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Verdict:
    """One gate's outcome, as shown."""

    gate: str
    kind: str
    sign: str
    word: str


@dataclass(frozen=True, slots=True)
class _Item:
    """A finding, as shown; `target` is the cell it leads to, or empty."""

    anchor: str
    number: int
    kind: str
    label: str
    message: str
    quote: str
    fix: str
    explained: str | None
    small: str
    target: str


@dataclass(frozen=True, slots=True)
class _Group:
    """The findings of one table or section."""

    heading: str
    items: tuple[_Item, ...]


@dataclass(frozen=True, slots=True)
class _File:
    """A file, as shown."""

    anchor: str
    name: str
    year: str
    about: str
    verdicts: tuple[_Verdict, ...]
    counts: tuple[tuple[str, int], ...]
    groups: tuple[_Group, ...]
    tables: tuple[Drawn, ...]


def findings_html(checked: Sequence[CheckedReport]) -> str:
    """A page with all files in turn; an overview first where there are several."""
    counts = count([item.file for item in checked])
    return template("findings.html.jinja").render(
        title=_title(checked),
        css=looks("findings.css"),
        total=_total(checked, counts),
        totals=_counted(counts),
        files=[_file(item, f"f{number}") for number, item in enumerate(checked, 1)],
        spans=_spans,
    )


def _file(checked: CheckedReport, anchor: str) -> _File:
    file = checked.file
    groups = _numbered(_groups(checked))
    return _File(
        anchor=anchor,
        name=_name(file),
        year=str(file.year or ""),
        about="；".join(_about(file)),
        verdicts=(
            _Verdict("数据", file.data.value, _VERDICT_SIGNS[file.data], file.data.label),
            _Verdict("文字", file.text.value, _VERDICT_SIGNS[file.text], file.text.label),
        ),
        counts=_counted(count([file])),
        groups=tuple(
            _Group(heading, tuple(_item(checked, anchor, *pair) for pair in pairs))
            for heading, pairs in groups.items()
        ),
        tables=tuple(_tables(checked, anchor, groups)),
    )


def _name(file: CheckedFile) -> str:
    return file.unit or PurePath(file.path).name


def _about(file: CheckedFile) -> Iterator[str]:
    yield f"文件 {file.path}"
    if file.year:
        yield f"{file.year} 年"
    if file.edition:
        yield f"{file.edition} 版格式"
    if file.sha256:
        yield f"SHA-256 {file.sha256[:16]}…"


def _counted(counts: Counts) -> tuple[tuple[str, int], ...]:
    numbers = (counts.errors, counts.warnings, counts.notes, counts.explained)
    return tuple(zip(_LABELS.values(), numbers, strict=True))


def _title(checked: Sequence[CheckedReport]) -> str:
    if len(checked) != 1:
        return "政府信息公开工作年度报告核验结果"
    file = checked[0].file
    year = f"{file.year}年" if file.year else ""
    return f"{_name(file)}{year}政府信息公开工作年度报告核验结果"


def _total(checked: Sequence[CheckedReport], counts: Counts) -> str:
    verdicts = [item.file.data for item in checked]
    kinds = [f"{kind.label} {verdicts.count(kind)} 份" for kind in Verdict if kind in verdicts]
    numbers = [f"{name} {number} 处" for name, number in _counted(counts)]
    return f"共 {counts.files} 份：{'，'.join(kinds)}；{'，'.join(numbers)}。"


# -- findings ------------------------------------------------------------------------------


def _groups(checked: CheckedReport) -> dict[str, list[Finding]]:
    """By table in the order of the form, other sheets, text by its sections, the whole report."""
    groups: dict[tuple[Rank, str], list[Finding]] = {}
    for finding in checked.file.findings:
        groups.setdefault(_heading(finding, checked.form), []).append(finding)
    return {
        key[1]: sorted(groups[key], key=lambda item: _KINDS.index(_kind(item)))
        for key in sorted(groups)
    }


def _heading(finding: Finding, form: Form | None) -> tuple[Rank, str]:
    """Where a finding belongs, with its rank among such places."""
    place = finding.location
    if isinstance(place, TextLocation):
        return _section(place.section, form)
    for rank, table in enumerate(form.tables if form else ()):
        first = finding.fields[:1]
        if any(field.id in first for field in table.fields):
            return (0, rank), table.sheet
        if isinstance(place, CellLocation) and not first and place.sheet == table.sheet:
            return (0, rank), table.sheet
    if isinstance(place, CellLocation) and place.sheet:
        return (1, 0), place.sheet
    return (3, 0), _WHOLE


def _section(key: str, form: Form | None) -> tuple[Rank, str]:
    rank = NARRATIVE_KEYS.index(key) if key in NARRATIVE_KEYS else len(NARRATIVE_KEYS)
    headings = {section.key: section.heading for section in form.sections} if form else {}
    return (2, rank), f"文字：{({'preface': _PREFACE} | headings).get(key, key)}"


def _numbered(groups: Mapping[str, Sequence[Finding]]) -> dict[str, list[tuple[int, Finding]]]:
    """The same findings, numbered from 1 through all groups."""
    numbers = iter(range(1, sum(map(len, groups.values())) + 1))
    return {key: [(next(numbers), item) for item in items] for key, items in groups.items()}


def _item(checked: CheckedReport, file: str, number: int, finding: Finding) -> _Item:
    kind, place = _kind(finding), finding.location
    marked = [key for key in _marked(finding) if checked.report and key in checked.report.entries]
    cell = f"单元格 {place.cell}" if isinstance(place, CellLocation) and place.cell else ""
    source = f"依据：{finding.source}" if finding.source else ""
    return _Item(
        anchor=_anchor(file, number),
        number=number,
        kind=kind,
        label=_LABELS[kind],
        message=finding.message,
        quote=_quote(place),
        fix=finding.fix,
        explained=finding.explained,
        small="　".join(filter(None, (finding.code, cell, source))),
        target=f"{file}-{marked[0]}" if marked else "",
    )


def _kind(finding: Finding) -> str:
    return "explained" if finding.explained is not None else finding.severity.value


def _quote(place: CellLocation | TextLocation | None) -> str:
    if not isinstance(place, TextLocation):
        return ""
    return place.quote if len(place.quote) <= QUOTED else f"{place.quote[:QUOTED]}……"


def _anchor(file: str, number: int) -> str:
    return f"{file}-n{number}"


# -- tables --------------------------------------------------------------------------------


def _tables(
    checked: CheckedReport, file: str, groups: Mapping[str, Sequence[tuple[int, Finding]]]
) -> Iterator[Drawn]:
    if checked.report is None or checked.form is None:
        return
    pairs = [pair for group in groups.values() for pair in group]
    marks: dict[str, list[Mark]] = {}
    for number, finding in sorted(pairs, key=lambda pair: _KINDS.index(_kind(pair[1]))):
        kind = _kind(finding)
        mark = Mark(kind, f"{_SIGNS[kind]}{number}", _anchor(file, number))
        for field in _marked(finding):
            marks.setdefault(field, []).append(mark)
    related = {
        field for _, finding in pairs if finding.explained is None for field in finding.fields
    }
    for table in checked.form.tables:
        yield draw(table, checked.report, file, marks, related)


def _marked(finding: Finding) -> tuple[str, ...]:
    """The cells that are wrong: of a relation the one to look at, else all that are named."""
    relation = finding.left is not None and finding.right is not None
    return finding.fields[:1] if relation else finding.fields


# -- the template --------------------------------------------------------------------------


def _spans(cell: Cell) -> Markup:
    """The attributes of a cell that reaches over several rows or columns."""
    pairs = (("rowspan", cell.rows), ("colspan", cell.columns))
    return Markup("").join(Markup(' {}="{}"').format(*pair) for pair in pairs if pair[1] > 1)
