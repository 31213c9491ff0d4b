"""Where a figure of a merged workbook comes from, as text and as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from gk_xlsx.amounts import plain
from gk_xlsx.exact_json import json_text
from gk_xlsx.merged import Contribution, Merged
from gk_xlsx.plan.merged_layout import HEAD_ROWS, detail_of
from gk_xlsx.relations import cell_name

VERSION = 1


def trace_text(merged: Merged, name: str, contributions: Sequence[Contribution]) -> str:
    """The total, then what makes it: unknown first, then the largest; zeros only counted."""
    lines = [_head(merged, name, contributions)]
    known = [item for item in contributions if item.value is not None]
    lines += [_line(merged, item) for item in contributions if item.value is None]
    by_size = sorted(known, key=lambda one: (-abs(one.value or Decimal(0)), one.row, one.field))
    lines += [_line(merged, item) for item in by_size if item.value]
    zeros = sum(item.value == 0 for item in known)
    if zeros:
        lines.append(f"其余 {zeros} 处为 0。")
    return "\n".join(lines) + "\n"


def trace_json(merged: Merged, name: str, contributions: Sequence[Contribution]) -> str:
    """The same as data; numbers are exact decimals, null where one is not known."""
    report = merged.report
    fields = dict.fromkeys(item.field for item in contributions)
    document = {
        "version": VERSION,
        "unit": report.unit.name,
        "year": report.year,
        "name": name,
        "fields": list(fields),
        "total": _total(contributions),
        "missing": [item.name for item in merged.missing],
        "contributions": [_json(merged, item) for item in contributions],
    }
    return json_text(document) + "\n"


def _json(merged: Merged, item: Contribution) -> dict[str, object]:
    return {
        "field": item.field,
        "unit": "" if item.adjustment else item.name,
        "adjustment": item.name if item.adjustment else None,
        "code": item.code,
        "file": item.path,
        "sha256": item.sha256,
        "sheet": item.place.sheet if item.place else "",
        "cell": item.place.cell if item.place else "",
        "detail": _detail(merged, item),
        "value": item.value,
        "reason": item.reason,
    }


def _total(contributions: Sequence[Contribution]) -> Decimal | None:
    values = [item.value for item in contributions]
    known = [value for value in values if value is not None]
    return sum(known, Decimal(0)) if len(known) == len(values) else None


def _head(merged: Merged, name: str, contributions: Sequence[Contribution]) -> str:
    total = _total(contributions)
    shown = "未知" if total is None else plain(total)
    fields = list(dict.fromkeys(item.field for item in contributions))
    what = cell_name(merged.form, fields[0]) if len(fields) == 1 else name
    units = sum(not item.adjustment for item in contributions) // max(1, len(fields))
    missing = f"，另缺 {len(merged.missing)} 份报告" if merged.missing else ""
    return f"{what}＝{shown}（{units} 份报告相加{missing}）"


def _line(merged: Merged, item: Contribution) -> str:
    value = "未知" if item.value is None else plain(item.value)
    about = f"调整“{item.name}”" if item.adjustment else item.name
    parts = [f"  {value}\t{about}", *_where(merged, item)]
    if item.reason:
        parts.append(item.reason)
    return "\t".join(parts)


def _where(merged: Merged, item: Contribution) -> Iterator[str]:
    """The cell in the unit's file, and the one on 明细."""
    if not item.adjustment:
        place = item.place
        cell = f" {place.sheet}!{place.cell}" if place and place.cell else f" {item.field}"
        yield f"{item.path}{cell}"
    yield f"明细!{_detail(merged, item)}"


def _detail(merged: Merged, item: Contribution) -> str:
    return detail_of(merged).cell(HEAD_ROWS + item.row, item.field).local
