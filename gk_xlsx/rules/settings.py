"""What an office switches off or takes milder."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from gk_xlsx.findings import Finding, Severity
from gk_xlsx.rules.rule import Rule


@dataclass(frozen=True, slots=True)
class Settings:
    """An office's choices.

    Attributes:
        off: codes that are not looked for.
        on: codes that are looked for though they are off by default.
        severities: codes to the severity that replaces the rule's own.
    """

    off: frozenset[str] = frozenset()
    severities: Mapping[str, Severity] = field(default_factory=lambda: MappingProxyType({}))
    on: frozenset[str] = frozenset()

    def wants(self, code: str, *, optional: bool) -> bool:
        """Whether a rule is looked for; an optional one only where it was switched on."""
        return code not in self.off and (not optional or code in self.on)

    def chosen(self, rules: Sequence[Rule]) -> tuple[Rule, ...]:
        """The rules that are on."""
        return tuple(rule for rule in rules if rule.code not in self.off)

    def applied(self, finding: Finding) -> Finding:
        """The finding with the office's severity."""
        severity = self.severities.get(finding.code)
        return finding if severity is None else replace(finding, severity=severity)
