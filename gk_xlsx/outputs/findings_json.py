"""Findings as JSON (stable; `gk_xlsx/schemas/findings.schema.json`)."""

from __future__ import annotations

from collections.abc import Sequence

from gk_xlsx.exact_json import json_text
from gk_xlsx.findings import CellLocation, CheckedFile, Finding, TextLocation, count

VERSION = 1


def findings_json(files: Sequence[CheckedFile]) -> str:
    """All files with their findings, verdicts and counts."""
    counts = count(files)
    document = {
        "version": VERSION,
        "summary": {
            "files": counts.files,
            "errors": counts.errors,
            "warnings": counts.warnings,
            "explained": counts.explained,
            "notes": counts.notes,
        },
        "files": [_file(item) for item in files],
    }
    return json_text(document) + "\n"


def _file(item: CheckedFile) -> dict[str, object]:
    return {
        "path": item.path,
        "sha256": item.sha256,
        "unit": item.unit,
        "year": item.year,
        "edition": item.edition,
        "verdict": {"data": item.data.value, "text": item.text.value},
        "findings": [finding_members(finding) for finding in item.findings],
    }


def finding_members(finding: Finding) -> dict[str, object]:
    """A finding as every JSON of ours holds it."""
    return {
        "code": finding.code,
        "name": finding.name,
        "severity": finding.severity.value,
        "gate": finding.gate.value,
        "message": finding.message,
        "fields": list(finding.fields),
        "left": finding.left,
        "right": finding.right,
        "location": _location(finding.location),
        "fix": finding.fix,
        "source": finding.source,
        "explained": finding.explained,
    }


def _location(location: CellLocation | TextLocation | None) -> dict[str, object] | None:
    if location is None:
        return None
    if isinstance(location, TextLocation):
        return {
            "section": location.section,
            "quote": location.quote,
            "start": location.start,
            "end": location.end,
        }
    return {
        "sheet": location.sheet,
        "cell": location.cell,
        "row": location.row,
        "column": location.column,
    }
