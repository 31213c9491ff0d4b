"""What was read before: exactly the same again, or read anew; never half, never blindly."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

import pytest

from gk_xlsx.findings import CellLocation, Finding, Gate, Severity, TextLocation
from gk_xlsx.inbox.kept_values import NotKeptError, kept, restored
from gk_xlsx.inbox.memory import Memory, Recalled
from gk_xlsx.report import LastYear, Part
from gk_xlsx.rollup.last_reports import LastReport
from gk_xlsx.rollup.received import Figures, Received, Role
from gk_xlsx.units import Level, Scope, Unit
from tests.rollup.received_files import finding, received, unreadable

IN_CELL = Finding(
    "AR01",
    "row-total",
    Severity.ERROR,
    Gate.DATA,
    "不平",
    ("requests.new.total",),
    Decimal("0.10"),
    Decimal(3),
    CellLocation("三、申请办理", "J6", "一、本年新收", "总计"),
    "请改",
    "表头",
    None,
)
IN_TEXT = replace(IN_CELL, location=TextLocation("overview", "一句话", 0, 3), explained="已说明")
FULL = replace(
    received("a.xlsx", "河口区教育局", IN_CELL, IN_TEXT, finding("YR02", Severity.WARNING)),
    sha256="ab" * 32,
    figures=Figures((Decimal("96171.6"), None, Decimal(0)), ("requests.new.total",)),
    parts=(Part("1", "某局", Scope.GOVERNMENT, "cd" * 32),),
    includes="含下属单位",
)


@pytest.fixture
def memory(tmp_path: Path) -> Memory:
    return Memory(tmp_path / ".gk-xlsx", "1")


@pytest.mark.parametrize(
    "value",
    [FULL, unreadable("a.doc", Role.TEXT), received("a.jpg", role=Role.SEALED), IN_CELL, IN_TEXT],
)
def test_a_value_comes_back_as_it_was(value: Received | Finding) -> None:
    again = restored(type(value), json.loads(json.dumps(kept(value))))
    assert again == value
    assert repr(again) == repr(value)


@pytest.mark.parametrize(
    "change",
    [
        {"@": "Finding"},
        {"role": "nothing"},
        {"path": 3},
        {"figures": []},
        {"new": 1},
        {"unheard_of": 1},
        {"parts": [{"@": "Part", "code": "1"}]},
        {"figures": {"@": "Figures", "values": ["many"]}},
    ],
)
def test_what_is_no_such_value_is_refused(change: dict[str, object]) -> None:
    said = kept(FULL)
    assert isinstance(said, dict)
    with pytest.raises(NotKeptError):
        restored(Received, {**said, **change})


def test_a_value_of_an_unheard_of_kind_is_not_kept() -> None:
    @dataclass(frozen=True)
    class Loose:
        ratio: float

    with pytest.raises(TypeError, match="float"):
        kept(Loose(0.5))


def test_what_was_read_is_recalled_with_its_conditions(memory: Memory) -> None:
    memory.keep(FULL, "c")
    assert memory.recall(FULL.sha256) == Recalled(FULL, "c")


def test_what_was_read_of_last_year_is_recalled(memory: Memory) -> None:
    last = LastYear(2024, "某局", "2021", {"requests.new.total": Decimal(3)}, {"overview": "一"})
    reports = (LastReport(Unit("某局", "1", Level.OFFICE), Scope.AREA, last, "a.docx", 1),)
    memory.keep_last("ab" * 32, reports)
    assert memory.recall_last("ab" * 32) == reports
    assert memory.recall_last("cd" * 32) is None
    assert replace(memory, version="2").recall_last("ab" * 32) is None
    (record,) = (memory.folder / "上年").iterdir()
    record.write_bytes(b"{")
    assert memory.recall_last("ab" * 32) is None


def test_nothing_is_recalled_of_what_was_never_read(memory: Memory) -> None:
    assert memory.recall("00" * 32) is None
    assert memory.first_seen() == {}


def test_another_version_reads_again(memory: Memory) -> None:
    memory.keep(FULL, "c")
    assert Memory(memory.folder, "2").recall(FULL.sha256) is None


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[]", b'{"version": "1"}', b"\xff\xfe", b"[" * 9999]
)
def test_a_damaged_memory_is_none(memory: Memory, content: bytes) -> None:
    memory.keep(FULL, "c")
    memory.keep_first_seen({"a": "2026-01-10T09:00:00"})
    for path in [*memory.folder.rglob("*.json")]:
        path.write_bytes(content)
    assert memory.recall(FULL.sha256) is None
    assert memory.first_seen() == {}


def test_when_files_were_first_seen_is_remembered(memory: Memory) -> None:
    seen = {"b": "2026-01-12T09:00:00", "a": "2026-01-10T09:00:00"}
    memory.keep_first_seen(seen)
    assert memory.first_seen() == seen


def test_files_that_are_gone_are_forgotten_but_not_when_they_came(memory: Memory) -> None:
    other = replace(FULL, sha256="ef" * 32)
    for item in (FULL, other):
        memory.keep(item, "c")
    memory.keep_first_seen({FULL.sha256: "2026-01-10T09:00:00"})
    memory.forget_others([other.sha256])
    assert memory.recall(FULL.sha256) is None
    assert memory.recall(other.sha256) is not None
    assert memory.first_seen()


def test_a_folder_that_cannot_be_written_is_no_reason_to_stop(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    memory = Memory(tmp_path / "file", "1")
    memory.keep(FULL, "c")
    memory.forget_others([])
    assert memory.recall(FULL.sha256) is None


def test_no_half_written_file_is_left(memory: Memory) -> None:
    memory.keep(FULL, "c")
    assert [path.suffix for path in memory.folder.rglob("*") if path.is_file()] == [".json"]
