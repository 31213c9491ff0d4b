"""Damaged copies of statutory tables: every figure is right or unknown, none is wrong."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from gk_xlsx.errors import UnreadableError
from gk_xlsx.report import AnnualReport
from gk_xlsx.resources import EDITIONS, form, form_for_year
from gk_xlsx.sources.plain_text import read_text
from gk_xlsx.sources.report_json import read_report_json
from tests.published import mutations
from tests.published.grids import UNKNOWN, Page, document, page_of
from tests.published.reading import careless_page, example_pages, outcome, read
from tests.published.text_mutations import (
    Text,
    cell_by_cell,
    in_markdown,
    tabbed,
    text_variants,
)

README = Path(__file__).parents[1] / "README.md"
EACH = 4
"""So many variants of each kind for each table."""
EACH_TEXT = 2
EACH_SEED = 6


def pages() -> list[Page]:
    return [*example_pages(), *map(careless_page, EDITIONS)]


def judged(page: Page, report: AnnualReport | None) -> tuple[Counter[str], list[str]]:
    """How many figures are right, unknown and wrong; the wrong ones."""
    count, wrong = Counter[str](), []
    for key in form(page.edition).fields:
        entry = report.entries.get(key) if report else None
        found = outcome(entry) if entry else UNKNOWN
        allowed = {page.truth[key], page.literal.get(key, page.truth[key])}
        allowed |= {"blank"} if key in page.unsure else set()
        if found == UNKNOWN:
            count["unknown"] += 1
        elif found in allowed:
            count["right"] += 1
        else:
            count["wrong"] += 1
            wrong.append(f"{key}: {page.truth[key]} became {found}")
    return count, wrong


@pytest.mark.slow
def test_no_damage_to_tables_makes_a_wrong_figure() -> None:
    variants = [(name, page, document(page)) for name, page in mutations.variants(pages(), EACH)]
    counted, wrong = Counter[str](), list[str]()
    for name, page, damaged in variants:
        try:
            report = read(damaged)
        except UnreadableError:
            report = None
        figures, its = judged(page, report)
        counted += figures
        wrong += [f"{name}: {text}" for text in its]
    assert not wrong, wrong[:5]
    assert len(variants) >= 1_200
    assert counted["right"] > 0.93 * counted.total()
    assert _figures("tables", len(variants), counted) in README.read_text("utf-8")


@pytest.mark.slow
def test_no_damage_to_texts_makes_a_wrong_figure() -> None:
    layouts = (tabbed, cell_by_cell, in_markdown)
    texts = [layout(page) for page in pages() for layout in layouts]
    number, counted = _text_figures(texts, EACH_TEXT)
    assert number >= 800
    assert _figures("texts", number, counted) in README.read_text("utf-8")


@pytest.mark.slow
def test_no_damage_to_the_seeds_makes_a_wrong_figure(reports: Path) -> None:
    number, counted = _text_figures(list(_seeds(reports)), EACH_SEED)
    assert _figures("seeds", number, counted) in README.read_text("utf-8")


def _text_figures(texts: list[Text], each: int) -> tuple[int, Counter[str]]:
    """How many variants there were, and how their figures were read."""
    counted, wrong, number = Counter[str](), list[str](), 0
    for name, text in text_variants(texts, each):
        number += 1
        try:
            report = read(read_text("\n".join(text.lines).encode()))
        except UnreadableError:
            report = None
        figures, its = judged(text.page, report)
        counted += figures
        wrong += [f"{name}: {one}" for one in its]
    assert not wrong, wrong[:5]
    return number, counted


def _seeds(reports: Path) -> Iterator[Text]:
    for path in sorted(reports.glob("seed_*.txt")):
        data = path.with_suffix(".json").read_bytes()
        report = read_report_json(data, form, form_for_year)
        truth = {key: outcome(entry) for key, entry in report.entries.items()}
        page = page_of(form(report.edition), dict.fromkeys(truth, ""), truth)
        yield Text(path.stem, tuple(path.read_text("utf-8").split("\n")), page)


def _figures(name: str, number: int, counted: Counter[str]) -> str:
    return (
        f"| {name} | {number:,} | {counted['right']:,} | {counted['unknown']:,} "
        f"| {counted['wrong']:,} |"
    )


@pytest.mark.parametrize("layout", [tabbed, cell_by_cell, in_markdown])
def test_undamaged_tables_and_texts_are_read_whole(layout: object) -> None:
    for page in pages():
        count, wrong = judged(page, read(document(page)))
        assert count["right"] == count.total(), wrong
        text = layout(page)  # type: ignore[operator]  # one of the three above
        count, wrong = judged(page, read(read_text("\n".join(text.lines).encode())))
        assert count["right"] == count.total(), wrong


def test_the_same_seed_makes_the_same_variants() -> None:
    once, again = (list(mutations.variants([careless_page("2021")], 1)) for _ in range(2))
    assert once == again
    other = list(mutations.variants([careless_page("2021")], 1, seed=2))
    assert once != other


@pytest.mark.parametrize("turn", range(300))
def test_figures_written_oddly_in_a_damaged_table_are_right_or_unknown(turn: int) -> None:
    """Two damages at once: to how figures are written and to how the table is built."""
    chance = Random(turn)
    page = chance.choice(pages())
    for group in (mutations.WRITING, mutations.BUILDING):
        page = chance.choice(group)(page, chance)
    assert judged(page, read(document(page)))[1] == []
