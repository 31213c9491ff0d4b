"""Every rule about what was collected has a case file: `catalogue_collected/CODE.yaml`.

As in `test_catalogue`, a case file shows where the rule speaks, where it is silent, and what is
another rule's business. The roster is 河口区's 教育局, 财政局 and 办公室; a case
may change its lines (`roster`: short name to members). Each of `files` is one that came in:

- `path`, and `unit` where it says whose it is; `role` (figures, text, sealed), `year`, `rank`;
- `values`: field id to figure, the others are 0;
- `unknown`: the key of a table that was not read, or a list of ids;
- `text`: a mark of its text; `includes`: a sentence on subordinate bodies; `sha`: its hash;
- `unreadable`: that it could not be read; `first_seen`: when a run first saw it.

`register` holds the office's entries by short name, `submit_by` the last day.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from gk_xlsx import resources
from gk_xlsx.findings import CheckedFile, Finding, Gate, SetFinding, Severity, Verdict
from gk_xlsx.rollup.collecting import Collection, collection_of
from gk_xlsx.rollup.filing import file_all
from gk_xlsx.rollup.names import Names
from gk_xlsx.rollup.received import Figures, Received, Register, RegisterEntry, Role, Sender
from gk_xlsx.rollup.roster import Roster, RosterLine, Standing
from gk_xlsx.rules import ALL, SetRule, Settings, judge_set
from gk_xlsx.rules.page import LABELS, page_of
from gk_xlsx.rules.sets import ALL_COLLECTED, ALL_COMPARED, EVERY
from gk_xlsx.units import Scope, Unit

Case = Mapping[str, Any]

FOLDER = Path(__file__).parent / "catalogue_collected"
KINDS = ("speaks", "silent", "not_our_business")
RULES = {rule.code: rule for rule in ALL_COLLECTED}
FORM = resources.form("2021")
YEAR = 2025
NAMES = {"教育局": "河口区教育局", "财政局": "河口区财政局", "办公室": "河口区人民政府办公室"}
ON = Settings(on=frozenset(("RO11",)))


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
    assert all(case["why"] for cases in kinds.values() for case in cases)


@pytest.mark.parametrize(("code", "kind", "case"), list(_cases()))
def test_a_rule_speaks_where_it_should_and_nowhere_else(code: str, kind: str, case: Case) -> None:
    rule = RULES[code]
    found = judge_set(collection(case), [rule], ON)
    if code == "RO01":
        found = _about_finance(found)
    expected = case["finds"] if kind == "speaks" else []
    assert len(found) == len(expected), [item.finding.message for item in found]
    for item, wanted in zip(found, expected, strict=True):
        _compare(rule, item, wanted)


def _about_finance(found: tuple[SetFinding, ...]) -> tuple[SetFinding, ...]:
    return tuple(item for item in found if "财政局" in item.finding.message)


def _compare(rule: SetRule[Collection], found: SetFinding, wanted: Case) -> None:
    assert wanted["message"] in found.finding.message
    assert found.finding.severity.value == wanted.get("severity", rule.severity.value)
    assert list(found.lines) == wanted["lines"]
    if "field" in wanted:
        assert found.finding.fields[0] == wanted["field"]


@pytest.mark.parametrize("rule", ALL_COLLECTED, ids=lambda rule: rule.code)
def test_the_page_has_all_its_parts_in_order(rule: SetRule[Collection]) -> None:
    page = page_of(rule)
    assert page.title.endswith(".")
    assert tuple(label for label, _ in page.parts) == LABELS
    assert all(len(text) > 3 for _, text in page.parts)


def test_no_two_rules_of_any_kind_share_a_code() -> None:
    codes = [rule.code for rules in (ALL, ALL_COLLECTED, ALL_COMPARED) for rule in rules]
    assert len(codes) == len(set(codes))
    assert [rule.code for rule in EVERY] == codes


def test_an_optional_rule_is_silent_until_it_is_switched_on() -> None:
    case = {"files": [{"path": "教育局.xlsx", "unit": "河口区教育局"}]}
    rules = [RULES["RO11"]]
    assert judge_set(collection(case), rules) == ()
    assert len(judge_set(collection(case), rules, ON)) == 1


def test_an_office_switches_a_rule_off_or_takes_it_milder() -> None:
    case = {"files": [{"path": "教育局.xlsx", "unit": "河口区教育局", "year": 2024}]}
    rules = [RULES["RO03"]]
    milder = Settings(severities={"RO03": Severity.NOTE})
    assert judge_set(collection(case), rules, Settings(off=frozenset(("RO03",)))) == ()
    assert judge_set(collection(case), rules, milder)[0].finding.severity is Severity.NOTE


# -- a case as values ----------------------------------------------------------------------


def collection(case: Case) -> Collection:
    roster = Roster(tuple(_lines(case.get("roster", {}))))
    entries = {
        short: RegisterEntry(short, NAMES[short], **{key: str(text) for key, text in said.items()})
        for short, said in case.get("register", {}).items()
    }
    return collection_of(
        roster,
        FORM,
        YEAR,
        file_all([_received(item) for item in case["files"]], Names(roster)),
        register=Register(entries),
        submit_by=case.get("submit_by"),
    )


def _lines(changes: Mapping[str, Case]) -> Iterator[RosterLine]:
    for row, (short, name) in enumerate(NAMES.items(), start=2):
        said = dict(changes.get(short, {}))
        if "standing" in said:
            said["standing"] = Standing(said["standing"])
        if "aliases" in said:
            said["aliases"] = tuple(said["aliases"])
        yield replace(RosterLine(row, name, short), **said)


def _received(given: Case) -> Received:
    role = Role(given.get("role", "figures"))
    received = Received(
        path=given["path"],
        sha256=given.get("sha", given["path"]),
        role=role,
        kind="",
        rank=given.get("rank", 0),
        text=given.get("text", ""),
        includes=given.get("includes", ""),
        first_seen=given.get("first_seen", "2026-01-10T09:00:00"),
    )
    if "unreadable" in given:
        return replace(received, checked=_unreadable(given["path"]))
    if "unit" not in given:
        return received
    sender = Sender(Unit(given["unit"]), Scope.BODY, given.get("year", YEAR), "2021")
    return replace(received, sender=sender, figures=_figures(given), checked=_clean(given["path"]))


def _figures(given: Case) -> Figures:
    said = dict.fromkeys(FORM.fields, 0) | given.get("values", {})
    lost = given.get("unknown", ())
    unknown = tuple(item.id for item in FORM if item.table == lost or item.id in lost)
    values = (None if key in unknown else said[key] for key in FORM.fields)
    return Figures(tuple(None if item is None else Decimal(item) for item in values), unknown)


def _unreadable(path: str) -> CheckedFile:
    finding = Finding("FI04", "damaged", Severity.ERROR, Gate.DATA, "文件已损坏，不能打开。")
    return CheckedFile(path, "", None, None, None, Verdict.UNREADABLE, Verdict.NONE, (finding,))


def _clean(path: str) -> CheckedFile:
    return CheckedFile(path, "", None, YEAR, "2021", Verdict.PASS, Verdict.PASS, ())
