from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from tests.claims.corpus import Trap, corpus

README = Path(__file__).parents[1] / "README.md"
TRAPS = corpus()


def _measured() -> tuple[float, float]:
    """Precision and recall over all findings of the corpus, code by code."""
    right = found = expected = 0
    for trap in TRAPS:
        codes = trap.found()
        right += (codes & trap.expected).total()
        found += codes.total()
        expected += trap.expected.total()
    return right / found, right / expected


@pytest.mark.parametrize("trap", TRAPS, ids=lambda trap: trap.text[:40])
def test_a_sentence_gives_exactly_the_findings_a_reviewer_expects(trap: Trap) -> None:
    assert trap.found() == trap.expected - trap.missed


def test_the_corpus_is_large_enough_and_at_least_half_of_it_stays_silent() -> None:
    silent = sum(not trap.expected for trap in TRAPS)
    assert len(TRAPS) >= 220
    assert silent * 2 >= len(TRAPS)


def test_every_rule_has_sentences_in_the_corpus_that_it_finds() -> None:
    codes = sum((trap.expected for trap in TRAPS), Counter[str]())
    assert sorted(codes) == [f"TX{number:02}" for number in range(1, 12)]


def test_precision_and_recall_are_high_and_the_readme_states_them() -> None:
    precision, recall = _measured()
    silent = sum(not trap.expected for trap in TRAPS)
    assert precision >= 0.97
    assert recall >= 0.97
    text = README.read_text("utf-8")
    assert f"{len(TRAPS)} entries" in text
    assert f"{silent} of them" in text
    assert f"precision {precision:.3f}, recall {recall:.3f}" in text
