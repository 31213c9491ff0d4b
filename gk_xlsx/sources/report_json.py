"""Report JSON ↔ `AnnualReport` (the format that case-management systems write)."""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from types import MappingProxyType

from gk_xlsx.amounts import SIGNIFICANT_DIGITS, digits, plain, tidy
from gk_xlsx.errors import UnreadableError
from gk_xlsx.form import Form
from gk_xlsx.report import (
    BLANK,
    NARRATIVE_KEYS,
    AnnualReport,
    Entry,
    EntryKind,
    Explanation,
    LastYear,
    Level,
    Observation,
    Origin,
    Part,
    Scope,
    Seen,
    Signed,
    Unit,
    apply_zero_report,
    narrative,
    read_text,
)

FORM = "gk-annual-report"
VERSION = 1
FIRST_YEAR = 2019

Json = object
"""A parsed JSON value; numbers are `Decimal`."""
Forms = Callable[[str], Form]


class ReportJsonError(UnreadableError):
    """A JSON that is no report; the message lists everything that is wrong with it."""


def read_report_json(data: bytes, forms: Forms, form_of_year: Callable[[int], Form | None]) -> AnnualReport:
    """Read a report JSON.

    Args:
        data: UTF-8, with or without BOM.
        forms: edition to form.
        form_of_year: year to the form it is written in.

    Raises:
        ReportJsonError: if it is no JSON or lacks what a report cannot be without.
    """
    duplicates: list[str] = []
    root = _Object(_parsed(data, duplicates), "")
    year, form = _year_and_form(root, forms, form_of_year)
    values = root.mapping("values")
    entries, seen = _entries(form, values, root.mapping("unknown"), root.mapping("found"))
    seen += [Observation(Seen.DUPLICATE_KEY, found=key) for key in duplicates]
    if not form.covers(year):
        seen.append(Observation(Seen.EDITION_MISMATCH, expected=form.edition, found=str(year)))
    report = AnnualReport(
        edition=form.edition,
        year=year,
        unit=_unit(root.mapping("unit")),
        entries=entries,
        scope=_scope(root),
        narrative=_narrative(root.mapping("narrative")),
        title=root.text("title"),
        headings=root.texts("headings"),
        signed=Signed(root.mapping("signed").text("by"), root.mapping("signed").text("date")),
        zero_report=frozenset(_tables(root, form)),
        last_year=_last_year(root.mapping("last_year")),
        explanations=tuple(_explanation(item) for item in root.objects("explanations")),
        parts=tuple(_part(item) for item in root.objects("parts")),
        notes=root.text("notes"),
        observations=tuple(seen),
    )
    root.refuse_if_wrong()
    return apply_zero_report(report, form)


# -- reading -------------------------------------------------------------------------------


def _parsed(data: bytes, duplicates: list[str]) -> Json:
    def unique(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
        names = [name for name, _ in pairs]
        duplicates.extend(sorted({name for name in names if names.count(name) > 1}))
        return dict(pairs)

    try:
        text = data.decode("utf-8-sig")
        return json.loads(
            text,
            parse_float=Decimal,
            parse_int=Decimal,
            parse_constant=_NotANumber,
            object_pairs_hook=unique,
        )
    except UnicodeDecodeError:
        raise ReportJsonError("JSON 文件须用 UTF-8 编码保存。") from None
    except (json.JSONDecodeError, RecursionError) as error:
        where = f"第 {error.lineno} 行" if isinstance(error, json.JSONDecodeError) else "嵌套过深"
        raise ReportJsonError(f"不是有效的 JSON：{where}有语法错误。") from None


class _NotANumber(str):
    """NaN or Infinity: not JSON, and not a number either."""

    __slots__ = ()


class _Object:
    """A JSON object whose members are asked for by kind; wrong kinds are remembered."""

    def __init__(self, value: Json, path: str, wrong: list[str] | None = None) -> None:
        self.wrong = [] if wrong is None else wrong
        self._path = path
        if not isinstance(value, dict):
            self.wrong.append(f"{path or '文件'}应为一个对象")
            value = {}
        self.members: Mapping[str, Json] = value

    def text(self, key: str) -> str:
        value = self.members.get(key)
        if value is None:
            return ""
        if not isinstance(value, str):
            self.wrong.append(f"{self._name(key)}应为文字")
            return ""
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        value = self.members.get(key) or []
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            self.wrong.append(f"{self._name(key)}应为一列文字")
            return ()
        return tuple(value)

    def number(self, key: str) -> Decimal | None:
        value = self.members.get(key)
        if value is not None and not isinstance(value, Decimal):
            self.wrong.append(f"{self._name(key)}应为数字")
            return None
        return value

    def mapping(self, key: str) -> _Object:
        return _Object(self.members.get(key) or {}, self._name(key), self.wrong)

    def objects(self, key: str) -> list[_Object]:
        value = self.members.get(key) or []
        if not isinstance(value, list):
            self.wrong.append(f"{self._name(key)}应为一个列表")
            return []
        return [_Object(item, f"{self._name(key)}[{i}]", self.wrong) for i, item in enumerate(value)]

    def refuse_if_wrong(self) -> None:
        """Raise with everything that was wrong."""
        if self.wrong:
            raise ReportJsonError("报告 JSON 不合格式：" + "；".join(dict.fromkeys(self.wrong)) + "。")

    def _name(self, key: str) -> str:
        return f"{self._path}.{key}" if self._path else key


def _year_and_form(
    root: _Object, forms: Forms, form_of_year: Callable[[int], Form | None]
) -> tuple[int, Form]:
    if root.members.get("form", FORM) != FORM:
        root.wrong.append(f"form 应为 {FORM}")
    version = root.members.get("version", Decimal(VERSION))
    if version != VERSION:
        root.wrong.append(f"只认识 version {VERSION}")
    number = root.number("year")
    year = int(number) if number is not None and number == number.to_integral_value() else 0
    newest = datetime.date.today().year + 1  # noqa: DTZ011 — the office's own calendar
    if not FIRST_YEAR <= year <= newest:
        root.wrong.append(f"year 应为 {FIRST_YEAR} 至 {newest} 的年份")
    form = _form(root, root.text("edition"), year, forms, form_of_year)
    root.refuse_if_wrong()
    assert form is not None, "refused above"
    return year, form


def _form(
    root: _Object,
    edition: str,
    year: int,
    forms: Forms,
    form_of_year: Callable[[int], Form | None],
) -> Form | None:
    if not edition:
        return form_of_year(year)
    try:
        return forms(edition)
    except KeyError:
        root.wrong.append(f"没有“{edition}”这一版格式")
        return None


def _entries(
    form: Form, values: _Object, unknown: _Object, found: _Object
) -> tuple[dict[str, Entry], list[Observation]]:
    seen = [
        Observation(Seen.UNKNOWN_FIELD, found=key)
        for key in values.members
        if key not in form.fields
    ]
    entries: dict[str, Entry] = {}
    for field_id, field in form.fields.items():
        value = values.members.get(field_id)
        if value is None and unknown.members.get(field_id):
            entries[field_id] = Entry(EntryKind.UNKNOWN, reason=unknown.text(field_id))
        elif isinstance(value, Decimal):
            entries[field_id] = _number(value, found.text(field_id))
            if digits(value) > SIGNIFICANT_DIGITS:
                seen.append(Observation(Seen.TOO_PRECISE, field=field_id, found=str(value)))
        elif isinstance(value, _NotANumber) or not isinstance(value, str):
            entries[field_id] = _no_number(value)
        else:
            entries[field_id] = read_text(value, field)
    return entries, seen


def _number(value: Decimal, raw: str) -> Entry:
    """A number, with the text it was normalised from where that is known."""
    changes = ("原文不是规范数字",) if raw else ()
    return Entry(EntryKind.NUMBER, tidy(value), raw=raw, changes=changes)


def _no_number(value: Json) -> Entry:
    if value is None:
        return BLANK
    if isinstance(value, bool):
        return Entry(EntryKind.BOOLEAN, raw=str(value).upper())
    return Entry(EntryKind.TEXT, raw=str(value) if isinstance(value, str) else "（不是单个的值）")


def _unit(unit: _Object) -> Unit:
    name, level = unit.text("name"), unit.text("level")
    if not name.strip():
        unit.wrong.append("缺少 unit.name（单位名称）")
    if level and level not in set(Level):
        unit.wrong.append(f"unit.level 应为 {'、'.join(Level)} 之一")
        level = ""
    return Unit(name.strip(), unit.text("code"), Level(level) if level else None)


def _scope(root: _Object) -> Scope:
    scope = root.text("scope") or Scope.BODY
    if scope not in set(Scope):
        root.wrong.append(f"scope 应为 {'、'.join(Scope)} 之一")
        return Scope.BODY
    return Scope(scope)


def _tables(root: _Object, form: Form) -> Iterator[str]:
    known = {table.key for table in form.tables}
    for key in root.texts("zero_report"):
        if key in known:
            yield key
        else:
            root.wrong.append(f"zero_report 里没有“{key}”这张表")


def _narrative(parts: _Object) -> Mapping[str, str]:
    for key in parts.members:
        if key not in NARRATIVE_KEYS:
            parts.wrong.append(f"narrative 没有“{key}”这一部分（可用：{'、'.join(NARRATIVE_KEYS)}）")
    return narrative((key, parts.text(key)) for key in NARRATIVE_KEYS)


def _last_year(last: _Object) -> LastYear | None:
    if not last.members:
        return None
    year, values = last.number("year"), last.mapping("values")
    known = {key: values.number(key) for key in values.members}
    return LastYear(
        year=int(year or 0),
        unit=last.text("unit"),
        edition=last.text("edition"),
        values=MappingProxyType({key: tidy(v) for key, v in known.items() if v is not None}),
    )


def _explanation(item: _Object) -> Explanation:
    return Explanation(
        code=item.text("code"),
        fields=item.texts("fields"),
        text=item.text("text"),
        left=item.number("left"),
        right=item.number("right"),
        date=item.text("date"),
    )


def _part(item: _Object) -> Part:
    return Part(item.text("code"), item.text("name"), _scope(item), item.text("sha256"))


# -- writing -------------------------------------------------------------------------------


def report_json(report: AnnualReport) -> str:
    """A report as JSON text, keys in the documented order, numbers as exact decimals."""
    members = {
        "form": FORM,
        "version": VERSION,
        "edition": report.edition,
        "year": report.year,
        "scope": report.scope.value,
        "unit": _unit_json(report.unit),
        "values": {key: _value_json(entry) for key, entry in report.entries.items()},
        **_optional(report),
    }
    return json.dumps(members, ensure_ascii=False, indent=1) + "\n"


def _unit_json(unit: Unit) -> dict[str, str]:
    given = {"name": unit.name, "code": unit.code, "level": unit.level.value if unit.level else ""}
    return {key: value for key, value in given.items() if value}


def _value_json(entry: Entry) -> int | float | str | None:
    if entry.origin is Origin.ZERO_REPORT or entry.kind in (EntryKind.BLANK, EntryKind.UNKNOWN):
        return None
    if entry.value is None or (entry.raw and not entry.changes):
        return entry.raw
    return _exact(entry.value)


def _exact(number: Decimal) -> int | float:
    """A float prints up to 15 digits exactly; whole numbers are exact anyway."""
    return int(number) if number == number.to_integral_value() else float(plain(number))


def _optional(report: AnnualReport) -> dict[str, object]:
    last = report.last_year
    given = {
        "unknown": {
            key: entry.reason
            for key, entry in report.entries.items()
            if entry.kind is EntryKind.UNKNOWN
        },
        "found": {
            key: entry.raw
            for key, entry in report.entries.items()
            if entry.value is not None and entry.raw and entry.changes
        },
        "narrative": dict(report.narrative),
        "title": report.title,
        "headings": list(report.headings),
        "signed": {
            key: value
            for key, value in (("by", report.signed.by), ("date", report.signed.date))
            if value
        },
        "zero_report": sorted(report.zero_report),
        "last_year": _last_json(last) if last else None,
        "explanations": [_explanation_json(item) for item in report.explanations],
        "parts": [
            {"code": part.code, "name": part.name, "scope": part.scope.value, "sha256": part.sha256}
            for part in report.parts
        ],
        "notes": report.notes,
    }
    return {key: value for key, value in given.items() if value}


def _last_json(last: LastYear) -> dict[str, object]:
    values = {key: _exact(value) for key, value in last.values.items()}
    return {"year": last.year, "unit": last.unit, "edition": last.edition, "values": values}


def _explanation_json(item: Explanation) -> dict[str, object]:
    given = {
        "code": item.code,
        "fields": list(item.fields),
        "left": None if item.left is None else _exact(item.left),
        "right": None if item.right is None else _exact(item.right),
        "text": item.text,
        "date": item.date,
    }
    return {key: value for key, value in given.items() if value not in (None, "")}
