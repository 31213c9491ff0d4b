"""Who has sent what, as JSON (stable; `gk_xlsx/schemas/collected.schema.json`)."""

from __future__ import annotations

from dataclasses import asdict

from gk_xlsx.exact_json import json_text
from gk_xlsx.findings import SetFinding
from gk_xlsx.outputs.findings_json import finding_members
from gk_xlsx.outputs.reminder import reminder
from gk_xlsx.rollup.collected import Collected
from gk_xlsx.rollup.filing import Filed
from gk_xlsx.rollup.received import Received
from gk_xlsx.rollup.states import Held, LineStatus, State

VERSION = 1


def collected_json(collected: Collected) -> str:
    """All lines of the roster with their files, verdicts and findings; the counts first."""
    collection = collected.collection
    document = {
        "version": VERSION,
        "year": collection.year,
        "edition": collection.form.edition,
        "moment": collected.moment.isoformat(timespec="seconds"),
        "folder": collected.folder,
        "summary": _summary(collected),
        "lines": [_line(item) for item in collected.lines],
        "strangers": [_stranger(item) for item in collection.strangers],
        "findings": [_found(item) for item in collected.found],
        "problems": [*collection.problems, *collected.failures],
        "reminder": reminder(collected),
    }
    return json_text(document) + "\n"


def _summary(collected: Collected) -> dict[str, object]:
    return {
        "due": len(collected.due),
        "received": len(collected.sent),
        "passed": len(collected.of(State.PASSED)),
        "late": sum(item.late for item in collected.due),
        "new_files": len(collected.new),
        "states": {state.value: len(collected.of(state)) for state in State},
    }


def _line(status: LineStatus) -> dict[str, object]:
    bundle = status.bundle
    line = bundle.line
    return {
        "code": line.code,
        "name": line.name,
        "scope": line.scope.value,
        "parent": line.parent,
        "state": status.state.value,
        "late": status.late,
        "verdict": {"data": status.data.value, "text": status.text.value},
        "received": bundle.arrived,
        "figures": bundle.master.path if bundle.master else None,
        "text": bundle.narrative.path if bundle.narrative else None,
        "files": [_held(item) for item in status.held],
        "findings": [finding_members(item) for item in status.findings],
        "remarks": list(status.remarks),
        "register": {
            key: value
            for key, value in asdict(bundle.entry).items()
            if key not in ("code", "name") and value
        },
    }


def _held(held: Held) -> dict[str, object]:
    return {
        **_file(held.filed.received),
        "fate": held.fate.name.lower(),
        "why": held.why,
        "matched_by": held.filed.how.name.lower(),
    }


def _file(received: Received) -> dict[str, object]:
    return {
        "path": received.path,
        "sha256": received.sha256,
        "role": received.role.value,
        "kind": received.kind,
        "first_seen": received.first_seen,
        "new": received.new,
    }


def _stranger(filed: Filed) -> dict[str, object]:
    sender = filed.received.sender
    return {
        **_file(filed.received),
        "unit": sender.unit.name if sender else None,
        "year": sender.year if sender else None,
        "nearest": filed.nearest or None,
    }


def _found(found: SetFinding) -> dict[str, object]:
    return {
        **finding_members(found.finding),
        "lines": list(found.lines),
        "files": list(found.files),
    }
