"""What gk-xlsx does, as plain functions; the commands and other programs call these."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from gk_xlsx import resources
from gk_xlsx.amounts import plain
from gk_xlsx.errors import GkXlsxError, UnreadableError
from gk_xlsx.findings import CheckedFile, Finding, Gate, Severity, Verdict, verdict
from gk_xlsx.form import Form
from gk_xlsx.relations import bind_explanations, with_totals
from gk_xlsx.report import (
    AnnualReport,
    Entry,
    EntryKind,
    LastYear,
    Level,
    Scope,
    Unit,
    blank_entries,
    last_year_of,
)
from gk_xlsx.sources.door import Arrival, Kind, RefusedError, admit, read_bytes

if TYPE_CHECKING:
    from gk_xlsx.documents.narrative import TextSource

FIRST_YEAR = 2019
"""Reports of earlier years have no fixed form."""

REPORT_SUFFIXES = frozenset({".xlsx", ".xlsm", ".xls", ".et", ".json"})
"""What a folder is searched for; inside, files are told apart by content."""


@dataclass(frozen=True)
class Opened:
    """A file that was read as a report."""

    path: str
    sha256: str
    report: AnnualReport
    form: Form


@dataclass(frozen=True)
class Made:
    """Something new as bytes, with what its maker should know (Chinese sentences)."""

    data: bytes
    remarks: tuple[str, ...] = ()
    has_errors: bool = False


# -- read ----------------------------------------------------------------------------------


def read(path: str | Path) -> AnnualReport:
    """Read any readable file as a report.

    Raises:
        GkXlsxError: if the file cannot be opened.
        UnreadableError: if it is no report; the message says what it is and what to do.
    """
    return open_report(path).report


def open_report(path: str | Path) -> Opened:
    """Read a file as a report, with its form and hash; raises as `read` does."""
    arrival = admit(Path(path))
    report = _parsed(arrival)
    form = resources.form(report.edition)
    return Opened(arrival.path, arrival.sha256, bind_explanations(form, report), form)


def _parsed(arrival: Arrival) -> AnnualReport:
    if arrival.kind is Kind.WORKBOOK:
        from gk_xlsx.workbook.read import read_workbook

        return read_workbook(arrival.data, resources.form)
    from gk_xlsx.sources.report_json import read_report_json

    return read_report_json(arrival.data, resources.form, resources.form_for_year)


# -- check ---------------------------------------------------------------------------------


def check(
    path: str | Path,
    *,
    last: str | Path | None = None,
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
) -> CheckedFile:
    """Check one file; whatever can be opened becomes findings.

    Args:
        path: the file.
        last: last year's report, or a folder in which the unit's own is found; it overrides
            what the file itself remembers of last year.
        select: codes or families (`AR03`, `AR`) to look for; all if empty.
        ignore: codes or families to leave out.

    Raises:
        GkXlsxError: if the path does not exist or may not be read, or `last` is unusable.
    """
    try:
        opened = open_report(path)
    except UnreadableError as error:
        return _unreadable(str(path), error)
    report = opened.report
    if last is not None:
        report = replace(report, last_year=find_last(report, Path(last)))
    return _judged(replace(opened, report=report), select, ignore)


def _judged(opened: Opened, select: Sequence[str], ignore: Sequence[str]) -> CheckedFile:
    from gk_xlsx.rules import judge

    report = opened.report
    findings = tuple(
        finding
        for finding in judge(report, opened.form)
        if (not select or finding.code.startswith(tuple(select)))
        and not finding.code.startswith(tuple(ignore) or ("\0",))
    )
    return CheckedFile(
        path=opened.path,
        sha256=opened.sha256,
        unit=report.unit.name or None,
        year=report.year or None,
        edition=report.edition,
        data=verdict(findings, Gate.DATA),
        text=verdict(findings, Gate.TEXT) if report.narrative else Verdict.NONE,
        findings=findings,
    )


def _unreadable(path: str, error: UnreadableError) -> CheckedFile:
    refused = error if isinstance(error, RefusedError) else None
    finding = Finding(
        code=refused.code if refused else "FI07",
        name=refused.name if refused else "not-a-report-of-ours",
        severity=Severity.ERROR,
        gate=Gate.DATA,
        message=refused.message if refused else str(error),
        fix=refused.fix if refused else "",
    )
    sha256 = refused.sha256 if refused else ""
    return CheckedFile(path, sha256, None, None, None, Verdict.UNREADABLE, Verdict.NONE, (finding,))


def reports_in(folder: Path) -> list[Path]:
    """Files of a folder, and of those in it, that may hold a report; in the order of names."""
    return sorted(
        path
        for path in folder.rglob("*")
        if path.is_file()
        and path.suffix.lower() in REPORT_SUFFIXES
        and not path.name.startswith(("~$", "."))
    )


def find_last(report: AnnualReport, source: Path) -> LastYear:
    """Last year's figures of a report's unit, from a file or from a folder of reports.

    Raises:
        GkXlsxError: if there is none, or it is another unit's or another year's.
    """
    if not source.is_dir():
        return _as_last(report, read(source), source)
    for path in reports_in(source):
        try:
            found = read(path)
        except GkXlsxError:
            continue
        if found.unit.name == report.unit.name and found.year == report.year - 1:
            return last_year_of(found)
    raise GkXlsxError(f"{source} 里没有“{report.unit.name}”{report.year - 1} 年的报告。")


def _as_last(report: AnnualReport, found: AnnualReport, source: Path) -> LastYear:
    if found.unit.name != report.unit.name:
        raise GkXlsxError(
            f"{source} 是“{found.unit.name}”的报告，不是“{report.unit.name}”的，不能作为去年数据。"
        )
    if found.year != report.year - 1:
        raise GkXlsxError(
            f"{source} 是 {found.year} 年的报告，需要 {report.year - 1} 年的作为去年数据。"
        )
    return last_year_of(found)


# -- new -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Issue:
    """For whom a workbook is made.

    Attributes:
        unit, year: may be empty or 0 when `values` gives them.
        code: the roster's code, or empty.
    """

    unit: str = ""
    year: int = 0
    code: str = ""
    level: Level | None = None
    scope: Scope | None = None


def new(issue: Issue, *, values: str | Path | None = None, last: str | Path | None = None) -> Made:
    """A locked workbook, filled from a report where one is given.

    Raises:
        GkXlsxError: for an impossible year, a missing unit, values of another year, last
            year's figures of another unit or year, or an unreadable file.
    """
    opened = open_report(values) if values is not None else None
    report, remarks = _to_be_filled(issue, opened)
    if last is not None:
        report = replace(report, last_year=find_last(report, Path(last)))
    form = resources.form(report.edition)
    if opened is None:
        report = _with_carry_over(report, form)
    from gk_xlsx.plan import plan_workbook
    from gk_xlsx.workbook.write import workbook_bytes

    return Made(workbook_bytes(plan_workbook(form, report)), remarks)


def blank_template(edition: str) -> bytes:
    """The blank workbook of an edition: identity open, to be filled in by hand."""
    from gk_xlsx.plan import plan_workbook
    from gk_xlsx.workbook.write import workbook_bytes

    form = resources.form(edition)
    report = AnnualReport(edition, 0, Unit(""), blank_entries(form))
    return workbook_bytes(plan_workbook(form, report))


def _to_be_filled(issue: Issue, opened: Opened | None) -> tuple[AnnualReport, tuple[str, ...]]:
    year = issue.year or (opened.report.year if opened else 0)
    form = form_of(year)
    if opened is None:
        if not issue.unit.strip():
            raise GkXlsxError("请用 --unit 给出单位名称。")
        unit = Unit(issue.unit.strip(), issue.code, issue.level)
        scope = issue.scope or Scope.BODY
        return AnnualReport(form.edition, year, unit, blank_entries(form), scope=scope), ()
    if opened.report.year != year:
        raise GkXlsxError(
            f"{opened.path} 是 {opened.report.year} 年的数据，不能填入 {year} 年的表。"
        )
    if opened.form is not form:
        raise GkXlsxError(
            f"{opened.path} 用的是 {opened.form.edition} 版格式，{year} 年应为 {form.edition} 版。"
        )
    return _renamed(issue, opened.report), tuple(_remarks(issue, opened))


def _renamed(issue: Issue, report: AnnualReport) -> AnnualReport:
    unit = Unit(
        issue.unit.strip() or report.unit.name,
        issue.code or report.unit.code,
        issue.level or report.unit.level,
    )
    return replace(report, unit=unit, scope=issue.scope or report.scope)


def _remarks(issue: Issue, opened: Opened) -> Iterable[str]:
    report, form = opened.report, opened.form
    if issue.unit.strip() and issue.unit.strip() != report.unit.name:
        yield f"原文件的单位是“{report.unit.name}”，新表写“{issue.unit.strip()}”。"
    recomputed = with_totals(form, report.entries)
    for field_id in form.computed:
        stated, now = report.value(field_id), recomputed[field_id].value
        if stated is None or stated == now:
            continue
        label = f"{form.table_of(field_id).sheet}“{form.fields[field_id].label}”"
        if now is None:
            yield f"{label}原文为 {plain(stated)}，因所加各格有空白，新表暂不计算。"
        else:
            yield f"{label}原文为 {plain(stated)}，各格相加为 {plain(now)}，新表按相加数。"
    for field_id, entry in report.entries.items():
        if entry.value is not None and entry.changes:
            label = f"{form.table_of(field_id).sheet}“{form.fields[field_id].label}”"
            yield f"{label}原文“{entry.raw}”，按 {plain(entry.value)} 填入。"


def _with_carry_over(report: AnnualReport, form: Form) -> AnnualReport:
    """Prefill 上年结转 with what last year's report carried out."""
    if report.last_year is None:
        return report
    entries = dict(report.entries)
    for relation in form.instances("YR01"):
        target, source = relation.left[0].field, relation.right[0].field
        value = report.last_year.values.get(source)
        if target not in form.computed and value is not None:
            entries[target] = Entry(EntryKind.NUMBER, Decimal(value))
    return replace(report, entries=entries)


def form_of(year: int) -> Form:
    """The form for a report year.

    Raises:
        GkXlsxError: for a year without a fixed form, or one that has not come yet.
    """
    newest = datetime.date.today().year + 1  # noqa: DTZ011 — the office's own calendar
    form = resources.form_for_year(year) if year <= newest else None
    if form is None:
        raise GkXlsxError(
            f"年份 {year} 不对：应为 {FIRST_YEAR} 至 {newest}（2018 年及以前没有统一格式）。"
        )
    return form


# -- render, export ------------------------------------------------------------------------


def render(
    path: str | Path,
    *,
    narrative: str | Path | None = None,
    template: str | Path | None = None,
    title: str = "",
) -> Made:
    """The report as .docx; blanks print as empty cells.

    Args:
        path: the report.
        narrative: a Markdown file with the text, instead of the report's own.
        template: an office's own Word template.
        title: instead of the report's own or the form's.

    Raises:
        GkXlsxError: if a file cannot be read or the template is unusable.
        NarrativeError: if the text names figures that are unknown or blank.
    """
    from gk_xlsx.documents.docx import render_docx
    from gk_xlsx.documents.figures import figures_of
    from gk_xlsx.documents.narrative import render as render_texts

    opened = open_report(path)
    report, form = opened.report, opened.form
    last = report.last_year
    last_form = (
        resources.form(last.edition) if last and last.edition in resources.EDITIONS else None
    )
    figures = figures_of(report, form, last_form)
    texts = render_texts(_texts(opened, narrative), figures)
    chosen = Path(template) if template is not None else _template_of(form)
    data = render_docx(
        report, form, texts, template=read_bytes(chosen), title=title, last_form=last_form
    )
    findings = _judged(opened, (), ()).findings
    return Made(data, has_errors=any(finding.open_error for finding in findings))


def _template_of(form: Form) -> Path:
    return resources.template(form.edition, "report.docx")


def _texts(opened: Opened, narrative: str | Path | None) -> Mapping[str, TextSource]:
    from gk_xlsx.documents.narrative import TextSource, split

    if narrative is not None:
        data = read_bytes(Path(narrative))
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            raise GkXlsxError(
                f"{narrative} 不是 UTF-8 编码的文本，请另存为 UTF-8 的 Markdown。"
            ) from None
        return split(TextSource(str(narrative), text), opened.form)
    return {
        key: TextSource(f"{opened.path}［{_part_name(opened.form, key)}］", text, by_paragraph=True)
        for key, text in opened.report.narrative.items()
    }


def _part_name(form: Form, key: str) -> str:
    return "前言" if key == "preface" else form.section(key).heading


def export_json(path: str | Path) -> str:
    """A report's values and text as report JSON."""
    from gk_xlsx.sources.report_json import report_json

    return report_json(read(path))


def export_csv(path: str | Path) -> bytes:
    """A report's values as CSV, columns id, 行, 列, 值, 单位."""
    from gk_xlsx.outputs.values_csv import values_csv

    opened = open_report(path)
    return values_csv(opened.report, opened.form)
