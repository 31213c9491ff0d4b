"""Every rule has a case file: where it speaks (place and message), where it is silent, and what is
another rule's business. `catalogue/CODE.yaml`; adding a rule takes one function and one such file.

A case changes the all-zero report of `_BASE`:

- `why`: what the case shows;
- `values`: field id to number, text or null;
- `entries`: field id to `{kind, raw, number, reason}` for what only a workbook can hold;
- `report`: other members of the report JSON (unit, year, title, headings, signed, narrative,
  last_year, zero_report, edition …);
- `facts`: `name` and `year` as a workbook may leave them, empty and 0;
- `last_text`: last year's text by part, and `issued_last`: last year's figures as a workbook was
  issued with them, where they differ from `last_year`;
- `seen`: what the source showed (`{seen, field, table, sheet, cell, expected, found}`);
- `finds` (speaks only): a list with one entry per finding, each with `message` (a part of it) and
  its place: `field` (its first), `quote` (a part of the sentence), or neither for the whole report;
  `severity` where it differs from the rule's.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from gk_xlsx import resources
from gk_xlsx.findings import Finding, TextLocation
from gk_xlsx.report import AnnualReport, Entry, EntryKind, LastYear, Observation, Place, Seen
from gk_xlsx.rules import ALL, Rule, judge
from gk_xlsx.sources.report_json import read_report_json

Case = Mapping[str, Any]
"""One case as YAML gives it."""

FOLDER = Path(__file__).parent / "catalogue"
KINDS = ("speaks", "silent", "not_our_business")
RULES = {rule.code: rule for rule in ALL}
_YEARS = {"2021": 2023, "2019": 2020}


def _cases() -> Iterator[Any]:
    for path in sorted(FOLDER.glob("*.yaml")):
        for kind, cases in yaml.safe_load(path.read_text("utf-8")).items():
            for number, case in enumerate(cases, start=1):
                yield pytest.param(path.stem, kind, case, id=f"{path.stem}-{kind}-{number}")


def test_every_rule_has_a_case_file_and_every_case_file_a_rule() -> None:
    assert {path.stem for path in FOLDER.glob("*.yaml")} == set(RULES)


@pytest.mark.parametrize("code", RULES)
def test_a_case_file_shows_all_three_kinds(code: str) -> None:
    kinds = yaml.safe_load((FOLDER / f"{code}.yaml").read_text("utf-8"))

    assert tuple(kinds) == KINDS
    assert all(kinds.values())
    assert all(case["why"] for cases in kinds.values() for case in cases)


@pytest.mark.parametrize(("code", "kind", "case"), list(_cases()))
def test_a_rule_speaks_where_it_should_and_nowhere_else(code: str, kind: str, case: Case) -> None:
    rule = RULES[code]
    report = _report(case)

    found = judge(report, resources.form(report.edition), [rule])

    expected = case["finds"] if kind == "speaks" else []
    assert len(found) == len(expected), [item.message for item in found]
    for finding, wanted in zip(found, expected, strict=True):
        _compare(rule, finding, wanted)


def _compare(rule: Rule, finding: Finding, wanted: Mapping[str, str]) -> None:
    assert wanted["message"] in finding.message
    assert finding.severity.value == wanted.get("severity", rule.severity.value)
    if "field" in wanted:
        assert finding.fields[0] == wanted["field"]
    if "quote" in wanted:
        assert isinstance(finding.location, TextLocation)
        assert wanted["quote"] in finding.location.quote


def _report(case: Case) -> AnnualReport:
    changes = case.get("report", {})
    edition = changes.get("edition", "2021")
    form = resources.form(edition)
    values = dict.fromkeys(form.fields, 0) | case.get("values", {})
    document = {
        "form": "gk-annual-report",
        "edition": edition,
        "year": _YEARS[edition],
        "unit": {"name": "河口市某某局", "level": "department"},
        "values": values,
        **changes,
    }
    data = json.dumps(document, ensure_ascii=False).encode()
    report = read_report_json(data, resources.form, resources.form_for_year)
    return _with_what_json_cannot_hold(report, case)


def _with_what_json_cannot_hold(report: AnnualReport, case: Case) -> AnnualReport:
    entries = {key: _entry(entry) for key, entry in case.get("entries", {}).items()}
    seen = tuple(_observation(item) for item in case.get("seen", ()))
    last, facts = report.last_year, case.get("facts", {})
    if last is not None:
        last = replace(last, narrative=case.get("last_text", {}))
    return replace(
        report,
        unit=replace(report.unit, name=facts.get("name", report.unit.name)),
        year=facts.get("year", report.year),
        entries={**report.entries, **entries},
        observations=(*report.observations, *seen),
        last_year=last,
        issued_last_year=_issued(last, case.get("issued_last")),
    )


def _entry(given: Mapping[str, Any]) -> Entry:
    number = given.get("number")
    return Entry(
        EntryKind(given["kind"]),
        None if number is None else Decimal(str(number)),
        raw=str(given.get("raw", "")),
        changes=tuple(given.get("changes", ())),
        reason=str(given.get("reason", "")),
    )


def _observation(given: Mapping[str, str]) -> Observation:
    place = Place(given.get("sheet", ""), given.get("cell", ""))
    rest = {key: given[key] for key in ("field", "table", "expected", "found") if key in given}
    return Observation(Seen(given["seen"]), place=place if place != Place() else None, **rest)


def _issued(last: LastYear | None, values: Mapping[str, Any] | None) -> LastYear | None:
    if last is None or values is None:
        return None
    return replace(last, values={key: Decimal(str(value)) for key, value in values.items()})
