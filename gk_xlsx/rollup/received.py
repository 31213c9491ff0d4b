"""What came in, as values: a file, what it is for, whose it is and what it holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from pathlib import PurePosixPath
from types import MappingProxyType

from gk_xlsx.findings import CheckedFile
from gk_xlsx.form import Form
from gk_xlsx.report import Part
from gk_xlsx.units import Scope, Unit


class Role(StrEnum):
    """What a file is for in the bundle that a unit sends."""

    FIGURES = "figures"
    TEXT = "text"
    SEALED = "sealed"
    OTHER = "other"

    @property
    def label(self) -> str:
        """The words users read."""
        return _ROLE_LABELS[self.value]


_ROLE_LABELS = {"figures": "填报表", "text": "报告文本", "sealed": "盖章件", "other": "其他"}


@dataclass(frozen=True, slots=True)
class Sender:
    """Whose report a file says it holds.

    Attributes:
        year: 0 where it says none.
        edition: of the form.
    """

    unit: Unit
    scope: Scope
    year: int
    edition: str


@dataclass(frozen=True, slots=True)
class Figures:
    """A report's figures and nothing else.

    Attributes:
        values: in the order of the form's fields (件, 万元, 元); None where there is no number.
        unknown: ids of the fields whose value could not be told, which is not the same as blank.
    """

    values: tuple[Decimal | None, ...]
    unknown: tuple[str, ...] = ()

    def agree(self, other: Figures) -> bool:
        """Whether they are the same, as far as both are known."""
        if len(self.values) != len(other.values):
            return False
        if not self.unknown and not other.unknown:
            return self.values == other.values
        return all(
            own == theirs or own is None or theirs is None
            for own, theirs in zip(self.values, other.values, strict=True)
        )

    def by_field(self, form: Form) -> dict[str, Decimal | None]:
        """Field id to figure, in printed order."""
        return dict(zip(form.fields, self.values, strict=True))


@dataclass(frozen=True, slots=True)
class Received:
    """A file that came in, with what it holds in short; the report itself is not kept.

    Attributes:
        path: inside the folder that was collected, members of archives as `材料.zip/某局.xlsx`.
        kind: what it is, as messages call it (`表格文件（.xlsx）`, `Word 文档`).
        rank: how sure it is read among files of its role, 0 surest: Word before PDF.
        sender: None where it is no report.
        figures: None where it is no report or its tables were not found.
        text: a mark of its text: the same for the same text; empty where there is little or none.
        includes: the sentence that says it includes subordinate bodies; empty where none does.
        checked: what was found in it; None for files nobody reads (盖章件, 其他).
        first_seen: when a run first saw it, ISO date and time; empty where nobody knows.
        new: whether this run saw it first.
    """

    path: str
    sha256: str
    role: Role
    kind: str
    rank: int = 0
    sender: Sender | None = None
    figures: Figures | None = None
    text: str = ""
    includes: str = ""
    parts: tuple[Part, ...] = ()
    checked: CheckedFile | None = None
    first_seen: str = ""
    new: bool = False

    @property
    def name(self) -> str:
        """Its own name, without the folders and archives it lies in."""
        return PurePosixPath(self.path).name

    @property
    def readable(self) -> bool:
        """Whether it is a report that could be read."""
        return self.sender is not None


@dataclass(frozen=True, slots=True)
class RegisterEntry:
    """A line of 收发登记 as the office keeps it; empty or None where nothing stands.

    Attributes:
        received: 首次收到日期, ISO; a text that is no date stays as it was written.
        used: 采用文件.
        spoken: 口头说明.
        verdict: 审核结论, the office's own word.
        sent_back, corrected, published: dates as `received`.
        address: 公布网址.
    """

    code: str
    name: str
    received: str = ""
    used: str = ""
    spoken: str = ""
    verdict: str = ""
    sent_back: str = ""
    corrected: str = ""
    published: str = ""
    address: str = ""
    remarks: str = ""


@dataclass(frozen=True)
class Register:
    """收发登记.

    Attributes:
        entries: by the roster's code.
        problems: what could not be understood, in Chinese.
    """

    entries: Mapping[str, RegisterEntry] = field(default_factory=lambda: MappingProxyType({}))
    problems: tuple[str, ...] = ()
