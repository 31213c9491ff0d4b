"""`gk-xlsx.toml`: rules an office switches off or takes differently.

```toml
[rules]
off = ["FM13"]

[severity]
TX01 = "note"
```
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from gk_xlsx.errors import GkXlsxError
from gk_xlsx.findings import Severity
from gk_xlsx.rules import ALL
from gk_xlsx.rules.settings import Settings

FILE_NAME = "gk-xlsx.toml"

_SEVERITIES = {item.value: item for item in Severity} | {item.label: item for item in Severity}


def read_settings(data: bytes, name: str) -> Settings:
    """Read an office's settings.

    Raises:
        GkXlsxError: with everything that is wrong with the file.
    """
    try:
        tables = tomllib.loads(data.decode("utf-8-sig"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise GkXlsxError(f"{name} 不是有效的 TOML 文件：{error}") from None
    problems = list(_problems(tables))
    if problems:
        raise GkXlsxError(f"{name} 有错误：{'；'.join(problems)}。")
    severities = {code: _SEVERITIES[word] for code, word in tables.get("severity", {}).items()}
    off = frozenset(tables.get("rules", {}).get("off", ()))
    return Settings(off, MappingProxyType(severities))


def _problems(tables: Mapping[str, object]) -> Iterator[str]:
    known = {rule.code for rule in ALL}
    for name in tables.keys() - {"rules", "severity"}:
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
