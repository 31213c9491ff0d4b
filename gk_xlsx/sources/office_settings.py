"""`gk-xlsx.toml`: rules an office switches off or takes differently, and who the office is.

```toml
[rules]
off = ["FM13"]

[severity]
TX01 = "note"

[office]
name = "某某区人民政府办公室"
section = "政务公开科"
reviewer = "张三"
phone = "0000-0000000"
deadline = "2026-01-20"
```
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from gk_xlsx.errors import GkXlsxError
from gk_xlsx.findings import Severity
from gk_xlsx.rules import ALL
from gk_xlsx.rules.settings import Settings

OFFICE_KEYS = ("name", "section", "reviewer", "second_reviewer", "phone", "column", "deadline")
"""发文机关、科室、审核人、复核人、电话、公布栏目、重新报送的期限."""

_SEVERITIES = {item.value: item for item in Severity} | {item.label: item for item in Severity}


@dataclass(frozen=True, slots=True)
class OfficeSettings:
    """What an office's file says.

    Attributes:
        rules: what is looked for, and how seriously.
        office: who reviews (keys of `OFFICE_KEYS`), for 反馈单; absent where not given.
    """

    rules: Settings = field(default_factory=Settings)
    office: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


def read_settings(data: bytes, name: str) -> OfficeSettings:
    """Read an office's settings.

    Raises:
        GkXlsxError: with everything that is wrong with the file.
    """
    try:
        tables = tomllib.loads(data.decode("utf-8-sig"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise GkXlsxError(f"{name} 不是有效的 TOML 文件：{error}") from None
    problems = [*_rule_problems(tables), *_office_problems(tables)]
    if problems:
        raise GkXlsxError(f"{name} 有错误：{'；'.join(problems)}。")
    severities = {code: _SEVERITIES[word] for code, word in tables.get("severity", {}).items()}
    off = frozenset(tables.get("rules", {}).get("off", ()))
    office = {key: str(value) for key, value in tables.get("office", {}).items()}
    return OfficeSettings(Settings(off, MappingProxyType(severities)), MappingProxyType(office))


def _office_problems(tables: Mapping[str, object]) -> Iterator[str]:
    office = tables.get("office", {})
    if not isinstance(office, dict):
        yield "office 应写成 [office] 一节"
        return
    for key in office.keys() - set(OFFICE_KEYS):
        yield f"[office] 里不认识的项目 {key}（可用：{'、'.join(OFFICE_KEYS)}）"


def _rule_problems(tables: Mapping[str, object]) -> Iterator[str]:
    known = {rule.code for rule in ALL}
    for name in tables.keys() - {"rules", "severity", "office"}:
        yield f"不认识的部分 [{name}]"
    rules, severity = tables.get("rules", {}), tables.get("severity", {})
    if not isinstance(rules, dict) or not isinstance(severity, dict):
        yield "rules、severity 应写成 [rules]、[severity] 两节"
        return
    for name in rules.keys() - {"off"}:
        yield f"[rules] 里不认识的项目 {name}"
    off = rules.get("off", [])
    if not isinstance(off, list):
        yield '[rules] off 应为编号列表，如 ["FM13"]'
        return
    for code in [*off, *severity]:
        if code not in known:
            yield f"没有规则 {code}"
    for code, word in severity.items():
        if word not in _SEVERITIES:
            yield f"{code} 的级别应为 error、warning 或 note（错误、需核实、提示）"
