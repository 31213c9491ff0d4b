"""What differs, and what explains it, as JSON (`gk_xlsx/schemas/difference.schema.json`)."""

from __future__ import annotations

from collections.abc import Sequence

from gk_xlsx.exact_json import json_text
from gk_xlsx.findings import Finding
from gk_xlsx.outputs.difference_text import cause_sentence
from gk_xlsx.outputs.findings_json import finding_members
from gk_xlsx.rollup.causes import Cause
from gk_xlsx.rollup.differences import CellDifference, Comparison, Member, Side, UnitDifference

VERSION = 1


def difference_json(
    comparison: Comparison, found: Sequence[Cause], findings: Sequence[Finding] = ()
) -> str:
    """Both sides, what was found, every cell and unit that differs, the causes, best first."""
    return json_text(
        {
            "version": VERSION,
            "same": comparison.same,
            "edition": comparison.form.edition,
            "left": _side(comparison.left),
            "right": _side(comparison.right),
            "frame": {
                name: {"left": left, "right": right}
                for name, (left, right) in comparison.frame.items()
            },
            "findings": [finding_members(item) for item in findings],
            "causes": [_cause(comparison, cause) for cause in found],
            "cells": [_cell(item) for item in comparison.cells],
            "units": [_unit(item) for item in comparison.units],
        }
    )


def _side(side: Side) -> dict[str, object]:
    report = side.total
    return {
        "path": side.name,
        "unit": report.unit.name if report else None,
        "year": report.year if report else None,
        "reports": len(side.members),
    }


def _cause(comparison: Comparison, cause: Cause) -> dict[str, object]:
    return {
        "kind": cause.kind.value,
        "unit": cause.member.name,
        "file": cause.member.file,
        "side": "left" if cause.side is comparison.left else "right",
        "fields": list(cause.fields),
        "instead": dict(cause.instead),
        "message": cause_sentence(comparison, cause),
    }


def _cell(item: CellDifference) -> dict[str, object]:
    return {
        "field": item.field,
        "left": item.left.value,
        "right": item.right.value,
        "left_text": item.left.raw,
        "right_text": item.right.raw,
        "comparable": item.comparable,
    }


def _unit(unit: UnitDifference) -> dict[str, object]:
    return {
        "unit": unit.name,
        "left": _member(unit.left),
        "right": _member(unit.right),
        "cells": [_cell(item) for item in unit.cells],
    }


def _member(member: Member | None) -> str | None:
    return member.file if member else None
