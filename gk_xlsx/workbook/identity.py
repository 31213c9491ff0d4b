"""Whose workbook it is: told in three places, and in sight on 基本信息."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar

from gk_xlsx.amounts import is_whole, read_amount
from gk_xlsx.plan.layout import IDENTITY
from gk_xlsx.report import Observation, Seen
from gk_xlsx.units import Level, Scope, Unit
from gk_xlsx.workbook.cells import unescaped
from gk_xlsx.workbook.package import Package
from gk_xlsx.workbook.sheets import HiddenSheet

_Word = TypeVar("_Word", Level, Scope)

_LAST_YEAR = 9999
"""The last that can be written; a report is dated in the year after its own."""
_SHOWN = ("unit", "code", "year")
"""What an issued workbook shows on 基本信息 as it keeps it, locked."""


@dataclass(frozen=True)
class Identity:
    """What the workbook says of itself.

    Attributes:
        kept: item to what each of the three places says: hidden sheet, custom property,
            defined name; a place that is gone says nothing.
        shown: item to what stands on 基本信息, where the blank template is filled in.
    """

    kept: Mapping[str, tuple[str, ...]]
    shown: Mapping[str, str]

    @property
    def issued(self) -> bool:
        """Whether it was made for a unit; in the blank template everything is filled in."""
        return bool(self._most_say("unit"))

    def value(self, key: str) -> str:
        """What most places say; the first one where all differ; else what is shown."""
        return self._most_say(key) or self.shown.get(key, "")

    @property
    def unit(self) -> Unit:
        """The body that reports."""
        return Unit(self.value("unit"), self.value("code"), _word(Level, self.value("level")))

    @property
    def scope(self) -> Scope:
        """Whom the figures are about; the blank template's own default does not count."""
        said = self.value("scope") if self.issued else self.shown.get("scope", "")
        return _word(Scope, said) or Scope.BODY

    @property
    def year(self) -> int:
        """The report year; 0 where none was given."""
        amount = read_amount(self.value("year").strip().removesuffix("年"))
        whole = amount is not None and is_whole(amount.value)
        return int(amount.value) if amount and whole and 1000 <= amount.value < _LAST_YEAR else 0

    @property
    def disagreements(self) -> Iterator[Observation]:
        """Items that are not the same everywhere."""
        for key, said in self.kept.items():
            shown = self.shown.get(key, "") if self.issued and key in _SHOWN else ""
            words = {*said, shown} if shown else set(said)
            if len(words) > 1:
                most = self.value(key)
                others = "、".join(sorted(words - {most}))
                yield Observation(Seen.IDENTITY_DISAGREES, key, expected=most, found=others)

    def _most_say(self, key: str) -> str:
        said = Counter(self.kept[key]).most_common(1)
        return said[0][0] if said else ""


def identity_of(package: Package, hidden: HiddenSheet, facts: Mapping[str, str]) -> Identity:
    """Ask all places."""

    def said(key: str) -> Iterator[str | None]:
        yield hidden.text(key)
        yield package.properties.get(f"gk.{key}")
        yield _constant(package.names.get(f"gk_{key}"))

    kept = {
        key: tuple(unescaped(word) for word in said(key) if word is not None) for key in IDENTITY
    }
    return Identity(kept, facts)


def _constant(refers_to: str | None) -> str | None:
    """The text that a defined name stands for."""
    text = (refers_to or "").removeprefix("=")
    if len(text) >= 2 and text[0] == text[-1] == '"':
        return text[1:-1].replace('""', '"')
    return text if text.isdecimal() else None


def _word(kind: type[_Word], text: str) -> _Word | None:
    """A kind of body or a scope by its id or by the word users read."""
    return next((item for item in kind if text in (item.value, item.label)), None)
