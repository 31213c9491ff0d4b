"""The verdict does not depend on the format: report JSON and workbook of one report agree."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from gk_xlsx import api, resources
from gk_xlsx.findings import Finding

CLEAN_TOTALS = sorted(set(resources.examples().glob("0[2-6]*.json")))


@pytest.mark.parametrize("source", CLEAN_TOTALS, ids=lambda path: path.stem)
def test_a_workbook_and_its_json_give_the_same_findings(source: Path, tmp_path: Path) -> None:
    book, back = tmp_path / "表.xlsx", tmp_path / "表.json"
    book.write_bytes(api.new(api.Issue(), values=source).data)
    back.write_text(api.export_json(book), "utf-8")

    assert _said(source) == _said(book) == _said(back)


def test_real_reports_too(reports: Path, tmp_path: Path) -> None:
    """But for what a workbook cannot hold: totals of its own, blank where a part is blank."""
    different = {}
    for source in sorted(reports.glob("*.json")):
        book = tmp_path / f"{source.stem}.xlsx"
        book.write_bytes(api.new(api.Issue(), values=source).data)
        stated, computed = _inputs_only(source), _inputs_only(book)
        if stated != computed:
            different[source.stem] = (stated, computed)

    assert different == {}


def _said(path: Path) -> list[tuple[str, str, str]]:
    return [_without_place(item) for item in api.check(path).findings]


def _without_place(finding: Finding) -> tuple[str, str, str]:
    message = re.sub(r"（(单元格 )?[A-Z]+\d+[^）]*）", "", finding.message)
    return finding.code, finding.severity.value, message


def _inputs_only(path: Path) -> list[tuple[str, tuple[str, ...]]]:
    """Codes with the input cells they name; findings about totals are left out."""
    opened = api.open_report(path)
    inputs = {field.id for field in opened.form.inputs}
    found = [
        (item.code, tuple(field for field in item.fields if field in inputs))
        for item in api.check(path).findings
        if not item.code.startswith(("AR", "LG08", "YR"))
    ]
    return [(code, fields) for code, fields in found if fields or code.startswith("FM")]
