"""Making workbooks: blank, filled, or to be sent back."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from gk_xlsx import resources
from gk_xlsx.amounts import plain
from gk_xlsx.api.last_years import LastYears
from gk_xlsx.api.reading import Opened, open_report
from gk_xlsx.errors import GkXlsxError
from gk_xlsx.form import Form
from gk_xlsx.markdown import clean
from gk_xlsx.office import IssuingOffice
from gk_xlsx.relations import cell_name, with_totals
from gk_xlsx.report import AnnualReport, Entry, EntryKind, LastYear, blank_entries
from gk_xlsx.units import Level, Scope, Unit

if TYPE_CHECKING:
    from gk_xlsx.rollup.last_reports import Carried, LastReports
    from gk_xlsx.rollup.roster import Roster, RosterLine


@dataclass(frozen=True)
class Made:
    """Something new as bytes, with what its maker should know (Chinese sentences)."""

    data: bytes
    remarks: tuple[str, ...] = ()
    has_errors: bool = False


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


@dataclass(frozen=True)
class IssuedBook:
    """A workbook of a roster line, with what the office should know of it.

    Attributes:
        carried: what of last year went into it, or why nothing did; None where nothing was asked.
    """

    data: bytes
    carried: Carried | None = None


def new(
    issue: Issue,
    *,
    values: str | Path | None = None,
    last: str | Path | None = None,
    office: IssuingOffice | None = None,
) -> Made:
    """A locked workbook, filled from a report where one is given.

    Args:
        issue: for whom it is.
        values: a report to fill it from.
        last: last year's report, or a folder of them.
        office: who issues it, for 填写说明.

    Raises:
        GkXlsxError: for an impossible year, a missing unit, values of another year, last
            year's figures of another unit or year, or an unreadable file.
    """
    _refuse_unseen(issue)
    opened = open_report(values) if values is not None else None
    report, remarks = _to_be_filled(issue, opened)
    if last is not None:
        report = replace(report, last_year=LastYears(last).of(report))
    form = resources.form(report.edition)
    if opened is None:
        report = _with_carry_over(report, form)
        remarks = (*remarks, *_not_carried_over(report.last_year, form))
    return Made(_book(form, report, office), remarks)


def new_of(
    line: RosterLine,
    year: int,
    *,
    last: LastReports | None = None,
    office: IssuingOffice | None = None,
) -> IssuedBook:
    """The locked workbook of a roster line, with last year's figures where they are known.

    Raises:
        GkXlsxError: for an impossible year.
    """
    issue = Issue(line.name, year, line.code, line.level, line.scope)
    report, _ = _to_be_filled(issue, None)
    carried = last.of(line) if last is not None else None
    form = resources.form(report.edition)
    if carried is not None:
        report = _with_carry_over(replace(report, last_year=carried.last), form)
        lacking = tuple(_not_carried_over(carried.last, form))
        carried = replace(carried, remarks=(*carried.remarks, *lacking))
    return IssuedBook(_book(form, report, office), carried)


def targets_of(roster: Roster, folder: Path, year: int) -> Mapping[str, Path]:
    """Code to the file that a due line's workbook is written to."""
    from gk_xlsx.outputs.file_names import stems

    names = stems(roster)
    return {line.code: folder / f"{names[line.code]}{year}年报填报表.xlsx" for line in roster.due}


def _book(form: Form, report: AnnualReport, office: IssuingOffice | None) -> bytes:
    from gk_xlsx.plan.workbook import plan_workbook
    from gk_xlsx.workbook.write import workbook_bytes

    return workbook_bytes(plan_workbook(form, report, office=office))


def blank_template(edition: str) -> bytes:
    """The blank workbook of an edition: identity open, to be filled in by hand."""
    form = resources.form(edition)
    return _book(form, AnnualReport(edition, 0, Unit(""), blank_entries(form)), None)


def _refuse_unseen(issue: Issue) -> None:
    """Names are typed and pasted: what is not seen in them was not meant.

    Raises:
        GkXlsxError: if there is any.
    """
    for what, text in (("单位名称", issue.unit), ("单位编码", issue.code)):
        if clean(text) != text or "\n" in text.strip():
            raise GkXlsxError(f"{what}里有不能显示的字符，请重新输入。")


def _to_be_filled(issue: Issue, opened: Opened | None) -> tuple[AnnualReport, tuple[str, ...]]:
    year = issue.year or (opened.report.year if opened else 0)
    if opened is not None and not year:
        raise GkXlsxError(f"{opened.path} 没有写明年份，请用 --year 给出。")
    form = form_of(year)
    if opened is None:
        if not issue.unit.strip():
            raise GkXlsxError("请用 --unit 给出单位名称。")
        unit = Unit(issue.unit.strip(), issue.code, issue.level)
        scope = issue.scope or Scope.BODY
        return AnnualReport(form.edition, year, unit, blank_entries(form), scope=scope), ()
    if not (issue.unit.strip() or opened.report.unit.name):
        raise GkXlsxError(f"{opened.path} 没有写明单位名称，请用 --unit 给出。")
    if opened.report.year not in (0, year):
        raise GkXlsxError(
            f"{opened.path} 是 {opened.report.year} 年的数据，不能填入 {year} 年的表。"
        )
    if opened.form is not form:
        raise GkXlsxError(
            f"{opened.path} 用的是 {opened.form.edition} 版格式，{year} 年应为 {form.edition} 版。"
        )
    return replace(_renamed(issue, opened.report), year=year), tuple(_remarks(issue, opened))


def _renamed(issue: Issue, report: AnnualReport) -> AnnualReport:
    unit = Unit(
        issue.unit.strip() or report.unit.name,
        issue.code or report.unit.code,
        issue.level or report.unit.level,
    )
    return replace(report, unit=unit, scope=issue.scope or report.scope)


def _remarks(issue: Issue, opened: Opened) -> Iterable[str]:
    report, form = opened.report, opened.form
    yield from left_blank(opened)
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


def left_blank(opened: Opened) -> Iterable[str]:
    """What stays blank in a workbook or in data because the source did not show it for certain."""
    reasons: dict[str, list[str]] = {}
    for field_id, entry in opened.report.entries.items():
        if entry.kind is EntryKind.UNKNOWN and field_id not in opened.form.computed:
            reasons.setdefault(entry.reason, []).append(cell_name(opened.form, field_id))
    for reason, names in reasons.items():
        more = f"等 {len(names)} 格" if len(names) > _SHOWN else ""
        yield f"没有读出，留空：{'、'.join(names[:_SHOWN])}{more}（{reason}）。请对照原文填写。"


_SHOWN = 6
"""So many cells are named in one sentence."""


def _with_carry_over(report: AnnualReport, form: Form) -> AnnualReport:
    """Prefill 上年结转 with what last year's report carried out."""
    if report.last_year is None:
        return report
    entries = dict(report.entries)
    for target, source in _carried(form):
        value = report.last_year.values.get(source)
        if value is not None:
            entries[target] = Entry(EntryKind.NUMBER, Decimal(value))
    return replace(report, entries=entries)


def _not_carried_over(last: LastYear | None, form: Form) -> Iterable[str]:
    """Which cells of 上年结转 stay blank because last year's report does not tell them."""
    if last is None:
        return
    columns = [
        form.fields[target].column_label
        for target, source in _carried(form)
        if source not in last.values
    ]
    if columns:
        yield (
            f"上年结转有 {len(columns)} 格没有带入（{'、'.join(columns)}）："
            "去年的报告里“结转下年度”没有填，或没有读出。这些格留空，请对照去年的报告填写。"
        )


def _carried(form: Form) -> Iterable[tuple[str, str]]:
    """Each open cell of 上年结转, and the field of last year's report it comes from."""
    for relation in form.instances("YR01"):
        target, source = relation.left[0].field, relation.right[0].field
        if target not in form.computed:
            yield target, source


def form_of(year: int) -> Form:
    """The form for a report year.

    Raises:
        GkXlsxError: for a year without a fixed form, or one that has not come yet.
    """
    newest = datetime.date.today().year + 1  # noqa: DTZ011 — the office's own calendar
    form = resources.form_for_year(year) if year <= newest else None
    if form is None:
        first = min(resources.form(edition).first_year for edition in resources.EDITIONS)
        raise GkXlsxError(
            f"年份 {year} 不对：应为 {first} 至 {newest}（2018 年及以前没有统一格式）。"
        )
    return form
