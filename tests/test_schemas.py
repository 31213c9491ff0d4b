"""The JSON Schemas hold for everything the project reads and writes, and refuse what is wrong."""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator, ValidationError

import gk_xlsx
from gk_xlsx.api import check
from gk_xlsx.findings import Gate, Severity, TextLocation, Verdict
from gk_xlsx.form import Form
from gk_xlsx.outputs.findings_json import findings_json
from gk_xlsx.report import NARRATIVE_KEYS
from gk_xlsx.resources import EDITIONS, examples, form
from gk_xlsx.sources.report_json import KEYS
from gk_xlsx.sources.write_report_json import report_json
from gk_xlsx.units import Level, Scope
from tests.made import clean_report, last_year, zero_report

Document = dict[str, Any]

SCHEMAS = Path(gk_xlsx.__file__).parent / "schemas"
EXAMPLES = sorted(examples().glob("*.json"))


def schema(name: str) -> Document:
    document: Document = json.loads((SCHEMAS / f"{name}.schema.json").read_text("utf-8"))
    return document


REPORT = Draft202012Validator(schema("report"))
FINDINGS = Draft202012Validator(schema("findings"))


def report_document() -> Document:
    report = replace(clean_report(), last_year=last_year(clean_report()))
    document: Document = json.loads(report_json(report))
    return document


def findings_document() -> Document:
    broken = next(path for path in EXAMPLES if path.stem.startswith("07"))
    document: Document = json.loads(findings_json([check(broken)]))
    return document


@pytest.mark.parametrize("name", ["report", "findings"])
def test_a_schema_is_a_valid_one_of_2020_12(name: str) -> None:
    document = schema(name)
    assert document["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    Draft202012Validator.check_schema(document)


# -- what is right -------------------------------------------------------------------------


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_an_example_is_a_valid_report(path: Path) -> None:
    REPORT.validate(json.loads(path.read_text("utf-8")))


def test_every_real_report_is_valid(reports: Path) -> None:
    for path in sorted(reports.glob("*.json")):
        REPORT.validate(json.loads(path.read_text("utf-8")))


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_an_export_is_a_valid_report(path: Path) -> None:
    REPORT.validate(json.loads(gk_xlsx.export_json(path)))


@pytest.mark.parametrize("edition", EDITIONS)
def test_a_made_report_is_valid(edition: str) -> None:
    REPORT.validate(json.loads(report_json(clean_report(edition))))
    REPORT.validate(json.loads(report_json(zero_report(edition))))


def test_findings_of_all_examples_are_valid() -> None:
    FINDINGS.validate(json.loads(findings_json([check(path) for path in EXAMPLES])))


def test_findings_of_the_real_reports_are_valid(reports: Path) -> None:
    checked = [check(path) for path in sorted(reports.glob("*.*"))]
    assert {file.data for file in checked} >= {Verdict.FIX, Verdict.UNREADABLE}
    FINDINGS.validate(json.loads(findings_json(checked)))


def test_a_finding_in_the_text_is_valid() -> None:
    broken = next(path for path in EXAMPLES if path.stem.startswith("07"))
    checked = check(broken)
    finding = replace(
        checked.findings[0],
        gate=Gate.TEXT,
        location=TextLocation("overview", "办结45件", 120, 125),
        left=Decimal("0.000001"),
        explained="已核实",
    )
    FINDINGS.validate(json.loads(findings_json([replace(checked, findings=(finding,))])))


# -- what is wrong -------------------------------------------------------------------------

Change = Callable[[Document], object]

WRONG_REPORTS: dict[str, Change] = {
    "another form": lambda d: d.update(form="other"),
    "another version": lambda d: d.update(version=2),
    "no unit": lambda d: d.pop("unit"),
    "no year": lambda d: d.pop("year"),
    "a year before the form": lambda d: d.update(year=2018),
    "a year as text": lambda d: d.update(year="2023"),
    "an edition as number": lambda d: d.update(edition=2021),
    "a blank name": lambda d: d["unit"].update(name=" "),
    "an unknown level": lambda d: d["unit"].update(level="village"),
    "an unknown scope": lambda d: d.update(scope="all"),
    "a boolean value": lambda d: d["values"].update({"requests.new.total": True}),
    "a list as value": lambda d: d["values"].update({"requests.new.total": [1]}),
    "an id of no table": lambda d: d["values"].update({"other.new.total": 1}),
    "an id in capitals": lambda d: d["values"].update({"requests.New.total": 1}),
    "an unknown part of the text": lambda d: d.update(narrative={"summary": "x"}),
    "an unknown key": lambda d: d.update(vales={}),
    "an unknown table": lambda d: d.update(zero_report=["tables"]),
    "a table twice": lambda d: d.update(zero_report=["requests", "requests"]),
    "an explanation without code": lambda d: d.update(explanations=[{"fields": [], "text": "x"}]),
    "a wrong code": lambda d: d.update(explanations=[{"code": "YR1", "fields": [], "text": "x"}]),
    "a part without hash": lambda d: d.update(parts=[{"name": "某局"}]),
    "last year's text": lambda d: d["last_year"]["values"].update({"requests.new.total": "1"}),
    "headings in one text": lambda d: d.update(headings="一、"),
}


@pytest.mark.parametrize("change", WRONG_REPORTS.values(), ids=WRONG_REPORTS)
def test_a_wrong_report_is_refused(change: Change) -> None:
    document = report_document()
    REPORT.validate(document)
    change(document)
    with pytest.raises(ValidationError):
        REPORT.validate(document)


def first(document: Document) -> Document:
    finding: Document = document["files"][0]["findings"][0]
    return finding


CELL = {"sheet": "", "cell": "D29", "row": "", "column": ""}
PASSAGE = {"section": "overview", "quote": "x", "start": 0, "end": 1}

WRONG_FINDINGS: dict[str, Change] = {
    "another version": lambda d: d.update(version=2),
    "no summary": lambda d: d.pop("summary"),
    "a negative count": lambda d: d["summary"].update(errors=-1),
    "no verdict": lambda d: d["files"][0].pop("verdict"),
    "an unknown verdict": lambda d: d["files"][0]["verdict"].update(data="ok"),
    "an unknown severity": lambda d: first(d).update(severity="fatal"),
    "an unknown gate": lambda d: first(d).update(gate="form"),
    "a wrong code": lambda d: first(d).update(code="A1"),
    "a name with spaces": lambda d: first(d).update(name="row total"),
    "no message": lambda d: first(d).update(message=""),
    "a side as text": lambda d: first(d).update(left="8"),
    "a wrong id": lambda d: first(d).update(fields=["8"]),
    "a wrong address": lambda d: first(d).update(location={**CELL, "cell": "29D"}),
    "a passage of no section": lambda d: first(d).update(location={**PASSAGE, "section": "x"}),
    "a passage that begins before 0": lambda d: first(d).update(location={**PASSAGE, "start": -1}),
    "a place of both kinds": lambda d: first(d).update(location={**CELL, **PASSAGE}),
    "a wrong hash": lambda d: d["files"][0].update(sha256="ABC"),
    "an unknown key": lambda d: first(d).update(level="high"),
}


@pytest.mark.parametrize("change", WRONG_FINDINGS.values(), ids=WRONG_FINDINGS)
def test_wrong_findings_are_refused(change: Change) -> None:
    document = findings_document()
    FINDINGS.validate(document)
    changed = copy.deepcopy(document)
    change(changed)
    with pytest.raises(ValidationError):
        FINDINGS.validate(changed)


# -- schema and code say the same ----------------------------------------------------------


def test_the_report_schema_knows_the_keys_of_the_reader() -> None:
    assert set(schema("report")["properties"]) == {"$schema", *KEYS}


def test_the_report_schema_knows_the_words_of_the_code() -> None:
    document = schema("report")
    properties, definitions = document["properties"], document["$defs"]
    assert properties["unit"]["properties"]["level"]["enum"] == list(Level)
    assert definitions["scope"]["enum"] == list(Scope)
    assert definitions["edition"]["enum"] == list(EDITIONS)
    assert tuple(properties["narrative"]["properties"]) == NARRATIVE_KEYS


def test_the_findings_schema_knows_the_words_of_the_code() -> None:
    definitions = schema("findings")["$defs"]
    finding = definitions["finding"]["properties"]
    assert finding["severity"]["enum"] == list(Severity)
    assert finding["gate"]["enum"] == list(Gate)
    assert definitions["verdict"]["enum"] == list(Verdict)
    assert tuple(definitions["passage"]["properties"]["section"]["enum"]) == NARRATIVE_KEYS


@pytest.mark.parametrize("edition", EDITIONS)
def test_every_field_id_has_the_pattern_of_the_schemas(edition: str) -> None:
    pattern = schema("report")["$defs"]["fieldId"]["pattern"]
    definition: Form = form(edition)
    assert all(re.search(pattern, field_id) for field_id in definition.fields)


@pytest.mark.parametrize("name", ["report", "findings"])
def test_everything_in_a_schema_is_described(name: str) -> None:
    document = schema(name)
    described = [*document["properties"].values(), *document["$defs"].values()]
    assert all("description" in item or "$ref" in item for item in described)
