"""Who has sent what, as JSON that keeps to its schema."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator, ValidationError

import gk_xlsx
from gk_xlsx.outputs.collected_json import collected_json
from gk_xlsx.rollup.states import Fate, State
from tests.outputs.collections import everything

Document = dict[str, Any]
SCHEMAS = Path(gk_xlsx.__file__).parent / "schemas"


def schema(name: str) -> Document:
    document: Document = json.loads((SCHEMAS / f"{name}.schema.json").read_text("utf-8"))
    return document


SCHEMA = schema("collected")


def document() -> Document:
    made: Document = json.loads(collected_json(everything()))
    return made


def test_the_schema_is_a_valid_one() -> None:
    Draft202012Validator.check_schema(SCHEMA)


def test_everything_that_can_happen_keeps_to_it() -> None:
    Draft202012Validator(SCHEMA).validate(document())


def test_findings_are_the_same_in_every_json_of_ours() -> None:
    for name in ("finding", "cell", "passage", "verdict"):
        assert SCHEMA["$defs"][name] == schema("findings")["$defs"][name]


def test_the_schema_knows_every_state_and_fate() -> None:
    line, file = SCHEMA["$defs"]["line"], SCHEMA["$defs"]["file"]
    assert line["properties"]["state"]["enum"] == [state.value for state in State]
    assert set(file["properties"]["fate"]["enum"]) == {fate.name.lower() for fate in Fate}


WRONG: dict[str, Callable[[Document], object]] = {
    "another version": lambda d: d.update(version=2),
    "an unheard-of state": lambda d: d["lines"][0].update(state="lost"),
    "no summary": lambda d: d.pop("summary"),
    "a file without its role": lambda d: d["lines"][0]["files"][0].pop("role"),
    "more than is said": lambda d: d["lines"][0].update(phone="1"),
}


@pytest.mark.parametrize("change", WRONG.values(), ids=WRONG)
def test_what_is_wrong_does_not_keep_to_it(change: Callable[[Document], object]) -> None:
    made = document()
    change(made)
    with pytest.raises(ValidationError):
        Draft202012Validator(SCHEMA).validate(made)


def test_a_line_says_what_counts_and_what_was_noted() -> None:
    line = next(item for item in document()["lines"] if item["name"] == "河口区教育局")
    assert (line["figures"], line["text"]) == ("教育局.xlsx", "教育局.docx")
    assert line["verdict"] == {"data": "fix", "text": "explain"}
    assert line["register"] == {"published": "2026-01-28"}
    assert {item["fate"] for item in line["files"]} == {"counts", "kept"}


def test_a_stranger_has_its_nearest_line_or_none() -> None:
    strangers = document()["strangers"]
    assert [item["role"] for item in strangers] == ["figures", "sealed"]
    assert strangers[1]["unit"] is None
