"""The files of `examples/district`: a project folder in mid January, with the usual accidents.

What was put in is told by `ACCIDENTS`; a test holds `gk-xlsx collect` to exactly that.
"""

from __future__ import annotations

import contextlib
import datetime
import io
import re
import tempfile
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import openpyxl

from gk_xlsx import resources
from gk_xlsx.api.contributing import contributed
from gk_xlsx.api.merging import MergeTask, merged_of
from gk_xlsx.documents.docx import render_docx
from gk_xlsx.documents.figures import figures_of
from gk_xlsx.documents.narrative import TextSource
from gk_xlsx.documents.narrative import render as rendered
from gk_xlsx.inbox.register import RegisterColumn
from gk_xlsx.inbox.register_writing import RegisterRow, fresh_register
from gk_xlsx.inbox.samples import sample_roster, sample_settings
from gk_xlsx.plan.workbook import plan_workbook
from gk_xlsx.relations import with_totals
from gk_xlsx.report import BLANK, AnnualReport, Entry, EntryKind, Signed, last_year_of
from gk_xlsx.rollup.roster_heads import Column
from gk_xlsx.sources.write_report_json import report_json
from gk_xlsx.units import Level, Scope, Unit
from gk_xlsx.workbook.write import workbook_bytes
from tests.district.figures import Figures, entries, years_of
from tests.district.texts import narrative
from tests.district.units import OFFICE, UNITS, YEAR, DistrictUnit

FORM = resources.form("2021")

ACCIDENTS = {
    "青禾区统计局": ("RO01", "没有报送"),
    "青禾区财政局": ("RO02", "报了两份，数字不同"),
    "青禾区城市管理局": ("RO03", "误报了上一年的填报表"),
    "青禾区交通运输局": ("IN01", "有六格没有填"),
    "青禾区农业农村局": ("AR03", "一件申请既没有办结也没有结转"),
    "青禾区人力资源和社会保障局": ("YR01", "上年结转与去年年报不一致"),
    "青禾区卫生健康局": ("RO09", "本局和下属单位的填报表之外，又报了一份本系统汇总表"),
    "青禾区园林绿化所": ("RO07", "过了报送截止日才报"),
    "青禾区司法局": ("RO10", "Word 报告与填报表有一格不同"),
}
"""Unit to the code of what is wrong with what it sent, and what that is."""

_BLANKS = ("granted", "partly_granted", "refused.state_secret")
_ZIP_NAMES = ("南门", "北桥", "东市")
_WITH_WORD = ("教育局", "司法局", "石塘镇人民政府")
_MOMENT = (2026, 1, 15, 9, 30, 0)
"""When the mail program made its archive; the same in every build."""


def district() -> Iterator[tuple[str, bytes]]:
    """Every file of the folder: path within it and content; same bytes in one installation."""
    yield "名册.xlsx", sample_roster(list(_roster_lines()))
    yield "设置.xlsx", sample_settings(YEAR, _SETTINGS)
    yield "收发登记.xlsx", _register()
    for unit in UNITS:
        yield from _last_files(unit)
    yield from _received()


# -- reports ---------------------------------------------------------------------------------


def this_year(unit: DistrictUnit) -> AnnualReport:
    """A unit's report as it should be."""
    last, now = years_of(FORM, unit)
    found = entries(FORM, now)
    applications = any(found[f"requests.{row}.total"].value for row in ("new", "carried_in"))
    before = replace(_report(unit, unit.name, YEAR - 1, last), narrative={})
    return replace(
        _report(unit, unit.name, YEAR, now),
        narrative=narrative(unit, applications=applications),
        signed=Signed(unit.name, f"2026年1月{6 + int(unit.code) % 9}日"),
        last_year=last_year_of(before) if unit.sources else None,
    )


def _report(unit: DistrictUnit, name: str, year: int, figures: Figures) -> AnnualReport:
    level = next((level for level in Level if level.label == unit.kind), None)
    scope = next(scope for scope in Scope if scope.label == unit.scope)
    named = Unit(name, unit.code if name == unit.name else "", level)
    return AnnualReport(FORM.edition, year, named, entries(FORM, figures), scope=scope)


def _last_reports(unit: DistrictUnit) -> Iterator[AnnualReport]:
    """Last year's report, or those of the bodies that became this one."""
    last, _ = years_of(FORM, unit)
    sources = unit.sources
    for place, name in enumerate(sources):
        share = {key: _share(value, place, len(sources)) for key, value in last.items()}
        yield _report(unit, name, YEAR - 1, share)


def _share(value: Decimal, place: int, among: int) -> Decimal:
    """A whole part of a figure; the first of several takes what is left over."""
    part = Decimal(int(value) // among)
    return value - part * (among - 1) if place == 0 else part


def _last_files(unit: DistrictUnit) -> Iterator[tuple[str, bytes]]:
    if unit.standing == "撤并":
        return
    for report in _last_reports(unit):
        yield f"00上年/{report.unit.name}{YEAR - 1}年.json", report_json(report).encode()


# -- what came in ----------------------------------------------------------------------------


def _received() -> Iterator[tuple[str, bytes]]:
    sent = [unit for unit in UNITS if unit.standing != "撤并" and not unit.name.endswith("统计局")]
    zipped = [unit for unit in sent if any(name in unit.name for name in _ZIP_NAMES)]
    yield (
        "02收件/街道材料.zip",
        _mailed([(f"{unit.name}填报表.xlsx", _book(this_year(unit))) for unit in zipped]),
    )
    for unit in sent:
        if unit not in zipped:
            yield from ((f"02收件/{path}", data) for path, data in _bundle(unit))
    yield "02收件/青禾区卫生健康局系统汇总表.xlsx", _merged_among_its_children()


def _merged_among_its_children() -> bytes:
    """The sum of 卫生健康局 and its bodies, who all sent their own workbooks too."""
    health = next(unit for unit in UNITS if unit.name.endswith("卫生健康局"))
    family = [unit for unit in UNITS if health.name in (unit.name, unit.parent)]
    with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder):
        for unit in family:
            Path(f"{unit.name}填报表.xlsx").write_bytes(_book(this_year(unit)))
        found = contributed(sorted(Path().glob("*.xlsx")))
        return merged_of(MergeTask(found, Unit(health.name, health.code))).data


def _bundle(unit: DistrictUnit) -> Iterator[tuple[str, bytes]]:
    """What one unit sent: its workbook, and its report in Word where it made one."""
    report = this_year(unit)
    ending = "xls" if unit.name.endswith("民政局") else "xlsx"
    yield f"{unit.name}填报表.{ending}", _book(_as_sent(unit, report))
    if unit.name.endswith("财政局"):
        yield f"{unit.name}填报表(1).{ending}", _book(_more(report, "granted.natural_person", 1))
    if unit.name.endswith(_WITH_WORD):
        said = report
        if unit.name.endswith("司法局"):
            said = with_figures(report, {"proactive.normative_documents.in_force": Decimal(4)})
        yield f"{unit.name}{YEAR}年报告.docx", _word(said)


def _as_sent(unit: DistrictUnit, report: AnnualReport) -> AnnualReport:
    """The figures as the unit filled them in, mistakes and all."""
    if unit.name.endswith("城市管理局"):
        last, _ = years_of(FORM, unit)
        return _report(unit, unit.name, YEAR - 1, last)
    if unit.name.endswith("交通运输局"):
        blank = {
            f"requests.{row}.{column}": BLANK
            for row in _BLANKS
            for column in ("research", "social")
        }
        return replace(report, entries=with_totals(FORM, {**report.entries, **blank}))
    if unit.name.endswith("农业农村局"):
        return with_figures(report, {"requests.granted.natural_person": Decimal(0)})
    if unit.name.endswith("人力资源和社会保障局"):
        more = _more(report, "carried_in.natural_person", 1)
        return _more(more, "granted.natural_person", 1)
    return report


def _more(report: AnnualReport, name: str, more: int) -> AnnualReport:
    key = f"requests.{name}"
    return with_figures(report, {key: (report.value(key) or Decimal(0)) + more})


def with_figures(report: AnnualReport, figures: Mapping[str, Decimal]) -> AnnualReport:
    """The report with some inputs replaced and its totals computed."""
    stated = {key: Entry(EntryKind.NUMBER, value) for key, value in figures.items()}
    return replace(report, entries=with_totals(FORM, {**report.entries, **stated}))


def _book(report: AnnualReport) -> bytes:
    return workbook_bytes(plan_workbook(FORM, report))


def _word(report: AnnualReport) -> bytes:
    sources = {key: TextSource(key, text) for key, text in report.narrative.items()}
    texts = rendered(sources, figures_of(report, FORM, None))
    return render_docx(report, FORM, texts)


class _WindowsMember(zipfile.ZipInfo):
    """A member whose name stands in GBK and is not marked as UTF-8."""

    def _encodeFilenameFlags(self) -> tuple[bytes, int]:  # noqa: N802 — the name is zipfile's
        return self.filename.encode("gbk"), self.flag_bits & ~0x800


def _mailed(files: Sequence[tuple[str, bytes]]) -> bytes:
    """An archive as a mail program on Windows makes it."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, data in files:
            member = _WindowsMember(name, _MOMENT)
            archive.writestr(member, data, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


# -- 名册, 设置, 收发登记 --------------------------------------------------------------------


def _roster_lines() -> Iterator[Mapping[Column, str]]:
    for unit in UNITS:
        yield {
            Column.NAME: unit.name,
            Column.CODE: unit.code,
            Column.PARENT: unit.parent,
            Column.KIND: unit.kind,
            Column.ALIASES: unit.aliases,
            Column.SCOPE: unit.scope,
            Column.COUNTED: "是" if unit.counted else "否",
            Column.PUBLISHED: "是",
            Column.STANDING: unit.standing,
            Column.LAST_SOURCES: "；".join(unit.last_names),
            Column.CONTACT: "王五",
            Column.PHONE: f"0000-81230{unit.code}",
        }


_SETTINGS = {
    "发文机关": OFFICE,
    "科室": "政务公开科",
    "联系人": "李四",
    "电话": "0000-8123001",
    "报送截止日": "2026-01-20",
    "公布截止日": "2026-01-31",
    "重新报送期限": "2026-01-25",
    "公布栏目": "政府信息公开年报",
    "审核人": "李四",
    "复核人": "赵六",
    "补充要求": "表三“总计”与局内台账核对一致后再报送。",
}


def _register() -> bytes:
    """What the office noted so far: when each report came, and who has published."""
    rows = [RegisterRow(unit.code, unit.name, "", "", "", _came(unit)) for unit in UNITS]
    book = openpyxl.load_workbook(io.BytesIO(fresh_register(rows)))
    columns = {column: at for at, column in enumerate(RegisterColumn, 1)}
    for row, unit in enumerate(UNITS, 2):
        if _came(unit) and int(unit.code) % 3 == 0:
            day = datetime.date(2026, 1 + int(unit.code) % 2, 20 + int(unit.code) % 9)
            address = f"https://www.example.gov.cn/gk/nb/{YEAR}/{unit.code}.html"
            book.worksheets[0].cell(row, columns[RegisterColumn.PUBLISHED]).value = day
            book.worksheets[0].cell(row, columns[RegisterColumn.ADDRESS]).value = address
    buffer = io.BytesIO()
    book.save(buffer)
    return _timeless(buffer.getvalue())


def _came(unit: DistrictUnit) -> str:
    """The day its first report came, or empty."""
    if unit.standing == "撤并" or unit.name.endswith("统计局"):
        return ""
    day = 22 if unit.name.endswith("园林绿化所") else 8 + int(unit.code) % 12
    return f"2026-01-{day:02d}"


_SAVED = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")


def _timeless(data: bytes) -> bytes:
    """A workbook without the time at which it was saved: same bytes in every build."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(buffer, "w") as target:
        for name in source.namelist():
            part = _SAVED.sub(rb"\g<1>2026-01-15T09:30:00Z", source.read(name))
            member = zipfile.ZipInfo(name, _MOMENT)
            target.writestr(member, part, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()
