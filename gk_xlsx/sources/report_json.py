"""Report JSON → `AnnualReport` (the format that case-management systems write)."""

from __future__ import annotations

import datetime
import json
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from types import MappingProxyType

from gk_xlsx.amounts import SIGNIFICANT_DIGITS, digits, is_whole, tidy
from gk_xlsx.errors import UnreadableError
from gk_xlsx.form import FORM, Field, Form
from gk_xlsx.report import (
    BLANK,
    NARRATIVE_KEYS,
    AnnualReport,
    Entry,
    EntryKind,
    Explanation,
    LastYear,
    Observation,
    Part,
    Seen,
    Signed,
    apply_zero_report,
    narrative,
    read_text,
)
from gk_xlsx.units import Level, Scope, Unit

VERSION = 1
FIRST_YEAR = 2019

KEYS = (
    *("form", "version", "edition", "year", "scope", "unit", "values"),
    *("narrative", "title", "headings", "signed"),
    *("notes", "parts", "found", "zero_report", "unknown", "last_year", "explanations"),
)
"""What may stand in a report JSON, in the order it is written."""

MAX_BYTES = 4 * 2**20
"""Far above any report; a number of two bytes takes a hundred in memory."""
MAX_EXPONENT = 28
"""A number with more digits before or behind the point is read as text: no figure is like that."""

Json = object
"""A parsed JSON value; numbers are `Decimal`."""
Forms = Callable[[str], Form]
FormOfYear = Callable[[int], Form | None]

UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What no document can hold. Source: XML 1.0, 2.2 Characters."""


class ReportJsonError(UnreadableError):
    """A JSON that is no report; the message lists everything that is wrong with it."""


def read_report_json(data: bytes, forms: Forms, form_of_year: FormOfYear) -> AnnualReport:
    """Read a report JSON.

    Args:
        data: UTF-8, with or without BOM.
        forms: edition to form; raises KeyError for an edition that does not exist.
        form_of_year: year to the form it is written in.

    Raises:
        ReportJsonError: if it is no JSON or lacks what a report cannot be without.
    """
    duplicates: list[str] = []
    root = _Object(_parsed(data, duplicates), "")
    report = _without_values(root)
    form = _form(root, report, forms, form_of_year)
    if form is None:
        raise root.refusal()
    entries, seen = _entries(form, root)
    seen += [Observation(Seen.UNKNOWN_FIELD, found=key) for key in _unknown_keys(root, form)]
    seen += [Observation(Seen.DUPLICATE_KEY, found=key) for key in duplicates]
    if not form.covers(report.year):
        seen.append(
            Observation(Seen.EDITION_MISMATCH, expected=form.edition, found=str(report.year))
        )
    zero_report = frozenset(_tables(root, form))
    if root.wrong:
        raise root.refusal()
    return apply_zero_report(
        replace(
            report,
            edition=form.edition,
            entries=entries,
            zero_report=zero_report,
            observations=tuple(seen),
        ),
        form,
    )


def read_explanations(data: bytes, name: str) -> tuple[Explanation, ...]:
    """Read a file of 情况说明: `{"explanations": [{code, fields, left, right, text, date}]}`.

    Raises:
        ReportJsonError: if it is no such file.
    """
    root = _Object(_parsed(data, []), "")
    explanations = tuple(_explanation(item) for item in root.objects("explanations"))
    if "explanations" not in root.members:
        root.wrong.append(f"{name} 里没有 explanations")
    if root.wrong:
        raise root.refusal()
    return explanations


# -- reading -------------------------------------------------------------------------------


def _parsed(data: bytes, duplicates: list[str]) -> Json:
    def unique(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
        times = Counter(name for name, _ in pairs)
        duplicates.extend(sorted(name for name, count in times.items() if count > 1))
        return dict(pairs)

    if len(data) > MAX_BYTES:
        raise ReportJsonError(f"报告 JSON 超过 {MAX_BYTES // 2**20} MB，不是一份报告。")
    try:
        parsed = json.loads(
            data.decode("utf-8-sig"),
            parse_float=_number_or_not,
            parse_int=_number_or_not,
            parse_constant=_NotANumber,
            object_pairs_hook=unique,
        )
        unprintable = any(UNPRINTABLE.search(text) for text in _all_texts(parsed))
    except UnicodeDecodeError:
        raise ReportJsonError("JSON 文件须用 UTF-8 编码保存。") from None
    except json.JSONDecodeError as error:
        raise ReportJsonError(f"不是有效的 JSON：第 {error.lineno} 行有语法错误。") from None
    except RecursionError:
        raise ReportJsonError("不是有效的报告 JSON：嵌套过深。") from None
    if unprintable:
        raise ReportJsonError("JSON 里有不能显示的控制字符，请删去后再试。")
    return parsed


def _all_texts(value: Json) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, item in value.items():
            yield key
            yield from _all_texts(item)
    elif isinstance(value, list):
        for item in value:
            yield from _all_texts(item)


@dataclass(frozen=True, slots=True)
class _NotANumber:
    """NaN, Infinity, or a number beyond all measure."""

    text: str


def _number_or_not(text: str) -> Decimal | _NotANumber:
    try:
        number = Decimal(text)
    except InvalidOperation:
        return _NotANumber(text)
    exponent = number.as_tuple().exponent
    small = isinstance(exponent, int) and exponent >= -MAX_EXPONENT
    return number if small and number.adjusted() < MAX_EXPONENT else _NotANumber(text)


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
            self.wrong.append(f"{self.name(key)}应为文字")
            return ""
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        value = self._list(key)
        if not all(isinstance(item, str) for item in value):
            self.wrong.append(f"{self.name(key)}应为一列文字")
            return ()
        return tuple(map(str, value))

    def number(self, key: str) -> Decimal | None:
        value = self.members.get(key)
        if value is not None and not isinstance(value, Decimal):
            self.wrong.append(f"{self.name(key)}应为数字")
            return None
        return value

    def whole(self, key: str) -> int:
        """A whole number; 0, and no complaint, for anything else."""
        value = self.members.get(key)
        return int(value) if isinstance(value, Decimal) and is_whole(value) else 0

    def mapping(self, key: str) -> _Object:
        value = self.members.get(key)
        return _Object({} if value is None else value, self.name(key), self.wrong)

    def objects(self, key: str) -> list[_Object]:
        name = self.name(key)
        return [_Object(item, f"{name}[{i}]", self.wrong) for i, item in enumerate(self._list(key))]

    def name(self, key: str) -> str:
        """What messages call a member."""
        return f"{self._path}.{key}" if self._path else key

    def refusal(self) -> ReportJsonError:
        """Everything that was wrong, in one message."""
        return ReportJsonError("报告 JSON 不合格式：" + "；".join(dict.fromkeys(self.wrong)) + "。")

    def _list(self, key: str) -> list[Json]:
        value = self.members.get(key)
        if value is None:
            return []
        if not isinstance(value, list):
            self.wrong.append(f"{self.name(key)}应为一个列表")
            return []
        return value


def _without_values(root: _Object) -> AnnualReport:
    """All that can be read without knowing the form."""
    if root.members.get("form", FORM) != FORM:
        root.wrong.append(f"form 应为 {FORM}")
    if root.number("version") not in (None, VERSION):
        root.wrong.append(f"只认识 version {VERSION}")
    signed = root.mapping("signed")
    return AnnualReport(
        edition=root.text("edition"),
        year=_year(root),
        unit=_unit(root.mapping("unit")),
        entries={},
        scope=_scope(root),
        narrative=_narrative(root.mapping("narrative")),
        title=root.text("title"),
        headings=root.texts("headings"),
        signed=Signed(signed.text("by"), signed.text("date")),
        last_year=_last_year(root),
        explanations=tuple(_explanation(item) for item in root.objects("explanations")),
        parts=tuple(_part(item) for item in root.objects("parts")),
        notes=root.text("notes"),
    )


def _year(root: _Object) -> int:
    year = root.whole("year")
    newest = datetime.date.today().year + 1  # noqa: DTZ011 — the office's own calendar
    if not FIRST_YEAR <= year <= newest:
        root.wrong.append(f"year 应为 {FIRST_YEAR} 至 {newest} 的年份")
    return year


def _form(
    root: _Object, report: AnnualReport, forms: Forms, form_of_year: FormOfYear
) -> Form | None:
    """The form of the edition stated, else of the year; None, and said so, where there is none."""
    if not report.edition:
        return form_of_year(report.year)
    try:
        return forms(report.edition)
    except KeyError:
        root.wrong.append(f"没有“{report.edition}”这一版格式")
        return None


def _unknown_keys(root: _Object, form: Form) -> list[str]:
    """Keys that would otherwise be passed over in silence."""
    of_fields = [root.mapping(key).members for key in ("values", "unknown", "found")]
    ids = dict.fromkeys(key for members in of_fields for key in members if key not in form.fields)
    return [key for key in root.members if key not in KEYS and key != "$schema"] + list(ids)


def _entries(form: Form, root: _Object) -> tuple[dict[str, Entry], list[Observation]]:
    values, unknown, found = (root.mapping(key) for key in ("values", "unknown", "found"))
    entries: dict[str, Entry] = {}
    seen = []
    for field_id, field in form.fields.items():
        value = values.members.get(field_id)
        if value is None and field_id in unknown.members:
            entries[field_id] = Entry(EntryKind.UNKNOWN, reason=unknown.text(field_id))
        elif isinstance(value, Decimal):
            entries[field_id] = _number(value, found.text(field_id), field)
            if digits(value) > SIGNIFICANT_DIGITS:
                seen.append(Observation(Seen.TOO_PRECISE, field=field_id, found=str(value)))
        elif isinstance(value, str):
            entries[field_id] = read_text(value, field)
        else:
            entries[field_id] = _no_number(value)
    return entries, seen


def _number(value: Decimal, found: str, field: Field) -> Entry:
    """A number, with the text that was found in its place where that is known."""
    if not found:
        return Entry(EntryKind.NUMBER, tidy(value))
    again = read_text(found, field)
    if again.value == value:
        return again
    return Entry(EntryKind.NUMBER, tidy(value), raw=found, changes=("与原文不同",))


def _no_number(value: Json) -> Entry:
    if value is None:
        return BLANK
    if isinstance(value, bool):
        return Entry(EntryKind.BOOLEAN, raw=str(value).upper())
    raw = value.text if isinstance(value, _NotANumber) else "（不是单个的值）"
    return Entry(EntryKind.TEXT, raw=raw)


def _unit(unit: _Object) -> Unit:
    name, level = unit.text("name").strip(), unit.text("level")
    if not name:
        unit.wrong.append("缺少 unit.name（单位名称）")
    if level and level not in set(Level):
        unit.wrong.append(f"unit.level 应为 {'、'.join(Level)} 之一")
        level = ""
    return Unit(name, unit.text("code"), Level(level) if level else None)


def _scope(item: _Object) -> Scope:
    scope = item.text("scope") or Scope.BODY
    if scope not in set(Scope):
        item.wrong.append(f"{item.name('scope')} 应为 {'、'.join(Scope)} 之一")
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
            parts.wrong.append(
                f"narrative 没有“{key}”这一部分（可用：{'、'.join(NARRATIVE_KEYS)}）"
            )
    return narrative((key, parts.text(key)) for key in NARRATIVE_KEYS)


def _last_year(root: _Object) -> LastYear | None:
    last = root.mapping("last_year")
    if not last.members:
        return None
    year = last.whole("year")
    if not year:
        last.wrong.append("last_year.year 应为年份")
    values = last.mapping("values")
    known = {key: values.number(key) for key in values.members}
    return LastYear(
        year=year,
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
