"""`gk-xlsx.toml`: rules an office switches off or takes differently, and who the office is.

```toml
[rules]
off = ["FM13"]
on = ["RO11"]

[severity]
TX01 = "note"

[office]
name = "某某区人民政府办公室"
section = "政务公开科"
reviewer = "张三"
phone = "0000-0000000"
deadline = "2026-01-20"
requirements = ["盖章件用 A4 纸扫描。"]
```

The same office can be described in 设置.xlsx of a project folder; what stands here goes before.
"""

from __future__ import annotations

import datetime
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from types import MappingProxyType
from typing import TypeAlias

from gk_xlsx.errors import GkXlsxError
from gk_xlsx.findings import Severity
from gk_xlsx.office import IssuingOffice
from gk_xlsx.report import iso_date
from gk_xlsx.rules.settings import Settings

OFFICE_KEYS = tuple(item.name for item in fields(IssuingOffice))
"""What `[office]` may say; the names of `IssuingOffice`."""

_DATES = ("submit_by", "publish_by", "deadline")
_LINES = "requirements"
_Said: TypeAlias = "str | datetime.date | tuple[str, ...] | None"

_PLACE = re.compile(r"\(at line (\d+), column (\d+)\)$")
_SEVERITIES = {item.value: item for item in Severity} | {item.label: item for item in Severity}


@dataclass(frozen=True, slots=True)
class OfficeSettings:
    """What an office's file says.

    Attributes:
        rules: what is looked for, and how seriously.
        office: who issues, reviews and publishes, until when.
        year: the report year of the project folder; None where none is set.
    """

    rules: Settings = field(default_factory=Settings)
    office: IssuingOffice = field(default_factory=IssuingOffice)
    year: int | None = None

    def before(self, other: OfficeSettings) -> OfficeSettings:
        """Both; what stands here goes before, item by item. Rules are taken from here."""
        own = {name: getattr(self.office, name) for name in OFFICE_KEYS}
        said = {name: value for name, value in own.items() if value}
        return OfficeSettings(self.rules, replace(other.office, **said), self.year or other.year)


def read_settings(data: bytes, name: str) -> OfficeSettings:
    """Read an office's settings.

    Raises:
        GkXlsxError: with everything that is wrong with the file.
    """
    try:
        tables = tomllib.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise GkXlsxError(f"{name} 不是有效的 TOML 文件：{_broken(error)}。") from None
    problems = [*_rule_problems(tables), *_office_problems(tables)]
    if problems:
        raise GkXlsxError(f"{name} 有错误：{'；'.join(problems)}。")
    severities = {code: _SEVERITIES[word] for code, word in tables.get("severity", {}).items()}
    off, on = (frozenset(tables.get("rules", {}).get(key, ())) for key in ("off", "on"))
    office = {key: _said(key, value) for key, value in tables.get("office", {}).items()}
    return OfficeSettings(Settings(off, MappingProxyType(severities), on), _office(office))


def _broken(error: Exception) -> str:
    """What is wrong with a file that is no TOML; the parser says it in English."""
    if isinstance(error, UnicodeDecodeError):
        return "编码不是 UTF-8，请另存为 UTF-8"
    if isinstance(error, RecursionError):
        return "括号套得太多"
    if not isinstance(error, tomllib.TOMLDecodeError):
        return "有的数太长"
    place = _PLACE.search(str(error))
    if place is None:
        return "末尾写错了，引号或括号没有成对"
    return f"第 {place[1]} 行第 {place[2]} 列写错了，请检查引号、括号、等号和日期，一项只写一次"


def _office(said: Mapping[str, _Said]) -> IssuingOffice:
    return replace(IssuingOffice(), **said)  # type: ignore[arg-type] # kinds are told by `_said`


def _said(key: str, value: object) -> _Said:
    """An item as its field wants it; a date in words is one the problems have let pass."""
    if key in _DATES:
        return value if isinstance(value, datetime.date) else iso_date(str(value))
    if key == _LINES:
        lines = value if isinstance(value, list) else str(value).splitlines()
        return tuple(str(line).strip() for line in lines if str(line).strip())
    return str(value).strip()


def _office_problems(tables: Mapping[str, object]) -> Iterator[str]:
    office = tables.get("office", {})
    if not isinstance(office, dict):
        yield "office 应写成 [office] 一节"
        return
    for key, value in office.items():
        if key not in OFFICE_KEYS:
            yield f"[office] 里不认识的项目 {key}（可用：{'、'.join(OFFICE_KEYS)}）"
        elif isinstance(value, dict) or (isinstance(value, list) and key != _LINES):
            yield f"[office] {key} 应为文字"
        elif key in _DATES and value and _said(key, value) is None:
            yield f"[office] {key} 应为日期，如 2026-01-20"


def _rule_problems(tables: Mapping[str, object]) -> Iterator[str]:
    from gk_xlsx.rules.sets import EVERY  # which few runs need

    known = {rule.code for rule in EVERY}
    for name in tables.keys() - {"rules", "severity", "office"}:
        yield f"不认识的部分 [{name}]"
    rules, severity = tables.get("rules", {}), tables.get("severity", {})
    if not isinstance(rules, dict) or not isinstance(severity, dict):
        yield "rules、severity 应写成 [rules]、[severity] 两节"
        return
    for name in rules.keys() - {"off", "on"}:
        yield f"[rules] 里不认识的项目 {name}"
    off, on = rules.get("off", []), rules.get("on", [])
    if not (isinstance(off, list) and isinstance(on, list)):
        yield '[rules] off、on 应为编号列表，如 ["FM13"]'
        return
    for code in [*off, *on, *severity]:
        if str(code) not in known:
            yield f"没有规则 {code}"
    for code, word in severity.items():
        if str(word) not in _SEVERITIES:
            yield f"{code} 的级别应为 error、warning 或 note（错误、需核实、提示）"
